"""Word for word: what counts as the same words, where a text holds them, and what differs. Pure functions.

Two texts have the same words when they differ in nothing but typography: marks of quotation, dashes, spaces,
ellipsis marks, capital letters and punctuation. Every word, number, sign of a number (-5, 5%, $5) and negation counts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from rag.domain import Span
from rag.turning import CUT_NEGATORS

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_APOSTROPHE = "'’‘ʼ`´"
_LETTERS = rf"[^\W_]+(?:[\u0300-\u036f{_INVISIBLE}]+[^\W_]*)*"
_WORD = re.compile(
    rf"(?<![^\W_])\[[^\W\d_]\]{_LETTERS}(?:[{_APOSTROPHE}]{_LETTERS})*"  # "[T]he" for "the"
    r"|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"  # initials: "U.S." and "US" are one word
    r"|(?<![\w.,])[.]\d+"  # .5
    rf"|{_LETTERS}(?:[{_APOSTROPHE}]{_LETTERS})*(?:(?<=\d)[.,]\d+)*"
    r"|(?<![^\s(\[“\"‘'])[-−–](?=[$£€¥]?\.?\d)"  # a minus, no dash
    r"|(?<=\d)[/:](?=\d)"
    r"|[%‰$£€¥¢₹°&+=<>±×÷]"
)
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.{2,}|\.(?: \.)+)\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,}|\.(?: \.){2,}")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHE, "'") | dict.fromkeys("−–", "-") | _LIGATURES)
_DROPPED = re.compile(rf"[{_INVISIBLE}\[\]]")
_SIC = re.compile(r"[\[(](sic)!?[\])]", re.IGNORECASE)
_EDITED = re.compile(r"\[[^\[\]\n]+\]")
_ENDS = re.compile(r"[.!?…]")
_PARTS = re.compile(r"[.!?…\"“”„«»\n]")
_ABOUT = 4  # words that a changed beginning or end may be longer in the article


@dataclass(frozen=True)
class Wording:
    """A text as words that can be compared, each with where it stands."""

    text: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    elided: frozenset[int]
    """Numbers of the words before which the text has an ellipsis mark."""

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Word → where it stands, as numbers of words in rising order."""
        found: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            found.setdefault(word, []).append(i)
        return found

    @cached_property
    def edited(self) -> Mapping[int, Span]:
        """Word that an editor put in, or in place of another, → the characters of its brackets: "[the council] lost it", not
        "[T]he council"."""
        found = [m.span() for m in _EDITED.finditer(self.text)]
        return {i: span for span in found for i in range(*self.within(span))}

    @cached_property
    def starts(self) -> list[int]:
        return [a for a, _ in self.spans]

    @cached_property
    def ends(self) -> list[int]:
        return [b for _, b in self.spans]

    def within(self, span: Span) -> tuple[int, int]:
        """The words that lie wholly in these characters, as numbers (first, end exclusive)."""
        first = bisect_left(self.starts, span[0])
        return first, max(first, bisect_right(self.ends, span[1]))

    def span(self, first: int, end: int) -> Span:
        """The characters of the words from `first` to `end` (exclusive)."""
        return (self.spans[first][0], self.spans[end - 1][1])

    def shown(self, first: int, end: int) -> str:
        """The words as the text writes them, white space apart; "" for none."""
        return " ".join(self.text[slice(*self.span(first, end))].split()) if first < end else ""

    def ends_sentence(self, i: int) -> bool:
        """Whether a sentence may end between word i and the next one."""
        return _ENDS.search(self.text, *self.between(i)) is not None

    def parts(self, i: int) -> bool:
        """Whether a sentence or a quotation may end or begin there."""
        return _PARTS.search(self.text, *self.between(i)) is not None

    def between(self, i: int) -> Span:
        """The characters between word i and the next one."""
        return self.spans[i][1], self.spans[i + 1][0] if i + 1 < len(self.spans) else len(self.text)


@lru_cache(maxsize=256)
def wording(text: str) -> Wording:
    """The words of a text. "don’t" and "10,000" are one word each; a hyphen parts words, as a dash does."""
    aside = {m.start(1) for m in _SIC.finditer(text)}
    matches = [m for m in _WORD.finditer(text) if m.start() not in aside]
    starts = [m.start() for m in matches]
    elided = frozenset(bisect_left(starts, m.end()) for m in _ELLIPSIS.finditer(text))
    return Wording(text, tuple(_plain(m.group()) for m in matches), tuple(m.span() for m in matches), elided)


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    word = unicodedata.normalize("NFC", _DROPPED.sub("", word)).translate(_PLAIN).lower()
    if _THOUSANDS.match(word):
        return word.replace(",", "")
    return word.replace(".", "") if word[0].isalpha() and word[-1].isalpha() and "." in word else word


def negates(word: str) -> bool:
    """Whether the (plain) word turns a sentence round."""
    return word in CUT_NEGATORS or word.endswith("n't")


@dataclass(frozen=True)
class Joints:
    """Where a reader may pass over words of an article without altering a quotation, and where not; by word numbers."""

    skips: Mapping[int, int]
    """Last word of one piece of a split quotation → first word of the next (“…,” she said, “…”)."""
    reach: Sequence[int]
    """Word → the end (exclusive) of the words that a marked ellipsis after it may lead to."""
    breaks: frozenset[int]
    """Words after which somebody else's quotation begins: nothing runs on across them."""


Piece = tuple[int, int]
"""Numbers of words of the article (first, end exclusive) that stand together."""


def find(asked: Wording, article: Wording, joints: Joints) -> list[tuple[Piece, ...]]:
    """Every place where the article has all the asked words, in order and with nothing between them but what `joints`
    lets pass; each as the pieces found, in order of their beginning.

    Follows all beginnings side by side, as a finite automaton is run on its input; no backtracking.
    """
    if not asked.words:
        return []
    states: list[dict[int, int]] = [dict.fromkeys(article.places.get(asked.words[0], ()), -1)]
    for n, word in enumerate(asked.words[1:], 1):
        states.append(_step(states[-1], word, n in asked.elided, article, joints))
        if not states[-1]:
            return []
    found: dict[int, tuple[Piece, ...]] = {}
    for last in states[-1]:
        way = [last]
        for state in reversed(states[1:]):
            way.append(state[way[-1]])
        pieces = _pieces(way[::-1])
        start = pieces[0][0]
        if start not in found or pieces[-1][1] < found[start][-1][1]:
            found[start] = pieces
    return [found[start] for start in sorted(found)]


def _step(state: Mapping[int, int], word: str, elided: bool, article: Wording, joints: Joints) -> dict[int, int]:
    """The places of `word` that can be reached, each with the place before it (the nearest one)."""
    found: dict[int, int] = {}
    for at in state:
        onward = [at + 1] if at not in joints.breaks else []
        if at in joints.skips:
            onward.append(joints.skips[at])
        for to in onward:
            if to < len(article) and article.words[to] == word:
                found[to] = max(at, found.get(to, -1))
        if elided:
            places = article.places.get(word, [])
            for to in places[bisect_left(places, at + 2) : bisect_left(places, joints.reach[at])]:
                own = at + 1 in article.elided or to in article.elided  # the mark is the article's own
                if not own and not turns(article, at, to):
                    found[to] = max(at, found.get(to, -1))
    return found


def turns(article: Wording, before: int, after: int) -> bool:
    """Whether leaving out the words between two others takes a negation from a sentence that is partly kept."""
    head = before + 1
    while head < after and not article.ends_sentence(head - 1):
        if negates(article.words[head]):
            return True
        head += 1
    tail = after - 1
    while tail > before and not article.ends_sentence(tail):
        if negates(article.words[tail]):
            return True
        tail -= 1
    return False


_PASSABLE = frozenset(
    """that a an the any it he she they we i you there to be been have has had was were really just even ever yet
    think thinks thought believe believes believed say says said mean means meant know knows knew known feel feels felt
    expect expects expected suggest suggests suggested claim claims claimed argue argues argued agree agrees agreed accept
    accepts accepted want wants wanted assume assumes assumed promise promises promised hear heard told""".split()
)


def denied(article: Wording, first: int) -> Piece | None:
    """The negation that a quotation beginning with word `first` leaves out and that turns its beginning round, with the
    words between: "not" before "safe", "don’t think that" before "it is safe"; None where there is none."""
    at = first
    while at > 0 and article.text[slice(*article.between(at - 1))].isspace():
        at -= 1
        word = article.words[at]
        if negates(word):
            return (at, first)
        if word not in _PASSABLE:
            return None
    return None


def _pieces(way: Sequence[int]) -> tuple[Piece, ...]:
    pieces = [(way[0], way[0] + 1)]
    for at in way[1:]:
        if at == pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], at + 1)
        else:
            pieces.append((at, at + 1))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The place of an article that comes nearest to the asked words."""

    first: int
    end: int
    """Numbers of the article's words, end exclusive."""
    matched: tuple[int, ...]
    """Numbers of the asked words that stand there, in the same order."""
    differences: tuple[tuple[Piece, Piece], ...]
    """(asked words, article's words) of each change, as numbers; either may be empty."""


def nearness(asked: Wording, article: Wording) -> tuple[float, int, int]:
    """(likeness 0 to 100, first, end) of the stretch of the article that is most like the asked words.

    The likeness is rapidfuzz's partial ratio over words: 100 * 2 * common / (asked + stretch), for the best stretch of
    the length of the shorter text.
    """
    if not asked.words or not article.words:
        return 0.0, 0, 0
    best = fuzz.partial_ratio_alignment(asked.words, article.words)
    return (best.score, best.dest_start, best.dest_end) if best else (0.0, 0, 0)


def nearest(asked: Wording, article: Wording, around: Piece) -> Nearest | None:
    """Asked and article's words aligned about a stretch of the article; None where they share no word."""
    room = len(asked) // 2 + 4
    low, high = max(0, around[0] - room), min(len(article), around[1] + room)
    blocks = _blocks(asked.words, article.words[low:high])
    if not blocks:
        return None
    before, after = blocks[0][0], len(asked) - blocks[-1][0] - blocks[-1][2]
    first = _sentence_start(article, low + blocks[0][1], before) if before else low + blocks[0][1]
    end = low + blocks[-1][1] + blocks[-1][2]
    end = _sentence_end(article, end, after) if after else end
    differences: list[tuple[Piece, Piece]] = []
    a, b = 0, first
    for i, j, size in [*blocks, (len(asked), end - low, 0)]:
        if (a, b) != (i, low + j):
            differences.append(((a, i), (b, low + j)))
        a, b = i + size, low + j + size
    return Nearest(first, end, tuple(n for i, _, size in blocks for n in range(i, i + size)), tuple(differences))


def _sentence_start(article: Wording, at: int, words: int) -> int:
    """Where the sentence or quotation of word `at` begins, if it is about `words` away; else so many words away."""
    for i in range(at, max(0, at - words - _ABOUT) - 1, -1):
        if i == 0 or article.parts(i - 1):
            return i
    return max(0, at - words)


def _sentence_end(article: Wording, at: int, words: int) -> int:
    """The same for the end (exclusive) of the sentence of the word before `at`."""
    for i in range(at, min(len(article), at + words + _ABOUT) + 1):
        if i == len(article) or article.parts(i - 1):
            return i
    return min(len(article), at + words)


def _blocks(asked: Sequence[str], words: Sequence[str]) -> list[tuple[int, int, int]]:
    """(place in asked, place in words, length) of what both have in the same order (Ratcliff and Obershelp 1988)."""
    matcher = SequenceMatcher(None, asked, words, autojunk=False)
    return [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]


def pieces(asked: Wording, article: Wording, least: int = 3) -> list[tuple[int, int, int]]:
    """The asked words cut into the longest runs that the article has: (number in asked, in article, length), in the
    order asked; words in runs shorter than `least` are left out. Greedy from the left."""
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(asked):
        size, place = max(
            ((_run(asked, article, at, p), -p) for p in article.places.get(asked.words[at], ())), default=(0, 0)
        )
        if size >= least:
            found.append((at, -place, size))
        at += size if size >= least else 1
    return found


def _run(asked: Wording, article: Wording, a: int, b: int) -> int:
    size = 0
    while a + size < len(asked) and b + size < len(article) and asked.words[a + size] == article.words[b + size]:
        size += 1
    return size
