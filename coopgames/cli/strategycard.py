"""The card of a strategy: who it is, how it decides, and what follows from that."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from coopgames.mistakes import Mistake
from coopgames.strategies import is_memory_one, is_nice

if TYPE_CHECKING:
    from rich.table import Table

    from coopgames.strategies import Automaton, Parameter, Strategy

OUTCOMES = ("CC", "CD", "DC", "DD")
MOST = 24
"""So many states are shown; --json has them all."""


def as_dict(s: Strategy) -> dict[str, Any]:
    """Put a card into what JSON can hold: null for what cannot be known or is none."""
    from coopgames.strategies import Automaton

    usual = _usual(s)
    return {
        "name": s.name,
        "label": s.label,
        "voice": s.voice,
        "description": description(s),
        "source": s.source,
        "family": s.family,
        "form": s.form,
        "parameters": {**usual, **dict(s.parameters)},
        "usual": usual,
        "traits": traits(s),
        "automaton": _automaton(s.rule) if isinstance(s.rule, Automaton) else None,
    }


def _automaton(rule: Automaton) -> dict[str, Any]:
    return {
        "initial": rule.states[rule.initial],
        "states": [
            {
                "name": name,
                "accommodate": float(rule.mix[s, 0]),
                "next": {
                    o: rule.states[to] for o, to in zip(OUTCOMES, rule.next[s].flat, strict=True)
                },
            }
            for s, name in enumerate(rule.states)
        ],
    }


def _usual(s: Strategy) -> dict[str, Parameter]:
    """Give its parameters with their usual values."""
    from coopgames.strategies import library

    # A file's strategy may have the name of one of the library.
    known = library().get(s.name) if s.family != "own" else None
    return known.defaults if known else {}


def description(s: Strategy) -> str:
    """Say how it decides: what the library, or the code of a Python strategy, says of it."""
    from coopgames.strategies import Python, library

    if isinstance(s.rule, Python):
        return inspect.cleandoc(s.rule.make.__doc__ or "")
    return library()[s.name].description if s.family != "own" else ""


def traits(s: Strategy) -> dict[str, bool | None]:
    """Work out what can be known of a strategy; None for what cannot.

    Returns
    -------
    dict
        ``stochastic``, whether it ever draws lots; ``responds``, whether what it does can depend on
        the other; ``deterministic``, the contrary of stochastic; ``nice``; ``memory_one`` and
        ``memory_one_without_slips``.
    """
    from coopgames.strategies import Automaton, Python

    rule = s.rule
    known = None if isinstance(rule, Python) else s.stochastic
    found: dict[str, bool | None] = {
        "stochastic": known,
        "deterministic": None if known is None else not known,
        "responds": None if isinstance(rule, Python) else rule.responds,
        "nice": None,
        "memory_one": None,
        "memory_one_without_slips": None,
    }
    if isinstance(rule, Automaton):
        found["nice"] = is_nice(rule)
        found["memory_one"] = is_memory_one(rule, slips=True)
        found["memory_one_without_slips"] = is_memory_one(rule, slips=False)
    return found


def facts(s: Strategy) -> Table:
    """Draw what is to be said of a strategy, a line each."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import words
    from coopgames.strategies import Automaton

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    if s.source:
        table.add_row("source", escape(s.source))
    table.add_row("family", words(s.family.replace("_", "-")))
    forms = {
        "automaton": "an automaton, so its matches with others of the kind are solved exactly",
        "compiled": "a compiled function, so its matches are played",
        "python": "a Python function, so its matches are played, and slowly",
    }
    table.add_row("form", forms[s.form])
    if isinstance(s.rule, Automaton):
        table.add_row("states", str(len(s.rule.states)))
    given = dict(s.parameters)
    for name, value in _usual(s).items():
        usually = f" (usually {_short(value)})" if name in given else ""
        table.add_row("parameter", f"{name} = {_short(given.get(name, value))}{usually}")
    for name, text in _told(traits(s)).items():
        table.add_row(name, text)
    return table


def _short(value: Parameter) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _told(found: dict[str, bool | None]) -> dict[str, str]:
    """Say what the traits mean."""
    unknown = "not known: its code may do anything"
    chance = {True: "draws lots", False: "draws no lots", None: unknown}
    heeds = {True: "what it does can depend on the other", False: "no", None: unknown}
    told = {"chance": chance[found["stochastic"]], "responds": heeds[found["responds"]]}
    if found["nice"] is not None:
        told["nice"] = (
            "never the first to withhold, unless a hand slips"
            if found["nice"]
            else "no: it may be the first to withhold"
        )
        told["memory-one"] = (
            "the last period alone decides" if found["memory_one"]
            else "only as long as its own hand does not slip" if found["memory_one_without_slips"]
            else "no: more than the last period counts"
        )  # fmt: skip
    return told


def state_table(rule: Automaton) -> Table:
    """Draw the states of an automaton: what it does there, and where each outcome leads."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import ACCOMMODATE, WITHHOLD, number

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("")
    table.add_column("state", no_wrap=True)
    table.add_column("accommodates", justify="right", no_wrap=True)
    for outcome in OUTCOMES:
        table.add_column(f"after {outcome}")
    for state, name in enumerate(rule.states[:MOST]):
        p = float(rule.mix[state, 0])
        colour = ACCOMMODATE if p == 1 else WITHHOLD if p == 0 else ""
        does = f"{number(100 * p)} %"
        table.add_row(
            "→" if state == rule.initial else "",
            escape(name),
            f"[{colour}]{does}[/]" if colour else does,
            *(escape(rule.states[to]) for to in rule.next[state].flat),
        )
    return table


def drawing(s: Strategy) -> str:
    """Draw an automaton's states as SVG."""
    from coopgames.reports import state_diagram
    from coopgames.strategies import Automaton

    if not isinstance(s.rule, Automaton):
        raise Mistake(f"{s.label} is a {s.form} strategy; only an automaton has states to draw")
    return state_diagram(s.rule, s.label)
