"""What a conversation is about: whom, what, and which articles it has cited. From the answers before a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.understanding import followup_patterns as f
from rag.answering.understanding.readings import described_speaker
from rag.domain import Answer, Question, QuestionKind, Stance
from rag.text import terms
from rag.who import Who


@dataclass(frozen=True, slots=True)
class Frame:
    """What the conversation is about."""

    speaker: str | None
    person_id: int | None
    topic: str
    kind: QuestionKind
    said: tuple[str, ...]
    """Speakers of the last answer, in reading order."""
    articles: tuple[str, ...]
    """Ids of the articles that the conversation has cited."""
    first_topic: str = ""
    """What the conversation began with, which "it" may still mean after "and lifeboats?"."""
    noun: str = ""
    """The last word that was asked: "the dockers' union?" leaves "union" for "the teachers' one?"."""
    stance: Stance | None = None
    among: str = ""
    """Of a question for who said it: which side, and among whom."""
    names: tuple[str, ...] = ()
    """Texts that may name whom "she" means where nobody was asked about: the question, and what answered it first."""
    others: tuple[tuple[str, int | None], ...] = ()
    """Whom the conversation was about before its present speaker, the last one first."""


def _last(question: Question) -> Question:
    """Of several questions in one the last, which the conversation goes on from."""
    return question.parts[-1] if question.parts else question


def last_frame(history: Sequence[Answer]) -> Frame | None:
    cited = tuple(dict.fromkeys(c.article_id for answer in history for c in answer.citations))
    for answer in reversed(history):
        q = _last(answer.understood)
        if q.kind != "nothing":
            said = tuple(dict.fromkeys(c.speaker for c in answer.citations if c.speaker))
            asked = re.findall(r"\w+", q.asked)
            return Frame(
                q.speaker, q.person_id, _topic_of_frame(q), q.kind, said, cited, _first_topic(history),
                asked[-1] if asked else "", q.stance, q.among,
                (q.text if q.kind == "fact" else q.asked, *(line.text for line in answer.lines[:1])), _others(history, q.speaker),
            )  # fmt: skip
    return None


def _topic_of_frame(question: Question) -> str:
    """What it was about: a fact's topic is the whole question, without the words that only ask; and whose office was
    asked for ("Tarn Rail's boss") tells what the conversation is about, too."""
    topic = question.topic
    if question.kind == "fact":
        asked = described_speaker(topic)
        topic = asked[1] if asked and asked[1] else f.ASKING.sub("", topic).strip(" ?")
    topic = f.MEANS.sub("", topic)
    if question.kind != "said" or question.context:
        return topic
    known = set(terms(f"{topic} {question.speaker or ''}"))
    names = [w for w in re.findall(r"(?<!^)\b[A-Z][\w-]+", question.asked) if not set(terms(w)) <= known]
    return " ".join([topic, *dict.fromkeys(names)])


def _first_topic(history: Sequence[Answer]) -> str:
    """The topic since the conversation last changed its subject."""
    topic = ""
    for answer in history:
        q = _last(answer.understood)
        if q.kind != "nothing" and (not topic or not q.context):
            topic = _topic_of_frame(q)
    return topic


def _others(history: Sequence[Answer], speaker: str | None) -> tuple[tuple[str, int | None], ...]:
    met = [(q.speaker, q.person_id) for q in (_last(answer.understood) for answer in reversed(history)) if q.speaker]
    return tuple((name, number) for name, number in dict.fromkeys(met) if name != speaker)


def frame_of(name: str, history: Sequence[Answer], who: Who) -> Frame | None:
    """The conversation as it was when this person, or this topic, was last spoken of; now about them."""
    met = {_last(answer.understood).person_id for answer in history}
    people = who.named(name)
    people = [person for person in people if person.id in met] or people
    if len(people) != 1:
        return _frame_on(name, history)
    named = set(terms(people[0].name))
    for n in range(len(history), 0, -1):
        frame = last_frame(history[:n])
        if frame and (frame.person_id == people[0].id or named & set(terms(frame.topic))):
            topic = " ".join(w for w in frame.topic.split() if not named & set(terms(w)))
            return replace(frame, speaker=people[0].name, person_id=people[0].id, topic=topic)
    return _frame_on(name, history)


def _frame_on(topic: str, history: Sequence[Answer]) -> Frame | None:
    """The conversation as it was when it was last on this topic."""
    sought = set(terms(topic))
    frames = (last_frame(history[:n]) for n in range(len(history), 0, -1))
    return next((frame for frame in frames if frame and sought and sought <= set(terms(frame.topic))), None)
