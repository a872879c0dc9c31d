"""Reading a dependency tree: subjects, noun phrases, clauses. Pure functions over spaCy's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

FINITE = ("VBD", "VBZ", "VBP", "MD")
RELATIVES = ("who", "which", "that", "whom")


def children(token: Token, *deps: str) -> list[Token]:
    """The children of `token` with one of the labels, in reading order."""
    return [child for child in token.children if child.dep_ in deps]


OBJECT_CONTROL = frozenset(
    """ask asks asked asking urge urges urged urging tell tells told telling want wants wanted help helps helped let lets
    make makes made force forced allow allows allowed press pressed push pushed invite invited order ordered get got
    hear heard see saw watch watched prompt prompts prompted prompting lead leads led leading cause causes caused causing
    compel compels compelled drive drives drove driving inspire inspires inspired inspiring provoke provokes provoked
    provoking spark sparks sparked sparking force forces forcing warn warned""".split()
)
"""Verbs whose object does what the infinitive behind them says ("asked her to explain")."""

TEXTS = frozenset(
    """statement letter tweet message email e-mail post memo report release note speech interview remarks call series
    ad op-ed column essay article video piece comments response appearance resolution rally event campaign petition
    lawsuit complaint filing brief motion order bill plan platform document sign statements letters tweets""".split()
)
"""Nouns that speak for whoever issues them ("issued a statement saying …")."""


def own_subject(verb: Token) -> Token | None:
    """The subject that stands beside the verb; of several, the nearest."""
    found = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "csubj")]
    before = [child for child in found if child.i < verb.i]
    return before[-1] if before else found[0] if found else None


def is_finite(verb: Token) -> bool:
    """Does the active verb tell of a time: alone, or with an auxiliary ("has said", "is describing")?"""
    if verb.tag_ in FINITE:
        return True
    passive = verb.tag_ == "VBN" and bool(children(verb, "auxpass", "nsubjpass"))
    return verb.tag_ in ("VBN", "VBG") and not passive and any(c.tag_ in FINITE for c in children(verb, "aux"))


def subject_of(verb: Token) -> Token | None:
    """Who does `verb`: its own subject, else the one that it shares through conjunction, control or participle."""
    token = verb
    for _ in range(8):
        subject = own_subject(token)
        if subject is not None:
            return subject
        head = token.head
        if head.i == token.i or token.dep_ == "csubj":
            return None
        if token.dep_ == "xcomp" and head.lower_ in OBJECT_CONTROL and (given := children(head, "dobj")):
            return given[0]
        if token.dep_ in ("acl", "relcl") and not _written(token, head):
            return head
        token = head
    return None


def _written(participle: Token, noun: Token) -> bool:
    """Is the participle the doing of whoever stands behind the noun, rather than of the noun?"""
    if any(child.lower_ == "to" and child.dep_ == "aux" for child in participle.children):
        return noun.dep_ in ("dobj", "pobj", "attr")
    comma = noun.doc[participle.left_edge.i - 1].text in (",", "—", "–", "-")
    return (noun.lower_ in TEXTS or comma) and noun.dep_ in (
        "dobj",
        "pobj",
        "conj",
        "appos",
        "attr",
        "oprd",
        "npadvmod",
    )


def noun_phrase(head: Token) -> tuple[int, int]:
    """Token indices (start, end exclusive) of the noun phrase of `head`, without relative clauses and what follows them."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.subtree:
        if (child.dep_ == "relcl" and child.left_edge.i > head.i) or (
            child.dep_ in ("acl", "advcl") and child.head.i == head.i and child.i > head.i
        ):
            end = min(end, child.left_edge.i)
    while start < head.i and (head.doc[start].pos_ in ("ADV", "CCONJ", "PUNCT", "SPACE") or head.doc[start].is_punct):
        start += 1
    while end - 1 > head.i and head.doc[end - 1].is_punct and head.doc[end - 1].text not in ")].\"'":
        end -= 1
    return start, end
