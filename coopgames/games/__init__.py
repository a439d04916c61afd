"""What actors face, and what it encodes."""

from coopgames.games.cells import ProfileReport, grievance, hindered
from coopgames.games.choice import domestic_pressure, positional, relative_gains, with_choice
from coopgames.games.coalitions import Coalition, coalitions
from coopgames.games.counts import CountGame, count_game, places, tallies
from coopgames.games.deals import Deal, among, deals
from coopgames.games.equilibrium import best_replies, pure_equilibria
from coopgames.games.explanation import best_for_all, explain
from coopgames.games.gains import adjustment_gain, nash_bargain
from coopgames.games.game import Game, accommodation, by_choice, two_by_two
from coopgames.games.groups.public_goods import public_goods
from coopgames.games.hindrance import compatibility, facilitation
from coopgames.games.intensity import Control, Intensity, control, intensity, regard_needed
from coopgames.games.labels import VERDICTS, Flags
from coopgames.games.power import Power, fate_control, power
from coopgames.games.registry import Entry, Parameter, catalog, catalog_entry, entry, named_game
from coopgames.games.remedies import friedman_threshold, trust_needed
from coopgames.games.selfregarding import self_regarding, status_quo
from coopgames.games.structure import Structure, structure
from coopgames.games.text import game_from_text
from coopgames.games.wording import sentence

__all__ = [
    "VERDICTS",
    "Coalition",
    "Control",
    "CountGame",
    "Deal",
    "Entry",
    "Flags",
    "Game",
    "Intensity",
    "Parameter",
    "Power",
    "ProfileReport",
    "Structure",
    "accommodation",
    "adjustment_gain",
    "among",
    "best_for_all",
    "best_replies",
    "by_choice",
    "catalog",
    "catalog_entry",
    "coalitions",
    "compatibility",
    "control",
    "count_game",
    "deals",
    "domestic_pressure",
    "entry",
    "explain",
    "facilitation",
    "fate_control",
    "friedman_threshold",
    "game_from_text",
    "grievance",
    "hindered",
    "intensity",
    "named_game",
    "nash_bargain",
    "places",
    "positional",
    "power",
    "public_goods",
    "pure_equilibria",
    "regard_needed",
    "relative_gains",
    "self_regarding",
    "sentence",
    "status_quo",
    "structure",
    "tallies",
    "trust_needed",
    "two_by_two",
    "with_choice",
]
