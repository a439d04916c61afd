"""Those that pay no heed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import answers

from coopgames.mistakes import Mistake
from coopgames.specs import strategy_from
from coopgames.strategies import library, strategy

FAMILY = [e() for e in library().values() if e.family == "unconditional"]


@pytest.mark.parametrize("s", FAMILY, ids=lambda s: s.name)
@given(one=st.text("CD", min_size=20, max_size=20), two=st.text("CD", min_size=20, max_size=20))
def test_nothing_the_other_does_makes_a_difference(s, one, two):
    assert not s.rule.responds
    assert answers(s.name, one, lot=0.01) == answers(s.name, two, lot=0.01)


@pytest.mark.parametrize(
    ("label", "own"),
    [
        ("cycler", "CCDCCDCCD"),
        ("per_ddc", "DDCDDCDDC"),
        ("DC", "DCDCDCDCD"),
        ("FC", "CDDDDDDDD"),
        ("cycler(cycle='CD')", "CDCDCDCDC"),
        ("cycler(cycle='CDD', opening='DD')", "DDCDDCDDC"),
        ("alternator", "CDCDCDCDC"),
    ],
)
def test_courses(label, own):
    assert answers(label, "D" * 9) == own


def test_a_slip_does_not_put_a_cycle_out_of_step():
    assert answers("cycler", "C" * 9, slips={1, 4}) == "CDDCDDCCD"


@pytest.mark.parametrize("label", ["cycler(cycle='')", "cycler(cycle='CX')", "cycler(opening='c')"])
def test_a_course_is_written_with_c_and_d(label):
    with pytest.raises(Mistake, match="written with the letters C and D"):
        strategy_from(label)


@pytest.mark.parametrize("name", ["worse-and-worse", "better-and-better"])
@pytest.mark.parametrize("period", [1, 100, 500, 999, 1000, 1200])
def test_a_drift_is_a_straight_line(name, period):
    share = min(period / 1000, 1)
    p = 1 - share if name == "worse-and-worse" else share
    for lot in (p - 1e-6, p + 1e-6):
        if 0 < lot < 1:
            own = answers(name, "C" * period, lot=lot)
            assert own[-1] == ("C" if lot < p else "D")


def test_how_long_a_drift_takes_is_a_parameter():
    assert answers("better-and-better(periods=4)", "CCCCC", lot=0.6) == "DDCCC"
    with pytest.raises(Mistake, match="periods = 0 is too small"):
        strategy("worse-and-worse", periods=0)
