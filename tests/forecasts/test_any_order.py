"""Questions in idioms and in any order: what is read, in words, and near misses that are not."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.asking.ask import load
from foedus.casebook.reader import case_names
from foedus.forecasts.dated import Question
from foedus.forecasts.nearby import nearest
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.wording import understood
from foedus.forecasts.words import read_vocabulary

DAY = dt.date(2026, 1, 15)
CASES = tuple(map(load, case_names()))
WORDS = read_vocabulary(None)


def _read(text: str, day: dt.date = DAY) -> Query:
    return understood(Question("", text, day, dt.date(2030, 12, 31), None), CASES, WORDS, day)


@pytest.mark.parametrize(
    ("text", "kind", "who", "denied", "end"),
    [
        ("Is Turkey going to jump ship from NATO by the end of the decade?", "leaves", ("TUR",), False, "2029-12-31"),
        ("Never will Sweden quit NATO before 2030, right?", "leaves", ("SWE",), True, "2029-12-31"),
        ("So, will Kyiv ever make it into NATO by 2030?", "joins", ("UKR",), False, "2030-12-31"),
        ("Will the Kiwis climb aboard AUKUS by Christmas 2028?", "joins", ("NZL",), False, "2028-12-25"),
        ("By Christmas 2028, will AUKUS have the Kiwis aboard?", "", (), False, ""),
        ("Will Canberra slam the door on AUKUS by 2028?", "leaves", ("AUS",), False, "2028-12-31"),
        ("Will Kazakhstan stay put in the CSTO through 2029?", "stays", ("KAZ",), False, "2029-12-31"),
        ("Would Tokyo and Seoul stay aboard Camp David until 2028?", "stays", ("JPN", "KOR"), False, "2028-12-31"),
        ("Will AUKUS go under by 2028?", "treaty ends", ("AUKUS2021",), False, "2028-12-31"),
        (
            "Is it true that neither Austria nor Ireland joins NATO by 2030?",
            "joins",
            ("AUT", "IRL"),
            True,
            "2030-12-31",
        ),
        (
            "Is the mutual defence treaty of Washington and Manila still on the books in 2029?",
            "treaty holds",
            ("USPHL1951",),
            False,
            "2029-12-31",
        ),
    ],
)
def test_parts_in_any_order(text: str, kind: str, who: tuple[str, ...], denied: bool, end: str) -> None:
    """Idioms, nicknames and "not" are read as the plain words are."""
    if not kind:
        with pytest.raises(NotUnderstood):
            _read(text)
        return
    query = _read(text)
    assert (query.kind, query.named, query.denied or query.at_most == ((0, who),)) == (kind, who, denied)
    assert str(query.end) == end


def test_nobody_is_not_anybody() -> None:
    """ "Not a single ally" is the opposite of any member, and "turns eighty" is a day."""
    query = _read("Not a single one of the Allies will have walked out by the time NATO turns eighty, true?")
    assert query.kind == "leaves"
    assert query.at_most[0][0] == 0
    assert query.end == dt.date(2029, 4, 3)
    assert query.in_words({}).startswith("whether none of")
    never = _read("Never will Sweden quit NATO before 2030, right?")
    assert never.in_words({}).startswith("whether it is not so that Sweden leaves")
    assert never.says().startswith("not leaves")


def test_who_ends_a_treaty_is_who_stands_before_the_verb() -> None:
    """One state before the verb acts; two, or a treaty before it, are either side."""
    acts = _read("Will the Philippines throw in the towel on its alliance with the US by 2029?")
    assert acts.by == ("PHL",)
    either = _read("The mutual defence treaty of Washington and Manila: is it a dead letter by 2029?")
    assert either.by == ()


@pytest.mark.parametrize(
    "text",
    [
        "Will Australia leave ANZUS or will the US, by the end of 2028?",
        "Will Australia tear up ANZUS and the US by 2028?",
        "Warsaw Pact — Albanian exit: formal date.",
        "The Japan-India RAA is in force by 2028",
        "a " * 249,
        "Will Turkey hold up NATO by 2030?",
        "Will anybody but Ukraine join NATO by 2030?",
        "Will Georgia join NATO no earlier than 2030?",
        "Will Turkey be left out of NATO by 2030?",
        "Will everyone except Turkey stay in NATO until 2030?",
        "Will Germany help Ukraine get into NATO by 2030?",
        "Will NATO jump ship from Hungary by 2030?",
        "Will Hungary drag Slovakia out of NATO by 2030?",
        "Will Turkey keep Sweden out of NATO by 2030?",
        "Will Armenia and Belarus leave the CSTO or stay in it until 2030?",
        "Will Hungary or Slovakia and Turkey quit NATO by 2030?",
        "Will Hungary jump ship from NATO twice by 2030?",
        "Will Hungary almost jump ship from NATO by 2030?",
        "Will Hungary threaten to jump ship from NATO by 2030?",
        "If Turkey jumps ship from NATO, will Hungary walk out by 2030?",
        "Will Hungary walk out of a NATO summit by 2030?",
        "Will Hungary jump ship from the EU by 2030?",
        "Will Hungary quit smoking by 2030?",
        "Will Ukraine jump ship from NATO by 2030?",
        "Will Sweden climb aboard NATO by 2030?",
        "Will NATO climb aboard Ukraine by 2030?",
        "Will the Kiwis climb aboard a submarine by 2028?",
        "Armenia, the CSTO: gone by 2028?",
        "Will Tokyo tear up its treaty with Beijing by 2028?",
        "Will the White House tear up NATO's budget by 2028?",
        "Will Hungary jump ship from NATO and Serbia climb aboard by 2030?",
        "Who jumps ship from NATO first by 2030?",
        "Will Hungary jump ship from NATO in every year from 2027 to 2029?",
        "Will Downing Street quit AUKUS or the Kremlin the CSTO by 2028?",
        "Will half of the members jump ship from the CSTO by 2030?",
        "Will not all members stay put in the CSTO through 2030?",
        "Has Hungary jumped ship from NATO, and will Slovakia by 2030?",
        "Will Hungary climb aboard the CSTO with Serbia out of NATO by 2030?",
        "Would Hungary have jumped ship from NATO by 2030?",
        "Will Hungary have to jump ship from NATO by 2030?",
        "Will Hungary be roped in by NATO by 2030?",
        "Will Hungary jump ship from NATO by 32 May 2029?",
        "Will Armenia get out of the CSTO without Russia by 2028?",
        "Does Seoul beat Tokyo in the football at the Asian Games of 2026?",
        "So who's carrying Ohio in 2028, and by how much?",
    ],
)
def test_near_misses_are_refused(text: str) -> None:
    """A word without a place, two readings, another body, another act: none is read."""
    with pytest.raises(NotUnderstood):
        _read(text)


def test_the_nearest_question_is_said() -> None:
    """Where one word alone has no place, the refusal names it and the question that is answered."""
    asked = Question("", "Does purple Hungary jump ship from NATO before 2030?", DAY, None, None)
    with pytest.raises(NotUnderstood, match="outside the vocabulary: purple") as refused:
        understood(asked, CASES, WORDS)
    near = nearest(asked, CASES, WORDS, None, refused.value.unknown)
    assert near is not None
    assert near.in_words({}).startswith("whether Hungary leaves (NATO1949) from")
