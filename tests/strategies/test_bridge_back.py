"""Our strategies as players of Axelrod-Python, in its own matches and tournaments."""

from __future__ import annotations

import warnings
from itertools import pairwise

import numpy as np
import pytest
from real_players import package
from reference_player import Player

from coopgames.mistakes import Mistake
from coopgames.play import as_axelrod
from coopgames.strategies import Automaton, Python, Strategy, library, memory_one, strategy

TURNS = 60
DETERMINISTIC = [
    name
    for name, entry in library().items()
    if not entry().stochastic
    and not (isinstance(entry().rule, Automaton) and entry().rule.next.shape[1:] != (2, 2))
]


@pytest.fixture(autouse=True)
def quiet():
    """Axelrod-Python warns of matches without luck, and of its own code."""
    package()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def others() -> list:
    axl = package()
    return [axl.Defector(), axl.Alternator(), axl.FirstByJoss()]


@pytest.mark.parametrize("name", DETERMINISTIC)
def test_does_there_what_it_does_here(name):
    axl, ours = package(), strategy(name)
    for seed, (other, noise) in enumerate(zip(others(), (0.0, 0.0, 0.2), strict=True)):
        player = as_axelrod(name)
        match = axl.Match((player, other), turns=TURNS, seed=seed, noise=noise)
        rows = match.play()
        copy = Player(ours, TURNS)
        for t, (own, observed) in enumerate(rows):
            action = "CD"[copy.act()]
            assert action == str(own) or noise, f"period {t + 1}"
            copy.see(*("CD".index(str(a)) for a in (own, observed)))


def test_under_noise_it_goes_by_what_it_really_did():
    """Two of win-stay-lose-shift, told of their slips, are back together in three periods."""
    axl = package()
    rows = [str(a) + str(b) for a, b in axl.Match(
        [as_axelrod("win-stay-lose-shift") for _ in range(2)], turns=4000, noise=0.01, seed=1
    ).play()]  # fmt: skip
    follows = {"CC": "CC", "CD": "DD", "DC": "DD", "DD": "CC"}
    kept = np.mean([follows[a] == b for a, b in pairwise(rows)])
    # Each step is as the rule has it unless one of two hands slips: 0.98, off by 0.02 below 1e-9.
    assert abs(kept - 0.99**2) < 0.02


def test_a_lottery_is_drawn_with_its_probability_and_again_with_the_same_seed():
    axl = package()
    n, p = 20_000, 0.3
    played = [
        [
            str(a)
            for a, _ in axl.Match((as_axelrod("random"), axl.Defector()), turns=n, seed=s).play()
        ]
        for s in (1, 1, 2)
    ]
    assert played[0] == played[1] != played[2]
    few = as_axelrod(strategy("random", p=p))
    shares = [str(a) for a, _ in axl.Match((few, axl.Defector()), turns=n, seed=1).play()]
    # Hoeffding: off by 0.025 with probability below 2 exp(−2 n 0.025²) = 3e-11.
    assert abs(shares.count("C") / n - p) < 0.025
    assert abs(played[0].count("C") / n - 0.5) < 0.025


def test_a_tournament_of_ours_scores_as_theirs_do():
    axl = package()
    names = {"tit-for-tat": axl.TitForTat, "grim": axl.Grudger, "always-defect": axl.Defector,
             "win-stay-lose-shift": axl.WinStayLoseShift, "alternator": axl.Alternator,
             "soft-majority": axl.GoByMajority}  # fmt: skip
    scores = []
    for players in ([as_axelrod(name) for name in names], [kind() for kind in names.values()]):
        tournament = axl.Tournament(players, turns=50, repetitions=2, seed=1)
        scores.append(tournament.play(progress_bar=False, processes=None).scores)
    assert scores[0] == scores[1]


def test_a_clone_and_a_reset_player_start_anew():
    axl = package()
    player = as_axelrod("grim")
    axl.Match((player, axl.Defector()), turns=5).play()
    for fresh in (player.clone(), player):
        fresh.reset()
        assert str(fresh.strategy(axl.Cooperator())) == "C"
        assert len(fresh.history) == 0


def test_what_goes_by_the_length_is_told_it():
    axl = package()
    player = as_axelrod("backstabber")
    assert "length" in player.classifier["makes_use_of"]
    known = axl.Match((player, axl.Cooperator()), turns=10).play()
    unknown = axl.Match(
        (player, axl.Cooperator()), turns=10, match_attributes={"length": float("inf")}
    ).play()
    assert [str(a) for a, _ in known][-2:] == ["D", "D"]
    assert [str(a) for a, _ in unknown][-2:] == ["C", "C"]


def echo(theirs, memory):
    memory["n"] = memory.get("n", 0) + 1
    return theirs[-1] if theirs else 0


def test_python_strategies_go_too():
    axl = package()
    rows = axl.Match((as_axelrod(Strategy("echo", Python(echo))), axl.CyclerCCD()), turns=7).play()
    assert "".join(str(a) for a, _ in rows) == "CCCDCCD"


def test_different_strategies_of_one_name_have_different_names_there():
    """Results are kept under names there, so that one would be taken for the other."""
    two = [as_axelrod(Strategy("mine", memory_one(1.0, p, 0.0, 1.0, 0.0))) for p in (1.0, 0.5)]
    assert two[0].name != two[1].name
    assert two[0] != two[1]
    assert as_axelrod("tit-for-tat").name == "tit-for-tat"


def test_more_than_two_actions_are_refused():
    three = Automaton(np.eye(3), np.zeros((3, 3, 3), dtype=int))
    with pytest.raises(Mistake, match="is not for two actions"):
        as_axelrod(Strategy("three", three))
