"""The reasoning that leads to a game's label, for exactly this game, in a few plain sentences.

What each would do on its own account; whom that hinders; what joint adjustment could gain; whether
what is gained would keep itself; what kind of problem it therefore is (`kinds`); and what has
solved such problems (`remedies`).
"""

from __future__ import annotations

import numpy as np

from coopgames.games.cells import ProfileReport
from coopgames.games.coalitions import coalitions
from coopgames.games.equilibrium import Profile
from coopgames.games.game import by_choice
from coopgames.games.levels import TOLERANCE, levelled
from coopgames.games.phrases import (
    amount,
    capital,
    each_seat,
    listed,
    others_do,
    percent,
    profile_name,
)
from coopgames.games.remedies import PROBLEMS, remedy
from coopgames.games.structure import Structure, structure
from coopgames.mistakes import Mistake

SHOWN = 4
"""So many outcomes or actions are named one by one."""


def explain(found: Structure) -> tuple[str, ...]:
    """Explain in four to eight sentences why a game is what it is.

    Parameters
    ----------
    found : Structure
        What the game encodes.

    Returns
    -------
    tuple of str
        One sentence each.
    """
    if found.category == "independence":
        return (
            _alone(found),
            "Nobody's payoff depends on what another does, so nobody can help or hinder anybody.",
            PROBLEMS["independence"],
            "There is nothing to adjust to, and nothing that an agreement could change.",
        )
    target = best_for_all(found)
    said = (
        _alone(found),
        _hindered(found),
        _together(found, target),
        _kept(found, target),
        PROBLEMS[found.subtype or found.category],
        remedy(found, target),
        _some(found),
        _driven(found),
    )
    return tuple(sentence for sentence in said if sentence)


def best_for_all(found: Structure) -> Profile | None:
    """Find the profile that all prefer to what they get on U, with the largest product of gains."""
    u = levelled(found.measured).payoffs
    gains = u - found.before.reshape(-1, *(1,) * found.game.n)
    slack = (TOLERANCE * found.ranges).reshape(gains.shape[0], *(1,) * found.game.n)
    better = (gains > slack).all(axis=0)
    if not better.any():
        return None
    product = np.where(better, gains.prod(axis=0), -np.inf)
    return tuple(int(a) for a in np.unravel_index(int(product.argmax()), product.shape))


def _alone(s: Structure) -> str:
    """Say what each would do on its own account."""
    game, U = s.game, s.self_regarding
    if s.baseline in ("nash", "given"):
        why = {"nash": "in equilibrium", "given": "as was given"}[s.baseline]
        return f"Looking only to themselves they end, {why}, at {_some_of(s, U)}."
    may = [sorted({profile[i] for profile in U}) for i in range(game.n)]
    if len(U) > 1:
        play = [f"may play {_options(game.actions[i], own)}" for i, own in enumerate(may)]
        return (
            "What is best depends on what one expects: looking only to itself, "
            f"{each_seat(game, play)}."
        )
    if all(s.best_reply[i].take(own[0], axis=i).all() for i, own in enumerate(may)):
        best = [f"does best with {game.actions[i][own[0]]}" for i, own in enumerate(may)]
        return f"Whatever {others_do(game)}, {each_seat(game, best)}."
    return (
        "If each strikes out what can never pay, and expects the rest to do so too, only "
        f"{profile_name(game, U[0])} is left."
    )


def _hindered(s: Structure) -> str:
    """Say whom that hinders, and by how much."""
    worst = max(s.profiles, key=lambda p: p.weighted_hindrance)
    if worst.weighted_hindrance == 0:
        where = "there" if len(s.profiles) == 1 else "at none of these outcomes"
        could = "nobody could" if len(s.profiles) == 1 else "could anybody"
        return capital(f"{where} {could} be better off had another alone acted otherwise.")
    if len(s.profiles) > 1:
        free = sum(p.weighted_hindrance == 0 for p in s.profiles) / len(s.profiles)
        first = f"at {percent(free)} of these outcomes nobody is hindered, but " if free else ""
        return capital(f"{first}at {profile_name(s.game, worst.actions)} {_denied(s, worst)}.")
    return capital(f"there {_denied(s, worst)}.")


def _denied(s: Structure, p: ProfileReport) -> str:
    """Say who is denied what at a profile; of several others, by the one that denies most."""
    H = p.hindrance.copy()
    np.fill_diagonal(H, 0.0)
    most = H.max(axis=0)
    who = "the other" if s.game.n == 2 else "what another did"
    said = [
        f"is denied {amount(most[i])} by {who}, {percent(most[i] / s.ranges[i])} of all that is at "
        "stake for it"
        if most[i] > 0
        else "is not hindered"
        for i in range(s.game.n)
    ]
    return each_seat(s.game, said)


def _together(s: Structure, target: Profile | None) -> str:
    """Say what joint adjustment could gain."""
    u = levelled(s.measured).payoffs
    instead = "instead of" if len(s.profiles) == 1 else "instead of, on average,"
    if target is not None:
        would = [
            f"would have {amount(u[(i, *target)])} {instead} {amount(s.before[i])}"
            for i in range(s.game.n)
        ]
        return f"At {profile_name(s.game, target)} {each_seat(s.game, would)}."
    if any(p.gain > TOLERANCE for p in s.profiles):
        most = max(p.gain for p in s.profiles)
        how = "with side payments" if s.feasible == "transferable" else "by lot or by taking turns"
        return (
            f"No single outcome is better for all, but {how} all could gain, each up to "
            f"{percent(most)} of what is at stake for it."
        )
    if any(p.gain_weak > TOLERANCE for p in s.profiles):
        return "Not all could gain by acting together, but some could and nobody need lose."
    return "By no change, however they act together, could one gain unless another lost."


def _kept(s: Structure, target: Profile | None) -> str:
    """Say whether what is gained would keep itself."""
    if target is None:
        return ""
    v = levelled(by_choice(s.game)).payoffs
    tempted = {}
    for i in range(s.game.n):
        own = v[i][(*target[:i], slice(None), *target[i + 1 :])]
        if own.max() > own[target[i]]:
            action = s.game.actions[i][int(own.argmax())]
            tempted[i] = f"{action}, for {amount(own.max())} instead of {amount(own[target[i]])}"
    by = "" if s.game.choice is None else " in what drives its choice"
    if not tempted:
        return "From there nobody would gain by departing alone, so once reached it keeps itself."
    if len(tempted) == s.game.n and len(set(tempted.values())) == 1:
        return f"But from there each is tempted by {tempted[0]}{by}, so it does not keep itself."
    who = listed(f"{s.game.seats[i]} is tempted by {what}" for i, what in tempted.items())
    return f"But from there {who}{by}, so it does not keep itself."


def _some(s: Structure) -> str:
    """Say what some could do at the expense of the rest, or to its benefit."""
    try:
        able = coalitions(s) if s.game.n > 2 else ()
    except Mistake:  # too many to look at
        return ""
    if not able:
        return ""
    best = max(able, key=lambda c: (c.deal.injurious, len(c.parties)))
    names = listed(s.game.seats[i] for i in best.parties)
    kind = best.structure.category.replace("-", " ")
    hurt = [s.game.seats[k] for k in best.deal.outsiders if best.deal.effects[k] < 0]
    outside = f"injurious to {listed(hurt)}" if hurt else "benign to the rest"
    more = f" (one of {len(able)} coalitions that could)" if len(able) > 1 else ""
    return f"For {names} alone it is a case of {kind}: a deal among them would be {outside}{more}."


def _driven(s: Structure) -> str:
    """Say what the game is in what drives choice, where that is not what actors aim at."""
    if s.game.choice is None:
        return ""
    other = structure(
        s.game, feasible=s.feasible, hindrance=s.hindrance, strict=s.strict,
        by="choice" if s.by == "goal" else "goal",
    )  # fmt: skip
    names = {"goal": "their goals", "choice": "what they choose by"}
    kind = other.category.replace("-", " ")
    return (
        f"They choose by something other than their goals: measured in {names[s.by]} it is this, "
        f"measured in {names[other.by]} it is a case of {kind}."
    )


def _some_of(s: Structure, profiles: tuple[Profile, ...]) -> str:
    named = [profile_name(s.game, p) for p in profiles[:SHOWN]]
    rest = len(profiles) - SHOWN
    return listed([*named, *([f"{rest} more"] if rest > 0 else [])], "or" if rest <= 0 else "and")


def _options(names: tuple[str, ...], own: list[int]) -> str:
    if len(own) > SHOWN:
        return "anything" if len(own) == len(names) else f"{len(own)} of its {len(names)} actions"
    return listed([names[a] for a in own], "or")
