"""Left out: a question that is not read as it stands is read without words that only describe, and the answer says which.

Single words that nobody knows made whole questions unread. A word is left out where it stands so that it can only describe (an
adjective before what is signed, left, joined or held, a phrase behind it that says on what occasion), and only if it is none
of a list of those that make another question of it: conditions, numbers, wishes, other actors, other things than treaties.
Whatever is left has to be read whole, and all ways to read it have to ask the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from foedus.casebook.yaml_file import check_form, read_document
from foedus.forecasts.dated import Question
from foedus.forecasts.query import NotUnderstood, Query
from foedus.forecasts.synonyms import PARTS
from foedus.forecasts.words import Lexicon, Word, pieces, plain
from foedus.vocabulary.errors import FoedusError, Problem

FILE: Final = Path(str(files("foedus").joinpath("library", "forecast", "left_out.yaml")))
MOST: Final = 4
"""Words, or phrases, that may be left out of one question (judged: a third of a question of twelve words)."""
LASTING: Final = re.compile(
    r"\b(?:still|stay|remain|keep|kept|surviv|last|hold|endure|exten|renew|in (?:force|effect))", re.I
)
"""What has to be said of a thing that goes on, so that the word left out is not what happens."""

Read = Callable[[Question], Query]
Restated = tuple[str, tuple[str, ...], frozenset[str], tuple[str, ...]]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class LoosePhraseForm(_Form):
    """A turn of phrase, what it is read as, what the answer says of it, and what has to stand before it."""

    said: str
    plain: str
    note: str = ""
    after: str = ""


class LeftOutForm(_Form):
    """The words that are never left out, those that describe, and turns of phrase that are read as less or more."""

    foedus: Literal[1]
    never: dict[str, list[str]]
    describes: list[str]
    phrases: list[LoosePhraseForm] = Field(default_factory=list)


@cache
def _form() -> LeftOutForm:
    document = read_document(FILE)
    form = None if document.problems else check_form(document, LeftOutForm, document.data)
    if not isinstance(form, LeftOutForm):
        raise FoedusError(document.problems or [Problem(str(FILE), "this is no list of words", "Install foedus anew")])
    return form


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(p for patterns in _form().never.values() for p in patterns), re.I)


@cache
def _describes() -> frozenset[str]:
    return frozenset(_form().describes)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, str, re.Pattern[str]], ...]:
    found = []
    for phrase in _form().phrases:
        said = phrase.said
        for part, pattern in PARTS.items():
            said = said.replace(part, pattern)
        found.append((re.compile(said, re.I), phrase.plain, phrase.note, re.compile(phrase.after, re.I)))
    return tuple(found)


def binds(words: str) -> bool:
    """Return whether a word of some changes what is asked, so that it is never left out.

    Parameters
    ----------
    words : str

    Examples
    --------
    >>> binds("in a surprise ceremony"), binds("on economic matters")
    (False, True)
    """
    return any(_never().fullmatch(part) for word in _TOKEN.findall(words) for part in (word, *word.split("-")))


def in_loose_phrases(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a text in which turns of phrase say less or more, the words that they were, and notes.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> in_loose_phrases("Will Turkey be expelled from or leave NATO by 2027?")[:2]
    ('Will Turkey leave NATO by 2027?', ('be expelled from or',))
    """
    words: list[str] = []
    notes: list[str] = []
    for pattern, plainer, note, after in _phrases():
        found = pattern.search(text)
        if found is None or (after.pattern and not after.search(text[: found.start()])):
            continue
        plainly = found.expand(plainer)
        text = f"{text[: found.start()]}{plainly}{text[found.end() :]}"
        said = found[0].strip(" ,")
        if not plainly:
            words.append(said)
        notes += [note or f"'{said}' is read as '{plainly.strip()}'"] if note or plainly else []
    return re.sub(r"  +", " ", text), tuple(words), tuple(notes)


@dataclass(frozen=True)
class _Shorter:
    text: str
    words: tuple[str, ...]


_TOKEN: Final = re.compile(r"[A-Za-z][\w']*(?:-[\w']+)*")
_ADJECTIVE: Final = re.compile(
    r"(?:[a-z]+-)*(?:[a-z]{2,}(?:ed|ous|able|ible|ful|less|ish|ive|ic|al|ent|ant|ary)|[a-z]+-(?:torn|born|ridden|rich|weary|wracked|sought|made|old|standing|running|term|level|profile|stakes|day))"
)
"""What is an adjective by its form; what it tells apart is on the list of words that are never left out."""
_TELLING: Final = re.compile(
    r"(?:un|re|dis)[a-z]+ed|failed|terminated|expired|lapsed|amended|enlarged|shared|combined|allied|renewed|armed|need|red|bed|feed|speed|deed|seed|bilateral|trilateral|multilateral|quadrilateral|regional|global"
    r"|internal|external|local|national|international|federal|rural|urban|central|original|actual|general|rival|arrival|signal|proposal|refusal|removal|appraisal|capital|material|journal|festival|tribunal"
    r"|agent|president|parent|patent|event|client|accident|percent|continent|parliament|document|argument|element|moment|movement|statement|department|development|settlement|investment|equipment|treatment|payment"
    r"|assistant|tenant|servant|merchant|plant|grant|warrant|restaurant|giant|infant|traffic|logic|topic|fabric|public|republic|music|clinic|panic|picnic|arctic|antarctic|pacific|atlantic|baltic|nordic|islamic|asiatic|slavic"
    r"|motive|relative|executive|detective|native|archive|drive|olive|perspective|objective|initiative|representative|secretary|library|military|boundary|summary|diary|salary|january|february|adversary|mercenary|voluntary"
    r"|secondary|primary|monetary|parliamentary|complementary|supplementary|honorary|elementary|sanitary|budgetary|planetary|hereditary|table|cable|vegetable|variable",
    re.I,
)
"""What looks like an adjective, and is none, or tells things apart."""
_MANNER: Final = re.compile(r"(?!(?:on|app|rep|supp|re|al|ral|fami|assemb|bul|fo|ear|ho|ug|si)ly$)[a-z]{3,}ly")
"""Words of manner: what they may not say is on the list of words that are never left out."""
_HEADS: Final = ("institution", "treaty", "agreement", "consult", "pact", "meet", "member", "membership", "body")
_STOPS: Final = frozenset(
    {"the", "its", "their", "his", "her", "an", "a", "this", "any", "our", "new", "another", "as"}
)
_OCCASION: Final = re.compile(
    r",? (?:at|during|amid|in|through|under)(?: (?:an?|the|its|their|this))?(?: [a-z][a-z'-]*){1,4}?(?=[,?.]|$| (?:by|before|in|within|until|till|on|at|this|over|no later|between|prior|come|during)\b)"
)
_LED: Final = re.compile(
    r"\b[A-Z][\w.]*-(?:led|backed|dominated|centred|centered|based|headed|sponsored|founded) (?=\S)"
)


def read_without_words(
    question: Question, lexicon: Lexicon, read: Read, restate: Callable[[str], Iterator[Restated]]
) -> Query | None:
    """Return what a question asks without words that only describe; None where it is still not read, or in several ways.

    Parameters
    ----------
    question : Question
    lexicon : Lexicon
        Names of the day, of all institutions that are known.
    read : callable
        Reads a question.
    restate : callable
        Puts a text in plainer words: yields each with notes, members that were listed, and kinds that can be meant.
    """
    if question.asks or question.says_the_same:
        return None
    said, put, told = in_loose_phrases(plain(question.text))
    found: list[Query] = []
    for text, notes, listed, kinds in ((said, (), frozenset[str](), ()), *restate(said)):
        query = _read(replace(question, text=text), lexicon, read, put)
        if query is None or (kinds and query.kind not in kinds):
            continue
        if not listed <= {*query.named, *query.treaties}:
            continue
        found.append(replace(query, notes=tuple(dict.fromkeys((*query.notes, *told, *notes)))))
    if len({replace(q, notes=(), left_out=()) for q in found}) != 1:
        return None
    best = min(found, key=lambda q: len(q.left_out))
    return best if best.left_out or told else None


def _read(question: Question, lexicon: Lexicon, read: Read, put: Sequence[str]) -> Query | None:
    """Return the query of a text, leaving out of it what may be left out until it is read; None where that is not enough."""
    left = list(put)
    while True:
        try:
            query = read(question)
        except NotUnderstood as reason:
            shorter = _without(question.text, reason.unknown, lexicon)
            if shorter is None or len(left) + len(shorter.words) > MOST + len(put):
                return None
            left += shorter.words
            question = replace(question, text=shorter.text)
            continue
        break
    if query.than is not None or query.given:
        return None  # of two things at once a word left out may belong to either
    if len(left) > len(put) and query.kind in ("stays", "treaty holds", "allied") and not LASTING.search(question.text):
        return None
    return replace(query, left_out=tuple(left))


def _without(text: str, unknown: Sequence[str], lexicon: Lexicon) -> _Shorter | None:
    """Return a text without one more of the words that nobody knows and that only describe; None where there is none."""
    if not unknown or len(unknown) > 2 * MOST:
        return None
    lost = {w.lower() for w in unknown}
    for found in _LED.finditer(text):
        head = lexicon.best(text, found.end())
        if head is not None and head.kind == "institution":
            return _Shorter(text[: found.start()] + text[found.end() :], (found[0].strip(),))
    for found in _OCCASION.finditer(text):
        if _tells_the_occasion(found[0], lost, lexicon, text[: found.start()]):
            return _Shorter(text[: found.start()] + text[found.end() :], (found[0].strip(" ,"),))
    tokens = list(_TOKEN.finditer(text))
    for token in tokens:
        if _MANNER.fullmatch(token[0]) and token[0] in lost and not binds(token[0]):
            return _Shorter(text[: token.start()] + text[token.end() :], (token[0],))
    for k, noun in enumerate(tokens):
        known = lexicon.best(text, noun.start())
        if known is None or known.kind not in _HEADS:
            continue
        run = _adjectives(tokens[:k], lost, lexicon, text, noun.start())
        if known.kind == "meet":  # "a technical meeting" is another one: only what is listed
            run = run if all(m[0] in _describes() for m in run) else []
        if run and _is_noun_phrase(tokens, k - len(run) - 1, text, lexicon):
            return _Shorter(text[: run[0].start()] + text[noun.start() :], tuple(m[0] for m in run))
    return None


def _tells_the_occasion(phrase: str, lost: set[str], lexicon: Lexicon, before: str) -> bool:
    """Return whether a phrase behind what is asked holds a word that nobody knows, none that binds, and names nothing."""
    words = _TOKEN.findall(phrase)
    if binds(" ".join(words[1:])) or not {p.lower() for w in words[1:] for p in (w, *w.split("-"))} & lost:
        return False
    kinds = {w.kind for w in pieces(phrase.strip(" ,"), lexicon)}
    return kinds <= {"unknown", "filler", "narrows", "with"} and bool(
        {w.kind for w in pieces(before, lexicon)} & {*_HEADS}
    )


def _adjectives(
    before: Sequence[re.Match[str]], lost: set[str], lexicon: Lexicon, text: str, at: int
) -> list[re.Match[str]]:
    """Return the run of adjectives that nobody knows directly before a place."""
    run: list[re.Match[str]] = []
    for token in reversed(before):
        word = token[0]
        if text[token.end() : at].strip(" ,") or not _is_adjective(word, lost, lexicon.best(text, token.start())):
            break
        run.insert(0, token)
        at = token.start()
    return run


def _is_adjective(word: str, lost: set[str], known: Word | None) -> bool:
    parts = {word.lower(), *word.lower().split("-")}
    if not parts & lost or word != word.lower() or binds(word) or _TELLING.fullmatch(word):
        return False
    if known is not None and len(known.text) >= len(word):
        return False
    return word in _describes() or _ADJECTIVE.fullmatch(word) is not None


def _is_noun_phrase(tokens: Sequence[re.Match[str]], at: int, text: str, lexicon: Lexicon) -> bool:
    """Return whether what stands before adjectives opens a noun: an article, an owner, a preposition or a verb that is known."""
    if at < 0:
        return False
    word = tokens[at][0].lower()
    if word in _STOPS:
        return True
    known = next(
        (
            w
            for w in (lexicon.best(text, t.start()) for t in tokens[max(at - 3, 0) : at + 1])
            if w and w.text.lower().endswith(word)
        ),
        None,
    )
    return known is not None and known.kind in (
        *("institution", "treaty", "agreement", "with", "narrows", "multilateral", "bilateral", "any", "count"),
        *("sign", "end", "join", "meet", "hold", "renew", "gain", "ally", "member"),
    )
