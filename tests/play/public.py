"""Play under a regime by its definition, period by period, for the tests to compare with."""

from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from coopgames.play import Match
from coopgames.play.match import both
from coopgames.regimes import PublicRegime
from coopgames.strategies import Automaton, Guided, Label, Strategy

LABELS = (Label(0), Label(1), Label(0, own=False), Label(-1, other=False))


@st.composite
def guided(draw: Any, Y: int, most: int = 3, *, sure: bool = False) -> Strategy:
    """Draw any guided two-action automaton; its chances are whole percentages."""
    S = draw(st.integers(1, most))
    seen, Z = draw(st.sampled_from([1, 2])), draw(st.sampled_from([1, Y]))
    C = draw(st.sampled_from([1, len(LABELS)]))
    chance = st.sampled_from([0.0, 1.0]) if sure else st.integers(0, 100).map(lambda p: p / 100)
    p = np.array(draw(st.lists(chance, min_size=S * C, max_size=S * C))).reshape(S, C)
    size = S * C * 2 * seen * Z
    to = draw(st.lists(st.integers(0, S - 1), min_size=size, max_size=size))
    return Strategy(
        draw(st.sampled_from(["g", "h"])),
        Guided(
            np.stack([p, 1 - p], axis=-1),
            np.reshape(to, (S, C, 2, seen, Z)),
            LABELS if C > 1 else (),
            draw(st.integers(0, S - 1)),
        ),
    )


@st.composite
def regimes(draw: Any, Y: int, most: int = 4, *, erring: bool = True) -> PublicRegime:
    """Draw any regime for two seats with two actions."""
    M = draw(st.integers(1, most))
    to = draw(st.lists(st.integers(0, M - 1), min_size=M * Y, max_size=M * Y))
    rows = draw(st.lists(st.sampled_from(LABELS), min_size=2 * M, max_size=2 * M))
    weights = st.integers(0, 9) if erring else st.just(0)
    odds = np.array(draw(st.lists(weights, min_size=4 * Y, max_size=4 * Y)), dtype=float)
    odds = odds.reshape(2, 2, Y)
    for profile in np.ndindex(2, 2):
        if odds[profile].sum() == 0:
            odds[profile][draw(st.integers(0, Y - 1))] = 1.0
    odds /= odds.sum(axis=-1, keepdims=True)
    return PublicRegime(
        np.reshape(to, (M, Y)), [rows[2 * m : 2 * m + 2] for m in range(M)], odds,
        draw(st.integers(0, M - 1)),
    )  # fmt: skip


def chances(strategy: Strategy, q: int, label: Label) -> list[float]:
    """Give what a strategy means to do."""
    rule = strategy.rule
    if isinstance(rule, Automaton):
        return list(rule.mix[q])
    assert isinstance(rule, Guided)
    return list(rule.mix[q, rule.labels.index(label) if rule.labels else 0])


def after(strategy: Strategy, q: int, label: Label, own: int, other: int, y: int) -> int:
    """Give a strategy's next state."""
    rule = strategy.rule
    if isinstance(rule, Automaton):
        return int(rule.next[q, own, other])
    assert isinstance(rule, Guided)
    table = rule.next[q, rule.labels.index(label) if rule.labels else 0, own]
    return int(table[other % table.shape[0], y % table.shape[1]])


def by_definition(match: Match, periods: int) -> np.ndarray:
    """Give how likely each profile is in each period, by following (q₀, q₁, m)."""
    a, b = match.strategies
    r = match.regime
    assert r is not None
    e, u = both(match.noise), both(match.perception.error)
    now = {(a.rule.initial, b.rule.initial, r.initial): 1.0}
    played = np.zeros((periods, 4))
    for t in range(periods):
        then: dict[tuple[int, int, int], float] = {}
        for (q0, q1, m), p in now.items():
            shown = [row[0 if len(row) == 1 else i] for i in range(2) for row in [r.label[m]]]
            mean = [chances(s, q, x) for s, q, x in zip((a, b), (q0, q1), shown, strict=True)]
            real = [
                [(1 - e[i]) * mean[i][x] + e[i] * mean[i][1 - x] for x in (0, 1)] for i in (0, 1)
            ]
            for x in (0, 1):
                for z in (0, 1):
                    odds = p * real[0][x] * real[1][z]
                    played[t, 2 * x + z] += odds
                    # The regime sees what was done, each actor what it takes that for.
                    for y, v, w in product(range(len(r.signal[x, z])), (0, 1), (0, 1)):
                        if match.perception.public:  # v and w are what is reported
                            own0, other0, own1, other1 = v, w, w, v
                            err = (u[0] if v != x else 1 - u[0]) * (u[1] if w != z else 1 - u[1])
                        else:
                            own0, other0, own1, other1 = x, w, z, v
                            err = (u[1] if v != x else 1 - u[1]) * (u[0] if w != z else 1 - u[0])
                        to = (
                            after(a, q0, shown[0], own0, other0, y),
                            after(b, q1, shown[1], own1, other1, y),
                            int(r.next[m, y]),
                        )
                        then[to] = then.get(to, 0.0) + odds * err * float(r.signal[x, z, y])
        now = then
    return played
