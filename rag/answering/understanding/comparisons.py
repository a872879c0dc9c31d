"""Questions that compare or hold more than one: two times, two things, two questions. Pure functions of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from rag.answering.understanding.times import moment
from rag.domain import Moment

_CHANGES = (
    r"chang\w+|shift\w*|mov(?:e|ed|es)|evolv\w+|differ\w*|var(?:y|ied)|develop\w*|gr[eo]w\w*|r[io]se\w*|f[ae]ll\w*|drop\w*|increas\w+|decreas\w+|climb\w*|jump\w*|shr[aiu]nk\w*|swell\w*|swollen"
    r"|go|goes|went|compare[ds]?|become|became|closer|further|farther|higher|lower|bigger|smaller|more|less|fewer|longer|shorter|better|worse|cheaper|dearer|progress\w*"
)
_CHANGE = re.compile(rf"\b(?:{_CHANGES})\b", re.IGNORECASE)
_SPAN = re.compile(
    r"[,]?\s*\b(?:between|from)\s+(?P<a>(?:(?!\b(?:between|from)\b).)+?)\s+(?:and|to|until|till)\s+(?P<b>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
"""Two times, behind the last "between" or "from": boats from Ottersby may come before."""
_PART_OF = re.compile(r"^(?:early|mid|late|the (?:start|beginning|middle|end) of)\b", re.IGNORECASE)
_OVER_TIME = re.compile(
    rf"^(?:and )?how (?:has|have|did|does|do) (?P<topic>.+?) (?!(?:go|goes|went)\b)(?:{_CHANGES})(?: (?:over (?:time|the \w+)|since .+|lately|so far))?\s*\?*$",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"^(?:and |so )?(?:how|by how (?:much|many)|what)(?: (?:much|many|far))?(?: \w+)?? (?:has|have|had|did|does|do|was|were|is|are)\s+|^(?:and |so )?how\s+",
    re.IGNORECASE,
)
_LAST_VERB = re.compile(rf"\s+(?:{_CHANGES})\b(?P<rest>.*)$", re.IGNORECASE)
_POSITION = re.compile(
    r"^(?:the )?(?P<speaker>.+?)(?:'s?)? (?:position|view|views|stance|line|opinion|tone|message|policy|rhetoric)\b(?: (?:on|about|of|over|regarding|towards?))?(?P<topic>.*)$",
    re.IGNORECASE,
)

_WHICH = re.compile(
    r"^(?P<head>(?:and |so )?(?:which|who|what|whose|where|is|was|are|were)\b.+?)(?:[,:]\s+|\s-+\s+)(?P<a>[^,?]+?),? or (?P<b>[^,?]+?)\s*\?*$",
    re.IGNORECASE,
)

_AND_THEN = re.compile(
    r"(?:,|;|\?)\s*(?:and|but) (?=(?:(?:(?:by|in|to|from) )?(?:what|how|why|when|where|whom?|which)\b(?: \w+){0,3}? )?(?:did|does|do|has|have|had|was|were|is|are|would|will|could|can)\b)"
    r"|(?<=\S)\s+and (?=(?:what|how|why|who)(?: \w+)? (?:did|does|do|has|have|was|were|is|are) )|(?:,|;|\?)\s*(?:and|but) (?=who (?:else )?\w+ed\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:and |so )?(?:what|how|why|when|where|who|whom|which|did|does|has|have|is|was|are|were)\b", re.IGNORECASE
)
_THEIR_WORDS = re.compile(
    r"(?:what|why)(?: \w+)? (?:did|does|do|have|has) (?:they|he|she)(?: (?:say|said|think|want|give))?\W*$",
    re.IGNORECASE,
)
"""After "who …": asked already, since who spoke is answered in their words."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked about at two times, or over time where there are no moments."""

    topic: str
    speaker: str | None
    """Where it is somebody's position that changes: whose."""
    moments: tuple[Moment, ...]


def change(text: str, today: datetime | None) -> Change | None:
    """ "How did the water level change between May and July 2022?" """
    if m := _SPAN.search(text):
        later = moment(m["b"], today)
        part = _PART_OF.fullmatch(m["a"])  # "between early and late March"
        earlier = moment(f"{m['a']} {_PART_OF.sub('', m['b']).strip()}" if part else m["a"], today, later)
        rest = text[: m.start()]
        if earlier and later and _HOW.match(rest) and _CHANGE.search(rest):
            return _about(_HOW.sub("", rest), (earlier, later))
    if m := _OVER_TIME.match(text):
        return _about(m["topic"], ())
    return None


def _about(what: str, moments: tuple[Moment, ...]) -> Change:
    last = list(_LAST_VERB.finditer(what))
    if last and not last[-1]["rest"].strip():
        what = what[: last[-1].start()]
    what = what.strip(" ?,")
    position = _POSITION.match(what)
    if position:
        return Change(position["topic"].strip(" ?,"), position["speaker"], moments)
    return Change(what, None, moments)


def alternatives(text: str) -> tuple[str, tuple[str, str]] | None:
    """("Which boat is faster", ("the Tern", "the Gull")) of "Which boat is faster, the Tern or the Gull?" """
    m = _WHICH.match(text)
    if not m or max(len(m["a"].split()), len(m["b"].split())) > 8:
        return None
    return m["head"].strip(), (m["a"].strip(), m["b"].strip())


def parts(text: str) -> list[str]:
    """The questions in a text that asks two: "What did Pell say in May, and why did she change her mind?" """
    m = _AND_THEN.search(text)
    if not m or not _ASKS.match(text):
        return [text]
    first, second = text[: m.start()].strip(" ,;?"), text[m.end() :].strip()
    if first.lower().startswith("who") and _THEIR_WORDS.match(second):
        return [f"{first}?"]
    return (
        [f"{first}?", second[:1].upper() + second[1:]] if min(len(first.split()), len(second.split())) >= 3 else [text]
    )
