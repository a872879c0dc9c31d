"""A question that leans on the conversation before it: what it leaves out is taken from there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from rag.answering.understanding import followup_patterns as f
from rag.answering.understanding import patterns as p
from rag.answering.understanding.frame import Frame
from rag.answering.understanding.readings import (
    asks_who,
    described_speaker,
    own_terms,
    standalone,
    topic_of,
    with_speaker,
)
from rag.answering.understanding.times import time_window
from rag.domain import Person, Question, QuestionKind
from rag.text import terms
from rag.who import Mention, Who, relation_in

LONGEST_ROLE = 5
"""Words of a fragment that names an office."""
WHOLE = 3
"""Telling words of a topic that says by itself what it is about."""


def with_owner(text: str, frame: Frame, who: Who) -> str:
    """ "What about her sister?" with the name of whose sister is meant: of those whom the conversation is about, the first
    who has one by the articles, else its speaker, who is one and so not whom "their sister" belongs to."""
    m = f.RELATIVE.match(text) if frame.speaker else None
    if m is None:
        return text
    noun = f.RELATIVE_NOUN.match(text, m.end())
    met = [frame.speaker, *_people_in(frame.topic, who), *(name for name, _ in frame.others)]
    known = next((name for name in met if noun and who.find(f"{name}'s {noun.group()}")), None)
    speaker = who.of_id(frame.person_id) if frame.person_id is not None else None
    if known is None and speaker and speaker.kind == "person" and m.group().lower().endswith("their "):
        return text
    return f"{m['before']}{known or frame.speaker}'s {text[m.end() :]}"


def follow_up(text: str, frame: Frame, who: Who, today: datetime | None = None) -> Question | None:
    """A question that is only a fragment: "and about staffing?", "what about Coleman?", "who else?", "why?"."""
    if frame.speaker and f.AGREES.match(text) and (asked := asks_who(text)):
        return replace(asked, topic=frame.topic, besides=(frame.speaker,))
    if f.WHO_ELSE.match(text):
        asked = asks_who(text) or Question(text, "who said", topic=topic_of(text, f.WHO_ELSE.sub("", text, count=1)))
        met = tuple(name for name, _ in frame.others)
        besides = (frame.speaker, *met) if frame.speaker else frame.said
        if f.OBJECT.search(asked.topic) and (meant := _object(asked, frame, who)):
            return replace(asked, topic=f.OBJECT.sub(lambda _: meant, asked.topic), besides=besides)
        before = _names_of(frame.topic, asked.topic)
        if len(own_terms(asked.topic)) >= WHOLE and not f.REFERS_BACK.search(asked.topic):
            before = _names_in(before)
        return replace(asked, topic=joined(asked.topic, before), besides=besides)
    if frame.speaker and (m := f.WHY_NOT.match(text)):
        return Question(text, "said", frame.speaker, frame.person_id, topic=topic_of(text, m["topic"]))
    if m := f.BARE_WHY.match(text):
        if frame.speaker:
            return Question(text, "said", frame.speaker, frame.person_id, topic=frame.topic)
        return Question(text, "fact", topic=f"{m['word'] or ''} {frame.topic}".strip())
    if frame.speaker and (shifted := f.SHIFTED.match(text)):
        return Question(text, "said", frame.speaker, frame.person_id, topic=topic_of(text, text[shifted.end() :]))
    if frame.speaker and (at := f.AT_A_TIME.match(text)):
        return Question(text, "said", frame.speaker, frame.person_id, topic=_then(at["clause"].strip(" ?"), frame))
    if intends := _intending(text, frame, who):
        return intends
    text = f.LIKE.sub("and about ", text)
    m = f.FRAGMENT.match(text)
    if not m or asks_who(text):
        return None
    rest = (m.group("rest") or m.group()).strip(" ?.!,")
    about = m.group("about")
    if f.RIVAL.match(rest) and frame.others:
        name, number = frame.others[0]
        return Question(text, "said", name, number, topic=frame.topic)
    if frame.speaker and frame.noun and (one := f.THAT_ONE.match(rest)):
        slot = f"{one['whose']} {frame.noun}"
        mention = who.find(slot)
        return with_speaker(Question(text, "said", topic=frame.topic), slot, mention.people if mention else ())
    undated = time_window(rest, today)[1]
    if not about and relation_in(undated):  # "and Pell's brother?" is not Pell
        return with_speaker(Question(text, "said", topic=frame.topic), undated, ())
    mention = None if about else _speaker_fragment(undated, who)
    if mention:
        on = f.ON.search(undated[mention.span[1] :])
        own = topic_of(text, undated[mention.span[1] :][on.end() :]) if on else ""
        topic = joined(own, frame.topic) if not own or f.AT_ITS_TIME.match(own) else own
        time = [w for w in rest.split() if w not in undated.split()]  # "and Lund in March?"
        topic = " ".join([topic, *time])
        return with_speaker(Question(text, "said", topic=topic), undated[slice(*mention.span)], mention.people)
    if frame.speaker and not about and f.THAT_BODY.match(rest):
        return with_speaker(Question(text, "said", topic=frame.topic), rest, ())
    alone = standalone(rest, who)
    of_another = alone.kind == "said" and alone.person_id is not None and own_terms(alone.topic)
    if of_another and not (about and f.ASKING.match(rest)):  # "and about why Lund raised the fares?" asks Pell
        return None  # "Pell's view of the ferry?"
    goes_on = frame.kind in ("who said", "summary")
    asked_of = (frame.speaker, frame.person_id)
    if about and frame.kind == "fact" and frame.speaker is None and frame.others:  # asks for words again
        asked_of = frame.others[0]
    kind: QuestionKind = "said" if asked_of[0] else frame.kind if goes_on else "fact"
    question = Question(text, kind, *asked_of, topic=topic_of(text, rest))
    return replace(question, stance=frame.stance, among=frame.among) if kind == "who said" else question


def _then(clause: str, frame: Frame) -> str:
    """The topic at another time: of "when it was called off" with what "it" is, of "after the storm" the same as before."""
    what = f.FINITE.sub("", f.CLAUSE_LEAD.sub("", frame.topic)) or frame.topic
    if f.REFERS_BACK.search(clause):
        return f.REFERS_BACK.sub(lambda _: what, clause, count=1)
    return joined(clause, frame.topic) if f.AT_ITS_TIME.match(clause) else clause


def _intending(text: str, frame: Frame, who: Who) -> Question | None:
    """ "Is Pell going to resign?" of one of those whom the conversation is about: what they say on it."""
    if len(p.SENTENCE_ENDS.split(text)) > 1:
        return None  # "Would Pell sell it? What has she said?" says so itself
    m = f.INTENDS.match(text)
    slot = (m["is"] or m["will"]) if m else ""
    mention = who.find(slot) if slot else None
    if m is None or mention is None or mention.how not in ("name", "surname") or mention.span != (0, len(slot)):
        return None
    met = [(frame.speaker, frame.person_id), *frame.others]
    told = next(((name, number) for name, number in met if any(number == p.id for p in mention.people)), None)
    return Question(text, "said", *told, topic=topic_of(text, text[m.end() :])) if told else None


def _speaker_fragment(rest: str, who: Who) -> Mention | None:
    """The speaker that a fragment switches to: all its telling words are the person's name or role."""
    head = f.SELF.sub("", f.THEIR_VIEW.sub("", f.ON.split(rest, maxsplit=1)[0]))
    mention = who.find(head)
    if mention is None:
        return None
    words_of = head[slice(*mention.span)]
    if (
        all(person.kind == "organisation" for person in mention.people)
        and not words_of[:1].isupper()
        and " " not in words_of
    ):
        return None  # "and lifeboats?" is a topic, even where an organisation is called so
    if mention.how == "office" and len(head.split()) > LONGEST_ROLE:
        return None  # "the mayor paying for all of the others' crossings" is no office
    named, all_told = len(terms(words_of)), len(terms(head))
    if words_of.islower() and mention.how in ("name", "surname", "given", "spelling") and named < all_told:
        return None  # "and what good does it do?" asks nobody called Good
    return mention if named * 2 >= all_told else None


def fill_in(question: Question, text: str, frame: Frame, who: Who, today: datetime | None = None) -> Question:
    """Pronouns and missing topics, from the frame; and its articles, where the question leans on them."""
    alone = question
    if question.speaker and question.speaker.lower() in p.PRONOUNS:
        name, number = _antecedent(question.speaker.lower(), frame, who)
        question = replace(question, speaker=name or question.speaker, person_id=number)
    if question.kind in ("said", "who said"):
        topic = _compared_with(p.INTENT.sub("", f.LIGHT.sub("", question.topic)), text)
        if meant := _object(question, frame, who):
            topic = f.OBJECT.sub(lambda _: meant, topic)
        question = replace(question, topic=topic)
        if not own_terms(time_window(question.topic, today)[1]) or f.REFERS_BACK.search(question.topic):
            question = replace(question, topic=_with_meant(question.topic, frame))
        if question.speaker and set(terms(question.topic)) <= set(terms(question.speaker)):
            # asked for its answer to what they said of it
            question = replace(question, topic=" ".join([question.topic, *_met(frame, question.speaker)]).strip())
    elif question.kind == "fact" and not own_terms(time_window(question.topic, today)[1]):  # "and in April?"
        question = replace(question, topic=joined(question.topic, frame.topic))
    elif question.kind == "fact" and (slot := described_speaker(text)) and not own_terms(slot[1]):
        question = replace(question, topic=joined(question.topic, frame.topic))  # "and what did the church say?"
    elif question.kind == "fact" and f.REFERS_BACK.search(text):
        question = replace(question, topic=joined(question.topic, f"{frame.topic} {frame.speaker or ''}"))
    if question.kind == "fact":
        return replace(question, context=frame.articles, around=frame.topic)
    if question == alone and _whole(question, text):
        return question
    carried = _carries(question.topic, frame)
    left_out = carried and not set(terms(frame.topic)) <= set(terms(text))
    began = frame.first_topic if left_out and frame.first_topic != frame.topic else ""
    had = f.OWN.search(frame.topic)
    if had and had.group() in question.topic and had.group() not in alone.topic:
        began = had.group()  # of "give up her seat" nobody may speak, but of her seat
    elif f.HOW_FOR.search(text):
        began = frame.first_topic
    around = " ".join(_met(frame, question.speaker))
    return replace(question, context=frame.articles, carried=carried, around=around, began=began)


def _with_meant(topic: str, frame: Frame) -> str:
    """A topic with what its "it" or "there" means, or, where it tells nothing, with what the conversation is about."""
    if not f.REFERS_BACK.search(topic):
        return joined(topic, _names_of(frame.topic, topic))
    if f.IT_TO.search(topic):
        body = _names_in(frame.topic) or _names_in(frame.first_topic)
        return f.IT_TO.sub(f"{body} ", topic) if body else joined(topic, frame.first_topic or frame.topic)
    had = f.OWN.search(frame.topic)
    if had and own_terms(f.REFERS_BACK.sub("", topic)):
        return f.REFERS_BACK.sub(lambda _: had.group(), topic, count=1)
    return joined(topic, _names_of(joined(frame.topic, frame.first_topic), topic))


def _names_in(text: str) -> str:
    return " ".join(w for w in text.split() if w[:1].isupper())


def _met(frame: Frame, speaker: str | None) -> list[str]:
    """Whom the conversation is about besides this speaker, the last one first."""
    names = (frame.speaker, *(name for name, _ in frame.others))
    return list(dict.fromkeys(name for name in names if name and name != speaker))


def _compared_with(topic: str, text: str) -> str:
    """Of "did she compare it with the fire?" the fire: that is what must have been spoken of."""
    compared = f.COMPARED.search(text)
    return re.sub(rf"^{compared['this']}\b(?: with| to)?\s*", "", topic) if compared else topic


def _whole(question: Question, text: str) -> bool:
    """Whether a question to which the conversation added nothing means the same without it: it opens as a question of its
    own, says by name whom it asks about, and its topic is no "the fire", of which the conversation may tell which."""
    asked = set(re.findall(r"[\w'-]+", text.lower()))
    if not set(terms(question.topic)) <= set(terms(text)):
        return False  # "what about Lund?"
    named = question.speaker is None or bool(asked & set(question.speaker.lower().split()))
    return named and not question.choices and not f.LEANS.search(text) and not f.DEFINITE.search(question.topic)


def _object(question: Question, frame: Frame, who: Who) -> str | None:
    """Whom "him" means in what is said of him: somebody named in the topic, else whom the conversation is about, but not
    the speaker."""
    named = _people_in(f"{frame.topic} {frame.first_topic}", who)
    met = (frame.speaker, *(name for name, _ in frame.others))
    asked = set(terms(question.speaker or ""))
    return next((name for name in (*named, *met) if name and "'s " not in name and not _is_called(name, asked)), None)


def _people_in(text: str, who: Who) -> list[str]:
    """Names of known people in a text, two of which may stand side by side: "in Osmere Marta Pell Otis Grady"."""
    found = []
    for run in f.NAME.finditer(text):
        words = [word.removesuffix("'s") for word in run.group().split()]
        for first, second in pairwise(words):
            people = who.named(f"{first} {second}")
            if len(people) == 1 and {first, second} <= set(people[0].name.split()):
                whole = set(people[0].name.split()) <= set(words)
                found.append(people[0].name if whole else f"{first} {second}")
    return found


def _is_called(name: str, asked: set[str]) -> bool:
    """Whether these stems are the name or a part of it, as of a surname alone that several bear."""
    return bool(asked) and asked <= set(terms(name))


def _carries(topic: str, frame: Frame) -> bool:
    """Whether the topic is the conversation's, or holds it."""
    held = set(terms(frame.topic))
    return bool(held) and held <= set(terms(topic))


def joined(topic: str, before: str) -> str:
    """Both topics, each word of the earlier one once, without the pronoun that stood for it."""
    topic = " ".join(f.REFERS_BACK.sub("", topic).split())
    if not own_terms(topic):
        return before
    held = set(terms(topic))
    return " ".join([topic, *(w for w in before.split() if not set(terms(w)) <= held)]).strip()


def _names_of(before: str, topic: str) -> str:
    """What an earlier topic gives to one that tells something itself and refers to a place ("there") or to nothing of it:
    its names, where it has some, or a place in small letters. Of "it" and "that" it may be any word."""
    refers = {m.group().lower() for m in f.REFERS_BACK.finditer(topic)}
    of_people = {"them"} if f.THEY_THEM.search(topic) else set[str]()
    if not own_terms(f.REFERS_BACK.sub("", topic)) or refers - {"there"} - of_people:
        return before
    place = f.PLACE.search(before) if refers == {"there"} else None
    return _names_in(before) or (place["place"] if place else before)


def _antecedent(pronoun: str, frame: Frame, who: Who) -> tuple[str | None, int | None]:
    """Whom a pronoun means, of those whom the conversation is about the last one whom it fits."""
    for name, number in (*_asked_of(frame, who), (frame.speaker, frame.person_id), *frame.others):
        person = who.of_id(number) if number is not None else None
        if name and not (person and _of_the_other_sex(pronoun, person)):
            return name, number
    if frame.speaker:
        return frame.speaker, frame.person_id
    for m in (m for text in frame.names for m in f.NAME.finditer(text)):
        people = who.named(m.group())
        if len(people) == 1 and people[0].kind == "person":
            return people[0].name, people[0].id
    for name in frame.said:
        if people := who.named(name):
            return people[0].name, people[0].id
    return None, None


def _asked_of(frame: Frame, who: Who) -> list[tuple[str, int]]:
    """The person whom a question is about that asked nobody for their words: "was Otis Grady sure?"."""
    asking = f.ASKING.match(frame.names[0]) if frame.names and not frame.speaker else None
    subject = f.NAME.match(frame.names[0], asking.end()) if asking else None
    people = who.named(subject.group()) if subject else []
    return [(people[0].name, people[0].id)] if len(people) == 1 and people[0].kind == "person" else []


def _of_the_other_sex(pronoun: str, person: Person) -> bool:
    """Whether the articles' "Mr" or "Ms" before the person's name rules the pronoun out."""
    titles = {word.rstrip(".") for name in (person.name, *person.aliases) for word in name.lower().split()[:1]}
    woman, man = bool(titles & p.OF_WOMEN), bool(titles & p.OF_MEN)
    return (pronoun in ("he", "him", "his") and woman and not man) or (
        pronoun in ("she", "her", "hers") and man and not woman
    )
