"""Holding: a treaty holds as long as no member would rather be out of it."""

from __future__ import annotations

from foedus.kernels.choice import logistic
from foedus.model.mechanism import Mechanism

MECHANISM = Mechanism(
    name="holding",
    claim="Members leave when being in is worse than being out by more than the inertia of a treaty.",
    equation=r"\Pr(exit) = \sigma\big(-(U_i(g) - U_i(g \setminus i\ \text{from}\ m) + \varepsilon o_m)/(s\,o_m)\big)",
    sources=("Leeds & Savun 2007 (abrogation)",),
)


def exit_probability(gain_of_staying: float, depth_held: float, exit_inertia: float, decision_noise: float) -> float:
    """Return the chance that a member leaves within a year."""
    return float(logistic(-(gain_of_staying + exit_inertia * depth_held) / (decision_noise * depth_held)))
