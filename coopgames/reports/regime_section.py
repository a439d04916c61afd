"""The part of the page that says which regime is in force."""

from __future__ import annotations

from coopgames.reports import regime_words as words
from coopgames.reports.markup import paragraphs, section, table, text, unfolding
from coopgames.reports.words import listed
from coopgames.specs import Experiment


def the_regime(experiment: Experiment) -> str:
    """Say who is asked what, how well it is watched, what follows, and by which channels it works.

    Parameters
    ----------
    experiment : Experiment
        With a regime, or the section is empty.
    """
    if experiment.regime is None:
        return ""
    game = experiment.game
    a = experiment.regime.settled(game)
    r = a.regime
    facts = [
        ["asked", f"{words.asked(a, game)}."],
        *(["watched", f"{said}."] for said in words.watched(a, game) or ["nothing"]),
        ["answered", words.answer(a)],
        ["channels", f"{words.channels(a)}."],
        ["binds", f"{listed(a.members)}." if a.members else "all who play."],
    ]
    notes = [*r.coding, *r.sources]
    behind = "".join(f"<li>{text(note)}</li>" for note in notes)
    return section(
        "regime",
        "The regime",
        f'<p class="big">{text(words.title(r))}</p>',
        paragraphs(r.story),
        table("What it comes to in this game", ["what", "how"], facts, words=frozenset({1})),
        paragraphs(
            "Nobody enforces it. It shows each actor what is asked and who is in good standing; "
            "what they do about it is their affair, and payoffs are those of the game.", "note",
        ),
        unfolding("How it is coded, and its sources", f'<ul class="note">{behind}</ul>')
        if behind else "",
    )  # fmt: skip
