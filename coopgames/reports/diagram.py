"""An automaton as a picture: its states, and where each outcome of a period leads.

Who accommodates is a circle, who withholds a square, and a ring in two colours shows a lottery;
each says so in words too. States stand on a circle in the order of the table, clockwise from the
initial one at the left. Arrows carry outcomes with one's own action first, merged where they lead
to the same state. A dashed arrow is followed only if one's own hand slips.

Points are complex numbers, with the imaginary axis downwards as in SVG.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from coopgames.mistakes import Mistake
from coopgames.reports.palette import FAINT, INK, OUTCOMES, PAPER, SOFT, tint
from coopgames.strategies import Automaton

MOST = 24
"""So many states can still be told apart in a picture."""

ACCOMMODATES, WITHHOLDS = OUTCOMES["cooperation"], OUTCOMES["discord"]

MERGED = {
    ("CC", "CD", "DC", "DD"): "always",
    ("CC", "CD"): "own C",
    ("DC", "DD"): "own D",
    ("CC", "DC"): "other C",
    ("CD", "DD"): "other D",
}
"""Words for outcomes that have something in common."""

RADIUS, CORNER, HEAD, GAP = 62.0, 12.0, 11.0, 2.0
SMALL, PLAIN, LARGE = 13.0, 15.0, 21.0
MARGIN, ROW = 28.0, 21.0


@dataclass(frozen=True)
class _Arrow:
    """From one place to another, both as numbers of places."""

    tail: int
    head: int
    label: str
    slip: bool


@dataclass(frozen=True)
class _Box:
    """The rectangle that something takes up."""

    centre: complex
    width: float
    height: float

    def overlap(self, other: _Box) -> float:
        """Area that both take up."""
        apart = self.centre - other.centre
        across = (self.width + other.width) / 2 - abs(apart.real)
        down = (self.height + other.height) / 2 - abs(apart.imag)
        return max(across, 0) * max(down, 0)

    def holds(self, point: complex) -> bool:
        """Whether a point lies within."""
        apart = point - self.centre
        return abs(apart.real) < self.width / 2 and abs(apart.imag) < self.height / 2

    @property
    def corners(self) -> tuple[complex, complex]:
        """Upper left and lower right."""
        half = complex(self.width, self.height) / 2
        return self.centre - half, self.centre + half


def state_diagram(automaton: Automaton, title: str) -> str:
    """Draw the states of an automaton for two actions as SVG.

    States that cannot be reached, even if one's own hand slips, are left out.

    Parameters
    ----------
    automaton : Automaton
        What to draw.
    title : str
        The heading, usually the strategy's name.

    Returns
    -------
    str
        A complete SVG document; the same for the same automaton and title, byte for byte.

    Raises
    ------
    Mistake
        If there are more states than can be read, or other than two actions.
    """
    if automaton.next.shape[1:] != (2, 2):
        raise Mistake(f"{title}: only automata for two actions can be drawn")
    states = automaton.reachable()
    if len(states) > MOST:
        raise Mistake(
            f"{title}: its {len(states)} states are too many to draw legibly ({MOST} at most); "
            "`coopgames strategies show` gives the table with --json"
        )
    first = states.index(automaton.initial)
    states = states[first:] + states[:first]
    arrows = _arrows(automaton, states)
    kinds = [float(automaton.mix[s, 0]) for s in states]
    names = [automaton.states[s] for s in states]
    drawing = _Drawing(_places(len(states), len(arrows)), kinds, names, arrows)
    return _document(title, _description(names, kinds, arrows), drawing, _legend(arrows))


def _arrows(automaton: Automaton, states: Sequence[int]) -> list[_Arrow]:
    found = []
    for tail, s in enumerate(states):
        leads: dict[int, list[str]] = {}
        for a, own in enumerate("CD"):
            for o, other in enumerate("CD"):
                leads.setdefault(int(automaton.next[s, a, o]), []).append(own + other)
        for to, outcomes in leads.items():
            label = MERGED.get(tuple(outcomes), ", ".join(outcomes))
            slip = not any(automaton.mix[s, "CD".index(x[0])] > 0 for x in outcomes)
            found.append(_Arrow(tail, states.index(to), label, slip))
    return found


def _places(n: int, arrows: int) -> list[complex]:
    if n < 3:
        return [0j, 310 + 0j][:n]
    apart = 235 if arrows <= 3 * n else 300
    radius = max(190.0, apart / (2 * math.sin(math.pi / n)))
    return [cmath.rect(radius, math.pi + 2 * math.pi * i / n) for i in range(n)]


class _Drawing:
    """Draws from back to front, remembering what is taken so that labels find room."""

    def __init__(
        self,
        places: list[complex],
        kinds: list[float],
        names: list[str],
        arrows: list[_Arrow],
    ) -> None:
        self.places, self.kinds = places, kinds
        self.taken = [_Box(z, 2 * RADIUS, 2 * RADIUS) for z in places]
        self.lines: list[str] = []
        self.labels: list[str] = []
        self._start()
        self.shapes = [_state(*x) for x in zip(places, names, kinds, strict=True)]
        ends = {(x.tail, x.head) for x in arrows}
        curves = [
            self._loop(x) if x.tail == x.head else self._arc(x, bowed=(x.head, x.tail) in ends)
            for x in arrows
        ]
        for arrow, curve in zip(arrows, curves, strict=True):
            self.lines += _path(curve, arrow.slip)
        passed = [[_at(curve, t / 32) for t in range(33)] for curve in curves]
        # Labels of loops have no choice where to stand, so they come first.
        for i in sorted(range(len(arrows)), key=lambda i: arrows[i].tail != arrows[i].head):
            rest = [z for j, points in enumerate(passed) if j != i for z in points]
            self._label(arrows[i].label, self._beside(arrows[i], curves[i]), rest)

    @property
    def content(self) -> list[str]:
        """All elements."""
        return [*self.lines, *self.shapes, *self.labels]

    def edge(self, place: int, towards: complex) -> complex:
        """Find where a ray from a state's centre leaves its shape."""
        way = towards / abs(towards)
        reach = RADIUS
        if self.kinds[place] == 0:
            side, corner = RADIUS - 4, CORNER
            flat = side / max(abs(way.real), abs(way.imag))
            # At its rounded corners the square ends earlier.
            reach = min(flat, (side - corner) * math.sqrt(2) + corner)
        return self.places[place] + way * (reach + GAP)

    def _start(self) -> None:
        tip = self.edge(0, -1)
        tail = tip - 46
        self.lines += _path([tail, tail + 15, tip - 15, tip], slip=False)
        self._label("start", [tail - 24], [], SOFT)

    def _outwards(self, place: int) -> complex:
        """Find the direction in which a state has room for a loop."""
        n = len(self.places)
        if n < 3:
            return -1j
        out = self.places[place] / abs(self.places[place])
        # The first state's loop makes room for the arrow that marks the start.
        return out * cmath.rect(1, 0.9) if place == 0 else out

    def _loop(self, arrow: _Arrow) -> list[complex]:
        out = self._outwards(arrow.tail)
        left, right = out * cmath.rect(1, -0.42), out * cmath.rect(1, 0.42)
        a, b = self.edge(arrow.tail, left), self.edge(arrow.tail, right)
        return [a, a + 62 * out * cmath.rect(1, -0.4), b + 62 * out * cmath.rect(1, 0.4), b]

    def _arc(self, arrow: _Arrow, *, bowed: bool) -> list[complex]:
        p, q = self.places[arrow.tail], self.places[arrow.head]
        way, control = (q - p) / abs(q - p), (p + q) / 2
        far = (arrow.head - arrow.tail) % len(self.places) not in (1, len(self.places) - 1)
        if far:
            control *= 0.75  # towards the middle of the circle, past the states between
        if bowed:
            control += -1j * way * (40 if far else 70)
        # A quadratic curve, written as a cubic one.
        a, b = self.edge(arrow.tail, control - p), self.edge(arrow.head, control - q)
        return [a, a + 2 / 3 * (control - a), b + 2 / 3 * (control - b), b]

    def _beside(self, arrow: _Arrow, curve: list[complex]) -> list[complex]:
        """List where a label may stand, the best place first."""
        if arrow.tail == arrow.head:
            out = self._outwards(arrow.tail)
            half = complex(_width(arrow.label, PLAIN) + 8, PLAIN + 12) / 2
            beyond = half.real * abs(out.real) + half.imag * abs(out.imag)
            return [_at(curve, 0.5) + beyond * out]
        # Long arrows cross in the middle, so their labels stand near where they come from.
        usual = 0.5 if abs(curve[0] - curve[-1]) < 240 else 0.3
        along = sorted((0.05 * i for i in range(3, 16)), key=lambda t: abs(t - usual))
        return [_at(curve, t) for t in along]

    def _label(
        self, text: str, wanted: list[complex], lines: list[complex], colour: str = INK
    ) -> None:
        """Write at the first of the wanted points that hides nothing, or hides least."""
        boxes = [_Box(z, _width(text, PLAIN) + 8, PLAIN + 6) for z in wanted]
        hidden = [
            sum(box.overlap(x) for x in self.taken) + 40 * sum(box.holds(z) for z in lines)
            for box in boxes
        ]
        box = boxes[hidden.index(min(hidden))]
        self.taken.append(box)
        corner = box.corners[0]
        self.labels += [
            f'<rect x="{_n(corner.real)}" y="{_n(corner.imag)}" width="{_n(box.width)}" '
            f'height="{_n(box.height)}" rx="4" fill="{PAPER}"/>',
            _text(text, box.centre, PLAIN, colour),
        ]


def _state(place: complex, name: str, kind: float) -> str:
    """Draw a state: its shape and, in words, what it does."""
    at = f'cx="{_n(place.real)}" cy="{_n(place.imag)}" r="{_n(RADIUS - 2)}"'
    if kind == 0:
        side = RADIUS - 4
        shape = (
            f'<rect x="{_n(place.real - side)}" y="{_n(place.imag - side)}" '
            f'width="{_n(2 * side)}" height="{_n(2 * side)}" rx="{_n(CORNER)}" '
            f'fill="{tint(WITHHOLDS, 0.16)}" stroke="{WITHHOLDS}" stroke-width="4"/>'
        )
    elif kind == 1:
        shape = (
            f'<circle {at} fill="{tint(ACCOMMODATES, 0.13)}" stroke="{ACCOMMODATES}" '
            'stroke-width="4"/>'
        )
    else:
        round_trip = 2 * math.pi * (RADIUS - 2)
        shape = (
            f'<circle {at} fill="{PAPER}" stroke="{WITHHOLDS}" stroke-width="4" '
            'stroke-dasharray="5 3"/>'
            f'<circle {at} fill="none" stroke="{ACCOMMODATES}" stroke-width="6" '
            f'stroke-dasharray="{_n(kind * round_trip)} {_n(round_trip)}" '
            f'transform="rotate(-90 {_n(place.real)} {_n(place.imag)})"/>'
        )
    words = _cut(name)
    rows = [(word, PLAIN, INK, "700") for word in words]
    rows += [(line, SMALL, SOFT, "400") for line in _does(kind)]
    top = place - 1j * (len(rows) - 1) * 8.5
    text = "".join(
        _text(row, top + 17j * i, size, colour, weight)
        for i, (row, size, colour, weight) in enumerate(rows)
    )
    return f"<g><title>{_safe(name)}</title>{shape}{text}</g>"


def _does(kind: float) -> list[str]:
    if kind in (0, 1):
        return ["accommodates" if kind else "withholds"]
    percent = round(100 * kind) if 0.01 <= kind <= 0.99 else f"{100 * kind:.3g}"
    return ["accommodates", f"{percent} %"]


def _cut(name: str, most: int = 11) -> list[str]:
    """Cut a name into two lines at most."""
    lines = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > most and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    kept = lines[:2]
    if len(lines) > 2:
        kept[1] += " …"
    return [x if len(x) <= most else x[: most - 1] + "…" for x in kept]


def _at(curve: Sequence[complex], t: float) -> complex:
    """Point of a Bézier curve, by de Casteljau."""
    points = list(curve)
    while len(points) > 1:
        points = [a + t * (b - a) for a, b in pairwise(points)]
    return points[0]


def _path(curve: Sequence[complex], slip: bool) -> Iterator[str]:
    """Draw a cubic curve that ends in an arrow's head."""
    a, c, d, tip = curve
    way = (tip - d) / abs(tip - d)
    base = tip - HEAD * way
    colour = tint(SOFT, 0.75) if slip else SOFT
    dashed = ' stroke-dasharray="6 5"' if slip else ""
    yield (
        f'<path d="M{_p(a)} C{_p(c)} {_p(d)} {_p(base)}" fill="none" stroke="{colour}" '
        f'stroke-width="2"{dashed}/>'
    )
    side = 1j * way * HEAD * 0.45
    yield f'<path d="M{_p(tip)} L{_p(base + side)} L{_p(base - side)} Z" fill="{colour}"/>'


def _legend(arrows: Sequence[_Arrow]) -> list[str]:
    lines = [
        "Arrows say what happened in the period, own action first: C accommodated, D withheld."
    ]
    for who, else_ in (("own", "the other did"), ("other", "it did itself")):
        labels = sorted({f"“{x.label}”" for x in arrows if x.label.startswith(f"{who} ")})
        if labels:
            lines.append(f"{', '.join(labels)}: whatever {else_}.")
    if any(x.slip for x in arrows):
        lines.append("Dashed: only if its own hand slips.")
    return lines


def _description(names: list[str], kinds: list[float], arrows: list[_Arrow]) -> str:
    """Say in words what is drawn, for who does not see it."""
    parts = [f"{len(names)} state{'s' if len(names) > 1 else ''}; it starts in “{names[0]}”."]
    for i, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        leads = "; ".join(f"{x.label} leads to “{names[x.head]}”" for x in arrows if x.tail == i)
        parts.append(f"“{name}” {' in '.join(_does(kind))}: {leads}.")
    return " ".join(parts)


def _document(title: str, description: str, drawing: _Drawing, legend: list[str]) -> str:
    corners = [z for box in drawing.taken for z in box.corners]
    left, right = min(z.real for z in corners), max(z.real for z in corners)
    top, bottom = min(z.imag for z in corners), max(z.imag for z in corners)
    text = max(_width(title, LARGE), *(_width(line, SMALL) for line in legend))
    width = max(right - left, text) + 2 * MARGIN
    above, below = MARGIN + LARGE + MARGIN, MARGIN + ROW * len(legend) + MARGIN / 2
    height = bottom - top + above + below
    x, y = (left + right - width) / 2, top - above
    start = x + MARGIN
    rule = bottom + MARGIN - 6
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{_n(width)}" '
        f'height="{_n(height)}" viewBox="{_n(x)} {_n(y)} {_n(width)} {_n(height)}" '
        'style="max-width:100%;height:auto" '
        "font-family=\"system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif\">",
        f"<title>{_safe(title)}</title>",
        f"<desc>{_safe(description)}</desc>",
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{PAPER}"/>',
        _text(title, complex(start, y + MARGIN + LARGE / 2), LARGE, INK, "700", "start"),
        *drawing.content,
        f'<path d="M{_n(start)} {_n(rule)} H{_n(x + width - MARGIN)}" stroke="{FAINT}"/>',
    ]
    for i, line in enumerate(legend):
        at = complex(start, rule + ROW * (i + 0.9))
        parts.append(_text(line, at, SMALL, SOFT, anchor="start"))
    return "\n".join([*parts, "</svg>", ""])


def _text(
    text: str,
    at: complex,
    size: float,
    colour: str,
    weight: str = "400",
    anchor: str = "middle",
) -> str:
    return (
        f'<text x="{_n(at.real)}" y="{_n(at.imag + 0.35 * size)}" font-size="{size:g}" '
        f'font-weight="{weight}" fill="{colour}" text-anchor="{anchor}">{_safe(text)}</text>'
    )


def _width(text: str, size: float) -> float:
    """Estimate how wide a text is; no font is at hand, and none must be, for equal bytes."""
    return 0.56 * size * len(text)


def _safe(text: str) -> str:
    return escape("".join(c if c.isprintable() else "�" for c in text))


def _n(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.1f}"


def _p(point: complex) -> str:
    return f"{_n(point.real)} {_n(point.imag)}"
