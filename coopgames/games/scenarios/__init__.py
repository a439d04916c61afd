"""The issue-areas of After Hegemony as games, one a file.

They are ours, and stylised: R. O. Keohane tells the history (After Hegemony, 1984, ch. 4), the
payoffs are chosen so that a known model of the matter in hand shows what he says of it.
"""
