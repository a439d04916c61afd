"""Measures: what somebody wants to know of a match, as a function of its record.

A measure is given the whole course of a match, in the match's roles, and returns a number, or
several by name. It comes from a plugin (entry point ``coopgames.measures``) or from a file of
Python that defines a function ``measure``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from coopgames.games import Game
from coopgames.mistakes import Mistake, unknown
from coopgames.play import Match, course, deterministic
from coopgames.plugins import loaded, plugins
from coopgames.strategies import describe, module_of

COURSES = 100
"""Courses that are played where chance plays a part and nothing else is asked for."""


@dataclass(frozen=True, eq=False)
class Record:
    """What happened in a match.

    Parameters
    ----------
    game : Game
        What was played.
    labels : tuple of str
        Who played, seat by seat.
    actions : ndarray of int, shape (2, periods)
        What each did; 0 is its most accommodating action.
    payoffs : ndarray, shape (2, periods)
        What each got.
    """

    game: Game
    labels: tuple[str, str]
    actions: NDArray[np.int64]
    payoffs: NDArray[np.float64]


Measure = Callable[[Record], Any]


@dataclass(frozen=True)
class Measured:
    """What a measure came to.

    Parameters
    ----------
    mean : float
        Over the courses.
    standard_error : float or None
        Of the mean; None where one course stands for all, or only one was played.
    courses : int
        How many.
    """

    mean: float
    standard_error: float | None
    courses: int


def measure_from(text: str) -> Measure:
    """Find a measure: a plugin's by its name, or that of a file ending in ``.py``.

    Raises
    ------
    Mistake
        If there is none, or it is no function.
    """
    if text.endswith(".py"):
        try:
            found = getattr(module_of(Path(text)), "measure", None)
        except ModuleNotFoundError as error:
            raise Mistake(f"{text}: {error}") from None
        if not callable(found):
            raise Mistake(f"{text}: defines no function measure(record)")
        return cast(Measure, found)
    known = plugins("measures")
    if text not in known:
        hint = "no plugin that is installed adds any; a file that ends in .py may define one"
        raise Mistake(unknown("measure", text, known) if known else f'no measure "{text}" ({hint})')
    thing = loaded(known[text])
    if not callable(thing):
        raise Mistake(
            f"{text}, a plugin of {known[text].provider}, cannot be used: it is a "
            f"{type(thing).__name__}, no function measure(record)"
        )
    return cast(Measure, thing)


def measured(
    match: Match, names: Sequence[str], *, seed: int = 1, courses: int | None = None
) -> dict[str, Measured]:
    """Play a match and measure it.

    Parameters
    ----------
    match : Match
        What is played; it must come to an end.
    names : sequence of str
        Measures, as for `measure_from`.
    seed : int
        Where luck starts.
    courses : int, optional
        How many courses; one where nothing is left to chance, otherwise `COURSES`.

    Returns
    -------
    dict
        By the measure's name; ``NAME.KEY`` for each of several numbers that it returns.

    Raises
    ------
    Mistake
        If play never ends, or a measure fails or returns what is no number.
    """
    if match.horizon.infinite:
        raise Mistake("play without end has no record to measure; give a number of periods")
    measures = {Path(n).stem if n.endswith(".py") else n: measure_from(n) for n in names}
    n = 1 if deterministic(match) else courses or COURSES
    found: dict[str, list[float]] = {}
    for repetition in range(n):
        record = _record(match, course(match, seed=seed, repetition=repetition))
        for name, measure in measures.items():
            for key, value in _numbers(name, measure, record).items():
                found.setdefault(key, []).append(value)
    return {
        key: Measured(
            float(np.mean(values)),
            float(np.std(values, ddof=1) / math.sqrt(n)) if len(values) == n > 1 else None,
            len(values),
        )
        for key, values in found.items()
    }


def _record(match: Match, profiles: NDArray[np.uint16]) -> Record:
    numbers = np.array(np.unravel_index(profiles, match.game.shape))
    places = [np.argsort(order) for order in match.roles]
    actions = np.array([place[row] for place, row in zip(places, numbers, strict=True)])
    payoffs = match.game.payoffs[:, numbers[0], numbers[1]]
    first, second = match.strategies
    return Record(match.game, (first.label, second.label), actions, payoffs)


def _numbers(name: str, measure: Measure, record: Record) -> Mapping[str, float]:
    try:
        value = measure(record)
    except Exception as error:
        code = getattr(measure, "__code__", None)
        path = Path(code.co_filename) if code else None
        raise Mistake(f"the measure {name} failed: {describe(error, path)}") from None
    several = {f"{name}.{k}": v for k, v in value.items()} if isinstance(value, dict) else None
    for key, number in (several or {name: value}).items():
        if isinstance(number, bool) or not isinstance(number, int | float | np.number):
            raise Mistake(f"the measure {key} returned {number!r}, which is no number")
        if not math.isfinite(number):
            raise Mistake(f"the measure {key} returned {number!r}; a finite number is needed")
    return {key: float(number) for key, number in (several or {name: value}).items()}
