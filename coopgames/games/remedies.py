"""What kind of problem a game is, and what has solved such problems.

Reciprocity for dilemmas (R. Axelrod, The Evolution of Cooperation, 1984; R. O. Keohane,
"Reciprocity in international relations", International Organization 40, 1986), communication and
conventions for coordination (T. C. Schelling, The Strategy of Conflict, 1960; A. A. Stein,
"Coordination and collaboration", International Organization 36, 1982), assurance for stag hunts
(R. Jervis, "Cooperation under the security dilemma", World Politics 30, 1978), linkage or side
payments where interests oppose on one side only (L. L. Martin, "Interests, power, and
multilateralism", International Organization 46, 1992).

From which continuation probability on the threat to go back to an equilibrium e for good keeps all
to a profile b (J. W. Friedman, "A non-cooperative equilibrium for supergames", Rev. Econ. Studies
38, 1971), in what drives choice:

    δ* = max_i (max_{a_i} v_i(a_i, b_−i) − v_i(b)) / (max_{a_i} v_i(a_i, b_−i) − v_i(e))
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from coopgames.games.equilibrium import Profile
from coopgames.games.game import Game, by_choice
from coopgames.games.levels import TOLERANCE, levelled
from coopgames.games.phrases import amount, profile_name
from coopgames.games.structure import Structure

PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "independence": "It is a case of independence: neither harmony nor discord.",
        "harmony": "It is harmony: what each does for its own sake already serves the others.",
        "dilemma": (
            "So interests are mixed, a dilemma: where each serves itself, all forgo what they "
            "could have had together."
        ),
        "assurance": (
            "So interests are mixed, a problem of assurance: all would like the same outcome "
            "best, and each will go there only if sure of the rest."
        ),
        "coordination-distributive": (
            "So interests are mixed, a problem of coordination with a quarrel over how: there are "
            "outcomes to settle on, but not one that all like best."
        ),
        "cyclic": (
            "So interests are mixed and nothing is at rest: wherever they are, somebody would "
            "rather have acted otherwise."
        ),
        "one-sided": (
            "So interests are opposed, on one side: some have what they want and no reason of "
            "their own to change it, others are hindered."
        ),
        "two-sided": (
            "So interests are opposed, on both sides: what each does in its own interest is just "
            "what the others would not have it do."
        ),
        "multiple": (
            "So interests are opposed, whatever they do: each outcome is better for one and worse "
            "for another."
        ),
    }
)
"""What the label means, by subtype, or by category where there is none."""


def friedman_threshold(game: Game, agreed: Profile, fallback: Profile) -> float:
    """Find the least continuation probability at which a threat to fall back for good deters.

    Parameters
    ----------
    game : Game
        The game; what drives choice counts.
    agreed : tuple of int
        The profile to be kept to.
    fallback : tuple of int
        An equilibrium that is played for good once anybody has departed.

    Returns
    -------
    float
        δ* from 0 to 1; infinite if no future suffices.
    """
    v = levelled(by_choice(game)).payoffs
    least = 0.0
    for i in range(game.n):
        best = v[i][(*agreed[:i], slice(None), *agreed[i + 1 :])].max()
        temptation, loss = best - v[(i, *agreed)], best - v[(i, *fallback)]
        if temptation > 0:
            least = max(least, temptation / loss if loss > 0 else math.inf)
    return float(least) if least < 1 else math.inf


def trust_needed(game: Game, agreed: Profile, fallback: Profile) -> float:
    """Find how sure each of two must be that the other goes along, rather than falling back.

    p* = (v(safe, falls back) − v(goes along, falls back)) / (that + v(both go along) − v(safe, goes
    along)), the larger of the two actors' (after A. Kydd, "Trust, reassurance, and cooperation",
    International Organization 54, 2000).

    Parameters
    ----------
    game : Game
        A game of two actors; what drives choice counts.
    agreed, fallback : tuple of int
        Two equilibria, the better and the safe one.
    """
    v = levelled(by_choice(game)).payoffs
    needed = []
    for i in range(2):
        # What i gets by own action and the other's.
        own = v[i] if i == 0 else v[i].T
        (c, s), (oc, os) = (agreed[i], fallback[i]), (agreed[1 - i], fallback[1 - i])
        risk, gain = own[s, os] - own[c, os], own[c, oc] - own[s, oc]
        needed.append(risk / (risk + gain) if risk + gain > 0 else 0.0)
    return float(max(needed))


def remedy(found: Structure, target: Profile | None) -> str:
    """Say what has solved such problems, with a number where the game gives one.

    Parameters
    ----------
    found : Structure
        What the game encodes.
    target : tuple of int or None
        The profile that all could agree on, if there is one.
    """
    return {
        "harmony": _harmony,
        "dilemma": _dilemma,
        "assurance": _assurance,
        "coordination-distributive": _coordination,
        "cyclic": _cyclic,
        "one-sided": _one_sided,
        "two-sided": _two_sided,
        "multiple": _multiple,
    }[found.subtype or found.category](found, target)


def _harmony(_s: Structure, _target: Profile | None) -> str:
    return (
        "Nothing needs to be adjusted; cooperation is unnecessary here, and an agreement among "
        "some may even harm the rest."
    )


def _dilemma(s: Structure, target: Profile | None) -> str:
    general = "Such problems have been solved by reciprocity where the future weighs enough"
    if target is None:
        return f"{general}, and here by taking turns at being the one who gives."
    thresholds = {e: friedman_threshold(s.game, target, e) for e in s.equilibria}
    e = min(thresholds, key=thresholds.__getitem__)
    if math.isinf(thresholds[e]):
        return f"{general}; here no threat to return to an equilibrium deters, so more is needed."
    return (
        f"{general}: here the threat to go back to {profile_name(s.game, e)} for good deters from "
        f"a continuation probability of {amount(thresholds[e])} on."
    )


def _assurance(s: Structure, target: Profile | None) -> str:
    general = (
        "Such problems have been solved by reassurance: reliable information about what the others "
        "will do, and small first steps"
    )
    safe = [e for e in s.equilibria if e != target]
    if s.game.n == 2 and target in s.equilibria and safe:
        p = trust_needed(s.game, target, safe[-1])
        if p > TOLERANCE:
            return (
                f"{general}; here one must be {amount(100 * p)} % sure that the other goes along."
            )
    return f"{general}."


def _coordination(_s: Structure, _target: Profile | None) -> str:
    return (
        "Such problems have been solved by talking beforehand, by conventions, and, since they "
        "disagree over which outcome is best, by taking turns or compensation."
    )


def _cyclic(_s: Structure, _target: Profile | None) -> str:
    return (
        "Such problems have been solved by commitments that can be watched, and by compensating "
        "the one who would move on."
    )


def _one_sided(s: Structure, _target: Profile | None) -> str:
    if s.flags.linkage_opportunity:
        return (
            "Reciprocity has no hold here; what helps is linkage or a side payment, since the sum "
            f"of payoffs could be {amount(s.flags.side_payment_gain)} larger than it is."
        )
    return "Neither reciprocity nor a payment has a hold here: there is no larger sum to share."


def _two_sided(_s: Structure, _target: Profile | None) -> str:
    return (
        "Talking and reciprocity do not help, since no agreement is better for all than none; only "
        "other stakes could change that."
    )


def _multiple(_s: Structure, _target: Profile | None) -> str:
    return "No agreement is better for all than none; each does best not to be foreseen."
