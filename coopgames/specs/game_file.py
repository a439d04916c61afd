"""A game as a user names it: by name, with parameters, or by the path of a file.

Files are `.toml` (`game_table`), `.csv` (a row for each profile) and `.nfg` (Gambit's); written are
these and `.tex` and `.html`, tables for a slide.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from pydantic import Discriminator, Tag, ValidationError, ValidationInfo

from coopgames.games import (
    Game,
    from_csv,
    from_nfg,
    html_table,
    latex_table,
    named_game,
    to_csv,
    to_nfg,
)
from coopgames.mistakes import Mistake, unknown
from coopgames.specs.game_table import GameTable, as_table
from coopgames.specs.source import ElsewhereMistake, Source, read, text_of
from coopgames.specs.table import Line, Written, mistakes, wrong
from coopgames.specs.toml_text import toml_text

READ = (".toml", ".csv", ".nfg")
"""The endings of files that games are read from."""


def game_from(text: str, folder: Path | None = None) -> Game:
    """Make the game that a word of the command line or of a file means.

    Parameters
    ----------
    text : str
        A name of the catalogue, ``"stag-hunt"``, perhaps with parameters,
        ``"liberal-trade(theta=0.2)"``; or a path that ends in ``.toml``, ``.csv`` or ``.nfg``.
    folder : Path, optional
        Where a path starts; the current folder by default.

    Raises
    ------
    Mistake
        One line for each mistake; those in a file say which line.
    """
    return _game_from(text, folder, ())


def _game_from(text: str, folder: Path | None, inside: tuple[Path, ...]) -> Game:
    """Make a game, while these files are being read."""
    path = folder / text if folder else Path(text)
    suffix = path.suffix.lower()
    if suffix not in READ:
        if "(" not in text and (suffix or path.name != text):
            raise Mistake(f'"{text}" is no file of a game; these end in {", ".join(READ)}')
        return named_game(text)
    if path.resolve() in inside:
        raise Mistake(f'"{text}" is made of itself; a base must be another game')
    if suffix == ".toml":
        return _from_toml(path, (*inside, path.resolve()))
    reader = from_csv if suffix == ".csv" else from_nfg
    try:
        return reader(text_of(path, suffix[1:]), str(path), path.stem)
    except Mistake as mistake:
        lines = str(mistake).splitlines()
        told = [line if line.startswith(str(path)) else f"{path}: {line}" for line in lines]
        raise ElsewhereMistake("\n".join(told)) from None


def _from_toml(path: Path, inside: tuple[Path, ...]) -> Game:
    source = read(path)
    for kind, key in {"an experiment": "strategies", "a strategy": "state"}.items():
        if key in source.content:
            raise ElsewhereMistake(f"{path}: this is {kind}'s file; a game's file is needed")
    try:
        return _made(GameTable.model_validate(source.content), path.parent, inside)
    except ValidationError as error:
        raise ElsewhereMistake("\n".join(mistakes(error, source))) from None


def _made(table: GameTable, folder: Path, inside: tuple[Path, ...] = ()) -> Game:
    """Make the game of a table, whose paths start in `folder`."""
    if table.base is None:
        return table.game(None)
    try:
        base = _game_from(table.base, folder, inside)
    except Mistake as mistake:
        kind = "elsewhere" if isinstance(mistake, ElsewhereMistake) else "mistake"
        raise wrong([(("base",), kind, str(mistake))]) from None
    return table.game(base)


def game_of(written: str | GameTable, folder: Path) -> Game:
    """Make the game that a field of a file holds.

    Parameters
    ----------
    written : str or GameTable
        A name, a path, or a table.
    folder : Path
        Where paths start.

    Raises
    ------
    Mistake, ValidationError
        If there is no such game; the latter says at which key of the table.
    """
    return game_from(written, folder) if isinstance(written, str) else _made(written, folder)


def _name_or_table(value: object) -> str | None:
    if isinstance(value, dict):
        return "<table>"
    return "<name>" if isinstance(value, str) else None


WrittenGame = Annotated[
    Annotated[Line, Tag("<name>")] | Annotated[GameTable, Tag("<table>")],
    Discriminator(
        _name_or_table,
        custom_error_type="shape",
        custom_error_message="the name of a game, a path that ends in .toml, .csv or .nfg, or a "
        "table {name = …, payoffs = …} or {base = …}",
    ),
]


def any_game(fits: Callable[[Game, ValidationInfo], None]) -> Written:
    """Describe a field that holds a game.

    Parameters
    ----------
    fits : callable
        ``fits(game, info)`` raises a `Mistake` if the game cannot be used there.
    """

    def read_game(written: str | GameTable, info: ValidationInfo) -> Game:
        game = game_of(written, (info.context or {}).get("folder", Path()))
        fits(game, info)
        return game

    return Written(WrittenGame, read_game)


# --- out ------------------------------------------------------------------------------------------


def game_toml(game: Game) -> str:
    """Write a game as the text of a TOML file.

    Parameters
    ----------
    game : Game
        What `game_from` makes of the file again.

    Raises
    ------
    Mistake
        If a name is none that such a file can hold.
    """
    table = as_table(game)
    try:
        GameTable.model_validate(table)
    except ValidationError as error:
        source = Source(f"game {game.name!r} as TOML", "", table)
        raise Mistake("\n".join(mistakes(error, source))) from None
    plain = {key: _plain(value) for key, value in table.items() if value != ""}
    return toml_text(plain)


def _plain(value: Any) -> Any:
    """Write 3 for 3.0."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


WRITERS: dict[str, Callable[[Game], str]] = {
    ".toml": game_toml,
    ".csv": to_csv,
    ".nfg": to_nfg,
    ".tex": latex_table,
    ".html": html_table,
}
"""What a file that ends so is written by."""


def write_game(game: Game, path: str | Path) -> Path:
    """Write a game into a file.

    Parameters
    ----------
    game : Game
        Any number of actors.
    path : str or Path
        Its ending says as what: ``.toml``, ``.csv``, ``.nfg``, ``.tex`` or ``.html``. Only TOML
        holds all of a game.

    Returns
    -------
    Path
        Where it stands.

    Raises
    ------
    Mistake
        If there is no such kind of file, or it cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise Mistake(f"{path}: {unknown('kind of file', suffix or path.name, WRITERS)}")
    text = WRITERS[suffix](game)
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Mistake(f"{path}: cannot be written: {error.strerror}") from None
    return path
