"""Who said what in a news article.

    extract_statements(text)     list[Statement], in reading order; offsets into that very text
    extract(text)                the same with everybody who speaks: Extraction(statements, speakers)
    extract_all(texts)           an Extraction for each text, batched, on several processes if asked

The way of a text: `parse` (which paragraphs can hold a statement, and their trees) → `detect` (drafts: content, source
and cue) → `speakers` (whom each source means). spaCy is loaded at the first text, not at the import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.statements.drafts import Draft, Extraction
from rag.domain import Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Draft", "Extraction", "extract", "extract_all", "extract_statements"]


def extract_statements(text: str) -> list[Statement]:
    """Every statement in `text`, in reading order. Pure and deterministic; raises on no text (`extract` tells of one on
    which a rule failed)."""
    return list(extract(text).statements)


def extract(text: str) -> Extraction:
    """Every statement in `text`, and everybody who speaks in it."""
    return next(extract_all([text]))


def extract_all(texts: Iterable[str], processes: int = 1) -> Iterator[Extraction]:
    """An `Extraction` for each text, in the order of the texts.

    With more than one process the texts are shared out in batches, and each process parses and resolves its own; where
    no process can be started, this one does the work.
    """
    if processes > 1:
        from ingest.statements.share import extract_shared

        yield from extract_shared(texts, processes)
        return
    from ingest.statements.parse import parse

    for text, docs in parse(texts):
        yield _extracted(text, docs)


def _extracted(text: str, docs: list[tuple[int, Doc]]) -> Extraction:
    from ingest.statements.detect import detect
    from ingest.statements.speakers import resolve

    try:
        drafts = detect(text, docs)
        return _hand_down(resolve(text, docs, drafts), drafts)
    except Exception as e:  # a rule that fails on one article must not keep out all that wait behind it
        return Extraction((), (), f"{type(e).__name__}: {e}")


def _hand_down(extraction: Extraction, drafts: Sequence[Draft]) -> Extraction:
    """A quotation that goes on from a speaker gets the words that named them last as its source."""
    statements: list[Statement] = []
    for statement, draft in zip(extraction.statements, drafts, strict=True):
        if draft.continues and statement.source is None:
            same = (statement.speaker, statement.described)
            known = [one for one in reversed(statements) if (one.speaker, one.described) == same != (None, None)]
            statement = replace(statement, source=next((one.source for one in known if one.source), None))
        statements.append(statement)
    return replace(extraction, statements=tuple(statements))
