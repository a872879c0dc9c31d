"""Who holds an office that no role in the archive tells: the one beside whose name some sentence has it, "the governor of
Westmark, Ada Brook, told reporters"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from rag.domain import Filters, Person
from rag.holdings import Holdings
from rag.retrieval import ByWords
from rag.text import sentences
from rag.who import office_of, role_words, tokens

PASSAGES = 24  # that match the office and what it is asked on
READ = 6000
"""Characters of an article in which the place of an office is looked for, where it doesn't stand beside it."""
_ENDS = re.compile(r"[.,;:()\"“”]|\b(?:said|says|told)\b")
_BEHIND = re.compile(r"^(?:, | \()(?P<told>[^,.;()\"“”]+)")


def held(holdings: Holdings, slot: str, topic: str, filters: Filters) -> Person | None:
    """The person with statements whom most sentences of the archive on the topic tell, beside the name, to hold the
    office that the slot names; None where there is none, or several are told of equally often."""
    noun, asked = office_of(slot), role_words(slot)
    if noun is None or noun not in asked:
        return None
    places = role_words(" ".join(slot[a:b] for _, (a, b) in tokens(slot) if slot[a].isupper())) - {noun}
    found: Counter[int] = Counter()
    hits = ByWords(holdings).search(f"{slot} {topic}", PASSAGES, filters)
    quoted = _quoted_in(holdings, {hit.article.id for hit in hits})
    for hit in hits:
        for span in sentences(hit.article.text, hit.passage.start, hit.passage.end):
            if asked - places <= role_words(hit.article.cut(span)):
                people = list(_beside(quoted[hit.article.id], hit.article.cut(span), noun))
                if people and places <= role_words(f"{hit.article.title} {hit.article.text[:READ]}"):
                    found.update(people)
    most = found.most_common(2)
    clear = most and (len(most) == 1 or most[0][1] > most[1][1])
    return holdings.who.of_id(most[0][0]) if clear else None


def _quoted_in(holdings: Holdings, articles: Collection[str]) -> dict[str, list[Person]]:
    """The people who are quoted in each of these articles."""
    keys = holdings.catalogue.keys_of(articles)
    numbers = {id: sorted(set(holdings.catalogue.persons_of(key).values())) for id, key in keys.items()}
    found = {id: filter(None, map(holdings.who.of_id, some)) for id, some in numbers.items()}
    return {id: [person for person in some if person.kind == "person"] for id, some in found.items()}


def _beside(quoted: Iterable[Person], sentence: str, noun: str) -> Iterator[int]:
    """Those beside whose name the sentence tells such an office."""
    for person in quoted:
        names = "|".join(re.escape(name) for name in (person.name, *person.aliases))
        for m in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", sentence):
            before = _ENDS.split(sentence[: m.start()].rstrip(" ,"))[-1]
            behind = _BEHIND.match(sentence[m.end() :])
            if _is_office(before, noun) or (behind and _is_office(behind["told"], noun)):
                yield person.id
                break


def _is_office(told: str, noun: str) -> bool:
    """Whether a phrase is about this office: "interior and safety minister" is about a minister."""
    return noun in (office_of(told), office_of(" ".join(told.split()[-1:])))
