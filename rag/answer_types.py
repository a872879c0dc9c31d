"""Which kind of thing a question asks for, and where a sentence holds one: patterns as data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from rag.domain import Span
from rag.text import STOPWORDS, stem, terms, words

_WORDED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|hundreds|thousand|thousands|million|millions|billion|dozen|dozens)"
)
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_QUANTITY = rf"(?<![\d.:])(?<![^\W\d_][-–])(?:{_DIGITS}|\b{_WORDED})(?:[ -](?:and a half|{_WORDED}))*"
_NUMBER = (
    rf"(?!one\b(?! (?:of|in|out)\b)){_QUANTITY}\b|\b(?:half|third|quarter|once|twice|none|a couple|several|single)\b"
)
_UNIT_OF_TIME = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|century|centurie)s?"
_LENGTH = r"(?:miles?|kilomet(?:re|er)s?|met(?:re|er)s?|feet|foot|inch(?:es)?|yards?|km|cm|mm|ft|acres?|hectares?|square|fathoms?|leagues?|light[ -]?years?|stor(?:e?y|eys|ies)|floors?|blocks?)\b"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NAME = r"(?<![.!?\"“] )(?<![\"“‘])(?<!^)\b[A-Z][\w'’-]+(?: (?:[a-z]{1,3} )?[A-Z][\w'’-]+)*"
_WHOLE_NAME = (
    r"\b(?!(?:The|A|An|In|On|At|New|North|South|East|West|United|White|Supreme|Los|San|St|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b)"
    r"[A-Z][\w'’-]+(?: [A-Z]\.)?(?: (?:(?:de|del|di|da|du|van|von|der|den|la|le|al|el|bin|ben|ibn) )?(?!House\b|Street\b|University\b|Department\b|County\b|Party\b)[A-Z][\w'’-]+)+"
)
_CLOCK = (
    rf"\b\d{{1,2}}(?:[:.]\d\d)? ?[ap]\.?m\b|\b\d{{1,2}}:\d\d\b|\b(?:at|by|until|around|before|after) \d{{1,2}}\.\d\d\b"
    rf"|\b(?:\d{{1,2}}|{_WORDED}) o['’]clock\b|\b(?:noon|midday|midnight)\b"
)
_TIME = (
    rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?{_MONTH}\b(?:\.? \d{{1,2}}\b)?(?:,? \d{{4}})?|\b(?:1[5-9]|20)\d\d(?:s|\b)"
    rf"|\b\d+(?:[:.]\d\d)? ?[ap]\.?m\b|\b\d[\d,]* B\.?C|\b(?:yesterday|today|tomorrow|tonight|noon|midnight)\b"
    rf"|\b(?:last|next|this|past|earlier|later|{_QUANTITY}|a|an|few|several) {_UNIT_OF_TIME}\b(?: (?:ago|later|earlier|before|after))?|\b(?:summer|autumn|winter|spring)\b"
)
_MONEY = rf"[$£€¥]\s?{_DIGITS}(?: ?(?:thousand|million|billion|trillion|m|bn|k)\b)?|{_QUANTITY} (?:dollars?|pounds?|euros?|cents?|pence|rupees|yen|yuan)\b|\bfree of charge\b|\bfor free\b"
_PLACE = r"\b(?:in|at|from|to|near|off|outside|on|of|into|across|around|inside|beside|above|below)\s+(?:the )?([A-Z][\w'’-]+(?:,? (?:[a-z]{2,3} )?[A-Z][\w'’-]+)*)|^(?:[A-Z][\w'’-]+ ){0,2}[A-Z][\w'’-]+, [A-Z][\w'’.-]+(?=,)"
_CALLED = (
    r"\b(?:called|named|dubbed|nicknamed|known as|titled|entitled|christened|name is|name was|names are)\b(?: \w+ (?:as|in \w+ as))?(?: (?:the|as|its|a|an|their))*"
    r" (?=[“\"‘A-Z])[“\"‘]?[\w’'-]+(?: [\w’'-]+){0,4}"
    r"|[“\"‘][^“”\"‘’,.!?]{2,30}[”\"]|[A-Z][\w’-]+(?: [A-Z][\w’-]+)*(?=, (?:a|an|the|home to|one of)\b)"
)
_KILLED = (
    r"\b(?:died|dead|death|killed|die|dies|dying)\b(?: (?!age\b)[\w,]+){0,4}? (?:of|from|by|after|following|due to|when|in an?)\b(?! (?:the age|\d))"
    r"|\b(?:cancer|heart (?:attack|failure|disease)|stroke|covid(?:-19)?|pneumonia|overdose|drown\w*|suicide|complications?)\b"
)
_CAUSE = rf"{_KILLED}|\bcauses? of (?:his |her |their )?death\b"
_REASON = (
    r"\b(?:because|since|due to|as a result|so that|in order|after|over|amid|citing|cited|caused|to avoid|owing|reason|led to|sparked|prompted|blamed|worried"
    r"|fear\w*|thanks to|concern\w*|in response|for (?:his|her|its|their|being|having)|to (?:help|make|keep|ensure|protect|allow|give|prevent|reduce|save|start))\b"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A kind of thing that questions ask for."""

    name: str
    asked: re.Pattern[str]
    """Matches the questions that ask for it."""
    holds: re.Pattern[str]
    """Matches it in a sentence; its group 1, where it has one, is the thing itself."""
    needed: bool
    """Whether a sentence without one can't be the answer."""
    surely: re.Pattern[str] | None = None
    """Matches the thing where it is told in full, if `holds` also matches less: a whole name, the minute."""


def _type(
    name: str, asked: str, holds: str, needed: bool = True, cased: bool = False, surely: str | None = None
) -> AnswerType:
    flags = 0 if cased else re.IGNORECASE
    full = re.compile(surely, flags) if surely else None
    return AnswerType(name, re.compile(asked, re.IGNORECASE), re.compile(holds, flags), needed, full)


TYPES: tuple[AnswerType, ...] = (
    _type("age", r"\bhow old\b|\bwhat age\b|\bage (?:was|is|did|of)\b", rf"(?:{_QUANTITY})(?:[ -]years?(?:[ -]and[ -]\w+ months?)?[ -](?:old|of age))|\baged? (?:of )?{_QUANTITY}|(?<=, )\d{{1,3}}(?=,|\.|$)|\b\d{{1,3}}(?:st|nd|rd|th) birthday|\bturn(?:s|ed|ing)? {_QUANTITY}|\b(?:is|was|were|be) {_QUANTITY}(?= (?:when|at|and|,)|[,.])|\bin (?:his|her|their) \w+ties\b|\bborn\b|\b[a-z]+ of {_QUANTITY}(?=[,.;]| (?:was|is|who|from|had|has)\b)"),
    _type("temperature", r"\bhow (?:hot|cold|warm)\b|\bwhat temperature\b", rf"{_QUANTITY} ?(?:degrees|°|º)|\d ?[°º]"),
    _type("speed", r"\bhow fast\b|\b(?:what|top) speed\b", rf"{_QUANTITY} ?(?:mph|kph|km/h|miles (?:an|per) hour|kilomet\w+ (?:an|per) hour|knots|met\w+ (?:a|per) second)|{_QUANTITY} times (?:faster|the speed)|{_QUANTITY} (?:seconds|minutes|hours|days)|{_QUANTITY} ?(?:%|per ?cent\b)"),
    _type("weight", r"\bhow (?:heavy|much (?:does|did|do) .* weigh)\b|\bwhat (?:weight|did .* weigh)\b", rf"{_QUANTITY}[ -]?(?:pounds?|lbs?|kilo(?:gram)?s?|kg|tons?|tonnes?|ounces?|grams?|stone)\b"),
    _type("length", r"\bhow (?:deep|tall|high|wide|far|thick)\b|\bwhat (?:depth|height|width|distance)\b", rf"{_QUANTITY}[ -]?{_LENGTH}|{_QUANTITY} (?:minutes?|hours?)(?:['’]s?)? (?:away|walk|drive)|{_QUANTITY} ?(?:%|per ?cent\b|percentage points?|points?\b)|{_MONEY}"),
    _type("frequency", r"\bhow (?:often|frequently|regularly)\b|\bhow many times\b", rf"\b(?:{_QUANTITY} times|once|twice|every|daily|weekly|monthly|yearly|annually|each|rarely|never|always|per {_UNIT_OF_TIME}|a {_UNIT_OF_TIME})\b"),
    _type("duration", r"\bhow (?:long|soon|quickly)\b", rf"{_QUANTITY}[ -]{_UNIT_OF_TIME}\b(?: and {_QUANTITY} {_UNIT_OF_TIME}\b)?(?! ago\b)|\b(?:an?|several|few|half an?) {_UNIT_OF_TIME}\b(?! ago\b)|{_QUANTITY}[ -]?{_LENGTH}|\b(?:until|since|through|by|till) (?:the )?(?:end|start|middle|{_TIME})|\b(?:indefinite|permanent|multiday|overnight)\w*\b"),
    _type("percentage", r"\b(?:what|which) (?:percentage|percent|per cent|share|proportion|fraction)\b|\bby what percentage\b", rf"{_QUANTITY} ?(?:%|per ?cent\b|percentage points?)|\b(?:half|(?:a|one|two|three)[ -](?:third|quarter|fifth|tenth)s?|majority|{_QUANTITY} (?:in|out of|of) (?:every )?{_QUANTITY})\b"),
    _type("money", r"\bhow much (?:money\b|(?:did|does|do|will|would|is|was|were|are|has|have) .*\b(?:cost|pay|paying|paid|charge|spend|spending|spent|offer|offering|offered|raise|sell|selling|sold|worth|earn|earning|make|owe|fined?|fund|bring in|donate|give|invest|receive|get|lose|save|awarded?|priced?|go for|su(?:e|ed|ing) for|seek(?:ing)?|sought)\b)|\bhow (?:big|large|high|hefty|heavy|steep|small|low) (?:(?:is|was|were|are|will|would|could|can) )?(?:an?|the) (?:\w+ )?(?:fines?|rewards?|bills?|loans?|debts?|prizes?|jackpots?|payouts?|settlements?|bonus|donations?|budget|salary|fees?|grants?|bail|price|cost|offer|bid|refund|rent)\b|\bhow much .*\b(?:money|revenue|funding|tax|aid|rent|salary|budget|profit|debt|fees?|dollars|pounds|fines?|compensation|damages)\b|\bwhat (?:price|cost|sum|salary|fine|fee|rent|budget)\b|\b(?:what|how much) .*\bcosts?\b(?! of living)|\bprice (?:of|did|does)\b|^what (?:was|were|is|are|did|do|does) .*\b(?:paid|earn|pay|cost|charged?(?! with\b))\b", _MONEY),
    _type("number", r"\bhow (?:many|much|big|large)\b|\bwhat (?:number|size|figure|amount|calibre|caliber|score|total|magnitude|rank)\b|\b(?:at|to|by) what figure\b|\b(?:number|figure|maximum|minimum|size) of\b|\bmaximum (?:size|number)\b|\bhow (?:strong|powerful)\b", _NUMBER),
    _type("time of day", r"\bwhat (?:time|hour)\b(?! of (?:the )?year)|\bwhich hour\b", rf"{_CLOCK}|\b(?:dawn|dusk|sunrise|sunset|daybreak|nightfall|tonight|morning|afternoon|evening|night)\b", surely=_CLOCK),
    _type("date", r"\b(?:what|which) (?:exact )?date\b", rf"\b(?:{_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?) \d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH},? \d{{4}}\b|\b(?:Christmas|New Year['’]s)(?: Day| Eve)?\b", needed=False),
    _type("time", r"^(?:and |so |but )?when\b|, when (?:did|was|is|will|are|were)\b|\b(?:what|which) (?:year|day|date|month|time|decade|century|week)\b|\b(?:since|until) when\b", _TIME),
    _type("cause of death", r"\b(?:what|how) did .* die\b|\bcause of (?:his |her |their )?death\b|\bwhat killed\b", _CAUSE, surely=_KILLED),
    _type("place", r"\bwhere\b|\b(?:which|what) (?:\w+ )?(?:country|city|town|place|state|island|restaurant|village|street|school|university|region|county|hotel|hospital|stadium|airport|nation|beach)\b", _PLACE, cased=True),
    _type("called", r"^(?:and )?(?:which|what)\b.*\b(?:called|nicknamed|named|dubbed|known as|titled)\b|\bname of\b|\b(?:what|which) (?:name|nickname|title)\b", _CALLED, cased=True),
    _type("person", r"^(?:and |so |but )?who(?:m|se)?\b|, who(?:m|se)?\b|\b(?:by|to|with|from|for|of) who(?:m|se)\b|\b(?:which|what) (?:\w+ )?(?:man|woman|player|minister|mayor|actor|actress|singer|person|teenager|politician|scientist|coach|director|author|writer|artist|athlete|president|king|queen|lawyer|judge|doctor|senator|congress(?:man|woman)|lawmaker|carpenter|teenager|footballer|\w+(?:ist|ian|smith))\b", _NAME + r"|^[A-Z][\w'’-]+ [A-Z][\w'’-]+|\b(?:mayors?|councillors?|principals?|owners?|ministers?|residents?|workers?|officers?)\b", cased=True, surely=_WHOLE_NAME),
    _type("reason", r"\bwhy\b|\bwhat (?:reason|caused|led|prompted)\b|\bhow come\b|\bwhat was the (?:reason|cause)\b", _REASON, needed=False),
    _type("name", r"^(?:and )?(?:at |in |for |to |of |on |with )?which\b|^what (?:is|was) the name\b", _NAME + r"|[“\"‘][^“”\"‘’]{2,40}[”\"’]", needed=False, cased=True),
)  # fmt: skip
"""In the order in which they are tried: the first whose pattern matches."""

_LATER = {
    word: number
    for number, row in enumerate(("second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th"), 2)
    for word in row.split()
}  # fmt: skip
"""Ranks that an answer must keep; "first" and "last" are adverbs too often."""
_LATER |= dict.fromkeys(("runner-up", "runners-up", "runner up", "runners up"), 2)
_RANK = re.compile(r"\b(?:" + "|".join(_LATER) + r")\b(?! (?:half|quarter|hand|time around|thoughts?))", re.IGNORECASE)


WORDY = frozenset(("reason", "cause of death"))
"""Kinds whose answer is a clause: the whole sentence is shown, nothing marked in it."""
COUNTED = frozenset(
    "age,temperature,speed,weight,length,frequency,duration,percentage,money,number,time of day,date,time".split(",")
)
NAMES = frozenset(("person", "name", "called"))
NEAREST = 3
"""Of the question's words in the sentence, how many count."""


def asked_for(question: str) -> AnswerType | None:
    """The kind of thing that a question asks for; None where any sentence may do."""
    return next((kind for kind in TYPES if kind.asked.search(question)), None)


MORE = re.compile(
    r"\b(?:more|most|less|least|fewer|fewest|\w+er than|the \w+est)\b"
    r"|^(?:and )?(?:which|who|what)(?: [\w'’-]+){0,3}? (?:is|was|are|were|has|had|got|did) (?:the )?\w+er\b",
    re.IGNORECASE,
)
MEASURED = re.compile(
    r"\b(?:how (?:much|many|far|high|low|long|old|big|large)|number|rate|rank\w*|price|cost|average|share|toll|total|count|level|figure|size"
    r"|population|percentage|temperature|budget|estimates?|value|salary|score|rents?|fares?|odds|index|attendance|deaths|cases)\b",
    re.IGNORECASE,
)
"""Of a change: what is told in numbers."""
_PART = re.compile(r"[\w'’]+")
_HOUR = re.compile(r"(?::\d\d)? ?[ap]\.?m\b|:\d\d\b| o['’]clock\b", re.IGNORECASE)
_DATE_AROUND = re.compile(rf"(?:{_MONTH}|\bJan|\bFeb|\bAug|\bSept|\bOct|\bNov|\bDec)\.? \d{{1,2}}$|\b(?:19|20)\d\d$")
NUMBER = next(kind for kind in TYPES if kind.name == "number")
FIGURE = _type("figure", MEASURED.pattern, rf"(?!one\b){_QUANTITY}\b")
_PRICE = _type("price", r"\b(?:price|costs?|rents?|fares?|salary|budget|damages?|box office)\b", _MONEY)
_RATE = _type(
    "rate", r"\b(?:share|percentage|rate|proportion)\b", rf"{_QUANTITY} ?(?:%|per ?cent\b|percentage points?)"
)


def figure_of(question: str) -> AnswerType | None:
    """What is told at each time of a thing that changes and is told in numbers."""
    return next((kind for kind in (_RATE, _PRICE, FIGURE) if kind.asked.search(question)), None)


def candidates(kind: AnswerType | None, text: str, asked: Collection[str]) -> Iterator[Span]:
    """Where in the text something of that kind stands that the question itself doesn't hold, in reading order. `asked`:
    its stems. Found one by one: who only wants to know whether there is one needn't wait for the rest."""
    if kind is None:
        return
    for m in kind.holds.finditer(text):
        span = m.span(1) if m.re.groups and m[1] else m.span()
        if kind.name in ("number", "figure") and (
            _DATE_AROUND.search(text[max(0, span[0] - 12) : span[1]]) or _HOUR.match(text, span[1])
        ):
            continue
        parts = _PART.findall(text[slice(*span)].lower())
        if kind.name in WORDY or any(w not in STOPWORDS and stem(w) not in asked for w in parts):
            yield span


def short_answer(question: str, text: str) -> Span | None:
    """What a sentence holds of the kind of thing asked for: of several the one that counts what is counted ("480 drivers",
    asked how many drivers), else the one that stands nearest to the question's own words; None where the kind has no short answer, and among
    several names, which nearness doesn't tell apart ("who beat whom?")."""
    kind, asked = asked_for(question), set(terms(question))
    if kind is None or kind.name in WORDY:
        return None
    found = list(candidates(kind, text, asked))
    shared = [span for word, span in words(text) if stem(word) in asked and word not in STOPWORDS]
    counted = stem(m[1].lower()) if kind.name == "number" and (m := _COUNTED.search(question)) else ""
    outside = [(a, b) for a, b in found if not any(a < y and x < b for x, y in shared)] or found
    if not outside or (kind.name in NAMES and len(outside) > 1):
        return None

    def distance(span: Span) -> float:
        if counted and counted in map(stem, _PART.findall(text[span[1] : span[1] + WITHIN].lower())[:NOUN]):
            return -1.0
        gaps = sorted(max(x - span[1], span[0] - y, 0) for x, y in shared)[:NEAREST]
        return sum(gaps) / len(gaps) if gaps else 0.0

    return min(outside, key=lambda span: (distance(span), span))


_COUNTED = re.compile(r"\bhow many (?:(?:more|other|new|of the) )*([\w'’-]+)", re.IGNORECASE)
WITHIN, NOUN = 40, 3
"""In so many characters behind a number, and so many words, what it counts is looked for."""
RATHER = 0.5
"""How well a sentence fits that holds the thing, though not in full: a surname, "in the morning"."""


def fits(kind: AnswerType | None, text: str, asked: Collection[str]) -> float:
    """1 where the text holds a candidate, less where it doesn't hold the thing in full, else 0."""
    if kind is None or not any(True for _ in candidates(kind, text, asked)):
        return 0.0
    return 1.0 if kind.surely is None or fits(replace(kind, holds=kind.surely, surely=None), text, asked) else RATHER


def keeps_rank(question: str, text: str) -> bool:
    """Whether the text holds each rank that is asked for: who came second isn't told by who came first."""
    wanted = {_LATER[m.group().lower()] for m in _RANK.finditer(question)}
    return wanted <= {_LATER[m.group().lower()] for m in _RANK.finditer(text)}


_WITHIN = re.compile(
    r"^(?:and |so )?(?:did|does|has|have|do) .*?\b(?:say|said|tell|told|mention\w*|give|given|reveal\w*|disclose\w*|explain\w*|specify|specified)\b(?: \w+)? (?=when\b|how |what (?:date|day|year|age|number)|an? (?P<noun>date|number|figure|price|deadline|timetable)\b)"
    r"|\babout (?=how (?:much|many|old|long|far|often)\b)|^(?:and |so )?(?=how (?:much|many|high|low|old|long|far|often)\b|when did\b)",
    re.IGNORECASE,
)
_NOUNS = {
    "date": "when",
    "deadline": "when",
    "timetable": "when",
    "number": "how many",
    "figure": "how many",
    "price": "how much does it cost",
}


def asked_within(question: str) -> AnswerType | None:
    """The quantity or time that somebody is asked to have named: "did she say how many?", "did he give a figure?" """
    m = _WITHIN.search(question)
    if not m:
        return None
    kind = asked_for(_NOUNS[m["noun"].lower()] if m["noun"] else question[m.end() :])
    return kind if kind and kind.name in COUNTED else None


def must_fit(question: str) -> bool:
    """Whether a sentence that holds no such thing can't be the answer."""
    kind = asked_for(question)
    return (kind is not None and kind.needed) or bool(_RANK.search(question))


_WITHHELD = re.compile(
    r"\b(?:ha(?:s|ve|d)|did|do(?:es)?|is|are|was|were|would|will|could)(?:n['’]t| not|(?= (?:never|yet to)\b))(?: (?:never|yet|to|be|been|immediately|publicly|officially|further))*"
    r" (?:releas\w+|disclos\w+|nam(?:e|ed)|identif\w+|announc\w+|reveal\w*|specif\w+|made public|known|clear|determined?|decided?|say)\b"
    r"|\b(?:declin|refus)\w+ to (?:say|name|identify|disclose|reveal|give|specify|confirm)\b|\b(?:remain|stay)(?:s|ed|ing)? (?:anonymous|unknown|unclear|unnamed|a mystery)\b"
    r"|\b(?:is|are|was|were) (?:unknown|unclear|undisclosed)\b|\b(?:to|will) be (?:unveiled|announced|revealed|named|decided|determined)\b",
    re.IGNORECASE,
)


_NO_CAUSE = re.compile(
    r"\bno (?:official |further )?(?:cause|reason|motive|explanation)s?\b[^.;]* (?:given|known|disclosed|released|provided|made public|established|offered)\b"
    r"|\b(?:the|his|her|their|its)(?: \w+)? (?:cause|reason|motive)s?(?: (?:of|for|behind)(?: [\w'’]+){1,5}?)?"
    r" (?:(?:ha[sd]|have|is|are|was|were)(?: not|n['’]t| never| yet to)\b|(?:is|are|was|were|remain\w*) (?:un(?:known|clear|determined)|a mystery)\b)"
    r"|\b(?:un|not (?:immediately |yet )?)(?:clear|known) (?:why|how|what (?:caused|led|killed|prompted))\b"
    r"|(?:\b(?:not|never|declined to|refused to)|n['’]t) (?:say|saying|give|given|disclose|explain|specify|reveal|release)\w* (?:why|how (?:he|she|they|the)\b|(?:a|any|the|his|her|their) (?:cause|reason|motive|explanation))",
    re.IGNORECASE,
)
"""Where a whole clause is asked for, a clause elsewhere in the sentence may not be known."""


def withholds(question: str, text: str) -> bool:
    """Whether the text tells that the thing asked for isn't known or told: "the name has not been released"."""
    kind = asked_for(question)
    if kind is None:
        return False
    if kind.name in WORDY:
        told = kind.surely is not None and kind.surely.search(text)
        return not told and bool(_NO_CAUSE.search(text))
    if not _WITHHELD.search(text):
        return False
    return not (kind.needed and fits(kind, text, set(map(stem, map(str.lower, _PART.findall(question))))))
