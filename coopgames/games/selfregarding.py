"""What actors may do who look only to their own interest: the self-regarding profiles U.

"Without regard for others" is without regard for the effects on others' goals and without trying
to influence them; it does not mean to ignore what others do (theory.md 1.1.1, after C. E. Lindblom,
The Intelligence of Democracy, 1965). What counts is what drives choice: the choice payoffs. The
readings:

``rationalizable`` (Definition 1)
    U = R_0 × … × R_{n−1}: what survives when actions that another action, or a mixture of actions,
    beats *whatever the others do* are struck out, again and again (D. G. Pearce, "Rationalizable
    strategic behavior", Econometrica 52, 1984; beliefs about several others may be correlated).
``nash``
    U = the Nash equilibria in pure actions; without one, as ``rationalizable``.
``curb``
    U = the span of the minimal sets closed under best replies (`closed`).
``dominant``
    U = the actions that are best whatever the others do; refused if some actor has none.
profiles
    U = those given, such as `status_quo`, the best replies to a known past.

Actions that are the same for everyone, whatever the others do, are one action written twice. Only
the first of them is kept, so that means over U do not depend on how often it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import Literal, get_args

import numpy as np

from coopgames.games.closed import Actions, minimal_closed_sets
from coopgames.games.dominance import undominated
from coopgames.games.equilibrium import Profile, best_replies, pure_equilibria
from coopgames.games.game import Game, by_choice
from coopgames.games.levels import TOLERANCE, levelled, ranges
from coopgames.mistakes import Mistake, unknown

Baseline = Literal["rationalizable", "nash", "curb", "dominant"]


@lru_cache(maxsize=256)
def stand_ins(game: Game) -> Actions:
    """For each seat's actions, the first action that is the same for everyone."""
    u = levelled(game).payoffs
    v = levelled(by_choice(game)).payoffs
    both = u if game.choice is None else np.concatenate([u, v])
    firsts = []
    for seat in range(game.n):
        seen: dict[bytes, int] = {}
        by_action = np.moveaxis(both, seat + 1, 0)
        firsts.append(tuple(seen.setdefault(own.tobytes(), a) for a, own in enumerate(by_action)))
    return tuple(firsts)


def distinct_actions(game: Game) -> Actions:
    """List each seat's actions without those that only repeat an earlier one."""
    return tuple(tuple(sorted(set(first))) for first in stand_ins(game))


def rationalizable(game: Game) -> Actions:
    """List each seat's distinct actions that survive iterated strict dominance."""
    kept = list(distinct_actions(game))
    v = levelled(by_choice(game)).payoffs
    slack = TOLERANCE * ranges(by_choice(game))
    settled = 0
    while settled < game.n:
        for seat in range(game.n):
            table = np.moveaxis(v[seat][np.ix_(*kept)], seat, 0).reshape(len(kept[seat]), -1)
            stays = undominated(table, float(slack[seat]))
            left = tuple(a for a, k in zip(kept[seat], stays, strict=True) if k)
            settled = settled + 1 if left == kept[seat] else 0
            kept[seat] = left
    return tuple(kept)


def dominant(game: Game) -> Actions:
    """List each seat's distinct actions that are best whatever the others do.

    Raises
    ------
    Mistake
        If some actor has none.
    """
    best, distinct = best_replies(game), distinct_actions(game)
    found = tuple(
        tuple(a for a in distinct[i] if best[i].take(a, axis=i).all()) for i in range(game.n)
    )
    without = [game.seats[i] for i, actions in enumerate(found) if not actions]
    if without:
        raise Mistake(
            f"game {game.name!r}: the baseline dominant is not defined, since no action of "
            f"{' and '.join(without)} is best whatever the others do; rationalizable always is"
        )
    return found


def status_quo(game: Game, profile: Sequence[int]) -> tuple[Profile, ...]:
    """List the profiles of best replies to a known past, Π BR_i(s_−i).

    Parameters
    ----------
    game : Game
        The game.
    profile : sequence of int
        s: what each did.
    """
    past = _profile(game, profile)
    best, distinct = best_replies(game), distinct_actions(game)
    replies = [
        [a for a in distinct[i] if best[(i, *past[:i], a, *past[i + 1 :])]] for i in range(game.n)
    ]
    return tuple(product(*replies))


def self_regarding(
    game: Game, baseline: Baseline | Sequence[Profile] = "rationalizable"
) -> tuple[Profile, ...]:
    """List the self-regarding profiles, in the game's own numbering of actions.

    Parameters
    ----------
    game : Game
        The game.
    baseline : {"rationalizable", "nash", "curb", "dominant"} or profiles
        The reading of "self-regarding".

    Raises
    ------
    Mistake
        If the baseline is not defined for this game, or a profile is none of its profiles.
    """
    if not isinstance(baseline, str):
        firsts = stand_ins(game)
        given = [_profile(game, p) for p in baseline]
        if not given:
            raise Mistake(f"game {game.name!r}: a baseline needs at least one profile")
        merged = (tuple(firsts[i][a] for i, a in enumerate(p)) for p in given)
        return tuple(dict.fromkeys(merged))
    if baseline == "nash":
        equilibria = distinct_equilibria(game)
        return equilibria or tuple(product(*rationalizable(game)))
    if baseline == "curb":
        sets = minimal_closed_sets(game, rationalizable(game), distinct_actions(game))
        return tuple(product(*(sorted(set().union(*own)) for own in zip(*sets, strict=True))))
    if baseline == "dominant":
        return tuple(product(*dominant(game)))
    if baseline == "rationalizable":
        return tuple(product(*rationalizable(game)))
    raise Mistake(unknown("baseline", baseline, get_args(Baseline)))


def distinct_equilibria(game: Game) -> tuple[Profile, ...]:
    """List the Nash equilibria in pure actions, those of distinct actions only."""
    distinct = distinct_actions(game)
    return tuple(
        profile
        for profile in pure_equilibria(game)
        if all(a in own for a, own in zip(profile, distinct, strict=True))
    )


def _profile(game: Game, profile: Sequence[int]) -> Profile:
    whole = tuple(int(a) for a in profile)
    if len(whole) != game.n or any(not 0 <= a < k for a, k in zip(whole, game.shape, strict=False)):
        raise Mistake(
            f"game {game.name!r}: {list(profile)} is no profile; it needs one action for each of "
            f"{game.n} actors, numbered from 0 below {' and '.join(map(str, game.shape))}"
        )
    return whole
