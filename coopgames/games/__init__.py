"""What actors face, and what it encodes."""

from coopgames.games.game import Game, accommodation, two_by_two

__all__ = ["Game", "accommodation", "two_by_two"]
