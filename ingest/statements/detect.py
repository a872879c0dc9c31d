"""From parsed paragraphs to drafts: frames are found, weighed against each other, and completed by lone quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.statements.aloud import with_authors
from ingest.statements.drafts import Draft
from ingest.statements.frames import Frame, declined_frames, verb_frames
from ingest.statements.interview import quotations, turns
from ingest.statements.lone import lone_quotes
from ingest.statements.nouns import noun_frames
from ingest.statements.page import Page, read_page
from ingest.statements.parse import LONGEST
from ingest.statements.phrases import according_frames, heading_frames, view_frames
from ingest.statements.quotes import paragraphs
from ingest.statements.surface import with_surface
from ingest.statements.weigh import weigh
from rag.domain import Form, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

CONFIDENCE: dict[str, tuple[float, float, float]] = {
    "quote before": (0.92, 0.72, 0.72),
    "clause": (0.87, 0.83, 0.80),
    "according to": (0.84, 0.79, 0.87),
    "postposed": (0.83, 0.83, 0.88),
    "parenthetical": (0.80, 0.80, 0.80),
    "surface": (0.73, 0.73, 0.73),
    "heading": (0.80, 0.80, 0.80),
    "quote after": (0.72, 0.59, 0.59),
    "declined": (0.62, 0.62, 0.62),
    "object": (0.77, 0.74, 0.69),
    "rest": (0.53, 0.53, 0.53),
    "noun": (0.57, 0.57, 0.56),
    "passive": (0.69, 0.69, 0.69),
    "about": (0.66, 0.66, 0.65),
}
"""How often a pattern's statements are true, by form: direct, mixed, reported.

Share of those that PolNeAR's annotators marked too, with the same source, over the 840 articles of its training part
(12,400 statements). Fitted together with `mind.RELIABILITY`, so that the product of both is the share of each group;
forms seen fewer than forty times take their pattern's share.
"""

ANSWERED = 0.9
"""Confidence of an answer in an interview: none stands in PolNeAR; in a few hundred that were read the
label told right."""

_FORMS: tuple[Form, ...] = ("direct", "mixed", "reported")


FINDERS = (verb_frames, noun_frames, declined_frames, according_frames, view_frames, heading_frames)
"""What reads a paragraph for frames."""


def detect(text: str, docs: list[tuple[int, Doc]]) -> list[Draft]:
    """The drafts of a text in reading order.

    `docs` are the parsed pieces of `text`, each with the character where it starts, in reading order. Paragraphs that
    aren't among them are read for quotations alone.
    """
    frames: list[tuple[Page, Frame]] = []
    spans = paragraphs(text)
    answers = turns(text, spans)
    quotes = quotations(text, spans, answers)
    for start, doc in docs:
        at = max(0, bisect_right(spans, start, key=lambda span: span[0]) - 1)
        page = read_page(text, start, doc, quotes[at] if quotes else ())
        found = [frame for find in FINDERS for frame in find(page)]
        kept = weigh(sorted(found, key=lambda frame: frame.cue), text)
        frames += [(page, frame) for frame in with_authors(page, with_surface(page, kept))]
    drafts = [_draft(page, frame) for page, frame in frames]
    drafts += [
        Draft((span,), turn.label, (turn.label[1], turn.label[1] + 1), "direct", "said", False, ANSWERED)
        for turn in answers
        for span in turn.spans
    ]
    drafts += lone_quotes(text, drafts, spans, quotes)
    return nest(sorted(drafts, key=lambda draft: (draft.spans[0], draft.cue or (0, 0))))


def _draft(page: Page, frame: Frame) -> Draft:
    form = form_of(page, frame.spans)
    confidence = CONFIDENCE[frame.pattern][_FORMS.index(form)]
    return Draft(frame.spans, frame.source, frame.cue, form, frame.kind, frame.negated, confidence)


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
    """The drafts, in reading order, each with the index of the smallest other whose words hold its cue and content."""
    starts = [draft.spans[0][0] for draft in drafts]
    out = list(drafts)
    for i, inner in enumerate(drafts):
        if inner.cue is None:
            continue
        first = bisect_left(starts, min(inner.cue[0], inner.spans[0][0]) - LONGEST)
        last = bisect_right(starts, max(inner.cue[0], inner.spans[0][0]))
        holders = [
            (drafts[j].spans[-1][1] - starts[j], j)
            for j in range(first, last)
            if j != i and _holds(drafts[j], inner.cue) and _holds(drafts[j], inner.spans[0])
        ]
        if holders:
            out[i] = replace(inner, within=min(holders)[1])
    return out


def _holds(outer: Draft, span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer.spans)
