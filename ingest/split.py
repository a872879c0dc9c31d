"""Articles to passages: a pure function."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.domain import Article, Passage, Span
from rag.text import paragraphs, sentences

LIMIT = 200
"""Word pieces of a passage at most, so that it fits the embedder's 256 together with its title."""
AIM = 150
"""A passage that has this many takes no further paragraph."""

Count = Callable[[Sequence[str]], list[int]]


def split(article: Article, count: Count, limit: int = LIMIT, aim: int = AIM) -> list[Passage]:
    """Whole paragraphs, packed up to `aim` word pieces; a paragraph over `limit` is cut between sentences,
    a sentence over it between words. The passages don't overlap and hold every word of the text.

    `count` gives the word pieces of each of several texts.
    """
    pieces: list[tuple[Span, int]] = []
    spans = paragraphs(article.text)
    for span, size in zip(spans, count([article.cut(s) for s in spans]), strict=True):
        pieces.extend([(span, size)] if size <= limit else _cut(article.text, span, count, limit))
    packed: list[tuple[Span, int]] = []
    for (start, end), size in pieces:
        if packed and packed[-1][1] < aim and packed[-1][1] + size <= limit:
            (first, _), before = packed[-1]
            packed[-1] = ((first, end), before + size)
        else:
            packed.append(((start, end), size))
    return [Passage(article.id, *span) for span, _ in packed]


def _cut(text: str, span: Span, count: Count, limit: int) -> list[tuple[Span, int]]:
    """The sentences of a long paragraph; those that are too long themselves, halved until they fit."""
    todo = sentences(text, *span)
    sizes = count([text[a:b] for a, b in todo])
    found: list[tuple[Span, int]] = []
    stack = list(zip(todo, sizes, strict=True))[::-1]
    while stack:
        (start, end), size = stack.pop()
        if size <= limit or end - start < 2:
            found.append(((start, end), size))
            continue
        middle = _word_break(text, start, end)
        halves = [(start, middle), (middle, end)]
        stack.extend(list(zip(halves, count([text[a:b] for a, b in halves]), strict=True))[::-1])
    return found


def _word_break(text: str, start: int, end: int) -> int:
    """A place between two words near the middle, or the middle itself where there is no white space."""
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle)
    return space + 1 if space > start else middle
