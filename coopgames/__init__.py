"""Game-theory experiments on harmony, cooperation and discord.

What `__all__` names is the Python API. A name is fetched from its room when it is first asked for,
so that ``import coopgames`` loads nothing heavy. Type checkers read ``__init__.pyi`` instead:
imports that stood here would count as knowledge of every room.
"""

from __future__ import annotations

__version__ = "0.1.0"

_ROOMS = {
    "Automaton": "strategies",
    "Game": "games",
    "Mistake": "mistakes",
    "Python": "strategies",
    "Results": "store",
    "Rule": "readings",
    "Strategy": "strategies",
    "catalog": "games",
    "draw": "reports",
    "figures": "reports",
    "library": "strategies",
    "load": "specs",
    "memory_one": "strategies",
    "named_game": "games",
    "open_results": "reports",
    "play_match": "experiments",
    "run": "experiments",
    "strategy": "strategies",
    "structure": "games",
    "two_by_two": "games",
    "write_report": "reports",
}

__all__ = sorted(_ROOMS)  # noqa: PLE0605 — a list, as it must be


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
