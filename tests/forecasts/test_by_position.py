"""What stands where it can only tell or describe is left out whatever its words are; what binds, names company or another event is not."""

from __future__ import annotations

import pytest

from foedus.forecasts.asides import SET_ABOUT, TOLD
from foedus.forecasts.query import NotUnderstood
from foedus.forecasts.turns import OCCASION
from forecasts.test_wording import ask


@pytest.mark.parametrize(
    ("text", "plain", "note"),
    [
        (
            "Angry at Moscow's inaction, will Armenia leave the CSTO by 2025?",
            "Will Armenia leave the CSTO by 2025?",
            SET_ABOUT,
        ),
        (
            "As the pandemic drags on, will the Quad leaders meet in 2022?",
            "Will the Quad leaders meet in 2022?",
            SET_ABOUT,
        ),
        (
            "Will Turkey, increasingly at odds with its allies, leave NATO by 2026?",
            "Will Turkey leave NATO by 2026?",
            TOLD,
        ),
        (
            "Will Ireland, spurred by the invasion of Ukraine, join NATO by 2026?",
            "Will Ireland join NATO by 2026?",
            TOLD,
        ),
        ("Will Finland join NATO in the face of Russian threats by 2024?", "Will Finland join NATO by 2024?", OCCASION),
        (
            "Will Japan and Australia sign an ambitious mutual defence treaty by 2026?",
            "Will Japan and Australia sign a mutual defence treaty by 2026?",
            "'ambitious' is not told apart, so that it may ask for less",
        ),
        ("Will war-torn Ukraine join NATO by 2026?", "Will Ukraine join NATO by 2026?", "'war-torn' is not told apart"),
    ],
)
def test_what_only_tells_or_describes_is_left_out_and_said_to_be(text: str, plain: str, note: str) -> None:
    read, bare = ask(text, "2022-06-10", ""), ask(plain, "2022-06-10", "")
    assert (read.kind, read.named, read.treaties, read.start, read.end) == (
        *(bare.kind, bare.named, bare.treaties),
        *(bare.start, bare.end),
    )
    assert any(note in told for told in read.notes)


@pytest.mark.parametrize(
    "text",
    [
        # another event, or who else takes part
        "Emboldened by Finland's accession, will Sweden join NATO by 2024?",
        "Following Finland's accession, will Sweden join NATO by 2024?",
        "With Finland inside NATO, will Sweden join by 2024?",
        "Will Finland join NATO in response to Sweden joining by 2024?",
        "Will Hungary, acting for Turkey, leave NATO by 2024?",
        "Will Japan, in cooperation with Australia, sign a defence treaty with Vietnam by 2024?",
        # a condition, an order, a number
        "Will Sweden, provided Turkey agrees, join NATO by 2024?",
        "In a war with Russia, will Finland join NATO by 2024?",
        "In a second Trump term, will the US leave NATO by 2028?",
        "Could the United States, under a future president, leave NATO before 2030?",
        # nouns before a noun make another thing of it
        "Will Japan sign a fishing agreement with South Korea by 2024?",
        "Will Japan and South Korea sign a missile defence agreement by 2024?",
        "Will Japan and Australia sign a food security pact by 2024?",
        "Will Japan sign a revised defence treaty with the United States by 2024?",
        "Will the Quad hold a technical meeting in 2023?",
        "Will a nuclear-armed ally leave NATO by 2030?",
        # what is near to a name is not what is named
        "Will NATO members leave Afghanistan by 2023?",
        "Will Turkey leave the NATO exercise by 2023?",
        "Will Japan's ambassador to NATO leave by 2023?",
        "Will Finland take its seat at NATO's cyber centre by 2024?",
        "Will Turkey's threat to leave NATO be repeated by 2023?",
        "Will India host the Quad summit in 2023?",
        "Will the mission NATO announced leave Kosovo by 2024?",
    ],
)
def test_what_binds_or_means_another_thing_stays_and_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        ask(text, "2022-06-10", "")


def test_who_leads_a_state_is_left_out_beside_it_and_nobody_else_is() -> None:
    plain = ask("Will Turkey leave NATO by 2026?", "2021-02-15")
    for text in (
        "Will Turkey under Erdogan leave NATO by 2026?",
        "Will Turkey, under the rule of Erdogan, leave NATO by 2026?",
    ):
        assert ask(text, "2021-02-15").all_of == plain.all_of
    with pytest.raises(NotUnderstood):
        ask("Will Turkey under Putin leave NATO by 2026?", "2021-02-15")
    with pytest.raises(NotUnderstood):
        ask("Will Turkey and France under Erdogan leave NATO by 2026?", "2021-02-15")
