"""From what was asked to a `Question`: who, about what, what kind, when. A pure function of text, history and people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rag.answering import patterns as p
from rag.answering.times import time_window
from rag.domain import Answer, Filters, Person, Question, QuestionKind
from rag.text import STOPWORDS, fold, terms, words
from rag.who import Mention, Who

LONGEST = 2000
"""Characters of a question; more is no question but a text."""


def understand(
    asked: str, history: Sequence[Answer], who: Who, filters: Filters = Filters(), today: datetime | None = None
) -> Question:
    """What is asked, standalone: what a follow-up leaves out is taken from the answers before it (oldest first).

    The reader sees the result and can correct it: `filters` win over what the words say.
    """
    text = " ".join(fold(asked).split())
    if problem := _unreadable(text):
        return Question(text=problem, kind="nothing", filters=filters, asked=asked)
    frame = _last_frame(history)
    if opening := p.RESET.match(text):
        text, frame = text[opening.end() :], None
        text = text[:1].upper() + text[1:]
    if frame and (back := p.BACK_TO.match(text)):
        text, frame = text[back.end() :], _frame_of(back["name"], history, who) or frame
    question = (_follow_up(text, frame, who) if frame else None) or _standalone(text, who)
    if frame:
        question = _fill_in(question, text, frame, who)
    if (question.speaker or "").lower() in p.PRONOUNS:
        question = Question(text, "fact", topic=text)  # nobody before whom it could mean
    if question.kind != "fact":  # a fact's date is when it happened, not when it was printed
        window, topic = time_window(question.topic, today)
        question = replace(question, topic=topic.strip(" ?"))
        filters = replace(filters, since=filters.since or window[0], until=filters.until or window[1])
    if filters.speaker:
        question = _with_speaker(question, filters.speaker, who.named(filters.speaker))
    return replace(question, filters=replace(filters, speaker=None), asked=asked, text=_sentence(question, text))


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
    plain = [w for w, _ in words(text)]
    foreign = sum(w in p.FOREIGN for w in plain)
    if foreign >= 2 and foreign > sum(w in STOPWORDS for w in plain):
        return "Questions are understood in English only, as the articles are; please ask in English."
    return None


# -- one question by itself ------------------------------------------------------------------------------------


def _standalone(text: str, who: Who) -> Question:
    """The first of its sentences that asks what somebody said gives the speaker, the whole gives the topic."""
    if quoted := p.QUOTED.search(text):
        return _about_a_quote(text, (quoted.group(1) or quoted.group(2)).strip(), who)
    return _asks_what_was_said(text, who) or _asks_who(text) or Question(text, "fact", topic=text)


def _asks_what_was_said(text: str, who: Who) -> Question | None:
    """The first reading whose speaker the archive knows, else the first reading at all."""
    readings = []
    for sentence in re.split(r"(?<=[?!])\s+", text):
        for pattern in p.SAID:
            if (m := pattern.match(sentence)) and (found := _said(text, sentence, m, who)):
                if found.person_id is not None or found.choices:
                    return found
                readings.append(found)
    return readings[0] if readings else None


def _asks_who(text: str) -> Question | None:
    m = p.WHO_SAID.match(text)
    return Question(text, "who said", topic=_topic(text, m.group("topic"))) if m else None


def _about_a_quote(text: str, quote: str, who: Who) -> Question:
    """A question with quoted words in it: is it theirs, or whose is it?"""
    outside = text.replace(quote, " ")
    slot = next((m.group("speaker") for pattern in p.SAID if (m := pattern.match(outside))), None)
    long_enough = len(quote.split()) >= p.QUOTE_WORDS
    if slot and p.REALLY.search(outside) and long_enough:
        mention = who.find(slot)
        question = Question(text, "quote check", topic=quote, quote=quote)
        return _with_speaker(question, slot.strip(), list(mention.people) if mention else [])
    if p.WHO.match(text) and len(quote.split()) >= 2:
        return Question(text, "who said", topic=quote, quote=quote)
    return _asks_what_was_said(text, who) or _asks_who(text) or Question(text, "fact", topic=text)


def _said(text: str, sentence: str, m: re.Match[str], who: Who) -> Question | None:
    """A match of a said-pattern as a question, or None where its slot can't be a speaker."""
    slot = m.group("speaker").strip(" ,'\"")
    slot = re.sub(r"^(?:else|exactly)\s+", "", slot)
    if not slot or slot.lower() in p.NOBODY:
        return None
    groups = m.groupdict()
    topic = groups.get("front") or groups.get("topic") or ""
    if sentence != text:
        topic = f"{text.replace(sentence, ' ')} {topic}"
    question = Question(text, "said", topic=_topic(text, topic))
    mention = None if slot.lower() in p.PRONOUNS else who.find(slot)
    if mention is None and slot.lower() not in p.PRONOUNS and not _is_name(slot):
        return None  # "the company": without a name to look for, any sentence that answers will do
    if mention is None and groups.get("loose") is not None:
        return None
    found = _with_speaker(question, slot, list(mention.people) if mention else [])
    if mention and mention.how == "office":
        names = tuple(person.name for person in mention.people)
        return replace(question, speaker=_bare(slot), choices=names, certain=False)
    return found


def _is_name(slot: str) -> bool:
    return any(w[:1].isupper() for w in slot.split()) and len(slot.split()) <= 8


def _with_speaker(question: Question, slot: str, people: Sequence[Person]) -> Question:
    """The speaker as the archive knows them; several who fit equally are choices, never guessed."""
    if not people:
        return replace(question, speaker=_bare(slot), person_id=None, choices=())
    if len(people) == 1:
        return replace(question, speaker=people[0].name, person_id=people[0].id, choices=())
    return replace(question, speaker=_bare(slot), person_id=None, choices=tuple(person.name for person in people))


def _bare(slot: str) -> str:
    return re.sub(r"^the\s+", "", slot.strip(), flags=re.IGNORECASE)


def _topic(text: str, topic: str) -> str:
    topic = re.sub(p.TOPIC_LEAD, "", topic.strip(" ?.!,"), flags=re.IGNORECASE)
    return topic.strip(" ?.!,")


# -- follow-ups ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the conversation is about."""

    speaker: str | None
    person_id: int | None
    topic: str
    kind: QuestionKind
    said: tuple[str, ...]
    """Speakers of the last answer, in reading order."""
    articles: tuple[str, ...]
    """Ids of the articles that the conversation has cited."""


def _last_frame(history: Sequence[Answer]) -> _Frame | None:
    cited = tuple(dict.fromkeys(c.article_id for answer in history for c in answer.citations))
    for answer in reversed(history):
        q = answer.understood
        if q.kind != "nothing":
            said = tuple(dict.fromkeys(c.speaker for c in answer.citations if c.speaker))
            return _Frame(q.speaker, q.person_id, q.topic, q.kind, said, cited)
    return None


def _frame_of(name: str, history: Sequence[Answer], who: Who) -> _Frame | None:
    """The conversation as it was when this person was last spoken of, now about them."""
    people = who.named(name)
    if len(people) != 1:
        return None
    named = set(terms(people[0].name))
    for n in range(len(history), 0, -1):
        frame = _last_frame(history[:n])
        if frame and (frame.person_id == people[0].id or named & set(terms(frame.topic))):
            topic = " ".join(w for w in frame.topic.split() if not named & set(terms(w)))
            return replace(frame, speaker=people[0].name, person_id=people[0].id, topic=topic)
    return None


def _follow_up(text: str, frame: _Frame, who: Who) -> Question | None:
    """A question that is only a fragment: "and about staffing?", "what about Coleman?", "who else?", "why?"."""
    if p.WHO_ELSE.match(text):
        rest = _topic(text, p.WHO_ELSE.sub("", text, count=1))
        topic = frame.topic if not _own_terms(rest) else f"{rest} {frame.topic}"
        return Question(text, "who said", topic=topic)
    if m := p.BARE_WHY.match(text):
        return Question(text, "said" if frame.speaker else "fact", frame.speaker, frame.person_id, topic=frame.topic)
    m = p.FRAGMENT.match(text)
    if not m:
        return None
    rest = (m.group("rest") or m.group()).strip(" ?.!,")
    about = m.group("about")
    mention = None if about else _speaker_fragment(rest, who)
    if mention:
        on = p.ON.search(rest[mention.span[1] :])
        topic = _topic(text, rest[mention.span[1] :][on.end() :]) if on else frame.topic
        return _with_speaker(Question(text, "said", topic=topic), rest[slice(*mention.span)], mention.people)
    kind: QuestionKind = "said" if frame.speaker else frame.kind
    return Question(text, kind, frame.speaker, frame.person_id, topic=_topic(text, rest))


def _speaker_fragment(rest: str, who: Who) -> Mention | None:
    """The speaker that a fragment switches to: all its telling words are the person's name or role."""
    head = p.ON.split(rest, maxsplit=1)[0]
    mention = who.find(head)
    if mention is None:
        return None
    words_of = head[slice(*mention.span)]
    if (
        all(person.kind == "organisation" for person in mention.people)
        and not words_of[:1].isupper()
        and " " not in words_of
    ):
        return None  # "and vaccines?" is a topic, even where an organisation is called so
    named = len(terms(words_of))
    return mention if named * 2 >= len(terms(head)) else None


def _fill_in(question: Question, text: str, frame: _Frame, who: Who) -> Question:
    """Pronouns and missing topics, from the frame."""
    if question.speaker and question.speaker.lower() in p.PRONOUNS:
        name, number = _antecedent(question.speaker.lower(), frame, who)
        question = replace(question, speaker=name, person_id=number)
    if question.kind in ("said", "who said") and (
        not _own_terms(question.topic) or p.REFERS_BACK.search(question.topic)
    ):
        question = replace(question, topic=_joined(question.topic, frame.topic))
    elif question.kind == "fact" and p.REFERS_BACK.search(text):
        question = replace(question, topic=_joined(question.topic, f"{frame.topic} {frame.speaker or ''}"))
    return replace(question, context=frame.articles)


def _joined(topic: str, before: str) -> str:
    """Both topics, each word of the earlier one once."""
    held = set(terms(topic))
    return " ".join([topic, *(w for w in before.split() if not terms(w) or not set(terms(w)) <= held)]).strip()


def _antecedent(pronoun: str, frame: _Frame, who: Who) -> tuple[str | None, int | None]:
    if frame.speaker:
        return frame.speaker, frame.person_id
    for name in frame.said:
        if people := who.named(name):
            return people[0].name, people[0].id
    return None, None


def _own_terms(topic: str) -> list[str]:
    return [t for t in terms(topic) if t not in p.EMPTY_TERMS]


def _sentence(question: Question, text: str) -> str:
    """The standalone question, as the reader is shown it: as asked where that says it all."""
    asked = set(terms(text))
    if question.kind == "said" and question.speaker and not set(terms(f"{question.speaker} {question.topic}")) <= asked:
        return f"What did {question.speaker} say{' about ' + question.topic if question.topic else ''}?"
    if question.kind == "who said" and question.quote is None and not set(terms(question.topic)) <= asked:
        return f"Who said something about {question.topic}?"
    return text
