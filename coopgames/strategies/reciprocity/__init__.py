"""Strategies that keep accounts, and answer more than the last few periods.

Reciprocity is diffuse where what one gives is not paid back item by item (Keohane 1986, Reciprocity
in international relations, International Organization 40:1-27). Here it ranges from a punishment
that grows with each offence to an answer to the other's share of accommodation over all that was.
"""

from coopgames.strategies.reciprocity import accounts, endgame, punishment, shares

__all__ = ["accounts", "endgame", "punishment", "shares"]
