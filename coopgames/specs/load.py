"""Load an experiment: a shipped one by its name, one's own by its path."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

import coopgames
from coopgames.mistakes import Mistake, unknown
from coopgames.specs.arms import read_experiment
from coopgames.specs.resolved import Experiment
from coopgames.specs.settings import with_settings
from coopgames.specs.source import ElsewhereMistake, Source, read
from coopgames.specs.strategy_file import strategies_from
from coopgames.specs.table import mistakes
from coopgames.strategies import Strategy


def shipped() -> dict[str, Path]:
    """Find the experiments that come with the package, by name."""
    package = Path(coopgames.__file__).parent
    # Inside the package where it was installed from a wheel, beside it in a checkout. A folder
    # beside an installed package belongs to somebody else, so inside comes first.
    folders = [package / "tournaments", package.parent / "tournaments"]
    folder = next((f for f in folders if f.is_dir()), None)
    return {path.stem: path for path in sorted(folder.glob("*.toml"))} if folder else {}


def is_experiment(text: str) -> bool:
    """Whether a word of the command line names an experiment rather than a strategy.

    Parameters
    ----------
    text : str
        The name of a shipped experiment, a manifest.json, or a TOML file that lists strategies.
    """
    if text in shipped() or text.endswith(".json"):
        return True
    return text.endswith(".toml") and "strategies" in read(Path(text)).content


def load(
    source: str | Path, *, sets: Sequence[str] = (), adds: Sequence[str | Strategy] = ()
) -> Experiment:
    """Load an experiment.

    Parameters
    ----------
    source : str or Path
        The name of a shipped experiment, the path of one's own TOML file, or that of the
        manifest.json of results, which holds the whole of what made them.
    sets : sequence of str, optional
        Settings ``KEY=VALUE`` that replace what the file says; KEY is a dotted key or a last part
        that is unique, VALUE is as in TOML, and a bare word is text.
    adds : sequence of str or Strategy, optional
        Strategies that play too: by value, or as `strategies_from` reads them.

    Returns
    -------
    Experiment
        With everything settled.

    Raises
    ------
    Mistake
        With one line for each mistake in the file, the settings and the added strategies.
    """
    path = _path(source)
    manifest = path.suffix == ".json"
    written = _from_manifest(path) if manifest else read(path)
    if "state" in written.content and "strategies" not in written.content:
        raise Mistake(f"{path}: this is a strategy's file; add it to an experiment with --add")
    written, problems = with_settings(written, sets)
    added: list[Strategy] = []
    for text in adds:
        if isinstance(text, Strategy):
            added.append(text)
            continue
        try:
            added += strategies_from(text)
        except ElsewhereMistake as mistake:
            problems += str(mistake).splitlines()
        except Mistake as mistake:
            problems += [f"--add {text}: {line}" for line in str(mistake).splitlines()]
    try:
        experiment = read_experiment(
            written.content, {"folder": Path() if manifest else path.parent, "added": added}
        )
    except ValidationError as error:
        problems = mistakes(error, written) + problems
    if problems:
        raise Mistake("\n".join(problems))
    return experiment


def _from_manifest(path: Path) -> Source:
    """Take the experiment out of the manifest of results; its paths start where it was run."""
    try:
        content = json.loads(path.read_bytes())["experiment"]
        return Source(str(path), "", dict(content))
    except OSError as error:
        raise Mistake(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise Mistake(f"{path}: is no manifest of results (it has no experiment)") from None


def _path(source: str | Path) -> Path:
    path, ours = Path(source), shipped()
    if str(source) in ours:
        return ours[str(source)]
    if isinstance(source, Path) or path.suffix or path.name != source or path.exists():
        return path
    raise Mistake(unknown("experiment", source, ours))
