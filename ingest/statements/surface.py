"""Quotations whose cue the parser missed: read from the words beside them alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.statements.behind import run_on
from ingest.statements.cues import QUOTING
from ingest.statements.frames import Frame
from ingest.statements.page import Page
from ingest.statements.quotes import Quote
from rag.domain import Span

_CUE = r"(?P<cue>" + "|".join(sorted(QUOTING, key=len, reverse=True)) + r")\b"
_NAME = r"(?P<source>(?:[A-Z][\w.'’-]*|[Tt]he|[Aa]n?|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)(?: [\w.$'’-]+){0,7}?)"
_ASIDE = r"(?:, [^,\"“”]{1,80},| \([^)]{1,40}\))?"
_ADVERB = r"(?: also| then| later| has| had| have)?"
_BEFORE = re.compile(rf"\s*{_NAME}{_ASIDE}{_ADVERB} {_CUE}")
_INVERTED = re.compile(rf"\s*{_CUE} {_NAME}(?=[,.;:]| who\b| in\b| on\b| at\b|\s*$)")
_OPENING = r"(?:^|[.!?][\"”’']?\s+|, |\band |\bbut )"
_INTRODUCED = re.compile(rf"{_OPENING}\s*{_NAME}{_ASIDE}{_ADVERB} {_CUE}(?: [\w’' ]{{1,40}})?[,:]\s*$")
_ENDING = re.compile(r"[^.!?\"“”]{0,120}[.,]\s*")
FEWEST_WORDS = 3


_SIGNED = re.compile(
    r"\s*(?:[―—–]|--?)\s*(?P<source>[A-Z][\w.'’-]*(?: [\w.'’-]+){0,5}(?:, [^\n\"“”]{1,60})?)\s*\.?\s*$"
)


def with_surface(page: Page, frames: Sequence[Frame]) -> list[Frame]:
    """`frames` with those that only the words beside a quotation show; these take a cue over from a weaker frame."""
    found = surface_frames(page, frames)
    cues = {frame.cue for frame in found}
    return [frame for frame in frames if frame.cue not in cues] + found


def surface_frames(page: Page, frames: Sequence[Frame]) -> list[Frame]:
    """Frames for the quotations that no other frame covers, where a source and a cue stand right beside them."""
    taken = [span for frame in frames for span in frame.spans]
    cues = {frame.cue[0] for frame in frames if frame.pattern not in ("object", "quote after", "rest")}
    found: list[Frame] = []
    for quote in page.quotes:
        if quote.words < FEWEST_WORDS or any(start < quote.end and quote.start < end for start, end in taken):
            continue
        if signed := _signed(page, quote):
            found.append(signed)
            continue
        match = _beside(page, quote)
        if match is None or match.start("cue") in cues:
            continue
        spans = _with_next(page, quote, match.end())
        taken += spans
        found.append(Frame(spans, match.span("source"), match.span("cue"), "said", False, "surface", match["cue"]))
    return found


def _beside(page: Page, quote: Quote) -> re.Match[str] | None:
    text = page.text
    inner = text[quote.start : quote.end].rstrip("\"”'’“»` ")
    after = min((q.start for q in page.quotes if q.start >= quote.end), default=page.end)
    if inner[-1:] in ",?!—–-" or text[quote.end : quote.end + 1] == ",":
        begin = page.skip(quote.end, ", ")
        match = _BEFORE.match(text, begin, after) or _INVERTED.match(text, begin, after)
        if match:
            return match
    before = max((q.end for q in page.quotes if q.end <= quote.start), default=page.start)
    return _INTRODUCED.search(text, max(before, quote.start - 300), quote.start)


def _signed(page: Page, quote: Quote) -> Frame | None:
    """A quotation with a dash and a name behind it: "'We will go.' — Ada Doe"."""
    match = _SIGNED.match(page.text, quote.end, page.end)
    if match is None:
        return None
    cue = page.skip(quote.end, " \xa0")
    return Frame((quote.span,), match.span("source"), (cue, cue + 1), "said", False, "heading", "—")


def _with_next(page: Page, quote: Quote, cue_end: int) -> tuple[Span, ...]:
    """The quotation, and the one that follows when nothing but the end of the cue's sentence stands between."""
    spans = run_on(page, quote.span)
    if cue_end > quote.end:
        following = next((q for q in page.quotes if q.start >= cue_end), None)
        if following and _ENDING.fullmatch(page.text, cue_end, following.start):
            spans += run_on(page, following.span)
    return tuple(dict.fromkeys(spans))
