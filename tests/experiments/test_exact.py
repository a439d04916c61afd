"""Emergence in a tournament, solved, against what is played; and other conventions."""

from dataclasses import replace

import polars as pl
import pytest
from small_field import Write

from coopgames.experiments import emergence_band, pairs, plan, play, run, solved_emergence
from coopgames.mistakes import Mistake
from coopgames.readings import Rule, kaplan_meier, restricted_mean
from coopgames.specs import load

AUTOMATA = ['"tit-for-tat"', '"always-defect"', '"grim"', '"generous-tit-for-tat"']


def test_what_is_played_lies_around_what_is_solved(written: Write, tmp_path):
    spec = load(written(AUTOMATA, repetitions=400, noise=0.02))
    results = run(spec, sets=(), folder=tmp_path / "r")
    found, m = solved_emergence(spec), results.matches
    time = m.select(pl.coalesce("emerged", "watched")).to_series()
    event = m["emerged"].is_not_null()
    n = len(m)
    # 5 standard errors, a false alarm in 10⁶; courses of different pairs are independent, so that
    # the error of the whole is no larger than that of as many draws from the mixture.
    error = (found.share * (1 - found.share) / n) ** 0.5
    assert abs(event.mean() - found.share) <= 5 * error
    mean = restricted_mean(time, event, until=51)
    assert abs(mean.value - found.restricted_mean()) <= 5 * mean.variance**0.5
    lasting = (event & m["broke"].is_null()).mean()
    assert abs(lasting - found.lasting) <= 5 * (found.lasting * (1 - found.lasting) / n) ** 0.5


def test_without_chance_it_is_the_curve_itself(written: Write):
    spec = load(written(AUTOMATA[:3]))
    rows = play(plan(spec), pairs(spec))
    found = solved_emergence(spec)
    times, survival = kaplan_meier(
        rows.select(pl.coalesce("emerged", "watched")).to_series(), rows["emerged"].is_not_null()
    )
    assert found.survival[times.astype(int)] == pytest.approx(survival)
    # Three of six pairs meet always-defect, and for them it is proved never to emerge.
    assert (found.share, found.never, found.lasting) == pytest.approx((0.5, 0.5, 0.5))
    assert found.restricted_mean() == pytest.approx(51 / 2)
    assert found.restricted_mean(10) == pytest.approx(10 / 2)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"horizon": "periods = 39"}, "too short"),
        ({"horizon": "continuation = 0.9"}, "one number of periods"),
        ({"horizon": "periods = [40, 50]"}, "one number of periods"),
        ({"game": '"deadlock"'}, "no gain for all"),
    ],
)
def test_what_cannot_be_solved(written: Write, keys, said):
    with pytest.raises(Mistake, match=said):
        solved_emergence(load(written(AUTOMATA, **keys)))
    with pytest.raises(Mistake, match="gradual is no automaton"):
        solved_emergence(load(written(['"gradual"', '"grim"'])))


class TestBand:
    def test_each_combination_reads_as_a_run_with_it(self, written: Write):
        spec = load(written(['"tit-for-tat"', '"random"', '"joss"'], repetitions=5))
        band = emergence_band(spec, L=(5, 10), q=(0.6, 0.8), c=(0.9,), g=(0.5,))
        assert band.columns == ["L", "q", "c", "g", "emergence"]
        for L, q, c, g, share in band.iter_rows():
            other = replace(spec, rule=Rule(L=L, q=q, c=c, g=g))
            rows = play(plan(other), pairs(other))
            assert share == pytest.approx(
                (rows["emerged"].is_not_null() * rows["times"]).sum() / rows["times"].sum()
            )

    def test_a_stricter_share_never_finds_more(self, written: Write):
        spec = load(written(['"random"', '"joss"'], repetitions=20))
        shares = emergence_band(spec, L=(10,), c=(0.9,), g=(0.5,))["emergence"].to_list()
        assert shares == sorted(shares, reverse=True)
        assert shares[0] > shares[-1]

    def test_too_long_a_window_is_empty(self, written: Write):
        spec = load(written(AUTOMATA[:2]))
        band = emergence_band(spec, L=(16,), q=(0.8,), c=(0.9,), g=(0.5,))
        assert band["emergence"].to_list() == [None]
