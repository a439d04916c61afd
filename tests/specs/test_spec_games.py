"""Games in and out of files, and within experiments."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from coopgames.games import (
    Game,
    catalog,
    domestic_pressure,
    named_game,
    positional,
    relative_gains,
    with_choice,
)
from coopgames.mistakes import Mistake
from coopgames.specs import (
    as_spec,
    game_from,
    game_toml,
    load,
    loads_canonical,
    spec_digest,
    write_game,
)

HERE = Path(__file__).parent
SMALL = """
name = "small"
title = "Small"
seed = 1
game = "prisoners-dilemma"
strategies = ["tit-for-tat", "always-defect"]
horizon = { periods = 5 }
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def said(function, *args, **options):
    with pytest.raises(Mistake) as mistake:
        function(*args, **options)
    return str(mistake.value).splitlines()


# --- by name and by path --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["stag-hunt", "prisoners-dilemma", "liberal-trade(theta=0.2)"])
def test_a_name_is_that_of_the_catalogue(name):
    assert game_from(name) == named_game(name)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("staghunt", 'no game "staghunt" (did you mean stag-hunt'),
        ("stag-hunt(x=1)", "stag-hunt has no parameter 'x'"),
        ("my/game", '"my/game" is no file of a game; these end in .toml, .csv, .nfg'),
        ("game.xlsx", '"game.xlsx" is no file of a game; these end in .toml, .csv, .nfg'),
        ("nowhere.csv", "nowhere.csv: there is no such file"),
    ],
)
def test_what_is_neither_is_one_line(text, line):
    (told,) = said(game_from, text)
    assert told.startswith(line)


@pytest.mark.parametrize("ending", [".nfg", ".csv"])
def test_rubbish_in_other_files_is_one_line(tmp_path, ending):
    path = tmp_path / f"rubbish{ending}"
    path.write_bytes(b"\xff\xfe")
    (line,) = said(game_from, str(path))
    assert line == f"{path}: is not a text file ({ending[1:]} is text in UTF-8)"
    path.write_bytes(b"")
    (line,) = said(game_from, str(path))
    assert line.startswith(f"{path}, line 1: ")


def test_what_is_wrong_with_a_whole_game_names_its_file(tmp_path):
    path = tmp_path / "many.csv"
    seats = [f"s{i}" for i in range(70)]
    head = ",".join([*seats, *(f"payoff of {s}" for s in seats)])
    path.write_text(f"{head}\n{','.join('1' * 140)}\n")
    assert said(game_from, str(path)) == [f"{path}, line 1: has 70 actors; 30 are the most"]
    path.write_text("A,payoff of A\nx,1e308\ny,-1e308\n")  # as wide as numbers go
    assert game_from(str(path)).shape == (2,)


# --- the TOML form --------------------------------------------------------------------------------


def test_the_keys_that_drive_choice():
    base = game_from(str(HERE / "games/valid/tariffs.toml"))
    given = game_from(str(HERE / "games/valid/everything-that-drives-choice.toml"))
    chosen = with_choice(base, [[[6, 1], [8, 3]], [[5, 9], [0, 3]]])
    surplus = [[[0, 1], [2, 0]], [[1, 0], [0, 2]]]
    expected = domestic_pressure(positional(relative_gains(chosen, 0.25), 0.5), surplus, [1.5, 2])
    assert np.array_equal(given.payoffs, base.payoffs)
    assert np.array_equal(given.choice, expected.choice)
    assert (given.name, given.seats) == ("pressed", ("North", "South"))
    assert (given.actions, given.roles, given.story) == (base.actions, base.roles, base.story)


def test_one_line_turns_a_game_into_what_a_mercantilist_chooses_by():
    # theory.md 1.5.9, in the dilemma 5, 3, 1, 0: v = u_i − u_j/2.
    game = game_from(str(HERE / "games/valid/mercantilists.toml"))
    assert game.choice[0].tolist() == [[1.5, -2.5], [5, 0.5]]
    assert game == relative_gains(named_game("prisoners-dilemma"), 0.5)


def test_values_of_csv_and_nfg():
    wide = game_from(str(HERE / "games/valid/wide.csv"))
    assert wide.payoffs.tolist() == [[[1 / 3, -2000], [0.5, 4]], [[0.1, 0], [3, 5]]]
    outcomes = game_from(str(HERE / "games/valid/outcomes.nfg"))
    # T L: first; B L: none; T M: second; B M: first; T R: none; B R: second.
    assert outcomes.payoffs.tolist() == [
        [[1, 2, 0], [0, 1, 2]],
        [[1 / 3, -0.5, 0], [0, 1 / 3, -0.5]],
    ]


words = st.text("abc é'\"\\#()–", min_size=1, max_size=8)
numbers = st.floats(-1e300, 1e300)


@st.composite
def games(draw):
    shape = draw(array_shapes(min_dims=1, max_dims=3, max_side=3))
    payoffs, choice = (
        draw(arrays(np.float64, (len(shape), *shape), elements=numbers)) for _ in range(2)
    )
    return Game(
        draw(words),
        payoffs,
        [draw(st.lists(words, min_size=k, max_size=k, unique=True)) for k in shape],
        [draw(words) for _ in shape],
        draw(st.sampled_from([None, [list(range(k)) for k in shape]])),
        draw(st.text('abc "\\\n', max_size=9)),
        draw(st.sampled_from([None, choice])),
    )


@settings(deadline=None)
@given(games())
def test_what_is_written_is_read_as_the_same_game(tmp_path_factory, game):
    path = tmp_path_factory.mktemp("toml") / "game.toml"
    write_game(game, path)
    again = game_from(str(path))
    assert again == game
    assert again.story == game.story
    assert again.digest == game.digest


@pytest.mark.parametrize("name", catalog())
def test_every_named_game_can_be_written_and_read(tmp_path, name):
    game = named_game(name)
    if game.payoffs.size > 50_000:
        pytest.skip("large")
    for ending in (".toml", ".nfg", ".csv"):
        again = game_from(str(write_game(game, tmp_path / f"g{ending}")))
        assert np.array_equal(again.payoffs, game.payoffs)
        assert again.actions == game.actions
        assert again.seats == game.seats


def test_whole_numbers_are_written_as_people_do():
    content = tomllib.loads(game_toml(named_game("prisoners-dilemma")))
    assert "payoffs = [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]\n" in game_toml(
        named_game("prisoners-dilemma")
    )
    assert list(content) == ["name", "payoffs", "actions", "seats", "story"]


def test_names_that_toml_cannot_hold_are_refused():
    (line,) = said(game_toml, Game("a\nb", [[1]]))
    assert line == "game 'a\\nb' as TOML: name: \"a\\nb\" must be one line of ordinary characters"


def test_endings_decide_and_unknown_ones_are_mistakes(tmp_path):
    game = named_game("chicken")
    assert write_game(game, tmp_path / "x.TEX").read_text().startswith("% ")
    assert write_game(game, str(tmp_path / "x.html")).read_text().startswith("<table")
    (line,) = said(write_game, game, tmp_path / "x.xls")
    assert line.startswith(f'{tmp_path / "x.xls"}: no kind of file ".xls"')
    (line,) = said(write_game, game, tmp_path / "no" / "x.csv")
    assert line == f"{tmp_path / 'no' / 'x.csv'}: cannot be written: No such file or directory"


# --- in experiments -------------------------------------------------------------------------------


def test_what_drives_choice_is_in_the_canonical_form_and_counts(small):
    plain = load(small)
    driven = load(small, sets=["game.relative_gains=0.5"])
    assert "choice" not in as_spec(plain)["game"]
    assert as_spec(driven)["game"]["choice"] == driven.game.choice.tolist()
    assert loads_canonical(as_spec(driven)) == driven
    assert spec_digest(driven) != spec_digest(plain)
    assert driven.game == relative_gains(named_game("prisoners-dilemma"), 0.5)
    assert load(small, sets=["relative_gains=0.5"]) == driven
    assert load(small, sets=["positional=0.5", "relative_gains=0.5"]).game == positional(
        driven.game, 0.5
    )
    # No weight at all is what it was.
    assert spec_digest(load(small, sets=["relative_gains=0"])) == spec_digest(plain)


def test_a_game_set_by_its_path_starts_where_the_command_is_given(small, tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    write_game(named_game("chicken"), "mine.nfg")
    assert np.array_equal(
        load(small, sets=["game=mine.nfg"]).game.payoffs, named_game("chicken").payoffs
    )
    assert load(small, sets=["game.base=mine.nfg", "relative_gains=1"]).game.choice is not None
    (line,) = said(load, small, sets=["game=other.nfg"])
    assert line == f"{here / 'other.nfg'}: there is no such file"


def test_mistakes_in_settings_name_the_setting(small):
    assert said(load, small, sets=["relative_gains=2"]) == [
        "--set relative_gains=2: game.relative_gains: 2 is too large; it must be at most 1"
    ]


def test_a_path_in_a_file_starts_in_its_folder(small):
    write_game(named_game("chicken"), small.parent / "mine.csv")
    small.write_text(SMALL.replace('"prisoners-dilemma"', '{ base = "mine.csv", name = "c" }'))
    assert load(small).game.name == "c"
    assert np.array_equal(load(small).game.payoffs, named_game("chicken").payoffs)


def test_a_game_of_three_is_refused_in_one_line(small):
    small.write_text(SMALL.replace('"prisoners-dilemma"', '"public-goods"'))
    (line,) = said(load, small)
    assert line.startswith(f"{small}, line 5: game: game 'public-goods' has ")
    assert line.endswith("; a match has two")
