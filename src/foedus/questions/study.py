"""A study: one case under one draw, with everything the questions of an assessment look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from foedus.casebook.case import Case
from foedus.model.architecture import Architecture, Institution, Kind, Rule, body
from foedus.model.builder import watched
from foedus.model.parameters import Parameters
from foedus.model.world import World
from foedus.simulation.appraisal import Appraiser
from foedus.simulation.formation import Form, Formation, drafts_of, run_round, star

Drafts = tuple[tuple[Form, Institution], ...]
"""Forums and bodies on the table of a round, each with its form."""

Answers = dict[str, float]
"""Named numbers; a name is ``section|item|subject|measure``."""

EVERYBODY = "everybody"
"""Item under which the body of all recognised states is kept."""


def name(section: str, item: str = "", subject: str = "", measure: str = "") -> str:
    """Return the name under which an answer is kept."""
    return "|".join((section, item, subject, measure))


@dataclass(frozen=True)
class Study:
    """One case under one draw."""

    world: World
    parameters: Parameters
    quarrel: tuple[str, ...] = ()
    """The dyad whose ladder is looked at, empty for none."""
    watch: tuple[Institution, ...] = ()
    """Bodies that are looked at whatever is drafted."""

    @cached_property
    def appraiser(self) -> Appraiser:
        """Works out utilities in this world."""
        return Appraiser(self.world, self.parameters)

    @cached_property
    def fallback(self) -> Architecture:
        """The star grown from what is in force."""
        return star(self.appraiser)

    @cached_property
    def formation(self) -> Formation:
        """One round of formation."""
        return run_round(self.appraiser)

    def drafted(self, forms: Collection[Form]) -> Drafts:
        """Return what the hub would put on the table of some forms."""
        return drafts_of(self.appraiser, self.fallback, forms)

    def tabled(self, drafts: Drafts) -> None:
        """Take what lies on the table as it was found elsewhere, so that the round need not look for it again."""
        self.__dict__["formation"] = run_round(self.appraiser, drafts)

    @cached_property
    def everybody(self) -> Institution:
        """The body of all recognised states, with a council."""
        world = self.world
        recognised = [s for i, s in enumerate(world.states) if world.recognised[i] >= 1.0 and s != world.hub]
        return body((world.hub, *recognised), Rule.CONSENSUS, "A council of all recognised states")

    @cached_property
    def allies(self) -> Institution:
        """The body of the hub and the spokes of the star, with a council; of everybody if there is no star."""
        spokes = self.fallback.spokes(self.world.hub)
        if len(spokes) < 2:
            return self.everybody
        ordered = (s for s in self.world.states if s in spokes)
        return body((self.world.hub, *ordered), Rule.CONSENSUS, "A council of the hub and its allies")

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """Answers that were worked out, by question; for whoever asks several times."""
        return {}

    def once(self, question: Callable[..., Answers], *about: Any) -> Answers:
        """Return the answers of a question about something, worked out when they are first asked for."""
        key = (question, about)
        if key not in self.memory:
            self.memory[key] = question(self, *about)
        found: Answers = self.memory[key]
        return found

    def called(self, body: str | Institution) -> Institution:
        """Return a body by the word a claim has for it: ``everybody``, ``the allies``, or an institution as it is."""
        if isinstance(body, Institution):
            return body
        return self.everybody if body == EVERYBODY else self.allies

    def bodies(self) -> Iterator[tuple[str, Institution]]:
        """Yield the bodies that are looked at, each with the item it is kept under."""
        yield EVERYBODY, self.everybody
        for m in self.watch:
            yield m.name, m

    def bilaterals(self) -> tuple[Institution, ...]:
        """Return the bilateral treaties of the star."""
        return tuple(m for m in self.fallback if m.kind is Kind.BILATERAL)


def study_of(case: Case, world: World, parameters: Parameters) -> Study:
    """Return the study of a case in a world built from it."""
    return Study(world, parameters, case.quarrel or (), watched(case))
