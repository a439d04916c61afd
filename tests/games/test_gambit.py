"""Gambit's .nfg files, both ways, and as Gambit itself reads them."""

import io
import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from coopgames.games import Game, from_nfg, from_pygambit, named_game, to_nfg, to_pygambit
from coopgames.mistakes import Mistake

numbers = st.floats(-1e300, 1e300)
words = st.text("abc \"\\'{},é–1", min_size=1, max_size=8)


@st.composite
def games(draw, names=words, stories='abc "\\\n'):
    shape = draw(array_shapes(min_dims=1, max_dims=4, max_side=3))
    payoffs = draw(arrays(np.float64, (len(shape), *shape), elements=numbers))
    actions = [draw(st.lists(names, min_size=k, max_size=k, unique=True)) for k in shape]
    seats = draw(st.lists(names, min_size=len(shape), max_size=len(shape), unique=True))
    story = draw(st.text(stories, max_size=12))
    return Game(draw(names), payoffs, actions, seats, story=story)


# The example that Gambit's documentation gives of each version, with a comment of ours.
PAYOFFS = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
{ "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0
"""
OUTCOMES = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" }
{
{ "1" "2" "3" }
{ "1" "2" }
}
"of 1975"

{
{ "" 1, 1 }
{ "" 0, 2 }
{ "" 0, 2 }
{ "" 1, 1 }
{ "" 0, 3 }
{ "" 2, 0 }
}
1 2 3 4 5 6
"""


@pytest.mark.parametrize("text", [PAYOFFS, OUTCOMES])
def test_both_versions_of_gambits_own_example(text):
    game = from_nfg(text)
    assert game.name == "Selten (IJGT, 75), Figure 2, normal form"
    assert game.seats == ("Player 1", "Player 2")
    assert game.actions == (("1", "2", "3"), ("1", "2"))
    # The first actor's action varies fastest: 1 1 is at (1, 1), 0 2 at (2, 1), …
    assert game.payoffs[0].tolist() == [[1, 1], [0, 0], [0, 2]]
    assert game.payoffs[1].tolist() == [[1, 1], [2, 3], [2, 0]]
    assert game.story == ("" if text is PAYOFFS else "of 1975")


@pytest.mark.parametrize("outcomes", [False, True])
def test_what_is_written_can_be_read_by_eye(outcomes):
    text = to_nfg(named_game("prisoners-dilemma"), outcomes=outcomes)
    listed = ['{ "1" 3, 3 }', '{ "2" 5, 0 }', '{ "3" 0, 5 }', '{ "4" 1, 1 }']
    body = ["{", *listed, "}", "1 2 3 4"] if outcomes else ["3 3", "5 0", "0 5", "1 1"]
    assert text.splitlines()[:3] == [
        'NFG 1 R "prisoners-dilemma"', '{ "actor 1" "actor 2" }', '{ { "C" "D" } { "C" "D" } }',
    ]  # fmt: skip
    assert text.splitlines()[5:] == body


@settings(deadline=None)
@given(games(), st.booleans())
def test_what_is_written_is_read_as_the_same_game(game, outcomes):
    again = from_nfg(to_nfg(game, outcomes=outcomes))
    assert again == game
    assert again.story == game.story
    assert repr(again.payoffs.tolist()) == repr(game.payoffs.tolist())


# --- Gambit itself --------------------------------------------------------------------------------

ordinary = st.text("abcé–1 \"'{},", min_size=1, max_size=8).map(
    lambda text: f"x{' '.join(text.split())}x"
)
"""Names that Gambit can hold: see the module's docstring."""


@settings(deadline=None)
@given(games(ordinary, 'abc "\n'), st.booleans())
def test_gambit_reads_it_as_the_same_game_and_so_do_we_what_gambit_writes(game, outcomes):
    gambit = pytest.importorskip("pygambit")
    theirs = gambit.read_nfg(io.StringIO(to_nfg(game, outcomes=outcomes)))
    assert theirs.title == game.name
    assert list(theirs.players) == list(game.seats)
    for seat, player in enumerate(theirs.players):
        assert list(theirs.get_strategies(player)) == list(game.actions[seat])
        for profile in np.ndindex(game.shape):
            names = dict(zip(theirs.players, named(game, profile), strict=True))
            paid = theirs.get_payoffs(names)[player]
            assert repr(float(paid)) == repr(float(game.payoffs[(seat, *profile)]))
    again = from_pygambit(theirs)
    assert again == game
    assert again.story == game.story


def named(game, profile):
    return [own[a] for own, a in zip(game.actions, profile, strict=True)]


def test_games_of_gambit_and_back():
    gambit = pytest.importorskip("pygambit")
    table = np.arange(12).reshape(2, 3, 2) / 8
    theirs = gambit.StrategicGame.from_arrays(*table, title="eighths")
    game = from_pygambit(theirs)
    assert (game.payoffs == table).all()
    assert game.name == "eighths"
    assert game.actions == (("1", "2", "3"), ("1", "2"))
    back = to_pygambit(game).to_arrays(dtype=float)
    assert np.array_equal(back, table)


def test_a_tree_is_taken_in_its_strategic_form():
    # R. B. Myerson, Game Theory (1991), figure 2.1: the simple card game, in Gambit's catalogue.
    gambit = pytest.importorskip("pygambit")
    game = from_pygambit(gambit.catalog.load("books/myerson1991/fig2_1"))
    assert game.shape == (4, 2)
    # Strategic form, table 2.1: raise or fold on red and black, against meet or pass.
    assert {tuple(row) for row in game.payoffs[0].tolist()} == {(0, 1), (0.5, 0), (-0.5, 1), (0, 0)}
    assert (game.payoffs[0] == -game.payoffs[1]).all()


# --- numbers, names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1/3", 1 / 3), ("-2/7", -2 / 7), ("0.1", 0.1), (".5", 0.5), ("5.", 5.0), ("-1e-3", -0.001),
        ("+4", 4.0), ("1E5", 1e5), ("12345678901234567/7", float(Fraction(12345678901234567, 7))),
        ("1" + "0" * 400 + "/3" + "0" * 399, 10 / 3),
    ],
)  # fmt: skip
def test_numbers_are_the_nearest_to_what_is_written(written, value):
    game = from_nfg(f'NFG 1 R "g" {{ "A" }} {{ 1 }} {written}')
    assert game.payoffs.item() == value


def test_what_has_no_name_is_numbered():
    game = from_nfg(
        'NFG 1 R "" { "" "B" } { { "x" "" } { "same" "same" } } 1 1 2 2 3 3 4 4', name="f"
    )
    assert game.name == "f"
    assert game.seats == ("actor 1", "B")
    assert game.actions == (("x", "2"), ("1", "2"))


def test_escapes():
    game = from_nfg(r'NFG 1 R "a \"b\" \\ \n" { "\\" } { 1 } 1')
    assert (game.name, game.seats) == ('a "b" \\ \\n', ("\\",))


@pytest.mark.parametrize(
    "name", ["\\" * n + end for n, end in itertools.product(range(4), ["", "x", '"', "x\\"])][1:]
)
def test_backslashes(name):
    game = Game(name, [[1, 2]], actions=[[name, "other"]])
    assert from_nfg(to_nfg(game)) == game


# --- mistakes -------------------------------------------------------------------------------------

HEAD = 'NFG 1 R "g" { "A" "B" } { 2 2 }\n'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["f, line 1: it ends here; a Gambit file begins with NFG 1 R, so NFG is needed"]),
        ("EFG 2 R", ['f, line 1: "EFG"; a Gambit file begins with NFG 1 R, so NFG is needed']),
        ("NFG 2 R", ['f, line 1: "2"; a Gambit file begins with NFG 1 R, so 1 is needed']),
        ("NFG 1 X", ['f, line 1: "X"; R or D is needed']),
        ("NFG 1 R\n\ng", ['f, line 3: "g"; the title in quotation marks is needed']),
        ('NFG 1 R "g\n', ['f, line 1: """; the title in quotation marks is needed']),
        ('NFG 1 R "g" { }', ["f, line 1: it ends here; 0 actors instead of 1 to 30"]),
        (
            'NFG 1 R "g" { "A" } { 0 } ',
            ['f, line 1: "}"; actor 1 has no action; it needs one at least'],
        ),
        (
            'NFG 1 R "g" { "A" "B" } { 2 }',
            [
                'f, line 1: "}"; the number of actions of actor 2, or their names in braces, is '
                "needed"
            ],
        ),
        (
            HEAD + "1 2 3\n4 x 1/0 1e999",
            [
                'f, line 3: "x" is not a number',
                'f, line 3: "1/0" divides by zero',
                'f, line 3: "1e999" is too large',
                "f: 7 payoffs instead of 8, 2 for each of 4 profiles",
            ],
        ),
        (HEAD + "1 2 3 4 5 6 7 8 9", ["f: 9 payoffs instead of 8, 2 for each of 4 profiles"]),
        (HEAD + '1 2 "3"', ['f, line 2: "3"; payoffs only may follow']),
        (
            HEAD + '{ { "a" 1 } { "b" 1 2 } }\n1 2 3 0 1',
            [
                "f, line 2: 1 payoffs instead of 2, one for each actor",
                'f, line 3: "3" is no outcome; there are 2, numbered from 1, and 0',
                "f: 5 outcomes instead of 4, one for each profile",
            ],
        ),
        (
            'NFG 1 R "g" { "A" "B" } { 9999 9999 } 1',
            ['f, line 1: "1"; 9999 × 9999 profiles are more than can be read'],
        ),
    ],
)
def test_mistakes_name_the_line_and_what_stands_there(text, lines):
    with pytest.raises(Mistake) as mistake:
        from_nfg(text, "f")
    assert str(mistake.value).splitlines() == lines


def test_many_mistakes_are_cut():
    with pytest.raises(Mistake) as mistake:
        from_nfg(HEAD + "x " * 30, "f")
    assert len(str(mistake.value).splitlines()) == 11
    assert str(mistake.value).endswith("f: and 21 mistakes more")


@given(st.text('NFG1R "{}\\/x,\n2', max_size=40), st.booleans())
def test_rubbish_is_a_mistake(rubbish, begun):
    try:
        from_nfg(HEAD + rubbish if begun else rubbish)
    except Mistake as mistake:
        assert all(line.startswith("nfg") for line in str(mistake).splitlines())
