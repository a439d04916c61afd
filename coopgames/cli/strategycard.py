"""The card of a strategy: who it is, how it decides, and what follows from that."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from coopgames.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.table import Table

    from coopgames.strategies import Automaton, Entry, Parameter, Stance, Strategy

MOST = 24
"""So many states are shown; --json has them all."""


def as_dict(s: Strategy) -> dict[str, Any]:
    """Put a card into what JSON can hold: null for what cannot be known or is none."""
    from dataclasses import asdict

    from coopgames.strategies import Automaton

    known = _known(s)
    usual = known.defaults if known else {}
    stance = _stance(s)
    return {
        "name": s.name,
        "label": s.label,
        "aliases": {a: _finite(fixed) for a, fixed in known.aliases.items()} if known else {},
        "voice": s.voice,
        "description": description(s),
        "source": s.source,
        "family": s.family,
        "provider": s.provider or None,
        "form": s.form,
        "parameters": _finite({**usual, **dict(s.parameters)}),
        "usual": _finite(usual),
        "traits": traits(s),
        "stance": None if stance is None else asdict(stance),
        "automaton": _automaton(s.rule) if isinstance(s.rule, Automaton) else None,
    }


def in_brief(s: Strategy) -> dict[str, Any]:
    """Put into JSON what a list of many has room for: a card without its text and its table."""
    left_out = ("label", "usual", "description", "automaton")
    return {key: value for key, value in as_dict(s).items() if key not in left_out}


def _finite(parameters: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Write infinity as a name with parameters does, since JSON has no number for it."""
    from math import isinf

    return {k: str(v) if isinstance(v, float) and isinf(v) else v for k, v in parameters.items()}


def outcomes(rule: Automaton) -> list[str]:
    """Name what can happen in a period, own action first; actions beyond two have numbers."""
    k, other = rule.next.shape[1:]
    letters = "CD" if k == other == 2 else [str(a) for a in range(max(k, other))]
    return [f"{letters[a]}{letters[o]}" for a in range(k) for o in range(other)]


def _automaton(rule: Automaton) -> dict[str, Any]:
    return {
        "initial": rule.states[rule.initial],
        "states": [
            {
                "name": name,
                "accommodate": float(rule.mix[s, 0]),
                "next": {
                    o: rule.states[to]
                    for o, to in zip(outcomes(rule), rule.next[s].flat, strict=True)
                },
            }
            for s, name in enumerate(rule.states)
        ],
    }


def _known(s: Strategy) -> Entry | None:
    """Find it in the library; a file's strategy may have the name of one that stands there."""
    from coopgames.strategies import library, regime_library

    if s.family == "own":
        return None
    return library().get(s.name) or regime_library().get(s.name)


def _stance(s: Strategy) -> Stance | None:
    """Give the stance that it is entered with, which is that of its usual parameters."""
    known = _known(s)
    return known.stance if known and not s.parameters else None


def description(s: Strategy) -> str:
    """Say how it decides: what the library, or the code of a Python strategy, says of it."""
    from coopgames.strategies import Python

    if isinstance(s.rule, Python):
        return inspect.cleandoc(s.rule.make.__doc__ or "")
    known = _known(s)
    return known.description if known else ""


def traits(s: Strategy) -> dict[str, Any]:
    """Work out what can be known of a strategy; None for what cannot.

    Returns
    -------
    dict
        ``stochastic``, whether it ever draws lots; ``responds``, whether what it does can depend on
        the other; ``deterministic``, the contrary of stochastic; what `Traits` holds; and of an
        automaton ``memory_with_slips``, its memory if hands may slip. A memory of None means
        that no number of periods suffices, or, where ``nice`` is None too, that it is not known.
    """
    from dataclasses import asdict, fields

    from coopgames.strategies import (
        Automaton,
        AxelrodPlayer,
        Python,
        Traits,
        memory_of,
        traits_of,
    )

    rule, found = s.rule, traits_of(s)
    told = not isinstance(rule, Python) or isinstance(rule, AxelrodPlayer)
    stochastic = s.stochastic if told else None
    return {
        "stochastic": stochastic,
        "deterministic": None if stochastic is None else not stochastic,
        "responds": None if isinstance(rule, Python) else rule.responds,
        **(asdict(found) if found else dict.fromkeys(f.name for f in fields(Traits))),
        "memory_with_slips": memory_of(rule, slips=True) if isinstance(rule, Automaton) else None,
    }


def facts(s: Strategy) -> Table:
    """Draw what is to be said of a strategy, a line each."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import words
    from coopgames.cli.traitwords import taken, told
    from coopgames.strategies import Automaton

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    if s.source:
        table.add_row("source", escape(s.source))
    if s.provider:
        table.add_row("plugin of", escape(s.provider))
    table.add_row("family", words(s.family.replace("_", "-")))
    forms = {
        "automaton": "an automaton, so its matches with others of the kind are solved exactly",
        "guided": "an automaton that reads what a regime shows; under one it is solved exactly",
        "expecting": "expectations, formed in a match into an automaton that is solved exactly",
        "compiled": "a compiled function, so its matches are played",
        "python": "a Python function, so its matches are played, and slowly",
    }
    table.add_row("form", forms[s.form])
    if isinstance(s.rule, Automaton):
        table.add_row("states", str(len(s.rule.states)))
    known, given = _known(s), dict(s.parameters)
    for name, value in (known.defaults if known else {}).items():
        usually = f" (usually {short(value)})" if name in given else ""
        table.add_row("parameter", f"{name} = {short(given.get(name, value))}{usually}")
    if known and known.aliases:
        table.add_row("also called", escape("; ".join(_also(known))))
    found = traits(s)
    if s.form != "automaton":
        del found["memory_with_slips"]
    for name, text in told(found).items():
        table.add_row(name, text)
    if stance := _stance(s):
        for name, text in taken(stance).items():
            table.add_row(f"stance: {name}" if name == "form" else name, text)
    return table


def _also(known: Entry) -> Iterator[str]:
    """Give its short names, with the parameters that they stand for."""
    for alias, fixed in known.aliases.items():
        given = ", ".join(f"{k} = {short(v)}" for k, v in fixed.items())
        yield f"{alias} ({given})" if given else alias


def short(value: Parameter) -> str:
    """Write a parameter as people do."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def state_table(rule: Automaton) -> Table:
    """Draw the states of an automaton: what it does there, and where each outcome leads."""
    from rich.markup import escape
    from rich.table import Table

    from coopgames.cli.style import ACCOMMODATE, WITHHOLD, number

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("")
    table.add_column("state", no_wrap=True)
    table.add_column("accommodates", justify="right", no_wrap=True)
    for outcome in outcomes(rule):
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
