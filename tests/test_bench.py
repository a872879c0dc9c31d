"""The measures of the benchmarks, on rankings written out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import WordHashes

from bench.kept import Kept
from bench.peers import chunks, nearest, reciprocal_ranks
from bench.retrieval import Asked, first_hit, measured
from rag.domain import Article

FOUND = [("a", "The ferry  sank"), ("a", "in May."), ("b", "Forty boats."), ("c", "The Ferry sank")]


def test_an_answer_counts_only_in_the_right_article() -> None:
    assert first_hit(Asked("?", frozenset("c"), ("ferry SANK",)), FOUND) == 4
    assert first_hit(Asked("?", frozenset("b"), ("ferry sank",)), FOUND) is None


def test_an_article_counts_once_where_articles_are_asked_for() -> None:
    assert first_hit(Asked("?", frozenset("bc")), FOUND) == 2
    assert first_hit(Asked("?", frozenset("x")), FOUND) is None


def test_the_share_of_hits_and_the_mean_reciprocal_rank() -> None:
    questions = [Asked("1", frozenset("a")), Asked("2", frozenset("b")), Asked("3", frozenset("x"))]
    found = measured(questions, lambda _: FOUND)
    assert found == pytest.approx({"@1": 1 / 3, "@4": 2 / 3, "@10": 2 / 3, "MRR": 0.5})


def test_reciprocal_ranks_put_what_both_hold_first() -> None:
    assert [id for id, _ in reciprocal_ranks([[(1, 9.0), (2, 8.0)], [(3, 0.9), (2, 0.8)]])] == [2, 1, 3]


def test_the_nearest_chunk_is_the_one_of_the_highest_cosine() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert nearest(vectors, vectors[1], 2)[0] == (1, 1.0)


def test_the_tutorial_s_chunks_have_at_most_a_thousand_characters_and_overlap() -> None:
    text = " ".join(f"word{n}" for n in range(500))
    pieces = [c.text for c in chunks([Article("a", "t", text)])]
    assert max(map(len, pieces)) <= 1000
    assert sum(map(len, pieces)) > len(text)


def test_what_was_embedded_once_is_not_embedded_again(tmp_path: Path, fake_embedder: WordHashes) -> None:
    for _ in range(2):
        kept = Kept(fake_embedder, tmp_path / "vectors.sqlite")
        whole, parts = kept.embed_parts(["The ferry sank.", "In May."], [[(4, 9)], []])
        assert [len(p) for p in parts] == [1, 0]
        np.testing.assert_allclose(whole[0], kept.embed(["The ferry sank."])[0], atol=1e-3)
        kept.embed(["In May."])
    assert len(fake_embedder.embedded) == 4  # two texts, one part, and the text with a part alone
