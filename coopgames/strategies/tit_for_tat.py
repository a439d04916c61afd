"""Tit for tat and its kin: what the other just did is what it gets, with more or less patience.

Each is a table over a few states. Those that do not say otherwise are indifferent to their own
action, so a slip of one's own hand is not held against the other.
"""

from __future__ import annotations

from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton, unroll
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD
from coopgames.strategies.registry import entry, probability, whole
from coopgames.strategies.sources import AXELROD_PYTHON, FUDENBERG, PRISON, STEWART
from coopgames.strategies.stance import Stance

_KIND, _UNKIND = [1.0, 0.0], [0.0, 1.0]


def _echo(first: int, forgiveness: float = 0.0) -> Automaton:
    """Do what the other did, but forgive with some probability; begin with `first`."""
    return Automaton(
        [_KIND, [forgiveness, 1 - forgiveness]],
        [[[0, 1]] * 2] * 2,
        initial=first,
        states=("was kind", "was unkind"),
    )


def _tits(n: int, m: int, first: int = ACCOMMODATE) -> Automaton:
    """Withhold for `n` periods after `m` withholdings in a row; begin with `first`."""

    def after(state: tuple[int, int], _own: int, other: int) -> tuple[int, int]:
        run = min(state[0] + 1, m) if other == WITHHOLD else 0
        return run, n if run == m else max(state[1] - 1, 0)

    def name(state: tuple[int, int]) -> str:
        run, left = state
        return f"{run} in a row, {left} to go" if left else f"{run} in a row"

    made = unroll((0, 0), lambda state: state[1] == 0, after, name)
    if first == ACCOMMODATE:
        return made
    # Before the first period nothing has happened: an opening of its own, then as above.
    S = len(made.mix)
    return Automaton(
        [*made.mix.tolist(), _UNKIND],
        [*made.next.tolist(), made.next[0].tolist()],
        initial=S,
        states=(*made.states, "opening"),
    )


@entry(
    "tit-for-tat",
    voice="I start friendly, and then I do unto you as you just did unto me.",
    source="Anatol Rapoport in Axelrod (1980), Effective choice in the Prisoner's Dilemma, "
    "J. Conflict Resolution 24:3-25.",
    aliases=("TFT",),
    stance=Stance("reciprocity", complied="(C)", refused="(D)", atoned="D(C)"),
)
def tit_for_tat() -> Automaton:
    """Accommodate in the first period, then do what the other did in the one before."""
    return _echo(first=ACCOMMODATE)


@entry(
    "suspicious-tit-for-tat",
    voice="You first.",
    source="Boyd & Lorberbaum (1987), No pure strategy is evolutionarily stable in the repeated "
    "Prisoner's Dilemma game, Nature 327:58-59.",
    aliases=("DTFT", "STFT", "mistrust"),
)
def suspicious_tit_for_tat() -> Automaton:
    """Withhold in the first period, then do what the other did in the one before."""
    return _echo(first=WITHHOLD)


@entry(
    "tit-for-two-tats",
    voice="Anyone can have a bad day; two in a row are no accident.",
    source="Axelrod (1980), J. Conflict Resolution 24:3-25, as a rule that would have won had "
    "anyone entered it; entered by John Maynard Smith in the second tournament.",
    aliases=("TF2T",),
)
def tit_for_two_tats() -> Automaton:
    """Withhold if the other has defected in both of the last two periods; else accommodate."""
    return Automaton(
        [_KIND, _KIND, _UNKIND],
        [[[0, 1]] * 2, [[0, 2]] * 2, [[0, 2]] * 2],
        states=("no tat", "one tat", "two tats"),
    )


@entry(
    "two-tits-for-tat",
    voice="Hit me once and I hit you twice.",
    source=f"Axelrod (1984), The Evolution of Cooperation; {FUDENBERG}.",
    aliases=("2TFT", "T2FT"),
)
def two_tits_for_tat() -> Automaton:
    """Withhold if the other has defected in either of the last two periods; else accommodate."""
    return _tits(n=2, m=1)


@entry(
    "tits-for-tats",
    voice="It takes so many blows to rouse me, and so many turns until I am calm.",
    source=f"{FUDENBERG}, for TF3T and those that open by defecting; the family with both numbers "
    "free is Axelrod-Python's. Where it opens by defecting, the other's first move counts.",
    aliases={
        "TF3T": {"n": 1, "m": 3},
        "DTF2T": {"n": 1, "m": 2, "opening": "D"},
        "DTF3T": {"n": 1, "m": 3, "opening": "D"},
    },
)
def tits_for_tats(n: int = 3, m: int = 2, opening: str = "C") -> Automaton:
    """Withhold for `n` periods after the other's `m` defections in a row; else accommodate.

    More defections while it withholds prolong it: it withholds if some `m` in a row ended within
    the last `n` periods. `opening` is what it does in the first period, C or D.
    """
    if opening not in {"C", "D"}:
        raise Mistake(f"opening = {opening!r} is no action; it must be C or D")
    first = WITHHOLD if opening == "D" else ACCOMMODATE
    return _tits(whole("n", n, least=1), whole("m", m, least=1), first)


@entry(
    "hard-tit-for-tat",
    voice="I answer every blow, and I remember it for three turns.",
    source=f"HARD_TFT in {STEWART}, who do not define it; read as Axelrod-Python 4.13.1 reads it.",
    aliases=("HARD_TFT",),
)
def hard_tit_for_tat() -> Automaton:
    """Withhold if the other has defected in any of the last three periods; else accommodate."""
    return _tits(n=3, m=1)


@entry(
    "hard-tit-for-two-tats",
    voice="Once is forgiven; twice running costs you two turns.",
    source=f"2TF2T in {FUDENBERG}; HARD_TF2T in {STEWART}.",
    aliases=("2TF2T", "T2F2T", "HARD_TF2T"),
)
def hard_tit_for_two_tats() -> Automaton:
    """Withhold if the other defected twice in a row within the last three periods."""
    return _tits(n=2, m=2)


@entry(
    "slow-tit-for-tat",
    voice="I change my ways only when you have shown me twice that you have changed yours.",
    source=f"slow_tft in {PRISON}.",
    aliases=("slow_tft",),
)
def slow_tit_for_tat() -> Automaton:
    """Accommodate twice; then do what the other did twice in a row, or else what one did oneself.

    The state is the other's last action and the own one that is to be kept.
    """

    def after(state: tuple[int, str, int], own: int, other: int) -> tuple[int, str, int]:
        periods, last, _ = state
        now = "CD"[other]
        if periods == 0:
            return 1, now, ACCOMMODATE
        return 2, now, other if now == last else own

    def name(state: tuple[int, str, int]) -> str:
        periods, last, kept = state
        return f"{'CD'[kept]}, saw {last}" if periods == 2 else f"opening {last}".strip()

    start: tuple[int, str, int] = (0, "", ACCOMMODATE)
    return unroll(start, lambda state: state[2] == ACCOMMODATE, after, name)


@entry(
    "generous-tit-for-tat",
    voice="I return favours always and injuries only most of the time.",
    source="Molander (1985), J. Conflict Resolution 29:611-618; Nowak & Sigmund (1992), Nature "
    "355:250-253. At T, R, P, S = 5, 3, 1, 0 no q above 1/3 deters every exploiter. Soft Joss is "
    f"the rule of {PRISON}.",
    aliases={"GTFT": {}, "soft-joss": {"q": 0.1}},
)
def generous_tit_for_tat(q: float = 1 / 3) -> Automaton:
    """Play tit for tat, but forgive a defection with probability `q`."""
    return _echo(first=ACCOMMODATE, forgiveness=probability("q", q))


@entry(
    "contrite-tit-for-tat",
    voice="If I hurt you by mistake, I owe you one, and I take what comes until I have paid.",
    source="Wu & Axelrod (1995), How to cope with noise in the iterated Prisoner's Dilemma, "
    "J. Conflict Resolution 39:183-189.",
    aliases=("CTFT",),
)
def contrite_tit_for_tat() -> Automaton:
    """Play tit for tat, but do not retaliate for what one's own slip has provoked.

    Content, it accommodates; if it alone then defected, by a slip, it is contrite, and if the
    other alone did, provoked. Contrite, it accommodates until it has succeeded in doing so, and is
    content again whatever the other did. Provoked, it withholds until the other accommodates.
    """
    content, contrite, provoked = range(3)
    return Automaton(
        [_KIND, _KIND, _UNKIND],
        [
            [[content, provoked], [contrite, content]],
            [[content, content], [contrite, contrite]],
            [[content, provoked]] * 2,
        ],
        states=("content", "contrite", "provoked"),
    )


@entry(
    "anti-tit-for-tat",
    voice="Kindness bores me and blows impress me.",
    source="Hilbe, Nowak & Traulsen (2013), Adaptive dynamics of extortion and compliance, PLoS "
    "ONE 8:e77886; PSYCHO in Ashlock, Kim & Ashlock (2009), IEEE Trans. Comput. Intell. AI in "
    "Games 1:154-167.",
    aliases=("ATFT", "psycho"),
)
def anti_tit_for_tat() -> Automaton:
    """Accommodate in the first period, then do the opposite of what the other just did."""
    return Automaton([_KIND, _UNKIND], [[[1, 0]] * 2] * 2, states=("was unkind", "was kind"))


@entry(
    "spiteful-tit-for-tat",
    voice="I return blow for blow, and two in a row I never forgive.",
    source=f"spiteful_tft in {PRISON}.",
    aliases=("tft_spiteful",),
)
def spiteful_tit_for_tat() -> Automaton:
    """Play tit for tat until the other has defected twice in a row, then withhold for ever."""
    return Automaton(
        [_KIND, _UNKIND, _UNKIND],
        [[[0, 1]] * 2, [[0, 2]] * 2, [[2, 2]] * 2],
        states=("was kind", "was unkind", "never"),
    )


@entry(
    "random-tit-for-tat",
    voice="Every second turn I answer you; in between I toss a coin.",
    source=f"Zachary M. Taylor in {AXELROD_PYTHON}.",
)
def random_tit_for_tat(p: float = 0.5) -> Automaton:
    """Alternate: do what the other just did, and accommodate with probability `p`.

    It accommodates in the first period and answers the other in the second.
    """
    probability("p", p)
    answer_kind, answer_unkind, toss = range(1, 4)
    answer = [[answer_kind, answer_unkind]] * 2
    return Automaton(
        [_KIND, _KIND, _UNKIND, [p, 1 - p]],
        [answer, [[toss, toss]] * 2, [[toss, toss]] * 2, answer],
        states=("opening", "answers C", "answers D", "tosses"),
    )
