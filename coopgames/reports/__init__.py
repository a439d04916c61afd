"""Figures and the report of an experiment, and the sentences they share with the terminal."""

from coopgames.reports import arm_words, effect_words, joining_words, markup, regime_words
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
from coopgames.reports.page import document, report, write_report
from coopgames.reports.palette import OUTCOMES
from coopgames.reports.standings_table import outcome_bar
from coopgames.reports.words import (
    counted,
    design,
    encodes,
    findings,
    listed,
    percent,
    score,
    verdict,
)

__all__ = [
    "FIGURES",
    "OUTCOMES",
    "arm_words",
    "counted",
    "design",
    "document",
    "draw",
    "draw_fingerprint",
    "draw_game",
    "draw_invasions",
    "draw_map",
    "draw_poster",
    "draw_simplex",
    "draw_spread",
    "effect_words",
    "encodes",
    "experiment_of",
    "findings",
    "joining_words",
    "listed",
    "markup",
    "open_results",
    "outcome_bar",
    "percent",
    "regime_words",
    "report",
    "score",
    "state_diagram",
    "verdict",
    "write_report",
]
