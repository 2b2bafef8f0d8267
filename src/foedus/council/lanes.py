"""Lanes: the room, the runs of the model from the same start, and the record, on one axis of years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from textwrap import wrap
from typing import Final

from markupsafe import Markup

from foedus.council.council_year import course_of, lived_years
from foedus.council.room_form import RoomForm
from foedus.council.seats import Moves, name_of
from foedus.model.architecture import Kind
from foedus.simulation.trace import Happening

_WIDTH, _LEFT, _RIGHT = 1000.0, 96.0, 14.0
SLIM: Final = 354.0
"""Width on a telephone of 390 px; the names of the lanes then stand above them."""
_ROOM, _MODEL, _RECORD = 62.0, 112.0, 40.0
"""Height of each lane; the model's grows with its bars."""
_BAR: Final = 21.0
_LINE: Final = 15.0
_LETTER: Final = 6.6
"""Width of a letter of a bar (measured on the page's face at 13 px: 6.1 on average)."""
_APART: Final = 18.0
"""Between the middles of two marks, at the least."""


@dataclass(frozen=True)
class ModelLane:
    """What the model does from the same start with every seat by law.

    Attributes
    ----------
    runs : int
    shares : mapping of int to mapping of str to float
        By year: keys of institutions in force at its end, and the share of runs in which they are.
    crises : mapping of int to float
        By year: share of runs with a crisis.
    """

    runs: int
    shares: Mapping[int, Mapping[str, float]]
    crises: Mapping[int, float]
    bodies: Mapping[int, float]
    """Share of runs in which a body stands at the end of a year, whoever is in it."""


def model_lane(form: RoomForm, years: int, runs: int) -> ModelLane:
    """Return the model's lane: so many runs of so many years, each with other luck.

    Parameters
    ----------
    form : RoomForm
    years, runs : int
    """
    course = course_of(form)
    counts: dict[int, dict[str, int]] = {form.first + k: {} for k in range(years)}
    crises, bodies = dict.fromkeys(counts, 0), dict.fromkeys(counts, 0)
    for run in range(runs):
        for lived in lived_years(replace(form, run=run, luck={}), [Moves()] * years, course):
            year = lived.record.year
            for key in {name_of(m) for m in lived.record.world.in_force}:
                counts[year][key] = counts[year].get(key, 0) + 1
            bodies[year] += any(m.kind is Kind.MULTILATERAL for m in lived.record.world.in_force)
            crises[year] += any(e.happening is Happening.CRISIS for e in lived.record.events)
    shares = {y: {k: n / runs for k, n in sorted(c.items())} for y, c in counts.items()}
    often = [{y: n / runs for y, n in found.items()} for found in (crises, bodies)]
    return ModelLane(runs, shares, *often)


@dataclass(frozen=True)
class Mark:
    """Something on a lane.

    Attributes
    ----------
    at : float
        Year with its part, such as 2019.5.
    number : int
        By which it is found in the list below.
    words : str
    people : bool
        Whether people decided it.
    """

    at: float
    number: int
    words: str
    people: bool = False


def drawn_lanes(
    years: Sequence[int],
    room: Sequence[Mark],
    model: Mapping[int, Sequence[tuple[str, float]]],
    record: Sequence[Mark],
    width: float = _WIDTH,
) -> Markup:
    """Return the three lanes as a picture.

    Parameters
    ----------
    years : sequence of int
        Of the axis, each as wide as the others.
    room, record : sequence of Mark
        Marks outside the years stand at the nearest end.
    model : mapping of int to sequence of (str, float)
        Bars by year: words, and a share of runs.
    width : float
    """
    slim = width < _WIDTH
    start, above = (0.0, 16.0) if slim else (_LEFT, 0.0)
    wide = (width - start - _RIGHT) / len(years)
    bars = {y: [(broken(f"{100 * s:.0f} % {w}", wide - 28), s) for w, s in of] for y, of in model.items()}
    tall = max([sum(map(_bar_height, of)) + 16 for of in bars.values()] + [40.0])
    top = 30.0 + above
    low = top + _ROOM + above + tall + 26 + above
    height = low + _RECORD + 14
    parts = []
    for k, year in enumerate(years):
        x = start + k * wide
        parts.append(
            f'<path class="rule" d="M{x:.1f} 24V{height - 8:.1f}" /><text class="year" x="{x + 5:.1f}" y="20">{year}</text>'
        )
        y = top + _ROOM + above
        for lines, share in bars.get(year, ()):
            long, high = (wide - 16) * share, 17 + _LINE * (len(lines) - 1)
            parts.append(
                f'<rect class="all" x="{x + 8:.1f}" y="{y:.1f}" width="{wide - 16:.1f}" height="{high:g}" rx="2" />'
            )
            parts.append(
                f'<rect class="share" x="{x + 8:.1f}" y="{y:.1f}" width="{long:.1f}" height="{high:g}" rx="2" />'
            )
            parts += [
                f'<text x="{x + 14:.1f}" y="{y + 12.5 + _LINE * k:.1f}">{escape(line)}</text>'
                for k, line in enumerate(lines)
            ]
            y += _bar_height((lines, share))
    for name, y, marks in (("Room", top + 20, room), ("Record", low + 16, record)):
        parts.append(
            f'<text class="lane" x="0" y="{y + (-16 if slim else 5):.1f}">{name}</text>'
            f'<path class="line" d="M{start:g} {y:.1f}H{width - _RIGHT:g}" />'
        )
        parts += [_mark(m, x, y) for m, x in zip(marks, placed(marks, years, start, width), strict=True)]
    parts.append(f'<text class="lane" x="0" y="{top + _ROOM + (9 if slim else 13):.1f}">Model</text>')
    said = (
        f"Room: {len(room)} moments. Model: shares of runs. Record: {len(record)} dated events. All are listed below."
    )
    return Markup(
        f'<svg class="lanes-svg" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{said}">{"".join(parts)}</svg>'
    )


def _bar_height(bar: tuple[Sequence[str], float]) -> float:
    return _BAR + _LINE * (len(bar[0]) - 1)


def broken(words: str, wide: float) -> tuple[str, ...]:
    """Return words in lines that fit into a bar; none is left out."""
    return tuple(wrap(words, max(int(wide / _LETTER), 12)))


def placed(marks: Sequence[Mark], years: Sequence[int], start: float = _LEFT, width: float = _WIDTH) -> list[float]:
    """Return where marks stand on the axis: at their time, none over another, none beyond an end."""
    wide = (width - start - _RIGHT) / len(years)
    low, high = start + 9, width - _RIGHT - 9
    found: list[float] = []
    for mark in marks:
        x = min(max(start + (mark.at - years[0]) * wide, low), high)
        found.append(max(x, found[-1] + _APART) if found else x)
    end = high
    for k in range(len(found) - 1, -1, -1):  # what was pushed beyond the end moves those before it back
        found[k] = min(found[k], end)
        end = found[k] - _APART
    return found


def _mark(mark: Mark, x: float, y: float) -> str:
    title = f"<title>{escape(mark.words)}</title>"
    shape = (
        f'<rect class="person" x="{x - 8:.1f}" y="{y - 8:.1f}" width="16" height="16" rx="3">{title}</rect>'
        if mark.people
        else f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="8.5">{title}</circle>'
    )
    return f'{shape}<text class="n" x="{x:.1f}" y="{y + 4:.1f}">{mark.number}</text>'
