"""The figures of strategies that spread."""

import matplotlib as mpl
import numpy as np
import pytest

from coopgames.populations import ecology, moran, rare_mutations
from coopgames.reports import draw_invasions, draw_simplex, draw_spread
from coopgames.reports.invasions import draw as invasions
from coopgames.reports.simplex import CORNERS
from coopgames.reports.simplex import draw as simplex
from coopgames.reports.spread import draw as spread

mpl.use("Agg")

NAMES = ["always-accommodate", "always-defect", "tit-for-tat"]
CYCLE = [[30, 1, 30], [50, 10, 14], [29.2, 8.3, 29.2]]


def texts(axes):
    return [text.get_text() for text in axes.texts]


@pytest.mark.parametrize("width", [7.6, 3.7])
def test_lines_are_shares_and_end_with_their_names(width):
    went = ecology(CYCLE, 50)
    axes = spread(NAMES, went, width).axes[0]
    drawn = {tuple(line.get_ydata()) for line in axes.lines if len(line.get_ydata()) == 51}
    assert drawn == {tuple(shares) for shares in went.shares.T}
    order = sorted(range(3), key=lambda k: -went.end[k])
    for text, k in zip(texts(axes), order, strict=True):
        name, share = text.split("  ")
        assert NAMES[k].startswith(name.removesuffix("…"))
        assert share == (f"{100 * went.end[k]:.0f} %" if went.end[k] > 0.1 else share)


def test_names_do_not_lie_on_one_another():
    n = 8
    went = ecology(np.full((n, n), 2.0), 10)
    axes = spread([f"strategy {k}" for k in range(n)], went, 7.6).axes[0]
    places = sorted(text.xy[1] for text in axes.texts)
    gap = np.diff(places).min() / axes.get_ylim()[1] * 7.6 * 0.58 * 0.78
    assert gap > 0.15  # inches
    assert places[0] > 0


def test_of_many_the_less_common_are_grey():
    rng = np.random.default_rng(1)
    went = ecology(rng.uniform(1, 5, (20, 20)), 100)
    axes = spread([f"s{k}" for k in range(20)], went, 7.6).axes[0]
    assert len(axes.texts) == 8
    assert "grey: 12 others" in axes.get_title(loc="left")
    ends = {text.get_text().split()[0] for text in axes.texts}
    assert {f"s{k}" for _, k in went.leaders} <= ends


def test_arrows_lead_where_selection_does():
    rare = rare_mutations(CYCLE, 50, moran())
    axes = invasions(NAMES, rare, 7.6, list(rare.shares), None).axes[0]
    written = [text for text in texts(axes) if text.startswith("× ")]
    favoured = rare.advantage[rare.advantage > 1 + 1e-9]
    assert sorted(written) == sorted(f"× {x:.3g}" for x in favoured)
    assert sum(type(p).__name__ == "FancyArrowPatch" for p in axes.patches) == len(favoured)
    # The discs' areas go by shares of time.
    radii = [p.radius for p in axes.patches if type(p).__name__ == "Circle"]
    assert np.argsort(radii).tolist() == np.argsort(rare.shares).tolist()


def test_neutral_pairs_have_a_broken_line():
    rare = rare_mutations(np.ones((2, 2)), 10, moran())
    axes = invasions(["one", "other"], rare, 7.6, [0.5, 0.5], 0.1).axes[0]
    assert len(axes.lines) == 1
    assert axes.lines[0].get_linestyle() == "--"
    assert "mutations: 0.1" in axes.get_title(loc="left")


def test_the_triangle_has_its_corners_and_rest_points():
    axes = simplex(NAMES, CYCLE, 7.6).axes[0]
    assert set(NAMES) <= set(texts(axes))
    marks = [np.r_[line.get_xdata(), line.get_ydata()] for line in axes.lines]
    single = [mark for mark in marks if len(mark) == 2]
    for corner in CORNERS:
        assert any(np.allclose(mark, corner) for mark in single)
    assert len(single) == 5  # three corners, one on an edge, one inside


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_the_same_gives_the_same_bytes(tmp_path, suffix):
    went, rare = ecology(CYCLE, 100), rare_mutations(CYCLE, 50, moran())
    for draw in (
        lambda path: draw_spread(NAMES, went, path),
        lambda path: draw_simplex(NAMES, CYCLE, path, course=went),
        lambda path: draw_invasions(NAMES, rare, path),
    ):
        one, two = (draw(tmp_path / f"{x}{suffix}").read_bytes() for x in ("one", "two"))
        assert one == two
