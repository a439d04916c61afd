"""Strategies that remember a fixed number of outcomes, and nothing else.

Memory-one: five probabilities of accommodating, the first for the opening and the others for each
outcome of the period before, own action first. If each is 0 or 1 there are sixteen, numbered by
p_cc p_cd p_dc p_dd as a binary number: 10 is tit for tat, 9 win-stay-lose-shift, 8 grim while no
hand slips.

What counts is what was really done, slips of one's own hand included.
"""

from __future__ import annotations

from collections.abc import Callable

from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton, memory_one, unroll
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.sources import AXELROD_PYTHON, FUDENBERG

Past = tuple[str, ...]

_HILBE = "Hilbe, Martinez-Vaquero, Chatterjee & Nowak (2017), Memory-n strategies of direct "
_HILBE += "reciprocity, PNAS 114:4715-4720"
_BERG = (
    "van den Berg & Weissing (2015), The importance of mechanisms for the evolution of "
    "cooperation, Proc. R. Soc. B 282:20151382; the opening as in Axelrod-Python 4.13.1"
)


def _last(n: int, kindness: Callable[[Past], float], past: Past = ()) -> Automaton:
    """Decide by the last `n` outcomes, written as ``CD``, oldest first."""

    def after(past: Past, own: int, other: int) -> Past:
        return (*past, "CD"[own] + "CD"[other])[-n:]

    return unroll(past, kindness, after, lambda past: " ".join(past) or "start")


@entry(
    "memory-one",
    voice="Tell me five numbers, and you know me.",
    source="Nowak & Sigmund (1990), The evolution of stochastic strategies in the Prisoner's "
    "Dilemma, Acta Applicandae Math. 20:247-265.",
)
def memory_one_by_vector(
    p_cc: float = 1.0, p_cd: float = 0.0, p_dc: float = 1.0, p_dd: float = 0.0, first: float = 1.0
) -> Automaton:
    """Accommodate with a probability for each outcome of the period before, own action first.

    `p_cc` is that after mutual accommodation, `p_cd` after one accommodated alone, `p_dc` after the
    other did, `p_dd` after neither did; `first` is that of the first period.
    """
    given = {"p_cc": p_cc, "p_cd": p_cd, "p_dc": p_dc, "p_dd": p_dd, "first": first}
    for name, p in given.items():
        probability(name, p)
    return memory_one(first, p_cc, p_cd, p_dc, p_dd)


@entry(
    "pure-memory-one",
    voice="I have a number from nought to fifteen, and it tells you all.",
    source="Nowak, Sigmund & El-Sedy (1995), Automata, repeated games and noise, J. Math. Biol. "
    "33:703-722.",
    aliases={f"S{i}": {"number": i} for i in range(16)},
)
def pure_memory_one(number: int = 9, first: str = "C") -> Automaton:
    """Play the memory-one strategy without luck of that number.

    `number` is 8 p_cc + 4 p_cd + 2 p_dc + p_dd, from 0 to 15; `first` is the first action, C or D.
    """
    if not 0 <= number <= 15:
        raise Mistake(f"number = {number}: the strategies are numbered from 0 to 15")
    bits = [number >> i & 1 for i in (3, 2, 1, 0)]
    return memory_one(_letters("first", first, 1) == "C", *bits)


def _letters(name: str, text: str, length: int) -> str:
    """Return `text` if it is so many letters C and D, else raise a `Mistake` that names it."""
    if len(text) != length or set(text) - {"C", "D"}:
        raise Mistake(f"{name} = {text!r}: it must be {length} of the letters C and D")
    return text


@entry(
    "reactive",
    voice="What you did last is all that I go by.",
    source="Nowak & Sigmund (1989), Game-dynamical aspects of the prisoner's dilemma, Appl. Math. "
    "Comput. 30:191-213; they write (y, p, q).",
)
def reactive(y: float = 1.0, p: float = 1.0, q: float = 0.0) -> Automaton:
    """Accommodate with probability `p` after the other did, and with `q` after it did not.

    `y` is the probability in the first period.
    """
    for name, value in {"y": y, "p": p, "q": q}.items():
        probability(name, value)
    return memory_one(y, p, q, p, q)


@entry(
    "win-stay-lose-shift",
    voice="If it went well I do it again; if not, I try the other thing.",
    source="Kraines & Kraines (1989), Pavlov and the Prisoner's Dilemma, Theory and Decision "
    "26:47-79; Nowak & Sigmund (1993), Nature 364:56-58.",
    aliases=("WSLS", "PTFT", "pavlov"),
)
def win_stay_lose_shift() -> Automaton:
    """Accommodate first and after both did the same; withhold after they acted differently.

    It is the other's accommodating that makes a period a win: then one's own realised action is
    kept, else it is changed.
    """
    return Automaton([[1, 0], [0, 1]], [[[0, 1], [1, 0]]] * 2, states=("agreed", "differed"))


@entry(
    "win-shift-lose-stay",
    voice="A good thing never lasts, so I leave it; a bad one I stick to.",
    source="Li, Hingston & Kendall (2011), Engineering design of strategies for winning iterated "
    "prisoner's dilemma competitions, IEEE Trans. Comput. Intell. AI in Games 3:348-360.",
)
def win_shift_lose_stay() -> Automaton:
    """Withhold first and after both did the same; accommodate after they acted differently."""
    return memory_one(0, CC=0, CD=1, DC=1, DD=0)


@entry(
    "stochastic-win-stay-lose-shift",
    voice="I stay when I win and shift when I lose, unless my hand trembles.",
    source=f"Marc Harper in {AXELROD_PYTHON}.",
)
def stochastic_win_stay_lose_shift(e: float = 0.05) -> Automaton:
    """Play win-stay-lose-shift, but do the contrary with probability `e`.

    In the first period it accommodates for certain.
    """
    probability("e", e)
    return memory_one(1, CC=1 - e, CD=e, DC=e, DD=1 - e)


@entry(
    "two-period-win-stay-lose-shift",
    voice="I trust us again only when we have agreed twice.",
    source=f"2PTFT in {FUDENBERG}. Before the first period counts as mutual accommodation.",
    aliases=("2PTFT", "PT2FT"),
)
def two_period_win_stay_lose_shift() -> Automaton:
    """Accommodate after twice CC, after twice DD, and after DD and then CC; else withhold."""
    good = {("CC", "CC"), ("DD", "DD"), ("DD", "CC")}
    return _last(2, lambda past: past in good, past=("CC", "CC"))


@entry(
    "firm-but-fair",
    voice="I stop only when I was the fool, and I am soon ready to begin again.",
    source="Frean (1994), The Prisoner's Dilemma without synchrony, Proc. R. Soc. B 257:75-79. "
    "Read as Axelrod-Python 4.13.1 reads it: two times in three it ends mutual defection.",
)
def firm_but_fair() -> Automaton:
    """Withhold after accommodating alone; end mutual withholding with probability 2/3."""
    return memory_one(1, CC=1, CD=0, DC=1, DD=2 / 3)


@entry(
    "stochastic-cooperator",
    voice="I mostly go along while it goes well, and seldom when it does not.",
    source="Adami & Hintze (2013), Evolutionary instability of zero-determinant strategies "
    "demonstrates that winning is not everything, Nature Commun. 4:2193.",
)
def stochastic_cooperator() -> Automaton:
    """Play memory-one with the probabilities 0.935, 0.229, 0.266 and 0.42."""
    return memory_one(1, CC=0.935, CD=0.229, DC=0.266, DD=0.42)


@entry(
    "semi-grim",
    voice="If we agreed I stand by it; if we did not, I am of two minds.",
    source="SGRIM of Breitmoser (2015), Cooperation, but no reciprocity, American Econ. Rev. "
    "105:2882-2910, who estimates the probability.",
    aliases=("SGRIM",),
)
def semi_grim(p: float = 0.5) -> Automaton:
    """Do what both did, if they did the same; else accommodate with probability `p`."""
    probability("p", p)
    return memory_one(1, CC=1, CD=p, DC=p, DD=0)


@entry(
    "repeat",
    voice="I do what I did.",
    source="REPEAT in Akin (2015), What you gotta know to play good in the iterated prisoner's "
    "dilemma, Games 6:175-190; the opening as in Axelrod-Python 4.13.1.",
)
def repeat(first: float = 0.6) -> Automaton:
    """Do what one did in the period before; accommodate in the first with probability `first`."""
    return memory_one(probability("first", first), CC=1, CD=1, DC=0, DD=0)


@entry(
    "desperate",
    voice="Only when we are both at the bottom do I hold out a hand.",
    source=f"{_BERG}.",
)
def desperate() -> Automaton:
    """Accommodate after mutual withholding only, and in the first period with probability 1/2."""
    return memory_one(0.5, CC=0, CD=0, DC=0, DD=1)


@entry(
    "hopeless",
    voice="When all goes well I cannot bear it.",
    source=f"{_BERG}.",
)
def hopeless() -> Automaton:
    """Withhold after mutual accommodation only, and in the first period with probability 1/2."""
    return memory_one(0.5, CC=0, CD=1, DC=1, DD=1)


@entry(
    "willing",
    voice="I give up only when we have both given up.",
    source=f"{_BERG}.",
)
def willing() -> Automaton:
    """Withhold after mutual withholding only, and in the first period with probability 1/2."""
    return memory_one(0.5, CC=1, CD=1, DC=1, DD=0)


@entry(
    "memory-n",
    voice="Look up what happened, and there stands what I do.",
    source="Lindgren (1991), Evolutionary phenomena in simple dynamics, in Langton et al. (eds), "
    f"Artificial Life II, 295-312; {_HILBE}.",
)
def memory_n(table: str = "CDCD", opening: str = "C") -> Automaton:
    """Look up the last n outcomes in a table; n is the length of the opening, at most 5.

    `table` has a letter, C or D, for each n outcomes in a row, those with the oldest outcome CC
    first, then CD, DC and DD, own action first, and so on to the latest: 4ⁿ letters. `opening` is
    what is done while fewer than n periods have been played.
    """
    n = len(_letters("opening", opening, len(opening)))
    if not 1 <= n <= 5:
        raise Mistake(f"opening = {opening!r}: it must have 1 to 5 letters, not {n}")
    _letters("table", table, 4**n)

    def kindness(past: Past) -> bool:
        if len(past) < n:
            return opening[len(past)] == "C"
        at = 0
        for outcome in past:
            at = 4 * at + ("CC", "CD", "DC", "DD").index(outcome)
        return table[at] == "C"

    return _last(n, kindness)


@entry(
    "all-or-none",
    voice="All of us or none of us: as long as we moved together I am in.",
    source=f"AONn in {_HILBE}. The opening is left open there; read as Axelrod-Python 4.13.1 does, "
    "it accommodates until it has n outcomes to look at. AON1 is win-stay-lose-shift.",
    aliases={"AON2": {}, "AON3": {"n": 3}},
)
def all_or_none(n: int = 2) -> Automaton:
    """Accommodate if in each of the last `n` periods both did the same; else withhold.

    While fewer have been played it accommodates.
    """
    whole("n", n, least=1)

    def after(state: tuple[int, int], own: int, other: int) -> tuple[int, int]:
        periods, together = state
        return min(periods + 1, n), min(together + 1, n) if own == other else 0

    return unroll(
        (0, 0),
        lambda state: state[0] < n or state[1] == n,
        after,
        lambda state: f"{state[1]} together" + (f", {state[0]} played" if state[0] < n else ""),
    )


@entry(
    "delayed-all-or-none",
    voice="I wait a turn to see whether we are really in step again.",
    source=f"Delayed AON1 in {_HILBE}, in the variant that cooperates most with itself; the "
    "opening as in Axelrod-Python 4.13.1.",
)
def delayed_all_or_none() -> Automaton:
    """Accommodate after mutual withholding, and after mutual accommodation in step.

    In step is mutual accommodation if in the period before it both did the same too. In the first
    two periods it accommodates.
    """
    good = {("CC", "CC"), ("DD", "CC"), *((before, "DD") for before in ("CC", "CD", "DC", "DD"))}
    return _last(2, lambda past: len(past) < 2 or past in good)


@entry(
    "tft-atft",
    voice="I return what I get; and when it was I who slipped, I make up for it.",
    source="Yi, Baek & Choi (2017), Combination with anti-tit-for-tat remedies problems of "
    "tit-for-tat, J. Theor. Biol. 412:1-7. Before the first period counts as mutual accommodation.",
    aliases=("TFT-ATFT",),
)
def tft_atft() -> Automaton:
    """Play tit for tat until one's own hand slips; then the opposite, until all is well again.

    All is well after mutual accommodation, or after the other alone has withheld twice in a row.
    It is a table over the last two outcomes.
    """
    good = {
        ("CC", "CC"), ("CC", "DD"), ("CD", "CC"), ("CD", "DC"), ("DC", "CC"), ("DC", "DD"),
        ("DD", "CC"), ("DD", "CD"), ("DD", "DC"),
    }  # fmt: skip
    return _last(2, lambda past: past in good, past=("CC", "CC"))


@entry(
    "capri",
    voice="I cooperate, accept, punish, and recover; in all other cases I do not.",
    source="Murase & Baek (2020), Five rules for friendly rivalry in direct reciprocity, Sci. Rep. "
    "10:16904. Before the first period counts as mutual accommodation.",
    aliases=("CAPRI",),
)
def capri() -> Automaton:
    """Decide by five rules over the last three outcomes.

    Accommodate after mutual accommodation; accept the punishment for one's own slip; punish the
    other's by withholding once; recover from mutual withholding once either has accommodated; in
    all other cases withhold.
    """
    CC, CD, DC, DD = "CC", "CD", "DC", "DD"
    accept = {(CC, CC, DC), (CC, DC, CD), (DC, CD, CC), (CD, CC, CC)}
    punished = {(CC, CD, DC), (CD, DC, CC), (DC, CC, CC)}
    recover = {
        (DD, DD, DC), (DD, DC, CC), (DD, DD, CD), (DD, CD, CC), (DD, DD, CC), (DD, CC, CC),
    }  # fmt: skip
    good = {(CC, CC, CC)} | accept | punished | recover
    return _last(3, lambda past: past in good, past=(CC, CC, CC))
