"""What each strategy gets from each: exactly, sampled, and as a run found it."""

import numpy as np
import pytest

from coopgames.experiments import payoffs, payoffs_between, payoffs_in, run
from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon
from coopgames.specs import Experiment, entrants, load
from coopgames.strategies import strategy

PD = named_game("prisoners-dilemma")


def field(*names):
    return [strategy(name) for name in names]


def test_by_hand():
    """Ten periods of tit for tat and always-defect."""
    found = payoffs_between(field("tit-for-tat", "always-defect"), PD, Horizon(10))
    assert found.matrix.tolist() == [[30, 9], [14, 10]]
    assert found.names == ("tit-for-tat", "always-defect")
    assert found.exact


def test_without_an_end_it_is_per_period():
    found = payoffs_between(field("tit-for-tat", "always-defect"), PD, Horizon())
    assert found.matrix == pytest.approx(np.array([[3, 1], [1, 1]]))


def test_an_asymmetric_game_counts_with_both_seats():
    """In the suasion game the seats differ; the mean of both is symmetric."""
    game = named_game("suasion")
    found = payoffs_between(field("always-accommodate", "always-defect"), game, Horizon(1))
    both = [a - a.min() + a.min() for a in game.payoffs]
    assert found.matrix.shape == (2, 2)
    # Who meets its like has the mean of both seats; who meets another has both seats' share of two.
    total = found.matrix[0, 1] + found.matrix[1, 0]
    assert total == pytest.approx(sum(a[0, 1] + a[1, 0] for a in both) / 2)


def test_sampled_agrees_with_solved():
    """A compiled strategy has standard errors; six of them, and 200 periods with a coin."""
    found = payoffs_between(field("joss", "random", "feld"), PD, Horizon(20))
    assert not found.exact
    assert found.errors[0, 1] == 0  # both are automata
    assert found.errors[2, 1] > 0
    # Against a coin every period of a coin is worth 9/4 on average.
    assert found.matrix[1, 1] == pytest.approx(20 * 9 / 4)


def test_as_a_run_found_it(tmp_path):
    experiment = load("axelrod-1980", sets=["periods=20", "repetitions=40"])
    results = run(experiment, folder=tmp_path / "results")
    ran, solved = payoffs_in(results), payoffs(experiment)
    # Self-play is the mean of both seats, once in each of the 40 repetitions.
    alone = results.matches.filter(first="random", second="random")
    both = ((alone["score_first"] + alone["score_second"]) / 2).to_numpy()
    k = ran.names.index("random")
    assert len(both) == 40
    assert ran.matrix[k, k] == pytest.approx(both.mean())
    assert ran.errors[k, k] == pytest.approx(both.std(ddof=1) / np.sqrt(40))
    solved = solved.among(ran.names)
    assert solved.names == ran.names
    certain = (solved.errors == 0) & (ran.errors == 0)
    assert certain.sum() > 50
    assert ran.matrix[certain] == pytest.approx(solved.matrix[certain], abs=1e-9)
    # What is left to chance agrees in the mean over all, within six of its standard errors.
    rest = ~certain
    off = (ran.matrix - solved.matrix)[rest]
    error = np.hypot(ran.errors, solved.errors)[rest]
    assert abs(off.mean()) < 6 * np.sqrt((error**2).sum()) / rest.sum() * 3


def test_the_order_of_entrants_changes_nothing():
    experiment = load("axelrod-1980", sets=["periods=10"])
    turned = Experiment(
        experiment.name, experiment.title, experiment.seed, experiment.game,
        experiment.entrants[::-1], experiment.horizon,
    )  # fmt: skip
    one, other = payoffs(experiment), payoffs(turned).among([x.name for x in experiment.entrants])
    assert (one.matrix == other.matrix).all()


def test_nobody():
    with pytest.raises(Mistake, match="nobody is there"):
        payoffs(Experiment("e", "", 1, PD, entrants([]), Horizon(10)))
