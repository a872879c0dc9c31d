"""The word index: all of what is written or nothing of it, and errors that say what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from full_disk import full_disk

from rag.errors import ArchiveError
from rag.stores.words import Words

PASSAGES = [(1, 10, "The ferry was late."), (2, 10, "The pier is sold."), (3, 20, "A ferry sank.")]
STORIES = [(10, "Late\nThe ferry was late. The pier is sold."), (20, "Sunk\nA ferry sank.")]


@pytest.fixture
def words(tmp_path: Path) -> Words:
    words = Words(tmp_path / "words")
    words.add(PASSAGES, STORIES)
    return words


def found(words: Words, question: str = "ferry") -> tuple[set[int], set[int]]:
    return {n for n, _ in words.search(question, 9)}, {n for n, _ in words.stories(question, 9)}


def test_a_renewed_index_is_the_earlier_one_until_all_is_in(tmp_path: Path, words: Words) -> None:
    reader = Words(tmp_path / "words")

    def batches() -> Iterator[tuple[list[tuple[int, int, str]], list[tuple[int, str]]]]:
        yield [(7, 70, "Another ferry.")], [(70, "Another ferry.")]
        for those in (words, reader, Words(tmp_path / "words")):
            assert found(those) == ({1, 3}, {10, 20})
        yield [(8, 80, "A last ferry.")], [(80, "A last ferry.")]

    words.renew(batches())
    for those in (words, reader, Words(tmp_path / "words")):
        assert found(those) == ({7, 8}, {70, 80})
        assert found(those, "pier") == (set(), set())


def test_what_breaks_off_leaves_the_index_as_it_was(tmp_path: Path, words: Words) -> None:
    def batches() -> Iterator[tuple[list[tuple[int, int, str]], list[tuple[int, str]]]]:
        yield [(7, 70, "Another ferry.")], [(70, "Another ferry.")]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as held:
        words.renew(batches())
    assert found(words) == found(Words(tmp_path / "words")) == ({1, 3}, {10, 20})
    words.add([(9, 90, "A ferry.")], [])  # and no lock, though the error is still at hand
    assert found(words) == ({1, 3, 9}, {10, 20})
    assert held


def test_a_full_disk_is_told_and_leaves_the_index_as_it_was(words: Words) -> None:
    rows = [(n, n, f"The ferry number {n} was {n * 7919} minutes late.") for n in range(100, 400)]
    for write in (lambda: words.add(rows, []), lambda: words.renew([(rows, [])]), lambda: words.drop([10])):
        with full_disk(100), pytest.raises(ArchiveError, match=r"can't be written.* ingest again"):
            write()
        assert found(words) == ({1, 3}, {10, 20})
    words.add(rows, [])
    assert len(words.search("ferry", 999)) == 302


def test_an_index_whose_files_are_deleted_says_what_to_do(tmp_path: Path, words: Words) -> None:
    for file in (tmp_path / "words" / "passages").iterdir():
        file.unlink()
    (tmp_path / "words" / "passages" / "meta.json").write_text("{")
    with pytest.raises(ArchiveError, match="--rebuild"):
        words.search("ferry", 3)
    shutil.rmtree(tmp_path / "words")
    Words(tmp_path / "words").add(PASSAGES[:1], STORIES[:1])
    assert found(words) == ({1}, {10})


def test_accents_are_typed_or_not(tmp_path: Path) -> None:
    words = Words(tmp_path / "words")
    words.add([(1, 10, "Mayor Łuçia Børg spoke."), (2, 20, "Borg and Lucia left.")], [(10, "Børg"), (20, "Borg")])
    assert found(words, "Børg") == found(words, "borg") == ({1, 2}, {10, 20})
    assert found(words, "Łuçia")[0] == found(words, "lucia")[0] == {1, 2}
    assert [n for n, _ in words.phrases("mayor lucia borg spoke", 9)] == [1]
