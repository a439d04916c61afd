"""Two pasts, and what comes after both: proof that some strategies remember as long as is said.

For those whose memory shows so seldom that chance would not find it. By name: what the other does
in the one past and in the other, what it does afterwards, and the lots that are drawn then (0
wherever none is given, and in both pasts).
"""

from __future__ import annotations

WITNESSES: dict[str, tuple[str, str, str, tuple[float, ...]]] = {
    # The first of eleven moves: 18 points of C against 17 of D, or 15.
    "adaptive": ("C", "D", "C" * 8 + "DD" + "C", ()),
    # The outcome of six periods ago, with two defections among the five after it.
    "ambuehl-hickey": ("DCDDDDC", "DCDDDDCD", "CCDDCCDCCDDDCDDDDDDD", ()),
    # Expectations that began near 1 and near 0 are 0.7³⁴ apart, with the threshold between them.
    "belief-threshold": ("C" * 24, "D" * 24, "CCCCCDCCDCCCCCCDCCCDCCCCCCCCDCCDCD" + "C", ()),
    # The tenth defection closes the book, however far apart they fell.
    "batell": ("", "DCCCCC", "C" * 25 + "DCCCCC" * 9, ()),
    # Mean regrets of 0.4 and 0.2 after C C … and D D …: it leaves C at the last lot, or does not.
    "conditional-regret-matching": ("C" * 24, "D" * 24, "C" * 31, (0.0,) * 29 + (0.82, 0.0)),
    # The outcome of eight periods ago.
    "grofman-1980b": ("CDCDDCCCDDD", "CDDCCDDCDDC", "CCDCCCCDCDCDCDDDDCDC", ()),
    # A favour in the one past; both are granted the favours of moves 21 and 41, and then one is
    # still sour in move 51.
    "weiner": (
        "CCCDCD" + "C" * 11,
        "C" * 17,
        "DCD" + "C" * 17 + "DCD" + "C" * 7 + "DCD" + "CC",
        (),
    ),
    # As for belief-threshold, with a threshold of 1/7.
    "shadow-of-the-future": ("C" * 24, "D" * 24, "CCCCCDCDCDDCDDDCCDDCDCDDDCCDCDDDD" + "C", ()),
    # Trust goes up and down by turns; one withholding more than usual breaks it, or does not yet.
    "trusting": ("", "C", "CD" * 13 + "DC", ()),
}
