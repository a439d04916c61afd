"""Threats and promises: a demand, and what follows if it is met and if it is not.

What makes the other comply is what it expects; what makes it expect that is what would be carried
out. The stance of each says what it demands, what it does about compliance and refusal, and, where
it bluffs, what it lets the other expect instead. Schelling (1960), The Strategy of Conflict;
Lindblom (1965), The Intelligence of Democracy.
"""

from coopgames.strategies.threats import pressure, promises, punishment

__all__ = ["pressure", "promises", "punishment"]
