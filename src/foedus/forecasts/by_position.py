"""By position: what stands where it can only tell or describe, and holds no word that binds, is left out whatever its words are.

A lead before the question, an aside behind a name, a cause behind what is asked and an adjective before a name or a paper
change neither who acts nor what happens, unless they name who else takes part, a condition, a number, a day to come, or
something that happens. Words of that kind are looked for; where one stands, the part stays, and the question is refused.
"""

from __future__ import annotations

import re
from typing import Final

from foedus.forecasts.asides import SET_ABOUT, TOLD, Around, has_been
from foedus.forecasts.synonyms import HAPPENS
from foedus.forecasts.turns import MANNER, OCCASION
from foedus.forecasts.words import Lexicon, pieces

_BINDS: Final = re.compile(
    r"\b(?:if|unless|provid\w+|assum\w+|suppos\w+|imagin\w+|once|only|until|till|when(?:ever)?|where(?:ver)?|after|before|following|case|event|condition\w*"
    r"|except\w*|exclud\w+|besides?|others?|another|apart|aside|alone|together|along|alongside|joint\w*|accompan\w+|join\w*|follow\w*|lead\w*|led|behalf|represent\w*|acting|serving"
    r"|cooperation|concert|tandem|partnership|conjunction|coordination|coalition|without|minus|plus|includ\w+|like|such|especially|particularly|notably|namely"
    r"|even|associate|observer|honorary|guest|not|never|nor|neither|no|none|nobody|n't|than|least|most|more|fewer|less|exactly|both|all|any|every|each|either|some|also|too|instead|rather|whether"
    r"|will|would|shall|should|(?<!in )may(?! \d)|might|could|can|future|next|coming|eventual|possible|potential|hypothetical|expected|planned|likely|due|going to|about to|set to"
    r"|by (?:the |its )?(?:end|\d|[A-Z][a-z]+ \d)|within|later|earlier|again|first|second|third|last|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|bring\w*|tak(?:es?|ing)|dragg\w+|pull\w*|replac\w+|absent|barring|failing|lest|so|then|and then|who|whom|whose)\b",
    re.I,
)
"""Words that can bind what is asked: conditions, company, numbers, order, days to come."""
_ASKS: Final = re.compile(
    r"(?:and |so |then |but )?(?:will|would|does|do|is|are|can|could|might|shall|has|have|which|how (?:likely|probable|many)|what|when|by when|do you)\b",
    re.I,
)
_LEADS: Final = re.compile(
    r"(?!(?:in|on|at|under|during|upon|by|with|for|from|of|to|through|over|were|had|should|having|being|given|seeing|considering|should)\b)(?:[a-z-]+|[A-Z][a-z-]+)\b"
    r"|(?:in|with) an? (?:[a-z-]+ )*(?:shift|turn|move|step|break|reversal|about-face|u-turn|departure from [a-z ]+)$",
    re.I,
)
_OPENS: Final = re.compile(
    r"(?!(?:and|or|but|the|an?|its|their|his|her|to|in|on|at|for|of|from|as|say|by)\b)[a-z][a-z-]*\b"
    r"|as (?!an?\b|the\b|part\b|well\b|members?\b|long\b|soon\b|if\b|all)[a-z ]+$"
)
_AT: Final = re.compile(
    r"(?:at (?:odds|war|loggerheads|peace) with|under (?:[a-z]+ )?(?:pressure|fire|strain)(?: from)?|in (?:dispute|conflict) with|on (?:good|bad|poor|close) terms with)\b",
    re.I,
)
_BY: Final = re.compile(
    r"(?:between [A-Z][\w ]* and|between|of|with|by|at|to|in|from|about|over|for|on|against|towards?)(?: (?!bring|tak|join|lead|leav|follow)[a-z]+ing)?(?: (?:the|its|an?))*$",
    re.I,
)
_CAUSE: Final = re.compile(
    r",? (?P<cause>(?:amid|amidst|because of|due to|owing to|thanks to|in (?:response|reaction|protest|retaliation|anger|defiance) (?:to|at|over|for|against|of)"
    r"|in the (?:wake|face|shadow|light) of|in order to|(?:so as )?to (?:counter|deter|contain|balance|hedge against|offset|confront|face down|stand up to|push back against)) [^,?;:]+?)"
    r"(?=,|\?|$| (?:by|before|within|until|at the end of|at some point|in the (?:next|coming)|over the next|in (?:19|20)\d\d|this (?:year|decade)|between|no later than|on (?:or before )?\d)\b)",
    re.I,
)


_UNDER: Final = re.compile(r"\bunder (?:(?:the )?(?:leadership|rule|government) of )?(?=[A-Z])")


class Apart:
    """What stands apart from what is asked, for one question.

    Parameters
    ----------
    lexicon : Lexicon
    around : Around
        What tells whether an aside is of one thing that is named.
    """

    def __init__(self, lexicon: Lexicon, around: Around) -> None:
        self.lexicon, self.around = lexicon, around

    def cleared(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return a question without its lead, asides and causes, and notes on what was left out.

        Parameters
        ----------
        text : str
            With plain dashes, quotes and single spaces.
        """
        notes: list[str] = []
        self.around.text = text
        for cut in re.finditer(r"(?<=\w)(?:,|:| -) ", text):
            lead, asks = text[: cut.start()], text[cut.end() :]
            if _ASKS.match(asks) and not _ASKS.match(lead) and self._idle(lead, _LEADS):
                text, notes = asks, [SET_ABOUT]
                break
        text = _UNDER.sub(self._under, _CAUSE.sub(lambda found: self._cause(found, notes), text))
        parts = re.split(r"(, | - )", text)
        kept = parts[:1]
        for k in range(1, len(parts) - 1, 2):
            bare, end = parts[k + 1].rstrip(" ?."), parts[k + 1][len(parts[k + 1].rstrip(" ?.")) :]
            if self.around.of_one("".join(kept)) and _ASKS.match(text) and self._idle(bare, _OPENS):
                notes.append(TOLD)
                if k + 2 < len(parts):
                    parts[k + 2] = " "
                kept.append(end)
                continue
            kept += parts[k : k + 2]
        return re.sub(r"\s+", " ", "".join(kept)).strip(" ,"), tuple(dict.fromkeys(notes))

    def _idle(self, part: str, opens: re.Pattern[str]) -> bool:
        """Return whether a part of a sentence only tells: nothing in it binds, happens, or acts beside who is asked about."""
        free = _AT.sub(" facing of", part)
        if not (opens.match(part) or _AT.match(part)) or _BINDS.search(free):
            return False
        if any(not MANNER.fullmatch(w) for w in re.findall(r"\b[a-z]+ly\b", part.lower())):
            return False
        if not self.around.only_told(part):
            return False
        words = pieces(part, self.lexicon)
        if {w.kind for w in words} & (HAPPENS | {"condition", "count", "negative", "except"}) and not has_been(part):
            return False
        if {w.kind for w in words} & (HAPPENS - {"hold", "happen"}):
            return False
        at = 0
        for word in words:
            at = part.find(word.text, at)
            named = word.kind in ("state", "leader", "institution")
            if named and not _BY.search(free[: max(free.find(word.text), 0)].rstrip()):
                return False
            at += len(word.text)
        return True

    def _under(self, found: re.Match[str]) -> str:
        """Return nothing for "under" before who leads a state that is named, on the day."""
        named = {w.value for w in pieces(found.string[: found.start()], self.lexicon) if w.kind == "state"}
        who = self.lexicon.best(found.string, found.end())
        return "" if who is not None and who.kind == "leader" and named == {who.value} else found[0]

    def _cause(self, found: re.Match[str], notes: list[str]) -> str:
        cause = found["cause"]
        does = {w.kind for w in pieces(cause, self.lexicon)} & (HAPPENS | {"condition", "count", "negative", "member"})
        if does or _BINDS.search(cause) or not self.around.only_told(cause):
            return found[0]
        notes.append(OCCASION)
        return ""


_TOKEN: Final = re.compile(r"[A-Za-z][\w']*(?:-[\w']+)*")
_ADJECTIVE: Final = re.compile(
    r"(?:[a-z]+-)*(?:[a-z]{2,}(?:ed|ous|able|ible|ful|less|ish)|[a-z]+-(?:torn|born|ridden|rich|poor|weary|wracked|sought|made|run|old|standing|running|term)"
    r"|big|grand|bold|robust|serious|solid|strong|weak|sweeping|elusive|modest|deep|explicit|vague|secret|open|private|frail|fragile|shaky|creaking|ageing|aging|fraying"
    r"|venerable|mighty|fully|proud|wary|tense|uneasy|hard-won|far-reaching|loose|tight|outright|ironclad|iron-clad|bona|genuine|true|real|actual|proper|stand-?alone|side)"
)
_OF_A_MEETING: Final = re.compile(
    r"extraordinary|special|emergency|urgent|informal|high-profile|historic|long-planned|one-day|two-day"
)
_OF_A_NAME: Final = re.compile(r"(?:[a-z]+-)*[a-z]{2,}(?:al|ic|ive|ant|ent|ian|ary|y)")
_TELLING: Final = re.compile(
    r"(?:anti|pro|non|ex|half|semi|quasi|pre|post|un|mini|counter|co|sub|multi|led|backed|based|sponsored|aligned|dominated)\b.*|.*-(?:led|backed|based|sponsored|aligned|dominated|free|like|style|type)"
    r"|(?:un|re)[a-z]+ed|failed|suspended|terminated|expired|lapsed|amended|modified|updated|upgraded|proposed|enlarged|expanded|extended|limited|shared|combined|joined|united|divided|allied"
    r"|former|old|new|early|only|unlikely|improbable|implausible|impossible|doubtful|inconceivable|unthinkable|many|any|every|secondary|primary|military|army|navy|regional|global|central|national|rival|naval|civil|territory|country|party|history|city|company|industry|treaty"
    r"|exclud(?:ed|able)|includ(?:ed|able)|need|red|bed|feed|speed|led|united|armed|nuclear-armed",
)
"""What looks like an adjective and tells things apart, so that without it another thing is meant."""
_STOPS: Final = frozenset({"the", "its", "their", "his", "her", "an", "a", "this", "any", "our"})


def without_adjectives(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """Return a text without adjectives that nobody knows before what is named or signed, and notes that name them.

    Parameters
    ----------
    text : str
    lexicon : Lexicon

    Notes
    -----
    Nouns before a noun make it another thing ("a fishing agreement", "a missile defence pact"), so only what is an adjective by its
    form, or stands on a list of those that judge, is left out.
    """
    tokens = list(_TOKEN.finditer(text))
    lost: list[re.Match[str]] = []
    for k, head in enumerate(tokens):
        known = lexicon.best(text, head.start())
        kind = known.kind if known else ""
        if kind not in ("institution", "treaty", "agreement", "consult", "meet", "state") or head in lost:
            continue
        before: list[re.Match[str]] = []
        j = k - 1
        while j >= 0 and _describes(tokens[j][0], text, tokens[j].start(), lexicon, kind):
            before.append(tokens[j])
            j -= 1
        if not before or j < 0 or not re.fullmatch(r"[ ,]*", text[tokens[k - 1].end() : head.start()]):
            continue
        stop = tokens[j][0].lower()
        stands = stop in _STOPS if kind != "state" else (stop in ("and", "or", "with", "of", "between") or j == 0)
        if not stands and kind in ("treaty", "agreement", "meet"):
            owner = lexicon.best(text, tokens[j].start())
            stands = owner is not None and owner.kind in ("state", "institution")
        lost += before if stands else []
    for found in sorted(lost, key=lambda m: -m.start()):
        text = text[: found.start()] + text[found.end() :].lstrip(" ,")
    names = [f"'{m[0]}'" for m in sorted(lost, key=lambda m: m.start())]
    note = (f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} not told apart, so that it may ask for less",)
    return text, note if names else ()


def _describes(token: str, text: str, at: int, lexicon: Lexicon, kind: str) -> bool:
    """Return whether a word is an adjective that nobody knows, and that changes nothing of what it stands before."""
    if token != token.lower() or _TELLING.fullmatch(token) or _BINDS.fullmatch(token):
        return False
    known = lexicon.best(text, at)
    if known is not None and known.kind != "narrows" and len(known.text) >= len(token):
        return False
    more = {"institution": _OF_A_NAME, "state": _OF_A_NAME, "meet": _OF_A_MEETING}.get(kind, _ADJECTIVE)
    return _ADJECTIVE.fullmatch(token) is not None or more.fullmatch(token) is not None
