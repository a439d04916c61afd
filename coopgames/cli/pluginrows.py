"""Plugins as they are listed: who provides what, and what is wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from coopgames.plugins import Plugin

PATIENCE = 30
"""Seconds that a plugin has to be loaded in, when it is tried."""


def plugin_lines(found: Iterable[Plugin], width: int) -> list[str]:
    """Write a line for each: its name, the distribution and its version, or a warning."""
    return [
        f"  {p.name:<{width}} {p.provider}" + (f"   warning: {p.problem}" if p.problem else "")
        for p in found
    ]


def everywhere() -> list[Plugin]:
    """List the plugins of all kinds; imports none of them."""
    from coopgames.games import game_plugins
    from coopgames.plugins import plugins
    from coopgames.strategies import strategy_plugins

    kinds: tuple[Mapping[str, Plugin], ...] = (
        strategy_plugins(), game_plugins(), plugins("measures"),
    )  # fmt: skip
    return [plugin for kind in kinds for plugin in kind.values()]


def tried() -> list[dict[str, Any]]:
    """Load each in a process of its own, and say what is wrong with those that cannot be."""
    return [
        {
            "kind": p.kind, "name": p.name, "distribution": p.distribution, "version": p.version,
            "problem": p.problem or _loading(p) or None,
        }
        for p in everywhere()
    ]  # fmt: skip


def _loading(plugin: Plugin) -> str:
    code = "import sys; from coopgames.cli.pluginrows import load; load(*sys.argv[1:])"
    try:
        done = subprocess.run(  # noqa: S603 — our own interpreter and our own code
            [sys.executable, "-c", code, plugin.kind, plugin.name],
            capture_output=True, text=True, check=False, timeout=PATIENCE, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"is not loaded after {PATIENCE} seconds"
    last = (done.stdout.strip().splitlines() or [""])[-1]
    if done.returncode or not last.startswith("{"):
        why = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return f"cannot be loaded: {why}"
    return str(json.loads(last)["problem"])


def load(kind: str, name: str) -> None:
    """Load a plugin and print, as JSON, what is wrong with it."""
    from coopgames.games import catalog_entry
    from coopgames.plugins import loaded, plugins
    from coopgames.strategies import find

    problem = ""
    try:
        if kind == "strategies":
            find(name)()
        elif kind == "games":
            catalog_entry(name)[0]()
        else:
            loaded(plugins("measures")[name])
    except Mistake as mistake:
        what = str(mistake).partition(", cannot be ")[2]
        problem = f"cannot be {what}" if what else str(mistake)
    click.echo(json.dumps({"problem": problem}))
