"""Line-ups of signings, and signings as they could have been foreseen."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from foedus.archive.codes import members
from foedus.estimation.lineups import as_known, askable, empty_chairs, line_ups, roster


def signed(*events: tuple[int, int, list[int], list[int]]) -> pl.DataFrame:
    rows = [
        {
            "atopid": number,
            "year": year,
            "kind": "founding" if body == new else "accession",
            "members": body,
            "entrants": new,
            "size": len(body),
            "outside": 0,
        }
        for number, year, body, new in events
    ]
    return pl.DataFrame(rows)


def test_a_roster_is_of_those_who_were_there_the_year_before_too() -> None:
    assert 740 not in roster(1952).tolist()  # Japan comes back in 1952
    assert 740 in roster(1953).tolist()
    assert {2, 200, 220} <= set(roster(1952).tolist())
    assert (np.diff(roster(1952)) > 0).all()


def test_what_could_be_foreseen_at_the_end_of_a_year_has_the_codes_of_the_next() -> None:
    events = signed((1, 1953, [2, 220], [2, 220]), (2, 1953, [2, 740], [740]), (3, 1958, [2, 200, 740], [740]))
    found, left_out = as_known(events, 1950)
    assert left_out == 2  # Japan was not there at the end of 1950
    assert found.to_dicts() == [{**events.row(0, named=True), "signed": 1953, "year": 1951}]
    found, left_out = as_known(events, 1952)
    assert left_out == 0
    assert found["year"].to_list() == [1953, 1953, 1953]
    assert found["signed"].to_list() == [1953, 1953, 1958]
    assert found["members"].to_list() == [[2, 220], [2, 740], [2, 200, 740]]
    assert found["entrants"].to_list() == [[2, 220], [740], [740]]


def test_a_state_that_changes_its_code_is_known_by_its_line() -> None:
    system = members().filter(pl.col("member_at_year_end"))
    lines = system.group_by("lineage").agg(pl.col("ccode").unique(), pl.col("year").min().alias("since"))
    changed = lines.filter(pl.col("ccode").list.len() > 1)
    assert changed.height > 0
    ((line, codes, _), *_) = changed.sort("lineage").rows()
    own = system.filter(pl.col("lineage") == line).sort("year").select("year", "ccode").rows()
    year, old, new = next(
        (y, before, after) for (y, before), (z, after) in pairwise(own) if before != after and z == y + 1
    )
    other = next(c for c in roster(year).tolist() if c in roster(year + 1).tolist() and c not in codes)
    body = sorted((other, new))
    found, left_out = as_known(signed((1, year + 1, body, body)), year - 1)
    assert left_out == 0
    assert found["members"].to_list() == [sorted((other, old))]


def test_only_those_that_somebody_could_have_asked_about_are_asked() -> None:
    events = signed((1, 1952, [2, 740], [2, 740]), (2, 1952, [2, 220], [2, 220]), (3, 1953, [2, 740], [740]))
    assert askable(events)["atopid"].to_list() == [2, 3]


def test_a_new_body_stands_among_bodies_of_its_size_and_another_among_itself_enlarged() -> None:
    events = signed((1, 1955, [2, 220], [2, 220]), (2, 1955, [2, 200, 220], [200]))
    found = line_ups(events, 1, (6, 3))
    table, bodies = found.table, found.members
    assert table.group_by("event").len()["len"].to_list() == [7, 7]
    assert table.group_by("event").agg(pl.col("formed").sum())["formed"].to_list() == [1, 1]
    for row, body in zip(table.rows(named=True), bodies.tolist(), strict=True):
        inside = [c for c in body if c >= 0]
        assert len(inside) == row["size"] == len(set(inside))
        assert set(inside) <= set(roster(1955).tolist())
        if row["size"] == 3:
            assert {2, 220} <= set(inside)
        assert row["formed"] == (set(inside) in ({2, 220}, {2, 200, 220}))
    again = line_ups(events, 1, (6, 3))
    assert again.members.tobytes() == bodies.tobytes()


def test_chairs_are_emptied_of_those_who_came_one_by_one() -> None:
    events = signed((1, 1955, [2, 220, 325], [2, 220, 325]), (2, 1955, [2, 200, 220], [200]))
    found = empty_chairs(events, 1, seats=2, stand_ins=(5, 2))
    table = found.table
    sets = table.group_by("event", "set", maintain_order=True).agg(
        pl.col("formed").sum(), pl.len(), pl.col("weight").first()
    )
    assert sets["formed"].to_list() == [1, 1, 1]
    assert sets["len"].to_list() == [6, 6, 6]
    assert sets["weight"].to_list() == [0.5, 0.5, 1.0]  # of an event they add up to one
    for row, body in zip(table.rows(named=True), found.members.tolist(), strict=True):
        inside, whole = {c for c in body if c >= 0}, [{2, 220, 325}, {2, 200, 220}][row["atopid"] - 1]
        assert len(inside) == 3
        assert len(inside & whole) == (3 if row["formed"] else 2)
        if row["atopid"] == 2:
            assert {2, 220} <= inside  # only who came is replaced


@pytest.mark.parametrize("question", [line_ups, empty_chairs])
def test_no_signing_is_told(question) -> None:
    with pytest.raises(Exception, match="there is no signing in the span of years"):
        question(signed((1, 1955, [2, 220], [2, 220])).head(0), 1)
