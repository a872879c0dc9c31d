"""Organisations that a question tells by what they are. Places and bodies are invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import rag
from ingest import ingest
from ingest.derive import index, link_people
from ingest.load import split_article
from rag.domain import Article, Speaker, Statement
from rag.who import answers_for, heads
from tests.conftest import WordHashes

SAYS = ' said: "The piers are falling down." '
TEXTS = {
    "Brotherhood of the Quays": "The Brotherhood of the Quays, which represents 4,000 harbour pilots and is a union of old,",
    "OLD": "OLD, a union,",
    "Wick Guild": "The union that speaks for ferry cooks (the Wick Guild)",
    "Fog League": "The Fog League is no union of lamplighters, others are, and it",
    "Tarn Rail": "The strike will hit Tarn Rail, the signallers' union said. Tarn Rail, a company whose porters are ill,",
    "Otter Bank": "Otter Bank, the biggest lender to members of the weavers' union,",
    "Guild One": "Guild One, which represents teachers and is a union,",
    "Guild Two": "Guild Two, a union of teachers,",
}


@pytest.fixture
def bodies(empty: rag.Archive) -> rag.Archive:
    for name, opening in TEXTS.items():
        text = f"{opening}{SAYS}It rained on the harbour pilots."
        at = text.index("The piers")
        article = Article(id=name, title="Piers", text=text)
        statement = Statement(((at, at + 27),), (text.index(name), text.index(name) + len(name)), name, "direct", None)
        empty.holdings.catalogue.put(article, split_article(article), [statement], [Speaker(name, "organisation")])
    index(empty.holdings)
    link_people(empty.holdings)
    return empty


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did the harbour pilots' union say about the piers?", "Brotherhood of the Quays"),
        ("How did the union of the ferry cooks react to the piers?", "Wick Guild"),
        ("What did the lamplighters' union say about the piers?", None),
        ("What did the union say about the piers?", None),
        ("What did the bakers' union say about the piers?", None),
        ("What did the signallers' union say about the piers?", None),
        ("What did the weavers' union say about the piers?", None),
        ("What did the company's porters say about the piers?", None),
        ("What did the teachers' union say about the piers?", None),
        ("Why did the harbour pilots' union object to the budget deficit of Osmere?", None),
    ],
)
def test_a_union_is_known_by_whom_an_article_says_that_it_speaks_for(
    bodies: rag.Archive, question: str, speaker: str | None
) -> None:
    answer = bodies.ask(question)
    assert answer.understood.speaker == speaker
    if speaker:
        assert [c.article_id for c in answer.citations] == [speaker]


def test_a_follow_up_about_a_union_keeps_the_topic(bodies: rag.Archive) -> None:
    first = bodies.ask("What did the Wick Guild say about the piers?")
    second = bodies.ask("How did the harbour pilots' union respond?", history=[first])
    assert (second.understood.speaker, second.understood.topic) == ("Brotherhood of the Quays", "the piers")


def test_what_is_said_for_a_body_is_said_by_it(empty: rag.Archive) -> None:
    text = (
        'Tarn Rail said: "The pier fares will rise." "The pier fares are too low," said Ada Grub, a spokeswoman for Tarn '
        'Rail. "Pier fares paid for the piers," a spokesperson for Tarn Rail said. "The pier fares are fair," said Otis '
        "Grady, a driver at Tarn Rail. The fares pay for the piers."
    )
    said = [
        ('"The pier fares will rise."', "Tarn Rail", "Tarn Rail"),
        ('"The pier fares are too low,"', "Ada Grub", "Ada Grub"),
        ('"Pier fares paid for the piers,"', "a spokesperson for Tarn Rail", None),
        ('"The pier fares are fair,"', "Otis Grady", "Otis Grady"),
    ]
    found = []
    for words, source, speaker in said:
        at, by = text.index(words), text.index(source)
        spans = ((at, at + len(words)),)
        found.append(
            Statement(
                spans, (by, by + len(source)), speaker, "direct", described=None if speaker else (by, by + len(source))
            )
        )
    speakers = [
        Speaker("Tarn Rail", "organisation"),
        Speaker("Ada Grub", roles=("spokeswoman for Tarn Rail",)),
        Speaker("Otis Grady", roles=("driver at Tarn Rail",)),
    ]
    article = Article(id="fares", title="Pier fares", text=text)
    empty.holdings.catalogue.put(article, split_article(article), found, speakers)
    index(empty.holdings)
    link_people(empty.holdings)
    answer = empty.ask("What did Tarn Rail say about the pier fares?")
    assert [c.text for c in answer.citations] == [words for words, _, _ in said[:3]]


@contextmanager
def of_one_article(folder: Path, title: str, text: str) -> Iterator[rag.Archive]:
    (folder / "article.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
    with rag.open_archive(folder / "archive", rag.Settings(), WordHashes()) as archive:
        ingest([folder / "article.txt"], archive)
        yield archive


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("chief executive of Tarn Rail", True),
        ("spokeswoman for Tarn Rail", True),
        ("Tarn Rail representative", True),
        ("driver at Tarn Rail", False),
        ("passenger suing Tarn Rail", False),
        ("former chief executive of Tarn Rail", False),
        ("chief executive of Lathe Rail", False),
    ],
)
def test_who_answers_for_a_body(role: str, answers: bool) -> None:
    assert answers_for(role, {"tarn", "rail"}) == answers


def test_the_words_of_who_only_works_at_a_firm_are_not_the_firm_s(tmp_path: Path) -> None:
    text = (
        '"The brakes were worn out for years," said Otis Grady, a driver at Tarn Rail. '
        '"All trains are safe," said Ada Grub, a spokeswoman for Tarn Rail.'
    )
    with of_one_article(tmp_path, "Brakes", text) as archive:
        assert archive.check_quote("The brakes were worn out for years", "Tarn Rail").verdict == "misattributed"
        assert archive.check_quote("All trains are safe", "Tarn Rail").verdict == "verbatim"


@pytest.mark.parametrize(
    ("role", "body", "answers"),
    [
        ("Linkway's managing director", "Linkway", True),
        ("chief executive of the Osmere Ferry Company", "the Osmere Ferry Company", True),
        ("spokesman for Prince Osric", "Prince Osric", True),
        ("director of the Tarn Museum", "Tarn", False),
        ("Tarn police chief", "Tarn", False),
        ("driver at Linkway", "Linkway", False),
    ],
)
def test_who_is_at_the_head_of_what_is_named(role: str, body: str, answers: bool) -> None:
    assert heads(role, body) == answers


def test_a_firm_that_is_never_quoted_speaks_by_its_head(tmp_path: Path) -> None:
    text = (
        'Linkway, the tram operator in Tarn, was sold. "The trams will run as before," Linkway\'s managing director, Pauline '
        'Eck, said. "Nobody asked the drivers about the trams," said Ruth Simms, a driver at Linkway.'
    )
    with of_one_article(tmp_path, "Trams", text) as archive:
        answer = archive.ask("What did Linkway say about the trams?")
        assert {line.speaker for line in answer.lines} == {"Pauline Eck"}
        assert answer.note == 'For "Linkway" the articles quote Pauline Eck.'
