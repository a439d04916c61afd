"""One page for the results of an experiment: a file that needs nothing but itself."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from coopgames.mistakes import Mistake
from coopgames.reports import arms, channels, expected, later, provenance, sections, words
from coopgames.reports.markup import text
from coopgames.reports.opened import experiment_of
from coopgames.reports.regime_section import the_regime
from coopgames.reports.standings_table import standings_table
from coopgames.specs import Experiment
from coopgames.store import Results

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
"""What the browser is told: whatever the page holds, it is to fetch nothing."""


def write_report(results: Results, path: str | Path | None = None) -> Path:
    """Write the report of an experiment.

    Parameters
    ----------
    results : Results
        What to report.
    path : str or Path, optional
        The file; ``report.html`` in the folder of the results by default. The same results give
        the same bytes.

    Returns
    -------
    Path
        Where it stands.

    Raises
    ------
    Mistake
        If it cannot be written.
    """
    path = results.folder / "report.html" if path is None else Path(path)
    whole = report(results)
    part = path.with_name(f".{path.name}.part")
    try:
        # Under another name first, so that whoever looks finds a whole page.
        part.write_text(whole, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Mistake(f"{path}: cannot be written: {error.strerror or error}") from None
    return path


def report(results: Results) -> str:
    """Give the report of an experiment as HTML."""
    experiment = experiment_of(results)
    parts = [
        sections.opening(experiment),
        the_regime(experiment),
        *(_compared(experiment, results) if experiment.arms else _alone(experiment, results)),
        sections.what_to_notice(experiment),
        sections.what_words_mean(results),
        provenance.methods(experiment, results),
        provenance.reproduce(experiment, results),
    ]
    version = results.manifest["versions"]["coopgames"]
    return document(
        experiment.title,
        words.design(experiment),
        "\n\n".join(parts),
        f"Made by coopgames {version} from the results of {experiment.name}. This page needs no "
        "network.",
    )


def document(title: str, design: str, body: str, footer: str, style: str = "") -> str:
    """Write a page that needs nothing but itself.

    Parameters
    ----------
    title, design, footer : str
        Plain text: what it is called, a line below that, and the last line.
    body : str
        HTML of sections.
    style : str, optional
        CSS beside that of all pages.
    """
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(title)}</title>
<style>
{_asset("page.css")}{style}</style>
</head>
<body>
<header>
<h1>{text(title)}</h1>
<p class="design">{text(design)}</p>
</header>
<main>
{body}
</main>
<footer><p>{text(footer)}</p></footer>
<script>
{_asset("page.js")}</script>
</body>
</html>
"""


def _alone(experiment: Experiment, results: Results) -> list[str]:
    """Give what is to be said of an experiment without arms."""
    return [sections.verdict(experiment, results), *_in_detail(experiment, results)]


def _compared(experiment: Experiment, results: Results) -> list[str]:
    """Give what is to be said of arms, and of the first of them in detail."""
    if results.effects is not None:
        return _by_channel(experiment, results)
    first = experiment.arms[0]
    return [
        arms.verdict(experiment, results),
        arms.side_by_side(experiment, results),
        expected.did_expectations_converge(experiment, results),
        *_in_detail(first.experiment, results.of(first.name), first.name),
        arms.others(experiment, results),
    ]


def _by_channel(experiment: Experiment, results: Results) -> list[str]:
    """Give what is to be said of a regime's channels, and of play with all of them in detail."""
    whole = experiment.arms[-1]
    return [
        channels.what_it_does(experiment, results),
        expected.did_expectations_converge(experiment, results),
        channels.who_would_join(experiment, results),
        *_in_detail(whole.experiment, results.of(whole.name), whole.name),
        arms.side_by_side(experiment, results),
    ]


def _in_detail(experiment: Experiment, results: Results, arm: str = "") -> list[str]:
    return [
        sections.who_did_well(experiment, results, standings_table(experiment, results), arm),
        sections.against_whom(results),
        sections.how_accommodating(results),
        sections.what_happened(results),
        sections.when(experiment, results),
        later.who_would_spread(results),
        later.how_firm(experiment, results),
    ]


def _asset(name: str) -> str:
    return (files("coopgames.reports") / name).read_text(encoding="utf-8")
