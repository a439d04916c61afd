"""The model of `coopgames.play.expecting` once more: one actor, in loops, nothing tabulated."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from coopgames.strategies import FREE, Expecting, Label


@dataclass
class Slow:
    """An actor in its seat; everything with its own action first, in role order."""

    rule: Expecting
    v: Any  # payoffs [own][other]
    mine: list[Label]
    yours: list[Label]
    next: Any  # [m][y]
    signal: Any  # [own][other][y]
    m: int
    errors: tuple[float, float]  # mine about the other, the other's about me
    w: float
    pull: float
    review: float
    memory: list[bool] = field(default_factory=list)
    last: int = -1

    def __post_init__(self) -> None:
        self.first = self.m
        self.k, self.kk, self.Y = len(self.v), len(self.v[0]), len(self.signal[0][0])
        o = self.rule.otherwise
        self.o, self.oo = (self.k - 1, self.kk - 1) if o == -1 else (o, o)

    def norm(self, shown: list[Label]) -> tuple[int, bool, bool]:
        """What is asked for, whether one is free now, and whether one is ever asked."""
        asked = [label.asked for label in shown if label.asked != FREE]
        if not asked:
            return 0, False, False
        if shown[self.m].asked != FREE:
            return shown[self.m].asked, False, True
        at_first = shown[self.first].asked
        return (asked[0] if at_first == FREE else at_first), True, True

    def p(self) -> float:
        bonus = self.rule.trust * self.pull if self.norm(self.yours)[2] else 0.0
        top = self.rule.weight * self.rule.prior + bonus + sum(self.memory)
        return top / (self.rule.weight + bonus + len(self.memory))

    @staticmethod
    def slip(k: int, error: float, a: int, o: int) -> float:
        return (1.0 if a == o else 0.0) if k == 1 else 1 - error if a == o else error / (k - 1)

    @staticmethod
    def judged(odds: Any, asked: int) -> tuple[list[int], float]:
        """For each observation 1 kept, 0 broke, −1 neither; and Youden's J."""
        bad = odds[asked + 1 :]
        found, J = [], 0.0
        for o in range(len(odds[0])):
            up = sum(row[o] for row in bad) / len(bad) - odds[asked][o] if bad else 0.0
            found.append(-1 if abs(up) <= 1e-12 else int(up < 0))
            J += abs(up) / 2
        return found, J

    def follows(self) -> list[float]:
        asked, free, _ = self.norm(self.mine)
        if free:
            return [0.0] * self.k
        b, other_free, _ = self.norm(self.yours)
        does = self.oo if other_free else b
        sight = [
            [self.slip(self.k, self.errors[1], a, o) for o in range(self.k)] for a in range(self.k)
        ]
        verdict, _ = self.judged(sight, asked)
        eyes = [sum(row[o] for o in range(self.k) if verdict[o] == 0) for row in sight]
        start, told = self.yours[self.first].asked, []
        for a in range(self.k):
            total = 0.0
            for y in range(self.Y):
                label = self.yours[self.next[self.m][y]]
                if label.asked != start or not label.other:
                    total += self.signal[a][does][y]
            told.append(total)

        def J(n: list[float]) -> float:
            bad = n[asked + 1 :]
            return sum(bad) / len(bad) - n[asked] if bad else 0.0

        return told if J(told) > J(eyes) else eyes

    def mix(self) -> list[float]:
        asked, free, _ = self.norm(self.mine)
        b, other_free, _ = self.norm(self.yours)
        p, n, delta = self.p(), self.follows(), self.w / (1 - self.w)
        K = p * self.v[asked][b] + (1 - p) * self.v[asked][self.oo]
        N = self.v[self.o][self.oo]
        V = []
        for a in range(self.k):
            now = self.v[a][self.oo]
            if not other_free:
                now = p * self.v[a][b] + (1 - p) * self.v[a][self.oo]
            V.append(now + delta * ((1 - p * n[a]) * K + p * n[a] * N))
        flat = [x for row in self.v for x in row]
        scale = (max(flat) - min(flat)) or 1.0
        t = self.rule.temperature * scale
        if t == 0:
            near = [a for a in range(self.k) if max(V) - V[a] <= 1e-12 * (scale + abs(max(V)))]
            best = asked if asked in near and not free else near[0]
            chosen = [float(a == best) for a in range(self.k)]
        else:
            up = [math.exp((x - max(V)) / t) for x in V]
            chosen = [x / sum(up) for x in up]
        if self.last < 0:
            return chosen
        r = self.review
        return [r * x + (1 - r) * (a == self.last) for a, x in enumerate(chosen)]

    def observe(self, own: int, seen: int, y: int) -> None:
        b, other_free, _ = self.norm(self.yours)
        if not other_free:
            sight = [
                [self.slip(self.kk, self.errors[0], a, o) for o in range(self.kk)]
                for a in range(self.kk)
            ]
            eyes, J = self.judged(sight, b)
            told, more = self.judged(self.signal[own], b)
            bit = told[y] if more > J + 1e-12 else eyes[seen]
            if bit >= 0:
                self.memory = [*self.memory, bool(bit)]
                del self.memory[: max(0, len(self.memory) - self.rule.memory)]
        self.last, self.m = own, self.next[self.m][y]
