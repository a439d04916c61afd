"""Every compiled loop, and nothing else.

Loops play in *roles* (action 0 accommodates) and write a course as profile numbers of the game;
they count with tables that come from outside and know no more of what they mean. All that a
kernel calls stands in this file, because numba's cache does not see an edit in another one; the
exceptions are `mix` and `draw`, which strategies call too.

Importing this module compiles it, or loads it from numba's cache; the two long loops come later,
when they are first called.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import njit, types

from coopgames.play.chance import ACTION, GOLDEN, PUBLIC, SIGHT, SLIP
from coopgames.play.jit import jit, jit_later, jitable
from coopgames.strategies import Seen, draw, helpers, mix

_SEEN = types.NamedUniTuple(types.int64, len(Seen._fields), Seen)  # type: ignore[no-untyped-call]
STRATEGY = types.int64(types.float64[::1], _SEEN, types.float64[:, :, ::1], types.uint64)
"""The signature of a compiled strategy."""
_Strategy = types.FunctionType(STRATEGY)

jitable(mix)
jitable(draw)

_inline = njit(inline="always", nogil=True)

FIRST_ATTEMPT, FIRST_AGGRAVATION, FIRST_LOSS = 2, 4, 6
FORBEARANCES, CONCESSIONS, EMERGED, BROKE = 8, 10, 0, 1
EVENTS = 12
"""Columns of the events array; those of a seat stand at the named column plus the seat."""


@_inline
def _word(key: Any, period: Any) -> Any:
    return mix(key + GOLDEN * np.uint64(period + 1))


@_inline
def _half(word: Any, lane: Any) -> Any:
    return word >> np.uint64(32) if lane == 0 else word & np.uint64(0xFFFFFFFF)


@_inline
def _chosen(thresholds: Any, half: Any) -> Any:
    """Turn 32 random bits into an action: the first whose cumulative threshold exceeds them."""
    action = 0
    while action < thresholds.shape[0] and half >= thresholds[action]:
        action += 1
    return action


@_inline
def _certain(thresholds: Any) -> Any:
    """Give the action of a state that draws no lots."""
    return _chosen(thresholds, np.uint64(0))


@_inline
def _realised(intended: Any, k: Any, half: Any, slip: Any) -> Any:
    """Let an intended action slip to one of the k−1 others, each equally likely."""
    if half >= slip:
        return intended
    step = 1 + np.int64(half * np.uint64(k - 1) // slip)
    return (intended + step) % k


@_inline
def _seen(key: Any, t: Any, lane: Any, a0: Any, a1: Any, k0: Any, k1: Any, errors: Any) -> Any:
    """Give what seat 0 takes its own and the other's action for, and the same for seat 1.

    ``errors``: thresholds of seat 0's and seat 1's error, and whether the signal is public. In
    private an error is the observer's, in public that of the actor whose action is reported.
    """
    word = _word(key, t)
    half0, half1 = _half(word, lane), _half(word, 1 - lane)
    if errors[2]:
        v, w = _realised(a0, k0, half0, errors[0]), _realised(a1, k1, half1, errors[1])
        return v, w, w, v
    return a0, _realised(a1, k1, half0, errors[0]), a1, _realised(a0, k0, half1, errors[1])


@jit(
    types.void(
        types.uint16[::1], types.int64, types.uint8[:, ::1], types.uint8[:, ::1],
        types.uint8[::1], types.int64, types.int64, types.int64,
        types.uint8[:, ::1], types.int64,
        types.int64[::1], types.int64[::1], types.int64[::1], types.int64[::1],
        types.int64[:, ::1],
    )
)  # fmt: skip
def tally(
    course: Any, periods: Any, acts: Any, loses: Any, holds: Any, L: Any, m: Any, w: Any,
    kind: Any, width: Any, counts: Any, first: Any, last: Any, events: Any, pace: Any,
) -> None:  # fmt: skip
    """Count one course: profiles, in all and in the first and last window, and events.

    ``acts[previous, profile]`` has the bits 1, 2, 4 (seat 0) and 8, 16, 32 (seat 1) for
    forbearance, concession and aggravation; row P stands for "no period before".
    ``pace[seat, block]`` counts accommodating actions (`kind`) in blocks of `width` periods, the
    last block open-ended.
    """
    events[:] = -1
    events[FORBEARANCES:] = 0
    window = min(w, periods)
    previous = holds.shape[0]
    block, turn = 0, width
    for t in range(periods):
        p = course[t]
        counts[p] += 1
        if t == turn and block < pace.shape[1] - 1:
            block += 1
            turn += width
        pace[0, block] += kind[0, p]
        pace[1, block] += kind[1, p]
        if t < window:
            first[p] += 1
        if t >= periods - window:
            last[p] += 1
        flags = acts[previous, p]
        for seat in range(2):
            if flags & 3:
                events[FORBEARANCES + seat] += flags & 1
                events[CONCESSIONS + seat] += (flags >> 1) & 1
                if events[FIRST_ATTEMPT + seat] < 0:
                    events[FIRST_ATTEMPT + seat] = t
            if flags & 4 and events[FIRST_AGGRAVATION + seat] < 0:
                events[FIRST_AGGRAVATION + seat] = t
            if loses[seat, p] and events[FIRST_LOSS + seat] < 0:
                events[FIRST_LOSS + seat] = t
            flags >>= 3
        previous = p
    if periods < 4 * L:
        return
    held = 0
    for t in range(L):
        held += holds[course[t]]
    for t in range(periods - L + 1):
        now = holds[course[t]]
        if events[EMERGED] < 0:
            if now and held >= m:
                events[EMERGED] = t
        elif not now and held <= L - m:
            events[BROKE] = t
            return
        if t + L < periods:
            held += holds[course[t + L]] - now


_Thresholds, _Next = types.uint64[:, ::1], types.int64[:, :, ::1]


_Errors = types.uint64[::1]


@jit(
    types.void(
        types.uint64, types.int64, types.int64, types.int64, _Thresholds, _Next,
        types.int64, _Thresholds, _Next, _Errors, _Errors, types.uint16[:, ::1],
        types.uint16[::1],
    )
)  # fmt: skip
def automata_course(
    key: Any, periods: Any, lane: Any, start0: Any, threshold0: Any, next0: Any,
    start1: Any, threshold1: Any, next1: Any, slips: Any, errors: Any, profile: Any, course: Any,
) -> None:  # fmt: skip
    """Play two automata for a number of periods; `lane` is that of seat 0."""
    act_key = mix(key ^ mix(ACTION * GOLDEN))
    slip_key = mix(key ^ mix(SLIP * GOLDEN))
    sight_key = mix(key ^ mix(SIGHT * GOLDEN))
    slipping, erring = slips[0] or slips[1], errors[0] or errors[1]
    k0, k1 = profile.shape
    q0, q1 = start0, start1
    for t in range(periods):
        word = _word(act_key, t)
        a0 = _chosen(threshold0[q0], _half(word, lane))
        a1 = _chosen(threshold1[q1], _half(word, 1 - lane))
        if slipping:
            word = _word(slip_key, t)
            a0 = _realised(a0, k0, _half(word, lane), slips[0])
            a1 = _realised(a1, k1, _half(word, 1 - lane), slips[1])
        course[t] = profile[a0, a1]
        if erring:
            own0, other0, own1, other1 = _seen(sight_key, t, lane, a0, a1, k0, k1, errors)
            q0, q1 = next0[q0, own0, other0], next1[q1, own1, other1]
        else:
            q0, q1 = next0[q0, a0, a1], next1[q1, a1, a0]


@jit_later(
    types.void(
        types.uint64, types.int64, types.int64, types.int64, _Thresholds, _Next,
        types.int64, _Thresholds, _Next, _Errors, _Errors, types.uint64[:, :, ::1],
        types.uint16[:, ::1], types.uint16[::1],
    )
)  # fmt: skip
def public_course(
    key: Any, periods: Any, lane: Any, start0: Any, threshold0: Any, next0: Any,
    start1: Any, threshold1: Any, next1: Any, slips: Any, errors: Any, signal: Any,
    profile: Any, course: Any,
) -> None:  # fmt: skip
    """Play two automata that observe a public signal as well, like `automata_course`.

    ``signal[a0, a1]``: the cumulative thresholds of the signals after a profile. The signal is one
    draw a period for both seats; what a seat observes is o·Y + y.
    """
    act_key = mix(key ^ mix(ACTION * GOLDEN))
    slip_key = mix(key ^ mix(SLIP * GOLDEN))
    sight_key = mix(key ^ mix(SIGHT * GOLDEN))
    public_key = mix(key ^ mix(PUBLIC * GOLDEN))
    slipping, erring = slips[0] or slips[1], errors[0] or errors[1]
    k0, k1 = profile.shape
    Y = signal.shape[2] + 1
    q0, q1 = start0, start1
    for t in range(periods):
        word = _word(act_key, t)
        a0 = _chosen(threshold0[q0], _half(word, lane))
        a1 = _chosen(threshold1[q1], _half(word, 1 - lane))
        if slipping:
            word = _word(slip_key, t)
            a0 = _realised(a0, k0, _half(word, lane), slips[0])
            a1 = _realised(a1, k1, _half(word, 1 - lane), slips[1])
        course[t] = profile[a0, a1]
        y = _chosen(signal[a0, a1], _half(_word(public_key, t), 0))
        own0, other0, own1, other1 = a0, a1, a1, a0
        if erring:
            own0, other0, own1, other1 = _seen(sight_key, t, lane, a0, a1, k0, k1, errors)
        q0, q1 = next0[q0, own0, other0 * Y + y], next1[q1, own1, other1 * Y + y]


@jit(
    types.boolean(
        types.uint64, types.int64, types.int64, types.int64,
        _Strategy, types.float64[::1], _Strategy, types.float64[::1],
        types.float64[:, :, ::1], types.float64[:, :, ::1],
        _Errors, _Errors, types.uint16[:, ::1], types.uint16[::1],
    )
)  # fmt: skip
def compiled_course(
    key: Any, periods: Any, lane: Any, horizon: Any,
    f0: Any, memory0: Any, f1: Any, memory1: Any, payoffs0: Any, payoffs1: Any,
    slips: Any, errors: Any, profile: Any, course: Any,
) -> Any:  # fmt: skip
    """Play two compiled strategies; False if one returned something that is no action."""
    act_key = mix(key ^ mix(ACTION * GOLDEN))
    slip_key = mix(key ^ mix(SLIP * GOLDEN))
    sight_key = mix(key ^ mix(SIGHT * GOLDEN))
    slipping, erring = slips[0] or slips[1], errors[0] or errors[1]
    k0, k1 = profile.shape
    own0 = other0 = own1 = other1 = none = np.int64(-1)
    for t in range(periods):
        word = _word(act_key, t)
        # A seat's chance key has its own 32 bits on top; the rest is scrambled from them.
        top0 = _half(word, lane) << np.uint64(32)
        top1 = _half(word, 1 - lane) << np.uint64(32)
        chance0 = top0 | (mix(word + np.uint64(lane)) >> np.uint64(32))
        chance1 = top1 | (mix(word + np.uint64(1 - lane)) >> np.uint64(32))
        a0 = f0(memory0, Seen(own0, other0, t, horizon, none), payoffs0, chance0)  # type: ignore[arg-type]
        a1 = f1(memory1, Seen(own1, other1, t, horizon, none), payoffs1, chance1)  # type: ignore[arg-type]
        if not (0 <= a0 < k0 and 0 <= a1 < k1):
            return False
        if slipping:
            word = _word(slip_key, t)
            a0 = _realised(a0, k0, _half(word, lane), slips[0])
            a1 = _realised(a1, k1, _half(word, 1 - lane), slips[1])
        course[t] = profile[a0, a1]
        if erring:
            own0, other0, own1, other1 = _seen(sight_key, t, lane, a0, a1, k0, k1, errors)
        else:
            own0, other0, own1, other1 = a0, a1, a1, a0
    return True


@jit_later(
    types.boolean(
        types.uint64, types.int64, types.int64, types.int64,
        _Strategy, types.float64[::1], _Strategy, types.float64[::1],
        types.float64[:, :, ::1], types.float64[:, :, ::1], _Errors, _Errors,
        types.int64, types.int64[:, ::1], types.int64[:, ::1], types.uint64[:, :, ::1],
        types.uint16[:, ::1], types.uint16[::1],
    )
)  # fmt: skip
def compiled_public_course(
    key: Any, periods: Any, lane: Any, horizon: Any,
    f0: Any, memory0: Any, f1: Any, memory1: Any, payoffs0: Any, payoffs1: Any,
    slips: Any, errors: Any, state: Any, following: Any, label: Any, signal: Any,
    profile: Any, course: Any,
) -> Any:  # fmt: skip
    """Play two compiled strategies, like `compiled_course`, that are shown a regime's labels.

    ``label[seat, state]``: what the public state shows. It moves by ``following[state, y]``;
    `signal` is that of `public_course`.
    """
    act_key = mix(key ^ mix(ACTION * GOLDEN))
    slip_key = mix(key ^ mix(SLIP * GOLDEN))
    sight_key = mix(key ^ mix(SIGHT * GOLDEN))
    public_key = mix(key ^ mix(PUBLIC * GOLDEN))
    slipping, erring = slips[0] or slips[1], errors[0] or errors[1]
    k0, k1 = profile.shape
    own0 = other0 = own1 = other1 = np.int64(-1)
    m = state
    for t in range(periods):
        word = _word(act_key, t)
        top0 = _half(word, lane) << np.uint64(32)
        top1 = _half(word, 1 - lane) << np.uint64(32)
        chance0 = top0 | (mix(word + np.uint64(lane)) >> np.uint64(32))
        chance1 = top1 | (mix(word + np.uint64(1 - lane)) >> np.uint64(32))
        seen0 = Seen(own0, other0, t, horizon, label[0, m])  # type: ignore[arg-type]
        seen1 = Seen(own1, other1, t, horizon, label[1, m])  # type: ignore[arg-type]
        a0, a1 = f0(memory0, seen0, payoffs0, chance0), f1(memory1, seen1, payoffs1, chance1)
        if not (0 <= a0 < k0 and 0 <= a1 < k1):
            return False
        if slipping:
            word = _word(slip_key, t)
            a0 = _realised(a0, k0, _half(word, lane), slips[0])
            a1 = _realised(a1, k1, _half(word, 1 - lane), slips[1])
        course[t] = profile[a0, a1]
        m = following[m, _chosen(signal[a0, a1], _half(_word(public_key, t), 0))]
        own0, other0, own1, other1 = a0, a1, a1, a0
        if erring:
            own0, other0, own1, other1 = _seen(sight_key, t, lane, a0, a1, k0, k1, errors)
    return True


@_inline
def _orbit(
    start0: Any, threshold0: Any, next0: Any, start1: Any, threshold1: Any, next1: Any
) -> Any:
    """Find where the play of two deterministic automata begins to repeat, and how often.

    Returns the number of periods before the cycle and its length (Brent 1980, whose search needs
    no memory).
    """
    power = length = 1
    slow0, slow1 = start0, start1
    a0, a1 = _certain(threshold0[slow0]), _certain(threshold1[slow1])
    fast0, fast1 = next0[slow0, a0, a1], next1[slow1, a1, a0]
    while slow0 != fast0 or slow1 != fast1:
        if power == length:
            slow0, slow1 = fast0, fast1
            power *= 2
            length = 0
        a0, a1 = _certain(threshold0[fast0]), _certain(threshold1[fast1])
        fast0, fast1 = next0[fast0, a0, a1], next1[fast1, a1, a0]
        length += 1
    slow0, slow1, fast0, fast1 = start0, start1, start0, start1
    for _ in range(length):
        a0, a1 = _certain(threshold0[fast0]), _certain(threshold1[fast1])
        fast0, fast1 = next0[fast0, a0, a1], next1[fast1, a1, a0]
    before = 0
    while slow0 != fast0 or slow1 != fast1:
        a0, a1 = _certain(threshold0[fast0]), _certain(threshold1[fast1])
        fast0, fast1 = next0[fast0, a0, a1], next1[fast1, a1, a0]
        a0, a1 = _certain(threshold0[slow0]), _certain(threshold1[slow1])
        slow0, slow1 = next0[slow0, a0, a1], next1[slow1, a1, a0]
        before += 1
    return before, length


@_inline
def _unfold(
    course: Any, before: Any, length: Any, skipped: Any, periods: Any, acts: Any, kind: Any,
    width: Any, counts: Any, events: Any, pace: Any, upto: Any,
) -> None:  # fmt: skip
    """Add the cycles that a shortened course left out to what was counted on it."""
    for t in range(before, before + length):
        counts[course[t]] += skipped
        flags = acts[course[t], course[t + 1]]
        for seat in range(2):
            events[FORBEARANCES + seat] += skipped * (flags & 1)
            events[CONCESSIONS + seat] += skipped * ((flags >> 1) & 1)
            flags >>= 3
    # Accommodation over time, from what was accommodated up to each period of the first round.
    for seat in range(2):
        total = 0
        for t in range(before + length):
            upto[t] = total
            total += kind[seat, course[t]]
        round_ = total - upto[before]
        earlier = 0
        for block in range(pace.shape[1]):
            end = periods if block == pace.shape[1] - 1 else min((block + 1) * width, periods)
            if end <= before:
                now = upto[end]
            else:
                rounds = (end - before) // length
                now = upto[before + (end - before) - rounds * length] + rounds * round_
            pace[seat, block] = now - earlier
            earlier = now


_Table = types.int64[:, ::1]
_COUNTING = (
    types.uint8[:, ::1], types.uint8[:, ::1], types.uint8[::1], types.int64, types.int64,
    types.int64, types.uint8[:, ::1], types.int64,
    _Table, _Table, _Table, _Table, types.int64[:, :, ::1],
)  # fmt: skip


@jit_later(types.void(types.uint16[::1], types.int64[::1], types.int64[::1], *_COUNTING))
def tally_courses(
    played: Any, begin: Any, periods: Any,
    acts: Any, loses: Any, holds: Any, L: Any, m: Any, w: Any, kind: Any, width: Any,
    counts: Any, first: Any, last: Any, events: Any, pace: Any,
) -> None:  # fmt: skip
    """Count courses that stand one after the other, each from where it begins."""
    for r in range(len(begin)):
        tally(
            played[begin[r] :], periods[r], acts, loses, holds, L, m, w, kind, width,
            counts[r], first[r], last[r], events[r], pace[r],
        )  # fmt: skip


@jit_later(
    types.void(
        types.int64[::1], types.boolean, types.uint64[::1], types.int64[::1], types.int64[::1],
        types.int64[::1], _Thresholds, _Next, types.int64[::1], _Thresholds, _Next,
        _Errors, _Errors, types.uint16[:, ::1], types.uint16[::1], *_COUNTING,
    )
)  # fmt: skip
def sample_automata(
    rows: Any, certain: Any, keys: Any, periods: Any, lane: Any,
    start0: Any, threshold0: Any, next0: Any, start1: Any, threshold1: Any, next1: Any,
    slips: Any, errors: Any, profile: Any, course: Any,
    acts: Any, loses: Any, holds: Any, L: Any, m: Any, w: Any, kind: Any, width: Any,
    counts: Any, first: Any, last: Any, events: Any, pace: Any,
) -> None:  # fmt: skip
    """Play and count the courses of the given rows, all of them between automata.

    The tables hold the states of all automata one after the other, so that a state's number says
    whose it is. Where nothing is left to chance (`certain`), play closes a cycle; it is then
    played only so far that everything that can happen has, with whole cycles left out.
    """
    upto = np.empty(len(course) + 1, dtype=np.int64)
    for r in rows:
        played, skipped, before, length = periods[r], 0, 0, 1
        if certain:
            before, length = _orbit(start0[r], threshold0, next0, start1[r], threshold1, next1)
            enough = max(before + 2 * length + 2 * L + w, 4 * L)
            if periods[r] > enough:
                played = enough + (periods[r] - enough) % length
                skipped = (periods[r] - played) // length
        automata_course(
            keys[r], played, lane[r], start0[r], threshold0, next0,
            start1[r], threshold1, next1, slips, errors, profile, course,
        )  # fmt: skip
        tally(
            course, played, acts, loses, holds, L, m, w, kind, width,
            counts[r], first[r], last[r], events[r], pace[r],
        )  # fmt: skip
        if skipped:
            _unfold(
                course, before, length, skipped, periods[r], acts, kind, width,
                counts[r], events[r], pace[r], upto,
            )  # fmt: skip


@jit_later(
    types.boolean(
        types.int64[::1], types.uint64[::1], types.int64[::1], types.int64, types.int64,
        _Strategy, types.float64[::1], _Strategy, types.float64[::1],
        types.float64[:, :, ::1], types.float64[:, :, ::1],
        _Errors, _Errors, types.uint16[:, ::1], types.uint16[::1], *_COUNTING,
    )
)  # fmt: skip
def sample_compiled(
    rows: Any, keys: Any, periods: Any, lane: Any, horizon: Any,
    f0: Any, start0: Any, f1: Any, start1: Any, payoffs0: Any, payoffs1: Any,
    slips: Any, errors: Any, profile: Any, course: Any,
    acts: Any, loses: Any, holds: Any, L: Any, m: Any, w: Any, kind: Any, width: Any,
    counts: Any, first: Any, last: Any, events: Any, pace: Any,
) -> Any:  # fmt: skip
    """Play and count the courses of the given rows, all of one pair; memory is made anew."""
    memory0, memory1 = np.empty_like(start0), np.empty_like(start1)
    for r in rows:
        memory0[:] = start0
        memory1[:] = start1
        if not compiled_course(
            keys[r], periods[r], lane, horizon, f0, memory0, f1, memory1, payoffs0, payoffs1,
            slips, errors, profile, course,
        ):  # fmt: skip
            return False
        tally(
            course, periods[r], acts, loses, holds, L, m, w, kind, width,
            counts[r], first[r], last[r], events[r], pace[r],
        )  # fmt: skip
    return True


@jit(STRATEGY)
def follow(memory: Any, seen: Any, payoffs: Any, chance: Any) -> Any:  # noqa: ARG001
    """Follow a two-action automaton whose tables stand in memory (see `flatten.as_memory`)."""
    states = np.int64(memory[1])
    if seen.period > 0:
        edge = 2 + states + np.int64(memory[0]) * 4 + seen.own * 2 + seen.observed
        memory[0] = memory[edge]
    return 0 if np.float64(chance >> np.uint64(32)) < memory[2 + np.int64(memory[0])] else 1


@cache
def compiled_strategy(function: Any) -> Any:
    """Compile a strategy's function, once."""
    for helper in helpers(function):
        jitable(helper)
    return jit(STRATEGY)(function)
