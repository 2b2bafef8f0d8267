"""Origins: every number behind every answer says who judged it, or whose source it is."""

from __future__ import annotations

import re

from foedus.casebook.reader import case_names, read_case
from foedus.model.calibration_file import read_calibration
from foedus.model.parameters import PARAMETERS
from foedus.questions.made_of import fact_words
from foedus.web.origins import of_fact, of_parameter


def test_every_number_behind_every_answer_says_where_it_comes_from() -> None:
    estimates = read_calibration("record-1817-2016")
    told = [(p.name, dict(of_parameter(p, estimates))) for p in PARAMETERS]
    for case in map(read_case, case_names()):
        told += [(f"{case.name} {fact_words(f)}", dict(of_fact(case, f, True, "1 to 2"))) for f in case.facts]
    assert len(told) > 2500
    for name, said in told:
        who = said.get("Who judged it") or said["Who took it from there"]
        assert re.match(r"The foedus project \(.+\), as of version \S+ of \d", who), name
        assert "Who says so" not in said, f"{name} names no source"
        assert len(said["What would change it"]) > 30, name
        if "Who judged it" in said:
            assert len(said.get("Why this value", said.get("What it rests on", ""))) > 9, name
            assert said["Range"] != "None is given.", name
