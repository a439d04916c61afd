"""``coopgames reply``: the best that can be done against a strategy, or against a whole field."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.cli.options import errors, horizon_options, one_horizon
from coopgames.mistakes import Mistake, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coopgames.play import Match
    from coopgames.play.solve import BestReply
    from coopgames.strategies import Strategy

MOST = 24
"""So many lines of a plan are shown; --json has them all."""


@click.command()
@click.argument("whom", metavar="STRATEGY...", nargs=-1, required=True)
@click.option(
    "--among",
    type=click.Choice(["all", "automata", "memory-one", "bred"]),
    help="Where to look for a rule: among all; all automata of up to --states states, or all "
    "memory-one rules, that draw no lots; or memory-one rules with any probabilities, bred by "
    "differential evolution.  [default: all where that can be solved, else automata]",
)
@click.option(
    "--states",
    type=int,
    metavar="N",
    help="How many states automata may have.  [default: 3, or 2 where hands slip]",
)
@click.option(
    "--aim",
    type=click.Choice(["score", "win"]),
    help="Whether the rule is to score most, or to be ahead of all others by most.  "
    "[default: score]",
)
@click.option(
    "-o",
    "--out",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE.toml",
    help="Write the rule into this file, to be played or added to an experiment.",
)
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a key of the experiment, e.g. noise=0.01. May be repeated.",
)
@click.option("--game", help="What they play.  [default: prisoners-dilemma]")
@horizon_options("none, but a continuation of 0.9")
@click.option(
    "--noise",
    metavar="E[,E]",
    help="Probability that a realised action differs from the intended one: one's own and the "
    "opponent's, or both alike.  [default: 0]",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def reply(
    whom: tuple[str, ...], among: str | None, states: int | None, aim: str | None,
    file: Path | None, sets: tuple[str, ...], game: str | None, periods: int | None,
    continuation: float | None, horizon: str | None, noise: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Find the best reply to a STRATEGY, to several, or to the entrants of an experiment.

    To one automaton it is solved: no strategy whatever does better. Who meets several does not know
    which; what would have done best is solved too where that is possible, and else looked for among
    many rules. An experiment is named as for run: what would have won it?
    """
    from coopgames.cli import fieldreply
    from coopgames.games import named_game
    from coopgames.play import Horizon, Match
    from coopgames.play.solve import best_reply
    from coopgames.specs import is_experiment, shipped, strategy_from
    from coopgames.strategies import Automaton, library

    asked = {"among": among, "states": states, "aim": aim}
    search = {key: value for key, value in asked.items() if value is not None}
    timed = one_horizon(periods, continuation, horizon)
    if len(whom) == 1 and is_experiment(whom[0]):
        if timed or game is not None or noise is not None:
            raise Mistake(
                f"{whom[0]} says itself what is played, how long and with which noise; --set "
                "changes that, as in --set noise=0.01"
            )
        fieldreply.to_experiment(whom[0], sets, search, file, as_json=as_json)
        return
    if sets:
        raise Mistake("--set changes an experiment, and none is named")
    if len(whom) == 1 and not whom[0].endswith((".toml", ".py")):
        name = whom[0].partition("(")[0]
        if name not in library():  # perhaps an experiment was meant
            raise Mistake(unknown("strategy or experiment", name, {*library(), *shipped()}))
    others = [strategy_from(text) for text in whom]
    what = named_game(game or "prisoners-dilemma")
    length = Horizon(periods, continuation if timed else 0.9)
    errs = errors("--noise", noise or "0")
    if len(others) > 1 or search or not isinstance(others[0].rule, Automaton):
        if isinstance(errs, tuple):
            raise Mistake("--noise: in a field all have the same noise; give one number")
        conditions = (what, length, errs, search, file)
        fieldreply.to_strategies(others, *conditions, as_json=as_json)
        return
    best = best_reply(Match(what, (others[0], others[0]), length, errs), 0)
    if file is not None:
        fieldreply.save(best.strategy, file)
    if as_json:
        click.echo(json.dumps(as_dict(best), indent=2, allow_nan=False))
    else:
        _show(best, file)


def as_dict(best: BestReply) -> dict[str, Any]:
    """Give a best reply as the stable JSON of ``reply --json``."""
    from coopgames.cli import strategycard

    m = best.match
    values = {name: _worth(m, s) for name, s in _rivals(best).items()}
    return {
        "strategy": m.strategies[1].label,
        "game": m.game.name,
        "periods": m.horizon.periods,
        "continuation": m.horizon.continuation,
        "noise": m.noise,
        "best_reply": {"total": best.total, "mean": best.mean},
        "others": {name: {"total": total, "mean": mean} for name, (total, mean) in values.items()},
        "itself_is_best": _its_own_best(best),
        "plan": [
            {"opponent": state, "from": first, "to": last, "actions": does}
            for state, first, last, does in plan(best)
        ],
        "automaton": (
            None if best.period else strategycard.as_dict(best.strategy)["automaton"]
        ),
    }  # fmt: skip


def _rivals(best: BestReply) -> dict[str, Strategy]:
    """Choose what to compare a best reply with: the strategy itself, and always defecting."""
    from coopgames.strategies import strategy

    itself = best.match.strategies[1]
    return {s.label: s for s in (itself, strategy("always-defect"))}


def _worth(match: Match, s: Strategy) -> tuple[float | None, float]:
    """Say what a strategy gets in the replying seat, per game and per period."""
    from coopgames.play import expect

    e = expect(replace(match, strategies=(s, match.strategies[1])))
    return None if e.totals is None else e.totals[0], e.means[0]


def _its_own_best(best: BestReply) -> bool:
    """Whether the strategy is a best reply to itself."""
    from coopgames.play.solve import TOLERANCE, deviation_gain

    return deviation_gain(best.match, 0) <= TOLERANCE


def plan(best: BestReply) -> Iterator[tuple[str, int | None, int | None, list[str]]]:
    """List what to do: the other's state, first and last period, and the actions that are best.

    States in the order in which they are first reached; the periods are None where they make no
    difference.
    """
    m = best.match
    rule = m.strategies[1].rule
    k = m.game.shape[best.seat]
    order = [m.game.actions[best.seat][a] for a in m.roles[best.seat]]
    words = ["accommodate", "withhold"] if k == 2 else order
    for q in dict.fromkeys(best.opponent):
        name = rule.states[q]  # type: ignore[union-attr]  # solved, so it is an automaton
        nodes = [i for i, other in enumerate(best.opponent) if other == q]
        for actions, run in groupby(nodes, key=lambda i: best.optimal[i]):
            does, same = [words[a] for a in actions], list(run)
            ends = (best.period[same[0]], best.period[same[-1]]) if best.period else (None, None)
            yield (name, *ends, does)


def _show(best: BestReply, file: Path | None) -> None:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import console, listed

    out, m = console(), best.match
    name = escape(m.strategies[1].label)
    worth = f"{best.mean:.6g} per period"
    if best.total is not None:
        worth = f"{best.total:.6g} per game, {worth}"
    settled = _its_own_best(best)
    verdict = f"{name} itself gets {'as much' if settled else 'less'}"
    out.print()
    out.print(
        f"Against [bold]{name}[/] in the game {escape(m.game.name)}, {_length(m)}, nobody "
        f"can get more than [bold]{worth}[/]; {verdict}."
    )
    out.print()
    table = Table(box=None, header_style="dim", padding=(0, 1))
    table.add_column("who replies")
    table.add_column("per game", justify="right")
    table.add_column("per period", justify="right")
    rows = [("the best reply", best.total, best.mean)]
    rows += [(escape(label), *_worth(m, s)) for label, s in _rivals(best).items()]
    for label, total, mean in rows:
        table.add_row(label, "—" if total is None else f"{total:.6g}", f"{mean:.6g}")
    out.print(table)
    out.print()
    lines = list(plan(best))
    doing = Table(box=None, header_style="dim", padding=(0, 1))
    doing.add_column("when the other's state is")
    if best.period:
        doing.add_column("in periods", justify="right")
    doing.add_column("do this")
    for state, first, last, does in lines[:MOST]:
        when = [] if first is None else [str(first) if first == last else f"{first}–{last}"]
        equally = ", equally good" if len(does) > 1 else ""
        doing.add_row(escape(state), *when, escape(listed(does, "or")) + equally)
    out.print(doing)
    if len(lines) > MOST:
        out.print(f"[dim]… and {len(lines) - MOST} lines more; --json has them all.[/]")
    out.print()
    if file is not None:
        out.print(f"Saved as {escape(str(file))}.", soft_wrap=True)
    out.print(f"[dim]{_next(best, settled=settled)}[/]", soft_wrap=True)


def _length(m: Match) -> str:
    """Say under which conditions they play."""
    from coopgames.cli.style import number
    from coopgames.play.match import both

    h = m.horizon
    length = (
        f"{h.periods} periods, their number being known" if h.periods
        else "play without end" if h.infinite
        else f"play that goes on with probability {h.continuation:g}"
    )  # fmt: skip
    slips = f", {number(100 * max(both(m.noise)))} % of actions being slips" if m.noise else ""
    return length + slips


def _next(best: BestReply, *, settled: bool) -> str:
    """Say what follows, and what to do next."""
    from rich.markup import escape

    from coopgames.play.solve import critical_continuation

    m = best.match
    name = m.strategies[1].label
    if m.horizon.continuation is None:
        return escape(f'If nobody knew the end: coopgames reply "{name}" --continuation 0.9')
    w = critical_continuation(
        m.game, m.strategies[1], m.strategies[1], noise=m.noise, seat=best.seat
    )
    if w is None:
        return escape(
            f"{name} is not its own best reply from any continuation probability on. Next: "
            f'coopgames strategies show "{name}"'
        )
    if w == 0:
        return escape(
            f"{name} is its own best reply however short play is. Next: "
            f'coopgames match "{name}" "{name}"'
        )
    other = max(w - 0.05, 0) if settled else min(w + 0.01, 0.99999)
    return escape(
        f"{name} is its own best reply from a continuation probability of {w:.4f} on. Next: "
        f'coopgames reply "{name}" --continuation {other:.4g}'
    )
