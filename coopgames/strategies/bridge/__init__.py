"""Every player of Axelrod-Python as one of our strategies."""

from coopgames.strategies.bridge.known import Known
from coopgames.strategies.bridge.make import (
    AXELROD,
    Runs,
    axelrod_players,
    axelrod_strategy,
)
from coopgames.strategies.bridge.package import VERSION, axelrod, missing
from coopgames.strategies.bridge.player import AxelrodPlayer

__all__ = [
    "AXELROD",
    "VERSION",
    "AxelrodPlayer",
    "Known",
    "Runs",
    "axelrod",
    "axelrod_players",
    "axelrod_strategy",
    "missing",
]
