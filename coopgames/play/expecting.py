"""What an actor that forms expectations does, and the automaton that it thereby is.

What it believes (p, b, o and n) stands in `coopgames.play.outlook`; v are choice payoffs. Who
complies also answers, so that with δ = w/(1 − w)

    V(a) = Σ_b σ(b) v(a, b) + δ [(1 − p n(a)) K + p n(a) N]
    K = p v(b_i, b_j) + (1 − p) v(b_i, o_j)        the relationship is kept
    N = v(o_i, o_j)                                both do not regard each other

where σ is what the other is expected to do. The action is drawn by a logit of V with temperature τ
times the range of v, or, where τ is 0, is the best one, of several what is asked. With probability
1 − r it is what was done in the period before.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coopgames.games import accommodation, by_choice
from coopgames.play.outlook import BROKE, KEPT, TIE, Conditions, Outlook, outlook, unregarding
from coopgames.regimes import PublicRegime
from coopgames.strategies import Automaton, Expecting

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def values(rule: Expecting, at: Conditions, seen: Outlook, payoffs: Floats) -> Floats:
    """Compute V.

    Parameters
    ----------
    rule, at
        Who decides where.
    seen : Outlook
        What is believed.
    payoffs : ndarray, shape (k, k')
        v, one's own action first.

    Returns
    -------
    ndarray, shape (H, M, k)
    """
    k, other = payoffs.shape
    own, theirs_else = unregarding(rule, k), unregarding(rule, other)
    asked, theirs, p = seen.asked, seen.theirs, seen.p[:, :, None]
    complies, not_ = payoffs[:, theirs].T, payoffs[:, theirs_else]  # (M, k) and (k,)
    odds = np.where(seen.other_free[:, None], 0.0, p)
    now = odds * complies + (1 - odds) * not_
    kept = p * payoffs[asked, theirs][:, None] + (1 - p) * payoffs[asked, theirs_else][:, None]
    follows = p * seen.noticed
    w = rule.future if at.continuation is None else at.continuation
    later = (1 - follows) * kept + follows * payoffs[own, theirs_else]
    return np.asarray(now + w / (1 - w) * later)


def decided(rule: Expecting, at: Conditions, seen: Outlook) -> Floats:
    """Give the mixture over actions, where the rule reconsiders: shape (H, M, k)."""
    payoffs = payoffs_of(at)
    spread = float(payoffs.max() - payoffs.min()) or 1.0
    V = values(rule, at, seen, payoffs)
    short = (V - V.max(axis=2, keepdims=True)) / spread
    if rule.temperature > 0:
        weights = np.exp(short / rule.temperature)
        return np.asarray(weights / weights.sum(axis=2, keepdims=True))
    best = short >= -TIE * (1 + np.abs(V).max() / spread)
    # Of several, what is asked; else the most accommodating of them.
    wanted = np.where(seen.free, -1, seen.asked)[None, :, None] == np.arange(V.shape[2])
    return np.asarray(np.eye(V.shape[2])[(best * (1.0 + wanted)).argmax(axis=2)])


@dataclass(frozen=True, eq=False)
class Formed:
    """An expecting rule in its seat.

    Parameters
    ----------
    automaton : Automaton
        What it plays.
    outlook : Outlook
        What it believes.
    memory, public, last : ndarray of int, shape (S,)
        Of each of the automaton's states: the memory, the public state, and what was done in the
        period before, -1 in the first period and wherever that makes no difference.
    """

    automaton: Automaton
    outlook: Outlook
    memory: Ints
    public: Ints
    last: Ints

    @property
    def believed(self) -> Floats:
        """How likely the other is taken to do what is asked of it, state by state."""
        return self.outlook.p[self.memory, self.public]


@lru_cache(maxsize=512)
def formed(rule: Expecting, at: Conditions, signals: int) -> Formed:
    """Form the automaton that an expecting rule is in a seat.

    Parameters
    ----------
    rule, at
        Who is where.
    signals : int
        How many public signals are to be observed; 1 if they are worked out.
    """
    seen = outlook(rule, at)
    regime, (M, k, other, Y) = seen.regime, seen.evidence.shape
    review = reconsiders(rule, at)
    L = 1 if review == 1 else k + 1  # the last action; after all others, that there was none
    number = {h: i for i, h in enumerate(seen.memories)}
    remembered = np.array([
        [number[_kept((*h, bit), rule.memory)] for bit in (BROKE, KEPT)] + [i]
        for i, h in enumerate(seen.memories)
    ])  # fmt: skip
    after = remembered[:, seen.evidence]  # (H, M, k, k', Y)
    done = np.arange(k)[:, None, None] if L > 1 else 0
    to = (after[:, None] * L + done) * M + regime.next[:, None, None, :]
    to = np.broadcast_to(to, (len(number), L, M, k, other, Y))
    if signals == 1:
        table = regime.signal if at.seat == 0 else np.swapaxes(regime.signal, 0, 1)
        told = table.argmax(axis=-1)[..., None]
        to = np.take_along_axis(to, told[None, None, None], axis=5)
    mix = decided(rule, at, seen)[:, None]
    if L > 1:
        stay = np.eye(k)[:, None]  # (L − 1, 1, k)
        mix = np.concatenate([review * mix + (1 - review) * stay, mix], axis=1)
    h, last, m = np.indices((len(number), L, M)).reshape(3, -1)
    last = np.where(last < L - 1, last, -1)
    start = L * M - M + regime.initial
    whole = Automaton(mix.reshape(-1, k), to.reshape(len(h), k, -1), start)
    kept = whole.reachable()
    place = np.full(len(h), -1)
    place[kept] = np.arange(len(kept))
    names = [_name(seen.memories[h[s]], regime, int(m[s]), int(last[s])) for s in kept]
    return Formed(
        Automaton(whole.mix[kept], place[whole.next[kept]], int(place[start]), names),
        seen, h[kept], m[kept], last[kept],
    )  # fmt: skip


def reconsiders(rule: Expecting, at: Conditions) -> float:
    """Say how likely the rule is to reconsider in a period."""
    return max(rule.review, 0.0 if at.regime is None else at.regime.review)


def payoffs_of(at: Conditions) -> Floats:
    """Give a seat's choice payoffs in roles, its own action first."""
    roles = accommodation(at.game)
    assert roles is not None  # the match saw to it
    payoffs = by_choice(at.game).payoffs[at.seat][np.ix_(*roles)]
    return np.asarray(payoffs if at.seat == 0 else payoffs.T)


def _kept(memory: tuple[int, ...], length: int) -> tuple[int, ...]:
    return memory[max(len(memory) - length, 0) :]


def _name(memory: tuple[int, ...], regime: PublicRegime, m: int, last: int) -> str:
    known = "".join("+" if bit else "-" for bit in memory) or "nothing known"
    did = "" if last < 0 else f", did {last}"
    return f"{known}{did}" + (f" ({regime.states[m]})" if len(regime.states) > 1 else "")
