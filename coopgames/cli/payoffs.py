"""Payoffs as tables: two actors, blocks for more, counts where actors are interchangeable.

What does not fit is abridged, so that the telling actions stay: the ends, those that self-interest
leads to, those at rest, and those of the outcome that is best for all together.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rich.table import Table

    from coopgames.games import CountGame, Structure

ROWS = 12
"""So many rows a table has at most."""

ABRIDGED = 7
"""So many rows are left of a table that has more, and two fewer within blocks."""

BLOCKS = 8
"""So many blocks there are at most, and two where a further actor has many actions."""

FEW = 4
"""So many actions are not many."""


def payoff_tables(
    s: Structure, width: int, counts: CountGame | None = None
) -> tuple[list[Table | str], bool]:
    """Draw the payoffs, with the self-regarding profiles marked.

    Parameters
    ----------
    s : Structure
        What the game encodes.
    width : int
        How many characters a line has.
    counts : CountGame, optional
        The game by counts, if it is one; from three actors on it is then drawn by counts.

    Returns
    -------
    tables : list
        Tables and headings, to be printed one below the other.
    abridged : bool
        Whether anything was left out.
    """
    if counts is not None and counts.n > 2:
        return _by_counts(s, counts, width)
    game, further = s.game, range(2, s.game.n)
    grid = max(game.shape) > (ROWS if game.n == 2 else ABRIDGED)
    rows = telling(s, 0, ROWS if not grid else ABRIDGED if game.n == 2 else ABRIDGED - 2)
    several = sum(game.shape[i] > 1 for i in further)
    each = max(1, int(BLOCKS ** (1 / max(1, several)) + 1e-9))
    blocks = [telling(s, i, each if game.shape[i] <= FEW else 2) for i in further]
    digits = 2 if game.n > 3 else 3 if grid or game.n == 3 else 4
    cells = {p: _cell(s, p, digits) for p in product(rows, range(game.shape[1]), *blocks)}
    corner = f"{game.seats[0]} ↓" + (f"  {game.seats[1]} →" if game.n == 2 else "")
    first = max(len(corner), *(len(game.actions[0][a]) for a in rows))
    pad = 2 if game.n == 2 else 1
    wide = 2 * pad + 2 + max(len(text) for text, _ in cells.values())
    room = (width - first - 2 * pad) // wide
    columns = telling(s, 1, max(2, min(ROWS if not grid else ABRIDGED, room)))
    shown = len(rows) * len(columns) * int(np.prod([len(b) for b in blocks]))
    tables: list[Table | str] = []
    for rest in product(*blocks):
        if rest:
            at = zip(further, rest, strict=True)
            named = (f"{game.seats[i]}: {game.actions[i][a]}" for i, a in at if game.shape[i] > 1)
            tables.append(
                f"[dim]{_escaped(f'{game.seats[1]} →')}[/]   {_escaped(', '.join(named))}"
            )
        table = _empty(corner, [game.actions[1][b] for b in columns], pad)
        for a in rows:
            table.add_row(
                _escaped(game.actions[0][a]), *(_marked(s, *cells[(a, b, *rest)]) for b in columns)
            )
        tables.append(table)
    return tables, shown < game.payoffs[0].size


def telling(s: Structure, seat: int, most: int) -> list[int]:
    """Choose the actions of a seat that are shown, in their order.

    Parameters
    ----------
    s : Structure
        What the game encodes.
    seat : int
        Whose actions.
    most : int
        How many at most.
    """
    k = s.game.shape[seat]
    if k <= most:
        return list(range(k))
    own = [p[seat] for p in s.self_regarding]
    wanted = [min(own), _best_together(s)[seat], 0, k - 1, max(own)]
    wanted += [p[seat] for p in s.equilibria]
    chosen = sorted(list(dict.fromkeys(wanted))[:most])
    while len(chosen) < most:
        gaps = np.diff(chosen)
        if not len(gaps) or gaps.max() < 2:
            break
        widest = int(gaps.argmax())
        chosen.insert(widest + 1, (chosen[widest] + chosen[widest + 1]) // 2)
    return chosen


def _best_together(s: Structure) -> tuple[int, ...]:
    """Find the profile that all could agree on; if there is none, that with the largest sum."""
    from coopgames.games import best_for_all

    agreed = best_for_all(s)
    if agreed is not None:
        return agreed
    total = s.game.payoffs.sum(axis=0)
    return tuple(int(a) for a in np.unravel_index(int(total.argmax()), total.shape))


def _cell(s: Structure, profile: tuple[int, ...], digits: int) -> tuple[str, bool]:
    from coopgames.cli.style import number

    text = ", ".join(number(float(of[profile]), digits) for of in s.game.payoffs)
    return text, bool(s.regarding[profile])


def _marked(s: Structure, text: str, regarding: bool) -> str:
    from coopgames.cli.style import GAMES

    return f"[bold {GAMES[s.category]}]{text} •[/]" if regarding else f"{text}  "


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _empty(corner: str, heads: list[str], pad: int = 2) -> Table:
    from rich.table import Table

    table = Table(box=None, header_style="dim", padding=(0, pad))
    table.add_column(corner, style="dim", no_wrap=True)
    for head in heads:
        table.add_column(_escaped(head), justify="right", no_wrap=True)
    return table


def _by_counts(s: Structure, game: CountGame, width: int) -> tuple[list[Table | str], bool]:
    """Draw what one gets by its own action and by what the others do."""
    from coopgames.cli.style import number
    from coopgames.games import places, tallies

    others = tallies(game.n, game.k)
    place, of = places(game.n, game.k)
    marked = {(p[0], int(of[place[list(p[1:])].sum()])) for p in s.self_regarding}
    text = [[number(float(x)) for x in row] for row in game.payoffs]

    def cell(a: int, o: int) -> str:
        return _marked(s, text[a][o], (a, o) in marked)

    if game.k > 2:
        corner = "the others ↓  one oneself →"
        kept = _evenly(len(others), ROWS)
        table = _empty(corner, list(game.actions))
        for o in kept:
            table.add_row(_escaped(_told(game, others[o])), *(cell(a, o) for a in range(game.k)))
        return [table], len(kept) < len(others)
    corner = f"one oneself ↓  how many others {game.actions[0]} →"
    wide = 6 + max(len(x) for row in text for x in row)
    kept = _evenly(game.n, max(2, (width - len(corner) - 4) // wide))
    table = _empty(corner, [str(o) for o in kept])
    for a, name in enumerate(game.actions):
        table.add_row(_escaped(name), *(cell(a, o) for o in kept))
    return [table], len(kept) < game.n


def _told(game: CountGame, tally: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    parts = [(int(c), name) for c, name in zip(tally, game.actions, strict=True) if c]
    if game.n <= 3:
        return ", ".join(name for c, name in parts for _ in range(c))
    return ", ".join(f"{c} × {name}" for c, name in parts)


def _evenly(k: int, most: int) -> list[int]:
    return sorted({round(x) for x in np.linspace(0, k - 1, min(k, most))})
