"""The quality that the repo's own questions must keep: floors in bench/floors.json."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

import rag
from bench import cross_encoder, stance
from bench.answers import OWN, ask_all, rows, tables
from bench.invented import articles
from ingest import rebuild
from rag.answering.evidence.stance import DIRECTION
from rag.embedding import BUNDLED, BertEmbedder, Embedder, bundled_model

FLOORS = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(archive: rag.Archive) -> dict[str, dict[str, float]]:
    return tables([score for score, _ in ask_all(archive, [row for path in OWN for row in rows(path)])])


@pytest.mark.parametrize("kind", ["said", "who_said", "fact", "across", "dialogue"])
def test_answers_keep_their_f1(found: dict[str, dict[str, float]], kind: str) -> None:
    assert found[kind]["f1"] >= FLOORS[f"f1 {kind}"]


@pytest.mark.parametrize("name", ["answer in the first three", "refused when not", "answered when answerable"])
def test_answers_keep_their_shares(found: dict[str, dict[str, float]], name: str) -> None:
    assert found["all"][name] >= FLOORS[name]


@pytest.mark.parametrize("name", ["wrong speaker", "not verbatim"])
def test_what_must_not_happen_stays_rare(found: dict[str, dict[str, float]], name: str) -> None:
    assert found["all"][name] <= FLOORS[f"at most, {name}"]


@pytest.fixture(scope="module")
def at_eight_bits(archive_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Archive]:
    """The same archive with its vectors made anew at int8, as an ingest of many articles may choose."""
    folder = tmp_path_factory.mktemp("eight bits") / "archive"
    shutil.copytree(archive_folder, folder)
    with rag.open_archive(folder, rag.Settings(), BertEmbedder(bundled_model(), BUNDLED, "int8")) as archive:
        rebuild(archive)
        yield archive


def test_an_archive_at_eight_bits_answers_as_one_at_full_precision(
    found: dict[str, dict[str, float]], archive: rag.Archive, at_eight_bits: rag.Archive
) -> None:
    questions = [row for path in OWN for row in rows(path)]
    lost = found["all"]["f1"] - tables([s for s, _ in ask_all(at_eight_bits, questions)])["all"]["f1"]
    assert lost <= FLOORS["at most, f1 lost at eight bits"]
    asked = [q["question"] for q in questions if "question" in q]
    first = [[a.search(q, k=1)[0].passage for q in asked] for a in (archive, at_eight_bits)]
    assert sum(a == b for a, b in zip(*first, strict=True)) >= 0.95 * len(asked)


@pytest.fixture(scope="module")
def marked(embedder: Embedder) -> stance.Marked:
    return stance.marked(embedder)


def test_the_direction_of_blame_holds_on_articles_that_it_was_not_fitted_on(marked: stance.Marked) -> None:
    assert stance.areas(marked)["by their vectors"] >= FLOORS["stance by vectors, area under the curve"]


def test_the_direction_that_is_kept_is_the_one_that_the_articles_give(marked: stance.Marked) -> None:
    kept, fitted = np.load(DIRECTION), stance.direction(marked)
    assert kept @ fitted > 0.999 * np.linalg.norm(kept) * np.linalg.norm(fitted)


def test_the_cross_encoder_holds_on_articles_that_it_did_not_learn_from(embedder: Embedder) -> None:
    _, left_out = cross_encoder.split(articles())
    single, clusters, long = (
        [group for group in left_out if cross_encoder.sort_of(group) == sort] for sort in ("single", "clusters", "long")
    )
    found = cross_encoder.measure(single[::4], embedder).rows()
    first = {way: found[f"the best sentence answers, by {way}"] for way in ("cross-encoder", "cosine")}
    assert first["cross-encoder"] >= first["cosine"] + FLOORS["cross-encoder over cosine, first"]
    for name in cross_encoder.NAMES:
        told = found[f"{name} told from absent, area under the curve"]
        assert told >= FLOORS[f"cross-encoder, {name} told from absent"]
    in_clusters = cross_encoder.measure(clusters[::4], embedder).rows()
    for kind in ("said", "who"):
        both = [rows[f"statements that answer told from others, {kind}"] for rows in (found, in_clusters)]
        assert sum(both) / 2 >= FLOORS["cross-encoder, statements told from others"]
    in_long = cross_encoder.measure(long, embedder).rows()
    assert (
        in_long["said told from absent, area under the curve"] >= FLOORS["cross-encoder, said told from absent, long"]
    )
    told = in_long["statements that answer told from others, said"]
    assert told >= FLOORS["cross-encoder, statements told from others, long"]
