"""What is told of a trial: the thesis first, nothing without draws, and what speaks against a claim beside its number."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from foedus.asking.argument import trial
from foedus.asking.files import page_text
from foedus.surfaces.plain import document
from foedus.trials.claims import trial_names
from foedus.trials.evidence import Findings
from foedus.trials.scoreboard import counts
from foedus.trials.told import sentence, thesis_of
from foedus.trials.verdict import Verdict
from foedus.vocabulary.errors import FoedusError
from trials.trialfiles import write_trial

DECIDED = ("thesis: Trade loosens pacts.", "thesis: Trade loosens pacts., decided_by: 1")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return trial(write_trial(tmp_path_factory.mktemp("told"), *DECIDED), draws=25, workers=1)


@pytest.fixture(scope="module")
def undrawn(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    return trial(write_trial(tmp_path_factory.mktemp("undrawn"), *DECIDED), draws=0, workers=1)


def test_the_first_sentence_says_whether_the_text_was_right(found: Findings) -> None:
    says = found.record.says
    assert (
        says[0]
        == "The text was right in its thesis by model and record (claim 1); of its 4 claims 2 are supported and 2 are open."
    )
    assert len(" ".join(says).split()) <= 60
    assert sentence(replace(found, trial=replace(found.trial, text=found.trial.text.model_copy(update={"decided_by": None})))
                    ) == "Of the 4 claims of the text 2 are supported and 2 are open."  # fmt: skip


@pytest.mark.parametrize("name", trial_names())
def test_built_in_trials_answer_in_sixty_words(name: str) -> None:
    tried = trial(name, draws=0, workers=1)
    assert thesis_of(tried) is not None
    assert len(" ".join(tried.record.says).split()) <= 60


def test_without_draws_there_is_no_share_and_no_verdict(undrawn: Findings) -> None:
    assert undrawn.record.says[0].startswith(
        "Whether the text was right in its thesis is not said, for nothing was drawn"
    )
    board = list(undrawn.table("claims"))
    assert all(row["share"] is None for row in board)
    assert [row["verdict"] for row in board] == ["no verdict", "open", "no verdict", "supported"]
    assert all(row["share"] is None for row in undrawn.table("omitted"))
    first = undrawn.record.section("claims").sections[0]
    assert "the model is silent, for nothing was drawn" in first.says[0]
    assert first.tags == (("no verdict", "quiet"),)
    assert "100 %" not in json.dumps(undrawn.record.section("claims").to_dict())


def test_every_word_and_colour_of_a_verdict_comes_from_the_scale(found: Findings) -> None:
    for e, section in zip(found.claims, found.record.section("claims").sections, strict=True):
        assert section.tags == ((e.verdict.value, e.verdict.tone),)
    legend = {row["verdict"]: row for row in found.table("verdicts")}
    assert legend["supported"]["means"] == Verdict.SUPPORTED.meaning
    assert (legend["supported"]["claims"], legend["supported"]["which"]) == (2, "1, 4")
    assert "no verdict" not in legend


def test_what_was_found_is_all_there(found: Findings) -> None:
    data = json.loads(document(found.record))
    assert data["kind"] == "trial"
    assert len(found.table("draws")) == 3 * 25
    assert {row["part"] for row in found.table("measured")} == {"before", "value", "effect"}
    assert {row["speaks"] for row in found.table("precedents")} == {"for", "against"}
    keys = [s.key for s in found.record.sources]
    behind = {k for c in found.trial.cases.values() for f in c.facts for k in f.source}
    assert set(keys) >= {"yearbook", "book"} | behind, "the record's sources first, then those of the data"
    assert len(set(keys)) == len(keys)
    assert {"trial_hash", "case_hash", "parameters_hash", "code_hash"} <= set(found.record.made)
    assert "Trade loosens pacts." in found.record.question
    assert "scoreboard" in found._repr_html_()
    with pytest.raises(FoedusError, match="Did you mean 'claims'"):
        found.table("claim")


def test_the_place_shows_what_bears_on_claims(found: Findings) -> None:
    place = found.record.section("place")
    assert [s.key for s in place.sections] == ["blocks"]
    assert place.sections[0].notes[0] == "Bears on claims 1 and 3."
    assert any(c.mark == "stack" for c in place.all_charts())
    assert all(t.quiet for t in place.all_tables())


def test_the_page_tells_every_claim(found: Findings) -> None:
    text = page_text(found.record)
    for words in ("Trade loosens pacts.", "The verdicts", "It is wrong if", "A pact is signed.", "A yearbook of arms"):
        assert words in text, words
    for e in found.claims:
        assert f'id="claims-{e.claim.id}"' in text
    keys = [c.key for c in found.record.charts()]
    assert len(keys) == len(set(keys))


def test_the_documented_counts_are_those_found() -> None:
    text = (Path(__file__).parents[2] / "docs" / "trials.md").read_text(encoding="utf-8")
    for name in trial_names():
        tally = counts(trial(name, draws=50, seed=1, workers=1))
        listed = [tally.get(v, 0) for v in (Verdict.SUPPORTED, Verdict.DISPUTED, Verdict.OPEN, Verdict.CONTRADICTED)]
        assert f"| {name} | {' | '.join(map(str, listed))} |" in text


@pytest.fixture(scope="module")
def tab_of(browser: Any) -> Callable[[int], Any]:
    return lambda width: browser.new_context(viewport={"width": width, "height": 900}, offline=True).new_page()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_reads_well_in_a_browser(
    width: int, found: Findings, tab_of: Callable[[int], Any], tmp_path: Path
) -> None:
    page = tmp_path / "trial.html"
    page.write_text(page_text(found.record), encoding="utf-8")
    tab, complaints = tab_of(width), []
    tab.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    tab.goto(page.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert complaints == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    seen = tab.evaluate(
        "[...document.querySelectorAll('#claims figure svg')].filter(s => s.getBoundingClientRect().width > 0).length"
    )
    assert seen == sum(len(list(s.all_charts())) for s in found.record.section("claims").sections)
    cut = tab.evaluate(
        """[...document.querySelectorAll('figure svg')].filter(s => s.getBoundingClientRect().width > 0).flatMap(s => {
             const b = s.getBoundingClientRect();
             return [...s.querySelectorAll('text')].filter(t => {
               const r = t.getBoundingClientRect(); return r.left < b.left - 2 || r.right > b.right + 2 || r.bottom > b.bottom + 2;
             }).map(t => t.textContent) })"""
    )
    assert cut == []
    colours = tab.evaluate("[...document.querySelectorAll('#claims .verdict')].map(v => [v.textContent, v.className])")
    assert colours == [[e.verdict.value, f"verdict {e.verdict.tone}"] for e in found.claims]
