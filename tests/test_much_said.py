"""Somebody who speaks in very many articles is answered for as anybody else, only faster."""

import re
from datetime import UTC, datetime, timedelta

import pytest

import rag
from ingest.derive import index, link_people
from ingest.load import split_article
from rag import retrieval
from rag.answering.evidence import statements
from rag.answering.evidence.select import NEWEST
from rag.answering.kinds import result
from rag.domain import Article, Filters, Speaker, Statement

WEEKS = 60


@pytest.fixture
def weekly(empty: rag.Archive) -> rag.Archive:
    """Marta Pell, once a week, the oldest article last; each fifth one tells what she wants."""
    for n in reversed(range(WEEKS)):
        said = f"the ferry had carried {n} goats"
        wish = f"\nMarta Pell demanded a quay for {n} boats." if n % 5 == 0 else "\nIt rained."
        text = f"Marta Pell said {said}.{wish}"
        when = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(weeks=n)
        article = Article(id=f"week-{n:02}", title="Ferry", text=text, published=when)
        statement = Statement(((16, 16 + len(said)),), (0, 10), "Marta Pell", "reported", (11, 15))
        empty.holdings.catalogue.put(article, split_article(article), [statement], [Speaker("Marta Pell")])
    index(empty.holdings)
    link_people(empty.holdings)
    return empty


def cited(answer: rag.Answer) -> list[str]:
    return [c.article_id for c in answer.citations]


def test_without_a_topic_the_latest_statements_answer(weekly: rag.Archive) -> None:
    assert cited(weekly.ask("What did Marta Pell say?")) == [f"week-{n}" for n in range(WEEKS - NEWEST, WEEKS)]


def test_the_latest_statements_are_found_behind_articles_that_quote_nothing(weekly: rag.Archive) -> None:
    for n in range(WEEKS, WEEKS + statements.LATEST):
        when = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(weeks=n)
        article = Article(id=f"week-{n}", title="Ferry", text="Marta Pell slept.", published=when)
        weekly.holdings.catalogue.put(article, split_article(article), [], [Speaker("Marta Pell")])
    index(weekly.holdings)
    link_people(weekly.holdings)
    assert len(cited(weekly.ask("What did Marta Pell say?"))) == NEWEST


def test_what_somebody_wants_is_found_among_many_articles(weekly: rag.Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "What does Marta Pell want for 45 boats?"
    few = weekly.ask(asked)
    monkeypatch.setattr(statements, "MANY", 3)
    wanted = "Marta Pell demanded a quay for 45 boats."
    assert wanted in [line.text for line in few.lines]
    assert wanted in [line.text for line in weekly.ask(asked).lines]


def test_filters_that_leave_much_leave_the_same_as_those_that_leave_little(
    weekly: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Filters(since=datetime(2023, 9, 1, tzinfo=UTC))
    found = []
    for few, widest in ((2000, 10_000), (0, 10_000), (0, 0)):
        monkeypatch.setattr(retrieval, "FEW", few)
        monkeypatch.setattr(retrieval, "WIDEST", widest)
        hits = weekly.search("goats that the ferry carried", 5, late)
        assert all(h.article.published and h.article.published >= datetime(2023, 9, 1, tzinfo=UTC) for h in hits)
        found.append([h.passage for h in hits])
    assert len(found[0]) == 5
    assert found[0] == found[1] == found[2]


def test_somebody_who_speaks_everywhere_is_searched_as_anybody_else(
    weekly: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_pell = Filters(speaker="Pell")
    [pell] = weekly.holdings.who.named("Pell")
    assert len(weekly.holdings.catalogue.passage_numbers(of_pell, [pell.id], most=3)) == 3
    late = Filters(speaker="Pell", since=datetime(2023, 9, 1, tzinfo=UTC))
    for kind in (retrieval.ByWords, retrieval.ByMeaning, retrieval.Hybrid):
        for filters in (of_pell, late, Filters(speaker="Mallard")):
            found = []
            for few in (2000, 1):
                monkeypatch.setattr(retrieval, "FEW", few)
                found.append(kind(weekly.holdings).search("goats that the ferry carried", 5, filters))
            assert found[0] == found[1], (kind, filters)
            assert len(found[0]) == (5 if filters.speaker == "Pell" else 0)


def test_only_the_passages_in_which_somebody_speaks_are_left(
    empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "the mill burnt down"
    text = f"Ann Pell said {said}. {'It rained on the quay. ' * 40}\n{'The mill stood. ' * 60}\nTom Orrick said {said}."
    places = [m.start() for m in re.finditer(said, text)]
    statements = [
        Statement(((at, at + len(said)),), None, name, "reported")
        for at, name in zip(places, ("Ann Pell", "Tom Orrick"), strict=True)
    ]
    article = Article(id="mill", title="Mill", text=text)
    empty.holdings.catalogue.put(
        article, split_article(article), statements, [Speaker("Ann Pell"), Speaker("Tom Orrick")]
    )
    index(empty.holdings)
    link_people(empty.holdings)
    assert len(empty.search("mill")) > 2
    for few in (2000, 0):
        monkeypatch.setattr(retrieval, "FEW", few)
        for name, at in zip(("Pell", "Orrick"), places, strict=True):
            [hit] = empty.search("mill", filters=Filters(speaker=name))
            assert hit.passage.start <= at < hit.passage.end


def test_how_often_somebody_is_quoted_counts_all_that_they_said(
    weekly: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "MANY", 3)
    note = weekly.ask("What did Marta Pell say about volcanoes?").note
    assert f"is quoted here {WEEKS} times in {WEEKS} articles" in str(note)
    late = Filters(since=datetime(2023, 1, 1, tzinfo=UTC) + timedelta(weeks=WEEKS - 7))
    assert "is quoted here 7 times in 7 articles" in str(
        weekly.ask("What did Pell say about volcanoes?", (), late).note
    )
    never = Filters(since=datetime(2030, 1, 1, tzinfo=UTC))
    assert "not in the articles that the filters leave" in str(weekly.ask("What did Pell say?", (), never).note)


def test_what_anybody_said_on_a_topic_is_found_without_reading_all_that_was_said(
    weekly: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(weekly.statements()) == WEEKS
    monkeypatch.setattr(weekly.holdings.catalogue, "all_statements", None)
    assert weekly.statements(about="goats that the ferry carried")
    assert len(weekly.statements(speaker="Pell")) == WEEKS
    assert weekly.statements(speaker="Nobody Known", about="goats") == []


def test_the_second_of_two_questions_keeps_its_lines_beside_a_long_first_one(
    weekly: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result, "MOST_LINES", 2)
    said = "towing was never an option"
    article = Article(id="tow", title="Towing", text=f"Tom Mallard said {said}.")
    statement = Statement(((17, 17 + len(said)),), (0, 11), "Tom Mallard", "reported", (12, 16))
    weekly.holdings.catalogue.put(article, split_article(article), [statement], [Speaker("Tom Mallard")])
    index(weekly.holdings)
    link_people(weekly.holdings)
    answer = weekly.ask("What did Marta Pell say about the ferry, and what did Tom Mallard say about towing?")
    assert {c.speaker for c in answer.citations} == {"Marta Pell", "Tom Mallard"}
    assert "more; ask more narrowly" in str(answer.note)


def test_a_date_without_a_time_zone_is_taken_as_utc(weekly: rag.Archive) -> None:
    assert weekly.ask("What did Marta Pell say last week?", today=datetime(2023, 6, 1)).answered


def test_the_same_words_of_two_people_are_two_lines(empty: rag.Archive) -> None:
    said = "I was wrong about the bridge"
    for id, name in (("x", "Ann Pell"), ("y", "Tom Orrick"), ("z", "Ann Pell")):
        article = Article(id=id, title="Bridge", text=f"“{said},” {name} said.")
        statement = Statement(((1, 1 + len(said)),), (32, 32 + len(name)), name, "direct")
        empty.holdings.catalogue.put(article, split_article(article), [statement], [Speaker(name)])
    index(empty.holdings)
    link_people(empty.holdings)
    for end in ("", ".", "!"):
        answer = empty.ask(f"Who said “{said}{end}”?")
        assert [(c.speaker, c.also_in) for c in answer.citations] == [("Ann Pell", ("z",)), ("Tom Orrick", ())]


def test_words_are_found_whole_and_a_copy_is_told_once(empty: rag.Archive) -> None:
    for id, name, said in (
        ("x", "Tom Reed", "He lied about the depth"),
        ("y", "Mary Orrick", "She lied about the width"),
        ("z", "Tom Reed", "He lied about the depth"),
    ):
        text = f"‘{said},’ {name} said.\n\n‘{said},’ {name} said."
        places = [m.start() for m in re.finditer(said, text)]
        statements = [Statement(((at, at + len(said)),), None, name, "direct") for at in places]
        article = Article(id=id, title="Well", text=text)
        empty.holdings.catalogue.put(article, split_article(article), statements, [Speaker(name)])
    index(empty.holdings)
    link_people(empty.holdings)
    for quote in ("he lied about the", "lied about the depth"):
        assert {c.speaker for c in empty.ask(f"Who said “{quote}”?").citations} == {"Tom Reed"}
    answer = empty.ask("Who said “he lied about the”?")
    assert [(c.speaker, c.also_in) for c in answer.citations] == [("Tom Reed", ("z",))]


def test_a_quote_check_in_the_chat_shows_the_nearest_words(archive: rag.Archive) -> None:
    answer = archive.ask('Did Coster really say "We needed to explore the price of a new harbour wall today"?')
    assert not answer.answered
    assert [line.text for line in answer.nearby] == [
        '"We needed to explore the option of that and test what the reaction would be."'
    ]
    assert "given beside" in str(answer.note)


def test_a_quote_check_in_the_chat_says_that_filters_do_not_count(weekly: rag.Archive) -> None:
    filtered = weekly.ask('Did Pell really say "the ferry had carried 7 goats"?', filters=Filters(source="Nobody"))
    assert "whatever the filters leave" in str(filtered.note)
    assert not filtered.understood.filters
