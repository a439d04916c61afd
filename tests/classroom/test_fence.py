"""What holds a strategy that knows how to go round Python: tried in a process of its own."""

import subprocess
import sys

import pytest

from coopgames.classroom import fence, holds, tried
from coopgames.classroom.fences import tried as tried_here


@pytest.fixture(scope="module")
def fences():
    if sys.platform != "linux":
        pytest.skip("seccomp and Landlock are Linux's")
    return tried()


CONFINED = """
import ctypes, errno, os, socket, sys
from coopgames.classroom.child import confine
from coopgames.classroom.forked import readable
own = sys.argv[1]
confine({{"memory": 200, "total": 5, "fences": ["die", "files", "calls"],
         "readable": [*map(str, readable()), own]}})
libc = ctypes.CDLL(None, use_errno=True)
def refused(result):
    return result == -1 and ctypes.get_errno() in (errno.EPERM, errno.EACCES)
{what}
"""

ATTEMPTS = {
    "reads a rival": "ok = refused(libc.open(sys.argv[2].encode(), os.O_RDONLY))",
    "reads its own": "ok = libc.open(f'{own}/own.py'.encode(), os.O_RDONLY) > 0",
    "imports what is new": "import colorsys, wave; ok = True",
    "writes beside itself": "ok = refused(libc.open(f'{own}/x'.encode(), 0o101, 0o600))",
    "writes over a rival": "ok = refused(libc.open(sys.argv[2].encode(), os.O_WRONLY))",
    "removes a rival": "ok = refused(libc.unlink(sys.argv[2].encode()))",
    "opens a socket": "ok = refused(libc.socket(2, 1, 0))",
    "starts a process": "ok = refused(libc.fork())",
    "kills its parent": "ok = refused(libc.kill(os.getppid(), 9))",
    "looks into its parent": "ok = refused(libc.ptrace(16, os.getppid(), 0, 0))",
    "starts a program": "ok = refused(libc.execv(b'/bin/true', None))",
    "shares memory": "ok = refused(libc.shmget(1, 4096, 0o1666))",
    "takes more memory": """
try:
    x = bytearray(1 << 30)
    ok = False
except MemoryError:
    ok = True
""",
    "computes and tells the time": "import time, math; ok = math.sqrt(time.time()) > 0",
}


@pytest.mark.parametrize("what", ATTEMPTS)
def test_what_holds(what, fences, tmp_path):
    if not {"files", "calls"} <= set(fences):
        pytest.skip(f"this system has only {fences}")
    (tmp_path / "own").mkdir()
    (tmp_path / "own/own.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "rival.py").write_text("secret = 1\n", encoding="utf-8")
    code = CONFINED.format(what=f"{ATTEMPTS[what]}\nsys.exit(0 if ok else 3)")
    command = [sys.executable, "-c", code, str(tmp_path / "own"), str(tmp_path / "rival.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "rival.py").read_text(encoding="utf-8") == "secret = 1\n"


def test_the_filters_are_whole():
    for machine in fence.ALLOWED:
        code = fence.program(machine, 1)
        assert code[-1] == (0x06, 0, 0, 0x00050001)  # what is not named is refused
        for i, (op, yes, no, _) in enumerate(code):
            if op in (0x15, 0x35, 0x45):
                assert i + 1 + max(yes, no) < len(code)


def test_what_is_said_is_what_was_found():
    all_ = " ".join(holds("process", ["die", "files", "calls"]))
    assert "could not use the network" in all_
    assert "no files but Python's own" in all_
    none = " ".join(holds("process", []))
    assert "could not" not in none
    assert "could read what you can read" in none
    assert tried is tried_here
