"""Mathematics: compiled loops that trust their arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DOORS: Final[Mapping[str, tuple[str, ...]]] = {
    "choice": ("log_logistic", "log_softmax_by", "logistic", "softmax"),
    "contest": ("contest_losses", "contest_success", "losses_without_each_helper", "success_to_power"),
    "distance": ("great_circle_km", "share_arriving"),
    "metaagents": ("rise",),
    "mutual_response": ("mutual_response",),
    "unanimity": ("chance_of_all", "log_chance_of_all"),
    "values": ("connected_value", "semivalue", "union_value"),
}
"""Kernels for callers from outside, by file: each stands for one formula or one solution of the literature, takes plain
arrays and is worth something without a case. The others are steps of these or of the compiled plan, and may change."""
