"""Which words stand in quotation marks: a small state machine that starts afresh in every paragraph.

Curly marks have a direction and straight ones alternate, both corrected by what stands around them; an unclosed
quotation ends with its paragraph, so one lost mark never turns the rest of the article inside out. Doubled single
marks (''…'' and ``…''), low marks („…“) and guillemets count as double marks. Single marks count outside double
ones only, and only where a closing mark can be told from an apostrophe.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from rag.domain import Span

_MARK = re.compile(r"''|``|[\"“”„«»″'‘’`]")
_CURLY = re.compile(r"[“”]")
_SINGLE = re.compile(r"['’‘]")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_CLIPPED = re.compile(r"['‘’](?:\d0s|em|til|till|cause|n|tis|twas|bout|round|nother)\b", re.IGNORECASE)
_LONGEST_SINGLE = 1500
"""Characters that a closing single mark is searched for; keeps the search linear."""

_LONGEST_INNER = 200
"""Characters of a quotation in double marks within one in double marks."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks, the marks included."""

    start: int
    end: int
    closed: bool
    """False: it runs to the end of its paragraph without a closing mark."""
    single: bool
    words: int

    @property
    def span(self) -> Span:
        return (self.start, self.end)


def paragraphs(text: str) -> list[Span]:
    """Offsets of the paragraphs that hold more than white space; a line that goes on in lower case joins the one above."""
    found: list[Span] = []
    for match in _PARAGRAPH.finditer(text):
        stripped = match.group().strip()
        if not stripped:
            continue
        start = match.start() + match.group().index(stripped)
        end = start + len(stripped)
        if found and stripped[0].islower() and start - found[-1][1] <= 2 and text[found[-1][1] - 1] not in '.!?"”':
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def count_words(text: str) -> int:
    """How many words `text` holds; an apostrophe joins."""
    return sum(1 for _ in _WORD.finditer(text))


def find_quotes(text: str, paragraph: Span) -> list[Quote]:
    """The quotations of one paragraph in reading order, without overlaps."""
    start, end = paragraph
    quotes: list[Quote] = []
    opened: int | None = None
    position = start
    while match := _MARK.search(text, position, end):
        at, mark, position = match.start(), match.group(), match.end()
        if mark == "''" and text[at : at + 3] == "'''" and opened is not None and at + 3 <= end:
            at, position = at + 1, position + 1  # a single mark closes inside, then the doubled one
        if mark in ("'", "‘", "’", "`"):
            if opened is None and (close := _single_close(text, at, start, end)):
                quotes.append(_quote(text, at, close, True, True))
                position = close
            continue
        before = _plain(text[at - 1]) if at > start else " "
        after = _plain(text[position]) if position < end else " "
        if opened is None:
            if _opens(mark, before, after):
                opened = at
        elif mark == "“" and text[opened] == "“" and (inner := _nested_end(text, position, end)):
            position = inner
        elif _closes(mark, before, after):
            quotes.append(_quote(text, opened, position, True, False))
            opened = None
        elif before.isspace() and _ends_sentence(text, opened, at):
            quotes.append(_quote(text, opened, at, False, False))  # a lost closing mark
            opened = at
    if opened is not None:
        quotes.append(_quote(text, opened, end, False, False))
    return quotes


def _nested_end(text: str, start: int, end: int) -> int | None:
    """Behind the mark that closes a quotation within one, if the outer is closed too before another opens."""
    first = _CURLY.search(text, start, min(end, start + _LONGEST_INNER))
    second = _CURLY.search(text, first.end(), min(end, first.end() + _LONGEST_SINGLE)) if first else None
    return first.end() if first and second and first.group() == second.group() == "”" else None


def _plain(character: str) -> str:
    """The character, or a space for an invisible one (direction marks, zero-width space, soft hyphen)."""
    return " " if category(character) == "Cf" else character


def _quote(text: str, start: int, end: int, closed: bool, single: bool) -> Quote:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quote(start, end, closed, single, count_words(text[start:end]))


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in "“„«" or mark == "``":
        return True
    if mark == "»":
        return False
    if before.isdigit() and not after.isalnum():
        return False  # inches
    if mark == "”":
        return before.isspace() and not after.isspace()
    return not (before.isalnum() or before in ".,!?;") or (after.isalnum() and not before.isalnum())


def _closes(mark: str, before: str, after: str) -> bool:
    if mark in "”»":
        return True
    if mark in "“„«" or mark == "``":
        return mark == "“" and not before.isspace() and not after.isalnum()
    return not before.isspace() or not after.isalnum()


def _ends_sentence(text: str, start: int, at: int) -> bool:
    said = text[max(start, at - 20) : at].rstrip()
    return bool(said) and said[-1] in ".!?,…"


def _single_close(text: str, at: int, start: int, end: int) -> int | None:
    """Where the quotation that a single mark at `at` opens is closed (end exclusive), or None: it is an apostrophe."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if not (before.isspace() or before in "([—–-:/") or after.isspace() or _CLIPPED.match(text, at):
        return None
    if text[at] == "’" and not before.isspace():
        return None
    candidates = list(_closers(text, at + 1, min(end, at + _LONGEST_SINGLE)))
    for place, sure in candidates:
        if sure or len(candidates) == 1:
            return place + 1
    return candidates[0][0] + 1 if candidates else None


def _closers(text: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Marks after `start` that can close a single quotation, each with: it cannot be a plural's apostrophe."""
    found: list[tuple[int, bool]] = []
    for match in _SINGLE.finditer(text, start, end):
        at = match.start()
        before, after = text[at - 1], text[at + 1] if at + 1 < len(text) else " "
        if before.isspace() and not after.isspace():
            if _CLIPPED.match(text, at):
                continue
            break  # the next quotation opens
        if before.isspace() or after.isalnum():
            continue
        sure = before in ".,!?…;—" or after in ".,!?;:)" or before not in "sS" or at + 1 >= end
        found.append((at, sure))
        if sure:
            break
    return found


def quote_at(quotes: Sequence[Quote], at: int) -> Quote | None:
    """The quotation that the character at `at` stands in, of quotations in reading order."""
    i = bisect_right(quotes, at, key=lambda quote: quote.start) - 1
    return quotes[i] if i >= 0 and at < quotes[i].end else None
