"""The page of the strategies says what the library says; run this file to write it anew."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from coopgames.cli.strategycard import short, traits
from coopgames.cli.traitwords import in_short
from coopgames.strategies import (
    FAMILIES,
    UNDER_REGIMES,
    Entry,
    Parameter,
    library,
    regime_library,
)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "strategies.md"

OPENING = """\
# Strategies

<!-- Written by tests/docs/test_strategies_page.py from the library; change the strategies, not this page. -->

Strategies are asked for by name. `coopgames strategies list` lists them, `coopgames strategies show NAME` says of
one what stands here, and draws its states. [Write a strategy](../how-to/write-a-strategy.md) says how to add one's own.

## Names, short names and parameters

A strategy has one name. Short names that the literature has for it mean the same, and may stand for certain
parameters. In results it always has its one name, with the parameters that are not as usual.

```python
>>> from coopgames import strategy
>>> strategy("TFT").label, strategy("GRIM3").label
('tit-for-tat', "grim(n=3, trigger='either')")
>>> strategy("grim", n=3, trigger="either") == strategy("GRIM3")
True
>>> strategy("generous-tit-for-tat", q=1.5)
Traceback (most recent call last):
coopgames.mistakes.Mistake: q = 1.5 is no probability; it must lie between 0 and 1
```

## Traits

Each holds where nobody's hand slips and no horizon is known. Those of an automaton are worked out from its table,
whatever its parameters; those of a strategy in code are declared for its usual parameters, and the tests hold its
behaviour to them.

| trait | a strategy has it if |
|---|---|
| nice | it is never the first to withhold, and that for certain |
| retaliates | a single withholding, by one who accommodates before and after, can be answered: the first time that it makes a difference, withholding has become more likely |
| forgives | after a single withholding it comes back to accommodating for good, with probability one |
| minds the end | it may act differently where it is told how long play lasts |
| memory | so many last periods decide what it does; ∞ if no number suffices |

To forgive nothing has to be held against anyone: who always accommodates forgives too. Who wins by withholding
and stays with it, as win-stay-lose-shift does against one who lets it, does not forgive.

## Stances

A stance is what a strategy demands of the other, and what it does if the demand is met, if it is refused, and after
amends. C is to accommodate, D to withhold, ? a lottery; what stands in parentheses goes on for ever: `DD(C)` is two
periods of withholding, then peace. Whether that is a threat, a promise or both depends on the game, and so is not
said. The forms are Lindblom's.

Marked ° are strategies in code: their matches are played. All others are automata, and solved exactly.
"""  # noqa: E501


def page() -> str:
    return "\n".join([OPENING, *(section(family) for family in (*FAMILIES, UNDER_REGIMES))])


def section(family: str) -> str:
    """Write a family: what its module says first, and its members."""
    module = import_module(f"coopgames.strategies.{family}")
    said = plain(inspect.cleandoc(module.__doc__ or ""))
    everybody = {**library(), **regime_library()}
    members = [card(e) for e in everybody.values() if e.family == family]
    return "\n".join([f"## {family.replace('_', ' ').capitalize()}\n", f"{said[0]}\n", *members])


def card(e: Entry) -> str:
    return "\n\n".join(_parts(e)) + "\n"


def _parts(e: Entry) -> Iterator[str]:
    s = e()
    yield f"### {e.name}{'' if s.form in {'automaton', 'guided'} else '°'}"
    yield f"*{e.voice}*"
    yield from plain(e.description)
    found = traits(s)
    memory = "∞" if found["memory"] is None else found["memory"]
    facts = [in_short(found) or "none of the traits", f"memory {memory}"]
    facts += ["draws lots"] if found["stochastic"] else []
    if s.reads_regime:
        yield "Reads what a regime shows, and is played under one only."
    else:
        yield f"Traits: {', '.join(facts)}."
    if e.defaults:
        yield f"Parameters: {given(e.defaults)}."
    if e.aliases:
        also = [
            f"`{a}`" + (f" ({given(fixed)})" if fixed else "") for a, fixed in e.aliases.items()
        ]
        yield f"Also: {'; '.join(also)}."
    if t := e.stance:
        bluff = f", having announced `{t.announced}`" if t.bluffs else ""
        yield (
            f"Stance: {t.form}; demands `{t.demand}`; does `{t.complied}` if that is met, "
            f"`{t.refused}` if it is refused{bluff}, `{t.atoned}` after the amends `{t.amends}`."
        )
    yield f"Source: {e.source}"


def given(parameters: "dict[str, Parameter]") -> str:
    return ", ".join(f"`{k} = {short(v)}`" for k, v in parameters.items())


def plain(text: str) -> list[str]:
    """Give the paragraphs of a docstring, each on a line."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def test_it_is_what_the_library_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"run python {Path(__file__).name}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
