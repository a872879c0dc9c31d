"""Does a sentence stand in the passages it cites? Decided without another model, by rules that rather reject.

Both are read as lists of telling words (`rag.answering.claims`): content words by stem, numbers by value, and the words that
turn a claim: negators, conditions, modal verbs, limits. Clause by clause, the sentence's words must be found in one
sentence of one cited passage, in the same order; what the passage says in between must not turn the claim; and whoever
is named as the speaker must be the citation's. A false "supported" is the worst error, so a free paraphrase fails: the
reader then gets the article's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answering import claims, wording
from rag.answering.claims import Attribution, Token
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


def _no(reason: str) -> Verdict:
    return Verdict(False, reason)


@dataclass(frozen=True, slots=True)
class _Source:
    """One sentence of the article that holds cited words."""

    citation: Citation
    tokens: tuple[Token, ...]
    cited: tuple[bool, ...]
    """Of each token: whether it is among the cited words."""
    beside: frozenset[str]
    """Keys of what stands in the paragraph, the title and the speaker's name and role."""


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
    said = claims.attribution(text, quotes)
    sources = _sources(evidence, contexts, roles)
    if said:
        sources, problem = _of_speaker(sources, said, roles, evidence, speakers, he)
        if problem:
            return _no(problem)
    elif not unattributed:
        if not (sources := [s for s in sources if s.citation.speaker is None]):
            return _no("leaves out who said it")
    return _check_clauses(said.rest if said else text, sources, attributed=bool(said) or unattributed)


def check_lines(lines: Sequence[Line], articles: Mapping[str, Article]) -> tuple[Line, ...]:
    """The lines all of whose citations are their articles' characters at their offsets; the others are dropped."""
    return tuple(line for line in lines if line.citations and all(_holds(c, articles) for c in line.citations))


def _holds(c: Citation, articles: Mapping[str, Article]) -> bool:
    article = articles.get(c.article_id)
    return article is not None and 0 <= c.start < c.end and article.text[c.start : c.end] == c.text


def context(article: Article, span: Span) -> str:
    """The paragraphs that a span touches."""
    touched = [p for p in paragraphs(article.text) if p[0] < span[1] and span[0] < p[1]]
    return article.text[touched[0][0] : touched[-1][1]] if touched else article.cut(span)


# --- quotations

_EDGE = " \t\n.,;:!?-'\""


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text).replace('"', "'").replace("...", "…").lower()).strip()


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
    return False


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
    sources: list[_Source],
    said: Attribution,
    roles: Sequence[str | None],
    evidence: Sequence[Citation],
    speakers: Sequence[str],
    he: str | None,
) -> tuple[list[_Source], str | None]:
    """The sources that are words of the one the sentence names, or why there are none."""
    role_of = dict(zip(evidence, roles, strict=True))
    kept = [s for s in sources if _names(said, s, role_of.get(s.citation), speakers, he)]
    if not kept:
        whose = sorted({s.citation.speaker for s in sources if s.citation.speaker})
        return [], f"the passage's words are {' and '.join(whose)}'s" if whose else f"the passage does not say that “{said.subject}” said so"
    words = claims.tokens(said.beside)
    for s in kept:
        missing = next((t for t in words if t.kind != "glue" and t.key not in s.beside), None)
        if missing is None:
            return kept, None
    return [], f"“{missing.text}” is not in the passage" if missing else None


def _names(said: Attribution, source: _Source, role: str | None, speakers: Sequence[str], he: str | None) -> bool:
    name = source.citation.speaker
    if name is None:
        return claims.says(said.subject, source.tokens)
    if said.pronoun:
        return he is not None and he == name
    shares = [s for s in speakers if s != name and claims.surname(s) == claims.surname(name)]
    return claims.is_called(said.subject, name, role, surname_suffices=not shares)


# --- the claim


def _sources(evidence: Sequence[Citation], contexts: Sequence[str], roles: Sequence[str | None]) -> list[_Source]:
    found: list[_Source] = []
    for c, around, role in zip(evidence, contexts, roles, strict=True):
        at = around.find(c.text)
        if at < 0:
            around, at = c.text, 0
        cited = [(at, at + len(c.text))]
        for other in evidence:  # "A," he said, "B" is one line with two citations in one sentence
            if (other.article_id, other.speaker) == (c.article_id, c.speaker) and (b := around.find(other.text)) >= 0:
                cited.append((b, b + len(other.text)))
        beside = frozenset(t.key for t in claims.tokens(f"{around}\n{c.title}\n{c.speaker or ''}\n{role or ''}"))
        for start, end in sentences(around):
            if start < at + len(c.text) and at < end:
                tokens = claims.tokens(around[start:end])
                inside = tuple(any(a <= start + t.at[0] < b for a, b in cited) for t in tokens)
                found.append(_Source(c, tuple(tokens), inside, beside))
    return found


def _check_clauses(text: str, sources: Sequence[_Source], attributed: bool) -> Verdict:
    for clause in claims.clauses(text):
        wanted = [t for t in claims.tokens(clause) if t.kind != "glue"]
        if not wanted:
            continue
        verdicts = [_check_clause(wanted, s, attributed) for s in sources]
        if not any(reason is None for reason, _ in verdicts):
            return _no(max(verdicts, key=lambda v: v[1])[0] or "not in the passage")
    if not any(t.kind != "glue" for t in claims.tokens(text)):
        return _no("says nothing that could be checked")
    return SUPPORTED


def _check_clause(wanted: Sequence[Token], source: _Source, attributed: bool) -> tuple[str | None, float]:
    """Why this sentence of the article doesn't support the clause (None: it does), and the share of it that stands there."""
    pairs = claims.align(wanted, source.tokens)
    share = len(pairs) / len(wanted)
    matched = {i for i, _ in pairs}
    for i, token in enumerate(wanted):
        if i in matched:
            continue
        if token.kind != "word" or token.name or i == 0:
            return f"“{token.text}” does not stand so in the passage", share
        if token.key not in source.beside:
            return f"“{token.text}” is not in the passage", share
        if _replaces(i, pairs, source.tokens):
            return f"“{token.text}” takes the place of other words", share
    if share < IN_ORDER or sum(source.cited[j] for _, j in pairs) < IN_WORDS * len(wanted):
        return "too little of it is in the passage", share
    turned = _turned(pairs, wanted, source.tokens, attributed)
    return (f"leaves out “{turned.text}”" if turned else None), share


def _replaces(i: int, pairs: Sequence[tuple[int, int]], tokens: Sequence[Token]) -> bool:
    """Whether the unmatched word i stands where the passage has another."""
    before = max((j for k, j in pairs if k < i), default=None)
    after = min((j for k, j in pairs if k > i), default=None)
    if before is None or after is None:
        return False
    return any(t.kind not in ("glue", "break") for t in tokens[before + 1 : after])


def _turned(
    pairs: Sequence[tuple[int, int]], wanted: Sequence[Token], tokens: Sequence[Token], attributed: bool
) -> Token | None:
    """A word of the passage that turns the claim and that the sentence leaves out."""
    used = {j for _, j in pairs}
    for start, end in claims.scopes(tokens):
        here = [j for j in used if start <= j < end]
        if not here:
            continue
        for j in range(start, end):
            token = tokens[j]
            if j in used:
                continue
            following = next((k for k in range(j + 1, end) if tokens[k].kind != "glue"), None)
            if token.key in claims.CLAUSE_WIDE or (token.key in claims.FORWARD and j < max(here)):
                return token
            if token.key in claims.NEXT_ONLY and following in used:
                return token
            if token.says and not attributed and j < max(here):
                return token
    return None


def _without_article_date(text: str, evidence: Sequence[Citation]) -> str:
    """The sentence without "in an article of 4 March 2024", where a cited article is of that day."""
    days = {c.published.date() for c in evidence if c.published}
    for day in days:
        month = wording.MONTHS[day.month - 1].capitalize()
        for written in (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat()):
            text = re.sub(rf",? ?\b[Ii]n an article (?:of|from|published on) {re.escape(written)},?", "", text).strip()
    return text
