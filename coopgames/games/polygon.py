"""Polygons of payoff pairs: hulls, what is left when a corner is cut off, areas.

The hull is found by the monotone chain (A. M. Andrew, "Another efficient algorithm for convex hulls
in two dimensions", Information Processing Letters 9, 1979), a cut by walking round it (I. E.
Sutherland and G. W. Hodgman, "Reentrant polygon clipping", Communications of the ACM 17, 1974).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, inf

Point = tuple[float, float]


@dataclass(frozen=True)
class Polygon:
    """A convex set of payoff pairs.

    Parameters
    ----------
    vertices : tuple of (float, float)
        Its corners, anticlockwise from the lowest of the leftmost: the first actor's payoff, the
        second's. Two are a segment, one is a point, none is the empty set.
    """

    vertices: tuple[Point, ...]

    @property
    def area(self) -> float:
        """Its area; 0 for what is no more than a segment."""
        return sum(_cross((0.0, 0.0), a, b) for a, b in self.edges) / 2

    @property
    def edges(self) -> list[tuple[Point, Point]]:
        """From each vertex to the next, once round."""
        return list(pairwise((*self.vertices, *self.vertices[:1])))

    def above(self, seat: int, floor: float, slack: float = 0.0) -> Polygon:
        """Keep where a seat's payoff is at least `floor`.

        Parameters
        ----------
        seat : int
            0 or 1.
        floor : float
            The least payoff.
        slack : float
            If the best that the seat can get here misses the floor by no more than this, that best
            is kept.
        """
        highest = max((v[seat] for v in self.vertices), default=floor)
        if highest < floor <= highest + slack:
            floor = highest
        kept: list[Point] = []
        for a, b in self.edges:
            here, there = a[seat] - floor, b[seat] - floor
            if here >= 0:
                kept.append(a)
            if here * there < 0:
                kept.append(_crossing(a, b, seat, floor))
        return hull(kept)

    def simplified(self, slack: float) -> Polygon:
        """Leave out corners that stand out by no more than `slack` from the line past them."""
        kept = list(self.vertices)
        for v in self.vertices:
            at = kept.index(v)
            before, after = kept[at - 1], kept[(at + 1) % len(kept)]
            if len(kept) > 1 and _apart(before, after, v) <= slack:
                kept.remove(v)
        return Polygon(tuple(kept))

    def distance(self, point: Point) -> float:
        """Say how far a point lies outside; the empty set is infinitely far."""
        inside = len(self.vertices) > 2 and all(_cross(a, b, point) >= 0 for a, b in self.edges)
        return 0.0 if inside else min((_apart(a, b, point) for a, b in self.edges), default=inf)


def hull(points: Iterable[Point]) -> Polygon:
    """Find the convex hull.

    Parameters
    ----------
    points : iterable of (float, float)
        Any number of points.
    """
    rising = sorted({(float(x), float(y)) for x, y in points})
    if len(rising) < 3:
        return Polygon(tuple(rising))
    return Polygon((*_chain(rising)[:-1], *_chain(rising[::-1])[:-1]))


def _chain(points: list[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _cross(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _cross(a: Point, b: Point, c: Point) -> float:
    """Twice the area of a triangle; positive where the way from a over b to c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _apart(a: Point, b: Point, point: Point) -> float:
    """Distance of a point from a segment."""
    along, off = (b[0] - a[0], b[1] - a[1]), (point[0] - a[0], point[1] - a[1])
    length = along[0] ** 2 + along[1] ** 2
    share = (along[0] * off[0] + along[1] * off[1]) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return hypot(off[0] - share * along[0], off[1] - share * along[1])


def _crossing(a: Point, b: Point, seat: int, floor: float) -> Point:
    share = (floor - a[seat]) / (b[seat] - a[seat])
    other = a[1 - seat] + share * (b[1 - seat] - a[1 - seat])
    return (floor, other) if seat == 0 else (other, floor)
