"""onrecord as LangChain parts: a retriever of passages and a runnable that answers. The core needs only langchain-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from pydantic import ConfigDict

from rag.domain import Answer, Filters, Hit


class PassageRetriever(BaseRetriever):
    """Passages as LangChain documents; metadata: article_id, start, end, title, source, url, published, score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    retriever: Any
    k: int = 8
    filters: Filters = Filters()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.retriever.search(query, self.k, self.filters)]


def _document(hit: Hit) -> Document:
    a, p = hit.article, hit.passage
    return Document(
        page_content=hit.text,
        id=f"{a.id}:{p.start}-{p.end}",
        metadata={
            "article_id": a.id, "start": p.start, "end": p.end, "title": a.title, "source": a.source, "url": a.url,
            "published": a.published.isoformat() if a.published else None, "score": hit.score,
        },
    )  # fmt: skip


class AnswerChain(Runnable[Any, Answer]):
    """A question, or {"question": …, "history": earlier answers, "filters": Filters}, to an `Answer`.

    `invoke` gives the finished answer. `stream` gives it as it grows: each piece is a whole `Answer`, and the last
    one is the finished one. `batch`, `ainvoke` and `|` are LangChain's own.
    """

    def __init__(self, ask: Callable[[str, Sequence[Answer], Filters], Iterator[Answer]]) -> None:
        self._ask = ask

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        return self._call_with_config(lambda given: self._last(given), input, config, run_type="chain")

    def stream(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Answer]:
        yield from self._pieces(input)

    def _last(self, given: Any) -> Answer:
        *_, last = self._pieces(given)
        return last

    def _pieces(self, given: Any) -> Iterator[Answer]:
        if isinstance(given, str):
            return self._ask(given, (), Filters())
        return self._ask(given["question"], tuple(given.get("history") or ()), given.get("filters") or Filters())
