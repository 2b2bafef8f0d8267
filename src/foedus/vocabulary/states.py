"""States by three-letter id: name, Correlates of War code and capital."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from foedus.vocabulary.errors import FoedusError, Problem, nearest


@dataclass(frozen=True)
class State:
    """A state.

    Attributes
    ----------
    id : str
        Three letters, after ISO 3166-1 where the state has a code there.
    name : str
    cow : int
        Correlates of War country code.
    capital : str
    latitude, longitude : float
        Of the capital, degrees.
    """

    id: str
    name: str
    cow: int
    capital: str
    latitude: float
    longitude: float


STATES: Final[Mapping[str, State]] = MappingProxyType(
    {
        s.id: s
        for s in (
            State("USA", "United States", 2, "Washington", 38.9, -77.04),
            State("CAN", "Canada", 20, "Ottawa", 45.42, -75.69),
            State("MEX", "Mexico", 70, "Mexico City", 19.43, -99.13),
            State("BRA", "Brazil", 140, "Brasilia", -15.78, -47.93),
            State("GBR", "United Kingdom", 200, "London", 51.51, -0.13),
            State("IRL", "Ireland", 205, "Dublin", 53.35, -6.26),
            State("NLD", "Netherlands", 210, "Amsterdam", 52.37, 4.9),
            State("BEL", "Belgium", 211, "Brussels", 50.85, 4.35),
            State("LUX", "Luxembourg", 212, "Luxembourg", 49.61, 6.13),
            State("FRA", "France", 220, "Paris", 48.86, 2.35),
            State("CHE", "Switzerland", 225, "Bern", 46.95, 7.45),
            State("ESP", "Spain", 230, "Madrid", 40.42, -3.7),
            State("PRT", "Portugal", 235, "Lisbon", 38.72, -9.14),
            State("DEU", "Germany", 255, "Berlin", 52.52, 13.4),
            State("DDR", "East Germany", 265, "East Berlin", 52.52, 13.4),
            State("POL", "Poland", 290, "Warsaw", 52.23, 21.01),
            State("AUT", "Austria", 305, "Vienna", 48.21, 16.37),
            State("HUN", "Hungary", 310, "Budapest", 47.5, 19.04),
            State("CZE", "Czechia", 316, "Prague", 50.09, 14.42),
            State("ITA", "Italy", 325, "Rome", 41.9, 12.5),
            State("YUG", "Yugoslavia", 345, "Belgrade", 44.8, 20.47),
            State("GRC", "Greece", 350, "Athens", 37.98, 23.73),
            State("BGR", "Bulgaria", 355, "Sofia", 42.7, 23.32),
            State("ROU", "Romania", 360, "Bucharest", 44.43, 26.1),
            State("RUS", "Russia", 365, "Moscow", 55.75, 37.62),
            State("UKR", "Ukraine", 369, "Kyiv", 50.45, 30.52),
            State("EST", "Estonia", 366, "Tallinn", 59.44, 24.75),
            State("LVA", "Latvia", 367, "Riga", 56.95, 24.11),
            State("LTU", "Lithuania", 368, "Vilnius", 54.69, 25.28),
            State("FIN", "Finland", 375, "Helsinki", 60.17, 24.94),
            State("SWE", "Sweden", 380, "Stockholm", 59.33, 18.07),
            State("NOR", "Norway", 385, "Oslo", 59.91, 10.75),
            State("DNK", "Denmark", 390, "Copenhagen", 55.68, 12.57),
            State("ISL", "Iceland", 395, "Reykjavik", 64.15, -21.94),
            State("IRN", "Iran", 630, "Tehran", 35.69, 51.39),
            State("TUR", "Turkey", 640, "Ankara", 39.93, 32.86),
            State("IRQ", "Iraq", 645, "Baghdad", 33.31, 44.36),
            State("EGY", "Egypt", 651, "Cairo", 30.04, 31.24),
            State("ISR", "Israel", 666, "Jerusalem", 31.77, 35.22),
            State("SAU", "Saudi Arabia", 670, "Riyadh", 24.71, 46.68),
            State("CHN", "China", 710, "Beijing", 39.9, 116.41),
            State("MNG", "Mongolia", 712, "Ulaanbaatar", 47.89, 106.91),
            State("TWN", "Taiwan", 713, "Taipei", 25.03, 121.57),
            State("PRK", "North Korea", 731, "Pyongyang", 39.04, 125.76),
            State("KOR", "South Korea", 732, "Seoul", 37.57, 126.98),
            State("JPN", "Japan", 740, "Tokyo", 35.68, 139.69),
            State("IND", "India", 750, "New Delhi", 28.61, 77.21),
            State("PAK", "Pakistan", 770, "Islamabad", 33.68, 73.05),
            State("BGD", "Bangladesh", 771, "Dhaka", 23.81, 90.41),
            State("MMR", "Myanmar", 775, "Naypyidaw", 19.76, 96.08),
            State("LKA", "Sri Lanka", 780, "Colombo", 6.93, 79.86),
            State("THA", "Thailand", 800, "Bangkok", 13.76, 100.5),
            State("KHM", "Cambodia", 811, "Phnom Penh", 11.56, 104.92),
            State("LAO", "Laos", 812, "Vientiane", 17.98, 102.63),
            State("VNM", "Vietnam", 816, "Hanoi", 21.03, 105.85),
            State("RVN", "South Vietnam", 817, "Saigon", 10.78, 106.7),
            State("MYS", "Malaysia", 820, "Kuala Lumpur", 3.14, 101.69),
            State("SGP", "Singapore", 830, "Singapore", 1.29, 103.85),
            State("PHL", "Philippines", 840, "Manila", 14.6, 120.98),
            State("IDN", "Indonesia", 850, "Jakarta", -6.21, 106.85),
            State("AUS", "Australia", 900, "Canberra", -35.28, 149.13),
            State("PNG", "Papua New Guinea", 910, "Port Moresby", -9.44, 147.18),
            State("NZL", "New Zealand", 920, "Wellington", -41.29, 174.78),
            State("SLB", "Solomon Islands", 940, "Honiara", -9.43, 159.96),
            State("PLW", "Palau", 986, "Ngerulmud", 7.5, 134.62),
        )
    }
)
"""Every state that cases may name, by id."""


def known_ids() -> frozenset[str]:
    """Return all ids."""
    return frozenset(STATES)


def state(identifier: str) -> State:
    """Return a state by its id or name, whatever the case of the letters.

    Raises
    ------
    FoedusError
        No such state; the nearest names are given.
    """
    folded = identifier.casefold()
    for found in STATES.values():
        if folded in (found.id.casefold(), found.name.casefold()):
            return found
    names = [*STATES, *(s.name for s in STATES.values())]
    raise FoedusError(Problem(f"state '{identifier}'", "there is no such state", nearest(identifier, names)))
