"""Institutions and architectures as keys of what is remembered."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

from foedus.model.architecture import Architecture, Institution, Kind, Rule, bilateral


def test_a_hash_is_worked_out_once_and_does_not_go_along_to_another_process() -> None:
    treaty = bilateral("A", "B")
    held = Architecture((treaty,))
    assert hash(treaty) == hash(bilateral("A", "B", name="of another name"))
    assert hash(held) == hash(Architecture((bilateral("A", "B"),)))
    assert {treaty: 1, held: 2}[bilateral("A", "B")] == 1
    for thing in (treaty, held):
        assert "_hash" in vars(thing)
        again = pickle.loads(pickle.dumps(thing))
        assert "_hash" not in vars(again)
        assert again == thing


def test_other_members_change_nothing_else_whatever_fields_an_institution_has() -> None:
    one = Institution(Kind.FORUM, ("A", "B", "C"), Rule.CONSENSUS, 0.3, "Table", 2030, 2020, 0.4)
    other = one.of(("A", "B"))
    assert other == replace(one, members=("A", "B"))
    assert all(
        getattr(other, f.name) == getattr(one, f.name) for f in fields(one) if f.name not in ("members", "_hash")
    )
