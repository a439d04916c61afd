"""A folder of results, checked before anything is said about it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from coopgames.mistakes import Mistake
from coopgames.specs import Experiment, loads_canonical
from coopgames.store import Results


def open_results(folder: str | Path) -> Results:
    """Open a folder of results, and see that it holds what its manifest says.

    Parameters
    ----------
    folder : str or Path
        As ``coopgames run`` made it.

    Raises
    ------
    Mistake
        If it holds no results, unfinished ones, or tables that were changed or damaged.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Mistake(f"{folder}: there is no such folder")
    if not (folder / "manifest.json").is_file():
        raise Mistake(
            f"{folder}: is no folder of results (it has no manifest.json); coopgames run makes one"
        )
    results = Results(folder)
    manifest = results.manifest
    if not isinstance(manifest, dict) or not isinstance(manifest.get("experiment"), dict):
        raise Mistake(f"{folder / 'manifest.json'}: is no manifest of coopgames")
    if "tables" not in manifest:
        raise Mistake(
            f"{folder}: the experiment has not run to its end; the same coopgames run goes on"
        )
    for name, digest in manifest["tables"].items():
        path = folder / name
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise Mistake(f"{path}: cannot be read: {error.strerror}") from None
        if found != digest:
            raise Mistake(
                f"{path}: was changed or damaged since it was written; the same coopgames run "
                "restores it"
            )
    return results


def experiment_of(results: Results) -> Experiment:
    """Give the experiment that made results, or their arm, as the manifest has it."""
    whole = loads_canonical(results.manifest["experiment"])
    arms = {arm.name: arm.experiment for arm in whole.arms}
    return whole if results.arm is None else arms[results.arm]
