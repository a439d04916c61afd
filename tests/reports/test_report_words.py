"""The sentences: what the tables say, and no more."""

import re

import polars as pl
import pytest

from coopgames.experiments import emergence
from coopgames.reports import design, encodes, experiment_of, findings, percent, verdict
from coopgames.reports.words import counted, listed


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.001, "under 1 %"), (0.005, "0 %"), (0.5, "50 %"), (0.996, "over 99 %"),
     (1, "100 %")],
)  # fmt: skip
def test_a_percentage_never_says_none_or_all_of_what_is_some(share, words):
    assert percent(share).replace("\u00a0", " ") in (words, words.replace("0 %", "1 %"))


def test_counts_and_lists():
    assert counted(1, "match") == "1 match"
    assert counted(5050, "match") == "5,050 matches"
    assert counted(2, "strategy") == "2 strategies"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_the_design_in_a_line(small):
    assert design(experiment_of(small)) == (
        "4 strategies · 3 games a pair · self-play · 60 periods · seed 7"
    )


def test_the_game_in_a_sentence(small):
    assert "mixed interests" in encodes(experiment_of(small))


def test_the_verdict_has_the_numbers_of_emergence(small):
    share, median, broke = emergence(small.matches)
    said = verdict(experiment_of(small), small.matches)
    assert f"in {percent(share)} of matches" in said
    assert f"broke down again in {percent(broke)}" in said
    assert ("in half of all matches" in said) is (median is not None)


def rows(*cells):
    """Make matches that were watched for 100 periods: (emerged, broke, times)."""
    schema = {"emerged": pl.UInt32, "broke": pl.UInt32, "times": pl.UInt32}
    table = pl.DataFrame(cells, schema=schema, orient="row")
    return table.with_columns(watched=pl.lit(100, dtype=pl.UInt32))


@pytest.mark.parametrize(
    ("matches", "said"),
    [
        (rows((None, None, 4)), "Coordination emerged in no match."),
        (
            rows((0, None, 4)),
            "Coordination emerged in every match, in half of all matches from the first period "
            "on, and it lasted to the end.",
        ),
        (
            rows((3, 9, 1), (1, 5, 1)),
            "Coordination emerged in every match, in half of all matches within 1 period; where "
            "it emerged, it broke down again in every one.",
        ),
        (
            rows((3, None, 1), (None, None, 3)),
            "Coordination emerged in 25 % of matches, and it lasted to the end.",
        ),
    ],
)
def test_verdicts(small, matches, said):
    assert verdict(experiment_of(small), matches).replace("\u00a0", " ") == said


def test_matches_too_short_to_judge_are_not_passed_over(small):
    short = rows((None, None, 2)).with_columns(watched=pl.lit(None, dtype=pl.UInt32))
    said = verdict(experiment_of(small), pl.concat([rows((3, None, 1)), short]))
    assert said.startswith("Coordination emerged in every match long enough to judge, in half")


@pytest.mark.parametrize(
    ("game", "periods", "said"),
    [
        ("prisoners-dilemma", 20, "too short to say when coordination emerged (that takes 40"),
        ("deadlock", 60, "Nobody could gain unless another lost"),
        ("harmony", 60, "There was nothing to coordinate"),
    ],
)
def test_where_emergence_is_no_question_the_verdict_says_why(made, game, periods, said):
    results = made(
        f'name = "no"\ntitle = "No"\nseed = 1\ngame = "{game}"\n'
        f'strategies = ["tit-for-tat", "random"]\n[horizon]\nperiods = {periods}\n'
    )
    assert said in verdict(experiment_of(results), results.matches)


def test_the_findings_name_the_first_and_are_few(small):
    found = findings(experiment_of(small), small)
    assert 2 <= len(found) <= 5
    first = small.standings.sort("rank").row(0, named=True)
    assert found[0].startswith(f"First came {first['strategy']} with {first['score']:.1f} points")
    assert "first in the scores quoted (before)" in found[0]
    assert all(line.endswith(".") for line in found)


def test_the_largest_change_is_the_largest(small):
    line = next(x for x in findings(experiment_of(small), small) if "changed most" in x)
    share = pl.col("accommodating") / pl.col("actions")
    changes = small.accommodation.group_by("strategy", maintain_order=True).agg(
        change=(share.last() - share.first()).abs()
    )
    named = re.search(r"; (\S+) changed most", line)[1]
    assert named in changes.filter(pl.col("change") == pl.col("change").max())["strategy"]
