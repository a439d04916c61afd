"""What a game encodes, in plain words."""

from __future__ import annotations

from coopgames.games.cells import grievance, hindered
from coopgames.games.game import Game
from coopgames.games.phrases import listed
from coopgames.games.registry import catalog
from coopgames.games.structure import Structure, structure

KINDS = {
    "dilemma": "a dilemma",
    "assurance": "a problem of assurance",
    "coordination-distributive": "a problem of coordination with a quarrel over how",
    "cyclic": "a chase in which somebody always wants to move on",
    "two-sided": "on both sides",
    "multiple": "whatever they do",
}
"""What the subtypes mean; ``one-sided`` needs names."""


def sentence(game: Game | Structure) -> str:
    """Say in a few sentences what a game encodes, without and with adjustment.

    Parameters
    ----------
    game : Game or Structure
        A game, or what was found out about it.
    """
    s = structure(game) if isinstance(game, Game) else game
    said = {
        "harmony": _harmony,
        "mixed-interests": _mixed,
        "opposed-interests": _opposed,
        "independence": _independence,
    }[s.category](s)
    small = " So little is at stake, though, that it is nearly harmony."
    subject = title(s.game)
    return f"{subject} is a case of {said}{small if s.flags.near_harmony else ''}"


def title(game: Game) -> str:
    """Write a game's name as the subject of a sentence: ``The prisoner's dilemma``."""
    name, opened, parameters = game.name.partition("(")
    known = catalog().get(name)
    return f"{known.title}{opened and ' ('}{parameters}" if known else f"The game {game.name}"


def spoken(name: str) -> str:
    """Write a game's name as it is spoken: ``prisoner's dilemma``."""
    return name.replace("prisoners-", "prisoner's-").replace("-", " ")


def _harmony(s: Structure) -> str:
    found = grievance(s.game, s.profiles)
    though = ""
    if found:
        size, by, of = found
        by_name, of_name = s.game.seats[by], s.game.seats[of]
        though = (
            f", though {of_name} could have had {100 * size:.0f} % of its range more "
            f"had {by_name} acted otherwise"
        )
    return (
        "harmony: what each does in its own interest is also what serves "
        f"{'the other' if s.game.n == 2 else 'the others'} best{though}. There is nothing to "
        "adjust, and cooperation is not needed."
    )


def _mixed(s: Structure) -> str:
    unless = ", unless play happens to start where nobody would move, alone or together"
    lucky = s.subtype in ("assurance", "coordination-distributive")
    all_gain = any(p.gain > 0 for p in s.profiles)
    gains = "all can gain" if all_gain else "somebody can gain and nobody need lose"
    return (
        f"mixed interests, {KINDS[str(s.subtype)]}. Left to itself it ends in discord"
        f"{unless if lucky else ''}; if the actors adjust to one another, cooperation is "
        f"possible: {gains}."
    )


def _opposed(s: Structure) -> str:
    if s.subtype == "one-sided":
        free = [x for i, x in enumerate(s.game.seats) if i not in hindered(s.profiles[0])]
        held = [x for x in s.game.seats if x not in free]
        kind = f"on one side: {_is_or_are(held)} hindered, {_is_or_are(free)} not"
    else:
        kind = KINDS[str(s.subtype)]
    linked = (
        " A payment, or something in return in another matter, could."
        if s.flags.linkage_opportunity
        else ""
    )
    return (
        f"opposed interests, {kind}. Left to itself it ends in discord, and adjusting to one "
        f"another does not help: nobody can gain unless another loses.{linked}"
    )


def _independence(_: Structure) -> str:
    return (
        "independence: nothing that one does matters to another, so there is neither harmony nor "
        "discord, and nothing to adjust."
    )


def _is_or_are(seats: list[str]) -> str:
    return f"{listed(seats)} {'is' if len(seats) == 1 else 'are'}"
