"""The facts of one state in a case from the record: measured where a table says them, else judged by a rule that is said."""

from __future__ import annotations

from typing import Any, Final

from foedus.archive.datasets.catalogue import owner
from foedus.archive.record_year import DEFLATOR, POUND, WINDOW, RecordYear
from foedus.casebook.new import CAPITALS

_OPENNESS: Final = (0.15, 0.4, 0.8)
"""Trade as share of product: low, middle, high. World trade was a quarter of world product in 1960 and three fifths
in 2014 (World Bank)."""
_GDP: Final = "bn international $ of 2011"


class RecordFacts:
    """Makes the facts of states; the tables that are used and what is judged are remembered.

    Attributes
    ----------
    used : set of str
        Tables that were cited.
    guesses : list of str
        What was judged, by state and quantity.
    """

    def __init__(self, now: RecordYear) -> None:
        self.now = now
        self.used: set[str] = set()
        self.guesses: list[str] = []

    def cite(self, table: str) -> str:
        """Return the key of the source of a table, and remember that it is used."""
        self.used.add(table)
        return table if table == CAPITALS else owner(table).name

    def measured(self, value: float, unit: str, table: str, note: str = "") -> dict[str, Any]:
        """Return a measured number."""
        fact = {"value": float(f"{value:.6g}"), "unit": unit, "date": self.now.year, "source": self.cite(table)}
        return {**fact, "note": note} if note else fact

    def judged(self, what: str, value: float, span: tuple[float, float], unit: str, why: str) -> dict[str, Any]:
        """Return a judged number with its range and reason, and remember it."""
        self.guesses.append(what)
        return {"value": value, "range": list(span), "unit": unit, "date": self.now.year, "judged": why}

    def gdp(self, state: str) -> dict[str, Any]:
        """Return the product of a state."""
        row = self.now.states[state]
        if row["per_head"] is not None and row["population"]:
            note = "product per head in prices of 2011 times population"
            return self.measured(row["per_head"] * row["population"] / 1e6, _GDP, "gdp_fariss", note)
        if row["gdp"] is not None and row["gdp_source"] == "gdp_fariss":
            note = "prices of 2017 divided by 1.103, the US GDP deflator"
            return self.measured(row["gdp"] / 1e3 / DEFLATOR, _GDP, "gdp_fariss", note)
        if row["gdp"] is not None:
            return self.measured(row["gdp"] / 1e3, _GDP, row["gdp_source"])
        return self._by_capability(f"{state} gdp", row["cinc"], self.now.product_per_capability, _GDP, "product")

    def spending(self, state: str) -> dict[str, Any]:
        """Return what a state spends on its forces."""
        row, unit = self.now.states[state], "million current US$"
        if row["military_expenditure"] is None:
            rate = self.now.spending_per_capability
            return self._by_capability(f"{state} military_spending", row["cinc"], rate, unit, "spending")
        money = row["military_expenditure"] / 1e3
        if self.now.year < 1914:
            return self.measured(money * POUND, unit, "capabilities", "pounds at the gold parity of 4.86 dollars")
        return self.measured(money, unit, "capabilities")

    def _by_capability(self, what: str, cinc: float | None, rate: float, unit: str, of: str) -> dict[str, Any]:
        """Return a number that no table has, from the state's share of the capabilities of the world."""
        value = float(f"{max(rate * (cinc or 0.0005), 0.01):.4g}")
        why = f"No figure in the data: the state's share of capabilities times the mean {of} per share"
        if cinc is None:
            why = f"No figure in the data, nor one of capabilities: the mean {of} of a small state"
        return self.judged(what, value, (value / 3, value * 3), unit, why)

    def cinc(self, state: str) -> dict[str, Any]:
        """Return the share of a state in the capabilities of the world."""
        value, unit = self.now.states[state]["cinc"], "share of world capabilities"
        if value is not None:
            return self.measured(value, unit, "capabilities")
        why = "No figure in the data: a small state is assumed"
        return self.judged(f"{state} cinc", 0.0005, (0.0001, 0.002), unit, why)

    def position(self, state: str) -> dict[str, Any]:
        """Return the position of a state in the General Assembly."""
        row = self.now.states[state]
        if state in self.now.positions:
            mean, sessions = self.now.positions[state]
            return self.measured(mean, "UNGA ideal point", "ideal_point", f"mean of {sessions} sessions")
        known = [r["polyarchy"] for r in self.now.states.values() if r["polyarchy"] is not None]
        value, why = 0.0, "No votes and no regime score: the middle of the scale"
        if row["polyarchy"] is not None and len(known) > 2:
            mean = sum(known) / len(known)
            spread = (sum((v - mean) ** 2 for v in known) / len(known)) ** 0.5
            value = float(f"{(row['polyarchy'] - mean) / (spread or 1.0):.3g}")
            why = "No votes: polyarchy in standard deviations of the year, which goes with votes at .5 to .7"
        return self.judged(f"{state} ideal_point", value, (value - 1.0, value + 1.0), "UNGA ideal point", why)

    def trade(self, state: str, adversary: str) -> dict[str, Any]:
        """Return how much a state depends on trade with an adversary."""
        share, year = self.now.shares.get((state, adversary), (None, None))
        if share is None:
            return self._unreported(state, adversary)
        low, middle, high = (float(f"{share * o:.3g}") for o in _OPENNESS)
        self.cite("trade")
        why = (
            "The adversary's share of reported trade, times an assumed openness of .4 (.15 to .8): product is known in "
            "constant prices only"
        )
        if year != self.now.year:
            why += f"; the last report is of {year}"
        return self.judged(f"{state} trade {adversary}", middle, (low, max(high, low + 1e-4)), "share of GDP", why)

    def _unreported(self, state: str, adversary: str) -> dict[str, Any]:
        """Return trade that nobody reports: none and at most a little, or of a wide range where no trade is coded."""
        what, openness = f"{state} trade {adversary}", _OPENNESS[1]
        if self.now.world:
            most = float(f"{max(self.now.world.get(adversary, 0.0) * openness, 1e-4):.3g}")
            why = (
                f"No trade reported in {WINDOW} years: none is assumed, and at most the adversary's part of world trade "
                "times an openness of .4"
            )
            return self.judged(what, 0.0, (0.0, most), "share of GDP", why)
        most = float(f"{max((self.now.states[adversary]['cinc'] or 0.0005) * openness, 1e-4):.3g}")
        why = (
            "Trade of these years is not in the data: between none and the adversary's part of world capabilities times "
            "an openness of .4"
        )
        return self.judged(what, most / 2.0, (0.0, most), "share of GDP", why)
