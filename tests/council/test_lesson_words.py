"""The lesson is told in the same words by the README, the printed sheet and the console."""

from __future__ import annotations

from pathlib import Path

from foedus.council.act_forms import LABELS
from foedus.council.exercises import read_exercise
from foedus.council.lesson_words import BINDS_NOBODY, PRESS, SAY, WHICH_NUMBER
from foedus.council.next_step import NEXT
from foedus.council.printed import pack_page


def test_the_lesson_of_the_readme_says_what_the_console_and_the_sheet_say() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    sheet = pack_page(read_exercise("washington-1949")).partition('<section class="page brief')[0]
    assert WHICH_NUMBER in readme
    assert WHICH_NUMBER in sheet
    assert "<b>Open the doors.</b>" in sheet
    assert "30 seconds to object, then 3 minutes of silence" in sheet
    for phase in ("opening", "consultation", "table", "orders", "year", "reading", "debrief"):
        assert SAY[phase] in readme
        assert f"<b>{PRESS[phase]}.</b> {SAY[phase]}" in sheet if phase in PRESS else SAY[phase] in sheet
    assert f"{BINDS_NOBODY[:1].lower()}{BINDS_NOBODY[1:]}" in readme
    for verb in ("open", "begin", "consult", "sit", "order", "work", "debrief", "resume"):
        assert f"*{NEXT[verb][0]}*" in readme
    for words in (LABELS["silence.propose"], LABELS["silence.object"], LABELS["consensus.call"]):
        assert f"*{words}" in readme
