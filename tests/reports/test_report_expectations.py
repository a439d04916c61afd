"""Whether expectations converge, in experiments whose entrants form some."""

import pytest

from coopgames.experiments import run
from coopgames.regimes import agreement
from coopgames.reports import draw, write_report
from coopgames.reports.converging import converging
from coopgames.specs import load

FILE = """
name = "converge"
title = "Two who expect"
seed = 2
game = "prisoners-dilemma"
strategies = ["regime-shaped-expectations", "wary-expectations", "always-defect"]
regime = "pledge"
repetitions = 3
[horizon]
periods = 30
[arms.with-it]
[arms.without-it]
regime = "none"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("converge")
    (folder / "converge.toml").write_text(FILE)
    experiment = load(folder / "converge.toml")
    return experiment, run(experiment, folder=folder / "results")


def test_in_the_first_period_they_are_priors(made):
    """E = mean over targets of agreement × focus, by hand, from p = (w p0 + W π)/(w + W π)."""
    experiment, _ = made
    curves = converging(experiment)
    pulls = {"without-it": 0.0, "with-it": experiment.regime.public(experiment.game).pull}
    for arm, pull in pulls.items():
        open_, wary = ((w * p + 4 * pull) / (w + 4 * pull) for w, p in ((1, 0.5), (3, 0.1)))
        # Each is observed by the other, who agrees with itself; the defector by both.
        both = agreement([(open_, 1 - open_), (wary, 1 - wary)]) * (open_ + wary) / 2
        assert curves[arm][0] == pytest.approx((open_ + wary + both) / 3)


def test_later_they_depend_on_what_is_seen(made):
    curves = converging(made[0])
    assert curves["with-it"][-1] > curves["without-it"][-1]
    assert len(curves["with-it"]) == 30


def test_the_page_shows_them(made, tmp_path):
    page = write_report(made[1]).read_text()
    assert "Did expectations converge?" in page
    assert "with-it" in draw(made[1], "expectations", tmp_path / "e.svg").read_text()


def test_nobody_expects_anything(tmp_path):
    plain = FILE.replace('"regime-shaped-expectations", "wary-expectations"', '"tit-for-tat"')
    (tmp_path / "plain.toml").write_text(plain.partition("regime = ")[0] + "[horizon]\nperiods = 9")
    experiment = load(tmp_path / "plain.toml")
    assert converging(experiment) == {}
    results = run(experiment, folder=tmp_path / "results")
    assert "Did expectations converge?" not in write_report(results).read_text()
