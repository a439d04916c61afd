"""Experiments as TOML: what may be written, all mistakes at once, and the canonical form."""

from coopgames.specs.canonical import as_spec, loads_canonical, spec_digest
from coopgames.specs.game_file import READ, WRITERS, game_from, game_toml, write_game
from coopgames.specs.in_force import AnyRegime, InForce, in_force
from coopgames.specs.load import is_experiment, load, shipped
from coopgames.specs.regime_file import (
    regime_from,
    regime_of,
    regime_table_of,
    regime_toml,
    shipped_regimes,
)
from coopgames.specs.resolved import Arm, Entrant, Experiment, Quoted, entrants
from coopgames.specs.schema import regime_schema, schema
from coopgames.specs.strategy_file import as_table, strategies_from, strategy_from
from coopgames.specs.toml_text import toml_text

__all__ = [
    "READ",
    "WRITERS",
    "AnyRegime",
    "Arm",
    "Entrant",
    "Experiment",
    "InForce",
    "Quoted",
    "as_spec",
    "as_table",
    "entrants",
    "game_from",
    "game_toml",
    "in_force",
    "is_experiment",
    "load",
    "loads_canonical",
    "regime_from",
    "regime_of",
    "regime_schema",
    "regime_table_of",
    "regime_toml",
    "schema",
    "shipped",
    "shipped_regimes",
    "spec_digest",
    "strategies_from",
    "strategy_from",
    "toml_text",
    "write_game",
]
