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
from foedus.council.worth import Worth


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


def test_a_seat_that_presses_reads_what_to_do_first_and_what_it_has_done() -> None:
    room = Table(clocks="all")
    room.at_the_table()

    def steps(seat: str) -> list[tuple[str, bool]]:
        known = seen_by(room.form, room.log, Viewer("seat", seat))
        found = no_paper(Reader(Sight(Viewer("seat", seat), known, (), 0), 0.0))["steps"]
        return [(s["do"], s["done"]) for s in found]

    done = dict.fromkeys(("Read", "Open a channel", "Plan pressure", "Announce it", "Watch their clock"), False)
    assert steps("CHN") == [*done.items()], "in the opening already"
    assert steps("JPN") == []
    room.does("room.consult", "facilitator")
    channel = room.does("channel.open", "CHN", "Psst", members=["JPN"])
    room.does("channel.say", "CHN", "Trade goes on if you abstain.", id=channel)
    plan = room.does("pressure.plan", "CHN", target="KOR", cost=0.1)
    assert [d for _, d in steps("CHN")] == [False, True, True, False, False]
    room.does("pressure.announce", "CHN", "We shall not look away.", id=plan)
    assert dict(steps("CHN"))["Announce it"]
    room.does("room.sit", "facilitator")
    room.does("room.order", "facilitator")
    assert steps("CHN") == []


def test_a_clause_that_is_in_force_is_worth_nothing_more_to_anybody() -> None:
    room = Table().room
    clause = "form body USA,JPN,KOR rule consensus"
    worths = {clause: {"KOR": Worth({"security": 0.1}, 0.6)}}
    reader = Reader(Sight(Viewer("seat", "KOR"), room, (), 0), 0.0, worths=worths)
    assert reader.worth(clause) is not None
    itself = replace(room.itself, data={**room.itself.data, "in_force": ["body consensus USA,JPN,KOR"]})
    later = replace(room, families={**room.families, "room": {"room": itself}})
    assert reader.seeing(later).worth(clause) is None
