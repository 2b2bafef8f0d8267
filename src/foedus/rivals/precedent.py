"""The record's law on a case: what is in force, and the chance that a body with the hub is founded in the years asked about."""

from __future__ import annotations

from foedus.casebook.case import Case
from foedus.model.builder import build_world, watched
from foedus.model.parameters import Parameters
from foedus.questions.study import Study
from foedus.questions.what_the_record_holds import theatre_chances
from foedus.rivals.prediction import BODY, HORIZON, Prediction, happened
from foedus.signings.weights import Weights
from foedus.vocabulary.errors import fail
from foedus.vocabulary.prose import within
from foedus.vocabulary.tables import percent

SILENT = "who is bound by a treaty of two: the means over the world ship for bodies of three and more; what ends"


def predict(case: Case) -> Prediction:
    """Return the chance of every state to be in a body with the hub: in force already, or founded by then.

    Raises
    ------
    FoedusError
        No means over the lists of the world ship for the year of the case.
    """
    study = Study(build_world(case), Parameters(), case.quarrel or (), watched(case))
    year = case.as_of.year + (case.as_of.month > 6)
    chances = theatre_chances(study, year, Weights())
    if chances is None:
        what = f"no means over the lists of the world ship for {year}"
        raise fail("theory 'record'", what, "Compare the other theories, or a case nearer to a built-in one")
    # A state is in a list of n of the candidates, the hub apart, with a share of (n - 1) / (candidates - 1) at the average.
    others = len(study.everybody.members) - 1
    founded = within(sum(p * (size - 1) / others for size, p in chances.items()), HORIZON)
    today = happened(case, years=0)[BODY]
    shut = {s for s in case.states if s not in study.everybody.members}
    found = {s: 1.0 if inside else 0.0 if s in shut else founded for s, inside in today.items()}
    says = f"a body of three or more with the hub is founded with {percent(within(sum(chances.values()), HORIZON))} within {HORIZON} years"
    return Prediction("record", case.name, {BODY: found}, says, SILENT)
