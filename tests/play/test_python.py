"""The Python form: the same play as the other forms, and plain words for what goes wrong."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sample import PD, automata

from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, Perception, course
from coopgames.strategies import Automaton, Python, Strategy, library, python_file, strategy


def written_out(automaton: Automaton) -> Strategy:
    """An automaton as a Python class that keeps its state."""

    class Follows:
        def __init__(self) -> None:
            self.state = automaton.initial

        def act(self, mine: Any, theirs: Any, chance: Any) -> int:
            if mine:
                self.state = int(automaton.next[self.state, mine[-1], theirs[-1]])
            return 0 if chance.random() < automaton.mix[self.state, 0] else 1

    return Strategy("s", Python(Follows))


@settings(max_examples=60, deadline=None)
@given(automata(), automata(), st.sampled_from([0.0, 0.1, 1.0]), st.integers(0, 2**40))
def test_automaton_and_python_form_play_alike(
    a: Automaton, b: Automaton, noise: float, seed: int
) -> None:
    def played(x: Strategy, y: Strategy) -> list[int]:
        sight = Perception((0.2, 0.1), public=bool(seed % 2)) if noise == 0.1 else Perception()
        match = Match(PD, (x, y), Horizon(60), noise, ("b", "a"), sight)
        return course(match, seed=seed).tolist()

    first, second = Strategy("a", a), Strategy("b", b)
    expected = played(first, second)
    assert played(written_out(a), written_out(b)) == expected
    assert played(first, written_out(b)) == expected
    assert played(written_out(a), second) == expected


def reply(mine: Any, theirs: Any) -> int:
    return theirs[-1] if theirs else 0


@pytest.mark.parametrize("name", [n for n, e in library().items() if e().form == "compiled"])
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_compiled_strategies_play_alike_beside_python(name: str, noise: float) -> None:
    """The same opponent as a table and as Python: the ordinary loop must play like the compiled."""
    horizon = Horizon(200, known=True)

    def played(other: Strategy, seat: int) -> list[int]:
        pair = (strategy(name), other) if seat == 0 else (other, strategy(name))
        labels = (name, "x") if seat == 0 else ("x", name)
        return course(Match(PD, pair, horizon, noise, labels), seed=5).tolist()

    for seat in range(2):
        assert played(Strategy("x", Python(reply)), seat) == played(strategy("tit-for-tat"), seat)


def play_one(function: Any, periods: int = 5, known: bool = False, noise: float = 0.0) -> list[int]:
    pair = (Strategy("own", Python(function)), strategy("tit-for-tat"))
    return course(Match(PD, pair, Horizon(periods, known=known), noise), seed=1).tolist()


def test_it_sees_what_it_asks_for() -> None:
    seen: list[Any] = []

    def watcher(period: int, horizon: int | None, payoffs: Any, theirs: Any, memory: Any) -> str:
        memory["calls"] = memory.get("calls", 0) + 1
        seen.append(
            (period, horizon, payoffs[0][1][0], payoffs[1][1][0], list(theirs), dict(memory))
        )
        return "D" if period == 1 else "C"

    assert play_one(watcher, 3, known=True) == [0, 2, 1]
    assert seen == [
        (0, 3, 5.0, 0.0, [], {"calls": 1}),
        (1, 3, 5.0, 0.0, [0], {"calls": 2}),
        (2, 3, 5.0, 0.0, [0, 0], {"calls": 3}),
    ]
    play_one(watcher, 1)
    assert seen[-1][1] is None
    assert seen[-1][-1] == {"calls": 1}  # memory is made anew


def test_views_cannot_be_written_to() -> None:
    def cheat(mine: Any, theirs: Any) -> int:
        if theirs:
            theirs[0] = 1
        return 0

    with pytest.raises(Mistake, match=r"own: in period 2 against tit-for-tat failed: TypeError"):
        play_one(cheat)


def test_views_read_like_lists() -> None:
    def looks(theirs: Any) -> int:
        whole = list(theirs)
        assert theirs[-2:] == whole[-2:]
        assert len(theirs) == len(whole)
        assert theirs.count(0) == whole.count(0)
        assert theirs == whole
        assert (1 in theirs) == (1 in whole)
        return len(theirs) % 2

    assert len(play_one(looks, 6)) == 6


@pytest.mark.parametrize("value", [True, 1.0, 2, -1, "X", None, [0]])
def test_what_is_no_action_is_told_so(value: Any) -> None:
    def odd(mine: Any) -> Any:
        return value if len(mine) == 2 else 0

    with pytest.raises(Mistake) as caught:
        play_one(odd)
    assert str(caught.value) == (
        f"own: in period 3 against tit-for-tat returned {value!r}, which is no action; one of "
        "0 (C), 1 (D) would be"
    )


def test_asking_for_what_is_not_shown() -> None:
    with pytest.raises(Mistake, match="asks for opponent; what it can see is mine, theirs"):
        Python(lambda mine, opponent: 0)
    with pytest.raises(Mistake, match="has no method act"):
        Python(dict)


def test_luck_is_addressed() -> None:
    draws: list[float] = []

    def gambler(chance: Any) -> int:
        draws.extend([chance.random(), chance.random(), chance.integer(1, 6), chance.choice("ab")])
        return 0

    play_one(gambler, 50)
    first = list(draws)
    draws.clear()
    play_one(gambler, 80)
    assert draws[: len(first)] == first
    assert len(set(first[::4])) == len(set(first[1::4])) == 50
    assert set(first[2::4]) <= set(range(1, 7))
    assert set(first[3::4]) == {"a", "b"}


def test_a_file_is_a_strategy(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(
        'NAME = "Echo"\n\ndef strategy(theirs):\n    return theirs[-1] if theirs else 0\n'
    )
    rule, card = python_file(path)
    assert card == {"name": "Echo"}
    pair = (Strategy("x", rule), strategy("random"))
    same = (strategy("tit-for-tat"), strategy("random"))
    labels = ("x", "random")
    assert (
        course(Match(PD, pair, Horizon(50), labels=labels), seed=2)
        == course(Match(PD, same, Horizon(50), labels=labels), seed=2)
    ).all()
    before = rule.digest
    path.write_text(path.read_text() + "# changed\n")
    assert rule.digest != before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("def strategy(theirs:\n", "line 1: is not valid Python"),
        ("x = 1 / 0\n", r"cannot be run: ZeroDivisionError: division by zero \(line 1\)"),
        ("x = 1\n", "defines no strategy"),
        ("def strategy(t): return 0\n", "asks for t"),
        ("NAME = 3\ndef strategy(): return 0\n", "NAME = 3 is not text"),
        ("class Strategy:\n    pass\n", "has no method act"),
    ],
)
def test_files_that_are_none(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mine.py"
    path.write_text(text)
    with pytest.raises(Mistake, match=says) as caught:
        python_file(path)
    assert str(path) in str(caught.value)


def test_a_fault_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("def strategy(theirs):\n    return theirs[0]\n")
    pair = (Strategy("x", python_file(path)[0]), strategy("tit-for-tat"))
    with pytest.raises(Mistake, match=r"mine\.py: in period 1 .* IndexError: .* \(line 2\)"):
        course(Match(PD, pair, Horizon(5)), seed=1)


def test_cost_is_linear_in_the_horizon() -> None:
    """Reading the last action must not copy the past: count how often a list is copied."""
    lengths: list[int] = []

    def last(theirs: Any) -> int:
        lengths.append(len(theirs[-3:]))
        return 0

    play_one(last, 500)
    assert max(lengths) == 3


@pytest.mark.parametrize("form", ["compiled", "python"])
def test_strategies_are_shown_what_drives_choice(form: str) -> None:
    """In a stag hunt an optimist plays stag; by relative gains of 1/2 the hare dominates it."""
    from coopgames.games import named_game, relative_gains
    from coopgames.play import Horizon, Match, course
    from coopgames.strategies import Python, Strategy, strategy

    def best_if_met(payoffs: Any) -> int:
        return 0 if payoffs[0][0][0] >= payoffs[0][1][0] else 1

    mine = {
        "compiled": strategy("shadow-of-the-future", delta=0.0, start=1.0),
        "python": Strategy("best-if-met", Python(best_if_met)),
    }[form]
    hunt = named_game("stag-hunt")
    for game, played in ((hunt, 0), (relative_gains(hunt, 0.5), 3)):
        assert course(Match(game, (mine, mine), Horizon(3)), seed=1).tolist() == [played] * 3
