"""What follows from a flag: the public state of a regime whose injunctions always hold.

Such a regime says what is asked and how well that is watched, but not what a violation leads to.

    standing     who is flagged loses its standing until it has complied again; the other, in good
                 standing, is free towards it (`standing`)
    suspension   one alarm for both; then nobody is asked for anything, for some periods or for
                 good (`reversion`)
    none         flags are signals, and nothing follows from them
    written      the injunctions hold by periods, flags or last actions, so that the regime says
                 itself what follows (`as_public`)

An alarm that does not say on whom takes nobody's standing. So where monitoring is shared the usual
answer is suspension, and elsewhere standing. Where suspension is asked for although violations are
seen one by one, the watch's odds are those of one alarm for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from coopgames.mistakes import Mistake
from coopgames.regimes.as_public import as_public
from coopgames.regimes.lines import Line, line, written
from coopgames.regimes.public import PublicRegime, delayed
from coopgames.regimes.regime import Injunction, Issue, Monitoring, Regime
from coopgames.regimes.reports import Case, Floats, odds_of, said, signals_of
from coopgames.regimes.standard import standing
from coopgames.regimes.when import Flagged
from coopgames.strategies import Label

Answer = Literal["standing", "suspension", "none", "written"]
ANSWERS: tuple[Answer, ...] = ("standing", "suspension", "none", "written")
"""What a flag leads to."""


class ArrangementMistake(Mistake):
    """What is wrong with one of the keys of a regime in force.

    Parameters
    ----------
    key : str
        Which: the name of a parameter of `Arrangement`.
    text : str
        What is wrong, in a line.
    """

    def __init__(self, key: str, text: str) -> None:
        self.key = key
        super().__init__(text)


def settled_answer(
    regime: Regime, about: Issue, answer: Answer | None = None, periods: int | None = None
) -> Answer:
    """Give the answer that is asked for, or the usual one.

    Parameters
    ----------
    regime : Regime
        The regime.
    about : Issue
        Its issue, of two actors.
    answer : str, optional
        What is asked for.
    periods : int, optional
        For how many periods it is to be suspended.

    Raises
    ------
    ArrangementMistake
        If the regime cannot be answered so.
    """
    if written(regime, about):
        _fits(
            answer in (None, "written"),
            f"what follows from a flag is written in the regime {regime.name!r} itself; leave the "
            f'answer "{answer}" out',
        )
        found: Answer = "written"
    else:
        found = _unwritten(regime, about, answer)
    if periods is not None and found != "suspension":
        raise ArrangementMistake(
            "periods",
            f"{periods} periods of suspension, but the answer is {found}; leave them out, or let "
            'the answer be "suspension"',
        )
    return found


def _unwritten(regime: Regime, about: Issue, answer: Answer | None) -> Answer:
    watches = [w for w in (line(regime, about, seat).watch for seat in range(2)) if w]
    shared = [w.name for w in watches if w.monitoring.shared]
    names = list(dict.fromkeys(w.name for w in watches))
    usual: Answer = "suspension" if shared else "standing" if watches else "none"
    found = answer or usual
    _fits(
        found != "written",
        f"the injunctions always hold, so that no answer is written in them; the usual one is "
        f'"{usual}"',
    )
    _fits(
        bool(watches) or found == "none",
        f'nothing is asked on the issue "{about.name}", so that there is nothing to answer with '
        f'{found}; leave the answer out, or let it be "none"',
    )
    _fits(
        found != "standing" or not shared,
        f'the alarm of "{"".join(shared[:1])}" does not say on whom, so that nobody can lose its '
        'standing; the answer can be "suspension" or "none"',
    )
    _fits(
        found != "suspension" or len(names) == 1,
        f"suspension needs one alarm, and {' and '.join(names)} watch an actor each; the answer "
        'can be "standing" or "none"',
    )
    return found


def _fits(right: bool, text: str) -> None:
    if not right:
        raise ArrangementMistake("answer", text)


def answered(
    regime: Regime, about: Issue, answer: Answer, periods: int | None = None
) -> PublicRegime:
    """Make the public state of a regime in which a flag leads to this.

    Parameters
    ----------
    regime, about, periods
        As of `settled_answer`.
    answer : str
        What that gives.
    """
    if answer == "written":
        return as_public(regime, about.name)
    lines = [line(regime, about, seat) for seat in range(2)]
    watches = [one.watch for one in lines if one.watch is not None]
    if answer == "none":
        return _unanswered(about, lines)
    if answer == "suspension":
        return as_public(_suspended(regime, about, watches[0], periods), about.name)
    rates = [one.watch.monitoring if one.watch else Monitoring() for one in lines]
    made = standing(
        (len(lines[0].watched), len(lines[1].watched)),
        asked=(lines[0].asked, lines[1].asked),
        hit=(rates[0].hit, rates[1].hit),
        false_alarm=(rates[0].false_alarm, rates[1].false_alarm),
        breaks=[~one.watched for one in lines],
    )
    return delayed(made, max(w.monitoring.delay for w in watches))


def _unanswered(about: Issue, lines: Sequence[Line]) -> PublicRegime:
    """Make a single state in which violations are reported, and nothing follows."""
    assert about.orders is not None
    shape = tuple(len(one.watched) for one in lines)
    draws: list[dict[Case, Floats]] = []
    for q in dict.fromkeys(one.watch for one in lines if one.watch is not None):
        seats = tuple(i for i, one in enumerate(lines) if one.watch == q)
        for group in [seats] if q.monitoring.shared else [(i,) for i in seats]:
            allowed = tuple(tuple(map(bool, lines[i].watched)) for i in group)
            case = (q.name, group, allowed)
            draws.append({case: odds_of(q, case, shape)})
    signals, odds = signals_of(draws, shape)
    called = [said(signal, (), about.seats, about.actions) for signal in signals]
    labels = [[Label(one.asked) for one in lines]]
    return PublicRegime([[0] * len(signals)], labels, odds, 0, ["in force"], called)


def _suspended(regime: Regime, about: Issue, watch: Injunction, periods: int | None) -> Regime:
    """Let all injunctions on an issue rest after an alarm that does not say on whom."""
    rests = Flagged(watch.name, "any", periods, unless=True)
    alarm = replace(watch.monitoring, shared=True)
    resting = (
        replace(q, when=rests, monitoring=alarm if q == watch else q.monitoring)
        if q.issue == about.name
        else q
        for q in regime.injunctions
    )
    return replace(regime, injunctions=tuple(resting))
