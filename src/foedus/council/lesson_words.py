"""Words of a lesson: what who leads says as each phase begins, on the console, on the printed sheet and in the guide alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ONE_MISSING: Final = "One missing confirmation, and the treaty is in force for nobody."
"""The one sentence that a class must have heard."""
BINDS_NOBODY: Final = f"What the table adopts binds nobody; each state signs by itself in its orders. {ONE_MISSING}"
"""Said at the beginning, and again where something is adopted."""
SAY: Final[Mapping[str, str]] = {
    "opening": "Read your brief alone; then each seat says in one sentence what it wants.",
    "consultation": "Raise a concern, or open a channel and speak with some alone; an adversary plans pressure. Nothing binds yet.",
    "table": "Amend the text, or leave it. Once no offer is open one member proposes silence: who says nothing agrees, and one “Break silence” opens the text again.",
    "orders": f"On the page Orders answer Yes or No and press “Confirm these orders”. {ONE_MISSING}",
    "year": "Hands off: the model works out the year.",
    "reading": "On the page Year read what your seat gained and by which term, before you talk.",
    "pause": "Press Pause, and Go on when all are back; then the next year.",
    "debrief": "On the page Debrief begin with what the model cannot judge; then the questions.",
    "spare": "For a late start, or a second silence.",
}
"""What who leads says as each phase begins."""
WHILE_IT_RUNS: Final[Mapping[str, str]] = {
    "silence": "Silence runs: who disagrees presses “Break silence” and writes why; who says nothing agrees.",
    "consensus": "A call runs: each answers, and one objection opens the text again; who says nothing agrees.",
    "vote": "A vote runs: each votes, yes or no.",
}
"""What who leads says while the table is asked, in place of that of the phase."""
ASK_FIRST: Final = "Who wanted this least, and why did they sign, or not?"
"""The first question of a debrief, whatever the exercise: with the bars of the page of the year."""
MORE_ASKED: Final = "The page Debrief has them in this order, and below them more that are made from the room."
"""Said below the questions of the sheet."""
WHICH_NUMBER: Final = (
    "The brief and the page of a text count a council over the treaties of two, the page Year over nothing new signed: about "
    "treaties of two and council together, where none stood. Ask of Year which term carries whom."
)
"""What the numbers of the brief and of the year are measured against, and which to use when."""
PRESS: Final[Mapping[str, str]] = {
    "opening": "Begin the year",
    "consultation": "Go on to consultation",
    "table": "Go on to the table",
    "orders": "Close the table, open the orders",
    "year": "Close the orders",
    "debrief": "Open the debrief",
}
"""The button by which who leads begins a phase; one that is not here begins by itself."""
