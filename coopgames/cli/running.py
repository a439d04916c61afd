"""A run that can be broken off: what was played is kept, and how to go on is said."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from coopgames.cli.meter import Meter
from coopgames.mistakes import Mistake


@contextmanager
def kept_on_stop(target: Path, *, quiet: bool) -> Iterator[Meter]:
    """Show how far a run is; if it breaks off, say what is kept and leave.

    Parameters
    ----------
    target : Path
        Where its results go.
    quiet : bool
        Whether it is left unsaid how much was there already.

    Yields
    ------
    Meter
        Told how far it is.
    """
    meter = Meter()
    try:
        yield meter
    except (KeyboardInterrupt, Mistake) as stopped:
        meter.close()
        why = f"coopgames: {stopped}" if isinstance(stopped, Mistake) else "interrupted"
        click.echo(why, err=True)
        if meter.done:
            again = shlex.join(["coopgames", *sys.argv[1:]])
            kept = f"{meter.done} of {meter.total} matches are kept in {target}"
            click.echo(f"{kept}; to go on: {again}", err=True)
        sys.exit(2 if isinstance(stopped, Mistake) else 130)
    finally:
        meter.close()
    if meter.reused and not quiet:
        click.echo(f"{meter.reused} of {meter.total} matches were there already.", err=True)
