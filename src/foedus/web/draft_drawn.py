"""Drafts drawn: the draws of a body by hand as they come, and the likeliest bodies of its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from foedus.asking.ask import Ask
from foedus.questions.body_by_hand import OfABody, best_near, best_said, members_of
from foedus.questions.study import Answers
from foedus.questions.who_blocks import ACCEPTANCE
from foedus.simulation.formation import candidates
from foedus.web.address import Address
from foedus.web.held import Held
from foedus.web.limits import LARGE, TooMuch
from foedus.web.quick import command, study_of
from foedus.web.streams import Drawing
from foedus.web.workers import Workers

DRAWN: Final = 40
"""Draws of a draft and of the playground unless the address says otherwise; there more are a press away."""


class Drafting(Drawing):
    """The draws of one body by hand; each takes a hundredth of a second, so that nothing of them is kept on disk.

    Parameters
    ----------
    asked : Ask
    workers : Workers
    command : str
        The same on one's own machine.
    about : OfABody
    """

    def __init__(self, asked: Ask, workers: Workers, command: str, about: OfABody) -> None:
        super().__init__(asked, workers, command)
        self.task = replace(self.task, questions=(about,))

    def recall(self) -> None:
        """Take up nothing: what is there is in memory."""

    def _take(self, place: int, row: Answers) -> None:
        self.rows[place] = row
        self._advance()

    def _seen(self, row: Answers) -> dict[str, Any]:
        return {"agree": row[ACCEPTANCE("")]}


def not_large(held: Held, address: Address) -> None:
    """Refuse more draws of a draft than a link may begin, on one's own machine as well: they are worked out at once.

    Raises
    ------
    TooMuch
        There are more.
    """
    if (address.draws or 0) > LARGE:
        what = f"{address.draws:,} draws were asked for, and the page of a draft works out {LARGE:,} at most"
        raise TooMuch(what, command(held, address))


def drafting(held: Held, address: Address) -> Drawing:
    """Return the draws of the body of an address, joined; errors as :func:`foedus.questions.body_by_hand.members_of`."""
    not_large(held, address)
    size = DRAWN if address.draws is None else address.draws
    asked, same = held.asked(address, size), command(held, replace(address, draws=size))
    task, study = study_of(held, address)
    members = members_of(task, filter(None, address.word("members").split(",")), candidates(study.world))
    about = OfABody(members, address.word("rule", "consensus"))
    found = held.drawings.join(asked, same, lambda: Drafting(asked, held.workers, same, about), repr(about))
    found.more = {"likeliest": likeliest(held, address, members)}
    return found


def likeliest(held: Held, address: Address, members: Sequence[str]) -> str:
    """Return the likeliest bodies of the size of one that is drafted, and of one less and one more, in a sentence."""
    asked, rule = held.asked(address, 0), address.word("rule", "consensus")
    key = ("likeliest", asked.digest(), len(members), rule)
    near = held.shelf.get(key, lambda: best_near(asked.task().study(), len(members), rule))
    return best_said(members, near)
