"""One parsed paragraph: its text, its tree, its quotations and its sentences, addressed by characters of the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.statements.clauses import FINITE
from ingest.statements.quotes import Quote, quote_at
from ingest.statements.titles import ABBREVIATED
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SEPARATORS = ",;:–—- \t\xa0\u200b"
_CLOSING = "\"”'’“»`)]"


@dataclass(frozen=True, slots=True)
class Page:
    """`start` and `end` are the paragraph's place in `text`; quotations and sentences are in reading order."""

    text: str
    start: int
    end: int
    doc: Doc
    quotes: tuple[Quote, ...]
    sentences: tuple[Span, ...]
    offsets: tuple[int, ...]
    """Where each token starts in the text."""

    def at(self, token: Token) -> int:
        """Where the token starts in the text."""
        return self.start + token.idx

    def till(self, token: Token) -> int:
        """Where the token ends in the text (exclusive)."""
        return self.start + token.idx + len(token.text)

    def span(self, first: int, last: int) -> Span:
        """Characters of the tokens first to last (exclusive)."""
        return self.at(self.doc[first]), self.till(self.doc[last - 1])

    def sentence(self, at: int) -> Span:
        """The sentence that the character at `at` stands in."""
        i = bisect_right(self.sentences, at, key=lambda span: span[0]) - 1
        return self.sentences[max(i, 0)]

    def quoted(self, at: int) -> Quote | None:
        """The quotation that the character at `at` stands in."""
        return quote_at(self.quotes, at)

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that start within the characters start to end."""
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
        return list(self.doc[first:last])

    def has_clause(self, start: int, end: int) -> bool:
        """Does a finite verb stand between the two characters?"""
        return any(token.tag_ in FINITE for token in self.tokens(start, end))

    def skip_back(self, at: int, characters: str = _SEPARATORS) -> int:
        """The end of the last character before `at` that isn't white space or one of `characters`."""
        while at > self.start and (self.text[at - 1] in characters or self.text[at - 1].isspace()):
            at -= 1
        return at

    def skip(self, at: int, characters: str = _SEPARATORS) -> int:
        """The first place from `at` on that isn't white space or one of `characters`."""
        while at < self.end and (self.text[at] in characters or self.text[at].isspace()):
            at += 1
        return at

    def trim(self, span: Span) -> Span | None:
        """`span` without separators at its ends and without a lone bracket; None where no word is left."""
        start, end = self.skip(span[0]), span[1]
        end = max(start, self.skip_back(end))
        if self.text[end - 1 : end] == ")" and "(" not in self.text[start:end]:
            end -= 1
        return (start, end) if any(c.isalnum() for c in self.text[start:end]) else None

    def widen(self, span: Span) -> Span:
        """`span` stretched over the quotations that it cuts, and over a closing mark behind it."""
        start, end = span
        first, last = self.quoted(start), self.quoted(max(start, end - 1))
        start = min(start, first.start) if first else start
        end = max(end, last.end) if last else end
        return start, end


def ends_sentence(text: str, end: int) -> bool:
    """Does the text before `end` close a sentence, marks and brackets aside?"""
    return text[max(0, end - 12) : end].rstrip(_CLOSING)[-1:] in (".", "?", "!", "…")


def read_page(text: str, start: int, doc: Doc, quotes: Sequence[Quote]) -> Page:
    """The page of a stretch that starts at `start` and was parsed into `doc`; `quotes` are its paragraph's."""
    end = start + len(doc.text)
    inside = tuple(_cut(quote, start, end) for quote in quotes if quote.start < end and quote.end > start)
    offsets = tuple(start + token.idx for token in doc)
    return Page(text, start, end, doc, inside, _sentences(text, start, doc, inside), offsets)


def _cut(quote: Quote, start: int, end: int) -> Quote:
    if start <= quote.start and quote.end <= end:
        return quote
    return replace(quote, start=max(start, quote.start), end=min(end, quote.end), closed=False)


_ABBREVIATION = re.compile(rf"\b(?:{'|'.join(a.capitalize() for a in sorted(ABBREVIATED))}|vs|No|[A-Z])\.$")

_BEFORE_NAMES = "|".join(a.capitalize() for a in sorted(ABBREVIATED - frozenset("jr sr st min sec spc pc adv".split())))
"""Abbreviations that end no sentence where a capital letter follows."""


def _sentences(text: str, start: int, doc: Doc, quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """Sentences: the parser's bounds, corrected by the quotation marks.

    No bound stands inside a quotation or before a word in lower case; one stands before a quotation that follows a
    full stop, and behind a quotation that ends in one.
    """
    end = start + len(doc.text)
    bounds = {start + sent.start_char for sent in doc.sents}
    for quote in quotes:
        bounds.add(quote.start)
        inner = text[quote.start : quote.end].rstrip("\"”'’“»`")
        if inner[-1:] in (".", "…") and quote.words > 1:
            bounds.add(_next_word(text, quote.end, end))
    kept = [start]
    for bound in sorted(bounds):
        if start < bound < end and _is_bound(text, start, bound, quotes):
            kept.append(bound)
    return tuple((a, b) for a, b in zip(kept, [*kept[1:], end], strict=True) if a < b)


def _next_word(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _is_bound(text: str, start: int, bound: int, quotes: tuple[Quote, ...]) -> bool:
    quote = quote_at(quotes, bound)
    if quote is not None and quote.start < bound:
        return False
    before = text[max(start, bound - 40) : bound].rstrip()
    if quote is not None:
        bare = before.rstrip(_CLOSING)
        return bare[-1:] in (".", "?", "!", "…") and not _ABBREVIATION.search(bare[-6:])
    titled = before.endswith(".") and re.search(rf"\b(?:{_BEFORE_NAMES})\.$", before[-6:]) is not None
    return (
        not (titled and text[bound].isupper())
        and before[-1:] not in (",", "—", ";")
        and not text[bound].islower()
        and any(c.isalnum() for c in text[bound : bound + 3])
    )
