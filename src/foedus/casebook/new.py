"""A new case: a folder with every line that has to be filled in, and why."""

from __future__ import annotations

import datetime
import itertools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from foedus.casebook.case import FIRST_YEAR, first_day
from foedus.casebook.filled_in import NOTHING, Answers, filled_in
from foedus.casebook.packed import stem_of, write_case
from foedus.casebook.quantities import QUANTITIES
from foedus.casebook.reader import STEMS, case_folder
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.inputs import read_input
from foedus.vocabulary.states import between_capitals, known_ids
from foedus.vocabulary.whole import refuse_existing

FIRST_DAY: Final = datetime.date(FIRST_YEAR, 1, 1)
CAPITALS: Final = "capitals"
"""Key of the source of distances between capitals."""
_CITED: Final = "Capitals by date and their coordinates as they come with foedus; great circle on the mean radius."
CAPITALS_SOURCE: Final[Mapping[str, str]] = MappingProxyType({"citation": _CITED, "trust": "widely known"})
"""The source of distances that come with the package."""

_UNITS = {name: entry.quantity.unit for name, entry in QUANTITIES.items()}


def new_case(
    folder: str | Path,
    *,
    copy_of: str = "",
    states: Sequence[str] = (),
    adversaries: Sequence[str] = (),
    hub: str = "",
    as_of: str = "",
    answers: Answers = NOTHING,
) -> Path:
    """Write a folder that becomes a case when its blanks are filled in.

    Parameters
    ----------
    folder : str or Path
        Must not exist; a name that ends in ``.zip`` becomes an archive with the folder in it.
    copy_of : str
        Start from a copy of this case instead of blanks.
    states, adversaries : sequence of str
        Ids; the hub is put first.
    hub, as_of : str
        Id and ISO date.
    answers : Answers, optional
        Numbers, sources and words that take the place of what is there.

    Raises
    ------
    FoedusError
        The folder exists or cannot be written, states, hub or date are wrong, or an answer names no number of the case.
    """
    target = Path(folder)
    refuse_existing(target)
    name = name_of(stem_of(target))
    if copy_of:
        contents = copied(case_folder(copy_of), name)
    else:
        contents = _blank(name, list(dict.fromkeys([hub, *states])), list(adversaries), hub, as_of)
    return write_case(target, filled_in(contents, answers))


def copied(source: Path, name: str) -> dict[str, str]:
    """Return the files of a case under another name, as they are written.

    Parameters
    ----------
    source : Path
        Folder of the case.
    name : str
        As :func:`name_of` makes it.

    Raises
    ------
    FoedusError
        The folder is no case, or a file of it is no text.
    """
    contents = {p.name: _text(p) for p in (source / f"{stem}.yaml" for stem in STEMS) if os.path.lexists(p)}
    if "case.yaml" not in contents:
        raise fail(str(source), "the folder is no case: it has no case.yaml", "Name another one")
    lines = contents["case.yaml"].splitlines()
    contents["case.yaml"] = "".join(f"name: {name}\n" if s.startswith("name:") else f"{s}\n" for s in lines)
    return contents


def _text(path: Path) -> str:
    try:
        return read_input(path).decode("utf-8")
    except UnicodeDecodeError:
        raise fail(str(path), "the file is not UTF-8 text", "Save it as UTF-8") from None


def name_of(folder: str) -> str:
    """Return the name of a case in a folder."""
    kept = "".join(c if c.isalnum() else "-" for c in folder.lower()).strip("-")
    return kept or "my-case"


def _blank(name: str, states: list[str], adversaries: list[str], hub: str, as_of: str) -> dict[str, str]:
    problems = [
        Problem(f"state '{s}'", "there is no such state", nearest(s, known_ids()))
        for s in (*states, *adversaries)
        if s not in known_ids()
    ]
    if len(states) < 2:
        problems.append(Problem("--states", "an architecture needs at least two states", "Write --states USA,JPN,KOR"))
    if not adversaries:
        problems.append(Problem("--adversaries", "there is nobody to ally against", "Write --adversaries CHN"))
    both = sorted(set(states) & set(adversaries))
    problems += [Problem(f"state '{s}'", "it is a state and an adversary", "Keep it on one side") for s in both]
    day = FIRST_DAY
    try:
        day = first_day(as_of)
    except ValueError as error:
        what = str(error) if str(error).startswith("the year") else f"'{as_of}' is not a date"
        problems.append(Problem("--as-of", what, "Write for example 2020-12-29"))
    if day < FIRST_DAY:
        what = f"{day.year} is before the interstate system, {FIRST_DAY.year}"
        problems.append(Problem("--as-of", what, "Write for example 2020-12-29"))
    if problems:
        raise FoedusError(problems)
    year = as_of[:4]
    return {
        "case.yaml": _case(name, states, adversaries, hub, as_of),
        "states.yaml": _states(states, adversaries, year),
        "relations.yaml": _relations(states, adversaries, year, day),
        "institutions.yaml": _institutions(hub, states),
        "sources.yaml": _sources(),
    }


def _case(name: str, states: list[str], adversaries: list[str], hub: str, as_of: str) -> str:
    return f"""# The question, the date and who takes part. Blanks are marked with ___ and are errors until they are filled in.
foedus: 1
name: {name}
title: ___
question: Which security architecture forms and holds?
as_of: {as_of}
hub: {hub}
states: [{", ".join(states)}]       # the order in which treaties are offered and ties are broken
adversaries: [{", ".join(adversaries)}]
# quarrel: [{states[0]}, {states[-1]}]          # a dyad whose ladder the report shows
# watch:                          # bodies to look at whatever is drafted
#   - {{name: A body of three, members: [{", ".join(states[:3])}], rule: consensus}}
# map: {{centre: [0, 30], span: 120}}
notes: |
  Where the coding comes from, and what it leaves out.
"""


def _states(states: list[str], adversaries: list[str], year: str) -> str:
    lines = [
        "# Facts about states. A measured number needs value, unit, date and source; a judged one a reason and a range.",
        "defaults:                         # what every number of a quantity shares unless it says otherwise",
    ]
    for q in ("gdp", "military_spending", "cinc", "ideal_point", "recognised", "trade"):
        lines.append(f"  {q}: {{unit: {_UNITS[q]}, date: {year}, source: ___}}")
    lines += [
        f"  sovereignty: {{unit: share, date: {year}}}",
        f"  free_force: {{unit: share, date: {year}}}",
        "",
        "states:",
    ]
    for s in states:
        lines.append(f"  {s}:")
        lines += [f"    {q}: {{value: ___}}" for q in ("gdp", "military_spending", "cinc", "ideal_point")]
        lines += [f'    {q}: {{value: 1, range: [0.8, 1], judged: "___"}}' for q in ("sovereignty", "free_force")]
        lines.append("    recognised: {value: yes}")
        lines += ["    trade:", *(f"      {a}: {{value: ___}}" for a in adversaries)]
        lines.append(
            f'    # perception: {{{adversaries[0]}: {{value: 1, range: [0.7, 1.4], unit: multiplier, date: {year}, judged: "___"}}}}'
        )
    lines += ["", "adversaries:"]
    for a in adversaries:
        lines.append(f"  {a}:")
        lines += [f"    {q}: {{value: ___}}" for q in ("military_spending", "cinc", "ideal_point")]
    return "\n".join(lines) + "\n"


def _relations(states: list[str], adversaries: list[str], year: str, day: datetime.date) -> str:
    pairs = [*itertools.combinations(states, 2), *itertools.product(states, adversaries)]
    lines = [
        "# Relations. Distances are between capitals; put those between the nearest points, and of an adversary from its",
        "# forward line, in their place where they matter.",
        "distances:",
        f"  defaults: {{unit: km, date: {year}, source: {CAPITALS}, note: between capitals}}",
        "  pairs:",
    ]
    lines += [f"    - {{between: [{a}, {b}], value: {between_capitals(a, b, day):.0f}}}" for a, b in pairs]
    for group, unit, example in (
        ("rivalries", "0/1", f"{{of: {states[0]}, against: {adversaries[0]}, value: 1}}"),
        ("grievances", "0-1", f'{{of: {states[0]}, against: {states[1]}, value: 0.2, range: [0, 0.5], judged: "___"}}'),
    ):
        lines += [
            "",
            f"{group}:",
            f"  complete: {{source: ___, date: {year}, note: on what ground pairs not listed count as 0}}",
            f"  defaults: {{unit: {unit}, date: {year}, source: ___}}",
            "  pairs: []",
            f"    # - {example}",
        ]
    return "\n".join(lines) + "\n"


def _institutions(hub: str, states: list[str]) -> str:
    return f"""# Institutions in force. kind: bilateral, de facto, multilateral, forum, or none (recorded only).
institutions: []
  # - id: TREATY1
  #   name: ___
  #   kind: bilateral
  #   members: [{hub}, {states[-1]}]
  #   signed: 1951-09-08
  #   in_force: 1952-04-28
  #   rule: hub                  # hub, or consensus in a council
  #   obligations: {{defence: 1, consultation: 1, neutrality: 0, nonaggression: 1}}
  #   council: none
  #   settlement_clause: none
  #   command: none
  #   source: ___
"""


def _sources() -> str:
    shipped = "".join(f'  {key}: "{value}"\n' for key, value in CAPITALS_SOURCE.items())
    return f"""# Where the facts come from: a key, and a citation a reader can follow.
{CAPITALS}:
{shipped}example:
  citation: "Author (year). Title. Publisher or data set and version."
  trust: checked                # checked, widely known, or uncertain
"""
