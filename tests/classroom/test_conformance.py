"""Strategies that break one rule each, and what their author is told.

Every line below that a strategy is said to be wrong on was found by reading the strategy.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from coopgames.classroom import CHECKS, check, conforms
from coopgames.mistakes import Mistake

BROKEN = {
    "loads": (
        "def strategy(mine, theirs)\n    return 0\n",
        1,
        ["It cannot be used: line 1: is not valid Python", "a colon may be missing"],
    ),
    "errors": (
        "def strategy(theirs):\n    last = theirs[-1]\n    return last\n",
        2,
        ["fails in period 1 against one who always accommodates: IndexError", "`if not theirs:`"],
    ),
    "actions": (
        "def strategy(theirs):\n    if 1 in theirs:\n        return 'sulk'\n    return 0\n",
        3,
        ["It returned 'sulk' in period 2 against one who always withholds", "Return the number 0"],
    ),
    "arguments": (
        "def strategy(mine, theirs):\n    if theirs:\n        list.pop(theirs)\n    return 0\n",
        4,
        ["changes what it is shown, in period 2", "it changed theirs", "past = list(theirs)"],
    ),
    "determinism": (
        "import random\n\n\ndef strategy():\n    return random.randint(0, 1)\n",
        5,
        ["twice, saw the same and had the same luck", "chance.random()"],
    ),
    "order": (
        "met = []\n\n\ndef strategy(theirs):\n    if not theirs:\n        met.append(1)\n"
        "    return int(len(met) > 3)\n",
        6,
        ["before and after other matches", "It remembers something of other matches", "memory["],
    ),
    "interleaving": (
        "angry = 0\n\n\ndef strategy(theirs):\n    global angry\n    if not theirs:\n"
        "        angry = 0\n    elif theirs[-1]:\n        angry = 1\n    return angry\n",
        5,
        ["while 99 other matches were going on", "disturb one another", "memory["],
    ),
    "past": (
        "import sys\n\n\ndef strategy(mine):\n    match = sys._getframe(2).f_locals\n"
        "    other = match.get('move0')\n    return other(len(mine)) if other else 0\n",
        5,
        ["the same up to period 0 and different things in period 1", "by mine, theirs and memory"],
    ),
    "traits": (
        'TRAITS = {"nice": True}\n\n\ndef strategy(mine):\n    return int(len(mine) == 7)\n',
        1,
        ['TRAITS say "nice": True', "in period 8 it withheld from one who had always accommodated"],
    ),
    "time": (
        "def strategy(theirs):\n    while len(theirs) < 5:\n        try:\n            1 / 0\n"
        "        except BaseException:\n            pass\n    return 0\n",
        None,  # wherever in the loop it was
        ["It does not come to an end", "A loop has no way out"],
    ),
    "memory": (
        "def strategy(mine, memory):\n    if len(mine) == 150:\n"
        "        memory['map'] = bytearray(10**8)\n    return 0\n",
        3,
        ["A match of 200 periods needs", "64 is the limit", "Keep less"],
    ),
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_there_is_one_for_each_check() -> None:
    assert list(CHECKS) == list(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_one_rule_is_told_so(tmp_path: Path, name: str) -> None:
    text, line, words = BROKEN[name]
    report = check(written(tmp_path, text), deadline=3)
    assert not report.conforms
    (found,) = report.failed()
    assert found.check == name
    said = f"{found.says} {found.remedy}"
    for part in words:
        assert part in said, said
    if line:
        assert found.line == line
        assert found.code == text.splitlines()[line - 1].strip()
    else:
        assert found.line in range(2, 7)


GOOD = """
TRAITS = {"nice": True, "retaliating": True, "forgiving": True, "memory": 1, "stochastic": True}


class Strategy:
    def __init__(self):
        self.kind = 0.9

    def act(self, theirs, chance):
        if theirs and theirs[-1] == 1:
            return 1 if chance.random() < self.kind else 0
        return 0
"""


def test_what_keeps_to_them_passes(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    report = check(path)
    assert report.conforms, report.text()
    assert [(f.check, f.passed) for f in report.findings] == [(c, True) for c in CHECKS]
    conforms(path)


OTHERS = {
    "a set": (
        "def strategy(mine):\n    words = {'stay', 'go', 'wait', 'turn', 'leave'}\n"
        "    return int(list(words)[len(mine) % 5] in ('go', 'leave'))\n",
        "determinism",
    ),
    "a clock": ("import time\n\n\ndef strategy():\n    time.sleep(0.01)\n    return 0\n", "time"),
    "an end": ("import os\n\n\ndef strategy(mine):\n    os._exit(3)\n", "errors"),
    "a crash": (
        "import ctypes\n\n\ndef strategy(mine):\n    ctypes.string_at(0)\n    return 0\n", "errors",
    ),
    "a bomb": ("def strategy(mine):\n    return len(bytearray(10**11)) * 0\n", "memory"),
    "a default": (
        "def strategy(theirs, log=[]):\n    log.append(1)\n    return int(len(log) > 99)\n",
        "order",
    ),
    "a reader": ("def strategy(label):\n    return label.asked\n", "loads"),
    "an ending": ("import sys\n\nsys.exit(1)\n", "loads"),
    "a waiting": ("while True:\n    pass\n", "time"),
    "a forgetting": (
        'TRAITS = {"memory": 1}\n\n\ndef strategy(theirs):\n    return int(1 in theirs[-2:])\n',
        "traits",
    ),
    "a grudge": (
        'TRAITS = {"forgiving": True}\n\n\ndef strategy(theirs):\n    return int(1 in theirs)\n',
        "traits",
    ),
}  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
@pytest.mark.parametrize("name", OTHERS)
def test_other_ways_to_break_them(tmp_path: Path, name: str) -> None:
    text, expected = OTHERS[name]
    found = list(check(written(tmp_path, text), deadline=3).failed())
    assert [f.check for f in found] == [expected], found


def test_a_plugins_test_fails_with_all_that_is_wrong(tmp_path: Path) -> None:
    path = written(tmp_path, BROKEN["errors"][0])
    with pytest.raises(AssertionError) as caught:
        conforms(path)
    assert str(caught.value).splitlines()[:2] == [
        f"{path}: errors: It fails in period 1 against one who always accommodates: IndexError: "
        "list index out of range.",
        "    line 2: last = theirs[-1]",
    ]


def test_a_table_cannot_fail(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'name = "x"\ninitial = "a"\n[[state]]\nname = "a"\naccommodate = 1.0\n'
        'next = {CC = "a", CD = "a", DC = "a", DD = "a"}\n'
    )
    assert check(path).conforms
    path.write_text('name = "x"\n')
    (found,) = (f for f in check(path).findings if f.check == "loads")
    assert "missing" in found.says


@pytest.mark.parametrize("source", ["nowhere.py", "nobody-has-this-name"])
def test_what_is_not_there(source: str) -> None:
    with pytest.raises(Mistake, match=f'{source}: there is no such file|no strategy "{source}"'):
        check(source)


def test_the_command(tmp_path: Path) -> None:
    path = written(tmp_path, BROKEN["actions"][0])
    command = [sys.executable, "-m", "coopgames", "check", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    for words in (
        "does not keep to the rules yet",
        "line 3  return 'sulk'",
        "Next  coopgames check",
    ):
        assert words in told.stdout
    as_json = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    found = json.loads(as_json.stdout)
    assert (found["conforms"], found["strategy"]) == (False, "mine")
    assert [c["check"] for c in found["checks"] if c["passed"] is False] == ["actions"]
