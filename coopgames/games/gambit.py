r"""Games as Gambit's `.nfg` files hold them.

A file has a header and then the payoffs of one profile after another, *the first actor's action
varying fastest*:

    NFG 1 R "Prisoner's dilemma" { "A" "B" } { { "C" "D" } { "C" "D" } } "a comment"

    3 3 5 0 0 5 1 1

In the *outcome version* a list of outcomes stands before them, each with a name and a payoff for
every actor, and each profile has the number of its outcome, 0 being a payoff of 0 for all. Instead
of the actions' names there may be only their numbers, ``{ 2 2 }``. In text, ``\"`` is a quotation
mark and ``\\`` a backslash; Gambit itself takes no name that begins or ends with a blank or has two
in a row, and no backslash at the end, before a quotation mark or beside another. (The format: R. D.
McKelvey, A. M. McLennan and T. L. Turocy, Gambit, "Game representation formats".)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod
from typing import NamedTuple, NoReturn

import numpy as np

from coopgames.games.game import Game
from coopgames.games.levels import Floats
from coopgames.games.written import MOST_ACTORS, digits, number, shown
from coopgames.mistakes import Mistake

SHOWN = 10
"""So many mistakes of one file are told."""

MOST = 10**7
"""So many payoffs a file may hold."""


def to_nfg(game: Game, *, outcomes: bool = False) -> str:
    """Write a game as the text of an .nfg file.

    Its roles and choice payoffs have no place there; its story is the comment.

    Parameters
    ----------
    game : Game
        Any number of actors.
    outcomes : bool, default False
        Whether to write the outcome version.
    """
    names = " ".join(_quoted(seat) for seat in game.seats)
    actions = " ".join(f"{{ {' '.join(map(_quoted, own))} }}" for own in game.actions)
    head = f"NFG 1 R {_quoted(game.name)}\n{{ {names} }}\n{{ {actions} }}\n{_quoted(game.story)}\n"
    # Transposed, the last axis of C's order, which varies fastest, is the first actor's.
    table = np.stack([u.T.ravel() for u in game.payoffs], axis=1)
    rows = [[digits(x) for x in row] for row in table.tolist()]
    if not outcomes:
        return f"{head}\n{chr(10).join(' '.join(row) for row in rows)}\n"
    listed = "\n".join(f'{{ "{i}" {", ".join(row)} }}' for i, row in enumerate(rows, 1))
    numbers = " ".join(str(i) for i in range(1, len(rows) + 1))
    return f"{head}\n{{\n{listed}\n}}\n{numbers}\n"


def from_nfg(text: str, source: str = "nfg", name: str = "") -> Game:
    """Read a game from the text of an .nfg file.

    Parameters
    ----------
    text : str
        Either version. Actors and actions without a name of their own are numbered from 1.
    source : str
        What to call it in a message, e.g. the file's path.
    name : str
        What to call the game if it has no title.

    Raises
    ------
    Mistake
        With one line for each mistake: the line, what stands there, what would be right.
    """
    return _Reader(text, source).game(name)


def _quoted(text: str) -> str:
    # Gambit keeps a single backslash as it is, unless a quotation mark follows; so it is only
    # doubled where it must be.
    doubled = re.sub(r'\\{2,}|\\(?="|\Z)', lambda slashes: 2 * slashes.group(), text)
    return '"' + doubled.replace('"', '\\"') + '"'


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


_TOKEN = re.compile(
    r"""(?P<blank>\s+) | "(?P<text>(?:\\.|[^"\\])*)" | (?P<mark>[{},]) | (?P<word>[^\s{},"]+|")""",
    re.VERBOSE | re.DOTALL,
)


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "blank":
            yield _Token(kind, match[kind], line)
        line += match.group().count("\n")
    yield _Token("end", "", line)


class _Reader:
    """Reads from left to right; what is wrong with the order of things ends it at once."""

    def __init__(self, text: str, source: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.source = source
        self.problems: list[str] = []

    def game(self, name: str) -> Game:
        for word in ("NFG", "1"):
            self.word(word, f"a Gambit file begins with NFG 1 R, so {word}")
        self.word("R", "R or D", "D")
        title = self.text("the title in quotation marks")
        seats = self.names("the actors' names")
        if not 1 <= len(seats) <= MOST_ACTORS:
            self.fail(f"{len(seats)} actors instead of 1 to {MOST_ACTORS}")
        actions = self.actions(len(seats))
        story = self.text("a comment") if self.peek.kind == "text" else ""
        shape = tuple(len(own) for own in actions)
        if prod(shape) * len(seats) > MOST:
            self.fail(f"{' × '.join(map(str, shape))} profiles are more than can be read")
        table = self.outcomes(shape) if self.peek.text == "{" else self.payoffs(shape)
        if self.problems:
            more = len(self.problems) - SHOWN
            rest = [f"{self.source}: and {more} mistakes more"] if more > 0 else []
            raise Mistake("\n".join(self.problems[:SHOWN] + rest))
        # Files have the first actor's action varying fastest: the axes stand the other way round.
        blocks = [column.reshape(shape[::-1]).T for column in table.T]
        called = [seat or f"actor {i}" for i, seat in enumerate(seats, 1)]
        return Game(title or name or "untitled", blocks, actions, called, story=story)

    def actions(self, n: int) -> list[list[str]]:
        self.mark("{", "the actors' actions in braces")
        found = []
        for i in range(1, n + 1):
            if self.peek.text == "{":
                own = self.names(f"the actions of actor {i}")
            else:
                own = [str(a) for a in range(1, self.count(i) + 1)]
            if not own:
                self.fail(f"actor {i} has no action; it needs one at least")
            named = [a or str(k) for k, a in enumerate(own, 1)]
            unique = len(set(named)) == len(named)
            found.append(named if unique else [str(k) for k in range(1, len(own) + 1)])
        self.mark("}", f"the end of the actions of {n} actors, a brace")
        return found

    def count(self, actor: int) -> int:
        token = self.peek
        if not re.fullmatch(r"\d{1,4}", token.text, re.ASCII):
            self.fail(
                f"the number of actions of actor {actor}, or their names in braces, is needed"
            )
        self.next()
        return int(token.text)

    def payoffs(self, shape: tuple[int, ...]) -> Floats:
        n = len(shape)
        values = self.numbers()
        self.end("payoffs only")
        wanted = n * prod(shape)
        why = f", {n} for each of {prod(shape)} profiles"
        self.expect(len(values), wanted, "payoffs", why)
        return self.filled(values, wanted).reshape(-1, n)

    def outcomes(self, shape: tuple[int, ...]) -> Floats:
        n = len(shape)
        self.mark("{", "the list of outcomes in braces")
        rows = [np.zeros(n)]  # outcome 0
        while self.peek.text == "{":
            self.next()
            self.text("the outcome's name in quotation marks")
            line, values = self.peek.line, self.numbers()
            self.mark("}", "a payoff or the end of the outcome")
            self.expect(len(values), n, "payoffs", ", one for each actor", line)
            rows.append(self.filled(values, n))
        self.mark("}", "an outcome or the end of the list")
        numbers = []
        while self.peek.kind == "word":
            token = self.next()
            if not re.fullmatch(r"\d{1,9}", token.text, re.ASCII) or int(token.text) >= len(rows):
                self.note(
                    token, f"is no outcome; there are {len(rows) - 1}, numbered from 1, and 0"
                )
                numbers.append(0)
            else:
                numbers.append(int(token.text))
        self.end("outcomes' numbers only")
        self.expect(len(numbers), prod(shape), "outcomes", ", one for each profile")
        return np.array(rows)[numbers[: prod(shape)] + [0] * (prod(shape) - len(numbers))]

    def numbers(self) -> list[float]:
        """Read numbers, with or without commas between them, as far as they go."""
        values = []
        while self.peek.kind == "word" or self.peek.text == ",":
            token = self.next()
            if token.text == ",":
                continue
            try:
                values.append(number(token.text))
            except ValueError as error:
                self.problems.append(f"{self.source}, line {token.line}: {error}")
                values.append(0.0)
        return values

    def filled(self, values: list[float], wanted: int) -> Floats:
        return np.array((values + [0.0] * wanted)[:wanted])

    def names(self, what: str) -> list[str]:
        self.mark("{", f"{what} in braces")
        found = []
        while self.peek.kind == "text":
            found.append(self.text(what))
        self.mark("}", f"{what} in quotation marks, and a brace after the last")
        return found

    # --- single tokens

    @property
    def peek(self) -> _Token:
        return self.tokens[self.at]

    def next(self) -> _Token:
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return self.tokens[self.at - 1]

    def word(self, text: str, what: str, *others: str) -> None:
        if self.peek.text not in (text, *others) or self.peek.kind != "word":
            self.fail(f"{what} is needed")
        self.next()

    def mark(self, text: str, what: str) -> None:
        if self.peek.text != text or self.peek.kind != "mark":
            self.fail(f"{what} is needed")
        self.next()

    def text(self, what: str) -> str:
        if self.peek.kind != "text":
            self.fail(f"{what} is needed")
        return re.sub(r'\\(["\\])', r"\1", self.next().text)

    def end(self, what: str) -> None:
        if self.peek.kind != "end":
            self.fail(f"{what} may follow")

    def expect(self, there: int, wanted: int, what: str, why: str, line: int = 0) -> None:
        if there != wanted:
            place = f"{self.source}, line {line}" if line else self.source
            self.problems.append(f"{place}: {there} {what} instead of {wanted}{why}")

    def note(self, token: _Token, what: str) -> None:
        self.problems.append(f'{self.source}, line {token.line}: "{shown(token.text)}" {what}')

    def fail(self, what: str) -> NoReturn:
        token = self.peek
        there = "it ends here" if token.kind == "end" else f'"{shown(token.text)}"'
        line = f"{self.source}, line {token.line}: {there}; {what}"
        raise Mistake("\n".join([*self.problems[:SHOWN], line]))
