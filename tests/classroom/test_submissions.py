"""Who handed in what, from flat files, folders, zips and what learning platforms pack."""

import io
import zipfile

import pytest

from coopgames.classroom import archive, collect
from coopgames.mistakes import Mistake

ONE, TWO = b"def strategy(mine):\n    return 0\n", b"def strategy(mine):\n    return 1\n"


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(files):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive_:
        for name, content in files.items():
            archive_.writestr(name, content)
    return whole.getvalue()


def who(source):
    entries, aside = collect(source)
    return {e.who: e.contents[0][1] for e in entries}, {a.who: a.reason for a in aside}


FLAT = {"ada.py": ONE, "ben.py": TWO}
FOLDERS = {"Ada L/strategy.py": ONE, "Ada L/helper.py": b"x = 1\n", "ben/mine.py": TWO}
MOODLE = {
    "Ada Lovelace_12_assignsubmission_file_/mine.py": ONE,
    "Ada Lovelace_34_assignsubmission_file_mine.py": TWO,
    "Ben Ray_56_assignsubmission_file_/a.zip": zipped({"__MACOSX/._x.py": b"?", "x/x.py": TWO}),
    "Ben Ray_56_assignsubmission_onlinetext_/onlinetext.html": b"<p>see file</p>",
}
CANVAS = {
    "lovelaceada_LATE_123_9001_strategy.py": ONE,
    "rayben_124_9002_strategy.py": ONE,
    "rayben_124_9007_strategy-1.py": ONE,
    "rayben_124_9010_strategy-10.py": TWO,
}


@pytest.mark.parametrize("packed", ["folder", "zip", "zip of a folder"])
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (FLAT, {"ada": ONE, "ben": TWO}),
        (FOLDERS, {"Ada L": ONE, "ben": TWO}),
        (MOODLE, {"Ada Lovelace 12": ONE, "Ada Lovelace 34": TWO, "Ben Ray 56": TWO}),
        (CANVAS, {"lovelaceada 123": ONE, "rayben 124": TWO}),
    ],
    ids=["flat", "folders", "Moodle", "Canvas"],
)
def test_each_arrangement_is_read(files, expected, packed, tmp_path):
    source = tmp_path / "in"
    if packed == "folder":
        write(source, files)
    else:
        above = "submissions/" if packed == "zip of a folder" else ""
        source = tmp_path / "in.zip"
        source.write_bytes(zipped({above + name: x for name, x in files.items()}))
    assert who(source) == (expected, {})


def test_modules_beside_it_come_along(tmp_path):
    entries, _ = collect(write(tmp_path, FOLDERS))
    assert [name for name, _ in entries[0].contents] == ["strategy.py", "helper.py"]
    first = entries[0].digest
    (tmp_path / "Ada L/helper.py").write_bytes(b"x = 2\n")
    assert collect(tmp_path)[0][0].digest != first


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a/x.py": ONE, "a/y.py": TWO, "b.py": ONE}, "several files of one student"),
        ({"a/notes.pdf": b"%PDF", "b.py": ONE}, "is no Python file"),
        ({"a.py": b" \n", "b.py": ONE}, "is empty"),
        ({"a.py": b"#" * (archive.LARGEST + 1), "b.py": ONE}, "has more than 256 KB"),
        ({"a.zip": b"PK\x03\x04 nonsense", "b.py": ONE}, "is a damaged zip"),
        ({"a.zip": zipped({"../../evil.py": ONE}), "b.py": ONE}, "leads out of its zip"),
        ({"a.zip": zipped({"C:\\evil.py": ONE}), "b.py": ONE}, "leads out of its zip"),
        ({"a.zip": zipped({"b.zip": zipped({"x.py": ONE})}), "b.py": ONE}, "zip within a zip"),
        ({"a.zip": zipped({"bomb.py": b"0" * (50 << 20)}), "b.py": ONE}, "has more than 256 KB"),
    ],
)
def test_what_cannot_be_used_is_set_aside_with_a_reason(files, reason, tmp_path):
    source = tmp_path / "in.zip"
    source.write_bytes(zipped(files))
    entries, aside = who(source)
    assert "b" in entries
    assert len(aside) == 1
    assert reason in next(iter(aside.values()))
    assert not (tmp_path.parent / "evil.py").exists()


def test_links_are_not_followed(tmp_path):
    write(tmp_path / "in", {"ben.py": ONE})
    (tmp_path / "secret.py").write_bytes(TWO)
    (tmp_path / "in/ada.py").symlink_to(tmp_path / "secret.py")
    assert who(tmp_path / "in") == ({"ben": ONE}, {"ada": "is a link, and links are not followed"})


def test_what_a_tournament_wrote_is_no_submission(tmp_path):
    write(
        tmp_path,
        {"ben.py": ONE, "results/x/class.json": b"{}", "results/x/submissions/a/a.py": TWO},
    )
    assert who(tmp_path) == ({"ben": ONE}, {})


def test_a_zip_that_is_protected(tmp_path):
    whole = bytearray(zipped({"ada.py": ONE, "ben.py": TWO}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(sign) + at] |= 1  # the first file's flag: encrypted
    (tmp_path / "in.zip").write_bytes(whole)
    assert who(tmp_path / "in.zip") == ({"ben": TWO}, {"ada": "is protected by a password"})


def test_a_name_in_utf_8_that_the_zip_does_not_announce(tmp_path):
    info = zipfile.ZipInfo("Zoë.py")
    whole = zipped({"Zo\u00eb.py": ONE}).replace(b"\x00\x08", b"\x00\x00")
    assert info.filename == "Zoë.py"
    (tmp_path / "in.zip").write_bytes(whole)
    assert list(who(tmp_path / "in.zip")[0]) == ["Zoë"]


def test_names_depend_on_nobody_else(tmp_path):
    write(tmp_path, {"x#1 (late).py": ONE, "a.py": TWO})
    both = set(who(tmp_path)[0])
    (tmp_path / "a.py").unlink()
    assert both == {"a", *who(tmp_path)[0]}
    name = next(iter(who(tmp_path)[0]))
    assert not set(name) & set("#()")
    assert name.startswith("x 1 late ")


def test_far_too_much_is_no_class(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    with pytest.raises(Mistake, match="is it the right one"):
        collect(write(tmp_path, {f"{i}.py": ONE for i in range(5)}))


@pytest.mark.parametrize("name", ["nothing", "file.txt"])
def test_what_is_neither_a_folder_nor_a_zip(name, tmp_path):
    (tmp_path / "file.txt").write_bytes(b"hello")
    with pytest.raises(Mistake, match=r"neither a folder nor a zip|no such folder or zip"):
        collect(tmp_path / name)
