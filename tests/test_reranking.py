"""A named cross-encoder has the last word on the order of the best passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import rag
from rag.embedding import Embedder, bundled_model
from rag.errors import ArchiveError
from rag.holdings import Holdings
from rag.retrieval import Hybrid, reranked, reranker_for


class Shortest:
    """An honest fake: the shorter a text, the better."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.read += texts
        return [-float(len(t)) for t in texts]


@pytest.fixture
def fake(archive_folder: Path, embedder: Embedder) -> Holdings:
    return Holdings(archive_folder, embedder, Shortest())


def test_the_reranker_s_order_is_the_order(fake: Holdings) -> None:
    hits = Hybrid(fake).search("protesters at parliament", k=4)
    assert [len(h.text) for h in hits] == sorted(len(h.text) for h in hits)
    assert [h.score for h in hits] == [-float(len(h.text)) for h in hits]


def test_the_reranker_reads_only_the_best_candidates(fake: Holdings, archive: rag.Archive) -> None:
    Hybrid(fake).search("protesters at parliament", k=2)
    assert isinstance(fake.reranker, Shortest)
    assert 2 < len(fake.reranker.read) <= 30
    assert set(fake.reranker.read) <= {h.text for h in archive.search("protesters at parliament", k=30)}


def test_nothing_to_rerank_is_no_error(fake: Holdings) -> None:
    assert reranked(Shortest(), "ferry", []) == []
    Hybrid(fake).search("   ")


@pytest.fixture(scope="session")
def random_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real CrossEncoder, two layers of sixteen numbers at random, with the bundled model's word pieces."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(str(bundled_model()))
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_local_cross_encoder_is_loaded_and_used(
    random_cross_encoder: Path, archive_folder: Path, embedder: Embedder
) -> None:
    settings = rag.Settings.from_env({"ONRECORD_RERANKER": str(random_cross_encoder)})
    with rag.open_archive(archive_folder, settings, embedder) as archive:
        hits = archive.search("towing vehicles", k=5)
        assert len(hits) == 5
        assert archive.holdings.reranker is not None
        expected = archive.holdings.reranker.scores("towing vehicles", [h.text for h in hits])
        assert [h.score for h in hits] == pytest.approx(expected, abs=1e-4)
        assert archive.ask("what did Coster say about towing?").answered


def test_a_reranker_that_is_not_there_is_named(tmp_path: Path) -> None:
    reranker = reranker_for(str(tmp_path))
    assert reranker is not None
    with pytest.raises(ArchiveError, match="reranker"):
        reranker.scores("who?", ["nobody"])


def test_without_a_name_there_is_none() -> None:
    assert reranker_for(None) is None
    assert rag.Settings.from_env({}).reranker is None
