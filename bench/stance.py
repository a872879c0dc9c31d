"""Which side does a statement take? Fits the direction of blame in the embedding model's space, and measures it.

`bench/invented.jsonl` holds 141 articles that were written for this project, about places and people that don't exist.
Their statements are marked for or against what the article is about, half of them without any strong word. A logistic
regression over the sentences' vectors, as an archive has them (in their context), tells the sides apart.

`python -m bench stance` prints how well, on articles left out of the fit; `--write` writes the direction where
`rag.answering.evidence.stance` reads it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.answering.evidence.stance import DIRECTION, lean
from rag.domain import Span
from rag.embedding import embedder_for

ARTICLES = Path(__file__).parent / "invented.jsonl"
TOGETHER = 6  # sentences that are read as one passage
FOLDS = 6
STRENGTH = (
    1.0  # of the fit: how little it is held back (C of LogisticRegression); the best of five, left out by articles
)


def main(options: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench stance")
    parser.add_argument("--write", action="store_true", help="keep the direction that was fitted")
    args = parser.parse_args(options)
    marked = _marked()
    print(
        f"{len(marked.against)} statements that take a side, {marked.against.mean():.0%} against; area under the curve"
    )
    for name, area in areas(marked).items():
        print(f"{name:24}{area:.3f}")
    if args.write:
        model = _fit(marked.vectors, marked.against)
        np.save(DIRECTION, np.append(model.coef_[0], model.intercept_).astype(np.float32))
        print(f"written to {DIRECTION}")


@dataclass(frozen=True, slots=True)
class Marked:
    """Statements that take a side, n of them."""

    vectors: NDArray[np.float32]
    """As an archive has them, shape (n, size)."""
    against: NDArray[np.bool_]
    articles: NDArray[np.int64]
    """The number of each one's article."""
    by_words: NDArray[np.float64]
    """What `stance.lean` says of each."""


def areas(marked: Marked | None = None) -> dict[str, float]:
    """How well each way tells against from for: the area under its curve, of the vectors on articles left out of the fit."""
    marked = marked or _marked()
    found = np.zeros(len(marked.against))
    for fold in range(FOLDS):
        left_out = marked.articles % FOLDS == fold
        found[left_out] = _fit(marked.vectors[~left_out], marked.against[~left_out]).decision_function(
            marked.vectors[left_out]
        )
    return {
        "by their vectors": float(roc_auc_score(marked.against, found)),
        "by words": float(roc_auc_score(marked.against, marked.by_words)),
    }


def _fit(vectors: NDArray[np.float32], against: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(vectors, against)


def _marked() -> Marked:
    embedder = embedder_for()
    vectors, against, articles, by_words = [], [], [], []
    for number, line in enumerate(ARTICLES.read_text(encoding="utf-8").splitlines()):
        sentences = json.loads(line)["sentences"]
        for i in range(0, len(sentences), TOGETHER):
            text, spans = _passage([s["text"] for s in sentences[i : i + TOGETHER]])
            _, (found,) = embedder.embed_parts([text], [spans])
            for s, vector in zip(sentences[i : i + TOGETHER], found, strict=True):
                if s["side"] != "none":
                    vectors.append(vector)
                    against.append(s["side"] == "against")
                    articles.append(number)
                    by_words.append(lean(s["text"], "against"))
    return Marked(np.stack(vectors), np.array(against), np.array(articles), np.array(by_words))


def _passage(sentences: Sequence[str]) -> tuple[str, list[Span]]:
    """The sentences as one text, and where each stands in it."""
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    return text, spans
