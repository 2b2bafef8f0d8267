"""The model as a room asks it: one that says nothing answers everything that the real one is asked."""

from __future__ import annotations

import rooms

from foedus.council.fold import opened
from foedus.council.law_asked import Law, NoLaw
from foedus.council.served import Late


def test_whatever_a_room_asks_both_answer() -> None:
    asked = [name for name in vars(Law) if not name.startswith("_")]
    assert {"answers", "year", "worths", "bands", "effects"} <= {*asked}
    room = opened(rooms.FORM)
    assert not any(getattr(NoLaw(), name)(room) for name in asked)
    assert all(callable(getattr(Late, name)) for name in asked)
