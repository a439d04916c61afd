"""``coopgames doctor``: what is installed, what is missing, and whether compiled play is kept.

It must work where something is broken, so it uses little, and looks at each thing on its own.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import time
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import click

from coopgames import __version__

GIVES = {"test": "running the tests and checks of coopgames itself"}
"""What an extra gives, which the metadata does not say; one without an entry lists its packages."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def doctor(as_json: bool) -> None:
    """Check the installation: what is there, what is missing, and what to do about it.

    Exit code 1 if something that is needed is broken.
    """
    found = examination()
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
    else:
        _show(found)
    if found["problems"]:
        sys.exit(1)


def examination() -> dict[str, Any]:
    """Look at everything; ``problems`` says what is broken and what to do."""
    required, extras = _requirements()
    packages = [_package(text) for text in required]
    problems = [p["problem"] for p in packages if p["problem"]]
    if not required:
        problems.append(f"coopgames is not installed, only found at {_home()}: {_install('')}")
    # What fails because a package is missing needs no advice of its own.
    cache = _cache() if not problems else {**_UNTRIED, "problem": "not tried, see above"}
    tournaments = _tournaments()
    if not problems and cache["problem"]:
        problems.append(cache["problem"])
    if not problems and tournaments["problem"]:
        problems.append(f"tournaments: {tournaments['problem']}")
    return {
        "ok": not problems,
        "coopgames": __version__,
        "engine": _engine(),
        "installed": str(_home()),
        "python": platform.python_version(),
        "executable": sys.executable,
        "platform": platform.platform(),
        "processors": _processors(),
        "packages": packages,
        "extras": [_extra(name, texts) for name, texts in extras.items()],
        "cache": cache,
        "tournaments": tournaments,
        "plugins": _plugins() if not problems else [],
        "class": _class() if not problems else [],
        "data": os.environ.get("COOPGAMES_DATA"),
        "problems": problems,
    }


def _home() -> Path:
    return Path(__file__).resolve().parents[1]


def _requirements() -> tuple[list[str], dict[str, list[str]]]:
    """Read what the package's metadata requires: always, and for each extra."""
    try:
        about = metadata.distribution("coopgames")
    except metadata.PackageNotFoundError:
        return [], {}
    required = []
    extras: dict[str, list[str]] = {x: [] for x in about.metadata.get_all("Provides-Extra") or []}
    for text in about.requires or []:
        needs, _, marker = text.partition(";")
        extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)['\"]", marker)
        if extra:
            extras[extra[1]].append(needs.strip())
        else:
            required.append(needs.strip())
    return required, extras


def _version(needs: str) -> tuple[str, str | None]:
    """Give the name of a package and its installed version."""
    name = re.split(r"[^\w.-]", needs, maxsplit=1)[0]
    try:
        return name, metadata.version(name)
    except metadata.PackageNotFoundError:
        return name, None


def _package(needs: str) -> dict[str, Any]:
    """Look whether a required package is there, new enough, and can be loaded."""
    name, version = _version(needs)
    problem = None
    if version is None:
        problem = f"{name} is missing: {_pip(needs)}"
    elif not _new_enough(version, needs):
        problem = f"{name} {version} is too old: {_pip(needs)}"
    else:
        try:
            import_module(name.replace("-", "_"))
        except Exception as error:  # a broken binary may raise anything
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            problem = f"{name} cannot be loaded ({reason}): {_pip(f'--force-reinstall {needs}')}"
    return {"name": name, "needs": needs, "version": version, "problem": problem}


def _new_enough(version: str, needs: str) -> bool:
    least = re.search(r">=\s*([\d.]+)", needs)
    return least is None or _numbers(version) >= _numbers(least[1])


def _numbers(version: str) -> list[int]:
    return [int(x) for x in re.match(r"[\d.]*", version)[0].split(".") if x]  # type: ignore[index]


def _extra(name: str, texts: list[str]) -> dict[str, Any]:
    there = dict(_version(needs) for needs in texts)
    return {
        "name": name,
        "present": all(there.values()),
        "missing": [package for package, version in there.items() if version is None],
        "gives": GIVES.get(name, ", ".join(there)),
        "install": _install(f"[{name}]"),
    }


def _pip(what: str) -> str:
    name, *rest = what.rsplit(" ", 1)
    quoted = f'{name} "{rest[0]}"' if rest else f'"{name}"'
    return f"python -m pip install {quoted}"


def _install(extra: str) -> str:
    """Say how to install coopgames with an extra from where it was installed from."""
    try:
        origin = metadata.distribution("coopgames").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return f'python -m pip install "{_home().parent}{extra}"'
    url = json.loads(origin) if origin else {}
    if "dir_info" in url:
        from urllib.parse import urlsplit
        from urllib.request import url2pathname

        folder = url2pathname(urlsplit(url["url"]).path)
        editable = "-e " if url["dir_info"].get("editable") else ""
        return f'python -m pip install {editable}"{folder}{extra}"'
    if "vcs_info" in url:
        return f'python -m pip install "coopgames{extra} @ {url["vcs_info"]["vcs"]}+{url["url"]}"'
    return f'python -m pip install "coopgames{extra}"'


def _engine() -> int | None:
    try:
        from coopgames.play import ENGINE
    except Exception:
        return None
    return ENGINE


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _tournaments() -> dict[str, Any]:
    try:
        from coopgames.specs import shipped

        found = shipped()
    except Exception as error:
        return {"folder": None, "number": 0, "problem": f"cannot be looked for: {error}"}
    folder = str(next(iter(found.values())).parent) if found else None
    problem = None if found else f"none came with the package; install it anew: {_install('')}"
    return {"folder": folder, "number": len(found), "problem": problem}


def _plugins() -> list[dict[str, Any]]:
    from coopgames.cli.pluginrows import tried

    return tried()


def probe() -> None:
    """Load the compiled loops and print, as JSON, whether they were compiled or found kept."""
    started = time.perf_counter()
    from coopgames.play import kernels

    stats = [x.stats for x in vars(kernels).values() if hasattr(x, "nopython_signatures")]
    # Those without a place are inlined into others, unless no place could be written to.
    own = [x for x in stats if x.cache_path]
    found = {
        "kept": sum(x.cache_hits.total() for x in own),
        "compiled": sum(x.cache_misses.total() for x in own),
        "folder": own[0].cache_path if own else None,
        "seconds": round(time.perf_counter() - started, 2),
    }
    click.echo(json.dumps(found))


_UNTRIED = {
    "works": False, "kept": 0, "compiled": 0, "folder": None, "seconds": None, "advice": None,
}  # fmt: skip


def _cache() -> dict[str, Any]:
    """Load the compiled loops in a process of their own; twice, if they had to be compiled.

    A process of their own, since a broken compiler may end it, and so that what is measured is
    what a command takes.
    """
    first = _probed()
    if "problem" in first:
        return {**_UNTRIED, **first}
    if first["folder"] is None:
        return {
            **first, "works": False, "problem": None,
            "advice": "compiled play cannot be kept, so every command compiles it anew: give "
            "NUMBA_CACHE_DIR the name of a folder that you may write to",
        }  # fmt: skip
    if not first["compiled"]:
        return {**first, "works": True, "problem": None, "advice": None}
    again = _probed()
    works = again.get("compiled") == 0
    advice = None if works else f"what is compiled is not found again in {first['folder']}"
    return {**first, "works": works, "problem": again.get("problem"), "advice": advice}


def _probed() -> dict[str, Any]:
    code = "from coopgames.cli.doctor import probe; probe()"
    done = subprocess.run(  # noqa: S603 — our own interpreter and our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        cwd=_home().parent,  # so that it loads this coopgames, and nothing from where we are
    )  # fmt: skip
    if done.returncode == 0:
        found: dict[str, Any] = json.loads(done.stdout)
        return found
    last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return {"problem": f"compiled play does not work ({last}): {_pip('--force-reinstall numba')}"}


def _show(found: dict[str, Any]) -> None:
    """Print plain lines, since even what draws tables may be missing."""
    say = click.echo
    if found["ok"]:
        say("All is well.")
    else:
        say("Something that coopgames needs is broken:")
        for problem in found["problems"]:
            say(f"  {problem}")
    say()
    engine = "?" if found["engine"] is None else found["engine"]
    _line("coopgames", f"{found['coopgames']} (engine {engine}) in {found['installed']}")
    _line("Python", f"{found['python']} at {found['executable']}")
    _line("platform", found["platform"])
    _line("processors", str(found["processors"]))
    say()
    for p in found["packages"]:
        mark = "broken" if p["problem"] and p["version"] else p["version"] or "missing"
        _line(p["name"], f"{mark}   (needs {p['needs']})")
    say()
    for x in found["extras"]:
        state = "there" if x["present"] else f"not there ({', '.join(x['missing'])} missing)"
        _line(f"extra {x['name']}", f"{state}, for {x['gives']}")
        if not x["present"]:
            _line("", x["install"])
    say()
    _line("compiled play", _compiled(found["cache"]))
    t = found["tournaments"]
    _line("tournaments", f"{t['number']} in {t['folder']}" if t["folder"] else t["problem"])
    for p in found["plugins"]:
        state = f"warning: {p['problem']}" if p["problem"] else "loads"
        _line("plugin", f"{p['name']} ({p['kind']}) of {p['distribution']} {p['version']}: {state}")
    for i, line in enumerate(found["class"]):
        _line("" if i else "a class", line)
    _line("COOPGAMES_DATA", found["data"] or "not set")


def _class() -> list[str]:
    """Say what holds around the strategies of a class on this machine."""
    from coopgames.classroom import holds, tried

    try:
        return holds("process", tried())
    except Exception as error:  # whatever it is, the rest is to be said
        return [str(error)]


def _line(name: str, text: str) -> None:
    click.echo(f"{name:<15} {text}".rstrip())


def _compiled(cache: dict[str, Any]) -> str:
    if cache["problem"]:
        return str(cache["problem"])
    if cache["advice"]:
        return f"{cache['advice']} (it took {cache['seconds']:g} s)"
    if cache["compiled"]:
        return (
            f"{cache['compiled']} loops were compiled in {cache['seconds']:g} s and are kept in "
            f"{cache['folder']}"
        )
    return f"{cache['kept']} loops were found in {cache['folder']} in {cache['seconds']:g} s"
