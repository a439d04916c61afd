"""From what a regime demands to the public state that play knows: a finite memory of flags.

An injunction holds by the period and by flags that were raised before (`when`). So the state keeps

    a clock              min(period, the last period in which a `Between` begins or ends)
    for each injunction q that a `Flagged` names, how long ago it was flagged, on each seat, or on
    anybody if nothing else is asked: 1 … k periods, longer ago if "ever" matters, or never
    the flags of the last `delay` periods, which are raised but not yet public
    the last action, of those on whose last action a `NoMore` depends

and nothing else. The public signal of a period is what all watches report (`reports`), and what was
done by those whose last action is kept. A report counts as a flag if q held.

*What complies.* While a permission holds for a seat, its actions comply also with what it excepts:
they are no violations of that, and not reported as such.

*The label.* What complies is what all injunctions that hold for a seat have in common. If that is
everything, it is asked for nothing; else for the most withholding action that complies: the line
that a rule draws. Who does more than that may still comply, and is reported or not by what the
injunctions say, not by the label. A seat is in good standing unless a flag on it is remembered; an
alarm that does not say on whom, or of which it does not matter, takes nobody's standing.

*Groups.* Among more than two, flags are anonymous, and conditions may go by "any" only: nobody has
a standing. Signals are by profile, for a game in which each seat is its own; `by_tally` makes them
those of interchangeable actors.

What has no such state is refused by its name: flags of another issue, procedures, in a group what
goes by one actor's flags or last action, and what would be very large.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.regimes.demand import NoMore
from coopgames.regimes.memory import Memory
from coopgames.regimes.public import PublicRegime
from coopgames.regimes.regime import Injunction, Issue, Regime
from coopgames.regimes.when import Flagged

MOST_PROFILES = 100_000
"""With more than these a public state is not made."""


def as_public(regime: Regime, issue: str = "") -> PublicRegime:
    """Make the public state of a regime.

    Parameters
    ----------
    regime : Regime
        The regime.
    issue : str
        Which issue is played; the regime's first by default.

    Returns
    -------
    PublicRegime
        With the states that can be reached, the signals that are possible, and a label a seat.

    Raises
    ------
    Mistake
        If it has no such state here, or a very large one, or asks for what nobody can do in some
        state; each injunction by its name.
    """
    about = regime.issue(issue)
    ours = [q for q in regime.injunctions if q.issue == about.name]
    if refused := list(_refused(regime, about, ours)):
        raise Mistake("\n".join(f'regime "{regime.name}": {text}' for text in refused))
    return Memory(regime, about, ours).compiled()


def _refused(regime: Regime, about: Issue, ours: list[Injunction]) -> Iterator[str]:
    n, profiles = len(about.seats), int(np.prod([len(a) for a in about.actions]))
    if about.game is None:
        yield f'issue "{about.name}" is a procedure, which has no payoffs to be played for'
    elif about.orders is None:
        yield f'the game of issue "{about.name}" does not say which action accommodates'
    if profiles > MOST_PROFILES:
        yield f'issue "{about.name}" has {profiles:,} profiles, and {MOST_PROFILES:,} are the most'
    for q in ours:
        if isinstance(q.demand, NoMore) and n > 2:
            yield (
                f'"{q.name}" goes by what each did last, and among {n} actors nobody is told apart'
            )
        if not isinstance(q.when, Flagged):
            continue
        of = regime.injunction(q.when.of)
        if of.issue != about.name:
            yield f'"{q.name}" holds by flags of "{of.name}", which is about another issue'
        elif of.monitoring.shared and q.when.whose != "any":
            yield (
                f'"{q.name}" holds by flags on whom the alarm of "{of.name}" does not name; it can '
                'go by "any" only'
            )
        elif n > 2 and q.when.whose != "any":
            yield (
                f'"{q.name}" holds by flags on one actor, and among {n} nobody is told apart; it '
                'can go by "any" only'
            )
