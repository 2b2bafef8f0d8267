"""Bodies: a body of one's own, and whether its members would agree to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foedus.asking.alone import with_footer
from foedus.asking.ask import Subject, asked_by, words_of
from foedus.questions import body_by_hand
from foedus.vocabulary.record import Section


def draft(
    case: Subject,
    members: Sequence[str],
    *,
    rule: str = "consensus",
    changes: Iterable[str] = (),
    without: Sequence[str] = (),
    laws: Sequence[str] = (),
    levers: Sequence[str] = (),
) -> Section:
    """Return who would gain by a body drafted by hand, whether all would agree to it, and the best single exchange.

    Parameters
    ----------
    case : str, Path, Case or Ask
    members : sequence of str
        Ids or names of states; the hub may be left out.
    rule : str
        ``consensus``, or ``hub`` for a body that the hub leads.
    changes, without, laws, levers : sequence of str
        As for :func:`whatif`.

    Raises
    ------
    FoedusError
        The case, a member, the rule or a change is wrong.

    Examples
    --------
    >>> import foedus
    >>> foedus.draft("asia-1953", ["JPN", "KOR"]).title
    'A body of 3, decided by consensus'
    """
    task = asked_by(case, changes=changes, without=without, laws=laws, levers=levers).task()
    return with_footer(body_by_hand.section(task, words_of("members", members), rule), task)
