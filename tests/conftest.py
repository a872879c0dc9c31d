"""What the tests share: the seeds as an archive with the real stores and models, made once; honest fakes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pytest

import rag
from ingest import Report, ingest
from ingest.statements import detect as detection
from ingest.statements.drafts import Draft
from rag.domain import Span
from rag.embedding import Embedder, Vectors, embedder_for
from rag.text import terms

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

# What the shell of whoever runs the tests sets is none of theirs. At once and not in a fixture: what is made once for
# many tests, and what runs in processes of its own, must not see it either.
for name in [n for n in os.environ if n.startswith("ONRECORD_")]:
    del os.environ[name]

# A slow or busy machine is no failure.
hypothesis.settings.register_profile(
    "onrecord",
    hypothesis.settings.default,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("onrecord")


class WordHashes:
    """An honest fake of an embedder: texts that share words have near vectors. For tests that need no meaning."""

    name = "word-hashes"
    size = 64

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        vectors = np.zeros((len(texts), self.size), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 0.1
            for term in terms(text):
                row[int.from_bytes(hashlib.sha256(term.encode()).digest()[:4]) % self.size] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        return self.embed(texts), [self.embed([t[a:b] for a, b in p]) for t, p in zip(texts, parts, strict=True)]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real model, loaded once."""
    return embedder_for()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> tuple[Path, Report]:
    """The seeds in an archive of their own, and what the ingest reported."""
    folder = tmp_path_factory.mktemp("seeded") / "archive"
    with rag.open_archive(folder, rag.Settings(), embedder) as archive:
        report = ingest([SEEDS / "articles"], archive)
    return folder, report


@pytest.fixture(scope="session")
def archive_folder(seeded: tuple[Path, Report]) -> Path:
    return seeded[0]


@pytest.fixture(scope="session")
def archive(archive_folder: Path, embedder: Embedder) -> Iterator[rag.Archive]:
    """The seeds. To be read only: other tests see the same one."""
    with rag.open_archive(archive_folder, rag.Settings(), embedder) as archive:
        yield archive


@pytest.fixture
def fake_embedder() -> WordHashes:
    return WordHashes()


@pytest.fixture
def empty(tmp_path: Path, fake_embedder: WordHashes) -> Iterator[rag.Archive]:
    """An archive of a test's own, with the fake embedder."""
    with rag.open_archive(tmp_path / "archive", rag.Settings(), fake_embedder) as archive:
        yield archive


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of the statements that fails on every text with "stumble" in it."""
    real = detection.detect

    def failing(text: str, docs: list[tuple[int, Any]]) -> list[Draft]:
        if "stumble" in text:
            raise IndexError("no such token")
        return real(text, docs)

    monkeypatch.setattr(detection, "detect", failing)
