"""Who said what, against human annotation: python -m bench statements [--devset DIR] [--articles N] [--processes N].

Prints detection on PolNeAR's dev part (F1, F1 with the right source, recall by form) and how true the statements are by
their confidence, detection on Wikinews, the speaker of direct quotations, and the speed beside a plain run of the same
spaCy model. The annotated articles belong to their
publishers and are no part of this project; without them the command says so.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from ingest.statements import Extraction, extract_all
from rag.domain import Span

PEERS = {
    "F1": "GenderGapTracker .677, textacy .397 (PolNeAR test)",
    "F1 with source": "GenderGapTracker .616, textacy .369 (PolNeAR test)",
    "speaker right": "GenderGapTracker .865 (published, on its own set)",
    "articles/s": "GenderGapTracker 6 to 9 a process (published)",
}

REPORTING = frozenset(
    """say tell add ask argue claim note explain insist warn announce deny acknowledge admit state declare suggest report
    write tweet reply respond confirm call describe accuse promise vow urge stress predict concede contend allege assert
    complain cite mention maintain recall remark comment point conclude testify tout praise criticize blame slam""".split()
)
"""Lemmas of the cues whose statements recall is measured on."""

IRREGULAR = {
    "said": "say", "says": "say", "told": "tell", "tells": "tell", "wrote": "write", "written": "write",
    "denied": "deny", "denies": "deny", "replied": "reply", "replies": "reply", "testified": "testify",
    "testifies": "testify", "vowed": "vow",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One statement as sets of character positions: annotated or predicted."""

    article: str
    content: frozenset[int]
    source: frozenset[int]
    reporting: bool = True
    form: str = ""
    confidence: float = 1.0
    """Of a prediction."""
    lone: bool = False
    """A predicted quotation without a cue of its own."""


def is_reporting(cue: str) -> bool:
    """Does the cue hold a reporting verb, or "according to"?"""
    return "according" in cue.lower() or any(_lemma(word) in REPORTING for word in re.findall(r"[A-Za-z]+", cue))


def _lemma(word: str) -> str:
    word = word.lower()
    if word in IRREGULAR:
        return IRREGULAR[word]
    stems = (word, word[:-1], word[:-2], word[:-3], word[:-3] + "e", word[:-2] + "e", word[:-1] + "e")
    return next((stem for stem in stems if stem in REPORTING), word)


def form(content: str) -> str:
    """direct, mixed or reported, by the double marks in an annotated content."""
    if not re.search(r"[\"“”]", content):
        return "reported"
    rest = re.sub(r"[\"“][^\"“”]*[\"”]?", "", content)
    return "direct" if len(re.sub(r"\W", "", rest)) <= 3 else "mixed"


def evaluate(gold: Sequence[Told], predicted: Sequence[Told]) -> dict[str, float]:
    """Precision over all predictions, recall over the gold statements with a reporting cue, F1, with and without source.

    A prediction matches where intersection over union of the characters is at least 0.5. "With source" also asks that
    the sources overlap, or that both have none.
    """
    n: Counter[str] = Counter()
    for article in sorted({one.article for one in gold}):
        _count(n, [g for g in gold if g.article == article], [p for p in predicted if p.article == article])
    found: dict[str, float] = {}
    for suffix in ("", " with source"):
        precision = n["right" + suffix] / max(1, n["predicted"])
        recall = n["found" + suffix] / max(1, n["gold"])
        found |= {"precision" + suffix: precision, "recall" + suffix: recall}
        found["F1" + suffix] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    for kind in ("direct", "mixed", "reported"):
        found["recall " + kind] = n["found " + kind] / max(1, n["gold " + kind])
    return found


def _count(n: Counter[str], gold: list[Told], predicted: list[Told]) -> None:
    for p in predicted:
        best = max(gold, key=lambda g: _overlap(p.content, g.content))
        n["predicted"] += 1
        if _overlap(p.content, best.content) >= 0.5:
            n["right"] += 1
            n["right with source"] += _agree(p.source, best.source)
    used: set[int] = set()
    for g in gold:
        if not g.reporting:
            continue
        n["gold"] += 1
        n["gold " + g.form] += 1
        scores = [(_overlap(g.content, p.content), i) for i, p in enumerate(predicted) if i not in used]
        score, i = max(scores, default=(0.0, -1))
        if score >= 0.5:
            used.add(i)
            n["found"] += 1
            n["found " + g.form] += 1
            n["found with source"] += _agree(g.source, predicted[i].source)


BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Upper bounds of the confidences that are counted together."""
WITHIN = 0.9
"""The share of a lone quotation that must stand in a longer annotated statement."""


def calibration(gold: Sequence[Told], predicted: Sequence[Told]) -> tuple[list[tuple[float, int, float]], float]:
    """([(upper bound of the confidence, statements, share of them that is true)], expected calibration error over ten
    bins).

    True: annotated with an intersection over union of at least 0.5 and the same source; a lone quotation also where it
    stands within a longer annotated statement.
    """
    of: dict[str, list[Told]] = defaultdict(list)
    for g in gold:
        of[g.article].append(g)
    true = {id(p): any(_is_true(p, g) for g in of[p.article]) for p in predicted}
    bounds = list(pairwise((0.0, *BINS)))
    bins = [[p for p in predicted if low < p.confidence <= high] for low, high in bounds]
    table = [
        (high, len(b), sum(true[id(p)] for p in b) / max(1, len(b))) for (_, high), b in zip(bounds, bins, strict=True)
    ]
    tenths = [[p for p in predicted if min(9, int(10 * p.confidence)) == n] for n in range(10)]
    missed = sum(abs(sum(p.confidence - true[id(p)] for p in tenth)) for tenth in tenths)
    return table, missed / max(1, len(predicted))


def _is_true(p: Told, g: Told) -> bool:
    same = _overlap(p.content, g.content) >= 0.5 and _agree(p.source, g.source)
    return same or (p.lone and len(p.content & g.content) >= WITHIN * len(p.content))


def _overlap(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _agree(a: frozenset[int], b: frozenset[int]) -> bool:
    return bool(a & b) or (not a and not b)


def characters(spans: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end))


def predicted(ids: Sequence[str], extractions: Iterable[Extraction]) -> list[Told]:
    return [
        Told(
            id,
            characters(statement.spans),
            characters([statement.source] if statement.source else []),
            confidence=statement.confidence,
            lone=statement.cue is None,
        )
        for id, extraction in zip(ids, extractions, strict=True)
        for statement in extraction.statements
    ]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, packed with gzip or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def polnear_gold(folder: Path, split: str) -> list[Told]:
    return [
        Told(
            row["article_id"],
            characters(row["content_spans"]),
            characters(row["source_spans"] or []),
            is_reporting(row["cue"]),
            form(row["content"]),
        )
        for row in rows(folder / "attributions.jsonl.gz")
        if row["split"] == split and row.get("primary", True) and row["content_spans"] and row["cue"]
    ]


def wikinews_gold(articles: Sequence[dict[str, Any]]) -> list[Told]:
    """Wikinews marks clauses, not quotations: a statement of several sentences is several there, so figures are low."""
    found = []
    for article in articles:
        for one in article["attributions"]:
            text: str = article["text"]
            content = " ".join(text[start:end] for start, end in one["content"])
            source = [one["source"]] if one.get("source") else []
            cue = text[slice(*one["edu"])]
            found.append(
                Told(article["id"], characters(one["content"]), characters(source), is_reporting(cue), form(content))
            )
    return found


def speakers(
    quotes: Sequence[dict[str, Any]], texts: dict[str, str], said: dict[str, Extraction]
) -> tuple[float, float]:
    """(share of annotated direct quotations with a named speaker, share of those whose name holds the right surname)"""
    answered = right = 0
    for quote in quotes:
        name = _speaker(said[quote["article_id"]], _find(texts[quote["article_id"]], quote["quote"]))
        if name is not None:
            answered += 1
            right += _flat(quote["gold_surname"]) in _flat(name)
    return answered / max(1, len(quotes)), right / max(1, answered)


def _flat(name: str) -> str:
    return name.lower().replace("’", "'")


def _find(text: str, quote: str) -> Span | None:
    """Where the quotation's first forty letters stand, whatever the white space and marks between."""
    flat = [(c, i) for i, c in enumerate(text) if c.isalnum()]
    sought = [c for c in quote if c.isalnum()][:40]
    at = "".join(c for c, _ in flat).find("".join(sought))
    return (flat[at][1], flat[at + len(sought) - 1][1] + 1) if at >= 0 and sought else None


def _speaker(extraction: Extraction, place: Span | None) -> str | None:
    if place is None:
        return None
    shared = defaultdict(int)
    for i, statement in enumerate(extraction.statements):
        shared[i] = sum(max(0, min(end, place[1]) - max(start, place[0])) for start, end in statement.spans)
    best = max(shared, key=lambda i: (shared[i], -i), default=None)
    return extraction.statements[best].speaker if best is not None and shared[best] else None


def speed(texts: Sequence[str], processes: int) -> tuple[float, float]:
    """(articles a second of `extract_all`, the same over a plain run of the whole pipeline in one process)"""
    from ingest.statements.parse import whole_model

    model = whole_model()
    for _ in model.pipe(texts[:2]):
        pass
    started = time.perf_counter()
    for _ in model.pipe(texts):
        pass
    plain = time.perf_counter() - started
    started = time.perf_counter()
    for _ in extract_all(texts, processes):
        pass
    ours = time.perf_counter() - started
    return len(texts) / ours, plain / ours


def show(name: str, figures: dict[str, float], peers: bool = True) -> None:
    print(f"-- {name}")
    for label, value in figures.items():
        peer = f"    elsewhere: {PEERS[label]}" if peers and label in PEERS else ""
        print(f"{label:24s} {value:6.3f}{peer}")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench statements", description=__doc__)
    parser.add_argument("--devset", type=Path, default=None, help="the folder with the annotated articles")
    parser.add_argument("--split", default="dev", choices=["dev", "train"])
    parser.add_argument("--articles", type=int, default=160, help="how many articles the speed is measured on")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args(argv)
    if args.devset is None or not (args.devset / "polnear").is_dir():
        print("No annotated articles; name their folder with --devset. Nothing measured.")
        return
    every = list(rows(args.devset / "polnear" / "articles.jsonl"))
    articles = [row for row in every if row["split"] == args.split]
    ids = [row["id"] for row in articles]
    found = list(extract_all([row["text"] for row in articles], args.processes))
    gold, told = polnear_gold(args.devset / "polnear", args.split), predicted(ids, found)
    show(f"PolNeAR {args.split}", evaluate(gold, told))
    table, missed = calibration(gold, told)
    print(f"-- confidence, expected calibration error {missed:.3f}")
    for high, count, share in table:
        print(f"up to {high:.1f} {count:20d} {share:6.3f}")
    quotes = [row for row in rows(args.devset / "polnear" / "quote_to_speaker.jsonl") if row["split"] == args.split]
    answered, right = speakers(quotes, {row["id"]: row["text"] for row in articles}, dict(zip(ids, found, strict=True)))
    show("quotation to speaker", {"speaker right": right, "share answered": answered})
    news = list(rows(args.devset / "wikinews" / "attributions.jsonl"))
    told = predicted([row["id"] for row in news], extract_all(row["text"] for row in news))
    show("Wikinews", evaluate(wikinews_gold(news), told), peers=False)
    rate, ratio = speed([row["text"] for row in every[: args.articles]], args.processes)
    show(f"speed, {args.processes} processes", {"articles/s": rate, "times a plain run": ratio})


if __name__ == "__main__":
    main()
