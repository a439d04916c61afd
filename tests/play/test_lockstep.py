"""Play in lockstep is the same play: every course as the other loops have it, to the bit."""

from dataclasses import replace

import numpy as np
import pytest

from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import (
    Counting,
    Field,
    Horizon,
    Perception,
    Seat,
    action_names,
    course,
    lockstep,
    sample_field,
    shown_payoffs,
)
from coopgames.regimes import standing
from coopgames.strategies import Python, Strategy, apart, strategy


def gambler(mine, theirs, chance, period):
    if period and theirs[-1] == 1:
        return int(chance.random() < 0.6)
    return int(chance.integer(0, 9) == 0 or chance.random() < 0.1)


def majority(mine, theirs):
    return 1 if theirs.count(1) > len(theirs) / 2 else 0


def keeper(memory, mine, theirs, horizon, payoffs):
    memory["n"] = memory.get("n", 0) + (theirs[-1] if theirs else 0)
    return int(memory["n"] > 2 or payoffs[0][1][0] < payoffs[0][0][0] or horizon == len(mine) + 1)


class Here:
    """Players elsewhere that are in fact here."""

    def __init__(self, rules, field, leave=None):
        self.rules, self.field, self.leave, self.told = rules, field, leave or {}, []

    def open(self, seats):
        self.seats = {}
        horizon = self.field.horizon.periods if self.field.horizon.known else None
        match = self.field.match(0, 1)
        for player, theirs in seats.items():
            one = Strategy(self.field.labels[player], Python(self.rules[player]))
            self.seats[player] = [
                Seat(one, action_names(match, s), shown_payoffs(match, s), horizon, "?")
                for s in theirs.where
            ]

    def act(self, period, asked):
        self.told.append({player: len(x.seats) for player, x in asked.items()})
        return {
            player: np.array([
                self.seats[player][i].act(period, int(m), int(o), int(k))
                for i, m, o, k in zip(x.seats, x.mine, x.theirs, x.keys, strict=True)
            ], dtype=np.uint8)
            for player, x in asked.items() if self.leave.get(player) != period
        }  # fmt: skip


RULES = {0: gambler, 2: majority, 4: keeper}
HOUSE = {1: "generous-tit-for-tat", 3: "nydegger", 5: "random"}
LABELS = ("zoe", "house-a", "ann", "house-b", "Émile", "house-c")


def fields(**conditions):
    game = named_game(conditions.pop("game", "prisoners-dilemma"))
    here, away = [], []
    for i, label in enumerate(LABELS):
        if i in RULES:
            here.append(Strategy(label, Python(RULES[i])))
            away.append(Strategy(label, apart("0" * 63 + str(i))))
        else:
            here.append(strategy(HOUSE[i]))
            away.append(here[-1])
    return tuple(Field(game, tuple(x), LABELS, **conditions) for x in (here, away))


PAIRS = [(i, j) for i in range(6) for j in range(6) if i <= j or i == 4]
NOTHING = Counting(
    np.zeros((5, 4), np.uint8), np.zeros((2, 4), np.uint8), np.zeros(4, np.uint8),
    np.eye(2, 4, dtype=np.uint8), L=3, m=2, w=2,
)  # fmt: skip


@pytest.mark.parametrize(
    "conditions",
    [
        {"horizon": Horizon(30)},
        {"horizon": Horizon(30, known=True), "noise": 0.1},
        {"horizon": Horizon(continuation=0.9), "noise": (0.0, 0.2)},
        {"horizon": Horizon(25), "perception": Perception((0.2, 0.05))},
        {"horizon": Horizon(25), "noise": 0.1, "perception": Perception(0.1, public=True)},
        {"horizon": Horizon(25), "game": "stag-hunt"},
    ],
    ids=["plain", "known", "ending by chance", "private", "public", "another game"],
)
def test_it_plays_what_the_engine_plays(conditions):
    here, away = fields(**conditions)
    played = lockstep(
        away, PAIRS, NOTHING, seed=3, repetitions=range(4), elsewhere=Here(RULES, away)
    )
    assert not played.out
    expected = sample_field(here, PAIRS, NOTHING, seed=3, repetitions=range(4))
    for name in ("match", "repetition", "times", "periods", "counts", "pace"):
        rows = getattr(played.tally, name)
        if len(expected.match) == len(rows):  # pairs without chance may stand for all repetitions
            assert np.array_equal(rows, getattr(expected, name)), name
    for row, (m, r) in enumerate(zip(played.tally.match, played.tally.repetition, strict=True)):
        i, j = PAIRS[m]
        alone = course(here.match(i, j), seed=3, repetition=int(r))
        assert np.array_equal(played.courses[row][: len(alone)], alone), (LABELS[i], LABELS[j], r)


def reader(label):
    return int(label.other)


def test_who_reads_a_regime_is_refused():
    _, away = fields(horizon=Horizon(20))
    strategies = (*away.strategies[:-1], strategy("compliance"))
    reading = replace(away, strategies=strategies, regime=standing())
    with pytest.raises(Mistake, match="compliance: matches in lockstep have no regime"):
        lockstep(reading, PAIRS, NOTHING, seed=1, repetitions=range(2), elsewhere=Here(RULES, away))
    # And so is one in a process of its own, of which only that process knows.
    one, match = Strategy("reader", Python(reader)), away.match(0, 1)
    with pytest.raises(Mistake, match="reader: asks for label"):
        Seat(one, action_names(match, 0), shown_payoffs(match, 0), None, "them")


def test_who_falls_out_takes_its_own_matches_along_and_nothing_else():
    _, away = fields(horizon=Horizon(20), noise=0.1)
    whole = lockstep(
        away, PAIRS, NOTHING, seed=1, repetitions=range(2), elsewhere=Here(RULES, away)
    )
    there = Here(RULES, away, leave={2: 7})
    played = lockstep(away, PAIRS, NOTHING, seed=1, repetitions=range(2), elsewhere=there)
    assert played.out == {2}
    kept = [m for m, pair in enumerate(PAIRS) if 2 not in pair]
    assert sorted(set(played.tally.match)) == kept
    same = np.isin(whole.tally.match, kept)
    assert np.array_equal(played.courses, whole.courses[same])
    assert np.array_equal(played.tally.counts, whole.tally.counts[same])
    # From then on it is asked no more, and neither are those it met, for their seats against it.
    before, after = there.told[7], there.told[8]
    assert 2 not in after
    assert after[0] == before[0] - 2 * sum(p in ((0, 2), (2, 0)) for p in PAIRS)


def test_those_that_form_expectations_play_along(monkeypatch):
    monkeypatch.setitem(HOUSE, 5, "regime-shaped-expectations")
    test_it_plays_what_the_engine_plays(
        {"horizon": Horizon(25), "noise": 0.1, "perception": Perception((0.2, 0.05))}
    )
    _, away = fields(horizon=Horizon(20))
    elsewhere = Here(RULES, away)
    with pytest.raises(Mistake, match="regime-shaped-expectations: matches in lockstep"):
        lockstep(
            replace(away, regime=standing()), PAIRS, NOTHING, seed=1, repetitions=range(2),
            elsewhere=elsewhere,
        )  # fmt: skip
