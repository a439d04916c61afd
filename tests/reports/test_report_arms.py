"""Arms on the page and in words: true to arms.csv, and honest about luck."""

import re

import polars as pl
import pytest
from test_report_access import ASK, MEASURE, answer, axe, browser
from test_report_page import Page

from coopgames.reports import arm_words, experiment_of, report
from coopgames.reports.arm_words import Told, told

ARMS = """
name = "arms"
title = "Arms"
seed = 7
game = "prisoners-dilemma"
strategies = ["tit-for-tat", "grim", "always-defect", "generous-tit-for-tat"]
repetitions = 12
noise = 0.02
[horizon]
periods = 60
[arms.some-slips]
[arms.no-slips]
noise = 0
[arms.harmony]
game = "harmony"
[arms.others]
strategies = ["random", "random", "random", "joss"]
"""


@pytest.fixture(scope="module")
def compared(made):
    return made(ARMS)


@pytest.fixture(scope="module")
def page(compared):
    return Page(report(compared))


def row(**values):
    usual = {"measure": "emergence", "value": 0.5, "difference": None, "low": None, "high": None}
    return {**usual, **values}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (row(value=None), Told("—")),
        (row(), Told("50\u00a0%")),
        (row(difference=0.1), Told("50\u00a0%", "+10.0")),
        (
            row(difference=0.1, low=0.05, high=0.15),
            Told("50\u00a0%", "+10.0", "+5.0 to +15.0", True),
        ),
        (row(difference=-0.1, low=-0.25, high=0.05), Told("50\u00a0%", "−10.0", "−25.0 to +5.0")),
        (row(difference=0.0, low=0.0, high=0.0), Told("50\u00a0%", "0")),
        (row(difference=-0.1, low=-0.1, high=-0.1), Told("50\u00a0%", "−10.0", "", True)),
        (row(measure="waiting", value=12.34), Told("12.3")),
        (row(measure="payoff", value=2.345, difference=0.005), Told("2.35", "+0.01")),
    ],
)  # fmt: skip
def test_a_row_in_words(given, expected):
    assert told(given) == expected


def said(*rows):
    """Say what differs between two arms of which these rows are known."""
    table = {x["measure"]: x for x in rows}
    for measure in ("emergence", "waiting", "lasting", "payoff", *arm_words.OUTCOMES):
        table.setdefault(measure, row(measure=measure, value=None))
    return arm_words._sentence("a", "b", table)


def test_sentences():
    more = row(difference=0.1, low=0.05, high=0.15)
    assert said(more) == (
        "b, compared with a: coordination emerged in 10 points more of the matches "
        "(95\u00a0% interval: +5.0 to +15.0)."
    )
    sooner = row(measure="waiting", value=9.0, difference=-2.5, low=-2.5, high=-2.5)
    assert "it came 2.5 periods sooner (luck made no difference)" in said(sooner)
    luck = row(difference=0.1, low=-0.05, high=0.25)
    assert "no further apart than luck may take it" in said(luck)
    assert "with one game a pair luck and merit cannot be told apart" in said(row(difference=0.1))
    assert "in exactly as many matches" in said(row(difference=0.0, low=0.0, high=0.0))
    discord = row(measure="discord", difference=0.3, low=0.2, high=0.4)
    assert "30 points more of the matches were discord" in said(discord)
    payoff = row(measure="payoff", value=1.0, difference=-0.3, low=-0.4, high=-0.2)
    assert "payoffs a period were lower by 0.30" in said(payoff)
    assert "nothing differs by more than luck may explain" in said()


def test_what_each_arm_changes(compared):
    assert arm_words.changes(experiment_of(compared)) == {
        "some-slips": "as it stands",
        "no-slips": "noise 0",
        "harmony": "harmony, a case of harmony",
        "others": "with random (3 of them) and joss, without tit-for-tat, grim, always-defect and "
        "generous-tit-for-tat",
    }


def test_the_table_in_the_page_is_that_of_the_results(compared, page):
    head, *rows = page.tables[0]
    assert head == ["arm", "matches", *arm_words.SHOWN.values()]
    assert [r[0] for r in rows] == ["some-slips", "no-slips", "harmony", "others"]
    table = compared.arms
    for shown in rows:
        for measure, cell in zip(arm_words.SHOWN, shown[2:], strict=True):
            at = (pl.col("arm") == shown[0]) & (pl.col("measure") == measure)
            found = told(table.filter(at).to_dicts()[0])
            assert cell == found.value + found.difference + found.interval


def test_the_rest_is_about_the_first_arm(compared, page):
    whole = "".join(page.words)
    assert "From here on in detail: the arm some-slips." in whole
    standings = next(t for t in page.tables if t[0][:2] == ["#", "strategy"])
    names = compared.of("some-slips").standings["strategy"].to_list()
    assert [r[1] for r in standings[1:]] == names
    for arm in ("no-slips", "harmony", "others"):
        assert f"Standings in {arm}" in whole
    for sentence in arm_words.sentences(experiment_of(compared), compared.arms):
        assert sentence in whole


def test_ids_are_unique_and_everything_is_told(compared, page):
    html = report(compared)
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    wanted = re.findall(r'(?:url\(#|href="#|aria-labelledby=")([^")]+)', html)
    assert set(wanted) <= set(ids)
    drawings = [a for tag, a in page.elements if tag == "svg"]
    assert all(len(a["aria-label"]) > 30 for a in drawings)
    assert page.open == []
    assert report(compared) == html


def test_what_a_paper_has_to_say(compared):
    html = report(compared)
    assert "4 strategies played prisoners-dilemma, each against every other and itself" in html
    assert "compared with no-slips, harmony and others under common random numbers" in html


@pytest.mark.skipif(browser() is None, reason="no Chromium here (set CHROMIUM)")
@pytest.mark.parametrize("width", [1280, 400])
class TestInABrowser:
    def test_nothing_sticks_out(self, compared, tmp_path, width):
        found = answer(report(compared), tmp_path, MEASURE, width)
        assert (found["scrolls"], found["wide"], found["fetched"]) == (False, [], [])

    @pytest.mark.skipif(axe() is None, reason="no axe-core here (set AXE_CORE)")
    def test_axe_finds_no_fault(self, compared, tmp_path, width):
        page = report(compared).replace("<details ", "<details open ")
        assert answer(page, tmp_path, axe().read_text(encoding="utf-8") + ASK, width) == []
