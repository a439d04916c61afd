"""``coopgames match``: what is said of coordination that did not emerge."""

import pytest
from click.testing import CliRunner

from coopgames.cli.match import match


def said(*arguments: str) -> str:
    result = CliRunner().invoke(match, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize(
    ("second", "then"),
    [
        ("always-defect", "from period 1 on nothing changes."),
        ("suspicious-tit-for-tat", "from period 0 on play repeats every 2 periods."),
    ],
)
def test_never_is_proved_for_automata(second: str, then: str) -> None:
    words = said("tit-for-tat", second)
    assert f"Coordination never emerges, however long they play: {then}" in words


def test_nothing_is_proved_of_chance() -> None:
    noisy = said("always-defect", "tit-for-tat", "--noise", "0.01", "--repetitions", "5")
    assert "never emerges" not in noisy
