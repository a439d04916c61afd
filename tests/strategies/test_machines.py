"""Automata from the literature, by what the words of their authors make them do.

That they are the published tables, state by state, is held turn for turn in `test_like_axelrod`.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import answers, meet


def fortress(n: int):
    """Let in who has withheld n times running, as long as it then accommodates."""

    def meant(other: str) -> str:
        inside, run = False, 0
        for move in other:
            if inside:
                inside = move == "C"
            else:
                run = run + 1 if move == "D" else 0
                inside = run == n
            if inside or move == "C":
                run = 0
        return "C" if inside else "D"

    return meant


LAWS = {
    "fortress-3": fortress(2),
    "fortress-4": fortress(3),
    "pun1": lambda other: "D" if not other else "C" if len(other) % 2 else other[-1],
}


@pytest.mark.parametrize("name", LAWS)
@given(other=st.text("CD", min_size=1, max_size=30))
def test_laws(name, other):
    own = answers(name, other)
    assert list(own) == [LAWS[name](other[:t]) for t in range(len(other))]


@pytest.mark.parametrize(
    ("name", "other", "own"),
    [
        ("thumper", "CCDCCCD", "CCCDDCC"),
        ("ripoff", "CCCCCC", "DCDCDC"),  # every other turn, for whoever lets it
        ("usually-cooperates", "CCCCC", "CCCCC"),
        ("usually-cooperates", "CDCCD", "CCCDC"),  # a blow for a smile after a defection
        ("usually-cooperates", "CDDCDCC", "CCCCCCD"),  # none for the last of two
        ("usually-defects", "DDDDD", "DDDDD"),
        ("usually-defects", "DCDDC", "DDDCD"),  # respect for a strike after a smile
        ("usually-defects", "DCCDCDC", "DDDDDDC"),
        ("predator", "C" * 40, None),
        ("raider", "C" * 10, "D" * 10),  # no resistance: it goes on
    ],
)
def test_named_courses(name, other, own):
    does = answers(name, other)
    if own is None:  # bred on the soft
        assert does[-20:] == "D" * 20
    else:
        assert does == own


@pytest.mark.parametrize("name", ["fortress-3", "fortress-4"])
def test_those_who_know_the_password_end_in_peace(name):
    one, two = meet(name, name, 20)
    assert one == two
    assert one[5:] == "C" * 15


def test_ripoff_settles_for_tit_for_tat_once_it_meets_resistance():
    other = "CD" + "CCDDCDCC"
    assert answers("ripoff", other)[3:] == other[2:-1]
    assert answers("ripoff", "DCD") == answers("ripoff", "CDC") == "DCC"
