"""Group play against two-actor play, brute force, symmetry, the lumped chain and itself."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sample import PD, automata, counting

from coopgames.games import CountGame, Game, public_goods, tallies
from coopgames.mistakes import Mistake
from coopgames.play import (
    GroupMatch,
    Horizon,
    Match,
    Slips,
    course,
    expect,
    expect_group,
    expect_lumped,
    group_best_reply,
    group_course,
    group_critical_continuation,
    group_deviation_gain,
    sample,
    sample_group,
)
from coopgames.play.solve import best_reply, critical_continuation
from coopgames.strategies import Automaton, Strategy, strategy
from coopgames.strategies.group import (
    group_always,
    group_automaton,
    group_never,
    group_reactive,
    group_tit_for_tat,
    trigger,
)

probabilities = st.one_of(st.sampled_from([0.0, 1.0, 0.5]), st.floats(1e-6, 1))
HORIZONS = [Horizon(1), Horizon(6), Horizon(continuation=0.0), Horizon(continuation=0.8)]


@st.composite
def tables(draw: Any, k: int, observations: int, most: int = 3) -> Automaton:
    """Any automaton of that size, with probabilities that are often 0 or 1."""
    S = draw(st.integers(1, most))
    mix = []
    for _ in range(S):
        weights = draw(st.lists(probabilities, min_size=k, max_size=k).filter(any))
        mix.append(np.array(weights) / sum(weights))
    size = S * k * observations
    to = draw(st.lists(st.integers(0, S - 1), min_size=size, max_size=size))
    initial = draw(st.integers(0, S - 1))
    return Automaton(mix, np.reshape(to, (S, k, observations)), initial)


def named(rules: Any, names: str = "abcdefgh") -> tuple[Strategy, ...]:
    return tuple(Strategy(name, rule) for name, rule in zip(names, rules, strict=False))


def two(rules: Any) -> tuple[Strategy, Strategy]:
    first, second = rules
    return Strategy("a", first), Strategy("b", second)


def three_by_two_by_three(seed: int) -> Game:
    """An asymmetric game of three actors whose roles are no identity."""
    payoffs = np.random.default_rng(seed).integers(-9, 9, (3, 3, 2, 3))
    return Game("g", payoffs, roles=[(2, 0, 1), (1, 0), (0, 2, 1)])


def count_table(seed: int, n: int, k: int) -> CountGame:
    rng = np.random.default_rng(seed)
    worth = np.sort(rng.integers(0, 9, k))[::-1]
    own = rng.integers(-9, 9, (k, 1))
    return CountGame("g", own + (tallies(n, k) @ worth)[None] + rng.random((k, 1)))


# Two actors


@settings(max_examples=60, deadline=None)
@given(
    automata(), automata(), st.sampled_from([0.0, (0.1, 0.0), (0.3, 1.0)]),
    st.sampled_from([("a", "b"), ("b", "a"), ("a", "a")]), st.integers(0, 2**40), st.integers(0, 9),
)  # fmt: skip
def test_two_actors_play_the_course_of_the_two_actor_kernels(
    a: Automaton, b: Automaton, noise: Any, labels: Any, seed: int, repetition: int
) -> None:
    # One seat's actions are relabelled, so that roles and the game's own order differ.
    game = Game("pd", PD.payoffs[:, :, ::-1], roles=None)
    pair, horizon = two((a, b)), Horizon(continuation=0.95)
    expected = course(Match(game, pair, horizon, noise, labels), seed=seed, repetition=repetition)
    group = GroupMatch(game, pair, horizon, noise, labels)
    played = group_course(group, seed=seed, repetition=repetition)
    assert (2 * played[:, 0] + (1 - played[:, 1])).tolist() == expected.tolist()


@settings(max_examples=20, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1]), st.integers(0, 2**40))
def test_two_actors_are_counted_alike(a: Automaton, b: Automaton, noise: float, seed: int) -> None:
    pair = two((a, b))
    tally = sample(Match(PD, pair, Horizon(20), noise), counting(), seed=seed, repetitions=range(9))
    counts = (tally.counts * tally.times[:, None]).sum(axis=0).reshape(2, 2)
    group = sample_group(GroupMatch(PD, pair, Horizon(20), noise), seed=seed, repetitions=range(9))
    assert (group.lived[0] == counts).all()
    assert (group.lived[1] == counts.T).all()
    assert group.totals.sum(axis=0) == pytest.approx([(counts * u).sum() for u in PD.payoffs])


@settings(max_examples=40, deadline=None)
@given(
    tables(2, 2), tables(2, 2), st.sampled_from([0.0, (0.1, 0.0), 0.5]),
    st.sampled_from([*HORIZONS, Horizon()]),
)  # fmt: skip
def test_two_actors_are_solved_alike(
    a: Automaton, b: Automaton, noise: Any, horizon: Horizon
) -> None:
    pair = expect(Match(PD, two((a, b)), horizon, noise))
    group = expect_group(GroupMatch(PD, two((a, b)), horizon, noise))
    assert group.lived[0] == pytest.approx(pair.frequency, abs=1e-12)
    assert group.lived[1] == pytest.approx(pair.frequency.T, abs=1e-12)
    assert group.means == pytest.approx(pair.means, abs=1e-12)
    assert (group.totals is None) == horizon.infinite
    if pair.totals:
        assert group.totals == pytest.approx(pair.totals, abs=1e-9)


def counted(pair: Strategy) -> Strategy:
    """Turn a two-actor automaton into one that reads how many of the others accommodated."""
    rule = pair.rule
    assert isinstance(rule, Automaton)
    return Strategy(pair.name, Automaton(rule.mix, rule.next[:, :, ::-1], rule.initial))


@pytest.mark.parametrize("criterion", ["nash", "subgame-perfect"])
@pytest.mark.parametrize("noise", [0.0, 0.05])
@pytest.mark.parametrize(
    "name", ["tit-for-tat", "grim", "win-stay-lose-shift", "tit-for-two-tats", "always-defect"]
)
def test_best_replies_of_two_are_those_of_pairs(name: str, noise: float, criterion: Any) -> None:
    game, one = CountGame("pd", [[0, 3], [1, 5]]), strategy(name)
    pair = critical_continuation(PD, one, one, noise=noise, criterion=criterion)
    group = group_critical_continuation(game, counted(one), noise=noise, criterion=criterion)
    assert group == (None if pair is None else pytest.approx(pair, abs=1e-9))
    for horizon in (*HORIZONS, Horizon()):
        expected = best_reply(Match(PD, (one, one), horizon, noise), 0)
        assert group_best_reply(game, counted(one), horizon, noise=noise).mean == pytest.approx(
            expected.mean, abs=1e-9
        )


# Brute force


Observe = Callable[[int, tuple[int, ...]], int]


def brute_force(rules: Any, observe: Observe, noise: list[Any], periods: int) -> list[Any]:
    """Each seat's share of (own action, observation) by listing every course."""
    shares = [np.zeros(rule.next.shape[1:]) for rule in rules]
    profiles = list(product(*(range(rule.k) for rule in rules)))
    for path in product(profiles, repeat=periods):
        odds, states = 1.0, [rule.initial for rule in rules]
        for profile in path:
            for i, (rule, a) in enumerate(zip(rules, profile, strict=True)):
                odds *= sum(
                    p * ((1 - noise[i][b]) if a == b else noise[i][b] / (rule.k - 1))
                    for b, p in enumerate(rule.mix[states[i]])
                )
            states = [
                rule.next[s, profile[i], observe(i, profile)]
                for i, (rule, s) in enumerate(zip(rules, states, strict=True))
            ]
        for profile in path:
            for i, a in enumerate(profile):
                shares[i][a, observe(i, profile)] += odds / periods
    return shares


@settings(max_examples=15, deadline=None)
@given(st.data(), st.integers(1, 2), st.sampled_from([0.0, 0.1]), st.integers(0, 99))
def test_profiles_are_seen_in_order_of_distance(
    data: Any, periods: int, noise: float, seed: int
) -> None:
    game = three_by_two_by_three(seed)
    rules = [data.draw(tables(k, 18 // k)) for k in game.shape]

    def observe(i: int, profile: tuple[int, ...]) -> int:
        near, far = (i + 1) % 3, (i + 2) % 3
        return profile[near] * game.shape[far] + profile[far]

    match = GroupMatch(game, named(rules), Horizon(periods), (noise, 0.0, noise))
    expected = brute_force(rules, observe, [[noise] * 3, [0] * 2, [noise] * 3], periods)
    exact = expect_group(match)
    for seat in range(3):
        assert exact.lived[seat] == pytest.approx(expected[seat], abs=1e-12)
    # Payoffs stand in the game's own order of actions.
    order = [(2, 0, 1), (1, 0), (0, 2, 1)]
    mean = sum(
        share * game.payoffs[0, order[0][a], order[1][o // 3], order[2][o % 3]]
        for (a, o), share in np.ndenumerate(expected[0])
    )
    assert exact.means[0] == pytest.approx(mean, abs=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.data(), st.integers(1, 3), st.sampled_from([0.0, 0.1, (0.2, 0.0)]))
def test_counts_are_seen_as_counts(data: Any, periods: int, noise: Slips) -> None:
    rules = [data.draw(tables(2, 3)) for _ in range(3)]
    slips = noise if isinstance(noise, tuple) else (noise, noise)
    expected = brute_force(
        rules, lambda i, p: sum(a == 0 for j, a in enumerate(p) if j != i), [slips] * 3, periods
    )
    game = public_goods(3, 2)
    exact = expect_group(GroupMatch(game, named(rules), Horizon(periods), (noise,) * 3))
    for seat in range(3):
        assert exact.lived[seat] == pytest.approx(expected[seat], abs=1e-12)
        assert exact.means[seat] == pytest.approx((expected[seat] * game.payoffs).sum(), abs=1e-12)


def test_a_game_by_counts_and_its_full_form_pay_alike() -> None:
    # Strategies that withhold once anyone did, written for either way of seeing.
    game, mix = public_goods(4, 2), [[0.9, 0.1], [0.2, 0.8]]
    by_count = group_automaton(4, mix, lambda s, a, others: int(others[0] < 3))
    by_profile = Automaton(mix, [[[0] + [1] * 7] * 2] * 2)
    for horizon in (*HORIZONS, Horizon()):
        one = expect_group(GroupMatch(game, named([by_count] * 4), horizon, 0.1))
        other = expect_group(GroupMatch(game.as_game(), named([by_profile] * 4), horizon, 0.1))
        assert one.means == pytest.approx(other.means, abs=1e-12)


# Sampled against exact


@settings(max_examples=10, deadline=None)
@given(st.data(), st.sampled_from([(5, 2), (3, 3)]), st.integers(0, 2**30))
def test_sampled_agrees_with_exact(data: Any, size: tuple[int, int], seed: int) -> None:
    n, k = size
    game = count_table(seed, n, k)
    rules = [data.draw(tables(k, game.payoffs.shape[1], 2)) for _ in range(n)]
    noise = tuple(data.draw(st.sampled_from([0.0, 0.1, (0.3,) + (0.0,) * (k - 1)])) for _ in rules)
    match = GroupMatch(game, named(rules), Horizon(8), noise)
    R = 3000
    sampled, exact = sample_group(match, seed=seed, repetitions=range(R)), expect_group(match)
    # Hoeffding over independent courses, n·k·O cells, 10 examples: false alarm below 1e-6.
    bound = np.sqrt(np.log(2 * n * game.payoffs.size * 10 / 1e-6) / (2 * R))
    for seat in range(n):
        assert sampled.lived[seat] / (8 * R) == pytest.approx(exact.lived[seat], abs=bound)
    worth = np.array([(x * game.payoffs).sum() for x in sampled.lived])
    assert sampled.totals.sum(axis=0) == pytest.approx(worth)


@settings(max_examples=10, deadline=None)
@given(st.data(), st.integers(0, 2**30))
def test_sampled_profiles_agree_with_exact(data: Any, seed: int) -> None:
    game = three_by_two_by_three(seed)
    rules = [data.draw(tables(k, 18 // k)) for k in game.shape]
    match = GroupMatch(game, named(rules), Horizon(8), (0.1, 0.0, (0.0, 0.5, 0.2)))
    R = 3000
    sampled, exact = sample_group(match, seed=seed, repetitions=range(R)), expect_group(match)
    bound = np.sqrt(np.log(2 * 3 * 18 * 10 / 1e-6) / (2 * R))
    for seat in range(3):
        assert sampled.lived[seat] / (8 * R) == pytest.approx(exact.lived[seat], abs=bound)


def test_lanes_are_independent() -> None:
    # Eight fair coins a period: each profile of 256 has its share (Hoeffding, 1e-6).
    coins = named([group_reactive(8, 0.5, [0.5] * 8).rule] * 8)
    match = GroupMatch(public_goods(8, 2), coins, Horizon(100_000))
    numbers = group_course(match, seed=1) @ (1 << np.arange(8))
    shares = np.bincount(numbers, minlength=256) / 100_000
    assert np.abs(shares - 1 / 256).max() < np.sqrt(np.log(2 * 256 / 1e-6) / (2 * 100_000))
    # The chi-square statistic of 255 degrees of freedom exceeds 380 with a chance below 1e-6.
    assert (256 * 100_000 * (shares - 1 / 256) ** 2).sum() < 380


def test_the_length_of_play_is_drawn_as_for_pairs() -> None:
    pair, horizon = two([strategy("random").rule] * 2), Horizon(continuation=0.9)
    group = sample_group(GroupMatch(PD, pair, horizon), seed=3, repetitions=range(50))
    assert (
        group.periods.tolist()
        == sample(Match(PD, pair, horizon), counting(), seed=3, repetitions=range(50))
        .periods.tolist()
    )  # fmt: skip


def test_what_is_certain_is_played_once() -> None:
    match = GroupMatch(public_goods(50, 2), (trigger(50),) * 50, Horizon(30))
    sampled = sample_group(match, seed=1, repetitions=range(1000))
    assert (sampled.totals == sampled.totals[0]).all()
    assert sampled.totals.shape == (1000, 50)
    assert sampled.lived[7][0, 49] == 30_000
    assert sampled.totals[0] == pytest.approx(30)
    # Without chance the joint chain of fifty is a path.
    assert expect_group(match).means == pytest.approx([1] * 50)


# Symmetry


@settings(max_examples=15, deadline=None)
@given(st.data(), st.permutations(range(5)), st.integers(0, 2**30))
def test_permuting_seats_permutes_payoffs(data: Any, order: list[int], seed: int) -> None:
    game = public_goods(5, 3)
    strategies = named([data.draw(tables(2, 5, 2)) for _ in range(5)])
    noise = (0.1, 0.0, (0.2, 0.0), 0.0, 0.3)
    one = GroupMatch(game, strategies, Horizon(12), noise)
    other = GroupMatch(
        game, tuple(strategies[i] for i in order), Horizon(12), tuple(noise[i] for i in order)
    )
    assert (group_course(one, seed=seed)[:, order] == group_course(other, seed=seed)).all()
    means = expect_group(one).means
    assert expect_group(other).means == pytest.approx([means[i] for i in order], abs=1e-12)


@settings(max_examples=10, deadline=None)
@given(st.data(), st.integers(0, 2**30))
def test_rotating_a_game_rotates_its_play(data: Any, seed: int) -> None:
    game = three_by_two_by_three(seed)
    strategies = named([data.draw(tables(k, 18 // k)) for k in game.shape])
    order = [1, 2, 0]
    assert game.roles is not None
    turned = Game(
        "g", game.payoffs[order].transpose(0, 2, 3, 1), roles=[game.roles[i] for i in order]
    )
    one = GroupMatch(game, strategies, Horizon(9), (0.1, 0.2, 0.0))
    other = GroupMatch(turned, tuple(strategies[i] for i in order), Horizon(9), (0.2, 0.0, 0.1))
    assert (group_course(one, seed=seed)[:, order] == group_course(other, seed=seed)).all()
    means = expect_group(one).means
    assert expect_group(other).means == pytest.approx([means[i] for i in order], abs=1e-12)


def test_a_strategy_and_its_copies_are_as_many_seats() -> None:
    mine = group_reactive(3, 1, [0.1, 0.5, 0.9])
    copies = tuple(Strategy(f"copy {i}", mine.rule) for i in range(3))
    game = public_goods(3, 2)
    one, other = (
        expect_group(GroupMatch(game, s, Horizon(20), 0.1)) for s in ((mine,) * 3, copies)
    )
    assert one.means == other.means
    assert one.means == pytest.approx([one.means[0]] * 3)


# The lumped chain


@settings(max_examples=40, deadline=None)
@given(
    st.data(), st.sampled_from([(2, 2), (3, 2), (4, 2), (3, 3)]), st.booleans(),
    st.sampled_from([*HORIZONS, Horizon()]), st.integers(0, 99),
)  # fmt: skip
def test_the_lumped_chain_agrees_with_the_joint_one(
    data: Any, size: tuple[int, int], alone: bool, horizon: Horizon, seed: int
) -> None:
    n, k = size
    game = count_table(seed, n, k)
    noise: Slips = data.draw(st.sampled_from([0.0, 0.1, (0.3,) + (0.0,) * (k - 1)]))
    crowd, one = named([data.draw(tables(k, game.payoffs.shape[1])) for _ in range(2)])
    lumped = expect_lumped(game, crowd, horizon, noise=noise, deviator=one if alone else None)
    seats = (one if alone else crowd, *[crowd] * (n - 1))
    joint = expect_group(GroupMatch(game, seats, horizon, (noise,) * n))
    assert lumped.frequency == pytest.approx(joint.lived[0], abs=1e-10)
    assert lumped.deviator == pytest.approx(joint.means[0], abs=1e-10)
    assert lumped.others == pytest.approx(np.mean(joint.means[1:]), abs=1e-10)
    if not alone:
        assert lumped.deviator == pytest.approx(lumped.others, abs=1e-10)
    if lumped.totals:
        assert joint.totals is not None
        assert lumped.totals[0] == pytest.approx(joint.totals[0], abs=1e-9)


def test_fifty_actors_agree_with_their_sample() -> None:
    game, one = public_goods(50, 5), group_tit_for_tat(50, 30)
    exact = expect_lumped(game, one, Horizon(60), noise=0.15)
    match = GroupMatch(game, (one,) * 50, Horizon(60), 0.15)
    R = 300
    totals = sample_group(match, seed=1, repetitions=range(R)).totals / 60
    # Hoeffding over independent courses: the mean payoff of all lies between 0 and 4.
    bound = 4 * np.sqrt(np.log(2 / 1e-6) / (2 * R))
    assert totals.mean() == pytest.approx(exact.deviator, abs=bound)
    assert exact.deviator == pytest.approx(exact.others)


@settings(max_examples=10, deadline=None)
@given(tables(2, 3), st.sampled_from([0.0, 0.1]), st.floats(0, 0.8))
def test_continuation_is_the_mixture_over_fixed_horizons(
    rule: Automaton, noise: float, w: float
) -> None:
    game, one = public_goods(3, 2), Strategy("s", rule)
    exact = expect_lumped(game, one, Horizon(continuation=w), noise=noise).totals
    mixture, T = 0.0, 1
    while w ** (T - 1) > 1e-12:
        fixed = expect_lumped(game, one, Horizon(T), noise=noise).totals
        assert fixed is not None
        mixture += w ** (T - 1) * (1 - w) * fixed[0]
        T += 1
    assert exact is not None
    assert exact[0] == pytest.approx(mixture, abs=1e-8)


# Best replies


def open_loop(game: CountGame, rule: Automaton, periods: int) -> float:
    """The best of all sequences of actions against n−1 deterministic automata."""
    best = -np.inf
    for plan in product(range(game.k), repeat=periods):
        states, total = [rule.initial] * (game.n - 1), 0.0
        for mine in plan:
            doing = [int(rule.mix[s].argmax()) for s in states]
            total += game.payoffs[mine, doing.count(0)]
            states = [
                int(rule.next[s, a, doing.count(0) - (a == 0) + (mine == 0)])
                for s, a in zip(states, doing, strict=True)
            ]
        best = max(best, total)
    return best


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.booleans(), min_size=3, max_size=3),
    st.lists(st.integers(0, 2), min_size=18, max_size=18), st.integers(1, 6),
)  # fmt: skip
def test_a_best_reply_is_the_best_of_all_plans(
    kind: list[bool], to: list[int], periods: int
) -> None:
    rule = Automaton([[a, not a] for a in kind], np.reshape(to, (3, 2, 3)))
    game = public_goods(3, 2)
    reply = group_best_reply(game, Strategy("s", rule), Horizon(periods))
    assert reply.total == pytest.approx(open_loop(game, rule, periods), abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from([Horizon(4), Horizon(continuation=0.8), Horizon()]))
def test_a_best_reply_gets_its_value_and_nothing_gets_more(data: Any, horizon: Horizon) -> None:
    # Whoever looks at the number of all who failed knows how the rest stand.
    game, noise = public_goods(5, 3), data.draw(st.sampled_from([0.0, 0.1]))
    crowd = trigger(5, data.draw(st.integers(0, 2)), own=True)
    reply = group_best_reply(game, crowd, horizon, noise=noise)

    def value(one: Strategy | None) -> float:
        return expect_lumped(game, crowd, horizon, noise=noise, deviator=one).deviator

    assert value(reply.strategy) == pytest.approx(reply.mean, abs=1e-9)
    assert value(Strategy("s", data.draw(tables(2, 5)))) <= reply.mean + 1e-9
    gain = group_deviation_gain(game, crowd, horizon, noise=noise)
    length = {4: 4.0, None: 1.0}[horizon.periods] if horizon.continuation is None else 5.0
    assert gain == pytest.approx((reply.mean - value(None)) * length, abs=1e-8)


def test_a_tolerant_trigger_is_exploited_by_one() -> None:
    reply = group_best_reply(public_goods(5, 3), trigger(5, 1, own=True), Horizon(continuation=0.9))
    assert reply.automaton.mix[0].tolist() == [0, 1]
    assert reply.mean == pytest.approx(3 * 4 / 5)


# The strategies


def test_a_trigger_counts_failures() -> None:
    game = public_goods(4, 2)
    once = Strategy("once", Automaton([[0, 1], [1, 0]], np.ones((2, 2, 4))))
    for tolerance, own, share in ((0, False, 1 / 6), (1, False, 1.0), (1, True, 1.0)):
        crowd = trigger(4, tolerance, own=own)
        match = GroupMatch(game, (crowd, crowd, crowd, once), Horizon(6))
        assert expect_group(match).lived[0][0].sum() == pytest.approx(share)


def test_a_slip_of_ones_own_pulls_the_trigger_only_if_asked_for() -> None:
    # Where it would matter: seat 0 slips once, in the first period, and the others tolerate it.
    for own, trust in ((False, 5), (True, 0)):
        crowd, seats = group_always(4), 3
        first = Strategy("first", _slipping(trigger(4, own=own).rule))
        match = GroupMatch(public_goods(4, 2), (first, *[crowd] * seats), Horizon(6))
        assert expect_group(match).lived[0][0].sum() * 6 == pytest.approx(trust)


def _slipping(rule: Any) -> Automaton:
    """The same automaton, but that in the first period it takes the other action."""
    start = [[1 - p for p in rule.mix[rule.initial]]]
    after = [rule.next[rule.initial]]
    return Automaton([*rule.mix, *start], [*rule.next, *after], len(rule.mix))


@pytest.mark.parametrize(("withholders", "share"), [(0, 1.0), (1, 1.0), (2, 1 / 6)])
def test_group_tit_for_tat_asks_for_enough(withholders: int, share: float) -> None:
    seats = (*[group_tit_for_tat(5, 3)] * (5 - withholders), *[group_never(5)] * withholders)
    lived = expect_group(GroupMatch(public_goods(5, 2), seats, Horizon(6))).lived[0]
    assert lived[0].sum() == pytest.approx(share)


def test_labels_say_what_is_unusual() -> None:
    assert trigger(5).label == "group-trigger(n=5)"
    assert trigger(5, 2, own=True).label == "group-trigger(n=5, tolerance=2, own=1)"
    assert group_tit_for_tat(5).label == group_tit_for_tat(5, 4).label
    assert group_always(3).label != group_always(4).label
    assert group_reactive(2, 1, [0.1, 1]).label == "group-reactive(n=2, opening=1, after='0.1 1.0')"


# Refusals


GOODS = public_goods(3, 2)
TRIO = (trigger(3),) * 3
GRADUAL = strategy("gradual")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: GroupMatch(GOODS, TRIO[:2], Horizon(3)), "3 actors, not 2 strategies"),
        (lambda: GroupMatch(GOODS, TRIO, Horizon(3), (0.1,)), "not 1 noise probabilities"),
        (lambda: GroupMatch(GOODS, TRIO, Horizon(3), labels=("a",)), "not 1 labels"),
        (lambda: GroupMatch(GOODS, TRIO, Horizon(3), 1.5), r"noise = 1.5 is no probability"),
        (lambda: GroupMatch(GOODS, TRIO, Horizon(3), (0.1, (0.1,), 0.0)), "each of 2 actions"),
        (lambda: GroupMatch(GOODS, (GRADUAL,) * 3, Horizon(3)), "gradual is no automaton"),
        (lambda: GroupMatch(GOODS, (trigger(4),) * 3, Horizon(3)), "observes 3 tallies"),
        (lambda: GroupMatch(GOODS.as_game(), TRIO, Horizon(3)), "observes 4 profiles of the 2"),
        (
            lambda: GroupMatch(Game("g", np.zeros((3, 2, 2, 2))), TRIO, Horizon(3)),
            "which action of each seat accommodates",
        ),
        (
            lambda: sample_group(GroupMatch(GOODS, TRIO, Horizon()), seed=1, repetitions=range(2)),
            "cannot be sampled",
        ),
        (
            lambda: expect_group(
                GroupMatch(public_goods(20, 2), (trigger(20),) * 20, Horizon(3), 0.1)
            ),
            "too many to be solved",
        ),
        (
            lambda: expect_lumped(
                public_goods(50, 2), Strategy("s", Automaton(
                    [[0.5, 0.5]] * 6, np.random.default_rng(1).integers(0, 6, (6, 2, 50))
                )), Horizon(3),
            ),
            "s among 50 actors has more than",
        ),
        (
            lambda: expect_lumped(
                public_goods(50, 2), group_tit_for_tat(50), Horizon(), noise=1e-9
            ),
            "too small for the long run",
        ),
        (
            lambda: group_best_reply(public_goods(4, 2), trigger(4), Horizon(3), noise=0.1),
            "cannot be known from their tallies",
        ),
        (
            lambda: group_critical_continuation(GOODS, trigger(3), criterion="perfect"),  # type: ignore[arg-type]
            'no criterion "perfect"',
        ),
        (lambda: trigger(1), "a group of 1 is none"),
        (lambda: trigger(3, -1), "tolerance = -1 is too small"),
        (lambda: trigger(3, k=3, punishment=0), "punishment = 0"),
        (lambda: group_reactive(3, 1, [0, 1]), "needs 3 probabilities"),
        (lambda: group_reactive(2, 1, [0, 2]), "after = 2 is no probability"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(make: Callable[[], object], said: str) -> None:
    with pytest.raises(Mistake, match=said):
        make()
