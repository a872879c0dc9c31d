"""Whom a question means by whose they are, and by an office in a place or in a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from ingest import ingest
from rag.answering.evidence.offices import held, left
from rag.answering.evidence.relations import told
from rag.domain import Filters, Person
from rag.who import Who, relation_in
from tests.conftest import WordHashes

FERRY = """Tarn Rail names a new boss

Ivo Lund took over from Greta Marsh as boss of Tarn Rail on Monday.

"The ferry loses money," Marsh said last week.

"The ferry will sail," Lund said.

Lund's wife, Amarelle, said she had packed his lunch. "He was glad," Amarelle said.
"""  # invented
HEART = """Osric is ill

Otto Osric's cardiologist said Friday that the senator had a weak heart.

Dr. Ravi Mandel said he first saw Osric in the spring. "He will be well," the doctor said.

The rival is the celebrity doctor Hugo Tarrant. Tarrant said he wished him well.

Osric spoke of rest, and his sister, Lena Osric, told reporters that he slept.
"""  # invented
TOWN = """A vote in Osmere

The mayor of Osmere, Ada Quist, said the school was closed.

Police chief Ravi Holm said the doors were shut.
"""  # invented
OTHER = """A vote in Harrow

Mayor Hugo Vance said the bridge was closed. "It is old," Vance said.

Police Chief Nils Berg said the bridge was shut.
"""  # invented
DOCKS = """Dockers stop work

Iris Falk, president of the Harrow Dockers Association, said the cranes were unsafe.

Dockers' wives brought soup. Harbour director Emil Stroud said the cranes were new.
"""  # invented
BOSSES = [
    (
        "2024-01-09",
        "Norr Air opens a lounge",
        "Norr Air CEO Gus Weller said the lounge in Harrow was a dream.",
    ),
    (
        "2024-12-20",
        "Norr Air grounds its planes",
        "Norr Air CEO Dora Finch said the planes had no crews. In spring then-CEO Gus Weller said it would not happen again.",
    ),
]  # invented


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Archive]:
    folder: Path = tmp_path_factory.mktemp("town")
    texts = {"ferry": FERRY, "heart": HEART, "town": TOWN, "other": OTHER, "docks": DOCKS}
    texts |= {f"boss{date}": f"{title}\n{date}\n\n{text}\n" for date, title, text in BOSSES}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with rag.open_archive(folder / "archive", rag.Settings(), WordHashes()) as archive:
        ingest([folder / f"{name}.txt" for name in texts], archive)
        yield archive


@pytest.mark.parametrize(
    ("slot", "name"),
    [
        ("Lund's predecessor as Tarn Rail boss", "Greta Marsh"),
        ("Marsh's successor", "Ivo Lund"),
        ("Osric's heart doctor", "Ravi Mandel"),
        ("Otto Osric's sister", "Lena Osric"),
        ("the sister of Otto Osric", "Lena Osric"),
        ("Marsh's predecessor", None),
        ("Lund's doctor", None),
        ("Lund's sister", None),
        ("the boss of Tarn Rail", None),
    ],
)
def test_a_relation_is_told_by_a_sentence_or_by_nothing(town: rag.Archive, slot: str, name: str | None) -> None:
    found = told(town.holdings, slot, "the ferry", Filters())
    assert (found.name if found else None) == name


def test_somebody_s_relation_is_answered_by_nobody_else(town: rag.Archive) -> None:
    assert {line.speaker for line in town.ask("What did Osric's heart doctor say?").lines} == {"Ravi Mandel"}
    assert not town.ask("What did Quist's husband say about the school?").answered
    assert not town.ask("What did Ada Quist's coach say about the school in Osmere?").answered
    assert {line.speaker for line in town.ask("What did Ivo Lund's wife say?").lines} == {"Amarelle"}


def test_an_office_in_a_conversation_is_held_in_the_articles_that_it_cited(town: rag.Archive) -> None:
    cited = [town.article(a.id) for a in town.articles() if "Osmere" in a.title]
    for slot, name in (("the mayor", "Ada Quist"), ("the police chief", "Ravi Holm")):
        holder = held(town.holdings, slot, "the bridge", Filters(), [a.id for a in cited if a])
        assert holder is not None
        assert holder.name == name


@pytest.mark.parametrize(
    ("phrase", "whose", "noun"),
    [
        ("Pell's heart doctor", "Pell", "doctor"),
        ("the wife of Otto Pell", "Otto Pell", "wife"),
        ("Pell's predecessor as Tarn Rail boss", "Pell", "predecessor"),
        ("Osmos' lawyer", "Osmos", "lawyer"),
    ],
)
def test_a_relation_is_read_with_whose_it_is(phrase: str, whose: str, noun: str) -> None:
    related = relation_in(phrase)
    assert related is not None
    assert (related.whose, related.noun) == (whose, noun)


@pytest.mark.parametrize("phrase", ["the doctor", "Pell", "Tarn Rail's boss", "the children's aunt", "Dr Pell"])
def test_no_relation_is_read_where_nobody_is_named(phrase: str) -> None:
    assert relation_in(phrase) is None


def person(id: int, name: str, *roles: str, kind: str = "person") -> Person:
    return Person(id, name, kind, (), roles, ("a",), 3)  # type: ignore[arg-type]


def meant(who: Who, asked: str) -> list[int]:
    mention = who.find(asked)
    return sorted(p.id for p in mention.people) if mention else []


def test_a_misspelt_owner_s_relation_is_found_and_no_other_s() -> None:
    who = Who(
        [person(1, "Marlisse Grindal"), person(2, "Ada Grindal", "Grindal's wife"), person(3, "Eva Holm", "his wife")]
    )
    assert meant(who, "Marlise Grindal's wife") == [2]
    assert meant(who, "the wife of Marlisse Grindal") == [2]
    assert meant(who, "Marlisse Grindal's lawyer") == []


def test_another_country_s_minister_is_not_meant_nor_one_of_another_kind() -> None:
    who = Who(
        [
            person(1, "Ada Brook", "British Prime Minister", "Prime Minister"),
            person(2, "Kim Dosan", "Prime Minister"),
            person(3, "Olga Rask", "finance minister"),
        ]
    )
    assert meant(who, "the South Korean PM") == [2]
    assert meant(who, "the Korean prime minister") == [2]


def test_an_office_is_no_office_below_it_and_the_queen_no_other_queen() -> None:
    who = Who(
        [
            person(1, "Ada Brook", "Deputy Mayor"),
            person(2, "Otto Pell", "Osmere Mayor"),
            person(3, "Edith II", "Queen"),
            person(4, "Tom Rask", "drag queen"),
        ]
    )
    assert meant(who, "the mayor") == [2]
    assert meant(who, "the deputy mayor") == [1]
    assert meant(who, "the Queen") == [3]
    who = Who(
        [person(1, "Ada Brook", "Lt. Gov."), person(2, "Otto Pell", "Gov."), person(3, "Eva Holm", "Westmark Governor")]
    )
    assert meant(who, "the governor") == [2, 3]
    assert meant(who, "Westmark's lieutenant governor") == [1]


def test_a_chief_of_staff_is_no_other_chief() -> None:
    who = Who([person(1, "Ada Brook", "fire chief"), person(2, "Otto Pell", "chief of staff to the president")])
    assert meant(who, "the Westmark president's chief of staff") == [2]
    assert meant(who, "the fire chief") == [1]


def test_a_place_before_or_behind_an_office_is_not_the_speaker() -> None:
    who = Who([person(1, "Fort Tarn"), person(2, "Ada Brook", "Osmere school board head"), person(3, "Osmere")])
    assert meant(who, "the woman from Fort Tarn") == []
    assert meant(who, "the Osmere school board head") == [2]


def test_a_plain_word_inside_a_description_is_no_name() -> None:
    who = Who([person(1, "Ada Lane"), person(2, "Pell Barge")])
    assert meant(who, "the Westmark driver waiting in the bus lane") == []
    assert meant(who, "ada lane") == [1]
    assert meant(who, "lane") == [1]


def test_who_of_a_group_asks_among_it(town: rag.Archive) -> None:
    question = town.ask("Who of the House Pilots criticised the bridge?").understood
    assert (question.kind, question.among) == ("who said", "House Pilots")


def test_their_aunt_is_not_the_speaker_s_and_his_wife_is(town: rag.Archive) -> None:
    before = town.ask("What did Hugo Vance say about the bridge?")
    assert "Vance" not in town.ask("What did their aunt say?", history=[before]).understood.text
    lund = town.ask("What did Ivo Lund say about the ferry?")
    assert {line.speaker for line in town.ask("and his wife?", history=[lund]).lines} == {"Amarelle"}
    assert "Lund" in town.ask("What did his sister say?", history=[lund]).understood.text


def test_for_a_body_that_nobody_names_so_speaks_whose_role_answers_for_it(town: rag.Archive) -> None:
    answer = town.ask("What did the dockers' union say about the cranes?")
    assert [line.speaker for line in answer.lines] == ["Iris Falk"]
    assert answer.note == 'For "dockers\' union" the articles quote Iris Falk.'
    assert not town.ask("What did the pilots' union say about the cranes?").answered


def test_who_has_left_an_office_in_an_article_does_not_hold_it_there(town: rag.Archive) -> None:
    (weller,) = town.holdings.who.named("Gus Weller")
    told = {a.title: left(a, weller) for a in town.articles() if "Norr" in a.title}
    assert told == {"Norr Air opens a lounge": False, "Norr Air grounds its planes": True}
    answer = town.ask("What did Norr Air's CEO say about the planes?")
    assert {line.speaker for line in answer.lines} == {"Dora Finch"}
    answer = town.ask("What did Norr Air's former CEO say about the planes?")
    assert {line.speaker for line in answer.lines} == {"Gus Weller"}
