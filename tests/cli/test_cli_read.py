"""``coopgames read``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coopgames.cli.read import read
from coopgames.mistakes import Mistake

ROWS = {
    "fall": "".join(
        f"{t},{who},{'C' if 5 <= t < 25 else 'D'}\n" for t in range(60) for who in ("A", "B")
    ),
    "two": "".join(
        f"{m},{t},{who},{a}\n"
        for m, a in (("x", "C"), ("y", "D"))
        for t in range(1, 9)
        for who in "AB"
    ),
}


@pytest.fixture
def run(tmp_path: Path):
    def run_(rows: str, *arguments: str, head: str = "period,actor,action"):
        path = tmp_path / "history.csv"
        path.write_text(f"{head}\n{rows}", encoding="utf-8")
        return CliRunner().invoke(
            read, [str(path), "--game", "prisoners-dilemma", *arguments], catch_exceptions=False
        )

    return run_


def words(result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_one_match_by_spells(run) -> None:
    said = words(run(ROWS["fall"]))
    assert said.startswith(
        "A and B in the game prisoners-dilemma, 60 periods: discord (untried), then cooperation "
        "(adaptive), then discord (untried). Coordination emerged after 5 periods and broke down "
        "after 25."
    )
    assert "0–4 discord (untried)" in said
    assert "Forms of adjustment: deferential A2 (A 20, B 20)" in said
    assert "Not visible in this record: discussion, bargaining, compensation" in said
    assert "Next coopgames classify" in said


def test_the_same_as_json(run) -> None:
    found = json.loads(run(ROWS["fall"], "--json").stdout)
    (match,) = found["matches"]
    assert (match["emerged"], match["broke"], match["periods"]) == (5, 25, 60)
    assert [s["from"] for s in match["spells"]] == [0, 5, 25]
    assert match["attention"][0]["reason"] == "responds"
    assert match["forms"][1] == {
        "code": "A2", "name": "deferential", "counts": [20, 20], "note": "",
    }  # fmt: skip
    assert match["regard"][0]["by"] == "A"
    assert match["aftermath"]["labels"] == ["discord", "cooperation"]
    assert found["ignored"] == []


def test_several_matches(run) -> None:
    result = run(ROWS["two"], head="match,period,actor,action")
    said = words(result)
    assert said.startswith(
        "2 matches of the game prisoners-dilemma: cooperation 50 % and discord 50 %."
    )
    assert "--match x" in said
    found = json.loads(run(ROWS["two"], "--json", head="match,period,actor,action").stdout)
    assert [m["label"] for m in found["matches"]] == ["cooperation", "discord"]
    assert found["shares"] == {"cooperation": 0.5, "discord": 0.5}
    assert "forms" not in found["matches"][0]
    one = words(run(ROWS["two"], "--match", "y", head="match,period,actor,action"))
    assert "(match y), 8 periods: discord (untried). Nobody attempted to adjust." in one


def test_options_of_the_reading(run) -> None:
    found = json.loads(run(ROWS["fall"], "--rule", "L=20,q=0.9", "--json").stdout)["matches"][0]
    assert found["emergence_measured"] is False
    past = json.loads(run(ROWS["fall"], "--prewindow", "5", "--json").stdout)["matches"][0]
    assert past["from_self_regard"]["label"] == past["label"]
    seen = run(ROWS["fall"], "--perceived", "harmony", "--json")
    assert json.loads(seen.stdout)["matches"][0]["misperceived"] is True
    kind = "".join(f"{t},{who},C\n" for t in range(8) for who in "AB")
    assert "That is how they perceived it" in words(run(kind, "--perceived", "harmony"))


def test_some_of_many(tmp_path: Path) -> None:
    path = tmp_path / "group.csv"
    rows = [f"{t},p{i},{int(t < 5 or i > 1)}" for t in range(20) for i in range(4)]
    path.write_text("period,actor,action\n" + "\n".join(rows) + "\n", encoding="utf-8")
    result = CliRunner().invoke(
        read, [str(path), "--game", "public-goods", "--among", "p0,p1"], catch_exceptions=False
    )
    assert "p0 and p1 in the game public-goods, 20 periods" in words(result)
    assert "The others, who are taken to go on as before" in words(result)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "W=3"], 'no convention "W"'),
        (["--rule", "L=x"], '--rule L: "x" is no whole number'),
        (["--rule", "L"], '--rule: "L" is none; write KEY=VALUE'),
        (["--match", "z"], '--match: no match "z"'),
        (["--among", "A,Z"], '--among: no actor "Z"'),
        (["--prewindow", "60"], "prewindow = 60"),
        (["--perceived", "matching"], "no game"),
        (["--columns", "period=zeit"], 'no column "zeit"'),
    ],
)
def test_what_does_not_fit(run, arguments: list[str], said: str) -> None:
    with pytest.raises(Mistake, match=said.replace("(", r"\(")):
        run(ROWS["fall"], *arguments)


def test_agreements(run) -> None:
    rows = 'A,C,"offer: demand=C, then=C"\n3,B,D,\n4,A,C,\n4,B,C,accept\n5,A,C,\n5,B,C,\n'
    head = "period,actor,action,message"
    said = words(run("3," + rows, head=head))
    assert (
        "1 agreement, 0.33 a period: 2 messages and 1 period from the first offer to the last "
        "acceptance; 2 steps from unregarding policy." in said
    )
    (match,) = json.loads(run("3," + rows, "--json", head=head).stdout)["matches"]
    assert match["agreements"] == [
        {"period": 1, "parties": ["A", "B"], "actions": ["C", "C"], "messages": 2, "periods": 1,
         "depth": 2.0}
    ]  # fmt: skip
    assert "unregarding policy" not in words(run(ROWS["fall"]))
