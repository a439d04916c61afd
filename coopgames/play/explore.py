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
  smallest found that acts as it did in all of them (`coopgames.play.learn`): **tested** on so many
  courses. A Python strategy may draw one number a period and go by whether it is below a threshold
  (`coopgames.play.lots`). A strategy that changes its ways after thirty moves of one kind, which no
  course happens to have, passes this test.

Histories hold one's own *realised* actions, slips included. The horizon is not known.
"""

from __future__ import annotations

import ast
import inspect
import math
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import FunctionType, ModuleType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game, by_choice, named_game
from coopgames.mistakes import Mistake
from coopgames.play.learn import (
    PERIODS,
    CompiledPlayer,
    Draws,
    PythonPlayer,
    action_of,
    automaton_of,
    learn,
)
from coopgames.play.lots import learn_lots
from coopgames.play.match import Horizon, Match
from coopgames.strategies import (
    Automaton,
    Compiled,
    Expecting,
    Guided,
    Python,
    Seen,
    Strategy,
)


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
        Any; compiled code may draw no lots. An automaton is only made minimal.
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
        If it draws lots (in compiled code, or otherwise than one number a period held against a
        threshold), acts differently after the same history, does something that is no action, or
        needs more than `limit` states.
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
        automaton = learn(name, CompiledPlayer(rule, name, payoffs, seed), limit, courses, seed)
        shown = _which_payoffs(read(rule.function), game)
    else:
        assert isinstance(rule, Python)  # an automaton proves itself, and a guided one is refused
        names = [game.actions[0][a] for a in roles]
        player = PythonPlayer(strategy, rule, names, payoffs)
        try:
            automaton = learn(name, player, limit, courses, seed)
        except Draws:
            automaton = learn_lots(name, player, limit, courses, seed)
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
    if isinstance(rule, Expecting):
        raise Mistake(f"{name} forms its expectations in a match; it is an automaton only there")
    if strategy.reads_regime or isinstance(rule, Guided):
        raise Mistake(f"{name} reads what a regime shows; it is an automaton only under one")
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
    return game, roles[0], np.ascontiguousarray(by_choice(game).payoffs[np.ix_(range(2), *roles)])


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
        return outcomes[1][0], action_of(name, outcomes[1][1])

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
    return automaton_of([action for _, action in states], following), ""


class _Unproved(Exception):
    """Why following memory proves nothing."""


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
