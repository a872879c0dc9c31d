"""Answers on questions with gold spans: python -m bench answers [--questions FILE ...] [--articles PATH ...].

Without arguments: the repo's own questions on the seeds. With a development set: its articles and its questions.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import rag
from bench import peers
from bench.scoring import Score, score, summary
from ingest import ingest
from rag.domain import cite
from rag.embedding import Embedder, embedder_for

CITED = 4
"""Chunks that the tutorials hand to the model."""
SEEDS = Path(__file__).parent.parent / "seeds"
OWN = [SEEDS / "questions.jsonl", SEEDS / "dialogues.jsonl"]


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def ask_all(
    archive: Asked, questions: Sequence[dict[str, Any]], standalone: bool = False
) -> Iterator[tuple[Score, rag.Answer]]:
    """Every question and dialogue turn with its score; `standalone`: turns as they would be asked without a history."""
    texts: dict[str, str] = {}

    def text_of(id: str) -> str:
        if id not in texts:
            article = archive.article(id)
            texts[id] = article.text if article else ""
        return texts[id]

    for q in questions:
        turns = q.get("turns")
        history: list[rag.Answer] = []
        for n, turn in enumerate(turns or [q]):
            begun = time.perf_counter()
            asked = turn["standalone"] if turns and standalone else turn["question"]
            answer = archive.ask(asked, history=() if standalone else history)
            seconds = time.perf_counter() - begun
            history.append(answer)
            id, type = (f"{q['id']}#{n}", "dialogue") if turns else (q["id"], q["type"])
            yield score(id, type, turn, answer, seconds, text_of), answer


class Tutorial:
    """What a tutorial builds, as an archive that can be asked: the four nearest chunks are cited as the answer."""

    def __init__(self, archive: rag.Archive, model: Embedder) -> None:
        self.archive, self.model = archive, model
        self.chunks = peers.chunks(archive.articles())
        self.vectors = peers.embedded(self.chunks, model)

    def article(self, id: str) -> rag.Article | None:
        return self.archive.article(id)

    def ask(self, question: str, history: Sequence[rag.Answer] = ()) -> rag.Answer:
        best = [self.chunks[n] for n, _ in peers.nearest(self.vectors, self.model.embed([question])[0], CITED)]
        cited = tuple(cite(self._article(c.article_id), (c.start, c.start + len(c.text)), None) for c in best)
        return rag.Answer(True, (), cited, rag.Question(question))

    def _article(self, id: str) -> rag.Article:
        article = self.archive.article(id)
        assert article is not None
        return article


class Asked(Protocol):
    """Whatever answers with citations."""

    def article(self, id: str) -> rag.Article | None: ...
    def ask(self, question: str, history: Sequence[rag.Answer] = ()) -> rag.Answer: ...


def tables(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """The summary of each type of question, and of all."""
    kinds = sorted({s.type for s in scores})
    found = {kind: summary([s for s in scores if s.type == kind]) for kind in kinds}
    return found | {"all": summary(scores)}


def quote_verdicts(archive: rag.Archive, checks: Sequence[dict[str, Any]]) -> tuple[float, int]:
    """(share of verdicts that are right, altered quotes called verbatim)"""
    given = [(c["verdict"], archive.check_quote(c["quote"], c["claimed_speaker"]).verdict) for c in checks]
    return sum(a == b for a, b in given) / len(given), sum(a == "altered" and b == "verbatim" for a, b in given)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench answers", description=__doc__)
    parser.add_argument("--articles", nargs="+", type=Path, default=[SEEDS / "articles"])
    parser.add_argument("--questions", nargs="+", type=Path, default=OWN)
    parser.add_argument("--quotes", type=Path, default=None)
    parser.add_argument("--archive", type=Path, default=None, help="keep the archive here (default: a temporary one)")
    parser.add_argument("--worst", type=int, default=0, help="show the N worst questions")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch, rag.open_archive(args.archive or scratch) as archive:
        ingest(args.articles, archive)
        archive.ask("warm up")
        questions = [row for path in args.questions for row in rows(path)]
        results = list(ask_all(archive, questions))
        show(tables([s for s, _ in results]))
        print("\n-- the tutorial pipeline, its four nearest chunks as the answer")
        show(tables([s for s, _ in ask_all(Tutorial(archive, embedder_for()), questions)]))
        dialogues = [q for q in questions if "turns" in q]
        if dialogues:
            alone = summary([s for s, _ in ask_all(archive, dialogues, standalone=True)])
            print(f"\nthe same turns asked standalone: f1 {alone['f1']:.3f}")
        quotes = args.quotes or (SEEDS / "quote_checks.jsonl" if args.questions is OWN else None)
        if quotes:
            right, fooled = quote_verdicts(archive, rows(quotes))
            print(f"\nquote checks: verdict right {right:.3f}, altered called verbatim {fooled}")
        for s, answer in sorted(results, key=lambda r: r[0].f1 if r[0].f1 is not None else float(not r[0].answered))[
            : args.worst
        ]:
            print(f"\n{s.id} f1 {s.f1} answered {s.answered} | {answer.understood.asked}\n   {answer.understood.kind} | "
                  f"{answer.understood.speaker} | {answer.understood.topic} | {answer.note}")  # fmt: skip


def show(found: dict[str, dict[str, float]]) -> None:
    columns = list(dict.fromkeys(name for table in found.values() for name in table))
    for name in columns:
        cells = [f"{table[name]:13.3f}" if name in table else " " * 13 for table in found.values()]
        print(f"{name:28s}" + "".join(cells))
    print(f"{'':28s}" + "".join(f"{kind:>13s}" for kind in found))


if __name__ == "__main__":
    main()
