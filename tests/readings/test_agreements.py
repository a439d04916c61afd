"""Agreements (theory.md 1.5.12); every number is counted by hand."""

import numpy as np
import pytest

from coopgames.games import Game, named_game
from coopgames.readings import Message, account, agreements, lens
from coopgames.readings.rule import Rule

PD = lens(named_game("prisoners-dilemma"), Rule())
POT = lens(named_game("public-goods"), Rule())  # four who give (0) or not
SILENT = (1, 2, 3)


def test_the_worked_example():
    """Two countries with tariffs in steps: 3 each in their own interest, none at best.

    A asks for free trade for free trade (period 2); B rejects it and offers 1 for 2 (period 4); A
    asks whether that is meant, and accepts (period 5). Messages: the offer, the rejection, the
    counter-offer, the question, the acceptance: 5, over 3 periods. A goes from 3 to 2 and B from 3
    to 1: 3 steps. Later (8) B offers free trade and A accepts at once: 2 messages, 0 periods, 6
    steps.
    """
    t = np.arange(4)
    u = 6 * t[:, None] - t[:, None] ** 2 - 9 * t[None, :]  # best for oneself: 3
    game = Game("steps", [u, u.T], [tuple("0123")] * 2, roles=[tuple(range(4))] * 2)
    messages = (
        Message(2, 0, "offer", demand=0, then=0),
        Message(4, 1, "reject"),
        Message(4, 1, "offer", demand=2, then=1),
        Message(5, 0, "inform"),
        Message(5, 0, "accept"),
        Message(8, 1, "offer", demand=0, then=0),
        Message(8, 0, "accept"),
    )
    first, second = agreements(lens(game, Rule()), messages)
    assert (first.period, first.parties, first.actions) == (5, (0, 1), (2, 1))
    assert (first.messages, first.periods, first.depth) == (5, 3, 3)
    assert (second.messages, second.periods, second.depth) == (2, 0, 6)
    # Measured from a pre-window in which A had a tariff of 2 and B one of 1, the first is none.
    course = [[2, 1]] * 4 + [[2, 1]] * 8
    read = account(game, course, messages=messages, prewindow=4)
    assert [a.depth for a in read.agreements] == [0, 3]


def test_steps_are_those_of_roles():
    """The game's own order is another one than that of roles: 2 steps, not 1."""
    u = np.array([[1, 3, 0], [4, 6, 1], [2, 4, 0.5]])
    game = Game("mixed up", [u, u.T], roles=[(1, 0, 2)] * 2)
    seen = lens(game, Rule())
    assert np.flatnonzero(seen.regarding).tolist() == [4]  # both take their action 1
    (found,) = agreements(seen, (Message(0, 0, "offer", demand=1, then=2), Message(0, 1, "accept")))
    assert found.depth == 2


@pytest.mark.parametrize("kind", ["threat", "demand", "sanction_notice", "inform", "announce"])
def test_to_give_in_is_no_agreement(kind):
    assert agreements(PD, (Message(0, 0, kind, demand=0, then=0), Message(1, 1, "accept"))) == ()


def test_nobody_agrees_with_itself_or_with_what_was_withdrawn():
    offer = Message(0, 0, "offer", demand=0, then=0)
    assert agreements(PD, (offer, Message(1, 0, "accept"))) == ()
    assert agreements(PD, (offer, Message(1, 1, "reject"), Message(2, 1, "accept"))) == ()
    assert agreements(PD, (Message(1, 1, "accept"), offer)) == ()
    assert len(agreements(PD, (offer, Message(1, 1, "accept"), Message(2, 1, "accept")))) == 1


def test_what_was_not_said_has_no_depth():
    (found,) = agreements(PD, (Message(0, 0, "offer"), Message(0, 1, "accept")))
    assert (found.actions, found.depth) == ((None, None), None)
    (found,) = agreements(PD, (Message(0, 0, "promise", then=0), Message(0, 1, "accept")))
    assert (found.actions, found.depth) == ((0, None), 1)


def test_all_whom_it_was_made_to_must_accept():
    offer = Message(0, 0, "offer", demand=0, then=0)
    said = [offer, *(Message(i, i, "accept") for i in SILENT)]
    assert agreements(POT, said[:-1]) == ()
    (found,) = agreements(POT, said)
    assert (found.parties, found.messages, found.periods) == ((0, 1, 2, 3), 4, 3)
    assert found.depth == 4
    refused = [offer, Message(1, 1, "accept"), Message(2, 2, "reject"), Message(3, 3, "accept")]
    assert agreements(POT, [*refused, Message(4, 2, "accept")]) == ()


def test_a_pact_of_some_is_theirs():
    """What the third and the first say to the fourth meanwhile does not count."""
    (found,) = agreements(
        POT,
        (
            Message(0, 0, "offer", to=(1,), demand=0, then=0),
            Message(1, 2, "inform", to=(3,)),
            Message(1, 0, "inform", to=(3,)),
            Message(1, 3, "accept", to=(2,)),
            Message(2, 1, "accept"),
        ),
    )
    assert (found.parties, found.messages, found.periods, found.depth) == ((0, 1), 2, 2, 2)


def test_an_answer_is_to_the_latest_offer_or_to_whom_it_names():
    offers = (
        Message(0, 0, "offer", to=(2,), demand=0, then=0),
        Message(1, 1, "offer", to=(2,), demand=0, then=1),
    )
    (latest,) = agreements(POT, (*offers, Message(2, 2, "accept")))
    (named,) = agreements(POT, (*offers, Message(2, 2, "accept", to=(0,))))
    assert (latest.parties, named.parties) == ((1, 2), (0, 2))
