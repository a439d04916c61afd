"""What a check finds: whether it passed, and if not, what happened, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

CHECKS = {
    "loads": "The file defines one strategy, and it asks only for what it can see.",
    "errors": "It raises no error, whatever the other does.",
    "actions": "What it returns is always an action.",
    "arguments": "It leaves what it is shown as it is.",
    "determinism": "Seeing the same, with the same luck, it does the same.",
    "order": "It plays the same whichever match comes first.",
    "interleaving": "It plays the same alone and among 100 matches at once.",
    "past": "What it does depends only on what it has seen before.",
    "traits": "It is what its TRAITS say.",
    "time": "It decides in time.",
    "memory": "It keeps within its memory.",
}
"""What each check looks at, as it is said where it passes; in their order."""


@dataclass(frozen=True)
class Finding:
    """What a check found.

    Parameters
    ----------
    check : str
        Which, one of `CHECKS`.
    passed : bool or None
        None where it was not tried, since an earlier one failed.
    says : str
        What was found, in a sentence or two, with an example where it failed.
    line : int or None
        The line of the file that it is about.
    code : str
        What stands there.
    remedy : str
        How to put it right.
    """

    check: str
    passed: bool | None
    says: str
    line: int | None = None
    code: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Report:
    """What all checks found.

    Parameters
    ----------
    source : str
        What was checked: a file, or the name of a plugin's strategy.
    strategy : str
        What it is called; empty where it could not be read.
    findings : tuple of Finding
        One a check, in the order of `CHECKS`.
    """

    source: str
    strategy: str
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether every check passed."""
        return all(f.passed for f in self.findings)

    def failed(self) -> Iterator[Finding]:
        """Give what failed."""
        return (f for f in self.findings if f.passed is False)

    def as_dict(self) -> dict[str, Any]:
        """Put it into what JSON can hold."""
        return {
            "source": self.source, "strategy": self.strategy, "conforms": self.conforms,
            "checks": [asdict(f) for f in self.findings],
        }  # fmt: skip

    def text(self) -> str:
        """Say in plain lines what failed."""
        lines = []
        for f in self.failed():
            lines.append(f"{self.source}: {f.check}: {f.says}")
            if f.line:
                lines.append(f"    line {f.line}: {f.code}")
            lines.append(f"    {f.remedy}")
        return "\n".join(lines)
