"""An answer of lines that stand up to a check, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering import compose, notes
from rag.answering.checking.verify import check_lines
from rag.domain import Answer, Line, Question
from rag.holdings import Holdings

MOST_LINES = 24
"""Lines of one answer; the note says how many more there are."""


def answered(holdings: Holdings, question: Question, lines: Sequence[Line]) -> Answer:
    held = check_lines(lines, holdings.catalogue.article)
    shown = tuple(held[:MOST_LINES])
    note = notes.more(len(held) - len(shown)) if len(held) > len(shown) else None
    return Answer(bool(shown), shown, compose.citations(shown), question, note)


def noted(found: Answer, note: str | None) -> Answer:
    """With this sentence before what the answer's note says already."""
    return replace(found, note=" ".join(filter(None, (note, found.note))) or None)


def refuse(question: Question, note: str, nearby: Sequence[Line] = ()) -> Answer:
    return Answer(False, (), (), question, note, tuple(nearby))
