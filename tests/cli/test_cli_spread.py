"""``coopgames spread`` and ``coopgames invade``."""

import json

import pytest
from click.testing import CliRunner

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake

TRIO = ["tit-for-tat", "always-defect", "always-accommodate"]
MATRIX = [[30, 9, 30], [14, 10, 50], [30, 0, 30]]
"""Over ten periods, or ten on average."""


def run(*arguments):
    return CliRunner(env={"COLUMNS": "120"}).invoke(coopgames, arguments, standalone_mode=False)


def said(*arguments):
    result = run(*arguments)
    assert result.exception is None, result.exception
    return " ".join(result.stdout.split())


def test_the_sentence_comes_first_then_the_table_then_what_is_next():
    # Ten periods on average: each generation in plain words.
    x = [1 / 3] * 3
    for _ in range(500):
        scores = [sum(a * b for a, b in zip(row, x, strict=True)) for row in MATRIX]
        grown = [a * b for a, b in zip(scores, x, strict=True)]
        x = [a / sum(grown) for a in grown]
    text = said("spread", *TRIO, "--generations", "500")
    assert text.startswith(
        f"After 500 generations of these 3 strategies tit-for-tat is the most common with "
        f"{100 * x[0]:.1f} %, ahead of always-accommodate with {100 * x[2]:.1f} %; one has all but "
        "died out."
    )
    assert "share at 0 at 1 at 10 at 100 at 500 most at stays if all adopt it" in text
    assert "always-defect 33.3 %" in text
    assert "yes, strictly" in text
    assert "Payoffs are exact." in text
    assert text.endswith(f"coopgames invade {' '.join(TRIO)}")


def test_conditions_are_carried_on():
    text = said("spread", *TRIO, "--continuation", "0.5", "--noise", "0.01")
    assert text.endswith(f"coopgames invade {' '.join(TRIO)} --continuation 0.5 --noise 0.01")


def test_the_basin_of_tit_for_tat():
    """p* = 1/17 where play goes on with probability 0.9 (theory.md 1.4.3)."""
    dies, spreads = (
        json.loads(
            run("spread", *TRIO[:2], "--start", f"tit-for-tat={x}", "--json").stdout
        )["shares"][-1][0]
        for x in (0.05, 0.06)
    )  # fmt: skip
    assert (dies, spreads) == (pytest.approx(0, abs=1e-9), pytest.approx(1, abs=1e-9))


def test_spread_as_json():
    found = json.loads(run("spread", *TRIO, "--periods", "10", "--json").stdout)
    assert found["strategies"] == TRIO
    assert found["payoffs"] == {
        "unit": "game", "method": "exact", "standard_errors": None,
        "matrix": MATRIX,
    }  # fmt: skip
    assert (found["generations"], len(found["shares"])) == (1000, 1001)
    assert [row["kind"] for row in found["stability"]] == ["neutrally stable", "strict", "invaded"]
    assert found["stability"][2]["invaders"] == ["always-defect"]


def test_negative_payoffs_need_a_background():
    assert run("spread", *TRIO, "--background", "3").exception is None
    wrong = run("spread", *TRIO, "--background", "-1").exception
    assert isinstance(wrong, Mistake)
    assert "someone gets -1, and nobody has fewer than no offspring" in str(wrong)


def test_invade_in_words():
    text = said("invade", *TRIO, "--population", "20", "--periods", "10")
    assert text.startswith("Where mutations are rare, a population of 20 is ")
    assert "of the time taken over most easily by stays if all adopt it" in text
    assert "× 1 is the chance 1/20 of a mutant that is neither better nor worse." in text
    again = f"coopgames invade {' '.join(TRIO)} --periods 10 --population 20 -o invasions.svg"
    assert text.endswith(again)


def test_invade_is_imhof_fudenberg_and_nowak():
    """Entry 28 but for the cost of tit for tat: the same call from Python."""
    from coopgames.populations import fixations, moran, rare_mutations

    found = json.loads(
        run("invade", *TRIO, "--population", "50", "--periods", "10", "--json").stdout
    )
    assert found["fixation"] == [pytest.approx(row) for row in fixations(MATRIX, 50, moran())]
    assert found["shares"] == pytest.approx(rare_mutations(MATRIX, 50, moran()).shares.tolist())
    assert (found["process"], found["mutation"], found["method"]) == ("moran", None, "exact")


def test_invade_with_mutations_is_solved():
    from coopgames.populations import fermi, long_run

    options = ["--population", "30", "--periods", "10", "--process", "fermi", "--strength", "0.1"]
    found = json.loads(run("invade", *TRIO, *options, "--mutation", "0.02", "--json").stdout)
    assert found["shares"] == pytest.approx(
        long_run(MATRIX, 30, 0.02, fermi(0.1)).shares.tolist()
    )  # fmt: skip
    text = said("invade", *TRIO, *options, "--mutation", "0.02")
    assert text.startswith("With mutations of 0.02, ")


def test_invade_samples_what_is_too_large():
    many = [*TRIO, "grim", "win-stay-lose-shift", "tit-for-two-tats", "generous-tit-for-tat"]
    result = run("invade", *many, "--mutation", "0.05", "--json")
    assert "Following 20 populations" in result.stderr
    found = json.loads(result.stdout)
    assert found["method"] == "sampled"
    assert sum(found["shares"]) == pytest.approx(1)
    assert max(found["standard_errors"]) > 0


def test_results_and_experiments(tmp_path):
    folder = str(tmp_path / "results")
    sets = ["--set", "periods=20", "--set", "repetitions=3"]
    assert run("run", "axelrod-1980", *sets, "-o", folder).exception is None
    ran = said("spread", folder, "--generations", "20")
    assert ran.startswith(f"After 20 generations of {folder}")
    assert "Payoffs are those of the run; standard errors are up to" in ran
    assert "is the most common with" in said("spread", "axelrod-1980", *sets[:2])
    drawn = tmp_path / "spread.svg"
    assert run("plot", folder, "spread", "-o", str(drawn)).exception is None
    assert drawn.stat().st_size > 5000
    alone = str(tmp_path / "alone")
    assert (
        run("run", "axelrod-1980", *sets, "--set", "self_play=false", "-o", alone).exception is None
    )
    assert "what spreads meets its like" in str(run("spread", alone).exception)
    assert "stands there already" in str(run("spread", folder, "--noise", "0.1").exception)


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_drawings(tmp_path, suffix):
    for arguments in (["spread"], ["spread", "--simplex"], ["invade"]):
        file = tmp_path / f"drawing{suffix}"
        result = run(arguments[0], *TRIO, *arguments[1:], "-o", str(file))
        assert result.exception is None
        assert "Drawn as" in result.stdout
        assert file.stat().st_size > 1000
        file.unlink()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["spread", "tit-for-tat"], "is alone; name at least two"),
        (["spread", "tit-for-tatt"], "did you mean tit-for-tat"),
        (["spread", "axelrod-1981"], "did you mean axelrod-1980"),
        (["spread", "axelrod-1980", "--noise", "0.1"], "as in --set noise=0.01"),
        (["spread", *TRIO, "--set", "noise=0.1"], "none is named"),
        (["spread", *TRIO, "--start", "tit-for-tat"], "write it as NAME=SHARE"),
        (["spread", *TRIO, "--start", "grim=0.1"], "no strategy of the field"),
        (["spread", *TRIO, "--start", "tit-for-tat=0.7", "--start", "always-defect=0.7"], "1.4"),
        (["spread", *TRIO[:2], "--simplex", "-o", "x.svg"], "draws three strategies"),
        (["spread", *TRIO, "--simplex"], "name the file"),
        (["spread", *TRIO, "-o", "x.txt"], "no kind of picture"),
        (["invade", *TRIO, "--strength", "2"], "lies between 0"),
        (["invade", *TRIO, "--mutation", "2"], "must be a probability"),
        (["invade", *TRIO, "--periods", "3", "--continuation", "0.3"], "exclude one another"),
    ],
)
def test_mistakes_are_one_line(arguments, words):
    mistake = run(*arguments).exception
    assert isinstance(mistake, Mistake)
    assert words in str(mistake)
    assert "\n" not in str(mistake)
