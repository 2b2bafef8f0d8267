"""A claim from its file: the first claim of a trial file, read as strictly as any, as the address of the form that makes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from foedus.casebook.yaml_file import check_form, document_of
from foedus.trials.form import PrecedentForm, TrialForm
from foedus.trials.own_claim import ALONE, OwnClaim, Seen
from foedus.trials.own_record import COUNTED, HAPPENED, SOON, VALUED, phrase_of_record
from foedus.vocabulary.errors import FoedusError, fail
from foedus.vocabulary.prose import counted
from foedus.web.claim_words import Claimed, filled
from foedus.web.held import Held

LARGEST: Final = 262_144
"""Bytes of a file that are read."""


def claim_of(content: bytes) -> tuple[OwnClaim, str]:
    """Return the first claim of a trial file, and what of the file the form has no place for, in a sentence.

    Parameters
    ----------
    content : bytes
        Of the file.

    Raises
    ------
    FoedusError
        Everything by which it is no trial file, with its lines.
    """
    document = document_of(Path("your file"), content)
    form: Any = None if document.problems else check_form(document, TrialForm, document.data)
    if form is None:
        raise FoedusError(document.problems)
    claim = form.claims[0]
    model, under = claim.model, claim.model.under if claim.model else None
    own = OwnClaim(
        form.case,
        model.quantity if model else ALONE,
        model.expect if model else "rises",
        _written(model.than) if model else "",
        f"{model.at_least:g}" if model and model.at_least else "",
        tuple(under.set) if under else (),
        (under.lever or "") if under else "",
        tuple(under.without) if under else (),
        tuple(under.laws) if under else (),
        claim.says,
        claim.falsified_if,
        tuple(claim.mechanisms),
        tuple(Seen(_asked(p), p.says, p.because) for p in claim.precedents),
        tuple(form.also),
        form.name,
        form.text.title,
        form.text.author,
        str(form.text.date),
    )
    left = [counted(len(form.claims) - 1, "further claim")] if len(form.claims) > 1 else []
    named = (
        ("omitted", form.omitted),
        ("slips", form.slips),
        ("disclosures", form.disclosures),
        ("events", form.events),
    )
    left += [words for words, there in (*named, ("rivals", claim.rivals)) if there]
    return own, f"Left out, for the form has no place for it: {', '.join(left)}." if left else ""


def _written(value: str | float | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:g}"


def _asked(form: PrecedentForm) -> str:
    """Return what is asked of the record as the form writes it; what asks nothing is left to the reader to refuse."""
    if form.count is not None:
        c = form.count
        side, number = (
            ("at most", c.at_most) if c.at_least is None and c.at_most is not None else ("at least", c.at_least)
        )
        parts = {"type": c.type, "actor": c.actor, "from": c.from_, "to": c.to, "side": side, "number": number}
        return phrase_of_record(COUNTED, {k: "" if v is None else str(v) for k, v in parts.items()})
    if form.value is not None:
        side, limit = ("below", form.below) if form.above is None else ("above", form.above)
        return phrase_of_record(VALUED, {"value": form.value, "side": side, "limit": _written(limit)})
    if form.after is not None:
        days = "" if form.within_days is None else str(form.within_days)
        return phrase_of_record(SOON, {"event": form.event or "", "after": form.after, "days": days})
    return phrase_of_record(HAPPENED, {"event": form.event or ""})


async def read(held: Held, request: Request) -> Response:
    """Return the address of the form that makes the claim of a posted file, or what is wrong with it; nothing is kept."""
    content = b""
    try:
        async for part in request.stream():
            content += part
            if len(content) > LARGEST:
                raise fail("your file", f"it has more than {LARGEST:,} bytes", "Try it with foedus trial")
        own, left = claim_of(content)
        link = Claimed(own).link()
        filled(link.partition("?")[2])  # says so if it is too long for an address
    except FoedusError as error:
        return JSONResponse({"says": [str(p) for p in error.problems]}, 400)
    return JSONResponse({"address": f"{held.prefix}{link}", "says": [left] if left else []})
