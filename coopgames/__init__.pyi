from coopgames.experiments import play_match as play_match
from coopgames.experiments import run as run
from coopgames.games import Game as Game
from coopgames.games import catalog as catalog
from coopgames.games import named_game as named_game
from coopgames.games import structure as structure
from coopgames.games import two_by_two as two_by_two
from coopgames.mistakes import Mistake as Mistake
from coopgames.readings import Rule as Rule
from coopgames.reports import draw as draw
from coopgames.reports import figures as figures
from coopgames.reports import open_results as open_results
from coopgames.reports import write_report as write_report
from coopgames.specs import load as load
from coopgames.store import Results as Results
from coopgames.strategies import Automaton as Automaton
from coopgames.strategies import Python as Python
from coopgames.strategies import Strategy as Strategy
from coopgames.strategies import library as library
from coopgames.strategies import memory_one as memory_one
from coopgames.strategies import strategy as strategy

__version__: str
