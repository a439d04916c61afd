"""Threats and promises carried out, against their definitions; slips of one's own hand included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import answers

from coopgames.mistakes import Mistake
from coopgames.strategies import strategy


def breaches(own: str, other: str) -> str:
    """Write D for a period in which either withheld."""
    return "".join("D" if "D" in a + b else "C" for a, b in zip(own, other, strict=True))


def limited(n: int, offers: int):
    """Punish n periods from a defection on, then offer; meanwhile nothing counts but the last."""

    def meant(_own: str, other: str) -> str:
        t = 0
        while t < len(other):
            if other[t] == "C":
                t += 1
            elif len(other) - t <= n:
                return "D"
            elif len(other) - t <= n + offers:
                return "C"
            else:
                t += n + offers
        return "C"

    return meant


# What is meant, given what was realised before: (own, other) -> action.
LAWS = {
    "grim": lambda _, other: "D" if "D" in other else "C",
    "GRIM": lambda own, other: "D" if "D" in own + other else "C",
    "GRIM2": lambda own, other: "D" if "DD" in breaches(own, other) else "C",
    "GRIM3": lambda own, other: "D" if "DDD" in breaches(own, other) else "C",
    "DGRIM2": lambda own, other: "D" if not own or "DD" in breaches(own, other) else "C",
    "limited-punishment": limited(3, 1),
    "soft-grudger": limited(4, 2),
    "limited-punishment(n=2, offers=0)": limited(2, 0),
    "fool-me-once": lambda _, other: "D" if other.count("D") >= 2 else "C",
    "ultimatum": lambda own, other: "D" if len(own) >= 5 and "D" in other[4:] else "C",
    "ultimatum(n=1)": lambda _, other: "D" if "D" in other else "C",
    "bully": lambda _, other: "C" if other[-1:] == "D" else "D",
    "easy-go": lambda _, other: "C" if "D" in other else "D",
    "opposite-grudger": lambda _, other: "C" if "C" in other else "D",
    "fait-accompli": lambda own, other: ["D", "D", "C", *other[2:]][len(own)],
    "salami-tactics": lambda own, other: (
        other[-1] if "D" in other else "CCCCD"[len(own) % 5]
    ),
    "grudge-alternator": lambda own, other: (
        {"C": "D", "D": "C"}[own[-1]] if "D" in other else "C"
    ),
    "deadline": lambda _, other: other[-1:] or "D",
}  # fmt: skip


@pytest.mark.parametrize("name", LAWS)
@given(other=st.text("CD", min_size=1, max_size=40), slips=st.sets(st.integers(0, 39), max_size=8))
def test_laws(name, other, slips):
    own = answers(name, other, slips)
    for t in range(len(other)):
        assert (own[t] == LAWS[name](own[:t], other[:t])) != (t in slips)


@pytest.mark.parametrize(
    ("name", "other", "own"),
    [
        # Two periods of war; it gives in if the other does not, and then for ever.
        ("bluff", "CDDDCDD", "CCDDCCC"),
        ("bluff", "CDCCDDDD", "CCDCCDDC"),
        # It has paid for three periods, and pays anew once the other accommodates.
        ("compensation", "DDCCDDCDDDC", "CCCCCDDCCCD"),
        # The n-th step up the ladder is n periods of withholding.
        ("escalation", "CDCCDCCCC", "CCDCCDCCC"),
        ("escalation", "DCDCCCDCCC", "CDCDDCCDDC"),  # two rungs up, one down, and up again
        # The stick has to be taken by both: who does not take it makes it begin again.
        ("stick-and-carrot", "CDDCC", "CCDCC"),
        ("stick-and-carrot", "CDCCDC", "CCDDDC"),
        ("stick-and-carrot(n=2)", "CDDDCC", "CCDDCC"),
        # Eleven periods for two defections in a row, none for one.
        ("once-bitten", "CDCDD" + "C" * 14, "CCCCC" + "D" * 11 + "CCC"),
        ("forgetful-grudger", "CD" + "C" * 13, "CC" + "D" * 10 + "CCC"),
    ],
)
def test_named_courses(name, other, own):
    assert answers(name, other) == own


def test_a_slip_of_ones_own_calls_for_the_stick_too():
    assert answers("stick-and-carrot", "CCDCC", {1}) == "CDDCC"


def test_a_deadline_makes_it_give_way():
    assert answers("deadline", "D" * 30, horizon=30) == "D" * 20 + "C" * 10
    assert answers("deadline(last=3)", "DCDDDD", horizon=6) == "DDCCCC"
    assert answers("deadline", "D" * 30) == "D" * 30


@pytest.mark.parametrize(("lot", "own"), [(0.0, "CCCCCC"), (0.74, "CCCCCC"), (0.76, "CCDDDD")])
def test_on_the_brink_a_crisis_is_a_lottery(lot, own):
    assert answers("brinkmanship", "CDDCCC", lot=lot) == own


def test_over_the_brink_by_a_slip():
    assert answers("brinkmanship", "CDCCC", {2}) == "CCDDD"
    assert answers("brinkmanship", "CCCCC", {2}) == "CCDCC"  # there was no crisis


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("grim", {"n": 0}, "must be at least 1"),
        ("grim", {"trigger": "mine"}, "other .* or either"),
        ("grim", {"opening": "X"}, "must be C or D"),
        ("limited-punishment", {"trigger": "either", "offers": 0}, "would never end"),
        ("stick-and-carrot", {"actions": 1}, "must be at least 2"),
        ("salami-tactics", {"n": 1}, "must be at least 2"),
        ("brinkmanship", {"p": 1.5}, "is no probability"),
        ("deadline", {"last": -1}, "must be at least 0"),
    ],
)
def test_mistakes(name, parameters, said):
    with pytest.raises(Mistake, match=said):
        strategy(name, **parameters)
