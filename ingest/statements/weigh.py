"""Which frames stay where several claim the same words."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.statements.frames import Frame
from rag.domain import Span

ORDER = (
    *("quote before", "clause", "according to", "heading", "postposed", "parenthetical", "quote after"),
    *("declined", "object", "rest", "about", "noun", "passive"),
)
"""Patterns, the surest first."""

WEAK = ("about", "object", "rest", "noun", "passive")


def weigh(frames: Sequence[Frame], text: str) -> list[Frame]:
    """The frames of an article's `text` without those that repeat another's words, in the order of their cues."""
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda frame: (frame.source is None, ORDER.index(frame.pattern), frame.cue)):
        if not any(_repeats(frame, other, text) for other in frames if other is not frame) and not any(
            _same(frame, other) for other in kept
        ):
            kept.append(frame)
    return sorted(kept, key=lambda frame: frame.cue)


def _same(frame: Frame, other: Frame) -> bool:
    """Do two frames claim mostly the same words, neither within the other's?"""
    shared = _overlap(frame.spans, other.spans)
    return shared > 0.7 * max(_size(frame.spans), _size(other.spans)) and not _within(frame.cue, other.spans)


def _repeats(inner: Frame, outer: Frame, text: str) -> bool:
    """Is `inner` no statement of its own beside the one that it stands in?

    "The mayor said she believed …", "… that he was criticising …" are one statement of the mayor's; what somebody else
    said, told by the mayor, is a second one.
    """
    if not _within(inner.cue, outer.spans) or (_within(outer.cue, inner.spans) and outer.pattern in WEAK):
        return False
    if inner.kind != "said" or inner.pattern in WEAK or inner.source is None:
        return True
    return inner.pronoun and not _quotes_another(inner, outer, text)


def _quotes_another(inner: Frame, outer: Frame, text: str) -> bool:
    """Is `inner` a quotation of somebody else by the one who is reported? "She said he had told her: '…'"."""
    speakers = {text[slice(*frame.source)].lower() for frame in (inner, outer) if frame.source}
    return speakers in _TWO and all(text[start] in _MARKS for start, _ in inner.spans)


_MARKS = "\"“„«‘'"
_TWO = ({"he", "she"}, {"he", "they"}, {"she", "they"})
"""Pronouns that are two speakers."""


def _within(span: Span, spans: tuple[Span, ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _size(spans: tuple[Span, ...]) -> int:
    return sum(end - start for start, end in spans)


def _overlap(spans: tuple[Span, ...], others: tuple[Span, ...]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in spans for c, d in others)
