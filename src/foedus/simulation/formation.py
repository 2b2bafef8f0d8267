"""Formation: one round in which a star grows, bodies are drafted, proposed and accepted or refused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from foedus.mechanisms import variant
from foedus.mechanisms.decisions.agenda import proposals, proposers
from foedus.mechanisms.decisions.consent import acceptance, acceptances, consent
from foedus.mechanisms.decisions.drafting import Keys, Members, draft, draft_keys
from foedus.mechanisms.decisions.star import grow_star
from foedus.model.architecture import Architecture, Institution, Kind, Rule
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.simulation.appraisal import Appraisal, Appraiser


class Form(StrEnum):
    """The kinds of outcome a round can have."""

    IN_FORCE = "in force"
    STAR = "star"
    FORUM = "star + forum"
    COUNCIL = "body, council"
    HUB_LED = "body, hub-led"


DRAFTED: tuple[tuple[Form, Kind, Rule], ...] = (
    (Form.FORUM, Kind.FORUM, Rule.CONSENSUS),
    (Form.COUNCIL, Kind.MULTILATERAL, Rule.CONSENSUS),
    (Form.HUB_LED, Kind.MULTILATERAL, Rule.HUB),
)
"""What the hub drafts in a round, in this order."""


@dataclass(frozen=True)
class Option:
    """One item on the menu of a round.

    Attributes
    ----------
    form : Form
    appraisal : Appraisal
        What it would be worth to everybody.
    institution : Institution or None
        What is new about it, None for what needs no consent.
    acceptance : float
        Probability that every member agrees.
    probability : float
        Probability that it is what the round ends with.
    """

    form: Form
    appraisal: Appraisal
    institution: Institution | None
    acceptance: float
    probability: float


@dataclass(frozen=True)
class Formation:
    """The outcome of one round, that is, of one year.

    Attributes
    ----------
    before : Architecture
        Institutions in force.
    fallback : Appraisal
        The star: what there is if a proposal is refused.
    options : tuple of Option
        The menu, with probabilities that sum to 1.
    """

    before: Architecture
    fallback: Appraisal
    options: tuple[Option, ...]

    def probability(self, *forms: Form) -> float:
        """Return the probability that the round ends with one of these forms."""
        return sum(o.probability for o in self.options if o.form in forms)

    @property
    def body(self) -> float:
        """Probability that the round ends with a multilateral body."""
        return self.probability(Form.COUNCIL, Form.HUB_LED)


def star(appraiser: Appraiser) -> Architecture:
    """Return the star grown from the institutions in force; a world has one, which its appraiser remembers."""
    if appraiser.grown is None:
        appraiser.grown = _star(appraiser)
    return appraiser.grown


def _star(appraiser: Appraiser) -> Architecture:
    world, before = appraiser.world, appraiser.world.in_force
    candidates = [(i, s) for i, s in enumerate(world.states) if s != world.hub and world.recognised[i] >= 1.0]
    return grow_star(
        before,
        candidates,
        (world.hub_index, world.hub),
        lambda g, offers: (appraiser.appraise(g, before).utility, appraiser.utilities(g, offers, before)),  # type: ignore[arg-type, return-value]
    )


def gains(appraiser: Appraiser, institution: Institution, fallback: Architecture) -> NDArray[np.float64]:
    """Return what adding an institution to the fallback is worth to every state, % of GDP, shape (N,)."""
    before = appraiser.world.in_force
    after = appraiser.utility_with(fallback, institution, before)
    return after - appraiser.appraise(fallback, before).utility


def seats(appraiser: Appraiser, institution: Institution) -> NDArray[np.intp]:
    """Return the positions of the members of an institution."""
    return np.array([appraiser.world.index(s) for s in institution.members], dtype=np.intp)


def shared(parameters: Parameters) -> float:
    """Return which part of the errors of members is common to all who are asked, by the law of consent in use."""
    found: float = variant(parameters, "consent")(parameters)
    return found


def acceptance_of(appraiser: Appraiser, institution: Institution, fallback: Architecture) -> float:
    """Return the probability that all members of a new institution agree to it."""
    gain = gains(appraiser, institution, fallback)[seats(appraiser, institution)]
    parameters = appraiser.parameters
    return acceptance(gain, appraiser.depth(institution), parameters["decision_noise"], shared(parameters))


def consents(appraiser: Appraiser, institution: Institution, fallback: Architecture) -> NDArray[np.float64]:
    """Return each member's probability to agree, in the order of the members."""
    gain = gains(appraiser, institution, fallback)[seats(appraiser, institution)]
    return consent(gain, appraiser.depth(institution), appraiser.parameters["decision_noise"])


def candidates(world: World) -> tuple[str, ...]:
    """Return the states that can be members of a draft, the hub first."""
    return (world.hub, *(s for i, s in enumerate(world.states) if world.recognised[i] >= 1.0 and s != world.hub))


def keys_of_drafts(appraiser: Appraiser, fallback: Architecture, kind: Kind, rule: Rule) -> Keys:
    """Return what the hub judges memberships of a body or forum by, see :func:`foedus.mechanisms.decisions.drafting.draft_keys`."""
    world, noise, before = appraiser.world, appraiser.parameters["decision_noise"], appraiser.world.in_force
    hopeless, common = appraiser.parameters["hopeless_acceptance"], shared(appraiser.parameters)
    base = appraiser.appraise(fallback, before).utility
    known: dict[Members, float] = {}

    def keys(memberships: Sequence[Members]) -> list[float]:
        unknown = [m for m in dict.fromkeys(memberships) if m not in known]
        if unknown:
            drafts = [Institution(kind, m, rule) for m in unknown]
            gain = appraiser.utilities(fallback, drafts, before) - base
            inside = np.array([[s in m for s in world.states] for m in unknown])
            passed = acceptances(gain, inside, appraiser.depth(drafts[0]), noise, common)
            losses = np.where(inside, np.minimum(gain, 0.0), 0.0).sum(axis=1)
            found = draft_keys(passed, gain[:, world.hub_index], losses, hopeless)
            known.update(zip(unknown, found.tolist(), strict=True))
        return [known[m] for m in memberships]

    return keys


def draft_institution(appraiser: Appraiser, fallback: Architecture, kind: Kind, rule: Rule) -> Institution | None:
    """Return the body or forum the hub drafts, None if no draft is worth proposing."""
    start = candidates(appraiser.world)
    if len(start) < 3:
        return None
    members, best = draft(start, appraiser.world.hub, keys_of_drafts(appraiser, fallback, kind, rule))
    return Institution(kind, members, rule) if best > 0 else None


@dataclass(frozen=True)
class Menu:
    """What can be proposed in a round, before anybody proposes.

    Attributes
    ----------
    before : Architecture
        Institutions in force.
    fallback : Appraisal
        The star: what there is if a proposal is refused.
    items : tuple of (Form, Appraisal, Institution or None, float)
        Form, what it would be worth, what is new about it, and the probability that all agree.
    """

    before: Architecture
    fallback: Appraisal
    items: tuple[tuple[Form, Appraisal, Institution | None, float], ...]

    @property
    def refused(self) -> int:
        """Position of what there is after a refusal: the star where it differs from what is in force."""
        return 1 if len(self.items) > 1 and self.items[1][0] is Form.STAR else 0


def drafts_of(
    appraiser: Appraiser, fallback: Architecture, forms: Collection[Form] = tuple(Form)
) -> tuple[tuple[Form, Institution], ...]:
    """Return the forum and the bodies that the hub would put on the table, or those of some forms."""
    wanted = (d for d in DRAFTED if d[0] in forms)
    drawn = ((form, draft_institution(appraiser, fallback, kind, rule)) for form, kind, rule in wanted)
    return tuple((form, institution) for form, institution in drawn if institution is not None)


def menu_of(appraiser: Appraiser, drafts: Sequence[tuple[Form, Institution]] | None = None) -> Menu:
    """Return what can be proposed: what is in force, the star, and drafts that need the consent of all.

    Parameters
    ----------
    appraiser : Appraiser
    drafts : sequence of (Form, Institution), optional
        Forums and bodies on the table; by default those the hub drafts now.
    """
    before = appraiser.world.in_force
    grown = star(appraiser)
    fallback = appraiser.appraise(grown, before)
    items: list[tuple[Form, Appraisal, Institution | None, float]] = [
        (Form.IN_FORCE, appraiser.appraise(before, before), None, 1.0)
    ]
    if not grown.same_set(before):
        items.append((Form.STAR, fallback, None, 1.0))
    for form, institution in drafts_of(appraiser, grown) if drafts is None else drafts:
        appraisal = appraiser.appraise(grown.having(institution), before)
        items.append((form, appraisal, institution, acceptance_of(appraiser, institution, grown)))
    return Menu(before, fallback, tuple(items))


def agenda_of(appraiser: Appraiser, menu: Menu) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return who proposes, shape (N,), and what each proposer picks from the menu, shape (N, items)."""
    world, parameters = appraiser.world, appraiser.parameters
    chance = np.array([passed for *_, passed in menu.items])
    worth = np.array([a.utility for _, a, _, _ in menu.items])
    return (
        proposers(world.gdp, world.hub_index, parameters["hub_agenda_power"]),
        proposals(worth, menu.fallback.utility, chance, parameters["decision_noise"]),
    )


def run_round(appraiser: Appraiser, drafts: Sequence[tuple[Form, Institution]] | None = None) -> Formation:
    """Return the probabilities of everything one round of the formation game can end with.

    Parameters
    ----------
    appraiser : Appraiser
    drafts : sequence of (Form, Institution), optional
        What :func:`drafts_of` returns for it, where that is known already.
    """
    menu = menu_of(appraiser, drafts)
    chance = np.array([passed for *_, passed in menu.items])
    who, what = agenda_of(appraiser, menu)
    proposed = who @ what
    ends = proposed * chance
    ends[menu.refused] += float((proposed * (1.0 - chance)).sum())
    return Formation(
        menu.before,
        menu.fallback,
        tuple(Option(*item, float(p)) for item, p in zip(menu.items, ends, strict=True)),
    )
