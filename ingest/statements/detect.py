"""From parsed paragraphs to drafts: frames are found, weighed against each other, and joined by what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.statements.drafts import Draft
from ingest.statements.frames import Frame, Page, sentences, verb_frames
from ingest.statements.quotes import find_quotes
from rag.domain import Form, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def detect(text: str, docs: list[tuple[int, Doc]]) -> list[Draft]:
    drafts: list[Draft] = []
    for start, doc in docs:
        end = start + len(doc.text)
        quotes = tuple(find_quotes(text, (start, end)))
        page = Page(text, start, end, doc, quotes, sentences(doc, start, quotes))
        for frame in verb_frames(page):
            drafts.append(draft(page, frame))
    return drafts


def draft(page: Page, frame: Frame) -> Draft:
    return Draft(frame.spans, frame.source, frame.cue, form_of(page, frame.spans), frame.kind, frame.negated, 0.8)


def form_of(page: Page, spans: tuple[Span, ...]) -> Form:
    return "reported"
