"""``coopgames doctor``."""

import json
import sys
from importlib import metadata
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from coopgames import __version__
from coopgames.cli import coopgames, doctor
from coopgames.play import ENGINE

REQUIRED = {"click", "numba", "numpy", "polars", "pydantic", "rich", "scipy"}


def run(*arguments):
    return CliRunner().invoke(coopgames, ["doctor", *arguments], standalone_mode=False)


@pytest.fixture
def no_compiler(monkeypatch):
    """Loading numba in a process of its own takes a second; one test of it is enough."""
    kept = {"kept": 6, "compiled": 0, "folder": "there", "seconds": 0.5}
    monkeypatch.setattr(doctor, "_probed", lambda: kept)


def test_a_sound_installation_is_sound():
    result = run("--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0, found["problems"]
    assert (found["ok"], found["problems"]) == (True, [])
    assert (found["coopgames"], found["engine"]) == (__version__, ENGINE)
    packages = {p["name"]: p for p in found["packages"]}
    assert packages.keys() >= REQUIRED
    assert packages["numpy"]["version"] == metadata.version("numpy")
    extras = {x["name"]: x for x in found["extras"]}
    assert extras.keys() == set(metadata.metadata("coopgames").get_all("Provides-Extra"))
    assert extras["test"]["present"]
    assert extras["test"]["install"].endswith('[test]"')
    assert found["cache"]["works"]
    assert found["cache"]["kept"] + found["cache"]["compiled"] >= 4
    assert found["processors"] >= 1
    assert found["tournaments"]["number"] >= 1


@pytest.mark.usefixtures("no_compiler")
def test_people_read_plain_lines(monkeypatch):
    monkeypatch.setenv("COOPGAMES_DATA", "/some/data")
    result = run()
    assert result.exit_code == 0
    assert result.stdout.startswith("All is well.")
    assert "6 loops were found in there in 0.5 s" in result.stdout
    assert "COOPGAMES_DATA  /some/data" in result.stdout


@pytest.mark.usefixtures("no_compiler")
@pytest.mark.parametrize("json_too", [[], ["--json"]])
def test_a_missing_package_is_reported(monkeypatch, json_too):
    found = metadata.version

    def version(name):
        if name in ("polars", "sybil"):
            raise metadata.PackageNotFoundError(name)
        return found(name)

    monkeypatch.setattr(metadata, "version", version)
    result = run(*json_too)
    assert result.exit_code == 1
    assert "polars is missing: python -m pip install" in result.stdout
    if json_too:
        assert not json.loads(result.stdout)["ok"]
    else:
        assert "extra test      not there (sybil missing)" in result.stdout


@pytest.mark.usefixtures("no_compiler")
def test_a_package_that_cannot_be_loaded_is_reported(monkeypatch):
    monkeypatch.setitem(sys.modules, "rich", None)
    result = run()
    assert result.exit_code == 1
    assert "rich cannot be loaded" in result.stdout
    assert "--force-reinstall" in result.stdout


@pytest.mark.usefixtures("no_compiler")
def test_an_old_package_is_reported(monkeypatch):
    found = metadata.version
    monkeypatch.setattr(metadata, "version", lambda x: "1.9" if x == "polars" else found(x))
    assert "polars 1.9 is too old" in run().stdout


@pytest.mark.parametrize(
    ("version", "needs", "enough"),
    [
        ("1.26.4", "numpy>=1.26", True),
        ("1.26", "numpy>=1.26.1", False),
        ("2.0.0rc1", "numpy>=1.26", True),
        ("1.9", "numpy>=1.10", False),
        ("3", "numpy", True),
    ],
)
def test_versions_are_compared_as_numbers(version, needs, enough):
    assert doctor._new_enough(version, needs) is enough


def test_a_compiler_that_fails_is_reported(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    monkeypatch.setattr(doctor, "_home", lambda: doctor.Path(__file__).parents[1])
    result = run()
    assert result.exit_code == 1
    assert "compiled play does not work (exit code 1)" in result.stdout


@pytest.mark.parametrize(
    ("probes", "works", "said"),
    [
        ([(0, 6, "there"), (6, 0, "there")], True, "6 loops were compiled in 4 s and are kept"),
        ([(0, 6, "there"), (0, 6, "there")], False, "is not found again in there"),
        ([(0, 0, None)], False, "NUMBA_CACHE_DIR"),
    ],
)
def test_whether_what_is_compiled_is_kept(monkeypatch, probes, works, said):
    answers = iter(probes)

    def probed():
        kept, compiled, folder = next(answers)
        return {"kept": kept, "compiled": compiled, "folder": folder, "seconds": 4.0}

    monkeypatch.setattr(doctor, "_probed", probed)
    cache = doctor._cache()
    assert cache["works"] is works
    assert said in doctor._compiled(cache)


@pytest.mark.parametrize(
    ("origin", "command"),
    [
        (None, 'python -m pip install "coopgames[test]"'),
        (
            {"url": "file:///a/b%20c", "dir_info": {"editable": True}},
            'python -m pip install -e "/a/b c[test]"',
        ),
        (
            {"url": "https://x.org/c", "vcs_info": {"vcs": "git"}},
            'python -m pip install "coopgames[test] @ git+https://x.org/c"',
        ),
    ],
)
def test_how_to_install_an_extra_depends_on_where_it_came_from(monkeypatch, origin, command):
    text = origin and json.dumps(origin)
    found = SimpleNamespace(read_text=lambda name: text)
    monkeypatch.setattr(metadata, "distribution", lambda name: found)
    assert doctor._install("[test]") == command
