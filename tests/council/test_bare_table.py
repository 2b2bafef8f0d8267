"""What stands on a bare table: each reader is told what is left to them, by what they are and know alone."""

from __future__ import annotations

from dataclasses import replace

from councilrooms import Table

from foedus.council.acts import Viewer
from foedus.council.bare_table import no_paper
from foedus.council.fold import Item
from foedus.council.sight import seen_by
from foedus.council.sights import Sight
from foedus.council.tableside import Reader


def test_a_seat_at_no_table_is_told_that_it_cannot_read_what_lies_there() -> None:
    room = Table()
    table = room.at_the_table()
    room.does("room.sit", "facilitator")
    room.tables(table)
    viewer = Viewer("seat", "CHN")
    known = seen_by(room.form, room.log, viewer)
    known = replace(known, families={**known.families, "year": {"2019": Item("year", "2019", "opened")}})
    assert no_paper(Reader(Sight(viewer, known, (), 0), 0.0))["no_text"][0] == "You are not at the table."
    watches = Sight(Viewer("observer"), known, (), 0)
    assert no_paper(Reader(watches, 0.0))["no_text"][0] == "You watch."
    korea = Sight(Viewer("seat", "KOR"), known, (), 0)
    assert no_paper(Reader(korea, 0.0))["no_text"][0] == "Your seat is at no table."
