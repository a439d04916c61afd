"""Play under a regime: against its definition, against each other form, and against no regime."""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public import LABELS, by_definition, guided, regimes
from test_laws import LOPSIDED
from test_sample import PD, automata, counting

from coopgames.games import Game
from coopgames.mistakes import Mistake
from coopgames.play import (
    Horizon,
    Match,
    Perception,
    best_reply,
    course,
    emergence,
    expect,
    outcomes_over_time,
    public_states,
    sample,
)
from coopgames.play.match import both
from coopgames.regimes import PublicRegime, anyone_breaks, delayed, reversion, standing
from coopgames.strategies import (
    Automaton,
    Compiled,
    Expecting,
    Guided,
    Label,
    Python,
    Strategy,
    all_labels,
    asked_of,
    beliefs,
    other_standing,
    own_standing,
    regime_library,
    strategy,
)

TFT = strategy("tit-for-tat")
SIGHTS = st.sampled_from(
    [Perception(), Perception((0.3, 0.1)), Perception((0.3, 0.1), public=True)]
)
noises = st.sampled_from([0.0, 0.05, (0.1, 0.3)])


@st.composite
def matches(
    draw: Any, *, erring: bool | None = None, sure: bool = False, sight: Perception | None = None
) -> Match:
    """Draw two guided automata, or one and an ordinary one, under any regime."""
    erring = draw(st.booleans()) if erring is None else erring
    Y = draw(st.integers(1, 3))
    one, other = draw(guided(Y, sure=sure)), draw(guided(Y, sure=sure))
    if not sure and draw(st.booleans()):
        other = Strategy("a", draw(automata(3)))
    seats = (one, other) if draw(st.booleans()) else (other, one)
    return Match(
        PD, seats, Horizon(12), 0.0 if sure else draw(noises),
        perception=sight or draw(SIGHTS), regime=draw(regimes(Y, erring=erring)),
    )  # fmt: skip


# Against the definition


@settings(max_examples=60, deadline=None)
@given(matches())
def test_exactly_what_follows_from_the_definition(match: Match) -> None:
    played = by_definition(match, 12)
    assert outcomes_over_time(match, 12) == pytest.approx(played, abs=1e-12)
    exact = expect(match)
    assert exact.frequency.ravel() == pytest.approx(played.mean(axis=0), abs=1e-12)
    # Payoffs are those of the game, regime or no regime.
    assert exact.means == pytest.approx([(exact.frequency * u).sum() for u in PD.payoffs])


@settings(max_examples=40, deadline=None)
@given(matches(erring=False, sure=True, sight=Perception()), st.integers(0, 99))
def test_where_nothing_errs_the_fast_kernels_play_it(match: Match, seed: int) -> None:
    assert match.signals == 1
    (played,) = np.nonzero(by_definition(match, 12))[1].reshape(1, 12)
    assert course(match, seed=seed).tolist() == played.tolist()


@settings(max_examples=25, deadline=None)
@given(matches(), st.integers(0, 2**40))
def test_courses_are_as_frequent_as_they_are_likely(match: Match, seed: int) -> None:
    """Two periods, 16 courses, 3,000 repetitions; false alarm below 1e-6 by the bound.

    A count of N trials at p deviates by more than x with probability at most
    2 exp(−x²/(2(Np(1−p) + x/3))) (S. Bernstein).
    """
    N = 3000
    match = replace(match, horizon=Horizon(2))
    table = counting(L=1, m=1, w=1)
    drawn = sample(match, table, seed=seed, repetitions=range(N))
    likely = by_definition(match, 2)
    for t, counts in ((0, drawn.first), (1, drawn.last)):
        found = (counts * drawn.times[:, None]).sum(axis=0)
        for p, n in zip(likely[t], found, strict=True):
            bound = np.log(2 * 8 / 1e-6 * 25)
            x = bound / 3 + np.sqrt((bound / 3) ** 2 + 2 * bound * N * p * (1 - p))
            assert abs(n - N * p) <= x + 1e-6


def test_the_alarm_is_one_draw_for_both() -> None:
    """Each sees a seat of its own go by the signal alone; their actions never differ."""
    follows = Guided(
        np.eye(2)[:, None], np.reshape([[0, 1]] * 4, (2, 1, 2, 1, 2)), states=("quiet", "alarm")
    )
    alarms = PublicRegime([[0, 0]], [[Label()]], np.full((2, 2, 2), 0.5))
    s = Strategy("follows", follows)
    played = course(Match(PD, (s, s), Horizon(500), regime=alarms), seed=1)
    assert set(played.tolist()) == {0, 3}


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("labels", [("a", "b"), ("b", "a")])
@pytest.mark.parametrize("seat", [0, 1])
def test_the_alarm_has_luck_of_its_own(public: bool, labels: tuple[str, str], seat: int) -> None:
    """Both an alarm and a misperception, 1/2 each: 1/4 of 4,000 periods; Hoeffding, 1e-6."""
    both_at_once = np.zeros((2, 1, 2, 2, 2))
    both_at_once[..., 1, 1] = 1
    wary = Strategy("wary", Guided(np.eye(2)[:, None], both_at_once))
    alarms = PublicRegime([[0, 0]], [[Label()]], np.full((2, 2, 2), 0.5))
    pair = (wary, strategy("always-accommodate"))[:: 1 if seat == 0 else -1]
    # In private whoever observes errs, in public whoever is reported.
    error = (0.5, 0.0) if (seat == 0) != public else (0.0, 0.5)
    sight = Perception(error, public)
    match = Match(PD, pair, Horizon(4000), 0.0, labels, sight, alarms)
    assert abs((course(match, seed=11) > 0).mean() - 0.25) < np.sqrt(np.log(2e6) / 8000)


# The forms


class Copies:
    """Tit for tat in Python."""

    def act(self, theirs: Any) -> int:
        return int(theirs[-1]) if theirs else 0


@pytest.mark.parametrize("perception", [Perception(), Perception((0.2, 0.1))])
@pytest.mark.parametrize("regime", [standing(hit=0.8, false_alarm=0.1), standing()])
@pytest.mark.parametrize("name", regime_library())
def test_all_forms_play_alike(name: str, regime: PublicRegime, perception: Perception) -> None:
    if name == "alarm-trigger":
        regime = reversion(anyone_breaks((2, 2)), hit=0.8, false_alarm=0.1 * regime.errs)
    ours = strategy(name)
    for seat in range(2):
        courses = []
        for rule in (TFT.rule, strategy("tit-for-tat").rule, Python(Copies)):
            pair = (ours, Strategy("x", rule))[:: 1 if seat == 0 else -1]
            match = Match(PD, pair, Horizon(200), 0.02, ("a", "b"), perception, regime)
            courses.append(course(match, seed=4).tolist())
        assert courses[0] == courses[1] == courses[2]


class Complies:
    """Conditional compliance in Python."""

    def act(self, label: Any) -> int:
        return 1 if label.asked < 0 or not label.other else label.asked


def complies(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """Conditional compliance as compiled code."""
    asked = asked_of(seen.label)
    return 1 if asked < 0 or not other_standing(seen.label) else asked


def amends(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """Standing-based reciprocity as compiled code."""
    return 1 if own_standing(seen.label) and not other_standing(seen.label) else 0


IN_CODE = {
    "conditional-compliance": [Compiled(complies, reads_labels=True), Python(Complies)],
    "standing-reciprocity": [Compiled(amends, reads_labels=True)],
}


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(IN_CODE)), regimes(3), noises,
    st.sampled_from([Perception(), Perception((0.2, 0.1))]), st.integers(0, 2**40), st.booleans(),
)  # fmt: skip
def test_labels_are_read_alike_in_every_form(
    name: str, regime: PublicRegime, noise: Any, seen: Perception, seed: int, first: bool
) -> None:
    """Against an automaton, a compiled and a Python strategy, and itself in another form."""
    forms = [strategy(name).rule, *IN_CODE[name]]
    opponents = [TFT.rule, strategy("fictitious-play").rule, Python(Copies), *forms]
    for other in opponents:
        alike = TFT.rule if isinstance(other, Python) and other.make is Copies else other
        courses = []
        for rule in forms:
            for against in {other, alike}:
                pair = (Strategy("a", rule), Strategy("b", against))[:: 1 if first else -1]
                match = Match(PD, pair, Horizon(40), noise, perception=seen, regime=regime)
                courses.append(course(match, seed=seed).tolist())
        assert all(played == courses[0] for played in courses)


def test_code_that_reads_labels_is_refused_without_a_regime() -> None:
    for rule in IN_CODE["conditional-compliance"]:
        with pytest.raises(Mistake, match="reader reads what a regime shows"):
            Match(PD, (Strategy("reader", rule), TFT), Horizon(5))


@pytest.mark.parametrize("label", [*all_labels(3), *all_labels(5)])
def test_a_label_is_a_number_to_compiled_code(label: Label) -> None:
    assert asked_of(label.code) == label.asked
    assert own_standing(label.code) == label.own
    assert other_standing(label.code) == label.other
    assert len({x.code for x in all_labels(5)}) == 24
    assert asked_of(-1) == -1
    assert own_standing(-1)
    assert other_standing(-1)


# Laws


@settings(max_examples=30, deadline=None)
@given(automata(), automata(), regimes(2), noises, st.integers(0, 2**40), st.booleans())
def test_a_regime_that_nobody_reads_changes_no_course(
    a: Automaton, b: Automaton, regime: PublicRegime, noise: Any, seed: int, private: bool
) -> None:
    """Bit by bit, also where the public state is there and drawn, and only nobody goes by it."""
    seen = Perception((0.2, 0.1), public=not private)
    deaf = Guided(a.mix[:, None], a.next[:, None, :, :, None], (), a.initial)
    without = course(
        Match(PD, (Strategy("a", a), Strategy("b", b)), Horizon(60), noise, perception=seen),
        seed=seed,
    )
    for rule in (a, deaf):
        pair = (Strategy("a", rule), Strategy("b", b))
        match = Match(PD, pair, Horizon(60), noise, perception=seen, regime=regime)
        assert (course(match, seed=seed) == without).all()


@settings(max_examples=30, deadline=None)
@given(matches(), st.integers(0, 2**40))
def test_with_seats_exchanged_it_is_mirrored(match: Match, seed: int) -> None:
    here = replace(match, game=LOPSIDED, labels=("x", "y"))
    there = replace(
        match, strategies=match.strategies[::-1], labels=("y", "x"),
        noise=match.noise[::-1] if isinstance(match.noise, tuple) else match.noise,
        regime=match.regime and match.regime.mirrored(),
        perception=replace(match.perception, error=both(match.perception.error)[::-1]),
    )  # fmt: skip
    mirror = np.array([0, 2, 1, 3])
    assert (mirror[course(here, seed=seed)] == course(there, seed=seed)).all()
    assert expect(here).frequency == pytest.approx(expect(there).frequency.T, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(matches(sight=Perception()))
def test_no_automaton_does_better_than_the_best_reply(match: Match) -> None:
    for horizon in (Horizon(4), Horizon(continuation=0.6)):
        here = replace(match, horizon=horizon)
        best = best_reply(here, 0)
        assert expect(here).means[0] <= best.mean + 1e-9
        replied = replace(here, strategies=(best.strategy, match.strategies[1]))
        assert expect(replied).means[0] == pytest.approx(best.mean, abs=1e-9)


def test_a_delayed_alarm_comes_so_much_later() -> None:
    rule = reversion(anyone_breaks((2, 2)), periods=1)
    once = Automaton(np.eye(2)[[0, 1, 0]], [[[1, 1]] * 2, [[2, 2]] * 2, [[2, 2]] * 2])
    tests = Strategy("once", once)  # withholds in the second period only
    for late in range(4):
        match = Match(PD, (strategy("compliance"), tests), Horizon(9), regime=delayed(rule, late))
        withheld = [t for t, profile in enumerate(course(match, seed=0)) if profile >= 2]
        assert withheld[0] == 2 + late


class Notes:
    """Complies, and keeps what it was shown."""

    shown: ClassVar[list[Label]] = []

    def act(self, label: Any) -> int:
        self.shown.append(label)
        return max(label.asked, 0)


@settings(max_examples=20, deadline=None)
@given(regimes(3), st.integers(0, 2**40), st.booleans(), st.integers(0, 3))
def test_the_public_states_of_a_course_can_be_told_afterwards(
    regime: PublicRegime, seed: int, first: bool, repetition: int
) -> None:
    Notes.shown.clear()
    roles = [(1, 0), (0, 1)]  # in seat 0 the game's first action withholds
    game = Game("odd", LOPSIDED.payoffs[:, ::-1], actions=("DC", "CD"), roles=roles)
    notes = Strategy("notes", Python(Notes))
    pair = (notes, strategy("random"))[:: 1 if first else -1]
    match = Match(game, pair, Horizon(30), 0.1, regime=regime)
    played = course(match, seed=seed, repetition=repetition)
    states = public_states(match, played, seed=seed, repetition=repetition)
    assert [regime.shown(1 - first)[m] for m in states] == Notes.shown
    with pytest.raises(Mistake, match="no public state"):
        public_states(replace(match, strategies=(TFT, TFT), regime=None), played, seed=seed)


def trusts(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """Expect of the other what the regime says of it."""
    memory[0] = 0.9 if other_standing(seen.label) else 0.2
    return 0 if memory[0] > 0.5 else 1


def test_beliefs_that_a_regime_shapes_are_replayed_from_its_states() -> None:
    regime = standing(hit=0.8, false_alarm=0.1)
    believer = Strategy("believer", Compiled(trusts, (0.0,), belief=0, reads_labels=True))
    match = Match(PD, (believer, strategy("random")), Horizon(60), regime=regime)
    played = course(match, seed=6)
    labels = [regime.shown(0)[m] for m in public_states(match, played, seed=6)]
    expected = beliefs(believer, (played // 2).tolist(), (played % 2).tolist(), PD, labels=labels)
    assert expected[:, 0].tolist() == [0.9 if label.other else 0.2 for label in labels]
    assert (played // 2).tolist() == [int(not label.other) for label in labels]
    assert len(set(labels)) > 1
    with pytest.raises(Mistake, match="60 periods with 59 labels"):
        beliefs(believer, (played // 2).tolist(), (played % 2).tolist(), PD, labels=labels[1:])


def test_emergence_under_a_regime_is_exact_too() -> None:
    regime = standing(hit=0.9, false_alarm=0.05)
    pair = (strategy("testing-the-limits"), strategy("standing-reciprocity"))
    match = Match(PD, pair, Horizon(40), noise=0.05, regime=regime)
    law = emergence(match, counting(), 40)
    assert law is not None
    assert law.emerged.sum() + law.never == pytest.approx(1)
    N = 4000
    drawn = sample(match, counting(), seed=2, repetitions=range(N))
    # Hoeffding: false alarm 1e-6.
    assert abs((drawn.emerged < 0).mean() - law.never) < np.sqrt(np.log(2e6) / (2 * N))


# Refusals


def test_who_reads_a_regime_is_refused_without_one() -> None:
    with pytest.raises(Mistake, match="compliance reads what a regime shows"):
        Match(PD, (strategy("compliance"), TFT), Horizon(5))


def test_a_label_that_is_not_read_is_named() -> None:
    reads = Strategy(
        "half", Guided(np.ones((1, 1, 1)) * [[[1, 0]]], np.zeros((1, 1, 2, 1, 1)), [Label(0)])
    )
    with pytest.raises(Mistake, match=r"half does not read .* seat 1: free, good standing, .* bad"):
        Match(PD, (TFT, reads), Horizon(5), regime=standing())


def test_signals_and_sizes_must_fit() -> None:
    with pytest.raises(Mistake, match=r"alarm-trigger reads 2 public signals, and .* gives 4"):
        Match(PD, (strategy("alarm-trigger"), TFT), Horizon(5), regime=standing())
    with pytest.raises(Mistake, match="compliance is written for 3 own actions"):
        Match(PD, (strategy("compliance", k=3), TFT), Horizon(5), regime=standing())
    with pytest.raises(Mistake, match=r"signals are of \(3, 3\) profiles"):
        Match(PD, (TFT, TFT), Horizon(5), regime=standing((3, 3)))


def test_every_strategy_knows_every_label() -> None:
    for entry in regime_library().values():
        rule = entry().rule
        if isinstance(rule, Expecting):  # it is formed for those that there are
            continue
        assert isinstance(rule, Guided)
        assert rule.labels in {(), all_labels(2)}
    assert len(all_labels(2)) == 12
    assert set(LABELS) <= set(all_labels(2))
