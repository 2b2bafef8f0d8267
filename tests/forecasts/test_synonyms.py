"""Verbs that the vocabulary does not have, in all their forms, put as those of the same sense."""

from __future__ import annotations

import pytest

from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.synonyms import bases, forms
from forecasts.test_wording import ask


@pytest.mark.parametrize(
    ("verb", "all_of_them"),
    [("give", ("give", "gives", "gave", "given", "giving")), ("annul", ("annul", "annuls", "annulled", "annulling"))],
)
def test_all_forms_of_a_verb_are_made_and_found_again(verb: str, all_of_them: tuple[str, ...]) -> None:
    assert forms(verb) == all_of_them
    assert verb in bases(all_of_them[-2])


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("Will Norway have handed in its notice to NATO by 2024?", "leaves", ("NOR",)),
        ("Will Sweden put in its bid to join NATO by 2024?", "applies", ("SWE",)),
        (
            "Will the Philippines serve notice that it is ending its Mutual Defense Treaty with the US by 2025?",
            "treaty ends",
            ("PHL",),
        ),
        ("Will Finland find itself in NATO by 2024?", "joins", ("FIN",)),
        ("Will Sweden and Finland both be sitting at the NATO table as members by 2024?", "joins", ("SWE", "FIN")),
        ("Will Georgia's hopes of joining NATO be realised by 2024?", "joins", ("GEO",)),
        ("Will Turkey's threat to leave NATO be carried out by 2024?", "leaves", ("TUR",)),
        ("Will Turkey be persuaded to leave NATO by 2024?", "leaves", ("TUR",)),
    ],
)
def test_a_verb_that_nobody_knows_is_read_in_the_sense_of_the_thesaurus(
    text: str, kind: str, who: tuple[str, ...]
) -> None:
    query = ask(text, closes="")
    assert (query.kind, query.by or query.all_of) == (kind, who)


@pytest.mark.parametrize(
    "text",
    [
        "Will Sweden call off its bid to join NATO by 2024?",  # "end" beside "join" is not one of the two
        "Will Norway retreat from NATO by 2024?",  # may be less than leaving
        "Will Turkey revoke its withdrawal from NATO by 2024?",
        "Will Finland sit at the NATO table as an observer by 2024?",
        "Will Finland's bid to host NATO succeed by 2024?",
        "Will Russia bring the war to an end by 2024?",
        "Will Turkey be asked to leave NATO by 2024?",
        "Will Turkey be tempted to leave NATO by 2024?",
        "Will Turkey have given notice that it is staying in NATO by 2024?",
    ],
)
def test_what_turns_the_sense_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(text, closes="")
