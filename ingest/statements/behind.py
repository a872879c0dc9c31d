"""Content behind the cue: a clause, a quotation, or the rest of the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.statements.clauses import children
from ingest.statements.clip import clip
from ingest.statements.cues import OBJECTS_TOO, VERBS
from ingest.statements.objects import object_content
from ingest.statements.page import FINITE, Page, ends_sentence
from ingest.statements.reporting import Cue
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def right_clause(cue: Cue) -> list[Span]:
    """The complement clause or infinitive behind the verb."""
    page = cue.page
    for child in cue.token.rights:
        infinitive = child.dep_ == "xcomp" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if child.dep_ != "ccomp" and not infinitive:
            continue
        start = page.at(page.doc[_first(cue, child, infinitive)])
        if not cue.verb.shapes & {"told", "asked"} and not infinitive:
            start = min(start, _behind_cue(cue, start))
        span = page.trim(page.widen((start, clip(cue, start, clause_end(cue, child)))))
        return [span] if span else []
    return []


def _first(cue: Cue, clause: Token, infinitive: bool) -> int:
    """The first token of a complement: "said if it rained …" and "asked the mayor to …" begin before the clause."""
    first = max(clause.left_edge.i, cue.token.i + 1)
    asked = infinitive and "asked" in cue.verb.shapes
    for other in cue.token.rights:
        if other.i >= clause.i:
            break
        opens = other.dep_ == "advcl" and other.left_edge.i == cue.token.i + 1
        if opens or (asked and other.dep_ in ("dobj", "dative")):
            first = min(first, other.left_edge.i)
    return first


_NOMINAL = ("DT", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "JJ", "CD", "EX", "PDT", "JJR", "JJS")


def _behind_cue(cue: Cue, start: int) -> int:
    """Where the words behind the cue begin, if they are a noun phrase or a quotation that the parser left out."""
    page = cue.page
    begin = page.skip(cue.tail, " \xa0")
    if begin >= start:
        return start
    token = next(iter(page.tokens(begin, start)), None)
    quote = page.quoted(begin)
    if (quote is not None and quote.start == begin) or (token is not None and token.tag_ in _NOMINAL):
        return begin
    return start


def clause_end(cue: Cue, clause: Token) -> int:
    """Where a complement ends: its own end, and whatever of the verb's goes on after it without a comma."""
    page, token = cue.page, cue.token
    last = clause.right_edge.i
    moved = True
    while moved:
        moved = False
        for child in token.rights:
            if child.left_edge.i == last + 1 and child.dep_ not in ("punct", "cc"):
                last, moved = child.right_edge.i, True
    end = page.widen((page.at(clause), page.till(page.doc[last])))[1]
    after = page.skip(end, " \xa0,")
    if page.quoted(end - 1) and page.text[after : after + 4].lower() in ("and ", "or t"):
        end = page.sentence(page.at(token))[1]
    after = page.skip(end, " \xa0")
    if page.text[after : after + 1] == ":":
        end = page.widen((end, page.skip(after) + 1))[1] if page.quoted(page.skip(after)) else page.sentence(after)[1]
    return end


FURTHEST = 150
"""Characters between a cue and its quotation."""


def quote_after(cue: Cue) -> list[Span]:
    """The quotation that follows the cue: in its sentence, or behind a colon."""
    page = cue.page
    after = page.till(cue.token)
    sentence_end = page.sentence(page.at(cue.token))[1]
    for quote in page.quotes:
        if quote.start < after:
            continue
        gap = page.text[after : quote.start].rstrip()
        adjacent = gap[-1:] in (",", ":", "")
        beyond = quote.start >= sentence_end and not gap.endswith(":")
        beyond = beyond or (_introduced(cue, quote.start) if adjacent else _second_cue(cue, quote.start))
        if beyond or len(gap) > FURTHEST or (not adjacent and "quote" in cue.verb.shapes):
            break
        start = quote.start if adjacent else min(page.skip(cue.tail), quote.start)
        if cue.token.dep_ == "advcl" and cue.token.head.i > cue.token.i:
            sentence_end = min(sentence_end, max(quote.end, page.till(cue.token.right_edge)))
        while (
            not adjacent
            and (word := next(iter(page.tokens(start, quote.start)), None))
            and word.lower_ in cue.verb.about
        ):
            start = page.skip(page.till(word), " \xa0")
        closed = page.text[max(start, quote.end - 4) : quote.end].rstrip("\"”'’“»`").endswith(",")
        whole = closed or (
            adjacent and quote.words > 1 and page.text[quote.start : quote.end].lstrip("\"“'‘`«„")[:1].isupper()
        )
        if whole or ends_sentence(page.text, quote.end) or quote.start >= sentence_end:
            return [(start, quote.end), *run_on(page, quote.span)[1:]]
        span = page.trim(page.widen((start, max(quote.end, clip(cue, start, sentence_end)))))
        return [span] if span else []
    return []


def _second_cue(cue: Cue, end: int) -> bool:
    """Does another reporting verb stand between the cue and `end`?"""
    between = cue.page.tokens(cue.page.till(cue.token), end)
    return any(token.lower_ in VERBS and token.tag_.startswith("VB") for token in between)


def _introduced(cue: Cue, end: int) -> bool:
    """Does another finite reporting verb stand right before `end`? "As the crowd began to chant, she joked, '…'"."""
    between = cue.page.tokens(cue.page.till(cue.token), end)[-3:]
    return any(token.lower_ in VERBS and token.tag_ in FINITE for token in between)


def run_on(page: Page, span: Span) -> list[Span]:
    """`span` and the quotations that follow it with nothing, or only "and", between."""
    spans = [span]
    for quote in page.quotes:
        if quote.start >= spans[-1][1] and page.text[spans[-1][1] : quote.start].strip(" ,\xa0") in ("", "and"):
            spans.append(quote.span)
    return spans


def rest_of_sentence(cue: Cue) -> list[Span]:
    """Where the parser saw no complement: all that follows in the sentence, if it holds a clause."""
    page = cue.page
    if cue.subject is None or "clause" not in cue.verb.shapes or cue.token.tag_ not in FINITE:
        return []
    if children(cue.token, "dobj") and not cue.verb.shapes & {"told", "asked"}:
        return object_content(cue) if cue.verb.lemma in OBJECTS_TOO else []
    following = page.tokens(page.skip(cue.tail), page.end)[:1]
    if not following or (following[0].tag_ in ("IN", "WRB", "TO", "CC") and following[0].lower_ not in ("that", "if")):
        return []
    end = page.sentence(page.at(cue.token))[1]
    if not page.has_clause(cue.tail, end):
        return []
    span = page.trim(page.widen((cue.tail, clip(cue, cue.tail, end))))
    return [span] if span else []
