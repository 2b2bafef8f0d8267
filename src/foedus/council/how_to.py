"""How it goes: what a seat does in each phase, in a few sentences that stand in its brief."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.council.room_form import RoomForm


def what_you_do(form: RoomForm, seat: str) -> Iterator[str]:
    """Yield what somebody in a seat does, phase by phase.

    Parameters
    ----------
    form : RoomForm
    seat : str
        Of a state, or of an adversary.
    """
    if seat in form.adversaries:
        yield "You have no seat at the table: you read neither its texts nor what is said there."
        yield "First press “Open a channel” to one or two governments, in the opening already, and say what you offer for a no or warn of: their people sign, not the model."
        yield "Then press “Plan pressure”: whom, and how much of your budget. It is laid on when the table closes; “Announce” it before, with a sentence that all read, and it may be enough."
        yield "It lowers what its target would gain by signing, as far as that trades with you: who does not trade with you feels nothing."
        yield "You sign nothing and give no orders. When the year is read you see what your money did."
        return
    offered, silent = (long_said(s) for s in (form.rules.amendment_seconds, form.rules.silence_seconds))
    yield "Consultation: raise a concern, a sentence that all read; speak with some alone in a channel."
    yield f"Table: an amendment to which nobody objects within {offered} is carried; else both wordings stand in brackets until who holds one lifts it. A text with brackets is not adopted."
    yield f"Silence lasts {silent} unless it says otherwise. Who says nothing agrees; one “Break silence”, with what you would need, opens the text again."
    yield "Orders: answer each line and press “Confirm these orders”. Only what you sign here binds you; who confirms nothing signs nothing."


def long_said(seconds: float) -> str:
    """Return a time, in seconds, as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 5400:
        return f"{seconds / 60:g} minutes"
    return f"{seconds / 3600:g} hours"
