"""What holds around a class's strategies on this machine, in words."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from coopgames.mistakes import Mistake


def holds(runner: str, fences: Sequence[str]) -> list[str]:
    """Say in sentences what holds, and what does not.

    Parameters
    ----------
    runner : str
        ``process`` or ``hardened``.
    fences : sequence of str
        What the runner found to hold when it tried.
    """
    if runner == "hardened":
        return ["Strategies ran in an interpreter that can only compute."]
    lines = []
    if "calls" in fences:
        lines.append(
            "Strategies could not use the network, start programs, send signals or write files "
            "(seccomp)."
        )
    else:
        lines.append(
            "Nothing on this system holds a strategy back that goes round Python to use the "
            "network, start programs or write files; what it does by ordinary means was refused "
            "and named."
        )
    if "files" in fences:
        lines.append("They could read no files but Python's own (Landlock).")
    else:
        lines.append(
            "They could read what you can read, if they went round Python; by ordinary means it "
            "was refused and named."
        )
    if sys.platform != "linux":
        lines.append("The limit of memory is not kept by this system.")
    return lines


def tried() -> list[str]:
    """Try which fences hold on this machine.

    Raises
    ------
    Mistake
        If strategies cannot be played in processes of their own here at all.
    """
    from coopgames.classroom.forked import Nursery

    if os.name != "posix":
        raise Mistake("strategies are played in processes of their own on Linux and macOS only")
    nursery = Nursery()
    try:
        return nursery.fences
    finally:
        nursery.close()
