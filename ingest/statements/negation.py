"""Whether a reporting verb is denied: "did not say", "declined to say", "nobody heard her say", "falsely quoted"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.statements.clauses import FINITE, children
from ingest.statements.cues import DECLINING, DENYING, VERBS
from ingest.statements.page import Page
from ingest.statements.roles import noun_kind
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_ONE = re.compile(r"(?:[Nn]either|[Nn]obody|[Nn]one|[Nn]o[ -]one)\b|[Nn]o (?=[a-z])(?!doubt\b)")
"""A speaker who is nobody: "neither side would say what it costs"; "No 10" is somebody."""

_PERCEIVING = frozenset(
    "hear hears heard hearing see sees saw seen seeing recall recalls recalled remember remembers remembered".split()
)
"""Verbs by which somebody is heard to speak; denied, they deny the words: "she never heard him say"."""

_DID_SO = frozenset(
    """regret regrets regretted mind minds minded stop stops stopped hesitate hesitates hesitated help apologise
    apologize apologised apologized""".split()
)
"""Verbs that, denied, leave the words said: "he does not regret saying"."""

_QUOTING = frozenset(
    """quote quotes quoted quoting misquote misquotes misquoted misquoting accuse accuses accused accusing report
    reported reports show shows showed shown showing depict depicts depicted depicting portray portrays portrayed cite
    cites cited""".split()
)
"""Verbs by which others tell that somebody said something."""
_FALSELY = frozenset("falsely wrongly wrongfully mistakenly erroneously incorrectly".split())
_FAKE = frozenset("fake doctored fabricated forged bogus spoof false invented altered deepfake satirical".split())

_UNSAID = (
    DENYING | DECLINING | frozenset("avoid avoids avoided avoiding refrain refrains refrained refraining short".split())
)
"""Words whose subject did not say what hangs on them: "denied saying", "stopped short of saying"."""
_CHAIN = ("xcomp", "ccomp", "pcomp", "prep", "acl", "dobj")
_UNHEARD = re.compile(
    r"\b(?:[Nn]obody|[Nn]o[ -]one|[Nn]one of [^,;:.\"“”]{1,40}?|never|not|n['’]t)(?: (?:has|had|have|ever|once))*"
    rf" (?:{'|'.join(sorted(_PERCEIVING))}) [^,;:.\"“”]{{1,60}}$"
)
"""Before "say" or "saying" where the parser lost the clause: "Nobody heard Ann Gray say"."""


def is_negated(page: Page, verb: Token) -> bool:
    """ "did not say", "declined to say", "denied saying", "never said": these are no words of theirs."""
    if _not_said(page, verb):
        return True
    if verb.dep_ == "conj" and not children(verb, "aux", "nsubj") and _denied(page, verb.head):
        return verb.tag_ not in FINITE or any(c.lower_ in ("or", "nor") for c in children(verb.head, "cc"))
    if verb.tag_ not in ("VB", "VBG", "VBP"):
        return False
    return _UNHEARD.search(page.text, max(page.start, page.at(verb) - _FURTHEST), page.at(verb)) is not None


_FURTHEST = 120
"""Characters before a verb in which "nobody heard" is looked for."""


def is_nobody(text: str, source: Span) -> bool:
    """Is the source nobody: "no one", "neither side", "[neither] Ann Gray nor Lou Holm"?"""
    start = max(0, source[0] - len("neither "))
    return _NO_ONE.match(text, *source) is not None or text[start : source[0]].lower() == "neither "


def denies_speech(page: Page, verb: Token) -> bool:
    """Does the verb deny having said words that are quoted? "Ann Gray denied she ever said 'I will quit'"."""
    if verb.lower_ not in DENYING or _denied(page, verb):
        return False
    said = [child for child in children(verb, "ccomp", "xcomp") if child.i > verb.i and child.lower_ in VERBS]
    return any(page.quoted(page.at(token)) for child in said for token in child.subtree if token.i > child.i)


def _not_said(page: Page, verb: Token) -> bool:
    """Is the verb denied, or does it hang on a denial: a verb, its subject, "no" before a noun, "it was not she"?"""
    if _denied(page, verb):
        return True
    if verb.dep_ == "relcl" and _is_fake(verb.head) and any(t.lower_ in ("in", "where") for t in verb.lefts):
        return True  # "a fake video in which Ann Gray says"
    if verb.dep_ == "relcl" and any(child.lower_ == "who" for child in children(verb, "nsubj")):
        cleft = verb.head.head
        return _denied(page, cleft) and any(child.lower_ == "it" for child in children(cleft, "nsubj"))
    token = verb
    for _ in range(5):
        head = token.head
        if _is_called_untrue(page, verb, token):
            return True
        if head.i >= token.i or token.dep_ not in _CHAIN or page.quoted(page.at(head)):
            return False
        if head.lower_ in _UNSAID or any(child.lower_ == "short" for child in children(head, "advmod")):
            return not _denied(page, head)
        if _unsaid(page, token, head):
            return True
        token = head
    return False


def _unsaid(page: Page, token: Token, head: Token) -> bool:
    """Does `head`, on which `token` hangs, deny that what it tells was said?"""
    if head.pos_ == "NOUN":
        return any(child.lower_ == "no" for child in children(head, "det"))  # "no record of her saying"
    hears = head.lower_ in _PERCEIVING
    if (token.dep_ == "xcomp" and head.lower_ not in _DID_SO) or hears:
        subjects = children(head, "nsubj", "nsubjpass")
        if _denied(page, head) or (hears and any(_NO_ONE.match(page.text, page.at(s.left_edge)) for s in subjects)):
            return True
    if any(_is_fake(noun) for noun in children(head, "nsubj", "agent")) or (head.dep_ == "acl" and _is_fake(head.head)):
        return True  # "a fake post has her saying"
    return head.lower_.startswith("misquot") or (
        head.lower_ in _QUOTING and any(child.lower_ in _FALSELY for child in children(head, "advmod"))
    )


def _is_fake(noun: Token) -> bool:
    """Is it a thing that is told to be a fake: "a doctored video", "by a fake post"; not "a fake nurse"?"""
    nouns = (noun, *children(noun, "pobj"))
    return any(noun_kind(one.lower_) != "person" and any(child.lower_ in _FAKE for child in one.lefts) for one in nouns)


def _is_called_untrue(page: Page, verb: Token, token: Token) -> bool:
    """Is it called untrue that something was said: "it is false that Ann Gray said", "the claim that … is false"?"""
    head = token.head
    if not children(verb, "mark") or _denied(page, head):
        return False
    if (token.dep_ == "nsubj" and token.i < verb.i) or (token.dep_ in ("ccomp", "csubj") and head.i < token.i):
        return head.lower_ in _UNTRUE or any(child.lower_ in _UNTRUE for child in children(head, "acomp", "attr"))
    return False


_UNTRUE = frozenset("false untrue fake incorrect lie hoax invented".split())


def _denied(page: Page, verb: Token) -> bool:
    """ "did not say", "never said"; not "'Absolutely not,' she said", "Not so, she said", nor "not only said"."""
    subjects = children(verb, "nsubj", "nsubjpass")
    for child in children(verb, "neg"):
        after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
        answers = after == "," and not any(subject.i < child.i for subject in subjects)
        if not page.quoted(page.at(child)) and not answers and after not in _NOT_ONLY:
            return True
    return False


_NOT_ONLY = ("only", "just", "merely", "simply", "so")
