"""Figures: drawn from the tables, the same every time, in each kind of file."""

import matplotlib as mpl
import polars as pl
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from coopgames.mistakes import Mistake
from coopgames.readings import LABELS, QUALIFIERS
from coopgames.reports import FIGURES, draw
from coopgames.reports.flow import _apart, draw_shares
from coopgames.reports.numbers import LEAVES, flow, lasting, outcomes, waiting

mpl.use("Agg")

STARTS = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}


@pytest.mark.parametrize("width", [7.6, 3.7])
@pytest.mark.parametrize("kind", FIGURES)
def test_every_figure_is_drawn(small, large, kind, width):
    for results in (small, large):
        figure = FIGURES[kind][0](results, width=width)
        assert isinstance(figure, Figure)
        assert figure.get_figwidth() == width
        assert figure._repr_svg_().startswith("<?xml")  # shows itself in a notebook


@pytest.mark.parametrize("suffix", STARTS)
@pytest.mark.parametrize("kind", FIGURES)
def test_the_same_results_give_the_same_bytes(small, tmp_path, kind, suffix):
    one = draw(small, kind, tmp_path / f"one{suffix}").read_bytes()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red"}):  # a user's own settings
        two = draw(small, kind, tmp_path / f"two{suffix}").read_bytes()
    assert one == two
    assert one.startswith(STARTS[suffix])
    assert b"2026" not in one.split(b"</metadata>")[0][:3000]


def test_an_unknown_figure_or_kind_of_file(small, tmp_path):
    with pytest.raises(Mistake, match=r'no figure "heatmp" \(did you mean heatmap\?\)'):
        draw(small, "heatmp", tmp_path / "a.svg")
    with pytest.raises(
        Mistake, match=r'no kind of picture ".pgn" \(did you mean .png, .svg, .pdf\?\)'
    ):
        draw(small, "heatmap", tmp_path / "a.pgn")
    with pytest.raises(Mistake, match="cannot be written"):
        draw(small, "heatmap", tmp_path / "nowhere" / "a.svg")


def test_the_flow_holds_every_match_once(small, large):
    for results in (small, large):
        shares = flow(results.matches)
        assert sum(shares.values()) == pytest.approx(1, abs=1e-12)
        assert sum(outcomes(results.matches).values()) == pytest.approx(1, abs=1e-12)
        counted = results.matches.group_by("label").agg(pl.col("times").sum())
        total = counted["times"].sum()
        expected = {label: times / total for label, times in counted.iter_rows()}
        assert outcomes(results.matches) == pytest.approx(expected)


def test_the_flow_knows_every_reading():
    assert {label for label, _ in LEAVES} == set(LABELS)
    assert {qualifier for _, qualifier in LEAVES} == set(QUALIFIERS)


@pytest.mark.parametrize("width", [7.6, 3.7])
def test_the_width_of_bands_is_the_share_of_matches(width):
    shares = {leaf: 1 / len(LEAVES) for leaf in LEAVES}
    axes = draw_shares(shares, 110, width).axes[0]
    bands = [p.get_path().vertices for p in axes.patches if isinstance(p, PathPatch)]
    starts = sorted({round(float(b[0, 0]), 6) for b in bands})
    assert len(starts) == 3
    for i, x in enumerate(starts):
        from_here = [b for b in bands if round(float(b[0, 0]), 6) == x]
        left = sum(b[7, 1] - b[0, 1] for b in from_here)
        right = sum(b[4, 1] - b[3, 1] for b in from_here)
        assert left == pytest.approx(1), i
        assert right == pytest.approx(1), i


def test_the_bands_of_the_flow_do_not_cross():
    shares = {leaf: 1 / len(LEAVES) for leaf in LEAVES}
    axes = draw_shares(shares, 110, 7.6).axes[0]
    bands = [p.get_path().vertices for p in axes.patches if isinstance(p, PathPatch)]
    for x in {float(b[0, 0]) for b in bands}:
        here = sorted((b for b in bands if b[0, 0] == x), key=lambda b: b[0, 1])
        assert [b[3, 1] for b in here] == sorted(b[3, 1] for b in here)


def test_labels_are_moved_apart_as_little_as_may_be():
    assert _apart([0, 1, 2], 0.5) == [0, 1, 2]
    assert _apart([0, 0], 1) == [-0.5, 0.5]
    assert _apart([0, 0.2, 5], 1) == pytest.approx([-0.4, 0.6, 5])


def test_the_curves_end_where_the_tables_say(small):
    m = small.matches.filter(pl.col("watched").is_not_null())
    before, after = waiting(small.matches), lasting(small.matches)
    emerged = m.filter(pl.col("emerged").is_not_null())
    share = emerged["times"].sum() / m["times"].sum()
    assert before.matches == m["times"].sum()
    assert before.last == pytest.approx(1 - share)  # all are watched equally long
    assert after.matches == emerged["times"].sum()
    assert 0 <= after.last <= 1


def test_names_are_not_read_as_mathematics(made):
    stay = 'next = { CC = "a", CD = "a", DC = "a", DD = "a" }'
    listed = ", ".join(
        f'{{ name = "{name}", initial = "a", state = [{{ name = "a", accommodate = 1, {stay} }}] }}'
        for name in ("$x_1$", "協調 🤝")
    )
    results = made(
        'name = "odd"\ntitle = "Odd"\nseed = 1\ngame = "prisoners-dilemma"\n'
        f"strategies = [{listed}]\n[horizon]\nperiods = 5\n"
    )
    for kind, (function, _) in FIGURES.items():
        named = kind in ("heatmap", "accommodation", "standings", "spread")
        assert ("$x_1$" in function(results)._repr_svg_()) is named
