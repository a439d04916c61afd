"""Figures of results, by name. matplotlib is imported when one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coopgames.experiments import payoffs_in
from coopgames.games import Census, Chart, Game
from coopgames.mistakes import Mistake, unknown
from coopgames.play import Fingerprint
from coopgames.populations import RareMutations, Trajectory, ecology
from coopgames.store import Results

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

WIDTH = 7.6
"""Inches, unless told otherwise."""

GENERATIONS = 1000
"""So long strategies are followed as they spread."""

SUFFIXES = (".svg", ".png", ".pdf")


def heatmap(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw who did how well against whom: the row's mean score against the column."""
    from coopgames.reports.heatmap import draw as figure

    return figure(results, width)


def accommodation(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw how much each strategy accommodates as play goes on."""
    from coopgames.reports.curves import accommodation as figure

    return figure(results, width)


def flow(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw the flow of matches into harmony, convention, cooperation and discord."""
    from coopgames.reports.flow import draw as figure

    return figure(results, width)


def survival(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw the share of matches not yet coordinated, and how long coordination lasts."""
    from coopgames.reports.curves import survival as figure

    return figure(results, width)


def arms(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw the share of matches not yet coordinated, a curve for each arm."""
    from coopgames.reports.curves import arms as figure

    return figure(results, width)


def channels(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw what each channel of a regime contributes, from play without it to play with it."""
    from coopgames.reports.steps import draw as figure

    return figure(results, width)


def expectations(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw whether expectations converge on what a regime asks, a curve for each arm."""
    from coopgames.reports.converging import draw as figure
    from coopgames.reports.opened import experiment_of

    return figure(experiment_of(results), width)


def standings(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw the scores as dots with their standard errors."""
    from coopgames.reports.dots import draw as figure

    return figure(results, width)


def payoffs(game: Game, *, width: float = WIDTH) -> Figure:
    """Draw what the two actors of a game can get, and what solutions pay."""
    from coopgames.reports.payoffs import draw as figure

    return figure(game, width)


def fingerprint(of: Fingerprint, *, width: float = WIDTH) -> Figure:
    """Draw a fingerprint: the mean payoff against all noisy forms of a probe."""
    from coopgames.reports.fingerprint import draw as figure

    return figure(of, width)


def spread(results: Results, *, width: float = WIDTH) -> Figure:
    """Draw how strategies would spread if those that score more became more."""
    from coopgames.reports.canvas import note
    from coopgames.reports.spread import draw as figure

    found = payoffs_in(results)
    if not found.matrix.min() >= 0:  # a payoff is negative, or not there
        return note(width, ["What would spread cannot be told from these scores:",
                            "not all met each other and themselves, or some lost."])  # fmt: skip
    return figure(found.names, ecology(found.matrix, GENERATIONS), width)


def draw_spread(
    names: Sequence[str], went: Trajectory, path: str | Path, *, width: float = WIDTH
) -> Path:
    """Draw how strategies spread into a file.

    Parameters
    ----------
    names : sequence of str
        The strategies.
    went : Trajectory
        Their shares over the generations.
    path, width
        As for `draw`.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    from coopgames.reports.spread import draw as figure

    return write(lambda: figure(names, went, width), path, salt="spread")


def draw_simplex(
    names: Sequence[str], matrix: ArrayLike, path: str | Path, *,
    course: Trajectory | None = None, width: float = WIDTH,
) -> Path:  # fmt: skip
    """Draw where all mixes of three strategies go, into a file.

    Parameters
    ----------
    names : sequence of str
        The three.
    matrix : array_like, shape (3, 3)
        The row's payoff against the column.
    path, width
        As for `draw`.
    course : Trajectory, optional
        A course to draw as well.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    from coopgames.reports.simplex import draw as figure

    return write(lambda: figure(names, matrix, width, course), path, salt="simplex")


def draw_invasions(
    names: Sequence[str], rare: RareMutations, path: str | Path, *,
    shares: Sequence[float] | None = None, mutation: float | None = None, width: float = WIDTH,
) -> Path:  # fmt: skip
    """Draw who takes over whom into a file.

    Parameters
    ----------
    names : sequence of str
        The strategies.
    rare : RareMutations
        The chances of taking over.
    path, width
        As for `draw`.
    shares : sequence of float, optional
        How common each is; where mutations are rare by default.
    mutation : float, optional
        The mutation at which they are that common.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    from coopgames.reports.invasions import draw as figure

    common = list(map(float, rare.shares)) if shares is None else shares
    return write(lambda: figure(names, rare, width, common, mutation), path, salt="invasions")


def draw_fingerprint(of: Fingerprint, path: str | Path, *, width: float = WIDTH) -> Path:
    """Draw a fingerprint into a file.

    Parameters
    ----------
    of : Fingerprint
        What to draw.
    path, width
        As for `draw`.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    return write(lambda: fingerprint(of, width=width), path, salt="fingerprint")


FIGURES: dict[str, tuple[Callable[..., Figure], str]] = {
    "heatmap": (heatmap, "who did how well against whom: the row's mean score against the column"),
    "accommodation": (accommodation, "how much each strategy accommodates as play goes on"),
    "flow": (flow, "Keohane's Figure 1: the flow of matches into harmony, cooperation, discord"),
    "survival": (survival, "when coordination emerges, and how long it lasts"),
    "arms": (arms, "when coordination emerges in each arm of an experiment"),
    "channels": (channels, "what each channel of a regime contributes (see coopgames compare)"),
    "expectations": (expectations, "whether expectations converge on what is asked"),
    "standings": (standings, "scores as dots, with their standard errors"),
    "spread": (spread, "which strategies would spread, if those that score more became more"),
}
"""What draws a figure, and what it shows, by name."""


def draw(results: Results, kind: str, path: str | Path, *, width: float = WIDTH) -> Path:
    """Draw a figure into a file.

    Parameters
    ----------
    results : Results
        What to draw.
    kind : str
        A name in `FIGURES`.
    path : str or Path
        Ends in .svg, .png or .pdf, which decides what is written. The same results give the same
        bytes.
    width : float, default 7.6
        In inches.

    Returns
    -------
    Path
        Where it stands.

    Raises
    ------
    Mistake
        If there is no such figure or kind of file, or it cannot be written.
    """
    if kind not in FIGURES:
        raise Mistake(unknown("figure", kind, FIGURES))
    return write(lambda: FIGURES[kind][0](results, width=width), path, salt=kind)


def draw_game(game: Game, path: str | Path, *, width: float = WIDTH) -> Path:
    """Draw what two actors can get into a file: every outcome, and what solutions pay.

    Parameters
    ----------
    game : Game
        Two actors.
    path : str or Path
        Ends in .svg, .png or .pdf, which decides what is written.
    width : float, default 7.6
        In inches; below 5 it is laid out for a phone or a column.

    Returns
    -------
    Path
        Where it stands.

    Raises
    ------
    Mistake
        If there are not two actors, or the file is of no such kind or cannot be written.
    """
    return write(lambda: payoffs(game, width=width), path, salt="payoffs")


def draw_poster(found: Census, path: str | Path) -> Path:
    """Draw the table of the 144 ordinal games into a file, each in the colour of what it encodes.

    Parameters
    ----------
    found : Census
        What each of the 144 encodes.
    path : str or Path
        Ends in .svg, .png or .pdf, which decides what is written.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    from coopgames.reports.poster import draw as figure

    return write(lambda: figure(found), path, salt="poster")


def draw_map(found: Chart, path: str | Path, *, title: str = "", width: float = WIDTH) -> Path:
    """Draw a map of what games encode as two numbers vary.

    Parameters
    ----------
    found : Chart
        What was found out.
    path : str or Path
        Ends in .svg, .png or .pdf, which decides what is written.
    title : str
        What is shown; without one, the chart is taken for the S–T plane.
    width : float, default 7.6
        In inches.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    from coopgames.reports.maps import draw_chart, draw_plane

    def drawn() -> Figure:
        return draw_chart(found, title, width) if title else draw_plane(found, width)

    return write(drawn, path, salt="map")


def write(drawn: Callable[[], Figure], path: str | Path, *, salt: str) -> Path:
    """Write a figure into a file whose name says what kind; it is drawn if the name is good.

    Parameters
    ----------
    drawn : callable
        Draws it.
    path : str or Path
        Ends in .svg, .png or .pdf.
    salt : str
        Makes the names inside an SVG its own.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Mistake(f"{path}: {unknown('kind of picture', suffix or path.name, SUFFIXES)}")
    from coopgames.reports.canvas import save

    figure = drawn()
    try:
        save(figure, path, suffix, salt=salt)
    except OSError as error:
        raise Mistake(f"{path}: cannot be written: {error.strerror or error}") from None
    return path
