"""What other installed distributions add: strategies, games and measures.

A distribution says so in its metadata, by entry points in the groups ``coopgames.strategies``,
``coopgames.games`` and ``coopgames.measures``. They are listed from the metadata and looked at as
text; nothing of a plugin is run before it is asked for by name, so that a broken one breaks nothing
else.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from coopgames.mistakes import Mistake

Kind = Literal["strategies", "games", "measures"]

ODD = "#(), "
"""What a name cannot hold, since names with parameters and entrants are written with it."""


@dataclass(frozen=True)
class Plugin:
    """Something that a distribution adds.

    Parameters
    ----------
    kind : str
        ``strategies``, ``games`` or ``measures``.
    name : str
        What to call it here.
    distribution, version : str
        What it comes with.
    module, attribute : str
        Where it stands; without an attribute it is the module itself.
    problem : str
        Why it cannot be used, as far as that is seen without running it.
    """

    kind: Kind
    name: str
    distribution: str
    version: str
    module: str
    attribute: str = ""
    problem: str = ""

    @property
    def provider(self) -> str:
        """The distribution and its version, e.g. ``patience 0.1.0``."""
        return f"{self.distribution} {self.version}"


@cache
def plugins(kind: Kind) -> Mapping[str, Plugin]:
    """List the plugins of a kind by name, in alphabetical order; imports none of them.

    Parameters
    ----------
    kind : {"strategies", "games", "measures"}
        Which group.
    """
    found: dict[str, Plugin] = {}
    for point in sorted(entry_points(group=f"coopgames.{kind}"), key=lambda p: p.name):
        if point.dist is None:
            continue
        plugin = Plugin(
            kind, point.name, point.dist.name, point.dist.version, point.module, point.attr or ""
        )
        first = found.get(plugin.name)
        if first is None:
            found[plugin.name] = replace(plugin, problem=_problem(plugin))
        elif (first.distribution, first.module) != (plugin.distribution, plugin.module):
            both = f"{first.distribution} and {plugin.distribution} both have this name"
            found[plugin.name] = replace(first, problem=f"{both}; uninstall one of them")
    return MappingProxyType(found)


def loaded(plugin: Plugin) -> Any:
    """Import a plugin and give what it names.

    Raises
    ------
    Mistake
        One line, whatever goes wrong in it.
    """
    place = f"{plugin.name}, a plugin of {plugin.provider}"
    if plugin.problem:
        raise Mistake(f"{place}, cannot be used: {plugin.problem}")
    try:
        thing: Any = import_module(plugin.module)
        for part in filter(None, plugin.attribute.split(".")):
            thing = getattr(thing, part)
    except (Exception, SystemExit) as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())
        raise Mistake(f"{place}, cannot be loaded: {what}") from None
    return thing


def _problem(plugin: Plugin) -> str:
    """Say what can be seen to be wrong with a plugin without running it."""
    if set(plugin.name) & set(ODD):
        return f"{plugin.name!r} is no name; a name has no blanks, commas, # and parentheses"
    try:
        path = _file(plugin.module)
    except (ImportError, ValueError, AttributeError):
        path = None
    if path is None:
        return f"there is no module {plugin.module}"
    if path.suffix != ".py":
        return ""  # compiled; nothing to read
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError as error:
        return f"{path.name}, line {error.lineno}: is not valid Python: {error.msg}"
    except (OSError, ValueError) as error:
        return f"{path.name} cannot be read: {error}"
    first = plugin.attribute.partition(".")[0]
    if first and first not in _named(tree):
        return f"{path.name} defines no {first}"
    return ""


def _file(module: str) -> Path | None:
    """Find the file of a module without running the packages that it stands in."""
    first, *rest = module.split(".")
    spec = find_spec(first)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin)
    for i, part in enumerate(rest):
        folder = path.parent
        candidates = (folder / part / "__init__.py", folder / f"{part}.py")
        inside = next((c for c in candidates if c.is_file()), None)
        if path.name != "__init__.py" or inside is None:
            return None
        path = inside
        if path.name != "__init__.py" and i < len(rest) - 1:
            return None
    return path


def _named(tree: ast.AST) -> set[str]:
    """Name all that a module may define, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
    return names
