"""State: what is changed, and which draws are there, under way, or offered; the same on every page about a case."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from foedus.asking.ask import DRAWS
from foedus.draws.ensemble import in_words
from foedus.mechanisms import MECHANISMS
from foedus.model.sizes import Own, size_of
from foedus.questions.answer import headline, likeliest
from foedus.questions.findings import Assessment
from foedus.vocabulary.prose import country, the
from foedus.vocabulary.states import STATES
from foedus.vocabulary.tables import percent
from foedus.web.address import Address, query, write
from foedus.web.held import Held
from foedus.web.limits import LARGE, TooMuch


@dataclass(frozen=True)
class State:
    """What is said about draws that are not there: how far they are, or a button that begins them."""

    words: str = ""
    under_way: bool = False
    offer: bool = False
    done: int = 0
    total: int = 0
    hidden: tuple[tuple[str, str], ...] = ()
    action: str = ""
    """Words of the address that the button keeps, and the address without them."""
    press: str = ""
    """The address whose draws are so many that only a press begins them, never a link."""

    def verdict(self, found: Assessment) -> tuple[str, str]:
        """Return the headline and its odds.

        Until draws are there the likeliest outcome takes its place: what is said of a body with the values in use alone may
        turn with the draws, and nobody is to take it for the answer.
        """
        said, _, chances = headline(found).partition(": ")
        if found.draws:
            return f"{said.rstrip('.')}.", chances
        return likeliest(found).replace(" of a year", " of a year with the values in use"), chances


def drawn(held: Held, address: Address) -> tuple[Assessment, State]:
    """Return the answer with the draws that are there, and what is said about those that are not.

    Where an address asks for draws that are not kept, they are begun, and for a case as it stands as soon as somebody
    looks; of a world that was changed a button offers them.
    """
    found = held.answer(address)
    if found.draws:
        return found, State()
    if address.draws == 0:
        return found, _offered(held, address, DRAWS)
    wanted = DRAWS if address.draws is None else address.draws
    asked = held.asked(address, wanted)
    begin = address.draws is not None or (held.eager and as_it_stands(held, address))
    run = held.runs.find(asked.digest())
    if wanted > LARGE and run is None:
        return found, State(_long(held, wanted), total=wanted, press=held.prefix + write(address))
    if begin and (run is None or (run.error is not None and address.draws is not None)):
        with suppress(*(() if address.draws is not None else (TooMuch,))):
            run = held.draw(address)
    if run is not None and run.finished.is_set() and run.error is None:
        return held.answer(address), State()
    if run is not None and run.error is None:
        return found, State(f"{held.runs.waits(run, 'draws')} {_SOON}", True, done=run.done, total=run.total)
    problem = f"{run.error.problems[0]} " if run is not None and run.error is not None else ""
    return found, _offered(held, address, wanted, problem)


def _long(held: Held, draws: int) -> str:
    """Return what is said of draws that are too many to be begun unasked, with how long they take where that is known."""
    pace = held.runs.pace
    about = f", which take about {in_words(pace * draws)} here" if pace is not None else ", which take hours"
    return f"{_NONE} This address asks for {draws:,} draws{about} and are begun by a press alone; they go on while this page is open."


def _offered(held: Held, address: Address, draws: int, problem: str = "") -> State:
    hidden = tuple((k, v) for k, v in parse_qsl(query(address)) if k != "draws")
    here = held.prefix + write(replace(address, draws=None)).partition("?")[0]
    return State(problem + _NONE, offer=True, total=draws, hidden=hidden, action=here)


def as_it_stands(held: Held, address: Address) -> bool:
    """Return whether an address changes nothing, so that its draws are worth keeping for everybody; a year is one's own."""
    plain = Address(address.case, address.page, address.state, address.own, year=address.year, form=address.form)
    return address == plain and (address.year is None or not held.limits.public)


KINDS: Final = (
    "{now} is one world, every judged number at its value in use; {mean} is the mean of {draws} worlds in which all of them "
    "vary, and the few that are far from the rest weigh much in it."
)
"""Why the chance with the values in use and the mean over draws differ, wherever both stand on one page."""


def two_kinds(now: float, chances: Sequence[float]) -> str:
    """Return in a sentence why the number with the values in use is not the mean over the draws; empty where it is, as both are read."""
    mean = math.fsum(chances) / len(chances) if chances else math.nan
    written = percent(now), percent(mean)
    return (
        ""
        if not chances or written[0] == written[1]
        else KINDS.format(now=written[0], mean=written[1], draws=len(chances))
    )


_NONE = "No draws yet: nothing is said about certainty."
_SOON = (
    "Until they are there nothing is said about certainty, and there is no verdict; this page looks again by itself."
)


def chips(prefix: str, address: Address, own: Own) -> list[tuple[str, str]]:
    """Return every change in words, each with the address of the page without it.

    Parameters
    ----------
    prefix : str
        Of the addresses.
    address : Address
    own : sequence of OwnLever
        Levers of the case itself; all are said as their sliders say them.
    """
    found = [(_set(w), replace(address, changes=_less(address.changes, w))) for w in address.changes]
    found += [(_pulled(w, own), replace(address, levers=_less(address.levers, w))) for w in address.levers]
    found += [(f"without {switched(w)}", replace(address, without=_less(address.without, w))) for w in address.without]
    found += [(_equals(w), replace(address, laws=_less(address.laws, w))) for w in address.laws]
    known = [w for w in address.word("given").split(",") if w]
    found += [(f"given {_state(w)}", address.having(given=",".join(o for o in known if o != w))) for w in known]
    found += [(f"calibration {address.calibration}", replace(address, calibration=""))] if address.calibration else []
    return [(words, prefix + write(less)) for words, less in found]


def _less(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(w for w in words if w != word)


def _set(word: str) -> str:
    """Return a number that is set, as the search of the playground names it."""
    path, _, value = word.partition("=")
    named = [country(w) if w in STATES else w.replace("_", " ") for w in path.split(".")]
    return f"{' '.join(named)} = {value}"


def switched(mechanism: str) -> str:
    """Return what a mechanism is called that is switched off: what states fear or lose by it, where that is its name."""
    known = MECHANISMS.get(mechanism)
    if known is None:
        return mechanism
    feared = known.called(-1.0) if known.label else ""
    return feared if " of " in feared and "less" not in feared else known.label or mechanism


def _state(given: str) -> str:
    state, _, does = given.partition(":")
    return f"{the(country(state))} {does}"


def _equals(word: str) -> str:
    return word.replace("=", " = ")


def _pulled(word: str, own: Own) -> str:
    key, _, value = word.partition("=")
    with suppress(KeyError, ValueError):
        return size_of(key, own).words(float(value))
    return _equals(word)
