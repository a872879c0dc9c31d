"""Where somebody's words stop and the reporter takes over again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.statements.clauses import FINITE
from ingest.statements.cues import VERBS
from ingest.statements.reporting import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


TURNS = ("while", "compared")
"""Words behind a comma with which the reporter takes over again."""

_DASHES = ("—", "–", "-", "--")
_STOPS = ",;:–—-.!?)"


def clip(cue: Cue, start: int, end: int) -> int:
    """Where content from `start` to `end` stops being the source's: before ", adding that …", "and noted that …"."""
    tokens = cue.page.tokens(start, end)
    for i in range(3, len(tokens)):
        if not _may_turn(tokens[i], tokens[i - 1]):
            continue
        at = cue.page.at(tokens[i])
        if not cue.page.quoted(at) and _turns(cue, tokens, i, end):
            return at
    return end


def _may_turn(token: Token, before: Token) -> bool:
    """What is cheap to ask first: does a conjunction stand here, or a mark before it?"""
    return token.lower_ in ("and", "but") or not before.text[-1].isalnum()


def _turns(cue: Cue, tokens: list[Token], i: int, end: int) -> bool:
    token, before, at = tokens[i], tokens[i - 1].text, cue.page.at(tokens[i])
    comma = before == "," or before in _DASHES or cue.page.text[at - 2 : at - 1] in tuple("”\"'")
    if token.lower_ in ("and", "but"):
        if _next_cue(cue, tokens, i):
            return True
        return comma and ((token.lower_ == "but" and _next_verb(cue, tokens, i)) or _next_speaker(tokens, i))
    if not comma:
        return False
    if token.tag_ == "VBG":
        return token.lower_ in VERBS or token.lower_ in _REFERS
    if token.lower_ in TURNS or (before in ("—", "–") and token.lower_ in ("a", "an", "the")):
        return True
    if token.lower_ in ("a", "an") and token.head.dep_ == "appos":
        return _lasts(cue, token.head, end)  # "…, an admission that nobody had expected"
    if token.lower_ == "as" and i + 1 < len(tokens) and tokens[i + 1].lower_ in _DOES_TOO:
        return True
    return token.tag_ in ("WDT", "WP", "WP$") and _to_the_end(cue, token, end)


_REFERS = ("referring", "alluding")
"""With these the reporter tells what the words before are about."""

_DOES_TOO = ("has", "have", "had", "do", "does", "did")
"""Behind "as": somebody else does so too, says the reporter ("she will vote no, as has the mayor")."""


_SOME_SUBJECTS = frozenset(("finding", "believing"))
"""Shapes of verbs that report with certain subjects only, and so never without one of their own."""


def _next_cue(cue: Cue, tokens: list[Token], i: int) -> bool:
    """Does a second reporting verb of the cue's own tense follow? "said he left and noted that …"."""
    for following in tokens[i + 1 : i + 4]:
        if following.lower_ in VERBS and following.tag_ == cue.token.tag_ and following.tag_ in FINITE:
            return not VERBS[following.lower_].shapes <= _SOME_SUBJECTS
        if following.pos_ not in ("ADV", "AUX"):
            break
    return False


def _next_verb(cue: Cue, tokens: list[Token], i: int) -> bool:
    """Does any finite verb follow at once, without a quotation close behind it?"""
    at = cue.page.at(tokens[i])
    if i + 1 >= len(tokens) or tokens[i + 1].tag_ not in FINITE:
        return False
    return not any(at < quote.start < at + 40 for quote in cue.page.quotes)


def _next_speaker(tokens: list[Token], i: int) -> bool:
    """Is the next finite verb a reporting one? "…, and others said …"."""
    verb = next((token for token in tokens[i + 1 : i + 10] if token.tag_ in FINITE), None)
    return verb is not None and verb.lower_ in VERBS


def _to_the_end(cue: Cue, token: Token, end: int) -> bool:
    """Does the relative clause of the pronoun `token` last to `end`?"""
    clause = token
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    return clause.dep_ == "relcl" and _lasts(cue, clause, end)


def _lasts(cue: Cue, head: Token, end: int) -> bool:
    return cue.page.till(head.right_edge) >= cue.page.skip_back(end, _STOPS)
