"""What happened: harmony, cooperation or discord, and when."""

from coopgames.readings.rule import Rule

__all__ = ["Rule"]
