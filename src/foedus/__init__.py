"""foedus puts arguments about alliances on trial.

Everything heavy is loaded on first use: ``import foedus`` alone costs next to nothing. What the names are, with their
types, stands in ``__init__.pyi``, made from :data:`PLACES` by ``tools/build_door.py``.
"""

from __future__ import annotations

import importlib

from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError

PLACES: dict[str, str] = {
    "Ask": "foedus.asking.ask",
    "assess": "foedus.asking.about_a_case",
    "explain": "foedus.asking.about_a_case",
    "compare": "foedus.asking.about_a_case",
    "dispute": "foedus.asking.about_a_case",
    "wedge": "foedus.asking.about_a_case",
    "numbers": "foedus.asking.behind",
    "every_year": "foedus.asking.behind",
    "whatif": "foedus.asking.about_a_case",
    "draft": "foedus.asking.bodies",
    "flip": "foedus.asking.about_a_case",
    "ablate": "foedus.asking.about_a_case",
    "report": "foedus.asking.about_a_case",
    "simulate": "foedus.asking.through_years",
    "trial": "foedus.asking.argument",
    "system": "foedus.asking.one_system",
    "ensemble": "foedus.asking.ensembles",
    "read_ensemble": "foedus.asking.ensembles",
    "sensitivity": "foedus.asking.exploring",
    "discover": "foedus.asking.exploring",
    "calibrate": "foedus.asking.calibrating",
    "backtest": "foedus.asking.backtesting",
    "forecast": "foedus.asking.forecasting",
    "likely": "foedus.asking.signing",
    "world": "foedus.asking.whole_world",
    "compare_theories": "foedus.asking.rivalry",
    "case_names": "foedus.casebook.reader",
    "read_case": "foedus.casebook.reader",
    "posterior": "foedus.asking.posteriors",
    "read_calibration": "foedus.model.calibration_file",
    "build_world": "foedus.model.builder",
    "Appraiser": "foedus.simulation.appraisal",
    "Architecture": "foedus.model.architecture",
    "Parameters": "foedus.model.parameters",
    "Stop": "foedus.draws.stop",
    "Table": "foedus.vocabulary.tables",
    "World": "foedus.model.world",
}
"""Where each public name lives; every name is a function or a class."""

__all__ = ["FoedusError", "__version__", *PLACES]


def __getattr__(name: str) -> object:
    """Load what is asked for on first use."""
    if name not in PLACES:
        raise AttributeError(f"module 'foedus' has no attribute '{name}'")
    found: object = getattr(importlib.import_module(PLACES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
