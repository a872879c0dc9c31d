"""The two commands of the shell, as a user types them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS

import ingest.__main__ as ingest_shell
import rag
import rag.__main__ as rag_shell
from rag.domain import Answer, Line, Question


def test_ask_prints_the_words_the_speaker_and_the_place(
    archive_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = rag_shell.main(["--archive", str(archive_folder), "ask", "what did Coster say about towing?"])
    out = capsys.readouterr().out
    assert code == 0
    for part in ("Andrew Coster, Police Commissioner", "provocative and unhelpful", "[1]", "parliament-protest"):
        assert part in out


def test_the_archive_can_be_named_before_and_behind_the_command(archive_folder: Path) -> None:
    for words in (["--archive", str(archive_folder), "people"], ["people", "--archive", str(archive_folder)]):
        assert rag_shell.main(words) == 0


def test_a_refusal_says_why_and_exits_with_one(archive_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rag_shell.main(["--archive", str(archive_folder), "ask", "what did Coster say about rugby?"]) == 1
    assert "Not in these articles" in capsys.readouterr().out


def test_search_check_and_people_answer(archive_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--archive", str(archive_folder)]
    assert rag_shell.main([*base, "search", "towing", "-k", "1"]) == 0
    assert rag_shell.main([*base, "check", "That approach would have been provocative", "--speaker", "Coster"]) == 0
    assert rag_shell.main([*base, "people"]) == 0
    out = capsys.readouterr().out
    assert "verbatim" in out
    assert "Andrew Coster, Police Commissioner" in out


def test_ingest_reports_and_a_failure_sets_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = str(tmp_path / "archive")
    path = SEEDS / "articles" / "parliament-protest.txt"
    assert ingest_shell.main([str(path), "--archive", archive]) == 0
    assert "1 added" in capsys.readouterr().out
    assert ingest_shell.main([str(path), "--archive", archive, "--if-empty"]) == 0
    assert ingest_shell.main([str(tmp_path / "gone.txt"), "--archive", archive]) == 1
    assert "gone.txt" in capsys.readouterr().err


def test_an_archive_that_can_t_be_opened_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert rag_shell.main(["--archive", str(tmp_path / "file"), "people"]) == 2
    assert "can't be made" in capsys.readouterr().err


def test_the_terminal_tells_a_models_words_from_the_articles() -> None:
    asked = Question("What did Pell say?", "said", "Pell")
    lines = [Line("Pell will flee.", (), "Pell", "written", supported=False, remark="“flee” is not in the passage")]
    lines.append(Line("Pell will stay.", (), "Pell", "written"))
    text = rag_shell.as_text(Answer(True, tuple(lines), (), asked))
    assert "written by the chat model, NOT SUPPORTED (“flee” is not in the passage)" in text
    assert text.count("written by the chat model") == 2


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_prune_removes_the_articles_whose_file_is_gone_and_only_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = tmp_path / "news"
    ferry = write(news, "ferry.txt", "The ferry sailed late on Monday.\n")
    write(news, "pier.txt", "The pier at Lanmere reopened.\n")
    command = [str(news), "--archive", str(tmp_path / "archive")]
    assert ingest_shell.main(command) == 0
    ferry.unlink()
    assert ingest_shell.main(command) == 0
    assert "0 removed" in capsys.readouterr().out.splitlines()[-1]
    assert ingest_shell.main([*command, "--prune"]) == 0
    assert "1 removed" in capsys.readouterr().out
    with rag.open_archive(tmp_path / "archive") as archive:
        assert [a.id for a in archive.articles()] == ["pier"]


def test_rebuild_makes_both_indexes_anew_and_needs_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    article = write(tmp_path / "news", "ferry.txt", "The ferry sailed late on Monday.\n")
    assert ingest_shell.main([str(article), "--archive", str(folder)]) == 0
    article.unlink()
    with rag.open_archive(folder) as archive, archive.holdings.writing():
        assert [h.article.id for h in archive.search("was the ship delayed")] == ["ferry"]
        archive.holdings.words.renew(())
        archive.holdings.vectors.reset()
        assert archive.search("was the ship delayed") == archive.search("ferry") == []
    # in a process of its own: Chroma's core keeps what this process has open under a folder
    command = [sys.executable, "-m", "ingest", "--rebuild", "--archive", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    with rag.open_archive(folder) as archive:
        assert archive.holdings.words.search("ferry", 1)
        assert archive.holdings.vectors.count() == 1
        assert [h.article.id for h in archive.search("was the ship delayed")] == ["ferry"]


def test_without_a_path_and_without_rebuild_the_shell_asks_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ingest_shell.main([])
    assert "name at least one file or folder" in capsys.readouterr().err
