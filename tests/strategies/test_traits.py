"""What is said of a strategy is how it behaves: traits, computed or declared, and observed."""

import pytest
from observed import is_forgiving, is_nice, is_retaliating, minds_the_end, recalls_more

from coopgames.strategies import (
    Automaton,
    Strategy,
    library,
    memory,
    memory_one,
    strategy,
    traits_of,
)

EVERYONE = pytest.mark.parametrize("s", [e() for e in library().values()], ids=library())
FAR = 25
"""So many periods are not enough for those of whom it is said that no number suffices."""


def runs(s: Strategy) -> int:
    """Say how often to look: what draws lots has to be seen more than once."""
    return 24 if s.stochastic else 1


def said(s: Strategy):
    found = traits_of(s)
    assert found is not None
    return found


@EVERYONE
def test_nice(s):
    assert said(s).nice == is_nice(s, runs(s))


@EVERYONE
def test_retaliating(s):
    assert said(s).retaliating == is_retaliating(s, runs(s))


@EVERYONE
def test_forgiving(s):
    periods = {"better-and-better": 1400}.get(s.name, 400)  # it takes a thousand to mend its ways
    assert said(s).forgiving == is_forgiving(s, max(runs(s) // 4, 1), periods)


@EVERYONE
def test_uses_horizon(s):
    assert said(s).uses_horizon == minds_the_end(s, runs(s))


@EVERYONE
def test_memory(s):
    n = said(s).memory
    if n is None:
        assert recalls_more(s, FAR)
        return
    assert not recalls_more(s, n)
    assert n == 0 or recalls_more(s, n - 1)


@pytest.mark.parametrize("entry", library().values(), ids=library())
def test_an_automaton_declares_nothing(entry):
    assert (entry.declared is None) == isinstance(entry().rule, Automaton)
    assert entry.traits == traits_of(entry())


# As the literature has them. Axelrod (1980) counts the first eight of his tournament as nice. Tit
# for two tats is not provoked by a single defection; that is its point.


@pytest.mark.parametrize(
    ("name", "memory", "nice", "retaliating", "forgiving"),
    [
        ("tit-for-tat", 1, True, True, True),
        ("tit-for-two-tats", 2, True, False, True),
        ("grim", 1, True, True, False),
        ("win-stay-lose-shift", 1, True, True, False),
        ("always-accommodate", 0, True, False, True),
        ("always-defect", 0, False, False, False),
        ("random", 0, False, False, False),
        ("nydegger", 3, True, True, False),
        ("joss", 1, False, True, False),
        ("shubik", None, True, True, True),
    ],
)
def test_traits_as_they_are_known(name, memory, nice, retaliating, forgiving):
    found = said(strategy(name))
    assert (found.memory, found.nice) == (memory, nice)
    assert (found.retaliating, found.forgiving) == (retaliating, forgiving)


def test_win_stay_lose_shift_never_comes_back_to_one_who_lets_it():
    # (C, D), then (D, C) for ever: it won, and stays.
    assert not said(strategy("win-stay-lose-shift")).forgiving


# Memory-one as Nowak & Sigmund (1993) and Press & Dyson (2012) use it: four probabilities, one for
# each outcome of the last period. Grim is one of them only if nobody's hand slips.
@pytest.mark.parametrize(
    ("name", "with_slips"),
    [
        ("tit-for-tat", 1),
        ("joss", 1),
        ("grim", None),
        ("alternator", None),
        ("contrite-tit-for-tat", None),
        ("tit-for-two-tats", 2),
        ("nydegger", 3),
        ("davis", None),
        ("random", 0),
    ],
)
def test_memory_if_hands_slip(name, with_slips):
    assert memory(strategy(name).rule, slips=True) == with_slips


def test_memory_counts_the_opening_too():
    # It withholds in the second period alone: after one period it must know that there was no
    # more than one.
    late = Automaton([[1, 0], [0, 1], [1, 0]], [[[1, 1]] * 2, [[2, 2]] * 2, [[2, 2]] * 2])
    assert traits_of(Strategy("late", late)).memory == 2


def test_what_is_provoked_by_mercy_does_not_retaliate():
    # Withholding makes it kinder at first, and only then worse.
    mixed = memory_one(0.5, CC=0.5, CD=0.9, DC=0.5, DD=0.9)
    found = traits_of(Strategy("mixed", mixed))
    assert not found.retaliating
    assert not found.forgiving


def test_what_is_not_for_two_actions_has_no_traits():
    three = Automaton([[1, 0, 0]], [[[0, 0, 0]] * 3])
    assert traits_of(Strategy("three", three)) is None


def test_nothing_is_known_of_code_with_other_parameters_or_from_elsewhere():
    gradual = strategy("gradual")
    assert traits_of(gradual) == library()["gradual"].declared
    assert traits_of(Strategy("gradual", gradual.rule)) is None
