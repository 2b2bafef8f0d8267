"""What holds: the probability of each institution of the hub at the end of a round, whatever was there before."""

from __future__ import annotations

from collections.abc import Callable

from foedus.model.architecture import Institution, Kind
from foedus.questions.measure import Measure
from foedus.questions.question import Question
from foedus.questions.study import Answers, Study

ENDS = Measure(
    ("ends", "INSTITUTION", "", "probability"),
    "probability",
    "the hub has it at the end of the year: INSTITUTION",
    0,
    1,
    "percent",
)


def what_holds(study: Study) -> Answers:
    """Return the probability of each kind of institution of the hub at the end of a round."""

    def has(test: Callable[[Institution], bool]) -> float:
        hub = study.world.hub
        options = study.formation.options
        kept = [o for o in options if any(test(m) and m.has(hub) for m in o.appraisal.architecture)]
        return float(sum(o.probability for o in kept))

    return {
        ENDS("body"): has(lambda m: m.kind is Kind.MULTILATERAL),
        ENDS("council"): has(lambda m: m.has_council),
        ENDS("forum"): has(lambda m: m.kind is Kind.FORUM),
        ENDS("bilateral"): has(lambda m: m.kind is Kind.BILATERAL),
    }


QUESTION = Question("ends", 15, what_holds, (ENDS,), assessed=False)
