"""Games as tables with a row for each profile."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from coopgames.games import Game, from_csv, named_game, relative_gains, to_csv
from coopgames.mistakes import Mistake

words = st.text("abc \",'é;", min_size=1, max_size=6)
numbers = st.floats(-1e300, 1e300)
DILEMMA = """A,B,payoff of A,payoff of B
C,C,3,3
C,D,0,5
D,C,5,0
D,D,1,1
"""


@st.composite
def games(draw):
    shape = draw(array_shapes(min_dims=1, max_dims=4, max_side=3))
    payoffs, choice = (
        draw(arrays(np.float64, (len(shape), *shape), elements=numbers)) for _ in range(2)
    )
    actions = [draw(st.lists(words, min_size=k, max_size=k, unique=True)) for k in shape]
    seats = draw(st.lists(words, min_size=len(shape), max_size=len(shape)))
    return Game("g", payoffs, actions, seats, choice=draw(st.sampled_from([None, choice])))


def test_the_prisoners_dilemma():
    game = named_game("prisoners-dilemma")
    named = Game("d", game.payoffs, game.actions, ("A", "B"))
    assert to_csv(named) == DILEMMA
    assert from_csv(DILEMMA, name="d") == named


def test_choice_payoffs_have_columns_of_their_own():
    text = to_csv(relative_gains(named_game("prisoners-dilemma"), 0.5))
    assert text.splitlines()[2] == "C,D,0,5,-2.5,5"
    assert from_csv(text).choice.tolist() == [[[1.5, -2.5], [5, 0.5]], [[1.5, 5], [-2.5, 0.5]]]


@given(games())
def test_what_is_written_is_read_as_the_same_game(game):
    again = from_csv(to_csv(game), name="g")
    assert again == game
    assert repr(again.payoffs.tolist()) == repr(game.payoffs.tolist())


@given(games())
def test_other_programs_read_the_same_cells(game):
    head, *rows = csv.reader(io.StringIO(to_csv(game), newline=""))
    assert head[: game.n] == list(game.seats)
    for profile, row in zip(np.ndindex(game.shape), rows, strict=True):
        assert row[: game.n] == [game.actions[i][a] for i, a in enumerate(profile)]
        goals = [float(x) for x in row[game.n : 2 * game.n]]
        assert goals == [u[profile] for u in game.payoffs]


def test_rows_stand_in_any_order_with_empty_lines_and_blanks_after_commas():
    head, *rows = DILEMMA.splitlines()
    text = "\r\n".join([head, "", *(row.replace(",", ", ") for row in rows[::-1]), ""])
    game = from_csv(text)
    assert game.actions == (("D", "C"), ("D", "C"))
    assert game.payoffs[0].tolist() == [[1, 5], [0, 3]]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "",
            [
                'f, line 1: "" is no heading; it names the actors and then what each gets, as in '
                '"A,B,payoff of A,payoff of B"'
            ],
        ),
        (
            DILEMMA.replace("payoff of B", "payoff of C"),
            [
                'f, line 1: "A,B,payoff of A,payoff of C" is no heading; it names the actors and '
                'then what each gets, as in "A,B,payoff of A,payoff of B"'
            ],
        ),
        (
            DILEMMA.replace(",", ";"),
            [
                'f, line 1: "A;B;payoff of A;payoff of B" is no heading; it names the actors and '
                'then what each gets, as in "A,B,payoff of A,payoff of B"'
            ],
        ),
        (
            DILEMMA.replace("3,3", "3,x").replace("5,0", "5").replace("1,1", "inf,1/0"),
            [
                'f, line 2: payoff of B: "x" is not a number',
                "f, line 4: has 3 cells; 4 are needed, as in the first line",
                'f, line 5: payoff of A: "inf" is not a number',
                'f, line 5: payoff of B: "1/0" divides by zero',
            ],
        ),
        (DILEMMA + "C,D,1,1\n", ["f, line 6: (C, D) is in line 3 already"]),
        (DILEMMA.replace("D,C,5,0\n", ""), ["f: a row is missing for (D, C)"]),
        (
            DILEMMA + "E,E,1,1\n",
            ["f: a row is missing for (C, E); (D, E); (E, C); and 1 more"],
        ),
        (
            DILEMMA.splitlines()[0],
            ["f: has no row of payoffs; one for each profile is needed"],
        ),
        (DILEMMA + '"C,D,1,1', ["f, line 6: no row of a table: unexpected end of data"]),
    ],
)
def test_mistakes_name_the_line_and_what_stands_there(text, lines):
    with pytest.raises(Mistake) as mistake:
        from_csv(text, "f")
    assert str(mistake.value).splitlines() == lines


def test_many_mistakes_are_cut():
    with pytest.raises(Mistake) as mistake:
        from_csv(DILEMMA + "C\n" * 30, "f")
    assert len(str(mistake.value).splitlines()) == 11
    assert str(mistake.value).endswith("f: and 20 mistakes more")


@given(st.text('AB,"payof \n1x', max_size=40), st.booleans())
def test_rubbish_is_a_mistake(rubbish, begun):
    try:
        from_csv(DILEMMA + rubbish if begun else rubbish)
    except Mistake as mistake:
        assert all(line.startswith("csv") for line in str(mistake).splitlines())
