"""Count the reference classes of forecasts that need more than the ends of defence pacts: what is signed, and agreements that end.

Usage: python tools/count_classes.py DATA [DCAD-v1.0-main.csv]

DATA is a folder of tidy tables (ATOP 5.1 as spells of dyads and as treaties, years of states and of dyads). Prints the eras as
`library/forecast/mapping.yaml` has them. With the file of agreements on defence cooperation (Kinne 2020, as published) it counts
these by kind of pair as well, and prints which pairs of states of the cases of today had one, as `library/forecast/pacts.yaml` has them. The declaration of 1942 is left out. A pact is new for two states where none of its
kind was in force between them the year before.
"""

from __future__ import annotations

import datetime as dt
import sys
from itertools import combinations
from pathlib import Path
from typing import Final

import polars as pl

from foedus.casebook.reader import case_names, read_case
from foedus.vocabulary.states import by_cow

DECLARATION: Final = 2550
LAST: Final = 2018
ERAS: Final = ((1816, 1913), (1914, 1944), (1945, 1970), (1971, 1990), (1991, LAST))

Pairs = dict[tuple[int, int], list[tuple[int, int]]]


def spells(table: pl.DataFrame) -> Pairs:
    """Return first and last years of what is in force between two states."""
    found: Pairs = {}
    for one, other, start, end in table.select("ccode1", "ccode2", "start", "end").rows():
        pair = (min(one, other), max(one, other))
        found.setdefault(pair, []).append((start.year, end.year if end else LAST))
    return found


def signed(pairs: Pairs, states: dict[int, int]) -> tuple[list[list[int]], list[list[int]]]:
    """Return eras of new pacts by years of pairs that have none, and by years of states."""
    new = {
        (pair, first)
        for pair, here in pairs.items()
        for first, last in here
        if not any(a < first <= b for a, b in here if (a, b) != (first, last))
    }
    held = [here[0] for here in pairs.values()]
    by_pair, by_state = [], []
    for first, last in ERAS:
        events = [(pair, year) for pair, year in new if (first if first > 1816 else 1815) <= year <= last]
        years = range(first, last + 1)
        free = sum(states[y] * (states[y] - 1) // 2 for y in years)
        free -= sum(max(0, min(b, last) - max(a, first) + 1) for a, b in held)
        by_pair.append([first, last, len(events), free])
        who = {(s, year) for pair, year in events for s in pair}
        by_state.append([first, last, len(who), sum(states[y] for y in years)])
    return by_pair, by_state


def ended(treaties: pl.DataFrame) -> list[list[int]]:
    """Return eras of treaties that ended, by years in force."""
    rows = treaties.select("begyr", "endyr", "ineffect").rows()
    lasted = [(a, LAST if not b or going else b, bool(b) and not going) for a, b, going in rows]
    return [
        [
            first,
            last,
            sum(over and first <= b <= last for _, b, over in lasted),
            sum(max(0, min(b, last) - max(a, first) + 1) for a, b, _ in lasted),
        ]
        for first, last in ERAS
    ]


def joined(
    members: pl.DataFrame, treaties: pl.DataFrame, present: dict[int, set[int]]
) -> tuple[list[list[int]], list[list[int]]]:
    """Return eras of treaties of three or more that gain a member, and of states that join one with members in their part of the world.

    Both by years after the first of a treaty; the part of the world is the hundred of the code of the Correlates of War.
    """
    big = treaties.filter(pl.col("n_members") > 2).select("atopid", "begyr", "endyr", "ineffect").rows()
    spans = {a: (b, LAST if not e or going else e) for a, b, e, going in big}
    entered: dict[int, list[tuple[int, int, int]]] = {}
    rows = members.group_by("atopid", "member").agg(pl.col("yrent").min(), pl.col("yrexit").max()).rows()
    for treaty, state, enters, leaves in rows:
        entered.setdefault(treaty, []).append((state, enters, leaves if leaves and leaves > 0 else LAST))
    gains, states = [], []
    for first, last in ERAS:
        n = [0, 0, 0, 0]
        for treaty, (begins, ends) in spans.items():
            for year in range(max(begins + 1, first), min(ends, last) + 1):
                inside = {s for s, a, b in entered.get(treaty, ()) if a < year <= b}
                if len(inside) > 1:
                    new = [s for s, a, _ in entered[treaty] if a == year]
                    parts = {s // 100 for s in inside}
                    outside = [s for s in present.get(year, ()) if s not in inside and s // 100 in parts]
                    at_home = sum(s // 100 in parts for s in new)
                    n = [x + y for x, y in zip(n, (bool(new), 1, at_home, len(outside)), strict=True)]
        gains.append([first, last, *n[:2]])
        states.append([first, last, *n[2:]])
    return gains, states


def triads(members: pl.DataFrame, treaties: pl.DataFrame, present: dict[int, set[int]]) -> list[list[int]]:
    """Return eras of three states that found a treaty of defence of three or more together, by years of three states.

    Founders are those who are in from the first year on; three who had such a treaty in common the year before are left out
    of both counts.
    """
    big = treaties.filter((pl.col("n_members") > 2) & (pl.col("defense") == 1)).select("atopid", "begyr").rows()
    begins = dict(big)
    inside: dict[int, list[tuple[int, int, int]]] = {}
    rows = members.filter(pl.col("atopid").is_in(list(begins))).group_by("atopid", "member")
    for treaty, state, enters, leaves in rows.agg(pl.col("yrent").min(), pl.col("yrexit").max()).rows():
        inside.setdefault(treaty, []).append((state, enters, leaves if leaves and leaves > 0 else LAST))
    found = []
    for first, last in ERAS:
        events = years = 0
        for year in range(first, last + 1):
            bodies = [[s for s, a, b in who if a < year <= b] for who in inside.values()]
            bound = {t for body in bodies if len(body) > 2 for t in combinations(sorted(body), 3)}
            new: set[tuple[int, ...]] = set()
            for treaty, begun in begins.items():
                if begun == year:
                    new |= set(combinations(sorted(s for s, a, _ in inside.get(treaty, ()) if a == year), 3))
            n = len(present.get(year, ()))
            events += len(new - bound)
            years += n * (n - 1) * (n - 2) // 6 - len(bound)
        found.append([first, last, events, years])
    return found


def agreements(path: Path) -> dict[tuple[int, int], list[int]]:
    """Return the years in which two states signed agreements on defence cooperation, by pair."""
    found: dict[tuple[int, int], list[int]] = {}
    table = pl.read_csv(path, infer_schema_length=None, encoding="utf8-lossy")
    for one, other, year in table.select("ccode1", "ccode2", "signYear").rows():
        found.setdefault((min(one, other), max(one, other)), []).append(year)
    return found


def cooperation(panel: pl.DataFrame, published: dict[tuple[int, int], list[int]]) -> dict[str, list[list[int]]]:
    """Return eras of years of pairs in which an agreement was signed, of all and by what they had the year before.

    The years to 1990 stand apart, since who had an agreement before 1980 is not on record.
    """
    rows = panel.select("ccode1", "ccode2", "year", "def_pact").filter(pl.col("year").is_between(1979, 2010)).rows()
    allied = {(min(a, b), max(a, b), year): bool(pact) for a, b, year, pact in rows}
    found: dict[str, list[list[int]]] = {"": []}
    for first, last in ((1980, 1990), (1991, 2010)):
        cells: dict[str, list[int]] = {"": [0, 0]}
        for one, other, year in allied:
            before = allied.get((one, other, year - 1))
            if before is None or not first <= year <= last:
                continue
            years = published.get((one, other), ())
            kind = f", {'allies' if before else 'no allies'}, {'again' if any(y < year for y in years) else 'first'}"
            for name in ("", kind):
                cell = cells.setdefault(name, [0, 0])
                cell[0] += year in years
                cell[1] += 1
        for kind, cell in sorted(cells.items()):
            found.setdefault(kind, []).append([first, last, *cell])
    return found


def partners(published: dict[tuple[int, int], list[int]]) -> dict[str, str]:
    """Return the states of the cases of 2020 and later, each with those after it in the alphabet with which it had an agreement."""
    cases = [read_case(name) for name in case_names()]
    known = sorted({s for c in cases if c.as_of.year >= 2020 for s in (*c.states, *c.adversaries)})
    pairs = {
        frozenset(by_cow(code, dt.date(max(years), 12, 31)).id for code in pair) for pair, years in published.items()
    }
    return {a: " ".join(b for b in known if b > a and frozenset((a, b)) in pairs) for a in known}


def main() -> None:
    """Print every class."""
    folder = Path(sys.argv[1])
    read = {
        name: pl.read_parquet(folder / f"{name}.parquet")
        for name in ("treaty_dyad_spells", "treaty", "state_year", "treaty_member_phase")
    }
    dyads, treaties = (read[n].filter(pl.col("atopid") != DECLARATION) for n in ("treaty_dyad_spells", "treaty"))
    states = dict(read["state_year"].select("ccode", "year").unique().group_by("year").len().rows())
    defence = (pl.col("def12") == 1) | (pl.col("def21") == 1)
    print("treaty signed, by a state:", signed(spells(dyads.filter(defence)), states)[1])
    print("consultation signed, two states:", signed(spells(dyads.filter(pl.col("consul") == 1)), states)[0])
    print("security treaty signed, two states:", signed(spells(dyads.filter(pl.col("bilat") == 1)), states)[0])
    present: dict[int, set[int]] = {}
    for state, year in read["state_year"].select("ccode", "year").unique().rows():
        present.setdefault(year, set()).add(state)
    gains, join = joined(read["treaty_member_phase"], treaties, present)
    print("treaty signed, three states:", triads(read["treaty_member_phase"], treaties, present))
    print("a body gains a member:", gains)
    print("joins a treaty of its region:", join)
    if len(sys.argv) > 2:
        published = agreements(Path(sys.argv[2]))
        for kind, eras in cooperation(pl.read_parquet(folder / "panel_core.parquet"), published).items():
            print(f"defence cooperation{kind or ' signed, two states'}:", eras)
        print("agreed:", partners(published))
    print("agreement ends:", ended(treaties.filter((pl.col("bilat") == 1) & (pl.col("defense") != 1))))


if __name__ == "__main__":
    main()
