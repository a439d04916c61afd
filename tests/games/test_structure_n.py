"""What games of any number of actors encode: theory.md 1.1.4–1.1.8, for two to four actors."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import (
    Game,
    catalog,
    explain,
    named_game,
    self_regarding,
    status_quo,
    structure,
    two_by_two,
    with_choice,
)
from coopgames.games.closed import minimal_closed_sets
from coopgames.games.dominance import undominated
from coopgames.games.selfregarding import distinct_actions, rationalizable
from coopgames.mistakes import Mistake

some = settings(max_examples=40, deadline=None)


@st.composite
def games(draw, most=3):
    n = draw(st.integers(2, 4))
    shape = tuple(draw(st.lists(st.integers(1, most if n < 4 else 2), min_size=n, max_size=n)))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return Game("random", rng.integers(0, 5, (n, *shape)))


def summary(found, order=None):
    """Give what must not change: label, cells with their multiplicities, subtype."""
    return (
        found.category,
        found.subtype,
        sorted(
            (p.cell, round(p.gain_weak, 6), round(p.weighted_hindrance, 9)) for p in found.profiles
        ),
    )


@some
@given(games(), st.integers(0, 10**6))
def test_units_do_not_matter(game, seed):
    rng = np.random.default_rng(seed)
    scale = rng.integers(1, 5, game.n).reshape(-1, *(1,) * game.n)
    shift = rng.integers(-3, 4, game.n).reshape(scale.shape)
    other = Game("rescaled", game.payoffs * scale + shift)
    assert summary(structure(other)) == summary(structure(game))


@some
@given(games(), st.randoms())
def test_who_sits_where_does_not_matter(game, random):
    order = list(range(game.n))
    random.shuffle(order)
    other = Game("seated otherwise", game.payoffs[order].transpose(0, *(i + 1 for i in order)))
    assert summary(structure(other)) == summary(structure(game))


@some
@given(games(), st.integers(0, 3), st.integers(0, 10**6))
def test_writing_actions_in_another_order_or_twice_does_not_matter(game, seat, seed):
    axis = seat % game.n + 1
    rng = np.random.default_rng(seed)
    order = rng.permutation(np.append(np.arange(game.payoffs.shape[axis]), 0))
    other = Game("written otherwise", game.payoffs.take(order, axis=axis))
    assert summary(structure(other)) == summary(structure(game))


def test_the_category_is_no_function_of_best_replies():  # 1.1.7
    pd = two_by_two("pd", R=3, S=0, T=5, P=1)
    punished = pd.payoffs.copy()
    punished[0, :, 0] -= 6  # whenever the other plays C
    punished[1, 0, :] -= 6
    other = Game("same best replies", punished)
    assert (structure(pd).best_reply == structure(other).best_reply).all()
    assert (structure(pd).category, structure(other).category) == ("mixed-interests", "harmony")


@some
@given(games(most=2))
def test_a_bystander_who_never_gains_or_loses_changes_nothing_for_the_others(game):
    table = np.concatenate([game.payoffs, np.zeros((1, *game.shape))])[..., None]
    other = Game("watched", table)
    found, watched = structure(game), structure(other)
    assert (watched.category, watched.subtype) == (found.category, found.subtype)


@some
@given(games())
def test_all_baselines_lie_within_what_is_rationalizable(game):
    R = set(self_regarding(game))
    assert set(self_regarding(game, "curb")) <= R
    assert set(self_regarding(game, "nash")) <= R
    try:
        assert set(self_regarding(game, "dominant")) <= R
    except Mistake as mistake:
        assert "is best whatever the others do" in str(mistake)


@some
@given(games())
def test_closed_sets_hold_all_best_replies_and_none_holds_another(game):
    distinct = distinct_actions(game)
    found = minimal_closed_sets(game, rationalizable(game), distinct)
    for sets in found:
        for i in range(game.n):
            columns = [distinct[j] if j == i else sets[j] for j in range(game.n)]
            table = np.moveaxis(game.payoffs[i][np.ix_(*columns)], i, 0).reshape(
                len(distinct[i]), -1
            )
            best = {
                a for a, keep in zip(distinct[i], undominated(table, 1e-9), strict=True) if keep
            }
            assert best <= set(sets[i])
    for one, two in product(found, found):
        if one != two:
            assert not all(set(a) <= set(b) for a, b in zip(one, two, strict=True))


def test_curb_agrees_on_two_by_two_games_and_prunes_only_mixed_interests():  # 1.1.1
    rng = np.random.default_rng(1)
    for _ in range(150):
        game = Game("2 × 2", rng.normal(size=(2, 2, 2)))
        assert structure(game, baseline="curb").category == structure(game).category
    for _ in range(60):
        game = Game("3 × 3", rng.normal(size=(2, 3, 3)))
        wide, narrow = structure(game).category, structure(game, baseline="curb").category
        assert wide in {narrow, "mixed-interests"}


def test_curb_leaves_what_no_belief_within_supports():
    # Rock, paper, scissors and a safe action that pays less than each of them but is what is best
    # against itself: two closed sets, so their span is all; without the safe one's own corner the
    # cycle alone is left.
    rps = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], dtype=float)
    u = np.full((4, 4), -2.0)
    u[:3, :3] = rps
    u[3] = [-0.9, -0.9, -0.9, -3.0]
    found = minimal_closed_sets(Game("g", [u, u.T]), ((0, 1, 2, 3),) * 2, ((0, 1, 2, 3),) * 2)
    assert found == [((0, 1, 2), (0, 1, 2))]


def test_the_status_quo_and_given_profiles():
    hunt = named_game("stag-hunt")
    assert status_quo(hunt, (0, 1)) == ((1, 0),)
    assert structure(hunt, baseline=status_quo(hunt, (1, 1))).category == "mixed-interests"
    found = structure(hunt, baseline=[(0, 0)])
    assert (found.category, found.baseline) == ("harmony", "given")
    with pytest.raises(Mistake, match="no profile"):
        structure(hunt, baseline=[(0, 2)])
    with pytest.raises(Mistake, match="at least one profile"):
        structure(hunt, baseline=[])


def test_dominant_actions():
    assert self_regarding(named_game("prisoners-dilemma"), "dominant") == ((1, 1),)
    with pytest.raises(Mistake, match="no action of actor 1 and actor 2"):
        structure(named_game("stag-hunt"), baseline="dominant")


def test_side_payments_make_suasion_of_unequal_stakes_mixed():  # B, "TU: suasion becomes mixed"
    game = Game("suasion", [[[4, 3], [2, 1]], [[9, 4], [1, 2]]])
    assert structure(game).category == "harmony"
    game = Game("suasion", [[[9, 3], [2, 1]], [[3, 4], [1, 2]]])
    assert structure(game).subtype == "one-sided"
    assert structure(game, feasible="transferable").category == "mixed-interests"


def test_strict_gains_leave_out_what_helps_only_some():
    # From (1, 1) only actor 1 can gain; actor 2 does not care, there.
    game = Game("indifferent", [[[3, 0], [3.5, 1]], [[1, 0], [0.5, 1]]])
    assert structure(game, feasible="pure").category == "mixed-interests"
    assert structure(game, feasible="pure", strict=True).category == "opposed-interests"


def test_gifts_hinder_nobody_where_they_are_no_alternative():  # 1.1.5
    # Each can also give 1 away: then everybody is hindered by not being given anything.
    harmony = two_by_two("harmony", R=4, S=3, T=2, P=1).payoffs
    table = np.zeros((2, 3, 3))
    table[:, :2, :2] = harmony
    table[0, 2], table[0, :, 2] = np.append(harmony[0, 0] - 2, 3), 0
    table[0, :2, 2] = harmony[0, :, 0] + 1
    table[0, 2, 2] = 3
    table[1] = table[0].T
    game = Game("with gifts", table)
    assert structure(game).category == "opposed-interests"
    assert structure(game, alternatives=[(0, 1), (0, 1)]).category == "harmony"
    with pytest.raises(Mistake, match="at least one action"):
        structure(game, alternatives=[(0, 1), ()])


def test_self_regard_follows_what_drives_choice():
    pd = named_game("prisoners-dilemma")
    driven = with_choice(pd, named_game("harmony").payoffs)
    assert self_regarding(driven) == ((0, 0),)
    assert structure(pd).category == "mixed-interests"
    assert structure(driven).category == "harmony"
    back = with_choice(named_game("harmony"), pd.payoffs)
    assert structure(back).self_regarding == ((1, 1),)
    assert structure(back).category == "mixed-interests"


@pytest.mark.parametrize("option", ["baseline", "feasible", "hindrance", "by"])
def test_unknown_options_are_named(option):
    with pytest.raises(Mistake, match=f'no {option} "x"'):
        structure(named_game("chicken"), **{option: "x"})


def test_what_takes_too_long_is_refused_with_its_cost():
    # Nobody's action matters to itself, so all 18⁴ profiles are rationalizable.
    table = np.stack([np.indices((18,) * 4)[(i + 1) % 4] for i in range(4)])
    with pytest.raises(Mistake, match=r"104,976 self-reg.* 209,952 linear programmes, about"):
        structure(Game("indifferent", table))


@pytest.mark.parametrize("name", [n for n, e in catalog().items() if e.family == "classic"])
def test_explanations_have_four_to_eight_sentences(name):
    said = explain(structure(named_game(name)))
    assert 4 <= len(said) <= 8
    for sentence in said:
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_the_explanation_of_the_dilemma_names_its_numbers():
    said = " ".join(explain(structure(named_game("prisoners-dilemma"))))
    for part in (
        "each does best with D", "denied 4 by the other, 80 %", "each would have 3 instead of 1",
        "tempted by D, for 5 instead of 3", "a dilemma", "continuation probability of 0.5",
    ):  # fmt: skip
        assert part in said
