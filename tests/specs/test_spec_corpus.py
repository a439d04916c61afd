"""The corpus: files that must be read, and files with the mistakes their readers must be told.

An invalid file lists in its comments what must be said of it, ``# mistake: line N: …`` or, of
another file, ``# mistake in FILE: line N: …``; no more and no less.
"""

import json
import re
from pathlib import Path

import pytest

from coopgames.mistakes import Mistake
from coopgames.specs import (
    as_spec,
    game_from,
    load,
    loads_canonical,
    spec_digest,
    strategy_from,
)

HERE = Path(__file__).parent
VALID = sorted(HERE.glob("experiments/valid/*.toml"))
INVALID = sorted(HERE.glob("experiments/invalid/*.toml"))
VALID_STRATEGIES = sorted(HERE.glob("strategies/valid/*.toml"))
VALID_GAMES = sorted(HERE.glob("games/valid/*"))
INVALID_GAMES = sorted(HERE.glob("games/invalid/*.toml"))
INVALID_STRATEGIES = sorted(HERE.glob("strategies/invalid/*.toml"))


READERS = [load, strategy_from, game_from]


def stem(path):
    return path.stem


def expected(path):
    for other, text in re.findall(r"^# mistake(?: in ([^:]*))?: (.*)$", path.read_text(), re.M):
        file = path.parent / other if other else path
        yield f"{file}, {text}" if text.startswith("line ") else f"{file}: {text}"


def said(read, *args):
    with pytest.raises(Mistake) as mistake:
        read(*args)
    return str(mistake.value).splitlines()


@pytest.mark.parametrize("path", INVALID, ids=stem)
def test_invalid_experiment(path):
    assert sorted(said(load, path)) == sorted(expected(path))


@pytest.mark.parametrize("path", INVALID_STRATEGIES, ids=stem)
def test_invalid_strategy(path):
    assert sorted(said(strategy_from, str(path))) == sorted(expected(path))


@pytest.mark.parametrize("path", INVALID_GAMES, ids=stem)
def test_invalid_game(path):
    assert sorted(said(game_from, str(path))) == sorted(expected(path))


@pytest.mark.parametrize("path", INVALID + INVALID_STRATEGIES + INVALID_GAMES, ids=stem)
def test_mistakes_are_told_in_the_order_of_the_file(path):
    kinds = {"experiments": load, "strategies": strategy_from, "games": game_from}
    told = said(kinds[path.parent.parent.name], str(path))
    numbers = [
        int(n) for n in re.findall(rf"^{re.escape(str(path))}, line (\d+)", "\n".join(told), re.M)
    ]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_valid_experiment_and_its_canonical_form(path):
    experiment = load(path)
    spec = json.loads(json.dumps(as_spec(experiment), allow_nan=False))
    assert loads_canonical(spec) == experiment
    assert as_spec(loads_canonical(spec)) == spec
    assert spec_digest(loads_canonical(spec)) == spec_digest(experiment)
    assert experiment.name == path.stem


@pytest.mark.parametrize("path", VALID_STRATEGIES, ids=stem)
def test_valid_strategy(path):
    strategy = strategy_from(path.name, path.parent)
    assert strategy == strategy_from(str(path))
    assert strategy.family == "own"
    assert strategy.form == "automaton"


@pytest.mark.parametrize("path", VALID_GAMES, ids=lambda path: path.name)
def test_valid_game(path):
    game = game_from(path.name, path.parent)
    assert game == game_from(str(path))
    assert game.payoffs.shape == (game.n, *game.shape)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "the file is empty"),
        (b"\n# nothing but a remark\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "is not a text file (TOML is text in UTF-8)"),
        ('name = "x"'.encode("utf-16"), "is not a text file (TOML is text in UTF-8)"),
        (b"\x00\x01\x02", "not valid TOML"),
        (b"x = " + b"[" * 100_000, "tables or arrays are nested too deeply to be read"),
        (b"x = " + b"9" * 5000, "not valid TOML"),
    ],
    ids=["empty", "comment", "binary", "utf-16", "control", "deep", "digits"],
)
@pytest.mark.parametrize("reader", READERS, ids=["experiment", "strategy", "game"])
def test_rubbish_gets_one_line(tmp_path, reader, content, text):
    path = tmp_path / "rubbish.toml"
    path.write_bytes(content)
    (line,) = said(reader, str(path))
    assert line.startswith(str(path))
    assert text in line


@pytest.mark.parametrize("reader", READERS, ids=["experiment", "strategy", "game"])
def test_what_is_no_file_gets_one_line(tmp_path, monkeypatch, reader):
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    assert said(reader, str(folder)) == [f"{folder}: is a folder; a TOML file is needed"]
    missing = tmp_path / "missing.toml"
    assert said(reader, str(missing)) == [f"{missing}: there is no such file"]
    assert said(reader, "/dev/null/x.toml") == ["/dev/null/x.toml: cannot be read: Not a directory"]

    closed = tmp_path / "closed.toml"
    closed.write_text("x = 1")

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert said(reader, str(closed)) == [f"{closed}: cannot be read: Permission denied"]


def test_windows_files_are_read_alike(tmp_path):
    text = (HERE / "strategies/valid/my-tit-for-tat.toml").read_text()
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert strategy_from(str(path)) == strategy_from(
        str(HERE / "strategies/valid/my-tit-for-tat.toml")
    )
