"""foedus puts arguments about alliances on trial. Made by tools/build_door.py; a test holds it."""

from foedus.asking.about_a_case import ablate as ablate
from foedus.asking.about_a_case import assess as assess
from foedus.asking.about_a_case import compare as compare
from foedus.asking.about_a_case import dispute as dispute
from foedus.asking.about_a_case import explain as explain
from foedus.asking.about_a_case import flip as flip
from foedus.asking.about_a_case import report as report
from foedus.asking.about_a_case import wedge as wedge
from foedus.asking.about_a_case import whatif as whatif
from foedus.asking.argument import trial as trial
from foedus.asking.ask import Ask as Ask
from foedus.asking.backtesting import backtest as backtest
from foedus.asking.behind import every_year as every_year
from foedus.asking.behind import numbers as numbers
from foedus.asking.bodies import draft as draft
from foedus.asking.calibrating import calibrate as calibrate
from foedus.asking.ensembles import ensemble as ensemble
from foedus.asking.ensembles import read_ensemble as read_ensemble
from foedus.asking.exploring import discover as discover
from foedus.asking.exploring import sensitivity as sensitivity
from foedus.asking.forecasting import forecast as forecast
from foedus.asking.one_system import system as system
from foedus.asking.posteriors import posterior as posterior
from foedus.asking.rivalry import compare_theories as compare_theories
from foedus.asking.signing import likely as likely
from foedus.asking.through_years import simulate as simulate
from foedus.asking.whole_world import world as world
from foedus.casebook.reader import case_names as case_names
from foedus.casebook.reader import read_case as read_case
from foedus.draws.stop import Stop as Stop
from foedus.model.architecture import Architecture as Architecture
from foedus.model.builder import build_world as build_world
from foedus.model.calibration_file import read_calibration as read_calibration
from foedus.model.parameters import Parameters as Parameters
from foedus.model.world import World as World
from foedus.simulation.appraisal import Appraiser as Appraiser
from foedus.version import __version__ as __version__
from foedus.vocabulary.errors import FoedusError as FoedusError
from foedus.vocabulary.tables import Table as Table

PLACES: dict[str, str]
