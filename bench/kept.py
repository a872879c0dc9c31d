"""Vectors kept between runs of a benchmark: an embedder that remembers what it embedded, in one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from rag.domain import Span
from rag.embedding import Embedder, Vectors


class Kept:
    """Wraps an embedder; what this file holds of the same embedder is read, the rest is made and kept (half precision).

    `label` tells vectors apart that one embedder makes in different ways.
    """

    def __init__(self, embedder: Embedder, file: Path, label: str = "") -> None:
        self.embedder, self.name, self.size, self._label = embedder, embedder.name, embedder.size, label
        file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, value BLOB NOT NULL)")

    def embed(self, texts: Sequence[str]) -> Vectors:
        made = self._of(
            [[t] for t in texts], lambda some: [v[None] for v in self.embedder.embed([texts[i] for i in some])]
        )
        return np.concatenate(made) if made else np.zeros((0, self.size), np.float32)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        def make(some: Sequence[int]) -> list[Vectors]:
            whole, inside = self.embedder.embed_parts([texts[i] for i in some], [parts[i] for i in some])
            return [np.concatenate([w[None], p]) for w, p in zip(whole, inside, strict=True)]

        made = self._of([[t, *map(str, p)] for t, p in zip(texts, parts, strict=True)], make)
        whole = np.stack([v[0] for v in made]) if made else np.zeros((0, self.size), np.float32)
        return whole, [v[1:] for v in made]

    def _of(self, asked: Sequence[Sequence[str]], make: Callable[[Sequence[int]], list[Vectors]]) -> list[Vectors]:
        keys = [
            hashlib.sha256("\0".join([self.name, self._label, *a]).encode("utf-8", "replace")).digest() for a in asked
        ]
        found: dict[bytes, Vectors] = {}
        for key in set(keys):
            row = self._db.execute("SELECT value FROM vectors WHERE key = ?", (key,)).fetchone()
            if row:
                found[key] = np.frombuffer(row[0], np.float16).reshape(-1, self.size).astype(np.float32)
        missing = [i for i, key in enumerate(keys) if key not in found]
        if missing:
            made = dict(zip((keys[i] for i in missing), make(missing), strict=True))
            rows = [(key, v.astype(np.float16).tobytes()) for key, v in made.items()]
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            found |= made
        return [found[key] for key in keys]
