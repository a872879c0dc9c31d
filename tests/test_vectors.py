"""The vector index: what goes in comes out, and what it writes is an ordinary Chroma folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from full_disk import full_disk

from rag.embedding import Vectors, unit
from rag.errors import ArchiveError
from rag.stores.vectors import VectorIndex


@pytest.fixture
def vectors() -> Vectors:
    return unit(np.random.default_rng(0).normal(size=(40, 16)).astype(np.float32))


def test_the_nearest_come_first_with_their_cosines(tmp_path: Path, vectors: Vectors) -> None:
    index = VectorIndex(tmp_path)
    index.add(range(40), [n // 4 for n in range(40)], vectors)
    found = index.search(vectors[7], 5)
    cosines = vectors @ vectors[7]
    assert [n for n, _ in found] == np.argsort(-cosines)[:5].tolist()
    assert [c for _, c in found] == pytest.approx(np.sort(cosines)[::-1][:5].tolist(), abs=1e-5)
    assert index.search(vectors[7], 0) == []
    assert len(index.search(vectors[7], 100)) == index.count() == 40


def test_equally_near_ones_come_by_their_numbers(tmp_path: Path, vectors: Vectors) -> None:
    index = VectorIndex(tmp_path)
    numbers = np.random.default_rng(1).permutation(40).tolist()
    index.add(numbers, numbers, vectors[[0] * 40])
    assert [n for n, _ in index.search(vectors[0], 40)] == list(range(40))


def test_articles_are_dropped_and_numbers_replaced(tmp_path: Path, vectors: Vectors) -> None:
    index = VectorIndex(tmp_path)
    index.add(range(40), [n // 4 for n in range(40)], vectors)
    index.drop([0, 9])
    assert index.count() == 32
    assert set(index.get(range(40))) == set(range(4, 36))
    index.add([5], [1], vectors[:1])
    np.testing.assert_allclose(index.get([5, 99])[5], vectors[0], atol=1e-6)
    assert index.count() == 32
    index.reset()
    assert index.count() == 0
    assert index.search(vectors[0], 3) == []


def test_chroma_s_own_client_reads_it(tmp_path: Path, vectors: Vectors) -> None:
    VectorIndex(tmp_path).add(range(40), range(40), vectors)
    code = (
        "import sys, chromadb; from chromadb.config import Settings;"
        "client = chromadb.PersistentClient(sys.argv[1], settings=Settings(anonymized_telemetry=False));"
        "held = client.get_collection('passages', embedding_function=None);"
        "print(held.count(), held.configuration['hnsw']['space'], held.get(ids=['3'])['metadatas'])"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "40 cosine [{'article': 3}]"


def test_another_process_sees_what_was_added(tmp_path: Path, vectors: Vectors) -> None:
    index = VectorIndex(tmp_path)
    index.add(range(20), range(20), vectors[:20])
    code = (
        "import sys; from pathlib import Path; from rag.stores.vectors import VectorIndex;"
        "print(VectorIndex(Path(sys.argv[1])).count(), 'chromadb' in sys.modules)"
    )

    def seen() -> str:
        run = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        return run.stdout.strip()

    assert seen() == "20 False"  # and without Chroma's Python client, whose import takes seconds
    index.add(range(20, 40), range(20, 40), vectors[20:])
    assert seen() == "40 False"


def test_all_who_have_it_open_see_what_one_adds(tmp_path: Path, vectors: Vectors) -> None:
    one, other = VectorIndex(tmp_path), VectorIndex(tmp_path / ".")
    one.add(range(20), range(20), vectors[:20])
    assert one.search(vectors[3], 1)[0][0] == 3
    other.add(range(20, 40), range(20, 40), vectors[20:])
    other.drop([3])
    assert one.search(vectors[33], 1)[0][0] == 33
    assert 3 not in dict(one.search(vectors[3], 40))


def test_what_another_process_changes_is_no_error(tmp_path: Path, vectors: Vectors) -> None:
    index = VectorIndex(tmp_path)
    index.add(range(20), range(20), vectors[:20])
    index.search(vectors[3], 1)
    code = (
        "import sys, numpy as np; from pathlib import Path; from rag.stores.vectors import VectorIndex;"
        "v = np.eye(16, dtype=np.float32); index = VectorIndex(Path(sys.argv[1])); index.drop([3]);"
        "[index.add(range(n, n + 16), range(n, n + 16), v) for n in range(100, 2100, 16)]"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=ROOT)
    found = index.search(vectors[3], 5)
    assert len(found) == 5
    assert set(index.get([n for n, _ in found])) <= {n for n, _ in found}
    assert index.count() == 19 + 2000


def test_what_carries_a_new_mark_is_seen(tmp_path: Path, vectors: Vectors) -> None:
    one, other = VectorIndex(tmp_path), VectorIndex(tmp_path)
    one.add([1], [1], vectors[:1])
    code = (
        "import sys, numpy as np; from pathlib import Path; from rag.stores.vectors import VectorIndex;"
        "VectorIndex(Path(sys.argv[1])).add([2], [2], np.load(sys.argv[2])[1:2])"
    )
    np.save(tmp_path / "v.npy", vectors)
    subprocess.run([sys.executable, "-c", code, str(tmp_path), str(tmp_path / "v.npy")], check=True, cwd=ROOT)
    one.see("theirs")
    assert dict(one.search(vectors[1], 1)) == pytest.approx({2: 1.0})
    other.see("theirs")
    assert other.count() == 2
    assert one.written
    one.leave("ours")  # what this process wrote itself needs no opening
    core = one._core
    one.see("ours")
    assert one._core is core
    assert not one.written


def test_a_folder_that_was_deleted_is_opened_anew(tmp_path: Path, vectors: Vectors) -> None:
    one = VectorIndex(tmp_path / "v", "mark")
    one.add([1], [1], vectors[:1])
    shutil.rmtree(tmp_path / "v")
    other = VectorIndex(tmp_path / "v", "mark")
    assert other.count() == 0
    other.add([2], [2], vectors[1:2])
    one.see("mark")
    assert set(one.get([1, 2])) == {2}
    shutil.rmtree(tmp_path / "v")
    one.see("mark")
    one.add([3], [3], vectors[2:3])
    assert (one.count(), (tmp_path / "v" / "chroma.sqlite3").exists()) == (1, True)


def test_a_full_disk_is_told(tmp_path: Path, vectors: Vectors) -> None:
    index = VectorIndex(tmp_path)
    index.add(range(20), range(20), vectors[:20])
    for write in (lambda: index.add(range(20, 40), range(20, 40), vectors[20:]), lambda: index.drop([1]), index.reset):
        with full_disk(), pytest.raises(ArchiveError, match=r"can't be written.* ingest again"):
            write()
    assert index.count() == 20
    index.add(range(20, 40), range(20, 40), vectors[20:])
    assert index.search(vectors[33], 1)[0][0] == 33


def test_a_damaged_index_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database " * 100)
    with pytest.raises(ArchiveError, match="--rebuild"):
        VectorIndex(tmp_path)
