from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, WordHashes
from full_disk import full_disk

import ingest.__main__ as ingest_shell
import rag
from ingest import Progress, Report, derive, ingest, ingest_uploads, load, rebuild
from rag.domain import Span
from rag.embedding import Vectors

TEXT = 'Mayor Marta Pell said the ferry was late.\n"It will be late again," she said.\n'


def write(folder: Path, name: str = "a.txt", text: str = TEXT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_seeds_come_in_without_a_failure(seeded: tuple[Path, Report]) -> None:
    report = seeded[1]
    assert report.failed == ()
    assert len(report.added) == 14


def test_ingesting_again_changes_nothing_and_embeds_nothing(
    tmp_path: Path, empty: rag.Archive, fake_embedder: WordHashes
) -> None:
    folder = tmp_path / "in"
    write(folder)
    ingest([folder, SEEDS / "articles"], empty)
    changes, embedded = empty.holdings.catalogue.changes(), len(fake_embedder.embedded)
    again = ingest([folder, SEEDS / "articles"], empty)
    assert (again.added, again.updated, again.failed) == ((), (), ())
    assert len(again.unchanged) >= 15
    assert (empty.holdings.catalogue.changes(), len(fake_embedder.embedded)) == (changes, embedded)


def test_a_changed_file_replaces_its_article_and_only_that(tmp_path: Path, empty: rag.Archive) -> None:
    folder = tmp_path / "in"
    write(folder)
    write(folder, "b.txt", "The harbour froze over on Monday.\n")
    ingest([folder], empty)
    write(folder, "a.txt", TEXT.replace("late", "early"))
    report = ingest([folder], empty)
    assert (report.updated, report.unchanged) == (("a",), ("b",))
    article = empty.article("a")
    assert article is not None
    assert article.version == 2
    assert [h.passage.article_id for h in empty.search("ferry early")][:1] == ["a"]
    assert all("late" not in h.text for h in empty.search("ferry late"))


def test_a_file_with_two_versions_of_an_article_settles_on_the_last(tmp_path: Path, empty: rag.Archive) -> None:
    lines = [{"id": "x", "text": f"The vote was {n}."} for n in ("19 to 14", "18 to 15")]
    path = write(tmp_path / "in", "a.jsonl", "\n".join(map(json.dumps, lines)))
    ingest([path], empty)
    assert ingest([path], empty).unchanged != ()
    article = empty.article("x")
    assert article is not None
    assert (article.text, article.version) == ("The vote was 18 to 15.", 2)


def test_going_back_to_an_earlier_version_is_taken_in(tmp_path: Path, empty: rag.Archive) -> None:
    for text in ("One.", "Two.", "One."):
        ingest([write(tmp_path / "in", "a.txt", text)], empty)
    article = empty.article("a")
    assert article is not None
    assert (article.text, article.version) == ("One.", 3)


def test_pruning_removes_what_is_gone_and_nothing_else(tmp_path: Path, empty: rag.Archive) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    path = write(one)
    write(one, "b.txt", "The harbour froze over.\n")
    write(other, "c.txt", "A ship came in.\n")
    ingest([one, other], empty)
    path.unlink()
    assert ingest([one], empty).removed == ()
    assert ingest([one], empty, prune=True).removed == ("a",)
    assert {a.id for a in empty.articles()} == {"b", "c"}
    assert empty.search("ferry") == [] or all(h.passage.article_id != "a" for h in empty.search("ferry"))


def test_two_unrelated_texts_under_one_id_do_not_replace_each_other(tmp_path: Path, empty: rag.Archive) -> None:
    write(tmp_path / "one", "index.txt", "Ottersby ferry timetable changes anger commuters again.\n")
    write(tmp_path / "two", "index.txt", "Snow closed mountain roads near Westmark overnight.\n")
    report = ingest([tmp_path / "one", tmp_path / "two"], empty)
    assert len(report.failed) == 1
    assert "belongs to another article" in str(report.failed[0])
    article = empty.article("index")
    assert article is not None
    assert "ferry" in article.text


FERRY = "Ottersby ferry timetable changes anger commuters again.\n"
SNOW = "Snow closed mountain roads near Westmark overnight.\n"


def line(id: str, text: str) -> str:
    return json.dumps({"id": id, "text": text}) + "\n"


def settles(empty: rag.Archive, folder: Path, count: tuple[int, int, int, int]) -> Report:
    """Three ingests that each report so many (added, updated, unchanged, failed)."""
    for _ in range(3):
        report = ingest([folder], empty)
        assert (len(report.added), len(report.updated), len(report.unchanged), len(report.failed)) == count
    return report


@pytest.mark.parametrize("names", [("one.jsonl", "two.jsonl"), ("1.txt", "1.md"), ("1.md", "1.txt")])
def test_two_files_of_a_folder_never_take_each_other_s_place(
    tmp_path: Path, empty: rag.Archive, names: tuple[str, str]
) -> None:
    texts = [line("1", text) if names[0].endswith("jsonl") else text for text in (FERRY, SNOW)]
    write(tmp_path / "in", names[0], texts[0])
    ingest([tmp_path / "in"], empty)
    write(tmp_path / "in", names[1], texts[1])
    report = settles(empty, tmp_path / "in", (0, 0, 1, 1))
    said = str(report.failed[0])
    assert said.startswith(str(tmp_path / "in" / names[1]))
    assert 'its id "1" belongs to another article, "Ottersby ferry' in said
    assert [(a.text, a.version) for a in empty.articles()] == [(FERRY.strip(), 1)]
    write(
        tmp_path / "in", names[0], texts[0].replace(FERRY.strip(), "The pier is sold.")
    )  # its own file may say anything
    assert ingest([tmp_path / "in"], empty).updated == ("1",)
    assert [(a.text, a.version) for a in empty.articles()] == [("The pier is sold.", 2)]


def test_two_unrelated_lines_of_a_file_never_take_each_other_s_place(tmp_path: Path, empty: rag.Archive) -> None:
    write(tmp_path / "in", "a.jsonl", line("1", FERRY) + line("1", SNOW))
    ingest([tmp_path / "in"], empty)
    settles(empty, tmp_path / "in", (0, 0, 1, 1))
    assert [(a.text, a.version) for a in empty.articles()] == [(FERRY.strip(), 1)]


def test_two_files_with_versions_of_an_article_settle_on_the_last(tmp_path: Path, empty: rag.Archive) -> None:
    write(tmp_path / "in", "a.txt", FERRY)
    ingest([tmp_path / "in"], empty)
    write(tmp_path / "in", "a.md", FERRY.replace("again", "once more"))
    ingest([tmp_path / "in"], empty)
    ingest([tmp_path / "in"], empty)
    version = empty.articles()[0].version
    ingest([tmp_path / "in"], empty)
    ingest([tmp_path / "in"], empty)
    assert empty.articles()[0].version == version


def test_a_file_takes_the_place_of_one_that_is_gone_only_where_that_is_pruned(
    tmp_path: Path, empty: rag.Archive
) -> None:
    gone = write(tmp_path / "in", "a.txt", FERRY)
    ingest([tmp_path / "in"], empty)
    gone.unlink()
    write(tmp_path / "in", "a.md", SNOW)
    report = ingest([tmp_path / "in"], empty)
    assert "is gone" in str(report.failed[0])
    assert ingest([tmp_path / "in"], empty, prune=True).updated == ("a",)
    assert [a.text for a in empty.articles()] == [SNOW.strip()]


def test_a_file_that_is_reached_by_another_way_is_the_same_file(tmp_path: Path, empty: rag.Archive) -> None:
    path = write(tmp_path / "in" / "deep", "a.jsonl", line("1", FERRY))
    (tmp_path / "linked").symlink_to(tmp_path / "in" / "deep")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "link").symlink_to(tmp_path / "in" / "deep")
    for n, way in enumerate([tmp_path / "in", path, tmp_path / "linked", tmp_path / "other"]):
        path.write_text(line("1", (FERRY, SNOW)[n % 2]))
        report = ingest([way], empty)
        assert (report.added + report.updated, report.failed) == (("1",), ())


def test_an_upload_never_takes_the_place_of_an_unrelated_article(tmp_path: Path, empty: rag.Archive) -> None:
    ingest_uploads([("article.txt", FERRY.encode())], empty)
    report = ingest_uploads([("article.txt", SNOW.encode())], empty)
    assert (report.updated, len(report.failed)) == ((), 1)
    assert str(report.failed[0]).startswith('article.txt, "Snow closed')
    corrected = FERRY.replace("again", "once more")
    assert ingest_uploads([("article.txt", corrected.encode())], empty).updated == ("article",)
    assert [a.text for a in empty.articles()] == [corrected.strip()]


def test_pruning_a_folder_removes_what_was_once_taken_in_through_a_folder_in_it(
    tmp_path: Path, empty: rag.Archive
) -> None:
    news = tmp_path / "news"
    gone = write(news / "sub", "x.txt", FERRY)
    write(news / "sub", "z.txt", "A ship came in.\n")
    write(tmp_path / "newsreel", "y.txt", SNOW).with_suffix(".md").write_text("The harbour froze over.\n")
    ingest([tmp_path / "newsreel"], empty)
    for folder in (news, news / "sub", news):
        ingest([folder], empty)
    gone.unlink()
    (tmp_path / "newsreel" / "y.txt").unlink()
    assert ingest([news], empty, prune=True).removed == ("sub/x",)


def test_pruning_keeps_what_another_file_holds_as_well(tmp_path: Path, empty: rag.Archive) -> None:
    one = write(tmp_path / "one", "x.jsonl", line("1", FERRY))
    write(tmp_path / "one", "y.txt", "A ship came in.\n")
    write(tmp_path / "two", "x.jsonl", line("1", FERRY))
    ingest([tmp_path / "one", tmp_path / "two"], empty)
    assert empty.holdings.catalogue.origin_of("1") == str(one)
    one.unlink()
    ingest([tmp_path / "two"], empty)
    assert ingest([tmp_path / "one"], empty, prune=True).removed == ()


def test_an_archive_that_kept_folders_alone_learns_the_files(tmp_path: Path, empty: rag.Archive) -> None:
    folder, catalogue = tmp_path / "in", empty.holdings.catalogue
    write(folder, "one.jsonl", line("1", FERRY))
    gone = write(folder / "sub", "x.txt", "A ship came in.\n")
    bad = write(folder, "bad.jsonl", line("2", "The pier is sold.") + "{\n")  # of no such file was anything kept
    ingest([folder], empty)
    with catalogue.transaction() as db:  # as an earlier version left it
        db.execute("UPDATE articles SET origin = ?", (str(folder),))
        db.execute("UPDATE files SET path = ? || char(10) || path", (str(folder),))
    write(folder, "a.jsonl", line("1", SNOW))
    bad.write_text(line("2", "Oysters are cheap.") + "{\n")
    report = ingest([folder], empty)
    assert (report.updated, len(report.failed)) == (("2",), 2)
    assert {a.id: a.text for a in empty.articles()}["1"] == FERRY.strip()
    for id, file in {"1": "one.jsonl", "2": "bad.jsonl", "sub/x": "sub/x.txt"}.items():
        assert catalogue.origin_of(id) == str(folder / file)
    bad.write_text(line("2", "Oysters are cheap."))
    gone.unlink()
    write(folder / "sub", "y.txt", "A train left.\n")
    assert ingest([folder], empty, prune=True).removed == ("sub/x",)


def test_a_bad_file_is_named_and_the_others_come_in(tmp_path: Path, empty: rag.Archive) -> None:
    write(tmp_path / "in")
    write(tmp_path / "in", "empty.txt", "")
    write(
        tmp_path / "in",
        "broken.jsonl",
        '{"id": "1", "text": "Fine."}\n{"text": 3}\n{nonsense\n{"id": "4", "text": "Also fine."}\n',
    )
    (tmp_path / "in" / "binary.txt").write_bytes(bytes(range(256)) * 20)
    report = ingest([tmp_path / "in", tmp_path / "nowhere"], empty)
    assert set(report.added) == {"1", "4", "a"}
    said = "\n".join(map(str, report.failed))
    for name in ("empty.txt", "broken.jsonl, line 2", "broken.jsonl, line 3", "binary.txt", "nowhere"):
        assert name in said
    assert len(report.failed) == 5


@pytest.mark.parametrize("step", ["words.add", "vectors.add", "catalogue.mark", "embedder.embed_parts"])
def test_a_crash_at_any_step_loses_nothing_and_the_next_ingest_finishes(
    step: str, tmp_path: Path, empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in")
    store, method = step.split(".")

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(getattr(empty.holdings, store), method, full_disk)
        with pytest.raises(OSError, match="No space left"):
            ingest([tmp_path / "in"], empty)
    assert [a.id for a in empty.articles()] == ["a"]
    ingest([], empty)
    assert [h.passage.article_id for h in empty.search("ferry")] == ["a"]
    assert empty.holdings.catalogue.behind("vectors") == []


def test_a_full_disk_is_one_sentence_in_the_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(write(tmp_path / "in")), "--archive", str(tmp_path / "archive")]
    assert ingest_shell.main([str(write(tmp_path / "in", "b.txt", "A ship came in.\n")), *arguments[1:]]) == 0
    capsys.readouterr()
    with full_disk():
        assert ingest_shell.main(arguments) == 2
    said = capsys.readouterr().err
    assert (said.count("\n"), f"{tmp_path / 'archive'} can't be" in said) == (1, True)
    assert ingest_shell.main(arguments) == 0


def test_others_see_what_an_ingest_wrote_that_broke_off(tmp_path: Path, empty: rag.Archive) -> None:
    ingest([write(tmp_path / "in")], empty)
    mark = empty.holdings.catalogue.meta("vectors written")

    def break_off() -> None:
        with empty.holdings.writing():
            empty.holdings.vectors.add([999], [999], empty.holdings.embedder.embed(["A ship came in."]))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert empty.holdings.catalogue.meta("vectors written") != mark


def test_people_change_once_however_many_are_linked(tmp_path: Path, empty: rag.Archive) -> None:
    names = [f"Marta {first}{last}" for first in ("Pell", "Grad", "Orrick") for last in ("", "ow", "sby")]
    for n, name in enumerate(names):
        write(tmp_path / "in", f"{n}.txt", f"“The ferry was late,” said {name}.\n")
    ingest([tmp_path / "in"], empty)
    assert len(empty.people()) == len(names)
    with empty.holdings.catalogue.transaction() as db:
        db.execute("UPDATE speakers SET person = NULL")
    before = empty.holdings.catalogue.changes()
    ingest([], empty)
    assert len(empty.people()) == len(names)
    assert empty.holdings.catalogue.changes() == before + 1
    ingest([], empty)
    assert empty.holdings.catalogue.changes() == before + 1


def test_a_very_long_article_is_embedded_in_parts(
    tmp_path: Path, empty: rag.Archive, fake_embedder: WordHashes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derive, "PASSAGES", 3)
    calls: list[int] = []
    embed_parts = fake_embedder.embed_parts

    def counted(texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> tuple[Vectors, list[Vectors]]:
        calls.append(len(texts))
        return embed_parts(texts, parts)

    monkeypatch.setattr(fake_embedder, "embed_parts", counted)
    write(
        tmp_path / "in", "a.txt", "\n\n".join(f"The ferry number {n} was late by {n} minutes. " * 20 for n in range(9))
    )
    ingest([tmp_path / "in"], empty)
    assert max(calls) == 3
    assert empty.holdings.vectors.count() == sum(calls) > 3
    assert empty.holdings.catalogue.count_behind("vectors") == 0


def test_only_one_ingest_writes_at_a_time(tmp_path: Path, empty: rag.Archive) -> None:
    with empty.holdings.writing(), pytest.raises(rag.ArchiveError, match="Another ingest"):
        ingest([write(tmp_path / "in")], empty)


def test_asking_goes_on_while_the_lock_of_an_ingest_is_held(tmp_path: Path, empty: rag.Archive) -> None:
    ingest([write(tmp_path / "in")], empty)
    answers: list[bool] = []
    with empty.holdings.writing():
        asker = threading.Thread(
            target=lambda: answers.append(empty.ask("what did Pell say about the ferry?").answered)
        )
        asker.start()
        asker.join(60)
    assert answers == [True]


def test_rebuilding_gives_the_same_answers(tmp_path: Path, empty: rag.Archive) -> None:
    ingest([SEEDS / "articles"], empty)
    before = [(h.passage, round(h.score, 5)) for h in empty.search("the cracks in the bridge", k=5)]
    rebuild(empty)
    assert [(h.passage, round(h.score, 5)) for h in empty.search("the cracks in the bridge", k=5)] == before


def test_an_archive_is_asked_while_another_process_rebuilds_it(tmp_path: Path, empty: rag.Archive) -> None:
    ingest([SEEDS / "articles"], empty)
    code = (
        "import sys; sys.path.insert(0, 'tests'); from conftest import WordHashes; import rag;"
        "from ingest import rebuild; rebuild(rag.open_archive(sys.argv[1], rag.Settings(), WordHashes()))"
    )
    count = empty.holdings.vectors.count()
    answers: set[tuple[str, ...]] = set()
    with subprocess.Popen([sys.executable, "-c", code, str(empty.holdings.folder)], cwd=ROOT) as rebuilding:
        while rebuilding.poll() is None:
            answers.add(tuple(line.text for line in empty.ask("what did Coster say about towing?").lines))
            assert empty.check_quote("That approach would have been provocative").verdict == "verbatim"
    assert rebuilding.returncode == 0
    assert len(answers) == 1
    assert answers != {()}
    assert empty.holdings.vectors.count() == count


def test_rebuilding_through_one_of_two_handles_serves_both(tmp_path: Path, empty: rag.Archive) -> None:
    ingest([write(tmp_path / "in")], empty)
    empty.search("ferry")
    with rag.open_archive(empty.holdings.folder, rag.Settings(), WordHashes()) as other:
        rebuild(other)
        assert other.holdings.vectors.count() == empty.holdings.vectors.count() == 1
    assert [h.passage.article_id for h in empty.search("ferry")] == ["a"]


def test_rebuilding_takes_up_what_an_ingest_left_behind(tmp_path: Path, empty: rag.Archive) -> None:
    ingest([write(tmp_path / "in")], empty)
    empty.holdings.catalogue.mark("words", [empty.holdings.catalogue.keys_of(["a"])["a"]], False)
    rebuild(empty)
    assert empty.holdings.catalogue.count_behind("words") == 0
    assert [p.name for p in empty.people()] == ["Marta Pell"]


def test_another_embedding_model_makes_the_vectors_anew(tmp_path: Path, empty: rag.Archive) -> None:
    ingest([write(tmp_path / "in")], empty)
    other = WordHashes()
    other.name, other.size = "other", 32
    with rag.open_archive(empty.holdings.folder, rag.Settings(), other) as archive:
        assert [h.passage.article_id for h in archive.search("ferry")] == ["a"]
        ingest([], archive)
        assert other.embedded != []
        assert [h.passage.article_id for h in archive.search("ferry")] == ["a"]


def test_progress_is_told_from_start_to_end(tmp_path: Path, empty: rag.Archive) -> None:
    told: list[Progress] = []
    write(tmp_path / "in")
    ingest([tmp_path / "in"], empty, progress=told.append)
    assert [p.stage for p in told] == ["articles", "statements", "meaning"]
    assert (told[-1].done, told[-1].total) == (1, 1)


def test_an_upload_is_read_like_a_file(empty: rag.Archive) -> None:
    report = ingest_uploads([("ferry.txt", TEXT.encode()), ("x.exe", b"MZ")], empty)
    assert report.added == ("ferry",)
    assert "x.exe" in str(report.failed[0])


def test_the_same_file_read_from_a_folder_above_is_the_same_article(tmp_path: Path, empty: rag.Archive) -> None:
    write(tmp_path / "in" / "deep")
    ingest([tmp_path / "in" / "deep"], empty)
    report = ingest([tmp_path / "in"], empty)
    assert (report.added, report.unchanged) == ((), ("a",))


def test_the_whole_seeds_folder_holds_articles_only(empty: rag.Archive) -> None:
    report = ingest([SEEDS], empty)
    assert (len(report.added), report.failed) == (14, ())


def test_a_file_of_known_bytes_is_not_read_again(
    tmp_path: Path, empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in")
    first = ingest([tmp_path / "in"], empty)
    monkeypatch.setattr("ingest.load.read_file", lambda found: pytest.fail("was read again"))
    again = ingest([tmp_path / "in"], empty, prune=True)
    assert again.unchanged == first.added
    assert not again.removed


def test_a_file_of_known_bytes_is_read_again_once_its_article_is_another(tmp_path: Path, empty: rag.Archive) -> None:
    write(tmp_path / "in")
    ingest([tmp_path / "in"], empty)
    held = empty.articles()[0]
    empty.holdings.catalogue.remove([held.id])
    assert ingest([tmp_path / "in"], empty).added == (held.id,)


def test_an_article_is_found_and_its_quotes_checked_before_it_is_known_who_said_what(
    tmp_path: Path, empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in")
    with monkeypatch.context() as stopped:
        stopped.setattr("ingest.derive.extract_all", lambda texts, processes: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ingest([tmp_path / "in"], empty)
    assert empty.search("ferry")
    ingest([], empty)
    assert empty.holdings.catalogue.count_behind("statements") == 0
    assert empty.holdings.catalogue.count_behind("vectors") == 0


def test_pruning_keeps_an_article_that_has_moved_to_another_path(tmp_path: Path, empty: rag.Archive) -> None:
    a, b = tmp_path / "A", tmp_path / "B"
    line = json.dumps({"id": "x", "text": "The ferry was late on Monday."})
    moved = write(a, "x.jsonl", line)
    write(a, "y.txt", "The harbour froze over.\n")
    write(b, "z.txt", "The bridge was painted.\n")
    ingest([a, b], empty)
    moved.rename(b / "x.jsonl")
    assert ingest([a, b], empty, prune=True).removed == ()
    assert ingest([a], empty, prune=True).removed == ()
    assert empty.article("x") is not None


def test_nothing_is_pruned_where_anything_failed(tmp_path: Path, empty: rag.Archive) -> None:
    a, b = tmp_path / "A", tmp_path / "B"
    gone = write(a, "x.txt", "The ferry was late on Monday.\n")
    write(a, "y.txt", "The harbour froze over.\n")
    write(b, "bad.json", "{")
    ingest([a, b], empty)
    gone.unlink()
    assert ingest([a, b], empty, prune=True).removed == ()


@pytest.mark.parametrize("broken", ["words/passages/meta.json", "words/stories/*.term", "vectors/chroma.sqlite3"])
def test_an_index_that_cannot_be_opened_can_be_rebuilt(tmp_path: Path, fake_embedder: WordHashes, broken: str) -> None:
    folder = tmp_path / "archive"
    source = write(tmp_path / "in")
    with rag.open_archive(folder, rag.Settings(), fake_embedder) as archive:
        ingest([source], archive)
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    [path] = copy.glob(broken)
    path.write_bytes(b"not what it was")
    with rag.open_archive(copy, rag.Settings(), fake_embedder) as archive:
        rebuild(archive)
        assert [h.passage.article_id for h in archive.search("ferry late")] == ["a"]


def test_what_another_process_takes_in_is_found_by_meaning_without_opening_the_archive_again(
    tmp_path: Path, empty: rag.Archive
) -> None:
    ingest([write(tmp_path / "one")], empty)
    before = empty.holdings.vectors.count()
    write(tmp_path / "two", "b.txt", "The harbour froze over on Tuesday.\n")
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests'); from conftest import WordHashes; import rag;"
        "from ingest import ingest; ingest([sys.argv[2]], rag.open_archive(sys.argv[1], rag.Settings(), WordHashes()))"
    )
    arguments = [str(empty.holdings.folder), str(tmp_path / "two")]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=ROOT)
    assert empty.holdings.vectors.count() == before + 1
    asked = empty.holdings.embed_question("The harbour froze over on Tuesday.")
    nearest, _ = empty.holdings.vectors.search(asked, 1)[0]
    assert empty.holdings.catalogue.passages([nearest])[nearest][0].article_id == "b"


def test_questions_beside_an_ingest_raise_nothing(tmp_path: Path, empty: rag.Archive) -> None:
    source = write(tmp_path / "in")
    ingest([source], empty)
    stop, errors = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            try:
                empty.ask("what did Pell say about the ferry?")
            except Exception as e:  # whatever it is, the reader would see it
                errors.append(repr(e))

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(8):
        write(tmp_path / "in", text=TEXT.replace("late", f"{n} minutes late"))
        ingest([source], empty, processes=1)
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []


@pytest.mark.usefixtures("stumbling")
def test_an_article_whose_statements_cannot_be_told_is_named_and_searched_like_the_others(
    tmp_path: Path, empty: rag.Archive
) -> None:
    write(tmp_path / "in", "a.txt", "Whoever stumbles will rise, Otis Grady said.\n")
    write(tmp_path / "in", "b.txt")
    report = ingest([tmp_path / "in"], empty)
    assert sorted(report.added) == ["a", "b"]
    assert [str(f) for f in report.failed] == [
        "a: who said what in it could not be told (IndexError: no such token); it is searched like the others all the same."
    ]
    assert empty.search("stumbles")[0].article.id == "a"
    assert {p.name for p in empty.people()} == {"Marta Pell"}
    assert ingest([tmp_path / "in"], empty).failed == ()


def test_pruning_goes_on_beside_a_picture_and_says_where_it_does_not(tmp_path: Path, empty: rag.Archive) -> None:
    gone = write(tmp_path / "in", "x.txt", "The ferry was late on Monday.\n")
    write(tmp_path / "in", "y.txt", "The harbour froze over.\n")
    write(tmp_path / "in", "logo.png", "")
    ingest(tmp_path / "in", empty)
    gone.unlink()
    broken = write(tmp_path / "in", "bad.json", "{")
    report = ingest(tmp_path / "in", empty, prune=True)
    assert (report.removed, report.not_pruned) == ((), True)
    assert "Nothing was pruned" in str(report)
    broken.unlink()
    report = ingest(iter([tmp_path / "in"]), empty, prune=True)
    assert (report.removed, report.not_pruned) == (("x",), False)


def test_an_article_that_moved_and_was_renamed_is_not_pruned(tmp_path: Path, empty: rag.Archive) -> None:
    old = write(tmp_path / "old", "a.txt")
    ingest(tmp_path / "old", empty)
    (tmp_path / "new" / "sub").mkdir(parents=True)
    old.rename(tmp_path / "new" / "sub" / "b.txt")
    assert ingest(tmp_path / "new", empty).unchanged == ("a",)
    write(tmp_path / "old", "c.txt", "The harbour froze over.\n")
    assert ingest(tmp_path / "old", empty, prune=True).removed == ()


def test_a_person_loses_the_roles_that_only_a_removed_article_told(tmp_path: Path, empty: rag.Archive) -> None:
    write(tmp_path / "in", "x.txt", "“The ferry was late,” said Marta Pell.\n")
    gone = write(tmp_path / "in", "y.txt", "“The quay is wet,” said the disgraced banker Marta Pell.\n")
    ingest([tmp_path / "in"], empty)
    assert any("banker" in role for role in empty.people()[0].roles)
    gone.unlink()
    ingest([tmp_path / "in"], empty, prune=True)
    (pell,) = empty.people()
    assert (pell.name, pell.roles) == ("Marta Pell", ())


def test_an_archive_answers_while_another_embedding_model_s_vectors_are_being_made(
    tmp_path: Path, empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([write(tmp_path / "in")], empty)

    class Wider(WordHashes):
        name, size = "wider", 128

    with rag.open_archive(empty.holdings.folder, rag.Settings(), Wider()) as wider:
        wider.holdings.match_embedder()  # and the process stops here
        assert [h.passage.article_id for h in wider.search("ferry late")] == ["a"]


def test_more_articles_than_a_batch_holds_still_tell_two_texts_under_one_id_apart(
    tmp_path: Path, empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "COMMIT", 2)
    texts = ["The ferry was late on Monday.", "Fog.", "Rain.", "Snow.", "Cabbages cost twice as much as last year."]
    ids = ["a", "b", "c", "d", "a"]
    lines = [json.dumps({"id": id, "title": text, "text": text}) for id, text in zip(ids, texts, strict=True)]
    report = ingest([write(tmp_path, "in.jsonl", "\n".join(lines))], empty)
    assert report.added == ("a", "b", "c", "d")
    assert len(report.failed) == 1


def beside(work: Callable[[], object]) -> None:
    """Does the work in another thread, as another reader or another process would, and waits till it is done."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert not thread.is_alive(), "it waits for who waits for it"


def test_an_ingest_in_the_middle_of_a_question_changes_nothing_of_its_answer(
    tmp_path: Path, empty: rag.Archive, fake_embedder: WordHashes, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "in")
    ingest([source], empty)
    asked = "what did Pell say about the ferry?"
    first = empty.ask(asked)
    assert first.answered
    write(tmp_path / "in", text="The pier reopened.\n" + TEXT.replace("late", "early"))
    embed, reports = fake_embedder.embed, []

    def meanwhile(texts: Sequence[str]) -> Vectors:
        """The question has read who spoke, and not yet all of what they said."""
        monkeypatch.setattr(fake_embedder, "embed", embed)
        beside(lambda: reports.append(ingest([source], empty, processes=1)))
        return embed(texts)

    empty.holdings.embed_question.cache_clear()
    monkeypatch.setattr(fake_embedder, "embed", meanwhile)
    assert empty.ask(asked).lines == first.lines
    assert [r.updated for r in reports] == [("a",)]
    assert "early" in " ".join(line.text for line in empty.ask(asked).lines)


def test_questions_are_answered_while_an_ingest_writes_parses_and_embeds(
    tmp_path: Path, empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest([write(tmp_path / "in")], empty)
    write(tmp_path / "in", "b.txt", "The harbour froze over on Monday.\n")
    answered: list[tuple[str, bool]] = []

    def ask(when: str) -> None:
        beside(lambda: answered.append((when, empty.ask("what did Pell say about the ferry?").answered)))

    split = load.split_article
    monkeypatch.setattr(load, "split_article", lambda article: (ask("writing"), split(article))[1])
    ingest([tmp_path / "in"], empty, progress=lambda p: ask(p.stage), processes=1)
    assert answered == [(when, True) for when in ("writing", "articles", "statements", "meaning")]
