"""Whether what is asked of somebody may be told by the articles in their own voice, and isn't only for that person to say.
Pure functions of the question and of whom it asks."""

from __future__ import annotations

from rag import answer_types
from rag.answering.understanding import patterns as p
from rag.answering.understanding.followup_patterns import LEANS
from rag.answering.understanding.readings import standalone
from rag.domain import Person, Question
from rag.text import terms
from rag.who import Who, head_noun, relation_in


def asks_for_a_thing(text: str) -> bool:
    """Whether a question asks for a number, a time, a place or a thing of which somebody need not have spoken."""
    asks = answer_types.must_fit(text) or p.A_THING.match(text)
    return bool(asks) and not p.ASKS_WORDS.search(text)


def may_tell_of(question: Question, person: Person) -> bool:
    """Of who is asked about and says nothing on it: why somebody thinks so who is asked about by their office alone ("why did
    the inspectors think …"), or, of an organisation, a number, a time or a place."""
    text = question.text
    by_name = bool(set(terms(person.name)) & set(terms(question.plain)))
    if p.WHY.match(text) and not (by_name and p.ASKS_WORDS.search(text)):
        return True
    if person.kind != "organisation":
        return asks_for_a_thing(text)
    return _in_small_letters(person, question) or answer_types.must_fit(text) or asks_for_a_thing(text)


def may_tell_of_unquoted(question: Question) -> bool | None:
    """Of somebody who is never quoted: why a firm did something, what those did whom only a description tells, how much
    somebody promised, though not what they say. None where the question itself doesn't tell."""
    text, speaker = question.text, question.speaker or ""
    if p.WHY.match(text):
        return not p.HE_OR_SHE.search(text)
    if relation_in(speaker) and p.ASKS_WORDS.search(text):
        return False  # what others say is not what "Pell's coach" says
    described = head_noun(speaker)[:1].islower() or p.DOES.match(speaker)
    return True if described or asks_for_a_thing(text) else None


def asks_for_anything(question: Question, who: Who) -> bool:
    """Whether it asks by itself what somebody said, of whatever: "what did Pell say?", unlike "and Pell?"."""
    alone = standalone(question.plain, who)
    whole = alone.kind == "said" and alone.person_id == question.person_id and not LEANS.search(question.plain)
    return whole and not alone.topic


def _in_small_letters(body: Person, question: Question) -> bool:
    """Whether an organisation is told as any other of its kind: "police", not "Tarn Police"."""
    return body.name.lower() in question.plain
