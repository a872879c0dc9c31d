"""The embedder without torch gives sentence-transformers' vectors."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

import rag
from ingest.derive import index
from ingest.load import split_article
from rag import embedding
from rag.domain import Article
from rag.embedding import BUNDLED, BertEmbedder, Embedder, bundled_model, count_pieces, embedder_for, first_pieces
from rag.encoder import readable
from rag.sentence_models import SentenceTransformerEmbedder

BERT = ("config.json", "model.safetensors", "tokenizer.json")
TEXTS = [
    "The harbour was closed.",
    "",
    "“Déjà vu,” said Ms Okonkwo; 40 % of it (£3m) — gone! 🤔",
    "The council of Lanmere will repair the old bridge before winter comes. " * 40,
]
PARTS = [[(0, 3), (4, 11)], [], [(0, 9), (10, 30)], [(0, 71), (71, 142), (2700, 2771)]]


@pytest.fixture(scope="module")
def bert() -> BertEmbedder:
    return BertEmbedder(bundled_model(), "test")


def test_the_vectors_are_those_of_sentence_transformers(bert: BertEmbedder) -> None:
    whole, parts = bert.embed_parts(TEXTS, PARTS)
    expected, expected_parts = SentenceTransformerEmbedder(str(bundled_model())).embed_parts(TEXTS, PARTS)
    np.testing.assert_allclose(whole, expected, atol=1e-5)
    for ours, theirs in zip(parts, expected_parts, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_a_part_beyond_what_the_model_reads_has_zeros(bert: BertEmbedder) -> None:
    _, parts = bert.embed_parts(TEXTS, PARTS)
    assert not parts[3][2].any()
    assert np.linalg.norm(parts[3][1]) == pytest.approx(1)


def test_a_long_title_leaves_room_for_the_passage(tmp_path: Path, embedder: Embedder) -> None:
    title = "Council approves the plan after a long night of talks, in which crews spoke for and against it; " * 12
    said = ("The harbour froze over on Monday.", "Cabbages doubled in price.", "A choir of ninety sang in the mill.")
    article = Article("a", title, "\n".join(f"{s} " * 20 for s in said))
    with rag.open_archive(tmp_path, rag.Settings(), embedder) as archive:
        catalogue = archive.holdings.catalogue
        catalogue.put(article, split_article(article))
        index(archive.holdings)
        numbers = [n for n, _ in catalogue.passages_of(catalogue.keys_of(["a"])["a"])]
        vectors = np.stack([archive.holdings.vectors.get(numbers)[n] for n in numbers])
        assert len(numbers) == 3
        assert (vectors @ vectors.T)[np.triu_indices(3, 1)].max() < 0.95
        inside = catalogue.sentence_vectors(numbers, embedder.size)
        for n, sentence in zip(numbers, said, strict=True):
            assert len(inside[n]) == 20
            assert inside[n].any(axis=1).all(), "to the last sentence"
            assert (inside[n] @ embedder.embed([sentence])[0]).min() > max(
                (inside[other] @ embedder.embed([sentence])[0]).max() for other in numbers if other != n
            ), "and each one is the sentence's own"


def test_a_text_is_cut_behind_its_first_pieces() -> None:
    text = "“Déjà vu,” 🤔 said Ms Okonkwo; unfathomably " * 9
    for most in range(1, 100):
        cut = first_pieces(text, most)
        assert text.startswith(cut)
        assert count_pieces([cut]) == [most]
    assert first_pieces(text, 1000) == text
    assert first_pieces("", 3) == ""


def test_a_text_s_vector_is_the_same_alone_and_among_others(bert: BertEmbedder) -> None:
    together = bert.embed(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        np.testing.assert_allclose(bert.embed([text])[0], vector, atol=1e-6)


def test_eight_bits_stay_near_full_precision() -> None:
    texts = [t for t in TEXTS if t] * 2
    full = BertEmbedder(bundled_model(), "test").embed(texts)
    eight = BertEmbedder(bundled_model(), "test", "int8").embed(texts)
    assert (full * eight).sum(axis=1).min() > 0.96
    assert not np.array_equal(full, eight)


def test_a_question_is_read_at_full_precision_whatever_the_passages_are() -> None:
    question = ["who closed the harbour?"]
    eight = BertEmbedder(bundled_model(), "test", "int8").embed(question)
    np.testing.assert_array_equal(eight, BertEmbedder(bundled_model(), "test").embed(question))


def test_threads_get_the_same_vectors(bert: BertEmbedder) -> None:
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(lambda _: bert.embed([TEXTS[0]])[0], range(32)))
    assert all(np.array_equal(v, vectors[0]) for v in vectors)


def test_no_texts_no_vectors(bert: BertEmbedder) -> None:
    assert bert.embed([]).shape == (0, 384)


def test_a_question_s_vector_needs_no_torch() -> None:
    code = (
        "import sys; from rag.embedding import embedder_for; embedder_for().embed(['who?']);"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"


def test_a_model_that_the_library_saved_gives_the_same_vectors(bert: BertEmbedder, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    SentenceTransformer(str(bundled_model()), device="cpu").save(str(tmp_path))
    saved = embedder_for(str(tmp_path))
    assert isinstance(saved, BertEmbedder)
    np.testing.assert_allclose(saved.embed(TEXTS), bert.embed(TEXTS), atol=1e-6)


@pytest.mark.parametrize(
    ("settings", "tokenizers", "longest"),
    [
        ({"max_seq_length": 5}, {"model_max_length": 7}, 5),
        ({}, {"model_max_length": 7}, 7),
        ({"max_seq_length": None}, {"model_max_length": 10**30}, 512),
        (None, None, 512),
    ],
)
def test_no_more_is_read_than_the_settings_and_the_weights_allow(
    settings: dict[str, int] | None, tokenizers: dict[str, int] | None, longest: int, tmp_path: Path
) -> None:
    for name in BERT:
        (tmp_path / name).symlink_to(bundled_model() / name)
    for name, said in (("sentence_bert_config.json", settings), ("tokenizer_config.json", tokenizers)):
        if said is not None:
            (tmp_path / name).write_text(json.dumps(said))
    _, [parts] = BertEmbedder(tmp_path, "test").embed_parts(["a " * 600], [[(2 * n, 2 * n + 1) for n in range(600)]])
    assert parts.any(axis=1).sum() == longest - 2  # of the pieces two are the model's own marks


def test_a_model_s_name_changes_with_what_its_folder_holds(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for file in (*BERT, "modules.json", "1_Pooling"):
        (folder / file).symlink_to(bundled_model() / file)
    before = embedder_for(str(folder)).name
    assert before.startswith("mine ")
    assert embedder_for(f"{folder}/../mine/").name == before
    weights = bytearray((folder / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").write_bytes(weights)
    after = embedder_for(str(folder))
    assert after.name.startswith("mine ")
    assert after.name != before


def test_the_bundled_model_keeps_its_name_and_is_not_read_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_fingerprint", None)
    assert embedder_for().name == BUNDLED == "all-MiniLM-L6-v2"


def test_another_pooling_is_left_to_sentence_transformers(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors", "modules.json", "tokenizer.json"):
        (tmp_path / name).symlink_to(bundled_model() / name)
    (tmp_path / "1_Pooling").mkdir()
    pooling = tmp_path / "1_Pooling" / "config.json"
    pooling.write_text(json.dumps({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))
    assert not readable(tmp_path)
    assert isinstance(embedder_for(str(tmp_path)), SentenceTransformerEmbedder)
    pooling.write_text((bundled_model() / "1_Pooling" / "config.json").read_text())
    assert readable(tmp_path)
    assert isinstance(embedder_for(str(tmp_path)), BertEmbedder)


def test_a_folder_without_a_fast_tokenizer_is_left_to_sentence_transformers(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors", "modules.json"):
        (tmp_path / name).symlink_to(bundled_model() / name)
    (tmp_path / "1_Pooling").symlink_to(bundled_model() / "1_Pooling")
    assert not readable(tmp_path)
