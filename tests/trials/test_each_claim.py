"""Each claim: what the record has against it stands beside the number, with the event and its source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from foedus.trials.bench import Measured
from foedus.trials.claims import read_trial
from foedus.trials.each_claim import claim_section
from foedus.trials.evidence import Findings
from foedus.trials.hearing import try_claims
from foedus.vocabulary.record import Section
from trials.trialfiles import write_trial

AGAINST = ("event: PACT, says: supports", "event: PACT, says: contradicts")


def section(found: Findings, k: int) -> Section:
    return claim_section(found.claims[k], found.trial.case, found.trial.events)


def test_a_contradiction_names_its_event_and_source_beside_the_share(tmp_path: Path) -> None:
    found = try_claims(read_trial(write_trial(tmp_path, *AGAINST)), 4, 1)
    told = section(found, 0)
    assert told.tags == (("disputed", "mixed"),)
    assert told.says == (
        "Disputed: the model holds it, true in 100 % of 4 draws; the record contradicts it (1999-05-01, A pact is signed; book).",
    )


def test_a_mixed_record_names_what_stands_against(tmp_path: Path) -> None:
    found = try_claims(read_trial(write_trial(tmp_path)), 4, 1)
    assert "the record is mixed (against it: not so in it: there should not have been any)" in section(found, 1).says[0]
    parts = {p.key: p for p in section(found, 0).sections}
    assert list(parts) == ["model", "record", "change"]
    assert parts["record"].says == ("For it: It was signed when trade was low (1999-05-01: A pact is signed; book).",)
    assert "Without exposure the answer turns." in parts["change"].says
    assert "Among 4 draws a share tells little." in parts["model"].notes


def test_a_mechanism_turns_shifts_or_changes_nothing(tmp_path: Path) -> None:
    found = try_claims(read_trial(write_trial(tmp_path)), 0, 1)
    first, second = found.claims[2].without
    without = (replace(first, turned=False, idle=True), replace(second, turned=False, idle=False))
    told = claim_section(replace(found.claims[2], without=without), found.trial.case, found.trial.events)
    says = next(p.says for p in told.sections if p.key == "change")
    assert f"Without {first.mechanism} nothing changes here." in says
    assert f"Without {second.mechanism} it shifts but does not turn." in says


def test_a_number_that_assess_gives_otherwise_says_why() -> None:
    found = try_claims(read_trial("a-nato-in-asia"), 0, 1)
    notes = {
        e.claim.id: " ".join(claim_section(e, found.trial.case, found.trial.events).sections[0].notes)
        for e in found.claims
    }
    assert (
        "Asked of indo-pacific-2020@2017 and indo-pacific-2020@2008, while “foedus assess indo-pacific-2020”"
        in notes[2]
    )
    assert "Asked of a council of the allies" in notes[6]
    assert "before the reprisals" in notes[24]
    assert notes[27] == ""
    no_room = [k for k, words in notes.items() if "nothing could meet it" in words]
    assert no_room == [1], "what cannot fall by two points is said to"


def test_what_has_no_room_for_the_change_in_most_draws_says_in_how_many() -> None:
    found = try_claims(read_trial("a-nato-in-asia"), 0, 1)
    (e,) = (e for e in found.claims if e.claim.id == 1)
    drawn = tuple(Measured(0.01, before, -0.01) for before in (0.011, 0.02, 0.021, 0.05))
    told = claim_section(replace(e, drawn=drawn, draws=4), found.trial.case, found.trial.events)
    (words,) = (n for n in told.sections[0].notes if "room" in n)
    assert words == (
        "With the values in use nothing could meet it: it is 1.13 % a year before the change; of 4 draws there is room for it "
        "in 2. To fail it then says little about the claim."
    )
    plenty = replace(e, drawn=drawn, draws=4, default=Measured(0.3, 0.4, 0.08))
    told = claim_section(plenty, found.trial.case, found.trial.events)
    assert not any("room" in n for n in told.sections[0].notes)


def test_an_answer_that_the_draws_do_not_bear_out_says_on_what_it_rests() -> None:
    found = try_claims(read_trial("a-nato-in-asia"), 0, 1)
    (e,) = (e for e in found.claims if e.claim.id == 1)

    def asked(met: int, now: float, draws: int = 50) -> str:
        drawn = tuple(Measured(0.01, 0.02, 0.01 if k < met else -0.01) for k in range(draws))
        one = replace(e, drawn=drawn, draws=draws, default=replace(e.default, effect=now))
        return claim_section(one, found.trial.case, found.trial.events).sections[0].says[1]

    rests = "rests on the judged numbers being as they are."
    assert asked(12, 0.1).endswith(f"It is met there, but in only 24 % of draws: that it is true {rests}")
    assert asked(40, 0.1).endswith(f"It is met there, but in 80 % of draws: that it is true {rests}")
    assert asked(48, -0.1).endswith(f"It is not met there, but in 96 % of draws it is: that it is not true {rests}")
    assert asked(48, 0.1).endswith("It is met.")
    assert asked(2, -0.1).endswith("It is not met.")
    assert asked(2, 0.1, draws=10).endswith("It is met."), "few draws say little"
