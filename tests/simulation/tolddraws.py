"""Draws that are told instead of drawn, so that a step can be worked by hand."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.simulation.chance import Chance


class Told(Chance):
    """Draws by the name of their step, or of step and subject; 0.999 and a normal of 0 where nothing is told.

    What was asked for is kept in order.
    """

    def __init__(self, draws: Mapping[str, float] | None = None) -> None:
        super().__init__(1, 0)
        self.draws = dict(draws or {})
        self.asked: list[str] = []

    def _told(self, step: str, subject: str, other: float) -> float:
        self.asked.append(f"{step} {subject}".strip())
        return self.draws.get(f"{step} {subject}", self.draws.get(step, other))

    def uniform(self, step: str, subject: str, year: int) -> float:
        """Return what is told of a uniform draw."""
        return self._told(step, subject, 0.999)

    def normal(self, step: str, subject: str, year: int) -> float:
        """Return what is told of a normal draw."""
        return self._told(step, subject, 0.0)
