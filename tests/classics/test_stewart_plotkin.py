"""Stewart and Plotkin's tournament (2012): classics-iterated.md, entry 33.

A. J. Stewart and J. B. Plotkin, Extortion and cooperation in the Prisoner's Dilemma, PNAS 109
(2012): 10134-10135. 19 rules, 200 periods. Published ranks as the documentation of Axelrod-Python
has them (V-SRC), measured places and margins independently recomputed with that library (V-CALC);
with 50 repetitions the margins that are asserted are 3.4 standard errors and more. The rules are
ours here.
"""

import pytest

from coopgames import load, run, strategy

FIELD = {
    "ZDGTFT-2": 1, "GTFT": 2, "TF2T": 3, "HARD_PROBE": 5, "HARD_TF2T": 6, "WSLS": 7, "RANDOM": 8,
    "PROBE2": 9, "GRIM": 10, "HARD_TFT": 12, "HARD_MAJO": 13, "PROBE": 15, "joss": 16,
    "PROBE3": 17, "EXTORT-2": 18, "TFT": None, "CALCULATOR": None, "ALLC": None, "ALLD": None,
}  # fmt: skip
"""Published rank by short name; HARD_JOSS is joss."""

MEASURED = {
    "ZDGTFT-2": 2.671, "GTFT": 2.607, "TFT": 2.546, "TF2T": 2.420, "HARD_PROBE": 2.408,
    "HARD_TF2T": 2.386, "WSLS": 2.354, "ALLC": 2.093, "GRIM": 2.075, "HARD_TFT": 2.064,
    "EXTORT-2": 1.581, "ALLD": 1.560,
}  # fmt: skip
"""Mean payoffs per turn as recomputed with Axelrod-Python."""


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stewart-plotkin")
    names = ", ".join(f'"{name}"' for name in FIELD)
    spec = folder / "sp.toml"
    spec.write_text(
        f"""
        name = "stewart-plotkin-2012"
        title = "Stewart and Plotkin's tournament"
        seed = 2012
        game = "prisoners-dilemma"
        strategies = [{names}]
        repetitions = 50
        self_play = true
        [horizon]
        periods = 200
        known = false
        """,
        encoding="utf-8",
    )
    standings = run(load(spec), folder=folder / "results").standings
    found = dict(zip(standings["strategy"], standings["score"] / 200, strict=True))
    return {name: found[strategy(name).label] for name in FIELD}


@pytest.fixture(scope="module")
def ranks(scores):
    order = sorted(scores, key=scores.__getitem__, reverse=True)
    return {name: place for place, name in enumerate(order, 1)}


def test_places_of_the_first_seven_and_the_last_two(ranks):
    assert [ranks[name] for name in ("ZDGTFT-2", "GTFT", "TFT")] == [1, 2, 3]
    middle = {ranks[name] for name in ("TF2T", "HARD_PROBE", "HARD_TF2T", "WSLS")}
    assert middle == {4, 5, 6, 7}
    assert {ranks[name] for name in ("EXTORT-2", "ALLD")} == {18, 19}


def test_every_documented_rank_within_three_places(ranks):
    far = {n: (ranks[n], r) for n, r in FIELD.items() if r and abs(ranks[n] - r) > 3}
    assert not far


@pytest.mark.parametrize("name", MEASURED)
def test_scores_as_measured(scores, name):
    # One repetition has a standard deviation of .11 at most; .08 is five of 50 repetitions'.
    assert scores[name] == pytest.approx(MEASURED[name], abs=0.08)
