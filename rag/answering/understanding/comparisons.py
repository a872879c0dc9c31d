"""Questions that compare or hold more than one: two times, two things, two questions. Pure functions of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from rag.answering.understanding.times import TIME_ALONE, dated_after, moment, without_time
from rag.domain import Moment

_CHANGES = (
    r"chang\w+|shift\w*|mov(?:e|ed|es)|evolv\w+|differ\w*|var(?:y|ied)|develop\w*|gr[eo]w\w*|r[io]se\w*|f[ae]ll\w*|drop\w*|increas\w+|decreas\w+"
    r"|climb\w*|jump\w*|swell\w*|swollen|clos(?:e|ed|es|ing) in|shr[iau]nk\w*|slip\w*|declin\w+|go|goes|went|compare[ds]?|become|became|closer|further|farther|higher|lower|bigger|smaller|more|less|fewer|longer|shorter|better|worse|cheaper|dearer|progress\w*"
)
_CHANGE = re.compile(rf"\b(?:{_CHANGES})\b", re.IGNORECASE)
_SPAN_BEGINS = re.compile(r",?\s*\b(?:between|from)\s+", re.IGNORECASE)
_SPAN = re.compile(r"(?P<a>.+?),?\s+(?:and|to|until|till)\s+(?P<b>[^?]+?)\s*\?*$", re.IGNORECASE)
_OVER_TIME = re.compile(
    rf"^(?:and )?how (?:has|have|did|does|do) (?P<topic>.+?) (?!(?:go|goes|went)\b)(?:{_CHANGES})(?: (?:over (?:time|the \w+)|since .+|lately|so far))?\s*\?*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"^(?:and )?how (?:has|have|did|does|do) (?P<topic>.+?) (?!(?:go|goes|went)\b)(?:{_CHANGES})"
    r"(?: (?:with)?in (?:just )?(?:a |the |some |several )?(?:few )?(?:hours?|days?|weeks?|months?))? (?:in|during|over|throughout|within) (?P<when>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
""" "How did Pell's view of the ferry change during October?" """
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
_THAN = re.compile(
    r"^(?P<head>(?:and |so )?(?:by )?how (?:much|many) (?P<more>more|less|fewer|(?!other\b|number\b)\w{2,}er\b).+?) (?P<of>at|in|on|for|during|under|after|against|with|from)"
    r" (?P<a>[^,?]+?) (?:than|compared (?:to|with)) (?:(?P=of) )?(?P<b>[^,?]+?)\s*\?*$",
    re.IGNORECASE,
)
""" "How much bigger was the crowd at the final than at the semifinal?" """

LONGEST_NAME = 12
"""Words of one of two things: "the ferry that sank off Lathe Bank in May 2023"."""

_AND_THEN = re.compile(
    r"(?:,|;|\?)\s*(?:and|but) (?=(?:(?:by )?(?:what|how|why|when|where|whom?|whose|which)\b(?: \w+){0,3}? )?(?:did|does|do|has|have|had|was|were|is|are|would|will|could|can)\b)"
    r"|(?<=\S)\s+and (?=(?:what|how|why|who)(?: \w+)? (?:did|does|do|has|have|was|were|is|are) )|(?:,|;|\?)\s*(?:and|but) (?=who (?:else )?\w+ed\b)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"(?P<first>.+?)[,;]? (?:and|but)(?: then)? (?:(?:by )?how(?: (?!(?:on|in|by|at|as|before|after|until|during)\b)\w+)?|what|where|who|(?=(?:was|were|is|are|did|had|has)\b))"
    r"(?: ?\b(?:was|were|is|are|had|has|did) (?:it|he|she|they|there|that)(?: (?:grown|risen|climbed|fallen|become|been|got|gone|reached?))?)?"
    rf" (?P<time>{TIME_ALONE})\s*\?*$",
    re.IGNORECASE,
)
""" "How many were without power on May 3, and how many two days later?": the same is asked of another time."""
_CLAUSE_OF_TIME = r"(?:when|after|before|once|while|as soon as)\b [^,;?]+"
_AGAIN_WHEN = re.compile(
    rf"(?P<head>(?:what|how|where|why)\b[^,;?]+?) (?P<first>{_CLAUSE_OF_TIME}),? (?:and|but)(?: then)? (?:what|how|where|why)(?: \w+)?? (?P<second>{_CLAUSE_OF_TIME})\?*$",
    re.IGNORECASE,
)
""" "What did she call it when she bought it, and what when she sold it?" """
_ASKS = re.compile(
    r"(?:and |so |by |for |to |with )?(?:what|how|why|when|where|who|whom|which|did|does|has|have|is|was|are|were)\b",
    re.IGNORECASE,
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
    within: Moment | None = None
    """The one time in which it changes."""


def change(text: str, today: datetime | None) -> Change | None:
    """ "How did the water level change between May and July 2022?" """
    for begin in reversed(list(_SPAN_BEGINS.finditer(text))):  # "the toll from the floods … from Friday to Monday"
        m = _SPAN.match(text, begin.end())
        moments = _two(m["a"], m["b"], today) if m else None
        rest = text[: begin.start()]
        if moments and _HOW.match(rest) and _CHANGE.search(rest):
            return _about(_HOW.sub("", rest), moments)
    if (m := _THAN.match(text)) and (moments := _two(m["a"], m["b"], today)):
        return Change(_HOW.sub("", m["head"]), None, moments)
    if m := _OVER_TIME.match(text):
        return _about(m["topic"], ())
    if (m := _WITHIN.match(text)) and (at := moment(m["when"], today)) and at.since:
        found = _about(m["topic"], ())
        return replace(found, within=at) if found.speaker and found.topic else None
    return None


def _two(earlier: str, later: str, today: datetime | None) -> tuple[Moment, Moment] | None:
    """Both times, where the words mean two; "early and late March" has its month once."""
    second = moment(later, today)
    if second is None:
        return None
    first = moment(earlier, today, second) or moment(f"{earlier} {' '.join(second.words.split()[1:])}", today, second)
    return (first, second) if first and first != second else None


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
    """("Which boat is faster", ("the Tern", "the Gull")) of "Which boat is faster, the Tern or the Gull?",
    and the same of "How much faster …, than …?" """
    m = _WHICH.match(text) or _THAN.match(text)
    if not m or max(len(m["a"].split()), len(m["b"].split())) > LONGEST_NAME:
        return None
    return m["head"].strip(), (m["a"].strip(), m["b"].strip())


def parts(text: str, today: datetime | None = None) -> list[str]:
    """The questions in a text that asks two: "What did Pell say in May, and why did she change her mind?" The second one's
    time is told in full: "a week later" as the days that it means."""
    if not _ASKS.match(text):
        return [text]
    if (m := _AGAIN.match(text)) and (at := moment(m["first"], today)):
        second = dated_after(m["time"], at)
        return [f"{m['first']}?", f"{without_time(m['first'], at)} {second}?"]
    if m := _AGAIN_WHEN.match(text):
        at = moment(m["first"], today)
        second = dated_after(m["second"], at) if at else m["second"]
        return [f"{m['head']} {time.strip()}?" for time in (m["first"], second)]
    m = _AND_THEN.search(text)
    if not m:
        return [text]
    first, second = text[: m.start()].strip(" ,;?"), text[m.end() :].strip()
    if first.lower().startswith("who") and _THEIR_WORDS.match(second):
        return [f"{first}?"]
    if min(len(first.split()), len(second.split())) < 3:
        return [text]
    if at := moment(first, today):
        second = dated_after(second, at)
    return [f"{first}?", second[:1].upper() + second[1:]]
