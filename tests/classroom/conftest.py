"""Classes to play."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from coopgames.classroom import Limits, conditions, play_class

HERE = Path(__file__).parent

HOUSE = ("tit-for-tat", "always-defect", "random")
LIMITS = Limits(answer=0.5, total=20.0, memory=96)


@pytest.fixture(scope="session")
def played():
    """Play a small class: three of the house, 20 periods, twice."""
    if os.name != "posix":
        pytest.skip("processes of their own need POSIX")

    def play(source, out, *, limits=LIMITS, sets=(), house=HOUSE, horizon=None, **more):
        base = conditions(None, ("periods=20", "repetitions=2", *sets), house)
        base = replace(base, horizon=horizon or base.horizon)
        return play_class(source, base, out=out, limits=limits, **more)

    return play


@pytest.fixture(scope="session")
def honest():
    """A folder of three honest strategies."""
    return HERE / "honest"


@pytest.fixture(scope="session")
def hostile():
    """A folder of strategies that do anything but play."""
    return HERE / "hostile"
