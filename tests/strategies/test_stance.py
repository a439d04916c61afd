"""What a stance says is what the strategy does."""

import pytest
from reference_player import Player

from coopgames.strategies import library
from coopgames.strategies.stance import unfold

TAKEN = {name: e for name, e in library().items() if e.stance is not None}
LENGTH = 40


def does(entry, theirs: str) -> str:
    """Play against a fixed course, with the lots at either end; ? where these differ."""
    own = []
    for lot in (0.0, 1 - 2**-32):
        player, course = Player(entry(), lot=lot), ""
        for move in theirs:
            action = player.act()
            player.see(action, "CD".index(move))
            course += "CD"[action]
        own.append(course)
    return "".join(a if a == b else "?" for a, b in zip(*own, strict=True))


@pytest.mark.parametrize("name", TAKEN)
def test_as_long_as_its_demand_is_met(name):
    stance = TAKEN[name].stance
    own = does(TAKEN[name], unfold(stance.demand, 200))
    assert own == unfold(stance.complied, 200)


@pytest.mark.parametrize("met", [30, 31, 37, 60])
@pytest.mark.parametrize("name", TAKEN)
def test_if_it_is_refused_and_if_amends_are_made(name, met):
    stance = TAKEN[name].stance
    before = unfold(stance.demand, met)
    refused = does(TAKEN[name], before + "D" * (LENGTH + 1))[met + 1 :]
    assert refused == unfold(stance.refused, LENGTH)
    atoned = does(TAKEN[name], before + "D" + unfold(stance.amends, LENGTH))[met + 1 :]
    assert atoned == unfold(stance.atoned, LENGTH)


@pytest.mark.parametrize("name", TAKEN)
def test_a_bluff_is_announced_otherwise(name):
    stance = TAKEN[name].stance
    assert stance.bluffs == (stance.announced != "")
    assert stance.announced != stance.refused
    if stance.bluffs:
        unfold(stance.announced, 1)


@pytest.mark.parametrize(
    ("course", "written"), [("(C)", "CCCCC"), ("DD(C)", "DDCCC"), ("D(CD)", "DCDCD")]
)
def test_courses(course, written):
    assert unfold(course, 5) == written


@pytest.mark.parametrize("wrong", ["", "C", "()", "(c)", "(C)D", "C(C"])
def test_what_is_no_course(wrong):
    with pytest.raises(ValueError, match="is no course"):
        unfold(wrong, 5)
