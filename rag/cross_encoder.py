"""Does this sentence answer this question? A cross-encoder of our own reads the two together.

It is the embedding model, all-MiniLM-L6-v2, with an adapter of low rank (LoRA; Hu et al. 2021, arXiv 2106.09685) and a
head of 385 numbers on the mean of its tokens' vectors. `python -m bench cross-encoder --write` trains them on articles
and questions that were written for this project, so that their weights may be shipped.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.embedding import bundled_model, bundled_tokenizer
from rag.encoder import Encoder, Precision

ADAPTER = Path(__file__).parent / "cross_encoder.npz"
"""Per weight of the model two matrices, "NAME.a" (rank, in) and "NAME.b" (out, rank); "head" (size + 1,), bias last."""
QUESTION, PAIR = 40, 80  # word pieces at most: of a question, of a question with its sentence


class CrossEncoder:
    """Loaded at the first use. Safe to share between threads."""

    def __init__(self, adapter: Path = ADAPTER, precision: Precision = "int8") -> None:
        self._adapter, self._precision = adapter, precision
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Log of the odds that each text answers the question, one number a text."""
        if not texts:
            return []
        with self._lock:  # two first questions at once load one model
            encoder, head = self._loaded
        tokenizer = bundled_tokenizer()
        asked, *read = tokenizer.encode_batch([question, *texts], add_special_tokens=False)
        start, end = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        first = [start, *asked.ids[:QUESTION], end]

        def score(ids: Sequence[int]) -> float:
            second = [*ids[: PAIR - len(first) - 1], end]
            tokens = encoder.encode([*first, *second], [0] * len(first) + [1] * len(second))
            return float(tokens.mean(axis=0) @ head[:-1] + head[-1])

        with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
            return list(threads.map(score, [r.ids for r in read]))

    @cached_property
    def _loaded(self) -> tuple[Encoder, NDArray[np.float32]]:
        with np.load(self._adapter) as kept:
            adapter = {name: kept[name].astype(np.float32) for name in kept.files}
        return Encoder(bundled_model(), self._precision, changes(adapter)), adapter["head"]


def changes(adapter: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """What an adapter adds to each weight, by the weight's name."""
    names = [name.removesuffix(".a") for name in adapter if name.endswith(".a")]
    return {name: adapter[f"{name}.b"] @ adapter[f"{name}.a"] for name in names}


@lru_cache(maxsize=1)
def bundled_cross_encoder() -> CrossEncoder:
    """One for all archives of a process."""
    return CrossEncoder()
