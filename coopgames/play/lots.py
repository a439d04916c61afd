"""A strategy that draws one number a period becomes an automaton.

After each history such a strategy compares its number u with a threshold θ, and acts by whether
u < θ. Put into the same position again and again and handed other numbers, it gives θ away: halving
the numbers that a computer has between 0 and 1, some sixty times, finds it exactly. So its lottery
after a history can be asked for like an action, and is learnt like one (`coopgames.play.learn`).

On the random courses of the test, half of the numbers are the threshold itself or the number just
below it: a threshold that is off by the least bit is found out where a course comes by. What was
drawn before may not matter but through what was done; this too is tested, since the numbers handed
out before are random and hands slip.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.play.learn import PERIODS, Learner, PythonPlayer, Word, random_replies
from coopgames.play.python import Chance
from coopgames.strategies import Automaton

LARGEST = float(np.nextafter(1.0, 0.0))


class Lot(NamedTuple):
    """How a number u, uniform in [0, 1), decides an action."""

    threshold: float
    below: bool
    """Whether it accommodates if u is below the threshold; else if it is not."""

    def action(self, u: float) -> int:
        """Say what is done when `u` is drawn."""
        return int((u < self.threshold) != self.below)

    @property
    def accommodates(self) -> float:
        """Probability of accommodating."""
        return self.threshold if self.below else 1 - self.threshold


ALWAYS, NEVER = Lot(1.0, True), Lot(0.0, True)


class _Handed(Chance):
    """Luck that is handed out, one number a period."""

    __slots__ = ("draws", "number")

    def __init__(self) -> None:
        super().__init__([])
        self.number, self.draws = 0.0, 0

    def random(self) -> float:
        self.draws += 1
        return self.number


def learn_lots(name: str, player: PythonPlayer, limit: int, courses: int, seed: int) -> Automaton:
    """Find the smallest automaton that decides by lot as a strategy was seen to do.

    Parameters
    ----------
    name, player, limit, courses, seed
        As for `coopgames.play.learn.learn`.

    Raises
    ------
    Mistake
        If it draws more than one number a period, goes by more than one threshold, depends on what
        it drew before, or needs more than `limit` states.
    """
    oracle = _Lots(name, player, seed)
    learner = Learner(oracle, limit)
    for number in range(courses):
        while word := oracle.refutes(learner, number):
            while learner.errs(word):
                learner.split(word)
    lots = [answer for answer in learner.answers if isinstance(answer, Lot)]
    p = np.array([lot.accommodates for lot in lots])
    following = np.reshape(np.array(learner.following), (len(p), 2, 2))
    return Automaton(np.stack([p, 1 - p], axis=1), following).minimal()


def _bits(u: float) -> int:
    return int(np.float64(u).view(np.int64))


def _number(bits: int) -> float:
    return float(np.int64(bits).view(np.float64))


class _Lots:
    """What a strategy decides by lot after a history."""

    def __init__(self, name: str, player: PythonPlayer, seed: int) -> None:
        self.name, self.player, self.seed = name, player, seed
        self.luck = np.random.default_rng([seed, 3])
        self.known: dict[Word, Lot] = {}
        self.thresholds: list[int] = []

    def ask(self, word: Word) -> Lot:
        """Say how it decides after a history."""
        if word not in self.known:
            self.known[word] = self._find(word)
        return self.known[word]

    def _find(self, word: Word) -> Lot:
        first, last = self._act(word, 0.0), self._act(word, LARGEST)
        if first == last:
            return NEVER if first else ALWAYS
        # Numbers between 0 and 1 are in the order of their bits.
        low, high = 0, _bits(LARGEST)
        guesses = [b for t in self.thresholds for b in (t - 1, t) if low < b < high]
        while high - low > 1:
            # Thresholds that were met before are tried first; few have more than a handful.
            middle = guesses[len(guesses) // 2] if guesses else (low + high) // 2
            if self._act(word, _number(middle)) == first:
                low = middle
            else:
                high = middle
            guesses = [b for b in guesses if low < b < high]
        if high not in self.thresholds:
            insort(self.thresholds, high)
        return Lot(_number(high), below=first == 0)

    def _act(self, word: Word, u: float) -> int:
        """Play a history, with any numbers, and say what is done when `u` is drawn after it."""
        turn, before = self._start(), self.luck.random(len(word)).tolist()
        for t, number in enumerate([*before, u]):
            action = turn(word[t - 1] if t else -1, t, number)
        return action

    def _start(self) -> Callable[[int, int, float], int]:
        """Start the strategy; what turns it takes the number that it may draw too."""
        handed = _Handed()
        turn = self.player.started(handed)

        def one(last: int, t: int, number: float) -> int:
            handed.number, handed.draws = number, 0
            action = turn(last, t)
            if handed.draws > 1:
                raise Mistake(f"{self.name} draws more than one number in period {t + 1}")
            return action

        return one

    def refutes(self, learner: Learner, number: int) -> Word | None:
        """Play a course beside a hypothesis; give the history after which it errs, if any."""
        luck = np.random.default_rng([self.seed, 1, number])
        reply = random_replies(luck)
        kinds: list[float] = luck.random(PERIODS).tolist()
        numbers: list[float] = luck.random(PERIODS).tolist()
        turn, state = self._start(), 0
        word: list[int] = []
        for t in range(PERIODS):
            lot = learner.answers[state]
            assert isinstance(lot, Lot)
            close = lot.threshold if kinds[t] < 0.25 else float(np.nextafter(lot.threshold, 0.0))
            u = min(close, LARGEST) if kinds[t] < 0.5 else numbers[t]
            action = turn(word[-1] if t else -1, t, u)
            if action != lot.action(u):
                self._explain(tuple(word), lot)
                return tuple(word)
            word.append(reply(t, action))
            state = learner.following[state][word[-1]]
        return None

    def _explain(self, word: Word, lot: Lot) -> None:
        """Refuse a strategy that the hypothesis knows as well as can be, and yet errs about."""
        if self.ask(word) == lot:
            raise Mistake(
                f"{self.name} does not go by one number a period held against a threshold: after "
                f"the same {len(word)} periods it acts differently, as if what it drew before, or "
                "a second threshold, counted"
            )
