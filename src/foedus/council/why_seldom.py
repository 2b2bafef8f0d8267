"""Why seldom: why the model hardly ever founds the body that stands in a room, and founds another instead, in one sentence from its terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from foedus.council.clauses import members_of
from foedus.council.council_year import course_of, standing_before, without_it
from foedus.council.lanes import ModelLane
from foedus.council.plain_words import Called
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, institution_named
from foedus.council.worth import likely, signed
from foedus.council.year_events import by_term
from foedus.mechanisms import MECHANISMS
from foedus.simulation.decisions import consent_decisions
from foedus.simulation.formation import acceptance_of
from foedus.vocabulary.prose import listing

_SELDOM: Final = 0.2
"""Share of runs below which it is said why (judged: as the debrief asks of a bar)."""


@dataclass(frozen=True)
class Drafted:
    """What the hub, which drafts in the model, weighs of a body at the start of the first year.

    Attributes
    ----------
    key : str
    gain : float
        Of the hub, % of its product a year.
    agreed : float
        Chance that all members sign.
    terms : mapping of str to float
        Of that gain.
    """

    key: str
    gain: float
    agreed: float
    terms: Mapping[str, float]


def of_whom(here: Sequence[str], lane: ModelLane, year: int) -> tuple[str, str] | None:
    """Return the largest body that stands and seldom does in the model's runs, with the one that most often stands there instead."""
    shares = {k: s for k, s in lane.shares.get(year, {}).items() if k.startswith("body")}
    stands = max((k for k in here if k.startswith("body")), key=lambda k: len(members_of(k)), default="")
    own = shares.pop(stands, 0.0)
    other = max(shares, key=lambda k: shares[k], default="")
    return (stands, other) if stands and other and own < _SELDOM and shares[other] > own else None


def drafted(form: RoomForm, keys: Sequence[str]) -> tuple[Drafted, ...]:
    """Return what the hub weighs of each of some bodies, by the law and at the values in use."""
    moment, found = standing_before(form, (), Moves(), course_of(form)), []
    for key in keys:
        body = institution_named(key)
        fallback = without_it(moment, body)
        hubs = next(d for d in consent_decisions(moment.appraiser, body, fallback) if d.state == form.hub)
        agreed = float(acceptance_of(moment.appraiser, body, fallback))
        found.append(Drafted(key, float(hubs.gain), agreed, by_term(hubs.terms)))
    return tuple(found)


def seldom_said(
    here: Drafted, other: Drafted, shares: tuple[float, float], hub: str, called: Called, *, leads: bool
) -> str:
    """Return why the model drafts the other, as a sentence; nothing where what it weighs does not say so.

    Parameters
    ----------
    here, other : Drafted
        What stands in the room, and what most often stands in the model's runs instead.
    shares : tuple of float
        Of the model's runs in which each of them stands.
    hub : str
    called : callable
    leads : bool
        Whether numbers are told: those of the hub are for who leads, and for the hub on its own pages.
    """
    if other.gain * other.agreed <= here.gain * here.agreed:
        return ""
    those = _apart(here.key, other.key, called)
    asks = f"Why the same {those} stands in {100 * shares[1]:.0f} % of runs and this in {100 * shares[0]:.0f} %"
    drafts = f"in the model {called(hub)} drafts, for those members with whom its own gain times the chance that all sign is largest"
    if other.gain <= here.gain:
        numbers = f" ({likely(other.agreed)} against {likely(here.agreed)})" if leads else ""
        return f"{asks}: {drafts}; there all are likelier to sign{numbers}."
    apart = {t: other.terms[t] - here.terms[t] for t in here.terms}
    most = max(apart, key=lambda t: apart[t])
    numbers = f" ({signed(other.gain)} against {signed(here.gain)} % of its product a year)" if leads else ""
    by = f" ({signed(apart[most])})" if leads else ""
    return f"{asks}: {drafts}; there it gains more{numbers}, most of it by {MECHANISMS[most].called(apart[most])}{by}."


def _apart(here: str, other: str, called: Called) -> str:
    ours, theirs = members_of(here), members_of(other)
    came, gone = [called(s) for s in theirs if s not in ours], [called(s) for s in ours if s not in theirs]
    said = [f"{word} {listing(states)}" for word, states in (("with", came), ("without", gone)) if states]
    return " and ".join(said) or "by the other rule"
