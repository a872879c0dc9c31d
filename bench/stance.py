"""Which side does a statement take? Fits the direction of blame in the embedding model's space, and measures it.

`bench/invented.jsonl` holds 72 articles that were written for this project, about places and people that don't exist.
Their statements are marked for or against what the article is about, half of them without any strong word. A logistic
regression over the sentences' vectors, as an archive has them (in their context), tells the sides apart.

`python -m bench stance` prints how well, on articles left out of the fit; `--write` writes the direction where
`rag.answering.evidence.stance` reads it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
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
STRENGTH = 3.0  # of the fit: how little it is held back (LogisticRegression's C)


def main(options: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench stance")
    parser.add_argument("--write", action="store_true", help="keep the direction that was fitted")
    args = parser.parse_args(options)
    vectors, against, articles, by_words = _marked()
    found = np.zeros(len(against))
    for fold in range(FOLDS):
        left_out = articles % FOLDS == fold
        found[left_out] = _fit(vectors[~left_out], against[~left_out]).decision_function(vectors[left_out])
    print(f"{len(against)} statements that take a side, {against.mean():.0%} against; area under the curve")
    for name, values in (("by their vectors", found), ("by words", by_words)):
        print(f"{name:24}{roc_auc_score(against, values):.3f}")
    if args.write:
        model = _fit(vectors, against)
        np.save(DIRECTION, np.append(model.coef_[0], model.intercept_).astype(np.float32))
        print(f"written to {DIRECTION}")


def _fit(vectors: NDArray[np.float32], against: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=2000).fit(vectors, against)


def _marked() -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.int64], NDArray[np.float64]]:
    """Of each statement that takes a side: its vector, whether it is against, its article's number, what its words say."""
    embedder = embedder_for()
    vectors, against, articles, by_words = [], [], [], []
    for number, line in enumerate(ARTICLES.read_text(encoding="utf-8").splitlines()):
        marked = json.loads(line)["sentences"]
        for i in range(0, len(marked), TOGETHER):
            text, spans = _passage([s["text"] for s in marked[i : i + TOGETHER]])
            _, (found,) = embedder.embed_parts([text], [spans])
            for s, vector in zip(marked[i : i + TOGETHER], found, strict=True):
                if s["side"] != "none":
                    vectors.append(vector)
                    against.append(s["side"] == "against")
                    articles.append(number)
                    by_words.append(lean(s["text"], "against"))
    return np.stack(vectors), np.array(against), np.array(articles), np.array(by_words)


def _passage(sentences: Sequence[str]) -> tuple[str, list[Span]]:
    """The sentences as one text, and where each stands in it."""
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence + " "
    return text, spans
