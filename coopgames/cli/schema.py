"""``coopgames schema``: what an experiment's file may hold, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from coopgames.mistakes import Mistake


@click.command()
@click.option("--regime", is_flag=True, help="Print that of regimes' files instead.")
@click.option(
    "-o",
    "--out",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write it into this file instead.",
)
def schema(regime: bool, file: Path | None) -> None:
    """Print the JSON Schema of experiment files, with which an editor completes and checks them.

    \b
    Write it beside your experiment and name it in that file's first line:
        coopgames schema -o coopgames.schema.json
        #:schema ./coopgames.schema.json

    VS Code with the extension Even Better TOML reads that line, and so does every editor with the
    language server Taplo (Neovim, Emacs, Helix, Zed). To coopgames it is a comment.
    """  # noqa: D301 — click looks for the backspace itself
    from coopgames.specs import regime_schema
    from coopgames.specs import schema as experiment_schema

    made = regime_schema() if regime else experiment_schema()
    text = json.dumps(made, indent=2, ensure_ascii=False)
    if file is None:
        click.echo(text)
        return
    try:
        file.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Mistake(f"{file}: cannot be written: {error.strerror}") from None
    click.echo(f"{file}")
    kind = "a regime's" if regime else "an experiment's"
    click.echo(f"Next  put this first in {kind} file beside it: #:schema ./{file.name}")
