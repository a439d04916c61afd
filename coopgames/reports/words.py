"""The sentences about an experiment and what came of it, once, for the terminal and for the page.

Plain text: whoever puts it into HTML or markup escapes it. A percent sign is set off by a space
that does not break.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from coopgames.experiments import emergence
from coopgames.games import sentence, structure
from coopgames.reports.glossary import IN_SHORT
from coopgames.reports.numbers import Pace, outcomes, pace_of_all, paces
from coopgames.specs import Experiment
from coopgames.store import Results

PLURALS = {"match": "matches", "strategy": "strategies"}


def percent(share: float) -> str:
    """Write a share as a percentage that never says none or all of what is some."""
    if 0 < share < 0.005:
        return "under 1\u00a0%"
    if 0.995 < share < 1:
        return "over 99\u00a0%"
    return f"{100 * share:.0f}\u00a0%"


def counted(number: float, thing: str) -> str:
    """Write a number of things: ``1 game``, ``200 periods``."""
    plain = f"{number:,.0f}" if number == int(number) else f"{number:,g}"
    return f"{plain} {thing if number == 1 else PLURALS.get(thing, f'{thing}s')}"


def listed(items: Iterable[str]) -> str:
    """Join items as in a sentence: ``a, b and c``."""
    *head, tail = items
    return f"{', '.join(head)} and {tail}" if head else tail


def design(experiment: Experiment) -> str:
    """Say in a line how an experiment is laid out."""
    e = experiment
    parts = [
        counted(len(e.arms), "arm") if e.arms else "",
        counted(len(e.entrants), "strategy"),
        f"{counted(e.repetitions * len(e.horizons), 'game')} a pair",
        "self-play" if e.self_play else "",
        length(e),
        f"noise {e.noise:g}" if e.noise else "",
        misperception(e),
        under(e),
        f"seed {e.seed}",
    ]
    return " · ".join(part for part in parts if part)


def length(experiment: Experiment) -> str:
    """Say how long play lasts."""
    h = experiment.horizon
    known = " known to all" if h.known else ""
    if experiment.lengths:
        return f"{listed(str(n) for n in experiment.lengths)} periods{known}"
    if h.periods is not None:
        return f"{counted(h.periods, 'period')}{known}"
    if h.continuation is not None:
        return f"each period is followed by another with probability {h.continuation:g}"
    return "without end"


def misperception(experiment: Experiment) -> str:
    """Say how actions are misperceived; nothing where they are not."""
    perception = experiment.perception
    if not perception.error:
        return ""
    return f"{'public' if perception.public else 'private'} misperception {perception.error:g}"


def under(experiment: Experiment) -> str:
    """Say which regime is in force; nothing where none is."""
    regime = experiment.regime
    if regime is None:
        return ""
    return f"under {regime.regime.name}{' (silent)' if regime.silent else ''}"


def encodes(experiment: Experiment) -> str:
    """Say what the game encodes: harmony, mixed interests or opposed interests."""
    return sentence(experiment.game)


def verdict(experiment: Experiment, matches: pl.DataFrame) -> str:
    """Say in a sentence whether coordination emerged, when, and whether it lasted."""
    found = emergence(matches)
    if found is None:
        return _unmeasured(experiment, matches)
    share, median, broke = found
    judged = matches.filter(pl.col("watched").is_not_null())["times"].sum()
    long = " long enough to judge" if judged < matches["times"].sum() else ""
    if not share:
        return f"Coordination emerged in no match{long}."
    where = f"every match{long}" if share == 1 else f"{percent(share)} of matches{long}"
    when = ""
    if median is not None:
        then = f"within {counted(median, 'period')}" if median else "from the first period on"
        when = f", in half of all matches {then}"
    if not broke:
        return f"Coordination emerged in {where}{when}, and it lasted to the end."
    lost = "in every one" if broke == 1 else f"in {percent(broke)}"
    return f"Coordination emerged in {where}{when}; where it emerged, it broke down again {lost}."


def _unmeasured(experiment: Experiment, matches: pl.DataFrame) -> str:
    """Say why emergence is no question here, and what happened instead."""
    category = structure(experiment.game).category
    ended = outcomes(matches)
    if category == "independence":
        return "There was nothing to coordinate: nothing that one does matters to the other."
    if category == "harmony":
        share = percent(ended.get("harmony", 0))
        return (
            "There was nothing to coordinate: what each does in its own interest serves the other "
            f"too. {share} of matches were harmony."
        )
    label, most = max(ended.items(), key=lambda item: item[1])
    told = f"{percent(most)} of matches ended in {label}"
    if category == "opposed-interests":
        return f"Nobody could gain unless another lost, so there was no deal to reach: {told}."
    need = 4 * experiment.rule.L
    if int(matches["periods"].to_numpy().max()) < need:
        return (
            f"Matches are too short to say when coordination emerged (that takes {need} periods); "
            f"{told}."
        )
    return f"When coordination emerged cannot be measured, since not all can gain; {told}."


def findings(experiment: Experiment, results: Results) -> list[str]:
    """Say in two to five sentences what the tables show.

    Parameters
    ----------
    experiment : Experiment
        What was run.
    results : Results
        What came of it.

    Returns
    -------
    list of str
        Who came first; what happened most often; who changed most; where it ended in discord.
    """
    found = [
        _first(experiment, results),
        _most_often(results.matches),
        _changed(results),
        _discord(results),
    ]
    return [text for text in found if text]


def score(value: float) -> str:
    """Write a score per game: one digit after the point, two where scores are small."""
    return f"{value:.1f}" if abs(value) >= 20 else f"{value:.2f}"


def _first(experiment: Experiment, results: Results) -> str:
    rows = results.standings.sort("rank").to_dicts()
    if len(rows) < 2:
        return ""
    a, b = rows[:2]
    text = (
        f"First came {a['strategy']} with {score(a['score'])} points a game, then "
        f"{b['strategy']} with {score(b['score'])}"
    )
    if a["standard_error"] is not None and b["standard_error"] is not None:
        error = (a["standard_error"] ** 2 + b["standard_error"] ** 2) ** 0.5
        if error and a["score"] - b["score"] < 2 * error:
            text += ", too close to tell luck from merit"
    said = next((r for r in rows if r.get("quoted_rank") == 1), None)
    if experiment.quoted and said:
        what = "is first here too" if said["rank"] == 1 else f"is number {said['rank']} here"
        text += (
            f"; {said['strategy']}, first in the scores quoted ({experiment.quoted.label}), {what}"
        )
    return f"{text}."


def _most_often(matches: pl.DataFrame) -> str:
    ended = sorted(outcomes(matches).items(), key=lambda item: -item[1])
    label, share = ended[0]
    meaning = IN_SHORT[label]
    if len(ended) == 1:
        return f"Every match was {label}: {meaning}."
    others = listed(f"{percent(s)} were {x}" for x, s in ended[1:])
    often = f"The most frequent outcome was {label}, in {percent(share)} of matches"
    return f"{often} ({meaning}); {others}."


def _changed(results: Results) -> str:
    together = pace_of_all(results)
    if len(together.share) < 2:
        return ""
    start, end = (percent(x) for x in together.share[[0, -1]])
    name, pace = max(paces(results).items(), key=lambda item: abs(_change(item[1])))
    block = together.end[0] - together.begin[0] + 1
    first = "period" if block == 1 else counted(block, "period")
    text = (
        f"Taken together, the strategies accommodated with {start} of their actions in the first "
        f"{first} and with {end} at the end"
    )
    if abs(_change(pace)) >= 0.005:
        own = " to ".join(percent(x) for x in pace.share[[0, -1]])
        text += f"; {name} changed most, from {own}"
    return f"{text}."


def _change(pace: Pace) -> float:
    return float(pace.share[-1] - pace.share[0])


def _discord(results: Results) -> str:
    pairs = results.matches.group_by("first", "second", maintain_order=True).agg(
        always=(pl.col("label") == "discord").all()
    )
    table = results.standings
    worst = table.filter(pl.col("discord") == pl.col("discord").max())
    share = float(worst["discord"][0])
    if not share or len(worst) == len(table):
        return ""
    who = f"{worst['strategy'][0]} met it most often, in {percent(share)} of its matches"
    if len(worst) > 1:
        who = f"{len(worst)} strategies met it most often, in {percent(share)} of their matches"
    return (
        f"{int(pairs['always'].sum()):,} of {counted(len(pairs), 'pair')} ended in discord every "
        f"time; {who}."
    )
