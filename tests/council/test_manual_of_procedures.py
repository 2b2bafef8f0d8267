"""The manual is the tables, row by row."""

from __future__ import annotations

from foedus.council.procedures.manual import manual
from foedus.council.procedures.roles import ROLES
from foedus.council.procedures.roster import MACHINES


def test_every_row_stands_in_the_manual_with_who_may_do_it() -> None:
    lines = manual()
    for machine in MACHINES.values():
        assert f"## {machine.title}" in lines
        for row in machine.rows:
            (found,) = [
                x
                for x in lines
                if f"| `{machine.noun}.{row.verb}` |" in x and x.startswith(f"| {', '.join(row.start) or '–'} |")
            ]
            assert found.count("|") == 8
            for who in row.who:
                assert who in ROLES or who.startswith("phase:"), (machine.noun, row.verb, who)
