"""What a user got wrong, said in one line.

Everything that is the user's to mend is raised as a `Mistake`, whose text names the place, the
value and what would be right. The command line prints it and exits with 2; any other exception is
a fault of ours and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class Mistake(ValueError):
    """Input that cannot be used, with a message for the person who wrote it."""


def unknown(kind: str, name: object, known: Iterable[str], listed: str = "") -> str:
    """Say that `name` is no `kind`, with the nearest known names.

    Parameters
    ----------
    kind : str
        What was looked for, e.g. ``"strategy"``.
    name : object
        What was asked for.
    known : iterable of str
        The names that exist.
    listed : str, optional
        The command that lists them, where they are too many for a line.

    Returns
    -------
    str
        One line, e.g. ``no strategy "tit-for-tatt" (did you mean tit-for-tat?)``.
    """
    names = {n.casefold(): n for n in sorted(known)}
    near = get_close_matches(str(name).casefold(), names, n=3, cutoff=0.5)
    hint = f"there are: {', '.join(names.values())}"
    if listed:
        hint = f"{listed} shows them all"
    if near:
        hint = f"did you mean {', '.join(names[n] for n in near)}?"
    return f'no {kind} "{name}" ({hint})'
