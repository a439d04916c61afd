"""Automata that computers evolved, or that were made up to show what automata can do.

Most come from D. Ashlock and his colleagues, who told strategies apart by their fingerprints. A
line of a table is a state: what is done next, and in which state one is then, after the other has
accommodated and after it has withheld; before that stands the first action.
"""

from __future__ import annotations

from coopgames.strategies.automaton import Automaton, unroll
from coopgames.strategies.registry import entry

_FINGERPRINTS = (
    "Ashlock & Kim (2008), Fingerprinting: visualization and automatic analysis of prisoner's "
    "dilemma strategies, IEEE Trans. Evol. Comput. 12:647-659"
)
_NOISY = (
    "Ashlock, Kim & Ashlock (2009), Fingerprint analysis of the noisy prisoner's dilemma using a "
    "finite-state representation, IEEE Trans. Comput. Intell. AI in Games 1:154-167"
)
_CHANGES = (
    "W. Ashlock & D. Ashlock (2006), Changes in prisoner's dilemma strategies over evolutionary "
    "time with different population sizes, IEEE Congress on Evol. Comput."
)


def _mealy(first: str, table: str) -> Automaton:
    """Make the automaton of a table such as ``"C1 D2 / D1 D1"``, with states from 1 on."""
    rows = [line.split() for line in table.split("/")]

    def after(state: tuple[int, str], _own: int, other: int) -> tuple[int, str]:
        cell = rows[state[0] - 1][other]
        return int(cell[1:]), cell[0]

    return unroll(
        (1, first), lambda state: state[1] == "C", after, lambda s: f"{s[0]}, plays {s[1]}"
    )


@entry(
    "fortress-3",
    voice="The password is two blows; say it and you are in, for as long as you behave.",
    source=f"Fortress3 in {_CHANGES}.",
)
def fortress_3() -> Automaton:
    """Withhold until the other has withheld twice running; then accommodate as long as it does."""
    return _mealy("D", "D1 D2 / D1 C3 / C3 D1")


@entry(
    "fortress-4",
    voice="The password is three blows; say it and you are in, for as long as you behave.",
    source=f"Fortress4 in {_CHANGES}.",
)
def fortress_4() -> Automaton:
    """Withhold until the other has withheld three times running; then accommodate as it does."""
    return _mealy("D", "D1 D2 / D1 D3 / D1 C4 / C4 D1")


@entry(
    "thumper",
    voice="One thump and I thump back twice, and then we are quits.",
    source=f"Thumper in {_FINGERPRINTS}.",
)
def thumper() -> Automaton:
    """Answer a defection by withholding in the next two periods, whatever happens meanwhile."""
    return _mealy("C", "C1 D2 / D1 D1")


@entry(
    "ripoff",
    voice="I take every other turn until you hit back; then I return what I get.",
    source=f"Ripoff in {_FINGERPRINTS}.",
)
def ripoff() -> Automaton:
    """Withhold in every other period until the other withholds; from then on play tit for tat.

    The period after that defection it accommodates.
    """
    return _mealy("D", "C2 C3 / D1 C3 / C3 D3")


@entry(
    "pun1",
    voice="Every second turn is for you, and the one between I answer.",
    source="PUN1 in Ashlock, Kim & Leahy (2006), Understanding representational sensitivity in the "
    "iterated prisoner's dilemma with fingerprints, IEEE Trans. Syst. Man Cybern. C 36(4).",
)
def pun1() -> Automaton:
    """Withhold first; then take turns at accommodating and at answering the other's last action."""
    return _mealy("D", "C2 C2 / C1 D1")


@entry(
    "usually-cooperates",
    voice="I am kind, but who takes me by surprise and then smiles gets a blow.",
    source=f"UC in {_NOISY}.",
)
def usually_cooperates() -> Automaton:
    """Accommodate, but withhold once if the other, having withheld, accommodates."""
    return _mealy("C", "C1 C2 / D1 C1")


@entry(
    "usually-defects",
    voice="I am hard, but who smiles at me and then strikes has my respect for a turn.",
    source=f"UD in {_NOISY}.",
)
def usually_defects() -> Automaton:
    """Withhold, but accommodate once if the other, having accommodated, withholds."""
    return _mealy("D", "D2 D1 / D1 C1")


@entry(
    "predator",
    voice="I was bred on the soft; from the hard I take what they leave me.",
    source=f"Predator in {_CHANGES}.",
)
def predator() -> Automaton:
    """Follow a table of nine states, in which an other that always accommodates is exploited."""
    return _mealy("C", "D1 D2 / D3 D4 / C5 D4 / D6 C5 / C3 D7 / D8 D4 / C8 D8 / D9 D8 / D9 D7")


@entry(
    "raider",
    voice="I raid, I look, and where there is resistance I settle down.",
    source="Raider in W. Ashlock, Tsang & D. Ashlock (2014), The evolution of exploitation, IEEE "
    "Symposium on Foundations of Comput. Intell.",
)
def raider() -> Automaton:
    """Follow a table of four states that, once it has met resistance, ends in tit for tat."""
    return _mealy("D", "D3 D3 / C2 D2 / D1 C4 / D1 C2")
