"""Who founds a regime, and why it is easier to keep than to found.

A regime is *founded* by an actor who sees what follows. It picks those with whom it founds it, all
of whom would stay of their own accord once they are in; it pays the founding cost F; and it makes
up to each of them what joining costs it beyond what it gains by it. It does so if what is left of
its own gain is positive. That one actor bears this where it is large enough is hegemonic founding
(C. P. Kindleberger, The World in Depression, 1973); that regimes are easier to keep than to found,
and so outlast the hegemony that brought them about, is the thesis of R. O. Keohane, After Hegemony,
1984.

The smallest model in which that can be seen is ours (`led`). n actors have shares s of all there
is, and a regime is worth B s_i a period to i. It works through one leader, who bears its upkeep M;
the others are in it for nothing. The leader founds it if B s_h − M > (1 − w) F, and keeps it up as
long as B s_h ≥ M. If all others have the same share, power is concentrated to the degree

    HHI* = ((n s_h − 1)/(n − 1))²,

so that a regime emerges above a concentration h_emerge and persists down to h_persist, which is
smaller as soon as founding costs anything:

    s_emerge = (M + (1 − w) F)/B,     s_persist = M/B.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coopgames.mistakes import Mistake
from coopgames.regimes.adoption import Adoption, Members, all_memberships, members_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Founding:
    """How a regime is founded.

    Parameters
    ----------
    founder : int
        Who does it.
    members : tuple of int
        With whom, itself included.
    burdens : ndarray, shape (n,)
        What each pays, once, in the end: F and K of the founder and what it makes up to others;
        K of the others less what is made up to them.
    gains : ndarray, shape (n,)
        What each gains by the regime from then on, in present value, burdens not counted.
    """

    founder: int
    members: Members
    burdens: Floats
    gains: Floats

    @property
    def surplus(self) -> float:
        """What is left of the founder's gain."""
        return float(self.gains[self.founder] - self.burdens[self.founder])


def founding(adoption: Adoption) -> Founding | None:
    """Find who would found the regime, and with whom.

    Parameters
    ----------
    adoption : Adoption
        Of up to 16 actors.

    Returns
    -------
    Founding or None
        The one with the largest surplus; of equals the one with the first founder. None if nobody
        gains by founding.

    Raises
    ------
    Mistake
        If there are more actors.
    """
    inside = all_memberships(adoption)
    g = adoption.gains(inside)
    # Paid or not, whoever loses by staying would leave: those cannot be founded with.
    lasting = (inside.sum(axis=1) > 1) & ~(inside & adoption.wishes(inside)).any(axis=1)
    inside, worth = inside[lasting], np.where(inside, g, 0.0)[lasting]
    worth /= 1 - adoption.continuation
    short = np.where(inside, np.maximum(adoption.joining - worth, 0), 0.0)
    own = adoption.founding + adoption.joining
    borne = own + short.sum(axis=1, keepdims=True) - short
    surplus = np.where(inside, worth - borne, -np.inf)
    if not surplus.size or surplus.max() <= adoption.slack:
        return None
    # Of equals the first founder, and with it the most members.
    best = np.argwhere(surplus >= surplus.max() - adoption.slack)
    row, h = (int(x) for x in min(best, key=lambda at: (at[1], -inside[at[0]].sum())))
    burdens = np.where(inside[row], adoption.joining - short[row], 0.0)
    burdens[h] = borne[row, h]
    return Founding(h, members_of(inside[row]), burdens, worth[row])


def led(
    shares: ArrayLike,
    *,
    stake: float,
    upkeep: float,
    founding: float,
    continuation: float,
) -> Adoption:
    """Make the regime of a leader, who is actor 0.

    Parameters
    ----------
    shares : array_like, shape (n,)
        s: the actors' shares, which sum to 1.
    stake : float
        B: what the regime is worth to all together per period.
    upkeep : float
        M: what it costs the leader per period.
    founding, continuation : float
        F and w, as of `Adoption`.

    Returns
    -------
    Adoption
        In which the leader gains by each follower, and each follower by the leader.
    """
    s = np.asarray(shares, dtype=float)
    if s.ndim != 1 or len(s) < 2 or (s < 0).any() or abs(s.sum() - 1) > 1e-9:
        raise Mistake(f"shares {s.tolist()} must be of two actors or more, and sum to 1")
    within = np.zeros((len(s), len(s)))
    within[0, 1:] = stake * s[0] / (len(s) - 1)
    within[1:, 0] = stake * s[1:]
    cost = np.where(np.arange(len(s)) == 0, upkeep, 0.0)
    return Adoption(
        np.zeros_like(within), within, cost=cost, founding=founding, continuation=continuation
    )


def critical_concentrations(
    n: int, *, stake: float, upkeep: float, founding: float, continuation: float
) -> tuple[float | None, float | None]:
    """Compute h_emerge and h_persist of `led`, where all but the leader have the same share.

    Parameters
    ----------
    n : int
        Number of actors.
    stake, upkeep, founding, continuation
        As of `led`.

    Returns
    -------
    tuple of float or None
        HHI* from which on somebody founds the regime, and down to which the leader keeps it up; 0
        where it does so at any, None where it does not even have all.
    """
    if n < 2:
        raise Mistake(f"n = {n}; concentration is of power among two actors or more")
    if stake <= 0:
        raise Mistake(f"stake = {stake:g}: a regime worth nothing is founded by nobody")
    needed = (upkeep + (1 - continuation) * founding) / stake, upkeep / stake
    emerge, persist = (None if s > 1 else (max(0.0, n * s - 1) / (n - 1)) ** 2 for s in needed)
    return emerge, persist
