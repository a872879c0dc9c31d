"""How a turn of a conversation opens: on a new topic, back at somebody or something, or with what it takes up by a short
name. Pure functions of text with straight quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.understanding import followup_patterns as f
from rag.answering.understanding.frame import Frame, frame_of
from rag.answering.understanding.plain import without_greeting
from rag.domain import Answer
from rag.text import capital_first, capital_runs
from rag.who import Who


@dataclass(frozen=True, slots=True)
class Opened:
    """A turn without its opening."""

    text: str
    frame: Frame | None
    """What the conversation is about from here on, or None where the turn leaves it."""
    back: bool = False
    """Whether it goes back to somebody or something of before."""


def opened(text: str, history: Sequence[Answer], frame: Frame | None, who: Who) -> Opened:
    """ "OK, back to Pell: is she going to resign?" as "Is she going to resign?" of the conversation about Pell."""
    text = without_greeting(text)
    if opening := f.RESET.match(text):
        text = capital_first(text[opening.end() :])
        return Opened(text, frame if f.ITS_SUBJECT.search(text) else None)
    back = f.BACK_TO.match(text)
    if back is None:
        return Opened(text, frame)
    rest = text[back.end() :]
    again = frame_of(back["name"], history, who) if frame else None
    if frame and (again or rest):
        return Opened(capital_first(rest) or f"What about {back['name']}?", again or frame, back=True)
    return Opened(f"{back['name']}, {rest}" if rest else f"What about {back['name']}?", frame)


def in_full(text: str, frame: Frame, who: Who) -> str:
    """The question with the full name of somebody in the conversation whose surname it begins with, where others bear it,
    too; and with the name of the only body that the conversation is about for "the company"."""
    for name in filter(None, (frame.speaker, *(name for name, _ in frame.others))):
        last = name.split()[-1]
        lead = re.match(rf"(?:(?:{_ASKING})\b[, ]*)*(?={re.escape(last)}\b)", text, re.IGNORECASE)
        if lead and last != name and text[lead.end() : lead.end() + 1].isupper() and len(who.named(last)) > 1:
            return f"{text[: lead.end()]}{name}{text[lead.end() + len(last) :]}"
    bodies = _bodies(frame, who) if f.BODY.match(text) else []
    return f.BODY.sub(lambda m: f"{m['before']}{bodies[0]}", text) if len(bodies) == 1 else text


_ASKING = (
    "and|but|so|then|what about|how about|what|why|how|when|where"
    "|(?:did|does|do|has|have|had|is|was|will|would|could|can|should)(?:n't)?"
)
"""Words that stand before the subject of a question."""


def _bodies(frame: Frame, who: Who) -> list[str]:
    """The organisations that the conversation names, each as it does."""
    told = [
        frame.speaker or "",
        *(name for name, _ in frame.others),
        *capital_runs(frame.topic),
        *capital_runs(frame.first_topic),
    ]
    found: dict[str, str] = {}
    for name in filter(None, told):
        mention = who.find(name)
        if (
            mention
            and mention.how in ("name", "surname")
            and all(body.kind == "organisation" for body in mention.people)
        ):
            found.setdefault(mention.people[0].name, name)
    return list(found.values())
