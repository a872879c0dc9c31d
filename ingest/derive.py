"""What is derived from the catalogue, brought up to what it holds: words, who said what, who is who, vectors.

Each step asks the catalogue what it lacks and marks what is done, so the next ingest finishes whatever a crash left.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from ingest.link import link
from ingest.read import Failure
from ingest.report import Progress
from ingest.statements import extract_all
from rag.domain import Article, Passage, Span
from rag.embedding import BertEmbedder, first_pieces
from rag.encoder import PRECISIONS, processor
from rag.errors import ArchiveError
from rag.holdings import Holdings
from rag.stores.catalogue import Behind
from rag.text import sentences

PARSED = 1024  # articles that the parser's processes are given at once
BATCH = 32  # articles whose statements are kept at once
COMMIT = 256  # articles a commit of the word index
SHARED = 32  # articles from which on starting more processes is worth its seconds
SAMPLE = 8  # articles whose beginnings the encoder is measured on: a second or two
EMBEDDED = 32  # articles whose vectors are kept at once
PASSAGES = 1024  # passages a call of the embedder at most: only the longest articles have so many
TITLE = 54  # word pieces of a title that go before a passage: the model's 256 less its 2 marks and `split.LIMIT`
WORTH = 1.15  # how much faster fewer bits must be to be taken


def index(holdings: Holdings, tell: Callable[[Progress], None] = lambda _: None) -> None:
    """Brings words and vectors up to what the catalogue holds."""
    index_words(holdings)
    embed(holdings, tell)


def finish_statements(
    holdings: Holdings, failed: list[Failure], tell: Callable[[Progress], None], processes: int
) -> None:
    """Who said what, in the articles of which it isn't known yet; and who is who across them."""
    total = holdings.catalogue.count_behind("statements")
    done = 0
    while behind := holdings.catalogue.behind("statements", PARSED):
        shared = processes if len(behind) >= SHARED else 1
        found = zip(behind, extract_all([b.article.text for b in behind], shared), strict=True)
        while batch := list(islice(found, BATCH)):  # kept while the processes go on with the next ones
            with holdings.catalogue.transaction():
                for b, extraction in batch:
                    holdings.catalogue.put_statements(b.key, extraction.statements, extraction.speakers)
                    if extraction.problem:
                        failed.append(_unfound(b.article, extraction.problem))
            done += len(batch)
            tell(Progress("statements", done, total))
    link_people(holdings)


def _unfound(article: Article, problem: str) -> Failure:
    reason = f"who said what in it could not be told ({problem}); it is searched like the others all the same"
    return Failure(article.id, reason)


def index_words(holdings: Holdings) -> None:
    """Brings the word index up to what the catalogue holds."""
    while behind := holdings.catalogue.behind("words", COMMIT):
        holdings.words.add(*_rows(behind))
        holdings.catalogue.mark("words", [b.key for b in behind])


def renew_words(holdings: Holdings) -> None:
    """Makes the word index anew in one go, so that those who ask meanwhile find what they found before. One that can't
    be opened is deleted and filled step by step."""
    try:
        words = holdings.words
    except ArchiveError:
        holdings.catalogue.mark_all("words", False)
        holdings.delete_words()
        index_words(holdings)
        return
    words.renew(_rows(batch) for batch in holdings.catalogue.every(COMMIT))
    holdings.catalogue.mark_all("words", True)


def renew_vectors(holdings: Holdings, tell: Callable[[Progress], None]) -> None:
    """Makes the vectors anew; until they are there, words alone find passages, as in an article that is new."""
    holdings.catalogue.mark_all("vectors", False)
    holdings.reset_vectors()
    embed(holdings, tell)


def _rows(batch: Sequence[Behind]) -> tuple[Iterator[tuple[int, int, str]], Iterator[tuple[int, str]]]:
    """What the word index takes of the passages, and of the articles as a whole."""
    return (
        ((number, b.key, b.article.cut(passage.span)) for b in batch for number, passage in b.passages),
        ((b.key, f"{b.article.title}\n{b.article.text}") for b in batch),
    )


def link_people(holdings: Holdings) -> None:
    """Makes people of the speakers that are not linked yet: all at once, since whoever asks looks at the people anew
    each time that they change."""
    if names := holdings.catalogue.unlinked_buckets():
        with holdings.catalogue.transaction():
            for name in names:
                holdings.catalogue.link(link(holdings.catalogue.speakers_in(name)))
            holdings.catalogue.all_linked()


def drop_gone(holdings: Holdings) -> None:
    if gone := holdings.catalogue.gone():
        holdings.words.drop(gone)
        holdings.vectors.drop(gone)
        holdings.catalogue.forget(gone)


def embed(holdings: Holdings, tell: Callable[[Progress], None]) -> None:
    holdings.match_embedder()
    total = holdings.catalogue.count_behind("vectors")
    if total >= SHARED:
        _settle_precision(
            holdings, [a.cut((0, 800)) for b in holdings.catalogue.behind("vectors", SAMPLE) for a in [b.article]]
        )
    done = 0
    while behind := holdings.catalogue.behind("vectors", EMBEDDED):
        headings = {b.key: first_pieces(b.article.title, TITLE) for b in behind}
        all_rows = ((number, b.key, b.article, p) for b in behind for number, p in b.passages)
        while rows := list(islice(all_rows, PASSAGES)):
            texts = [f"{headings[key]}\n{article.cut(p.span)}" for _, key, article, p in rows]
            inside = [_sentence_parts(article, p, len(headings[key])) for _, key, article, p in rows]
            whole, parts = holdings.embedder.embed_parts(texts, inside)
            holdings.vectors.add([r[0] for r in rows], [r[1] for r in rows], whole)
            holdings.catalogue.put_sentence_vectors((r[0], vectors) for r, vectors in zip(rows, parts, strict=True))
        holdings.catalogue.mark("vectors", [b.key for b in behind])
        done += len(behind)
        tell(Progress("meaning", done, total))


def _settle_precision(holdings: Holdings, texts: Sequence[str]) -> None:
    """Takes the precision that is faster for many texts, by a measurement that is kept for this processor."""
    if not isinstance(holdings.embedder, BertEmbedder):
        return
    machine = processor()
    kept = json.loads(holdings.catalogue.meta("precision") or "{}")
    if kept.get("processor") != machine:
        speeds = holdings.embedder.measure(texts)
        chosen = max(PRECISIONS, key=lambda p: speeds[p] * (WORTH if p == "fp32" else 1.0))
        kept = {"processor": machine, "precision": chosen, "texts a second": speeds}
        holdings.catalogue.set_meta("precision", json.dumps(kept))
    holdings.embedder.precision = kept["precision"]


def _sentence_parts(article: Article, passage: Passage, heading: int) -> list[Span]:
    """Where a passage's sentences stand in the text that is embedded: so many characters of heading, a line break, the
    passage."""
    shift = heading + 1 - passage.start
    return [(start + shift, end + shift) for start, end in sentences(article.text, passage.start, passage.end)]
