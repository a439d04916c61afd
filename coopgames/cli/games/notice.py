"""What to notice in a game, as far as it can be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgames.games import Structure

NAMED = 3
"""So many outcomes at rest are named; of more only their number."""


def notice(s: Structure) -> list[str]:
    """Say what to notice: roles, what is best anyway, what is at rest, what would help.

    Parameters
    ----------
    s : Structure
        What the game encodes.
    """
    from coopgames.games import structure

    lines = [_roles(s), *_dominant(s), _at_rest(s)]
    if s.category == "mixed-interests":
        if structure(s.game, feasible="pure").category != s.category:
            lines.append(
                f"No single outcome is better for {_both(s)}; they gain only by lot or by taking "
                "turns."
            )
        if structure(s.game, baseline="nash").category == "harmony":
            lines.append(
                f"Were each sure what the {_other(s)} will do, it would be harmony: expectations "
                "are all that stands in the way."
            )
    return lines


def _both(s: Structure) -> str:
    return "both" if s.game.n == 2 else "all"


def _other(s: Structure) -> str:
    return "other" if s.game.n == 2 else "others"


def _roles(s: Structure) -> str:
    from coopgames.cli.style import listed
    from coopgames.games import accommodation

    game = s.game
    orders = accommodation(game)
    if orders is None:
        return (
            "No action accommodates as such, so strategies that return what they get, like tit for "
            "tat, cannot be played here."
        )
    ends = {
        seat: (names[order[0]], names[order[-1]])
        for seat, names, order in zip(game.seats, game.actions, orders, strict=True)
        if len(names) > 1
    }
    by_degrees = max(game.shape) > 2
    told = {
        seat: f"{a} accommodates most, {b} least"
        if by_degrees
        else f"to play {a} is to accommodate, to play {b} is to withhold"
        for seat, (a, b) in ends.items()
    }
    if len(set(told.values())) == 1:
        line = next(iter(told.values()))
        return f"{line[0].upper()}{line[1:]}."
    return f"{'; '.join(f'{listed(who)}: {line}' for line, who in _together(told).items())}."


def _dominant(s: Structure) -> list[str]:
    """Name the actions that are best whatever the others do."""
    from coopgames.cli.style import listed

    does = "does" if s.game.n == 2 else "do"
    best = [
        [a for a in range(k) if s.best_reply[seat].take(a, axis=seat).all()]
        for seat, k in enumerate(s.game.shape)
    ]
    found = {
        seat: names[actions[0]]
        for seat, names, actions in zip(s.game.seats, s.game.actions, best, strict=True)
        if len(actions) == 1 and len(names) > 1
    }
    if not found:
        return []
    if len(found) == s.game.n and len(set(found.values())) == 1:
        who = [f"{next(iter(found.values()))} is best for each"]
    else:
        who = [f"{action} is best for {listed(of)}" for action, of in _together(found).items()]
    return [f"{'; '.join(who)}, whatever the {_other(s)} {does}."]


def _together(said: dict[str, str]) -> dict[str, list[str]]:
    """Collect the seats of which the same is said."""
    return {line: [seat for seat, of in said.items() if of == line] for line in said.values()}


def _at_rest(s: Structure) -> str:
    """Say where nobody would move alone."""
    names = [
        f"({', '.join(s.game.actions[seat][a] for seat, a in enumerate(p))})" for p in s.equilibria
    ]
    if not names:
        return "No outcome is at rest: at each, somebody would rather have acted otherwise."
    if len(names) == 1:
        gain = any(p.gain > 0 for p in s.profiles if p.actions == s.equilibria[0])
        together = f"; moving together, {_both(s)} could gain" if gain else ""
        return f"Only {names[0]} is at rest: from there nobody gains by moving alone{together}."
    payoffs = [[float(of[p]) for of in s.game.payoffs] for p in s.equilibria]
    best = [x == [max(of) for of in zip(*payoffs, strict=True)] for x in payoffs]
    agreed = (
        "they do not care which" if all(best)
        else f"{_both(s)} like {names[best.index(True)]} best" if any(best)
        else "they disagree over which is best"
    )  # fmt: skip
    which = f"{' and '.join(names)} are" if len(names) <= NAMED else f"{len(names)} outcomes are"
    return f"{which} at rest: nobody gains by moving alone; {agreed}."
