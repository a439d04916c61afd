"""A Python strategy whose code is not here: it plays elsewhere, in a process of its own.

All that is known of it is the hash of its content. Results that it took part in can be read and
reported; to play it again takes whoever has the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coopgames.mistakes import Mistake
from coopgames.strategies.python import Python


def _elsewhere() -> Any:
    raise Mistake(
        "a strategy of a class plays in a process of its own only: coopgames class run plays it"
    )


@dataclass(frozen=True)
class Apart(Python):
    """A Python strategy that plays elsewhere.

    Parameters
    ----------
    content : str
        SHA-256 of what was handed in.
    """

    content: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of what was handed in."""
        return self.content

    def __reduce__(self) -> tuple[Any, ...]:
        return apart, (self.content,)


def apart(content: str) -> Apart:
    """Stand for a strategy whose content has this SHA-256."""
    return Apart(_elsewhere, None, content)
