"""Regimes in force: what is asked, who watches, what follows, and what never changes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.games import Game, named_game, relative_gains, two_by_two
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    CHANNELS,
    Arrangement,
    Flagged,
    Injunction,
    Issue,
    Listed,
    Monitoring,
    Regime,
    anyone_breaks,
    as_public,
    channelled,
    delayed,
    line,
    pull,
    reversion,
    silent,
    standing,
)
from coopgames.specs import regime_from
from coopgames.strategies import FREE, Label

PD = named_game("prisoners-dilemma")
STAGE = Issue("stage", PD)
WELL, BADLY, ALARM = Monitoring(0.9, 0.02), Monitoring(0.5, 0.1), Monitoring(0.8, 0.1, shared=True)


def rule(name="rule", watch=WELL, level="rule", demand=("C",), **more):
    return Injunction(name, level, Listed(demand), monitoring=watch, **more)


def pact(*injunctions, issues=(STAGE,)):
    return Regime("pact", issues, injunctions or (rule(),))


def same_play(a, b):
    """Whether two states are the same but for pull, review and names."""
    bare = [channelled(x, [c for c in CHANNELS if c != "costs"]) for x in (a, b)]
    return all(
        np.array_equal(getattr(bare[0], key), getattr(bare[1], key)) for key in ("next", "signal")
    ) and all(
        bare[0].shown(seat) == bare[1].shown(seat) for seat in range(2)
    )  # fmt: skip


# What follows from a flag


def test_watched_one_by_one_it_is_a_record_of_standing():
    made = Arrangement(pact()).public(PD)
    assert same_play(made, standing(hit=0.9, false_alarm=0.02))
    assert Arrangement(pact()).settled(PD).answer == "standing"


def test_where_the_alarm_does_not_say_on_whom_it_is_suspended():
    shared = pact(rule(watch=ALARM))
    for periods in (3, None):
        made = Arrangement(shared, periods=periods).public(PD)
        expected = reversion(anyone_breaks((2, 2)), hit=0.8, false_alarm=0.1, periods=periods)
        assert same_play(made, expected)
    assert Arrangement(shared).settled(PD).answer == "suspension"


def test_suspension_can_be_asked_for_and_has_one_alarm():
    made = Arrangement(pact(), answer="suspension", periods=2).public(PD)
    assert same_play(made, reversion(anyone_breaks((2, 2)), hit=0.9, false_alarm=0.02, periods=2))


def test_without_an_answer_reports_are_signals_and_nothing_moves():
    made = Arrangement(pact(), answer="none").public(PD)
    assert made.next.shape == (1, 4)
    assert set(made.label[0]) == {Label(0)}
    # both do what is asked, one does not: the chances that nobody is reported
    assert made.signal[0, 0, 0] == pytest.approx(0.98**2)
    assert made.signal[1, 0, 0] == pytest.approx(0.1 * 0.98)
    shared = Arrangement(pact(rule(watch=ALARM)), answer="none").public(PD)
    assert shared.signal[1, 1] == pytest.approx([0.2, 0.8])


def test_answers_that_are_written_in_the_regime_are_left_as_they_are():
    lets = rule(when=Flagged("rule", "another", 2, unless=True))
    assert Arrangement(pact(lets)).settled(PD).answer == "written"
    assert same_play(Arrangement(pact(lets)).public(PD), as_public(pact(lets)))


def test_what_is_known_late_takes_standing_late():
    late = pact(rule(watch=replace(WELL, delay=2)))
    made = Arrangement(late).public(PD)
    assert same_play(made, delayed(standing(hit=0.9, false_alarm=0.02), 2))


def test_an_alarm_of_a_suspension_that_was_late_does_not_suspend_again():
    """Known two periods later, suspended for one: what is done meanwhile breaks nothing."""
    late = pact(rule(watch=Monitoring(1.0, 0.0, 2, shared=True)))
    made = Arrangement(late, periods=1).public(PD)
    state, asked = made.initial, []
    for profile in [(1, 1), (0, 0), (0, 0), (1, 1), (0, 0), (0, 0), (0, 0), (0, 0)]:
        asked.append(made.label[state][0].asked)
        state = made.next[state, made.signal[profile].argmax()]
    assert asked == [0, 0, 0, FREE, 0, 0, 0, 0]


# Who is asked what, and who watches


def test_who_is_addressed_alone_is_asked_alone():
    bargain = named_game("nuclear-bargain")
    arrangement = Arrangement(regime_from("non-proliferation-1970"))
    made = arrangement.public(bargain)
    assert [label.asked for label in made.label[0]] == [0, FREE]
    assert not arrangement.even(bargain)
    # whoever is asked for nothing is never reported: no signal says "the second" or "both"
    assert made.signal[..., [1, 3]].max() == 0
    assert made.signal[1, 1, 2] == pytest.approx(0.4)


THREE = Issue("three", Game("three", np.zeros((2, 3, 3)), actions=(("0", "1", "2"),) * 2,
                            roles=((0, 1, 2),) * 2))  # fmt: skip


def watch_of(*injunctions):
    return line(pact(*injunctions, issues=(THREE,)), THREE, 0)


def test_the_best_watch_on_the_line_counts():
    norm, loose = rule("norm", BADLY, "norm"), rule("loose", Monitoring(1, 0), demand=("0", "1"))
    norm, tight = replace(norm, demand=Listed(("0",))), rule(demand=("0",))
    found = watch_of(norm, loose, tight)
    assert (found.asked, found.watch) == (0, replace(tight, issue="three"))
    # without the rule the norm watches, though a looser rule is watched better
    assert watch_of(norm, loose).watch.name == "norm"
    # where two together draw the line, that which draws its end
    middle = rule("middle", BADLY, demand=("1", "2"))
    found = watch_of(middle, replace(loose, monitoring=WELL))
    assert (found.asked, found.watch.name) == (1, "loose")
    assert watch_of(rule("first", demand=("0",)), rule("second", demand=("0",))).watch.name == (
        "first"
    )


def test_what_is_permitted_as_an_exception_is_not_asked():
    but = rule("but", demand=("1",), deontic="permit", excepts=("rule",))
    assert watch_of(rule(demand=("0",)), but).asked == 1
    both = Injunction("all", "rule", Listed(("0", "1", "2")), "permit")
    assert watch_of(rule(demand=("0",)), both).asked == 0  # a permission that excepts nothing


# Channels


@given(st.sets(st.sampled_from(CHANNELS)))
def test_its_channels_are_those_of_its_public_state(on):
    whole = Arrangement(pact(), review=0.5)
    made = Arrangement(pact(), review=0.5, channels=tuple(on)).public(PD)
    assert made == channelled(whole.public(PD), on)


def test_muted_it_is_silent():
    a = Arrangement(pact(), values=0.3)
    assert a.on == (*CHANNELS, "values")
    assert not a.silent
    assert a.muted.silent
    assert a.muted.public(PD) == silent(a.public(PD))
    assert a.muted.valued(PD) == PD


def test_its_pull_is_the_mean_of_what_its_text_says():
    # C of two actions: s = 1. A violation takes 4 from another who defects, who gets 1 and not 5,
    # of a range of 5: g = .8. Nothing serves anything, so that coherence is undefined.
    made = pact()
    assert pull(made) == pytest.approx((1 + 1 + 0.8) / 3)
    refused = pact(rule(refused_by=("actor 1",)))
    assert pull(refused) == pytest.approx((0 + 1 + 0.8) / 3)
    norm = rule("norm", BADLY, "norm")
    assert pull(pact(norm, rule(serves=("norm",)))) == pytest.approx((1 + 1 + 0.8 + 1) / 4)


def test_policies_are_reviewed_where_there_are_procedures():
    talks = Issue("talks", moves=("ask", "act"))
    procedure = rule("consult", level="procedure", demand=("ask",), issue="talks")
    assert Arrangement(pact()).public(PD).review == 0
    assert Arrangement(pact(rule(), procedure, issues=(STAGE, talks))).public(PD).review == 1
    assert Arrangement(pact(), review=0.25).public(PD).review == 0.25


# What never changes: payoffs, and what drives choice unless values are on

payoffs = st.lists(st.integers(-5, 5), min_size=8, max_size=8)
weights = st.floats(0, 1)


@given(payoffs, weights, st.booleans())
def test_payoffs_are_those_of_the_game_and_values_are_off_by_default(numbers, weight, positional):
    u = np.array(numbers, float).reshape(2, 2, 2)
    game = Game("g", u, actions=(("C", "D"),) * 2, roles=((0, 1), (0, 1)))
    if positional:
        game = relative_gains(game, 0.5)
    off = Arrangement(pact(), values=weight, channels=CHANNELS).valued(game)
    assert off == game
    on = Arrangement(pact(), values=weight).valued(game)
    assert np.array_equal(on.payoffs, game.payoffs)
    before = game.payoffs if game.choice is None else game.choice
    if weight:
        after = on.payoffs if on.choice is None else on.choice  # None where it is the same
        assert after == pytest.approx((1 - weight) * before + weight * u[::-1])


@given(payoffs)
def test_swapped_seats_are_asked_the_same(numbers):
    """Who is asked alone is asked alone in the other seat too."""
    u = np.array(numbers, float).reshape(2, 2, 2)
    game = Game("g", u, actions=(("C", "D"),) * 2, seats=("A", "B"), roles=((0, 1), (0, 1)))
    issue = Issue("g", game)
    one = Arrangement(Regime("r", (issue,), (rule(addressees=("A",)),))).public(game)
    other = Arrangement(Regime("r", (issue,), (rule(addressees=("B",)),))).public(game)
    assert one.shown(0)[0] == other.shown(1)[0] == Label(0)
    assert one.signal[..., 2].tolist() == other.signal[..., 1].T.tolist()


def test_it_binds_members_among_themselves():
    a = Arrangement(pact(), members=("x", "y"))
    assert a.binds("x", "y")
    assert a.binds("x", "x")
    assert not a.binds("x", "z")
    assert Arrangement(pact()).binds("x", "z")


# Which game it is for


def test_the_issue_is_the_one_with_the_games_actions():
    nonproliferation = Arrangement(regime_from("non-proliferation-1970"))
    assert nonproliferation.about(named_game("suppliers")).name == "exports"
    assert nonproliferation.about(named_game("nuclear-bargain")).name == "bargain"
    other = two_by_two("other numbers", R=4, S=0, T=6, P=2)
    assert Arrangement(pact()).about(other).name == "stage"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Arrangement(pact(), "rates"), 'no issue "rates" (there are: stage)'),
        (lambda: Arrangement(pact(), answer="stand"), 'no answer "stand"'),
        (lambda: Arrangement(pact(), channels=("monitor",)), "did you mean monitoring?"),
        (lambda: Arrangement(pact(), periods=0), "periods = 0"),
        (lambda: Arrangement(pact(), review=1.5), "review = 1.5 must lie in [0, 1]"),
        (lambda: Arrangement(pact(), values=-0.1), "values = -0.1 must lie in [0, 1]"),
        (
            lambda: Arrangement(pact()).public(named_game("chicken")),
            "regime 'pact' does not speak of the actions of game 'chicken', swerve / straight: "
            'issue "stage" has C / D',
        ),
        (
            lambda: Arrangement(regime_from("gatt-1947")).public(named_game("gatt")),
            "game 'gatt' has 3 actors; a regime is in force for two",
        ),
        (
            lambda: Arrangement(pact()).public(
                Game("back to front", PD.payoffs, actions=PD.actions, roles=((1, 0), (1, 0)))
            ),
            "but not their order from the most accommodating on",
        ),
        (
            lambda: Arrangement(pact(rule(watch=ALARM)), answer="standing").public(PD),
            'the alarm of "rule" does not say on whom, so that nobody can lose its standing; the '
            'answer can be "suspension" or "none"',
        ),
        (
            lambda: Arrangement(pact(rule(deontic="permit")), answer="standing").public(PD),
            'nothing is asked on the issue "stage"',
        ),
        (
            lambda: Arrangement(pact(), periods=3).public(PD),
            "3 periods of suspension, but the answer is standing",
        ),
        (
            lambda: Arrangement(pact(), answer="written").public(PD),
            "the injunctions always hold, so that no answer is written in them",
        ),
        (
            lambda: Arrangement(
                pact(rule(when=Flagged("rule", "any", unless=True))), answer="none"
            ).public(PD),
            "is written in the regime 'pact' itself; leave the answer \"none\" out",
        ),
        (
            lambda: Arrangement(
                pact(rule("a", addressees=("actor 1",)), rule("b", addressees=("actor 2",))),
                answer="suspension",
            ).public(PD),
            "suspension needs one alarm, and a and b watch an actor each",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_a_line(make, said):
    with pytest.raises(Mistake) as mistake:
        make()
    assert said in str(mistake.value)
    assert len(str(mistake.value).splitlines()) == 1
