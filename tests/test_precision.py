"""At how many bits passages are embedded: measured once a processor, kept with the archive, and used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import rag
from ingest import derive, ingest
from rag.embedding import BUNDLED, BertEmbedder, bundled_model
from rag.encoder import Precision


class Timed(BertEmbedder):
    """The real model, with its speeds given, so that no machine's own decide."""

    def __init__(self, fp32: float, int8: float) -> None:
        super().__init__(bundled_model(), BUNDLED)
        self.speeds: dict[Precision, float] = {"fp32": fp32, "int8": int8}
        self.measured = 0

    def measure(self, texts: Sequence[str]) -> dict[Precision, float]:
        self.measured += 1
        return self.speeds


def take_in(folder: Path, embedder: BertEmbedder, count: int = derive.SHARED, first: int = 0) -> dict[str, object]:
    """Takes in so many articles, and gives what the archive keeps of its choice."""
    rows = [{"id": f"{n}", "text": f"Ferry {n} of the Lanmere line sailed late."} for n in range(first, first + count)]
    file = folder / f"{first}.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    with rag.open_archive(folder / "archive", rag.Settings(), embedder) as archive:
        assert len(ingest([file], archive, processes=1).added) == count
        kept: dict[str, object] = json.loads(archive.holdings.catalogue.meta("precision") or "{}")
        return kept


@pytest.mark.parametrize(("int8", "chosen"), [(90.0, "fp32"), (110.0, "fp32"), (200.0, "int8")])
def test_eight_bits_are_taken_where_they_are_clearly_faster(tmp_path: Path, int8: float, chosen: str) -> None:
    embedder = Timed(100.0, int8)
    kept = take_in(tmp_path, embedder)
    assert (kept["precision"], embedder.precision) == (chosen, chosen)


def test_the_vectors_are_of_the_precision_that_was_chosen(tmp_path: Path) -> None:
    take_in(tmp_path, Timed(100.0, 200.0))
    with rag.open_archive(tmp_path / "archive", rag.Settings()) as archive:
        catalogue = archive.holdings.catalogue
        articles = sorted(archive.articles(), key=lambda a: a.id)[:8]
        numbers = [catalogue.passages_of(key)[0][0] for a in articles for key in catalogue.keys_of([a.id]).values()]
        held = archive.holdings.vectors.get(numbers)
    texts = [f"{a.title}\n{a.text}" for a in articles]
    eight = BertEmbedder(bundled_model(), BUNDLED, "int8").embed(texts)
    full = BertEmbedder(bundled_model(), BUNDLED, "fp32").embed(texts)
    stored = np.stack([held[n] for n in numbers])
    assert np.abs(stored - eight).max() < np.abs(stored - full).max() / 3


def test_the_choice_is_kept_and_used_by_the_next_ingest(tmp_path: Path) -> None:
    take_in(tmp_path, Timed(100.0, 200.0))
    later = Timed(200.0, 100.0)  # would choose otherwise, were it asked
    assert take_in(tmp_path, later, first=100)["precision"] == "int8"
    assert (later.measured, later.precision) == (0, "int8")


def test_another_processor_is_measured_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(tmp_path, Timed(100.0, 200.0))
    monkeypatch.setattr(derive, "processor", lambda: "another one")
    moved = Timed(200.0, 100.0)
    assert take_in(tmp_path, moved, first=100)["precision"] == "fp32"
    assert (moved.measured, moved.precision) == (1, "fp32")


def test_for_a_few_articles_nothing_is_measured(tmp_path: Path) -> None:
    embedder = Timed(100.0, 200.0)
    assert take_in(tmp_path, embedder, count=derive.SHARED - 1) == {}
    assert (embedder.measured, embedder.precision) == (0, "fp32")


def test_the_real_measurement_tells_the_speed_of_each_precision() -> None:
    speeds = BertEmbedder(bundled_model(), BUNDLED).measure(["The ferry sailed late."] * 2)
    assert set(speeds) == {"fp32", "int8"}
    assert min(speeds.values()) > 0
