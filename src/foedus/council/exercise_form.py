"""The form of an exercise: its file, and the file of its words; the reader checks with it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from foedus.casebook.yaml_file import Form


class TableForm(Form):
    """The table that stands when the exercise begins."""

    title: str
    chair: str
    members: Annotated[list[str], Field(min_length=2)]
    public: bool = False


class ArticleForm(Form):
    """One article of a text."""

    words: str = Field(description="Key of its words.")
    clause: str | None = Field(None, description="What the model reads of it.")


class FirstText(Form):
    """A text that lies on the table when the exercise begins."""

    title: str
    by: str
    articles: Annotated[list[ArticleForm], Field(min_length=1)]


class InjectForm(Form):
    """Something that the facilitator brings in: an event of the case, or something judged."""

    event: str | None = None
    what: Literal["event", "fact", "shock", "leader", "budget", "seat", "deadline"] = "event"
    words: str | None = Field(None, description="Key of its words, where it is no event of the case.")
    phase: str = Field(
        "", description="Phase in which it is due, as a reminder; in a rehearsal it comes by itself then."
    )
    upon: str = Field("", description="What brings it in by itself, such as `the table sits` or `silence is broken`.")
    by: str | None = Field(None, description="Only where this state does it.")
    states: list[str] | None = None
    address: str | None = None
    value: float | None = None
    hands: Literal["model", "people"] | None = Field(None, description="Who plays a seat from then on.")
    to: list[str] | None = None


class ExerciseForm(Form):
    """An exercise."""

    foedus: Literal[1]
    name: str
    case: str
    first: int
    last: int
    seats: Annotated[list[str], Field(min_length=1)]
    rules: dict[str, Any] = Field(default_factory=dict)
    budget: float | None = None
    blank_slate: bool = False
    seed: int = 1
    table: TableForm
    texts: list[FirstText] = Field(default_factory=list)
    injects: list[InjectForm] = Field(default_factory=list)
    events: list[str] = Field(default_factory=list, description="Events of the case that briefs tell, by id.")
    record: list[str] = Field(default_factory=list, description="Events of the case that the debrief tells, by id.")
    plans: dict[str, dict[str, float]] = Field(
        default_factory=dict,
        description="Minutes of each phase of a year, by length; `pause` stands between two years.",
    )
    years: dict[str, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, description="How many years a plan plays, by its length, where it is not first to last."
    )
    begins: dict[str, str] = Field(
        default_factory=dict,
        description="Day and hour at which a phase begins, in the time zone of the rules, as `table: 2026-12-03 18:00`; "
        "`2020.table` for a later year.",
    )
    learns: list[str] = Field(default_factory=list)
    asks: list[str] = Field(default_factory=list)
    goals: dict[str, list[str]] = Field(default_factory=dict)
    met: dict[str, str] = Field(
        default_factory=dict, description="When a goal is met, by its key, where the model can say."
    )
    wrong: list[str] = Field(default_factory=list, description="What usually goes wrong.")
