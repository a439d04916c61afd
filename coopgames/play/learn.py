"""An automaton is learnt from play.

A strategy plays a number of random courses, and the automaton is the smallest found that acts as it
did in all of them. It is learnt by asking what the strategy would do after other histories too: a
discrimination tree as in Kearns & Vazirani (1994), a counterexample split as in Rivest & Schapire
(1993). What is learnt of a history is an answer: the action taken, or how a lot decides it
(`coopgames.play.lots`).

Histories hold one's own *realised* actions, slips included. The horizon is not known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coopgames.mistakes import Mistake
from coopgames.play.python import Chance, frozen, python_mover
from coopgames.strategies import Automaton, Compiled, History, Python, Seen, Strategy

PERIODS = 200
"""Length of the courses on which a strategy is tested."""

Word = tuple[int, ...]
"""A history: for each period 2 × own realised action + the other's observed one."""


class Draws(Mistake):
    """A strategy draws lots where none are expected."""


def action_of(name: str, action: int) -> int:
    """Return an action if it is one of two, else raise a `Mistake`."""
    if action not in {0, 1}:
        raise Mistake(f"{name} returned {action}, which is no action")
    return action


def automaton_of(actions: Sequence[int], following: Sequence[Sequence[int]]) -> Automaton:
    """Make an automaton of the action in each state, and the state after each outcome."""
    return Automaton(
        np.eye(2)[list(actions)], np.reshape(np.array(following), (len(actions), 2, 2))
    )


# Asking what is done after a history


Turn = Callable[[int, int], int]
"""Given the last history symbol (−1 at first) and the period, what the strategy does."""


class Player:
    """Starts a strategy anew; `start` gives what it does turn by turn."""

    def start(self, periods: int) -> Turn:
        """Start it for a course of so many periods."""
        raise NotImplementedError


class CompiledPlayer(Player):
    """Starts a compiled strategy."""

    def __init__(self, rule: Compiled, name: str, payoffs: NDArray[np.float64], seed: int) -> None:
        from coopgames.play.kernels import compiled_strategy

        self.function, self.name, self.payoffs = compiled_strategy(rule.function), name, payoffs
        self.memory = np.array(rule.memory or (0.0,), dtype=float)
        self.luck = np.random.default_rng([seed, 2])

    def start(self, periods: int) -> Turn:
        """Start it with its first memory."""
        memory, payoffs, function = self.memory.copy(), self.payoffs.copy(), self.function
        # Other luck each time: code that was not understood and draws lots is found out.
        chance = self.luck.integers(0, 2**64, periods, dtype=np.uint64)

        def turn(last: int, t: int) -> int:
            seen = Seen(last >> 1, last & 1, t, -1) if t else Seen(-1, -1, 0, -1)
            action = int(function(memory, seen, payoffs, chance[t]))
            return action if action in {0, 1} else action_of(self.name, action)

        return turn


class _NoChance(Chance):
    """Luck that nothing may be drawn from."""

    __slots__ = ("drawn",)

    def __init__(self) -> None:
        super().__init__([])
        self.drawn = False

    def random(self) -> float:
        self.drawn = True
        return 0.5


class PythonPlayer(Player):
    """Starts a Python strategy."""

    def __init__(
        self, strategy: Strategy, rule: Python, names: list[str], payoffs: NDArray[np.float64]
    ) -> None:
        self.strategy, self.rule, self.names = strategy, rule, names
        self.payoffs = frozen(payoffs)

    def start(self, periods: int) -> Turn:  # noqa: ARG002
        """Start it without luck."""
        chance = _NoChance()
        turn = self.started(chance)

        def certain(last: int, t: int) -> int:
            action = turn(last, t)
            if chance.drawn:
                raise Draws(f"{self.strategy.name} draws lots")
            return action

        return certain

    def started(self, chance: Chance) -> Turn:
        """Start it with this luck."""
        mine, theirs = History(), History()
        shown = {
            "mine": mine, "theirs": theirs, "memory": {}, "chance": chance, "horizon": None,
            "payoffs": self.payoffs,
        }  # fmt: skip
        move = python_mover(self.strategy, self.rule, shown, self.names, "a random course")

        def turn(last: int, t: int) -> int:
            if t:
                list.append(mine, last >> 1)  # what strategies may not
                list.append(theirs, last & 1)
            return move(t)

        return turn


class _Oracle:
    """All that was ever seen of a strategy, as a tree of histories; node 0 is the empty one.

    Parents stand before their children. `ask` plays only what is not known yet.
    """

    def __init__(self, name: str, player: Player) -> None:
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


def random_replies(luck: np.random.Generator, periods: int = PERIODS) -> Callable[[int, int], int]:
    """Make ``reply(t, action)``, what comes of a period: random slips and a random opponent.

    The opponent is a memory-one strategy. Half of them are certain, so that long runs of one kind
    occur; the slips are few, many, or as if one tossed coins.
    """
    slip = luck.choice([0.0, 0.02, 0.1, 0.5])
    withholds = luck.random(5)
    if luck.random() < 0.5:
        rest = luck.choice([0.0, 0.02])
        withholds = rest + (1 - 2 * rest) * np.round(withholds)
    slips: list[bool] = (luck.random(periods) < slip).tolist()
    coins: list[float] = luck.random(periods).tolist()
    odds: list[float] = withholds.tolist()
    last = 4

    def reply(t: int, action: int) -> int:
        nonlocal last
        last = 2 * (action ^ slips[t]) + (coins[t] < odds[last])
        return last

    return reply


# Learning


class Asked(Protocol):
    """What can be asked about a strategy."""

    name: str

    def ask(self, word: Word) -> Hashable:
        """Say what the strategy does after a history."""


@dataclass
class _Node:
    """A place in the discrimination tree: a leaf is a state, the rest ask a question."""

    state: int = -1
    suffix: Word = ()
    children: dict[Hashable, _Node] | None = None


def learn(name: str, player: Player, limit: int, courses: int, seed: int) -> Automaton:
    """Find the smallest automaton that does what a strategy was seen to do.

    Parameters
    ----------
    name : str
        What to call the strategy in messages.
    player : Player
        Starts it.
    limit : int
        The most states that are learnt.
    courses, seed : int
        On how many courses it is tested, and what decides them.
    """
    oracle = _Oracle(name, player)
    for number in range(courses):
        oracle.play(PERIODS, random_replies(np.random.default_rng([seed, 1, number])))
    learner = Learner(oracle, limit)

    def actions() -> list[int]:
        return [answer for answer in learner.answers if isinstance(answer, int)]

    while words := list(oracle.disagreements(actions(), learner.following)):
        for word in words:
            while learner.errs(word):
                learner.split(word)
    return automaton_of(actions(), learner.following).minimal()


class Learner:
    """A hypothesis: states with a history that leads to each, and where each symbol leads."""

    def __init__(self, oracle: Asked, limit: int) -> None:
        self.oracle, self.limit = oracle, limit
        self.access: list[Word] = []
        self.answers: list[Hashable] = []
        self.following: list[list[int]] = []
        self.leaves: list[_Node] = []
        self.open: deque[tuple[int, int, _Node]] = deque()
        self.root = _Node(children={})
        self._sift((), self.root)
        self._close()

    def errs(self, word: Word) -> bool:
        """Whether the hypothesis acts otherwise than the strategy after a history."""
        return self.answers[self.walk(word)[-1]] != self.oracle.ask(word)

    def split(self, word: Word) -> None:
        """Use a history that the hypothesis errs on to tell one state from a new one.

        Replacing the first i symbols by the history that leads to their state gives the right
        action for i = 0 and the wrong one for all of them; where this changes, two histories that
        share a state are told apart by the rest of the word. A change near the end is looked for,
        since its rest is short.
        """
        path, truth = self.walk(word), self.oracle.ask(word)

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
        leaf, otherwise = self.leaves[old], self.oracle.ask(self.access[old] + suffix)
        self.leaves[old] = _Node(old)
        leaf.state, leaf.suffix, leaf.children = -1, suffix, {otherwise: self.leaves[old]}
        self._add((*self.access[path[low]], word[low]), leaf, truth)
        for state, row in enumerate(self.following):
            self.open.extend((state, x, leaf) for x in range(4) if row[x] == old)
        self._close()

    def walk(self, word: Word) -> list[int]:
        """Give the states that a history goes through, the first included."""
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
            if answer not in node.children:
                return self._add(word, node, answer)
            node = node.children[answer]
        return node.state

    def _add(self, word: Word, node: _Node, answer: Hashable) -> int:
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
        self.answers.append(self.oracle.ask(word))
        self.following.append([-1] * 4)
        self.open.extend((state, x, self.root) for x in range(4))
        return state
