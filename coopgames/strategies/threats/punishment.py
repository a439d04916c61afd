"""Punishments that are announced: for ever, for some periods, or by steps."""

from __future__ import annotations

import numpy as np

from coopgames.mistakes import Mistake
from coopgames.strategies.automaton import Automaton, unroll
from coopgames.strategies.compiled import ACCOMMODATE, WITHHOLD
from coopgames.strategies.registry import entry, whole
from coopgames.strategies.sources import AXELROD_PYTHON, FUDENBERG, PRISON
from coopgames.strategies.stance import Stance


def _pulls(trigger: str, own: int, other: int) -> bool:
    """Whether a period counts against the peace: the other's withholding, or either's."""
    return WITHHOLD in ((own, other) if trigger == "either" else (other,))


def _check(trigger: str) -> None:
    if trigger not in {"other", "either"}:
        raise Mistake(
            f"trigger = {trigger!r}: whose withholding counts is other (the other's) or either "
            "(one's own too)"
        )


@entry(
    "grim",
    voice="I never start a quarrel, and I never end one.",
    source="Friedman (1971), A non-cooperative equilibrium for supergames, Rev. Econ. Studies "
    f"38:1-12. Those that one's own hand triggers too, and the patient ones: {FUDENBERG}; Dal Bó & "
    "Fréchette (2011), The evolution of cooperation in infinitely repeated games, American Econ. "
    "Rev. 101:411-429. Where it opens by defecting, the first period counts like any other.",
    aliases={
        "G": {"trigger": "either"},
        "GRIM": {"trigger": "either"},
        "GRIM2": {"n": 2, "trigger": "either"},
        "GRIM3": {"n": 3, "trigger": "either"},
        "DGRIM2": {"n": 2, "trigger": "either", "opening": "D"},
        "DGRIM3": {"n": 3, "trigger": "either", "opening": "D"},
        "spite": {},
    },
    stance=Stance("bargaining", complied="(C)", refused="(D)", atoned="(D)"),
)
def grim(n: int = 1, trigger: str = "other", opening: str = "C") -> Automaton:
    """Accommodate until the other has defected once, then withhold for ever.

    Only the other's defection pulls the trigger: a slip of one's own does not, unless `trigger` is
    either instead of other. With a larger `n` it takes so many periods in a row. `opening` is what
    it does in the first period, C or D.
    """
    whole("n", n, least=1)
    _check(trigger)
    if opening not in {"C", "D"}:
        raise Mistake(f"opening = {opening!r} is no action; it must be C or D")

    def after(state: str | int, own: int, other: int) -> str | int:
        if state == "never":
            return state
        run = int(state or 0) + 1 if _pulls(trigger, own, other) else 0
        return "never" if run == n else run

    return unroll(
        "" if opening == "D" else 0,
        lambda state: state not in {"never", ""},
        after,
        lambda state: {"": "opening", 0: "trust"}.get(state, str(state)),
    )


@entry(
    "limited-punishment",
    voice="Three turns in the cold, and then we start afresh.",
    source="Green & Porter (1984), Noncooperative collusion under imperfect price information, "
    "Econometrica 52:87-100, for the idea. T2: Dal Bó & Fréchette (2011), American Econ. Rev. "
    "101:411-429. The soft grudger: Li, Hingston & Kendall (2011), IEEE Trans. Comput. Intell. AI "
    f"in Games 3:348-360. The forgetful one and the one once bitten: {AXELROD_PYTHON}.",
    aliases={
        "T2": {"n": 2, "trigger": "either"},
        "soft-grudger": {"n": 4, "offers": 2},
        "forgetful-grudger": {"n": 10, "offers": 0},
        "once-bitten": {"n": 11, "m": 2, "offers": 0},
    },
    stance=Stance("bargaining", complied="(C)", refused="(DDDC)", atoned="DDD(C)"),
)
def limited_punishment(
    n: int = 3, m: int = 1, offers: int = 1, trigger: str = "other"
) -> Automaton:
    """Answer `m` defections in a row by withholding `n` times, then accommodate `offers` times.

    What the other does meanwhile changes nothing; what it did in the last of these periods, and in
    the m - 1 before, counts again. `trigger` is other if only the other's defections count, either
    if one's own count too.
    """
    whole("n", n, least=1)
    whole("m", m, least=1)
    whole("offers", offers)
    _check(trigger)
    if trigger == "either" and offers == 0:
        raise Mistake("trigger = 'either' with offers = 0 would never end; give offers at least 1")

    def after(state: tuple[int, int], own: int, other: int) -> tuple[int, int]:
        run, left = state
        run = min(run + 1, m) if _pulls(trigger, own, other) else 0
        if left > 1:
            left -= 1
        else:
            left = n + offers if run == m else 0
        return (run if m > 1 else 0), left

    def name(state: tuple[int, int]) -> str:
        run, left = state
        phase = f"punishes, {left - offers} left" if left > offers else f"offers, {left} left"
        return (phase if left else "peace") + (f", {run} in a row" if m > 1 else "")

    return unroll((0, 0), lambda state: state[1] <= offers, after, name)


@entry(
    "stick-and-carrot",
    voice="Whoever breaks our peace, we both take the stick, and then we both take the carrot.",
    source="Abreu (1986), Extremal equilibria of oligopolistic supergames, J. Econ. Theory "
    "39:191-225.",
    stance=Stance("bargaining", "(C)", refused="(DC)", atoned="D(C)", amends="D(C)"),
)
def stick_and_carrot(n: int = 1, actions: int = 2) -> Automaton:
    """Accommodate; after a breach by either both are to withhold for `n` periods, then it is over.

    A breach is anything but what is prescribed, the stick included: whoever does not take it makes
    it begin again. `actions` is how many actions there are: the first is the carrot and the last
    the stick.
    """
    whole("n", n, least=1)
    k = whole("actions", actions, least=2)
    following = np.ones((n + 1, k, k), dtype=np.int64)  # to the first period of the stick
    for s in range(n + 1):
        prescribed = k - 1 if s else 0
        following[s, prescribed, prescribed] = (s + 1) % (n + 1) if s else 0
    mix = np.zeros((n + 1, k))
    mix[0, 0] = mix[1:, k - 1] = 1
    return Automaton(mix, following, states=["carrot", *(f"stick {s}" for s in range(1, n + 1))])


@entry(
    "escalation",
    voice="Each refusal takes us one rung up, and each good turn one rung down again.",
    source="Kahn (1965), On Escalation; Osgood (1962), An Alternative to War or Surrender, for the "
    "way down. The rule is ours.",
    stance=Stance("bargaining", "(C)", refused="DCDDC(DDDC)", atoned="D(C)"),
)
def escalation(rungs: int = 3) -> Automaton:
    """Answer a refusal by withholding once, the next one twice, and so on up to `rungs` times.

    After each punishment it offers peace for one period. An offer that is met takes it one rung
    down, one that is refused one rung up. What the other does during a punishment is not counted.
    """
    whole("rungs", rungs, least=1)

    def after(state: tuple[int, int], _own: int, other: int) -> tuple[int, int]:
        rung, left = state
        if left > 0:
            return rung, left - 1
        if other == ACCOMMODATE:
            return max(rung - 1, 0), 0
        return min(rung + 1, rungs), min(rung + 1, rungs)

    return unroll(
        (0, 0),
        lambda state: state[1] == 0,
        after,
        lambda s: f"rung {s[0]}, {f'punishes, {s[1]} left' if s[1] else 'offers peace'}",
    )


@entry(
    "ultimatum",
    voice="You have five turns to come round; from then on, one no is the last.",
    source="Schelling (1966), Arms and Influence, ch. 2, for the idea. The rule is ours; with the "
    f"past held against the other it is davis, or spite_cc in {PRISON}.",
    stance=Stance("bargaining", complied="(C)", refused="(D)", atoned="(D)"),
)
def ultimatum(n: int = 5) -> Automaton:
    """Accommodate for `n` periods, whatever happens; then withhold for ever after one defection.

    A defection in the last of the `n` periods counts; earlier ones are forgiven.
    """
    whole("n", n, least=1)

    def after(state: int, _own: int, other: int) -> int:
        if state < n - 1:
            return state + 1
        return n if state == n or other == WITHHOLD else n - 1

    def name(state: int) -> str:
        if state == n:
            return "war"
        return f"{n - state} left" if state < n - 1 else "the term is over"

    return unroll(0, lambda state: state < n, after, name)


@entry(
    "fool-me-once",
    voice="Fool me once, shame on you; fool me twice, shame on me.",
    source=f"Marc Harper in {AXELROD_PYTHON}.",
    stance=Stance("bargaining", complied="(C)", refused="C(D)", atoned="(C)"),
)
def fool_me_once() -> Automaton:
    """Accommodate until the other has withheld a second time, then withhold for ever."""
    return unroll(
        0,
        lambda fooled: fooled < 2,
        lambda fooled, _own, other: min(fooled + other, 2),
        lambda fooled: ("trust", "wary", "never")[fooled],
    )


@entry(
    "grudge-alternator",
    voice="Cross me, and from then on every other turn is mine.",
    source=f"c_then_per_dc in {PRISON}; Grudger Alternator in {AXELROD_PYTHON}.",
    aliases=("c_then_per_dc",),
    stance=Stance("bargaining", complied="(C)", refused="(DC)", atoned="(DC)"),
)
def grudge_alternator() -> Automaton:
    """Accommodate until the other has withheld; then do the opposite of what one just did.

    So it alternates for ever, beginning with D.
    """

    def after(state: str, own: int, other: int) -> str:
        if state == "peace" and other == ACCOMMODATE:
            return state
        return "takes" if own == ACCOMMODATE else "gives"

    return unroll("peace", lambda state: state != "takes", after)
