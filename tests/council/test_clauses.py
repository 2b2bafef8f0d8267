"""Clauses: what the model reads of a text, and the names of institutions."""

from __future__ import annotations

import pytest

from foedus.council.acts import No
from foedus.council.clauses import key_of, parts_of_key, read_clause

STATES = ("USA", "JPN", "KOR", "AUS", "CHN")


@pytest.mark.parametrize(
    ("words", "said", "makes"),
    [
        ("form body KOR, JPN,USA", "form body USA,JPN,KOR rule consensus", "body consensus USA,JPN,KOR"),
        ("form body USA,JPN,KOR rule hub", "form body USA,JPN,KOR rule hub", "body hub USA,JPN,KOR"),
        ("form  forum AUS,USA,JPN", "form forum USA,JPN,AUS", "forum USA,JPN,AUS"),
        ("treaty KOR,JPN depth .4", "treaty JPN,KOR depth 0.4", "treaty JPN,KOR depth 0.4"),
        ("treaty KOR,USA depth 1", "treaty USA,KOR", "treaty USA,KOR"),
        ("admit AUS to forum USA,KOR,JPN", "admit AUS to forum USA,JPN,KOR", "forum USA,JPN,KOR,AUS"),
        ("end treaty KOR,USA", "end treaty USA,KOR", ""),
        ("mediate KOR,JPN by USA", "mediate JPN,KOR by USA", ""),
        ("undertake KOR.free_force:0.8", "undertake KOR.free_force:0.8", ""),
    ],
)
def test_a_clause_is_kept_in_one_form(words: str, said: str, makes: str) -> None:
    clause = read_clause(words, STATES, "USA")
    assert (str(clause), clause.makes) == (said, makes)
    assert read_clause(said, STATES, "USA") == clause


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("form body USA,JPN", "three members"),
        ("form body USA,JPN,USA", "stands twice"),
        ("treaty USA,JPN,KOR", "two states"),
        ("treaty USA,JPN depth 2", "share of a full alliance"),
        ("treaty USA,JPN depth 1.2.3", "no number"),
        ("treaty USA,FRA", "no state of this room's case"),
        ("admit KOR to forum USA,JPN,KOR", "already one"),
        ("admit KOR to the club", "names no institution"),
        ("let there be peace", "no clause that the model reads"),
    ],
)
def test_what_is_no_clause_is_refused_in_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(No) as refused:
        read_clause(words, STATES, "USA")
    assert sentence in refused.value.sentence


def test_a_key_is_read_back() -> None:
    for key in ("body hub USA,JPN,KOR", "forum USA,JPN,KOR", "treaty JPN,KOR depth 0.4", "commitment USA,TWN"):
        kind, rule, members, depth = parts_of_key(key)
        assert key_of(kind, members, rule, depth) == key
