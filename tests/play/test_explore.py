"""Strategies become automata: what is proved is the same, what is tested need not be."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit
from numba.extending import register_jitable
from test_sample import PD, automata, deterministic_automata, interpreted

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, course
from coopgames.play.explore import Explored, read, to_automaton
from coopgames.strategies import Automaton, Compiled, Python, Strategy, draw, library, strategy


def explored(rule: Any, **options: Any) -> Explored:
    form = rule if isinstance(rule, Compiled) else Python(rule)
    return to_automaton(Strategy("own", form), **options)


def table(name: str) -> Automaton:
    rule = strategy(name).rule
    assert isinstance(rule, Automaton)
    return rule.minimal()


# The smallest automaton that behaves alike


def apart(a: Automaton, b: Automaton) -> bool:
    """Whether some course tells two automata apart, on their product."""
    seen, frontier = {(a.initial, b.initial)}, [(a.initial, b.initial)]
    for s, t in frontier:
        if (a.mix[s] != b.mix[t]).any():
            return True
        following = zip(a.next[s].ravel().tolist(), b.next[t].ravel().tolist(), strict=True)
        frontier += sorted(set(following) - seen)
        seen |= set(frontier)
    return False


@settings(max_examples=200, deadline=None)
@given(automata(6), automata(3), st.randoms())
def test_minimal_is_the_same_strategy_whatever_the_states_were(
    a: Automaton, b: Automaton, luck: Any
) -> None:
    small = a.minimal()
    assert not apart(a, small)
    assert len(small.mix) <= len(a.mix)
    assert small.minimal() == small
    assert set(small.states) <= set(a.states)
    assert (small == b.minimal()) is not apart(a, b)
    # The same with its states twice over and in another order.
    n = len(a.mix)
    to = a.next + n * np.array([luck.randrange(2) for _ in range(4 * n)]).reshape(n, 2, 2)
    order = luck.sample(range(2 * n), 2 * n)
    place = np.argsort(order)
    doubled = Automaton(
        np.tile(a.mix, (2, 1))[order], place[np.tile(to, (2, 1, 1))[order]], int(place[a.initial])
    )
    assert doubled.minimal() == small


@pytest.mark.parametrize("name", [n for n, e in library().items() if e().form == "automaton"])
def test_an_automaton_is_made_minimal(name: str) -> None:
    found = to_automaton(strategy(name))
    assert found.automaton == table(name)
    assert (found.evidence, found.courses) == ("proved", 0)


def test_grim_by_another_name() -> None:
    assert table("friedman") == table("grim")
    assert len(table("nydegger").mix) < 85


# Known strategies, written as compiled functions


def _tit_for_tat(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 0 if seen.period == 0 else seen.observed


def _suspicious(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return int(seen.observed) if 0 < seen.period else 1  # noqa: SIM300


def _two_tats(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    memory[0] = memory[0] + 1 if seen.observed == 1 else 0
    memory[0] = min(memory[0], 2.0)
    return 1 if memory[0] >= 2 else 0


def _grim(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    memory[0] = max(memory[0], seen.observed)
    return int(memory[0])


def _win_stay(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """Win-stay lose-shift by what it earned, in the way of Pavlov's dog."""
    if seen.period == 0:
        return 0
    earned = payoffs[0, seen.own, seen.observed]
    won = earned in (payoffs[0, 0, 0], payoffs[0, 1, 0])
    return int(seen.own if won else 1 - seen.own)


def _contrite(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """Two standings: it is bad to withhold unless one is in good and the other in bad standing."""
    if seen.period > 0:
        mine, theirs = memory[0], memory[1]
        if mine == 1:
            memory[0] = seen.own
            memory[1] = 0
        elif theirs == 1:
            memory[1] = seen.observed
        elif seen.own != seen.observed:
            memory[0], memory[1] = seen.own, seen.observed
    return int(memory[1])


def _davis(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    if seen.period > 0 and memory[0] < memory[2]:
        memory[0] += 1
    if seen.observed == 1:
        memory[1] = 1
    return _angry(memory, seen) if memory[0] >= memory[2] else 0


@register_jitable
def _angry(memory: Any, seen: Any) -> int:
    if seen.own < 0:
        return 0
    return 1 if memory[1] == 1 else 0


_LIST = np.zeros(64)
_LIST[[1, 6, 7, 17, 22, 23, 26, 29, 30, 31, 33, 38, 39, 45, 49, 54, 55, 58, 61]] = 1


def _nydegger(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """Keep: moves so far up to 3, and the last three outcomes in base 4, the latest as 16."""
    if seen.period == 0:
        return 0
    memory[0] = min(memory[0] + 1, 3)
    memory[1] = memory[1] // 4 + 16 * (seen.own + 2 * seen.observed)
    if memory[0] == 3:
        return int(_LIST[int(memory[1])])
    if memory[0] == 2 and memory[1] == 4 * 2 + 16 * 1:
        return 1
    return int(seen.observed)


def _alternator(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    memory[0] = 1 - memory[0]
    return int(1 - memory[0])


COMPILED = {
    "tit-for-tat": Compiled(_tit_for_tat),
    "suspicious-tit-for-tat": Compiled(_suspicious),
    "tit-for-two-tats": Compiled(_two_tats, (0.0,)),
    "grim": Compiled(_grim, (0.0,)),
    "win-stay-lose-shift": Compiled(_win_stay),
    "contrite-tit-for-tat": Compiled(_contrite, (0.0, 0.0)),
    "davis": Compiled(_davis, (0.0, 0.0, 10.0)),
    "nydegger": Compiled(_nydegger, (0.0, 0.0)),
    "alternator": Compiled(_alternator, (0.0,)),
}


@pytest.mark.parametrize("name", COMPILED)
def test_compiled_strategies_are_proved(name: str) -> None:
    found = explored(COMPILED[name])
    assert found.automaton == table(name)
    assert (found.evidence, found.courses) == ("proved", 0)
    assert "no period, horizon or chance" in found.reason
    read_payoffs = name == "win-stay-lose-shift"
    assert ("the payoffs of prisoners-dilemma" in found.reason) == read_payoffs
    assert ("any payoffs" in found.reason) != read_payoffs


def test_what_is_proved_is_proved_for_the_payoffs_shown() -> None:
    # In the stag hunt it earns more with the other's stag than without, so nothing changes; in
    # chicken written with other payoffs, the same number for two outcomes makes a loss a win.
    assert explored(COMPILED["win-stay-lose-shift"], game=named_game("stag-hunt")).automaton == (
        table("win-stay-lose-shift")
    )
    flat = Game("flat", [[[3, 0], [3, 3]], [[3, 3], [0, 3]]], roles=((0, 1), (0, 1)))
    found = explored(COMPILED["win-stay-lose-shift"], game=flat)
    assert found.automaton != table("win-stay-lose-shift")
    assert "the payoffs of flat" in found.reason


@register_jitable
def _machine(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """An automaton whose table stands in memory, as `test_sample.interpreted`, without lots."""
    states = int(memory[1])
    if seen.period > 0:
        memory[0] = memory[2 + states + int(memory[0]) * 4 + seen.own * 2 + seen.observed]
    return int(memory[2 + int(memory[0])])


def machine(automaton: Automaton) -> Compiled:
    cells = [automaton.initial, len(automaton.mix), *automaton.mix[:, 1], *automaton.next.ravel()]
    return Compiled(_machine, tuple(float(x) for x in cells))


@settings(max_examples=150, deadline=None)
@given(deterministic_automata(12))
def test_any_automaton_comes_back_from_its_compiled_form(automaton: Automaton) -> None:
    found = explored(machine(automaton))
    assert found.evidence == "proved"
    assert found.automaton == automaton.minimal()
    assert not apart(found.automaton, automaton)


# What is never proved


@pytest.mark.parametrize("name", ["shubik", "gradual"])
def test_unbounded_counters_are_never_proved(name: str) -> None:
    found = to_automaton(strategy(name), courses=10, limit=400)
    assert found.evidence == "tested"
    assert found.courses == 10
    assert "its memory takes more than 400 contents" in found.reason
    with pytest.raises(Mistake, match=f"{name} needs more than 20 states"):
        to_automaton(strategy(name), courses=10, limit=20)


@pytest.mark.parametrize("name", ["stein-rapoport", "tideman-chieruzzi", "downing"])
def test_who_reads_the_clock_is_not_proved(name: str) -> None:
    with pytest.raises(Mistake, match=f"{name} needs more than 40 states"):
        to_automaton(strategy(name), courses=10, limit=40)


def test_what_the_library_reads() -> None:
    def reads(name: str) -> set[str]:
        rule = strategy(name).rule
        assert isinstance(rule, Compiled)
        reading = read(rule.function)
        assert not reading.unclear
        return reading.reads

    known = {
        "downing": {"period", "payoffs"},
        "feld": {"period", "chance"},
        "graaskamp": {"period", "chance"},
        "gradual": set(),
        "shubik": set(),
        "stein-rapoport": {"period", "horizon"},
        "tideman-chieruzzi": {"period", "horizon", "payoffs"},
        "tullock": {"period", "chance"},
    }
    assert {name: reads(name) for name in known} == known


def test_the_end_of_a_known_horizon_is_not_seen() -> None:
    found = explored(Compiled(_last))
    assert found.automaton == table("tit-for-tat")
    assert found.evidence == "tested"
    assert "its code reads the period and the horizon" in found.reason
    assert "a horizon that is not known" in found.reason


def _last(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    if seen.period == seen.horizon - 1:
        return 1
    return 0 if seen.period == 0 else seen.observed


def test_a_counter_of_its_own_is_proved_where_the_clock_is_only_tested() -> None:
    found = explored(Compiled(_davis_by_the_clock, (0.0,)), courses=100)
    assert found.automaton == table("davis")
    assert found.evidence == "tested"
    assert "its code reads the period; agrees with its play on 100 courses" in found.reason


def _davis_by_the_clock(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    memory[0] = max(memory[0], seen.observed)
    return int(memory[0]) if seen.period >= 10 else 0


@pytest.mark.parametrize("name", ["feld", "tullock", "graaskamp"])
def test_who_draws_lots_is_refused(name: str) -> None:
    with pytest.raises(Mistake, match=f"{name} draws lots"):
        to_automaton(strategy(name))


@given(automata())
def test_a_lottery_that_is_none_is_refused_too(automaton: Automaton) -> None:
    with pytest.raises(Mistake, match="draws lots"):
        to_automaton(interpreted(automaton))


# How code is read


def _helped(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return _helper(seen, chance)


def _helper(what: Any, luck: Any) -> int:
    return 1 if what.period > 3 or draw(luck, 1) < 0.1 else 0


def _not_needed(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return _ignores(chance, seen.observed)


def _ignores(luck: Any, observed: int) -> int:
    return 1 if observed == 1 else 0


def _jitted(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return int(_jitted_helper(chance, seen.observed))


_jitted_helper = njit(_ignores)


def _unpacks(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    _, observed, _, _, _ = seen
    return 1 if observed == 1 else 0


def _numpy_luck(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 1 if np.random.random() < 0.5 else 0  # noqa: NPY002


def _leftovers(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 1 if np.empty(3)[1] > 0 else 0


def _arrays(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    for i in range(len(memory) - 1):
        memory[i] = memory[i + 1]
    memory[-1] = seen.observed
    return 1 if np.sum(np.abs(memory)) + memory.sum() >= np.float64(2.0) else 0


def _steps_of_period(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 0 if 0 < seen.period < 9 else 1


def _luck_renamed(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    key = chance
    return 1 if draw(key, 0) < 0.5 else 0


@pytest.mark.parametrize(
    ("function", "reads", "unclear"),
    [
        (_helped, {"period", "chance"}, ""),
        (_not_needed, set(), ""),
        (_jitted, set(), ""),
        (_unpacks, set(), "what becomes of seen"),
        (_numpy_luck, set(), "np.random.random"),
        (_leftovers, set(), "np.empty"),
        (_arrays, set(), ""),
        (_steps_of_period, {"period"}, ""),
        (_luck_renamed, {"chance"}, ""),
        (_win_stay, {"payoffs"}, ""),
        (_nydegger, set(), ""),
        (lambda memory, seen, payoffs, chance: 0, set(), "no plain definition"),
    ],
)
def test_what_code_reads(function: Any, reads: set[str], unclear: str) -> None:
    reading = read(function)
    assert reading.reads == reads
    assert unclear in reading.unclear
    assert bool(unclear) == bool(reading.unclear)


def test_what_is_not_understood_is_tested() -> None:
    line = _unpacks.__code__.co_firstlineno + 1
    found = explored(Compiled(_unpacks), courses=50)
    assert found.automaton == table("tit-for-tat")
    assert found.evidence == "tested"
    assert f"not understood: what becomes of seen in line {line}" in found.reason


def test_luck_of_its_own_is_found_out() -> None:
    with pytest.raises(Mistake, match="acts differently after the same history"):
        explored(Compiled(_numpy_luck))


def test_what_plain_python_finds_fault_with_is_not_proved() -> None:
    found = explored(Compiled(_out_of_bounds, (1.0,)), courses=5)
    assert found.evidence == "tested"
    assert "it raises IndexError" in found.reason


def _out_of_bounds(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 0 if memory[1] == 3.14 else int(memory[0]) - 1


def test_payoffs_are_no_memory() -> None:
    found = explored(Compiled(_scribbles), courses=20)
    assert found.evidence == "tested"
    assert "it writes to the payoffs" in found.reason
    assert found.automaton == table("grim")


def _scribbles(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    if seen.observed == 1:
        payoffs[0, 0, 0] = -99
    return 1 if payoffs[0, 0, 0] == -99 else 0


def test_no_action() -> None:
    with pytest.raises(Mistake, match="own returned 2, which is no action"):
        explored(Compiled(_adds))


def _adds(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    return 0 if seen.period == 0 else seen.own + seen.observed


# Python strategies


def tit_for_tat(mine: Any, theirs: Any) -> int:
    return int(theirs[-1]) if theirs else 0


def tit_for_two_tats(theirs: Any) -> str:
    return "D" if theirs[-2:] == [1, 1] else "C"


def grim(theirs: Any, memory: Any) -> int:
    memory["crossed"] = memory.get("crossed", 0) or (theirs[-1] if theirs else 0)
    return int(memory["crossed"])


def win_stay(mine: Any, theirs: Any, payoffs: Any) -> int:
    if not mine:
        return 0
    won = payoffs[0][mine[-1]][theirs[-1]] >= payoffs[0][0][0]
    return int(mine[-1] if won else 1 - mine[-1])


class Contrite:
    def __init__(self) -> None:
        self.mine = self.theirs = True  # in good standing

    def act(self, mine: Any, theirs: Any) -> int:
        if mine:
            kept = self.mine, self.theirs
            self.mine = mine[-1] == 0 or (kept[0] and not kept[1])
            self.theirs = theirs[-1] == 0 or (kept[1] and not kept[0])
            if kept == (True, True) and mine[-1] == theirs[-1] == 1:
                self.mine = self.theirs = True
        return 1 if self.mine and not self.theirs else 0


def davis(theirs: Any, period: int) -> int:
    return 1 if period >= 10 and 1 in theirs else 0


def nydegger(mine: Any, theirs: Any) -> int:
    past = [a + 2 * o for a, o in zip(mine, theirs, strict=True)]
    if len(past) < 3:
        return 1 if past == [2, 1] or (past and past[-1] >= 2) else 0
    return int(_LIST[16 * past[-1] + 4 * past[-2] + past[-3]])


PYTHON = {
    "tit-for-tat": tit_for_tat,
    "tit-for-two-tats": tit_for_two_tats,
    "grim": grim,
    "win-stay-lose-shift": win_stay,
    "contrite-tit-for-tat": Contrite,
    "davis": davis,
    "nydegger": nydegger,
}


@pytest.mark.parametrize("name", PYTHON)
def test_python_strategies_are_learnt(name: str) -> None:
    courses = 400 if name == "nydegger" else 60
    found = explored(PYTHON[name], courses=courses, seed=3)
    assert found.automaton == table(name)
    assert (found.evidence, found.courses) == ("tested", courses)
    assert f"agrees with its play on {courses} courses of 200 periods" in found.reason


@settings(max_examples=25, deadline=None)
@given(deterministic_automata(8), st.integers(0, 1000))
def test_what_is_learnt_does_what_was_seen(automaton: Automaton, seed: int) -> None:
    """With few courses another automaton may be found, but none that the courses refute."""

    def follow(mine: Any, theirs: Any) -> int:
        state = automaton.initial
        for own, other in zip(mine, theirs, strict=True):
            state = int(automaton.next[state, own, other])
        return int(automaton.mix[state, 1])

    found = explored(follow, courses=3, seed=seed)
    assert found.evidence == "tested"
    assert len(found.automaton.mix) <= len(automaton.minimal().mix)
    assert found == explored(follow, courses=3, seed=seed)


@pytest.mark.parametrize("form", ["compiled", "python"])
@pytest.mark.parametrize("seed", range(10))
def test_random_automata_are_learnt_from_play(form: str, seed: int) -> None:
    """By the fallback, which the compiled form takes where it has no room to follow memory."""
    luck = np.random.default_rng(seed)
    automaton = Automaton(
        np.eye(2)[luck.integers(0, 2, 10)], luck.integers(0, 10, (10, 2, 2))
    ).minimal()

    class Follows:
        def __init__(self) -> None:
            self.state = automaton.initial

        def act(self, mine: Any, theirs: Any) -> int:
            if mine:
                self.state = int(automaton.next[self.state, mine[-1], theirs[-1]])
            return int(automaton.mix[self.state, 1])

    rule: Any = Follows
    if form == "compiled":
        cells = machine(automaton).memory
        rule = Compiled(_machine_with_a_clock, (*cells, 0.0))
    found = explored(rule, courses=40)
    assert found.evidence == "tested"
    assert found.automaton == automaton


def _machine_with_a_clock(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    memory[-1] += 1
    return _machine(memory, seen, payoffs, chance)


def test_tested_is_not_proved() -> None:
    """A strategy may keep its secret for a history that no course happens to have."""
    found = explored(secretive)
    assert found.automaton == table("tit-for-tat")
    assert (found.evidence, found.courses) == ("tested", 1000)
    # And yet it is not tit for tat: thirty moves of its own choosing and it defects for ever.
    password = Strategy("password", Python(says_it))
    pairs = [(Strategy("x", Python(secretive)), password), (strategy("tit-for-tat"), password)]
    one, other = (course(Match(PD, pair, Horizon(40)), seed=1) for pair in pairs)
    assert one[:30].tolist() == other[:30].tolist()
    assert (one[30:] // 2 == 1).all()  # withholds
    assert (other[31:] // 2 == 0).all()


SECRET = [int(x) for x in "011010011001011010010110011010"]


def secretive(mine: Any, theirs: Any) -> int:
    if theirs[:30] == SECRET:
        return 1
    return theirs[-1] if theirs else 0


def says_it(period: int) -> int:
    return SECRET[period] if period < 30 else 0


def test_the_same_secret_in_compiled_code_is_proved() -> None:
    """Followed through memory nothing stays hidden: the automaton has the secret in it."""
    found = explored(Compiled(_secretive, (0.0, *SECRET)))
    assert found.evidence == "proved"
    tft = table("tit-for-tat")
    assert found.automaton != tft
    s, t = found.automaton.initial, tft.initial
    for step, other in enumerate([*SECRET, 0, 0]):
        assert (found.automaton.mix[s] == tft.mix[t]).all() == (step < 31)
        s, t = found.automaton.next[s, 0, other], tft.next[t, 0, other]


def _secretive(memory: Any, seen: Any, payoffs: Any, chance: Any) -> int:
    """Keep: how much of the secret was heard, −1 once it cannot be, and the secret."""
    if seen.period == 0:
        return 0
    if memory[0] == 30:
        return 1
    if memory[0] >= 0:
        heard = int(memory[0])
        memory[0] = heard + 1 if seen.observed == memory[1 + heard] else -1
    return int(seen.observed)


def draws_twice(chance: Any) -> int:
    return int(chance.random() < chance.random())


def two_thresholds(chance: Any) -> int:
    return int(0.2 < chance.random() < 0.7)


def generous(theirs: Any, chance: Any) -> int:
    return int(bool(theirs) and theirs[-1] == 1 and chance.random() >= 1 / 3)


def test_a_lottery_of_one_number_a_period_is_learnt_exactly() -> None:
    found = explored(generous)
    assert found.automaton == table("generous-tit-for-tat")  # whose q is 1/3
    assert found.evidence == "tested"


def tosses() -> int:
    return int(random.random() < 0.5)


def forgets_nothing(theirs: Any, log: Any = []) -> int:  # noqa: B006
    log.append(1)
    return int(len(log) > 1000)


def counts(theirs: Any) -> int:
    return int(sum(theirs) ** 2 > 2 * len(theirs))


def fails(theirs: Any) -> int:
    return int(1 / (3 - len(theirs)) > 9)


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (draws_twice, "own draws more than one number in period 1"),
        (two_thresholds, "does not go by one number a period held against a threshold"),
        (tosses, "acts differently after the same history of 0 periods"),
        (forgets_nothing, "or keeps something from one match to the next"),
        (counts, "own needs more than 50 states to explain what it does"),
        (fails, r"own: in period 4 against a random course failed: ZeroDivisionError"),
        (lambda theirs: 0.0, "returned 0.0, which is no action"),
    ],
)
def test_what_cannot_be_an_automaton_is_refused(function: Any, says: str) -> None:
    with pytest.raises(Mistake, match=says):
        explored(function, limit=50, courses=50)


def test_bad_conditions_are_refused() -> None:
    with pytest.raises(Mistake, match="limit = 0 and courses = 10 must both be at least 1"):
        explored(tit_for_tat, limit=0, courses=10)
    three = Game("three", [[[3, 2, 1]] * 3, [[3] * 3, [2] * 3, [1] * 3]])
    with pytest.raises(Mistake, match="written for two actions"):
        explored(tit_for_tat, game=three)
    pennies = Game("pennies", [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    with pytest.raises(Mistake, match="does not say which action accommodates"):
        explored(tit_for_tat, game=pennies)
