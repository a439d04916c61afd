"""From injunctions to a public state: it remembers what a history of flags comes to."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from coopgames.games import Game, named_game, tallies
from coopgames.mistakes import Mistake
from coopgames.play import Horizon, Match, critical_continuation, expect
from coopgames.regimes import (
    Always,
    Between,
    Flagged,
    Injunction,
    Issue,
    Listed,
    Monitoring,
    NoMore,
    Regime,
    Within,
    anyone_breaks,
    anyone_of_the_group_breaks,
    as_public,
    by_tally,
    compliant,
    holds,
    records,
    reversion,
)
from coopgames.regimes.demand import cases
from coopgames.specs import regime_from
from coopgames.strategies import FREE, strategy

PD = Issue("stage", named_game("prisoners-dilemma"))
C, D = PD.actions[0]
u = np.array([[1, 4, 0], [2, 5, 0.5], [0.5, 3, 0]])
ROLES = ((1, 0, 2), (2, 1, 0))  # so that role order differs from the order of the table
THREE = Issue("three", Game("three", [u, u.T], actions=(("0", "1", "2"),) * 2, roles=ROLES))


def kept(when, *, name="rule", demand=None, **more):
    return Injunction(name, "rule", demand or Listed((C,)), when=when, **more)


# An agreement that is suspended, as the theory has it


@pytest.mark.parametrize("periods", [1, 3, None])
@pytest.mark.parametrize(("hit", "false_alarm"), [(1.0, 0.0), (0.9, 0.02), (0.2, 0.6)])
def test_an_agreement_that_any_flag_suspends_is_reversion(periods, hit, false_alarm):
    watch = Monitoring(hit, false_alarm, shared=True)
    when = Flagged("rule", "any", periods, unless=True)
    made = as_public(Regime("pact", (PD,), (kept(when, monitoring=watch),)))
    expected = reversion(
        anyone_breaks((2, 2)), hit=hit, false_alarm=false_alarm, periods=periods
    )  # fmt: skip
    assert made.next.tolist() == expected.next.tolist()
    assert made.label == tuple(row * 2 for row in expected.label)
    assert made.signal == pytest.approx(expected.signal, abs=1e-12)
    assert made.errs == expected.errs


def test_it_holds_from_the_continuation_on_that_grim_trigger_needs():
    regime = as_public(Regime("pact", (PD,), (kept(Flagged("rule", "any", None, unless=True)),)))
    member = strategy("compliance")
    # (T − R) / (T − P) = 2 / 4
    assert critical_continuation(PD.game, member, member, regime=regime) == pytest.approx(0.5)
    assert expect(Match(PD.game, (member, member), Horizon(9), regime=regime)).means[0] == 3


# Any regime, against what its conditions say of histories

demands = st.sets(st.sampled_from(["0", "1", "2"]), min_size=1, max_size=2).map(
    lambda names: Listed(tuple(sorted(names)))
)
flagged = st.builds(
    Flagged, st.sampled_from(["q0", "q1"]), st.sampled_from(["own", "another", "any"]),
    st.none() | st.integers(1, 3), st.booleans(),
)  # fmt: skip
clocks = st.builds(
    lambda a, b: Between(a, None if b is None else a + b),
    st.integers(0, 2),
    st.none() | st.integers(1, 2),
)
conditions = st.just(Always()) | clocks | flagged


last_ones = st.sampled_from([NoMore("own"), NoMore("others")])


@st.composite
def regimes(draw, *, erring=False):
    watches = st.builds(
        Monitoring,
        st.sampled_from([0.7, 0.2]) if erring else st.just(1.0),
        st.sampled_from([0.1, 0.4]) if erring else st.just(0.0),
        st.integers(0, 2),
        st.booleans(),
    )
    found = [
        Injunction(
            f"q{i}", draw(st.sampled_from(["norm", "rule"])),
            draw(demands | last_ones | st.just(Within(1, 2))),
            draw(st.sampled_from(["prescribe", "proscribe", "permit"])), when=draw(conditions),
            addressees=draw(st.sampled_from([(), (THREE.seats[0],), (THREE.seats[1],)])),
            monitoring=draw(watches),
        )
        for i in range(2)
    ]  # fmt: skip
    if draw(st.booleans()):
        found.append(
            Injunction("but", "rule", draw(demands | last_ones), "permit", when=draw(conditions),
                       addressees=draw(st.sampled_from([(), (THREE.seats[0],)])),
                       excepts=draw(st.sampled_from([("q0",), ("q1",), ("q0", "q1")])))
        )  # fmt: skip
    by = {q.name: q.monitoring for q in found}
    asked = {q.when.of for q in found if isinstance(q.when, Flagged) and q.when.whose != "any"}
    found = [
        replace(q, monitoring=replace(by[q.name], shared=by[q.name].shared and q.name not in asked))
        for q in found
    ]
    # In half of all cases, somebody looks at flags of q0, whatever was drawn.
    if draw(st.booleans()):
        found.append(replace(found[0], name="after", when=Flagged("q0", "any", 1, unless=True)))
    try:
        regime = Regime("any", (THREE,), tuple(found))
        return regime, as_public(regime)
    except Mistake:  # some contradict themselves
        reject()


courses = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=6)
given_much = settings(deadline=None)


def place(profile):
    return tuple(ROLES[i].index(a) for i, a in enumerate(profile))


def case(table, i, last):
    """Give a set of actions, by their numbers in the game, after these last actions."""
    if max(table.shape[:2]) == 1:
        return table[0, 0]
    if last is None:
        return np.ones(3, bool)
    own, other = (ROLES[j].index(last[j]) for j in (i, 1 - i))
    return table[own, 0] if table.shape[0] > 1 else table[0, other]


def complying(regime, q, i, held, last):
    """Say what complies with q for i, with the exceptions that hold."""
    allowed = case(compliant(regime, q, i), i, last).copy()
    for p in regime.injunctions:
        if q.name in p.excepts and held[p.name][i]:
            allowed |= case(cases(p.demand, THREE.actions[i], ROLES[i]), i, last)
    return allowed


def holding(regime, flags, t):
    """Say which injunctions hold for whom, from the flags before t."""
    return {
        q.name: holds(q.when, t, flags[getattr(q.when, "of", q.name)])
        & np.isin([0, 1], regime.addressed(q))
        for q in regime.injunctions
    }


def expected_labels(regime, flags, t, last):
    """Say what is asked of each seat and who is in good standing, from the flags before t."""
    held = holding(regime, flags, t)
    asked, good = [], []
    for i in range(2):
        allowed = np.ones(3, bool)
        for q in regime.injunctions:
            if held[q.name][i]:
                allowed &= complying(regime, q, i, held, last)
        line = [r for r, a in enumerate(ROLES[i]) if allowed[a]][-1]
        asked.append(FREE if allowed.all() else line)
        bad = False
        for q in regime.injunctions:
            looks = [
                p.when for p in regime.injunctions
                if isinstance(p.when, Flagged) and p.when.of == q.name
            ]  # fmt: skip
            if any(w.whose != "any" for w in looks):
                back = max(t if w.periods is None else w.periods for w in looks)
                bad |= flags[q.name][max(0, t - back) : t, i].any()
        good.append(not bad)
    return [(asked[i], good[i], good[1 - i]) for i in range(2)]


@given_much
@given(regimes(), courses)
def test_what_it_shows_is_what_the_history_comes_to(made, course):
    regime, public = made
    record = records(regime, course)
    n = len(course)
    flags = {}
    for q in regime.injunctions:  # a violation is a flag as many periods later as it takes
        late = q.monitoring.delay
        flags[q.name] = np.zeros((n + late, 2), bool)
        flags[q.name][late:] = ~record[q.name].complied
        if q.monitoring.shared:
            flags[q.name] |= flags[q.name].any(axis=1, keepdims=True)
    state = public.initial
    for t, profile in enumerate(course):
        shown = [tuple(public.label[state][i]) for i in range(2)]
        last = course[t - 1] if t else None
        assert shown == expected_labels(regime, flags, t, last), (t, public.states[state])
        for i in range(2):
            line = shown[i][0]
            if line != FREE:  # who does what is asked complies
                act = ROLES[i][line]
                assert all(r.allowed[t, i, act] for r in record.values())
        (sure,) = np.flatnonzero(public.signal[place(profile)])
        state = public.next[state, sure]


@given_much
@given(regimes(erring=True), courses.map(lambda c: c[:2]))
def test_where_it_errs_so_do_the_odds(made, course):
    """All that could be reported in two periods is gone through, from the definitions."""
    regime, public = made
    T = len(course)
    found: dict[tuple, float] = {}
    watched = [
        q
        for q in regime.injunctions
        if any(getattr(p.when, "of", "") == q.name for p in regime.injunctions)
    ]
    for bits in product((False, True), repeat=2 * T * len(watched)):
        raw = dict(zip((q.name for q in watched), np.array(bits).reshape(-1, T, 2), strict=True))
        flags = {q.name: np.zeros((T + 4, 2), bool) for q in regime.injunctions}
        odds = 1.0
        for t, profile in enumerate(course):
            raised = {}
            for q in watched:
                all_held, last = holding(regime, flags, t), course[t - 1] if t else None
                held = all_held[q.name]
                broke = [
                    not complying(regime, q, i, all_held, last)[profile[i]] for i in range(2)
                ]  # fmt: skip
                hit, alarm = q.monitoring.hit, q.monitoring.false_alarm
                report = raw[q.name][t]
                if q.monitoring.shared:
                    p = hit if (held & broke).any() else alarm
                    odds *= (p if report[0] else 1 - p) * 0.5  # the second bit means nothing
                    raised[q.name] = np.full(2, report[0] and held.any())
                else:
                    for i in range(2):
                        p = hit if broke[i] else alarm
                        odds *= p if report[i] else 1 - p
                    raised[q.name] = report & held
            for name, now in raised.items():
                flags[name][t + regime.injunction(name).monitoring.delay] = now
        label = tuple(expected_labels(regime, flags, T, course[-1]))
        found[label] = found.get(label, 0.0) + odds
    at = np.eye(len(public.next))[public.initial]
    for profile in course:
        after = np.zeros_like(at)
        np.add.at(after, public.next, at[:, None] * public.signal[place(profile)])
        at = after
    shown: dict[tuple, float] = {}
    for m, p in enumerate(at):
        label = tuple(tuple(x) for x in public.label[m])
        shown[label] = shown.get(label, 0.0) + p
    for label in {*found, *shown}:
        assert shown.get(label, 0.0) == pytest.approx(found.get(label, 0.0), abs=1e-12)


def test_each_condition_looks_back_as_far_as_it_says():
    first, second = THREE.seats
    public = as_public(Regime("r", (THREE,), (
        kept(Always(), name="pact", demand=Listed(("0", "1")), addressees=(first,)),
        kept(Flagged("pact", "own", 1), name="short", demand=Listed(("1",)), addressees=(first,)),
        kept(Flagged("pact", "another", 3), demand=Listed(("2",)), addressees=(second,)),
    )))  # fmt: skip
    state, shown = public.initial, []
    for action in ("2", "1", "1", "1", "1"):  # one violation, then none
        profile = place((int(action), 2))
        state = public.next[state, public.signal[profile].argmax()]
        shown.append(tuple(label.asked for label in public.label[state]))
    assert shown == [(0, 0), (1, 0), (1, 0), (1, FREE), (1, FREE)]


MANY = Issue("many", named_game("oil-sharing"))


def share(when, **more):
    return kept(when, demand=Listed(("share",)), **more)


# Groups


@pytest.mark.parametrize("periods", [2, None])
def test_among_many_an_agreement_that_an_alarm_suspends_is_reversion(periods):
    when = Flagged("rule", "any", periods, unless=True)
    made = by_tally(
        as_public(Regime("r", (MANY,), (share(when, monitoring=Monitoring(0.9, 0.05, 0, True)),)))
    )
    breaks = anyone_of_the_group_breaks(4)
    expected = reversion(breaks, hit=0.9, false_alarm=0.05, periods=periods)
    assert made.next.tolist() == expected.next.tolist()
    assert made.label == expected.label
    assert made.signal == pytest.approx(expected.signal, abs=1e-12)


def test_who_is_reported_among_many_is_not_told():
    """Each is watched by itself: all is quiet with the product of four probabilities."""
    rule = share(Flagged("rule", "any", 1, unless=True), monitoring=Monitoring(0.9, 0.05))
    made = by_tally(as_public(Regime("r", (MANY,), (rule,))))
    by_breakers = {0: 0.95**4, 1: 0.1 * 0.95**3, 4: 0.1**4}
    for breakers, quiet in by_breakers.items():
        (row,) = [x for x, t in enumerate(tallies(5, 2)) if t[1] == breakers]
        assert made.signal[row] == pytest.approx([quiet, 1 - quiet])


def test_an_exception_holds_for_a_group_too():
    """After any breach all may keep their oil for a period; that is no breach then."""
    rule = share(Always())
    but = replace(
        share(Flagged("rule", "any", 1), name="but", deontic="permit", excepts=("rule",)),
        demand=Listed(("keep",)),
    )
    made = as_public(Regime("r", (MANY,), (rule, but)))
    all_keep, all_share = (1,) * 4, (0,) * 4
    state, shown = made.initial, []
    for profile in (all_keep, all_keep, all_keep, all_share):
        shown.append({label.asked for label in made.label[state]})
        state = made.next[state, made.signal[profile].argmax()]
    assert shown == [{0}, {FREE}, {0}, {FREE}]


def test_actors_who_are_not_alike_have_no_tallies():
    oil = Issue("output", named_game("as-is-oil"))
    rule = kept(Flagged("rule", "any", 1, unless=True), demand=Listed(("as is",)),
                addressees=("company *",))  # fmt: skip
    made = as_public(Regime("r", (oil,), (rule,)))
    assert [label.asked for label in made.label[made.initial]] == [0, 0, 0, FREE]
    with pytest.raises(Mistake, match="does not treat three seats or more all alike"):
        by_tally(made)


# Worked by hand


def test_cotton_textiles():
    """Importers may restrict for a period after exporters broke the restraint, and only then."""
    cotton = as_public(regime_from("cotton-textiles-1962"))
    state = cotton.initial
    assert [label.asked for label in cotton.label[state]] == [0, 0]  # accept, restrain
    # The exporter exports without restraint: reported with .9; the importer is then free.
    on_exporter = [y for y, name in enumerate(cotton.signals) if "restraint on exporter" in name]
    assert cotton.signal[0, 1, on_exporter].sum() == pytest.approx(0.9)
    assert cotton.signal[0, 0, on_exporter].sum() == pytest.approx(0.05)
    after = {cotton.next[state, y] for y in on_exporter}
    for m in after:
        assert [label.asked for label in cotton.label[m]] == [FREE, 0]
        # a period later, with nothing new, the market is to be open again
        assert [label.asked for label in cotton.label[cotton.next[m, 0]]] == [0, 0]


def test_a_standstill_keeps_the_last_profile():
    """No step back: who has gone to 1 in order may do 0 or 1 next, and never 2."""
    regime = Regime("r", (THREE,), (
        kept(Always(), demand=NoMore("own"), addressees=(THREE.seats[0],)),
    ))  # fmt: skip
    made = as_public(regime)
    assert len(made.next) == 4  # the start, and one for each last action of the first seat
    state, shown = made.initial, []
    for place_of_first in (2, 1, 0, 2):
        shown.append(made.label[state][0].asked)
        state = made.next[state, made.signal[place_of_first, 0].argmax()]
    assert shown == [FREE, FREE, 1, 0]


def test_a_last_profile_that_is_too_large_is_refused_by_name():
    money = Issue("rates", named_game("balance-of-payments"))
    rule = Injunction("standstill", "rule", NoMore("own"))
    with pytest.raises(Mistake, match=r"784 public signals, and 256 .* standstill go by last"):
        as_public(Regime("r", (money,), (rule,)))


SHIPPED = {
    ("as-is-oil-1928", "output"): "",
    ("as-is-oil-1928", "concessions"): "is a procedure",
    ("cotton-textiles-1962", "cotton"): "",
    ("gatt-1947", "tariffs"): '"reciprocity" goes by what each did last',
    ("gatt-1947", "discrimination"): "",
    ("iea-sharing-1974", "shortfalls"): "",
    ("non-proliferation-1970", "arms"): "",
    ("oil-tug-of-war", "output"): "",
    ("payments-1958-71", "exchange rates"): "",
    ("pledge", "promise"): "",
}


@pytest.mark.parametrize(("name", "issue"), list(SHIPPED))
def test_the_shipped_are_public_states_or_say_why_not(name, issue):
    regime = regime_from(name)
    if said := SHIPPED[name, issue]:
        with pytest.raises(Mistake, match=said):
            as_public(regime, issue)
    else:
        assert len(as_public(regime, issue).next)


# What it refuses


@pytest.mark.parametrize(
    ("regime", "said"),
    [
        (
            Regime("r", (PD,), (kept(Flagged("rule", "own"), monitoring=Monitoring(shared=True)),)),
            'the alarm of "rule" does not name',
        ),
        (
            Regime("r", (PD, replace(PD, name="other")), (
                kept(Flagged("far")), kept(Always(), name="far", issue="other"),
            )),
            '"rule" holds by flags of "far"',
        ),
        (Regime("r", (Issue("talks", moves=("ask", "act"), seats=("A", "B")),)), "is a procedure"),
        (
            Regime("r", (MANY,), (share(Flagged("rule", "another", unless=True)),)),
            'can go by "any"',
        ),
        (
            Regime("r", (MANY,), (replace(share(Always()), demand=NoMore("others")),)),
            '"rule" goes by what each did last',
        ),
    ],
)  # fmt: skip
def test_what_has_no_such_state_is_refused_by_name(regime, said):
    with pytest.raises(Mistake, match=said):
        as_public(regime)


def test_what_nobody_can_do_in_some_state_is_refused_by_name():
    pact = kept(Always(), name="pact")
    answer = replace(
        kept(Flagged("pact", "any", 1), name="answer", demand=Listed((D,))), level="norm"
    )  # fmt: skip
    with pytest.raises(
        Mistake, match=r'comply with "pact", "answer" together, .* state .pact 1 ago'
    ):
        as_public(Regime("r", (PD,), (pact, answer)))


@pytest.mark.parametrize(
    ("delay", "said"), [(7, "256 are the most"), (6, "more than 10,000 public states")]
)
def test_what_would_be_too_large_is_refused(delay, said):
    count = 5 if delay == 7 else 2
    watch = Monitoring(0.9, 0.1, delay)
    several = [
        kept(Flagged(f"q{i}", "another", 5, unless=True), name=f"q{i}", monitoring=watch)
        for i in range(count)
    ]
    with pytest.raises(Mistake, match=said):
        as_public(Regime("r", (PD,), tuple(several)))
