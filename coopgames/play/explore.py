"""A compiled or Python strategy becomes an automaton, and how sure one can be that it is the same.

Two ways, for two actions:

- *By its memory.* What a compiled strategy does depends on its memory, on what happened in the
  period before, and on nothing else if its code reads no period, horizon or chance. All contents
  of memory that can arise are then followed, whatever either actor does; if they are finitely
  many, they are the states, and the automaton is **proved** to be the strategy. Only the first
  period may be told from the others: in it there is nothing that happened before. The code is
  read as its source stands, in a small part of Python that has no hidden state; what goes beyond
  that is not followed, and proves nothing. Contents are exact: bytes of memory, not numbers that
  are nearly equal.
- *From play.* Otherwise the strategy plays a number of random courses, and the automaton is the
  smallest found that acts as it did in all of them: **tested** on so many courses. It is learnt by
  asking what the strategy would do after other histories too (a discrimination tree as in Kearns &
  Vazirani 1994, a counterexample split as in Rivest & Schapire 1993). A strategy that changes its
  ways after thirty moves of one kind, which no course happens to have, passes this test.

Histories hold one's own *realised* actions, slips included. The horizon is not known.
"""

from __future__ import annotations

import ast
import inspect
import math
import textwrap
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import FunctionType, ModuleType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.play.match import Horizon, Match
from coopgames.play.python import Chance, _frozen, _python
from coopgames.strategies import Automaton, Compiled, History, Python, Seen, Strategy

PERIODS = 200
"""Length of the courses on which a strategy is tested."""

Word = tuple[int, ...]
"""A history: for each period 2 × own realised action + the other's observed one."""


@dataclass(frozen=True)
class Explored:
    """A strategy as an automaton.

    Parameters
    ----------
    automaton : Automaton
        The smallest that behaves alike.
    evidence : {"proved", "tested"}
        Whether it is certain to be the same strategy, or agrees with all that was seen of it.
    courses : int
        Number of courses of `PERIODS` periods on which it was tested; 0 if it is proved.
    reason : str
        Why it is proved, or why it could only be tested.
    """

    automaton: Automaton
    evidence: Literal["proved", "tested"]
    courses: int
    reason: str


def to_automaton(
    strategy: Strategy,
    *,
    limit: int = 1000,
    courses: int = 1000,
    seed: int = 0,
    game: Game | None = None,
) -> Explored:
    """Explore a strategy for two actions into an automaton.

    Parameters
    ----------
    strategy : Strategy
        Any that draws no lots; an automaton is only made minimal, and may draw them.
    limit : int
        The most contents of memory that are followed, and the most states that are learnt.
    courses : int
        On how many courses it is tested if nothing can be proved.
    seed : int
        Decides these courses.
    game : Game, optional
        The game whose payoffs it is shown, as seat 0; the prisoner's dilemma by default.

    Returns
    -------
    Explored

    Raises
    ------
    Mistake
        If it draws lots, acts differently after the same history, does something that is no
        action, or needs more than `limit` states.
    """
    if limit < 1 or courses < 1:
        raise Mistake(f"limit = {limit} and courses = {courses} must both be at least 1")
    proof, why = prove(strategy, limit=limit, game=game)
    if proof is not None:
        return Explored(proof, "proved", 0, why)
    rule, name = strategy.rule, strategy.name
    game, roles, payoffs = _shown(strategy, game)
    shown = f"the payoffs of {game.name}"
    if isinstance(rule, Compiled):
        play: _Player = _CompiledPlayer(rule, name, payoffs, seed)
        shown = _which_payoffs(read(rule.function), game)
    else:
        assert isinstance(rule, Python)  # an automaton proves itself
        names = [game.actions[0][a] for a in roles]
        play = _PythonPlayer(strategy, rule, names, payoffs)
    automaton = _learn(name, play, limit, courses, seed)
    return Explored(
        automaton, "tested", courses,
        f"{why}; agrees with its play on {courses} course{'s' * (courses > 1)} of {PERIODS} "
        f"periods, own slips included, with {shown} and a horizon that is not known",
    )  # fmt: skip


def prove(
    strategy: Strategy, *, limit: int = 1000, game: Game | None = None
) -> tuple[Automaton | None, str]:
    """Find the automaton that a strategy for two actions is certain to be.

    Parameters
    ----------
    strategy, limit, game
        As for `to_automaton`.

    Returns
    -------
    automaton : Automaton or None
        The smallest that behaves alike; None where nothing can be proved.
    reason : str
        Why it is certain, or why nothing can be proved.

    Raises
    ------
    Mistake
        If a compiled strategy draws lots, or does something that is no action.
    """
    rule, name = strategy.rule, strategy.name
    if isinstance(rule, Automaton):
        return rule.minimal(), f"{name} is an automaton"
    game, _, payoffs = _shown(strategy, game)
    if isinstance(rule, Python):
        return None, "what Python code remembers cannot be known"
    reading = read(rule.function)
    if "chance" in reading.reads or (reading.unclear and rule.stochastic):
        raise Mistake(f"{name} draws lots; only what leaves nothing to chance is explored")
    if why := reading.why_not():
        return None, why
    table, why = _follow(rule, name, payoffs, limit)
    if table is None:
        return None, why
    size = "1 content" if len(table.mix) == 1 else f"{len(table.mix)} contents"
    return table.minimal(), (
        "its code reads no period, horizon or chance, and its memory takes "
        f"{size}, all followed, with {_which_payoffs(reading, game)}"
    )


def _shown(
    strategy: Strategy, game: Game | None
) -> tuple[Game, tuple[int, ...], NDArray[np.float64]]:
    """Give the game, its first seat's actions and its payoffs in roles."""
    game = game or named_game("prisoners-dilemma")
    # A match refuses a game that such a strategy cannot play.
    roles = Match(game, (strategy, strategy), Horizon(PERIODS)).roles
    return game, roles[0], np.ascontiguousarray(game.payoffs[np.ix_(range(2), *roles)])


def _which_payoffs(reading: Reading, game: Game) -> str:
    seen = "payoffs" in reading.reads or reading.unclear
    return f"the payoffs of {game.name}" if seen else "any payoffs"


# Following all contents of memory


def _follow(
    rule: Compiled, name: str, payoffs: NDArray[np.float64], limit: int
) -> tuple[Automaton | None, str]:
    """Follow all contents of memory; None and why, if that proves nothing.

    A state is what the memory holds after acting, and the action. Each step is also taken in plain
    Python, which checks the bounds of arrays and whether names have values, where compiled code
    does not.
    """
    from coopgames.play.kernels import compiled_strategy

    compiled, untouched = compiled_strategy(rule.function), payoffs.tobytes()

    def step(cells: bytes, own: int, observed: int) -> tuple[bytes, int]:
        seen = Seen(own, observed, int(own >= 0), -1)
        outcomes = []
        for function in (rule.function, compiled):
            memory, shown = np.frombuffer(cells).copy(), payoffs.copy()
            try:
                with np.errstate(all="ignore"):
                    action = function(memory, seen, shown, np.uint64(0))
            except Exception as error:
                raise _Unproved(f"it raises {type(error).__name__}: {error}") from None
            if shown.tobytes() != untouched:
                raise _Unproved("it writes to the payoffs")
            outcomes.append((memory.tobytes(), int(action)))
        if outcomes[0] != outcomes[1]:
            raise _Unproved("it does not do the same in plain Python")
        return outcomes[1][0], _action(name, outcomes[1][1])

    try:
        states = [step(np.array(rule.memory or (0.0,), dtype=float).tobytes(), -1, -1)]
        number = {states[0]: 0}
        following: list[list[int]] = []
        for cells, _ in states:  # grows while it is read
            row = []
            for own, observed in product(range(2), repeat=2):
                state = step(cells, own, observed)
                if state not in number:
                    if len(states) == limit:
                        return None, f"its memory takes more than {limit} contents"
                    number[state] = len(states)
                    states.append(state)
                row.append(number[state])
            following.append(row)
    except _Unproved as unproved:
        return None, str(unproved)
    return _automaton([action for _, action in states], following), ""


class _Unproved(Exception):
    """Why following memory proves nothing."""


def _action(name: str, action: int) -> int:
    if action not in {0, 1}:
        raise Mistake(f"{name} returned {action}, which is no action")
    return action


def _automaton(actions: Sequence[int], following: Sequence[Sequence[int]]) -> Automaton:
    return Automaton(
        np.eye(2)[list(actions)], np.reshape(np.array(following), (len(actions), 2, 2))
    )


# Reading code


@dataclass
class Reading:
    """What the code of a compiled strategy can depend on.

    Parameters
    ----------
    reads : set of str
        Of ``period``, ``horizon``, ``chance`` and ``payoffs``.
    unclear : str
        The first thing that was not understood, and may depend on anything; empty if there is none.
    """

    reads: set[str] = field(default_factory=set)
    unclear: str = ""

    def why_not(self) -> str:
        """Say why nothing can be proved; empty if it can."""
        found = [word for word in ("period", "horizon", "chance") if word in self.reads]
        if found:
            return f"its code reads the {' and the '.join(found)}"
        return f"its code was not understood: {self.unclear}" if self.unclear else ""


_ROLES = ("memory", "seen", "payoffs", "chance")
_PURE_BUILTINS = frozenset(
    {abs, bool, divmod, enumerate, float, int, len, max, min, pow, range, round, sum, zip}
)
_PURE_NUMPY = frozenset(
    {
        "all", "any", "arange", "argmax", "argmin", "array", "count_nonzero", "dot", "full", "max",
        "mean", "min", "ones", "prod", "roll", "sum", "where", "zeros",
    }
)  # fmt: skip
"""Functions of numpy whose result is a matter of their arguments; `empty` and `random` are not."""
_PURE_METHODS = frozenset(
    {"all", "any", "argmax", "argmin", "copy", "max", "mean", "min", "prod", "shape", "size", "sum"}
)
_NODES = (
    ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.If, ast.For, ast.While, ast.Pass,
    ast.Break, ast.Continue, ast.Expr, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp,
    ast.Call, ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple, ast.List,
    ast.boolop, ast.operator, ast.unaryop, ast.cmpop, ast.expr_context,
)  # fmt: skip
_FIRST = {
    (ast.Eq, 0), (ast.NotEq, 0), (ast.Gt, 0), (ast.LtE, 0), (ast.Lt, 1), (ast.GtE, 1),
}  # fmt: skip
"""Comparisons of the period with a number that only tell the first from the others."""
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE,
}  # fmt: skip


def read(function: Callable[..., Any]) -> Reading:
    """Read what a compiled strategy's code can depend on, the functions it calls included.

    Only a small part of Python is understood; all the rest is `unclear`, which errs on the safe
    side.
    """
    reading = Reading()
    _Reader(reading, set()).function(function, _ROLES)
    return reading


class _Reader:
    """Goes through functions; `roles` says which of a function's names stand for what is shown."""

    def __init__(self, reading: Reading, done: set[tuple[Any, ...]]) -> None:
        self.reading, self.done = reading, done

    def unclear(self, what: str) -> None:
        self.reading.unclear = self.reading.unclear or what

    def function(self, function: Any, roles: Sequence[str]) -> None:
        """Read a function whose parameters have these roles, an empty one for any other value."""
        function = getattr(function, "py_func", function)  # numba's own wrapper
        if (function, *roles) in self.done:
            return
        self.done.add((function, *roles))
        definition = _definition(function)
        if definition is None:
            self.unclear(f"{getattr(function, '__name__', function)} has no plain definition")
            return
        parameters = [*definition.args.posonlyargs, *definition.args.args]
        body = _Body(self, function, {p.arg: r for p, r in zip(parameters, roles, strict=False)})
        if len(parameters) != len(roles) or definition.args.vararg or definition.args.kwonlyargs:
            self.unclear(f"{function.__name__} has parameters of an unusual kind")
        body.local |= {p.arg for p in parameters}
        body.local |= {
            n.id
            for n in ast.walk(definition)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        for statement in definition.body:
            body.visit(statement)


def _definition(function: Any) -> ast.FunctionDef | None:
    """Find the source of a function that is defined with `def` and stands for no other."""
    if not isinstance(function, FunctionType) or hasattr(function, "__wrapped__"):
        return None
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    node = tree.body[0]
    plain = isinstance(node, ast.FunctionDef) and node.name == function.__name__
    if not plain or function.__defaults__ or function.__kwdefaults__:
        return None
    assert isinstance(node, ast.FunctionDef)
    return node


class _Body:
    """Goes through the body of one function."""

    def __init__(self, reader: _Reader, function: Any, roles: dict[str, str]) -> None:
        self.reader, self.code, self.roles = reader, function, roles
        self.local: set[str] = set()
        self.outside = inspect.getclosurevars(function)

    def unclear(self, node: ast.AST, what: str) -> None:
        line = getattr(node, "lineno", 0) + self.code.__code__.co_firstlineno - 1
        self.reader.unclear(f"{what} in line {line}")

    def role(self, node: ast.AST) -> str:
        return self.roles.get(node.id, "") if isinstance(node, ast.Name) else ""

    def visit(self, node: ast.AST) -> None:
        if not isinstance(node, _NODES):
            self.unclear(node, type(node).__name__.lower())
        elif self._tells_the_first(node):
            return
        elif isinstance(node, ast.Name):
            self._name(node)
        elif isinstance(node, ast.Attribute):
            self._attribute(node)
        elif isinstance(node, ast.Call):
            self._call(node)
        elif isinstance(node, ast.AnnAssign):  # what is annotated is not evaluated
            for part in (node.target, node.value):
                if part is not None:
                    self.visit(part)
        else:
            for child in ast.iter_child_nodes(node):
                self.visit(child)

    def _tells_the_first(self, node: ast.AST) -> bool:
        """Whether the period is only compared with 0, or 1, so as to know the first."""
        if not isinstance(node, ast.Compare) or len(node.ops) != 1:
            return False
        left, op, right = node.left, type(node.ops[0]), node.comparators[0]
        if isinstance(left, ast.Constant):
            left, op, right = right, _MIRRORED.get(op, op), left
        return (
            isinstance(left, ast.Attribute)
            and left.attr == "period"
            and self.role(left.value) == "seen"
            and isinstance(right, ast.Constant)
            and type(right.value) is int
            and (op, right.value) in _FIRST
        )

    def _name(self, node: ast.Name) -> None:
        role = self.role(node)
        if role in {"seen", "chance"}:
            if isinstance(node.ctx, ast.Load) and role == "chance":
                self.reader.reading.reads.add("chance")
            else:
                self.unclear(node, f"what becomes of {node.id}")
        elif role == "payoffs":
            self.reader.reading.reads.add("payoffs")
        if node.id in self.local:
            return
        value = self._value(node.id)
        if not _constant(value):
            self.unclear(node, node.id)

    def _value(self, name: str) -> Any:
        for names in (self.outside.nonlocals, self.outside.globals, self.outside.builtins):
            if name in names:
                return names[name]
        return None

    def _attribute(self, node: ast.Attribute) -> None:
        if self.role(node.value) == "seen":
            if node.attr in {"period", "horizon"}:
                self.reader.reading.reads.add(node.attr)
            elif node.attr not in {"own", "observed"}:
                self.unclear(node, node.attr)
        elif self._module(node) is not None:
            if not _pure(self._object(node)) and not _constant(self._object(node)):
                self.unclear(node, ast.unparse(node))
        elif node.attr in _PURE_METHODS:
            self.visit(node.value)
        else:
            self.unclear(node, ast.unparse(node))

    def _module(self, node: ast.AST) -> ModuleType | None:
        """Give the module that a dotted name begins with."""
        while isinstance(node, ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name) or node.id in self.local:
            return None
        value = self._value(node.id)
        return value if isinstance(value, ModuleType) else None

    def _object(self, node: ast.AST) -> Any:
        """Give what a dotted name of a module stands for; only numpy and math are looked into."""
        if isinstance(node, ast.Attribute):
            module = self._module(node)
            if isinstance(node.value, ast.Name) and module in (np, math):
                return getattr(module, node.attr, module)
        return object

    def _call(self, node: ast.Call) -> None:
        target: Any = None
        if isinstance(node.func, ast.Name) and node.func.id not in self.local:
            target = self._value(node.func.id)
        arguments = [*node.args, *(k.value for k in node.keywords)]
        if isinstance(getattr(target, "py_func", target), FunctionType):
            if node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
                self.unclear(node, f"how {ast.unparse(node.func)} is called")
            self.reader.function(target, [self.role(a) for a in node.args])
            # The function called says what is done with what is shown.
            arguments = [a for a in arguments if self.role(a) not in {"seen", "chance"}]
        elif target is None or not _pure(target):
            self.visit(node.func)
        for argument in arguments:
            self.visit(argument)


def _constant(value: Any) -> bool:
    """Whether a name outside a function holds what compiled code takes as a constant."""
    if isinstance(value, tuple | frozenset):
        return all(_constant(x) for x in value)
    return isinstance(value, bool | int | float | np.generic | np.ndarray)


def _pure(value: Any) -> bool:
    """Whether calling a function does nothing but give a result that follows from its arguments."""
    if isinstance(value, np.ufunc) or (isinstance(value, type) and issubclass(value, np.generic)):
        return True
    name, home = getattr(value, "__name__", ""), getattr(value, "__module__", None)
    if home == "math":
        return True
    if name in _PURE_NUMPY and value is getattr(np, name, None):
        return True
    try:
        return value in _PURE_BUILTINS
    except TypeError:  # it has no hash
        return False


# Asking what is done after a history


_Turn = Callable[[int, int], int]
"""Given the last history symbol (−1 at first) and the period, what the strategy does."""


class _Player:
    """Starts a strategy anew; `start` gives what it does turn by turn."""

    def start(self, periods: int) -> _Turn:
        raise NotImplementedError


class _CompiledPlayer(_Player):
    def __init__(self, rule: Compiled, name: str, payoffs: NDArray[np.float64], seed: int) -> None:
        from coopgames.play.kernels import compiled_strategy

        self.function, self.name, self.payoffs = compiled_strategy(rule.function), name, payoffs
        self.memory = np.array(rule.memory or (0.0,), dtype=float)
        self.luck = np.random.default_rng([seed, 2])

    def start(self, periods: int) -> _Turn:
        memory, payoffs, function = self.memory.copy(), self.payoffs.copy(), self.function
        # Other luck each time: code that was not understood and draws lots is found out.
        chance = self.luck.integers(0, 2**64, periods, dtype=np.uint64)

        def turn(last: int, t: int) -> int:
            seen = Seen(last >> 1, last & 1, t, -1) if t else Seen(-1, -1, 0, -1)
            action = int(function(memory, seen, payoffs, chance[t]))
            return action if action in {0, 1} else _action(self.name, action)

        return turn


class _NoChance(Chance):
    """Luck that remembers whether it was drawn on."""

    __slots__ = ("drawn",)

    def __init__(self) -> None:
        super().__init__([])
        self.drawn = False

    def random(self) -> float:
        self.drawn = True
        return 0.5


class _PythonPlayer(_Player):
    def __init__(
        self, strategy: Strategy, rule: Python, names: list[str], payoffs: NDArray[np.float64]
    ) -> None:
        self.strategy, self.rule, self.names = strategy, rule, names
        self.payoffs = _frozen(payoffs)

    def start(self, periods: int) -> _Turn:  # noqa: ARG002
        mine, theirs, chance = History(), History(), _NoChance()
        shown = {
            "mine": mine, "theirs": theirs, "memory": {}, "chance": chance, "horizon": None,
            "payoffs": self.payoffs,
        }  # fmt: skip
        move = _python(self.strategy, self.rule, shown, self.names, "a random course")

        def turn(last: int, t: int) -> int:
            if t:
                list.append(mine, last >> 1)  # what strategies may not
                list.append(theirs, last & 1)
            action = move(t)
            if chance.drawn:
                raise Mistake(
                    f"{self.strategy.name} draws lots; only what leaves nothing to chance is "
                    "explored"
                )
            return action

        return turn


class _Oracle:
    """All that was ever seen of a strategy, as a tree of histories; node 0 is the empty one.

    Parents stand before their children. `ask` plays only what is not known yet.
    """

    def __init__(self, name: str, player: _Player) -> None:
        self.name, self.player = name, player
        self.children: list[list[int]] = [[-1] * 4]
        self.actions, self.parents, self.symbols, self.depths = [-1], [0], [0], [0]

    def ask(self, word: Word) -> int:
        """Say what the strategy does after a history."""
        node = 0
        for symbol in word:
            node = self.children[node][symbol]
            if node < 0:
                break
        if node >= 0 and self.actions[node] >= 0:
            return self.actions[node]
        return self.play(len(word), lambda t, _: word[t])

    def play(self, periods: int, reply: Callable[[int, int], int]) -> int:
        """Play, let `reply(t, action)` say what came of each period, and give the last action."""
        turn, node, last = self.player.start(periods + 1), 0, -1
        for t in range(periods + 1):
            action = turn(last, t)
            if self.actions[node] != action:
                if self.actions[node] >= 0:
                    raise Mistake(
                        f"{self.name} acts differently after the same history of {t} periods; it "
                        "draws lots of its own, or keeps something from one match to the next"
                    )
                self.actions[node] = action
            if t < periods:
                last = reply(t, action)
                child = self.children[node][last]
                if child < 0:
                    child = self._grow(node, last)
                node = child
        return action

    def _grow(self, node: int, symbol: int) -> int:
        child = len(self.actions)
        self.children[node][symbol] = child
        self.children.append([-1] * 4)
        self.actions.append(-1)
        self.parents.append(node)
        self.symbols.append(symbol)
        self.depths.append(self.depths[node] + 1)
        return child

    def word(self, node: int) -> Word:
        """Give the history of a node."""
        symbols = []
        while node:
            symbols.append(self.symbols[node])
            node = self.parents[node]
        return tuple(reversed(symbols))

    def disagreements(
        self, actions: Sequence[int], following: Sequence[Sequence[int]], most: int = 30
    ) -> Iterator[Word]:
        """List histories after which an automaton acts otherwise, the shortest first."""
        out, to = np.array(actions), np.array(following)
        acted, parents, symbols = (
            np.array(column) for column in (self.actions, self.parents, self.symbols)
        )
        order = np.argsort(self.depths, kind="stable")
        levels = np.split(order, np.cumsum(np.bincount(self.depths))[:-1])
        state = np.zeros(len(acted), dtype=np.int64)
        for level in levels[1:]:
            state[level] = to[state[parents[level]], symbols[level]]
        wrong = (acted >= 0) & (acted != out[state])
        for node in order[wrong[order]][:most]:
            yield self.word(int(node))


def _random_course(oracle: _Oracle, luck: np.random.Generator) -> None:
    """Play a course with random slips against a random memory-one strategy.

    Half of the strategies are certain, so that long runs of one kind occur; the slips are few,
    many, or as if one tossed coins.
    """
    slip = luck.choice([0.0, 0.02, 0.1, 0.5])
    withholds = luck.random(5)
    if luck.random() < 0.5:
        rest = luck.choice([0.0, 0.02])
        withholds = rest + (1 - 2 * rest) * np.round(withholds)
    slips: list[bool] = (luck.random(PERIODS) < slip).tolist()
    coins: list[float] = luck.random(PERIODS).tolist()
    odds: list[float] = withholds.tolist()
    last = 4

    def reply(t: int, action: int) -> int:
        nonlocal last
        last = 2 * (action ^ slips[t]) + (coins[t] < odds[last])
        return last

    oracle.play(PERIODS, reply)


# Learning


@dataclass
class _Node:
    """A place in the discrimination tree: a leaf is a state, the rest ask a question."""

    state: int = -1
    suffix: Word = ()
    children: list[_Node | None] | None = None


def _learn(name: str, player: _Player, limit: int, courses: int, seed: int) -> Automaton:
    """Find the smallest automaton that does what a strategy was seen to do."""
    oracle = _Oracle(name, player)
    for number in range(courses):
        _random_course(oracle, np.random.default_rng([seed, 1, number]))
    learner = _Learner(oracle, limit)
    while words := list(oracle.disagreements(learner.actions, learner.following)):
        for word in words:
            while learner.errs(word):
                learner.split(word)
    return _automaton(learner.actions, learner.following).minimal()


class _Learner:
    """A hypothesis: states with a history that leads to each, and where each symbol leads."""

    def __init__(self, oracle: _Oracle, limit: int) -> None:
        self.oracle, self.limit = oracle, limit
        self.access: list[Word] = []
        self.actions: list[int] = []
        self.following: list[list[int]] = []
        self.leaves: list[_Node] = []
        self.open: deque[tuple[int, int, _Node]] = deque()
        self.root = _Node(children=[None, None])
        self._sift((), self.root)
        self._close()

    def errs(self, word: Word) -> bool:
        """Whether the hypothesis acts otherwise than the strategy after a history."""
        return self.actions[self._walk(word)[-1]] != self.oracle.ask(word)

    def split(self, word: Word) -> None:
        """Use a history that the hypothesis errs on to tell one state from a new one.

        Replacing the first i symbols by the history that leads to their state gives the right
        action for i = 0 and the wrong one for all of them; where this changes, two histories that
        share a state are told apart by the rest of the word. A change near the end is looked for,
        since its rest is short.
        """
        path, truth = self._walk(word), self.oracle.ask(word)

        def right(i: int) -> bool:
            return truth == self.oracle.ask(self.access[path[i]] + word[i:])

        low, high, step = 0, len(word), 1
        while high - step > low:
            if right(high - step):
                low = high - step
            else:
                high -= step
                step *= 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if right(middle) else (low, middle)
        suffix, old = word[high:], path[high]
        leaf = self.leaves[old]
        leaf.state, leaf.suffix, leaf.children = -1, suffix, [None, None]
        self.leaves[old] = leaf.children[1 - truth] = _Node(old)
        self._add((*self.access[path[low]], word[low]), leaf, truth)
        for state, row in enumerate(self.following):
            self.open.extend((state, x, leaf) for x in range(4) if row[x] == old)
        self._close()

    def _walk(self, word: Word) -> list[int]:
        path = [0]
        for symbol in word:
            path.append(self.following[path[-1]][symbol])
        return path

    def _close(self) -> None:
        """Find where each open transition leads; new states may come up."""
        while self.open:
            state, symbol, node = self.open.popleft()
            target = self._sift((*self.access[state], symbol), node)
            self.following[state][symbol] = target

    def _sift(self, word: Word, node: _Node) -> int:
        """Find the state that a history leads to, by the questions from a node on."""
        while node.children is not None:
            answer = self.oracle.ask(word + node.suffix)
            child = node.children[answer]
            if child is None:
                return self._add(word, node, answer)
            node = child
        return node.state

    def _add(self, word: Word, node: _Node, answer: int) -> int:
        state = len(self.access)
        if state == self.limit:
            raise Mistake(
                f"{self.oracle.name} needs more than {self.limit} states to explain what it does; "
                "its memory is not finite, or larger than that"
            )
        assert node.children is not None
        leaf = node.children[answer] = _Node(state)
        self.leaves.append(leaf)
        self.access.append(word)
        self.actions.append(self.oracle.ask(word))
        self.following.append([-1] * 4)
        self.open.extend((state, x, self.root) for x in range(4))
        return state
