"""Figures and the report of an experiment, and the sentences they share with the terminal."""

from coopgames.reports import arm_words
from coopgames.reports.diagram import state_diagram
from coopgames.reports.figures import (
    FIGURES,
    draw,
    draw_fingerprint,
    draw_game,
    draw_invasions,
    draw_map,
    draw_poster,
    draw_simplex,
    draw_spread,
)
from coopgames.reports.opened import experiment_of, open_results
from coopgames.reports.page import report, write_report
from coopgames.reports.palette import OUTCOMES
from coopgames.reports.words import design, encodes, findings, percent, verdict

__all__ = [
    "FIGURES",
    "OUTCOMES",
    "arm_words",
    "design",
    "draw",
    "draw_fingerprint",
    "draw_game",
    "draw_invasions",
    "draw_map",
    "draw_poster",
    "draw_simplex",
    "draw_spread",
    "encodes",
    "experiment_of",
    "findings",
    "open_results",
    "percent",
    "report",
    "state_diagram",
    "verdict",
    "write_report",
]
