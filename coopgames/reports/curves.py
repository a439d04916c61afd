"""What happens as time goes on, drawn: accommodation, and coordination that emerges and lasts."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coopgames.reports.canvas import blank, note, shares_up, shortened, styled
from coopgames.reports.numbers import Curve, Pace, lasting, pace_of_all, paces, waiting
from coopgames.reports.palette import ARMS, DASHES, INK, OUTCOMES, SOFT, tint
from coopgames.reports.words import counted, percent
from coopgames.store import Results

MULTIPLES = 24
"""Up to so many strategies each has a panel of its own."""

OWN = OUTCOMES["cooperation"]


def accommodation(results: Results, width: float) -> Figure:
    """Draw how much each strategy accommodates as play goes on."""
    each, together = paces(results), pace_of_all(results)
    with styled():
        if len(each) <= MULTIPLES:
            return _multiples(each, together, width)
        return _bundle(each, together, width)


def _multiples(each: dict[str, Pace], together: Pace, width: float) -> Figure:
    """Draw a panel for each strategy, with that of all together behind it."""
    across = min(5 if width > 5 else 3, len(each))
    down = math.ceil(len(each) / across)
    figure = blank(width, 1.12 * down + 0.8)
    grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    most = 19 if width > 5 else 13
    for k, axes in enumerate(grid.flat):
        if k >= len(each):
            axes.set_visible(False)
            continue
        name = list(each)[k]
        _line(axes, together, color=SOFT, linewidth=1.0, linestyle=(0, (3, 2)))
        _line(axes, each[name], color=OWN, linewidth=1.8)
        axes.set_title(f"{k + 1}  {shortened(name, most)}", fontsize=8, color=INK, pad=3)
        _periods(axes, together)
        shares_up(axes)
        axes.set_yticks([0, 1])
        axes.tick_params(labelsize=7.5, length=2)
        # A panel at the foot of its column names the periods, also in a last row that is not full.
        axes.tick_params(labelbottom=k + across >= len(each))
    figure.supxlabel("period", fontsize=9, color=SOFT)
    figure.legend(
        grid[0, 0].lines[::-1],
        ["share of its actions that accommodate", "of all strategies together"],
        loc="outside upper left", ncols=2 if width > 5 else 1, frameon=False, fontsize=8.5,
    )  # fmt: skip
    return figure


def _bundle(each: dict[str, Pace], together: Pace, width: float) -> Figure:
    """Draw all strategies as thin lines, and all together as a thick one."""
    figure = blank(width, 4.2 if width > 5 else 3.4)
    axes = figure.add_subplot()
    for pace in each.values():
        _line(axes, pace, color=OWN, linewidth=0.7, alpha=0.35)
    _line(axes, together, color="white", linewidth=4.5)
    _line(axes, together, color=INK, linewidth=2.2)
    _periods(axes, together)
    shares_up(axes)
    axes.set_xlabel("period")
    axes.annotate(
        "all together", (together.middle[-1], together.share[-1]), (-4, 7),
        textcoords="offset points", ha="right", fontweight="bold",
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
    )  # fmt: skip
    return figure


def _line(axes: Axes, pace: Pace, **style: object) -> None:
    dot = "o" if len(pace.share) == 1 else ""
    axes.plot(pace.middle, pace.share, marker=dot, markersize=4, clip_on=False, **style)  # type: ignore[arg-type]


def _periods(axes: Axes, pace: Pace) -> None:
    first, last = float(pace.begin[0]), float(pace.end[-1])
    axes.set_xlim(first, max(last, first + 1))
    axes.set_xticks([first, last] if last > first else [first])


def survival(results: Results, width: float) -> Figure:
    """Draw the share not yet coordinated and, beside it, how long coordination lasts."""
    before, after = waiting(results.matches), lasting(results.matches)
    with styled():
        if before is None:
            return note(width, ["Whether coordination emerged", "cannot be measured here."])
        drawn = [(before, "discord", "Before: not yet coordinated", "periods played")]
        if after is not None:
            since = "periods since coordination emerged"
            drawn.append((after, "cooperation", "After: still coordinated", since))
        down = 1 if width > 5 else len(drawn)
        figure = blank(width, 2.9 * down)
        panels = figure.subplots(down, len(drawn) // down, squeeze=False)
        for axes, (curve, colour, title, over) in zip(panels.flat, drawn, strict=True):
            _survival(axes, curve, OUTCOMES[colour], title, over)
    return figure


def arms(results: Results, width: float) -> Figure:
    """Draw the share not yet coordinated, a curve for each arm."""
    names = (
        [] if results.arms is None else results.arms["arm"].unique(maintain_order=True).to_list()
    )
    found = {name: waiting(results.of(name).matches) for name in names}
    curves = {name: curve for name, curve in found.items() if curve is not None}
    with styled():
        if not curves:
            return note(
                width, ["There are no arms in which it can be", "measured what emerged when."]
            )
        figure = blank(width, 3.4 if width > 5 else 3.0 + 0.2 * len(curves))
        axes = figure.add_subplot()
        end = max(1.0, *(curve.end for curve in curves.values()))
        for k, (name, curve) in enumerate(curves.items()):
            times = np.concatenate([[0.0], curve.times, [curve.end]])
            share = np.concatenate([[1.0], curve.share, [curve.last]])
            axes.step(
                times, share, where="post", linewidth=2.4 if k == 0 else 1.9, clip_on=False,
                label=f"{shortened(name, 30)}: {percent(curve.last)} at the end",
                color=ARMS[k % len(ARMS)], linestyle=DASHES[k % len(DASHES)],
            )  # fmt: skip
        axes.set_xlim(-0.015 * end, end)
        shares_up(axes)
        axes.set_xlabel("periods played")
        figure.legend(
            loc="outside upper left", ncols=2 if width > 5 else 1, frameon=False, fontsize=8.5,
            handlelength=3.2,
        )  # fmt: skip
    return figure


def _survival(axes: Axes, curve: Curve, colour: str, title: str, over: str) -> None:
    times = np.concatenate([[0.0], curve.times, [curve.end]])
    share = np.concatenate([[1.0], curve.share, [curve.last]])
    axes.fill_between(times, share, step="post", color=tint(colour, 0.18), linewidth=0)
    axes.step(times, share, where="post", color=colour, linewidth=2, clip_on=False)
    axes.set_title(f"{title}\n", color=INK, fontweight="bold", fontsize=9.5)
    axes.text(
        0, 1.04, f"share of {counted(curve.matches, 'match')}", transform=axes.transAxes,
        color=SOFT, fontsize=8.5,
    )  # fmt: skip
    axes.set_xlim(-0.015 * max(curve.end, 1), max(curve.end, 1))
    shares_up(axes)
    axes.set_xlabel(over)
    axes.margins(x=0)
    up = curve.last < 0.85
    axes.annotate(
        percent(curve.last), (curve.end, curve.last), (0, 5 if up else -5),
        textcoords="offset points", ha="right", va="bottom" if up else "top",
        fontweight="bold", color=INK,
    )  # fmt: skip
    if curve.median is not None:
        axes.plot([0, curve.median], [0.5, 0.5], color=INK, linewidth=0.8, linestyle=(0, (2, 2)))
        half = f"half by period {curve.median:g}" if curve.median else "half at once"
        axes.annotate(
            half, (curve.median, 0.5), (7, 4), textcoords="offset points", color=INK, fontsize=8.5,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1},
        )  # fmt: skip
        axes.plot([curve.median], [0.5], "o", color=INK, markersize=4.5, clip_on=False)
