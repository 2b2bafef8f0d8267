"""Trace: what happened in a run, who decided it, by which terms, and which draw fell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from foedus.model.architecture import Institution
from foedus.simulation.decisions import Decision


class Happening(StrEnum):
    """The kinds of event a year can bring; new ones are added at the end."""

    LEADER = "new leader"
    SHOCK = "quarrel flares"
    RAISED = "raises the quarrel"
    ANSWERED = "answers in kind"
    CRISIS = "crisis"
    BROKERED = "defused by a broker"
    LEFT = "leaves"
    ENDED = "ends"
    PROPOSED = "proposes"
    PRESSED = "presses"
    REFUSED = "refused"
    FORMED = "formed"
    SIGNED = "signed"
    LIGHT = "light treaty"
    LIGHT_REFUSED = "light treaty refused"


@dataclass(frozen=True)
class Drawn:
    """A decision and the draw that settled it.

    Attributes
    ----------
    decision : Decision
    draw : float
        Uniform on [0, 1); the decision is taken if it is below the probability.
    seat : bool or None
        What somebody who holds the seat of the state decided instead; None where the draw settled it.
    """

    decision: Decision
    draw: float
    seat: bool | None = None

    @property
    def taken(self) -> bool:
        """Whether the state agreed, or left."""
        return self.draw < self.decision.probability if self.seat is None else self.seat


@dataclass(frozen=True)
class Event:
    """Something that happened in a run.

    Attributes
    ----------
    year : int
    happening : Happening
    actor, other : str
        Who did it, and against or with whom; empty where nobody in particular. At the door of a body the actor is the
        newcomer, and the other is itself where it applies, or the least willing of those who refuse it.
    institution : Institution or None
    probability : float
        Chance of it when it was drawn; 1 where nothing was drawn.
    draw : float
        The draw that settled it; NaN where nothing was drawn, or several states decided.
    decisions : tuple of Drawn
        Who decided what, by which terms.
    size : float
        Perception after a turnover (mean over adversaries), grievance after a shock or on the ladder, pain of pressure,
        number of members who refuse a newcomer; NaN for none.
    seated : bool
        Whether who holds the seat of the actor decided it, not the draw; decisions of several say each for itself.
    """

    year: int
    happening: Happening
    actor: str = ""
    other: str = ""
    institution: Institution | None = None
    probability: float = 1.0
    draw: float = float("nan")
    decisions: tuple[Drawn, ...] = ()
    size: float = float("nan")
    seated: bool = False

    @property
    def text(self) -> str:
        """One line: who, what, which institution."""
        about = label(self.institution) if self.institution else ""
        at_a_door = self.happening in _AT_DOORS and self.actor and (self.other or self.happening is Happening.FORMED)
        said = (_AT_DOORS if at_a_door else _SENTENCES)[self.happening]
        return said.format(actor=self.actor, other=self.other, about=about)


_SENTENCES: Mapping[Happening, str] = {
    Happening.LEADER: "{actor}: a new leader sees the threats anew",
    Happening.SHOCK: "{actor} and {other}: the quarrel flares",
    Happening.RAISED: "{actor} raises its quarrel with {other}",
    Happening.ANSWERED: "{actor} answers {other} in kind",
    Happening.CRISIS: "{actor} and {other}: a crisis",
    Happening.BROKERED: "{actor} and {other}: a broker defuses the quarrel",
    Happening.LEFT: "{actor} leaves the {about}",
    Happening.ENDED: "the {about} ends",
    Happening.PROPOSED: "{actor} proposes a {about}",
    Happening.PRESSED: "{actor} presses {other} not to join the {about}",
    Happening.REFUSED: "the {about} is refused",
    Happening.FORMED: "the {about} is formed",
    Happening.SIGNED: "the {about} is signed",
    Happening.LIGHT: "{actor} and {other} sign a light treaty",
    Happening.LIGHT_REFUSED: "{actor} and {other} do not agree on a light treaty",
}

_AT_DOORS: Mapping[Happening, str] = {
    Happening.PROPOSED: "{actor} applies to be in the {about}",
    Happening.REFUSED: "{other} does not let {actor} into the {about}",
    Happening.FORMED: "{actor} is let in: the {about}",
}
"""What is said of an applicant to a body in force."""


def label(institution: Institution) -> str:
    """Return a short name of an institution: its kind and members."""
    kinds = {"BT": "treaty", "DF": "commitment", "MT": "body", "FO": "forum"}
    word = kinds[institution.kind.value]
    if institution.depth is not None and not institution.depth >= 1.0:
        word = "light treaty"
    if institution.has_council:
        word = "council"
    return f"{word} {'–'.join(institution.members)}"
