"""Acts and counts: the definitions spelt out, and the loops of `play` against the plain count."""

from dataclasses import fields
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgames.games import Game, named_game
from coopgames.play import count
from coopgames.readings import Rule, account, judge, lens, read, read_courses
from coopgames.readings.counting import count_course

RULE = Rule(L=3, w=4)


@st.composite
def games(draw: st.DrawFn, n: int | None = None) -> Game:
    actors = draw(st.integers(2, 3)) if n is None else n
    shape = tuple(draw(st.integers(1, 3)) for _ in range(actors))
    size = actors * int(np.prod(shape))
    payoffs = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))
    return Game("any", np.reshape(payoffs, (actors, *shape)))


@settings(max_examples=60, deadline=None)
@given(games(2), st.data())
def test_the_loops_count_what_the_plain_count_counts(game: Game, data: st.DataObject) -> None:
    P = game.payoffs[0].size
    played = np.array(data.draw(st.lists(st.integers(0, P - 1), min_size=1, max_size=50)))
    seen = lens(game, RULE)
    fast, plain = count(played, seen.counting), count_course(seen, played)
    for f in fields(fast):
        a, b = getattr(fast, f.name), getattr(plain, f.name)
        if f.name == "first_aggravation":
            b = b.max(axis=2)  # against whom: of two actors the other, −1 on the diagonal
        assert np.array_equal(a, b), f.name


@settings(max_examples=60, deadline=None)
@given(games(), st.data())
def test_acts_are_what_the_definitions_say(game: Game, data: st.DataObject) -> None:
    # Theory.md 1.2.3, word by word.
    u, n = game.payoffs, game.n
    before, now = (tuple(data.draw(st.integers(0, k - 1)) for k in game.shape) for _ in range(2))
    seen = lens(game, RULE)
    number = [np.array([np.ravel_multi_index(x, game.shape)]) for x in (before, now)]
    done = seen.acts.between(*number)
    for i, j in product(range(n), repeat=2):
        supposed = [(*before[:i], b, *before[i + 1 :]) for b in range(game.shape[i])]
        own = [u[i][x] for x in supposed]
        best = [x for x, value in zip(supposed, own, strict=True) if value == max(own)]
        x = supposed[now[i]]
        kind = x not in best and u[j][x] > max(u[j][b] for b in best)
        assert done.forbearance[i, j, 0] == (i != j and kind)
        assert done.concession[i, j, 0] == (i != j and u[j][x] > u[j][before])
        assert done.aggravation[i, j, 0] == (i != j and u[j][x] < u[j][before])
        cost = max(own) - u[i][x]
        assert seen.acts.costs(number[1], int(number[0][0]))[i, 0] == pytest.approx(cost)


def test_many_courses_are_read_as_one_by_one() -> None:
    game, rng = named_game("prisoners-dilemma"), np.random.default_rng(3)
    lengths = rng.integers(1, 90, size=40)
    parts = [rng.integers(4, size=T) for T in lengths]
    found = read_courses(game, np.concatenate(parts), lengths)
    for r, part in enumerate(parts):
        one = read(game, np.column_stack(np.unravel_index(part, game.shape)))
        for f in fields(one):
            a, b = getattr(one, f.name)[0], getattr(found, f.name)[r]
            assert np.array_equal(a, b, equal_nan=True), f.name
    assert len(set(found.label.tolist())) > 1


def test_a_group_is_read_like_two_where_a_third_has_no_say() -> None:
    # A bystander with one action, whom nobody can affect, changes nothing.
    two = named_game("prisoners-dilemma")
    three = Game("with a bystander", np.concatenate([two.payoffs, np.zeros((1, 2, 2))])[..., None])
    rng = np.random.default_rng(4)
    for _ in range(30):
        played = rng.integers(2, size=(45, 2))
        wide = np.column_stack([played, np.zeros(45, dtype=int)])
        seen, course = lens(three, Rule()), np.ravel_multi_index(tuple(wide.T), three.shape)
        a, b = read(two, played), judge(seen, count_course(seen, course))
        assert a.acts.tolist() == b.acts[:, :2].tolist()
        assert a.kappa == pytest.approx(b.kappa)


def test_permuting_the_seats_of_a_group_permutes_the_account() -> None:
    rng = np.random.default_rng(6)
    for _ in range(12):
        game = Game("any", rng.integers(0, 6, size=(3, 2, 2, 2)))
        played = rng.integers(2, size=(24, 3))
        order = rng.permutation(3)
        moved = Game("moved", game.payoffs[order].transpose(0, *(1 + order)))
        a, b = account(game, played, shuffles=0), account(moved, played[:, order], shuffles=0)
        assert a.whole.verdict == b.whole.verdict
        for name in ("forbearances", "concessions", "aggravations", "after"):
            values = np.array(getattr(a.whole, name))
            assert values[order] == pytest.approx(np.array(getattr(b.whole, name)))
        assert a.whole.kappa == pytest.approx(b.whole.kappa)
        assert [f.counts and tuple(np.array(f.counts)[order]) for f in a.forms] == [
            f.counts for f in b.forms
        ]
