"""Strategies that try the other out, against the words of their sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import answers

from coopgames.mistakes import Mistake
from coopgames.strategies import strategy

# An opening, and by what the other did in it, what follows: C or D for ever, or None, tit for tat.
OPENINGS = {
    "prober": ("DCC", lambda seen: "D" if seen[1:] == "CC" else None),
    "prober-2": ("DCC", lambda seen: "C" if seen[1:] == "DC" else None),
    "prober-3": ("DC", lambda seen: "D" if seen[1] == "C" else None),
    "hard-prober": ("DDCC", lambda seen: "D" if seen[1:3] == "CC" else None),
    "detective": ("CDCC", lambda seen: None if "D" in seen else "D"),
    "trust-detective": ("CDCC", lambda seen: None if "D" in seen[:3] else "D"),
    "gradual-killer": ("DDDDDCC", lambda seen: "D" if seen[5:] == "DD" else "C"),
}

courses = st.text("CD", min_size=8, max_size=24)


@pytest.mark.parametrize("name", OPENINGS)
@given(other=courses)
def test_an_opening_and_what_is_made_of_it(name, other):
    opening, conclude = OPENINGS[name]
    n = len(opening)
    own = answers(name, other)
    made = conclude(other[:n])
    assert own[:n] == opening
    assert own[n:] == (other[n - 1 : -1] if made is None else made * (len(other) - n))


@given(other=courses)
def test_a_collective_knows_its_own(other):
    own = answers("collective", other)
    assert own[:2] == "CD"
    for t in range(2, len(other)):
        assert own[t] == ("C" if other[:2] == "CD" and "D" not in other[2:t] else "D")


@given(other=st.text("CD", min_size=26, max_size=40))
def test_prober_4_counts_who_answers_in_kind(other):
    opening = "CCDCDDDCCDCDCCDCDDCD"
    own = answers("prober-4", other)
    deserved = sum(other[t] == "D" for t in range(19) if opening[t] == "D")
    not_deserved = sum(other[t] == "D" for t in range(19) if opening[t] == "C")
    assert own[:20] == opening
    if abs(deserved - not_deserved) <= 2:
        assert own[20:] == "D" * (len(other) - 20)
    else:
        assert own[20:] == "CCCCC" + other[24:-1]


def test_prober_4_exploits_those_who_do_not_answer():
    assert answers("prober-4", "C" * 30)[20:] == "D" * 10
    assert answers("prober-4", "D" * 30)[20:] == "D" * 10


@pytest.mark.parametrize(
    ("other", "own"),
    [
        ("CCCCCC", "CCDDDD"),  # helps itself as long as nobody minds
        ("CCDCCC", "CCDDCC"),  # caught; that was no answer, since it came in the same period
        ("CCCDDC", "CCDDCC"),  # two of its own were answered twice
        ("DCCDDC", "CCCCDD"),  # caught at once: tit for tat
    ],
)
def test_sneaky_tit_for_tat(other, own):
    assert answers("sneaky-tit-for-tat", other) == own


@pytest.mark.parametrize(("lot", "kind"), [(0.0, "C"), (0.89, "C"), (0.91, "D")])
def test_a_naive_prober_probes_one_time_in_ten(lot, kind):
    assert answers("naive-prober", "CCDC", lot=lot) == f"C{kind}{kind}D"


def test_a_remorseful_prober_takes_the_answer_without_reply():
    # The probe of the second period is answered in the third; a naive one would go on.
    assert answers("remorseful-prober", "CCDC", {1}) == "CDCC"
    assert answers("naive-prober", "CCDC", {1}) == "CDCD"
    # What was not its own fault it returns.
    assert answers("remorseful-prober", "CDC") == "CCD"


@pytest.mark.parametrize("cycle", ["C", "CD", "CCD", "CDDDDDDDDC"])
def test_a_calculator_helps_itself_to_clockwork(cycle):
    other = (cycle * 30)[:30]
    own = answers("calculator", other)
    assert own[1:20] == other[:19]  # joss, whose lots are kind here, is tit for tat
    assert own[20:] == "D" * 10


def test_a_calculator_is_tit_for_tat_to_others():
    other = "CCDCDDDCCDCDCCDCDDCD" + "CDCCDD"
    assert answers("calculator", other) == "C" + other[:-1]
    assert answers("calculator", "C" * 3, lot=0.91) == "CDD"


@pytest.mark.parametrize("name", ["naive-prober", "remorseful-prober"])
def test_a_probe_has_a_probability(name):
    with pytest.raises(Mistake, match=r"p = 1.1 is no probability"):
        strategy(name, p=1.1)
