"""Joining, leaving, founding: theory.md 1.6 (T5), 1.5.8; classics-international.md, C41.

Everything is checked against payoffs that are added up pair by pair, one actor at a time.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import Power, concentration
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    Adoption,
    critical_concentrations,
    founding,
    leadership,
    led,
    settle,
    stable_memberships,
)


def subsets(n):
    return [set(c) for k in range(n + 1) for c in combinations(range(n), k)]


def payoff(a, i, members):
    """What i gets a period: pair by pair."""
    total = -a.cost[i] if i in members else 0.0
    for j in range(a.n):
        if j != i:
            total += (a.within if {i, j} <= members else a.without)[i, j]
    return total


def worth(a, i, members):
    """What membership adds in present value, as a stream added up."""
    gain = payoff(a, i, members | {i}) - payoff(a, i, members - {i})
    w = a.continuation
    return sum(gain * w**t for t in range(4000)) if w else gain


def stable(a, members):
    return all(
        worth(a, i, members) >= -1e-9 if i in members else worth(a, i, members) <= a.joining[i]
        for i in range(a.n)
    )


@st.composite
def adoptions(draw, *, growing=False, most=4):
    n = draw(st.integers(2, most))
    number = st.integers(0 if growing else -8, 8)
    table = st.lists(number, min_size=n * n, max_size=n * n)
    A0, extra = (np.reshape(draw(table), (n, n)) / 4 for _ in range(2))
    amounts = st.lists(st.integers(0, 12), min_size=n, max_size=n)
    c, K = (np.array(draw(amounts)) / 8 + offset for offset in (1e-3, 2e-3))
    w = draw(st.sampled_from([0.0, 0.5, 0.8]))
    return Adoption(A0, A0 + extra, cost=c, joining=K, founding=draw(st.integers(0, 9)) + 5e-3,
                    continuation=w)  # fmt: skip


@given(adoptions())
@settings(max_examples=60, deadline=None)
def test_stable_memberships_one_by_one(a):
    found = {frozenset(m) for m in stable_memberships(a)}
    assert found == {frozenset(m) for m in subsets(a.n) if stable(a, m)}


@given(adoptions(growing=True))
@settings(max_examples=60, deadline=None)
def test_from_nobody_to_the_smallest_and_from_everybody_to_the_largest(a):
    everyone = tuple(range(a.n))
    low, high = settle(a), settle(a, everyone)
    assert low.rests and high.rests
    reached = stable_memberships(a)
    # The smallest of all; and the largest of those whose members all came in at the beginning.
    assert all(set(low.members) <= set(m) for m in reached)
    assert all(set(m) <= set(high.members) for m in reached)
    assert set(low.members) <= set(high.members)


@given(adoptions(), st.data())
@settings(max_examples=60, deadline=None)
def test_every_move_is_wished_for_and_rest_is_rest(a, data):
    start = data.draw(st.sampled_from([tuple(sorted(m)) for m in subsets(a.n)]))
    found, inside = settle(a, start), set(start)
    for i in found.moves:
        assert worth(a, i, inside) < 0 if i in inside else worth(a, i, inside) > a.joining[i]
        inside ^= {i}
    assert inside == set(found.members)
    assert found.rests == stable(a, inside) or not found.rests


@pytest.mark.parametrize(("gain", "rests"), [(-0.1, "out"), (0.1, "stays"), (0.3, "in")])
def test_between_two_bounds_one_stays_where_one_is(gain, rests):
    """To join costs 2 and the future weighs .9: in above 2 (1 − .9) = .2 a period, out below 0."""
    a = Adoption(
        np.zeros((2, 2)), [[0, 1 + gain], [1, 0]], cost=[1, 0], joining=[2, 0], continuation=0.9
    )  # fmt: skip
    from_outside, from_inside = (0 in settle(a, start).members for start in ((1,), (0, 1)))
    assert (from_outside, from_inside) == {
        "out": (False, False), "stays": (False, True), "in": (True, True)
    }[rests]  # fmt: skip
    assert ((1,) in stable_memberships(a)) != (rests == "in")
    assert ((0, 1) in stable_memberships(a)) != (rests == "out")


def test_it_can_go_round_for_ever():
    """The first wants to be where the second is, who wants to be where only the third is."""
    a = Adoption(np.zeros((3, 3)), [[0, 2, 0], [-2, 0, 1], [0, 0, 0]], cost=[1, 0, 0])
    found = settle(a, (2,))
    assert not found.rests
    assert found.moves[:5] == (1, 0, 1, 0, 1)


# Founding


@given(adoptions(most=4))
@settings(max_examples=60, deadline=None)
def test_nobody_could_found_it_better(a):
    best = 0.0
    for m in subsets(a.n):
        if len(m) > 1 and all(worth(a, i, m) >= -1e-9 for i in m):
            short = {i: max(a.joining[i] - worth(a, i, m), 0.0) for i in m}
            for h in m:
                paid = a.founding + a.joining[h] + sum(v for i, v in short.items() if i != h)
                best = max(best, worth(a, h, m) - paid)
    found = founding(a)
    if found is None:
        assert best < 1e-9
        return
    assert found.surplus == pytest.approx(best)
    # Nobody is forced in or kept in, and no money comes from nowhere.
    inside = set(found.members)
    assert found.founder in inside
    assert all(found.gains[i] - found.burdens[i] >= -1e-9 for i in inside)
    assert all(worth(a, i, inside) >= -1e-9 for i in inside)
    assert found.burdens.sum() == pytest.approx(a.founding + sum(a.joining[i] for i in inside))
    assert not any(found.gains[i] or found.burdens[i] for i in range(a.n) if i not in inside)


def test_who_would_take_the_money_and_leave_is_not_paid_to_join():
    """The second loses 1 a period by being in, whatever it got at first."""
    a = Adoption(np.zeros((2, 2)), [[0, 100], [0, 0]], cost=[0, 1], continuation=0.9)
    assert founding(a) is None


def test_the_great_makes_it_worth_while_for_the_small():
    """The small gains .1 a period, 1 in all, and joining costs it 3: 2 are made up to it."""
    a = Adoption(
        np.zeros((2, 2)), [[0, 1], [0.1, 0]], joining=[1, 3], founding=2, continuation=0.9
    )  # fmt: skip
    found = founding(a)
    assert (found.founder, found.members) == (0, (0, 1))
    assert found.burdens == pytest.approx([2 + 1 + 2, 1])
    assert found.gains == pytest.approx([10, 1])
    assert found.surplus == pytest.approx(5)
    sizes = np.array([0.9, 0.1])
    held = Power(np.zeros((2, 2)), sizes, concentration(sizes))
    kind = leadership(held, found.burdens, found.gains)
    assert (kind.hegemonic, kind.kind) == (True, "coercive")  # 5/6 of the burden, 10/11 of gains


# Hegemony (C41)


def equal_but_one(n, h):
    return np.array([h, *[(1 - h) / (n - 1)] * (n - 1)])


def first(holds, low, high):
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


@pytest.mark.parametrize("n", [2, 5, 10])
def test_a_regime_outlasts_the_hegemony_that_brought_it_about(n):
    model = {"stake": 4.0, "upkeep": 2.2, "founding": 10.0, "continuation": 0.9}
    everyone = tuple(range(n))

    def emerges(h):
        return founding(led(equal_but_one(n, h), **model)) is not None

    def persists(h):
        return 0 in settle(led(equal_but_one(n, h), **model), everyone).members

    shares = [first(f, 1 / n, 1.0) for f in (emerges, persists)]
    assert shares == pytest.approx([0.8, 0.55], abs=1e-9)
    found = critical_concentrations(n, **model)
    assert found == pytest.approx([concentration(equal_but_one(n, h)) for h in shares], abs=1e-8)
    # Nobody keeps it up from nobody, though all would want it.
    assert settle(led(equal_but_one(n, 0.9), **model)).members == ()


@given(
    st.integers(2, 30), st.floats(0.1, 5), st.floats(0, 6), st.floats(0.01, 30), st.floats(0, 0.99)
)
def test_keeping_is_never_harder_than_founding(n, stake, upkeep, cost, w):
    emerge, persist = critical_concentrations(
        n, stake=stake, upkeep=upkeep, founding=cost, continuation=w
    )
    if emerge is not None:
        assert persist is not None
        assert 0 <= persist <= emerge <= 1
        assert persist < emerge or emerge == 0
    if upkeep > stake:
        assert persist is None


def test_concentration():
    assert concentration([0.5, 0.5]) == pytest.approx(0)
    assert concentration([1, 0, 0]) == pytest.approx(1)
    assert concentration([0.8, 0.2]) == pytest.approx(0.36)


def test_mistakes():
    with pytest.raises(Mistake, match="no two square tables"):
        Adoption(np.zeros((2, 3)), np.zeros((2, 3)))
    with pytest.raises(Mistake, match="not one for each"):
        Adoption(np.zeros((2, 2)), np.zeros((2, 2)), cost=[1, 2, 3])
    with pytest.raises(Mistake, match="member 2 of 2"):
        settle(Adoption(np.zeros((2, 2)), np.zeros((2, 2))), (2,))
    with pytest.raises(Mistake, match="at most 16"):
        stable_memberships(Adoption(np.zeros((17, 17)), np.zeros((17, 17))))
    with pytest.raises(Mistake, match="sum to 1"):
        led([0.5, 0.6], stake=1, upkeep=0, founding=0, continuation=0)
