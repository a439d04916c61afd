"""A field that a command is told of: an experiment, a folder of results, or some strategies."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgames.cli.options import Command, horizon_options, one_horizon
from coopgames.mistakes import Mistake, unknown

if TYPE_CHECKING:
    from coopgames.experiments import Payoffs
    from coopgames.play import Horizon

USUAL = 0.9
"""The continuation probability where nothing is said of how long play lasts."""


@dataclass(frozen=True)
class Told:
    """What a command was told of its field.

    Parameters
    ----------
    words : tuple of str
        An experiment, a folder of results, or strategies.
    payoffs : Payoffs
        What they get from each other.
    unit : str
        What payoffs are per: a game, or a period.
    ran : bool
        Whether it was read from results.
    again : str
        The field and its conditions as one writes them on the command line.
    """

    words: tuple[str, ...]
    payoffs: Payoffs
    unit: str
    ran: bool
    again: str

    @property
    def name(self) -> str | None:
        """The experiment or folder; None where strategies were named."""
        return self.words[0] if len(self.words) == 1 else None


def field_options(command: Command) -> Command:
    """Add the options that say who is there and how they play."""
    options: list[Callable[[Command], Command]] = [
        click.argument("field", metavar="FIELD...", nargs=-1, required=True),
        click.option(
            "--set", "sets", multiple=True, metavar="KEY=VALUE",
            help="Change a key of the experiment, e.g. noise=0.01. May be repeated.",
        ),
        click.option("--game", help="What strategies play.  [default: prisoners-dilemma]"),
        horizon_options(f"none, but a continuation of {USUAL}"),
        click.option(
            "--noise", type=float, metavar="E",
            help="Probability that a realised action differs from the intended one.  [default: 0]",
        ),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def told(
    words: tuple[str, ...], sets: Sequence[str], game: str | None, periods: int | None,
    continuation: float | None, horizon: str | None, noise: float | None,
) -> Told:  # fmt: skip
    """Read what a command was told, and work out the payoffs."""
    from coopgames.specs import is_experiment

    timed = one_horizon(periods, continuation, horizon)
    conditions = timed or game is not None or noise is not None
    given = [*(x for s in sets for x in ("--set", s))]
    for option, value in (("game", game), ("periods", periods), ("continuation", continuation),
                          ("horizon", horizon), ("noise", noise)):  # fmt: skip
        given += [] if value is None else [f"--{option}", str(value)]
    again = shlex.join([*words, *given])
    if len(words) == 1:
        name = words[0]
        if (Path(name) / "manifest.json").is_file():
            if conditions or sets:
                raise Mistake(
                    f"{name}: what was played stands there already; name the experiment to change "
                    "how it is played"
                )
            return _results(name, again)
        if is_experiment(name):
            if conditions:
                raise Mistake(
                    f"{name} says itself what is played, how long and with which noise; --set "
                    "changes that, as in --set noise=0.01"
                )
            return _experiment(name, sets, again)
        _alone(name)
    if sets:
        raise Mistake("--set changes an experiment, and none is named")
    length = (periods, continuation if timed else USUAL)
    return _strategies(words, game, length, noise or 0.0, again)


def _alone(name: str) -> None:
    """Refuse a single strategy, or what is nothing."""
    from coopgames.specs import shipped, strategy_from
    from coopgames.strategies import library

    if Path(name).is_dir():
        raise Mistake(f"{name}: is no folder of results; coopgames run makes one")
    if not name.endswith((".toml", ".py")) and name.partition("(")[0] not in library():
        raise Mistake(unknown("strategy, experiment or folder", name, {*library(), *shipped()}))
    strategy_from(name)
    raise Mistake(f"{name} is alone; name at least two strategies, or an experiment")


def _results(name: str, again: str) -> Told:
    import numpy as np

    from coopgames.experiments import payoffs_in
    from coopgames.reports import experiment_of, open_results

    results = open_results(name)
    found = payoffs_in(results)
    if np.isnan(found.matrix).any():
        raise Mistake(
            f"{name}: not all met each other and themselves, and what spreads meets its like; "
            "name the experiment instead of its results"
        )
    return Told((name,), found, _unit(experiment_of(results).horizon), True, again)


def _experiment(name: str, sets: Sequence[str], again: str) -> Told:
    from coopgames.cli.warmup import warm_up
    from coopgames.experiments import payoffs
    from coopgames.specs import load

    experiment = load(name, sets=sets)
    if len(experiment.entrants) < 2:
        raise Mistake(f"{name}: has one strategy only; it takes two at least")
    warm_up(entrant.strategy for entrant in experiment.entrants)
    return Told((name,), payoffs(experiment), _unit(experiment.horizon), False, again)


def _strategies(
    words: tuple[str, ...], game: str | None, length: tuple[int | None, float | None],
    noise: float, again: str,
) -> Told:  # fmt: skip
    from coopgames.cli.warmup import warm_up
    from coopgames.experiments import payoffs_between
    from coopgames.games import named_game
    from coopgames.play import Horizon
    from coopgames.specs import strategy_from

    strategies = [strategy_from(text) for text in words]
    what, lasting = named_game(game or "prisoners-dilemma"), Horizon(*length)
    warm_up(strategies)
    found = payoffs_between(strategies, what, lasting, noise=noise)
    return Told(words, found, _unit(lasting), False, again)


def _unit(horizon: Horizon) -> str:
    return "period" if horizon.infinite else "game"


def certainty(of: Told) -> str:
    """Say how payoffs were found."""
    found = of.payoffs
    if found.exact:
        return "Payoffs are exact."
    how = "those of the run" if of.ran else "sampled where they cannot be solved"
    return (
        f"Payoffs are {how}; standard errors are up to {found.errors.max():.2g} a {of.unit}."
    )  # fmt: skip


def stays(of: Told) -> list[dict[str, Any]]:
    """Judge of each strategy whether it stays where all have adopted it."""
    from coopgames.populations import stability

    found = of.payoffs
    verdicts = stability(found.matrix.tolist(), found.errors.tolist())
    return [
        {
            "kind": v.kind,
            "invaders": [found.names[j] for j in v.invaders],
            "drifters": [found.names[j] for j in v.drifters],
            "mixture": None if v.mixture is None else [found.names[j] for j in v.mixture],
            "mixtures_considered": v.mixtures,
        }
        for v in verdicts
    ]


def stays_in_words(verdict: dict[str, Any], most: int = 1) -> str:
    """Say whether a strategy stays where all have adopted it."""
    if verdict["mixture"]:
        return f"no: {' and '.join(verdict['mixture'])} together invade"
    who = verdict["invaders"]
    if who:
        more = f" and {len(who) - most} more" if len(who) > most else ""
        return f"no: {', '.join(who[:most])}{more}"
    if verdict["kind"] == "neutrally stable":
        n = len(verdict["drifters"])
        return f"yes, but {verdict['drifters'][0] if n == 1 else f'{n} others'} may drift in"
    return "yes" if verdict["kind"] == "evolutionarily stable" else "yes, strictly"
