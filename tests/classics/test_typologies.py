"""Kinds of problems.

classics-international.md, C11: D. Snidal, "Coordination versus prisoners' dilemma", American
Political Science Review 79 (1985; abstract V-S); A. A. Stein, "Coordination and collaboration",
International Organization 36 (1982; MEM); L. L. Martin, "Interests, power, and multilateralism",
International Organization 46 (1992; abstract V-S). That our subtypes are theirs is V-R for the
games, MEM for the typologies.
"""

import numpy as np
import pytest

from coopgames.games import named_game, structure


@pytest.mark.parametrize(
    ("name", "martin", "category", "subtype"),
    [
        ("prisoners-dilemma", "collaboration", "mixed-interests", "dilemma"),
        ("battle-of-the-sexes", "coordination", "mixed-interests", "coordination-distributive"),
        ("chicken", "coordination", "mixed-interests", "coordination-distributive"),
        ("suasion", "suasion", "opposed-interests", "one-sided"),
        ("stag-hunt", "assurance", "mixed-interests", "assurance"),
        ("harmony", "none", "harmony", None),
    ],
)
def test_martins_four(name, martin, category, subtype):
    assert martin in {"collaboration", "coordination", "suasion", "assurance", "none"}
    found = structure(named_game(name))
    assert (found.category, found.subtype) == (category, subtype)


def test_common_interests():
    """Stein: a unique equilibrium that all would leave together."""
    found = structure(named_game("prisoners-dilemma"))
    (rest,) = found.at_rest
    assert rest.gain > 0
    assert rest.cell == "mixed"


@pytest.mark.parametrize("name", ["chicken", "battle-of-the-sexes"])
def test_common_aversions(name):
    """Stein: several equilibria, and an outcome that both want least to be at."""
    game = named_game(name)
    found = structure(game)
    assert len(found.equilibria) == 2
    lowest = game.payoffs.min(axis=(1, 2), keepdims=True)
    shared = np.argwhere((game.payoffs == lowest).all(axis=0))
    assert len(shared) >= 1
    assert not any(tuple(at) in found.equilibria for at in shared)


def test_suasion_has_a_privileged_supplier_and_a_partner_who_lets_it():
    found = structure(named_game("suasion"))
    ((supplier, partner),) = found.self_regarding
    assert (supplier, partner) == (0, 1)
    assert found.best_reply[0, 0].all()  # supplies whatever the partner does
    assert found.game.payoffs[1, 0, 1] == found.game.payoffs[1].max()


def test_in_coordination_agreement_keeps_itself_and_in_a_dilemma_it_does_not():
    """Snidal: what has been agreed needs no policing in the one, and does in the other."""
    for name, agreed in (("battle-of-the-sexes", (0, 0)), ("prisoners-dilemma", (0, 0))):
        found = structure(named_game(name))
        assert bool(found.best_reply[(slice(None), *agreed)].all()) == (name != "prisoners-dilemma")


def test_the_issue_areas_are_of_all_kinds():
    kinds = {
        structure(named_game(name)).subtype
        for name in ("liberal-trade", "non-proliferation", "cotton-textiles", "oil-embargo")
    }
    assert kinds == {"dilemma", "assurance", "cyclic", "one-sided"}
