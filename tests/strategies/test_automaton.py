import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgames.mistakes import Mistake
from coopgames.strategies import Automaton, library, memory_one, strategy

ECHO = [[[0, 1]] * 2] * 2
KIND, UNKIND = [1, 0], [0, 1]


@st.composite
def automata(draw):
    S = draw(st.integers(1, 4))
    p = draw(st.lists(st.sampled_from([0, 0.5, 1]), min_size=S, max_size=S))
    to = draw(st.lists(st.integers(0, S - 1), min_size=4 * S, max_size=4 * S))
    mix = [[x, 1 - x] for x in p]
    return Automaton(mix, np.reshape(to, (S, 2, 2)), initial=draw(st.integers(0, S - 1)))


# Tables that are none


@pytest.mark.parametrize("p", [1.5, -0.5, float("nan"), float("inf")])
def test_a_probability_lies_between_0_and_1(p):
    with pytest.raises(Mistake, match=rf"state 'cross' has probability {p:g}"):
        Automaton([KIND, [p, 1 - p]], ECHO, states=("calm", "cross"))


def test_probabilities_sum_to_1():
    with pytest.raises(Mistake, match=r"state 'cross' sum to 0\.9"):
        Automaton([KIND, [0.5, 0.4]], ECHO, states=("calm", "cross"))


@pytest.mark.parametrize("to", [2, -1, 0.5, float("nan"), float("inf")])
def test_a_transition_leads_to_a_state(to):
    following = [[[0, 1], [0, 1]], [[0, 1], [to, 1]]]
    with pytest.raises(
        Mistake, match=rf"state 'cross', own action 1, observed 0 leads to {to:g}, .* 0 to 1 only"
    ):
        Automaton([KIND, UNKIND], following, states=("calm", "cross"))


@pytest.mark.parametrize(
    ("mix", "following", "words"),
    [
        ([], [], "mix of shape"),
        (0.5, ECHO, "mix of shape"),
        ([1, 0], ECHO, "mix of shape"),
        ([[], []], ECHO, "mix of shape"),
        ([KIND, [1]], ECHO, "mix is ragged"),
        ([KIND, ["often", "seldom"]], ECHO, "mix is ragged or holds something that is not"),
        ([KIND, UNKIND], [0, 1], r"next of shape \(2,\) is no table of 2 states × 2 own actions"),
        ([KIND, UNKIND], ECHO[:1], r"next of shape \(1, 2, 2\)"),
        ([KIND, UNKIND], [[[0, 1]]] * 2, r"next of shape \(2, 1, 2\)"),
        ([KIND, UNKIND], [[[], []]] * 2, r"next of shape \(2, 2, 0\)"),
        ([KIND, UNKIND], [[[0, 1], [0]]] * 2, "next is ragged"),
    ],
)
def test_tables_have_the_right_size(mix, following, words):
    with pytest.raises(Mistake, match=words):
        Automaton(mix, following)


@pytest.mark.parametrize("initial", [2, -1, 0.5, float("nan")])
def test_the_initial_state_exists(initial):
    with pytest.raises(Mistake, match=f"initial state {initial} of 2"):
        Automaton([KIND, UNKIND], ECHO, initial=initial)


@pytest.mark.parametrize("states", [("one",), ("same", "same"), ("a", "b", "c")])
def test_every_state_has_its_own_name(states):
    with pytest.raises(Mistake, match="2 states need 2 different names"):
        Automaton([KIND, UNKIND], ECHO, states=states)


# What it is


def test_tables_cannot_be_changed():
    mix = np.array([KIND, UNKIND], dtype=float)
    rule = Automaton(mix, ECHO)
    mix[0] = UNKIND
    assert rule.mix.tolist() == [KIND, UNKIND]
    for table in (rule.mix, rule.next):
        with pytest.raises(ValueError, match="read-only"):
            table[0] = 0
    with pytest.raises(AttributeError):
        rule.initial = 1


def test_equal_tables_are_equal_whatever_the_states_are_called():
    echo = Automaton([KIND, UNKIND], ECHO)
    named = Automaton([KIND, UNKIND], ECHO, states=("was kind", "was not"))
    assert echo == named
    assert hash(echo) == hash(named)
    assert echo == strategy("tit-for-tat").rule
    assert echo != Automaton([KIND, UNKIND], ECHO, initial=1)
    assert echo != Automaton([[0.9, 0.1], UNKIND], ECHO)
    assert echo != Automaton([KIND, UNKIND], [[[0, 1]] * 2, [[1, 1]] * 2])
    assert echo != "tit-for-tat"


def test_the_sign_of_zero_does_not_count():
    assert Automaton([[1, -0.0]], [[[0, 0]] * 2]) == Automaton([[1, 0.0]], [[[0, 0]] * 2])


@given(automata())
def test_states_that_are_not_reached_from_the_start_decide_nothing(rule):
    reached = rule.reachable()
    assert rule.initial in reached
    assert set(rule.next[reached].ravel()) <= set(reached)
    assert rule.deterministic == all(rule.mix[s, 0] in {0, 1} for s in reached)


def test_an_unreachable_lottery_is_none():
    assert Automaton([KIND, [0.5, 0.5]], [[[0, 0]] * 2] * 2).deterministic
    assert not Automaton([KIND, [0.5, 0.5]], [[[0, 0], [1, 0]]] * 2).deterministic


# Does it respond?


@pytest.mark.parametrize("name", ["always-accommodate", "always-defect", "random", "alternator"])
def test_who_does_not_respond(name):
    assert not strategy(name).rule.responds


@pytest.mark.parametrize("name", ["tit-for-tat", "grim", "win-stay-lose-shift", "nydegger"])
def test_who_responds(name):
    assert strategy(name).rule.responds


def test_superfluous_states_do_not_count_as_a_response():
    assert not Automaton([KIND, KIND], ECHO).responds
    assert not memory_one(0.5, 0.5, 0.5, 0.5, 0.5).responds
    assert not memory_one(1, CC=0.3, CD=0.3, DC=0.7, DD=0.7).responds, "only to its own action"
    # Two alternators side by side, with the other's action to choose between them.
    assert not Automaton([KIND, UNKIND] * 2, [[[1, 3]] * 2, [[0, 2]] * 2] * 2).responds


def test_a_response_after_a_slip_counts():
    # It never means to withhold, but having done so it would not forgive being forgiven.
    assert Automaton([KIND, UNKIND], [[[0, 0], [1, 0]], [[1, 1]] * 2]).responds


def test_a_response_that_is_out_of_reach_does_not():
    assert not Automaton([KIND, KIND, UNKIND], [[[0, 0]] * 2, [[0, 2]] * 2, [[2, 2]] * 2]).responds


@given(automata())
def test_it_responds_if_two_courses_of_the_other_can_part_it(rule):
    start = (rule.initial, rule.initial)
    pairs, frontier = {start}, [start]
    while frontier:
        s, t = frontier.pop()
        for a in (0, 1):
            found = {(int(x), int(y)) for x in rule.next[s, a] for y in rule.next[t, a]} - pairs
            pairs |= found
            frontier += found
    assert rule.responds == any((rule.mix[s] != rule.mix[t]).any() for s, t in pairs)


# Memory one


def test_memory_one_reads_own_action_first():
    rule = memory_one(0.1, CC=0.2, CD=0.3, DC=0.4, DD=0.5)
    assert rule.states[rule.initial] == "start"
    assert rule.mix[rule.initial, 0] == 0.1
    for s in range(5):
        after = rule.mix[rule.next[s], 0]
        assert after.tolist() == [[0.2, 0.3], [0.4, 0.5]]


def test_memory_one_wants_probabilities():
    with pytest.raises(Mistake, match=r"state 'DC' has probability 1\.2"):
        memory_one(1, 1, 0, 1.2, 0)


@pytest.mark.parametrize("entry", library().values(), ids=library())
def test_tables_of_the_library_have_no_state_in_vain(entry):
    rule = entry().rule
    if isinstance(rule, Automaton):
        assert rule.reachable() == list(range(len(rule.mix)))
