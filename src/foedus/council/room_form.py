"""The form of a room: which case and years, who has a seat, by which rules; a room is opened from it and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from foedus.council.quiet_hours import day_meant, hour_said, hours_of, zone_of
from foedus.vocabulary.errors import FoedusError, Problem, nearest

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "away": ("model", "wait", "abstain"),
    "brackets": ("held", "majority"),
    "silence_names": ("members", "chair"),
    "observers": ("public", "all"),
    "exits": ("all", "people"),
    "carry": ("carried", "lapsed"),
    "weights": ("equal", "product", "capability"),
    "clock": ("facilitator", "plan", "seat"),
    "worth": ("own", "hidden"),
    "confirms": ("anybody", "head"),
    "phases": ("guided", "free"),
    "adoption": ("any", "table"),
    "clocks": ("members", "all"),
}
"""What the rules with words can be; the first is the default."""

AMOUNTS: Final[Mapping[str, tuple[float, float]]] = {
    "breaking": (0.0, 1.0),
    "quota": (0.5, 1.0),
    "consensus_seconds": (20.0, 86_400.0),
    "amendment_seconds": (5.0, 86_400.0),
    "proposed_seconds": (5.0, 86_400.0),
    "silence_seconds": (30.0, 2_592_000.0),
    "observers_delay": (0.0, 1440.0),
    "own_first_seconds": (0.0, 3600.0),
}
"""What the rules with numbers can be, ends included: seconds, shares, and minutes of delay."""


@dataclass(frozen=True)
class Rules:
    """Rules of a room; everything has a default that works when nobody touches it.

    Attributes
    ----------
    away : str
        Who answers for a seat that nobody is heard of when a decision falls due: the model, nobody (the deadline waits),
        or it abstains.
    brackets : str
        ``held``: those who hold a bracket lift it; ``majority``: the seats at the table may decide it.
    silence_names : str
        Who is told who broke silence: all members, or the chair only.
    observers : str
        What observers read: what is public, or what seats read too.
    observers_delay : float
        Minutes.
    exits : str
        ``all``: the law lets those leave whom nobody plays; ``people``: only people leave.
    breaking : float
        Chance that a government that does not agree speaks up when silence runs out
        (:func:`foedus.games.voting.silence_procedure`).
    carry : str
        What becomes of texts that are open when the year ends.
    weights : str
        Of weighted votes.
    quota : float
        Share of all weights that a vote has to reach.
    clock : str
        Who moves the phases: the facilitator, the minutes of the plan, or the seat of a rehearsal, in which one person
        plays and nothing waits.
    worth : str
        Whether a seat sees beside a clause what it would be worth to it; its own numbers only.
    confirms : str
        Who of a seat confirms its orders: anybody, or its head, where somebody leads it.
    phases : str
        ``guided``: consultation comes before the table; ``free``: both are one phase.
    adoption : str
        ``table``: silence, calls of consensus and votes begin once the table is open, as in every new room (:func:`at_the_table`); ``any``:
        from the opening on, as in rooms whose form does not say it.
    clocks : str
        Who is told that silence, a call or a vote runs at a closed table, and until when: its members, or all, who do not read on what.
    consensus_seconds, amendment_seconds, proposed_seconds, silence_seconds : float
        How long a called text, an offered amendment, a proposal of silence and silence last.
    own_first_seconds : float
        How long a seat reads its own year alone.
    quiet, zone : str
        Hours in which nothing runs out that people answer, as ``22-7``, and the time zone in which they are meant and hours are told, as
        ``Europe/Berlin``; empty for none, and for universal time.
    """

    away: str = "model"
    brackets: str = "held"
    silence_names: str = "members"
    observers: str = "public"
    observers_delay: float = 0.0
    exits: str = "all"
    breaking: float = 1.0
    carry: str = "carried"
    weights: str = "equal"
    quota: float = 0.5
    clock: str = "facilitator"
    worth: str = "own"
    confirms: str = "anybody"
    phases: str = "guided"
    adoption: str = "any"
    clocks: str = "members"
    consensus_seconds: float = 60.0
    amendment_seconds: float = 60.0
    proposed_seconds: float = 30.0
    silence_seconds: float = 300.0
    own_first_seconds: float = 120.0
    quiet: str = ""
    zone: str = ""

    def __post_init__(self) -> None:
        """Say in sentences what is wrong with a rule.

        Raises
        ------
        FoedusError
            A word is none of its choices, or a number is outside its range.
        """
        found = [
            Problem(f"rules.{n}", f"there is no '{getattr(self, n)}'", f"Say {' or '.join(known)}")
            for n, known in CHOICES.items()
            if getattr(self, n) not in known
        ]
        for name, (low, high) in AMOUNTS.items():
            given = getattr(self, name)
            if isinstance(given, bool) or not isinstance(given, int | float) or not low <= given <= high:
                found.append(Problem(f"rules.{name}", f"{given!r} is not between {low:g} and {high:g}", "Mend it"))
        if self.quiet and (not isinstance(self.quiet, str) or hours_of(self.quiet) is None):
            found.append(Problem("rules.quiet", f"{self.quiet!r} is no span of hours", "Write it as 22-7"))
        if not isinstance(self.zone, str) or zone_of(self.zone) is None:
            found.append(Problem("rules.zone", f"there is no time zone {self.zone!r}", "Write it as Europe/Berlin"))
        if found:
            raise FoedusError(found)


@dataclass(frozen=True)
class RoomForm:
    """Everything that a room depends on but what is done in it.

    Attributes
    ----------
    case : str
        Built-in name or folder, with ``@YEAR`` where it starts in another year than its own.
    first, last : int
        Years that are played.
    states, adversaries : tuple of str
        Of the case in the first year, in its order.
    hub : str
    seats : tuple of str
        States and adversaries that people may take; the model plays the others.
    rules : Rules
    seed, run : int
        Of the draws, as ``foedus simulate --seed`` and the number of a run.
    runs : int
        Of how many runs it is one; judged numbers have the values in use where 0 (``simulate --fixed``).
    changes, without, laws : tuple of str
        As ``foedus assess`` takes them.
    blank_slate : bool
    exercise : str
        Name of the exercise it was made from; empty for none.
    title : str
    plan : mapping of str to float
        Minutes of each phase.
    budget : float or None
        The adversary's, bn a year; None takes what the theory has.
    begins : mapping of str to str
        Day and hour at which a phase begins, in the time zone of the rules, whoever leads the others: ``{"table": "2026-12-03 18:00"}``,
        or ``2020.table`` where more than one year is played.
    luck : mapping of str to int
        Other runs from a year on, ``{"2020": 7}``: of a room that goes on from another with other draws.
    """

    case: str
    first: int
    last: int
    states: tuple[str, ...]
    adversaries: tuple[str, ...]
    hub: str
    seats: tuple[str, ...]
    rules: Rules = field(default_factory=Rules)
    seed: int = 1
    run: int = 0
    runs: int = 0
    changes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    blank_slate: bool = False
    exercise: str = ""
    title: str = ""
    plan: Mapping[str, float] = field(default_factory=dict)
    budget: float | None = None
    begins: Mapping[str, str] = field(default_factory=dict)
    luck: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Say in sentences what is wrong.

        Raises
        ------
        FoedusError
            A seat is no state of the case, stands twice, or the years are reversed.
        """
        known = (*self.states, *self.adversaries)
        found = [Problem("seats", f"there is no state '{s}'", nearest(s, known)) for s in self.seats if s not in known]
        found += [Problem("seats", f"{s} stands twice", "Keep it once") for s in _twice(self.seats)]
        if not self.seats:
            found.append(Problem("seats", "nobody has a seat", f"Name some of {', '.join(known)}"))
        if self.first > self.last:
            found.append(Problem("years", f"{self.first} is after {self.last}", "Turn the two round"))
        found += _wrong_dates(self)
        found += [
            Problem(f"luck.{y}", "this is no run of a year that is played", "Write it as 2020: 7")
            for y, run in self.luck.items()
            if y not in map(str, range(self.first, self.last + 1)) or isinstance(run, bool) or not 0 <= run < 2**31
        ]
        if found:
            raise FoedusError(found)

    def run_in(self, year: int) -> int:
        """Return the number of the run whose draws fall in a year."""
        return next((self.luck[str(y)] for y in range(year, self.first - 1, -1) if str(y) in self.luck), self.run)

    def to_dict(self) -> dict[str, Any]:
        """Return the form as plain JSON data."""
        found: dict[str, Any] = {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}
        for later in ("begins", "luck"):  # a room without them is kept in the same bytes as before
            if not found[later]:
                del found[later]
        found["rules"] = {k: v for k, v in found["rules"].items() if k not in _LATER or v != _LATER[k]}
        return found


_LATER: Final = {"quiet": "", "zone": "", "confirms": "anybody", "phases": "guided", "adoption": "any"}
"""Rules that came later, with their defaults: a room without them is kept in the same bytes as before."""


DATED: Final = ("opening", "consultation", "table", "orders", "year")
"""Phases that can begin at a day and hour, in their order: a year is read when it is worked out, and who leads opens the debrief."""


def begins_of(form: RoomForm, phase: str, year: int) -> float | None:
    """Return when a phase of a year begins by its date, in seconds since 1970; None where it has none."""
    said = form.begins.get(f"{year}.{phase}") or (form.begins.get(phase) if year == form.first else None)
    return None if said is None else day_meant(said, form.rules.zone)


def dates_of(form: RoomForm) -> list[tuple[int, str, float]]:
    """Return the phases that begin at a day and hour as ``(year, phase, seconds since 1970)``, in the order in which they come."""
    years = range(form.first, form.last + 1)
    return [(y, p, at) for y in years for p in DATED if (at := begins_of(form, p, y)) is not None]


def check_dates(form: RoomForm, now: float) -> None:
    """Say that a phase of a new room would begin at a day that is over; errors as :class:`RoomForm`."""
    over = [(f"begins.{y}.{p}", at) for y, p, at in dates_of(form) if at <= now]
    found = [Problem(k, f"{hour_said(at, form.rules.zone, day=True)} is over", "Name a day to come") for k, at in over]
    if found:
        raise FoedusError(found)


def _wrong_dates(form: RoomForm) -> list[Problem]:
    given: Any = form.begins
    if not isinstance(given, Mapping):
        return [Problem("begins", "this is no list of phases", "Write lines such as table: 2026-12-03 18:00")]
    possible = [p for p in DATED if p != "consultation" or form.rules.phases != "free"]
    known = [*possible, *(f"{y}.{p}" for y in range(form.first, form.last + 1) for p in possible)]
    found = [
        Problem(f"begins.{k}", "there is no such phase that begins at a date", nearest(k, known))
        for k in form.begins
        if k not in known
    ]
    found += [
        Problem(f"begins.{k}", f"{said!r} is no day and hour", "Write it as 2026-12-03 18:00")
        for k, said in form.begins.items()
        if not isinstance(said, str)
        or (day_meant(said, form.rules.zone) is None and zone_of(form.rules.zone) is not None)
    ]
    dates = [] if found else dates_of(form)
    for (_, before, early), (year, phase, late) in itertools.pairwise(dates):
        if late <= early:
            found.append(
                Problem(f"begins.{year}.{phase}", f"it does not begin after {before}", "Mend one of the two days")
            )
    return found


def _twice(names: tuple[str, ...]) -> list[str]:
    return sorted({n for n in names if names.count(n) > 1})


def form_of(data: Mapping[str, Any]) -> RoomForm:
    """Return the form of plain data, as :meth:`RoomForm.to_dict` made it; errors as :class:`RoomForm`.

    Raises
    ------
    FoedusError
        A field is unknown or missing.
    """
    known = {f.name for f in fields(RoomForm)}
    wrong = [Problem(f"room form: {k}", "there is no such field", nearest(k, known)) for k in data if k not in known]
    lacking = {"case", "first", "last", "states", "adversaries", "hub", "seats"} - data.keys()
    wrong += [Problem(f"room form: {k}", "the field is missing", "Add it") for k in sorted(lacking)]
    if wrong:
        raise FoedusError(wrong)
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    rules = given.get("rules", {})
    given["rules"] = rules if isinstance(rules, Rules) else Rules(**_rules(rules))
    return RoomForm(**given)


def at_the_table(rules: Any) -> Any:
    """Return the rules that a new room is asked for, so that nothing is adopted before the table is open unless they say otherwise."""
    return {"adoption": "table", **rules} if isinstance(rules, Mapping) else rules


_GONE: Final = {"heads": "no"}
"""A rule that rooms of an older foedus were kept with, at the only value that it had any meaning at."""


def _rules(given: Mapping[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(Rules)}
    given = {k: v for k, v in given.items() if _GONE.get(k) != v}
    wrong = [Problem(f"rules.{k}", "there is no such rule", nearest(k, known)) for k in given if k not in known]
    if wrong:
        raise FoedusError(wrong)
    return dict(given)
