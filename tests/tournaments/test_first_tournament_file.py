"""What the first tournament's file asks to be noticed: classics-iterated.md, entry 5 b."""

import polars as pl

from coopgames import library
from coopgames.experiments import emergence

TOP = {
    "tit-for-tat", "tideman-chieruzzi", "nydegger", "grofman", "shubik", "stein-rapoport",
    "friedman", "davis",
}  # fmt: skip


def test_the_first_eight_are_those_of_1980_and_nice(results):
    names = results("axelrod-1980").standings["strategy"].to_list()
    assert set(names[:8]) == TOP
    assert all(library()[name].traits.nice for name in TOP)
    assert names.index("tit-for-tat") < 5


def test_tit_for_tat_never_scores_more_than_the_other(results):
    m = results("axelrod-1980").matches
    for own, other in (("first", "second"), ("second", "first")):
        rows = m.filter(pl.col(own) == "tit-for-tat")
        assert set(rows[f"score_{other}"] - rows[f"score_{own}"]) <= {0, 5}


def test_coordination_emerges_in_over_half(results):
    m = results("axelrod-1980").matches
    found = emergence(m)
    assert found is not None
    assert found[0] > 0.5
