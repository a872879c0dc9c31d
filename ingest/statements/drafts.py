"""What detection hands to speaker resolution, and what comes out of both."""

from __future__ import annotations

from dataclasses import dataclass

from rag.domain import Form, Kind, Span, Speaker, Statement


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its speaker is resolved."""

    spans: tuple[Span, ...]
    """What was said, in reading order, without overlaps; quotation marks are inside."""
    source: Span | None
    """The words that name the speaker: the whole noun phrase without relative clauses ("Police Commissioner Andrew
    Coster", "he"). None for a continued or an orphan quote."""
    cue: Span | None
    form: Form
    kind: Kind
    negated: bool
    confidence: float
    """0 to 1, of the detection only: that these words are a statement of this source."""
    continues: bool = False
    """Inferred: it goes on from the speaker before (an orphan quote, a continued paragraph)."""
    within: int | None = None
    """Index, in the same list, of the draft that this one is nested in."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one article's text tells about who said what."""

    statements: tuple[Statement, ...]
    """In reading order."""
    speakers: tuple[Speaker, ...]
    """Everybody who speaks; for the named, `name` equals `Statement.speaker`."""
    problem: str | None = None
    """Why nothing could be found, where a rule failed on this text."""
