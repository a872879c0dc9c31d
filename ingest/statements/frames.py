"""One reporting verb at a time: who its source is, and which words beside it are the content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.statements.before import join, left_content
from ingest.statements.behind import quote_after, rest_of_sentence, right_clause
from ingest.statements.clauses import FINITE, RELATIVES, children, noun_phrase, subject_of
from ingest.statements.cues import DECLINING, FINDERS, SPEAKING, STANDS, VERBS, Verb
from ingest.statements.negation import denies_speech, is_negated, is_nobody
from ingest.statements.objects import about_content, object_content, passive_content
from ingest.statements.page import Page
from ingest.statements.reporting import Cue, is_misread, read_cue
from ingest.statements.roles import noun_kind
from ingest.statements.titles import DATES, NOT_NAMES
from rag.domain import Kind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with what belongs to it, before frames are weighed against each other."""

    spans: tuple[Span, ...]
    source: Span | None
    cue: Span
    kind: Kind
    negated: bool
    pattern: str
    """How the content was found; confidence is by pattern."""
    verb: str = ""
    pronoun: bool = False
    """The source is a pronoun ("he"), so mostly somebody who speaks already."""


def verb_frames(page: Page) -> list[Frame]:
    """A frame for every reporting verb of the page that has content, in reading order."""
    found: list[Frame] = []
    finite: list[tuple[int, str, Span]] = []  # sentence, tag and source of the finite cues so far
    for token in page.doc:
        verb = VERBS.get(token.lower_)
        if verb is None or not _is_verb(token) or page.quoted(page.at(token)) or page.text[page.at(token) - 1] == "<":
            continue  # the last: a tag, as "<tweet …>"
        sentence = page.sentence(page.at(token))[0]
        shared = [source for at, tag, source in finite if at == sentence and tag in _SHARING.get(token.tag_, ())]
        frame = verb_frame(page, token, verb, shared[-1] if shared else None)
        if frame is None:
            continue
        found.append(frame)
        if frame.source is not None and token.tag_ in FINITE:
            finite.append((sentence, token.tag_, frame.source))
    return found


_SHARING: dict[str, tuple[str, ...]] = {
    "VBG": ("VBD", "VBZ", "VBP"), "VBD": ("VBD",), "VBZ": ("VBZ",), "VBN": ("VBD",), "VBP": ("VBP",)
}  # fmt: skip
"""By the tag of a cue without a subject beside it: from which earlier cues of its sentence it takes the source."""


def _is_verb(token: Token) -> bool:
    if token.tag_ == "VBN" and token.lower_ == "told" and not any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False  # "all told"
    if is_misread(token):
        return True
    if token.tag_ == "VBN" and token.dep_ not in ("conj", "ROOT") and not _is_perfect(token):
        return token.lower_ == "asked" and token.dep_ == "advcl"
    return token.tag_.startswith("VB") and token.dep_ not in ("amod", "compound", "aux", "auxpass")


def _is_perfect(token: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in token.children)


def verb_frame(page: Page, token: Token, verb: Verb, shared: Span | None) -> Frame | None:
    """The frame of one verb; `shared` is the source of an earlier cue in its sentence, for a verb without a subject."""
    if _is_done_to(token) or _is_asked(token):
        shared = None  # "Ann Gray said nurses were told to keep quiet"
    if token.tag_ == "VB" and token.i == token.sent.start and not children(token, "nsubj"):
        return None  # "Note that …": the reader is told to
    if verb.lemma == "cite" and token.dep_ == "advcl" and token.head.lower_ in DECLINING:
        return None  # "declined to comment, citing the case": a reason to say nothing
    cue = read_cue(page, token, verb)
    spans, pattern = content(cue)
    if not any(_tells(page, span) for span in spans):
        return None
    source = source_of(cue)
    if source is not None and page.quoted(page.at(source)):
        source = None
    own = page.span(*noun_phrase(source)) if source is not None else None
    if source is None and token.tag_ in FINITE and not children(token, "auxpass", "agent") and not _is_asked(token):
        own = _name_before(page, token)
    goes_on = shared is not None and (own is None or (source is not None and takes_shared(cue, source)))
    if source is not None and cue.subject is None and source.lower_ in _NOBODY and not goes_on:
        return None
    source_span = own
    if source is not None and source.lower_ in RELATIVES:
        source_span = antecedent(page, source) or source_span
    if goes_on:
        source_span = shared
    if source is not None and source.i < token.i and source_span is not None:
        source_span = _named_behind(page, source_span, cue.token) or source_span
    span = (page.at(token), page.till(token))
    kind: Kind = "position" if pattern == "about" and verb.lemma in STANDS else verb.kind
    pronoun = source is not None and source.tag_ == "PRP"
    negated = is_negated(page, token) or denies_speech(page, token)
    negated = negated or (source_span is not None and is_nobody(page.text, source_span))
    return Frame(tuple(spans), source_span, span, kind, negated, pattern, verb.lemma, pronoun)


_OPENING_NAME = re.compile(
    r"\s*(?:(?:But|And|Yet) )?(?P<name>(?:[A-Z][\w'’-]*\.? ){1,3}[A-Z][\w'’-]+)(?:, [^,\"“”\n]{1,80},)? $"
)


_OPENING_SURNAME = re.compile(r"\s*(?:(?:But|And|Yet) )?(?P<name>[A-Z][a-z][\w'’-]+) $")


def _name_before(page: Page, cue: Token) -> Span | None:
    """The name that begins the sentence of a cue and stands before it with nothing but an aside between, where the parser
    took it for something else: "Ann Gray, lead author of the new study, said"."""
    start, end = page.sentence(page.at(cue))[0], page.at(cue)
    match = _OPENING_NAME.fullmatch(page.text, start, end) or _OPENING_SURNAME.fullmatch(page.text, start, end)
    if match and match["name"].lower() in NOT_NAMES | DATES:
        return None
    return match.span("name") if match and not page.quoted(match.start("name")) else None


_NAME_BEFORE = re.compile(r", (?P<name>(?:[a-z][\w-]* )*(?:[A-Z][\w.'’-]*[ ,]){2,4}),? ?$")


def _named_behind(page: Page, source: Span, cue: Token) -> Span | None:
    """The name between two commas before the cue, where a clause parts it from its description: "One of those who signed
    it, Joan Pell, said". Not a place's: "a woman from Oldport, New Tarn, said"."""
    between = page.text[source[1] : page.at(cue)]
    match = _NAME_BEFORE.search(between)
    if match is None or match.start() < 2 or page.quoted(source[1]):
        return None
    clause, name = between[: match.start()].split(), match["name"].rstrip(" ,")
    if clause[0].lower() not in (*RELATIVES, "whose") and not clause[0].endswith(("ing", "ed")):
        return None
    if clause[-1][0].isupper() or clause[-1][-1:] == ",":
        return None
    start = source[1] + match.start("name")
    return start, start + len(name)


_EMPTY = frozenset("that this these those so it them one as much is are and but to if".split())
"""Words that say nothing alone: "she said so", "they mentioned that"."""


def _tells(page: Page, span: Span) -> bool:
    """Does the content hold a word that isn't empty? A quotation always does."""
    return page.quoted(span[0]) is not None or any(
        token.lower_ not in _EMPTY and token.text[0].isalnum() for token in page.tokens(*span)
    )


def declined_frames(page: Page) -> list[Frame]:
    """ "The firm declined to comment": a statement with its own refusal as content, marked as negated."""
    found = []
    for token in page.doc:
        if token.lower_ not in {*DECLINING, "respond"} or page.quoted(page.at(token)):
            continue
        speech = next((child for child in children(token, "xcomp") if child.lower_ in SPEAKING), None)
        if token.lower_ == "respond" and children(token, "neg"):
            speech = next((child for child in children(token, "prep") if child.lower_ == "to"), None)
        source = subject_of(token)
        if speech is None or source is None:
            continue
        span = page.trim(page.span(speech.left_edge.i, speech.right_edge.i + 1))
        if span is not None:
            cue = (page.at(token), page.till(token))
            found.append(Frame((span,), page.span(*noun_phrase(source)), cue, "said", True, "declined", token.lower_))
    return found


_NOBODY = ("it", "one", "there", "that", "this", "what")


def takes_shared(cue: Cue, source: Token) -> bool:
    """Does a verb go on with the source of an earlier cue? "X says the aim is …, but conceded …", "…, adding …"."""
    token = cue.token
    if cue.subject is not None or token.dep_ == "relcl" or source.i > token.i:
        return False
    before = [t for t in cue.page.doc[max(0, token.i - 3) : token.i] if t.pos_ not in ("ADV", "AUX", "PART")]
    if not before:
        return False
    return before[-1].lower_ in ("and", "but") or (token.tag_ == "VBG" and before[-1].text in (",", "—", "–", "-"))


def source_of(cue: Cue) -> Token | None:
    token = cue.token
    agent = next((noun for child in children(token, "agent") for noun in children(child, "pobj")), None)
    if _is_passive(token) or agent is not None:
        return agent
    if _is_asked(token):
        return None
    if cue.subject is not None:
        return cue.subject
    inverted = _inverted(cue)
    return inverted if inverted is not None else subject_of(token)


def _is_passive(token: Token) -> bool:
    return bool(children(token, "auxpass", "nsubjpass"))


def _is_done_to(token: Token) -> bool:
    """Is the verb a passive, alone or as one of several: "were told to wait and asked to keep quiet"?"""
    goes_on = token.tag_ == "VBN" and token.dep_ == "conj" and not children(token, "aux", "nsubj")
    return _is_passive(token) or (goes_on and _is_passive(token.head))


def _is_asked(token: Token) -> bool:
    """Is somebody asked rather than asking, in an introduction or an aside? "Asked whether …, the mayor laughed", "when
    asked …", "the mayor, asked whether …, replied"."""
    if token.lower_ not in ("asked", "pressed", "told"):
        return False
    if token.i == token.sent.start or token.nbor(-1).lower_ in ("when", "if", "once", "while", "though"):
        return True
    return token.nbor(-1).text == "," and _leads_to_a_reply(token)


def _leads_to_a_reply(token: Token) -> bool:
    """Does a comma behind the verb lead to what its noun then said: "…, asked whether …, replied"?"""
    for comma in token.doc[token.i + 1 : token.i + _ASIDE]:
        if comma.text in (".", "?", "!", ";", ":", *_OPENING_MARKS):
            return False
        if comma.text == "," and comma.i + 2 < len(token.doc):
            behind = next((t for t in token.doc[comma.i + 1 : comma.i + 3] if t.pos_ != "ADV"), comma)
            if behind.lower_ in VERBS and behind.tag_ in FINITE:
                return True
    return False


_ASIDE = 40
"""Words of an aside in which somebody is asked."""
_OPENING_MARKS = ('"', "“", "``", "«", "„")


def _inverted(cue: Cue) -> Token | None:
    """The noun phrase right behind a finite cue that follows a quotation: "'…,' said a man in the crowd"."""
    page, token = cue.page, cue.token
    if token.tag_ not in FINITE or not page.quoted(page.skip_back(cue.lead, " \xa0,") - 1):
        return None
    for following in page.doc[token.i + 1 : token.i + 8]:
        if following.tag_ == "PRP$" or following.dep_ == "poss":
            continue  # "'…,' agreed her deputy, Bo Lind"
        if following.pos_ in ("NOUN", "PROPN", "PRON") and following.left_edge.i == token.i + 1:
            thing = following.dep_ == "dobj" and children(following, "poss") and not _may_speak(following)
            return None if thing else following
    return None


def _may_speak(noun: Token) -> bool:
    """Is it somebody or some body: "her deputy", not "her record"?"""
    return noun.pos_ == "PROPN" or noun_kind(noun.lower_) in ("person", "group") or bool(children(noun, "appos"))


def antecedent(page: Page, pronoun: Token) -> Span | None:
    """The words that a relative pronoun stands for, up to the pronoun: "the mayor, who"."""
    clause = pronoun.head
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ != "relcl":
        return None
    start, end = noun_phrase(clause.head)
    if not start < end <= pronoun.i <= end + 2:
        return None
    return page.at(page.doc[start]), page.till(pronoun)


def content(cue: Cue) -> tuple[list[Span], str]:
    """The spans of what was said, and the name of the pattern that found them."""
    shapes = cue.verb.shapes
    clausal = bool(shapes & {"clause", "told", "asked"}) or _allowed(cue)
    if clausal or "quote" in shapes:
        right = right_clause(cue) if clausal else []
        left, pattern = left_content(cue, right, clausal)
        if left:
            return join(cue, left, pattern), pattern
        if right:
            return right, "clause"
        if after := quote_after(cue):
            return after, "quote after"
        if clausal and (rest := rest_of_sentence(cue)):
            return rest, "rest"
    if "infinitive" in shapes and (right := right_clause(cue)):
        return right, "clause"
    if cue.verb.lemma == "call" and (spans := about_content(cue)):
        return spans, "about"
    if shapes & {"object", "label"} and (spans := object_content(cue)):
        return spans, "object"
    if spans := about_content(cue):
        return spans, "about"
    if shapes & {"object", "label"} and (spans := passive_content(cue)):
        return spans, "passive"
    return [], ""


def _allowed(cue: Cue) -> bool:
    """Verbs that report only with some subjects: studies find, and somebody in particular believes."""
    subject = cue.subject
    if subject is None:
        return False
    if "finding" in cue.verb.shapes:
        return subject.lower_ in FINDERS or any(t.lower_ in FINDERS for t in subject.lefts)
    return "believing" in cue.verb.shapes and subject.lower_ not in ("i", "you", "we", "it", "one")
