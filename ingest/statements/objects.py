"""Content that is no clause: an object with what hangs on it, a label, a prepositional phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.statements.clauses import FINITE, TEXTS, children, noun_phrase
from ingest.statements.clip import clip
from ingest.statements.cues import VERBS, inflect
from ingest.statements.page import Page
from ingest.statements.reporting import Cue, is_misread
from ingest.statements.titles import DATES
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


_OUTSIDE = ("on", "at", "during", "after", "before", "since", "when", "amid")
"""Prepositions that tell when and where something was said, no part of what was."""

_WITH_ON = frozenset(inflect("blame"))
"""Verbs whose content goes on behind "on"."""

_COMPLEMENTS = ("oprd", "xcomp", "ccomp", "acomp")


def object_content(cue: Cue) -> list[Span]:
    """The noun phrase behind the verb with what hangs on it; for a label, with what it is called."""
    page, token = cue.page, cue.token
    first = next((child for child in token.rights if child.dep_ in ("dobj", "ccomp", "xcomp", "oprd")), None)
    if first is None and (relative := _relative_object(token)) is not None:
        behind = [
            child for child in token.rights if child.dep_ in ("prep", *_COMPLEMENTS) and child.lower_ in ("as", "for")
        ]
        start, end = page.span(behind[0].left_edge.i, behind[0].right_edge.i + 1) if behind else (0, 0)
        span = page.trim(page.widen((start, clip(cue, start, end)))) if behind else None
        return [(page.at(relative), page.till(relative)), span] if span else []
    if first is None and "label" in cue.verb.shapes:
        return _labelled_quote(cue)
    if first is None or (token.tag_ == "VBN" and not children(token, "aux", "auxpass") and not is_misread(token)):
        return []
    last, labelled = _hanging(token, first)
    start, end = page.span(first.left_edge.i, last.right_edge.i + 1)
    if "label" in cue.verb.shapes and not labelled:
        end = _label_end(cue, start, end)
        return [span] if end > start and (span := page.trim(page.widen((start, end)))) else []
    if end <= start or (last.i == first.i and first.pos_ == "PRON") or first.lower_.endswith(("self", "selves")):
        return []
    span = page.trim(page.widen((start, clip(cue, start, end))))
    return [span] if span else []


def _hanging(verb: Token, first: Token) -> tuple[Token, bool]:
    """The last of what hangs on the verb behind its object `first`, and whether any of it is a label."""
    last, labelled = first, first.dep_ != "dobj"
    for child in verb.rights:
        if child.i <= first.i or child.dep_ == "punct":
            continue
        second = (
            child.dep_ == "dobj" and "label" in VERBS[verb.lower_].shapes and not children(verb, "prt")
        )  # "called him a disgrace"
        if child.dep_ not in ("prep", "npadvmod", *_COMPLEMENTS) and not second:
            break
        if child.dep_ == "prep" and _sets_scene(child) and verb.lower_ not in _WITH_ON:
            break
        last = child
        labelled = labelled or second or child.dep_ in _COMPLEMENTS or child.lower_ == "as"
    return last, labelled


def _sets_scene(preposition: Token) -> bool:
    """Does the phrase tell when or where something was said? "in an interview", "in 2012", "after the vote"."""
    if preposition.lower_ != "in":
        return preposition.lower_ in _OUTSIDE
    inner = children(preposition, "pobj")
    return bool(inner) and (inner[0].lower_ in TEXTS or inner[0].text.isdigit() or inner[0].lower_ in DATES)


_LABEL = 80
"""Characters between what is labelled and the quotation that is its label."""


def _verb_between(page: Page, start: int, end: int) -> bool:
    return any(token.tag_ in FINITE or token.lower_ in VERBS for token in page.tokens(start, end))


def _relative_object(verb: Token) -> Token | None:
    """The relative pronoun that is the verb's object: "the pier, which she described as unsafe"."""
    return next(
        (child for child in verb.lefts if child.dep_ in ("dobj", "nsubj") and child.lower_ in ("which", "whom")), None
    )


def _labelled_quote(cue: Cue) -> list[Span]:
    """Where the parser lost the object: the words behind the verb, up to the end of a quotation that they lead to."""
    page, begin = cue.page, cue.page.till(cue.token)
    quote = next((quote for quote in page.quotes if quote.start >= begin), None)
    if quote is None or quote.start > page.sentence(begin)[1] or quote.start - begin > _LABEL:
        return []
    between = page.tokens(begin, quote.start)
    if not between or _verb_between(page, begin, quote.start) or between[0].tag_ in ("IN", "RB", "CC", ",", ":"):
        return []
    span = page.trim((begin, quote.end))
    return [span] if span else []


def _label_end(cue: Cue, start: int, end: int) -> int:
    """Where the parser saw no label: the end of a quotation that follows in the sentence, or `start`: there is none."""
    page = cue.page
    for quote in page.quotes:
        if end <= quote.start + 2 and quote.end <= page.sentence(start)[1] and quote.start - end < _LABEL:
            return start if _verb_between(page, end, quote.start) else quote.end
        if start < quote.start < end:
            return max(end, quote.end)
    return start


def about_content(cue: Cue) -> list[Span]:
    """What stands behind one of the verb's prepositions ("called for …", "spoke about …")."""
    page = cue.page
    for child in cue.token.rights:
        inner = children(child, "pobj", "pcomp") if child.dep_ == "prep" else []
        if inner and child.lower_ in cue.verb.about:
            first, last = child.i + 1, _last_about(cue.token, inner[0].right_edge)
        elif child.dep_ in ("advcl", "ccomp", "xcomp") and child.left_edge.lower_ in cue.verb.about:
            first, last = child.left_edge.i + 1, child.right_edge  # "called for the council to resign"
        else:
            continue
        if last.i < first:
            continue  # a clause of its preposition alone, as the parser reads some headings
        start, end = page.span(first, last.i + 1)
        span = page.trim(page.widen((start, clip(cue, start, end))))
        alone = last.i == first and last.pos_ == "PRON"
        return [span] if span and not alone else []
    return []


def _last_about(verb: Token, last: Token) -> Token:
    for child in verb.rights:
        infinitive = child.dep_ in ("xcomp", "advcl") and any(c.lower_ == "to" for c in child.lefts)
        if child.i > last.i and (infinitive or (child.dep_ == "prep" and not _sets_scene(child))):
            last = child.right_edge
    return last


def passive_content(cue: Cue) -> list[Span]:
    """ "The mayor was accused of lying": the subject, and what is said of it behind the verb."""
    page, token = cue.page, cue.token
    subjects = [child for child in children(token, "nsubjpass") if child.pos_ not in ("DET", "SCONJ")]
    behind = [
        child for child in token.rights if child.dep_ in _COMPLEMENTS or (child.dep_ == "prep" and child.lower_ in _OF)
    ]
    if (
        subjects
        and not behind
        and children(token, "agent")
        and "object" in cue.verb.shapes
        and subjects[0].pos_ != "PRON"
    ):
        first = page.trim(page.span(*noun_phrase(subjects[0])))
        return [first] if first else []
    if not subjects or not behind or subjects[0].lower_ in ("who", "which", "that"):
        return []
    first = page.trim(page.span(subjects[0].left_edge.i, subjects[0].right_edge.i + 1))
    start, end = page.span(behind[0].left_edge.i, behind[-1].right_edge.i + 1)
    second = page.trim(page.widen((start, clip(cue, start, end))))
    return [first, second] if first and second and first[1] <= second[0] else []


_OF = ("of", "as", "for")
