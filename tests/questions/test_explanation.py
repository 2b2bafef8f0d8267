"""Explanation: why one state gains or loses by a body, in the terms of which its utility is the sum."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from foedus.draws.sampling import uncertainties
from foedus.mechanisms import COMPONENTS, MECHANISMS
from foedus.model.parameters import Parameters
from foedus.questions.explanation import QUANTITIES, _sentence, body_of, explain
from foedus.questions.in_draws import Size
from foedus.questions.study import Study
from foedus.questions.task import Task
from foedus.questions.who_blocks import gain
from foedus.vocabulary.errors import FoedusError
from foedus.vocabulary.tables import Cell
from questions.asked import small_case

TASK = Task(small_case(), Parameters(), {}, (), ())


def test_terms_add_up_and_are_those_of_the_body() -> None:
    found = explain(TASK, "south korea")
    study = TASK.study()
    rows = {str(r["item"]): r for r in found.tables[0]}
    terms = [rows[MECHANISMS[c].label] for c in COMPONENTS]
    for column in ("without", "with", "change"):
        assert sum(float(str(t[column])) for t in terms) == pytest.approx(float(str(rows["all terms"][column])))
    assert rows["all terms"]["change"] == pytest.approx(gain(study, "KOR", "everybody"))
    for r in rows.values():
        if r["without"] is not None:
            assert r["change"] == pytest.approx(float(str(r["with"])) - float(str(r["without"])))
    kinds = [r["kind"] for r in rows.values()]
    assert kinds == ["term"] * len(COMPONENTS) + ["sum"] + ["quantity"] * (len(QUANTITIES) + 1) + ["input"] * 2
    assert rows["readiness of the body"]["with"] == pytest.approx(math.exp(-((2.5 - 0.7) / 4 + divergence(study))))
    assert rows["readiness of the body"]["without"] is None
    threat = float(study.appraiser.setting["threat"][2, 0])
    assert rows["threat from China"]["without"] == rows["threat from China"]["with"] == threat
    assert rows["force of China"]["with"] == float(study.appraiser.setting["hostile_force"][2, 0])
    assert rows["threat from China"]["change"] == 0.0
    assert found.title == "South Korea: A council of all recognised states against what there is without it"


def divergence(study: Study) -> float:
    """Return how unlike the members' command and priorities are: spread of command, and mean distance of priorities."""
    setting = study.appraiser.setting
    at = [0, 1, 2]
    command = float(np.std(np.array([1.0, 0.5, 0.5])))
    apart = setting["divergence"][np.ix_(at, at)]
    return command + float(apart[np.triu_indices(3, 1)].mean())


def test_a_body_that_is_watched_is_found_in_any_spelling() -> None:
    study = TASK.study()
    assert body_of(study, "ALL three").name == "All three"
    assert body_of(study, "") == study.everybody
    assert body_of(study, "everybody") == study.everybody
    with pytest.raises(FoedusError, match=r"body 'all four': there is no such body\. Did you mean 'All three'"):
        body_of(study, "all four")
    assert explain(TASK, "JPN", "all three").title == "Japan: All three against what there is without it"


def told(total: float, **changes: float) -> str:
    """Return the sentence about a body that changes some terms of utility, and the others not."""
    rows: list[list[Cell]] = [["", "term", 0.0, 0.0, changes.get(c, 0.0), "", ""] for c in COMPONENTS]
    rows += [["", "sum", 0.0, 0.0, total, "", ""], ["", "quantity", 0.0, 0.0, 9.0, "", ""]]
    return _sentence("KOR", "A council", rows)


def test_the_sentence_names_what_counts_largest_first() -> None:
    terms = {"platform": 0.1, "exposure": -0.3, "security": 0.2, "dispute": -0.006, "fee": -0.004, "burden": 0.004}
    name = {c: MECHANISMS[c].called(v) for c, v in terms.items()}
    assert told(-0.006, **terms) == (
        f"South Korea loses 0.01 % of GDP a year by a council; for it: {name['security']} +0.20 and {name['platform']} "
        f"+0.10; against it: {name['exposure']} -0.30 and {name['dispute']} -0.01."
    )
    assert told(0.0) == "South Korea gains 0.00 % of GDP a year by a council."


def test_what_the_case_has_not_is_refused() -> None:
    with pytest.raises(FoedusError, match="there is no such state"):
        explain(TASK, "Atlantis")


def test_every_change_has_the_band_of_its_draws_and_facts_have_none() -> None:
    drawn = replace(TASK, varied=uncertainties(TASK.case, TASK.parameters))
    found = explain(drawn, "KOR", size=Size(20))
    rows = {str(r["item"]): r for r in found.tables[0]}
    assert float(str(rows["all terms"]["change_low"])) < float(str(rows["all terms"]["change_high"]))
    assert rows["threat from China"]["change_low"] is rows["readiness of the body"]["change_low"] is None
    assert found.says[1].startswith("Over 20 draws of all judged numbers South Korea comes out between")
    assert len(explain(TASK, "KOR").says) == 1


def test_the_answer_of_the_adversaries_stands_beside_what_it_takes_from() -> None:
    laws = {"reaction": "answers"}
    answered = Task(small_case(), Parameters({"answer_effort": 0.5, "answer_alarm": 0.25}, laws=laws), {}, (), ())
    found = explain(answered, "JPN")
    rows = {str(r["item"]): r for r in found.tables[0]}
    plain = {str(r["item"]): r for r in explain(TASK, "JPN").tables[0]}
    assert "answer" not in plain
    cost = float(str(rows["answer"]["change"]))
    assert cost > 0
    security = MECHANISMS["security"].label
    change = float(str(rows[security]["change"]))
    assert change == pytest.approx(float(str(plain[security]["change"])) - cost)
    assert f"The answer of the adversaries takes {cost:.2f} of that security." in found.says[0]
    force, threat = rows["force of China"], rows["threat from China"]
    assert float(str(force["with"])) > float(str(force["without"]))
    grown = float(str(force["with"])) / float(str(plain["force of China"]["with"])) - 1
    angered = float(str(threat["with"])) / float(str(plain["threat from China"]["with"])) - 1
    assert grown == pytest.approx(2 * angered)
