"""Words about the systems: what each is, how it was looked at, and what to mind when reading it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "san-francisco": "Between 1951 and 1955 the United States bound seven states of the Pacific to itself, nearly all by "
        "treaties of two. The star is grown here from nothing in 1953 and in every fifth year since, from the facts of the "
        "year, and set beside the treaties in force on record.",
        "nato": "Twelve states signed the North Atlantic Treaty on 4 April 1949; thirty-two belonged to it in 2024 and none has "
        "left. Here the hub drafts the founding membership, every outsider knocks in nine years, every member weighs leaving, "
        "West Germany stands at the door in May 1955, and quarrels of allies are run with a council and without.",
        "quad": "Officials of the four met in May 2007, Canberra withdrew in February 2008, and they met again from November "
        "2017. Each member's consent to the forum and its wish to leave are worked out for every year without chance; then "
        "leaders are drawn anew to tell them from slow variables.",
        "japan-korea": "From the ruling of October 2018 the two allies of one hub climbed a ladder to the notice on their "
        "intelligence pact in August 2019, which was suspended in November. Each step is given its chance, and the run is "
        "repeated with rescue, control of forces, council and views of the threat changed one at a time.",
        "nato-in-asia": "Every state of December 2020 drafts the body with the United States that promises it most: all bodies of "
        "three and four, larger ones grown from the best, under both rules and at three depths. Taiwan is then taken into a "
        "Quad-sized alliance, left out of it, and recognised.",
        "wedge": "An adversary with a budget presses consent where it is cheapest to turn. The order of targets and the cost "
        "curve of each architecture are set beside fifteen episodes of Chinese coercion from 2010 to 2025, and two among allies.",
    }
)
"""What each system is, and how it is looked at."""

MIND: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "san-francisco": (
            "The treaty area of 1953 is coded as of that year; the model was shaped with its outcome in view.",
            "Between 1955 and 1970 the model also binds India and at times Indonesia and Malaysia: non-alignment is seen only "
            "through votes in the General Assembly.",
        ),
        "nato": (
            "Decisions are noisy one by one, so a council of sixteen rarely agrees to anything that leaves most indifferent: "
            "read who is least willing, not the chance that all agree.",
            "Two cases describe 1955: trade of Iceland with Moscow, large after Britain shut its ports to Icelandic fish, is in "
            "the newer one only, and makes Iceland the least willing there.",
            "Grievances are judged, and some were judged after the fact: that Ankara is least willing in 2022 follows from the "
            "grievance entered for that year.",
            "Allies quarrel more on record because neighbours who quarrel were let in together; the council cannot be blamed "
            "for it from these counts.",
        ),
        "quad": (
            "What leaders saw is judged government by government; neutral leaders stand beside them in the second table.",
            "Positions in the General Assembly end in 2019 and are held afterwards.",
        ),
        "japan-korea": (
            "The grievances of both are judged year by year from the same history as the crises: that they go together is no test.",
            "Chances of steps multiply as if every step were decided anew.",
        ),
        "nato-in-asia": (
            "Noise is in proportion to depth, which favours light bodies.",
            "Search is complete only up to four members.",
            "The model has no aversion to alliances as such: India and Vietnam appear in bodies that both have refused in words.",
        ),
        "wedge": (
            "Cheapness is that of turning consent to a body of all; Beijing pressed over islands, missiles, visits and words.",
            "Costs to the target are capped by its trade and scaled to the missile defence dispute of 2016 and 2017.",
        ),
    }
)
"""What to mind when reading each system."""
