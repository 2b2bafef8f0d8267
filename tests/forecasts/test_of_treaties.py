"""Questions of treaties and meetings: which treaty is meant, who ends it, who meets, and what can be read in two ways."""

from __future__ import annotations

import pytest

from foedus.forecasts.query import NotUnderstood
from forecasts.test_wording import FIVE, ask


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Will Japan abrogate its security treaty with the United States?", "treaty ends: USJPN1960 by JPN"),
        ("Will the US and Japan's alliance collapse?", "treaty ends: USJPN1960"),
        ("Will the treaty between Canberra and Washington be ended by either side?", "treaty ends: ANZUS1951"),
        ("Will the US end its alliances with Japan and South Korea?", "treaty ends: USJPN1960, USROK1953 by USA"),
        (
            "Will at least one of the US alliances with Japan, South Korea and the Philippines end?",
            "treaty ends: at least 1 of USJPN1960, USROK1953, USPHL1951",
        ),
        ("Will all US treaty alliances in the Indo-Pacific still be in force?", f"treaty holds: {', '.join(FIVE)}"),
        (
            "How many of the United States' mutual defence treaties in Asia will be terminated?",
            f"treaty ends, how many: at least 0 of {', '.join(FIVE)}",
        ),
        ("Will the Philippines renew its alliance with the United States?", "treaty holds: USPHL1951"),
        ("When will the US-Philippines mutual defense treaty end?", "treaty ends, when: USPHL1951"),
        (
            "Will the US conclude a mutual defence treaty with Vietnam or Indonesia?",
            "treaty signed: USA and at least 1 of VNM, IDN",
        ),
        (
            "Will Japan join a multilateral defence treaty with the United States?",
            "treaty signed, multilateral: JPN, USA",
        ),
        ("Will Japan and the US remain allies?", "treaty holds: USJPN1960"),
        ("Will Thailand cease to be a US treaty ally?", "treaty ends: MANILA1954"),
        ("Will Singapore become a US treaty ally?", "treaty signed: SGP, USA"),
        ("Will the 1960 security treaty between the US and Japan end?", "treaty ends: USJPN1960"),
        ("Will another Quad summit be held?", "forum meets: USA, JPN, AUS, IND (QUAD2017)"),
        ("Will a Quad summit take place?", "forum meets: USA, JPN, AUS, IND (QUAD2017)"),
        ("Will Tokyo, Seoul and Washington hold a trilateral summit?", "forum meets: JPN, KOR, USA"),
    ],
)
def test_what_is_asked(text: str, said: str) -> None:
    assert ask(text).says().startswith(f"{said} [")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Will Japan and the US end their alliance with South Korea?", "both sides of a treaty"),
        ("Will the US-Korea-Japan alliance end?", "one treaty between several"),
        ("Will US allies Japan and Korea sign a mutual defense treaty with the US?", "two ways"),
        ("Which countries will sign a mutual defence treaty with the US?", "does not list the states"),
        ("Will the Quad leaders meet in India?", "is a place"),
        ("Will the Quad meet in Asia?", "is a place"),
        ("Will the Quad meet with South Korea?", "others beside it"),
        ("Will the Quad leaders' summit be cancelled?", "two things"),
        ("How many times will Quad leaders meet?", "how often"),
        ("Will all NATO members meet their commitments?", "'meet' has an object"),
        ("Will NATO foreign ministers meet?", "heads of state"),
        ("Will the US leave Japan?", "which treaty"),
        ("Will the 1951 security treaty between the US and Japan end?", "not of 1951"),
        ("Will the Quad hold its fifth summit?", "first or next"),
        ("Will Australia host the Quad summit?", "vocabulary: host"),
        ("Will Australia hold a Quad summit?", "others beside it"),
        ("Will any member of the Quad hold a summit?", "meets as a whole"),
    ],
)
def test_what_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text)


def test_how_many_and_which_of_a_list_sign_with_one_state() -> None:
    many = ask("How many of Vietnam, Indonesia and Malaysia will sign a defence treaty with the United States by 2025?")
    assert (many.kind, many.form, many.all_of, many.at_least) == (
        "treaty signed",
        "how many",
        ("USA",),
        ((0, ("VNM", "IDN", "MYS")),),
    )
    which = ask("Which of India and Vietnam will sign a mutual defence treaty with Russia by 2025?")
    assert (which.form, which.all_of, which.counted) == ("which", ("RUS",), "treaty signed, two states")


def test_a_capital_that_gave_a_pact_its_name_is_no_state() -> None:
    with pytest.raises(NotUnderstood, match="Brussels"):
        ask(
            "Will a defence treaty of the United States with the Brussels pact powers be signed?",
            "1949-01-15",
            "1949-12-31",
        )


def test_a_treaty_is_known_from_its_signature_on() -> None:
    query = ask("Will Sweden join the North Atlantic Treaty by 1955?", "1949-05-01", "")
    assert (query.kind, query.all_of, query.treaties) == ("joins", ("SWE",), ("NATO1949",))


def test_in_how_many_years_a_forum_meets_is_read_and_how_often_is_not() -> None:
    query = ask("In how many of the years 2021 to 2025 will the Quad meet?", "2020-12-29", "")
    assert (query.kind, query.form, query.whole_years) == ("forum meets", "how many", (2021, 2022, 2023, 2024, 2025))
    assert "several meetings of one year count once" in query.in_words({})
    summit = ask("In how many years between 2022 and 2026 will NATO hold a summit?", "2021-01-10", "")
    assert (summit.counted, len(summit.whole_years)) == ("NATO summit", 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("How many summits will the Quad hold by 2024?", "how often"),
        ("Will the Quad meet in at least three of the next five years?", "counts meetings or years"),
        ("In how many countries will the Quad meet by 2025?", "in how many years a forum meets"),
        ("In how many years will NATO have 32 members by 2030?", "of meetings alone"),
        ("In how many years will two states join NATO before 2030?", "of meetings alone"),
        ("In how many years will the US, Japan and Korea hold a summit from 2021 to 2025?", "forum in force"),
        ("How many years will the Quad last until 2030?", "how long"),
    ],
)
def test_other_numbers_of_meetings_and_years_are_refused(text: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        ask(text, "2020-12-29", "")
