"""Game-theory experiments on harmony, cooperation and discord."""

__version__ = "0.1.0"
