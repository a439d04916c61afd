"""A strategy to begin with: one file, or a distribution that others can install."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from coopgames.mistakes import Mistake
from coopgames.strategies import library

TEMPLATES = files("coopgames.classroom") / "templates"


def new_strategy(name: str, folder: str | Path = ".") -> Path:
    """Write the file of a strategy that works, to be changed.

    Parameters
    ----------
    name : str
        What to call it: small letters, digits and hyphens, as in ``my-strategy``.
    folder : str or Path
        Where to write it.

    Returns
    -------
    Path
        The file, ``my_strategy.py``.

    Raises
    ------
    Mistake
        If it is no such name, or something stands there already; nothing is overwritten.
    """
    _check(name)
    path = Path(folder) / f"{name.replace('-', '_')}.py"
    _write({path: _filled("strategy", name)})
    return path


def new_package(name: str, folder: str | Path = ".") -> Path:
    """Write a distribution with a strategy in it, its entry point and its test.

    Parameters
    ----------
    name, folder
        As for `new_strategy`.

    Returns
    -------
    Path
        The folder, ``coopgames-my-strategy``.
    """
    _check(name)
    target = Path(folder) / f"coopgames-{name}"
    if target.exists():
        raise Mistake(f"{target}: is there already; nothing was written")
    module = _module(name)
    _write(
        {
            target / "pyproject.toml": _filled("pyproject", name),
            target / "README.md": _filled("readme", name),
            target / f"{module}.py": _filled("strategy", name),
            target / "tests" / f"test_{module}.py": _filled("test", name),
        }
    )
    return target


def _module(name: str) -> str:
    return f"coopgames_{name.replace('-', '_')}"


def _check(name: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise Mistake(
            f'"{name}" is no name for a strategy; write small letters, digits and single hyphens, '
            "beginning with a letter, as in my-strategy"
        )
    if name in library():
        raise Mistake(f"the library has a strategy {name} already; choose another name")
    if keyword.iskeyword(name):
        raise Mistake(f'"{name}" is a word of Python\'s own; choose another name')


def _filled(template: str, name: str) -> str:
    text = (TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(
        name=name, module=_module(name), distribution=f"coopgames-{name}"
    )


def _write(content: Mapping[Path, str]) -> None:
    for path in content:
        if path.exists():
            raise Mistake(f"{path}: is there already; nothing was written")
    for path, text in content.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise Mistake(f"{path}: cannot be written: {error.strerror}") from None
