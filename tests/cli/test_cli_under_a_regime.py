"""``--regime``, and what a run and its report say of the regime in force."""

import json

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.experiments import run as run_it
from coopgames.mistakes import Mistake
from coopgames.reports import report

PLEDGED = (
    "They play under the pledge: C is asked of both. Who is reported loses its good standing until "
    "it has complied again, and the other is free meanwhile."
)

SPEC = """
name = "promise"
title = "A promise"
seed = 5
game = "prisoners-dilemma"
strategies = ["conditional-compliance", "free-riding", "tit-for-tat"]
repetitions = 3
noise = 0.02
horizon = { periods = 60 }
regime = { name = "pledge", answer = "suspension", periods = 3, members = ["free-riding", \
"conditional-compliance"] }

[arms.under]
[arms.without]
regime = "none"
[arms.answered]
regime.answer = "standing"
regime.members = []
"""


def said(*arguments: str) -> str:
    result = CliRunner().invoke(coopgames, arguments, standalone_mode=False)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.mark.parametrize("command", [("match",), ("play", "--periods", "5")])
def test_it_says_under_which_regime(command: tuple[str, ...]) -> None:
    name, *more = command
    words = said(name, "compliance", "free-riding", *more, "--regime", "pledge")
    assert PLEDGED in words
    assert PLEDGED not in said(name, "grim", "joss", *more)


def test_as_json_it_is_named() -> None:
    for command in ("match", "play"):
        words = said(command, "compliance", "grim", "--regime", "pledge", "--json")
        assert json.loads(words)["regime"] == "pledge"
        assert json.loads(said(command, "grim", "grim", "--json"))["regime"] is None


def test_next_is_the_same_under_the_same_regime() -> None:
    words = said("play", "compliance", "free-riding", "--regime", "pledge")
    assert words.endswith("coopgames match compliance free-riding --regime pledge")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("compliance", "grim"), "compliance reads what a regime shows, and there is none here"),
        (("compliance", "grim", "--regime", "pledg"), 'no regime "pledg" (did you mean pledge?)'),
        (
            ("grim", "grim", "--regime", "gatt-1947"),
            "regime 'gatt-1947' does not speak of the actions of game 'prisoners-dilemma', C / D",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_a_line(arguments: tuple[str, ...], line: str) -> None:
    for command in ("match", "play"):
        result = CliRunner().invoke(coopgames, [command, *arguments], standalone_mode=False)
        assert isinstance(result.exception, Mistake)
        assert line in str(result.exception)


def test_the_run_and_the_report_tell_it(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "promise.toml").write_text(SPEC)
    words = said("run", "promise.toml")
    assert "noise 0.02 · under pledge · seed 5" in words
    assert "After an alarm nobody is asked for anything for 3 periods." in words
    assert "without: the pledge without any channel." in words
    assert "answered: the pledge answered by standing and for all." in words
    page = report(run_it(tmp_path / "promise.toml", folder=tmp_path / "results/promise"))
    section = page[page.index('id="regime"') : page.index('id="verdict"')]
    for text in (
        "The pledge",
        "C is asked of both.",
        "accommodate: a violation is reported with probability 90\u00a0%, compliance with "
        "2\u00a0%; the alarm does not say on whom.",
        "After an alarm nobody is asked for anything for 3 periods.",
        "expectations, monitoring, reputation, sanctions and costs; off: values.",
        "free-riding and conditional-compliance.",
        "Nobody enforces it.",
        "What is watched: nine breaches of ten are noticed",
    ):
        assert text in section
    assert "under pledge" in page[page.index("For a paper") :]


def test_without_one_the_page_is_silent_about_regimes(tmp_path) -> None:
    text = "\n".join(
        line for line in SPEC.splitlines() if "regime" not in line and "arms" not in line
    ).replace('"conditional-compliance", "free-riding", ', '"grim", ').replace(
        '"conditional-compliance"] }', ""
    )  # fmt: skip
    (tmp_path / "plain.toml").write_text(text)
    page = report(run_it(tmp_path / "plain.toml", folder=tmp_path / "r"))
    assert 'id="regime"' not in page
