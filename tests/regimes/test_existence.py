"""Whether a regime exists on a record: theory.md 1.5.3, on courses made by hand."""

import math

import numpy as np
import pytest

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.regimes import (
    Flagged,
    Injunction,
    Issue,
    Listed,
    Monitoring,
    NoMore,
    Regime,
    acceptance,
    existence,
    influential,
    records,
    strength,
)

PD = named_game("prisoners-dilemma")
C, D = PD.actions[0]
NORM = Injunction("accommodate", "norm", Listed((C,)))


def regime(*injunctions, game=PD):
    return Regime("small", (Issue("stage", game),), injunctions)


def course(*words):
    """Play, one word for each actor, C for the first action and D for the second."""
    return np.array([[int(a == "D") for a in word] for word in words]).T


def test_two_who_always_defect_have_no_regime():
    found = existence(regime(NORM), course("DDDD", "DDDD"))
    assert (found.exists, found.accepted) == (False, ())


def test_nor_do_two_who_always_take_the_same_side_where_nothing_demands_it():
    sides = named_game("pure-coordination")
    assert not existence(regime(game=sides), course("CCCC", "CCCC")).exists


def test_two_who_comply_have_one_though_its_obligation_is_untested():
    found = existence(regime(NORM), course("CCCC", "CCCC"))
    assert (found.exists, found.weak, found.accepted) == (True, False, ("accommodate",))
    assert [a.answered for a in found.evidence] == [None, None]
    assert [a.under_temptation for a in found.evidence] == [1, 1]  # D pays more at once
    assert [a.tempted for a in found.evidence] == [4, 4]


def test_practice_without_a_rule_is_a_weak_regime():
    implicit = Injunction("accommodate", "norm", Listed((C,)), implicit=True)
    found = existence(regime(implicit), course("CCCC", "CCCC"))
    assert (found.exists, found.weak) == (True, True)


def test_one_violation_that_is_answered():
    #                                      tit for tat answers the violation in period 3
    first, second = acceptance(regime(NORM), course("CCCDCCCCCC", "CCCCDCCCCC"))
    assert (first.feasible, first.violations, first.compliance) == (10, 1, 0.9)
    assert (first.after_violation, first.after_compliance) == (1, 0)
    assert (first.answered, first.accepted) == (True, True)
    # The second's own D comes after the first's; the first does not turn against it then.
    assert (second.answered, second.accepted) == (False, False)


def test_a_violation_that_nobody_minds_is_no_violation_of_an_obligation():
    first, _ = acceptance(regime(NORM), course("CCCDCCCCCC", "CCCCCCCCCC"))
    assert (first.compliance, first.answered, first.accepted) == (0.9, False, False)


@pytest.mark.parametrize(("belief", "accepted"), [(0.5, True), (0.49, False)])
def test_it_must_be_believed_to_be_expected(belief, accepted):
    found = acceptance(regime(NORM), course("CCC", "CCC"), beliefs={"accommodate": [belief, 1]})
    assert [a.accepted for a in found] == [accepted, True]


@pytest.mark.parametrize(
    ("word", "accepted"), [("C" * 7 + "D" * 3, True), ("C" * 6 + "D" * 4, False)]
)
def test_seven_in_ten_are_enough(word, accepted):
    answer = "C" + word[:-1]
    (first, _) = acceptance(regime(NORM), course(word, answer))
    assert first.accepted is accepted


def test_only_influential_actors_count():
    # The third affects nobody and does as it likes.
    payoffs = np.zeros((3, 2, 2, 2))
    payoffs[:2] = PD.payoffs[..., None]
    game = Game("with a bystander", payoffs, roles=[(0, 1)] * 3)
    norm = Injunction("accommodate", "norm", Listed(("0",)))
    small = regime(norm, game=game)
    assert influential(small) == (0, 1)
    assert existence(small, course("CCC", "CCC", "DDD")).exists
    assert not existence(small, course("CCC", "DDD", "CCC")).exists


@pytest.mark.parametrize(("x", "who"), [(5, (0, 1)), (4, (0,))])
def test_influence_begins_at_half_an_equal_share(x, who):
    # The second decides over x/(10 + x) of the first's range, the first over all of the second's:
    # a third gives it a quarter of all power, 1/(2n).
    game = Game("unequal", [[[0, x], [10, 10 + x]], [[0, 0], [1, 1]]])
    assert influential(regime(game=game)) == who


def test_strength_counts_what_is_accepted():
    other = Injunction("never back", "norm", NoMore("own"))
    both = regime(NORM, other)
    found = strength(both, ["accommodate"], convergence=0.8)
    assert (found.accepted, found.convergence, found.coverage) == (0.5, 0.8, 0)
    assert math.isnan(found.coherence)


class TestRecords:
    def test_a_standstill_forbids_to_step_back(self):
        small = regime(Injunction("never back", "norm", NoMore("own")))
        found = records(small, course("CDDCD", "DDCCC"))["never back"]
        assert found.complied.T.tolist() == [[True, False, True, True, False], [True] * 5]
        # After withholding all is allowed, and in the first period too.
        assert found.feasible[:, 0].tolist() == [False, True, False, False, True]

    def test_reciprocity_asks_for_no_more_than_was_given(self):
        small = regime(Injunction("reciprocity", "norm", NoMore("others")))
        found = records(small, course("CDD", "CCD"))["reciprocity"]
        assert found.complied.T.tolist() == [[True, False, False], [True, True, True]]

    def test_a_permission_excuses(self):
        allowed = Injunction(
            "retaliation", "rule", Listed((D,)), "permit",
            when=Flagged("accommodate", "another", 2), excepts=("accommodate",),
        )  # fmt: skip
        found = records(regime(NORM, allowed), course("CDCCCC", "CCDDDC"))["accommodate"]
        # The second may withhold in the two periods after the first's violation, not in the third.
        assert found.complied[:, 1].tolist() == [True, True, True, True, False, True]
        assert found.feasible[:, 1].tolist() == [True, True, False, False, True, True]

    def test_flags_come_late(self):
        late = Injunction("accommodate", "norm", Listed((C,)), monitoring=Monitoring(delay=1))
        answer = Injunction(
            "answer", "rule", Listed((D,)), when=Flagged("accommodate", "another", 1)
        )
        small = regime(late, answer)
        found = records(small, course("DCCC", "CCCC"))["answer"]
        assert found.holds[:, 1].tolist() == [False, False, True, False]

    def test_flags_can_be_wrong(self):
        answer = Injunction(
            "answer", "rule", Listed((D,)), when=Flagged("accommodate", "any", None)
        )
        alarm = np.array([[False, True], [False, False], [False, False]])
        small = regime(NORM, answer)
        found = records(small, course("CCC", "CCC"), flags={"accommodate": alarm})["answer"]
        assert found.holds.tolist() == [[False, False], [True, True], [True, True]]

    @pytest.mark.parametrize(
        ("played", "message"),
        [
            ([[0, 1, 1]], "each of its 2 seats; this has shape"),
            ([[0, 2]], "has an action 2"),
            ([[0.0, 1.0]], "the number of the action"),
        ],
    )
    def test_what_is_no_course(self, played, message):
        with pytest.raises(Mistake, match=message):
            records(regime(NORM), played)
