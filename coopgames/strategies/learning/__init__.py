"""Strategies that learn within a match: beliefs, payoffs, aspirations, regrets.

In every module u(a, o) is one's own payoff of taking a when the other takes o, C stands for
accommodating and D for withholding. Where payoffs are compared with a scale, it is the way from the
worst to the best payoff of the game (see `coopgames.strategies.compiled.rated`), so that a strategy
means the same in every game with two actions.
"""

from coopgames.strategies.learning import (
    aspirations,
    beliefs,
    models,
    pavlov,
    regret,
    reinforcement,
    values,
)

__all__ = ["aspirations", "beliefs", "models", "pavlov", "regret", "reinforcement", "values"]
