"""Bodies: a body of one's own, and whether its members would agree to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foedus.asking.alone import size, with_footer
from foedus.asking.ask import How, Subject, asked_by, words_of
from foedus.draws.ensemble import Progress
from foedus.questions import body_by_hand
from foedus.questions.in_draws import FEW
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
    draws: int = FEW,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Section:
    """Return who would gain by a body drafted by hand, whether all would agree to it and how sure that is, and what would be likelier.

    Parameters
    ----------
    case : str, Path, Case or Ask
    members : sequence of str
        Ids or names of states; the hub may be left out.
    rule : str
        ``consensus``, or ``hub`` for a body that the hub leads.
    changes, without, laws, levers : sequence of str
        As for :func:`whatif`.
    draws, seed, workers, progress
        As for :func:`explain`.

    Raises
    ------
    FoedusError
        The case, a member, the rule or a change is wrong.

    Examples
    --------
    >>> import foedus
    >>> foedus.draft("asia-1953", ["JPN", "KOR"], draws=0).title
    'A body of 3, decided by consensus'
    """
    asked = asked_by(
        case, changes=changes, without=without, laws=laws, levers=levers, draws=draws, seed=seed, usual=FEW
    )
    task, how = asked.task(varied=True), How(workers, progress=progress)
    found = body_by_hand.section(task, words_of("members", members), rule, size(asked, how))
    return with_footer(found, task, asked.draws, asked.seed)
