"""The table of a game for a slide: the first actor's actions down, the second's across.

Each cell holds everyone's payoff, the first actor's first. Further actors have a table for each of
their actions, or combinations of these.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from coopgames.games.game import Game
from coopgames.games.wording import title

_LATEX = {
    **{c: f"\\{c}" for c in "{}$&#%_"},
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
}  # fmt: skip

_APART = r",\, "
_RULED = "border:1px solid currentColor;padding:.4em .8em;text-align:center"
_BARE = "padding:.3em .8em;font-weight:normal;text-align:center"


class _Block(NamedTuple):
    """A table: what the third and later actors do, and the payoffs, row by row."""

    others: list[tuple[str, str]]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: list[list[list[str]]]


def latex_table(game: Game) -> str:
    r"""Write the table of a game in LaTeX; no package is needed.

    Parameters
    ----------
    game : Game
        Any number of actors.

    Returns
    -------
    str
        One ``tabular`` for each action of a third actor, else a single one.
    """
    tables = "\n\\quad\n".join(_latex(game, block) for block in _blocks(game))
    # Rows a little higher than LaTeX's own, so that payoffs do not touch the lines.
    opening = f"% {' '.join(title(game).split())}\n{{\\renewcommand{{\\arraystretch}}{{1.3}}%\n"
    return f"{opening}{tables}}}\n"


def html_table(game: Game) -> str:
    """Write the table of a game in HTML, to be put into any page.

    Parameters
    ----------
    game : Game
        Any number of actors.

    Returns
    -------
    str
        One ``table`` for each action of a third actor, else a single one; with headings that a
        screen reader can follow.
    """
    return "\n".join(_html(game, block) for block in _blocks(game)) + "\n"


def _blocks(game: Game) -> Iterator[_Block]:
    """Cut a game into tables of two actors."""
    # A single actor has a table with one column.
    seats, names, n = game.seats[2:], game.actions[2:], game.n
    table = game.payoffs.reshape(n, *game.shape[:2], -1)
    for number, others in enumerate(product(*(range(k) for k in game.shape[2:]))):
        u = table[..., number].reshape(n, game.shape[0], -1)
        yield _Block(
            [(seat, own[a]) for seat, own, a in zip(seats, names, others, strict=True)],
            game.actions[0],
            game.actions[1] if n > 1 else ("",),
            [[[f"{x:.4g}" for x in cell] for cell in row] for row in u.transpose(1, 2, 0).tolist()],
        )


def _latex(game: Game, block: _Block) -> str:
    k, m = len(block.rows), len(block.columns)
    left, rule = r" & \multicolumn{1}{c}{}", rf"\\ \cline{{3-{m + 2}}}"
    above = [f"{seat}: {action}" for seat, action in block.others]
    if game.n > 1:
        above.append(game.seats[1])
    heads = "".join(rf" & \multicolumn{{1}}{{c}}{{{_tex(c)}}}" for c in block.columns)
    lines = [
        rf"\begin{{tabular}}{{rr|{'c|' * m}}}",
        *(rf"{left} & \multicolumn{{{m}}}{{c}}{{{_tex(words)}}}\\" for words in above),
        f"{left}{heads}{rule}",
    ]
    for a, (row, cells) in enumerate(zip(block.rows, block.cells, strict=True)):
        seat = _tex(game.seats[0]) if a == (k - 1) // 2 else ""
        payoffs = "".join(f" & ${_APART.join(map(_tex_number, cell))}$" for cell in cells)
        lines.append(f"{seat} & {_tex(row)}{payoffs}{rule}")
    return "\n".join([*lines, r"\end{tabular}"])


def _tex_number(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else text


def _tex(words: str) -> str:
    return "".join(_LATEX.get(c, c if c.isprintable() else " ") for c in words)


def _html(game: Game, block: _Block) -> str:
    k, m = len(block.rows), len(block.columns)
    does = "".join(f"; {seat}: {action}" for seat, action in block.others)
    caption = f"{title(game)}{does}. In each cell the payoffs of {', '.join(game.seats)}."
    heads = [_heading("col", c) for c in block.columns]
    above = [[_heading("colgroup", game.seats[1], f'colspan="{m}" ')]] if game.n > 1 else []
    corner = f'<td colspan="2" rowspan="{len(above) + 1}"></td>'
    top = "".join(f"<tr>{''.join(row)}</tr>" for row in [*above, heads])
    lines = [
        '<table style="border-collapse:collapse;display:inline-table;margin:0.5em 1em">',
        f'<caption style="caption-side:bottom;padding:0.5em">{_safe(caption)}</caption>',
        f"<thead>{top.replace('<tr>', f'<tr>{corner}', 1)}</thead>",
        "<tbody>",
    ]
    for a, (row, cells) in enumerate(zip(block.rows, block.cells, strict=True)):
        seat = _heading("rowgroup", game.seats[0], f'rowspan="{k}" ') if a == 0 else ""
        payoffs = "".join(
            f'<td style="{_RULED}">{", ".join(cell).replace("-", "−")}</td>' for cell in cells
        )
        lines.append(f"<tr>{seat}{_heading('row', row)}{payoffs}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def _heading(scope: str, words: str, span: str = "") -> str:
    return f'<th scope="{scope}" {span}style="{_BARE}">{_safe(words)}</th>'


def _safe(words: str) -> str:
    return html.escape("".join(c if c.isprintable() else " " for c in words))
