"""The record's law as a rival: what is in force stays, foundings are rare, and what it cannot say it says."""

import pytest

from foedus.casebook.reader import read_case
from foedus.rivals import precedent
from foedus.rivals.prediction import BODY, happened
from foedus.rivals.scored import THEORIES, scores
from foedus.vocabulary.errors import FoedusError


@pytest.mark.parametrize("name", ["europe-1949", "asia-1953", "indo-pacific-2020"])
def test_states_in_a_body_stay_and_others_hardly_get_one(name):
    case = read_case(name)
    said = precedent.predict(case)
    today = happened(case, years=0)[BODY]
    assert set(said.chances) == {BODY}
    assert said.chances[BODY].keys() == today.keys()
    for state, p in said.chances[BODY].items():
        assert p == 1.0 if today[state] else p < 0.01, state
    assert next(s.states for s in scores(said, case)) == 0  # silent on treaties of two


def test_who_is_not_recognised_is_founded_into_nothing():
    case = read_case("indo-pacific-2020")
    shut = [s for s in case.states if case.fact("recognised", s).value < 1]
    assert shut
    assert all(precedent.predict(case).chances[BODY][s] == 0.0 for s in shut)


def test_a_year_without_means_is_a_sentence(monkeypatch):
    monkeypatch.setattr(precedent, "theatre_chances", lambda *_: None)
    with pytest.raises(FoedusError, match="no means over the lists of the world ship for 1954"):
        precedent.predict(read_case("asia-1953"))


def test_it_has_a_name():
    assert "record" in THEORIES
