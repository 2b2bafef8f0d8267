"""Questions of members: what is asked of joining, leaving, staying and numbers, and what can be read in two ways."""

from __future__ import annotations

import pytest

from foedus.forecasts.query import NotUnderstood
from forecasts.test_wording import ask

NATO_MEMBERS = 24


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Will Turkey's membership in NATO end?", "leaves: TUR (NATO1949)"),
        ("Will Turkey give up its NATO membership?", "leaves: TUR (NATO1949)"),
        ("Will the US cease to be a NATO member?", "leaves: USA (NATO1949)"),
        ("Will either Turkey, Hungary or both leave NATO?", "leaves: at least 1 of TUR, HUN (NATO1949)"),
        ("Will Turkey and Greece both leave NATO?", "leaves: TUR, GRC (NATO1949)"),
        ("Will Sweden gain NATO membership?", "joins: SWE (NATO1949)"),
        ("Will NATO accession of Finland take place?", "joins: FIN (NATO1949)"),
        ("Will N.A.T.O. gain a member?", "joins: at least 1 of SWE, FIN, IRL (NATO1949)"),
        (
            "Will at least two of Finland, Sweden and Ireland join NATO?",
            "joins: at least 2 of FIN, SWE, IRL (NATO1949)",
        ),
        ("Will no new members join NATO?", "joins: at most 0 of SWE, FIN, IRL (NATO1949)"),
        ("Will neither Finland nor Sweden join NATO?", "joins: at most 0 of FIN, SWE (NATO1949)"),
        ("Will Finland, Sweden, or both join NATO?", "joins: at least 1 of FIN, SWE (NATO1949)"),
        ("Will the Quad expand to include South Korea?", "joins: KOR (QUAD2017)"),
        ("Will Finland be in NATO?", "joins: FIN (NATO1949)"),
        ("Will Poland be a member of NATO?", "stays: POL (NATO1949)"),
        ("Will the US remain in NATO?", "stays: USA (NATO1949)"),
        ("Will the Quad continue to exist?", "treaty holds: QUAD2017"),
        ("Will the Quad be disbanded?", "forum lapses: QUAD2017"),
        ("Will NATO grow to 32 members?", "members: at least 32 (NATO1949)"),
        ("Will NATO have fewer than 30 members?", "members: at most 29 (NATO1949)"),
        ("How many members will NATO have?", "members, how many: (NATO1949)"),
        ("How many countries will join NATO?", "joins, how many: at least 0 of SWE, FIN, IRL (NATO1949)"),
        (
            "Which of Finland, Sweden and Ireland will join NATO?",
            "joins, which: at least 0 of FIN, SWE, IRL (NATO1949)",
        ),
        ("When will Finland join NATO?", "joins, when: FIN (NATO1949)"),
        ("Which of the following will join NATO: Finland, Sweden?", "joins, which: at least 0 of FIN, SWE (NATO1949)"),
        ("Will the Quad gain a fifth member?", "members: at least 5 (QUAD2017)"),
        ("Will NATO expand?", "joins: at least 1 of SWE, FIN, IRL (NATO1949)"),
        ("Will Turkey remain a NATO ally?", "stays: TUR (NATO1949)"),
        ("Will NATO have Sweden as a member?", "joins: SWE (NATO1949)"),
        ("What will NATO's membership be?", "members, how many: (NATO1949)"),
        ("Will NATO have two more members?", "joins: at least 2 of SWE, FIN, IRL (NATO1949)"),
        ("Will two additional countries be NATO members?", "joins: at least 2 of SWE, FIN, IRL (NATO1949)"),
    ],
)
def test_what_is_asked(text: str, said: str) -> None:
    assert ask(text).says().startswith(f"{said} [")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will NATO terminate Turkey's membership?", "what a body does to a state"),
        ("Will NATO leave Turkey?", "what a body does to a state"),
        ("Will the Quad join South Korea?", "what a body does to a state"),
        ("Will the US president leave NATO?", "what persons do"),
        ("Who will leave NATO next?", "first or next"),
        ("Will two NATO members, Greece and Turkey, leave NATO?", "two ways"),
        ("Will Finland and Sweden or Ireland join NATO?", "two ways"),
        ("Will NATO have 32 members?", "exactly 32 members, or at least"),
        ("Will NATO have more than 31 members at any time?", "last day only"),
        ("Will any European member leave NATO?", "part of the world"),
        ("Will Poland join NATO?", "a member of North Atlantic Treaty already"),
        ("Will Finland leave NATO?", "not a member"),
        ("Will Finland and Poland be members of NATO?", "POL is a member|some are members"),
        ("Will at least four of Finland, Sweden and Ireland join NATO?", "asks for 4 and there are 3"),
        ("If Turkey agrees, will Sweden join NATO?", "vocabulary|condition"),
        ("Will Poland apply to join NATO?", "has applied already"),
        ("Will Sweden be the next country to join NATO?", "first or next"),
        ("Who will be members of the Quad?", "no list"),
        ("Which of the following will leave NATO?", "list that it does not give"),
        ("Will NATO's membership remain at 30?", "membership stays as it is"),
        ("Will only Finland join NATO?", "vocabulary: only"),
    ],
)
def test_what_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text)


def test_who_has_joined_before_the_question_is_a_member() -> None:
    with pytest.raises(NotUnderstood, match="FIN is a member"):
        ask("Will Finland join NATO?", "2023-05-01")
    assert "FIN joined after the date of the case" in str(ask("How many members will NATO have?", "2023-05-01").notes)


def test_any_member_is_any_of_those_in_the_case() -> None:
    ((number, members),) = ask("Will at least 3 members leave NATO?").at_least
    assert (number, len(members)) == (3, NATO_MEMBERS)


def test_what_is_kept_is_kept_from_the_day_of_the_question() -> None:
    assert ask("Will Germany still be a NATO member in 2025?").start.isoformat() == "2021-01-10"


def test_on_a_day_is_that_day_for_what_happens_and_up_to_it_for_what_is() -> None:
    assert ask("Will Finland join NATO on 4 April 2023?").start.isoformat() == "2023-04-04"
    assert ask("Will Finland be a member of NATO on 4 April 2023?").start.isoformat() == "2021-01-10"


@pytest.mark.parametrize(
    ("text", "who", "kind"),
    [
        ("Which of Finland, Sweden and Ukraine will be the first to join NATO by 2030?", {"FIN", "SWE", "UKR"}, "joins"),
        ("Who leaves the Quad first: India or Australia, by 2025?", {"IND", "AUS"}, "leaves"),
        ("Which of London, Manila and Paris gets an RAA with Japan first by 2025?", {"GBR", "PHL", "FRA", "JPN"}, "treaty signed"),
    ],
)  # fmt: skip
def test_who_is_first_of_several_is_asked_of_each(text: str, who: set[str], kind: str) -> None:
    query = ask(text, "2021-01-10", "")
    assert (query.kind, query.form, query.first, set(query.named)) == (kind, "which", True, who)


def test_one_that_shall_be_the_first_is_still_no_list() -> None:
    with pytest.raises(NotUnderstood, match="no order"):
        ask("Will Finland be the first to join NATO by 2030?", "2022-02-01", "")
