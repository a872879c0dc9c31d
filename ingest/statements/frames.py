"""One reporting verb at a time: who its source is, and which words beside it are the content."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.statements.clauses import children, noun_phrase, subject_of
from ingest.statements.cues import VERBS, Verb
from ingest.statements.quotes import Quote, quote_at
from rag.domain import Kind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed paragraph: its place in the text, its tree, its quotations, its sentences."""

    text: str
    start: int
    end: int
    doc: Doc
    quotes: tuple[Quote, ...]
    sentences: tuple[Span, ...]

    def at(self, token: Token) -> int:
        return self.start + token.idx

    def till(self, token: Token) -> int:
        return self.start + token.idx + len(token.text)

    def span(self, first: int, last: int) -> Span:
        """Characters of the tokens first to last (exclusive)."""
        return self.at(self.doc[first]), self.till(self.doc[last - 1])

    def sentence(self, at: int) -> Span:
        i = bisect_right(self.sentences, at, key=lambda span: span[0]) - 1
        return self.sentences[max(i, 0)]

    def quoted(self, at: int) -> Quote | None:
        return quote_at(self.quotes, at)


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with what belongs to it, before frames are weighed against each other."""

    spans: tuple[Span, ...]
    source: Span | None
    cue: Span
    kind: Kind
    negated: bool
    pattern: str
    verb: str = ""
    reach: Span = (0, 0)
    """From the first to the last character of source and cue with their modifiers."""


def sentences(doc: Doc, start: int, quotes: tuple[Quote, ...]) -> tuple[Span, ...]:
    """The parser's sentences, joined where a bound falls inside a quotation or before a lower-case word."""
    found: list[Span] = []
    for sent in doc.sents:
        first, last = start + sent.start_char, start + sent.end_char
        word = sent.text.lstrip()
        if found and word:
            quote = quote_at(quotes, first)
            inside = quote is not None and quote.start < first
            if inside or word[0].islower() or not any(c.isalnum() for c in word):
                found[-1] = (found[-1][0], last)
                continue
        found.append((first, last))
    return tuple(found) or ((start, start + len(doc.text)),)


_LEADING = re.compile(r"[\s,:;–—-]+")
_TRAILING = " \t\xa0,;:–—-"


def trim(text: str, span: Span) -> Span | None:
    """`span` without white space and separators at its ends; None where no word is left."""
    start, end = span
    if match := _LEADING.match(text, start, end):
        start = match.end()
    while end > start and (text[end - 1] in _TRAILING or text[end - 1].isspace()):
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def verb_frames(page: Page) -> list[Frame]:
    """A frame for every reporting verb of the page that has content, in reading order."""
    found = []
    for token in page.doc:
        verb = VERBS.get(token.lower_)
        if verb is None or page.quoted(page.at(token)):
            continue
        if not token.tag_.startswith("VB") and token.pos_ != "VERB":
            continue
        frame = verb_frame(page, token, verb)
        if frame is not None:
            found.append(frame)
    return found


_CLAUSES = ("ccomp", "xcomp", "parataxis", "advcl", "conj", "dobj", "acl", "oprd", "acomp", "attr")


@dataclass
class Group:
    """The words around a verb which are not its content."""

    source: Token | None
    subject: Token | None  # its own, standing beside it
    start: int
    end: int
    parts: list[Token] = field(default_factory=list)


def verb_frame(page: Page, token: Token, verb: Verb) -> Frame | None:
    subject = next(iter(children(token, "nsubj", "nsubjpass", "csubj")), None)
    source = subject if subject is not None else subject_of(token)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children)
    agent = next((g for c in children(token, "agent") for g in children(c, "pobj")), None)
    if passive or agent is not None:
        source = agent
    spans, pattern = content(page, token, verb, subject, passive)
    if not spans:
        return None
    source_span = page.span(*noun_phrase(source)) if source is not None else None
    cue = (page.at(token), page.till(token))
    negated = any(c.dep_ == "neg" for c in token.children)
    return Frame(tuple(spans), source_span, cue, verb.kind, negated, pattern, verb.lemma, cue)


def content(page: Page, token: Token, verb: Verb, subject: Token | None, passive: bool) -> tuple[list[Span], str]:
    shapes = verb.shapes
    core_start = min(page.at(token), *(page.at(c.left_edge) for c in token.lefts if c.dep_ in ("aux", "auxpass", "neg", "nsubj", "nsubjpass")), page.at(token))
    if shapes & {"clause", "told", "asked", "infinitive"}:
        right = right_clause(page, token, verb)
        left = left_content(page, token, core_start, subject, right)
        if left:
            more = rest_after(page, token, left) if not right else right
            return left + more, "postposed"
        if right:
            return right, "clause"
        if after := right_quote(page, token):
            return after, "quote after"
        if rest := fallback(page, token, verb, subject):
            return rest, "rest"
    if shapes & {"object", "label"}:
        if spans := object_content(page, token, verb, passive):
            return spans, "object"
    for preposition in children(token, "prep"):
        if preposition.lower_ in verb.about:
            inner = children(preposition, "pobj", "pcomp")
            if inner:
                return [widen(page, page.span(inner[0].left_edge.i, token.right_edge.i + 1 if 0 else inner[0].right_edge.i + 1))], "about"
    return [], ""


def widen(page: Page, span: Span) -> Span:
    """`span` stretched over the quotations that it cuts."""
    start, end = span
    first, last = page.quoted(start), page.quoted(max(start, end - 1))
    if first is not None:
        start = min(start, first.start)
    if last is not None:
        end = max(end, last.end)
    after = page.quoted(end)
    return start, max(end, start)


def right_clause(page: Page, token: Token, verb: Verb) -> list[Span]:
    for child in token.rights:
        dep = child.dep_
        if dep == "ccomp" or (dep == "xcomp" and verb.shapes & {"infinitive", "asked", "told"}) or (
            dep == "xcomp" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        ):
            start = child.left_edge.i
            end = child.right_edge.i
            if start <= token.i:
                start = token.i + 1
            if "asked" in verb.shapes:
                for obj in children(token, "dobj", "dative"):
                    if token.i < obj.i < start and dep == "xcomp":
                        start = obj.left_edge.i
            s = trim(page.text, widen(page, page.span(start, end + 1)))
            return [s] if s else []
    return []


def left_content(page: Page, token: Token, core_start: int, subject: Token | None, right: list[Span]) -> list[Span]:
    text = page.text
    before = core_start
    while before > page.start and text[before - 1].isspace():
        before -= 1
    if before <= page.start:
        return []
    sentence = page.sentence(core_start)
    mark = text[before - 1]
    quote = page.quoted(before - 1) or (page.quoted(before - 2) if mark == "," else None)
    if quote is not None and quote.end >= before - 1 and quote.words >= 1:
        inner = text[quote.start : quote.end].rstrip("\"”'’“»`")
        ends = inner[-1:] in ",?!—–-.…" or mark == ","
        if ends and not (right and inner[-1:] not in ",?!" and mark != ","):
            start = quote.start
            if sentence[0] < quote.start and mixed_start(page, sentence[0], quote):
                start = sentence[0]
            if s := trim(text, (start, quote.end)):
                return [s]
    if right or mark not in ",—–":
        return []
    lefts = [c for c in token.lefts if c.dep_ in ("ccomp", "parataxis", "advcl") and c.dep_ != "advcl"]
    inside = token.dep_ in ("parataxis", "ccomp", "dep") and token.head.i < token.i
    if lefts or inside or token.dep_ == "ROOT":
        start = sentence[0] if sentence[0] < before else page.start
        if not lefts and not inside and not has_finite(page, start, before):
            return []
        if s := trim(text, widen(page, (start, before))):
            return [s]
    return []


def mixed_start(page: Page, start: int, quote: Quote) -> bool:
    """Does the sentence that begins at `start` run on into the quotation?"""
    gap = page.text[start : quote.start].rstrip()
    return bool(gap) and gap[-1] not in ".!?:" and any(c.isalpha() for c in gap)


def has_finite(page: Page, start: int, end: int) -> bool:
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in page.doc if start <= page.at(t) < end)


def rest_after(page: Page, token: Token, left: list[Span]) -> list[Span]:
    """What goes on after a parenthetical cue: the rest of the sentence, or the next quotation beside it."""
    text = page.text
    mine = [t for t in token.subtree if t.i > token.i and page.at(t) >= left[-1][1]]
    end_token = token
    for t in mine:
        if t.i == end_token.i + 1 and not page.quoted(page.at(t)):
            end_token = t
    end = page.till(end_token)
    sentence = page.sentence(page.at(token))
    i = end
    while i < page.end and (text[i].isspace() or text[i] in ",.:;—–"):
        i += 1
    gap = text[end:i]
    quote = page.quoted(i) if i < page.end else None
    if quote is not None and quote.start == i:
        return [quote.span]
    if "," in gap and i < sentence[1] and text[end_token.idx + page.start + len(end_token.text) - 1] != ".":
        if s := trim(text, widen(page, (i, sentence[1]))):
            return [s]
    return []


def right_quote(page: Page, token: Token) -> list[Span]:
    """The quotation that follows the cue in its sentence or behind a colon."""
    text = page.text
    sentence = page.sentence(page.at(token))
    end = page.till(token)
    for quote in page.quotes:
        if quote.start >= end:
            gap = text[end : quote.start]
            if quote.start < sentence[1] or gap.rstrip().endswith(":"):
                if len(gap) < 150 and (gap.rstrip()[-1:] in ",:" or len(gap.split()) <= 6):
                    return [quote.span]
            return []
    return []


def fallback(page: Page, token: Token, verb: Verb, subject: Token | None) -> list[Span]:
    if subject is None or "clause" not in verb.shapes:
        return []
    sentence = page.sentence(page.at(token))
    start = page.till(token)
    for child in token.rights:
        if child.dep_ in ("npadvmod", "prep", "advmod", "dobj", "dative") and verb.lemma in ("say", "tell") and child.dep_ not in ("dobj",):
            start = max(start, page.till(child.right_edge))
    if not has_finite(page, start, sentence[1]):
        return []
    s = trim(page.text, widen(page, (start, sentence[1])))
    return [s] if s else []


def object_content(page: Page, token: Token, verb: Verb, passive: bool) -> list[Span]:
    rights = [c for c in token.rights if c.dep_ in ("dobj", "ccomp", "xcomp", "oprd")]
    if not rights:
        return []
    first = rights[0]
    last = first
    for c in token.rights:
        if c.i > first.i and c.dep_ in ("prep", "oprd", "xcomp", "ccomp", "advcl", "acomp"):
            if c.dep_ == "prep" and c.lower_ not in ("as", "for", "of", "over", "to", "about"):
                break
            last = c
    s = trim(page.text, widen(page, page.span(first.left_edge.i, last.right_edge.i + 1)))
    return [s] if s else []
