"""Strategies that form expectations in experiments: written, read again, solved and played."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from coopgames.experiments import payoffs, play_match, solved_emergence
from coopgames.play import Horizon, Match, expect
from coopgames.readings import compatibility_over_time
from coopgames.specs import as_spec, load, loads_canonical
from coopgames.strategies import strategy

TEXT = """
name = "expecting"
title = "Those who expect"
seed = 1
game = "stag-hunt"
strategies = [
    "tit-for-tat", "regime-shaped-expectations", "wary-expectations(memory=2, prior=0.2)",
]
noise = 0.01
[horizon]
periods = 40
"""


@pytest.fixture
def experiment(tmp_path: Path):
    (tmp_path / "expecting.toml").write_text(TEXT, encoding="utf-8")
    return load(tmp_path / "expecting.toml")


def test_they_are_written_by_name_and_parameters(experiment) -> None:
    spec = as_spec(experiment)
    assert spec["strategies"][2] == {"name": "wary-expectations", "memory": 2, "prior": 0.2}
    again = loads_canonical(json.loads(json.dumps(spec)))
    assert [e.strategy for e in again.entrants] == [e.strategy for e in experiment.entrants]


def test_they_are_solved(experiment) -> None:
    names = [e.name for e in experiment.entrants]
    found = payoffs(experiment).among(names).matrix
    by_hand = [
        [
            expect(Match(experiment.game, (a.strategy, b.strategy), Horizon(40), 0.01)).totals[0]
            for b in experiment.entrants
        ]
        for a in experiment.entrants
    ]
    assert found == pytest.approx(np.array(by_hand), abs=1e-9)


def test_emergence_and_the_course_are_solved(experiment) -> None:
    assert 0 < solved_emergence(experiment).emerged.sum() < 1
    s = strategy("regime-shaped-expectations")
    match = Match(experiment.game, (s, s), Horizon(40))
    course = compatibility_over_time(match, 5)
    both = match.rules[0].mix[match.rules[0].initial, 0]
    # In the first period each hunts the stag with this probability, independently.
    exact = play_match(s, s, game="stag-hunt", periods=1)
    assert 0 < course[0] < 1 and exact.means[0] == exact.means[1]
    u = experiment.game.payoffs[0][np.ix_(*match.roles)]
    mix = np.array([both, 1 - both])
    assert exact.means[0] == pytest.approx(mix @ u @ mix)
