"""Each strategy in an interpreter that can do nothing but compute: pydantic-monty.

Monty runs a part of Python written anew in Rust, without files, network, clock, system or C
behind it, in worker processes of its own. What a strategy can use is what Monty knows: no class
that inherits, and few modules (math, random, re, json and some more). In return there is nothing
to break out to.

The code that feeds a strategy its observations runs in there too, beside it; what comes out is
checked here.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from coopgames.classroom.runner import Card, Limits, Shown, Stream, Trouble
from coopgames.classroom.wire import clean
from coopgames.mistakes import Mistake
from coopgames.play import UNSHOWN, Actions, Asked
from coopgames.strategies import SEES

HARNESS = """
class __Chance:
    def __init__(self):
        self.key, self.drawn = 0, 0
    def random(self):
        i = self.drawn
        self.drawn = i + 1
        if i == 0:
            return (self.key >> 32) * 2.0**-32
        z = (self.key + i * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53
    def integer(self, low, high):
        return low + int(self.random() * (high - low + 1))
    def choice(self, items):
        return items[self.integer(0, len(items) - 1)]

__at = [-1, 0]
__seats = []

def __sit(where):
    return (where, [], [], __Chance(), {}, MAKE)

def __open(wheres):
    __seats.clear()
    __at[1] = 0
    for i, where in enumerate(wheres):
        __at[0] = i
        __seats.append(__sit(where))

def __one(seat, period, done, seen, key):
    where, mine, theirs, chance, memory, act = seat
    if period:
        mine.append(done)
        theirs.append(seen)
    chance.key, chance.drawn = key, 0
    horizon, payoffs = __horizon, __payoffs[where]
    action = act(ASKS)
    if len(mine) != period or len(theirs) != period:
        raise ValueError("__changed")
    if type(action) is int and 0 <= action < len(__names[where]):
        return action
    if type(action) is str and action in __names[where]:
        return __names[where].index(action)
    raise ValueError("__returned " + repr(action)[:100])

def __act(period, seats, dones, seens, keys):
    __at[1] = period + 1
    out = []
    for i, done, seen, key in zip(seats, dones, seens, keys):
        __at[0] = i
        out.append(__one(__seats[i], period, done, seen, key))
    return out

def __again(where, dones, seens, keys):
    __at[0] = -1
    seat = __sit(where)
    out = []
    for period, (done, seen, key) in enumerate(zip(dones, seens, keys)):
        __at[1] = period + 1
        out.append(__one(seat, period, done, seen, key))
    return out
"""
"""What plays the seats; MAKE and ASKS are filled in."""


class Hardened:
    """Strategies in Monty; see `coopgames.classroom.runner.Runner`."""

    fences = ("monty",)

    def __init__(self, shown: Shown, limits: Limits) -> None:
        try:
            import pydantic_monty
        except ImportError:
            raise Mistake(
                "the runner hardened needs pydantic-monty: pip install 'coopgames[hardened]'"
            ) from None
        self._monty, self._shown, self._limits = pydantic_monty, shown, limits
        self._files: dict[str, Path] = {}
        self._sessions: dict[str, Any] = {}
        self._threads = ThreadPoolExecutor(os.cpu_count() or 1)
        self._pool: Any = None

    def load(self, files: Mapping[str, Path]) -> Mapping[str, Card | Trouble]:
        """Start a worker for each file, and read it there."""
        self._files |= files
        # One for each, and one in turn for what is played again.
        most = 2 * len(self._files) + 1
        try:
            self._pool = self._monty.Monty(max_processes=most).__enter__()
        except FileNotFoundError:
            raise Mistake(
                "pydantic-monty is installed without its program; install it anew, or name the "
                "program in MONTY_BIN"
            ) from None
        return self._each(files, lambda name, _: self._load(name, self._sessions))

    def _load(self, name: str, into: dict[str, Any]) -> Card | Trouble:
        source = self._files[name].read_bytes().decode("utf-8", "replace")
        found = _reads(source)
        if isinstance(found, Trouble):
            return found
        make, asks, card = found
        session = self._pool.checkout(
            script_name=self._files[name].name,
            limits={
                "max_feed_duration_secs": self._limits.answer,
                "max_memory": self._limits.memory << 20,
                "max_suspensions": 1,
            },
        ).__enter__()
        into[name] = session
        shown = self._shown
        inputs = {"__names": shown.names, "__payoffs": shown.payoffs, "__horizon": shown.horizon}
        harness = HARNESS.replace("MAKE", make).replace("ASKS", ", ".join(asks))
        wrong = self._feed(into, name, source, {}) or self._feed(into, name, harness, inputs)
        return wrong if isinstance(wrong, Trouble) else card

    def _feed(self, sessions: dict[str, Any], name: str, code: str, inputs: dict[str, Any]) -> Any:
        """Run code beside a strategy; give its value, or what went wrong."""
        m, session = self._monty, sessions[name]
        printed = m.CollectString(100_000)
        try:
            return session.feed_run(code, inputs=inputs, print_callback=printed)
        except m.MontyCrashedError as error:
            del sessions[name]
            late = bool(getattr(error, "timed_out", False))
            words = "took too long" if late else "crashed its interpreter"
            return Trouble(words, "time" if late else "crash")
        except m.MontyError as error:
            return self._trouble(sessions, name, error, code)

    def _trouble(self, sessions: dict[str, Any], name: str, error: Any, code: str) -> Trouble:
        inner, text = error.exception(), clean(str(error))
        seat, period = -1, 0
        if not isinstance(inner, TimeoutError | MemoryError) and "__at" in HARNESS and "(" in code:
            seat, period = self._where(sessions, name)
        session = sessions.pop(name)
        session.__exit__(None, None, None)
        where = {"period": period or None, "seat": None if seat < 0 else seat}
        if isinstance(inner, TimeoutError):
            return Trouble(f"took more than {self._limits.answer:g} seconds for an answer", "time")
        if isinstance(inner, MemoryError):
            return Trouble(f"failed: {text}", "memory", **where)  # type: ignore[arg-type]
        if "__returned " in text:
            k = enumerate(self._shown.names[0])
            would = ", ".join(f"{i} ({n})" for i, n in k)
            given = text.partition("__returned ")[2]
            what = f"returned {given}, which is no action; one of {would} would be"
            return Trouble(what, "mistake", **where)  # type: ignore[arg-type]
        if text.endswith("__changed"):
            what = "changed the histories that it was shown"
            return Trouble(what, "mistake", **where)  # type: ignore[arg-type]
        line = _line(error, self._files[name].name)
        return Trouble(f"failed: {text}{line}", "mistake", **where)  # type: ignore[arg-type]

    def _where(self, sessions: dict[str, Any], name: str) -> tuple[int, int]:
        try:
            at = sessions[name].feed_run("__at")
        except self._monty.MontyError:
            return -1, 0
        good = isinstance(at, list) and len(at) == 2 and all(type(x) is int for x in at)
        return (at[0], at[1]) if good else (-1, 0)

    def open(self, seats: Mapping[str, Actions]) -> Mapping[str, Trouble]:
        """Take seats; give what went wrong."""
        found = self._each(seats, lambda name, x: self._feed(
            self._sessions, name, "__open(__given)", {"__given": x.tolist()}))  # fmt: skip
        return {name: x for name, x in found.items() if isinstance(x, Trouble)}

    def act(self, period: int, asked: Mapping[str, Asked]) -> Mapping[str, Actions | Trouble]:
        """Ask for the actions of a period."""

        def ask(name: str, x: Asked) -> Actions | Trouble:
            told = [a.tolist() for a in (x.seats, x.mine, x.theirs, x.keys)]
            return self._actions(self._sessions, name, "__act", [period, *told], len(x.seats))

        return self._each(asked, ask)

    def again(
        self, streams: Mapping[str, Sequence[Stream]]
    ) -> Mapping[str, list[Actions] | Trouble]:
        """Play matches again, one after the other, by strategies read afresh."""

        def replay(name: str, theirs: Sequence[Stream]) -> list[Actions] | Trouble:
            fresh: dict[str, Any] = {}
            found = self._load(name, fresh)
            if isinstance(found, Trouble):
                return found
            done = []
            for x in theirs:
                told = [x.where, *(a.tolist() for a in (x.mine, x.theirs, x.keys))]
                actions = self._actions(fresh, name, "__again", told, len(x.did))
                if isinstance(actions, Trouble):
                    return actions
                done.append(actions)
            fresh[name].__exit__(None, None, None)
            return done

        return self._each(streams, replay)

    def _actions(
        self, sessions: dict[str, Any], name: str, call: str, told: list[Any], n: int
    ) -> Actions | Trouble:
        inputs = {f"__g{i}": x for i, x in enumerate(told)}
        answer = self._feed(sessions, name, f"{call}({', '.join(inputs)})", inputs)
        if isinstance(answer, Trouble):
            return answer
        k = len(self._shown.names[0])
        sound = isinstance(answer, list) and len(answer) == n
        if not sound or not all(type(a) is int and 0 <= a < k for a in answer):
            sessions.pop(name).__exit__(None, None, None)
            return Trouble("sent something that was no answer to what it was asked", "forbidden")
        return np.array(answer, np.uint8)

    def _each(self, what: Mapping[str, Any], do: Callable[[str, Any], Any]) -> dict[str, Any]:
        names = list(what)
        return dict(zip(names, self._threads.map(lambda n: do(n, what[n]), names), strict=True))

    def close(self) -> None:
        """Let all go."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for session in self._sessions.values():
            session.__exit__(None, None, None)
        if self._pool is not None:
            self._pool.__exit__(None, None, None)


def _line(error: Any, file: str) -> str:
    """Say on which line of the file it was."""
    frames = error.traceback() if hasattr(error, "traceback") else []
    lines = [f.line for f in frames if Path(f.filename).name in (file, "<python-input-0>")]
    return f" (line {lines[-1]})" if lines else ""


def _reads(source: str) -> tuple[str, list[str], Card] | Trouble:
    """Find what a file defines and what that asks for; it is read, not run."""
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        return Trouble(f"line {error.lineno}: is not valid Python: {error.msg}", "file")
    except (ValueError, RecursionError, MemoryError):
        return Trouble("is not valid Python", "file")
    made = {n.name: n for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    function, kind = made.get("strategy"), made.get("Strategy")
    if (function is None) == (kind is None):
        both = function is not None
        return Trouble(
            f"defines {'both' if both else 'neither'} a function strategy(mine, theirs) "
            f"{'and' if both else 'nor'} a class Strategy; exactly one of them is needed",
            "file",
        )
    make, found = "strategy", function
    if isinstance(kind, ast.ClassDef):
        make = "Strategy().act"
        methods = (n for n in kind.body if isinstance(n, ast.FunctionDef))
        found = next((n for n in methods if n.name == "act"), None)
    if not isinstance(found, ast.FunctionDef):
        return Trouble("has no method act(self, mine, theirs)", "file")
    asks = _asks(found)[1 if kind else 0 :]
    if "label" in asks:
        return Trouble(UNSHOWN, "file")
    odd = [name for name in asks if name not in SEES]
    if odd:
        return Trouble(f"asks for {', '.join(odd)}; what it can see is {', '.join(SEES)}", "file")
    return make, asks, Card(**{
        target.id.lower(): clean(node.value.value)
        for node in body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in ("NAME", "AUTHOR", "DESCRIPTION")
        and isinstance(node.value.value, str)
    })  # fmt: skip


def _asks(function: ast.FunctionDef) -> list[str]:
    arguments = function.args
    required = [*arguments.posonlyargs, *arguments.args]
    return [a.arg for a in required[: len(required) - len(arguments.defaults)]]
