"""Words left out: only those that describe, never one that changes what is asked, and the answer names them."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.forecasts.dated import Question
from foedus.forecasts.left_out import binds, in_loose_phrases
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.wording import understood
from forecasts.test_wording import CASES, WORDS


def ask(text: str, opened: str = "2020-12-29") -> Query:
    """Return what is read of a question."""
    return understood(Question("q", text, dt.date.fromisoformat(opened), None, None), CASES, WORDS, None)


@pytest.mark.parametrize(
    ("text", "kind", "who", "left_out"),
    [
        ("Will the leaders of the four Quad countries hold a joint summit before July 2021?", "forum meets", "USA JPN AUS IND", "joint"),
        ("Will Japan and South Korea still have their intelligence-sharing pact in place on 1 January 2025?", "treaty holds", "", "in place"),
        ("Will Canberra and Tokyo forge a full-scale military alliance by the end of 2029?", "treaty signed", "AUS JPN", "full-scale"),
        ("Will Armenia leave the Russian-led CSTO by 2024?", "leaves", "ARM", "Russian-led"),
        ("Will South Korea renew its intelligence pact with Japan automatically in November 2021?", "treaty holds", "", "automatically"),
        ("Will the Quad dissolve, as it did in 2008, before the decade is out?", "forum lapses", "", "as it did in 2008"),
        ("Will Finland apply for and obtain NATO membership by the end of 2023?", "joins", "FIN", "apply for and"),
        ("Will Turkey be expelled from or leave NATO by the end of 2027?", "leaves", "TUR", "be expelled from or"),
        ("Will South Korea be invited into and formally join the Quad by 2024?", "joins", "KOR", "be invited into and formally"),
    ],
)  # fmt: skip
def test_what_only_describes_is_left_out_and_named(text: str, kind: str, who: str, left_out: str) -> None:
    query = ask(text)
    assert query.kind == kind
    assert set(who.split()) <= set(query.named)
    assert query.left_out == (left_out,)
    assert repr(left_out) in query.in_words({})


@pytest.mark.parametrize(
    ("text", "opened", "kind", "note"),
    [
        ("Will the US and Taiwan restore a formal defence treaty by 2030?", "2020-12-29", "treaty signed", "counted as a new one"),
        ("Which of the following will be the next to join NATO: Finland, Sweden or Ukraine?", "2023-01-05", "joins", "who is first"),
        ("Will the United States formally notify its withdrawal from NATO before 2029?", "2025-01-25", "leaves", "is read as"),
        ("Will the Quad consist of only its four original members at the end of 2025?", "2021-03-15", "members", "whoever they are"),
        ("Will there be an Asian NATO by 2035?", "2025-06-01", "treaty signed", "more than is asked"),
    ],
)  # fmt: skip
def test_what_is_read_as_less_or_more_says_so(text: str, opened: str, kind: str, note: str) -> None:
    query = ask(text, opened)
    assert query.kind == kind
    assert any(note in n for n in query.notes)


CHANGED = """
Will Finland refuse to join NATO by 2025?
Will Finland threaten to join NATO by 2025?
Will Finland consider joining NATO by 2025?
Will Finland hold talks on NATO membership by 2025?
Will Finland begin to join NATO by 2025?
Will Finland join NATO temporarily by 2025?
Will Finland join NATO as an observer by 2025?
Will Finland join NATO as an associate member by 2025?
Will Finland join NATO's nuclear planning group by 2025?
Will Finland reject NATO membership by 2025?
Will Finland apply for and be denied NATO membership by 2025?
Will Finland apply for but not obtain NATO membership by 2025?
Will Finland nearly join NATO by 2025?
Will Finland join NATO without Sweden by 2025?
Will Finland join NATO under a Labour government by 2025?
Will Finland join NATO in a referendum by 2025?
Will Finland join NATO in exchange for guarantees by 2025?
Will Finland join NATO in name only by 2025?
Will Turkey be suspended from or leave NATO by 2027?
Will Turkey be expelled from and leave NATO by 2027?
Will Turkey quietly consider leaving NATO by 2027?
Will Turkey leave NATO exercises by 2027?
Will Turkey notify its intention to remain in NATO by 2027?
Will Turkey notify its withdrawal from NATO's integrated air defence by 2027?
Will Turkish voters leave NATO by 2027?
Will Japan and Australia sign a comprehensive trade pact by 2025?
Will Japan and Australia sign a missile defence pact by 2025?
Will Japan and Australia sign a joint defence statement by 2025?
Will Japan and Australia draft a defence treaty by 2025?
Will Japan and Australia restore trust in their defence treaty by 2025?
Will Japanese and Australian firms sign a defence treaty by 2025?
Will Japan and Australia sign a mutual defence treaty covering cyberspace by 2025?
Will Japan and South Korea still have their dispute in place on 1 January 2025?
Will the Quad hold a joint military exercise before July 2021?
Will the Quad hold a joint session of parliaments before July 2021?
Will the Quad hold a technical meeting before July 2021?
Will the Quad navies hold a summit before July 2021?
Will the leaders of the four Quad countries snub a joint summit before July 2021?
Will South Korea be invited into and decline to join the Quad by 2024?
Will South Korea join the Quad's vaccine partnership by 2024?
Will South Korea join the Quad in spirit by 2024?
Will South Korea join the Quad at sea by 2024?
Will the US and the Philippines restore the Visiting Forces Agreement by 2022?
Will the US and Taiwan restore dialogue on a defence treaty by 2030?
Will the US-Japan alliance be strengthened by 2025?
Will the US-Japan alliance remain in force in diluted form in 2025?
Will there be a multilateral collective-defence organisation in the Indo-Pacific by 2030, unlike NATO?
Which of the following will be the last to join NATO: Finland, Sweden or Ukraine?
Will any non-European country join NATO by 2030?
Will the US, Japan and South Korea hold a trade summit like Camp David in 2026?
Will the US elect a president who leaves NATO by 2029?
Will Armenia leave a Russian-led alliance by 2027?
Will Armenia freeze its membership of the CSTO by 2027?
Will Armenia leave the CSTO in all but name by 2027?
"""


@pytest.mark.parametrize("text", CHANGED.strip().splitlines())
def test_a_word_that_changes_what_is_asked_is_never_left_out(text: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(text, "2022-06-20" if "NATO" in text else "2020-12-29")


@pytest.mark.parametrize(
    ("text", "kind", "least"),
    [
        ("Will the Quad be expanded to more than four members by the end of 2028?", "members", 5),
        ("Will the Quad grow to six members by the end of 2028?", "members", 6),
        ("Will at least one of America's five Asian alliances be terminated by 2030?", "treaty ends", 1),
        ("Will at least two of the five US treaty allies in Asia end their treaties by 2025?", "treaty ends", 2),
    ],
)
def test_a_size_is_no_number_of_newcomers_and_one_of_five_is_one(text: str, kind: str, least: int) -> None:
    query = ask(text, "2022-06-20")
    assert query.kind == kind
    assert query.at_least[0][0] == least


def test_what_will_have_happened_on_a_day_happens_by_it_and_a_word_is_not_respelled() -> None:
    query = ask("Will Finland have joined NATO on 1 January 2024?")
    assert query.start < query.end == dt.date(2024, 1, 1)
    assert ask("Will Taiwan regain a formal defence treaty with the United States by 2030?").kind == "treaty signed"


def test_words_that_bind_are_known_in_compounds() -> None:
    assert binds("a trade-heavy pact")
    assert binds("temporarily")
    assert not binds("joint full-scale ceremonial")


def test_a_likeness_counts_only_behind_what_is_likened() -> None:
    assert in_loose_phrases("Will there be a pact like NATO by 2030?")[1] == ("like NATO",)
    assert in_loose_phrases("Would India like NATO by 2030?")[1] == ()
