"""Small experiments as files."""

from pathlib import Path

import pytest
from small_field import Write


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write an experiment file and return its path."""

    def write(strategies: list[str], name: str = "small", **keys: object) -> Path:
        horizon = keys.pop("horizon", "periods = 60")
        lines = [f'name = "{name}"', 'title = "Small"', "seed = 1"]
        lines += ['game = "prisoners-dilemma"'] if "game" not in keys else []
        lines += [f"{key} = {value}" for key, value in keys.items()]
        lines += [f"strategies = [{', '.join(strategies)}]", "[horizon]", str(horizon)]
        path = tmp_path / f"{name}.toml"
        path.write_text("\n".join(lines) + "\n")
        return path

    return write
