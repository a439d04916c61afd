"""Learning from payoffs: reinforcement, values, aspirations and regrets, by their formulas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_player import PRISONERS, Player, answers
from replayed import CHICKEN, STAG_HUNT, memory_after, odds, share, symmetric

from coopgames.mistakes import Mistake
from coopgames.strategies import Automaton, Compiled, library, rated, strategy
from coopgames.strategies.learning.reinforcement import _attraction

MACY_FLACHE = symmetric(R=3, S=0, T=4, P=1)
"""The payoffs of Macy & Flache (2002)."""


# Every learner, in every game


GAMES = {
    "equal": symmetric(2, 2, 2, 2),
    "negative": symmetric(-3, -9, -1, -5),
    "huge": symmetric(3e12, 0, 5e12, 1e12),
    "tiny": symmetric(3e-12, 0, 5e-12, 1e-12),
    "no conflict": symmetric(5, 3, 1, 0),
}
LEARNERS = [
    n
    for n, e in library().items()
    if e.family in {"learning", "expectations"} and isinstance(e().rule, Compiled)
]


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("name", LEARNERS)
def test_no_game_is_too_much_for_a_learner(name, game):
    for lot in (0.0, 0.3, 1 - 2**-32):
        player = Player(strategy(name), lot=lot, payoffs=GAMES[game])
        for t in range(40):
            own = player.act()
            assert own in {0, 1}
            player.see(own ^ (t == 7), (t * t // 3) % 2)
        assert all(math.isfinite(x) or math.isinf(x) for x in player.memory), "no number is lost"


@pytest.mark.parametrize("name", ["bush-mosteller", "satisficing", "hedge", "regret-matching"])
def test_only_the_place_between_worst_and_best_counts(name):
    s = strategy(name)
    scaled = PRISONERS * 7 - 100
    for own, observed in (("CD", "DC"), ("DDCC", "CDCD")):
        assert odds(s, own, observed) == pytest.approx(odds(s, own, observed, scaled), abs=1e-9)


def test_payoffs_are_rated_between_worst_and_best():
    assert [rated(PRISONERS, a, o) for a in (0, 1) for o in (0, 1)] == [0.6, 0, 1, 0.2]
    assert rated(GAMES["equal"], 0, 1) == 1


# Bush–Mosteller (Macy & Flache 2002) and Cross


@pytest.mark.parametrize(
    ("own", "observed", "p"),
    [
        # s = (π − 2)/2: R 1/2, S −1, T 1, P −1/2; l = 1/2.
        ("C", "C", 0.5 + 0.5 * 0.5 * 0.5),
        ("C", "D", 0.5 - 0.5 * 0.5 * 1),
        ("D", "C", 1 - (0.5 + 0.5 * 0.5 * 1)),
        ("D", "D", 1 - (0.5 - 0.5 * 0.5 * 0.5)),
        ("CC", "CC", 0.625 + 0.375 * 0.5 * 0.5),
        ("CD", "CC", 1 - (0.375 + 0.625 * 0.5)),
        ("DC", "DD", 0.625 - 0.625 * 0.5),
    ],
)
def test_bush_mosteller(own, observed, p):
    assert odds(strategy("bush-mosteller"), own, observed, MACY_FLACHE) == pytest.approx(p)


def test_bush_mosteller_gets_used_to_what_it_earns():
    # A: 0.5, then 0.5 + 0.2 (0.75 − 0.5) = 0.55; R is 0.75, so s = 0.2/0.55 the second time.
    s = strategy("bush-mosteller", habituation=0.2, start=0.4, rate=1)
    first = 0.4 + 0.6 * 0.5
    second = first + (1 - first) * 0.2 / 0.55
    assert odds(s, "", "", MACY_FLACHE) == pytest.approx(0.4)
    assert odds(s, "CC", "CC", MACY_FLACHE) == pytest.approx(second)


def test_cross_learns_from_everything_by_what_it_paid():
    s = strategy("cross", rate=0.5)
    assert odds(s, "C", "C") == pytest.approx(0.5 + 0.5 * 0.5 * 0.6)
    assert odds(s, "C", "D") == pytest.approx(0.5), "the worst payoff teaches nothing"
    assert odds(s, "D", "C") == pytest.approx(1 - (0.5 + 0.5 * 0.5))
    same = strategy("bush-mosteller", aspiration=0.0)
    assert odds(s, "CDDC", "CCDD") == odds(same, "CDDC", "CCDD")


# Roth–Erev


def test_roth_erev():
    # q begins at 9 · 9/4 / 2 each; C pays 3, then D pays 5.
    q = 9 * 9 / 4 / 2
    s = strategy("roth-erev")
    assert odds(s, "", "") == 0.5
    C, D = 0.9 * q + 3 * 0.8, 0.9 * q + 3 * 0.2
    assert odds(s, "C", "C") == pytest.approx(C / (C + D))
    C, D = 0.9 * C + 5 * 0.2, 0.9 * D + 5 * 0.8
    assert odds(s, "CD", "CC") == pytest.approx(C / (C + D))


def test_roth_erev_without_experiments_or_forgetting():
    s = strategy("roth-erev", strength=1, forgetting=0, experimentation=0)
    assert odds(s, "CDD", "CCD") == pytest.approx((9 / 8 + 3) / (9 / 4 + 3 + 5 + 1))
    # Payoffs count from the worst, so negative ones do no harm.
    assert odds(s, "C", "D", PRISONERS - 8) == 0.5


# Experience-weighted attraction


def test_experience_weighted_attraction():
    # N = 1, 1.9, 2.71; X(C) = 3/1.9, X(D) = 5/2/1.9; then D pays 1 and C would have paid 0.
    s = strategy("experience-weighted-attraction")
    C, D = 3 / 1.9, 2.5 / 1.9
    assert odds(s, "C", "C") == pytest.approx(1 / (1 + math.exp(D - C)))
    C, D = 0.9 * 1.9 * C / 2.71, (0.9 * 1.9 * D + 1) / 2.71
    assert odds(s, "CD", "CD") == pytest.approx(1 / (1 + math.exp(D - C)))


@given(observed=st.text("CD", max_size=10), φ=st.sampled_from([0.0, 0.5, 0.9, 1.0]))
def test_with_full_imagination_it_is_weighted_fictitious_play(observed, φ):
    # With N(0) the weight of the prior and X(0) what the prior promises (Camerer & Ho 1999, p. 838).
    u = STAG_HUNT[0]
    promised = [(u[a, 0] + 2 * u[a, 1]) / 3 - u.min() for a in (0, 1)]
    rule = Compiled(_attraction, (φ, 1.0, φ, 1.0, 3.0, *promised), stochastic=True)
    ewa = strategy("experience-weighted-attraction").__class__("ewa", rule)
    w = [1.0, 2.0]
    for o in observed:
        w = [φ * x for x in w]
        w["CD".index(o)] += 1
    b = w[0] / sum(w)
    gain = b * (u[0, 0] - u[1, 0]) + (1 - b) * (u[0, 1] - u[1, 1])
    own = ("CD" * 5)[: len(observed)]
    expected = 1 / (1 + math.exp(-gain))
    assert odds(ewa, own, observed, STAG_HUNT) == pytest.approx(expected, abs=1e-9)


def test_without_imagination_only_what_was_earned_counts():
    s = strategy("experience-weighted-attraction", imagination=0, retention=1, experience=0)
    assert odds(s, "CCD", "CCC") == pytest.approx(1 / (1 + math.exp(5 - 6)))


# Q-learning


def values(s, own: str, observed: str) -> dict[str, list[float]]:
    """Q after the period to come has begun, by situation: C and D."""
    memory, seen = memory_after(s, own, observed)
    s.rule.function(memory, seen, PRISONERS, 2**31 and __import__("numpy").uint64(2**63))
    rows = memory[6:].reshape(5, 2).tolist()
    return dict(zip(("start", "CC", "CD", "DC", "DD"), rows, strict=True))


def test_q_learning():
    s = strategy("q-learning", alpha=0.5, gamma=0.8, epsilon=0)
    Q = values(s, "C", "C")
    assert Q["start"] == [0.5 * 3, 0]
    # D in CC pays 5 and leads to DC, where nothing is known; then D there pays 1.
    Q = values(s, "CDD", "CCD")
    assert Q["CC"] == [0, 0.5 * 5]
    assert Q["DC"] == [0, 0.5 * 1]
    # Back in CC its worth counts: C in DD pays 3 and leads to CC.
    Q = values(s, "CDDC", "CCDC")
    assert Q["DD"] == [0.5 * (3 + 0.8 * 2.5), 0]


def test_q_learning_takes_the_better_action_and_explores():
    s = strategy("q-learning", epsilon=0)
    assert odds(s, "", "") == 0.5, "nothing is known"
    assert odds(s, "CCC", "CCC") == 1
    assert odds(s, "CDCC", "CCCC") == 0.0, "D in CC has paid more"
    often = strategy("q-learning", epsilon=0.4)
    assert abs(share(often, "CCC", "CCC") - 0.8) < 5 * math.sqrt(0.16 / 4000)


def test_sarsa_learns_from_what_it_goes_on_to_do():
    # In CC, C is worth 2; if its hand takes D there it learns of D, Q-learning of C.
    on, off = (strategy(n, alpha=0.5, gamma=0.8, epsilon=0) for n in ("sarsa", "q-learning"))
    # Start, C: pays 3; with Q(CC, ·) = 0 in both, nothing differs yet.
    assert values(on, "C", "C")["start"] == values(off, "C", "C")["start"]
    # The second time in CC the greedy action is the best one, and so both learn alike.
    assert values(on, "CCC", "CCC")["CC"] == pytest.approx(values(off, "CCC", "CCC")["CC"])


def test_boltzmann_q_learning_chooses_by_the_logit():
    s = strategy("boltzmann-q-learning", alpha=1, gamma=0, precision=2)
    # In CC: C paid 3, then D paid 5.
    assert odds(s, "CCDC", "CCCC") != odds(s, "CCCC", "CCCC")
    own, observed = "CCDCC", "CCCCC"  # CC is reached again by C in DC and then C
    assert odds(s, own[:4], observed[:4]) == pytest.approx(1 / (1 + math.exp(2 * (5 - 3))))


# Simple values


def test_epsilon_greedy_goes_by_means():
    s = strategy("epsilon-greedy", epsilon=0)
    assert not s.stochastic
    assert [odds(s, own, "C" * len(own)) for own in ("", "C", "CD")] == [1, 0, 0]
    assert odds(s, "CD", "CD") == 1, "3 against 1"
    assert odds(s, "CDDD", "CDDC") == 1, "3 against 7/3"
    assert odds(s, "CDDC", "DDDC") == 1, "3/2 against 1"
    often = strategy("epsilon-greedy", epsilon=0.4)
    assert abs(share(often, "CD", "CD") - 0.8) < 5 * math.sqrt(0.16 / 4000)


def test_adaptive_opens_and_goes_by_points():
    assert answers("adaptive", "C" * 13) == "CCCCCCDDDDD" + "DD", "18 against 25"
    assert answers("adaptive", "CCCCCCDDDDDCC") == "CCCCCCDDDDD" + "CC", "18 against 5"
    assert answers("adaptive", "CCCCCCCCCDDDD") == "CCCCCCDDDDD" + "CC", "18 against 17"
    assert answers("adaptive", "CCCCCDCCDDDDD") == "CCCCCCDDDDD" + "CC", "15 against 13"


# Aspirations


def test_fixed_aspirations():
    assert answers("fixed-aspiration", "CDDCC") == answers("win-stay-lose-shift", "CDDCC")
    # In a stag hunt a hare (3 or 2) is above a third of the way from 1 to 4, in part.
    low = strategy("fixed-aspiration", aspiration=1 / 3)
    assert [odds(low, a, o, STAG_HUNT) for a in "CD" for o in "CD"] == [1, 0, 0, 0]
    high = strategy("fixed-aspiration", aspiration=0.9)
    assert [odds(high, a, o, STAG_HUNT) for a in "CD" for o in "CD"] == [1, 0, 1, 1]


def test_moving_aspirations_get_used_to_things():
    s = strategy("moving-aspiration", aspiration=0.5, rate=0.5)
    # r = 0.6: content, A = 0.55. Then r = 1: content, A = 0.775; then 0.6 is not enough.
    assert odds(s, "C", "C") == 1
    assert odds(s, "CD", "CC") == 0
    assert odds(s, "CDC", "CCC") == 0
    assert odds(s, "CC", "CC") == 1
    # What stays the same is good enough for ever.
    assert answers("moving-aspiration", "C" * 60) == "C" * 60


def test_yesterday_changes_when_things_get_worse():
    s = strategy("yesterday")
    assert odds(s, "C", "C") == 1, "0.6 is more than half-way"
    assert odds(s, "CC", "CC") == 1
    assert odds(s, "CC", "CD") == 0
    assert odds(s, "CCD", "CDD") == 0, "1 is better than 0"
    assert odds(s, "CCDD", "CDDC") == 0
    assert odds(s, "DD", "CD") == 1, "5, then 1"


def test_satisficing_changes_by_what_is_missing():
    s = strategy("satisficing", tremble=0)
    assert odds(s, "", "") == 1
    assert odds(s, "C", "C") == 1
    # P is 0.2 where 0.5 is asked; half of what is missing is the probability of a change.
    assert odds(s, "D", "D") == pytest.approx(0.5 * 0.3)
    assert odds(s, "C", "D") == pytest.approx(1 - 0.5 * 0.5)
    # The aspiration fell to 0.475 with the sucker's payoff.
    assert odds(s, "CD", "DD") == pytest.approx(0.5 * (0.475 - 0.2))


def test_satisficing_asks_for_anything_at_times():
    s = strategy("satisficing", tremble=1)
    # Asked is uniform: E max(A − 0.6, 0) = 0.4²/2 = 0.08, and half of it is the change.
    estimate = share(s, "C", "C", runs=20000)
    assert abs(estimate - 0.96) < 5 * math.sqrt(0.96 * 0.04 / 20000)


MOODS = {0: "content", 1: "hopeful", 2: "watchful", 3: "discontent"}


def mood(own: str, observed: str, **memory: float) -> tuple[str, str, float]:
    """The mood after a course that began with a benchmark: (mood, action, payoff)."""
    s = strategy("trial-and-error", experiments=0)
    player = Player(s, lot=0.999999)
    player.memory[:] = [0, memory["mood"], memory["action"], memory["payoff"]]
    player.period = 1
    for a, o in zip(own, observed, strict=True):
        player.see("CD".index(a), "CD".index(o))
        player.act()
    return MOODS[int(player.memory[1])], "CD"[int(player.memory[2])], float(player.memory[3])


@pytest.mark.parametrize(
    ("own", "observed", "before", "after"),
    [
        # Content with C at 0.6: no news, worse, better; a trial that fails, one that pays.
        ("C", "C", (0, 0, 0.6), ("content", "C", 0.6)),
        ("C", "D", (0, 0, 0.6), ("watchful", "C", 0.6)),
        ("C", "C", (0, 0, 0.5), ("hopeful", "C", 0.5)),
        ("D", "D", (0, 0, 0.6), ("content", "C", 0.6)),
        ("D", "C", (0, 0, 0.6), ("content", "D", 1.0)),
        # Hopeful: it was true, it was nothing, it was the contrary.
        ("C", "C", (1, 0, 0.5), ("content", "C", 0.6)),
        ("C", "C", (1, 0, 0.6), ("content", "C", 0.6)),
        ("C", "D", (1, 0, 0.6), ("watchful", "C", 0.6)),
        # Watchful: twice let down, a false alarm, the contrary.
        ("C", "D", (2, 0, 0.6), ("discontent", "C", 0.6)),
        ("C", "C", (2, 0, 0.6), ("content", "C", 0.6)),
        ("C", "C", (2, 0, 0.5), ("hopeful", "C", 0.5)),
    ],
)
def test_moods(own, observed, before, after):
    given_ = dict(zip(("mood", "action", "payoff"), before, strict=True))
    assert mood(own, observed, **given_) == after


def test_discontent_settles_the_sooner_the_better_it_gets():
    s = strategy("trial-and-error", experiments=0)
    assert odds(s, "", "") == 0.5
    # After C, C the payoff is 0.6 and the benchmark 0: it settles with probability 0.65, and is
    # then sure to repeat it; else it tosses a coin.
    estimate = share(s, "C", "C", runs=20000)
    expected = 0.65 + 0.35 / 2
    assert abs(estimate - expected) < 5 * math.sqrt(expected * (1 - expected) / 20000)


# Pavlovs


def test_n_pavlov_moves_by_one():
    rule = strategy("n-pavlov", n=3).rule
    assert isinstance(rule, Automaton)
    state, seen = rule.initial, []
    for own, other in ("CC", "CD", "CD", "DC", "DC", "DD", "DD"):
        seen.append(float(rule.mix[state, 0]))
        state = rule.next[state, "CD".index(own), "CD".index(other)]
    assert seen == pytest.approx([1, 1, 2 / 3, 1 / 3, 0, 0, 1 / 3])
    assert (
        strategy("n-pavlov", n=1).rule.minimal() == strategy("win-stay-lose-shift").rule.minimal()
    )


def test_adaptive_pavlovs_tell_what_the_other_is():
    tails = "CCCCCC"
    for name in ("adaptive-pavlov-2006", "adaptive-pavlov-2011"):
        assert answers(name, "C" * 6 + "CDC" + "CC") == "C" * 8 + "CDC"
        assert answers(name, "D" * 6 + tails) == "C" + "D" * 5 + "D" * 6
        assert answers(name, "CCDCCC" + tails) == "CCCDCC" + "D" * 6, "random"
    assert answers("adaptive-pavlov-2006", "DCDCDC" + "DDDDDD") == "CDCDCD" + "CCDDDD"
    assert answers("adaptive-pavlov-2006", "DDCDDC" + tails) == "CDDCDD" + "DCCCCC"
    assert answers("adaptive-pavlov-2011", "DCDCDC" + "DDDCCC") == "CDCDCD" + "CCDDCC"


def test_adaptors_keep_a_balance():
    brief, long = strategy("adaptor-brief"), strategy("adaptor-long")
    assert odds(brief, "", "") == pytest.approx(0.99)
    # −1.001505 is below −1; then exploiting adds 0.992107 and it is inside again.
    assert odds(brief, "C", "D") == pytest.approx(0.01)
    assert odds(brief, "CD", "DC") == pytest.approx(0.99)
    # 1.888159 is above 1; mutual defection brings it down by 0.995703 at a time.
    assert odds(long, "C", "D") == pytest.approx(0.01)
    assert odds(long, "CD", "DD") == pytest.approx(0.99)
    assert not strategy("adaptor-brief", error=0).stochastic


# Regrets


def test_hedge():
    # G = (0.6 − 1) + (0 − 0.2) = −0.6.
    s = strategy("hedge", rate=2)
    assert odds(s, "CD", "CD") == pytest.approx(1 / (1 + math.exp(2 * 0.6)))
    assert odds(s, "", "") == 0.5
    assert odds(s, "DC", "CD") == odds(s, "CD", "CD"), "what it did itself does not matter"


def test_exp3_counts_what_is_rare_for_more():
    s = strategy("exp3", gamma=0.5)
    # After C paid 0.6 with p = 1/2: ln ratio = 0.5 · (0.6/0.5)/2 = 0.3.
    first = 0.5 / (1 + math.exp(-0.3)) + 0.25
    assert odds(s, "C", "C") == pytest.approx(first)
    second = 0.3 - 0.5 * (1 / (1 - first)) / 2
    assert odds(s, "CD", "CC") == pytest.approx(0.5 / (1 + math.exp(-second)) + 0.25)
    assert 0.25 <= odds(s, "D" * 30, "C" * 30) < 0.2501, "it never quite stops trying"


def test_regret_matching():
    s = strategy("regret-matching")
    assert odds(s, "", "") == 0.5
    # In chicken: straight against straight it regrets not having swerved (2 − 1), and swerving
    # against swerving that it did not go straight (4 − 3).
    assert odds(s, "D", "D", CHICKEN) == 1
    assert odds(s, "C", "C", CHICKEN) == 0
    # R(C) = 2 · (1/3) − 0 …: twice D against D, once C against C.
    assert odds(s, "DDC", "DDC", CHICKEN) == pytest.approx(2 / 3)


def test_conditional_regret_matching():
    s = strategy("conditional-regret-matching", inertia=4)
    # In chicken, C against C regrets 1/3, meaned over all periods.
    assert odds(s, "C", "C", CHICKEN) == pytest.approx(1 - 1 / 3 / 4)
    assert odds(s, "DC", "CC", CHICKEN) == pytest.approx(1 - 1 / 3 / 2 / 4)
    # D against C is what it wants, against D it is not: −1/3 and 1/3.
    assert odds(s, "DD", "CD", CHICKEN) == pytest.approx(0, abs=1e-9)
    assert odds(s, "DDD", "CDD", CHICKEN) == pytest.approx(1 / 3 / 3 / 4)


@pytest.mark.parametrize("name", ["hedge", "regret-matching", "conditional-regret-matching"])
def test_regrets_vanish_against_any_course(name):
    # Chicken against a coin of 0.7: the best single action is to swerve (2.7 against 3.1 …) or not;
    # whatever it is, nothing is missing per period in the end.
    import numpy as np

    rng, s = np.random.default_rng(5), strategy(name)
    player, gained, could = Player(s, payoffs=CHICKEN), 0.0, np.zeros(2)
    for _ in range(4000):
        player.chance = rng.integers(2**64, dtype=np.uint64)
        own, other = player.act(), int(rng.random() < 0.3)
        player.see(own, other)
        gained += CHICKEN[0, own, other]
        could += CHICKEN[0, :, other]
    assert (could.max() - gained) / 4000 < 0.1


# Mistakes


@pytest.mark.parametrize(
    ("name", "parameters", "words"),
    [
        ("bush-mosteller", {"rate": 2.0}, "rate = 2 is no probability"),
        ("bush-mosteller", {"aspiration": -0.1}, "aspiration = -0.1 is no probability"),
        ("roth-erev", {"strength": -1.0}, "strength = -1 is no weight"),
        (
            "experience-weighted-attraction",
            {"precision": -1.0},
            "precision = -1 must be at least 0",
        ),
        ("q-learning", {"gamma": 1.0}, "gamma = 1 must be at least 0 and less than 1"),
        ("hedge", {"rate": math.nan}, "rate = nan is no weight"),
        ("exp3", {"gamma": 0.0}, "gamma = 0 must be above 0"),
        ("conditional-regret-matching", {"inertia": 0.5}, "inertia = 0.5 is too small"),
        ("n-pavlov", {"n": 0}, "n = 0 is too small"),
    ],
)
def test_mistakes(name, parameters, words):
    with pytest.raises(Mistake, match=words):
        strategy(name, **parameters)
