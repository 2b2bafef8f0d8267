"""Made with: everything that was changed is named, several cases stand side by side, and hashes follow what they are of."""

from __future__ import annotations

from dataclasses import replace

from foedus.model.parameters import Parameters
from foedus.questions.made_with import made_with, signed
from foedus.questions.task import Task
from foedus.vocabulary.record import Section, footer
from foedus.vocabulary.tables import Column, table
from questions.asked import case_of, small_case

PLAIN = Task(small_case(), Parameters(), {}, (), ())
CHANGED = replace(
    PLAIN,
    parameters=Parameters().under({"holding": "inertia"}),
    overrides={("trade", "KOR", "CHN"): 0.2},
    without=("fee",),
    levers=(("threat", 2.0),),
)


def test_what_was_changed_is_named_and_what_was_not_is_not() -> None:
    assert set(made_with((PLAIN,), 4, 1, "c" * 64, "r" * 64)) == {
        *("foedus", "seed", "draws", "case", "date", "case_hash", "parameters_hash", "code_hash", "result_hash")
    }
    made = made_with((CHANGED,), 4, None, "c" * 64, "r" * 64)
    assert "seed" not in made
    assert [made[k] for k in ("without", "laws", "changes", "levers")] == [
        *("fee", "holding=inertia", "trade.KOR.CHN=0.2", "threat=2")
    ]
    assert footer(made)[-1].startswith(f"hashes: case {PLAIN.case.sha256[:16]}, parameters ")
    assert footer(made)[-1].endswith(f"code that its draws run {'c' * 16}, result {'r' * 16}")


def test_the_result_hash_is_of_sentences_and_numbers_and_cases_stand_side_by_side() -> None:
    def told(number: float) -> Section:
        return Section("a", "A", ("Said.",), (table("t", "T", [Column("x")], [[number]]),))

    other = replace(PLAIN, case=case_of(name="other"))
    one, same, two = (signed(told(x), [PLAIN, other], 0, None).made for x in (1.0, 1.0, 2.0))
    assert one == same
    assert {k for k in one if one[k] != two[k]} == {"result_hash"}
    assert (one["case"], one["date"]) == ("small, other", "2000-06-01, 2000-06-01")
