"""Whom a question means by whose they are, where no role tells: somebody whom a sentence of the articles tells to be it, "Pell's
wife, Ada Brook", or who gave an office up to the person, or took it over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rag.answering.evidence.offices import PASSAGES, quoted_in
from rag.domain import Article, Filters, Person
from rag.holdings import Holdings
from rag.retrieval import ByWords
from rag.text import sentences
from rag.who import ROLE_WORDS, Relation, relation_in

_NAME = r"(?:[A-Z][\w.'’-]* )*"
_GIVES = r"(?:,? who )?(?:was |is |has been |had been )?(?:later |then |recently )?(?:succeeded|replaced|followed) by "
_TAKES = (
    r"(?:,? who |,? )?(?:later |then |recently |will |had |has )?"
    r"(?:succeed(?:s|ed|ing)?|replac(?:es|ed|e|ing)|t(?:ook|akes|aking) over from) "
)
_HEALERS = ("doctor", "physician")


def told(holdings: Holdings, slot: str, topic: str, filters: Filters) -> Person | None:
    """The person with statements whom most sentences tell to be what the slot says; None where there is none, or several
    are told of equally often: no name rather than a wrong one."""
    related = relation_in(slot)
    owner = holdings.who.owner(related) if related else None
    if related is None or owner is None:
        return None
    own = {person.id for person in holdings.who.named(related.whose)}
    found: Counter[int] = Counter()
    hits = ByWords(holdings).search(f"{related.whose} {owner} {related.noun} {topic}", PASSAGES, filters)
    quoted = quoted_in(holdings, {hit.article.id for hit in hits})
    for hit in hits:
        people = [p for p in quoted[hit.article.id] if p.id not in own]
        for start, end in sentences(hit.article.text, hit.passage.start, hit.passage.end):
            found.update(p.id for p in _told_in(hit.article.text[start:end], related, owner, people))
    if not found and related.noun in _HEALERS:
        articles = {hit.article.id: hit.article for hit in hits}
        found.update(p.id for a in articles.values() for p in _named_after(holdings, a, related, owner, quoted[a.id]))
    most = found.most_common(2)
    clear = most and (len(most) == 1 or most[0][1] > most[1][1])
    return holdings.who.of_id(most[0][0]) if clear else None


def _told_in(sentence: str, related: Relation, owner: str, people: list[Person]) -> Iterator[Person]:
    """Those of the people whom a sentence tells to be it."""
    if owner not in sentence:
        return
    for person in people:
        names = "|".join(re.escape(name) for name in (person.name, person.name.split()[-1], *person.aliases))
        called = f"(?:{names})"
        if any(re.search(pattern, sentence) for pattern in _patterns(related, re.escape(owner), called)):
            yield person
        elif m := re.search(rf"\b(?:his|her|their) {_noun(related)},? {_NAME}{called}\b", sentence):
            between = sentence[max(0, sentence.rfind(owner, 0, m.start())) : m.start()]
            if between.startswith(owner) and not any(p.name.split()[-1] in between.replace(owner, "") for p in people):
                yield person  # "Pell was late, and her wife, Ada Brook, said no"


def _patterns(related: Relation, owner: str, name: str) -> list[str]:
    """How a sentence tells that the name is the owner's relation."""
    noun = _noun(related)
    whose, called = rf"\b{owner}['’]s? ", rf"{_NAME}{name}\b"
    patterns = [
        rf"{whose}{noun},? {called}",
        rf"{name}, (?:who is )?{_NAME}{owner}['’]s? {noun}\b",
        rf"{name}, (?:the |an? )?{noun} (?:of|for|to) {_NAME}{owner}\b",
        rf"{noun} (?:of|for|to) {_NAME}{owner}, {called}",
    ]
    if related.noun == "predecessor":
        return [*patterns, rf"\b{name}{_GIVES}{_NAME}{owner}\b", rf"\b{owner}{_TAKES}{called}",
                rf"\b{owner}\b[^.]*\bpredecessor\W{{1,4}}{called}"]  # fmt: skip
    if related.noun == "successor":
        return [*patterns, rf"\b{owner}{_GIVES}{called}", rf"\b{name}{_TAKES}{_NAME}{owner}\b",
                rf"\b{owner}\b[^.]*\bsuccessor\W{{1,4}}{called}"]  # fmt: skip
    return patterns


def _noun(related: Relation) -> str:
    return rf"(?:[\w-]+ ){{0,2}}(?:{'|'.join(_words_for(related.noun))})"


def _words_for(noun: str) -> list[str]:
    """A noun and those that questions swap for it."""
    row = [word for word, kept in ROLE_WORDS.items() if kept == ROLE_WORDS.get(noun)]
    return [noun, *row, *([r"\w+ologist", "surgeon"] if noun in _HEALERS else ())]


def _named_after(
    holdings: Holdings, article: Article, related: Relation, owner: str, quoted: list[Person]
) -> Iterator[Person]:
    """Who is named as a doctor right after "Pell's cardiologist" has spoken without a name."""
    key = holdings.catalogue.keys_of({article.id})[article.id]
    said = sorted(holdings.catalogue.statements_in(key), key=lambda s: s.start)
    for before, after in pairwise(said):
        described = article.cut(before.described) if before.speaker is None and before.described else ""
        if re.search(rf"\b{re.escape(owner)}['’]s {_noun(related)}$", described):
            source = article.cut(after.source) if after.source else ""
            yield from (p for p in quoted if source.startswith("Dr") and after.speaker and p.name == after.speaker)
