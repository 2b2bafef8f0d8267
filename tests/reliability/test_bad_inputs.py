"""Bad inputs of every kind, a few of each: the same answer, a refusal with where, what and remedy, or a difference that is seen.

At length: ``python tools/reliability.py``; what was tried and what came of it stands in docs/reliability.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reliability.spoil import Spoilt
from reliability.subjects import SUBJECTS
from reliability.trying import FAULTS, Bench, Server, arguments, judged, unsaid

FEW = 2
SEEDS = range(5000, 5000 + FEW)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    pytest.importorskip("polars", reason="data sets and ensembles are read with polars")
    with Server() as found:
        yield found


@pytest.mark.parametrize("name", [n for n, s in SUBJECTS.items() if s.files])
def test_no_bad_input_gets_a_traceback_a_wait_or_a_silent_other_answer(name: str, server: Server) -> None:
    bench = Bench.of(server, name)
    faults = [str(found) for found in map(bench.attempt, SEEDS) if found.fault]
    assert faults == []


def test_no_hostile_argument_gets_a_traceback_or_is_taken_for_another(server: Server) -> None:
    assert [str(found) for found in arguments(server, range(5000, 5012)) if found.fault] == []


def outcome(**other: object) -> str:
    found = {
        "code": 2,
        "out": "",
        "err": "error: here: it is wrong. Mend it.",
        "hung": False,
        "seconds": 1.0,
        "memory": 9.0,
    }
    return judged({**found, **other}, "answer")[0]


def test_the_judge_can_find_every_fault() -> None:
    seen = {
        outcome(code=70, err="Traceback (most recent call last)\n"),
        outcome(code=-11, err=""),
        outcome(hung=True),
        outcome(memory=501.0),
        outcome(code=3, err=""),
        outcome(err="error: it is wrong."),
        outcome(err=""),
    }
    assert seen == set(FAULTS) - {"silent other answer"}
    assert outcome() == "refused"
    assert outcome(code=0, out="answer", err="") == "same answer"
    assert outcome(code=0, out="other", err="").startswith("other answer")
    assert unsaid("error: states.yaml:2: gdp: this is missing. Add the key.", "") == ""


def test_a_harmless_change_is_found_to_be_harmless(server: Server) -> None:
    bench = Bench.of(server, "case checked")
    place = bench.copy("small/case.yaml")
    (place / "small/case.yaml").write_bytes(b"# harmless\n" + bench.valid["small/case.yaml"])
    kept = bench.answer("small/case.yaml")
    assert judged(server.play(place, bench.subject.steps), kept)[0] == "same answer"
    assert Spoilt(b"", "none").where == ""
