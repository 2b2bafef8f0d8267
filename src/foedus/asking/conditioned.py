"""Conditioned: an assessment of which the record says first what is so under what is given of states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.questions.answer import record_of
from foedus.questions.findings import Assessment
from foedus.questions.given_that import Conditional, Given, read_given, section
from foedus.vocabulary.record import Record


def under(found: Assessment, given: Sequence[Given]) -> Assessment:
    """Return an assessment of which the record says first what is so under what is given; itself where nothing is."""
    return replace(found, given=tuple(map(str, given)), tell=_tell) if given else found


def _tell(found: Assessment) -> Record:
    return said_first(found, record_of(found))


def said_first(found: Assessment, record: Record) -> Record:
    """Return the record of an assessment with what is so under what is given before everything else.

    Parameters
    ----------
    found : Assessment
    record : Record
        What it says where nothing is given.
    """
    if not found.given:
        return record
    part = section(Conditional(found, read_given(found.task, found.given)))
    made = {**record.made, "given": " ".join(found.given)}
    return replace(record, says=(part.says[0], *record.says), sections=(part, *record.sections), made=made)
