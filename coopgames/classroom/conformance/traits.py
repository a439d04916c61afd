"""Traits that a file declares, held against what it does.

``TRAITS = {"nice": True, "memory": 1}`` says of a strategy what `coopgames.strategies.Traits`
means, and ``"stochastic": False`` that it draws no lots. A match can refute such a word, not prove
it: what is not refuted in the matches that are played passes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from coopgames.classroom.conformance import lines
from coopgames.classroom.conformance.examined import LUCKS, PERIODS, Examined
from coopgames.classroom.conformance.finding import Finding
from coopgames.classroom.conformance.seat import OPPONENTS, always, lots, played, scripted
from coopgames.strategies import Python

Refuted = str | None
KINDLY = 200
"""Periods of kindness after which a forgiving strategy has forgiven."""


def as_declared(x: Examined) -> Finding | None:
    """Hold a strategy's TRAITS against what it does."""
    rule = x.fresh()
    declared = getattr(sys.modules[rule.make.__module__], "TRAITS", {})
    line = lines.using(x.path, {"TRAITS"})
    if not isinstance(declared, dict) or not set(declared) <= set(TESTS):
        known = ", ".join(TESTS)
        remedy = f'Write it as in TRAITS = {{"nice": True}}; the traits are {known}.'
        return x.wrong("traits", f"TRAITS = {declared!r} is no dict of traits.", line, remedy)
    for name, value in declared.items():
        kinds = (int, type(None)) if name == "memory" else (bool,)
        if not isinstance(value, kinds) or (name == "memory" and isinstance(value, bool)):
            what = "a number of periods or None" if name == "memory" else "True or False"
            return x.wrong("traits", f'TRAITS["{name}"] = {value!r} is not {what}.', line,
                           f"Say {what}.")  # fmt: skip
        refuted = TESTS[name](rule, value)
        if refuted:
            return x.wrong(
                "traits", f'TRAITS say "{name}": {value!r}, but {refuted}.', line,
                f'Say what it really does, leave "{name}" out, or change the strategy.',
            )  # fmt: skip
    return None


def _nice(rule: Python, declared: bool) -> Refuted:
    if not declared:
        return None  # it may still withhold first, some time
    for luck in (*LUCKS, *range(10, 30)):
        did = played(rule, always(0), PERIODS, luck=luck)
        if 1 in did:
            return (
                f"in period {did.index(1) + 1} it withheld from one who had always accommodated, "
                "as it had itself"
            )
    return None


def _retaliating(rule: Python, declared: bool) -> Refuted:
    answers = [_answer(rule, at, luck) for luck in LUCKS for at in range(20)]
    if declared and 1 not in answers:
        return "one who withheld once, in any of the first 20 periods, was never answered"
    if not declared and 1 in answers and not _gambles(rule):
        return f"it answered one who withheld once, in period {answers.index(1) % 20 + 1}"
    return None


def _answer(rule: Python, at: int, luck: int) -> int | None:
    """Give what it first does differently after the other has withheld once; None if nothing."""
    once = [int(t == at) for t in range(PERIODS)]
    peace, war = (played(rule, other, PERIODS, luck=luck) for other in (always(0), scripted(once)))
    return next((b for a, b in zip(peace, war, strict=True) if a != b), None)


def _forgiving(rule: Python, declared: bool) -> Refuted:
    if not declared:
        return None
    for at in (0, 1, 5, 15):
        once = [int(t == at) for t in range(at + KINDLY)]
        did = played(rule, scripted(once), at + KINDLY, luck=1)
        if 1 in did[-PERIODS:]:
            return (
                f"the other withheld once, in period {at + 1}, and accommodated ever after, and "
                f"{KINDLY - PERIODS} periods later it had not forgiven"
            )
    return None


def _uses_horizon(rule: Python, declared: bool) -> Refuted:
    for name, other in OPPONENTS.items():
        untold = played(rule, other, PERIODS, luck=1)
        told = played(rule, other, PERIODS, luck=1, horizon=PERIODS)
        if untold != told:
            t = next(t for t in range(PERIODS) if untold[t] != told[t])
            known = f"told that there would be {PERIODS} periods, it acted differently"
            return None if declared else f"{known} in period {t + 1} against {name}"
    return None


def _stochastic(rule: Python, declared: bool) -> Refuted:
    return None if declared or not _gambles(rule) else "with another luck it did something else"


def _gambles(rule: Python) -> bool:
    """Whether it does something else with another luck."""
    return any(
        played(rule, other, PERIODS, luck=1) != played(rule, other, PERIODS, luck=luck)
        for other in OPPONENTS.values()
        for luck in (2, 3, 4)
    )


def _memory(rule: Python, declared: int | None) -> Refuted:
    if declared is None:
        return None
    gambles, did = _gambles(rule), dict[Any, int]()
    for seed in range(40):
        own = played(rule, lots(seed), PERIODS, luck=1)
        coin = lots(seed)
        theirs = [coin([0] * t, []) for t in range(PERIODS)]
        for t in range(PERIODS):
            # With fewer periods behind it, it may know how many; lots are those of the period.
            last = (tuple(own[max(0, t - declared) : t]), tuple(theirs[max(0, t - declared) : t]))
            when = t if gambles or t < declared else "later"
            if did.setdefault((last, when), own[t]) != own[t]:
                n = "nothing" if not declared else f"the last {declared} periods"
                return (
                    f"after the same in {n} it did different things, among them in period {t + 1}"
                )
    return None


TESTS: dict[str, Callable[[Python, Any], Refuted]] = {
    "nice": _nice,
    "retaliating": _retaliating,
    "forgiving": _forgiving,
    "memory": _memory,
    "uses_horizon": _uses_horizon,
    "stochastic": _stochastic,
}
"""What tests each trait."""
