"""Statements marked by a phrase instead of a verb: "according to …", "in Doe's view, …", "Mayor Doe: …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.statements.behind import run_on
from ingest.statements.clauses import FINITE, children, noun_phrase
from ingest.statements.cues import QUOTING
from ingest.statements.frames import Frame
from ingest.statements.page import Page
from ingest.statements.titles import ABBREVIATED
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def according_frames(page: Page) -> list[Frame]:
    """A frame for every "according to …" outside quotations: the content is the rest of its sentence."""
    found = []
    for token in page.doc:
        if token.lower_ != "according" or page.quoted(page.at(token)) or token.i + 2 >= len(page.doc):
            continue
        to = page.doc[token.i + 1]
        if to.lower_ != "to":
            continue
        noun = next(iter(children(to, "pobj", "pcomp")), None)
        frame = _according(page, token, to, noun)
        if frame is not None:
            found.append(frame)
    return found


_VIEW = re.compile(
    r"(?:(?:But|And|Yet|Still|So),? )?[Ii]n "
    r"(?P<source>(?:(?:Dr|Mr|Mrs|Ms|Prof)\. )?[A-Z][\w.’'-]*?(?: [A-Z][\w.’'-]*?){0,3}(?=['’]s )|his|her)"
    r"(?:['’]s)?(?: own)? (?P<cue>view|opinion|telling|estimation|judg(?:e)?ment|reckoning),\s+"
)
"""Before what somebody thinks: "In Pell's view, …"."""


def view_frames(page: Page) -> list[Frame]:
    """A frame for every sentence that begins "In Pell's view, …": the rest of it is the content."""
    found = []
    for start, end in page.sentences:
        match = _VIEW.match(page.text, start, end)
        if match is None or page.quoted(start):
            continue
        span = page.trim(page.widen((match.end(), end)))
        if span is not None and page.has_clause(*span):
            found.append(
                Frame((span,), match.span("source"), match.span("cue"), "believed", False, "according to", "view")
            )
    return found


_TITLED = re.compile(
    rf"(?:(?:{'|'.join(a.capitalize() for a in sorted(ABBREVIATED))})\. )+[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*"
)


def _according(page: Page, token: Token, to: Token, noun: Token | None) -> Frame | None:
    text = page.text
    sentence = page.sentence(page.at(token))
    source = page.span(*noun_phrase(noun)) if noun is not None else None
    titled = _TITLED.match(text, page.skip(page.till(to), " \xa0"), sentence[1])
    if titled and (source is None or source[1] < titled.end()):
        source = titled.span()  # the parser ends a sentence at "Det."
    begin, end = page.at(token), page.till(noun.right_edge if noun is not None else to)
    end = min(max(end, source[1] if titled and source else end), sentence[1])
    before = page.skip_back(begin)
    spans: list[Span] = []
    if before > sentence[0]:
        start = _last_clause(page, sentence[0], before)
        spans += [span] if (span := page.trim(page.widen((start, before)))) else []
        if text[page.skip(end, " \xa0") : page.skip(end, " \xa0") + 1] != ",":
            end = sentence[1]  # the phrase ends the sentence, whatever hangs on it
    else:
        comma = text.find(",", page.till(to), sentence[1])
        if text[page.skip(end, " \xa0") : page.skip(end, " \xa0") + 1] not in (",", ":") and comma >= 0:
            end = comma
    after = page.skip(end)
    if after < sentence[1]:
        spans += [span] if (span := page.trim(page.widen((after, sentence[1])))) else []
    if not spans:
        return None
    return Frame(tuple(spans), source, (begin, page.till(to)), "said", False, "according to", "according")


_RELATIVE = re.compile(r",\s+(?=(?:which|who|with|where)\b[^,]*$)")


def _last_clause(page: Page, start: int, end: int) -> int:
    """Where a relative clause or a "with …" begins that the phrase follows at once, else `start`."""
    match = _RELATIVE.search(page.text, start, end)
    return match.end() if match and not page.quoted(match.start()) else start


_HEADING = re.compile(r"([A-Z][^:\n\"“”]{1,60}?)\s*:\s*(?=[\"“]|''|``)")
_NO_NAMES = frozenset(
    "quote read watch related update editor note correction corrections clarification photo video".split()
)


def heading_frames(page: Page) -> list[Frame]:
    """ "Mayor Doe: 'We will go.'": a name, a colon and a quotation make up the paragraph's beginning."""
    match = _HEADING.match(page.text, page.start, page.end)
    if match is None or len(match[1].split()) > 8 or match[1].split()[0].lower().rstrip(",.") in _NO_NAMES:
        return []
    if any(token.tag_ in FINITE or token.tag_ in ("VBG", "VBN") for token in page.tokens(*match.span(1))):
        return []
    if match[1].split()[-1].lower() in QUOTING:
        return []  # "A statement from the family read: '…'", with its verb taken for a noun
    quote = page.quoted(match.end())
    if quote is None or quote.words < 3:
        return []
    colon = page.text.index(":", match.end(1))
    return [Frame(tuple(run_on(page, quote.span)), match.span(1), (colon, colon + 1), "said", False, "heading", ":")]
