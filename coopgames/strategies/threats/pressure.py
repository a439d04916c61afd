"""Pressure: taking before the other can act, risk that is shared, and threats that are hollow."""

from __future__ import annotations

from coopgames.strategies.automaton import Automaton, unroll
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.sources import PRISON
from coopgames.strategies.stance import Stance


@entry(
    "bully",
    voice="I take all that you let me take, and back off when you stand up.",
    source="Reverse tit for tat in Nachbar (1992), Evolution in the finitely repeated prisoner's "
    "dilemma, J. Econ. Behavior & Organization 19:307-326.",
    stance=Stance("manipulation", complied="(D)", refused="(C)", atoned="C(D)"),
)
def bully() -> Automaton:
    """Withhold in the first period, then do the opposite of what the other just did."""
    return Automaton(
        [[0, 1], [1, 0]], [[[0, 1]] * 2] * 2, states=("met no resistance", "met resistance")
    )


@entry(
    "easy-go",
    voice="I take all that you let me take, until you first say no; then I am yours.",
    source=f"easy_go in {PRISON}; RGRIM in Li, Hingston & Kendall (2011), IEEE Trans. Comput. "
    "Intell. AI in Games 3:348-360.",
    aliases=("easy_go",),
    stance=Stance("manipulation", complied="(D)", refused="(C)", atoned="(C)"),
)
def easy_go() -> Automaton:
    """Withhold until the other has withheld once, then accommodate for ever."""
    return Automaton(
        [[0, 1], [1, 0]], [[[0, 1]] * 2, [[1, 1]] * 2], states=("takes", "has been stopped")
    )


@entry(
    "bluff",
    voice="Cross me and it is war for ever; but please do not make me prove it.",
    source="Schelling (1960), The Strategy of Conflict, ch. 2, on threats that one would rather "
    "not carry out. The rule is ours.",
    stance=Stance("bargaining", "(C)", refused="DD(C)", atoned="D(C)", announced="(D)"),
)
def bluff(n: int = 2) -> Automaton:
    """Threaten war for ever, wage it for `n` periods, and if that does not help give in for ever.

    A withholding by the other is answered like an end of all peace. If the other accommodates in
    one of the `n` periods, the bluff has worked and all is as before. If it withholds in all of
    them, the bluff is called, and from then on it accommodates, whatever happens.
    """
    whole("n", n, least=1)

    def after(state: int, _own: int, other: int) -> int:
        if state > n:
            return state
        return state + 1 if other == WITHHOLD else 0

    def name(state: int) -> str:
        return {0: "peace", n + 1: "called"}.get(state, f"war, period {state}")

    return unroll(0, lambda state: state in {0, n + 1}, after, name)


@entry(
    "brinkmanship",
    voice="Cross me, and with every turn we may both go over the edge.",
    source="Schelling (1960), The Strategy of Conflict, ch. 8, on the threat that leaves something "
    "to chance. The rule is ours.",
    stance=Stance("bargaining", complied="(C)", refused="(?)", atoned="(?)"),
)
def brinkmanship(p: float = 0.25) -> Automaton:
    """Accommodate; as long as the other withholds, run a risk of `p` each period of lasting war.

    A withholding begins a crisis. In it one goes over the brink with probability `p`, withholds,
    and withholds ever after; if not, one accommodates, and the crisis is over once the other does.
    """
    probability("p", p)

    def after(state: str, own: int, other: int) -> str:
        if state == "war" or (state == "crisis" and own == WITHHOLD):
            return "war"
        return "peace" if other == ACCOMMODATE else "crisis"

    return unroll("peace", lambda state: {"peace": 1, "crisis": 1 - p, "war": 0}[state], after)


@entry(
    "fait-accompli",
    voice="First I take what I want; then let us be reasonable.",
    source="Schelling (1966), Arms and Influence, ch. 2; Altman (2017), By fait accompli, not "
    "coercion, Int. Studies Quarterly 61:881-891. The rule is ours.",
    stance=Stance("prior decision", complied="DD(C)", refused="(D)", atoned="D(C)"),
)
def fait_accompli(n: int = 2) -> Automaton:
    """Withhold for `n` periods, whatever happens; then offer peace, and play tit for tat.

    The other's action in the last of the `n` periods is not held against it.
    """
    whole("n", n, least=1)

    def after(state: int, _own: int, other: int) -> int:
        return state + 1 if state < n else n + other

    def name(state: int) -> str:
        return {n: "was kind", n + 1: "was unkind"}.get(state, f"takes, period {state + 1}")

    return unroll(0, lambda state: state == n, after, name)


@entry(
    "salami-tactics",
    voice="A thin slice now and then: none of them is worth a fight, is it?",
    source="Schelling (1966), Arms and Influence, ch. 2. The rule is ours.",
    stance=Stance("prior decision", complied="(CCCCD)", refused="(D)", atoned="D(C)"),
)
def salami_tactics(n: int = 5) -> Automaton:
    """Withhold in every `n`-th period until the other withholds; from then on play tit for tat."""
    whole("n", n, least=2)

    def after(state: str | int, _own: int, other: int) -> str | int:
        if isinstance(state, str) or other == WITHHOLD:
            return "was kind" if other == ACCOMMODATE else "was unkind"
        return (state + 1) % n

    def name(state: str | int) -> str:
        if isinstance(state, str):
            return state
        return "slice" if state == n - 1 else f"{n - 1 - state} to the next slice"

    start: str | int = 0
    return unroll(start, lambda state: state not in {n - 1, "was unkind"}, after, name)
