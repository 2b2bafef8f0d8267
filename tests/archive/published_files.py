"""Small files in the formats in which data sets are published, for tests."""

import csv
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder with the full data sets is not beside the repository"
)

OBLIGATIONS = {"defense": 0, "offense": 0, "neutral": 0, "nonagg": 0, "consul": 0}
_TREATY = ("pubsecr", "conditio", "milcon", "milaid", "intcom", "organ1", "base", "ecaid")


def write_csv(path: Path, rows: list[dict[str, object]], encoding: str = "utf-8") -> Path:
    """Write rows under the header of the first one."""
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def member(atopid, code, entry, leave=None, phase=0, bilat=1, cowsys=1, **promised):
    """Return a row of the ATOP member file; dates are (year, month, day)."""
    year, month, day = entry
    exit_year, exit_month, exit_day = leave or (0, 0, 0)
    return {
        "atopid": atopid,
        "member": code,
        "cowsys": cowsys,
        "yrent": year,
        "moent": month,
        "dayent": day,
        "yrexit": exit_year,
        "moexit": exit_month,
        "dayexit": exit_day,
        "ineffect": int(leave is None),
        "bilat": bilat,
        "phase": phase,
        "wartime": 0,
        "termmode": 0,
        "termcaus": 0,
        **OBLIGATIONS,
        **promised,
        "asymm": 0,
        "version": 5.1,
    }


def treaty(atopid, begin, bilat=1, **promised):
    """Return a row of the ATOP alliance file."""
    return {
        "atopid": atopid,
        "begyr": begin,
        "begmo": 1,
        "begday": 1,
        "endyr": 0,
        "endmo": 0,
        "endday": 0,
        "ineffect": 1,
        "bilat": bilat,
        "wartime": 0,
        **dict.fromkeys(_TREATY, 0),
        **OBLIGATIONS,
        **promised,
        "asymm": 0,
        "version": 5.1,
    }


MEMBERS = [
    # The pact of 1951 binds one side only, and Japan is in the system from 1952.
    member(3220, 2, (1951, 9, 8), (1960, 6, 22), defense=1, consul=1),
    member(3220, 740, (1951, 9, 8), (1960, 6, 22), consul=1),
    member(3375, 2, (1960, 1, 19), defense=1, consul=1),
    member(3375, 740, (1960, 1, 19), consul=1),
    # With Taipei; it ended on New Year's Day 1980.
    member(3270, 2, (1954, 12, 2), (1980, 1, 1), defense=1, nonagg=1),
    member(3270, 713, (1954, 12, 2), (1980, 1, 1), defense=1, nonagg=1),
    # Called multilateral; two members are left from 1978.
    member(3260, 2, (1954, 9, 8), bilat=0, defense=1),
    member(3260, 800, (1954, 9, 8), bilat=0, defense=1),
    member(3260, 220, (1954, 9, 8), (1977, 6, 30), bilat=0, defense=1),
    # The Declaration by United Nations.
    member(2550, 2, (1942, 1, 1), (1945, 9, 2), bilat=0, defense=1, offense=1),
    member(2550, 200, (1942, 1, 1), (1945, 9, 2), bilat=0, defense=1, offense=1),
    member(2550, 365, (1942, 1, 1), (1945, 9, 2), bilat=0, defense=1, offense=1),
    # The Atlantic pact: Germany signs out of the system, changes its code in 1990.
    member(3180, 2, (1949, 4, 4), bilat=0, defense=1),
    member(3180, 200, (1949, 4, 4), bilat=0, defense=1),
    member(3180, 260, (1954, 10, 23), (1990, 10, 2), bilat=0, defense=1),
    member(3180, 255, (1990, 10, 3), bilat=0, defense=1),
    # A promise not to attack is no alliance; signed in the last coded years.
    member(5000, 365, (1994, 1, 1), nonagg=1),
    member(5000, 710, (1994, 1, 1), nonagg=1),
    member(3285, 365, (1955, 5, 14), (1991, 7, 1), bilat=0, defense=1),
    member(3285, 290, (1955, 5, 14), (1991, 7, 1), bilat=0, defense=1),
]


def write_folder(folder: Path) -> Path:
    """Write a folder with a small file of every table that may be imported."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "atop5_1m.csv", MEMBERS)
    write_csv(folder / "atop5_1a.csv", [treaty(3220, 1951, defense=1), treaty(3180, 1949, 0, defense=1)])
    write_csv(folder / "NMC-70-abridged.csv", NMC)
    write_csv(folder / "contdird.csv", CONTIGUITY)
    write_csv(folder / "Dyadic_COW_4.0.csv", TRADE, "cp1252")
    write_csv(folder / "IdealpointestimatesAll_Jun2024.csv", VOTES)
    write_csv(folder / "tss_rivalries.csv", RIVALRIES)
    write_csv(folder / "gml-ddy-disputes-2.2.1.csv", DISPUTES)
    write_csv(folder / "V-Dem-CY-Core-v15.csv", VDEM)
    return folder


NMC = [
    {
        "stateabb": a,
        "ccode": c,
        "year": y,
        "milex": m,
        "milper": 10,
        "irst": 0,
        "pec": 1,
        "tpop": 100,
        "upop": 5,
        "cinc": x,
        "version": 7,
    }
    for a, c, y, m, x in [
        ("USA", 2, 1960, 45380000, 0.2),
        ("JPN", 740, 1960, 421000, 0.03),
        ("TAW", 713, 1960, -9, 0.01),
        ("GFR", 260, 1990, 42320000, 0.025),
        ("GMY", 255, 1990, 42320000, 0.026),
        ("USA", 2, 2020, 738000000, 0.13),
    ]
]
CONTIGUITY = [
    {"dyad": "", "year": y, "state1no": a, "state1ab": "", "state2no": b, "state2ab": "", "conttype": t, "version": 3.2}
    for y, a, b, t in [
        (1960, 2, 20, 1),
        (1960, 20, 2, 1),
        (2016, 2, 20, 1),
        (2016, 20, 2, 1),
        (1960, 713, 710, 5),
        (1960, 710, 713, 5),
    ]
]
TRADE = [
    {"ccode1": a, "ccode2": b, "year": y, "importer1": "Côte d'Ivoire", "flow1": f, "flow2": g, "version": 4}
    for a, b, y, f, g in [(2, 740, 1960, 1000, 1500), (2, 713, 1960, -9, 20), (2, 710, 1960, -9, -9)]
]
VOTES = [
    {
        "": i,
        "ccode": c,
        "session": s,
        "NVotesAll": 50,
        "IdealPointAll": v,
        "Q5%All": v - 0.2,
        "Q95%All": v + 0.2,
        "iso3c": "",
        "Countryname": "",
    }
    for i, (c, s, v) in enumerate(
        [(2, 15, 1.9), (740, 15, 1.0), (713, 15, 1.4), (713, 26, 0.9), (710, 26, -1.0), (710, 27, -1.1), (260, 45, 0.9)]
    )
]
RIVALRIES = [
    {
        "tssr_id": 1,
        "rivalry": "",
        "ccode1": 740,
        "ccode2": 710,
        "start": 1996,
        "end": 2020,
        "positional": 1,
        "spatial": "",
        "ideological": "",
        "interventionary": "",
    },
    {
        "tssr_id": 2,
        "rivalry": "",
        "ccode1": 2,
        "ccode2": 365,
        "start": 1945,
        "end": 1989,
        "positional": 1,
        "spatial": "",
        "ideological": 1,
        "interventionary": "",
    },
]
DISPUTES = [
    {
        "dispnum": d,
        "ccode1": a,
        "ccode2": b,
        "year": y,
        "midongoing": 1,
        "midonset": 1,
        "hostlev1": h,
        "hostlev2": 1,
        "fatality1": -9,
        "fatality2": 0,
    }
    for d, a, b, y, h in [(10, 2, 365, 1960, 3), (10, 365, 2, 1960, 3), (10, 2, 365, 1961, 4), (11, 2, 365, 1961, 2)]
]
VDEM = [
    {"country_name": n, "country_text_id": i, "year": y, "COWcode": c, "v2x_polyarchy": v}
    for n, i, y, c, v in [
        ("Germany", "DEU", 1960, 255, 0.8),
        ("United States", "USA", 1960, 2, 0.7),
        ("Taiwan", "TWN", 1960, 713, 0.2),
        ("Palestine", "PSG", 2000, "", 0.3),
    ]
]
