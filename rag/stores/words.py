"""The word index: Tantivy on disk, BM25 over English stems. The only file that knows tantivy.

Derived from the catalogue and rebuilt from it at any time. Two indexes: of the passages, and of whole stories with
their titles, since a passage deep in a story often doesn't repeat what the story is about.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import tantivy

from rag.errors import ArchiveError
from rag.text import STOPWORDS, stem, unaccented

_TOKEN = re.compile(r"[^\W_]+")  # as Tantivy's own tokenizer cuts

_T = TypeVar("_T")
Rows = Iterable[tuple[int, int, str]]
"""(passage, article, text)."""


def query_terms(question: str) -> list[str]:
    """The stems to look for, each once, in order."""
    return _stems(unaccented(question))


def _stems(question: str) -> list[str]:
    tokens = (t.lower() for t in _TOKEN.findall(question))
    return list(dict.fromkeys(stem(t) for t in tokens if t not in STOPWORDS and len(t) <= 40))


class Words:
    """Passages by their words.

    Raises:
        ArchiveError: the index is damaged (so does whatever reads it); `python -m ingest --rebuild` makes it anew. Or it
            can't be written; the message says why.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open()

    def _open(self) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("passage", stored=False, indexed=True, fast=True)
        builder.add_unsigned_field("article", stored=False, indexed=True, fast=True)
        builder.add_text_field("body", stored=False, tokenizer_name="en_stem", index_option="position")
        self._schema = builder.build()
        self._passages = self._index("passages")
        self._stories = self._index("stories")

    def _index(self, name: str) -> tantivy.Index:
        folder = self._folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(self._schema, path=str(folder))
        except (ValueError, OSError) as e:
            raise self._damaged(e) from e
        index.config_reader("commit", 1)
        return index

    def add(self, passages: Rows, stories: Iterable[tuple[int, str]]) -> None:
        """Takes in (passage, article, text) and (article, title and text) rows, all of an index or, after a crash,
        none of it.

        What an earlier, broken try left of the same articles is replaced.
        """
        with self._writing(self._passages, 64_000_000) as writer:
            self._write(writer, passages)
        with self._writing(self._stories, 64_000_000) as writer:
            self._write(writer, _whole(stories))

    def renew(self, batches: Iterable[tuple[Rows, Iterable[tuple[int, str]]]]) -> None:
        """Puts these rows, each batch as `add` takes it, in the place of all that there is. Readers find what was there
        before until all of them are in; so does the next one after a crash."""
        with ExitStack() as both:
            passages, stories = (
                both.enter_context(self._writing(index, 64_000_000)) for index in (self._passages, self._stories)
            )
            passages.delete_all_documents()
            stories.delete_all_documents()
            for some_passages, some_stories in batches:
                self._write(passages, some_passages)
                self._write(stories, _whole(some_stories))

    @contextmanager
    def _writing(self, index: tantivy.Index, heap: int) -> Iterator[tantivy.IndexWriter]:
        """All of it or nothing of it."""
        try:
            writer = index.writer(heap_size=heap, num_threads=1)
            try:  # as a context, Tantivy's writer commits what it has when something fails
                yield writer
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()  # and lets go of the lock
            index.reload()
        except ValueError as e:  # whatever Tantivy meets
            raise ArchiveError(
                f"The word index {self._folder} can't be written ({e}); nothing that the archive holds is lost: see whether"
                " the disk is full, and ingest again."
            ) from e

    def _write(self, writer: tantivy.IndexWriter, rows: Rows) -> None:
        seen: set[int] = set()
        for passage, article, body in rows:
            if article not in seen:
                seen.add(article)
                writer.delete_documents_by_term("article", article)
            row = {"passage": passage, "article": article, "body": unaccented(body)}  # it is searched, never shown
            writer.add_document(tantivy.Document.from_dict(row, self._schema))

    def drop(self, articles: Sequence[int]) -> None:
        for index in (self._passages, self._stories):
            with self._writing(index, 16_000_000) as writer:
                for article in articles:
                    writer.delete_documents_by_term("article", article)

    def search(self, question: str, k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """(passage, BM25 score), best first, at most k; `among`: only these passages.

        BM25 (Robertson and Zaragoza 2009) as Tantivy computes it, k1 1.2, b 0.75.
        """
        return self._read(lambda: self._search(self._passages, question, k, among))

    def stories(self, question: str, k: int, among: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """(article, BM25 score of its title and text), best first, at most k; `among`: only these articles."""
        return self._read(lambda: self._search(self._stories, question, k, among))

    def content(self, question: str) -> list[str]:
        """The stems that a search looks for, each once."""
        return self._read(lambda: self._content(question))

    def _content(self, question: str) -> list[str]:
        searcher = self._passages.searcher()
        asked = query_terms(question)
        if not question.isascii():  # an index that was written with accents
            asked += [term for term in _stems(question) if searcher.doc_freq("body", term)]
        return list(dict.fromkeys(kin for term in asked for kin in self._known(searcher, term)))

    def _search(
        self, index: tantivy.Index, question: str, k: int, among: Sequence[int] | None
    ) -> list[tuple[int, float]]:
        if k <= 0 or (among is not None and not among):
            return []
        index.reload()
        terms = self._content(question)
        if not terms:
            return []
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "body", term, "freq")) for term in terms]
        )
        if among is not None:
            limit = tantivy.Query.term_set_query(self._schema, "passage", list(among))
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(limit, 0.0))]
            )
        return self._hits(index.searcher(), query, k)

    def phrases(self, quote: str, k: int, size: int = 4, most: int = 16) -> list[tuple[int, float]]:
        """(passage, score), best first, at most k: passages that hold runs of `size` words of a quotation, word for
        word up to stems, stop words included; of a long quotation, `most` runs spread over it."""
        stems = [stem(token.lower()) for token in _TOKEN.findall(unaccented(quote)) if len(token) <= 40]
        runs = [stems[i : i + size] for i in range(max(1, len(stems) - size + 1))]
        if len(runs) > most:
            runs = [runs[i * len(runs) // most] for i in range(most)]
        phrase_query = tantivy.Query.phrase_query
        parts = [
            (tantivy.Occur.Should, phrase_query(self._schema, "body", list(enumerate(run))))
            for run in runs
            if len(run) > 1
        ]
        if not parts or k <= 0:
            return []
        query = tantivy.Query.boolean_query(parts)
        return self._read(lambda: self._hits(self._fresh().searcher(), query, k))

    def _fresh(self) -> tantivy.Index:
        self._passages.reload()
        return self._passages

    @staticmethod
    def _hits(searcher: tantivy.Searcher, query: tantivy.Query, k: int) -> list[tuple[int, float]]:
        hits = searcher.search(query, k, count=False).hits
        ids = searcher.fast_field_values("passage", [address for _, address in hits])
        return [(int(id), float(score)) for (score, _), id in zip(hits, ids, strict=True) if id is not None]

    @staticmethod
    def _known(searcher: tantivy.Searcher, term: str) -> list[str]:
        """The stem itself, or where no passage holds it those that begin with it: "staf" (of "staffing") → "staff"."""
        if len(term) < 4 or searcher.doc_freq("body", term):
            return [term]
        return [t for t, _ in searcher.terms_with_prefix("body", term) if len(t) <= len(term) + 2][:4]

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a stem over passages, ln(1 + (N - n + 0.5) / (n + 0.5)); 0 to about 13."""
        return self._read(lambda: _rarity(self._passages, term))

    def rarity_in_stories(self, term: str) -> float:
        """The same over whole articles."""
        return self._read(lambda: _rarity(self._stories, term))

    def _read(self, what: Callable[[], _T]) -> _T:
        """Opens the index anew where reading fails: its files may have been deleted under it, and made anew."""
        try:
            return what()
        except ValueError:
            try:
                self._open()
                return what()
            except ValueError as e:
                raise self._damaged(e) from e

    def _damaged(self, e: Exception) -> ArchiveError:
        return ArchiveError(
            f"The word index {self._folder} can't be read ({e}); python -m ingest --rebuild makes it anew."
        )


def _whole(stories: Iterable[tuple[int, str]]) -> Rows:
    return ((article, article, text) for article, text in stories)


def _rarity(index: tantivy.Index, term: str) -> float:
    searcher = index.searcher()
    total, holding = searcher.num_docs, searcher.doc_freq("body", term)
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))
