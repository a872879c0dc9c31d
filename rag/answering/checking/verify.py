"""Does a sentence stand in the passages it cites? Decided without another model, by rules that rather reject.

Both are read as lists of telling words (`rag.answering.checking.claims`): content words by stem, numbers by value, and the words
that turn a claim: negators, conditions, modal verbs, limits. Clause by clause, the sentence's words must be found in
one sentence of one cited passage, in the same order and in one clause or in clauses that share it
(`rag.answering.checking.joints`); what the passage says in between must not turn the claim; what is nobody's words keeps
its "a report said"; and whoever is named as the speaker must be the citation's. A false "supported" is the worst error,
so a free paraphrase fails: the reader then gets the article's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from rag.answering.checking import claims, joints, wording
from rag.answering.checking.claims import Attribution, Token
from rag.answering.checking.joints import Pairs
from rag.domain import Article, Citation, Line, Span
from rag.text import fold, paragraphs, sentences

IN_ORDER = 0.8
"""Least share of a clause's telling words that one sentence of the passage has in the same order."""
IN_WORDS = 0.6
"""… that the cited words themselves have; the rest may stand beside them in the paragraph."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a written sentence."""

    supported: bool
    reason: str | None = None
    """Why not, as a phrase for the reader: "“failed” is not in the passage"."""


SUPPORTED = Verdict(True)


_SILENT = ("break", "gender")


def _no(reason: str) -> Verdict:
    return Verdict(False, reason)


@dataclass(frozen=True, slots=True)
class _Source:
    """One sentence of the article that holds cited words."""

    citation: Citation
    tokens: tuple[Token, ...]
    cited: tuple[bool, ...]
    """Of each token: whether it is among the cited words."""
    whole: bool
    """The sentence is cited from its first character, its own "he said" included."""
    beside: frozenset[str]
    """Keys of what stands in the paragraph, the title and the speaker's name and role."""
    own: frozenset[str]
    """Keys of the speaker's name and role: all that a claim may have and its sentence not."""
    quoted: tuple[bool, ...]
    """Of each token: whether it is between quotation marks."""
    around: str
    """The paragraph."""
    text: str
    """The sentence."""


def check_sentence(
    sentence: str,
    evidence: Sequence[Citation],
    contexts: Sequence[str] = (),
    *,
    roles: Sequence[str | None] = (),
    speakers: Sequence[str] = (),
    he: str | None = None,
    unattributed: bool = False,
) -> Verdict:
    """Check one sentence, without its [n] marks, against the citations that it names.

    Args:
        evidence: what the sentence cites.
        contexts: the paragraph around each citation; missing ones are the citation's own words.
        roles: the speaker's role of each citation ("Police Commissioner").
        speakers: everybody who speaks in the evidence at hand: a surname that two of them have names nobody.
        he: whom the sentence before named as speaker, so that "he said" can be resolved.
        unattributed: accept a claim of the citation's speaker without their name (answers to plain questions of fact).
    """
    if not evidence:
        return _no("cites no passage")
    contexts = [contexts[i] if i < len(contexts) else c.text for i, c in enumerate(evidence)]
    roles = [roles[i] if i < len(roles) else None for i, _ in enumerate(evidence)]
    text = _without_article_date(claims.tidy(sentence), evidence)
    quotes = claims.quotations(text)
    if quotes is None:
        return _no("a quotation mark is not closed")
    for start, end in quotes:
        if not _quoted(text[start:end], evidence, contexts):
            return _no(f"“{text[start:end]}” is not word for word in the passage")
    sources = _sources(evidence, contexts, roles)
    nobodys = [s for s in sources if s.citation.speaker is None]
    read: list[Verdict] = []
    for said in claims.attributions(text, quotes):
        spoken, problem = _of_speaker(sources, said, dict(zip(evidence, roles, strict=True)), speakers, he)
        if spoken:
            read.append(_check_clauses(said.rest, spoken, attributed=True))
        else:
            read.append(_check_clauses(text, nobodys, attributed=False) if nobodys else _no(problem))
    if read:
        return next((verdict for verdict in read if verdict.supported), read[0])
    if unattributed:
        return _check_clauses(text, sources, attributed=True)
    return _check_clauses(text, nobodys, attributed=False) if nobodys else _no("leaves out who said it")


def check_lines(lines: Sequence[Line], article: Callable[[str], Article | None]) -> tuple[Line, ...]:
    """The lines all of whose citations are their articles' characters at their offsets; the others are dropped."""
    return tuple(x for x in lines if x.citations and all(_holds(c, article(c.article_id)) for c in x.citations))


def _holds(c: Citation, article: Article | None) -> bool:
    return article is not None and 0 <= c.start < c.end <= len(article.text) and article.text[c.start : c.end] == c.text


def context(article: Article, span: Span) -> str:
    """The paragraphs that a span touches."""
    touched = [p for p in paragraphs(article.text) if p[0] < span[1] and span[0] < p[1]]
    return article.text[touched[0][0] : touched[-1][1]] if touched else article.cut(span)


# --- quotations

_EDGE = " \t\n.,;:!?-'\""


def _plain(text: str) -> str:
    text = re.sub(r"\.{3,}", "…", fold(text).replace('"', "'").lower())
    return re.sub(r"\s+", " ", re.sub(r"\s*-+\s*", "-", text)).strip()


def _quoted(quote: str, evidence: Sequence[Citation], contexts: Sequence[str]) -> bool:
    """Whether these words stand, in this order and unbroken, in what one citation holds."""
    pieces = [p.strip(_EDGE) for p in _plain(quote).split("…")]
    pieces = [p for p in pieces if p]
    if not pieces:
        return False
    for c, around in zip(evidence, contexts, strict=True):
        where = (c.text,) if c.speaker else (c.text, around)
        if any(_in_order(pieces, _plain(text)) for text in where):
            return True
    return any(_in_order(pieces, text) for text in _joined(evidence, contexts))


_TOLD_BETWEEN = 60
"""Characters at most of "she said" between two pieces of one quotation."""


def _joined(evidence: Sequence[Citation], contexts: Sequence[str]) -> Iterator[str]:
    """Two pieces of one speaker's quotation as one, each stop in it both as a comma and as a full stop: of “We tried,” she
    said. “It failed.” what is written as “We tried. It failed.” or “We tried, it failed.”"""
    for (c, around), (d, _) in product(zip(evidence, contexts, strict=True), repeat=2):
        if (c.article_id, c.speaker) != (d.article_id, d.speaker) or not c.speaker or d.start <= c.end:
            continue
        between = around[around.find(c.text) + len(c.text) : around.find(d.text)] if d.text in around else ""
        told = [t for t in claims.tokens(between) if t.kind not in _SILENT]
        if len(between) > _TOLD_BETWEEN or not any(t.kind == "say" for t in told):
            continue
        if all(t.kind == "say" or t.key in _keys(c.speaker) | wording.TITLES for t in told):
            first, second = _plain(c.text).strip(_EDGE), _plain(d.text).strip(_EDGE)
            yield from (f"{first}{stop} {second}" for stop in (".", ","))


def _keys(name: str) -> set[str]:
    return {t.key for t in claims.tokens(name)}


def _in_order(pieces: Sequence[str], text: str) -> bool:
    """Each piece at word bounds, one after the other; what an ellipsis leaves out must not turn the rest."""
    at = 0
    for n, piece in enumerate(pieces):
        m = re.compile(rf"(?<![^\W_]){re.escape(piece)}(?![^\W_])").search(text, at)
        if not m or (n and any(t.kind == "turn" for t in claims.tokens(text[at : m.start()]))):
            return False
        at = m.end()
    return True


# --- the speaker


def _of_speaker(
    sources: Sequence[_Source],
    said: Attribution,
    roles: Mapping[Citation, str | None],
    speakers: Sequence[str],
    he: str | None,
) -> tuple[list[_Source], str]:
    """The sources that are words of the one the sentence names; why there are none."""
    theirs = [s for s in sources if s.citation.speaker]
    kept = [s for s in theirs if _names(said.titled_as(s.around), s.citation, roles[s.citation], speakers, he)]
    if not kept:
        whose = " and ".join(sorted({s.citation.speaker or "" for s in theirs}))
        return [], f"the passage gives words of {whose}, not of “{said.subject}”"
    circumstances = [t for t in claims.tokens(said.beside) if t.kind not in _SILENT]
    missing = [next((t for t in circumstances if not _stands_beside(t, s)), None) for s in kept]
    kept = [s for s, t in zip(kept, missing, strict=True) if t is None]
    return kept, "" if kept else f"“{missing[0].text if missing[0] else ''}” is not in the passage"


def _stands_beside(token: Token, source: _Source) -> bool:
    """Whether a circumstance of speaking is the article's; a time must stand in the very sentence."""
    timed = token.kind == "number" or token.text.lower() in wording.TIMES | wording.ADVERBS | wording.WHICH
    return token.key in ({t.key for t in source.tokens} if timed else source.beside)


def _names(said: Attribution, citation: Citation, role: str | None, speakers: Sequence[str], he: str | None) -> bool:
    name = citation.speaker or ""
    if said.pronoun:
        return he == name
    shared = any(s != name and claims.surname(s) == claims.surname(name) for s in speakers)
    return claims.is_called(said.subject, name, role, surname_suffices=not shared)


# --- the claim


def _sources(evidence: Sequence[Citation], contexts: Sequence[str], roles: Sequence[str | None]) -> list[_Source]:
    found: list[_Source] = []
    for c, around, role in zip(evidence, contexts, roles, strict=True):
        at = around.find(c.text)
        if at < 0:
            around, at = c.text, 0
        cited = [(at, at + len(c.text))]
        for other in evidence:  # "A," he said, "B" is one line with two citations in one sentence
            same = (other.article_id, other.speaker) == (c.article_id, c.speaker)
            if same and (b := around.find(other.text)) >= 0:
                cited.append((b, b + len(other.text)))
        beside = frozenset(t.key for t in claims.tokens(f"{around}\n{c.title}\n{c.speaker or ''}\n{role or ''}"))
        own = frozenset(t.key for t in claims.tokens(f"{c.speaker or ''}\n{role or ''}"))
        quotes = claims.quotations(around) or []
        for start, end in sentences(around):
            if start < at + len(c.text) and at < end:
                tokens = claims.tokens(around[start:end])
                inside = tuple(any(a <= start + t.at[0] < b for a, b in cited) for t in tokens)
                whole = at <= start and not fold(around[start:end]).startswith(('"', "'"))
                whole = whole or (True in inside and tokens[inside.index(True)].says)  # "warned that …"
                quoted = tuple(any(a <= start + t.at[0] < b for a, b in quotes) for t in tokens)
                found.append(_Source(c, tuple(tokens), inside, whole, beside, own, quoted, around, around[start:end]))
    return found


def _check_clauses(text: str, sources: Sequence[_Source], attributed: bool) -> Verdict:
    checked = False
    before: list[tuple[_Source, int]] = []
    for clause in claims.clauses(text):
        tokens = [t for t in claims.tokens(clause) if t.kind != "break"]
        if all(t.kind in ("gender", "say") for t in tokens):  # nothing to compare but the letters
            words = re.sub(rf"^(?:{'|'.join(wording.CONTRASTS)}) ", "", _plain(clause).strip(_EDGE))
            if " " in words and not any(words in _plain(s.citation.text) for s in sources):
                return _no(f"“{clause.strip()}” is not in the passage")
            continue
        checked = True
        verdicts = [_check_clause(clause, tokens, s, attributed) for s in sources]
        if all(v.reason for v in verdicts):
            return _no(max(verdicts, key=lambda v: v.share).reason or "")
        held = [(s, v) for s, v in zip(sources, verdicts, strict=True) if v.reason is None]
        if before and tokens[0].links & wording.JOINING:
            held = [(s, v) for s, v in held if any(s is b and _follows(s, end, v.first) for b, end in before)]
            if not held:
                return _no(f"“{clause.split()[0]}” does not stand so in the passage")
        before = [(s, v.last) for s, v in held]
    return SUPPORTED if checked else _no("says nothing that could be checked")


@dataclass(frozen=True, slots=True)
class _Found:
    """What one sentence of the article has of a clause."""

    reason: str | None
    """Why it doesn't support it, or None: it does."""
    share: float
    first: int
    """Numbers of the sentence's tokens between which it stands."""
    last: int


def _follows(source: _Source, end: int, start: int) -> bool:
    """Whether the clause with the one token comes right before the one with the other."""
    scope = {j: n for n, (a, b) in enumerate(claims.scopes(source.tokens)) for j in range(a, b)}
    return end < start and scope[start] - scope[end] <= 1


def _check_clause(text: str, clause: Sequence[Token], source: _Source, attributed: bool) -> _Found:
    wanted = [t for t in clause if t.kind not in _SILENT]
    pairs = claims.align(wanted, source.tokens)
    reason, share = _judge(clause, wanted, pairs, source, attributed)
    if reason is None and (claims.links(text[wanted[-1].at[1] :]) - wording.SPEAKING) - _behind(source, pairs[-1][1]):
        reason = f"“{wanted[-1].text}” does not stand so in the passage"
    return _Found(reason, share, pairs[0][1] if pairs else 0, pairs[-1][1] if pairs else 0)


def _judge(
    clause: Sequence[Token], wanted: Sequence[Token], pairs: Pairs, source: _Source, attributed: bool
) -> tuple[str | None, float]:
    """Why the sentence doesn't support the clause (None: it does), and which share of it is there."""
    share = len(pairs) / len(wanted)
    matched = {i for i, _ in pairs}
    there = {t.key for t in source.tokens}
    for i, token in enumerate(wanted):
        if i in matched:
            continue
        if token.key not in source.own:
            known = token.key in source.beside
            return f"“{token.text}” {'does not stand so' if known else 'is not'} in the passage", share
        if token.kind != "word" or token.name or i == 0 or token.key in there:
            return f"“{token.text}” does not stand so in the passage", share
        if all(i > k for k, _ in pairs) or _replaces(i, pairs, source.tokens):
            return f"“{token.text}” takes the place of other words", share
    if share < IN_ORDER or sum(source.cited[j] for _, j in pairs) < IN_WORDS * len(wanted):
        return "too little of it is in the passage", share
    sentence = source.tokens, source.cited
    fit = joints.fit(pairs, wanted, *sentence)
    if strayed := _strayed(pairs, wanted, source):
        return f"“{strayed.text}” does not stand so in the passage", share
    if loose := _loose(pairs, wanted, source.tokens, fit.dropped):
        return f"“{loose.text}” does not stand so in the passage", share
    if stands_for := _stands_for_another(clause, pairs, source):
        return f"“{stands_for.text}” is left out", share
    if not _subsequence(claims.genders(clause), claims.genders(source.tokens)):
        return "“he” and “she” do not stand so in the passage", share
    if meant := next((source.tokens[j] for i, j in pairs if source.tokens[j].to and not wanted[i].to), None):
        return f"the passage says “to {meant.text}”", share
    if wrong := fit.wrong or joints.misgoverned(pairs, wanted, *sentence, fit.dropped):
        return f"“{wrong.text}” does not stand so in the passage", share
    if source.citation.speaker is None and (head := joints.unasserted(pairs, source.tokens, source.quoted)):
        return f"leaves out “{head.text}”", share
    if head := joints.headless(pairs, *sentence):
        return f"leaves out “{head.text}”", share
    attributed = attributed and source.citation.speaker is not None
    turned = joints.narrowed(pairs, *sentence, fit.dropped) or _turned(
        {j for _, j in pairs}, source, attributed, fit.dropped
    )
    return (f"leaves out “{turned.text}”" if turned else None), share


def _strayed(pairs: Pairs, wanted: Sequence[Token], source: _Source) -> Token | None:
    """A word found elsewhere than the claim it bears on: its first word, or one that turns or limits it, beside the
    cited words; or in another clause than its neighbour.
    """
    clause = {j: n for n, (start, end) in enumerate(claims.scopes(source.tokens)) for j in range(start, end)}
    for n, (i, j) in enumerate(pairs):
        if i and wanted[i].kind == "word":
            continue
        if not source.cited[j]:
            return wanted[i]
        beside = pairs[n + 1][1] if n + 1 < len(pairs) else pairs[n - 1][1]
        if wanted[i].kind not in ("word", "number", "say") and clause[j] != clause[beside]:
            return wanted[i]
    return None


def _loose(pairs: Pairs, wanted: Sequence[Token], tokens: Sequence[Token], dropped: frozenset[int]) -> Token | None:
    """A word that belongs to the one before it in another way than in the passage: "sued" for "was sued by", "to" for
    "by" ten percent; or whose "I" or "we" the passage hasn't."""
    if pairs and wanted[pairs[0][0]].links & (wording.SPEAKING | wording.JOINING) - tokens[pairs[0][1]].links:
        return wanted[pairs[0][0]]
    for (i, j), (k, m) in pairwise(pairs):
        if k != i + 1:
            continue
        side_by_side = all(t.kind in _SILENT for t in tokens[j + 1 : m])
        bound = wording.BINDING if side_by_side else frozenset(("be",))
        there = (_links(tokens, j, m, frozenset()), _links(tokens, j, m, dropped))  # with an aside and without
        if not any(wanted[k].links <= links and wanted[k].links & bound == links & bound for links in there):
            return wanted[k]
    return None


def _behind(source: _Source, last: int) -> set[str]:
    """The links behind a token, up to a mark or the next one: "is on" of "the mountain is on us"."""
    end = next((t.at[0] for t in source.tokens[last + 1 :]), len(source.text))
    return claims.links(re.split(r"[,;:.!?]", source.text[source.tokens[last].at[1] : end])[0])


def _links(tokens: Sequence[Token], j: int, m: int, dropped: frozenset[int]) -> frozenset[str]:
    """What links one token to another, over those between them."""
    return frozenset[str]().union(*(tokens[n].links for n in range(j + 1, m + 1) if n not in dropped))


def _stands_for_another(clause: Sequence[Token], pairs: Pairs, source: _Source) -> Token | None:
    """Of a clause that begins with "he" or "she": whom or what the passage names instead, as "Mallard will resign"."""
    if not pairs or clause[0].kind != "gender":
        return None
    first = pairs[0][1]
    start = next(start for start, end in claims.scopes(source.tokens) if start <= first < end)
    before = source.tokens[start:first]
    own = any(t.kind == "gender" for t in before) or source.tokens[first].links & {"i", "we"}
    named = [t for n, t in enumerate(before, start) if source.cited[n] and t.kind in ("word", "number")]
    return (named[-1] if named else source.tokens[first]) if not own else None


def _subsequence(run: Sequence[str], there: Sequence[str]) -> bool:
    """Holds, too, where the passage has no "he" or "she": the speaker's own "I" may have become one."""
    left = iter(there)
    return not there or all(key in left for key in run)


def _replaces(i: int, pairs: Pairs, tokens: Sequence[Token]) -> bool:
    """Whether the unmatched word i stands where the passage has another."""
    before = max((j for k, j in pairs if k < i), default=None)
    if before is None:
        return False
    clause_end = next((end for start, end in claims.scopes(tokens) if start <= before < end), len(tokens))
    after = min((j for k, j in pairs if k > i), default=clause_end)
    return any(t.kind not in _SILENT for t in tokens[before + 1 : after])


def _turned(used: set[int], source: _Source, attributed: bool, dropped: frozenset[int]) -> Token | None:
    """A word of the passage that turns the claim, or gives it to somebody else, and that the sentence leaves out."""
    first = source.cited.index(True) if True in source.cited else 0
    own_verb = attributed and source.whole  # the passage's "he said" became the sentence's
    for start, end in claims.scopes(source.tokens):
        here = [j for j in used if start <= j < end]
        if not here:
            continue
        for j in range(start, end):
            token = source.tokens[j]
            if token.says and token.kind not in ("unreal", "turn") and own_verb and j < max(here):
                own_verb = False
                continue
            bears = source.cited[j] or first - 2 <= j < first  # "denied that" stands just in front of the cited words
            counted = j + 1 < end and source.tokens[j + 1].kind == "number"  # "dismissed 40 staff" denies nothing
            part_of_it = j not in dropped or not (token.kind in ("word", "number") or (counted and _verb(token)))
            if bears and j not in used and part_of_it and _turns(source, j, used, here, end, attributed):
                return token
    return None


def _verb(token: Token) -> bool:
    return token.kind == "turn" and not claims.negates(token)


def _turns(source: _Source, j: int, used: set[int], here: Sequence[int], end: int, attributed: bool) -> bool:
    """Whether what token j does to the words after it would be lost."""
    token = source.tokens[j]
    after = [k for k in range(j + 1, end) if source.tokens[k].kind not in _SILENT]
    match token.kind:
        case "turn" if j > max(here) and not claims.negates(token) and token.says:
            opening = next(n for n in range(j, -1, -1) if source.tokens[n].bounds or n == 0)
            # its subject's other predicate, or when it was: "admitted two and denied a third", "fell after Bo denied it"
            return not (token.bounds & {"and", "who"} or "when" in source.tokens[opening].bounds)
        case "turn" if j > max(here) and token.text.lower() == "against":
            return j - 1 in used  # else of what is left out, as "to protest against"
        case "turn" if j > max(here) and claims.negates(token):
            return not _anew(source.tokens, j)
        case "turn":
            return True
        case "unreal":
            return j < max(here)
        case "modal":
            subject = next((n for n, k in enumerate(after) if source.tokens[k].bounds & wording.SUBJECTS), len(after))
            return any(k in used for k in after[: min(3, subject)])
        case "measure" if token.key in wording.WHICH:
            return bool(after) and after[0] in used  # "next" of "next year"
        case "measure":
            return any(k in used for k in after[:2]) or (token.key == "or" and j - 1 in used)
        case "number" if j + 1 == min(here) and source.tokens[j + 1].links & {"of", "in"}:
            return True  # "two of the five"
        case "word" | "number" if (token.name or token.kind == "number") and min(here) < j < max(here):
            neighbours = [k for k in (j - 1, j + 1) if k in used and source.tokens[k].name]
            return not (token.name and neighbours)  # "Coster" for "Andrew Coster" leaves nothing out
        case _:
            told_to = source.tokens[j + 1].to and j + 1 == min(here)  # what somebody was told to do
            return token.says and j < max(here) and (source.cited[j] or not attributed or told_to)


def _anew(tokens: Sequence[Token], j: int) -> bool:
    """Whether a negation is of another predicate than the one before it: "and has not been charged", "and I will not"."""
    opening = next(n for n in range(j, -1, -1) if tokens[n].bounds or n == 0)
    bounds = tokens[opening].bounds
    plainly = tokens[j].key == "no" and tokens[j].text.lower() not in ("no", "none")
    return bool(bounds & {"and", "but"} and (bounds & wording.SUBJECTS or (opening == j and plainly)))


def _without_article_date(text: str, evidence: Sequence[Citation]) -> str:
    """The sentence without "in an article of 4 March 2024", where a cited article is of that day."""
    days = {c.published.date() for c in evidence if c.published}
    for day in days:
        month = wording.MONTHS[day.month - 1].capitalize()
        for written in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
            text = re.sub(rf",? ?\b[Ii]n an article (?:of|from|published on) {re.escape(written)},?", "", text).strip()
    return text
