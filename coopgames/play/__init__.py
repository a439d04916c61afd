"""Repeated play."""

from coopgames.play.match import Horizon, Match

__all__ = ["Horizon", "Match"]
