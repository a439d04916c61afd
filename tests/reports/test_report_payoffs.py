"""The picture of what two actors can get."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from coopgames.games import Game, catalog, named_game, relative_gains
from coopgames.mistakes import Mistake
from coopgames.reports import draw_game
from coopgames.reports.figures import payoffs

mpl.use("Agg")

STARTS = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}
THREE = Game(
    "three",
    [[[0, -1, 1], [1, 0, -1], [-1, 1, 0]], [[2, 1, -1], [-1, 2, 1], [1, -1, 0]]],
    actions=[["rock", "paper", "scissors"]] * 2,
)
SHOWN = [
    *(named_game(n) for n in (
        "prisoners-dilemma", "stag-hunt", "battle-of-the-sexes", "chicken", "turn-taking-deadlock",
        "matching-pennies", "suasion", "pure-coordination", "independence",
    )),
    THREE,
]  # fmt: skip


def marks(figure):
    """Give where the marks of each shape are."""
    found = {}
    for line in figure.axes[0].lines:
        points = {(float(x), float(y)) for x, y in line.get_xydata()}
        found.setdefault(line.get_marker(), set()).update(points)
    return found


def labels(figure):
    return {t.xy: t.get_text() for t in figure.axes[0].texts}


def test_the_prisoners_dilemma_has_its_marks_where_theory_says():
    figure = payoffs(named_game("prisoners-dilemma"))
    found = marks(figure)
    assert found["s"] == {(1, 1)}  # the equilibrium
    assert found["+"] == {(1, 1)}  # before
    assert found["*"] == {(3, 3)}  # the bargain
    assert found["o"] == {(3, 3), (0, 5), (5, 0), (1, 1)}
    assert "D" not in found
    assert labels(figure) == {(3, 3): "C, C", (0, 5): "C, D", (5, 0): "D, C", (1, 1): "D, D"}
    reach, rational = figure.axes[0].patches
    assert reach.get_xy()[:-1].tolist() == [[0, 5], [1, 1], [5, 0], [3, 3]]
    assert np.allclose(rational.get_xy()[:-1], [(1, 1), (13 / 3, 1), (3, 3), (1, 13 / 3)])
    (border,) = [x for x in figure.axes[0].lines if x.get_marker() == "None"]
    assert border.get_xydata().tolist() == [[0, 5], [3, 3], [5, 0]]
    said = figure.get_suptitle().replace("\n", " ")
    assert said.startswith("The prisoner's dilemma is a case of mixed interests, a dilemma.")


def test_mixed_equilibria_and_coinciding_outcomes():
    figure = payoffs(named_game("battle-of-the-sexes"))
    assert {(round(x, 9), round(y, 9)) for x, y in marks(figure)["D"]} == {(1.2, 1.2)}
    assert labels(figure)[0, 0] == "boxing, ballet\nballet, boxing"
    pennies = payoffs(named_game("matching-pennies"))
    assert marks(pennies)["D"] == {(0, 0)}
    assert "*" not in marks(pennies)  # there is nothing to bargain for
    assert marks(pennies)["+"] == {(0, 0)}


def test_where_both_like_the_same_best_the_border_is_a_ring():
    border = payoffs(named_game("stag-hunt")).axes[0].lines[0]
    assert border.get_xydata().tolist() == [[4, 4]]
    assert border.get_markersize() > 20


def test_equilibria_follow_from_what_drives_choice():
    driven = relative_gains(named_game("stag-hunt"), 0.5)
    assert marks(payoffs(driven))["s"] == {(2, 2)}


def test_marks_differ_in_shape_or_size_so_that_all_can_be_seen_on_one_point():
    lines = payoffs(named_game("stag-hunt")).axes[0].lines
    looks = {(x.get_marker(), x.get_markersize()) for x in lines}
    assert len(looks) == len(lines)
    # In grey: the two areas differ in lightness, and both from paper.
    areas = [np.dot(to_rgb(p.get_facecolor()), (0.299, 0.587, 0.114))
             for p in payoffs(named_game("chicken")).axes[0].patches]  # fmt: skip
    assert 1 - areas[0] > 0.04
    assert areas[0] - areas[1] > 0.07


@pytest.mark.parametrize("width", [7.6, 3.7])
@pytest.mark.parametrize("game", SHOWN, ids=lambda g: g.name)
def test_labels_hide_no_outcome_and_no_other_label(game, width):
    figure = payoffs(game, width=width)
    assert isinstance(figure, Figure)
    figure.draw_without_rendering()
    axes = figure.axes[0]
    written = [t.get_window_extent() for t in axes.texts]
    page = figure.bbox
    dots = [axes.transData.transform(xy) for xy in labels(figure)]
    for i, box in enumerate(written):
        assert not any(box.overlaps(other) for other in written[:i])
        assert not any(box.contains(*dot) for dot in dots)
        assert page.x0 <= box.x0
        assert box.x1 <= page.x1
        assert page.y0 <= box.y0
        assert box.y1 <= page.y1


@pytest.mark.parametrize("name", [n for n, e in catalog().items() if e.family == "scenario"])
def test_games_of_many_actions_are_drawn_with_few_labels(name):
    game = named_game(name)
    if game.n != 2:
        with pytest.raises(Mistake, match="payoff sets are drawn in a plane, for two"):
            payoffs(game)
        return
    figure = payoffs(game)
    assert len(labels(figure)) <= 16


def test_a_game_too_large_for_its_structure_is_drawn_without_it(monkeypatch):
    def refused(_):
        raise Mistake("too large")

    monkeypatch.setattr("coopgames.reports.payoffs.structure", refused)
    rng = np.random.default_rng(0)
    game = Game("large", rng.normal(size=(2, 40, 40)))
    figure = payoffs(game)
    assert figure.get_suptitle() == "The game large: what the actors can get."
    assert "+" not in marks(figure)


@pytest.mark.parametrize("suffix", STARTS)
def test_the_same_game_gives_the_same_bytes(tmp_path, suffix):
    game = named_game("chicken")
    one = draw_game(game, tmp_path / f"one{suffix}").read_bytes()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red"}):
        two = draw_game(game, tmp_path / f"two{suffix}").read_bytes()
    assert one == two
    assert one.startswith(STARTS[suffix])


def test_it_shows_itself_in_a_notebook():
    assert payoffs(named_game("chicken"))._repr_svg_().startswith("<?xml")


def test_names_are_no_mathematics():
    game = Game("$x$", [[[1, 0], [0, 2]]] * 2, actions=[["$a_1$", "b"]] * 2, seats=["$A", "B$"])
    assert labels(payoffs(game))[1, 1] == "$a_1$, $a_1$"
