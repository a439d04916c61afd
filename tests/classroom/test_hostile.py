"""Whatever one does, it is named with its reason, and nobody else's results change by a byte."""

import shutil

import pytest

from coopgames.classroom import away, told


def expected(folder):
    """Give what each file says will be found: its kind and one of several wordings."""
    for path in sorted(folder.glob("*.py")):
        line = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ")
        kind, _, words = line.partition(": ")
        yield path.stem, kind, words.split(" | ")


@pytest.fixture(scope="module")
def class_(honest, hostile, played, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    shutil.copytree(honest, folder / "all")
    for path in hostile.glob("*.py"):
        shutil.copy(path, folder / "all")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(away, "WATCHED", 10_000)  # all that is played is played again
        return played(folder / "all", folder / "out")


def test_each_culprit_is_named_with_its_reason(class_, hostile):
    found = {x.entry.who: x.trouble for x in class_.out}
    wanted = list(expected(hostile))
    assert len(wanted) >= 20
    assert sorted(found) == [who for who, _, _ in wanted]
    wrong = [
        f"{who}: {found[who]}"
        for who, kind, words in wanted
        if (kind not in ("any", found[who].kind))
        or not any(w in told(found[who], {}) for w in words)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_others_results_are_byte_identical_to_a_run_without_them(
    class_, honest, played, tmp_path
):
    alone = played(honest, tmp_path / "out")
    assert not alone.out
    assert (
        [e.who for e in alone.entries] == [e.who for e in class_.entries] == ["ada", "ben", "cleo"]
    )
    for name in ("matches.parquet", "standings.csv", "accommodation.csv"):
        first, second = (x.results.folder / name for x in (alone, class_))
        assert first.read_bytes() == second.read_bytes(), name
    for name, table in alone.results.manifest["strategies"].items():
        assert class_.results.manifest["strategies"][name] == table


def test_nothing_was_left_behind(class_, hostile):
    names = {p.name for p in class_.folder.path.rglob("*")}
    assert "notes.txt" not in names
    assert not list(class_.folder.path.rglob("__pycache__"))
