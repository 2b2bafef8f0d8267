"""Framed: every page in the same frame, with its bar, its command, what it was made with, and its other forms."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from starlette.responses import Response

from foedus.asking.ask import DRAWS
from foedus.asking.said_before import said_by
from foedus.questions.what_forms import body_band
from foedus.surfaces.csv_on_the_web import BESIDE
from foedus.surfaces.svg.pen import can_png
from foedus.version import __version__
from foedus.vocabulary.record import Record, Section, plain
from foedus.vocabulary.tables import Table, percent
from foedus.web.address import Address, write
from foedus.web.cited import Reference, reference
from foedus.web.held import Held
from foedus.web.shown import BAR, filled
from foedus.web.state import chips
from foedus.web.view import Found, Shown

_WRONG: Final = "problem.html"
"""The page that says what is wrong with an address: there is nothing on it to cite."""
MADE: Final = ("foedus", "seed", "draws", "runs", "case_hash", "parameters_hash", "result_hash")
"""What a page prints of how it was made."""


def framed(
    held: Held,
    shown: Shown,
    address: Address | None = None,
    status: int = 200,
    link: str = "",
    version: str = "",
    place: Address | None = None,
    **more: Any,
) -> Response:
    """Return a page in the frame of all pages.

    Parameters
    ----------
    held : Held
    shown : Shown
    address : Address, optional
        Of a page about a case.
    status : int
    link : str
        Where the page stays, without its version, if it is not a page about a case.
    version : str
        The version that its address says, if it is not a page about a case.
    place : Address, optional
        The case that the bar leads to from a page that is about none but rests on one.
    **more
        Further words of the template.
    """
    about = address or place
    at = about or Address(held.first, year=held.first_year)
    titles = held.titles()
    words = {
        "prefix": held.prefix,
        "title": shown.title,
        "cases": titles,
        "here": at.case if about else "",
        "case_title": _named(held, at) if about else "Cases",
        "nav": bar(held, at, address is not None, shown.template),
        "command": shown.command,
        "made": {k: shown.made[k] for k in MADE if k in shown.made},
        "take": [],
        "cite": _cited(held, shown, address, link),
        "public": held.limits.public,
        "older": older(held, address, link, version),
        **shown.words,
        **more,
    }
    words["take"] = with_units(words["take"])
    headers = {"refresh": str(shown.refresh)} if shown.refresh else {}
    kept = "no-store" if shown.refresh else "no-cache"
    return Response(filled(shown.template, **words), status, {"cache-control": kept, **headers}, "text/html")


def _named(held: Held, at: Address) -> str:
    """Return the title of a case, with the year that is looked at where that is another."""
    title = held.titles().get(at.case, at.case)
    return title if at.year is None else f"As of {at.year}: {title}"  # in front, where no telephone cuts it off


def older(held: Held, address: Address | None, link: str = "", version: str = "") -> dict[str, Any] | None:
    """Return what is said on a page whose link was made with another version; None where it was made with this one.

    Of a page about a case both answers, where the old one is kept; nothing is kept of a number, a trial or a law.
    """
    if link:
        other = version not in ("", __version__)
        return {"version": version, "rows": (), "now": link} if other else None
    if address is None or address.version in ("", __version__):
        return None
    found, wanted = held.answer(address), DRAWS if address.draws is None else address.draws
    then, now = said_by(held.asked(address, wanted), address.version), body_band(found)
    told: dict[str, Any] = {"version": address.version, "rows": (), "now": write(replace(address, version=""))}
    if then is not None:
        hashes = found.hashes()
        told["rows"] = (
            (then.version, percent(then.body), _range(then.low, then.high), then.result_hash[:16]),
            (__version__, percent(now.default), _range(now.low, now.high), hashes["result"][:16]),
        )
        told["draws"], told["same_case"] = then.draws, then.case_hash == hashes["case"]
    return told


def _range(low: float, high: float) -> str:
    return "no draws yet" if math.isnan(low) else f"{percent(low)} to {percent(high)}"


def _cited(held: Held, shown: Shown, address: Address | None, link: str) -> Reference | None:
    """Return how a page is cited: one with numbers with the draws that it shows, any other with the version alone."""
    command, draws = shown.words.get("cited") or (
        shown.command or str(shown.words.get("same", "")),
        int(shown.made.get("draws") or 0),
    )
    if shown.template == _WRONG:
        return None
    made = {**(shown.made or {"foedus": __version__}), **({"draws": draws} if draws else {})}
    lasting = held.prefix + versioned(link) if link else str(shown.words.get("cited_link", ""))
    figure, public = str(shown.words.get("cited_figure", "")), held.limits.public
    if address is None:
        title = str(shown.words.get("cited_title") or shown.title)
        return reference(title, made, command, lasting, public=public, figure=figure)
    lasting = lasting or held.prefix + write(replace(address, draws=draws, version=__version__))
    case = held.case(address.case, address.year)
    title = shown.title if case.title in shown.title else f"{shown.title}: {case.title}"
    # the figure is of all draws, whatever is given: a press of that changes nothing in it
    changed = ", ".join(words for words, _ in chips(held.prefix, address.having(given=""), held.own_levers(address)))
    title += f" ({changed})" if changed else ""  # a figure without what was changed for it would be another's
    title += str(shown.words.get("cited_beside", ""))
    return reference(title, made, command, lasting, str(case.as_of), public, figure)


def versioned(link: str) -> str:
    """Return the address of a page that is about no case as it is cited: with the version."""
    return f"{link}{'&' if '?' in link else '?'}v={__version__}"


def bar(held: Held, at: Address, about_a_case: bool, template: str) -> list[tuple[str, str, bool]]:
    """Return the bar: words, address, and whether it is this page."""
    found = []
    for words, page in BAR:
        if page in held.pages:
            state = at.state if page == "why" else ""
            found.append((words, write(at.at(page, state)), about_a_case and at.page == page))
    found.append(("Trial", f"/t/{held.trial_of(at.case)}", template == "trial.html"))
    found += [("Class", "/class", template == "class.html")] if held.book is not None else []
    return [*found, ("Docs", "/docs", template in ("book.html", "books.html"))]


_FORMS: Final = {
    "json": "JSON",
    "csv": "CSV",
    "svg": "picture (SVG)",
    "png": "picture (PNG)",
    "yaml": "the {} (YAML)",
}
"""What each form is called."""


def taking(forms: Iterable[str], link: Callable[[str], str], what: str) -> list[tuple[str, str]]:
    """Return the forms in which a page can be taken along, each with its address; PNG where its library is there.

    Parameters
    ----------
    forms : iterable of str
        Names of :data:`foedus.web.address.FORMS`.
    link : callable
        Returns the address of a form.
    what : str
        What the files are of: ``case`` or ``trial``.
    """
    return [(_FORMS[f].format(what), link(f)) for f in forms if f != "png" or can_png()]


def with_units(taken: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what can be taken along, behind each CSV what its columns are, with their units.

    Examples
    --------
    >>> with_units([("CSV", "/c/asia-1953.csv?draws=0")])[1]
    ('what its columns mean (JSON)', '/c/asia-1953.csv-metadata.json?draws=0')
    """
    found = []
    for words, link in taken:
        found.append((words, link))
        path, asked, rest = link.partition("?")
        if path.endswith(".csv"):
            of = "its columns" if words == "CSV" else f"the columns of “{words.removesuffix(' (CSV)')}”"
            found.append((f"what {of} mean (JSON)", f"{path}{BESIDE}{asked}{rest}"))
    return found


def as_json(found: Found) -> str:
    """Return what was found as the command line prints it with ``--json``, byte for byte."""
    if isinstance(found, Table):
        data: Mapping[str, Any] = {
            "title": found.title,
            "columns": [c.about() for c in found.columns],
            "rows": list(found),
        }
    else:
        data = found.to_dict()
    return json.dumps(plain(data), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


class Tabled(Response):
    """One table as comma-separated values, which can say what its columns are."""

    media_type = "text/csv"

    def __init__(self, table: Table, headers: Mapping[str, str] | None = None) -> None:
        """Take the table; further headers, as how long it is kept."""
        super().__init__(table.to_csv(), 200, dict(headers or {}))
        self.table = table


def as_csv(found: Found, name: str = "", headers: Mapping[str, str] | None = None) -> Tabled:
    """Return one table of what was found as comma-separated values, the first that people see unless one is named.

    Raises
    ------
    KeyError
        There is no such table.
    """
    if isinstance(found, Table):
        return Tabled(found, headers)
    tables = list(found.tables() if isinstance(found, Record) else found.all_tables())
    chosen = {t.name: t for t in tables}[name] if name else next((t for t in tables if not t.quiet), tables[0])
    return Tabled(chosen, headers)


def told(found: Found) -> Section:
    """Return what was found as a section, for pages that show nothing else."""
    return found if isinstance(found, Section) else Section("found", found.title)
