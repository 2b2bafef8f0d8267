"""Institutions and architectures as keys of what is remembered."""

from __future__ import annotations

import pickle

from foedus.model.architecture import Architecture, bilateral


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
