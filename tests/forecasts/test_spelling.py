"""What is misspelt: put right and said where one word is meant, left alone where it is a word of its own or near to two."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.casebook.reader import read_case
from foedus.forecasts.spelling import own_words, respelled, slips
from foedus.forecasts.words import read_vocabulary

LEXICON = read_vocabulary().lexicon(read_case("indo-pacific-2020"), dt.date(2021, 1, 10))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Will Japan and Phillipines sign an aliance?", "Will Japan and Philippines sign an alliance?"),
        ("Will Austrlia sign a mutaul treaty befor 2024?", "Will Austrlia sign a mutual treaty before 2024?"),
        ("Will the Koreas improve their defences in Siberia by Jume?", ""),
        ("Will Wakanda join, or Iceland?", ""),
        ("Will the treaty be reviewed, or be reneged on, in principle, though parts stay, by thirteen?", ""),
        ("Will Angela, Cameron or Susan swear allegiance by 2022?", ""),
        ("Will Columbia or Teheran sign by 2022?", "Will Colombia or Tehran sign by 2022?"),
        ("Will Biden and Japan meet by 2022?", ""),  # a person, not the Grand Duchy of Baden, which ended in 1871
    ],
)
def test_only_what_can_be_one_word_alone_is_put_right(text: str, right: str) -> None:
    read, notes = respelled(text, LEXICON)
    assert read == (right or text)
    assert len(notes) == sum(a != b for a, b in zip(text.split(), read.split(), strict=True))


def test_slips_by_hand() -> None:
    assert [slips("japan", w) for w in ("japan", "jaapn", "japn", "jappan", "jbpan", "apanj")] == [0, 1, 1, 1, 1, 2]


def test_words_that_stand_for_themselves_are_no_words_of_the_reader() -> None:
    assert {w for w in own_words() if not (w.isalpha() and w == w.casefold())} == set()
    assert not own_words() & {name for name in LEXICON.states if " " not in name}
