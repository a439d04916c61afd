"""A figure as part of a page: SVG in two widths, told in words to those who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from coopgames.reports.markup import text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from coopgames.store import Results

ElementTree.register_namespace("", "http://www.w3.org/2000/svg")


def figure(
    results: Results,
    kind: str,
    draw: Callable[..., Figure],
    *,
    told: str,
    caption: str,
    numbers: str,
) -> str:
    """Write a figure for a page.

    Parameters
    ----------
    results : Results
        What to draw.
    kind : str
        A short name, for ids.
    draw : callable
        Draws it in a width.
    told : str
        What it shows, for those who cannot see it.
    caption : str
        How to read it.
    numbers : str
        HTML: the same in numbers.
    """
    from coopgames.reports.canvas import NARROW, WIDE

    drawings = "\n".join(
        inline(draw(results, width=width), f"{kind}-{name}", told).replace(
            "<svg ", f'<svg class="{name}" ', 1
        )
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )
    return (
        f'<figure class="{kind}">\n{drawings}\n<figcaption>{text(caption)}</figcaption>\n'
        f"{numbers}\n</figure>"
    )


def inline(drawing: Figure, salt: str, told: str) -> str:
    """Turn a figure into an ``<svg>`` element that can stand beside others."""
    from coopgames.reports.canvas import svg

    # Our own output, so there is nothing to fear from the parser.
    root = ElementTree.fromstring(svg(drawing, salt=salt))  # noqa: S314
    _tidy(root, salt)
    box = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib.update({"viewBox": box, "role": "img", "aria-label": told})
    return ElementTree.tostring(root, encoding="unicode")


def _tidy(root: ElementTree.Element, salt: str) -> None:
    """Drop what a page does not need, and make the ids that remain its own."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(("}metadata", "}style")):
                parent.remove(child)
    wanted = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            wanted |= set(re.findall(r"url\(#([^)]+)\)", value))
            if key.endswith("href") and value.startswith("#"):
                wanted.add(value[1:])
    names = {old: f"{salt}-{i}" for i, old in enumerate(sorted(wanted))}
    for element in root.iter():
        element.tag = element.tag.partition("}")[2]
        # Line ends for the eye, not for the page.
        element.text = element.text if (element.text or "").strip() else None
        element.tail = element.tail if (element.tail or "").strip() else None
        given = dict(element.attrib)
        element.attrib.clear()
        for key, value in given.items():
            name = key.rpartition("}")[2]
            if name == "id":
                if value in names:
                    element.set("id", names[value])
            elif name == "transform" and value.startswith("rotate(-0 "):
                continue
            elif name == "href" and value.startswith("#"):
                element.set("href", f"#{names[value[1:]]}")
            else:
                element.set(name, _short(name, re.sub(r"url\(#([^)]+)\)", _renamed(names), value)))


def _renamed(names: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda found: f"url(#{names[found[1]]})"


def _short(name: str, value: str) -> str:
    """Round what is finer than can be seen, and leave the choice of letters to the page."""
    if name == "d":
        value = re.sub(r"\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", value)
        return " ".join(value.split())
    if name == "style":
        return re.sub(r"font-family: [^;]*; ?|(font: [^;]*?px) [^;]*", _letters, value)
    return value


def _letters(found: re.Match[str]) -> str:
    # Written as one `font` or as `font-family` of its own, as matplotlib's version has it.
    return f"{found[1]} sans-serif" if found[1] else ""
