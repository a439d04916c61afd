"""What actors face, and what it encodes."""

from coopgames.games.bimatrix import html_table, latex_table
from coopgames.games.cells import ProfileReport, grievance, hindered
from coopgames.games.census import Census, census
from coopgames.games.chart import Chart, Range, chart, st_plane
from coopgames.games.choice import domestic_pressure, positional, relative_gains, with_choice
from coopgames.games.coalitions import Coalition, coalitions
from coopgames.games.correlated import Correlated, correlated_equilibrium, is_correlated_equilibrium
from coopgames.games.counts import CountGame, count_game, places, tallies
from coopgames.games.deals import Deal, among, deals
from coopgames.games.equilibrium import best_replies, pure_equilibria
from coopgames.games.explanation import best_for_all, explain
from coopgames.games.gains import adjustment_gain, nash_bargain
from coopgames.games.gambit import from_nfg, to_nfg
from coopgames.games.game import Game, accommodation, by_choice, two_by_two
from coopgames.games.groups.public_goods import public_goods
from coopgames.games.hindrance import compatibility, facilitation
from coopgames.games.intensity import Control, Intensity, control, intensity, regard_needed
from coopgames.games.interior import local_adjustment
from coopgames.games.labels import VERDICTS, Category, Flags, Subtype
from coopgames.games.libraries import (
    from_nashpy,
    from_pygambit,
    from_quantecon,
    to_nashpy,
    to_pygambit,
    to_quantecon,
)
from coopgames.games.linkage import linked
from coopgames.games.longform import from_csv, to_csv
from coopgames.games.many import CATEGORIES, SUBTYPES, Categories, categories
from coopgames.games.nash import Equilibria, Equilibrium, nash_equilibria, regret
from coopgames.games.payoff_sets import (
    feasible_set,
    minmax,
    pareto_frontier,
    pareto_profiles,
    rational_set,
)
from coopgames.games.polygon import Polygon
from coopgames.games.power import Power, concentration, fate_control, power
from coopgames.games.registry import (
    Entry,
    Parameter,
    catalog,
    catalog_entry,
    entry,
    game_plugins,
    named_game,
)
from coopgames.games.remedies import friedman_threshold, trust_needed
from coopgames.games.repeated import repeated_payoffs
from coopgames.games.selfregarding import self_regarding, status_quo
from coopgames.games.sensitivity import grid_sensitive
from coopgames.games.structure import Structure, structure
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
from coopgames.games.war import after_gains, peaceful_gap
from coopgames.games.wording import KINDS, sentence, spoken, title

__all__ = [
    "CATEGORIES",
    "KINDS",
    "SUBTYPES",
    "SWAPS",
    "SYMMETRIC",
    "VERDICTS",
    "Categories",
    "Category",
    "Census",
    "Chart",
    "Coalition",
    "Control",
    "Correlated",
    "CountGame",
    "Deal",
    "Entry",
    "Equilibria",
    "Equilibrium",
    "Flags",
    "Game",
    "Intensity",
    "Ordinal",
    "Parameter",
    "Polygon",
    "Power",
    "ProfileReport",
    "Range",
    "Structure",
    "Subtype",
    "Swap",
    "accommodation",
    "adjustment_gain",
    "after_gains",
    "among",
    "best_for_all",
    "best_replies",
    "by_choice",
    "catalog",
    "catalog_entry",
    "categories",
    "census",
    "chart",
    "coalitions",
    "compatibility",
    "concentration",
    "control",
    "correlated_equilibrium",
    "count_game",
    "deals",
    "distances",
    "domestic_pressure",
    "entry",
    "explain",
    "facilitation",
    "fate_control",
    "feasible_set",
    "friedman_threshold",
    "from_csv",
    "from_nashpy",
    "from_nfg",
    "from_pygambit",
    "from_quantecon",
    "game_from_text",
    "game_plugins",
    "grid_sensitive",
    "grievance",
    "hindered",
    "html_table",
    "intensity",
    "is_correlated_equilibrium",
    "latex_table",
    "linked",
    "local_adjustment",
    "minmax",
    "named_game",
    "named_ordinal",
    "nash_bargain",
    "nash_equilibria",
    "neighbours",
    "ordinal",
    "pareto_frontier",
    "pareto_profiles",
    "peaceful_gap",
    "places",
    "positional",
    "power",
    "public_goods",
    "pure_equilibria",
    "rational_set",
    "regard_needed",
    "regret",
    "relative_gains",
    "repeated_payoffs",
    "self_regarding",
    "sentence",
    "shortest_path",
    "spoken",
    "st_plane",
    "status_quo",
    "structure",
    "swapped",
    "tallies",
    "the_78",
    "the_144",
    "title",
    "to_csv",
    "to_nashpy",
    "to_nfg",
    "to_pygambit",
    "to_quantecon",
    "trust_needed",
    "two_by_two",
    "with_choice",
]
