"""Content before the cue, and what goes on behind it: "'…,' she said. '…'", "The plan, he said, is …"."""

from __future__ import annotations

from ingest.statements.behind import run_on
from ingest.statements.clauses import RELATIVES
from ingest.statements.clip import clip
from ingest.statements.cues import VERBS
from ingest.statements.page import FINITE, Page, ends_sentence
from ingest.statements.quotes import Quote
from ingest.statements.reporting import Cue
from rag.domain import Span

_COMMAS = (",", "—", "–")


def left_content(cue: Cue, right: bool, clausal: bool) -> tuple[list[Span], str]:
    """What stands before the cue and is said by its source, and the pattern that shows it; empty where nothing does.

    `right`: a clause was found behind the cue. `clausal`: the verb takes reported speech, not only quotations.
    """
    page = cue.page
    before = page.skip_back(cue.lead, "")
    if before <= page.start or (cue.subject is None and cue.token.tag_ not in FINITE):
        return [], ""
    comma = page.text[before - 1] in _COMMAS
    behind = page.skip(cue.tail, " \xa0")
    parenthetical = page.text[behind : behind + 1] in _COMMAS
    quote = page.quoted(before - 1) or (page.quoted(before - 2) if comma else None)
    if quote is not None:
        at_once = right and not parenthetical and behind == page.skip(cue.tail)
        if at_once:
            return [], ""
        if _closes_speech(page, quote, right) or (comma and not (right and not parenthetical)):
            span = page.trim((_quote_start(page, cue, quote), quote.end))
            return ([span], "quote before") if span else ([], "")
    if not comma or (right and not parenthetical) or not clausal or not _interrupts(cue):
        return [], ""
    return _reported(cue, before, parenthetical)


def _closes_speech(page: Page, quote: Quote, right: bool) -> bool:
    inner = page.text[quote.start : quote.end].rstrip("\"”'’“»`")
    return inner[-1:] in (",", "?", "!", "—", "–", "-") or (inner[-1:] in (".", "…") and not right)


def _quote_start(page: Page, cue: Cue, quote: Quote) -> int:
    """Where the content begins: with the quotation, or with the sentence that runs on into it."""
    start = page.sentence(max(page.start, cue.lead - 1))[0]
    gap = page.text[start : quote.start].rstrip()
    runs_on = bool(gap) and gap[-1] not in ".!?:" and any(c.isalpha() for c in gap)
    return start if runs_on else quote.start


def _reported(cue: Cue, before: int, parenthetical: bool) -> tuple[list[Span], str]:
    """Reported speech before the cue: the sentence up to it, unless that is only an introduction ("When asked, …")."""
    page = cue.page
    start, end = page.sentence(max(page.start, cue.lead - 1))
    tokens = page.tokens(start, before)
    if start >= before or not tokens:
        return [], ""
    clause = page.has_clause(start, before)
    introduction = tokens[0].tag_ in ("IN", "WRB", "VBG", "VBN") and _one_clause(page, start, before)
    behind = page.skip(cue.tail)
    opening = page.quoted(behind)
    quoted = opening is not None and opening.start == behind
    clause = clause and not (quoted and introduction)
    span = page.trim(page.widen((start, before)))
    if span is None:
        return [], ""
    if parenthetical and (clause or not quoted) and behind < end:
        return ([span], "parenthetical") if clause or page.has_clause(behind, end) else ([], "")
    return ([span], "postposed") if clause and not introduction and cue.token.tag_ in FINITE else ([], "")


_SUBORDINATING = frozenset("if when while because where after although though since before until whether".split())


def _interrupts(cue: Cue) -> bool:
    """Can the cue stand as an aside in somebody's words? It needs a subject of its own and is no subordinate clause."""
    subject = cue.subject
    if subject is None or subject.lower_ in RELATIVES or cue.token.dep_ == "relcl":
        return False
    return not any(child.dep_ in ("mark", "advmod") and child.lower_ in _SUBORDINATING for child in cue.token.lefts)


def _one_clause(page: Page, start: int, end: int) -> bool:
    """Is the text a single introductory clause, without a comma between two finite verbs?"""
    verbs = [token for token in page.tokens(start, end) if token.tag_ in FINITE]
    return len(verbs) < 2 or "," not in page.text[page.at(verbs[0]) : page.at(verbs[-1])]


def join(cue: Cue, left: list[Span], pattern: str) -> list[Span]:
    """`left` with what goes on behind the cue: the rest of the sentence, or the quotation in the next."""
    page = cue.page
    end = page.sentence(cue.lead)[1]
    behind = page.skip(cue.tail)
    quote = page.quoted(behind)
    if pattern == "postposed":
        return left
    if quote is not None and quote.start == behind and page.text[cue.tail : behind].strip():
        if behind >= end:
            return left + run_on(page, quote.span)
        stop = quote.end if ends_sentence(page.text, quote.end) else clip(cue, behind, end)
        return left + _trimmed(page, (behind, stop))
    if pattern == "parenthetical":
        return left + _trimmed(page, (behind, clip(cue, behind, end)))
    return left + (_taken_up(cue, end) or _next_sentence(cue, end))


def _trimmed(page: Page, span: Span) -> list[Span]:
    trimmed = page.trim(page.widen(span))
    return [trimmed] if trimmed else []


def _next_sentence(cue: Cue, end: int) -> list[Span]:
    """The quotation that the next sentence is, where no second cue stands before it: "'…,' she said. '…'"."""
    page = cue.page
    following = page.quoted(page.skip(end, " \xa0"))
    if following is None or following.start != page.skip(end, " \xa0"):
        return []
    between = [token for token in page.tokens(cue.tail, end) if not page.quoted(page.at(token))]
    if any(token.lower_ in VERBS and token.tag_ == "VBG" for token in between):
        return []
    return run_on(page, following.span)


def _taken_up(cue: Cue, end: int) -> list[Span]:
    """The quotation that goes on in lower case later in the sentence: "'The risk,' said an economist who …, 'is …'"."""
    page = cue.page
    for quote in page.quotes:
        if quote.start < cue.tail or quote.start >= end:
            continue
        first = page.text[quote.start : quote.end].lstrip("\"“'‘`«„")[:1]
        if not first.islower() or page.text[page.start : quote.start].rstrip()[-1:] != ",":
            return []
        between = page.tokens(cue.tail, quote.start)
        if any(t.lower_ in VERBS and t.tag_ == "VBG" and t.dep_ != "acl" for t in between):
            return []
        return run_on(page, quote.span)
    return []
