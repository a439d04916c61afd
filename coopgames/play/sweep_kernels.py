"""The compiled loops of `sweep`, and a faster one for play between two-action automata.

Everything here is about two automata with two actions each, 0 accommodates and 1 withholds; a
profile is numbered 2 · action of seat 0 + action of seat 1. A course is kept as *strings*: one bit
a period and seat, 64 periods a word, the earliest in the lowest bit. What is counted on a course is
then the number of ones in a few words.

Four courses are played at the same time, each by its own address in chance, because one alone
would wait for its tables most of the time. The random words of 64 periods are made before they are
used, by a loop that needs nothing but their address.

All that a kernel calls stands in this file, because numba's cache does not see an edit in another
one; the exception is `mix`. A loop is compiled, or loaded from numba's cache, when it is first
called.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite.ir import IntType  # type: ignore[import-untyped]
from numba import njit, types
from numba.extending import intrinsic

from coopgames.play import kernels
from coopgames.play.chance import ACTION, GOLDEN, SIGHT, SLIP
from coopgames.play.jit import jit_later
from coopgames.play.kernels import (
    BROKE,
    CONCESSIONS,
    EMERGED,
    FIRST_AGGRAVATION,
    FIRST_ATTEMPT,
    FIRST_LOSS,
    FORBEARANCES,
)
from coopgames.strategies import mix

_U = np.uint64
_0, _1, _2, _4, _5, _8, _16, _32, _63, _64 = (_U(x) for x in (0, 1, 2, 4, 5, 8, 16, 32, 63, 64))
_LOW, _ALL, _6BITS = _U(0xFFFFFFFF), _U(0xFFFFFFFFFFFFFFFF), _U(0x3F)

_part = njit(nogil=True)

WIDEST = 65_535
"""Joint states of an orbit at most: profiles are counted in 16 bits each."""

SPAN = 16_384
"""Periods that are played before they are counted, where no more than that is wanted."""

FULL = 2_048
"""Up to so many periods the strings of a cycle are written out; beyond, whole cycles are left out
by `kernels.sample_automata`."""


# Words


def _instruction(emit: Any) -> Any:
    """Make a function of a word that is one instruction of the machine."""

    def code(typing: Any, x: Any) -> Any:  # noqa: ARG001
        return types.uint64(types.uint64), lambda _, builder, __, args: emit(builder, args[0])

    return intrinsic(code)


def _lowest_one(builder: Any, word: Any) -> Any:
    return builder.cttz(word, IntType(1)(0))  # 64 if there is none


_ones: Any = _instruction(lambda builder, word: builder.ctpop(word))
_lowest: Any = _instruction(_lowest_one)
_turned: Any = _instruction(lambda builder, word: builder.bitreverse(word))


@_part
def _low(n: Any) -> Any:
    """Give the word whose `n` lowest bits are ones."""
    return _ALL >> (_64 - _U(n)) if n > 0 else _0


@_part
def _from(string: Any, at: Any) -> Any:
    """Read 64 periods of a string that begin somewhere; a word must follow."""
    i, shift = at >> 6, _U(at & 63)
    if shift == _0:
        return string[i]
    return (string[i] >> shift) | (string[i + 1] << (_64 - shift))


# Emergence and breakdown


@_part
def _passage(string: Any, periods: Any, L: Any, m: Any) -> Any:
    """Give when coordination emerges and when it then breaks down, as `kernels.tally` does.

    ``string`` says period by period whether it holds, with a word to spare.
    """
    emerged: Any = -1
    held: Any = 0
    if L > 64:
        for t in range(L):
            held += np.int64((string[t >> 6] >> _U(t & 63)) & _1)
        for t in range(periods - L + 1):
            now = np.int64((string[t >> 6] >> _U(t & 63)) & _1)
            if emerged < 0:
                if now and held >= m:
                    emerged = t
            elif not now and held <= L - m:
                return emerged, t
            if t + L < periods:
                held += np.int64((string[(t + L) >> 6] >> _U((t + L) & 63)) & _1) - now
        return emerged, -1
    window = _low(L)
    at: Any = 0
    while at <= periods - L:
        # The next period in which it holds or, once emerged, in which it does not.
        here = string[at >> 6] if emerged < 0 else ~string[at >> 6]
        here &= _ALL << _U(at & 63)
        if here == _0:
            at = ((at >> 6) + 1) << 6
            continue
        at = ((at >> 6) << 6) + np.int64(_lowest(here))
        if at > periods - L:
            break
        held = np.int64(_ones(_from(string, at) & window))
        if emerged < 0:
            if held >= m:
                emerged = at
        elif held <= L - m:
            return emerged, at
        at += 1
    return emerged, -1


@_part
def _short_passage(string: Any, before: Any, length: Any, last: Any, L: Any, m: Any) -> Any:
    """Give the same for a string of one word that repeats itself.

    What follows a period of the cycle is the same one round later. So coordination emerges before
    the first round has ended or never, and breaks down within a round of that or never.

    Parameters
    ----------
    string : uint64
        The periods before the cycle, the first round, and L − 1 more.
    before, length : int
        Periods before the cycle, and in it.
    last : int
        The last period that a window can begin with.
    """
    window, round_ = _low(L), _low(min(before + length, last + 1))
    here = string & round_
    while here != _0:
        t = _lowest(here)
        if np.int64(_ones((string >> t) & window)) >= m:
            break
        here &= here - _1
    if here == _0:
        return -1, -1
    emerged = np.int64(_lowest(here))
    # First the rest of this round, then the beginning of the next.
    later = ~_low(emerged + 1)
    for part in range(2):
        here = ~string & round_ & (later if part == 0 else ~later & ~_low(before))
        while here != _0:
            t = _lowest(here)
            if np.int64(_ones((string >> t) & window)) <= L - m:
                at = np.int64(t) + part * length
                return emerged, (at if at <= last else -1)
            here &= here - _1
    return emerged, -1


# Orbits of deterministic automata
#
# An automaton that draws no lots is a table `leads`: from 2 · state + own action and the other's
# action, the same of the period after. It begins in `start`, its table at `base`.


@_part
def _pair(r: Any, everyone: Any, pairs: Any, i: Any, j: Any, n: Any) -> Any:
    """Give who meets in row `r`, after `i` met `j` in the row before."""
    if not everyone:
        return pairs[r, 0], pairs[r, 1]
    return (i, j + 1) if j + 1 < n else (i + 1, i + 1)


_Pairs, _Field = types.int64[:, ::1], (types.uint32[::1],) * 4


@_part
def _16bits(word: Any, shift: Any) -> Any:
    return np.int64((word >> shift) & _U(0xFFFF))


@jit_later(
    types.void(
        types.int64, types.int64, types.boolean, _Pairs, types.int64, types.int64,
        *_Field, types.int64, types.uint64[::1], types.uint64[::1], types.int64[:, ::1],
    )
)  # fmt: skip
def orbit_counts(
    begin: Any, end: Any, everyone: Any, pairs: Any, i: Any, j: Any,
    base: Any, states: Any, start: Any, leads: Any, periods: Any, seen: Any, upto: Any, out: Any,
) -> None:  # fmt: skip
    """Count the profiles of the pairs in rows `begin` to `end`, closing each cycle.

    ``seen`` says for each joint state in which row and period it was last seen; ``upto``, for each
    period, what was counted before it, 16 bits a profile.
    """
    n, last = len(base), _U(periods)
    for r in range(begin, end):
        i, j = _pair(r, everyone, pairs, i, j, n)
        base0, base1, width = _U(base[i]), _U(base[j]), _U(states[j])
        p, q = _U(start[i]), _U(start[j])
        row, t, counted = _U(r - begin + 1) << _32, _0, _0
        whole: Any = 0
        back, rest = _0, _0
        upto[0] = _0
        while t < last:
            cell = (p >> _1) * width + (q >> _1)
            when = seen[cell]
            if when >= row:
                back = when - row
                left, length = np.int64(last - t), np.int64(t - back)
                whole = left // length
                rest = back + _U(left - whole * length)
                break
            seen[cell] = row + t
            upto[t] = counted
            a, b = p & _1, q & _1
            counted += _1 << (((a << _1) | b) << _4)
            p, q = _U(leads[base0 + (p ^ a | b)]), _U(leads[base1 + (q ^ b | a)])
            t += _1
        round_ = counted - upto[back]
        more = upto[rest] - upto[back]
        for x in range(4):
            shift = _U(x) << _4
            total = _16bits(counted, shift) + whole * _16bits(round_, shift)
            out[r, x] = total + _16bits(more, shift)


@jit_later(
    types.void(
        types.int64, types.int64, types.boolean, _Pairs, types.int64, types.int64,
        *_Field, types.int64, types.uint64[::1], types.uint64[::1],
        types.uint64, types.int64, types.int64, types.int32[:, ::1],
    )
)  # fmt: skip
def orbit_emergence(
    begin: Any, end: Any, everyone: Any, pairs: Any, i: Any, j: Any,
    base: Any, states: Any, start: Any, leads: Any, periods: Any, seen: Any, string: Any,
    holds: Any, L: Any, m: Any, out: Any,
) -> None:  # fmt: skip
    """Say when coordination emerges and breaks down in the pairs of rows `begin` to `end`.

    Bit p of ``holds`` says whether it holds at profile p; ``string`` is room for the longest
    course that has to be looked at.
    """
    n, last = len(base), _U(periods)
    for r in range(begin, end):
        i, j = _pair(r, everyone, pairs, i, j, n)
        base0, base1, width = _U(base[i]), _U(base[j]), _U(states[j])
        p, q = _U(start[i]), _U(start[j])
        row, t, word, back = _U(r - begin + 1) << _32, _0, _0, _0
        while t < last:
            cell = (p >> _1) * width + (q >> _1)
            when = seen[cell]
            if when >= row:
                back = when - row
                break
            seen[cell] = row + t
            a, b = p & _1, q & _1
            word |= ((holds >> ((a << _1) | b)) & _1) << (t & _63)
            p, q = _U(leads[base0 + (p ^ a | b)]), _U(leads[base1 + (q ^ b | a)])
            t += _1
        known, before = np.int64(t), np.int64(back)
        length = known - before
        if known + L <= 64:
            # The round once more, then twice, four times, … until L more periods are there.
            reach = length
            while before + reach < known + L:
                word |= (word >> _U(before)) << _U(before + reach)
                reach *= 2
            tau, beta = _short_passage(word, before, length, periods - L, L, m)
        else:
            n_played = min(periods, before + 2 * length + L)
            p, q = _U(start[i]), _U(start[j])
            string[: (n_played >> 6) + 2] = _0
            for s in range(n_played):
                a, b = p & _1, q & _1
                string[s >> 6] |= ((holds >> ((a << _1) | b)) & _1) << _U(s & 63)
                p, q = _U(leads[base0 + (p ^ a | b)]), _U(leads[base1 + (q ^ b | a)])
            tau, beta = _passage(string, n_played, L, m)
        out[r, 0], out[r, 1] = tau, beta


# Play with chance
#
# The *upper* seat of a course is the one whose luck is in the upper halves of its words. The
# states of all automata stand one after the other. `far` and `near` hold, 16 bits for each
# profile, by how much a state's number changes; `far` as the upper seat reads it, its own action
# first, `near` as the other one does. A profile times 16 is thus the shift that brings it down.


@_part
def _packed(following: Any, far: Any, near: Any) -> Any:
    """Pack the transitions; False if a step is too long for 16 bits."""
    for q in range(len(following)):
        far[q] = near[q] = _0
        for own in range(2):
            for other in range(2):
                step = following[q, own, other] - q
                if not -32_768 <= step < 32_768:
                    return False
                bits = _U(step) & _U(0xFFFF)
                far[q] |= bits << _U(32 * own + 16 * other)
                near[q] |= bits << _U(32 * other + 16 * own)
    return True


@_part
def _words(key: Any, t: Any, words: Any) -> None:
    """Make the words of 64 periods."""
    first = key + GOLDEN * _U(t + 1)
    for i in range(64):
        words[i] = mix(first + GOLDEN * _U(i))


@_part
def _errors(
    slip_key: Any, sight_key: Any, t: Any, slip: Any, slip_near: Any, error: Any, error_near: Any,
    public: Any, codes: Any,
) -> None:  # fmt: skip
    """Say of 64 periods what to turn: in what is done, in what either seat sees."""
    slips, sights = slip_key + GOLDEN * _U(t + 1), sight_key + GOLDEN * _U(t + 1)
    for i in range(64):
        word = mix(slips + GOLDEN * _U(i))
        done = (_U((word >> _32) < slip) << _5) | (_U((word & _LOW) < slip_near) << _4)
        word = mix(sights + GOLDEN * _U(i))
        upper, lower = _U((word >> _32) < error), _U((word & _LOW) < error_near)
        if public:  # errors are those of the seat that is reported, to both
            seen = (upper << _5) | (lower << _4)
            codes[i] = done | (seen << _8) | (seen << _16)
        else:  # errors are the observer's, on the other's action
            codes[i] = done | (upper << _U(12)) | (lower << _U(21))


@_part
def _turn(word: Any, q: Any, r: Any, own: Any, other: Any, cut: Any, far: Any, near: Any) -> Any:
    """Play a period: states and strings after it; the latest period is the lowest bit."""
    a, b = _U((word >> _32) >= cut[q]), _U((word & _LOW) >= cut[r])
    shift = (a << _5) | (b << _4)
    q += np.int64(np.int16(far[q] >> shift))
    r += np.int64(np.int16(near[r] >> shift))
    return q, r, (own << _1) | a, (other << _1) | b


@_part
def _noisy_turn(
    word: Any, code: Any, q: Any, r: Any, own: Any, other: Any, cut: Any, far: Any, near: Any
) -> Any:
    """Play a period in which things may go wrong."""
    a, b = _U((word >> _32) >= cut[q]), _U((word & _LOW) >= cut[r])
    shift = ((a << _5) | (b << _4)) ^ (code & _6BITS)
    q += np.int64(np.int16(far[q] >> (shift ^ ((code >> _8) & _6BITS))))
    r += np.int64(np.int16(near[r] >> (shift ^ (code >> _16))))
    return q, r, (own << _1) | (shift >> _5), (other << _1) | ((shift >> _4) & _1)


@_part
def _begin(rows: Any, keys: Any, lane: Any, start0: Any, start1: Any, state: Any, luck: Any) -> Any:
    """Put the courses of four rows at their start: the states, the upper seat's first, and luck."""
    for c in range(4):
        r = rows[c]
        s = lane[r]
        state[s, c], state[1 - s, c] = start0[r], start1[r]
        luck[0, c] = mix(keys[r] ^ mix(ACTION * GOLDEN))
        luck[1, c] = mix(keys[r] ^ mix(SLIP * GOLDEN))
        luck[2, c] = mix(keys[r] ^ mix(SIGHT * GOLDEN))


@_part
def _play(
    begin: Any, end: Any, rows: Any, lane: Any, state: Any, luck: Any, cut: Any, far: Any,
    near: Any, slips: Any, errors: Any, words: Any, codes: Any, strings: Any,
) -> None:  # fmt: skip
    """Play four courses from one period to another, and write their strings, seat 0's first.

    ``begin`` is a multiple of 64, and the strings begin with it.
    """
    noisy = slips[0] > _0 or slips[1] > _0 or errors[0] > _0 or errors[1] > _0
    q0, q1, q2, q3 = state[0, 0], state[0, 1], state[0, 2], state[0, 3]
    r0, r1, r2, r3 = state[1, 0], state[1, 1], state[1, 2], state[1, 3]
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    c0, c1, c2, c3 = codes[0], codes[1], codes[2], codes[3]
    for t in range(begin, end, 64):
        n = min(64, end - t)
        for c in range(4):
            _words(luck[0, c], t, words[c])
            if noisy:
                s = lane[rows[c]]
                _errors(
                    luck[1, c], luck[2, c], t, slips[s], slips[1 - s], errors[s], errors[1 - s],
                    errors[2] > _0, codes[c],
                )  # fmt: skip
        a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = _0
        if noisy:
            for i in range(n):
                q0, r0, a0, b0 = _noisy_turn(w0[i], c0[i], q0, r0, a0, b0, cut, far, near)
                q1, r1, a1, b1 = _noisy_turn(w1[i], c1[i], q1, r1, a1, b1, cut, far, near)
                q2, r2, a2, b2 = _noisy_turn(w2[i], c2[i], q2, r2, a2, b2, cut, far, near)
                q3, r3, a3, b3 = _noisy_turn(w3[i], c3[i], q3, r3, a3, b3, cut, far, near)
        else:
            for i in range(n):
                q0, r0, a0, b0 = _turn(w0[i], q0, r0, a0, b0, cut, far, near)
                q1, r1, a1, b1 = _turn(w1[i], q1, r1, a1, b1, cut, far, near)
                q2, r2, a2, b2 = _turn(w2[i], q2, r2, a2, b2, cut, far, near)
                q3, r3, a3, b3 = _turn(w3[i], q3, r3, a3, b3, cut, far, near)
        upper, lower = (a0, a1, a2, a3), (b0, b1, b2, b3)
        for c in range(4):
            s, at, shift = lane[rows[c]], (t - begin) >> 6, _U(64 - n)
            strings[c, s, at] = _turned(upper[c]) >> shift
            strings[c, 1 - s, at] = _turned(lower[c]) >> shift
    state[0, 0], state[0, 1], state[0, 2], state[0, 3] = q0, q1, q2, q3
    state[1, 0], state[1, 1], state[1, 2], state[1, 3] = r0, r1, r2, r3


@_part
def _four(rows: Any, at: Any, four: Any) -> Any:
    """Give four rows, the last one again and again where there are no more."""
    for c in range(4):
        four[c] = rows[min(at + c, len(rows) - 1)]


_Rows, _Cuts, _Next = types.int64[::1], types.uint64[:, ::1], types.int64[:, :, ::1]
_Errors = types.uint64[::1]


@jit_later(
    types.boolean(
        _Rows, types.uint64[::1], _Rows, _Rows, _Rows, _Rows, _Cuts, _Next, _Errors, _Errors,
        types.int64[:, ::1],
    )
)  # fmt: skip
def play_counts(
    rows: Any, keys: Any, periods: Any, lane: Any, start0: Any, start1: Any, cuts: Any,
    following: Any, slips: Any, errors: Any, out: Any,
) -> Any:  # fmt: skip
    """Play the courses of the given rows and count their profiles; False if a table is too wide."""
    far, near = np.empty(len(cuts), np.uint64), np.empty(len(cuts), np.uint64)
    if not _packed(following, far, near):
        return False
    words, codes = np.empty((4, 64), np.uint64), np.empty((4, 64), np.uint64)
    strings = np.empty((4, 2, SPAN >> 6), np.uint64)
    state, luck = np.empty((2, 4), np.int64), np.empty((3, 4), np.uint64)
    four, cut = np.empty(4, np.int64), cuts[:, 0].copy()
    for at in range(0, len(rows), 4):
        _four(rows, at, four)
        longest = 0
        for c in range(4):
            longest = max(longest, periods[four[c]])
        _begin(four, keys, lane, start0, start1, state, luck)
        for begin in range(0, longest, SPAN):
            end = min(longest, begin + SPAN)
            _play(
                begin, end, four, lane, state, luck, cut, far, near, slips, errors, words, codes,
                strings,
            )  # fmt: skip
            for c in range(min(4, len(rows) - at)):
                r = four[c]
                here = min(end, periods[r]) - begin
                first = second = both = _0
                for t in range(0, here, 64):
                    part = _low(min(64, here - t))
                    a, b = strings[c, 0, t >> 6] & part, strings[c, 1, t >> 6] & part
                    first += _ones(a)
                    second += _ones(b)
                    both += _ones(a & b)
                if here > 0:
                    out[r, 0] += here - np.int64(first + second - both)
                    out[r, 1] += np.int64(second - both)
                    out[r, 2] += np.int64(first - both)
                    out[r, 3] += np.int64(both)
    return True


# Everything that is counted on a course


@_part
def _pace(kind0: Any, kind1: Any, t: Any, n: Any, block: Any, width: Any, pace: Any) -> Any:
    """Count what accommodates in the `n` periods of a word, block by block; give the last block."""
    final, done = pace.shape[1] - 1, 0
    while done < n:
        turn = (block + 1) * width - t
        upto = n if block == final else min(n, turn)
        piece = _low(upto) & ~_low(done)
        pace[0, block] += np.int64(_ones(kind0 & piece))
        pace[1, block] += np.int64(_ones(kind1 & piece))
        if upto == turn and block < final:
            block += 1
        done = upto
    return block


@_part
def _note(
    opening: Any, moves: Any, since: Any, number: Any, acts: Any, loses: Any, events: Any
) -> None:
    """Note all events but emergence and breakdown, from how often and since when profiles follow.

    What comes from the opening profile has row 4 of `acts`, and happens once, in period 0.
    """
    events[:] = -1
    events[FORBEARANCES:] = 0
    for p in range(-1, 4):
        for s in range(4):
            if p < 0:
                often, since_ = np.int64(s == opening), 0
                flags = acts[4, number[s]]
            else:
                often, since_ = moves[p, s], since[p, s]
                flags = acts[number[p], number[s]]
            if often == 0:
                continue
            for seat in range(2):
                events[FORBEARANCES + seat] += often * (flags & 1)
                events[CONCESSIONS + seat] += often * ((flags >> 1) & 1)
                if flags & 3:
                    _earliest(events, FIRST_ATTEMPT + seat, since_)
                if flags & 4:
                    _earliest(events, FIRST_AGGRAVATION + seat, since_)
                if loses[seat, number[s]]:
                    _earliest(events, FIRST_LOSS + seat, since_)
                flags >>= 3


@_part
def _earliest(events: Any, column: Any, t: Any) -> None:
    if events[column] < 0 or t < events[column]:
        events[column] = t


@_part
def _count(
    own: Any, other: Any, periods: Any, number: Any, acts: Any, loses: Any, holds: Any, L: Any,
    m: Any, w: Any, kind: Any, width: Any, counts: Any, first: Any, last: Any, events: Any,
    pace: Any, now: Any, carry: Any, moves: Any, since: Any, held: Any,
) -> None:  # fmt: skip
    """Count a course given as two strings, as `kernels.tally` does.

    ``number`` gives the game's number of each profile; ``moves[i, j]`` counts how often profile j
    followed i, row 4 how often it was played, and ``since`` when it first followed. `now`, `carry`,
    `moves`, `since` and `held` are room.
    """
    window, final = min(w, periods), periods - min(w, periods)
    carry[:] = _0
    moves[:] = 0
    block = 0
    for t in range(0, periods, 64):
        n, i = min(64, periods - t), t >> 6
        part = _low(n)
        a, b = own[i], other[i]
        now[0], now[1], now[2], now[3] = ~a & ~b & part, ~a & b & part, a & ~b & part, a & b & part
        kind0 = kind1 = holding = _0
        for p in range(4):
            x = now[p]
            moves[4, p] += np.int64(_ones(x))
            kind0 |= x if kind[0, number[p]] else _0
            kind1 |= x if kind[1, number[p]] else _0
            holding |= x if holds[number[p]] else _0
            before = (x << _1) | carry[p]
            carry[p] = x >> _63
            for s in range(4):
                move = before & now[s]
                if move != _0:
                    if moves[p, s] == 0:
                        since[p, s] = t + np.int64(_lowest(move))
                    moves[p, s] += np.int64(_ones(move))
        held[i] = holding
        if t < window:
            for p in range(4):
                first[number[p]] += np.int64(_ones(now[p] & _low(min(64, window - t))))
        if t + n > final:
            for p in range(4):
                last[number[p]] += np.int64(_ones(now[p] & ~_low(max(0, final - t))))
        block = _pace(kind0, kind1, t, n, block, width, pace)
    for p in range(4):
        counts[number[p]] += moves[4, p]
    opening = 2 * np.int64(own[0] & _1) + np.int64(other[0] & _1)
    _note(opening, moves, since, number, acts, loses, events)
    if periods >= 4 * L:
        held[((periods - 1) >> 6) + 1] = _0
        events[EMERGED], events[BROKE] = _passage(held, periods, L, m)


@_part
def _close(
    periods: Any, q: Any, r: Any, cut: Any, far: Any, near: Any, strings: Any
) -> None:  # fmt: skip
    """Write the strings of two automata that draw no lots.

    Where play begins to repeat is found by Brent's search (1980), which needs no memory; the
    strings grow while it searches, and then copy themselves.
    """
    power = length = 1
    slow0, slow1 = q, r
    t, a, b = 0, _0, _0
    closed = False
    while t < periods:
        x, y = _U(cut[q] == _0), _U(cut[r] == _0)
        shift = (x << _5) | (y << _4)
        a |= x << _U(t & 63)
        b |= y << _U(t & 63)
        q += np.int64(np.int16(far[q] >> shift))
        r += np.int64(np.int16(near[r] >> shift))
        t += 1
        if t & 63 == 0:
            strings[0, (t >> 6) - 1], strings[1, (t >> 6) - 1] = a, b
            a = b = _0
        if q == slow0 and r == slow1:
            closed = True
            break
        if length == power:
            slow0, slow1 = q, r
            power *= 2
            length = 0
        length += 1
    strings[0, t >> 6], strings[1, t >> 6] = a, b
    if not closed:
        return
    begun, size = t - length, length
    while t < periods:
        while 2 * size <= t - begun and size < 64:  # a step back by whole rounds
            size *= 2
        i, shift = t >> 6, _U(t & 63)
        copied = min(size, 64 - (t & 63))
        for s in range(2):
            piece = _from(strings[s], t - size) & _low(copied)
            strings[s, i] = piece if shift == _0 else strings[s, i] | (piece << shift)
        t += copied
        if t & 63 == 0:
            strings[0, t >> 6] = strings[1, t >> 6] = _0


_Counts = types.int64[:, ::1]


@jit_later(
    types.boolean(
        _Rows, types.boolean, types.uint64[::1], _Rows, _Rows, _Rows, _Rows, _Cuts, _Next,
        _Errors, _Errors, types.uint16[:, ::1], types.uint16[::1], types.int64,
        types.uint8[:, ::1], types.uint8[:, ::1], types.uint8[::1], types.int64, types.int64,
        types.int64, types.uint8[:, ::1], types.int64,
        _Counts, _Counts, _Counts, _Counts, types.int64[:, :, ::1],
    )
)  # fmt: skip
def sample_two(
    rows: Any, certain: Any, keys: Any, periods: Any, lane: Any, start0: Any, start1: Any,
    cuts: Any, following: Any, slips: Any, errors: Any, profile: Any, course: Any, shown: Any,
    acts: Any, loses: Any, holds: Any, L: Any, m: Any, w: Any, kind: Any, width: Any,
    counts: Any, first: Any, last: Any, events: Any, pace: Any,
) -> Any:  # fmt: skip
    """Play and count the courses of the given rows; False if a table is too wide.

    Rows of about the same length should stand together. The course of row ``shown`` is kept.
    """
    far, near = np.empty(len(cuts), np.uint64), np.empty(len(cuts), np.uint64)
    if not _packed(following, far, near):
        return False
    longest = 0
    for r in rows:
        longest = max(longest, periods[r])
    words, codes = np.empty((4, 64), np.uint64), np.empty((4, 64), np.uint64)
    strings = np.zeros((4, 2, (longest >> 6) + 2), np.uint64)
    state, luck = np.empty((2, 4), np.int64), np.empty((3, 4), np.uint64)
    held = np.zeros((longest >> 6) + 2, np.uint64)
    now, carry = np.empty(4, np.uint64), np.empty(4, np.uint64)
    moves, since = np.empty((5, 4), np.int64), np.empty((4, 4), np.int64)
    four, cut, number = np.empty(4, np.int64), cuts[:, 0].copy(), profile.copy().ravel()
    lanes = 1 if certain else 4
    for at in range(0, len(rows), lanes):
        _four(rows, at, four)
        if certain:
            _close(periods[four[0]], start0[four[0]], start1[four[0]], cut, far, near, strings[0])
        else:
            most = 0
            for c in range(4):
                most = max(most, periods[four[c]])
            _begin(four, keys, lane, start0, start1, state, luck)
            _play(
                0, most, four, lane, state, luck, cut, far, near, slips, errors, words, codes,
                strings,
            )  # fmt: skip
        for c in range(min(lanes, len(rows) - at)):
            r = four[c]
            _count(
                strings[c, 0], strings[c, 1], periods[r], number, acts, loses, holds, L, m, w, kind,
                width, counts[r], first[r], last[r], events[r], pace[r], now, carry, moves, since,
                held,
            )  # fmt: skip
            if r == shown:
                for t in range(periods[r]):
                    i, shift = t >> 6, _U(t & 63)
                    a, b = (strings[c, 0, i] >> shift) & _1, (strings[c, 1, i] >> shift) & _1
                    course[t] = number[2 * np.int64(a) + np.int64(b)]
    return True


def sample_automata(
    rows: Any, certain: Any, keys: Any, periods: Any, lane: Any,
    start0: Any, threshold0: Any, next0: Any, start1: Any, threshold1: Any, next1: Any,
    slips: Any, errors: Any, profile: Any, course: Any, *counting: Any,
) -> None:  # fmt: skip
    """Do what `kernels.sample_automata` does, faster between automata with two actions."""
    longest = int(periods[rows].max(initial=0))
    if profile.shape == (2, 2) and not (certain and longest > FULL):
        cuts, following, beyond = threshold0, next0, 0
        if threshold1 is not threshold0 or next1 is not next0:
            beyond = len(threshold0)
            cuts = np.concatenate([threshold0, threshold1])
            following = np.concatenate([next0, next1 + beyond])
        ordered = rows
        if longest and (periods[rows] != longest).any():
            ordered = rows[np.argsort(periods[rows], kind="stable")]
        if sample_two(
            ordered, certain, keys, periods, lane, start0, start1 + beyond, cuts, following,
            slips, errors, profile, course, -1 if certain or not len(rows) else int(rows[-1]),
            *counting,
        ):  # fmt: skip
            return
    kernels.sample_automata(
        rows, certain, keys, periods, lane, start0, threshold0, next0,
        start1, threshold1, next1, slips, errors, profile, course, *counting,
    )  # fmt: skip


# Memory-one pairs


@_part
def _settle(chain: Any, weight: Any) -> Any:
    """Find the stationary weights of a chain of four states, where these are unique.

    By elimination without subtractions (Grassmann, Taksar & Heyman 1985), down to a state that can
    be reached from all others; there is one if and only if there is one closed class.
    """
    a, order = np.empty((4, 4)), np.arange(4)
    for root in range(4):
        order[0], order[root] = root, 0
        for i in range(4):
            for j in range(4):
                a[i, j] = chain[order[i], order[j]]
        reached = True
        for k in range(3, 0, -1):
            out = a[k, :k].sum()
            if out == 0.0:
                reached = False
                break
            for i in range(k):
                a[i, k] /= out
                for j in range(k):
                    a[i, j] += a[i, k] * a[k, j]
        if reached:
            weight[order[0]] = 1.0
            for k in range(1, 4):
                weight[order[k]] = 0.0
                for i in range(k):
                    weight[order[k]] += weight[order[i]] * a[i, k]
            return True
        order[0], order[root] = 0, root
    return False


@jit_later(
    types.void(
        types.int64, types.int64, types.float64[:, ::1], types.float64[:, ::1], types.float64[::1],
        types.float64[:, ::1], types.float64[:, ::1],
    )
)  # fmt: skip
def memory_one_payoffs(
    begin: Any, end: Any, p: Any, q: Any, noise: Any, payoffs: Any, out: Any
) -> None:  # fmt: skip
    """Solve the pairs of memory-one strategies in rows `begin` to `end`.

    ``payoffs[seat, profile]``; a row whose limit depends on the opening becomes NaN.
    """
    mirror = (0, 2, 1, 3)
    keep0, keep1 = 1.0 - noise[0], 1.0 - noise[1]
    a, weight = np.empty((4, 4)), np.empty(4)
    for n in range(begin, end):
        for s in range(4):
            x, y = p[n, s], q[n, mirror[s]]
            c, e = keep0 * x + noise[0] * (1.0 - x), keep1 * y + noise[1] * (1.0 - y)
            d, f = keep0 * (1.0 - x) + noise[0] * x, keep1 * (1.0 - y) + noise[1] * y
            a[s, 0], a[s, 1], a[s, 2], a[s, 3] = c * e, c * f, d * e, d * f
        # The elimination of `_settle` from CC, written out.
        s3 = a[3, 0] + a[3, 1] + a[3, 2]
        r3 = 1.0 / (s3 if s3 > 0.0 else 1.0)
        x0, x1, x2 = a[0, 3] * r3, a[1, 3] * r3, a[2, 3] * r3
        a01, a02 = a[0, 1] + x0 * a[3, 1], a[0, 2] + x0 * a[3, 2]
        a10, a12 = a[1, 0] + x1 * a[3, 0], a[1, 2] + x1 * a[3, 2]
        a20, a21 = a[2, 0] + x2 * a[3, 0], a[2, 1] + x2 * a[3, 1]
        s2 = a20 + a21
        r2 = 1.0 / (s2 if s2 > 0.0 else 1.0)
        y0, y1 = a02 * r2, a12 * r2
        a01 += y0 * a21
        a10 += y1 * a20
        if s3 > 0.0 and s2 > 0.0 and a10 > 0.0:
            w1 = a01 / a10
            w2 = y0 + w1 * y1
            w3 = x0 + w1 * x1 + w2 * x2
            scale = 1.0 / (1.0 + w1 + w2 + w3)
            for seat in range(2):
                u = payoffs[seat]
                out[n, seat] = (u[0] + w1 * u[1] + w2 * u[2] + w3 * u[3]) * scale
        elif _settle(a, weight):
            for seat in range(2):
                out[n, seat] = (weight * payoffs[seat]).sum() / weight.sum()
        else:
            out[n, 0] = out[n, 1] = np.nan
