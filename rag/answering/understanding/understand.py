"""From what was asked to a `Question`: who, about what, what kind, when. A pure function of text, history and people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rag.answering.understanding import comparisons, several
from rag.answering.understanding import followup_patterns as f
from rag.answering.understanding import patterns as p
from rag.answering.understanding.followup import fill_in, follow_up, joined, with_owner
from rag.answering.understanding.frame import Frame, last_frame
from rag.answering.understanding.opening import in_full, opened
from rag.answering.understanding.own_voice import asks_for_a_thing
from rag.answering.understanding.plain import behind, plainly
from rag.answering.understanding.readings import (
    each_speaker,
    own_terms,
    standalone,
    subject_in,
    summary_of,
    topic_of,
    with_speaker,
)
from rag.answering.understanding.times import Window, time_window
from rag.domain import Answer, Filters, Question, by_the_clock
from rag.text import STOPWORDS, fold, terms, words
from rag.who import Who

LONGEST = 2000
"""Characters of a question; more is no question but a text."""
LITTLE = 1
"""Telling words of a topic that back at somebody may be about what was spoken of then."""


def understand(
    asked: str, history: Sequence[Answer], who: Who, filters: Filters = Filters(), today: datetime | None = None
) -> Question:
    """What is asked, standalone: what a follow-up leaves out is taken from the answers before it (oldest first).

    The reader sees the result and can correct it: `filters` win over what the words say.
    """
    asked = asked.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
    today = by_the_clock(today) if today else None
    text = " ".join(fold(asked).split())
    if problem := _unreadable(text):
        return Question(text=problem, kind="nothing", filters=filters, asked=asked)
    frame = last_frame(history)
    turn = opened(text, history, frame, who)
    frame = turn.frame
    text = plain = _time_last(p.ONLY_ASKS.sub(r" \g<ask>", plainly(turn.text)).strip(), today)
    text = behind(subject_in(in_full(with_owner(text, frame, who), frame, who) if frame else text, who))
    article = summary_of(text)
    if article and standalone(article, who).person_id is not None:  # "summarise what Pell said about the ferry"
        text, article = article, None
    if article:
        question = Question(text, "summary", topic=frame.topic if frame and not own_terms(article) else article)
        return replace(_said_by(question, filters, who), asked=asked, plain=plain)
    parts = comparisons.parts(text, today)
    parts = parts if len(parts) > 1 else each_speaker(parts[0], who)
    if len(parts) > 1:
        return _several(asked, parts, history if frame else (), who, filters, today)
    (text,) = parts
    if compared := _compared(text, frame, who, today):
        if not (filters.since or filters.until):
            filters = replace(filters, since=compared.filters.since, until=compared.filters.until)
        return replace(_said_by(compared, filters, who), asked=asked, plain=plain)
    question = (follow_up(text, frame, who, today) if frame else None) or standalone(text, who)
    if frame:
        question = fill_in(question, text, frame, who, today)
    if frame and turn.back and len(own_terms(question.topic)) <= LITTLE and not p.ABOUT.search(text):
        question = replace(question, topic=joined(question.topic, frame.topic))
    if (question.speaker or "").lower() in p.PRONOUNS:
        question = Question(text, "fact", topic=text)  # nobody before whom it could mean
    if question.kind != "fact":  # a fact's date is when it happened, not when it was printed
        window, topic = time_window(question.topic, today)
        ahead = _lies_ahead(text, question.topic, window, today)
        question = replace(question, topic=question.topic if ahead else topic_of(text, topic))
        if not (filters.since or filters.until or ahead):
            filters = replace(filters, since=window[0], until=window[1])
            question = replace(question, worded_time=any(window))
    question = _said_by(question, filters, who)
    told = _sentence(question, question.text if question.kind == "said" else text)
    return replace(question, asked=asked, plain=plain, text=told)


def _time_last(text: str, today: datetime | None) -> str:
    """A question that begins with a time, with that at its end: "in March, what did Pell say?"."""
    m = p.TIME_FIRST.match(text)
    time = m["time"][:1].lower() + m["time"][1:] if m else ""
    return f"{m['rest'].rstrip(' ?')} {time}?" if m and any(time_window(time, today)[0]) else text


def _lies_ahead(text: str, topic: str, window: Window, today: datetime | None) -> bool:
    """Whether a time in the topic is when something will be, not when somebody said so: it hasn't begun, or it isn't over
    and the question's verb looks ahead."""
    since, until = window
    if since and today and since > today:
        return True
    if until is None or today is None or until <= today + timedelta(days=1):
        return False
    return bool(p.AHEAD.search(text[: max(text.find(topic), 0)]))


def _said_by(question: Question, filters: Filters, who: Who) -> Question:
    """With the reader's filters; a speaker among them is who is asked about, whatever the question is: only what they say
    answers it."""
    if filters.speaker:
        if question.kind in ("fact", "who said", "summary", "which"):
            question = Question(question.text, "said", topic=question.topic)
        question = with_speaker(question, filters.speaker, who.named(filters.speaker))
    return replace(question, filters=replace(filters, speaker=None))


def _several(
    asked: str, texts: Sequence[str], history: Sequence[Answer], who: Who, filters: Filters, today: datetime | None
) -> Question:
    """Each of the questions in a text, understood after the one before it."""
    so_far = list(history)
    for text in texts:
        before = so_far[-1].understood if len(so_far) > len(history) else None
        text = several.with_subject(text, before) if before else text
        part = understand(text, so_far, who, filters, today)
        so_far.append(Answer(False, (), (), several.after(part, before, today) if before else part))
    each = [several.of_its_time(answer.understood, today) for answer in so_far[len(history) :]]
    parts = tuple(part for question in each for part in question.parts or (question,))
    return Question(" ".join(part.text for part in parts), "several", parts=parts, filters=filters, asked=asked)


def _compared(text: str, frame: Frame | None, who: Who, today: datetime | None) -> Question | None:
    """A question about two times or two things."""
    if (change := comparisons.change(text, today)) and not (change.moments and _asks_a_speaker(text, who)):
        if frame and f.REFERS_BACK.fullmatch(change.topic):  # "how has that changed?"
            change = replace(change, topic=frame.topic, speaker=frame.speaker)
        mention = who.find(change.speaker) if change.speaker else None
        people = list(mention.people) if mention and mention.how != "office" else []
        topic = change.topic or change.speaker or ""
        question = Question(text, "change", topic=topic, moments=change.moments)
        if at := change.within:
            question = replace(question, filters=Filters(since=at.since, until=at.until), worded_time=True)
        if change.speaker and change.topic:
            return with_speaker(question, change.speaker, people)
        return question
    either = comparisons.alternatives(text)
    if either and standalone(text, who).kind == "fact":
        return Question(text, "which", topic=either[0], alternatives=either[1])
    return None


def _asks_a_speaker(text: str, who: Who) -> bool:
    """Whether it asks what somebody said whom the archive knows: what changed "between March and May" is their topic."""
    asked = standalone(text, who)
    return asked.kind == "said" and asked.person_id is not None


def _unreadable(text: str) -> str | None:
    """One sentence on why this can't be asked, or None."""
    if len(text) > LONGEST:
        return f"The question is {len(text):,} characters long; please ask in at most {LONGEST:,}."
    if not text:
        return "Please type a question."
    letters = [c for c in text if c.isalpha()]
    if not letters and not any(c.isdigit() for c in text):
        return "There are no words in this question; please ask in words, for example: what did the mayor say about the bridge?"
    if sum(c.isascii() or "À" <= c <= "ɏ" for c in letters) < 0.5 * len(letters):
        return "Questions are understood in English only, as the articles are; please ask in English."
    plain = [w for w, (start, _) in words(text) if not text[start].isupper() or not start]  # Los Angeles is English
    foreign = sum(w in p.FOREIGN for w in plain)
    if foreign >= 2 and foreign > sum(w in STOPWORDS for w in plain):
        return "Questions are understood in English only, as the articles are; please ask in English."
    return None


def _sentence(question: Question, text: str) -> str:
    """The standalone question, as the reader is shown it: as asked where that says it all."""
    asked = set(terms(text))
    told = set(terms(question.topic)) <= asked or asks_for_a_thing(text)  # "how old is she?" of whatever they spoke on
    if question.kind == "said" and question.speaker and p.PRONOUN_SUBJECT.match(text) and told:
        return p.PRONOUN_SUBJECT.sub(lambda m: f"{m['before']}{question.speaker}", text)
    if question.kind == "said" and question.speaker and not set(terms(f"{question.speaker} {question.topic}")) <= asked:
        speaker, topic = set(terms(question.speaker)), question.topic
        if question.person_id is not None and speaker < set(terms(topic)):  # asked to answer what was said of it
            topic = " ".join(w for w in topic.split() if not terms(w) or not set(terms(w)) <= speaker)
        return f"What did {question.speaker} say{' about ' + topic if topic else ''}?"
    if question.kind == "who said" and question.quote is None and not set(terms(question.topic)) <= asked:
        return _who_sentence(question, text)
    return text


def _who_sentence(question: Question, text: str) -> str:
    """A question for who said it, with its verb, about this topic: "who was critical of it?"."""
    topic = question.topic
    m = p.WHO_SAID.match(text)
    if m is None and question.among:
        return f"What did the {question.among} say about {topic}?"
    if m is None:
        return f"Who said something about {topic}?"
    rest = m["topic"].strip(" ?")
    lead = re.match(p.TOPIC_LEAD, f"{rest} ", re.IGNORECASE)
    between = re.sub(r"\b(?:that|whether|if|what|why|how)$", "", lead.group().strip()) if lead else ""
    if not between.strip() and p.SPOKEN.fullmatch(m["verb"]):
        between = "something about"
    elif not rest:
        between = "about"
    return " ".join(f"{text[: m.start('topic')]} {between} {topic}?".split())
