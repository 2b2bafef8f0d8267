"""Trial: a text claim by claim: what model and record say of each as a matrix, and the evidence of the one that is chosen."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from foedus.asking import argument
from foedus.asking.ask import Ask, How
from foedus.asking.rivalry import scored
from foedus.casebook.case import Case
from foedus.draws.remembered import remembered
from foedus.model.calibration_file import calibration_names
from foedus.surfaces.svg.draw import draw
from foedus.surfaces.svg.pen import to_png
from foedus.trials import scoreboard
from foedus.trials.claims import Trial, read_trial, trial_names, trials_folder
from foedus.trials.each_claim import claim_section, lead
from foedus.trials.evidence import Evidence, Findings
from foedus.trials.exhibits import tally_chart
from foedus.trials.readings import in_words, wrong_if
from foedus.trials.so_far import SoFar, Standing
from foedus.trials.told import by_whom, made_with, most_against, sentence
from foedus.trials.verdict import FAILS, HOLDS, MODEL, RECORD, Verdict
from foedus.version import __version__
from foedus.vocabulary.errors import FoedusError, Problem, fail, nearest
from foedus.vocabulary.prose import dated
from foedus.vocabulary.record import Record
from foedus.vocabulary.tables import percent
from foedus.web.address import FORMS, Address, no_form, version_of
from foedus.web.framed import as_csv, as_json, framed, taking
from foedus.web.held import Held
from foedus.web.looked_up import looked_up
from foedus.web.shown import WIDE, charted, exported
from foedus.web.state import State
from foedus.web.underway import Run
from foedus.web.view import Shown

_WORDS: Final = ("claim", "without", "law", "draws", "seed", "calibration", "v")
_MODEL: Final = {
    "holds": "Model holds it",
    "split": "Model is split",
    "fails": "Model fails it",
    "silent": "Model is silent",
}
_RECORD: Final = {
    "supports": "Record supports",
    "mixed": "Record is mixed",
    "silent": "Record is silent",
    "contradicts": "Record contradicts",
}
_RIVALS: Final = ("landscape", "bargaining", "persistence", "record")
"""Theories that are asked beside the model, none of which draws anything."""
_ID: Final = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Hearing:
    """What a page about a trial shows."""

    name: str
    ask: Ask
    claim: int | None = None
    form: str = ""
    version: str = ""

    def link(self, claim: int | None = None, form: str = "", whole: bool = False) -> str:
        """Return the address of another claim, or another form, of the same trial; whole, with its usual draws and no version."""
        pairs = [("claim", str(claim))] if claim is not None else []
        pairs += [("without", w) for w in self.ask.without] + [("law", w.replace("=", ":")) for w in self.ask.laws]
        pairs += [("draws", str(self.ask.draws))] if whole or self.ask.draws != argument.DRAWS else []
        pairs += [("seed", str(self.ask.seed))] if self.ask.seed != 1 else []
        pairs += [("calibration", str(self.ask.calibration))] if self.ask.calibration else []
        pairs += [("v", self.version)] if self.version and not whole else []
        words = urlencode(pairs, safe=":,@", quote_via=quote)
        return f"/t/{quote(self.name)}{'.' + form if form else ''}" + (f"?{words}" if words else "")

    def command(self) -> str:
        """Return the command that tries the same text."""
        words = ["foedus", "trial", self.name]
        words += [w for m in self.ask.without for w in ("--without", m)] + [
            w for m in self.ask.laws for w in ("--law", m)
        ]
        words += ["--calibration", str(self.ask.calibration)] if self.ask.calibration else []
        words += ["--draws", str(self.ask.draws)] if self.ask.draws != argument.DRAWS else []
        words += ["--seed", str(self.ask.seed)] if self.ask.seed != 1 else []
        return shlex.join(words)


def read(path: str, words: str) -> Hearing:
    """Return what an address about a trial means.

    Raises
    ------
    FoedusError
        Everything in it that is wrong.
    """
    name, _, form = path.partition(".")
    if form and form not in FORMS:
        raise no_form(form, FORMS)
    if name not in trial_names():
        raise fail(f"trial '{name}'", "there is no such trial", nearest(name, trial_names()))
    pairs = parse_qsl(words, keep_blank_values=True)
    wrong = [Problem(f"'{k}'", "an address has no such word", nearest(k, _WORDS)) for k, _ in pairs if k not in _WORDS]
    numbers = {k: v for k, v in pairs if k in ("claim", "draws", "seed")}
    wrong += [
        Problem(k, f"'{v}' is not a whole number", "Give a whole one")
        for k, v in numbers.items()
        if not _ID.fullmatch(v)
    ]
    if wrong:
        raise FoedusError(wrong)
    asked = Ask(
        without=tuple(v for k, v in pairs if k == "without"),
        laws=tuple(v.replace(":", "=", 1) for k, v in pairs if k == "law"),
        calibration=dict(pairs).get("calibration", ""),
        draws=int(numbers.get("draws", argument.DRAWS)),
        seed=int(numbers.get("seed", 1)),
    )
    claim = int(numbers["claim"]) if "claim" in numbers else None
    return Hearing(name, asked, claim, form, version_of(dict(pairs).get("v", "")))


def trial(held: Held, request: Request) -> Response:
    """Return the page of a trial, or what it is for programs; errors as :func:`read`."""
    hearing = read(str(request.path_params["rest"]).strip("/"), request.url.query)
    if hearing.form == "yaml":
        text = (trials_folder() / f"{hearing.name}.yaml").read_text(encoding="utf-8")
        return Response(text, media_type="application/yaml")
    run = heard(held, hearing)
    if hearing.form:
        return formed(hearing.form, held.outcome(run))
    if run.finished.is_set() and run.error is not None:
        raise run.error
    shown = _whole(held, hearing, run.result) if run.finished.is_set() else _waiting(held, hearing, run)
    take = taking(FORMS, lambda form: hearing.link(form=form), "trial")
    kept = hearing.link(hearing.claim, whole=True)
    place = Address(str(shown.words["case_name"]))
    return framed(held, shown, None, link=kept, version=hearing.version, place=place, take=take)


def heard(held: Held, hearing: Hearing) -> Run:
    """Return the run that tries a text, begun now if nobody has asked for it yet."""
    held.limits.check_calibration(str(hearing.ask.calibration), calibration_names())
    held.limits.check_draws(hearing.ask.draws, hearing.command())

    def work(how: How) -> Findings:
        how = replace(how, ensemble=so_far(held, hearing).heard(how.ensemble)) if how.ensemble is remembered else how
        return argument.tried(text_of(held, hearing), hearing.ask, how)

    _ = hearing.ask.values  # what is wrong with the words is said at once, not after the wait
    return held.begun(f"trial {hearing.link(whole=True)}", work, hearing.ask.draws, hearing.command())


def text_of(held: Held, hearing: Hearing) -> Trial:
    """Return the text of a hearing, read once."""
    return held.shelf.get(("trial", hearing.name), lambda: read_trial(hearing.name))


def so_far(held: Held, hearing: Hearing) -> SoFar:
    """Return the draws of a hearing as they come."""
    return held.shelf.get(("so far", hearing.link(whole=True)), SoFar)


def formed(form: str, found: Findings) -> Response:
    """Return what a trial is for programs: its record, the table of its claims, or the picture of its verdicts."""
    record: Record = found.record
    if form == "json":
        return Response(as_json(record), media_type="application/json")
    if form == "csv":
        return as_csv(record, "claims")
    title = f"Verdicts. {found.trial.text.title}"
    svg = exported(draw(tally_chart(found), WIDE), title, made_with(found), lettered=form != "png")
    if form == "png":
        return Response(to_png(svg), media_type="image/png")
    return Response(svg, media_type="image/svg+xml")


def _waiting(held: Held, hearing: Hearing, run: Run) -> Shown:
    """Return what the record says of every claim, and each verdict as soon as no further draw can change it."""
    text = text_of(held, hearing)
    standing = so_far(held, hearing).standings(text, hearing.ask.draws)
    left = sum(s.verdict is None for s in standing)
    how_far = held.runs.waits(run, "draws" if left else "things that could change a claim")
    what = (
        "A verdict stands below as soon as no draw that is still to come can change it"
        if left
        else "Every verdict is there; what would change it is being worked out"
    )
    state = State(f"{how_far} {what}; this page looks again by itself.", True, done=run.done, total=run.total)
    ids = [s.claim.id for s in standing]
    chosen = standing[ids.index(_named(hearing, ids, text.text.decided_by))]
    at = ids.index(chosen.claim.id)
    columns = [m for m in _MODEL if m != "silent" or any(s.model == m for s in standing)]
    words = {
        **_head(text.text),
        "state": state,
        "claims": [(c.id, c.says) for c in text.claims],
        "case_name": text.case.name,
        "tally": [(v.value, n, _tone(v)) for v in Verdict if (n := sum(s.verdict is v for s in standing))]
        + ([("waiting", left, "untried")] if left else []),
        "matrix": [
            (
                words,
                [
                    [_standing(hearing, s, s is chosen) for s in standing if s.seen == seen and s.model == model]
                    for model in (*columns, "")
                ],
            )
            for seen, words in _RECORD.items()
        ],
        "columns": [*(_MODEL[m] for m in columns), "Model is being asked"],
        "rule": _RULE,
        "waiting": {
            "id": chosen.claim.id,
            "verdict": chosen.verdict.value if chosen.verdict else "",
            "tone": _tone(chosen.verdict) if chosen.verdict else "untried",
            "says": chosen.claim.says,
            "asks": in_words(chosen.claim.test) if chosen.claim.test is not None else "",
            "met": chosen.met,
            "asked": chosen.asked,
            "seen": _RECORD[chosen.seen],
            "record": looked_up(chosen.precedents, text),
            "record_charts": (),
            "wrong_if": wrong_if(chosen.claim.falsified_if),
            "rivals": rivals_of(held, text.case),
            "place": text.case.title,
        },
        "chosen": None,
        "before": hearing.link(ids[at - 1]) if at else "",
        "after": hearing.link(ids[at + 1]) if at + 1 < len(ids) else "",
        "table": None,
        "slips": None,
        "omitted": None,
        "case_link": f"/c/{quote(text.case.name, safe='@')}",
        "case_words": text.case.title,
        "cited_title": f"{text.text.title}, not tried to the end: a verdict on {len(standing) - left} of {len(standing)} claims",
    }
    return Shown("trial.html", text.text.title, words, hearing.command(), {"foedus": __version__}, 2)


def _standing(hearing: Hearing, s: Standing, chosen: bool) -> dict[str, Any]:
    of = s.verdict.value if s.verdict else f"so far true in {s.met} of {s.asked} draws" if s.asked else "not drawn yet"
    return {
        "id": s.claim.id,
        "says": f"Claim {s.claim.id}, {of}: {s.claim.says}",
        "link": hearing.link(s.claim.id),
        "tone": _tone(s.verdict) if s.verdict else "untried",
        "chosen": chosen,
    }


_RULE: Final = (
    f"A claim holds if it is true in {percent(HOLDS)} of the draws or more, and fails below {percent(FAILS)}. What "
    "model and record say together gives the verdict, by the same rule for every claim."
)


def _head(text: Any) -> dict[str, Any]:
    where = f", {text.where}" if text.where else ""
    return {
        "author": f"{text.author}, {dated(str(text.date))}{where}",
        "heading": text.title,
        "thesis": text.thesis,
        "says": (),
    }


def _whole(held: Held, hearing: Hearing, found: Findings) -> Shown:
    chosen = chosen_of(hearing, found)
    ids = [e.claim.id for e in found.claims]
    at = ids.index(chosen.claim.id)
    words = {
        **_head(found.trial.text),
        "says": (sentence(found), *most_against(found)),
        "state": State(
            "" if found.draws else "No draws: the model was asked with the values in use alone, which is no verdict."
        ),
        "claims": [(e.claim.id, e.claim.says) for e in found.claims],
        "tally": [(v.value, n, _tone(v)) for v, n in scoreboard.counts(found).items()],
        "matrix": matrix(hearing, found, chosen),
        "columns": [_MODEL[m] for m in columns_of(found)],
        "rule": _RULE,
        "waiting": None,
        "chosen": evidence(found, chosen, held),
        "before": hearing.link(ids[at - 1]) if at else "",
        "after": hearing.link(ids[at + 1]) if at + 1 < len(ids) else "",
        "table": scoreboard.scoreboard(found),
        "slips": scoreboard.slips(found) if found.trial.slips else None,
        "omitted": scoreboard.omitted(found) if found.omitted else None,
        "case_link": f"/c/{quote(found.trial.case.name, safe='@')}",
        "case_words": found.trial.case.title,
        "case_name": found.trial.case.name,
        "cited_figure": sentence(found),
    }
    return Shown("trial.html", found.trial.text.title, words, hearing.command(), made_with(found))


def chosen_of(hearing: Hearing, found: Findings) -> Evidence:
    """Return the claim that an address names: the thesis where it names none.

    Raises
    ------
    FoedusError
        The text makes no such claim.
    """
    known = {e.claim.id: e for e in found.claims}
    return known[_named(hearing, list(known), found.trial.text.decided_by)]


def _named(hearing: Hearing, ids: list[int], thesis: int | None) -> int:
    if hearing.claim is None:
        return thesis if thesis in ids else ids[0]
    if hearing.claim not in ids:
        raise fail(f"claim {hearing.claim}", "the text makes no such claim", f"Its claims are {min(ids)} to {max(ids)}")
    return hearing.claim


def columns_of(found: Findings) -> list[str]:
    """Return what the model says of at least one claim, from yes to no; the three clear words always."""
    said = {e.model for e in found.claims}
    return [m for m in ("holds", "split", "fails", "silent") if m in MODEL and (m != "silent" or m in said)]


def matrix(hearing: Hearing, found: Findings, chosen: Evidence) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """Return the claims by what the record says (down) and the model says (across)."""
    rows = []
    for seen in ("supports", "mixed", "silent", "contradicts"):
        assert seen in RECORD
        cells = []
        for model in columns_of(found):
            here = [e for e in found.claims if e.seen == seen and e.model == model]
            cells.append([_token(hearing, e, e is chosen) for e in here])
        rows.append((_RECORD[seen], cells))
    return rows


def _token(hearing: Hearing, e: Evidence, chosen: bool) -> dict[str, Any]:
    return {
        "id": e.claim.id,
        "says": f"Claim {e.claim.id}, {e.verdict.value}: {e.claim.says}",
        "link": hearing.link(e.claim.id),
        "tone": _tone(e.verdict),
        "chosen": chosen,
    }


def _tone(verdict: Verdict) -> str:
    return verdict.name.lower()


def rivals_of(held: Held, case: Case) -> list[tuple[str, str, str]]:
    """Return what rival theories and the record's law forecast of a case: theory, what it says, what it cannot answer."""

    def asked(theory: str) -> tuple[str, str, str]:
        try:
            found = scored([case], (theory,), Ask(draws=0), How(1))[0].prediction
        except FoedusError as error:
            return theory, "", str(error.problems[0])
        return theory, found.says, found.silent

    return held.shelf.get(("rivals", case.sha256), lambda: [asked(theory) for theory in _RIVALS])


def evidence(found: Findings, e: Evidence, held: Held) -> dict[str, Any]:
    """Return everything that a page says of one claim."""
    events = found.trial.events
    section = claim_section(e, found.trial.case, events)
    parts = {s.key: s for s in section.sections}
    return {
        "id": e.claim.id,
        "verdict": e.verdict.value + by_whom(e),
        "tone": _tone(e.verdict),
        "says": e.claim.says,
        "lead": lead(e, events, found.trial.sources),
        "model": parts.get("model"),
        "charts": [(charted(c, 660.0, 350.0), c.caption) for c in (parts["model"].charts if "model" in parts else ())],
        "seen": _RECORD[e.seen],
        "share": percent(e.share) if e.drawn else "",
        "draws": len(e.drawn),
        "record": looked_up(e.precedents, found.trial),
        "record_charts": [
            (charted(c, 660.0, 350.0), c.caption) for c in (parts["record"].charts if "record" in parts else ())
        ],
        "change": parts["change"].says,
        "mechanisms": e.claim.mechanisms,
        "rivals": rivals_of(held, found.trial.case),
        "place": found.trial.case.title,
    }
