"""Glosses: each word once, where it first stands, and none that is not there."""

from __future__ import annotations

import pytest

from foedus.council.glosses import GLOSSES, glossed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The model reads: founds a council of the five, which decides by consensus", ["council"]),
        ("Two treaties with the hub, or a forum; the hub asks", ["hub", "forum"]),
        ("Furthest from the law: by the draw that fell", ["law", "draw"]),
        ("Square brackets in article 1", ["bracket"]),
        ("The law’s chance", ["law"]),
        ("They consult, draw up a lawful text and are deep", []),
        ("treaty USA,JPN depth 0.4", ["depth"]),
    ],
)
def test_words_are_found_in_their_order_and_no_others(text: str, words: list[str]) -> None:
    assert [w for w, _ in glossed(text)] == words


def test_a_word_that_was_explained_is_not_explained_again() -> None:
    assert glossed("A council at the hub", but=("hub",)) == (("council", GLOSSES["council"]),)


def test_a_gloss_is_a_few_words_and_explains_by_no_other_gloss_before_it() -> None:
    assert all(len(words.split()) <= 18 for words in GLOSSES.values())
