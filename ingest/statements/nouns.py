"""Statements held by a noun: "the mayor's claim that …", "calls for …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.statements.clauses import children, noun_phrase, own_subject
from ingest.statements.cues import NOUNS
from ingest.statements.frames import Frame
from ingest.statements.page import Page
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_frames(page: Page) -> list[Frame]:
    """A frame for every noun of `NOUNS` outside quotations that has somebody behind it and words in it."""
    found = []
    for token in page.doc:
        begins = NOUNS.get(token.lower_)
        if begins is None or token.pos_ != "NOUN" or page.quoted(page.at(token)):
            continue
        source = _behind(token)
        held = next((child for child in token.rights if _begins(child) in begins), None)
        if source is None or held is None or page.quoted(page.at(source)):
            continue
        start, end = held.left_edge.i, held.right_edge.i + 1
        if _begins(held) == "for":
            start += 1
        span = page.trim(page.widen(page.span(start, end)))
        if span is not None:
            cue = (page.at(token), page.till(token))
            found.append(Frame((span,), _owner(page, source), cue, "said", False, "noun", token.lower_))
    return found


def _owner(page: Page, source: Token) -> Span:
    """The words of a possessor, without the "'s"."""
    start, end = noun_phrase(source)
    while end - 1 > source.i and page.doc[end - 1].tag_ == "POS":
        end -= 1
    return page.span(start, end)


def _begins(child: Token) -> str:
    """How the words that hang on the noun begin: "that", "to", a preposition, or "" for none of them."""
    if child.dep_ in ("acl", "ccomp", "relcl"):
        if any(c.lower_ == "to" and c.dep_ == "aux" for c in child.lefts):
            return "to"
        subject = own_subject(child)
        named = subject is not None and subject.lower_ != "that"
        return "that" if named and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.lefts) else ""
    return child.lower_ if child.dep_ == "prep" else ""


def _behind(noun: Token) -> Token | None:
    """Whoever says it: the possessor, the one behind "by" or "from", or who makes, issues or repeats it."""
    owners = children(noun, "poss")
    if owners:
        return owners[0]
    for preposition in children(noun, "prep", "agent"):
        if preposition.lower_ in ("by", "from"):
            return next(iter(children(preposition, "pobj")), None)
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return own_subject(noun.head) if noun.head.lower_ in LIGHT else None
    return None


LIGHT = frozenset(
    "make makes made making issue issues issued issuing repeat repeats repeated renew renews renewed".split()
)
"""Verbs whose subject makes the statement that their object names."""
