"""Strategies of other formats play here as they play there: the same file, the same actions.

What each does there is worked out by the loop that its own program has, written out below.
"""

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coopgames.experiments import run
from coopgames.games import named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.specs import load, strategy_from
from coopgames.strategies import Adapted, Strategy, strategy

PD = named_game("prisoners-dilemma")

# Written for these tests in the manner of what students hand in.
DETECTIVE = """
import numpy as np

opening = [1, 0, 1, 1]

def strategy(history, memory):
    n = history.shape[1]
    if n < 4:
        return opening[n], None
    if n == 4:
        memory = not np.any(history[1] == 0)   # exploits whoever never hit back
    if memory:
        return 0, memory
    history[1, -1] += 0
    return history[1, -1], memory
"""
WATCHER = """
class MyPlayer:
    '''Plays tit for tat until the end is near.'''

    def __init__(self, payoff_matrix, number_of_iterations=None):
        self.matrix = payoff_matrix
        self.left = number_of_iterations
        self.last = False

    def move(self):
        if self.left == 1 and self.matrix[1][0][0] > self.matrix[0][0][0]:
            return True
        return self.last

    def record_last_moves(self, my_last_move, opponent_last_move):
        self.last = opponent_last_move
        if self.left is not None:
            self.left -= 1
"""
PLAYER = """
import axelrod as axl

C, D = axl.Action.C, axl.Action.D

class TwoInThree(axl.Player):
    "Withholds after two withholdings in the last three periods."

    name = "Two in three"

    def strategy(self, opponent):
        return D if opponent.history[-3:].count(D) >= 2 else C
"""


def read(tmp_path: Path, text: str, name: str = "mine") -> Strategy:
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return strategy_from(str(path))


def against_lots(mine: Strategy, seed: int, periods: int) -> tuple[list[int], ...]:
    """Play it against one that draws lots: both sequences of actions, 0 accommodates."""
    pair = (mine, strategy("random"))
    match = Match(PD, pair, Horizon(periods), labels=("a", "b"), noise=(0.1, 0))
    first, second = np.unravel_index(course(match, seed=seed), (2, 2))
    return first.tolist(), second.tolist()


def defined(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(text, names)
    return names


@pytest.mark.parametrize("seed", range(5))
def test_history_and_memory_as_in_its_own_loop(tmp_path: Path, seed: int) -> None:
    did, other = against_lots(read(tmp_path, DETECTIVE), seed, 300)
    decide, memory, slips = defined(DETECTIVE)["strategy"], None, 0
    history = 1 - np.array([did, other])
    for t in range(300):
        choice, memory = decide(history[:, :t].copy(), memory)
        slips += int(choice) != history[0, t]
    # One in ten slips: outside these bounds with probability below 1e-6.
    assert 6 < slips < 60
    assert against_lots(read(tmp_path, DETECTIVE), seed, 300) == (did, other)


def exact(mine: Strategy, other: Strategy, periods: int, **more: Any) -> tuple[list[int], ...]:
    match = Match(PD, (mine, other), Horizon(periods, **more), labels=("a", "b"))
    first, second = np.unravel_index(course(match, seed=3), (2, 2))
    return first.tolist(), second.tolist()


@pytest.mark.parametrize("other", ["random", "tit-for-tat", "cycler(cycle='CDD')"])
def test_each_decides_as_in_its_own_loop(tmp_path: Path, other: str) -> None:
    did, theirs = exact(read(tmp_path, DETECTIVE), strategy_from(other), 300)
    decide, memory, history = defined(DETECTIVE)["strategy"], None, 1 - np.array([did, theirs])
    for t in range(300):
        choice, memory = decide(history[:, :t].copy(), memory)
        assert choice == history[0, t]

    did, theirs = exact(read(tmp_path, WATCHER), strategy_from(other), 60, known=True)
    watcher = defined(WATCHER)["MyPlayer"]((((3, 3), (0, 5)), ((5, 0), (1, 1))), 60)
    for mine, reply in zip(did, theirs, strict=True):
        assert watcher.move() is bool(mine)
        watcher.record_last_moves(bool(mine), bool(reply))
    assert did[-1] == 1

    did, theirs = exact(read(tmp_path, PLAYER), strategy_from(other), 60)
    assert did == [int(sum(theirs[max(0, t - 3) : t]) >= 2) for t in range(60)]


def test_an_end_that_is_not_known_is_left_out(tmp_path: Path) -> None:
    did, _ = exact(read(tmp_path, WATCHER), strategy("always-accommodate"), 20)
    assert did == [0] * 20


def test_what_they_are_called(tmp_path: Path) -> None:
    assert read(tmp_path, DETECTIVE).label == "mine"
    watcher, player = read(tmp_path, WATCHER), read(tmp_path, PLAYER)
    assert (watcher.label, watcher.voice) == ("mine", "Plays tit for tat until the end is near.")
    assert player.label == "Two in three"
    assert isinstance(player.rule, Adapted)
    assert read(tmp_path, 'NAME = "x"\n' + PLAYER).label == "x"


@pytest.mark.parametrize(
    "text",
    [
        'COOPERATE, DEFECT = "C", "D"\n\nclass Any:\n'
        "    def reset(self):\n        self.last = COOPERATE\n"
        "    def select_move(self):\n        return self.last\n"
        "    def record_last_moves(self, mine, theirs):\n        self.last = theirs\n",
        "class Base:\n"
        "    def record_last_moves(self, mine, theirs):\n        self.last = theirs\n\n"
        "class Mine(Base):\n    last = False\n    def move(self):\n        return self.last\n",
    ],
)
def test_variants_of_the_class_play_tit_for_tat(tmp_path: Path, text: str) -> None:
    other = strategy("random")
    assert exact(read(tmp_path, text), other, 50) == exact(strategy("tit-for-tat"), other, 50)


def test_choices_in_words(tmp_path: Path) -> None:
    text = (
        "words = ['cooperate', 'defect', 'stay silent', 'tell truth']\n"
        "def strategy(history, memory):\n    return words[history.shape[1] % 4], None\n"
    )
    did, _ = exact(read(tmp_path, text), strategy("tit-for-tat"), 8)
    assert did == [0, 1] * 4


def test_a_folder_of_all_formats_plays_in_an_experiment(tmp_path: Path) -> None:
    for name, text in {"a": DETECTIVE, "b": WATCHER, "c": PLAYER}.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    experiment = load("axelrod-1980", sets=["periods=30", "repetitions=1"], adds=[str(tmp_path)])
    assert [e.name for e in experiment.entrants[-3:]] == ["a", "b", "Two in three"]
    found = run(experiment, folder=tmp_path / "results", workers=1)
    assert {"a", "b", "Two in three"} <= set(found.standings["strategy"])


def test_luck_is_the_seats(tmp_path: Path) -> None:
    text = """
import random
from random import choice, gauss

def strategy(history, memory):
    random.seed(7)
    lots = random.random(), random.randint(1, 6), choice([0, 1]), gauss(0, 1)
    random.getrandbits(70)
    return int(lots[1] <= 2), None
"""
    lots = read(tmp_path, text)
    n = 5000
    did = exact(lots, strategy("tit-for-tat"), n)
    assert exact(lots, strategy("tit-for-tat"), n) == did
    assert exact(pickle.loads(pickle.dumps(lots)), strategy("tit-for-tat"), n) == did
    # A third accommodate; five standard deviations are left with probability 6e-7.
    assert abs(did[0].count(0) / n - 1 / 3) < 5 * np.sqrt(2 / 9 / n)
    first, second = exact(lots, lots, n)
    assert abs(np.mean(np.array(first) == np.array(second)) - 5 / 9) < 5 * np.sqrt(20 / 81 / n)


def test_a_file_that_is_read_twice_keeps_its_luck(tmp_path: Path) -> None:
    text = "import random\ndef strategy(history, memory):\n    return random.randint(0, 1), None\n"
    first = read(tmp_path, text)
    did = exact(first, strategy("tit-for-tat"), 40)
    second = read(tmp_path, text)
    for lots in (first, second, first):
        assert exact(lots, strategy("tit-for-tat"), 40) == did


def test_in_other_processes_it_is_the_same(tmp_path: Path) -> None:
    for text in (DETECTIVE, WATCHER, PLAYER):
        mine = read(tmp_path, text)
        again = pickle.loads(pickle.dumps(mine))
        assert again.digest == mine.digest
        assert exact(again, strategy("random"), 30) == exact(mine, strategy("random"), 30)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def strategy(history, memory):\n    return 1\n", r"returned 1; .* returns two values"),
        ("def strategy(history, memory):\n    return 2, None\n", r"choice 2; .* 1 to cooperate"),
        ("def strategy(history, memory):\n    return 'nice', 0\n", r"choice 'nice'; .* 1 to coop"),
        ("def strategy(history, memory):\n    return 1.0, 0\n", r"choice 1\.0; .* 1 to cooperate"),
        (
            "class P:\n    def move(self):\n        return 'C'\n"
            "    def record_last_moves(self, a, b):\n        pass\n",
            r"move\(\) returned 'C'; it returns False to cooperate or True to defect",
        ),
    ],
)
def test_answers_that_are_none(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Mistake, match=says) as caught:
        exact(read(tmp_path, text), strategy("tit-for-tat"), 5)
    assert "in period 1 against b" in str(caught.value)


BOTH = "def strategy(history, memory): return 1, 0\nclass Strategy:\n    def act(self): return 0\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOTH, r"a class Strategy and a function strategy\(history, memory\); exactly one"),
        (WATCHER + WATCHER.replace("MyPlayer", "Other"), "a class MyPlayer .* and a class Other"),
        (
            PLAYER + "\ndef strategy(mine): return 0\n",
            "a function strategy and a player TwoInThree",
        ),
        ("class MyPlayer:\n    def move(self): return 0\n", "defines no strategy; exactly one"),
        ("def strategy(history, mem): return 1, 0\n", "asks for history, mem; what it can see"),
        ("import not_to_be_found\n", r"imports not_to_be_found, which is not .* \(line 1\)"),
    ],
)
def test_a_file_must_be_one_thing(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Mistake, match=says) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "mine.py"))
    assert "\n" not in str(caught.value)


def test_without_axelrod_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys
    from importlib import metadata

    def version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setitem(sys.modules, "axelrod", None)
    monkeypatch.setattr(metadata, "version", version)
    with pytest.raises(Mistake, match=r'not installed: pip install "coopgames\[axelrod\]"'):
        read(tmp_path, PLAYER)
