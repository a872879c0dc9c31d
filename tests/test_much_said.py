"""Somebody who speaks in very many articles is answered for as anybody else, only faster."""

from datetime import UTC, datetime, timedelta

import pytest

import rag
from ingest.load import index, link_people, split_article
from rag import retrieval
from rag.answering.evidence import statements
from rag.answering.evidence.select import NEWEST
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
