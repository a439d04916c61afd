"""docs/reference/learning.md: it has every strategy that learns or expects."""

from pathlib import Path

import pytest

from coopgames.strategies import library

PAGE = Path(__file__).parents[2].joinpath("docs/reference/learning.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", [n for n, e in library().items() if e.family in {"learning", "expectations"}]
)
def test_it_is_described(name):
    before_the_list = PAGE.split("## What did it believe?")[0]
    assert f"`{name}`" in before_the_list
