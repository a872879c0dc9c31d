"""Every retriever goes through the same cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

import rag
from ingest.derive import index
from ingest.load import split_article
from rag import retrieval
from rag.domain import Article
from rag.holdings import Holdings
from rag.retrieval import ByMeaning, ByWords, Hybrid, Retriever


def put(archive: rag.Archive, article: Article) -> None:
    archive.holdings.catalogue.put(article, split_article(article))


EVERY = pytest.mark.parametrize("kind", [ByWords, ByMeaning, Hybrid])
Kind = Callable[[Holdings], Retriever]


@EVERY
def test_an_empty_archive_has_nothing(kind: Kind, empty: rag.Archive) -> None:
    assert kind(empty.holdings).search("towing") == []


@EVERY
@pytest.mark.parametrize("query", ["", "   ", "\n", "🤔", "?" * 5000])
def test_a_query_without_words_is_no_error(kind: Kind, query: str, archive: rag.Archive) -> None:
    assert isinstance(kind(archive.holdings).search(query), list)


@EVERY
def test_best_first_and_no_more_than_asked_for(kind: Kind, archive: rag.Archive) -> None:
    hits = kind(archive.holdings).search("protesters at parliament", k=3)
    assert len(hits) == 3
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.passage for h in hits}) == 3


@EVERY
@pytest.mark.parametrize("k", [0, -1, -100])
def test_none_are_found_where_none_are_asked_for(kind: Kind, k: int, archive: rag.Archive) -> None:
    assert kind(archive.holdings).search("protesters at parliament", k) == []


@EVERY
def test_the_same_question_gives_the_same_answer(kind: Kind, archive: rag.Archive) -> None:
    retriever = kind(archive.holdings)
    assert retriever.search("cracks in the bridge") == retriever.search("cracks in the bridge")


@EVERY
def test_a_hit_s_text_is_its_article_s(kind: Kind, archive: rag.Archive) -> None:
    for hit in kind(archive.holdings).search("towing vehicles"):
        article = archive.article(hit.passage.article_id)
        assert article is not None
        assert hit.text == article.text[hit.passage.start : hit.passage.end]


@EVERY
def test_filters_hold_for_every_hit(kind: Kind, archive: rag.Archive) -> None:
    retriever = kind(archive.holdings)
    late = datetime(2024, 3, 20, tzinfo=UTC)
    sources = {a.source for a in archive.articles()} - {None}
    for source in sources:
        assert {h.article.source for h in retriever.search("bridge", filters=rag.Filters(source=source))} == {source}
    for hit in retriever.search("bridge", filters=rag.Filters(since=late)):
        assert hit.article.published is not None
        assert hit.article.published >= late
    for hit in retriever.search("bridge", filters=rag.Filters(speaker="Coster")):
        assert hit.passage.article_id == "parliament-protest"
    assert retriever.search("bridge", filters=rag.Filters(source="No Such Paper")) == []


@EVERY
@pytest.mark.parametrize("widest", [10, 10_000])
def test_filters_that_leave_much_of_what_is_far_leave_the_best_of_it(
    kind: Kind, widest: int, empty: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(60):
        put(empty, Article(f"near-{n}", f"Ferry {n}", f"The ferry sails on time again today {n}.", "Mercury"))
    for n in range(30):
        put(
            empty, Article(f"far-{n}", f"Boats {n}", f"The boat is on time in port {n}, and {'so ' * n} on.", "Gazette")
        )
    index(empty.holdings)
    few = kind(empty.holdings).search("the ferry sails on time", 8, rag.Filters(source="Gazette"))
    for name, value in (("FEW", 20), ("WIDE", 10), ("WIDEST", widest), ("HELD", 7)):
        monkeypatch.setattr(retrieval, name, value)
    much = kind(empty.holdings).search("the ferry sails on time", 8, rag.Filters(source="Gazette"))
    assert len(few) == 8
    assert [(h.passage, round(h.score, 4)) for h in much] == [(h.passage, round(h.score, 4)) for h in few]


def test_meaning_finds_what_words_do_not(archive: rag.Archive) -> None:
    query = "removing cars by force"
    assert "towing" in " ".join(h.text for h in ByMeaning(archive.holdings).search(query, k=4))


def test_a_word_that_only_begins_like_the_asked_one_is_found(archive: rag.Archive) -> None:
    assert any("10,000 staff" in h.text for h in ByWords(archive.holdings).search("staffing", k=3))


def test_the_langchain_retriever_gives_the_same_passages(archive: rag.Archive) -> None:
    documents = archive.retriever(k=3).invoke("towing vehicles")
    hits = archive.search("towing vehicles", k=3)
    assert [(d.page_content, d.metadata["article_id"], d.metadata["start"]) for d in documents] == [
        (h.text, h.passage.article_id, h.passage.start) for h in hits
    ]


def test_the_langchain_chain_answers_composes_and_streams(archive: rag.Archive) -> None:
    chain = archive.chain()
    question = "what did Coster say about towing?"
    asked = archive.ask(question)
    assert chain.invoke(question).lines == asked.lines
    assert list(chain.stream({"question": question, "history": []}))[-1].lines == asked.lines
    assert (chain | (lambda answer: len(answer.lines))).invoke(question) == len(asked.lines)
    follow_up = chain.invoke({"question": "and about rugby?", "history": [asked]})
    assert follow_up.understood.speaker == "Andrew Coster"


@EVERY
def test_a_speaker_s_passages_are_found_and_no_others(kind: Kind, archive: rag.Archive) -> None:
    said = [(s.article_id, span) for s in archive.statements(speaker="Orrick") for span in s.spans]
    hits = kind(archive.holdings).search("the bridge", k=30, filters=rag.Filters(speaker="Orrick"))
    assert len({h.article.id for h in hits}) >= 4
    for hit in hits:
        passage = hit.passage
        assert any(id == passage.article_id and a < passage.end and passage.start < b for id, (a, b) in said)


@EVERY
def test_a_time_leaves_the_passages_of_its_days(kind: Kind, archive: rag.Archive) -> None:
    late = datetime(2024, 3, 20, tzinfo=UTC)
    retriever = kind(archive.holdings)
    for filters in (rag.Filters(since=late), rag.Filters(until=late)):
        dates = [h.article.published for h in retriever.search("the bridge", k=30, filters=filters)]
        assert len(set(dates)) >= 3
        assert all(d is not None and (d >= late) == (filters.since is not None) for d in dates)
