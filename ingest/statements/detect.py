"""From parsed paragraphs to drafts: frames are found, weighed against each other, and joined by what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.statements.drafts import Draft
from ingest.statements.frames import Frame, verb_frames
from ingest.statements.page import Page, read_page
from ingest.statements.phrases import according_frames
from rag.domain import Form, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


TRACE: dict[int, str] = {}


def detect(text: str, docs: list[tuple[int, Doc]]) -> list[Draft]:
    drafts: list[Draft] = []
    for start, doc in docs:
        page = read_page(text, start, doc)
        for frame in sorted(verb_frames(page) + according_frames(page), key=lambda f: f.cue):
            drafts.append(draft(page, frame))
            TRACE[id(drafts[-1])] = frame.pattern
    return drafts


def draft(page: Page, frame: Frame) -> Draft:
    return Draft(frame.spans, frame.source, frame.cue, form_of(page, frame.spans), frame.kind, frame.negated, 0.8)


def form_of(page: Page, spans: tuple[Span, ...]) -> Form:
    return "reported"
