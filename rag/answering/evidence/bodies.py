"""Organisations that a question tells by what they are: "the dockers' union" is the one of which an article says that it
represents dockers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rag.domain import Article, Filters, Person, Span
from rag.holdings import Holdings
from rag.retrieval import ByWords
from rag.text import sentences, terms

PASSAGES = 24  # that match what the question says of it
ENDS_BEFORE = re.compile(r"[,(]\s*(?:the )?$", re.IGNORECASE)
APART = 160  # characters between its name and what it is told to be
ITS_KIND = frozenset(
    terms(
        """association union brotherhood guild federation society league alliance group organisation organization charity firm
        company business body agency club party church bank airline carrier operator retailer maker regulator watchdog"""
    )
)


def told_as(holdings: Holdings, slot: str, filters: Filters) -> Person | None:
    """The only organisation with statements that some sentence of the archive tells to be what the slot says, beside
    its name; None where there is none, or several."""
    what = set(terms(slot)) - ITS_KIND
    kind = set(terms(slot)) & ITS_KIND
    if not what or not kind:
        return None
    found: Counter[int] = Counter()
    for hit in ByWords(holdings).search(" ".join(slot.split()), PASSAGES, filters):
        for span in sentences(hit.article.text, hit.passage.start, hit.passage.end):
            if what | kind <= set(terms(hit.article.cut(span))):
                found.update(_named_beside(holdings, hit.article, span, what))
    most = [id for id, times in found.items() if times == max(found.values())]
    return holdings.who.of_id(most[0]) if len(most) == 1 else None


def _named_beside(holdings: Holdings, article: Article, sentence: Span, what: set[str]) -> Iterator[int]:
    """Organisations quoted in this article whose name stands in the sentence with a comma or bracket between it and what
    it is told to be: ", which represents …", "(… )"."""
    text = article.cut(sentence)
    for body in holdings.who.people:
        if body.kind != "organisation" or article.id not in body.articles:
            continue
        for name in (body.name, *body.aliases):
            at = text.find(name)
            if at < 0:
                continue
            after = text[at + len(name) :][:APART]
            before = text[max(0, at - APART) : at]
            told_after = after.lstrip()[:1] in (",", "(") and what <= set(terms(after))
            if told_after or (ENDS_BEFORE.search(before) and what <= set(terms(before))):
                yield body.id
                break
