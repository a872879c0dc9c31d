"""Retrieval beside what a tutorial builds: python -m bench retrieval --devset DIR [--articles N] [--questions N].

newsqa: a hit is an answer string in a passage of the right article. quiz: a hit is an answer-bearing article, articles
ranked by their best passage. Every row is asked for as many passages, of comparable length (their mean is printed), and
ours is what `archive.search` gives; the vectors are of the precision that an ingest on this machine would settle on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import rag
from bench import txtai_peer
from bench.kept import Kept
from bench.peers import Chunk, chunks, embedded, nearest, reciprocal_ranks
from ingest.derive import SHARED, index
from ingest.load import split_article
from ingest.read import read
from rag.domain import Article
from rag.embedding import BUNDLED, BertEmbedder, Embedder, bundled_model
from rag.encoder import PRECISIONS, Precision, processor
from rag.retrieval import ByMeaning, ByWords, Hybrid, Retriever
from rag.stores.words import Words

PLACES = (1, 4, 10)
LOOKED = max(PLACES)  # passages that each row is asked for, as a reader of the runtime's search would
FUSED = 100  # passages of each ranking that a reciprocal rank fusion sees, as hybrid searches do

Found = Sequence[tuple[str, str]]
"""(article id, passage text), best first."""
Search = Callable[[str], Found]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what must be found: one of the answers in a passage of one of the articles, or, without
    answers, one of the articles."""

    text: str
    articles: frozenset[str]
    answers: tuple[str, ...] = ()


def newsqa(folder: Path, questions: int) -> tuple[list[Article], list[Asked]]:
    """All stories, and questions sampled with seed 0."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").open(encoding="utf-8")]
    sample = random.Random(0).sample(rows, min(questions, len(rows)))
    asked = [Asked(q["question"], frozenset([q["article_id"]]), tuple(q["answers"])) for q in sample]
    return articles_of(folder / "articles.jsonl.gz"), asked


def quiz(folder: Path, questions: int, articles: int) -> tuple[list[Article], list[Asked]]:
    """Questions that some article bears the answer to, sampled with seed 0; all those articles, and others up to
    `articles`."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").open(encoding="utf-8")]
    rows = [q for q in rows if q["answer_bearing_doc_ids"]]
    sample = random.Random(0).sample(rows, min(questions, len(rows)))
    asked = [Asked(q["question"], frozenset(q["answer_bearing_doc_ids"])) for q in sample]
    needed = {id for a in asked for id in a.articles}
    every = articles_of(folder / "articles.jsonl.gz")
    others = [a for a in every if a.id not in needed]
    others = random.Random(0).sample(others, max(0, min(articles - len(needed), len(others))))
    kept = needed | {a.id for a in others}
    return [a for a in every if a.id in kept], asked


def articles_of(packed: Path, most: int | None = None) -> list[Article]:
    """The articles of a .jsonl.gz, read as ingest reads them; `most`: only so many."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / packed.stem
        plain.write_bytes(gzip.decompress(packed.read_bytes()))
        return list(islice((a for a in read([plain]) if isinstance(a, Article)), most))


# -- what is compared ----------------------------------------------------------------------------------------


def tutorial_rows(
    articles: Sequence[Article], questions: Sequence[Asked], embedder: Embedder, folder: Path, with_txtai: bool
) -> tuple[dict[str, Search], float]:
    """Dense, BM25 and their reciprocal rank fusion over the tutorial's chunks, and txtai over the same; and the chunks'
    mean length."""
    pieces = chunks(articles)
    vectors = embedded(pieces, embedder)
    words = Words(folder)
    words.add(((n, n, piece.text) for n, piece in enumerate(pieces)), ())

    def dense(question: str, depth: int = LOOKED) -> list[tuple[int, float]]:
        return nearest(vectors, embedder.embed([question])[0], depth)

    def lexical(question: str, depth: int = LOOKED) -> list[tuple[int, float]]:
        return words.search(question, depth)

    def both(question: str) -> list[tuple[int, float]]:
        return reciprocal_ranks([dense(question, FUSED), lexical(question, FUSED)])[:LOOKED]

    rows = {
        "tutorial, dense": _texts(pieces, dense),
        "BM25, the same chunks": _texts(pieces, lexical),
        "RRF of both": _texts(pieces, both),
    }
    if with_txtai:
        texts = [q.text for q in questions]
        found = dict(zip(texts, txtai_peer.run(pieces, texts, LOOKED).found, strict=True))
        rows["txtai, hybrid"] = _texts(pieces, lambda question: [(n, 0.0) for n in found[question]])
    return rows, sum(len(p.text) for p in pieces) / len(pieces)


def _texts(pieces: Sequence[Chunk], rank: Callable[[str], Sequence[tuple[int, float]]]) -> Search:
    return lambda question: [(pieces[n].article_id, pieces[n].text) for n, _ in rank(question)]


def our_rows(archive: rag.Archive) -> tuple[dict[str, Search], float]:
    """Our retrievers over our passages; and the passages' mean length."""
    kinds: dict[str, Retriever] = {
        "ours, words alone": ByWords(archive.holdings),
        "ours, meaning alone": ByMeaning(archive.holdings),
        "ours": Hybrid(archive.holdings),
    }
    lengths = [
        p.end - p.start
        for a in archive.articles()
        for _, p in archive.holdings.catalogue.passages_of(archive.holdings.catalogue.keys_of([a.id])[a.id])
    ]
    return {name: _hits(kind) for name, kind in kinds.items()}, sum(lengths) / len(lengths)


def _hits(retriever: Retriever) -> Search:
    return lambda question: [(h.article.id, h.text) for h in retriever.search(question, LOOKED)]


def archived(
    articles: Sequence[Article], folder: Path, embedder: Embedder, precision: Precision | None = None
) -> rag.Archive:
    """The articles in an archive without their statements, which retrieval doesn't read; `precision`: of their vectors,
    without it the one that ingest settles on."""
    archive = rag.open_archive(folder, rag.Settings(), embedder)
    if precision:
        archive.holdings.catalogue.set_meta("precision", json.dumps({"processor": processor(), "precision": precision}))
    with archive.holdings.catalogue.transaction():
        for article in articles:
            archive.holdings.catalogue.put(article, split_article(article), (), ())
    index(archive.holdings)
    return archive


def settled(articles: Sequence[Article]) -> Precision:
    """The precision that an ingest of these articles on this machine settles on: that of some of them tells."""
    embedder = BertEmbedder(bundled_model(), BUNDLED)
    with (
        tempfile.TemporaryDirectory() as scratch,
        archived(articles[:SHARED], Path(scratch) / "archive", embedder),
    ):
        return embedder.precision


# -- measures ------------------------------------------------------------------------------------------------


def first_hit(asked: Asked, found: Found) -> int | None:
    """The place, from 1, of the first hit; articles count once where articles are asked for."""
    if asked.answers:
        wanted = [_plain(a) for a in asked.answers]
        places = (
            n
            for n, (id, text) in enumerate(found, 1)
            if id in asked.articles and any(a in _plain(text) for a in wanted)
        )
        return next(places, None)
    ranked = dict.fromkeys(id for id, _ in found)
    return next((n for n, id in enumerate(ranked, 1) if id in asked.articles), None)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def measured(questions: Sequence[Asked], search: Search) -> dict[str, float]:
    """Share of questions with a hit among the first 1, 4, 10; and the mean of 1/place (MRR, 0 beyond `LOOKED` passages)."""
    places = [first_hit(q, search(q.text)) for q in questions]
    found = {f"@{k}": sum(p is not None and p <= k for p in places) / len(places) for k in PLACES}
    return found | {"MRR": sum(1 / p for p in places if p) / len(places)}


def compare(
    articles: Sequence[Article],
    questions: Sequence[Asked],
    embedder: Embedder,
    precision: Precision,
    with_txtai: bool,
) -> None:
    """Prints the table of one set."""
    with tempfile.TemporaryDirectory() as scratch:
        with archived(articles, Path(scratch) / "archive", embedder, precision) as archive:
            show(*our_rows(archive), questions)
        theirs, length = tutorial_rows(articles, questions, embedder, Path(scratch) / "words", with_txtai)
        show(theirs, length, questions, head=False)


def show(rows: dict[str, Search], length: float, questions: Sequence[Asked], head: bool = True) -> None:
    """Prints a row for each way to search; `length`: of its passages, in characters."""
    if head:
        print(f"{'':24s}{'characters':>11s}" + "".join(f"{name:>8s}" for name in [*(f"@{k}" for k in PLACES), "MRR"]))
    for name, search in rows.items():
        cells = "".join(f"{value:8.3f}" for value in measured(questions, search).values())
        print(f"{name:24s}{length:11.0f}{cells}", flush=True)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench retrieval", description=__doc__)
    parser.add_argument("--devset", type=Path, required=False, help="folder with newsqa/ and quiz/")
    parser.add_argument("--articles", type=int, default=9000, help="articles of quiz at most (default: 9000, all)")
    parser.add_argument("--questions", type=int, default=800, help="questions of each set (default: 800)")
    parser.add_argument("--sets", nargs="+", choices=("newsqa", "quiz"), default=("newsqa", "quiz"))
    parser.add_argument(
        "--cache",
        type=Path,
        default=os.environ.get("ONRECORD_BENCH_CACHE"),
        help="folder that keeps vectors between runs",
    )
    parser.add_argument(
        "--precision", choices=PRECISIONS, help="of the passages' vectors (default: as an ingest settles on)"
    )
    parser.add_argument("--no-txtai", action="store_true", help="leave out txtai, which embeds all chunks once more")
    parser.add_argument(
        "--archive", type=Path, default=None, help="ask this archive, which holds a set's articles, and nobody else"
    )
    args = parser.parse_args(argv)
    if args.devset is None or not args.devset.is_dir():
        print("No development set: name its folder with --devset.")
        return
    for name in args.sets:
        folder = args.devset / name
        articles, questions = (
            newsqa(folder, args.questions) if name == "newsqa" else quiz(folder, args.questions, args.articles)
        )
        if args.archive:
            with rag.open_archive(args.archive) as archive:
                print(f"\n{name}: {len(questions)} questions, {len(archive.articles())} articles")
                show(*our_rows(archive), questions)
            continue
        precision: Precision = args.precision or settled(articles)
        print(f"\n{name}: {len(questions)} questions, {len(articles)} articles, vectors at {precision}")
        embedder: Embedder = BertEmbedder(bundled_model(), BUNDLED, precision)
        if args.cache:
            embedder = Kept(embedder, Path(args.cache) / "vectors.sqlite", precision)
        compare(articles, questions, embedder, precision, not args.no_txtai)


if __name__ == "__main__":
    main()
