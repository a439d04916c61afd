"""Games on one line."""

import pytest

from coopgames.games import game_from_text, named_game
from coopgames.mistakes import Mistake


def test_the_prisoners_dilemma_on_one_line():
    game = game_from_text("3,3 0,5 / 5,0 1,1", name="mine")
    assert game.name == "mine"
    assert (game.payoffs == named_game("prisoners-dilemma").payoffs).all()


def test_any_number_of_actions():
    game = game_from_text("1,2 3,4 5,6/-1,.5 1e2,+4 0,-0")
    assert game.shape == (2, 3)
    assert game.payoffs[0].tolist() == [[1, 3, 5], [-1, 100, 0]]
    assert game.payoffs[1].tolist() == [[2, 4, 6], [0.5, 4, 0]]
    assert game_from_text("1,2").shape == (1, 1)


def test_blanks_around_commas_and_slashes_do_no_harm():
    assert game_from_text(" 3, 3  0 ,5/5,0 1,1 ") == game_from_text("3,3 0,5 / 5,0 1,1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the table is empty"),
        ("  \n", "the table is empty"),
        ("/", "row 1 is empty; row 2 is empty"),
        ("3,3 0,5 /", "row 2 is empty"),
        ("3,3 0,5 / 5,0", r'row 2 \("5,0"\) has 1 cell, row 1 has 2'),
        ("3,3 / 5,0 1,1", r'row 2 \("5,0 1,1"\) has 2 cells, row 1 has 1'),
        ("3,3 0 / 5,0 1,1", 'row 1, column 2: "0" holds one payoff, not two'),
        ("3,3 0,5 / 5,0,1 1,1", 'row 2, column 1: "5,0,1" holds 3 payoffs, not two'),
        ("3,3 0,5 / 5,zero 1,1", 'row 2, column 1: "zero" in "5,zero" is not a number'),
        ("3,3 0,5 / 5, 1,1", 'row 2, column 1: "5,1,1" holds 3 payoffs'),
        ("3,3 ,5 / 5,0 1,1", 'row 1, column 1: "3,3,5" holds 3 payoffs'),
        ("3,", 'row 1, column 1: "" in "3," is not a number'),
        ("3,3 0,5 / 5,0 1,nan", 'row 2, column 2: "nan" in "1,nan" is not a finite number'),
        ("inf,3", 'row 1, column 1: "inf" in "inf,3" is not a finite number'),
        ("1e999,3", '"1e999" in "1e999,3" is not a finite number'),
        ("1_0,3", '"1_0" in "1_0,3" is not a number'),
    ],
)
def test_every_defect_is_named_with_its_place(text, said):
    with pytest.raises(Mistake, match=said) as caught:
        game_from_text(text)
    assert "\n" not in str(caught.value)


def test_all_defects_come_at_once():
    with pytest.raises(Mistake) as caught:
        game_from_text("a,1 2 / 1,b 3,3 / 1,1")
    said = str(caught.value)
    assert "row 1, column 1" in said
    assert "row 1, column 2" in said
    assert "row 2, column 1" in said
    assert "and 1 more" in said
