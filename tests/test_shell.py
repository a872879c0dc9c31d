"""The two commands of the shell, as a user types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SEEDS

import ingest.__main__ as ingest_shell
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
