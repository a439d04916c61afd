"""What passes between us and a process that plays: frames, in a fixed form, over a channel.

A frame is a header and a body. The header holds the body's length, what kind of frame it is and a
ticket; an answer bears the ticket of its question, which nobody can know before it is asked. Bodies
are arrays of fixed types, in the machine's own byte order, or JSON that is checked key by key.
Nothing that was received is ever unpickled or run.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEADER = struct.Struct("=I8sB")
LOAD, OPEN, ACT, REPLAY = range(4)
"""Questions: read the file; take seats; act in a period; play one match again."""
DONE, FAULT = range(10, 12)
"""Answers."""

LARGEST_SAID = 20_000
"""Bytes that may be said in JSON: no card, no fault needs more."""


def frame(kind: int, ticket: bytes, *parts: bytes) -> bytes:
    """Write a frame."""
    body = b"".join(parts)
    return HEADER.pack(len(body), ticket, kind) + body


def said(content: Any) -> bytes:
    """Write JSON."""
    return json.dumps(content).encode()


def heard(body: bytes, keys: Sequence[str]) -> dict[str, Any] | None:
    """Read JSON of a process that is not trusted: text or a whole number for each key, or None."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or set(content) != set(keys):
        return None
    if not all(type(x) in (str, int) for x in content.values()):
        return None
    return {k: clean(x) if isinstance(x, str) else x for k, x in content.items()}


def clean(text: str, most: int = 500) -> str:
    """Make one line of text that cannot make a terminal lie, and not a long one."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def columns(*arrays: NDArray[Any]) -> bytes:
    """Write arrays of one length, one after the other."""
    return b"".join(np.ascontiguousarray(a).tobytes() for a in arrays)


def apart(body: bytes, n: int, *kinds: str) -> list[NDArray[Any]]:
    """Read arrays of one length again."""
    found, at = [], 0
    for kind in kinds:
        found.append(np.frombuffer(body, kind, n, at))
        at += found[-1].nbytes
    return found
