"""A reporting verb in its place: where its own words begin and end beside the content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.statements.clauses import children, own_subject
from ingest.statements.cues import Verb
from ingest.statements.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in its place: where its own words begin and end beside the content."""

    page: Page
    token: Token
    verb: Verb
    subject: Token | None
    """Its own subject, standing beside it."""
    lead: int
    """Where subject, auxiliaries and verb begin."""
    tail: int
    """Where the verb and its modifiers end (somebody addressed, "on Tuesday", an inverted subject)."""


_MODIFIERS = ("npadvmod", "advmod", "prep", "dative", "agent", "prt", "neg", "nsubj", "tmod", "punct", "obl")
"""What hangs on a reporting verb without being content."""


def read_cue(page: Page, token: Token, verb: Verb) -> Cue:
    """The cue at `token`, with the bounds of its own words."""
    subject = token.head if is_misread(token) else own_subject(token)
    if subject is not None and page.quoted(page.at(subject)):
        subject = None
    lead = page.at(token)
    for child in token.lefts:
        if child.dep_ in ("aux", "auxpass", "neg", "nsubj", "nsubjpass", "advmod") and not _far(page, child, token):
            lead = min(lead, page.at(child.left_edge))
    return Cue(page, token, verb, subject, lead, _tail(page, token, verb))


def is_misread(token: Token) -> bool:
    """Is a finite verb taken for a participle, as in "One councillor called Thorne 'a coward'"?

    Its noun is then left as the root of a sentence without a verb, or a comma closes an aside behind a name.
    """
    if token.tag_ != "VBN" or token.dep_ != "acl" or any(child.dep_ in ("aux", "auxpass") for child in token.children):
        return False
    head = token.head
    if head.i > token.i or head.pos_ not in ("NOUN", "PROPN", "PRON") or children(token, "agent"):
        return False
    return head.dep_ == "ROOT" or (head.pos_ == "PROPN" and token.i > 0 and token.doc[token.i - 1].text == ",")


def _tail(page: Page, token: Token, verb: Verb) -> int:
    tail = page.till(token)
    addressed = bool(verb.shapes & {"told", "asked"})
    for child in token.rights:
        if child.dep_ in _MODIFIERS or (addressed and child.dep_ == "dobj"):
            if child.lower_ == ":" or page.quoted(page.at(child)) or _parted(child, token):
                break
            if child.dep_ == "prep" and child.lower_ in verb.about:
                break
            tail = max(tail, page.till(child.right_edge))
        elif child.dep_ != "cc":
            break
    tail = min(tail, page.sentence(page.at(token))[1])
    return page.skip_back(tail, ",;:–—-.!?")


def _parted(child: Token, verb: Token) -> bool:
    """Does a comma part the modifier from the verb? Then it may be content: "it was helped, she said, by the tide"."""
    edge = child.left_edge.i
    return child.dep_ != "punct" and edge > verb.i + 1 and child.doc[edge - 1].text == ","


def _far(page: Page, child: Token, verb: Token) -> bool:
    """An adverb or a phrase cut off by a comma is no part of the reporting words."""
    return child.dep_ == "advmod" and "," in page.text[page.till(child) : page.at(verb)]
