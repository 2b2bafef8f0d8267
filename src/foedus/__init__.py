"""foedus puts arguments about alliances on trial.

Everything heavy is loaded on first use: ``import foedus`` alone costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError

_LAZY: dict[str, tuple[str, str]] = {
    "assess": ("foedus.workflow", "assess"),
    "explain": ("foedus.workflow", "explain"),
    "compare": ("foedus.workflow", "compare"),
    "dispute": ("foedus.workflow", "dispute"),
    "wedge": ("foedus.workflow", "wedge"),
    "whatif": ("foedus.workflow", "whatif"),
    "flip": ("foedus.workflow", "flip"),
    "ablate": ("foedus.workflow", "ablate"),
    "ensemble": ("foedus.workflow", "ensemble"),
    "read_ensemble": ("foedus.workflow", "read_ensemble"),
    "simulate": ("foedus.workflow", "simulate"),
    "chronicletables": ("foedus.reports.chronicletables", ""),
    "sensitivity": ("foedus.workflow", "sensitivity"),
    "discover": ("foedus.workflow", "discover"),
    "report": ("foedus.workflow", "report"),
    "read_case": ("foedus.facts.reader", "read_case"),
    "case_names": ("foedus.facts.reader", "case_names"),
    "Parameters": ("foedus.model.parameters", "Parameters"),
    "Architecture": ("foedus.model.architecture", "Architecture"),
    "World": ("foedus.model.world", "World"),
    "Appraiser": ("foedus.simulation.appraisal", "Appraiser"),
    "build_world": ("foedus.model.builder", "build_world"),
    "workflow": ("foedus.workflow", ""),
    "casebook": ("foedus.facts.reader", ""),
    "datastore": ("foedus.facts.store", ""),
    "schema": ("foedus.facts.schema", ""),
    "newcase": ("foedus.facts.new", ""),
    "system": ("foedus.workflow", "system"),
    "systempage": ("foedus.reports.systempage", ""),
    "terminal": ("foedus.reports.terminal", ""),
    "docket": ("foedus.trial.claims", ""),
    "trialtables": ("foedus.reports.trialtables", ""),
    "backtest": ("foedus.workflow", "backtest"),
    "backtesttables": ("foedus.reports.backtesttables", ""),
    "trialrecord": ("foedus.reports.trialrecord", ""),
    "try_text": ("foedus.workflow", "try_text"),
    "forecast": ("foedus.workflow", "forecast"),
    "compare_theories": ("foedus.workflow", "compare_theories"),
    "rivaltables": ("foedus.reports.rivaltables", ""),
    "forecasttables": ("foedus.reports.forecasttables", ""),
    "tables": ("foedus.reports.tables", ""),
    "casetables": ("foedus.reports.casetables", ""),
    "Table": ("foedus.vocabulary.tables", "Table"),
    "parameters": ("foedus.model.parameters", ""),
    "calibrations": ("foedus.model.calibration_file", ""),
    "calibrationtables": ("foedus.reports.calibrationtables", ""),
    "read_calibration": ("foedus.model.calibration_file", "read_calibration"),
    "figures": ("foedus.reports.figures", ""),
}

__all__ = ["FoedusError", "__version__", *_LAZY]


def __getattr__(name: str) -> Any:
    """Load what is asked for on first use."""
    if name not in _LAZY:
        raise AttributeError(f"module 'foedus' has no attribute '{name}'")
    place, attribute = _LAZY[name]
    module = importlib.import_module(place)
    found = getattr(module, attribute) if attribute else module
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
