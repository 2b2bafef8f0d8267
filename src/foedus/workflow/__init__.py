"""The staircase on one screen: one function per question, no sums in it. A room is opened when it is first asked."""

from __future__ import annotations

import importlib
from typing import Any

_ROOMS: dict[str, tuple[str, ...]] = {
    "asking": ("DRAWS", "load", "values_of"),
    "answers": ("assess", "explain", "compare", "dispute", "wedge", "whatif", "flip", "ablate"),
    "ensembles": ("ensemble", "read_ensemble", "resume", "summary"),
    "chronicle": (
        "explain_run", "plan_simulation", "read_event", "save_simulation", "simulate", "simulation_report",
    ),
    "exploring": (
        "sensitivity", "discover", "strongest", "notes_on", "boxes_of", "as_record", "save_exploration",
    ),
    "argument": ("try_text", "trial_report"),
    "rivalry": ("compare_theories",),
    "forecasting": ("forecast", "forecast_report", "map_questions", "mapping_words"),
    "calibrating": ("calibrate", "write_calibration"),
    "opening": ("case_from_data",),
    "history": ("backtest", "backtest_files", "backtest_report"),
    "systems": ("system", "system_report", "table_of"),
    "files": (
        "read_exploration", "record", "refuse_existing", "report", "save", "save_figures", "write_bytes", "write_whole",
    ),
}  # fmt: skip
"""Which module of this folder answers which question."""

_PLACES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_PLACES)


def __getattr__(name: str) -> Any:
    """Load what is asked for on first use."""
    if name not in _PLACES:
        raise AttributeError(f"module 'foedus.workflow' has no attribute '{name}'")
    found = getattr(importlib.import_module(f"foedus.workflow.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
