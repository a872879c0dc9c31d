"""From parsed paragraphs to drafts: frames are found, weighed against each other, and completed by lone quotations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.statements.drafts import Draft
from ingest.statements.frames import Frame, verb_frames
from ingest.statements.lone import lone_quotes
from ingest.statements.nouns import noun_frames
from ingest.statements.page import Page, read_page
from ingest.statements.phrases import according_frames, heading_frames
from ingest.statements.surface import with_surface
from ingest.statements.weigh import weigh
from rag.domain import Form, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE: dict[str, float] = {
    "quote before": 0.95,
    "clause": 0.87,
    "according to": 0.87,
    "postposed": 0.85,
    "parenthetical": 0.82,
    "surface": 0.83,
    "heading": 0.8,
    "quote after": 0.8,
    "object": 0.7,
    "rest": 0.62,
    "noun": 0.65,
    "about": 0.6,
}
"""Share of the pattern's statements that annotators marked too, rounded; measured on PolNeAR's training part."""


def detect(text: str, docs: list[tuple[int, Doc]]) -> list[Draft]:
    """The drafts of a text in reading order.

    `docs` are the parsed pieces of `text`, each with the character where it starts, in reading order. Paragraphs that
    aren't among them are read for quotations alone.
    """
    frames: list[tuple[Page, Frame]] = []
    for start, doc in docs:
        page = read_page(text, start, doc)
        found = sorted(verb_frames(page) + noun_frames(page) + according_frames(page) + heading_frames(page), key=lambda frame: frame.cue)
        kept = weigh(found)
        frames += [(page, frame) for frame in with_surface(page, kept)]
    drafts = [_draft(page, frame) for page, frame in frames]
    drafts += lone_quotes(text, drafts)
    return nest(sorted(drafts, key=lambda draft: (draft.spans[0], draft.cue or (0, 0))))


def _draft(page: Page, frame: Frame) -> Draft:
    confidence = CONFIDENCE[frame.pattern] - (0.1 if frame.source is None else 0.0)
    form = form_of(page, frame.spans)
    return Draft(frame.spans, frame.source, frame.cue, form, frame.kind, frame.negated, round(confidence, 2))


def form_of(page: Page, spans: tuple[Span, ...]) -> Form:
    """direct: next to nothing stands outside quotation marks. reported: nothing inside."""
    inside = outside = 0
    for start, end in spans:
        for at in range(start, end):
            if page.text[at].isalnum():
                if page.quoted(at):
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return "reported"
    return "direct" if outside <= 3 else "mixed"


def nest(drafts: list[Draft]) -> list[Draft]:
    """Every draft with the index of the smallest other draft whose words hold its cue and its content."""
    out = list(drafts)
    for i, inner in enumerate(drafts):
        if inner.cue is None:
            continue
        holders = [
            (outer.spans[-1][1] - outer.spans[0][0], j)
            for j, outer in enumerate(drafts)
            if j != i and _holds(outer, inner.cue) and _holds(outer, inner.spans[0])
        ]
        if holders:
            out[i] = replace(inner, within=min(holders)[1])
    return out


def _holds(outer: Draft, span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer.spans)
