"""Quotations without a cue of their own: they go on from the speaker before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.statements.drafts import Draft
from ingest.statements.quotes import Quote
from rag.domain import Span

FEWEST_WORDS = 4
"""Shorter lone quotations are mostly scare quotes, titles and names."""

NEAR, FAR, SIGNED = 0.88, 0.76, 0.95
"""Confidence of a lone quotation right behind somebody's statement, of one further away, and of a signed one.

Measured as `detect.CONFIDENCE`, where annotators who hold the quotation within a longer statement agree too; few signed
ones were seen, and all but one were true.
"""

_NAME = r"(?P<source>[A-Z][\w'’-]*(?:\.? [\w'’&-]+){0,6})"
_AFTER_NAME = r"(?: \([^()\n]{1,30}\))?(?:, [^\n\"“”]{1,80})?\.?\s*"
_DASHED = re.compile(rf"\s*(?:[―—–]|--?)\s*{_NAME}{_AFTER_NAME}")
_BRACKETED = re.compile(rf"\s*\({_NAME}(?:, [^()\n\"“”]{{1,80}})?\)\.?\s*")


def lone_quotes(
    text: str, drafts: Sequence[Draft], spans: Sequence[Span], quotations: Sequence[Sequence[Quote]]
) -> list[Draft]:
    """Drafts for quotations that no draft covers: whole paragraphs of them, and whole sentences of them behind others.

    `spans` are the paragraphs of `text`, and `quotations` the quotations of each.
    """
    taken = _Taken(span for draft in drafts for span in draft.spans)
    starts = sorted(draft.spans[0][0] for draft in drafts)
    found: list[Draft] = []
    spoken = -1  # paragraph in which somebody spoke last
    for number, (paragraph, quotes) in enumerate(zip(spans, quotations, strict=True)):
        here = bisect_left(starts, paragraph[0]) < bisect_left(starts, paragraph[1])
        whole = bool(quotes) and not _letters_outside(text, paragraph, quotes)
        after = spans[number + 1] if number + 1 < len(spans) else None
        for run in _runs(text, [quote for quote in quotes if not taken.covers(quote.span)]):
            words = sum(quote.words for quote in run)
            if words >= FEWEST_WORDS and (name := _signature(text, run[-1].end, paragraph, after)) is not None:
                found.append(_signed(run, name))
                spoken = number
                continue
            alone = whole or _is_sentence(text, paragraph, run)
            if whole and _is_heading(text, run):
                continue
            near = here or (spoken >= 0 and number - spoken <= 1)
            if words < FEWEST_WORDS or not alone or not (whole or here or (near and _answers(text, paragraph, run))):
                continue
            words_of = tuple(quote.span for quote in run)
            follows = bool(starts) and starts[0] < words_of[0][0]
            found.append(Draft(words_of, None, None, "direct", "said", False, NEAR if near else FAR, continues=follows))
            spoken = number
        spoken = number if here else spoken
    return found


def _signature(text: str, end: int, paragraph: Span, after: Span | None) -> Span | None:
    """The name that signs a quotation which ends at `end`: behind a dash or in brackets, or behind a dash on the next line."""
    if match := _DASHED.fullmatch(text, end, paragraph[1]):
        return match.span("source")
    closes = text[max(0, end - 3) : end].rstrip("\"”'’“»`")[-1:] in _CLOSES
    if closes and (match := _BRACKETED.fullmatch(text, end, paragraph[1])):
        return match.span("source")
    if after is not None and end == paragraph[1] and (match := _DASHED.fullmatch(text, *after)):
        return match.span("source")
    return None


_CLOSES = (".", "!", "?", "…", ",")


def _signed(run: Sequence[Quote], name: Span) -> Draft:
    return Draft(tuple(quote.span for quote in run), name, None, "direct", "said", False, SIGNED)


def _letters_outside(text: str, paragraph: Span, quotes: Sequence[Quote]) -> bool:
    at, letters = paragraph[0], 0
    for start, end in [*(quote.span for quote in quotes), (paragraph[1], paragraph[1])]:
        letters += sum(c.isalnum() for c in text[at:start])
        at = end
    return letters > 2


class _Taken:
    """Characters that statements hold already."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(end, self.ends[-1])
            else:
                self.starts.append(start)
                self.ends.append(end)

    def covers(self, span: Span) -> bool:
        """Is any character of `span` taken?"""
        i = bisect_left(self.starts, span[1]) - 1
        return i >= 0 and self.ends[i] > span[0]


_LONGEST_HEADING = 150
"""Characters of a quotation that heads what follows."""


def _is_heading(text: str, run: Sequence[Quote]) -> bool:
    """Does a paragraph's quotation end without a mark, as headings between paragraphs do? Those are the next speaker's."""
    inner = text[run[-1].start : run[-1].end].rstrip("\"”'’“»`")
    short = run[-1].end - run[0].start < _LONGEST_HEADING
    return short and run[-1].closed and inner[-1:] not in (*_CLOSES, "—", "–", "-", ":")


def _runs(text: str, quotes: Sequence[Quote]) -> list[list[Quote]]:
    """Quotations grouped where nothing but white space stands between."""
    runs: list[list[Quote]] = []
    for quote in quotes:
        if runs and not text[runs[-1][-1].end : quote.start].strip():
            runs[-1].append(quote)
        else:
            runs.append([quote])
    return runs


_BEAT = re.compile(r"(?:(?:^|[.!?]\s)\s*(?:He|She)\b[^.!?\n]*[.!]|\?)\s*$")


_LONGEST_BEAT = 300
"""Characters before a quotation in which the sentence that leads to it is looked for."""


def _answers(text: str, paragraph: Span, run: Sequence[Quote]) -> bool:
    """Does a question or a word on him or her lead to the quotation, as interviews do? "Was it cold? She shrugs. '…'"."""
    return _BEAT.search(text[max(paragraph[0], run[0].start - _LONGEST_BEAT) : run[0].start]) is not None


def _is_sentence(text: str, paragraph: Span, run: Sequence[Quote]) -> bool:
    """Does the run begin behind a full stop and end in one?"""
    before = text[paragraph[0] : run[0].start].rstrip().rstrip("\"”'’")
    inner = text[run[-1].start : run[-1].end].rstrip("\"”'’“»`")
    return (not before or before[-1] in ".!?…:") and inner[-1:] in (".", "!", "?", "…")
