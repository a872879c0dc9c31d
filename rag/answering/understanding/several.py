"""Several questions in one: what the later ones take from the one before. Pure functions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from rag.answering.understanding import followup_patterns as f
from rag.answering.understanding.followup import joined
from rag.answering.understanding.readings import own_terms
from rag.answering.understanding.times import moment, without_time
from rag.domain import Question
from rag.text import terms

_ITS_SUBJECT = re.compile(
    r"^(?P<lead>(?:by |for |to )?(?:what|how|why|when|where|whom?)(?: \w+)? (?:did|does|do|has|had|was|is)) it\b(?= \w)",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:it|they|them|he|him|she|its|their|his)\b"
    r"|\b(?:the|that|this|those|these) (?!(?:same|next|end|start|beginning)\b)(?-i:[a-z])",
    re.IGNORECASE,
)
_FEW = 4
"""A later question with so few words of its own asks on about what the one before asked about."""
_SPEAKING = re.compile(
    r"^(?:(?:saying|expecting|expect|expected|predicting|predict|thinking|think|hoping|hope|telling|tell|arguing|argue|now|then|instead|later|still)\b\s*)+$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:and )?(?:by )?how (?:many|much|far|high|low|long|big|large|often|old)\b", re.IGNORECASE)


def with_subject(text: str, before: Question) -> str:
    """ "How did it describe him?" after what a body said, with the body's name."""
    if before.kind != "said" or before.person_id is None:
        return text
    return _ITS_SUBJECT.sub(lambda m: f"{m['lead']} {before.speaker}", text)


def after(part: Question, before: Question, today: datetime | None) -> Question:
    """The part with what it leaves out and the question before it has."""
    at = moment(before.asked or before.text, today)
    if part.kind == "said" and before.kind == "said" and part.person_id == before.person_id:
        topic = part.topic
        for word in at.words.split() if at else ():
            topic = re.sub(rf"\b{re.escape(word)}\b\s*", "", topic)
        topic = before.topic if not topic.strip() or _SPEAKING.match(topic) else topic.strip()
        since, until = part.filters.since, part.filters.until
        if part.worded_time and since is None and until and before.filters.until and before.filters.until < until:
            since = before.filters.until  # "in March …, and by June?" asks of what came between
        text = part.text if topic == part.topic else f"What did {part.speaker} say about {topic}?"
        return replace(part, text=text, topic=topic, filters=replace(part.filters, since=since))
    if part.kind == "fact":
        earlier = without_time(before.topic, at) if at else before.topic
        asked = _undated(part.topic, today)
        if set(terms(asked)) <= set(terms(earlier)):
            return replace(part, around="")  # the same question, of another time
        subject = set(terms(before.speaker or ""))
        if len([t for t in own_terms(asked) if t not in subject]) <= (_FEW if _LEANS.search(part.text) else 1):
            return replace(part, topic=joined(part.topic.rstrip(" ?"), f.ASKING.sub("", earlier).strip(" ?")))
    return part


def _undated(text: str, today: datetime | None) -> str:
    at = moment(text, today)
    return without_time(text, at) if at else text


def of_its_time(part: Question, today: datetime | None) -> Question:
    """Of several questions one for a fact of a certain time: what was told then answers it, not what was told at the
    other's."""
    if part.kind == "said" and part.person_id is None and not part.choices and _NUMBERED.match(part.text):
        filters = replace(part.filters, since=None, until=None) if part.worded_time else part.filters
        part = Question(part.text, "fact", topic=part.text, filters=filters, asked=part.asked)
    at = moment(part.text, today) if part.kind == "fact" else None
    if at is None or at.words.isdigit():
        return part
    return replace(part, kind="change", topic=without_time(part.topic, at), moments=(at,))
