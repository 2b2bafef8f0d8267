"""Synonyms: verbs that the vocabulary does not have, put as those that it has, from a thesaurus with the sense of each; all forms of a verb."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from foedus.casebook.yaml_file import check_form, read_document
from foedus.forecasts.words import Lexicon, Word
from foedus.vocabulary.errors import FoedusError, Problem

FILE: Final = Path(str(files("foedus").joinpath("library", "forecast", "thesaurus.yaml")))
HAPPENS: Final = frozenset(
    {
        *("sign", "ally", "end", "hold", "meet", "join", "gain", "lose", "become", "renew", "apply", "ratify", "veto"),
        *("aloof", "invoke", "enters force", "gives notice", "happen", "expelled"),
    }
)
"""Classes of words that say what happens."""

_BESIDE: Final = {"body": {"institution"}, "paper": {"treaty", "agreement", "pact", "consult", "institution"}}
_IRREGULAR: Final = {
    "be": "is are was were been being",
    "back": "backs backed backing",
    "become": "becomes became becoming",
    "break": "breaks broke broken breaking",
    "come": "comes came coming",
    "cut": "cuts cutting",
    "draw": "draws drew drawn drawing",
    "fall": "falls fell fallen falling",
    "forsake": "forsakes forsook forsaken forsaking",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "hold": "holds held holding",
    "keep": "keeps kept keeping",
    "leave": "leaves left leaving",
    "let": "lets letting",
    "make": "makes made making",
    "meet": "meets met meeting",
    "put": "puts putting",
    "quit": "quits quitting",
    "send": "sends sent sending",
    "set": "sets setting",
    "shut": "shuts shutting",
    "sit": "sits sat sitting",
    "stand": "stands stood standing",
    "strike": "strikes struck striking",
    "take": "takes took taken taking",
    "tear": "tears tore torn tearing",
    "throw": "throws threw thrown throwing",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
}


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class MeaningForm(_Form):
    """Verbs of one sense, and the plainer one."""

    plain: str
    beside: Literal["body", "paper", "any"]
    sense: Annotated[str, Field(pattern=r"^(?:judged|\d{8}-v)$")]
    verbs: list[str] = Field(min_length=1)


class PhraseForm(_Form):
    """A turn of phrase as a pattern, and what it says in plain words."""

    said: str
    plain: str


class _ThesaurusForm(_Form):
    foedus: Literal[1]
    source: str
    meanings: list[MeaningForm]
    phrases: list[PhraseForm] = Field(default_factory=list)


def forms(verb: str) -> tuple[str, ...]:
    """Return all forms of a verb, itself first.

    Examples
    --------
    >>> forms("scrap"), forms("leave")
    (('scrap', 'scraps', 'scrapped', 'scrapping'), ('leave', 'leaves', 'left', 'leaving'))
    """
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb].split())
    if re.search(r"[^aeiou]y$", verb):
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    doubled = verb in ("annul", "cancel", "enrol") or re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb)
    stem = f"{verb}{verb[-1]}" if doubled else verb
    return verb, f"{verb}es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else f"{verb}s", f"{stem}ed", f"{stem}ing"


@cache
def _thesaurus() -> _ThesaurusForm:
    document = read_document(FILE)
    form = None if document.problems else check_form(document, _ThesaurusForm, document.data)
    if not isinstance(form, _ThesaurusForm):
        raise FoedusError(document.problems or [Problem(str(FILE), "this is no thesaurus", "Install foedus anew")])
    return form


_NAME: Final = r"(?:the )?(?-i:[A-Z])[\w.'-]*(?: (?:and (?=Herzegovina)|of |the )?(?-i:[A-Z])[\w.'-]*)*"
PARTS: Final = {
    "{name}": _NAME,
    "{list}": rf"{_NAME}(?:(?:,|,? or|,? and) {_NAME})+",
    "{ask}": r"(?:will|would|is|are|does|do|can|could|might|shall)",
    "{body}": r"(?:(?:the )?(?:NATO|Quad|AUKUS|ANZUS|CSTO|SCO|ASEAN|FPDA|Five Power Defen[cs]e Arrangements|(?:North )?Atlantic (?:alliance|pact)|(?:transatlantic )?alliance|North Atlantic Treaty(?: Organi[sz]ation)?|Collective Security Treaty(?: Organi[sz]ation)?))",
}
"""What stands for more in the turns of phrase of the thesaurus."""


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for phrase in _thesaurus().phrases:
        said = phrase.said
        for part, pattern in PARTS.items():
            said = said.replace(part, pattern)
        found.append((re.compile(said, re.I), phrase.plain))
    return tuple(found)


def in_plain_phrases(text: str) -> str:
    """Return a text in which turns of phrase stand in plain words.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> in_plain_phrases("Will Finland take its seat at the NATO table?")
    'Will Finland join NATO?'
    """
    for pattern, plainer in _phrases():
        text = pattern.sub(plainer, text)
    return re.sub(r"  +", " ", text)


@cache
def plain_verbs() -> frozenset[str]:
    """Return the first words of all verbs of the thesaurus."""
    return frozenset(verb.split()[0] for meaning in _thesaurus().meanings for verb in meaning.verbs)


@cache
def _meanings() -> tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]:
    found = []
    for meaning in _thesaurus().meanings:
        for phrase in sorted(meaning.verbs, key=len, reverse=True):
            verb, space, rest = phrase.partition(" ")
            said = re.escape(f"{space}{rest}").replace("\\ its\\ ", r"\ (?:its|their|the)\ ").replace("\\ ", " ")
            pattern = re.compile(rf"(?<![\w-])({'|'.join(forms(verb))}){said}(?![\w-])", re.I)
            found.append((pattern, meaning.plain, frozenset(_BESIDE.get(meaning.beside, ()))))
    return tuple(found)


def in_known_verbs(text: str, words: tuple[Word, ...], lexicon: Lexicon) -> str:
    """Return a text in which verbs that nobody knows are put as those of the same sense that the vocabulary has.

    Parameters
    ----------
    text : str
    words : tuple of Word
        The text in pieces.
    lexicon : Lexicon
    """
    named = {w.kind for w in words}
    for pattern, plain, beside in _meanings():
        if beside and not beside & named:
            continue

        def put(found: re.Match[str], plain: str = plain) -> str:
            known = lexicon.best(found.string, found.start())
            if known is not None and known.kind in HAPPENS and len(known.text) >= len(found[0]):
                return found[0]
            return _alike(plain, found[1])

        text = pattern.sub(put, text)
    return _shorter(text, lexicon)


def _alike(plain: str, said: str) -> str:
    """Return a plain verb in the form of another: "forsaken" is "left"."""
    verb, space, rest = plain.partition(" ")
    every = forms(verb)
    low = said.lower()
    if low.endswith("ing"):
        return f"{every[-1]}{space}{rest}"
    if low.endswith("s") and not low.endswith("ss"):
        return f"{every[1]}{space}{rest}"
    return f"{verb if low not in _BASES and not low.endswith('ed') else every[-2]}{space}{rest}"


_BASES: Final = {form: verb for verb, every in _IRREGULAR.items() for form in every.split()[1:]}


def bases(done: str) -> tuple[str, ...]:
    """Return the verbs of which a word may be the participle.

    Examples
    --------
    >>> bases("given"), bases("scrapped")
    (('give',), ('scrapp', 'scrappe', 'scrap'))
    """
    low = done.lower()
    if low in _BASES:
        return (_BASES[low],)
    if low.endswith("ied"):
        return (f"{low[:-3]}y",)
    return (low[:-2], low[:-1], low[:-3]) if low.endswith("ed") else ()


_ENDING: Final = re.compile(r"(?<![\w'-])(?P<stem>[a-z]{2,})(?P<end>ies|es|s)(?![\w'-])")


def _shorter(text: str, lexicon: Lexicon) -> str:
    """Return a text in which a verb that is known, and not in the third person, stands as it is known: "lets lapse" is "let lapse"."""

    def put(found: re.Match[str]) -> str:
        before, after = text[: found.start()], text[found.end() :]
        known = lexicon.best(text, found.start())
        stems = [found["stem"] + ("y" if found["end"] == "ies" else "")]
        stems += [f"{found['stem']}e"] if found["end"] == "es" else []
        for stem in stems:
            said = f"{before}{stem}{after}"
            better = lexicon.best(said, found.start())
            longer = better is not None and len(better.text) > max(len(stem), len(known.text) if known else 0)
            said_so = better is not None and (better.kind in HAPPENS or (better.kind == "filler" and longer))
            if said_so and (known is None or (longer and (known.kind == "filler" or " " in better.text))):  # type: ignore[union-attr]
                return stem
        return found[0]

    return _ENDING.sub(put, text)
