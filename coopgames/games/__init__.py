"""What actors face, and what it encodes."""

from coopgames.games.cells import ProfileReport, grievance, hindered
from coopgames.games.choice import domestic_pressure, positional, relative_gains, with_choice
from coopgames.games.counts import CountGame, count_game, places, tallies
from coopgames.games.equilibrium import best_replies, pure_equilibria
from coopgames.games.gains import adjustment_gain, nash_bargain
from coopgames.games.game import Game, accommodation, by_choice, two_by_two
from coopgames.games.groups.public_goods import public_goods
from coopgames.games.hindrance import compatibility, facilitation
from coopgames.games.labels import VERDICTS, Flags
from coopgames.games.registry import Entry, Parameter, catalog, catalog_entry, entry, named_game
from coopgames.games.selfregarding import self_regarding, status_quo
from coopgames.games.structure import Structure, structure
from coopgames.games.text import game_from_text
from coopgames.games.wording import sentence

__all__ = [
    "VERDICTS",
    "CountGame",
    "Entry",
    "Flags",
    "Game",
    "Parameter",
    "ProfileReport",
    "Structure",
    "accommodation",
    "adjustment_gain",
    "best_replies",
    "by_choice",
    "catalog",
    "catalog_entry",
    "compatibility",
    "count_game",
    "domestic_pressure",
    "entry",
    "facilitation",
    "game_from_text",
    "grievance",
    "hindered",
    "named_game",
    "nash_bargain",
    "places",
    "positional",
    "public_goods",
    "pure_equilibria",
    "relative_gains",
    "self_regarding",
    "sentence",
    "status_quo",
    "structure",
    "tallies",
    "two_by_two",
    "with_choice",
]
