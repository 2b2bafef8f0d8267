"""The year drawn: what was signed is worth to each seat by term, for its page, for an address of its own and for the export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from foedus.council.fold import Room
from foedus.council.worth import LEAST
from foedus.council.year_read import SeatYear, YearRead, year_read
from foedus.mechanisms import MECHANISMS
from foedus.surfaces.svg.draw import draw
from foedus.vocabulary.prose import country
from foedus.vocabulary.record import Chart
from foedus.vocabulary.tables import Cell, Column, table
from foedus.web.shown import WIDE, exported

_UNIT: Final = "% of own product a year"


def gains_chart(read: YearRead, seat: str | None, called: Callable[[str], str]) -> Chart | None:
    """Return a bar of terms for every seat whose year is known: what was signed this year changed; None where that is nothing.

    Parameters
    ----------
    read : YearRead
    seat : str or None
        The reader's own, which comes first and is never left out.
    called : callable
        Names of the day.
    """
    lines = [s for s in read.seats if s.nothing is not None]
    rows = [s for s in lines if s.seat == seat or any(abs(t.gained) >= LEAST for t in s.terms)]
    if not any(abs(t.gained) >= LEAST for s in rows for t in s.terms):
        return None
    cells: list[list[Cell]] = [[called(s.seat), *(t.gained for t in s.terms), s.gained] for s in _ordered(rows, seat)]
    return terms_chart("What was signed this year is worth to each seat", [t.name for t in rows[0].terms], cells)


def terms_chart(title: str, names: Sequence[str], cells: list[list[Cell]]) -> Chart:
    """Return rows of terms with their sums as a chart of bars.

    Parameters
    ----------
    title : str
    names : sequence of str
        Of the terms.
    cells : list of list
        What a row is called, its terms, their sum.
    """
    columns = [
        Column("seat"),
        *(Column(n, _UNIT, head=MECHANISMS[n].label, form="signed", ink=MECHANISMS[n].ink) for n in names),
        Column("gain", _UNIT, head="sum", form="signed"),
    ]
    told = table("gains", title, columns, cells)
    return Chart(
        "gains", "stack", told.title, "", told, x="gain", y="seat", series=tuple(names), options={"unit": _UNIT}
    )


def year_figure(room: Room, year: str, seat: str | None) -> str:
    """Return the picture of a year to stand alone, as the figures of the workbench do, with its title and letters; empty where nothing is to be drawn.

    Parameters
    ----------
    room : Room
        As the reader knows it: nothing else is in the picture.
    year : str
    seat : str or None
        The reader's own.
    """
    read = year_read(room, year, seat)
    chart = None if read is None else gains_chart(read, seat, lambda s: country(s, int(year)))
    title = f"{room.form.title or room.form.case}, {year}: what was signed is worth to each seat, {_UNIT}, against nothing new being signed"
    return "" if chart is None else exported(draw(chart, WIDE), title, {})


def _ordered(rows: Sequence[SeatYear], seat: str | None) -> list[SeatYear]:
    return sorted(rows, key=lambda s: (s.seat != seat, -abs(s.gained)))
