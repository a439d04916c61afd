"""Strategies that choose by what they expect of the other, and of the future.

R, S, T and P are one's own payoffs u(C, C), u(C, D), u(D, C) and u(D, D), C for accommodating and D
for withholding; δ is what a payoff is worth a period later. What each expects can be replayed:
`coopgames.strategies.beliefs`.
"""

from coopgames.strategies.expectations import future, plans, reasoning

__all__ = ["future", "plans", "reasoning"]
