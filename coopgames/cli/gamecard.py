"""What a game encodes, as it is shown: as JSON and as a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgames.games import Structure


def bare(x: Any) -> Any:
    """Put arrays, and numbers that are none, into what JSON can hold."""
    if hasattr(x, "tolist"):
        return bare(x.tolist())
    if isinstance(x, dict):
        return {key: bare(value) for key, value in x.items()}
    if isinstance(x, list):
        return [bare(y) for y in x]
    return None if isinstance(x, float) and math.isnan(x) else x


def as_dict(s: Structure) -> dict[str, Any]:
    """Put a structure into what JSON can hold: names for actions, null for what is undefined."""
    from dataclasses import asdict

    from coopgames.games import intensity, power

    def named(profile: tuple[int, ...]) -> list[str]:
        return [s.game.actions[seat][a] for seat, a in enumerate(profile)]

    return {
        "game": s.game.name,
        "category": s.category,
        "without_adjustment": s.without_adjustment,
        "with_adjustment": s.with_adjustment,
        "subtype": s.subtype,
        "baseline": s.baseline,
        "feasible": s.feasible,
        "hindrance": s.hindrance,
        "by": s.by,
        "strict": s.strict,
        "shares": dict(s.shares),
        "self_regarding": [named(profile) for profile in s.self_regarding],
        "profiles": [
            {
                "actions": named(p.actions),
                "cell": p.cell,
                "hindrance": bare(p.hindrance),
                "facilitation": bare(p.facilitation),
                "compatibility": bare(p.compatibility),
                "gain": p.gain,
                "gain_weak": p.gain_weak,
            }
            for p in s.profiles
        ],
        "flags": asdict(s.flags),
        "intensity": bare(asdict(intensity(s))),
        "power": bare(asdict(power(s.game))),
    }


def said(s: Structure) -> str:
    """Say in a few sentences what a game encodes, with its category in colour."""
    from coopgames.cli.style import GAMES, painted, words
    from coopgames.games import sentence

    label = words(s.category)
    return sentence(s).replace(label, painted(label, GAMES[s.category]), 1)


def legend(s: Structure, *, abridged: bool) -> str:
    """Explain the tables of payoffs."""
    cut = (
        f" Of {' × '.join(map(str, s.game.shape))} actions the telling ones are shown; --json has "
        "them all."
        if abridged
        else ""
    )
    fell_back = (
        " There is no equilibrium in single actions, so whatever is best against something counts."
        if s.flags.baseline_fell_back
        else ""
    )
    return f"• where they may end up if each looks only to its own interest.{fell_back}{cut}"
