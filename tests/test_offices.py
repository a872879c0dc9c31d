"""Whom an office means that no role in the archive tells."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from ingest import ingest
from rag.answering.evidence.offices import held, left
from rag.domain import Article, Filters, Person
from tests.conftest import WordHashes

LATHE = """Ferry to sail again in Osmere

The repairs to the ferry had ended, the attorney general for Osmere's Nether Lathe, Ada Quist, told local media Friday.

"The ferry is sound and it will sail again on Monday," Quist said.
"""  # invented
TOLLICK = """Bank case goes to court

Hugo Vance, the attorney general of Tollick, said the bank had hidden its losses.

Attorney General Rolf Ager of Westmark said the case was weak.
"""  # invented


PIPER = """Councillor's move to Rask draws scorn

Nell Ottway, a councillor for Amberley, bought a house in Rask last spring.

"She left us for Rask without a word," said Bo Tarrant, a Rask teacher.

Rask teacher Bo Tarrant called the move to Rask a shame.
"""  # invented


@pytest.fixture(scope="module")
def courts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Archive]:
    folder: Path = tmp_path_factory.mktemp("courts")
    (folder / "lathe.txt").write_text(LATHE, encoding="utf-8")
    (folder / "tollick.txt").write_text(TOLLICK, encoding="utf-8")
    (folder / "piper.txt").write_text(PIPER, encoding="utf-8")
    with rag.open_archive(folder / "archive", rag.Settings(), WordHashes()) as archive:
        ingest([folder / name for name in ("lathe.txt", "tollick.txt", "piper.txt")], archive)
        yield archive


def test_who_holds_an_office_is_told_beside_the_name(courts: rag.Archive) -> None:
    answer = courts.ask("What did Nether Lathe's attorney general say about the ferry?")
    assert (answer.understood.kind, answer.understood.speaker) == ("said", "Ada Quist")
    assert {line.speaker for line in answer.lines} == {"Ada Quist"}


@pytest.mark.parametrize(
    ("slot", "name"),
    [
        ("Nether Lathe's attorney general", "Ada Quist"),
        ("the attorney general of Tollick", "Hugo Vance"),
        ("the attorney general of Harrow", None),
        ("Nether Lathe's mayor", None),
        ("the former attorney general", None),
    ],
)
def test_only_who_stands_beside_the_office_and_its_place_holds_it(
    courts: rag.Archive, slot: str, name: str | None
) -> None:
    holder = held(courts.holdings, slot, "the ferry and the bank", Filters())
    assert (holder.name if holder else None) == name


def test_whose_role_names_a_place_in_the_reason_may_have_criticised(courts: rag.Archive) -> None:
    answer = courts.ask("Who criticised Nell Ottway for moving to Rask?")
    assert answer.understood.stance == "against"
    assert {line.speaker for line in answer.lines} == {"Bo Tarrant"}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("The bridge was ordered by then-mayor Marta Pell.", True),
        ("The bridge was ordered by the then mayor Marta Pell.", True),
        ("Former Tarn mayor Pell ordered the bridge.", True),
        ("The mayor opened the pier. Then Pell said it was safe.", False),
        ("The mayor opened the pier. Then Mayor Pell spoke.", False),
        ("Since then Mayor Pell has called for calm.", False),
        ("Officials then told Pell to wait.", False),
        ("A former aide to Mayor Pell opened the pier.", False),
        ("Pell thanked former mayor Jo Pell.", False),
        ("Mayor Pell thanked a former teacher.", False),
    ],
)
def test_who_is_told_to_have_left_an_office(text: str, gone: bool) -> None:
    pell = Person(1, "Marta Pell", "person", ("Pell",), ("mayor",), ("a",), 3)
    assert left(Article("a", "Pier", text), pell) == gone
