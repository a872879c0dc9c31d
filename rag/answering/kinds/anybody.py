"""Who said something: statements of anybody on the topic, and by the side they take."""

from __future__ import annotations

from rag.answering import compose, notes
from rag.answering.evidence import reading, select, statements
from rag.answering.kinds.result import answered, noted
from rag.answering.kinds.stated import fact
from rag.answering.understanding import patterns
from rag.cross_encoder import bundled_cross_encoder
from rag.domain import Answer, Question
from rag.holdings import Holdings


def who_said(holdings: Holdings, question: Question) -> Answer:
    """Which people said something, each with their words."""
    if question.quote:
        chosen = statements.holding_words(holdings, question.quote, question.filters)
    else:
        said = statements.on_topic(holdings, question)
        if question.among and not patterns.WHO_SAID.match(question.plain or question.text):
            said = statements.of_group(holdings, said, question.among)
        said = reading.of_anybody(bundled_cross_encoder("who"), question, said)
        chosen = select.relevant_of_anybody(said, question.stance)
    if not chosen:
        told = fact(holdings, question)
        if question.stance and told.answered:  # what is told of it takes no side
            return noted(told, notes.nobody_on_this_side(question.stance))
        return told
    lines = compose.said_lines(chosen, holdings.who)
    return answered(holdings, question, lines)
