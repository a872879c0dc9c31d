"""Reading a dependency tree: subjects, noun phrases, clauses. Pure functions over spaCy's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
RELATIVES = ("who", "which", "that", "whom")
_CUT_FROM_NOUN = ("relcl",)


def children(token: Token, *deps: str) -> list[Token]:
    """The children of `token` with one of the labels, in reading order."""
    return [child for child in token.children if child.dep_ in deps]


def subject_of(verb: Token) -> Token | None:
    """Who does `verb`: its own subject, else the one that it shares through conjunction, control or participle."""
    token, hops = verb, 0
    while hops < 6:
        own = children(token, "nsubj", "nsubjpass", "csubj")
        if own:
            return own[0]
        if token.dep_ in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "parataxis", "dep") and token.head.i != token.i:
            token = token.head
            if token.pos_ in ("NOUN", "PROPN", "PRON"):
                return token if verb.dep_ == "acl" else None
        elif token.dep_ in ("acl", "relcl"):
            return token.head
        else:
            return None
        hops += 1
    return None


def noun_phrase(head: Token) -> tuple[int, int]:
    """Token indices (start, end exclusive) of the noun phrase of `head`, without relative clauses and what follows them."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.subtree:
        if child.dep_ == "relcl" and child.left_edge.i > head.i:
            end = min(end, child.left_edge.i)
        elif child.dep_ in ("acl", "advcl") and child.head.i == head.i and child.i > head.i:
            end = min(end, child.left_edge.i)
    while end - 1 > head.i and head.doc[end - 1].is_punct and head.doc[end - 1].text not in ")].\"'":
        end -= 1
    return start, end
