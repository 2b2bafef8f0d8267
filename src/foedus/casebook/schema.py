"""The form of case files, declared once; the reader checks with it, editors complete with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from foedus.casebook.yaml_file import Form

Share = Annotated[float, Field(ge=0, le=1)]


def _readable(text: str) -> str:
    """Return text in which there is something to read; blanks and marks of no width are nothing."""
    if not any(c.isalnum() for c in text):
        raise PydanticCustomError("nothing_to_read", "there is nothing to read here")
    return text


Words = Annotated[str, Field(min_length=1), AfterValidator(_readable)]
Said = Annotated[str, AfterValidator(lambda text: text and _readable(text))]
"""Text that may be left out, and if not is there to be read."""
Keys = str | list[str]
When = str | int
Year = Annotated[int, Field(strict=False)]
"""A year as a key: keys are text."""
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]


class FactForm(Form):
    """A number with date, unit and source, or judged with a reason and a range."""

    value: float | bool | Literal["yes", "no"] = Field(description="The number, or yes/no.")
    unit: str | None = Field(None, description="Unit of the value.")
    date: When | None = Field(None, description="Year, month or day the value holds for, not after the case.")
    source: Keys | None = Field(None, description="One or several keys of sources.yaml.")
    judged: str | None = Field(None, description="Why this number, if it is judgement.")
    range: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        None, description="Low and high end; a judged number needs one."
    )
    note: str = Field("", description="Anything a reader should know.")
    later: str | None = Field(None, description="Why a date after the case is right here.")


class PairFactForm(FactForm):
    """A number about two states, symmetric (`between`) or directional (`of`, `against`)."""

    value: float | bool | Literal["yes", "no"] = 1.0
    between: Pair | None = Field(None, description="Two states; the order does not matter.")
    of: str | None = None
    against: str | None = None


class StateForm(Form):
    """The facts about one state."""

    gdp: FactForm
    military_spending: FactForm
    cinc: FactForm
    ideal_point: FactForm
    sovereignty: FactForm
    free_force: FactForm
    recognised: FactForm
    available_share: FactForm | None = None
    recklessness: FactForm | None = None
    trade: dict[str, FactForm] = Field(description="Trade with each adversary.")
    perception: dict[str, FactForm] = Field(default_factory=dict, description="Perception of each adversary.")


class AdversaryForm(Form):
    """The facts about one adversary."""

    military_spending: FactForm
    cinc: FactForm
    ideal_point: FactForm
    available_share: FactForm | None = None


class Defaults(Form):
    """What every number of one quantity shares unless it says otherwise."""

    unit: str | None = None
    date: When | None = None
    source: Keys | None = None
    judged: str | None = None
    note: str | None = None
    later: str | None = None


class StatesFile(Form):
    """states.yaml"""

    defaults: dict[str, Defaults] = Field(default_factory=dict)
    states: dict[str, StateForm]
    adversaries: dict[str, AdversaryForm]


class Complete(Form):
    """On what ground the pairs that are not listed count as 0."""

    source: Keys
    date: When
    note: str = ""


class PairsForm(Form):
    """A list of numbers about pairs of states."""

    defaults: Defaults = Defaults()
    complete: Complete | None = None
    pairs: list[PairFactForm] = Field(default_factory=list)


class RelationsFile(Form):
    """relations.yaml"""

    distances: PairsForm
    rivalries: PairsForm
    grievances: PairsForm


class MemberForm(Form):
    """A member with its dates."""

    state: str
    joined: When | None = None
    left: When | None = None


class ObligationsForm(Form):
    """What members owe each other: 0 nothing, 0.5 in part or politically, 1 in full."""

    defence: Share = 0
    offence: Share = 0
    consultation: Share = 0
    neutrality: Share = 0
    nonaggression: Share = 0


class InstitutionForm(Form):
    """A treaty, a commitment or a forum."""

    id: Words
    name: Words
    kind: Literal["bilateral", "de facto", "multilateral", "forum", "none"]
    members: list[str | MemberForm]
    outside: list[str] = Field(default_factory=list)
    signed: When | None = None
    in_force: When | None = None
    ended: When | None = None
    term: float | None = Field(default=None, gt=0, le=99)
    rule: Literal["hub", "consensus"]
    obligations: ObligationsForm = ObligationsForm()
    council: str | None = None
    settlement_clause: str | None = None
    command: str | None = None
    source: Keys
    note: str = ""
    later: str | None = None


class InstitutionsFile(Form):
    """institutions.yaml"""

    institutions: list[InstitutionForm]


class SourceForm(Form):
    """Where facts come from."""

    citation: Annotated[str, Field(min_length=8), AfterValidator(_readable)]
    url: Said = ""
    licence: Said = ""
    trust: Literal["checked", "widely known", "uncertain"] = "checked"


class EventForm(Form):
    """Something that happened on a date."""

    id: Words
    date: When
    actors: Annotated[list[str], Field(min_length=1)]
    type: Words
    text: Words
    value: float | None = None
    unit: str = ""
    conceded: Literal["yes", "partial", "no", "open"] | None = Field(
        None, description="For coercion: whether the target gave way; open while it goes on."
    )
    touched_design: bool = Field(False, description="For coercion: whether what was conceded touched alliances.")
    source: Keys
    trust: Literal["checked", "widely known", "uncertain"] = "checked"


class EventsFile(Form):
    """events.yaml"""

    later: str | None = None
    events: list[EventForm]


class SeriesForm(Form):
    """One fact through the years."""

    quantity: str
    of: str
    against: str | None = None
    values: Annotated[dict[Year, float], Field(min_length=1)] = Field(description="Value by year.")
    step: bool = Field(False, description="Each value holds until the next one.")
    unit: str | None = None
    source: Keys | None = None
    judged: str | None = Field(None, description="Why these numbers, if they are judgement.")
    within: Annotated[float, Field(ge=0)] | None = Field(None, description="How far off judged values may be.")
    note: str = ""


class SeriesFile(Form):
    """series.yaml"""

    defaults: dict[str, Defaults] = Field(default_factory=dict)
    within: dict[str, float] = Field(default_factory=dict, description="How far off judged values may be, by quantity.")
    series: list[SeriesForm]


class WatchForm(Form):
    """A body that is looked at whatever is drafted."""

    name: Words
    members: list[str]
    rule: Literal["hub", "consensus"] = "consensus"


class MapForm(Form):
    """What part of the world a map shows."""

    centre: Annotated[list[float], Field(min_length=2, max_length=2)]
    span: Annotated[float, Field(gt=1, le=360)]


class LeverForm(Form):
    """A lever of the case itself: numbers that are multiplied together."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="As it is pulled: --lever history=0.5.")
    says: Words = Field(description="What is multiplied, as readers see it.")
    scales: Annotated[list[str], Field(min_length=1)] = Field(
        description="The numbers: STATE.quantity or STATE.quantity.STATE."
    )
    range: Annotated[list[float], Field(min_length=2, max_length=2)] = Field(
        [0.0, 2.0], description="Low and high end of the factor; 1 changes nothing."
    )
    step: Annotated[float, Field(gt=0)] = Field(0.05, description="Step of the slider.")
    ends: Annotated[list[Words], Field(min_length=2, max_length=2)] | None = Field(
        None, description="What the two ends are, in words."
    )


NAMED, OWN = "a name", "LeverForm"
"""Tags of the two ways in which a lever is given."""


def _how_given(item: Any) -> str:
    return NAMED if isinstance(item, str) else OWN


LeverGiven = Annotated[Annotated[str, Tag(NAMED)] | Annotated[LeverForm, Tag(OWN)], Discriminator(_how_given)]


class CaseFile(Form):
    """case.yaml"""

    foedus: Literal[1] = Field(description="Version of the format.")
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Words
    question: Words
    as_of: When
    hub: str
    states: list[str]
    adversaries: list[str]
    quarrel: Pair | None = None
    watch: list[WatchForm] = Field(default_factory=list)
    map: MapForm | None = None
    blank_slate: bool = False
    levers: Annotated[list[LeverGiven], Field(min_length=1)] | None = Field(
        None, description="Levers that are shown, in their order: names, and those of the case itself."
    )
    notes: str = ""


FORMS: Final[Mapping[str, type[BaseModel]]] = MappingProxyType(
    {
        "case": CaseFile,
        "states": StatesFile,
        "relations": RelationsFile,
        "institutions": InstitutionsFile,
        "events": EventsFile,
        "series": SeriesFile,
    }
)
"""The form of each file by its stem; sources.yaml is a mapping of keys to :class:`SourceForm`."""


def json_schema(stem: str) -> dict[str, Any]:
    """Return the JSON Schema of one file of a case.

    Parameters
    ----------
    stem : str
        ``case``, ``states``, ``relations``, ``institutions``, ``events``, ``series`` or ``sources``.
    """
    if stem == "sources":
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "sources.yaml",
            "type": "object",
            "additionalProperties": SourceForm.model_json_schema(),
        }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **FORMS[stem].model_json_schema()}
