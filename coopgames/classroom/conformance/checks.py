"""The checks, a function each: given how to read a strategy anew, what is wrong, if anything.

All are played with the same few opponents and lucks, so that what one finds can be seen again.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

from coopgames.classroom.conformance import lines
from coopgames.classroom.conformance.examined import PERIODS, Did, Examined
from coopgames.classroom.conformance.faults import KEEP_LESS
from coopgames.classroom.conformance.finding import Finding
from coopgames.classroom.conformance.seat import OPPONENTS, Fault, Opponent, Seat, played
from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.strategies import Python, Strategy

AT_ONCE = 100
"""So many matches go on at once."""

SLOW = 0.001
"""Seconds that a decision may take on average. One game of 200 periods for each pair of 100 such
strategies would take half an hour; what people write takes a few millionths of a second."""

LARGE = 64
"""Megabytes that a match of 200 periods may need."""


def in_time(x: Examined) -> Finding | None:
    """Measure how long it takes to decide."""
    # In the match that went fastest: others may have been held up by something else.
    each = min(_durations(x.fresh()), default=0.0)
    if each < SLOW:
        return None
    return x.wrong(
        "time",
        f"A decision takes it {1000 * each:.3g} thousandths of a second on average; "
        f"{1000 * SLOW:g} is the limit.",
        lines.defining(x.path),
        "Do less in each period. What is added up over the whole past can be kept in memory and "
        "brought up to date by the last period alone.",
    )


def _durations(rule: Python) -> Iterator[float]:
    """Give the seconds that a decision took on average in each match without a fault."""
    for other in OPPONENTS.values():
        started = time.perf_counter()
        try:
            moves = len(played(rule, other, 20, luck=1))
        except Fault:
            continue  # what it is, the next check finds
        yield (time.perf_counter() - started) / moves


def transcripts(x: Examined) -> Did:
    """Play against everyone, read anew each time, and give what it did."""
    return {name: played(x.fresh(), other, PERIODS, luck=1) for name, other in OPPONENTS.items()}


def determined(x: Examined) -> Finding | None:
    """Play the same matches twice."""
    return unlike(x, transcripts(x), transcripts(x))


def unlike(
    x: Examined, first: dict[str, list[int]], second: dict[str, list[int]]
) -> Finding | None:
    """Compare two times that the same was played; also in different processes."""
    where = _difference(first, second)
    if where is None:
        return None
    name, period = where
    return x.wrong(
        "determinism",
        f"It met {name} twice, saw the same and had the same luck, but did different things in "
        f"period {period}.",
        lines.using(x.path, lines.CLOCKS),
        "Draw lots with chance.random(), chance.integer(1, 6) or chance.choice([0, 1]), and with "
        "nothing else; do not look at the clock, and do not go through a set, whose order differs "
        "from run to run.",
    )


def _difference(
    first: dict[str, list[int]], second: dict[str, list[int]]
) -> tuple[str, int] | None:
    for name, one in first.items():
        for t, (a, b) in enumerate(zip(one, second[name], strict=True)):
            if a != b:
                return name, t + 1
    return None


KEEP_IN_MEMORY = (
    "Something is kept outside the match: in a variable of the file, a default such as log=[], or "
    'a variable of the class. Keep it in memory, as in memory["angry"] = True, or in self of a '
    "class, which are new for each match."
)


def in_any_order(x: Examined) -> Finding | None:
    """Play the same matches forwards and backwards, without reading it anew."""
    rule = x.fresh()
    forwards = {name: played(rule, other, PERIODS, luck=1) for name, other in OPPONENTS.items()}
    rule = x.fresh()
    backwards = {
        name: played(rule, other, PERIODS, luck=1) for name, other in reversed(OPPONENTS.items())
    }
    where = _difference(forwards, backwards)
    if where is None:
        return None
    return x.wrong(
        "order",
        f"It met {where[0]} before and after other matches, and did different things in period "
        f"{where[1]}. It remembers something of other matches.",
        lines.keeping(x.path),
        KEEP_IN_MEMORY,
    )


def among_many(x: Examined) -> Finding | None:
    """Play 100 matches at once, a period of each in turn, and the same alone."""
    meets = [
        (name, other, 1 + i // len(OPPONENTS))
        for i, (name, other) in enumerate(list(OPPONENTS.items()) * AT_ONCE)
    ][:AT_ONCE]
    rule = x.fresh()
    seats = [Seat(rule, luck) for _, _, luck in meets]
    did: list[tuple[list[int], list[int]]] = [([], []) for _ in meets]
    shuffle = random.Random(1).shuffle  # noqa: S311 — no secret
    for _ in range(20):
        order = list(range(AT_ONCE))
        shuffle(order)
        for i in order:
            own, replies = did[i]
            action = seats[i].decide()
            reply = meets[i][1](replies, own)
            seats[i].see(action, reply)
            own.append(action)
            replies.append(reply)
    for (name, other, luck), (own, _) in zip(meets, did, strict=True):
        alone = played(x.fresh(), other, 20, luck=luck)
        if alone != own:
            t = next(t for t in range(20) if alone[t] != own[t])
            return x.wrong(
                "interleaving",
                f"It met {name} alone, and again while 99 other matches were going on, and did "
                f"different things in period {t + 1}. Its matches disturb one another.",
                lines.keeping(x.path),
                KEEP_IN_MEMORY,
            )
    return None


def without_peeking(x: Examined) -> Finding | None:
    """Let two others do the same up to a period, and not in it: it cannot know that yet."""
    for seat in (1, 0):
        for until in (0, 3, 10):
            for first in (0, 1):
                script = [(first + t // 2) % 2 for t in range(20)]
                other = [a if t < until else 1 - a for t, a in enumerate(script)]
                one, two = (_course(x, s, seat) for s in (script, other))
                for t in range(until + 1):
                    if one[t] != two[t]:
                        return x.wrong(
                            "past",
                            f"Two others did the same up to period {until} and different things in "
                            f"period {until + 1}, and it did different things in period {t + 1} "
                            "already. It cannot have known that from what it was shown.",
                            lines.using(x.path, lines.PEEKING),
                            "Decide by mine, theirs and memory alone; do not look into the "
                            "program that plays.",
                        )
    return None


def _course(x: Examined, script: list[int], seat: int) -> list[int]:
    """Play a real match against one who does what is written down."""

    def act(mine: list[int]) -> int:
        return script[len(mine)]

    pair = [Strategy("script", Python(act)), Strategy("examined", x.fresh())]
    labels = ("script", "examined")
    if seat == 0:
        pair.reverse()
        labels = labels[::-1]
    match = Match(
        named_game("prisoners-dilemma"), (pair[0], pair[1]), Horizon(len(script)), labels=labels
    )
    try:
        profiles = course(match, seed=1)
    except Mistake:  # it fails where it is not examined; that differs too
        return [-1] * len(script)
    return [int(p) // 2 if seat == 0 else int(p) % 2 for p in profiles]


def within_memory(x: Examined) -> Finding | None:
    """Measure how much memory its matches need."""
    tracemalloc.start()
    try:
        for other in OPPONENTS.values():
            played(x.fresh(), _measuring(other, x.path), 200, luck=1)
    except _TooLarge as large:
        return x.wrong(
            "memory",
            f"A match of 200 periods needs {large.megabytes:.0f} megabytes and more; {LARGE} is "
            "the limit.",
            large.line,
            KEEP_LESS,
        )
    finally:
        tracemalloc.stop()
    return None


class _TooLarge(Exception):
    def __init__(self, megabytes: float, line: int | None) -> None:
        self.megabytes, self.line = megabytes, line


def _measuring(other: Opponent, path: Path) -> Opponent:
    """Look, whenever it is the other's turn, how much memory is held."""

    def act(own: Sequence[int], theirs: Sequence[int]) -> int:
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        if peak > LARGE:
            raise _TooLarge(peak, _largest(path))
        return other(own, theirs)

    return act


def _largest(path: Path) -> int | None:
    """Find the line of the file that holds most memory."""
    held = [
        (stat.size, stat.traceback[0].lineno)
        for stat in tracemalloc.take_snapshot().statistics("lineno")
        if stat.traceback[0].filename == str(path.resolve())
    ]
    return max(held)[1] if held else lines.defining(path)
