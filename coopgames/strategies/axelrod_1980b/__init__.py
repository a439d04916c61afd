"""Entries of Axelrod's second tournament, in files by their rank among its 63.

R. Axelrod, "More effective choice in the Prisoner's Dilemma", J. Conflict Resolution 24 (1980):
379-403. Its programs were kept, and are public (TourExec 1.1, of Axelrod's own hand). An entry that
Axelrod-Python 4.13.1 has too is read as it is read there, move for move, and `source` says where
the program of 1980 does otherwise; the rest are read from the program.

Five games of 63, 77, 151, 156 and 308 moves were played; nobody knew the length beforehand. "Move
1" is the first period, which is `Seen.period` 0. Where a rule goes by points, they are those of the
game that is played.

Not entered again are those who did what the library has under another name: rank 1 (Anatol
Rapoport) tit for tat, 23 (Paula Gail Grisell) soft-majority, 24 (John Maynard Smith) tit for two
tats, 38 (Stanley F. Quayle) and 40 (Leslie Downing) revised-downing, 52 (James W. Friedman) grim,
57 (George Duisman) alternator, 62 random.
"""

from coopgames.strategies.axelrod_1980b import harrington, last, lower, middle, top, upper

__all__ = ["harrington", "last", "lower", "middle", "top", "upper"]
