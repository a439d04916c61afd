"""What the tournaments about Axelrod and Keohane's three conditions ask to be noticed."""

from dataclasses import replace

import polars as pl
import pytest

from coopgames import strategy
from coopgames.experiments import solved_emergence
from coopgames.games import named_game, relative_gains, structure
from coopgames.play.solve import critical_continuation
from coopgames.reports import experiment_of
from coopgames.specs import load
from coopgames.specs.resolved import entrants

STARTS = (0.1, 0.3, 0.55, 0.7, 0.9)


def arms(name):
    return {arm.name: arm.experiment for arm in load(name).arms}


def threshold(game, delta):
    """The belief that accommodating takes: Blonski, Ockenfels & Spagnolo (2011)."""
    (R, S), (T, P) = game.payoffs[0] if game.choice is None else game.choice[0]
    denominator = P - S - (T - R) + delta / (1 - delta) * (R - P)
    return (P - S) / denominator if denominator > 0 else float("inf")


def emerges(one, other, need, periods):
    """Play two beliefs by hand, as the story tells it; say whether both accommodate at the end."""
    beliefs = [one, other]
    for _ in range(periods):
        acts = [belief >= need - 1e-12 for belief in beliefs]
        beliefs = [b + 0.3 * (act - b) for b, act in zip(beliefs, acts[::-1], strict=True)]
    return all(acts)


def share(name, arm, results):
    table = results(name).arms
    row = table.filter((pl.col("arm") == arm) & (pl.col("measure") == "emergence"))
    return row["value"][0]


CASES = [
    ("shadow-of-the-future", arm, delta, need)
    for arm, delta, need in (
        ("future-half", 0.5, 1), ("future-60", 0.6, 1 / 2), ("future-75", 0.75, 1 / 5),
        ("future-90", 0.9, 1 / 17),
    )
] + [
    ("mutuality-of-interest", "reward-2", 0.6, float("inf")),
    ("mutuality-of-interest", "reward-3", 0.6, 1 / 2),
    ("mutuality-of-interest", "reward-4", 0.6, 2 / 9),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arm", "delta", "need"), CASES)
def test_the_belief_that_it_takes(name, arm, delta, need, results):
    experiment = arms(name)[arm]
    assert threshold(experiment.game, delta) == pytest.approx(need)
    if name == "shadow-of-the-future":
        assert need == pytest.approx((1 - delta) / (3 * delta - 1))
    pairs = [(a, b) for i, a in enumerate(STARTS) for b in STARTS[i:]]
    expected = sum(emerges(a, b, need, 100) for a, b in pairs) / len(pairs)
    assert share(name, arm, results) == pytest.approx(expected)


def test_a_doubter_is_won_over(results):
    m = results("shadow-of-the-future").of("future-75").matches
    doubter, believer = (f"shadow-of-the-future(delta=0.75, start={x})" for x in (0.1, 0.9))
    row = m.filter((pl.col("first") == doubter) & (pl.col("second") == believer)).to_dicts()[0]
    assert (row["emerged"], row["label"]) == (1, "cooperation")


@pytest.mark.parametrize(
    ("arm", "tit_for_tat"), [("reward-2", None), ("reward-3", 2 / 3), ("reward-4", 1 / 4)]
)
def test_the_label_is_the_same_and_the_bar_is_not(arm, tit_for_tat):
    game = arms("mutuality-of-interest")[arm].game
    assert structure(game).subtype == "dilemma"
    (R, S), (T, P) = game.payoffs[0]
    bar = max((T - R) / (T - P), (T - R) / (R - S))
    rule = strategy("tit-for-tat")
    found = critical_continuation(game, rule, rule)
    if tit_for_tat is None:
        assert bar > 1
        assert found is None
    else:
        assert bar == pytest.approx(tit_for_tat)
        assert found == pytest.approx(tit_for_tat, abs=1e-7)


@pytest.mark.parametrize(
    ("arm", "members", "spell", "grim", "forgiving", "lasts"),
    [
        ("two-players", 1, 50.3, 0.85, 1.0, 0.79),
        ("ten-players", 5, 10.5, 0.45, 1.0, 0.25),
        ("fifty-players", 25, 2.5, 0.02, 0.96, 0.03),
    ],
)
def test_the_more_there_are_the_shorter_it_lasts(arm, members, spell, grim, forgiving, lasts):
    experiment = arms("number-of-players")[arm]
    assert experiment.noise == pytest.approx(1 - 0.99**members)
    hazard = 1 - (1 - experiment.noise) ** 2
    assert hazard == pytest.approx(1 - 0.99 ** (2 * members))
    assert 1 / hazard == pytest.approx(spell, abs=0.05)
    found = {
        name: solved_emergence(replace(experiment, entrants=entrants([strategy(name)])))
        for name in ("GRIM", "generous-tit-for-tat")
    }
    # Grim never comes back: it emerges at once, if eight of ten periods hold, that is, if nobody
    # errs in the first eight, or else (with two errors that meet) next to never.
    assert found["GRIM"].emerged[0] == pytest.approx((1 - hazard) ** 8, abs=0.02)
    assert found["GRIM"].share == pytest.approx(grim, abs=5e-3)
    assert found["generous-tit-for-tat"].share == pytest.approx(forgiving, abs=5e-3)
    assert found["generous-tit-for-tat"].lasting == pytest.approx(lasts, abs=5e-3)


@pytest.mark.parametrize(
    ("arm", "r", "need"),
    [("absolute-gains", 0, 0.5), ("some-envy", 0.2, 0.75), ("more-envy", 0.3, 13 / 14),
     ("much-envy", 0.4, 7 / 6)],
)  # fmt: skip
def test_envy_takes_confidence(arm, r, need, results):
    experiment = arms("relative-gains")[arm]
    if r:
        assert experiment.game == relative_gains(named_game("stag-hunt"), r)
    assert threshold(experiment.game, 0) == pytest.approx(need)
    assert need == pytest.approx((1 + r) / (2 - 2 * r))
    kind = structure(experiment.game, by="choice").subtype if r else "assurance"
    assert kind == ("dilemma" if r > 1 / 3 else "assurance")
    assert (experiment.game.payoffs == named_game("stag-hunt").payoffs).all()  # the same goals
    pairs = [(a, b) for i, a in enumerate(CONFIDENCE) for b in CONFIDENCE[i:]]
    stag = sum(emerges(a, b, need, 60) for a, b in pairs) / len(pairs)
    m = results("relative-gains").of(arm).matches
    assert (m["label"].cast(pl.String) == "convention").mean() == pytest.approx(stag)
    assert experiment_of(results("relative-gains")).arms[0].name == "absolute-gains"


CONFIDENCE = (0.55, 0.65, 0.72, 0.8, 0.9, 1.0)
