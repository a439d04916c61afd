"""What ``coopgames read`` says of a single match below its table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coopgames.cli.readingpage import FEW

if TYPE_CHECKING:
    from coopgames.cli.accounts import Told
    from coopgames.readings import Attention


def lines(t: Told) -> Iterator[str]:
    """Say it line by line."""
    yield (
        "[dim]κ: compatibility, 0 before and 1 at the bargain, over the last window; at least: the "
        "lower end of its 90 % interval. + acts of forbearance and concession, − of "
        "aggravation.[/]"
    )
    yield ""
    for line in (
        *_attention(t), *_forms(t), *_regard(t), *_inducements(t), *_agreements(t),
        *_luck(t), *_aftermath(t),
        *_changes(t), *_outsiders(t),
    ):  # fmt: skip
        yield f"· {line}"


def _names(t: Told) -> list[str]:
    from rich.markup import escape

    return [escape(x) for x in t.actors]


def _attention(t: Told) -> Iterator[str]:
    from coopgames.cli.style import number

    for name, x in zip(_names(t), t.account.attention, strict=True):
        if not x.counts:
            yield (
                f"{name}'s choices could as well be in any other order (p = {number(x.p, 2)}): its "
                f"acts are not counted as attempts to adjust.{_rate(x)}"
            )


def _rate(x: Attention) -> str:
    from coopgames.cli.style import percent

    return (
        f" It forbears in {percent(x.forbearance)} of periods; shuffled, in "
        f"{percent(x.shuffled)}, and seldom in more than {percent(x.upper)}."
    )


def _forms(t: Told) -> Iterator[str]:
    from coopgames.cli.style import listed

    names = _names(t)
    seen, hidden = [], []
    for form in t.account.forms:
        said = f"{form.name} {form.code}"
        if form.counts is None:
            why = "" if form.note.startswith("no") else f" ({form.note})"
            hidden.append(f"{form.name}{why}")
        elif len(names) > FEW and any(form.counts):
            seen.append(f"{said} ({sum(form.counts)} by {sum(map(bool, form.counts))} actors)")
        elif any(form.counts):
            who = ", ".join(f"{n} {c}" for n, c in zip(names, form.counts, strict=True) if c)
            seen.append(f"{said} ({who})")
    yield "Forms of adjustment: " + (listed(seen) if seen else "none") + "."
    if hidden:
        yield f"Not visible in this record: {listed(hidden)}."


def _regard(t: Told) -> Iterator[str]:
    import numpy as np

    from coopgames.cli.style import listed, number

    names, rows = _names(t), [np.concatenate(row) for row in t.account.regard]
    whom = [
        f"{names[i]} for {names[1 - i] if len(names) == 2 else 'others'}" for i in range(len(names))
    ]
    if len(names) > FEW:
        rows, whom = [np.concatenate(rows)], ["all for others"]
    said = []
    for who, values in zip(whom, rows, strict=True):
        known = values[~np.isnan(values)]
        if len(known):
            low, high = number(known.min(), 3), number(known.max(), 3)
            said.append(f"{who} {low}" if low == high else f"{who} {low} to {high}")
    if said:
        yield f"Revealed regard, what was given up per unit of another's gain: {listed(said)}."


def _inducements(t: Told) -> Iterator[str]:
    from coopgames.cli.style import number

    names = _names(t)
    for x, held in t.account.inducements:
        kind = (
            "holds out nothing" if not held.positive + held.negative
            else "is a pure promise" if not held.negative
            else "is a pure threat" if not held.positive
            else f"is {number(held.sign, 3)} promise, the rest threat"
        )  # fmt: skip
        worth = "worth heeding" if held.effective else "not worth heeding"
        doubt = [
            word
            for word, size, credible in (
                ("promise", held.positive, held.credible_promise),
                ("threat", held.negative, held.credible_threat),
            )
            if size and not credible
        ]
        believed = f"; the {' and the '.join(doubt)} not credible" if doubt else ""
        yield (
            f"The {x.kind.replace('_', ' ')} of {names[x.sender]} in period "
            f"{x.period + t.record.first} {kind} (gain {number(held.positive)}, loss "
            f"{number(held.negative)} a period), {worth}{believed}."
        )


def _agreements(t: Told) -> Iterator[str]:
    from coopgames.cli.style import number

    found = t.account.agreements
    if not found:
        return
    depths = [x.depth for x in found if x.depth is not None]
    each = " on average" * (len(found) > 1)
    took = _count(sum(x.messages for x in found) / len(found), "message")
    lasted = _count(sum(x.periods for x in found) / len(found), "period")
    deep = ""
    if depths:
        deep = f"; {_count(sum(depths) / len(depths), 'step')} from unregarding policy"
    rate = number(len(found) / len(t.account.course), 2)
    yield (
        f"{_count(len(found), 'agreement')}, {rate} a period: {took} and {lasted}{each} from the "
        f"first offer to the last acceptance{deep}."
    )


def _count(x: float, what: str) -> str:
    from coopgames.cli.style import number

    return f"{number(x, 3)} {what}{'s' * (x != 1)}"


def _luck(t: Told) -> Iterator[str]:
    from coopgames.cli.style import number, percent

    a = t.account
    if not a.measured:
        return
    if all(x.reason == "constant" for x in a.attention):
        return  # who keeps to one action is not lucky
    luck, rule = a.luck, a.seen.rule
    if luck.p >= rule.q:
        yield (
            f"With the same choices in random order {percent(luck.p)} of periods would be "
            f"coordinated, no less than q = {number(rule.q)}: no length of window tells emergence "
            "from luck here."
        )
        return
    if luck.p == 0:
        return
    doubt = " So this window tells little here; try a longer one." * (luck.shuffled > 0.05)
    exact = "" if luck.alarm is None else f", {_chance(luck.alarm)} if periods were independent"
    yield (
        f"With the same choices in random order {percent(luck.p)} of periods would be coordinated, "
        f"and coordination seem to emerge in {_chance(luck.shuffled)} of records{exact}.{doubt}"
    )


def _chance(p: float) -> str:
    from coopgames.cli.style import percent

    return "less than 1 %" if 0 <= p < 0.01 else percent(p)


def _aftermath(t: Told) -> Iterator[str]:
    from coopgames.cli.style import percent

    a, counted = t.account.aftermath, all(x.counts for x in t.account.attention)
    if a.after_discord == a.after_discord:
        beside = "" if a.after_others != a.after_others else (
            f"; after the others in {percent(a.after_others)}"
        )  # fmt: skip
        resigned = " That is resignation." if counted and not a.after_discord else ""
        yield (
            f"After periods short of coordination somebody tried to adjust in "
            f"{percent(a.after_discord)}{beside}.{resigned}"
        )
    if len(a.labels) > 1:
        moves = [
            f"{one} → {other} {count}"
            for one, row in zip(a.labels, a.transitions, strict=True)
            for other, count in zip(a.labels, row, strict=True)
            if count
        ]
        w = t.account.seen.rule.w
        yield f"From one stretch of {w} periods to the next: {', '.join(moves)}."


def _changes(t: Told) -> Iterator[str]:
    from coopgames.cli.style import listed

    changes = t.account.changes
    if 0 < len(changes) <= 6:
        when = listed([str(c + t.record.first) for c in changes])
        yield f"Looked at from its end, compatibility changes its level in period {when}."


def _outsiders(t: Told) -> Iterator[str]:
    from rich.markup import escape

    from coopgames.cli.style import listed, number, percent

    c = t.coalition
    if c is None:
        return
    said = [
        f"{escape(t.record.actors[i])} {number(b)} → {number(a)}"
        for i, b, a in zip(c.outsiders, c.before, c.after, strict=True)
    ]
    yield (
        f"The others, who are taken to go on as before (they did in {percent(c.kept)} of periods): "
        f"{listed(said)}."
    )
