"""A text on trial at the door: what is asked of it is what it is tried with, and the list says what it is."""

from __future__ import annotations

from dataclasses import dataclass
from unittest.mock import Mock

import pytest

from foedus.asking import argument
from foedus.draws.ensemble import run_ensemble
from foedus.surfaces.reading import read
from foedus.trials.claims import read_trial, trial_names
from foedus.trials.told import record_of
from standin import put


@dataclass(frozen=True)
class Heard:
    """In the place of what was found."""

    tell: object = None


def test_a_trial_is_heard_as_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, progress = put(monkeypatch, "foedus.asking.argument.try_claims", Heard()), Mock()
    name = trial_names()[0]
    found = argument.trial(name, draws=4, seed=6, without="dispute", laws="holding=habit", workers=2, progress=progress)
    assert found.tell is record_of
    text, *rest, values, _, ensemble = tried.last.values()
    assert text == read_trial(name)
    assert rest == [4, 6, ("dispute",), 2, progress]
    assert ensemble is run_ensemble
    assert dict(values.laws) == {"holding": "habit"}


def test_the_list_has_every_text_with_its_thesis_and_keeps_the_rest_for_files() -> None:
    found = argument.built_in()
    assert [row[0] for row in found.rows] == list(trial_names())
    assert [c.head for c in read(found)] == ["name", "title", "author", "thesis"]
    assert [c.name for c in found.columns] == ["name", "title", "author", "date", "claims", "thesis"]
    assert [row[4] for row in found.rows] == [len(read_trial(name).claims) for name in trial_names()]
