"""What ``coopgames read`` shows: a sentence, a table, what else there is, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from coopgames.cli.accounts import Told
    from coopgames.games import Game
    from coopgames.readings import Episode

MOST = 12
"""So many matches or spells are listed, and so many actors drawn; --json has them all."""

FEW = 4
"""So many actors have columns of their own."""

MEANING = {
    "harmony (structural)": "What each did for itself served the other; there was nothing to "
    "adjust.",
    "convention (silent)": "It was coordinated all the same; nobody had to adjust.",
    "cooperation (tacit)": "They held back for one another's sake, without a word, and it paid.",
    "cooperation (adaptive)": "They changed what they did for one another's sake, and it paid.",
    "cooperation (negotiated)": "It was talked about, they adjusted, and it paid.",
    "cooperation (deferential)": "Somebody gave way unasked, and ended worse off than before.",
    "cooperation": "It was imposed: somebody ended worse off than before, pressed by who gained.",
    "imposed adjustment": "Somebody ended worse off than before, pressed by who gained.",
    "discord (untried)": "Nobody attempted to adjust.",
    "discord (resisted)": "Somebody attempted to adjust, and it came to nothing.",
    "discord (intensified)": "Somebody attempted to adjust, and yet it got worse.",
    "independence": "Nobody could help or hinder anybody.",
}
"""What a verdict means, in a sentence."""


def show(game: Game, told: Sequence[Told], ignored: Sequence[str], as_asked: str) -> None:
    """Show accounts: one in full, or many in a table."""
    from coopgames.cli.readingfull import lines
    from coopgames.cli.style import console

    out, one = console(), told[0] if len(told) == 1 else None
    out.print()
    out.print(_sentence(game, one) if one else _sentences(game, told))
    out.print()
    if one:
        if game.shape and max(one.account.seen.game.shape) == 2:
            out.print(_strip(one, out.width - 4))
            out.print()
        out.print(_episodes(one))
        if (more := len(one.actors) - FEW) > 0:
            out.print(f"[dim]… and {more} more actors; --json has them all.[/]")
        out.print()
        for line in lines(one):
            out.print(line, soft_wrap=False)
    else:
        out.print(_verdicts(told))
        out.print()
        out.print(_matches(told))
        if len(told) > MOST:
            out.print(f"[dim]… and {len(told) - MOST:,} more; --json has them all.[/]")
        out.print(_short(told))
    if ignored:
        out.print(f"[dim]Columns that were not read: {_some(ignored)}.[/]")
    out.print()
    for i, (command, why) in enumerate(_next(game, told, as_asked)):
        word = "Next" if i == 0 else "    "
        out.print(f"[bold]{word}[/]  {_escaped(command)}   [dim]{why}[/]", soft_wrap=True)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _some(names: Sequence[str], most: int = 6) -> str:
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return _escaped(", ".join(names[:most])) + rest


def _painted(label: str, text: str) -> str:
    from coopgames.cli.style import OUTCOMES, painted

    return painted(text, OUTCOMES[label])


def _sentence(game: Game, t: Told) -> str:
    from coopgames.cli.style import listed

    a, e = t.account, t.account.whole
    names = [f"[bold]{_escaped(x)}[/]" for x in t.actors]
    who = listed(names) if len(names) <= FEW else f"{names[0]} to {names[-1]}, {len(names)} actors,"
    match = f" (match {_escaped(t.record.match)})" if t.record.match else ""
    count = len(a.course)
    periods = f"{count:,} period{'s' * (count != 1)}"
    start = f"{who} in the game {_escaped(game.name)}{match}, {periods}"
    if len(a.spells) > 1:
        what = ", then ".join(_painted(s.label, s.verdict) for s in a.spells[:4])
        what += ", then …" if len(a.spells) > 4 else ""
        return f"{start}: {what}.{_emergence(t)}"
    seen = ""
    if a.misperceived:
        seen = (
            " That is how they perceived it: in the payoffs that were paid the game is "
            f"{a.actual.structure.category.replace('-', ' ')}, and the record {a.in_fact.verdict}."
        )
    if a.from_self_regard is not None and a.from_self_regard.verdict != e.verdict:
        seen += (
            " Measured from what self-interest alone would have done, it is "
            f"{a.from_self_regard.verdict}."
        )
    meaning = MEANING[e.verdict]
    return f"{start}: {_painted(e.label, e.verdict)}. {meaning}{seen}{_emergence(t)}"


def _emergence(t: Told) -> str:
    a, L = t.account, t.account.seen.rule.L
    if a.seen.chi is None or a.whole.label in {"harmony", "convention", "independence"}:
        return ""
    if not a.measured:
        return (
            f" Too short to say when coordination emerged: with a window of {L} periods it takes "
            f"{4 * L}."
        )
    if a.emerged is None:
        return " Coordination never emerged."
    when = f"after {a.emerged} periods" if a.emerged else "at once"
    last = "and lasted" if a.broke is None else f"and broke down after {a.broke}"
    return f" Coordination emerged {when} {last}."


def _sentences(game: Game, told: Sequence[Told]) -> str:
    from coopgames.cli.style import listed, percent

    shares = Counter(t.account.whole.label for t in told).most_common()
    parts = [
        f"{_painted(x, x)} {percent(n / len(told)) if n / len(told) >= 0.005 else 'under 1 %'}"
        for x, n in shares
    ]
    start = f"{len(told):,} matches of the game {_escaped(game.name)}: {listed(parts)}."
    measured = [t for t in told if t.account.measured]
    if not measured:
        return f"{start} All are too short, or none can be measured, to say when it emerged."
    emerged = [t for t in measured if t.account.emerged is not None]
    broke = sum(t.account.broke is not None for t in emerged)
    again = f"; it broke down again in {percent(broke / len(emerged))} of those" if broke else ""
    of = "" if len(measured) == len(told) else f" of the {len(measured):,} long enough"
    return f"{start} Coordination emerged in {percent(len(emerged) / len(measured))}{of}{again}."


def _strip(t: Told, width: int) -> Text:
    """Draw the first periods: a block where an actor accommodates, a dot where not."""
    from rich.text import Text

    from coopgames.cli.style import ACCOMMODATE, WITHHOLD

    a = t.account
    name = max(map(len, t.actors))
    shown = max(10, min(len(a.course), width - name))
    strip, kinds = Text(), a.seen.kinds
    for seat, actor in enumerate(t.actors[:MOST]):
        strip.append(f"{actor:>{name}}  ")
        for profile in a.course[:shown]:
            kind = bool(kinds[seat, profile])
            strip.append("■" if kind else "·", style=ACCOMMODATE if kind else WITHHOLD)
        strip.append("…\n" if len(a.course) > shown else "\n")
    strip.append(f"{'':>{name}}  ■ accommodates  · withholds", style="dim")
    return strip


def _episodes(t: Told) -> Table:
    """Make a table of the spells, or of the whole where there is one."""
    from rich.table import Table

    from coopgames.cli.style import number

    a, actors = t.account, [_escaped(x) for x in t.actors[:FEW]]
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("periods", no_wrap=True)
    table.add_column("what it was", no_wrap=True)
    table.add_column("κ", justify="right")
    table.add_column("at least", justify="right")
    for actor in actors:
        table.add_column(f"{actor}\nbefore → after", justify="right")
    for actor in actors:
        table.add_column(f"{actor}\n+ / −", justify="right")
    for e in a.spells[:MOST]:
        first = t.record.first
        table.add_row(
            f"{e.start + first}–{e.stop - 1 + first}",
            _painted(e.label, e.verdict),
            number(e.kappa, 2),
            number(e.floor, 2),
            *(f"{number(e.before[i])} → {number(e.after[i])}" for i in range(len(actors))),
            *(f"{e.acts[i]} / {e.aggravations[i]}" for i in range(len(actors))),
        )
    return table


def _verdicts(told: Sequence[Told]) -> Table:
    from rich.table import Table

    from coopgames.cli.style import number, percent

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for head in ("what it was", "matches", "", "mean κ"):
        table.add_column(head, justify="left" if head == "what it was" else "right")
    kinds: dict[tuple[str, str], list[Episode]] = {}
    for t in told:
        e = t.account.whole
        kinds.setdefault((e.label, e.verdict), []).append(e)
    for (label, verdict), found in sorted(kinds.items(), key=lambda x: -len(x[1])):
        kappa = sum(e.kappa for e in found) / len(found)
        table.add_row(
            _painted(label, verdict), f"{len(found):,}", percent(len(found) / len(told)),
            number(kappa, 2),
        )  # fmt: skip
    return table


def _matches(told: Sequence[Told]) -> Table:
    from rich.table import Table

    from coopgames.cli.style import number

    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for head in ("match", "actors", "periods", "what it was", "κ", "after", "emerged", "broke"):
        right = head in {"periods", "κ", "after", "emerged", "broke"}
        table.add_column(head, justify="right" if right else "left", no_wrap=True)
    for t in told[:MOST]:
        a, e = t.account, t.account.whole
        table.add_row(
            _escaped(t.record.match),
            _some(t.actors, 3),
            f"{len(a.course):,}",
            _painted(e.label, e.verdict),
            number(e.kappa, 2),
            ", ".join(number(x) for x in e.after[:4]) + ("…" if len(e.after) > 4 else ""),
            "—" if a.emerged is None else str(a.emerged),
            "—" if a.broke is None else str(a.broke),
        )
    return table


def _short(told: Sequence[Told]) -> str:
    """Say how many matches are so short that little can be read from them."""
    w = told[0].account.seen.rule.w
    short = sum(len(t.account.course) < w for t in told)
    if not short:
        return ""
    return (
        f"[dim]{short:,} of the matches have fewer than w = {w} periods: what they were hangs on a "
        "choice or two.[/]"
    )


def _next(game: Game, told: Sequence[Told], as_asked: str) -> list[tuple[str, str]]:
    """Suggest what to look at now."""
    import shlex

    steps = []
    if len(told) > 1:
        one = shlex.quote(told[0].record.match)
        steps.append((f"{as_asked} --match {one}", "one match in full"))
    a = told[0].account
    if len(told) == 1 and not a.measured and a.seen.chi is not None and len(a.course) >= 8:
        L = len(a.course) // 4
        steps.append((f"{as_asked} --rule L={L}", "a window that the record has room for"))
    if len(told) == 1 and a.measured and a.turns == 1 and a.emerged is None:
        steps.append((f"{as_asked} --turns 2", "if taking turns is how they coordinate"))
    if any(not x.counts for t in told for x in t.account.attention):
        steps.append((f"{as_asked} --count-all", "count also acts that may be drawn by lot"))
    steps.append(
        (f"coopgames classify {shlex.quote(game.name)} --explain", "what the game encodes")
    )
    steps.append((f"{as_asked} --json", "every number"))
    return steps
