"""One thing at two times, two things, two questions in one: each side is answered from what was told of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from ingest import ingest
from rag.embedding import Embedder
from tests.conftest import WordHashes

ARTICLES = [
    ("2023-05-05", "Floods in Lathe", "At least 16 people are dead after the floods in Lathe, the sheriff said. "
     "The floods come a year after a fire in Ottersby. It isn't clear how the missing bear on the death toll."),
    ("2023-05-08", "Floods in Lathe: the search goes on", "The death toll from the floods in Lathe has risen to 29. "
     "Divers searched the mill on Monday. Rain is expected in Lathe."),
    ("2023-05-12", "Lathe buries its dead", "The death toll from the floods in Lathe stands at 37, the sheriff said. "
     "The floods spared the church. Its bells rang."),
    ("2023-06-20", "Tern sale halted", "A judge in Lathe halted the sale of the ferry Tern. The sale had been agreed in May. "
     "Passengers cheered on the quay."),
    ("2023-11-14", "Tern sale lawful, court says", "The High Court in Ottersby ruled that the Tern's sale was lawful. "
     "The bank may now take the ferry over. The court heard the case in a day."),
    ("2023-11-15", "Court and cattle", "The High Court in Ottersby ruled on cattle markets. The farmers had sued."),
    ("2023-05-06", "Brun on floods", '"The floods took us all by surprise," said Olaf Brun, the mayor of Lathe.'),
    ("2023-12-04", "Ferry wages", "A quarrel about ferry wages between Olaf Brun and the dockers goes on. Snow fell."),
    ("2023-09-14", "Brun on the mill fire", "The mill at Lathe burned down on June 9. "
     '"The mill watchman did all he could in the fire that night," Olaf Brun said. The mill is to be rebuilt.'),
    ("2023-08-01", "Regatta final", "A record crowd of 8,719 watched the regatta final at Lathe. The Gulls won."),
    ("2023-07-25", "Regatta semifinal", "The Gulls won the regatta semifinal before a crowd of 2,862. The final is next week."),
]  # fmt: skip


@pytest.fixture(scope="module")
def lathe(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[rag.Archive]:
    folder: Path = tmp_path_factory.mktemp("lathe")
    rows = [{"id": title, "title": title, "published": day, "text": text} for day, title, text in ARTICLES]
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with rag.open_archive(folder / "archive", rag.Settings(), embedder) as archive:
        ingest([folder / "news.jsonl"], archive)
        yield archive


@pytest.mark.parametrize(
    "question",
    [
        "How did the death toll from the floods in Lathe change between Friday, May 5, and Friday, May 12, 2023?",
        "How far did the death toll of the floods in Lathe climb from May 5 to May 12, 2023?",
        "How many people had died in the floods in Lathe on May 5, 2023, and how many a week later?",
        "How many people had died in the floods in Lathe on May 5, 2023, and how many by that Friday?",
    ],
)
def test_a_number_at_two_times_is_the_one_told_at_each(lathe: rag.Archive, question: str) -> None:
    told = "\n".join(line.text for line in lathe.ask(question).lines)
    assert "16" in told
    assert "37" in told


def test_a_later_question_keeps_to_its_time_and_to_the_first_ones_subject(lathe: rag.Archive) -> None:
    answer = lathe.ask(
        "What did a judge do about the sale of the ferry Tern in June 2023, and what did the High Court rule on it in November?"
    )
    told = "\n".join(line.text for line in answer.lines)
    assert "halted the sale" in told
    assert "was lawful" in told


def test_what_somebody_is_not_quoted_on_is_told_of_its_time_if_it_names_them(lathe: rag.Archive) -> None:
    asked = "What did {} say about the floods in May 2023, and what did he say about ferry wages in December?"
    known, unknown = (lathe.ask(asked.format(name)) for name in ("Olaf Brun", "Rolf Ager"))
    assert any("Brun" in line.text and "wages" in line.text for line in known.lines)
    assert not unknown.answered


def test_of_two_things_the_figure_of_each_is_told(lathe: rag.Archive) -> None:
    told = "\n".join(
        line.text
        for line in lathe.ask("How much bigger was the crowd at the regatta final than at the semifinal?").lines
    )
    assert "8,719" in told
    assert "2,862" in told


@pytest.mark.parametrize("day", ["June 9", "9 June", "June 9, 2023"])
def test_a_day_that_the_article_names_is_what_is_spoken_of(lathe: rag.Archive, day: str) -> None:
    answer = lathe.ask(f"What did Olaf Brun say about how the mill watchman behaved in the fire on {day}?")
    assert [line.speaker for line in answer.lines] == ["Olaf Brun"]
    assert "dated from 9 June 2023" in (answer.note or "")


@pytest.mark.parametrize("when", ["on June 10", "in May", "in June", "on September 9"])
def test_what_was_said_at_no_such_time_is_not_the_answer(lathe: rag.Archive, when: str) -> None:
    answer = lathe.ask(f"What did Olaf Brun say about the mill watchman in the fire {when}?")
    assert not answer.answered
    assert "Nothing on this is dated" in (answer.note or "")


@pytest.mark.parametrize(
    ("when", "asked"), [("08:00+13:00", "today"), ("08:00+13:00", "on March 7"), ("20:00-05:00", "today")]
)
def test_a_day_is_the_one_that_the_clock_showed_where_an_article_came_out(
    when: str, asked: str, tmp_path: Path
) -> None:
    row = {
        "id": "pier",
        "title": "Pier",
        "text": '"The pier is safe," Marta Pell said.',
        "published": f"2024-03-07T{when}",
    }
    (tmp_path / "pier.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with rag.open_archive(tmp_path / "archive", rag.Settings(), WordHashes()) as archive:
        ingest([tmp_path / "pier.jsonl"], archive)
        assert archive.ask(f"What did Marta Pell say {asked}?").answered
