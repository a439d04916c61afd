"""Results to report on."""

from pathlib import Path

import pytest

from coopgames.experiments import run

SMALL = """
name = "small"
title = "A small tournament"
story = "A first line\\nand a second.\\n\\nA second paragraph."
predict = "Who comes first?"
seed = 7
game = "prisoners-dilemma"
strategies = ["tit-for-tat", "joss", "random", "friedman"]
repetitions = 3
[horizon]
periods = 60
[quoted]
label = "before"
note = "From memory."
scores = { tit-for-tat = 150.0, joss = 140.5 }
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Run an experiment written as TOML, in a folder of its own."""

    def make(text):
        folder: Path = tmp_path_factory.mktemp("made")
        (folder / "spec.toml").write_text(text, encoding="utf-8")
        return run(folder / "spec.toml", folder=folder / "results", workers=1)

    return make


@pytest.fixture(scope="session")
def small(made):
    """Four strategies, as ordinary as can be."""
    return made(SMALL)


@pytest.fixture(scope="session")
def large(made):
    """A hundred strategies that draw lots."""
    listed = ", ".join(f'{{ name = "random", p = {k / 101:.4f} }}' for k in range(1, 101))
    return made(
        f'name = "large"\ntitle = "Large"\nseed = 1\ngame = "prisoners-dilemma"\n'
        f"strategies = [{listed}]\nrepetitions = 2\n[horizon]\nperiods = 40\n"
    )
