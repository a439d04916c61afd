"""What actors face, and what it encodes."""

from coopgames.games.catalog import catalog, named_game
from coopgames.games.cells import ProfileReport, grievance, hindered
from coopgames.games.census import Census, census
from coopgames.games.chart import Chart, Range, chart, st_plane
from coopgames.games.choice import domestic_pressure, positional, relative_gains, with_choice
from coopgames.games.counts import CountGame, count_game, places, public_goods, tallies
from coopgames.games.equilibrium import (
    adjustment_gain,
    best_replies,
    nash_bargain,
    pure_equilibria,
)
from coopgames.games.game import Game, accommodation, by_choice, two_by_two
from coopgames.games.hindrance import compatibility, facilitation
from coopgames.games.many import CATEGORIES, SUBTYPES, Categories, categories
from coopgames.games.selfregarding import self_regarding
from coopgames.games.structure import Category, Flags, Structure, Subtype, structure
from coopgames.games.swaps import SWAPS, Swap, distances, neighbours, shortest_path, swapped
from coopgames.games.text import game_from_text
from coopgames.games.topology import (
    SYMMETRIC,
    Ordinal,
    named_ordinal,
    ordinal,
    the_78,
    the_144,
)
from coopgames.games.wording import sentence, spoken

__all__ = [
    "CATEGORIES",
    "SUBTYPES",
    "SWAPS",
    "SYMMETRIC",
    "Categories",
    "Category",
    "Census",
    "Chart",
    "CountGame",
    "Flags",
    "Game",
    "Ordinal",
    "ProfileReport",
    "Range",
    "Structure",
    "Subtype",
    "Swap",
    "accommodation",
    "adjustment_gain",
    "best_replies",
    "by_choice",
    "catalog",
    "categories",
    "census",
    "chart",
    "compatibility",
    "count_game",
    "distances",
    "domestic_pressure",
    "facilitation",
    "game_from_text",
    "grievance",
    "hindered",
    "named_game",
    "named_ordinal",
    "nash_bargain",
    "neighbours",
    "ordinal",
    "places",
    "positional",
    "public_goods",
    "pure_equilibria",
    "relative_gains",
    "self_regarding",
    "sentence",
    "shortest_path",
    "spoken",
    "st_plane",
    "structure",
    "swapped",
    "tallies",
    "the_78",
    "the_144",
    "two_by_two",
    "with_choice",
]
