"""Players that run by their own code: as they are, one for each seat of each match."""

from __future__ import annotations

import pickle
import random
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl
import pytest
from real_players import package, real_player, tell
from reference_player import PRISONERS
from scipy.stats import fisher_exact

from coopgames.experiments import pairs, plan, play
from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.play.learn import random_replies
from coopgames.play.python import frozen
from coopgames.specs import load, strategy_from
from coopgames.strategies import axelrod_players, axelrod_strategy
from coopgames.strategies.bridge.names import ORDINARY

GAME, PAYOFFS = named_game("prisoners-dilemma"), frozen(PRISONERS)
BY_CODE = {n: player for n, (player, found) in axelrod_players().items() if found.runs == "python"}
SHORT = [name for name, player in BY_CODE.items() if not player.slow]


class Numbers:
    """Luck without an address."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random


class Seated:
    """A player as the bridge seats it."""

    def __init__(self, name: str, horizon: int, seed: int) -> None:
        self.act = axelrod_strategy(name).rule.start()
        self.shown = ([], [], horizon, PAYOFFS)
        self.luck = [Numbers(seed)] if BY_CODE[name].stochastic else []

    def decide(self) -> int:
        return self.act(*self.shown, *self.luck)

    def see(self, own: int, observed: int) -> None:
        self.shown[0].append(own)
        self.shown[1].append(observed)


@pytest.mark.parametrize("name", [n for n, player in BY_CODE.items() if not player.stochastic])
def test_plays_as_there_turn_by_turn(name):
    periods, courses = (25, 1) if BY_CODE[name].slow else (120, 6)
    for number in range(courses):
        rng = np.random.default_rng([zlib.crc32(name.encode()), number])
        player, other = real_player(name, periods)
        seat, reply = Seated(name, periods, number), random_replies(rng, periods)
        for t in range(periods):
            action = "CD".index(str(player.strategy(other)))
            assert seat.decide() == action
            own, observed = divmod(reply(t, action), 2)
            tell(player, other, own, observed)
            seat.see(own, observed)


@pytest.mark.parametrize("name", [n for n in SHORT if BY_CODE[n].stochastic])
def test_plays_as_there_as_often(name):
    """In each period both withhold as often; that one of them rings falsely: below 1e-6."""
    runs, periods = 60, 40
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    others = (rng.random(periods) < 0.3).astype(int).tolist()
    slips = (rng.random(periods) < 0.05).astype(int).tolist()
    theirs, mine = np.zeros(periods, dtype=int), np.zeros(periods, dtype=int)
    for run in range(runs):
        player, other = real_player(name, periods, seed=run)
        seat = Seated(name, periods, run)
        for t, (observed, slip) in enumerate(zip(others, slips, strict=True)):
            action, ours = "CD".index(str(player.strategy(other))), seat.decide()
            theirs[t] += action
            mine[t] += ours
            tell(player, other, action ^ slip, observed)
            seat.see(ours ^ slip, observed)
    for a, b in zip(theirs, mine, strict=True):
        assert fisher_exact([[a, runs - a], [b, runs - b]]).pvalue > 1e-10


def match(one: str, two: str, noise: float = 0.05, periods: int = 50) -> Match:
    who = (f"axelrod:{one}", f"axelrod:{two}")
    seats = tuple(axelrod_strategy(name) for name in (one, two))
    return Match(GAME, seats, Horizon(periods, known=True), noise, (who[0], f"{who[1]}#2"))


def test_nothing_is_kept_from_one_match_to_the_next():
    """In whatever order, and against itself too, a match is the same match."""
    wanted = [match(name, other) for name in SHORT for other in (name, "TitForTat")]
    courses = [course(m, seed=5).tolist() for m in wanted]
    assert [course(m, seed=5).tolist() for m in reversed(wanted)] == courses[::-1]
    assert len({tuple(c) for c in courses}) > len(SHORT)


def test_noise_is_played_every_time():
    """A match without noise before it, of players of the same names, changes nothing."""
    quiet, noisy = match("ThueMorse", "Golden", 0.0), match("ThueMorse", "Golden", 0.3)
    first = course(noisy, seed=1)
    assert (course(quiet, seed=1) != first).any()
    assert (course(noisy, seed=1) == first).all()


def test_players_of_one_name_and_different_parameters_are_different():
    courses = []
    for rate in (0.05, 0.95):
        s = strategy_from(f"axelrod:AdaptiveTitForTat(rate={rate})")
        seats = (s, strategy_from("cycler(cycle='CCDD')"))
        courses.append(course(Match(GAME, seats, Horizon(60), 0.0, ("a", "b")), seed=1).tolist())
    assert courses[0] != courses[1]


def test_sees_its_own_realised_actions(monkeypatch):
    from coopgames.strategies.bridge import seat

    seats, begin = [], seat.Seat._begin

    def noted(self, *given):
        seats.append(self)
        return begin(self, *given)

    monkeypatch.setattr(seat.Seat, "_begin", noted)
    played = course(match("ThueMorse", "ShortMem", 0.3, 80), seed=2)
    own, other = np.divmod(played, 2)
    # 0110100110010110…, with 0 for D; 24 of 80 slip, off by 20 with probability below 1e-5.
    assert abs((own == [t.bit_count() % 2 for t in range(80)]).sum() - 24) < 20
    shown = {s.name: ["CD".index(str(a)) for a in s.player.history] for s in seats}
    assert shown == {"ThueMorse": own[:-1].tolist(), "ShortMem": other[:-1].tolist()}


@pytest.mark.parametrize(
    "name", ["Golden", "AverageCopier", "AdaptiveTitForTat", "InversePunisher"]
)
def test_cost_is_linear_in_periods(name):
    def calls(periods: int) -> int:
        count = 0

        def one_more(*_: object) -> None:
            nonlocal count
            count += 1

        seat = Seated(name, periods, 1)
        seat.decide()
        sys.setprofile(one_more)
        try:
            for t in range(periods):
                seat.see(t % 2, t % 3 == 0)
                seat.decide()
        finally:
            sys.setprofile(None)
        return count

    assert calls(800) < 2.2 * calls(400)


def test_who_plays_what_changes_nothing():
    """One after the other; in another order, by three workers, what is to be played pickled."""
    names = ["AverageCopier", "ShortMem", "MemoryDecay", "TitForTat", "Winner12", "Random"]
    listed = ", ".join(f"'axelrod:{name}'" for name in names)
    experiment = load(
        "axelrod-1980",
        sets=[f"strategies=[{listed}]", "periods=40", "repetitions=2", "noise=0.02"],
    )
    given, wanted = plan(experiment), pairs(experiment)
    alone = play(given, wanted).sort("key", "repetition")
    sent = pickle.dumps(given)
    with ThreadPoolExecutor(3) as workers:
        found = list(workers.map(lambda p: play(pickle.loads(sent), [p]), reversed(wanted)))
    assert pl.concat(found).sort("key", "repetition").equals(alone)


def test_one_that_draws_unexpectedly_is_stopped(monkeypatch):
    axl = package()
    monkeypatch.setattr(axl.Golden, "strategy", lambda self, _: self._random.random_choice(0.5))
    with pytest.raises(Mistake, match=r"axelrod:Golden: in period 1 .* draws lots"):
        course(match("Golden", "TitForTat"), seed=1)


def test_what_its_code_raises_is_a_mistake_that_names_it(monkeypatch):
    axl = package()
    monkeypatch.setattr(axl.Golden, "strategy", lambda *_: 1 / 0)
    with pytest.raises(Mistake, match=r"axelrod:Golden: in period 1 .* ZeroDivisionError"):
        course(match("Golden", "TitForTat"), seed=1)


@pytest.mark.parametrize("game", ["chicken", "stag-hunt", "harmony", "deadlock"])
def test_all_play_other_games_too(game):
    """Where Axelrod-Python's zero-determinant players divide by zero, for one."""
    other = strategy_from("random")
    for name in (*SHORT, *sorted(ORDINARY)):
        seats = (axelrod_strategy(name), other)
        m = Match(named_game(game), seats, Horizon(12, known=True), 0.1, ("a", "b"))
        assert len(course(m, seed=1)) == 12
