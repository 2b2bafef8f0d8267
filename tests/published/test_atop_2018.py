"""ATOP 5.1 (Leeds, Ritter, Mitchell and Long 2002): treaty organisation, and the seven pacts of 1949 to 1955."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "published_format"
ASIA_PACIFIC = range(700, 1000)
USA = 2


def rows(name: str) -> list[dict[str, str]]:
    path = FOLDER / name
    if not path.exists():
        pytest.skip("the ATOP files are not part of the product and are absent here")
    with path.open(encoding="latin-1", newline="") as file:
        return list(csv.DictReader(file))


def test_bilateral_pacts_carry_bases_and_multilateral_ones_carry_organisations() -> None:
    pacts = [r for r in rows("atop5_1a.csv") if r["defense"] == "1"]

    def share(column: str, bilateral: str) -> float:
        those = [r for r in pacts if r["bilat"] == bilateral]
        return sum(int(r[column] or 0) > 0 for r in those) / len(those)

    assert len(pacts) == 280
    # published tabulation of 275 pacts: organisation 22 % against 58 %, command 8 against 17, bases 23 against 15
    for column, bilateral, multilateral in (("organ1", 0.22, 0.58), ("intcom", 0.08, 0.17), ("base", 0.23, 0.15)):
        assert share(column, "1") == pytest.approx(bilateral, abs=0.03)
        assert share(column, "0") == pytest.approx(multilateral, abs=0.03)
    assert share("organ1", "0") > 2 * share("organ1", "1")
    assert share("base", "1") > share("base", "0")


def test_seven_pacts_with_twenty_two_partners_fourteen_atlantic_in_one_and_eight_asian_in_six() -> None:
    """'We need allies and collective security', European Journal of International Security: counts of 1949-55."""
    begun = {r["atopid"]: int(r["begyr"]) for r in rows("atop5_1a.csv") if r["defense"] == "1"}
    members: dict[str, set[int]] = {}
    for r in rows("atop5_1m.csv"):
        if int(r["yrent"]) <= 1955:
            members.setdefault(r["atopid"], set()).add(int(r["member"]))
    pacts = {a: who - {USA} for a, who in members.items() if USA in who and 1949 <= begun.get(a, 0) <= 1955}
    partners = set().union(*pacts.values())
    asian = {p for p in partners if p in ASIA_PACIFIC}
    assert len(pacts) == 7
    assert len(partners) == 22
    assert len(asian) == 8
    atlantic = partners - asian
    assert [a for a, who in pacts.items() if not who & asian] == ["3180"]
    assert pacts["3180"] == atlantic
    assert sorted(len(who) for a, who in pacts.items() if a != "3180") == [1, 1, 1, 1, 2, 7]
