"""``coopgames regimes change``: what became of a regime."""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.table import Table

    from coopgames.regimes import Change, Regime

BY_DEPTH = ("change of regime", "change within")
"""The verdicts that depth decides."""


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    metavar="DEPTH",
    help="The depth from which on a change is one of the regime. It is arbitrary.",
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def change(old: str, new: str, threshold: float, as_json: bool) -> None:
    """Say whether the regime OLD ended, changed, or only something changed within it, by NEW.

    Both are names of shipped regimes, or paths of TOML files.
    """
    from coopgames.cli.gamecard import bare
    from coopgames.regimes import change as compared
    from coopgames.specs import regime_from

    before, after = regime_from(old), regime_from(new)
    found = compared(before, after, threshold=threshold)
    if as_json:
        card = {"old": before.name, "new": after.name, "threshold": threshold, **asdict(found)}
        card["turning_weights"] = _turning(found, threshold)
        click.echo(json.dumps(bare(_plain(card)), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(before, after, found, threshold, (old, new))


def _plain(card: dict[str, object]) -> dict[str, object]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in card.items()}


def _turning(found: Change, threshold: float) -> list[float]:
    """Give the weight of each at which the verdict turns; NaN for none, or if depth decides not."""
    from coopgames.regimes import turning_weights

    counted = [a for a in found.altered if a.counts]
    turns = iter(
        turning_weights([a.weight for a in counted], [a.distance for a in counted], threshold)
    )
    decides = found.verdict in BY_DEPTH
    return [next(turns) if a.counts and decides else math.nan for a in found.altered]


def sentence(before: Regime, after: Regime, found: Change, threshold: float) -> str:
    """Say what became of a regime."""
    from coopgames.cli.regimes.card import inner, share, title
    from coopgames.cli.style import COOPERATION, DISCORD, painted

    old, new = title(before), inner(after)
    if found.verdict == "end":
        return f"{old} {painted('ended', DISCORD)}: it was a regime, and {new} is none."
    if found.verdict == "beginning":
        return (
            f"A regime {painted('began', COOPERATION)}: {inner(before)} was none, and {new} is one."
        )
    if found.verdict == "none":
        return f"Neither {inner(before)} nor {new} is a regime, so that none could change."
    if found.verdict == "no change":
        return f"{old} and {new} demand the same: {painted('no change', COOPERATION)}."
    if found.verdict == "change of regime":
        what = painted("a change of regime", DISCORD)
        return f"From {inner(before)} to {new} there was {what}: depth {share(found.depth)}."
    what = painted("a change within the regime", COOPERATION)
    deep = f"depth {share(found.depth)}, and {threshold:g} would be one of the regime"
    return f"From {inner(before)} to {new} there was {what}: {deep}."


def _show(
    before: Regime, after: Regime, found: Change, threshold: float, asked: tuple[str, str]
) -> None:
    from rich.table import Table

    from coopgames.cli.regimes.card import share
    from coopgames.cli.style import console, percent

    out = console()
    out.print()
    out.print(sentence(before, after, found, threshold))
    out.print()
    out.print(_altered(found, threshold))
    decides = found.verdict in BY_DEPTH
    turns = " Turns at: the weight at which the verdict would be another." if decides else ""
    out.print(
        "[dim]Distance: 0 the same actions comply, 1 none that did, or no counterpart. Weight: "
        "significance times identifiability, before or after. Only what was or is intermediate "
        f"counts.{turns}[/]"
    )
    out.print()
    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column()
    ended = found.existed != found.exists
    but = " (shown for comparison; whether there is a regime is asked first)" if ended else ""
    facts.add_row("depth", f"{share(found.depth)}{but}")
    levels = ", ".join(f"{level}s {share(d)}" for level, d in found.levels.items())
    facts.add_row("by level", f"{share(found.level_depth)}: {levels}")
    facts.add_row(
        "how arbitrary",
        f"{percent(found.robustness)} of all ways to weigh the levels put it beyond {threshold:g}",
    )
    words = {
        "of": "a change of the regime: principles or norms are other ones",
        "within": "a change within it: principles and norms are the same",
        "none": "no change",
    }
    facts.add_row("Krasner would say", words[found.krasner])
    out.print(facts)
    out.print()
    old, new = map(shlex.quote, asked)
    out.print(f"[bold]Next[/]  coopgames regimes show {new}   [dim]what is demanded since[/]")
    out.print(f"      coopgames regimes change {old} {new} --json   [dim]every number[/]")


def _altered(found: Change, threshold: float) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.regimes.card import share

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("level", no_wrap=True)
    table.add_column("before")
    table.add_column("after")
    decides = found.verdict in BY_DEPTH
    for head in ("distance", "weight", "counts", *(["turns at"] if decides else [])):
        table.add_column(head, justify="right", no_wrap=True)
    for a, turn in zip(found.altered, _turning(found, threshold), strict=True):
        table.add_row(
            a.level, escape(a.old or "—"), escape(a.new or "—"), share(a.distance),
            share(a.weight), "yes" if a.counts else "no", *([share(turn)] if decides else []),
        )  # fmt: skip
    return table
