import gc
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from full_disk import full_disk

from rag.domain import Article, Filters, Passage, Speaker, Statement
from rag.errors import ArchiveError
from rag.stores.catalogue import Catalogue, bucket, content_hash


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "catalogue.sqlite")


def article(text: str = "Pell said no.", **more: object) -> Article:
    return Article(id="a", title="T", text=text, **more)  # type: ignore[arg-type]


def put(catalogue: Catalogue, text: str = "Pell said no.") -> Article:
    said = Statement(((10, 12),), (0, 4), "Pell", "reported", (5, 9))
    return catalogue.put(article(text), [Passage("a", 0, len(text))], [said], [Speaker("Pell")])


def test_an_article_comes_back_as_it_went_in(catalogue: Catalogue) -> None:
    when = datetime(2024, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=13)))
    given = article(source="Mercury", url="https://example.com/a", authors=("A", "B"), published=when, note="sample")
    held = catalogue.put(given, [], [], [])
    assert catalogue.article("a") == held
    assert held.published == when
    assert held.published.utcoffset() == timedelta(hours=13)
    assert held.content_hash == content_hash(given)


def test_an_articles_day_is_the_one_of_its_own_clock(catalogue: Catalogue) -> None:
    east, west = timezone(timedelta(hours=13)), timezone(timedelta(hours=-10))
    catalogue.put(article(published=datetime(2024, 3, 7, 8, tzinfo=east)), [Passage("a", 0, 5)], [], [])
    catalogue.put(
        Article("b", "T", "No bus.", published=datetime(2024, 3, 7, 20, tzinfo=west)), [Passage("b", 0, 5)], [], []
    )
    catalogue.mark("words", [behind.key for behind in catalogue.behind("words")])
    numbers = range(1, 9)

    def dated(zone: timezone, *days: int) -> list[str]:
        since, until = (datetime(2024, 3, day, tzinfo=zone) for day in days)
        return [p.article_id for p, _ in catalogue.passages(numbers, Filters(since=since, until=until)).values()]

    for zone in (UTC, east):
        assert dated(zone, 7, 8) == ["a", "b"]
        assert dated(zone, 6, 7) == dated(zone, 8, 9) == []


def test_a_changed_article_is_the_next_version_and_the_earlier_one_stays(catalogue: Catalogue) -> None:
    put(catalogue)
    assert put(catalogue, "Pell said yes.").version == 2
    assert [(v.version, v.title, v.text) for v in catalogue.versions("a")] == [(1, "T", "Pell said no.")]
    assert catalogue.count() == 1
    assert len(catalogue.statements_in(catalogue.keys_of(["a"])["a"])) == 1


def test_a_removed_article_keeps_its_versions_and_names_its_leftovers(catalogue: Catalogue) -> None:
    put(catalogue)
    key = catalogue.keys_of(["a"])["a"]
    assert catalogue.remove(["a", "unknown"]) == 1
    assert catalogue.article("a") is None
    assert [v.version for v in catalogue.versions("a")] == [1]
    assert catalogue.gone() == [key]
    assert put(catalogue, "Pell said yes.").version == 2  # no number means two texts


def test_what_is_not_indexed_is_not_found(catalogue: Catalogue) -> None:
    put(catalogue)
    [behind] = catalogue.behind("words")
    number = behind.passages[0][0]
    assert catalogue.passages([number]) == {}
    catalogue.mark("words", [behind.key])
    assert list(catalogue.passages([number])) == [number]


def test_a_failed_transaction_leaves_nothing(catalogue: Catalogue) -> None:
    def put_and_break() -> None:
        with catalogue.transaction() as db:
            put(catalogue)
            db.execute('INSERT INTO passages (article, start, "end") VALUES (999, 0, 1)')

    with pytest.raises(sqlite3.IntegrityError):
        put_and_break()
    assert catalogue.count() == 0


@pytest.mark.parametrize("room", [0, 40_000])
def test_a_full_disk_is_told_and_leaves_nothing_half_done(catalogue: Catalogue, room: int) -> None:
    put(catalogue)
    with full_disk(room), pytest.raises(ArchiveError, match=r"can't be written.* ingest again"):
        put(catalogue, "Pell said yes. " * 10_000)
    assert not catalogue._db.in_transaction
    assert [a.text for a in catalogue.articles()] == ["Pell said no."]
    put(catalogue, "Pell said yes.")
    assert [a.text for a in Catalogue(catalogue.path).articles()] == ["Pell said yes."]


def test_filters_narrow_by_source_and_time(catalogue: Catalogue) -> None:
    march = datetime(2024, 3, 1, tzinfo=UTC)
    catalogue.put(article(source="Mercury", published=march), [Passage("a", 0, 13)], [], [])
    catalogue.mark("words", [1])
    assert catalogue.passage_numbers(Filters(source="mercury")) == [1]
    assert catalogue.passage_numbers(Filters(source="Gazette")) == []
    assert catalogue.passage_numbers(Filters(since=march)) == [1]
    assert catalogue.passage_numbers(Filters(until=march)) == []


def test_an_outlet_is_found_in_whatever_capital_letters(catalogue: Catalogue) -> None:
    for n, source in enumerate(("Écho du Port", "E\u0301CHO DU PORT", "Echo du Port", None, "ΗΧΩ", "Straße Heute")):
        catalogue.put(Article(f"a{n}", "T", "Pell said no.", source), [Passage(f"a{n}", 0, 13)], [], [])
    catalogue.mark("words", range(1, 7))
    for source, found in (
        ("écho du port", [1, 2]),
        ("Echo Du Port", [3]),
        ("ηχω", [5]),
        ("STRASSE HEUTE", [6]),
        ("x", []),
    ):
        assert sorted(catalogue.passage_numbers(Filters(source=source))) == found
        assert sorted(catalogue.passages(range(1, 7), Filters(source=source))) == found


def test_an_outlet_s_passages_are_not_sought_among_all(catalogue: Catalogue, tmp_path: Path) -> None:
    """Also in an archive that was made before there was an index of outlets."""
    with catalogue.transaction() as db:
        db.execute("DROP INDEX articles_source")
    catalogue.close()
    opened = Catalogue(catalogue.path)
    steps: list[str] = []
    opened._db.set_trace_callback(steps.append)
    opened.passage_numbers(Filters(source="Mercury"), most=9)
    opened.passages([1, 2], Filters(source="Mercury"))
    opened._db.set_trace_callback(None)
    plans = [" ".join(row[3] for row in opened._db.execute(f"EXPLAIN QUERY PLAN {step}")) for step in steps]
    assert "SEARCH a USING INDEX articles_source" in plans[0]
    assert "SCAN p" not in plans[0]
    assert "SEARCH p USING INTEGER PRIMARY KEY" in plans[1]


def test_readers_are_not_blocked_by_a_writer(catalogue: Catalogue) -> None:
    put(catalogue)
    seen: list[int] = []
    with catalogue.transaction() as db:
        db.execute("UPDATE articles SET title = 'changed'")
        reader = threading.Thread(target=lambda: seen.append(catalogue.count()))
        reader.start()
        reader.join(5)
    assert seen == [1]


def test_a_file_that_is_no_archive_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_text("this is no database, but long enough to look at" * 10)
    with pytest.raises(ArchiveError, match=str(tmp_path)):
        Catalogue(path)


def test_a_newer_archive_is_refused(catalogue: Catalogue) -> None:
    catalogue.set_meta("layout", "99")
    with pytest.raises(ArchiveError, match="99"):
        Catalogue(catalogue.path)


def test_people_share_a_bucket_by_surname_and_organisations_by_name() -> None:
    assert bucket(Speaker("Marta Pell")) == bucket(Speaker("Pell")) == "pell"
    assert bucket(Speaker("Otis Grady Jr.")) == "grady"
    assert bucket(Speaker("the Harbour Board", "organisation")) == "org harbour board"


def test_a_thread_that_ends_leaves_no_open_file(catalogue: Catalogue) -> None:
    before = len(catalogue._open)
    for _ in range(5):
        reader = threading.Thread(target=catalogue.count)
        reader.start()
        reader.join()
    gc.collect()
    assert len(catalogue._open) == before


def test_sentence_vectors_come_back_as_good_as_they_went_in(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    article = Article("a", "t", "One. Two.")
    catalogue.put(article, [Passage("a", 0, 9)], (), ())
    [(number, _)] = catalogue.behind("vectors")[0].passages
    vectors = np.random.default_rng(0).standard_normal((3, 384)).astype(np.float32)
    vectors[:2] /= np.linalg.norm(vectors[:2], axis=1, keepdims=True)
    vectors[2] = 0  # a sentence that the model doesn't read to
    catalogue.put_sentence_vectors([(number, vectors)])
    held = catalogue.sentence_vectors([number], 384)[number]
    assert held.dtype == np.float32
    np.testing.assert_allclose((held[:2] * vectors[:2]).sum(axis=1), 1, atol=0.002)
    assert not held[2].any()
    catalogue.put_sentence_vectors([(number, vectors[:0])])
    assert catalogue.sentence_vectors([number], 384)[number].shape == (0, 384)


def test_a_statement_that_two_of_a_person_s_names_share_counts_once(catalogue: Catalogue) -> None:
    both = Statement(((15, 19),), (0, 10), "Pell; Ansa Pell", "reported", (10, 14))
    alone = Statement(((5, 9),), (0, 4), "Pell", "reported", (0, 4))
    text = "Pell; Ansa Pell said they agree."
    catalogue.put(
        article(text),
        [Passage("a", 0, len(text))],
        [both, alone],
        [Speaker("Pell"), Speaker("Ansa Pell"), Speaker("Bo")],
    )
    catalogue.mark("words", [1])
    rows = {row.speaker.name: row for name in ("pell", "bo") for row in catalogue.speakers_in(name)}
    catalogue.link([(Speaker("Ansa Pell"), [rows["Pell"], rows["Ansa Pell"]]), (Speaker("Bo"), [rows["Bo"]])])
    catalogue.all_linked()
    assert [(p.name, p.statements, p.articles) for p in catalogue.people()] == [("Ansa Pell", 2, ("a",))]


def test_people_of_articles_that_are_not_searched_yet_are_not_there(catalogue: Catalogue) -> None:
    put(catalogue)
    catalogue.link([(Speaker("Pell"), catalogue.speakers_in("pell"))])
    assert catalogue.people() == []
    catalogue.mark("words", [1])
    assert [p.name for p in catalogue.people()] == ["Pell"]
