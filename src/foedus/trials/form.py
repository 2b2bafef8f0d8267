"""The form of trial files, declared once; the reader checks with it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from foedus.casebook.schema import EventForm, SourceForm
from foedus.casebook.yaml_file import Form


class UnderForm(Form):
    """What is changed before the quantity is looked at again."""

    set: list[str] = Field(default_factory=list, description="Facts or parameters, as name=value.")
    without: list[str] = Field(default_factory=list, description="Mechanisms switched off.")
    lever: str | None = Field(None, description="One of the named single changes.")
    laws: list[str] = Field(default_factory=list, description="Procedures replaced, as procedure=variant.")


class ModelForm(Form):
    """A query on the model: a quantity, and what is expected of it."""

    quantity: str
    under: UnderForm | None = None
    expect: Literal["rises", "falls", "above", "below"]
    than: str | float | None = Field(None, description="A number or another quantity, for above and below.")
    at_least: float = Field(0.0, ge=0, description="Smallest change that counts.")


class CountForm(Form):
    """Which events are counted, and how many there have to be."""

    type: str | None = None
    actor: str | None = None
    from_: str | int | None = Field(None, alias="from")
    to: str | int | None = None
    at_least: int | None = None
    at_most: int | None = None


class PrecedentForm(Form):
    """A query on the record, and what a yes says about the claim.

    One of: an event that happened (perhaps within so many days after another), a count of events, or the value of an
    event that is above or below a number or the value of another.
    """

    event: str | None = None
    after: str | None = Field(None, description="An earlier event.")
    within_days: int | None = Field(None, gt=0, description="Days that may lie between the two.")
    count: CountForm | None = None
    value: str | None = Field(None, description="An event that carries a number.")
    above: str | float | None = None
    below: str | float | None = None
    says: Literal["supports", "contradicts"]
    because: str = Field(min_length=15)


class ClaimForm(Form):
    """One proposition."""

    id: int
    says: str = Field(min_length=20, description="The proposition in one sentence, in one's own words.")
    mechanisms: list[str] = Field(default_factory=list)
    model: ModelForm | None = None
    precedents: list[PrecedentForm] = Field(default_factory=list, alias="record")
    falsified_if: str = Field(min_length=15)
    rivals: list[str] = Field(default_factory=list)


class OmittedForm(Form):
    """A cause that the text leaves out, with what it does in the model."""

    says: str = Field(min_length=15)
    model: ModelForm


class TextForm(Form):
    """The text on trial."""

    author: str
    title: str
    date: str | int
    where: str = ""
    thesis: str
    decided_by: int | None = Field(None, description="The claim that states the thesis, by its id.")


class SlipForm(Form):
    """Something the text gets wrong as a matter of fact; an event or a source shows it."""

    says: str
    really: str = Field(alias="record", description="What is so.")
    event: str | None = None
    source: str | None = None


class TrialForm(Form):
    """A trial file."""

    foedus: Literal[1]
    name: str
    text: TextForm
    case: str
    also: list[str] = Field(
        default_factory=list, description="Further cases, whose events and quantities may be named."
    )
    claims: Annotated[list[ClaimForm], Field(min_length=1)]
    omitted: list[OmittedForm] = Field(default_factory=list)
    slips: list[SlipForm] = Field(default_factory=list)
    disclosures: list[str] = Field(
        default_factory=list, description="What a reader should know of how the tests were made."
    )
    events: list[EventForm] = Field(default_factory=list, description="Events beside those of the cases.")
    sources: dict[str, SourceForm] = Field(default_factory=dict)
