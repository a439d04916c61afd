"""The shipped experiments, run once each."""

import functools
from pathlib import Path

import pytest

from coopgames.experiments import run


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """Give the results of a shipped experiment."""

    @functools.cache
    def make(name):
        folder: Path = tmp_path_factory.mktemp(name)
        return run(name, folder=folder / "results")

    return make
