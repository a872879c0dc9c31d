"""Organisations that a question tells by what they are, and who answers for them: "the dockers' union" is the one of which
an article says that it represents dockers, or speaks by the president of the Union of Dockers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.domain import Article, Filters, Person, Span
from rag.holdings import Holdings
from rag.retrieval import ByWords
from rag.text import is_stopword, sentences, stem, terms
from rag.who import answers_for, head_noun, heads

PASSAGES = 24  # that match what the question says of it
_OF_MEMBERS = frozenset(
    map(stem, "association union brotherhood guild federation society league alliance council congress".split())
)
"""Words for bodies of which any may stand for another: "the pilots' union" is the Pilots Association."""
KINDS = _OF_MEMBERS | frozenset(
    map(
        stem,
        """group organisation organization charity firm company business body agency club party church bank airline carrier
        operator retailer maker regulator watchdog""".split(),
    )
)
_AFTER = re.compile(
    r"^\s?[,(] ?(?:(?:which|that|who) (?:represents?|speaks? for|acts? for|organi[sz]es|is|are)\b|representing\b"
    r"|(?P<noun>(?:an?|the) ))"
)
"""What stands between an organisation's name and what it is told to be."""
_BEFORE = re.compile(r"(?:^|, )(?P<told>(?:the|an?) [^,()]+) \((?:the )?$", re.IGNORECASE)
""" "The union that speaks for dockers (the …": what it is told to be before its name."""


def told_as(holdings: Holdings, slot: str, filters: Filters) -> Person | None:
    """The only organisation with statements that some sentence of the archive tells, beside its name, to be what the
    slot says; None where there is none, or several."""
    kind = stem(head_noun(slot).lower())
    what = set(terms(slot)) - {kind}
    if kind not in KINDS or not what:
        return None
    found: set[int] = set()
    for hit in ByWords(holdings).search(slot, PASSAGES, filters):
        for span in sentences(hit.article.text, hit.passage.start, hit.passage.end):
            if what | {kind} <= set(terms(hit.article.cut(span))):
                found.update(_named_beside(holdings, hit.article, span, what))
    return holdings.who.of_id(found.pop()) if len(found) == 1 else None


def voices(holdings: Holdings, slot: str) -> list[Person]:
    """The people whose role tells that they answer for what the slot describes or names: for "the pilots' union" the
    president of the Tarn Pilots Association, for "Tarn Rail" its managing director."""
    if _is_name(slot):
        named = filter(None, map(holdings.who.of_id, sorted(holdings.who.called(frozenset(terms(slot))))))
        return [p for p in named if p.statements and any(heads(role, slot) for role in p.roles)]
    kind = stem(head_noun(slot).lower())
    what = set(terms(slot)) - {kind}
    alike = _OF_MEMBERS if kind in _OF_MEMBERS else {kind}
    if kind not in KINDS or not what:
        return []
    people = filter(None, map(holdings.who.of_id, sorted(holdings.who.called(frozenset(what)))))
    return [
        person
        for person in people
        if person.statements and any(answers_for(role, what) and alike & set(terms(role)) for role in person.roles)
    ]


def _is_name(slot: str) -> bool:
    """Whether a phrase is a name: "Tarn Rail", "the Institute of Ocean Maps", though not "the Tarn pilots' union"."""
    said = [word for word in re.findall(r"[^\W\d_][\w’'-]*", slot) if not is_stopword(word.lower())]
    return bool(said) and all(word[0].isupper() for word in said)


def _named_beside(holdings: Holdings, article: Article, sentence: Span, what: set[str]) -> Iterator[int]:
    """Organisations quoted in this article that the sentence tells to be that."""
    text = article.cut(sentence)
    for body in holdings.who.people:
        if body.kind == "organisation" and article.id in body.articles:
            names = "|".join(re.escape(name) for name in (body.name, *body.aliases))
            for m in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", text):
                if _told_after(text[m.end() :], what) or _told_before(text[: m.start()], what):
                    yield body.id
                    break


def _told_after(text: str, what: set[str]) -> bool:
    """Whether a text that follows a name begins by telling what it is: ", which represents …", ", a union of …"."""
    m = _AFTER.match(text)
    if m is None:
        return False
    clause = re.split(r",\s|[();]", text[m.end() :], maxsplit=1)[0]
    return what <= set(terms(clause)) and (m["noun"] is None or _is_kind(clause))


def _told_before(text: str, what: set[str]) -> bool:
    m = _BEFORE.search(text)
    return m is not None and what <= set(terms(m["told"])) and _is_kind(m["told"])


def _is_kind(phrase: str) -> bool:
    """Whether a noun phrase is about an organisation: "union of dockers" is, "employer of the union's members" isn't."""
    return stem(head_noun(phrase).lower()) in KINDS
