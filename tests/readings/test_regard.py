"""Regard, inducements, forms, aftermath, coalitions: the numbers of theory.md 1.3 and 1.1.4."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_account import CUTS, GRID
from test_figure1 import BATTLE, CC, CD, CHICKEN, DC, DD, PD, STAG, offer

from coopgames.games import Game, named_game
from coopgames.mistakes import Mistake
from coopgames.readings import (
    FORMS,
    Message,
    account,
    coalition_account,
    inducements,
    revealed_regard,
    stance_inducements,
)
from coopgames.strategies import find, library


def test_regard_of_a_step() -> None:
    # 1.3: C against C costs 2 and gives 3; C against D costs 1 and gives 4.
    assert revealed_regard(PD, 0, (1, 0), (1, 0), 1) == pytest.approx([2 / 3])
    assert revealed_regard(PD, 0, (1, 0), (1, 1), 1) == pytest.approx([1 / 4])
    assert np.isnan(revealed_regard(PD, 0, (0, 1), (0, 0), 1)).all()


def test_partial_adjustment_is_cheap_and_full_deference_dear() -> None:
    # 1.3: the cut 1/3 → 1/6 costs .01042 and gives .03125, the next .03125 and .03819.
    steps = revealed_regard(GRID, 0, (2, 0), (2, 2), 1)
    assert steps == pytest.approx([1 / 3, 9 / 11])
    assert steps[1] == pytest.approx(0.818, abs=5e-4)
    a = account(GRID, CUTS)
    assert max(a.regard[0][1]) == pytest.approx(9 / 11)
    assert a.regard[0][0].size == 0


def test_grim_is_a_promise_out_of_discord_and_a_threat_out_of_cooperation() -> None:
    # 1.3, in totals: payoffs per period over 1 − δ.
    grim = find("grim").stance
    assert grim is not None
    for weigh in (
        lambda start, delta: inducements(PD, start, demand=0, then=0, otherwise=1, delta=delta),
        lambda start, delta: stance_inducements(PD, grim, start, delta=delta),
    ):
        out_of_discord = weigh((1, 1), 0.8)
        total = np.array([
            out_of_discord.complied, out_of_discord.refused, out_of_discord.status_quo,
            out_of_discord.positive, out_of_discord.negative,
        ]) / 0.2  # fmt: skip
        assert total == pytest.approx([15, 9, 5, 15, 0])
        assert out_of_discord.sign == 1
        assert out_of_discord.effective
        assert out_of_discord.credible_promise
        assert out_of_discord.credible_threat
        out_of_cooperation = weigh((0, 0), 0.8)
        assert out_of_cooperation.negative / 0.2 == pytest.approx(6)
        assert out_of_cooperation.sign == pytest.approx(15 / 21)
        assert out_of_cooperation.credible_promise  # 15 against 5 + 0.8 · 5 after a breach
        impatient = weigh((1, 1), 0.4)
        assert impatient.complied / 0.6 == pytest.approx(5)
        assert impatient.refused / 0.6 == pytest.approx(5.667, abs=5e-4)
        assert not impatient.effective
        assert weigh((1, 1), 0.5).effective  # the threshold
        assert not weigh((1, 1), 0.499).effective


def test_in_the_long_run_only_what_lasts_counts() -> None:
    held = inducements(CHICKEN, (0, 0), demand=0, then=0, otherwise=1)
    # Refusing and being met with D: the other's best reply is to give way, and gets 2.
    assert (held.complied, held.refused, held.negative) == (3, 2, 1)
    assert held.credible_threat  # D against C is what the sender likes best


def test_a_threat_that_hurts_oneself_is_not_credible() -> None:
    # To insist on D against somebody who will not give way hurts both: in a chicken whose other
    # actor has committed itself to D, C is better.
    stubborn = Game("stubborn", [[[3, 2], [4, 1]], [[3, 4], [3, 4]]])
    held = inducements(stubborn, (0, 0), demand=0, then=0, otherwise=1)
    assert not held.credible_threat


@given(st.sampled_from(sorted(library())), st.sampled_from([0.0, 0.3, 0.9]))
def test_every_stance_can_be_weighed_from_either_seat(name: str, delta: float) -> None:
    stance = library()[name].stance
    if stance is None:
        return
    one = stance_inducements(PD, stance, (1, 1), delta=delta)
    two = stance_inducements(PD, stance, (1, 1), delta=delta, sender=1)
    assert one == two  # the game is symmetric
    if one is not None:
        assert one.positive >= 0
        assert one.negative >= 0


def test_inducements_are_weighed_between_two() -> None:
    with pytest.raises(Mistake, match="between two"):
        inducements(named_game("public-goods"), (0,) * 4, demand=0, then=0, otherwise=1)
    with pytest.raises(Mistake, match="discount"):
        inducements(PD, (0, 0), demand=0, then=0, otherwise=1, delta=2)
    with pytest.raises(Mistake, match="roles"):
        stance_inducements(BATTLE, find("grim").stance, (0, 0), delta=0.5)


def forms(a) -> dict:
    return {f.code: f.counts for f in a.forms}


def test_forms_of_adjustment() -> None:
    assert list(FORMS) == ["A1", "A2", "A3", *(f"M{k}" for k in range(4, 12))]
    found = forms(account(GRID, CUTS))
    # Cuts to 1/6 leave an adverse effect; those to 0 leave none.
    assert found["A3"] is not None
    assert found["A2"] is not None
    assert found["A3"][0] > 0
    assert found["A2"][0] == 13  # 0 from period 7 on
    assert found["A3"] == (2, 2)  # 1/6 for two periods each
    assert found["M5"] is None


def test_what_was_held_out_is_bargained_for_and_not_adaptive() -> None:
    a = account(PD, [DD] * 5 + [CC] * 15, messages=offer(5))
    found = forms(a)
    assert found["M5"] == (1, 0)
    # The other accommodates from 5 on; for w = 6 periods in answer to the offer.
    assert found["A2"] == (15, 9)
    said = {f.code: f.note for f in a.forms}
    assert "rule" in said["M8"]
    assert "none of these" in said["M6"]
    assert "no messages" in {f.code: f.note for f in account(PD, [DD] * 5).forms}["M5"]


def test_who_follows_the_other_adjusts_parametrically() -> None:
    # In the stag hunt the second goes where the first went, a period later.
    lead = [0, 0, 1, 1, 0, 0, 1, 1, 0]
    played = list(zip(lead, [0, *lead[:-1]], strict=True))
    a = account(STAG, played, shuffles=0)
    # At 3, 5 (to the stag: a concession, and so no mere best reply), 7.
    assert forms(a)["A1"] == (0, 2)


def test_tit_for_tat_reciprocates_and_the_coin_does_not() -> None:
    coin = np.random.default_rng(1).integers(2, size=200)
    echo = np.concatenate([[0], coin[:-1]])
    found = forms(account(PD, np.column_stack([echo, coin])))["M7"]
    assert found == (int((coin[:-1] == 0).sum()), 0)


def test_a_prior_decision_pays_if_the_other_adapts() -> None:
    # Chicken: one turns to D for good, and the other's best reply is C.
    assert forms(account(CHICKEN, [CC] * 3 + [DC] * 10))["M10"] == (1, 0)
    # In the prisoner's dilemma the best reply to D is D, which pays nobody.
    assert forms(account(PD, [CC] * 3 + [DC] * 10))["M10"] == (0, 0)


def test_what_was_taken_back_was_no_prior_decision() -> None:
    assert forms(account(CHICKEN, [CC] * 3 + [DC] * 3 + [CC] * 4))["M10"] == (0, 0)


def test_a_change_without_news_is_not_parametric() -> None:
    assert forms(account(CHICKEN, [CC] * 4 + [DC] * 4))["A1"] == (0, 0)


def test_what_is_declared_is_told() -> None:
    a = account(PD, [CC] * 8, stances={1: find("grim").stance})
    assert {f.code: f.note for f in a.forms}["M5"] == "declared by actor 2"


def test_discord_stimulates_attempts_or_is_resignation() -> None:
    assert account(PD, [DD] * 20).aftermath.after_discord == 0
    # One of two periods of discord is followed by an attempt; coordination always is.
    a = account(PD, [DD, DD, CC, CC, CC, CC], shuffles=0).aftermath
    assert (a.after_discord, a.after_others) == (0.5, 1)
    assert a.stimulus == -0.5
    long = account(PD, [DD] * 12 + [CC] * 12).aftermath
    assert long.labels == ("discord", "cooperation")
    assert long.transitions == ((1, 1), (0, 1))


def bystander() -> Game:
    # 1.1.4: a bystander who loses 1 for each cooperator.
    u = np.zeros((3, 2, 2, 1))
    u[:2, :, :, 0] = PD.payoffs
    u[2, :, :, 0] = [[-2, -1], [-1, 0]]
    return Game("a dilemma with a bystander", u)


def test_a_coalition_can_cooperate_where_the_whole_is_discord() -> None:
    played = [(*p, 0) for p in [DD] * 5 + [CC] * 15]
    game = bystander()
    assert account(game, played).whole.label == "discord"
    some = coalition_account(game, played, [0, 1], messages=[Message(5, 0, "offer", to=(1,))])
    assert some.account.whole.verdict == "cooperation (negotiated)"
    assert (some.before, some.after, some.kept) == ((0,), (-2,), 1)
    assert some.start == (1, 1, 0)


def test_messages_to_outsiders_are_none_of_the_coalitions() -> None:
    played = [(*p, 0) for p in [DD] * 5 + [CC] * 15]
    some = coalition_account(bystander(), played, [1, 0], messages=[Message(5, 0, "offer", (2,))])
    assert some.account.messages == ()
    assert some.account.whole.verdict == "cooperation (adaptive)"


def test_only_who_gains_extorts() -> None:
    # A third, who neither gains nor loses, threatens the one who gives way: the gainer pressed for
    # nothing.
    u = np.concatenate([PD.payoffs, np.zeros((1, 2, 2))])[..., None]
    played = [(*p, 0) for p in [DD] * 5 + [DC] * 15]
    threat = [Message(5, 2, "threat", (1,))]
    assert account(Game("with a third", u), played, messages=threat).whole.label == "cooperation"
    own = [Message(5, 0, "threat", (1,))]
    assert (
        account(Game("with a third", u), played, messages=own).whole.label == "imposed adjustment"
    )
    # Nor is a threat to somebody else one to who lost.
    other = [Message(5, 0, "threat", (2,))]
    assert account(Game("with a third", u), played, messages=other).whole.label == "cooperation"


@pytest.mark.parametrize("parties", [[0], [0, 1, 2], [0, 3]])
def test_what_is_no_coalition_is_refused(parties: list) -> None:
    with pytest.raises(Mistake, match="coalition"):
        coalition_account(bystander(), [(0, 0, 0)] * 3, parties)


def test_a_group_that_contributes_cooperates() -> None:
    game = named_game("public-goods")
    found = account(game, [[1] * game.n] * 5 + [[0] * game.n] * 15).whole
    assert found.verdict == "cooperation (adaptive)"
    assert found.forbearances == (15,) * game.n
    # One free rider among givers presses nobody: giving way is deference, not extortion.
    free = account(game, [[1] * 4] * 5 + [[1, 0, 0, 0]] * 15).whole
    assert free.label == "cooperation"


def test_alternating_in_chicken_is_no_deference_of_one() -> None:
    a = account(CHICKEN, [CD, DC] * 10)
    assert a.whole.label == "cooperation"
    assert forms(a)["M7"] is not None
