"""One reporting verb at a time: who its source is, and which words beside it are the content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.statements.clauses import RELATIVES, children, noun_phrase, own_subject, subject_of
from ingest.statements.cues import FINDERS, OBJECTS_TOO, VERBS, Verb, inflect
from ingest.statements.page import FINITE, Page
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


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in its place: where its own words begin and end beside the content."""

    page: Page
    token: Token
    verb: Verb
    subject: Token | None
    """Its own subject, standing beside it."""
    lead: int
    """Where subject, auxiliaries and verb begin."""
    tail: int
    """Where the verb and its modifiers end (somebody addressed, "on Tuesday", an inverted subject)."""


_MODIFIERS = ("npadvmod", "advmod", "prep", "dative", "agent", "prt", "neg", "nsubj", "tmod", "punct", "obl")
_CLAUSAL = ("ccomp", "xcomp")


def read_cue(page: Page, token: Token, verb: Verb) -> Cue:
    subject = own_subject(token)
    if subject is not None and page.quoted(page.at(subject)):
        subject = None
    lead = page.at(token)
    for child in token.lefts:
        if child.dep_ in ("aux", "auxpass", "neg", "nsubj", "nsubjpass", "advmod") and not _far(page, child, token):
            lead = min(lead, page.at(child.left_edge))
    tail = page.till(token)
    addressed = bool(verb.shapes & {"told", "asked"})
    for child in token.rights:
        if child.dep_ in _MODIFIERS or (addressed and child.dep_ in ("dobj", "dative")):
            if child.lower_ == ":" or page.quoted(page.at(child)):
                break
            if child.dep_ == "prep" and child.lower_ in verb.about:
                break
            tail = max(tail, page.till(child.right_edge))
        elif child.dep_ not in ("cc",):
            break
    sentence_end = page.sentence(page.at(token))[1]
    tail = min(tail, sentence_end)
    return Cue(page, token, verb, subject, lead, page.skip_back(tail, ",;:–—-.!?"))


def _far(page: Page, child: Token, verb: Token) -> bool:
    """An adverb or a phrase cut off by a comma is no part of the reporting words."""
    return child.dep_ == "advmod" and "," in page.text[page.till(child) : page.at(verb)]


def verb_frames(page: Page) -> list[Frame]:
    """A frame for every reporting verb of the page that has content, in reading order."""
    found: list[Frame] = []
    finite: list[tuple[int, str, Span]] = []  # sentence, tag and source of the finite cues so far
    for token in page.doc:
        verb = VERBS.get(token.lower_)
        if verb is None or not _is_verb(token) or page.quoted(page.at(token)):
            continue
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
    if token.tag_ == "VBN" and token.dep_ not in ("conj", "ROOT") and not _is_perfect(token):
        return token.lower_ == "asked" and token.dep_ == "advcl"
    return token.tag_.startswith("VB") and token.dep_ not in ("amod", "compound", "aux", "auxpass")


def _is_perfect(token: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in token.children)


def verb_frame(page: Page, token: Token, verb: Verb, shared: Span | None) -> Frame | None:
    """The frame of one verb; `shared` is the source of an earlier cue in its sentence, for a verb without a subject."""
    cue = read_cue(page, token, verb)
    spans, pattern = content(cue)
    if not spans:
        return None
    source = source_of(cue)
    if source is not None and page.quoted(page.at(source)):
        source = None
    if source is not None and cue.subject is None and source.lower_ in _NOBODY:
        return None
    source_span = page.span(*noun_phrase(source)) if source is not None else None
    if source is not None and source.lower_ in RELATIVES:
        source_span = antecedent(page, source) or source_span
    if shared is not None and (source is None or takes_shared(cue, source)):
        source_span = shared
    negated = any(child.dep_ == "neg" for child in token.children)
    return Frame(tuple(spans), source_span, (page.at(token), page.till(token)), verb.kind, negated, pattern, verb.lemma)


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
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in token.children)
    agent = next((noun for child in children(token, "agent") for noun in children(child, "pobj")), None)
    if passive or agent is not None:
        return agent
    if cue.subject is not None:
        return cue.subject
    inverted = _inverted(cue)
    return inverted if inverted is not None else subject_of(token)


def _inverted(cue: Cue) -> Token | None:
    """The noun phrase right behind a finite cue that follows a quotation: "'…,' said a man in the crowd"."""
    page, token = cue.page, cue.token
    if token.tag_ not in FINITE or not page.quoted(page.skip_back(cue.lead, " \xa0,") - 1):
        return None
    for following in page.doc[token.i + 1 : token.i + 8]:
        if following.pos_ in ("NOUN", "PROPN", "PRON") and following.left_edge.i == token.i + 1:
            return following
    return None


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
        left, pattern = left_content(cue, bool(right), clausal)
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
    return [], ""


def _allowed(cue: Cue) -> bool:
    """Verbs that report only with some subjects: studies find, and somebody in particular believes."""
    subject = cue.subject
    if subject is None:
        return False
    if "finding" in cue.verb.shapes:
        return subject.lower_ in FINDERS or any(t.lower_ in FINDERS for t in subject.lefts)
    return "believing" in cue.verb.shapes and subject.lower_ not in ("i", "you", "we", "it", "one")


# --- behind the cue ------------------------------------------------------------------------------


def right_clause(cue: Cue) -> list[Span]:
    page, token = cue.page, cue.token
    for child in token.rights:
        infinitive = child.dep_ == "xcomp" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if child.dep_ != "ccomp" and not infinitive:
            continue
        first = max(child.left_edge.i, token.i + 1)
        for other in token.rights:
            if other.i >= child.i:
                break
            starts = other.left_edge.i == token.i + 1
            if (other.dep_ == "advcl" and starts) or (infinitive and "asked" in cue.verb.shapes and other.dep_ in ("dobj", "dative")):
                first = min(first, other.left_edge.i)
        start = page.at(page.doc[first])
        if not cue.verb.shapes & {"told", "asked"} and not infinitive:
            start = min(start, _behind_cue(cue, start))
        end = clause_end(cue, child)
        span = page.trim(page.widen((start, clip(cue, start, end))))
        return [span] if span else []
    return []


_NOMINAL = ("DT", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "JJ", "CD", "EX", "PDT", "JJR", "JJS")


def _behind_cue(cue: Cue, start: int) -> int:
    """Where the words behind the cue begin, if they are a noun phrase or a quotation that the parser left out."""
    page = cue.page
    begin = page.skip(cue.tail, " \xa0")
    if begin >= start:
        return start
    token = next(iter(page.tokens(begin, start)), None)
    quote = page.quoted(begin)
    if (quote is not None and quote.start == begin) or (token is not None and token.tag_ in _NOMINAL):
        return begin
    return start


def clause_end(cue: Cue, clause: Token) -> int:
    """Where a complement ends: its own end, and whatever of the verb's goes on after it without a comma."""
    page, token = cue.page, cue.token
    last = clause.right_edge.i
    moved = True
    while moved:
        moved = False
        for child in token.rights:
            if child.left_edge.i == last + 1 and child.dep_ not in ("punct", "cc"):
                last, moved = child.right_edge.i, True
    end = page.widen((page.at(clause), page.till(page.doc[last])))[1]
    after = page.skip(end, " \xa0,")
    if page.quoted(end - 1) and page.text[after : after + 4].lower() in ("and ", "or t"):
        end = page.sentence(page.at(token))[1]
    after = page.skip(end, " \xa0")
    if page.text[after : after + 1] == ":" and page.quoted(page.skip(after)):
        end = page.widen((end, page.skip(after) + 1))[1]
    return end


def clip(cue: Cue, start: int, end: int) -> int:
    """Where content from start to end stops being the source's: before ", adding that …" and "and noted that …"."""
    page = cue.page
    tokens = page.tokens(start, end)
    for i, token in enumerate(tokens):
        at = page.at(token)
        if i < 3 or page.quoted(at):
            continue
        previous = tokens[i - 1]
        comma = previous.text in (",", "—", "–", "-", "--") or page.text[at - 2 : at - 1] in "”\"'"
        if comma and token.tag_ == "VBG" and token.lower_ in VERBS:
            return at
        if token.lower_ in ("and", "but"):
            for following in tokens[i + 1 : i + 4]:
                if following.lower_ in VERBS and following.tag_ == cue.token.tag_ and following.tag_ in FINITE:
                    return at
                if following.pos_ != "ADV" and following.pos_ != "AUX":
                    break
            if comma and tokens[i + 1 : i + 2] and tokens[i + 1].tag_ in FINITE:
                if not any(at < quote.start < at + 40 for quote in page.quotes):
                    return at
        if comma and (token.lower_ in _TURNS or (previous.text in ("—", "–") and token.lower_ in ("a", "an", "the"))):
            return at
        if comma and token.tag_ in ("WDT", "WP", "WP$") and _to_the_end(page, token, end):
            return at
    return end


_TURNS = ("while", "compared")
"""Words behind a comma with which the reporter takes over again."""


def _to_the_end(page: Page, token: Token, end: int) -> bool:
    """Does the relative clause of the pronoun `token` last to `end`?"""
    clause = token
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    return clause.dep_ == "relcl" and page.till(clause.right_edge) >= page.skip_back(end, _STOPS)


_STOPS = ",;:–—-.!?)"


def quote_after(cue: Cue) -> list[Span]:
    """The quotation that follows the cue: in its sentence, or behind a colon."""
    page = cue.page
    after = page.till(cue.token)
    sentence_end = page.sentence(page.at(cue.token))[1]
    for quote in page.quotes:
        if quote.start < after:
            continue
        gap = page.text[after : quote.start].rstrip()
        if quote.start >= sentence_end and not gap.endswith(":"):
            break
        if len(gap) > 150:
            break
        adjacent = gap[-1:] in (",", ":", "")
        if not adjacent and "quote" in cue.verb.shapes:
            break
        start = quote.start if adjacent else min(page.skip(cue.tail), quote.start)
        whole = adjacent and quote.words > 1 and page.text[quote.start : quote.end].lstrip("\"“'‘`«„")[:1].isupper()
        if whole or ends_sentence(page.text, quote.end) or quote.start >= sentence_end:
            return [(start, quote.end), *run_on(page, quote.span)[1:]]
        span = page.trim(page.widen((start, max(quote.end, clip(cue, start, sentence_end)))))
        return [span] if span else []
    return []


def run_on(page: Page, span: Span) -> list[Span]:
    """`span` and the quotations that follow it with nothing, or only "and", between."""
    spans = [span]
    for quote in page.quotes:
        if quote.start >= spans[-1][1] and page.text[spans[-1][1] : quote.start].strip(" ,\xa0") in ("", "and"):
            spans.append(quote.span)
    return spans


def rest_of_sentence(cue: Cue) -> list[Span]:
    """Where the parser saw no complement: all that follows in the sentence, if it holds a clause."""
    page = cue.page
    if cue.subject is None or "clause" not in cue.verb.shapes or cue.token.tag_ not in FINITE:
        return []
    if children(cue.token, "dobj") and not cue.verb.shapes & {"told", "asked"}:
        return object_content(cue) if cue.verb.lemma in OBJECTS_TOO else []
    following = page.tokens(page.skip(cue.tail), page.end)[:1]
    if not following or (following[0].tag_ in ("IN", "WRB", "TO", "CC") and following[0].lower_ not in ("that", "if")):
        return []
    end = page.sentence(page.at(cue.token))[1]
    if not page.has_clause(cue.tail, end):
        return []
    span = page.trim(page.widen((cue.tail, clip(cue, cue.tail, end))))
    return [span] if span else []


_OUTSIDE = ("in", "on", "at", "during", "after", "before", "since", "by", "via", "when", "amid")
"""Prepositions that tell when and where something was said, no part of what was."""


def object_content(cue: Cue) -> list[Span]:
    """The noun phrase behind the verb with what hangs on it; for a label, with what it is called."""
    page, token = cue.page, cue.token
    rights = [child for child in token.rights if child.dep_ in ("dobj", "ccomp", "xcomp", "oprd")]
    if not rights or (token.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in token.children)):
        return []
    first = last = rights[0]
    labelled = first.dep_ != "dobj"
    for child in token.rights:
        if child.i <= first.i or child.dep_ == "punct":
            continue
        if child.dep_ not in ("prep", "oprd", "xcomp", "ccomp", "acomp", "npadvmod"):
            break
        if child.dep_ == "prep" and child.lower_ in _OUTSIDE and token.lower_ not in VERBS_ON:
            break
        last = child
        labelled = labelled or child.dep_ in ("oprd", "xcomp", "ccomp", "acomp") or child.lower_ == "as"
    start, end = page.span(first.left_edge.i, last.right_edge.i + 1)
    if "label" in cue.verb.shapes and not labelled:
        end = _label_end(cue, start, end)
        if end is None:
            return []
    span = page.trim(page.widen((start, clip(cue, start, end))))
    if span is None or (last.i == first.i and first.pos_ == "PRON") or first.lower_.endswith(("self", "selves")):
        return []
    return [span]


VERBS_ON = frozenset(inflect("blame"))
"""Verbs whose content goes on behind "on"."""


def _label_end(cue: Cue, start: int, end: int) -> int | None:
    """Where the parser saw no label: the end of a quotation that follows in the sentence, or None."""
    page = cue.page
    for quote in page.quotes:
        if end <= quote.start + 2 and quote.end <= page.sentence(start)[1] and quote.start - end < 40:
            return quote.end
        if start < quote.start and quote.end >= end - 1 and quote.start < end:
            return max(end, quote.end)
    return None


def about_content(cue: Cue) -> list[Span]:
    page = cue.page
    for preposition in children(cue.token, "prep"):
        inner = children(preposition, "pobj", "pcomp")
        if preposition.lower_ in cue.verb.about and inner:
            last = inner[0].right_edge
            for child in cue.token.rights:
                if child.i > last.i and child.dep_ in ("xcomp", "prep", "advcl") and child.lower_ not in _OUTSIDE:
                    if child.dep_ == "prep" or any(c.lower_ == "to" for c in child.lefts):
                        last = child.right_edge
            start, end = page.span(preposition.i + 1, last.i + 1)
            span = page.trim(page.widen((start, clip(cue, start, end))))
            return [span] if span else []
    return []


# --- before the cue ------------------------------------------------------------------------------


def left_content(cue: Cue, right: bool, clausal: bool) -> tuple[list[Span], str]:
    """What stands before the cue and is said by its source: "'…,' she said", "The plan, he said, is …"."""
    page, text = cue.page, cue.page.text
    before = page.skip_back(cue.lead, "")
    if before <= page.start or (cue.subject is None and cue.token.tag_ not in ("VBD", "VBZ", "VBP")):
        return [], ""
    mark = text[before - 1]
    start = page.sentence(max(page.start, cue.lead - 1))[0]
    parenthetical = text[page.skip(cue.tail, " \xa0") : page.skip(cue.tail, " \xa0") + 1] in (",", "—", "–")
    quote = page.quoted(before - 1) or (page.quoted(before - 2) if mark in ",—–" else None)
    if quote is not None:
        inner = text[quote.start : quote.end].rstrip("\"”'’“»`")
        if right and not parenthetical and text[cue.tail : page.skip(cue.tail)].strip() == "":
            return [], ""
        closing = inner[-1:] in (",", "?", "!", "—", "–", "-") or (inner[-1:] in ".…" and not right)
        if closing or (mark in ",—–" and not (right and not parenthetical)):
            if not (start < quote.start and runs_into(page, start, quote.start)):
                start = max(start, quote.start) if start > quote.end else quote.start
            span = page.trim((start, quote.end))
            return ([span], "quote before") if span else ([], "")
    if mark not in ",—–" or (right and not parenthetical) or start >= before or not clausal or not interrupts(cue):
        return [], ""
    following = page.skip(cue.tail)
    opens = page.quoted(following)
    clause = page.has_clause(start, before)
    adverbial = page.tokens(start, before)[0].tag_ in ("IN", "WRB", "VBG", "VBN") and opens_one_clause(page, start, before)
    if opens is not None and opens.start == following:
        clause = clause and not adverbial
    if parenthetical and (clause or opens is None or opens.start != following) and following < page.sentence(cue.lead)[1]:
        if not clause and not page.has_clause(following, page.sentence(cue.lead)[1]):
            return [], ""
        span = page.trim(page.widen((start, before)))
        return ([span], "parenthetical") if span else ([], "")
    if clause and not adverbial and cue.token.tag_ in FINITE:
        span = page.trim(page.widen((start, before)))
        return ([span], "postposed") if span else ([], "")
    return [], ""


_SUBORDINATING = ("if", "when", "while", "because", "where", "after", "although", "though", "since", "before", "until", "whether")


def interrupts(cue: Cue) -> bool:
    """Can the cue stand as an aside in somebody's words? It needs a subject of its own and is no subordinate clause."""
    subject = cue.subject
    if subject is None or subject.lower_ in RELATIVES or cue.token.dep_ == "relcl":
        return False
    return not any(child.dep_ in ("mark", "advmod") and child.lower_ in _SUBORDINATING for child in cue.token.lefts)


def opens_one_clause(page: Page, start: int, end: int) -> bool:
    """Is the text a single introductory clause, without a comma between two finite verbs?"""
    verbs = [token for token in page.tokens(start, end) if token.tag_ in FINITE]
    return len(verbs) < 2 or "," not in page.text[page.at(verbs[0]) : page.at(verbs[-1])]


def runs_into(page: Page, start: int, quote: int) -> bool:
    """Does the sentence that begins at `start` run on into the quotation at `quote`?"""
    gap = page.text[start:quote].rstrip()
    return bool(gap) and gap[-1] not in ".!?:" and any(c.isalpha() for c in gap)


def join(cue: Cue, left: list[Span], pattern: str) -> list[Span]:
    """`left` with what goes on behind the cue: the rest of the sentence, or the quotation in the next."""
    page, text = cue.page, cue.page.text
    sentence = page.sentence(cue.lead)
    after = page.skip(cue.tail)
    quote = page.quoted(after)
    if quote is not None and quote.start == after and text[cue.tail : after].strip() and pattern != "postposed":
        if after < sentence[1]:
            end = clip(cue, after, sentence[1]) if not ends_sentence(text, quote.end) else quote.end
            span = page.trim(page.widen((after, end)))
            return left + ([span] if span else [])
        return left + run_on(page, quote.span)
    if pattern == "parenthetical" or (pattern == "quote before" and text[cue.tail : after].strip() == "," and after < sentence[1]):
        if pattern == "parenthetical" or page.doc.char_span is None:
            span = page.trim(page.widen((after, clip(cue, after, sentence[1]))))
            return left + ([span] if span else [])
    if pattern == "quote before" and (later := _taken_up(cue, sentence[1])):
        return left + later
    if pattern == "quote before":
        opening = page.skip(sentence[1], " \xa0")
        following = page.quoted(opening)
        between = page.tokens(cue.tail, sentence[1])
        if following and following.start == opening and not any(
            t.lower_ in VERBS and t.tag_ == "VBG" for t in between if not page.quoted(page.at(t))
        ):
            return left + run_on(page, following.span)
    return left


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


def ends_sentence(text: str, end: int) -> bool:
    return text[:end].rstrip("\"”'’“»`")[-1:] in (".", "?", "!", "…")
