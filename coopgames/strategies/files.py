"""A strategy in a file of Python: of our own format, or of one that is adapted.

A file holds exactly one: a function ``strategy`` or a class ``Strategy``
(`coopgames.strategies.python`), or one of `coopgames.strategies.adapters`.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from types import ModuleType

from coopgames.mistakes import Mistake
from coopgames.strategies.adapters import Adapted, adapted
from coopgames.strategies.python import Python, describe, module_of

CARD = ("NAME", "AUTHOR", "DESCRIPTION")
"""What a file may say of its strategy."""

OURS = {"strategy": "a function strategy", "Strategy": "a class Strategy"}
"""What a strategy of our own format is called."""

FORMATS = (
    "a function strategy(mine, theirs) or strategy(history, memory), a class Strategy with act(), "
    "a class with move() and record_last_moves(), or a player of Axelrod-Python"
)


def python_file(path: Path) -> tuple[Python, dict[str, str]]:
    """Read a strategy from a Python file.

    Parameters
    ----------
    path : Path
        A file that defines exactly one strategy, in one of the formats.

    Returns
    -------
    rule : Python
    card : dict
        What the file says of it under ``NAME``, ``AUTHOR`` and ``DESCRIPTION``.

    Raises
    ------
    Mistake
        If the file cannot be read or run, or defines none or several.
    """
    try:
        module = module_of(path)
    except ModuleNotFoundError as error:
        raise Mistake(f"{path}: {_lacking(error)} ({describe(error, path)})") from None
    return defined(module, path)


def defined(module: ModuleType, path: Path) -> tuple[Python, dict[str, str]]:
    """Find the strategy that a module defines, and what it says of it; as `python_file`."""
    others = adapted(module, path)
    ours = {
        name: made
        for name in OURS
        if callable(made := getattr(module, name, None))
        and made.__module__ == module.__name__  # not something that the file imports
        and made not in [other.make for other in others]
    }
    found = [*(OURS[name] for name in ours), *(other.written for other in others)]
    if len(found) != 1:
        what = " and ".join(found) or "no strategy"
        raise Mistake(f"{path}: defines {what}; exactly one is needed: {FORMATS}")
    card = {n.lower(): v for n in CARD if (v := getattr(module, n, ""))}
    odd = {n: v for n, v in card.items() if not isinstance(v, str)}
    if odd:
        name, value = next(iter(odd.items()))
        raise Mistake(f"{path}: {name.upper()} = {value!r} is not text")
    if others:
        return others[0], {**_said(others[0]), **card}
    try:
        return Python(next(iter(ours.values())), path), card
    except Mistake as mistake:
        raise Mistake(f"{path}: {mistake}") from None


def _said(rule: Adapted) -> dict[str, str]:
    """Take from a class what it says of itself: a player's name, and its first sentence."""
    kind, said = rule.make, {}
    if inspect.isclass(kind):
        name, sentence = vars(kind).get("name"), inspect.getdoc(kind) if kind.__doc__ else None
        if isinstance(name, str) and name.strip() and not set(name) & set("#(\n"):
            said["name"] = name
        if sentence:
            said["description"] = " ".join(sentence.partition("\n\n")[0].split())
    return said


def _lacking(error: ModuleNotFoundError) -> str:
    package = (error.name or "").partition(".")[0]
    if package == "axelrod":
        from coopgames.strategies.bridge import missing

        return missing() or "a part of Axelrod-Python is missing"
    return f"imports {package}, which is not installed"
