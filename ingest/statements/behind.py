"""Content behind the cue: a clause, a quotation, or the rest of the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.statements.clauses import FINITE, children, is_finite
from ingest.statements.clip import clip
from ingest.statements.cues import NOUNS, OBJECTS_TOO, VERBS
from ingest.statements.objects import object_content
from ingest.statements.page import Page, ends_sentence
from ingest.statements.quotes import Quote
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
        first = page.doc[_first(cue, child, infinitive)]
        if first.tag_ == "CC" and cue.verb.shapes & {"object", "clause"} and page.at(first) > page.till(cue.token) + 1:
            continue  # "The review will report in May, and the bill will rise": the parser joined two sentences
        start = page.at(first)
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
    end = _to_quotation(cue, end)
    after = page.skip(end, " \xa0")
    if page.text[after : after + 1] == ":":
        end = page.widen((end, page.skip(after) + 1))[1] if page.quoted(page.skip(after)) else page.sentence(after)[1]
    return end


def _to_quotation(cue: Cue, end: int) -> int:
    """On to the end of the quotations that "and", "but" or a comma leads to, where nobody else is said to speak.

    "He said he had an offer, but 'I would never go.'" Reporters quote whom they are reporting.
    """
    page = cue.page
    stop = page.sentence(page.at(cue.token))[1]
    if not is_finite(cue.token) and cue.token.head.i > cue.token.i:
        return end  # "Asked whether it was safe, the mayor was blunt: '…'"
    for quote in page.quotes:
        if quote.start < end or quote.start >= stop:
            continue
        between = page.tokens(end, quote.start)
        joined = page.text[page.skip(end, "\"”'’ \xa0") :][:6].lower()
        if not joined.startswith((",", "and ", "but ", "or ", "while ", "because ")):
            break
        if len(between) > _JOINING or any(
            token.lower_ in VERBS or token.text in (";", ":", "—", "–") for token in between
        ):
            break
        if any(token.lower_ in VERBS for token in page.tokens(quote.end, stop)[:6]):
            break
        end = quote.end
    return end


_JOINING = 20
"""Words between a clause and a quotation that goes on with it."""


def _leads(page: Page, start: int, end: int) -> bool:
    """Whether the words before a colon, in a sentence of their own, only lead on: they say nothing that somebody did."""
    return not any(token.tag_ in FINITE for token in page.tokens(start, end))


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
        beyond = quote.start >= sentence_end and not (gap.endswith(":") and _leads(page, sentence_end, quote.start))
        beyond = beyond or (_introduced(cue, quote.start) if adjacent else _second_cue(cue, quote.start))
        if not adjacent and own_cue(page, quote):
            break
        if beyond or len(gap) > FURTHEST or (not adjacent and "quote" in cue.verb.shapes):
            break
        start = quote.start if adjacent else min(page.skip(cue.tail), quote.start)
        that = (t for t in page.tokens(after, quote.start) if t.lower_ == "that" and t.tag_ == "IN")
        opening = next(that, None)
        if not adjacent and opening is not None and page.skip(page.till(opening), " \xa0") < quote.start:
            start = min(start, page.at(opening))  # "said in a letter that the pier was 'a danger'"
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


def own_cue(page: Page, quote: Quote) -> bool:
    """Does a quotation that ends in a comma have a cue of its own behind it?"""
    inner = page.text[quote.start : quote.end].rstrip("\"”'’“»`")
    if inner[-1:] != "," and page.text[quote.end : quote.end + 1] != ",":
        return False
    behind = page.tokens(quote.end, page.sentence(quote.start)[1])[: _OWN if inner[-1:] == "," else _CLOSE]
    return any(token.lower_ in VERBS and token.tag_ in FINITE for token in behind)


_OWN, _CLOSE = 12, 4
"""Words behind a quotation in which its own cue is looked for: where the comma stands inside the marks, and outside."""


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
    if cue.subject is None or not cue.verb.shapes & {"clause", "told"} or not is_finite(cue.token):
        return []
    if children(cue.token, "dobj") and not cue.verb.shapes & {"told", "asked"}:
        return object_content(cue) if cue.verb.lemma in OBJECTS_TOO else []
    if that := _that_clause(cue):
        return that
    following = page.tokens(page.skip(cue.tail), page.end)[:1]
    if not following or (following[0].tag_ in ("IN", "WRB", "TO", "CC") and following[0].lower_ not in ("that", "if")):
        return []
    end = page.sentence(page.at(cue.token))[1]
    if not page.has_clause(cue.tail, end):
        return []
    span = page.trim(page.widen((cue.tail, clip(cue, cue.tail, end))))
    return [span] if span else []


_PLACES = frozenset("in on at during via through before after".split())
_PHRASE = 15
"""Words between a verb and the "that" of its clause."""


def _that_clause(cue: Cue) -> list[Span]:
    """The that-clause behind a phrase which the parser took for more: "said in one of her letters that …"."""
    page = cue.page
    end = page.sentence(page.at(cue.token))[1]
    if cue.token.i + 1 >= len(page.doc) or page.doc[cue.token.i + 1].lower_ not in _PLACES:
        return []
    for token in page.doc[cue.token.i + 2 : cue.token.i + _PHRASE]:
        start = page.at(token)
        if start >= end or token.tag_ in FINITE or page.quoted(start):
            break
        if token.nbor(-1).lower_ in NOUNS:
            break
        if token.lower_ == "that" and token.tag_ == "IN" and page.has_clause(start, end):
            span = page.trim(page.widen((start, clip(cue, start, end))))
            return [span] if span else []
    return []
