"""Content before the cue, and what goes on behind it: "'…,' she said. '…'", "The plan, he said, is …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.statements.behind import own_cue, run_on
from ingest.statements.clauses import FINITE, RELATIVES, is_finite
from ingest.statements.clip import clip
from ingest.statements.cues import VERBS
from ingest.statements.page import Page, ends_sentence
from ingest.statements.quotes import Quote
from ingest.statements.reporting import Cue
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMMAS = (",", "—", "–")


def left_content(cue: Cue, right: list[Span], clausal: bool) -> tuple[list[Span], str]:
    """What stands before the cue and is said by its source, and the pattern that shows it; empty where nothing does.

    `right`: the clause that was found behind the cue. `clausal`: the verb takes reported speech, not only quotations.
    """
    page = cue.page
    before = page.skip_back(cue.lead, "")
    if before <= page.start or (cue.subject is None and cue.token.tag_ not in FINITE):
        return [], ""
    if _has_object(cue):
        return [], ""
    comma = page.text[before - 1] in _COMMAS
    behind = page.skip(cue.tail, " \xa0")
    parenthetical = page.text[behind : behind + 1] in _COMMAS
    quote = page.quoted(before - 1) or (page.quoted(before - 2) if comma else None)
    if quote is not None:
        if _is_led(page, quote) or _is_done_to(cue):
            return [], ""
        if right and not parenthetical and _at_once(cue, right[0]):
            return [], ""
        if _is_title(page, cue, quote):
            return [], ""
        if _closes_speech(page, quote, bool(right)) or (comma and not (right and not parenthetical)):
            span = page.trim((_quote_start(page, cue, quote), quote.end))
            return ([span], "quote before") if span else ([], "")
    if not comma or (right and not parenthetical) or not clausal or not _interrupts(cue):
        return [], ""
    return _reported(cue, before, parenthetical)


def _has_object(cue: Cue) -> bool:
    """Does a verb with its subject before it have an object or an "about" behind it? Then that is its content."""
    if cue.subject is None or cue.subject.i > cue.token.i or cue.verb.shapes & {"told", "asked"}:
        return False
    behind = (child for child in cue.token.rights if not cue.page.quoted(cue.page.at(child)))
    return any(
        child.dep_ == "dobj" or (child.dep_ == "prep" and child.lower_ in cue.verb.about and cue.verb.lemma != "say")
        for child in behind
    )


def _at_once(cue: Cue, clause: Span) -> bool:
    """Does the clause behind subject and verb begin right behind the verb, or with "that"? Then it is what was said."""
    page = cue.page
    if cue.subject is None or cue.subject.i > cue.token.i:
        return False
    return page.skip(page.till(cue.token), " \xa0") == clause[0] or page.text[clause[0] : clause[0] + 5] == "that "


def _is_led(page: Page, quote: Quote) -> bool:
    """Whether the words in front lead up to a whole quotation: 'Hill told the court: "It was dark." Reed …'."""
    inner = page.text[quote.start : quote.end].rstrip("\"”'’“»`")
    return inner[-1:] in (".", "?", "!", "…") and page.text[page.start : quote.start].rstrip()[-1:] == ":"


def _is_done_to(cue: Cue) -> bool:
    """ "The move was first reported by the Gazette" reports no words that stand before it."""
    return (
        cue.token.dep_ != "parataxis"
        and any(c.dep_ == "agent" for c in cue.token.children)
        and any(c.dep_ == "nsubjpass" and c.lower_ not in ("it", "this", "that") for c in cue.token.children)
    )


def _is_title(page: Page, cue: Cue, quote: Quote) -> bool:
    """A few quoted words at the end of an introduction without a verb: 'In an interview with "The Harbour," she asked'."""
    start = _quote_start(page, cue, quote)
    return (
        quote.words < 5
        and start < quote.start
        and page.tokens(start, quote.start)[0].tag_ == "IN"
        and not page.has_clause(start, quote.start)
    )


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
    introduction = introduces(tokens)
    behind = page.skip(cue.tail)
    opening = page.quoted(behind)
    quoted = opening is not None and opening.start == behind
    clause = clause and not (quoted and (introduction or _capital(page, behind)))
    start = _last_turn(page, start, before)
    span = page.trim(page.widen((start, before)))
    if span is None:
        return [], ""
    if parenthetical and (clause or not quoted) and behind < end:
        return ([span], "parenthetical") if clause or page.has_clause(behind, end) else ([], "")
    return ([span], "postposed") if clause and not introduction and is_finite(cue.token) else ([], "")


def _capital(page: Page, at: int) -> bool:
    """Does the quotation that opens at `at` begin a sentence of its own?"""
    return page.text[at : at + 12].lstrip("\"“'‘`«„")[:1].isupper()


def _last_turn(page: Page, start: int, end: int) -> int:
    """Where the last part begins of a sentence that a spaced dash or a semicolon parts, outside quotations."""
    turns = [match for match in _TURN.finditer(page.text, start, end) if not page.quoted(match.start())]
    stops = [match.end() for match in turns if match[0].startswith(";")]
    dashes = [match.end() for match in turns if match.end() > max(stops, default=start) and match.end() not in stops]
    if len(dashes) % 2:
        return dashes[-1]
    return stops[-1] if stops else start  # two dashes are about an aside: "A war — and a long one — was near, she said"


_TURN = re.compile(r"\s[—–-]\s|;\s")
_SUBORDINATING = frozenset(
    "if when while because where after although though since before until whether as once".split()
)


def _interrupts(cue: Cue) -> bool:
    """Can the cue stand as an aside in somebody's words? It needs a subject of its own and is no subordinate clause."""
    subject = cue.subject
    if subject is None or subject.lower_ in RELATIVES or cue.token.dep_ == "relcl":
        return False
    return not any(
        child.dep_ in ("mark", "advmod") and child.lower_ in _SUBORDINATING - {"as"} for child in cue.token.lefts
    )


def introduces(tokens: list[Token]) -> bool:
    """Are the tokens an introductory clause and nothing else ("When asked …", "Noting that …")?"""
    opening = tokens[0]
    if opening.tag_ == "VBG" and opening.dep_ not in ("advcl", "prep", "ROOT"):
        return False  # "Defending the pier is a duty, she said"
    if opening.lower_ not in _SUBORDINATING and opening.tag_ not in ("VBG", "VBN", "WRB"):
        return False
    finite = [i for i, token in enumerate(tokens) if token.tag_ in FINITE]
    first = next((i for i, token in enumerate(tokens) if token.text == ","), len(tokens))
    if finite and first < finite[0]:
        return False  # a phrase before a whole sentence: "After some years, the pier was safe, she said"
    commas = [i for i, token in enumerate(tokens) if token.text == "," and finite and i > finite[0]]
    return not any(i > commas[0] for i in finite) if commas else True


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
        following = next(iter(page.tokens(behind, end)), None)
        if following is None or following.tag_ == "VBG":
            return left
        return left + _trimmed(page, (behind, clip(cue, behind, end)))
    return left + (_taken_up(cue, end) or _next_sentence(cue, end))


def _trimmed(page: Page, span: Span) -> list[Span]:
    trimmed = page.trim(page.widen(span))
    return [trimmed] if trimmed else []


_AND = re.compile(r"(?:And|But),? (?=[\"“])")


def _next_sentence(cue: Cue, end: int) -> list[Span]:
    """The quotation that the next sentence is, where no second cue stands before it: "'…,' she said. '…'"."""
    page = cue.page
    begin = page.skip(end, " \xa0")
    if conjunction := _AND.match(page.text, begin, page.end):
        begin = conjunction.end()
    following = page.quoted(begin)
    if following is None or following.start != begin:
        return []
    between = [token for token in page.tokens(cue.tail, end) if not page.quoted(page.at(token))]
    if any(token.lower_ in VERBS and token.tag_ == "VBG" for token in between):
        return []
    if own_cue(page, following):
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
        if any(
            t.lower_ in VERBS and t.tag_ == "VBG" and t.dep_ != "acl" and t.nbor(-1).text in (",", "and", "before")
            for t in between
        ):
            return []
        return run_on(page, quote.span)
    return []
