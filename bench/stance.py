"""Which side does a statement take? Fits the direction of blame in the embedding model's space, and measures it.

Some of `bench/invented.jsonl`, articles that were written for this project, have their statements marked for or against
what the article is about, half of them without any strong word. A logistic regression over the sentences' vectors, as an
archive has them (in their context), tells the sides apart.

`python -m bench stance` prints how well, on articles left out of the fit; `--write` writes the direction where
`rag.answering.evidence.stance` reads it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from bench.invented import articles
from rag.answering.evidence.stance import DIRECTION, lean
from rag.domain import Span
from rag.embedding import Embedder, Vectors, embedder_for

TOGETHER = 6  # sentences that are read as one passage
FOLDS = 6
STRENGTH = 1.0
"""Of the fit: how little it is held back (C of LogisticRegression). Of .1, .3, 1, 3 and 10 the best on articles left out."""


def main(options: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench stance")
    parser.add_argument("--write", action="store_true", help="keep the direction that was fitted")
    args = parser.parse_args(options)
    found = marked(embedder_for())
    share = found.against.mean()
    print(f"{len(found.against)} statements that take a side, {share:.0%} against; area under the curve")
    for name, area in areas(found).items():
        print(f"{name:24}{area:.3f}")
    if args.write:
        np.save(DIRECTION, direction(found))
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


def areas(found: Marked) -> dict[str, float]:
    """How well each way tells against from for: the area under its curve, of the vectors on articles left out of the fit."""
    left_out = cross_val_predict(
        _model(), found.vectors, found.against, groups=found.articles, cv=GroupKFold(FOLDS), method="decision_function"
    )
    return {
        "by their vectors": float(roc_auc_score(found.against, left_out)),
        "by words": float(roc_auc_score(found.against, found.by_words)),
    }


def direction(found: Marked) -> Vectors:
    """Fitted on all of them: what `stance.DIRECTION` holds."""
    model = _model().fit(found.vectors, found.against)
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000)


def marked(embedder: Embedder) -> Marked:
    """The invented articles' statements, read a passage at a time as an ingest does."""
    vectors, against, groups, by_words = [], [], [], []
    for number, article in enumerate(a for a in articles() if any(a.sides)):
        for i in range(0, len(article.texts), TOGETHER):
            texts, sides = article.texts[i : i + TOGETHER], article.sides[i : i + TOGETHER]
            text, spans = _passage(texts)
            _, (found,) = embedder.embed_parts([text], [spans])
            for sentence, side, vector in zip(texts, sides, found, strict=True):
                if side in ("for", "against"):
                    vectors.append(vector)
                    against.append(side == "against")
                    groups.append(number)
                    by_words.append(lean(sentence, "against"))
    return Marked(np.stack(vectors), np.array(against), np.array(groups), np.array(by_words))


def _passage(sentences: Sequence[str]) -> tuple[str, list[Span]]:
    """The sentences as one text, and where each stands in it."""
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    return text, spans
