"""Cited: what a note needs of a page besides its address: a reference in words and for BibTeX, and the same in Python."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from foedus.surfaces.reading import clean
from foedus.version import __version__, released
from foedus.vocabulary.prose import dated

_DOORS: Final[Mapping[str, str]] = {
    **{n: n for n in ("assess", "explain", "dispute", "wedge", "numbers", "draft", "simulate", "trial")},
    "years": "every_year",
}
"""Commands that have a door in Python, each with its name there."""
_ASKED: Final[Mapping[str, str]] = {
    "--set": "changes",
    "--without": "without",
    "--lever": "levers",
    "--law": "laws",
    "--given": "given",
    "--calibration": "calibration",
    "--draws": "draws",
    "--seed": "seed",
}
"""Options that an ask has, by the word of the command line."""
_BESIDE: Final[Mapping[str, str]] = {
    "--budget": "budget",
    "--body": "body",
    "--members": "members",
    "--rule": "rule",
    "--from": "first",
    "--to": "last",
    "--runs": "runs",
}
"""Options that stand beside the ask, by the word of the command line."""
_TELLING: Final = ("result_hash", "trial_hash", "case_hash", "parameters_hash")
"""Hashes, first the one that depends on most."""
_MANY: Final = ("changes", "without", "levers", "laws", "given")
_NUMBERS: Final = ("draws", "seed", "budget", "first", "last", "runs")
_LISTS: Final = ("members",)
_ESCAPED: Final = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"})


WITHIN: Final = ", in the workbench "
"""Stands before the address of a page where it is cited; the script of pages puts the host there that others can reach."""


@dataclass(frozen=True)
class Reference:
    """How a page is cited."""

    short: str
    """A footnote that can be printed as it is: what it is, the figure with its band, the case, the version, and one hash."""
    text: str
    """What somebody needs who works it out again: every hash, the command, the address."""
    bibtex: str
    python: str
    """Empty where Python has no door to it."""
    link: str
    """The address that says version and draws, so that it means the same for good."""


NOWHERE: Final = "worked out on a machine of one's own, with no address on the web"
"""What stands in the place of an address where others cannot reach the server; no address is made up."""


def reference(
    title: str, made: Mapping[str, Any], command: str, link: str, as_of: str = "", public: bool = True, figure: str = ""
) -> Reference:
    """Return how a page is cited.

    Parameters
    ----------
    title : str
    made : mapping
        What it was made with.
    command : str
        Empty for what is read and not asked: then the version is what is cited.
    link : str
        Its address in full.
    as_of : str
        Date of the case, where it is about one.
    public : bool
        Whether others can reach the server; else the command, version and hashes are what is cited.
    figure : str
        The figure to quote with its band and what it is; empty where a page has none.
    """
    hashes = [f"{k.replace('_', ' ')} {made[k]}" for k in ("case_hash", "parameters_hash", "result_hash") if k in made]
    drawn = [f"{made['draws']} draws, seed {made.get('seed', 1)}"] if made.get("draws") else []
    dated = [f"case as of {as_of}"] if as_of else []
    note = ", ".join([*dated, *drawn, *hashes]) or f"version of {released}"
    words = clean(title).rstrip(".")
    at = f"{WITHIN}{link}" if link and public else ""
    told = (
        ""
        if public or not command
        else f"{NOWHERE[:1].upper()}{NOWHERE[1:]}; foedus {__version__} gives the same with: "
    )
    text = f"The foedus developers ({released:.4}). {words}. foedus {__version__}; {note}. {told}{command}{at}".rstrip(
        ". "
    ) + ("" if command else ".")
    hashed = next((str(made[k]) for k in ("result_hash", "case_hash", "parameters_hash") if k in made), "")
    short = f"The foedus developers ({released:.4}). {words}. {_sentence(figure)}{_made_of(made, as_of)}."
    key = f"foedus-{hashed[:8] or __version__}"
    fields = {
        "author": "{The foedus developers}",
        "title": "{" + words.translate(_ESCAPED) + "}",
        "year": f"{released:.4}",
        "howpublished": f"foedus {__version__}"
        + (f": \\texttt{{{command.translate(_ESCAPED)}}}" if command else "")
        + (f"{WITHIN}\\texttt{{{link.translate(_ESCAPED)}}}" if at else ""),
        "note": (
            (f"{_sentence(figure)[:-2]}; " if figure else "")
            + (note if public or not command else f"{note}; {NOWHERE}")
        ).translate(_ESCAPED),
    }
    listed = ",\n".join(f"  {k} = {{{v}}}" for k, v in fields.items())
    return Reference(short, text, f"@misc{{{key},\n{listed}\n}}", in_python(command), link)


def _sentence(figure: str) -> str:
    words = clean(figure).strip().rstrip(".")
    return f"{words[0].upper()}{words[1:]}. " if words else ""


def _made_of(made: Mapping[str, Any], as_of: str) -> str:
    """Return case, version and the one hash that tells whether somebody else has the same."""
    hashed = next((f", {k.partition('_')[0]} {made[k][:8]}" for k in _TELLING if k in made), "")
    case = f"Case as of {dated(as_of)}; worked" if as_of else "Worked" if hashed else ""
    return f"{case} out with foedus {__version__}{hashed}" if case else f"foedus {__version__}"


def in_python(command: str) -> str:
    """Return a command as a call from Python; empty where Python has no door to it.

    Examples
    --------
    >>> in_python("foedus wedge asia-1953 --budget 2 --lever trade=0.5 --draws 0")
    "foedus.wedge(foedus.Ask('asia-1953', levers=('trade=0.5',), draws=0), budget=2)"
    >>> in_python("foedus leverage asia-1953")
    ''
    """
    words = shlex.split(command)[1:]
    if not words or words[0] not in _DOORS:
        return ""
    verb, asked, beside, plain = words[0], {}, {}, []  # type: str, dict[str, Any], dict[str, Any], list[str]
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("--"):
            plain.append(word)
            continue
        name = _ASKED.get(word) or _BESIDE.get(word)
        if name is None:
            return ""
        value: Any = next(rest)
        value = float(value) if name == "budget" and "." in value else int(value) if name in _NUMBERS else value
        if name in _MANY:
            asked[name] = (*asked.get(name, ()), value)
        else:
            (asked if word in _ASKED else beside)[name] = value.split(",") if name in _LISTS else value
    if verb == "trial":
        beside, asked = asked, {}
    return f"foedus.{_DOORS[verb]}({', '.join([_case(plain[0], asked), *_rest(verb, plain[1:], beside)])})"


def _case(name: str, asked: Mapping[str, Any]) -> str:
    """Return the case, or the ask where there is more to it than its name."""
    if not asked:
        return repr(name)
    return f"foedus.Ask({', '.join([repr(name), *(f'{k}={v!r}' for k, v in asked.items())])})"


def _rest(verb: str, plain: list[str], beside: Mapping[str, Any]) -> list[str]:
    """Return what stands beside the ask: the pair of a quarrel as a list, members in their place."""
    told = [repr(plain)] if verb == "dispute" and plain else [repr(w) for w in plain]
    told += [repr(beside["members"])] if "members" in beside else []
    return told + [f"{k}={v!r}" for k, v in beside.items() if k != "members"]
