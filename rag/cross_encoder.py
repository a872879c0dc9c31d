"""Does this sentence answer this question? A cross-encoder of our own reads the two together.

Statements are read with the title of their article, since what is spoken often tells neither where nor of what, and where
one person is asked about with the sentence before them; sentences that may state a fact are read without either.

It is the embedding model, all-MiniLM-L6-v2, with an adapter of low rank (LoRA; Hu et al. 2021, arXiv 2106.09685) and a
head of 385 numbers on the mean of its tokens' vectors: one such pair for sentences that may state a fact, one for what
somebody said on a topic, one for who said something. `python -m bench cross-encoder --write facts`, `--write statements` and
`--write who` train them on articles and questions that were written for this project, so that their weights may be
shipped.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.embedding import bundled_model, bundled_tokenizer
from rag.encoder import Encoder, Precision

Task = Literal["facts", "statements", "who"]
"""What it is asked: a fact, what somebody said on a topic, or who said something."""
QUESTION, PAIR, TITLE, BEFORE = 40, 80, 20, 24
"""Word pieces at most: of a question, of a question with its sentence, of a title, of the end of the sentence before."""


class Sentence(NamedTuple):
    """What is read with a question."""

    text: str
    title: str = ""
    """Of its article."""
    before: str = ""
    """The sentence before it."""


def adapter_of(task: Task) -> Path:
    """The file of its adapter: per weight of the model two matrices, "NAME.a" (rank, in) and "NAME.b" (out, rank), and
    "head" (size + 1,), bias last."""
    return Path(__file__).parent / "adapters" / f"{task}.npz"


class CrossEncoder:
    """Loaded at the first use. Safe to share between threads."""

    def __init__(self, adapter: Path, precision: Precision = "int8") -> None:
        self._adapter, self._precision = adapter, precision
        self._lock = threading.Lock()

    def scores(self, question: str, sentences: Sequence[Sentence]) -> list[float]:
        """Log of the odds that each sentence answers the question, one number a sentence."""
        if not sentences:
            return []
        with self._lock:  # two first questions at once load one model
            encoder, head = self._loaded

        def score(one: tuple[list[int], list[int]]) -> float:
            return float(encoder.encode(*one).mean(axis=0) @ head[:-1] + head[-1])

        made = pieces(question, sentences)
        longest_first = sorted(range(len(made)), key=lambda n: -len(made[n][0]))  # or one thread ends with a long one
        scores = dict(zip(longest_first, _threads().map(score, (made[n] for n in longest_first)), strict=True))
        return [scores[n] for n in range(len(made))]

    @cached_property
    def _loaded(self) -> tuple[Encoder, NDArray[np.float32]]:
        with np.load(self._adapter) as kept:
            adapter = {name: kept[name].astype(np.float32) for name in kept.files}
        return Encoder(bundled_model(), self._precision, changes(adapter)), adapter["head"]


def pieces(question: str, sentences: Sequence[Sentence]) -> list[tuple[list[int], list[int]]]:
    """(word pieces, kinds) as the model reads them: the question (0), then the sentence, its article's title and what
    stands before it (1)."""
    tokenizer = bundled_tokenizer()
    texts = [question, *(text for sentence in sentences for text in sentence)]
    asked, *read = (e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False))
    start, end = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    first = [start, *asked[:QUESTION], end]
    made = []
    for sentence, title, before in zip(read[::3], read[1::3], read[2::3], strict=True):
        second = [*sentence[: PAIR - len(first) - 1], end, *title[:TITLE], end]
        if before:
            second += [*before[-BEFORE:], end]
        made.append(([*first, *second], [0] * len(first) + [1] * len(second)))
    return made


def changes(adapter: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """What an adapter adds to each weight, by the weight's name."""
    names = [name.removesuffix(".a") for name in adapter if name.endswith(".a")]
    return {name: adapter[f"{name}.b"] @ adapter[f"{name}.a"] for name in names}


@cache
def _threads() -> ThreadPoolExecutor:
    """One a core, for all that is read in a process: starting threads anew takes milliseconds where others work."""
    return ThreadPoolExecutor(os.cpu_count() or 1, "reading")


@cache
def bundled_cross_encoder(task: Task) -> CrossEncoder:
    """One a task, for all archives of a process."""
    return CrossEncoder(adapter_of(task))
