"""Speed, memory and disk: python -m bench speed --devset DIR [--articles N] [--passages N N] [--again N] [--plot FILE].

Beside ingest runs what a tutorial builds (chunks of 1000 characters, the same model by sentence-transformers, Chroma),
on the same articles in the same run: the ratio travels between machines, the seconds don't. For the sizes of thousands
of passages articles are repeated under other ids, with their statements, and vectors are real ones with noise.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

import rag
from bench import plot
from bench.peers import chunks
from bench.plot import Size
from bench.retrieval import articles_of
from ingest import ingest
from ingest.derive import index, index_words, link_people
from ingest.load import split_article
from ingest.read import read
from ingest.report import Progress
from rag.domain import Article
from rag.embedding import Vectors, bundled_model

NOISE = 0.35  # length of the noise beside a unit vector: near copies, but no two alike
BATCH = 2000  # articles a round of the making of a large archive


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench speed", description=__doc__)
    parser.add_argument("--devset", type=Path, default=None, help="folder with quiz/")
    parser.add_argument("--articles", type=int, default=1000, help="articles to ingest (default: 1000)")
    parser.add_argument("--passages", type=int, nargs="*", default=[30_000, 300_000], help="sizes to ask at")
    parser.add_argument("--again", type=int, default=9000, help="articles to ingest again (default: 9000)")
    parser.add_argument("--questions", type=int, default=100, help="questions a size (default: 100)")
    parser.add_argument(
        "--archive", type=Path, default=None, help="grow this archive of quiz articles, and ingest none anew"
    )
    parser.add_argument("--plot", type=Path, default=None, help="draw latency and memory over the sizes into this file")
    args = parser.parse_args(argv)
    if args.devset is None or not args.devset.is_dir():
        print("No development set: name its folder with --devset.")
        return
    every = articles_of(args.devset / "quiz" / "articles.jsonl.gz", max(args.articles, args.again))
    asked = [json.loads(line)["question"] for line in (args.devset / "quiz" / "questions.jsonl").open(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if args.articles and not args.archive:
            ingested(every[: args.articles], folder)
        if args.again:
            ingested_again(every[: args.again], folder)
        sizes = []
        for size in args.passages if args.articles or args.archive else ():
            grown = folder / f"of-{size}"
            multiply(args.archive or folder / "archive", grown, size)
            # A process of its own, so that its memory is what serving takes and nothing else.
            code = "import sys; from bench.speed import served; served(*sys.argv[1:])"
            told = folder / "served.json"
            subprocess.run([sys.executable, "-c", code, grown, json.dumps(asked[: args.questions]), told], check=True)
            sizes.append(Size(**json.loads(told.read_text())))
            shutil.rmtree(grown)
        if args.plot and sizes:
            plot.draw(sizes, args.plot)


def timed(work: Callable[..., object], *arguments: object) -> float:
    """Seconds."""
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun


def size_of(folder: Path) -> int:
    """Bytes of all files."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())


# -- ingest --------------------------------------------------------------------------------------------------


def write(articles: Sequence[Article], file: Path) -> Path:
    """The articles as a .jsonl file."""
    with file.open("w", encoding="utf-8") as out:
        for a in articles:
            date = a.published.isoformat() if a.published else None
            out.write(
                json.dumps({"id": a.id, "title": a.title, "text": a.text, "url": a.url, "published": date}) + "\n"
            )
    return file


def ingested(articles: Sequence[Article], folder: Path) -> None:
    """Prints how fast articles are taken in, beside the tutorial's way."""
    file = write(articles, folder / "articles.jsonl")
    theirs = timed(tutorial, articles, folder / "tutorial")
    marks: dict[str, float] = {}
    with rag.open_archive(folder / "archive") as archive:
        begun = time.perf_counter()

        def mark(progress: Progress) -> None:
            marks[progress.stage] = time.perf_counter() - begun

        ours = timed(ingest, [file], archive, mark)
        choice = json.loads(archive.holdings.catalogue.meta("precision") or "{}")
    text = sum(len(a.text.encode()) for a in articles)
    disk = size_of(folder / "archive")
    n = len(articles)
    print(f"\ningest of {n} articles, {text / n:.0f} bytes of text each")
    print(f"  tutorial      {theirs:8.1f} s  {n / theirs:7.2f} articles/s")
    print(f"  ours          {ours:8.1f} s  {n / ours:7.2f} articles/s  {theirs / ours:.2f} times the tutorial")
    print(f"  searchable    {marks['articles']:8.1f} s  1/{theirs / marks['articles']:.1f} of the tutorial's time")
    print(f"  statements    {marks['statements'] - marks['articles']:8.1f} s")
    print(f"  vectors       {ours - marks['statements']:8.1f} s, {choice.get('precision', 'fp32')}")
    for precision, speed in choice.get("texts a second", {}).items():
        print(f"                {speed:8.1f} texts of 800 characters a second and thread at {precision}")
    print(f"  disk          {disk / n / 1000:8.1f} kB an article, {disk / text:.1f} times its text", flush=True)


def tutorial(articles: Sequence[Article], folder: Path) -> None:
    """Chunks, all-MiniLM-L6-v2 by sentence-transformers, Chroma: with everything that this needs, imports included."""
    import chromadb
    from chromadb.config import Settings
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(bundled_model()), device="cpu")
    pieces = chunks(articles)
    vectors = model.encode([p.text for p in pieces], batch_size=32, show_progress_bar=False)
    store = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    collection = store.get_or_create_collection("chunks", embedding_function=None)
    step = store.get_max_batch_size()
    for i in range(0, len(pieces), step):
        part = pieces[i : i + step]
        collection.add(
            ids=[str(n) for n in range(i, i + len(part))],
            embeddings=vectors[i : i + step],
            documents=[p.text for p in part],
            metadatas=[{"article": p.article_id} for p in part],
        )


class NoVectors:
    """An embedder that costs nothing, for what is measured without one."""

    name, size = "none", 2

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.tile(np.asarray([1, 0], np.float32), (len(texts), 1))

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[object]]) -> tuple[Vectors, list[Vectors]]:
        return self.embed(texts), [np.zeros((len(p), self.size), np.float32) for p in parts]


def ingested_again(articles: Sequence[Article], folder: Path) -> None:
    """Prints how long it takes to see that nothing has changed: one file of all, and a file each."""
    file = write(articles, folder / "again.jsonl")
    many = folder / "many"
    many.mkdir()
    for n, a in enumerate(articles):
        (many / f"{n}.txt").write_text(a.text, encoding="utf-8")
    for name, path in (("one .jsonl", file), ("a file each", many)):
        with rag.open_archive(folder / f"again, {name}", rag.Settings(), NoVectors()) as archive:
            origin = str(path.resolve())
            with archive.holdings.catalogue.transaction():
                for item in read([path]):
                    if isinstance(item, Article):
                        archive.holdings.catalogue.put(item, split_article(item), (), (), origin)
            index(archive.holdings)
            first = timed(ingest, [path], archive)
            again = timed(ingest, [path], archive)
            print(
                f"re-ingest of {len(articles)} unchanged articles, {name}: {again:.1f} s (read whole: {first:.1f} s)",
                flush=True,
            )


# -- asking --------------------------------------------------------------------------------------------------


def multiply(small: Path, large: Path, passages: int) -> None:
    """An archive of at least so many passages: the small one's articles again and again under other ids, their
    statements and words real, their vectors with noise."""
    noise = np.random.default_rng(0)
    with rag.open_archive(small) as source, rag.open_archive(large) as archive:
        originals = list(source.articles())
        holdings = archive.holdings
        holdings.match_embedder()
        copy = made = 0
        while made < passages:
            for i in range(0, len(originals), BATCH):
                with holdings.catalogue.transaction():
                    for article in originals[i : i + BATCH]:
                        if made >= passages:
                            break
                        pieces = split_article(article)
                        made += len(pieces)
                        key = source.holdings.catalogue.keys_of([article.id])[article.id]
                        statements = source.holdings.catalogue.statements_in(key)
                        speakers = source.holdings.catalogue.speakers_of(key)
                        holdings.catalogue.put(
                            replace(article, id=f"{article.id}#{copy}"), pieces, statements, speakers
                        )
                index_words(holdings)
                put_vectors(source, archive, noise)
            copy += 1
        link_people(holdings)


def put_vectors(source: rag.Archive, archive: rag.Archive, noise: np.random.Generator) -> None:
    """Vectors of the articles that lack them: those of the article that they copy, with noise."""
    stored = archive.holdings
    while behind := stored.catalogue.behind("vectors", 200):
        rows = [(number, b) for b in behind for number, _ in b.passages]
        numbers: list[int] = []
        for b in behind:
            key = source.holdings.catalogue.keys_of([b.article.id.rsplit("#", 1)[0]]).values()
            numbers += [n for k in key for n, _ in source.holdings.catalogue.passages_of(k)]
        whole = source.holdings.vectors.get(numbers)
        inside = source.holdings.catalogue.sentence_vectors(numbers, 384)
        stored.vectors.add(
            [n for n, _ in rows], [b.key for _, b in rows], shaken(np.stack([whole[n] for n in numbers]), noise)
        )
        stored.catalogue.put_sentence_vectors(
            (n, shaken(inside[m], noise)) for (n, _), m in zip(rows, numbers, strict=True)
        )
        stored.catalogue.mark("vectors", [b.key for b in behind])


def shaken(vectors: Vectors, noise: np.random.Generator) -> Vectors:
    other = vectors + NOISE * noise.standard_normal(vectors.shape).astype(np.float32) / np.sqrt(vectors.shape[-1])
    return np.asarray(other / np.linalg.norm(other, axis=-1, keepdims=True), np.float32)


def served(folder: str, questions: str, told: str) -> None:
    """Prints what asking takes in this archive: latency, threads, memory; and a cold process. `told`: a file for the
    figures of a plot."""
    asked = json.loads(questions)
    latency: dict[str, list[float]] = {}
    with rag.open_archive(folder) as archive:
        archive.warm(everything=True)
        archive.ask("warm up")
        passages = archive.holdings.vectors.count()
        for name, work in (("ask", archive.ask), ("search", archive.search)):
            archive.holdings.embed_question.cache_clear()  # what is asked first must not embed for what comes after
            taken = latency[name] = sorted(timed(work, q) for q in asked)
            print(
                f"\n{passages} passages, {name}: median {1000 * taken[len(taken) // 2]:.0f} ms,"
                f" p95 {1000 * taken[int(0.95 * len(taken))]:.0f} ms"
            )
        archive.holdings.embed_question.cache_clear()
        used = time.process_time()
        one = timed(lambda: [archive.ask(q) for q in asked])
        cores = (time.process_time() - used) / one  # a question's sentences are read on all of them
        alone = [archive.ask(q).citations for q in asked]
        archive.holdings.embed_question.cache_clear()
        with ThreadPoolExecutor(8) as pool:
            begun = time.perf_counter()
            together = [a.citations for a in pool.map(archive.ask, asked)]
            eight = time.perf_counter() - begun
        print(
            f"8 threads: {one / eight:.2f} times one thread's throughput, which keeps {cores:.1f} cores busy; same answers:"
            f" {together == alone}"
        )
        print(f"memory of this process: {resident():.2f} GB, at most {peak():.2f} GB")
        ask = latency["ask"]
        size = Size(passages, ask[len(ask) // 2], ask[int(0.95 * len(ask))], resident())
        Path(told).write_text(json.dumps(asdict(size)))
    command = [sys.executable, "-m", "rag", "--archive", folder, "ask", asked[0]]
    cold = min(timed(answered, command) for _ in range(2))
    print(f"python -m rag ask, cold: {cold:.1f} s", flush=True)


def answered(command: Sequence[str]) -> None:
    """Runs it; a refusal (1) is an answer, a failure (2) is not and must not count as a fast one."""
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)


def resident() -> float:
    """GB of this process in memory."""
    return _status("VmRSS")


def peak() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    """GB, as Linux tells it; 0 elsewhere."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e6 for line in lines if line.startswith(name)), 0.0)


if __name__ == "__main__":
    main()
