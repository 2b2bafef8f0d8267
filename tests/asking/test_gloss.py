"""The gloss: names that readers meet are explained, those they do not meet are not, and nothing is taken for a name."""

from __future__ import annotations

from foedus.asking.gloss import glossary, glossed
from foedus.model.parameters import BY_NAME
from foedus.surfaces.page import page
from foedus.vocabulary.record import Record, Section
from foedus.vocabulary.tables import Column, table


def record(*sections: Section, says: tuple[str, ...] = ()) -> Record:
    """Return a record of some sections."""
    return Record("trial", "A trial", "Is it?", "", says, sections)


def test_every_parameter_and_every_fact_that_is_no_plain_word_is_explained() -> None:
    known = glossary()
    for word in ("reach advantage", "free force", "issue linkage", "decision noise", "ideal point", "recklessness"):
        assert len(known[word]) > 10
    assert known["issue linkage"] == BY_NAME["issue_linkage"].meaning
    assert not {"trade", "gdp", "distance"} & set(known)
    assert list(known) == sorted(known)


def test_names_are_found_in_sentences_tables_and_parts_however_they_are_written() -> None:
    shown = table("t", "T", [Column("number"), Column("free_force")], [["reach_advantage", 1.0]])
    part = Section("part", "Part", notes=("With issue linkage.",))
    found = glossed(record(Section("s", "S", ("The decision noise is at most 0.1.",), (shown,), sections=(part,))))
    assert set(found.words) == {"decision noise", "free force", "issue linkage", "reach advantage"}
    assert glossed(record(says=("The publicness of it.",))).words["publicness"]


def test_what_nobody_meets_is_not_explained() -> None:
    quiet = table("t", "T", [Column("number")], [["reach advantage"]], quiet=True)
    means = table("m", "M", [Column("number"), Column("meaning")], [["light depth", "it says so itself"]])
    closed = Section("closed", "Closed", ("issue linkage",), folded=True)
    found = glossed(record(closed, Section("s", "S", ("A decision noiseless.",), (quiet, means))))
    assert found.words == {}


def test_a_page_explains_a_name_where_it_stands_and_at_its_end() -> None:
    shown = table("t", "T", [Column("number")], [["free force"], ["free force of <b>"]])
    text = page(glossed(record(Section("s", "S", (), (shown,)))), lambda *_: "")
    meaning = glossary()["free force"]
    assert f'<abbr title="{meaning}">free force</abbr>' in text
    assert f"<dt>free force</dt><dd>{meaning}</dd>" in text
    assert "free force of &lt;b&gt;" in text
    assert "<h2>Words</h2>" not in page(record(), lambda *_: "")
