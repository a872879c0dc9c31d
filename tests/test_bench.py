"""The measures of the benchmarks, on rankings written out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import WordHashes

import bench.__main__ as shell
import rag
from bench.kept import Kept
from bench.peers import chunks, nearest, reciprocal_ranks
from bench.retrieval import Asked, archived, first_hit, measured, our_rows, tutorial_rows
from bench.scoring import Score, summary
from bench.statements import Told, calibration, characters
from ingest.derive import SHARED
from rag.domain import Article
from rag.embedding import BUNDLED, BertEmbedder, bundled_model
from rag.encoder import PRECISIONS

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


def test_the_median_and_the_95th_percentile_of_the_seconds() -> None:
    table = summary([Score(str(n), "fact", True, True, seconds=n / 10) for n in range(20, 0, -1)])
    assert (table["median seconds"], table["95th percentile of seconds"]) == (1.05, 1.9)


def test_our_row_is_the_runtime_s_own_search(archive: rag.Archive) -> None:
    rows, _ = our_rows(archive)
    asked = "the cracks in the bridge"
    assert rows["ours"](asked) == [(h.article.id, h.text) for h in archive.search(asked, k=10)]


def test_no_row_is_asked_for_more_passages_than_another(tmp_path: Path, fake_embedder: WordHashes) -> None:
    text = " ".join(f"The ferry sailed at {n} past the hour of noon." for n in range(1000))
    rows, _ = tutorial_rows([Article("a", "t", text)], [], fake_embedder, tmp_path / "words", False)
    assert {name: len(search("the ferry sailed")) for name, search in rows.items()} == dict.fromkeys(rows, 10)


def test_a_precision_that_is_asked_for_is_not_settled_anew(tmp_path: Path) -> None:
    articles = [Article(str(n), "t", f"Ferry {n} sailed.") for n in range(SHARED)]
    embedder = BertEmbedder(bundled_model(), BUNDLED, "int8")
    for precision in PRECISIONS:
        with archived(articles, tmp_path / precision, embedder, precision):
            assert embedder.precision == precision


def test_a_confidence_is_measured_by_how_many_such_statements_the_annotators_marked() -> None:
    def told(article: str, start: int, end: int, source: int = 0, **more: Any) -> Told:
        return Told(article, characters([(start, end)]), characters([(source, source + 1)]), **more)

    gold = [told("a", 10, 20), told("a", 30, 70)]
    found = [
        told("a", 10, 20, confidence=0.95),
        told("a", 10, 20, source=5, confidence=0.95),  # another source
        told("a", 31, 40, confidence=0.65),  # a piece of a longer one …
        told("a", 31, 40, confidence=0.75, lone=True),  # … which is enough for a quotation without a cue
        told("b", 10, 20, confidence=0.3),  # another article
    ]
    table, missed = calibration(gold, found)
    assert table == [(0.5, 1, 0.0), (0.6, 0, 0.0), (0.7, 1, 0.0), (0.8, 1, 1.0), (0.9, 0, 0.0), (1.0, 2, 0.5)]
    assert missed == pytest.approx((0.3 + 0.65 + 0.25 + 0.9) / 5)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The benchmarks that were started, each with its options."""
    found: dict[str, list[str]] = {}
    monkeypatch.setattr(shell, "run", lambda name, options: found.update({name: list(options)}))
    return found


def test_without_a_name_the_development_set_goes_to_those_that_take_one(ran: dict[str, list[str]]) -> None:
    shell.main(["--devset", "there"])
    assert ran == {name: ["--devset", "there"] if name in shell.ON_A_DEVSET else [] for name in shell.NAMES}


def test_without_a_name_no_other_option_is_taken_and_then_ignored(
    ran: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        shell.main(["--plot", "speed.png"])
    assert "--plot" in capsys.readouterr().err
    assert ran == {}


def test_a_named_benchmark_gets_its_options(ran: dict[str, list[str]]) -> None:
    shell.main(["speed", "--devset", "there", "--plot", "speed.png"])
    assert ran == {"speed": ["--devset", "there", "--plot", "speed.png"]}
