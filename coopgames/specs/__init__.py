"""Experiments as TOML: what may be written, all mistakes at once, and the canonical form."""

from coopgames.specs.canonical import as_spec, loads_canonical, spec_digest
from coopgames.specs.load import load, shipped
from coopgames.specs.resolved import Entrant, Experiment, Quoted
from coopgames.specs.schema import schema
from coopgames.specs.strategy_file import strategy_from

__all__ = [
    "Entrant",
    "Experiment",
    "Quoted",
    "as_spec",
    "load",
    "loads_canonical",
    "schema",
    "shipped",
    "spec_digest",
    "strategy_from",
]
