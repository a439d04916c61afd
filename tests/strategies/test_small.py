"""All small automata: as many as there are, and each behaviour once."""

import pytest

from coopgames.mistakes import Mistake
from coopgames.strategies import memory_one_rules, small_automata, strategy
from coopgames.strategies.small import _behaviours


def test_there_are_as_many_as_regular_languages() -> None:
    # Domaratzki, Kisman & Shallit (2002), table of f_k(n): two letters, n = 1, 2, 3, 4 states.
    counts = [sum(len(tables) for _, tables in _behaviours(n, 2)) for n in (1, 2, 3, 4)]
    assert counts == [2, 24, 1028, 56014]
    sizes = [len(rule.mix) for rule in small_automata(3)]
    assert sizes == [1] * 2 + [2] * 24 + [3] * 1028


def test_with_slips_there_are_four_letters() -> None:
    # Two states act differently (2 ways); of 2⁴ ways out of the first, all but one lead on; 2⁴ out
    # of the second.
    assert [len(r.mix) for r in small_automata(2, slips=True)].count(2) == 2 * (2**4 - 1) * 2**4


@pytest.mark.parametrize(("states", "slips"), [(3, False), (2, True)])
def test_each_is_minimal_and_none_comes_twice(states: int, slips: bool) -> None:
    rules = list(small_automata(states, slips=slips))
    assert all(rule.minimal() == rule and rule.deterministic for rule in rules)
    assert len(set(rules)) == len(rules)
    if not slips:
        assert all((rule.next[:, 0] == rule.next[:, 1]).all() for rule in rules)


def test_they_hold_what_is_known() -> None:
    known = [strategy(x).rule.minimal() for x in ("tit-for-tat", "grim", "tit-for-two-tats")]
    assert set(known) <= set(small_automata(3))
    assert strategy("win-stay-lose-shift").rule.minimal() in set(small_automata(2, slips=True))
    assert strategy("tit-for-tat").rule.minimal() in {rule.minimal() for rule in memory_one_rules()}
    assert len(list(memory_one_rules())) == 32


@pytest.mark.parametrize(("states", "slips"), [(0, False), (5, False), (3, True)])
def test_too_many_are_refused(states: int, slips: bool) -> None:
    with pytest.raises(Mistake, match=f"{states} states; all automata can be gone through"):
        next(small_automata(states, slips=slips))
