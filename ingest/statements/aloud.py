"""Words that somebody reads out are whose text it is: "She read out a letter by Conrad Quill: '…'"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from ingest.statements.frames import Frame
from ingest.statements.page import Page
from rag.domain import Span

_AUTHOR = r"(?: (?:(?:written|sent|signed|drafted|prepared) )?(?:by|from|of) [^,.:;\"“”\n]{2,60}?)"
_READ = re.compile(
    r"\b[Rr]ead(?:s|ing)?(?: out| aloud)?(?: from)? "
    r"(?P<text>(?:an?|the|[A-Z][\w-]*(?: [A-Z][\w-]*)*['’]s?)(?: (?!own\b|prepared\b)[a-z-]+){0,2}? "
    rf"(?:statement|letter|e-?mail|message|note)s?\b{_AUTHOR}?)"
    r"(?=\s*[,.:;\"“]| (?:to|in|at|on|during|that|which|saying|outside|before|after)\b)"
)
"""What is read and, where the article says so, whose it is. Not "a prepared statement", which is the reader's own."""


def with_authors(page: Page, frames: Sequence[Frame]) -> list[Frame]:
    """`frames`, where a quotation is read out with the text as its source."""
    found = [match for match in _READ.finditer(page.text, page.start, page.end) if not page.quoted(match.start())]
    if not found:
        return list(frames)
    return [replace(frame, source=_text_read(page, frame, found) or frame.source) for frame in frames]


def _text_read(page: Page, frame: Frame, found: Sequence[re.Match[str]]) -> Span | None:
    """The text that a frame's quotation is read from: named at its cue, before it ("…, she read"), or in an aside of
    who reads ("Ann Gray, reading from a letter by Lou Holm, said")."""
    if frame.source is None or page.quoted(frame.spans[0][0]) is None:
        return None
    start, end = min(frame.source[0], frame.cue[0]), max(frame.source[1], frame.cue[1])
    if page.text[slice(*frame.cue)].lower() in ("read", "reads", "reading"):
        before = bisect_right(found, frame.cue[0], key=re.Match.start)
        return found[before - 1].span("text") if before else None
    first = bisect_left(found, start, key=re.Match.start)
    aside = (m for m in found[first : first + 1] if m.start() <= end + 2 and m[0].startswith("reading"))
    return next((match.span("text") for match in aside), None)
