"""English text as data: paragraphs, sentences, words, stems. Pure functions; every span counts characters."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import combining, normalize

import sentencex
import Stemmer

from rag.domain import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[.,]\d+)*")
_PARAGRAPH = re.compile(r"[^\n]+")

STOPWORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing down during each few for from further had has have having he her here hers herself
    him himself his how i if in into is it its itself just me more most my myself no nor not now of off on once only
    or other our ours ourselves out over own same she should so some such than that the their theirs them themselves
    then there these they this those through to too under until up us very was we were what when where which while who
    whom whose why will with would you your yours yourself yourselves""".split()
)

_ENDINGS = frozenset(["", *"s d m re ve ll".split()])  # of contractions: "he'd", not "Be'eri"
_stemmers = threading.local()  # a Snowball stemmer must not be shared between threads


def fold(text: str) -> str:
    """The same text with typographic variants made alike, character for character (offsets stay)."""
    if text.isascii():
        return text.replace("`", "'")
    for variant, plain in _FOLD.items():  # forty times faster on a whole article than `str.translate`
        text = text.replace(variant, plain)
    return text


# "İ" is the one letter that is two in lower case, where offsets would move.
_FOLD = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "ʼ": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "İ": "I", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip


def unaccented(text: str) -> str:
    """The text with its letters as they are typed without accents: "Ürdağ" as "Urdag", "Søla" as "Sola". To compare
    with; offsets don't stay."""
    return text if text.isascii() else _FOREIGN.sub(lambda match: _typed(match[0]), text)


@lru_cache(maxsize=4096)
def _typed(letter: str) -> str:
    return _PLAIN.get(letter) or "".join(c for c in normalize("NFKD", letter) if not combining(c))


_FOREIGN = re.compile(r"[^\W\d_\x00-\x7f]|[\u0300-\u036f]")
_PLAIN = {
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "ß": "ss", "ẞ": "SS",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th",
}  # fmt: skip
"""Letters that Unicode doesn't take apart."""


def paragraphs(text: str) -> list[Span]:
    """Spans of the lines that hold something, without the white space around them."""
    return [span for m in _PARAGRAPH.finditer(text) if (span := _trim(text, m.start(), m.end()))]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in text[start:end]; none crosses a line break."""
    found: list[Span] = []
    for a, b in paragraphs(text[start:end]):
        at = start + a
        for piece in sentencex.segment("en", text[at : start + b]):
            if span := _trim(text, at, at + len(piece)):
                found.append(span)
            at += len(piece)
    return found


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def words(text: str) -> Iterator[tuple[str, Span]]:
    """Lower-case words with their spans; "10,000" and "don't" are one word each."""
    for m in _WORD.finditer(text):
        yield fold(m.group()).lower(), m.span()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Snowball's English stem of one lower-case word (the stemmer of the word index, too)."""
    if not hasattr(_stemmers, "english"):
        _stemmers.english = Stemmer.Stemmer("english")
    return str(_stemmers.english.stemWord(word.removesuffix("'s")))


def terms(text: str) -> list[str]:
    """Stems of the content words without accents, in order, repeats kept."""
    # all words at once: a third faster than one by one
    found = fold("\n".join(_WORD.findall(unaccented(text)))).lower().split("\n")
    return [term for term in map(_term, found) if term]


@lru_cache(maxsize=100_000)
def _term(word: str) -> str:
    """The stem of a folded, lower-case word; "" for a stop word."""
    return "" if not word or is_stopword(word) else stem(word)


def is_stopword(word: str) -> bool:
    """Whether a folded, lower-case word tells nothing of a topic: "the", "he'd", "didn't"."""
    before, _, after = word.partition("'")
    return (before in STOPWORDS and after in _ENDINGS) or word.endswith("n't")


def clip(text: str, length: int) -> str:
    """At most `length` characters, cut at a word, with an ellipsis where something was cut."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def capital_first(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def capital_runs(text: str) -> list[str]:
    """Words with capital letters that stand side by side, without a possessive ending: as a rule names."""
    runs = re.findall(r"\b[A-Z][\w’'&-]*\w(?: [A-Z][\w’'&-]*\w)*", text)
    return [re.sub(r"['’]s?$", "", run) for run in runs]
