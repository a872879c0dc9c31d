"""Which kind of thing a question asks for, and whether a sentence holds one: patterns as data."""

from __future__ import annotations

import re
from collections.abc import Collection

from rag.text import STOPWORDS, stem

_NUMBER = (
    r"\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|hundreds|thousand|thousands|million|millions|billion|dozen|dozens"
    r"|half|third|quarter|once|twice|none|no one)\b"
)
_NAME = r"(?<![.!?\"“] )(?<!^)\b[A-Z][\w'’-]+(?: (?:[a-z]{1,3} )?[A-Z][\w'’-]+)*"
_TIME = (
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:1[5-9]|20)\d\d(?:s|\b)|\b\d+(?::\d\d)? ?[ap]\.?m\b|\b(?:yesterday|today|tomorrow|tonight|noon|midnight|week|month|year|hour|century|B\.?C)\w*\b"
)
_KINDS: list[tuple[str, str, str]] = [
    ("money", r"^how much (?:money|did .* cost|does .* cost|is .* worth)|\bhow much\b|\bwhat (?:price|cost|sum)\b|\bcost\b", r"[$£€¥]\s?\d|\d[\d,.]* ?(?:million|billion|dollars|pounds|euros|cents|per ?cent|%)|" + _NUMBER),
    ("number", r"\bhow (?:many|old|far|long|big|large|tall|deep|heavy|often|fast|high)\b|\bwhat (?:number|percentage|share|proportion|age|size|figure)\b|\b(?:number|figure|share|percentage|maximum|minimum) (?:of|size)\b", _NUMBER),
    ("time", r"^(?:and |so )?when\b|, when (?:did|was|is|will)\b|\bwhat (?:year|day|date|month|time)\b|\b(?:which|what) (?:year|decade)\b|\baround what\b", _TIME),
    ("place", r"\bwhere\b|\b(?:which|what) (?:country|city|town|place|state|island|restaurant|village|street|school|university)\b", r"\b(?:in|at|from|to|near|off|outside|on|of|into|across)\s+(?:the )?[A-Z][\w'’-]+"),
    ("person", r"\bwho(?:m|se)?\b|\b(?:which|what) (?:man|woman|player|minister|mayor|actor|singer|person|teenager|politician|scientist)\b", _NAME + r"|\b(?:mayors?|councillors?|principals?|owners?|ministers?|residents?|workers?|officers?)\b"),
    ("reason", r"\bwhy\b|\bwhat (?:reason|caused|led)\b|\bhow come\b", r"\b(?:because|since|due to|as a result|so that|in order|after|over|amid|citing|caused|to avoid|owing|reason|led to|sparked|prompted|blamed|worried|fear\w*)\b"),
    ("name", r"^(?:which|what)\b.*\b(?:called|name[ds]?)\b|\bwhich\b|^what (?:is|was) the name\b", _NAME),
]  # fmt: skip
_ASKED = [(kind, re.compile(asked, re.IGNORECASE)) for kind, asked, _ in _KINDS]
_HOLDS = {
    kind: re.compile(holds, re.IGNORECASE if kind in ("number", "money", "time", "reason") else 0)
    for kind, _, holds in _KINDS
}


CONCRETE = frozenset(("money", "number", "time", "place", "person"))
"""Kinds that a sentence must hold to answer at all."""


def asked_for(question: str) -> str | None:
    """ "money", "number", "time", "place", "person", "reason", "name", or None where any sentence may do."""
    return next((kind for kind, pattern in _ASKED if pattern.search(question)), None)


def candidates(kind: str | None, text: str, asked: Collection[str]) -> list[tuple[int, int]]:
    """Where in the text something of that kind stands that the question itself doesn't hold. `asked`: its stems."""
    if kind is None:
        return []
    found = []
    for m in _HOLDS[kind].finditer(text):
        parts = [stem(w) for w in re.findall(r"[\w'’]+", m.group().lower()) if w not in STOPWORDS]
        if kind == "reason" or any(part not in asked for part in parts):
            found.append(m.span())
    return found


def fits(kind: str | None, text: str, asked: Collection[str]) -> float:
    """1 where the text holds a candidate, else 0."""
    return 1.0 if candidates(kind, text, asked) else 0.0
