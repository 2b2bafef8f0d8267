"""The page of the gallery: every built-in case and trial, what it teaches, what comes out, and what the record says.

Imported by build_docs.py. Every number on the page is worked out when the page is made; only what a reader may learn from
an entry is written by hand, here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import foedus
from foedus.casebook.case import Case
from foedus.casebook.reader import case_names, read_case
from foedus.questions.contradicted import contradicted
from foedus.trials.claims import trial_names
from foedus.trials.evidence import Evidence, Findings

LARGE: Final = 20
"""States from which on a case takes too long to be worked out whenever the pages are made."""

CASES: Final = {
    "asia-1951": "A state without data of its own year: what is judged from the next one says so, and has a range.",
    "asia-1953": "Starting from a blank slate, and holding the star that comes out against the one that was built.",
    "atlantic-2020": "A case with a series: the same states in any year, as `atlantic-2020@1966`.",
    "baltic-1994": "An alliance at whose door others stand: what each would bring and cost. Data in which "
    "nobody is hostile yet give a small threat, whatever is known today.",
    "europe-1914": "A case before there was a General Assembly: positions are judged from regimes with wide ranges, and the answer "
    "hangs on them. Treaties of adversaries are recorded too.",
    "europe-1949": "What a council needs: one adversary at the gate, few quarrels, much in common.",
    "europe-1955": "One more member, and quarrels among allies once they are inside.",
    "europe-2022": "Whom a door lets in: four states that gain most of all stand outside, and the quarrels of two members with them decide. "
    "A treaty with a state at war is more than the theory knows.",
    "gulf-1981": "A hub need not be a superpower. Small quarrels over islands outweigh a threat that is felt by all: here the "
    "record contradicts the model outright. The smallest case, good to start from.",
    "indo-pacific-2020": "The case of the essay: trade with the adversary, states that are not recognised, a quarrel between two "
    "allies.",
    "indo-pacific-2025": "The same place five years on: small agreements that add no duty of defence are recorded and weigh nothing; "
    "a quarrel that was settled, trade that grew.",
    "south-east-asia-1967": "A forum without the hub, beside a pact with it: neighbours who quarrel make a place to meet.",
}
TRIALS: Final = {
    "a-nato-in-asia": "A long text, claim by claim, with what it leaves out and what it has wrong.",
    "alliances-provoke": "An argument of which only one half can be asked: the disclosures say which.",
    "balance-of-threat": "Claims in several places, and a claim that fails in every draw.",
    "large-allies-pay-more": "Numbers of the record beside each other, in units that have to be the same.",
    "passed-bucks": "Two eras compared: a claim of 1914 with a quantity of 1949. That all claims are supported says how close they "
    "stand to what the model assumes, and not that the text is right.",
    "powerplay": "A model that says the opposite of a famous article, and a record that does not settle it.",
    "trade-loosens-alliances": "The shortest trial: three claims and one lever.",
}


def page() -> str:
    """Return the page.

    Raises
    ------
    KeyError
        A case or trial is new, and nothing is said here of what it teaches.
    """
    return (
        "\n".join(
            [
                "# Gallery",
                "",
                "Cases and trials to open, copy and change, made from the package itself: no number on this page was typed. All cases "
                "are worked out with the same parameters and facts as they stand, without any draw; where the record contradicts the "
                "answer, the page says so. How sure an answer is says `foedus assess NAME`, how a claim fares over draws "
                "`foedus trial NAME` ([the counts](trials.md#the-verdict)).",
                "",
                "```sh",
                "foedus case list                              # the cases, each with its question",
                "foedus case new my-gulf --from gulf-1981      # a copy in a folder of its own, complete as it is",
                "foedus case check my-gulf",
                "foedus trial                                  # the trials, each with its thesis",
                "foedus trial powerplay --copy my-trial.yaml   # a copy, to be changed",
                "```",
                "",
                "How to write your own stands in [a case and a trial of your own](own.md).",
                "",
                "## Cases",
                "",
                *(line for name in case_names() for line in _case(read_case(name))),
                "## Trials",
                "",
                *(line for name in trial_names() for line in _trial(foedus.trial(name, draws=0, workers=1))),
            ]
        ).rstrip()
        + "\n"
    )


def _case(case: Case) -> Iterator[str]:
    judged = sum(f.judged is not None for f in case.facts)
    yield from (f"### `{case.name}`", "", f"**{case.title}.** {case.question}", "")
    yield (
        f"{len(case.states)} states, hub {case.hub}, against {' and '.join(case.adversaries)}; {len(case.facts)} facts, {judged} of "
        f"them judged; {len(case.institutions)} institutions, {len(case.events)} dated events. `foedus assess {case.name}`"
    )
    yield from ("", f"*Teaches:* {CASES[case.name]}", "")
    if len(case.states) >= LARGE:
        yield from ("*Answer:* takes longer than this page may; the command says it.", "")
        return
    found = foedus.assess(case.name, draws=0)
    against = contradicted(found) or ("Nothing that is on record contradicts it.",)
    yield from (f"*Answer:* {' '.join(found.record.says[:-1])}", "", f"*Record:* {' '.join(against)}", "")


def _trial(found: Findings) -> Iterator[str]:
    text = found.trial.text
    yield from (f"### `{found.trial.name}`", "", f"**{text.title}**, {text.author}, {text.date}. {text.thesis}", "")
    yield from (f"*Teaches:* {TRIALS[found.trial.name]} `foedus trial {found.trial.name}`", "")
    yield from ("| claim | with the values in use | the record |", "|---|---|---|")
    yield from (f"| {e.claim.id}. {e.claim.says} | {_model(e)} | {e.seen} |" for e in found.claims)
    yield from ("", *(f"- {said}" for said in found.trial.disclosures), *([""] if found.trial.disclosures else []))


def _model(evidence: Evidence) -> str:
    """Return whether a claim holds with the values in use, in one word."""
    effect = evidence.default.effect
    return "is not asked" if math.isnan(effect) else "holds" if effect > 0 else "fails"
