"""Doubts: what does not hold of the record's law, printed wherever it speaks."""

from __future__ import annotations

from typing import Final

WHAT_IT_IS: Final = (
    "The record's law has four weights learnt from who signed with whom, 1817-2016. It has no money in it and knows no "
    "blocker, wedge or quarrel; it stands beside the case theory and is never mixed into it."
)
"""What the law is, in a sentence or two."""

DOUBTS: Final = (
    "A quarrel inside a list counts for nothing: in Europe in 1949 the likeliest lists hold both sides of the Cold War.",
    "In 1991-2018 it only ties with a standard logit of 25 columns, on who signs and on who is in; which of the two is "
    "ahead on who signs changes with the draw of the line-ups.",
    "What it gains over the older terms is nearness, in the form of reach: distance and strength, which a map has too.",
    "In 1981-2016 an enemy in common and trust are not seen in who signs (.70, error 1.11; -.09, error .35).",
    "A Pacific pact of seven ranks 1 to 3 of 101 in 1952-60: why Washington did not want it is missing. Hubs with one "
    "distant spoke rank low (Philippines 27, Korea 21, Japan 54 of 76).",
    "Trust counts non-aggression treaties, so that after 1990 nearly everybody is bound to his neighbours.",
    "Chances a year spread the rate of foundings over all lists of the world: they compare places and lists and are no "
    "forecast that a given theatre acts. That Asia 1953 stands above the Indo-Pacific of 2019 in an earlier run did not "
    "survive a better estimate of the mean over all lists; that Europe 1949 stands above both did.",
)
"""What does not hold, one sentence or two each."""
