"""The named games."""

import re

import pytest

from coopgames.games import accommodation, catalog, named_game
from coopgames.mistakes import Mistake

GAMES = list(catalog().values())


def test_the_games_everyone_knows_are_there():
    assert set(catalog()) == {
        "harmony", "concord", "prisoners-dilemma", "stag-hunt", "chicken", "battle-of-the-sexes",
        "pure-coordination", "hi-lo", "turn-taking-deadlock", "deadlock", "suasion",
        "matching-pennies", "independence",
    }  # fmt: skip


@pytest.mark.parametrize("game", GAMES, ids=lambda g: g.name)
def test_each_has_a_slug_a_story_and_words_for_its_actions(game):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", game.name)
    assert catalog()[game.name] is game
    assert game.story.endswith(".")
    assert game.story.count(". ") == 0
    assert not any(name.isdigit() for names in game.actions for name in names)


@pytest.mark.parametrize("game", GAMES, ids=lambda g: g.name)
def test_the_first_action_accommodates_where_one_does(game):
    without = {
        "battle-of-the-sexes", "pure-coordination", "hi-lo", "matching-pennies", "independence",
    }  # fmt: skip
    assert accommodation(game) == (None if game.name in without else ((0, 1), (0, 1)))


def test_the_prisoners_dilemma_is_axelrods():
    # Axelrod, The Evolution of Cooperation (1984), figure 1: T 5, R 3, P 1, S 0.
    game = named_game("prisoners-dilemma")
    assert game.payoffs.tolist() == [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]
    assert game.actions == (("C", "D"), ("C", "D"))


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(Mistake, match=r'no game "prisoner-dilemma" \(did you mean prisoners-d'):
        named_game("prisoner-dilemma")


def test_the_catalog_cannot_be_changed():
    with pytest.raises(TypeError):
        catalog()["new"] = GAMES[0]
