"""What a strategy does against probes, observed in plain Python and independent of its tables.

A probe is a fixed course of the other. Each run has luck of its own, the same for every probe: what
differs between two probes is then the strategy's answer and no accident.
"""

from __future__ import annotations

import numpy as np
from reference_player import Player, key
from witnesses import WITNESSES

from coopgames.strategies import Strategy

WITHHELD_AT = (0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 14, 20, 33, 60)
"""In which of these periods the other withholds once."""


def luck(run: int, periods: int) -> np.ndarray:
    """Give the chance keys of a run."""
    return np.random.default_rng(run).integers(2**64, size=periods, dtype=np.uint64)


def course(s: Strategy, other: str, keys: np.ndarray, horizon: int = -1) -> str:
    """Play against a probe; nobody's hand slips."""
    player, own = Player(s, horizon), ""
    for chance, theirs in zip(keys, other, strict=True):
        player.chance = chance
        action = player.act()
        player.see(action, "CD".index(theirs))
        own += "CD"[action]
    return own


def one_withholding(period: int, length: int) -> str:
    """Accommodate but for one period."""
    return "C" * period + "D" + "C" * (length - period - 1)


def is_nice(s: Strategy, runs: int, periods: int = 300) -> bool:
    """Whether it never withholds as long as the other accommodates."""
    return all("D" not in course(s, "C" * periods, luck(run, periods)) for run in range(runs))


def is_retaliating(s: Strategy, runs: int, periods: int = 120) -> bool:
    """Whether in some period a withholding is answered by withholding, the first time it matters.

    With common luck, what draws lots withholds wherever the lot is above its probability of
    accommodating; so it has become less likely if the action changes from C to D.
    """
    lucks = [luck(run, periods) for run in range(runs)]
    kind = [course(s, "C" * periods, keys) for keys in lucks]
    for t in WITHHELD_AT:
        answers = []
        for keys, undisturbed in zip(lucks, kind, strict=True):
            crossed = course(s, one_withholding(t, periods), keys)
            answers += [b for a, b in zip(undisturbed, crossed, strict=True) if a != b][:1]
        if answers and answers.count("D") > 0.9 * len(answers):
            return True
    return False


def is_forgiving(s: Strategy, runs: int, periods: int = 400) -> bool:
    """Whether a single withholding is over in the last quarter of the periods."""
    return all(
        "D" not in course(s, one_withholding(t, periods), luck(run, periods))[-periods // 4 :]
        for t in WITHHELD_AT
        for run in range(runs)
    )


def minds_the_end(s: Strategy, runs: int) -> bool:
    """Whether it acts differently where it is told how long play lasts."""
    probes = ["C" * 60, "D" * 60, "CD" * 30, "CCD" * 20, one_withholding(20, 60)]
    return any(
        course(s, probe, keys) != course(s, probe, keys, horizon=60)
        for keys in (luck(run, 60) for run in range(runs))
        for probe in probes
    )


def recalls_more(s: Strategy, n: int, pairs: int = 300, length: int = 48) -> bool:
    """Whether the same `n` outcomes are ever answered differently after different pasts."""
    if s.name in WITNESSES:
        one, two, tail, lots = WITNESSES[s.name]
        keys = np.array([key(lot) for lot in (*lots, *[0.0] * (len(tail) - len(lots)))])
        pasts = [(head, np.zeros(len(head), dtype=np.uint64)) for head in (one, two)]
        if _parted(s, n, pasts, tail, keys):
            return True
    rng = np.random.default_rng(7)
    for _ in range(pairs):
        turn = n + int(rng.integers(4))
        tail = _tail(rng, turn, length)
        keys = rng.integers(2**64, size=length, dtype=np.uint64)
        if rng.random() < 0.5:  # what is unlikely counts as well: the lots fall alike for long
            keys[:turn] = rng.choice(np.array([0, 2**64 - 1], dtype=np.uint64))
        pasts = []
        for _ in range(2):
            head = _drawn(rng, rng.choice([0.0, 0.1, 0.5, 0.9, 1.0]), int(rng.choice(HEADS)))
            pasts.append((head, rng.integers(2**64, size=len(head), dtype=np.uint64)))
        if _parted(s, n, pasts, tail, keys):
            return True
    return False


def _parted(
    s: Strategy, n: int, pasts: list[tuple[str, np.ndarray]], tail: str, keys: np.ndarray
) -> bool:
    """Whether after two pasts it does different things, though the last `n` outcomes are alike."""
    one, two = (
        course(s, head + tail, np.concatenate([before, keys]))[len(head) :]
        for head, before in pasts
    )
    same = 0
    for a, b in zip(one, two, strict=True):
        if a != b and same >= n:
            return True
        same = same + 1 if a == b else 0
    return False


HEADS = (0, 1, 1, 2, 3, 5, 8, 24, 24, 60)
"""How long a past may be."""


def _drawn(rng: np.random.Generator, kindness: float, length: int) -> str:
    return "".join("CD"[int(x)] for x in rng.random(length) >= kindness)


def _tail(rng: np.random.Generator, turn: int, length: int) -> str:
    """Make what the other does after two different pasts: chance, or one thing and then another."""
    rest = length - turn
    return (
        lambda: _drawn(rng, 0.5, length),
        lambda: _drawn(rng, 0.9, length),
        lambda: (_drawn(rng, 0.5, int(rng.integers(2, 5))) * length)[:length],
        lambda: "C" * turn + "D" * rest,
        lambda: "D" * turn + "C" * rest,
        lambda: "C" * turn + "D" + "C" * (rest - 1),
        lambda: "D" * turn + "C" + "D" * (rest - 1),
    )[rng.integers(7)]()
