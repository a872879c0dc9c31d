"""Quotations whose cue the parser missed: read from the words beside them alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.statements.before import introduces
from ingest.statements.behind import run_on
from ingest.statements.clauses import noun_phrase, own_subject
from ingest.statements.cues import QUOTING, VERBS
from ingest.statements.frames import Frame
from ingest.statements.page import Page
from ingest.statements.quotes import Quote
from ingest.statements.roles import noun_kind
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CUE = r"(?P<cue>" + "|".join(sorted(QUOTING, key=len, reverse=True)) + r")\b"
_NAME = (
    r"(?P<source>(?:[A-Z][\w.'’-]*|[Tt]he|[Aa]n?|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]ne"
    r"|[Aa]nother)(?: [\w.$'’-]+){0,7}?)"
)
_ASIDE = r"(?P<aside>, [^,\"“”]{1,80},| \([^)]{1,40}\))?"
_ADVERB = r"(?: also| then| later| has| had| have)?"
_BEFORE = re.compile(rf"\s*{_NAME}{_ASIDE}{_ADVERB} {_CUE}")
_INVERTED = re.compile(rf"\s*{_CUE} {_NAME}(?P<aside>)(?=[,.;:]| who\b| in\b| on\b| at\b|\s*$)")
_OPENING = r"(?:^|[.!?][\"”’']?\s+|, |\band |\bbut )"
_INTRODUCED = re.compile(rf"{_OPENING}\s*{_NAME}{_ASIDE}{_ADVERB} {_CUE}(?: [\w’' ]{{1,40}})?[,:]\s*$")
_ISSUED = re.compile(
    rf"{_OPENING}\s*{_NAME}{_ASIDE}{_ADVERB} (?P<cue>gave|issued|released|sent|provided|shared|offered|posted|read)\b"
    r"[^.!?:\"“”]{0,80}\b(?:statement|comment|response|reply|answer|explanation|message|letter)s?\b[^.!?:\"“”]{0,40}:\s*$"
)
"""Before a quotation: "her office gave the Post the following statement:"."""
_ENDING = re.compile(r"[^.!?\"“”]{0,120}[.,]\s*")
FEWEST_WORDS = 3


def with_surface(page: Page, frames: Sequence[Frame]) -> list[Frame]:
    """`frames` with those that only the words beside a quotation show; these take a cue over from a weaker frame."""
    frames = _mended(page, frames)
    found = surface_frames(page, frames)
    found += closing_frames(page, [*frames, *found])
    cues = {frame.cue for frame in found}
    spans = [span for frame in found for span in frame.spans]
    return [
        frame for frame in frames if frame.cue not in cues and not (frame.source is None and _meet(frame.spans, spans))
    ] + found


def _meet(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether any character is in both."""
    return any(start < b and a < end for start, end in some for a, b in others)


def _mended(page: Page, frames: Sequence[Frame]) -> list[Frame]:
    """Where the parser lost the source of a cue beside a quotation, or took it into the content: as the words say."""
    beside = {match.span("cue"): (quote, match) for quote in page.quotes if (match := _beside(page, quote))}
    mended = []
    for frame in frames:
        quote, match = beside.get(frame.cue, (None, None))
        if quote is not None and match is not None:
            source = _whole_source(match)
            if any(start < source[1] and source[0] < end for start, end in frame.spans):
                frame = replace(frame, spans=_with_next(page, quote, match.end()), source=source, pattern="surface")
            elif frame.source is None:
                frame = replace(frame, source=source)
        mended.append(frame)
    return mended


def surface_frames(page: Page, frames: Sequence[Frame]) -> list[Frame]:
    """Frames for the quotations that no other frame covers, where a source and a cue stand right beside them."""
    taken = [span for frame in frames if frame.source is not None for span in frame.spans]
    nobodys = [span for frame in frames if frame.source is None for span in frame.spans]
    cues = {frame.cue[0] for frame in frames if frame.pattern not in ("object", "quote after", "rest")}
    found: list[Frame] = []
    for quote in page.quotes:
        if quote.words < FEWEST_WORDS or _meet([quote.span], taken):
            continue
        match = _beside(page, quote)
        if match is not None:
            source, cue = _whole_source(match), match.span("cue")
        elif _meet([quote.span], nobodys):
            continue
        elif (told := _after(page, quote) or _led(page, quote)) is not None:
            source, cue = told
        else:
            continue
        if cue[0] in cues:
            continue
        spans = _with_next(page, quote, max(cue[1], source[1]))
        taken += spans
        found.append(Frame(spans, source, cue, "said", False, "surface", page.text[slice(*cue)].lower()))
    return found


_DAY = r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| today| yesterday| earlier| (?:last|this) \w+)?"
_SPOKE = r"(?P<cue>said|says|wrote|announced|tweeted|added)\b"
_WHO = r"(?P<source>(?:[A-Z]|[Tt]he |[Aa]n? |[Hh]is |[Hh]er |[Tt]heir |[Ii]ts )[^,;:\"“”]{1,88}?)"
_CLOSING = re.compile(
    rf"(?<![\"”’'—–-]),\s{_WHO} {_SPOKE}{_DAY}"
    r"(?: (?:in|during|at|after|before) [^,;:\"“”]{1,80})?[.]?\s*$"
)
"""At a sentence's end behind what is said: ", the head of the fire brigade said on Monday."."""
_CLOSING_INVERTED = re.compile(
    r"(?<![\"”’'—–-]),\s(?P<cue>said|says|wrote|announced|tweeted|added|adds|warned|warns|explained|explains|argued|argues"
    r"|noted|notes|predicted|acknowledged)\s"
    r"(?P<source>(?:(?:Dr|Prof|Sen|Rep|Gov|Mr|Mrs|Ms)\. )?[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){0,3})"
    r"(?=[.]?\s*$|, (?:who|an?|the|of)\b[^\"“”]*$)"
)
"""The same with the name last: ", warned Ada Pell, who wrote the report."."""


def closing_frames(page: Page, frames: Sequence[Frame]) -> list[Frame]:
    """Frames for the sentences, no quotations, that end in who said it, where the parser lost that."""
    cues = {frame.cue[0] for frame in frames}
    found = []
    for start, end in page.sentences:
        match = _CLOSING.search(page.text, start, end)
        if match is not None and any(start <= q.start < end for q in page.quotes):
            match = None
        match = match or _CLOSING_INVERTED.search(page.text, start, end)
        if (
            match is None
            or match.start("cue") in cues
            or page.quoted(match.start())
            or _is_quotation(page, start, match)
        ):
            continue
        source, cue, said = match.span("source"), match.span("cue"), (start, match.start())
        tokens = page.tokens(*said)
        if not page.has_clause(*said) or page.has_clause(*source) or not tokens or introduces(tokens):
            continue
        if any(token.lower_ in VERBS for token in page.tokens(*source)) or _meet(
            [cue], [s for f in frames for s in f.spans]
        ):
            continue
        span = page.trim(said)
        if span is not None:
            found.append(Frame((span,), source, cue, "said", False, "surface", page.text[slice(*cue)].lower()))
    return found


def _is_quotation(page: Page, start: int, match: re.Match[str]) -> bool:
    """Is what the match closes a quotation, or begun within one? Those have finders of their own."""
    first, last = page.quoted(start), page.quoted(match.start() - 1)
    return first is not None or last is not None


_ONLY_NAME = re.compile(r", (?:[A-Z][\w.'’-]*(?: |(?=,))){1,5}")


def _whole_source(match: re.Match[str]) -> Span:
    """The source, with the name that stands behind it as an aside: "her lawyer, Ada Doe, said"."""
    start, end = match.span("source")
    named = _ONLY_NAME.match(match.string, end, match.start("cue")) if match.string[start].islower() else None
    return start, named.end() if named and match.string[named.end()] == "," else end


_PLAIN_VERBS = frozenset("is are was were be been being am has have had do does did 's 're 've 'd".split())
_FURTHEST = 25
"""Words between a quotation and the verb that tells who said it."""


def _after(page: Page, quote: Quote) -> tuple[Span, Span] | None:
    """Source and verb behind a quotation that ends in a comma, whatever the verb: "'Never,' the mayor shrugged"."""
    if quote.words <= FEWEST_WORDS or not _goes_on(page, quote):
        return None
    begin = page.skip(quote.end, ", \xa0")
    tokens = page.tokens(begin, page.sentence(begin)[1])[:_FURTHEST]
    verb = next((token for token in tokens if token.tag_ in ("VBD", "VBZ")), None)
    subject = own_subject(verb) if verb is not None else None
    if verb is None or subject is None or verb.lower_ in _PLAIN_VERBS or page.quoted(page.at(verb)):
        return None
    if tokens[0].i not in (verb.i, subject.left_edge.i):
        return None
    return page.span(*noun_phrase(subject)), page.span(verb.i, verb.i + 1)


def _led(page: Page, quote: Quote) -> tuple[Span, Span] | None:
    """Source and verb of the clause that a colon before the quotation ends: "The mayor was blunt: 'Never.'"."""
    colon = page.skip_back(quote.start, " \xa0")
    if quote.words <= FEWEST_WORDS or page.text[colon - 1 : colon] != ":" or colon <= page.start:
        return None
    tokens = page.tokens(page.sentence(colon - 1)[0], colon)
    for verb in reversed(tokens):
        subject = own_subject(verb) if verb.tag_ in ("VBD", "VBZ", "VBP") else None
        if subject is not None and not page.quoted(page.at(subject)) and not page.quoted(page.at(verb)):
            who = _person(subject)
            return (page.span(*noun_phrase(who)), page.span(verb.i, verb.i + 1)) if who is not None else None
    return None


def _person(subject: Token) -> Token | None:
    """The subject if it can speak, else its owner: "his message was simple: '…'"."""
    if subject.pos_ == "PROPN" or subject.lower_ in ("he", "she", "they") or noun_kind(subject.lower_) == "person":
        return subject
    return next((child for child in subject.children if child.dep_ == "poss"), None)


def _goes_on(page: Page, quote: Quote) -> bool:
    """Does the quotation end as one does that a cue follows?"""
    inner = page.text[quote.start : quote.end].rstrip("\"”'’“»` ")
    return inner[-1:] in ",?!—–-" or page.text[quote.end : quote.end + 1] == ","


_WHOLE = 8
"""Words of a quotation that needs no comma before its cue."""


def _bare(page: Page, quote: Quote) -> bool:
    """Is the quotation a sentence that ends without a mark of its own? "'We have lost the pier for good' said the mayor." """
    inner = page.text[quote.start : quote.end].strip("\"“”'’‘«»` ")
    opens = page.sentence(quote.start)[0] == quote.start
    return opens and quote.closed and quote.words >= _WHOLE and inner[:1].isupper() and inner[-1:].isalnum()


def _new_sentence(page: Page, match: re.Match[str]) -> bool:
    """Does the cue go on with a clause of its own: "the mayor said that …"?"""
    behind = page.skip(max(match.end("cue"), match.end("source")), " \xa0")
    return page.text[behind : behind + 5] == "that "


def _beside(page: Page, quote: Quote) -> re.Match[str] | None:
    text = page.text
    after = min((q.start for q in page.quotes if q.start >= quote.end), default=page.end)
    bare = _bare(page, quote)
    if bare or _goes_on(page, quote):
        begin = page.skip(quote.end, ", ")
        match = _BEFORE.match(text, begin, after) or _INVERTED.match(text, begin, after)
        if match and not (bare and _new_sentence(page, match)):
            return match
    before = max((q.end for q in page.quotes if q.end <= quote.start), default=page.start)
    begin = max(before, quote.start - 300)
    return _INTRODUCED.search(text, begin, quote.start) or _ISSUED.search(text, begin, quote.start)


def _with_next(page: Page, quote: Quote, cue_end: int) -> tuple[Span, ...]:
    """The quotation, and the one that follows when nothing but the end of the cue's sentence stands between."""
    spans = run_on(page, quote.span)
    if cue_end > quote.end:
        following = next((q for q in page.quotes if q.start >= cue_end), None)
        ending = page.skip(page.sentence(cue_end - 1)[1], " \xa0")
        if following and (ending == following.start or _ENDING.fullmatch(page.text, cue_end, following.start)):
            spans += run_on(page, following.span)
    return tuple(dict.fromkeys(spans))
