"""The archive: what `rag.open_archive` gives. It holds the stores and hands the work on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, get_args

from rag import quotes
from rag.answering import chain
from rag.answering.evidence import statements
from rag.cross_encoder import Sentence, Task, bundled_cross_encoder
from rag.domain import Answer, Article, Filters, Hit, Person, QuoteCheck, Statement
from rag.embedding import Embedder, embedder_for
from rag.holdings import Holdings
from rag.retrieval import Hybrid, reranker_for
from rag.settings import Settings

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable


def open_archive(
    path: str | Path | None = None, settings: Settings | None = None, embedder: Embedder | None = None
) -> Archive:
    """Opens the archive in this folder, and creates it where there is none.

    Without a path it is the folder that ONRECORD_ARCHIVE names, or "archive". Several threads may ask one
    archive at the same time; one ingest may run beside them.

    Raises:
        ArchiveError: the folder can't be used; the message says why.
        BadInput: an ONRECORD_ setting can't be used.
    """
    settings = settings or Settings.from_env()
    return Archive(Path(path) if path is not None else settings.archive, settings, embedder)


class Archive:
    """Articles that can be asked. Also a context manager."""

    def __init__(self, folder: Path, settings: Settings = Settings(), embedder: Embedder | None = None) -> None:
        self.settings = settings
        self.holdings = Holdings(folder, embedder or embedder_for(settings.embedder), reranker_for(settings.reranker))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the files."""
        self.holdings.close()

    # -- asking ----------------------------------------------------------------------------------------------

    def ask(
        self, question: str, history: Sequence[Answer] = (), filters: Filters = Filters(), today: datetime | None = None
    ) -> Answer:
        """Answers a question in English from the articles' own words.

        `history` holds earlier answers, oldest first; a follow-up is understood from them. `filters` narrow what is
        searched. `today` is what "last week" counts from; without it, the newest article's date.

        >>> answer = archive.ask("what did Coster say about towing?")
        >>> answer.answered, {c.speaker for c in answer.citations}
        (True, {'Andrew Coster'})
        """
        return chain.answer(self.holdings, self.settings, question, history, filters, today)

    def search(self, query: str, k: int = 8, filters: Filters = Filters()) -> list[Hit]:
        """The k best passages, best first; by words and meaning together.

        >>> archive.search("towing vehicles", k=1)[0].article.id
        'parliament-protest'
        """
        return Hybrid(self.holdings).search(query, k, filters)

    def statements(self, speaker: str | None = None, about: str | None = None) -> list[Statement]:
        """What somebody said, archive-wide; with `about`, only what touches the topic, best first.

        >>> {s.form for s in archive.statements(speaker="Coleman")} <= {"direct", "mixed", "reported"}
        True
        """
        with self.holdings.catalogue.reading():
            return statements.matching(self.holdings, speaker, about)

    def check_quote(self, quote: str, speaker: str | None = None) -> QuoteCheck:
        """Whether the archive holds these words, and as this speaker's.

        >>> archive.check_quote("That approach would have been provocative", speaker="Coster").verdict
        'verbatim'
        """
        with self.holdings.catalogue.reading():
            return quotes.check(self.holdings, quote, speaker)

    def retriever(self, k: int = 8, filters: Filters = Filters()) -> BaseRetriever:
        """`search` as a LangChain retriever."""
        from rag.langchain import PassageRetriever

        return PassageRetriever(retriever=Hybrid(self.holdings), k=k, filters=filters)

    def chain(self) -> Runnable[Any, Answer]:
        """`ask` as a LangChain runnable: a string or {"question", "history", "filters"} to an `Answer`; `.stream` gives the
        answer as it grows."""
        from rag.langchain import AnswerChain

        return AnswerChain(
            lambda question, history, filters: chain.stream(self.holdings, self.settings, question, history, filters)
        )

    def warm(self, everything: bool = False) -> None:
        """Loads what a first question waits for: the embedding model and the vector index. On a thread of its own it
        does so while the question is being understood. `everything`: also what only some questions need, the
        cross-encoders and the tables of names and roles, for whoever serves many."""
        asked = self.holdings.embed_question("")
        if self.holdings.has_vectors:
            self.holdings.vectors.search(asked, 1)
        if everything:
            self.holdings.who.warm()
            for task in get_args(Task):
                bundled_cross_encoder(task).scores("", [Sentence("")])

    # -- what is there ---------------------------------------------------------------------------------------

    def article(self, id: str) -> Article | None:
        """The article with this id, or None."""
        return self.holdings.catalogue.article(id)

    def articles(self) -> list[Article]:
        """All articles, newest first."""
        return list(self.holdings.catalogue.articles())

    def people(self) -> list[Person]:
        """Everybody who says something in the archive, those with most statements first."""
        return list(self.holdings.who.people)
