"""The page of the games says what the catalogue says; run this file to write it anew."""

from pathlib import Path

from coopgames.games import Entry, catalog

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "games.md"

OPENING = """\
# Games

<!-- Written by tests/docs/test_games_page.py from the catalogue; change the games, not this page. -->

A game is asked for by its name, or by its name with parameters; those left out are as usual. What is
not as usual is part of the game's name, in results too.

```console
$ coopgames games show "liberal-trade(theta=0)"
...
Liberal trade (theta=0.0) is a case of harmony: ...
```

```python
>>> from coopgames import catalog, named_game, structure
>>> game = named_game("navigation-acts(sigma=3)")
>>> game.name, structure(game).subtype
('navigation-acts(sigma=3.0)', 'dilemma')
>>> catalog()["public-goods"](n=50, r=2.0).payoffs.shape  # interchangeable actors: a game by counts
(2, 50)
>>> named_game("public-goods(n=50)")
Traceback (most recent call last):
coopgames.mistakes.Mistake: game 'public-goods(n=50)': 50 actors with 2 actions have 50 × 2^50 payoffs; written out are 1,000,000 at most
```

What each game encodes is said for its usual parameters ([what that means](../theory/keohane.md)). The
issue-areas, their formulas and what they cannot show are explained in
[a page of their own](../theory/scenarios.md).
"""  # noqa: E501 — a doctest shows a message as it is

HEADINGS = {
    "classic": ("Two actors: the games everyone knows", ""),
    "group": (
        "Any number of actors",
        "Actors are interchangeable: what one gets depends on its own action and on how many of "
        "the others do what.\n[More than two actors](../how-to/groups.md) says how they are "
        "played.\n",
    ),
    "scenario": ("Issue-areas of After Hegemony", ""),
}


def encodes(e: Entry) -> str:
    category, subtype = (part and part.replace("-", " ") for part in e.encodes)
    return f"{category}, {subtype}" if subtype else str(category)


def section(e: Entry) -> str:
    lines = [f"### {e.name}", "", f"*{encodes(e)}.* {e.story}", ""]
    if e.parameters:
        lines += ["| parameter | usual | may be | meaning |", "|---|---|---|---|"]
        for key, usual in e.defaults.items():
            p = e.parameters[key]
            unit = f" ({p.unit})" if p.unit else ""
            lines.append(f"| `{key}` | {usual:g} | {p.range} | {p.meaning}{unit} |")
        lines.append("")
    for heading, said in (("Notice", e.notice), ("Vary", e.vary)):
        if said:
            lines += [f"{heading}:", "", *(f"- {line}" for line in said), ""]
    return "\n".join([*lines, f"Source: {e.source}", ""])


def page() -> str:
    parts = [OPENING]
    for family, (heading, text) in HEADINGS.items():
        parts += [f"## {heading}\n", *([text] if text else [])]
        parts += [section(e) for e in catalog().values() if e.family == family]
    return "\n".join(parts)


def test_it_is_what_the_catalogue_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"run python {Path(__file__).name}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
