"""Models that need torch: other embedders, cross-encoders. The only file that knows sentence-transformers."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from rag.domain import Span
from rag.embedding import FEW, Vectors, pool, unit
from rag.errors import ArchiveError


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by torch, loaded at the first use (the import alone takes seconds)."""

    size = 384

    def __init__(self, model: str) -> None:
        self.name = self._path = model
        self._model: Any = None
        self._lock = threading.Lock()  # the tokenizer behind it isn't safe to share at the same moment

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.size), np.float32)
        with self._lock:
            model = self._load()
            with _threads(1 if len(texts) < FEW else None):
                vectors = model.encode(
                    list(texts),
                    batch_size=32,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                    convert_to_numpy=True,
                )
        return np.asarray(vectors, np.float32)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """One pass of the model gives both: a part's vector is the mean of its tokens' vectors as they stand in the
        whole text, so that a sentence with "he" in it still carries whom the text is about. This is the late chunking
        of Günther et al. 2024 (arXiv 2409.04701), and it costs nothing beside the texts' own vectors.
        """
        if not texts:
            return np.zeros((0, self.size), np.float32), []
        with self._lock:
            model = self._load()
            read = model.encode(list(texts), batch_size=32, output_value=None, show_progress_bar=False)
            offsets = model.tokenizer(
                list(texts), truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
            )["offset_mapping"]
        whole = np.stack([_plain(r["sentence_embedding"]) for r in read])
        pooled = [
            pool(_plain(r["token_embeddings"]), np.asarray(at), spans)
            for r, at, spans in zip(read, offsets, parts, strict=True)
        ]
        return unit(whole), pooled

    def _load(self) -> Any:
        if self._model is None:
            _offline_for(self._path)
            from sentence_transformers import SentenceTransformer

            try:
                self._model = SentenceTransformer(self._path, device="cpu")
            except (OSError, ValueError) as e:
                raise ArchiveError(f'The embedding model "{self.name}" can\'t be loaded: {e}') from e
            self.size = int(self._model.get_embedding_dimension() or self.size)
        return self._model


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, loaded at the first use: reads question and passage together."""

    def __init__(self, model: str) -> None:
        self.name = model
        self._model: Any = None
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, higher is better; the scale is the model's own.

        Raises:
            ArchiveError: the model can't be loaded.
        """
        with self._lock:
            if self._model is None:
                self._model = self._load()
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in np.asarray(found, np.float32).reshape(len(texts), -1)[:, -1]]

    def _load(self) -> Any:
        _offline_for(self.name)
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self.name, device="cpu")
        except (OSError, ValueError) as e:
            raise ArchiveError(f'The reranker "{self.name}" can\'t be loaded: {e}') from e


def _offline_for(model: str) -> None:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    if Path(model).exists():  # a local folder: nothing to ask a hub about
        os.environ.setdefault("HF_HUB_OFFLINE", "1")


@contextmanager
def _threads(count: int | None) -> Iterator[None]:
    """Runs torch on this many threads; None leaves it as it is."""
    if count is None:
        yield
        return
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _plain(tensor: Any) -> Vectors:
    return np.asarray(tensor.float().cpu().numpy(), np.float32)
