"""The figure of a fingerprint."""

import matplotlib as mpl
import numpy as np
import pytest

from coopgames.games import Game, named_game
from coopgames.play import fingerprint, sample_fingerprint
from coopgames.reports import draw_fingerprint
from coopgames.reports import figures as drawn
from coopgames.strategies import strategy

mpl.use("Agg")

PD = named_game("prisoners-dilemma")
TFT = strategy("tit-for-tat")


@pytest.mark.parametrize("width", [7.6, 3.7])
def test_the_picture_is_the_table_with_y_upwards(width):
    of = fingerprint(strategy("always-defect"), TFT, PD, steps=8)
    axes = drawn.fingerprint(of, width=width).axes[0]
    (image,) = axes.get_images()
    assert image.origin == "lower"
    assert (image.get_array() == of.means.T).all()
    assert (image.norm.vmin, image.norm.vmax) == (0, 5)  # the game's payoffs, whoever is drawn
    left, right, bottom, top = image.get_extent()
    assert (left + 1 / 16, right - 1 / 16) == (bottom + 1 / 16, top - 1 / 16) == (0, 1)
    said = {text.get_text() for text in axes.texts}
    assert {"tit-for-tat itself", "always accommodates", "always withholds"} <= said


def test_lines_of_equal_payoff_are_where_the_payoff_is():
    # Always defect gets 1 + 4x: the line of 3 stands at x = 1/2.
    of = fingerprint(strategy("always-defect"), TFT, PD, steps=20)
    (lines,) = (c for c in drawn.fingerprint(of).axes[0].collections if hasattr(c, "levels"))
    assert lines.levels.tolist() == [2, 3, 4]
    assert np.allclose(lines.get_paths()[1].vertices[:, 0], 0.5)


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_the_same_fingerprint_gives_the_same_bytes(tmp_path, suffix):
    of = fingerprint(strategy("win-stay-lose-shift"), TFT, PD, steps=12)
    one = draw_fingerprint(of, tmp_path / f"one{suffix}").read_bytes()
    assert one == draw_fingerprint(of, tmp_path / f"two{suffix}").read_bytes()


def test_what_is_flat_or_coarse_or_sampled_is_drawn_too():
    nothing = Game("nothing", np.ones((2, 2, 2)), roles=[(0, 1), (0, 1)])
    for of in (
        fingerprint(TFT, TFT, nothing, steps=8),
        fingerprint(TFT, TFT, PD, steps=1),
        sample_fingerprint(strategy("feld"), TFT, PD, steps=6, periods=10, repetitions=2),
    ):
        axes = drawn.fingerprint(of).axes[0]
        assert not [c for c in axes.collections if hasattr(c, "levels")]
