"""Who holds an office that no role in the archive tells: the one beside whose name some sentence has it, "the governor of
Westmark, Ada Brook, told reporters"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from rag.domain import Article, Filters, Person, Span
from rag.holdings import Holdings
from rag.retrieval import ByWords
from rag.text import sentences
from rag.who import ROLE_WORDS, office_of, places_in, role_words

PASSAGES = 24  # that match the office and what it is asked on
READ = 6000
"""Characters of an article in which the place of an office is looked for, where it doesn't stand beside it."""
_ENDS = re.compile(r"[.,;:()\"“”]|\b(?:said|says|told)\b")
_GONE = (
    r"(?:(?<![Ss]ince )(?<![Uu]ntil )(?<![Bb]y )(?<![Aa]nd )(?<![Bb]ut )\bthen |\b[Tt]hen-|\b(?:[Ff]ormer|[Ee]x)[ -])"
)
"""As `rag.who.LEFT`, before a name, where "then" as a rule tells what happened next: "Then Mayor Pell spoke"."""
_OFFICE = r"(?P<office>(?:(?!(?:and|or|to|of|for|at|by|with|from)\b)[\w&’'-]+ ){1,5}?)"
_BEHIND = re.compile(r"^(?:, | \()(?P<told>[^,.;()\"“”]+)")


def held(holdings: Holdings, slot: str, topic: str, filters: Filters, within: Collection[str] = ()) -> Person | None:
    """The person with statements whom most sentences of the archive on the topic tell, beside the name, to hold the
    office that the slot names; None where there is none, or several are told of equally often. `within`: the ids of the
    articles that are read, and only these."""
    noun, asked = office_of(slot), role_words(slot)
    if noun is None or noun not in asked:
        return None
    places = places_in(slot)
    found: Counter[int] = Counter()
    read: list[tuple[Article, Span]] = []
    if within:
        keys = holdings.catalogue.keys_of(within).values()
        read = [(a, (0, len(a.text))) for a in holdings.catalogue.articles_by_key(keys).values()]
    else:
        read = [(h.article, h.passage.span) for h in ByWords(holdings).search(f"{slot} {topic}", PASSAGES, filters)]
    quoted = quoted_in(holdings, {article.id for article, _ in read})
    for article, part in read:
        for span in sentences(article.text, *part):
            if asked - places <= role_words(article.cut(span)):
                people = list(_beside(quoted[article.id], article.cut(span), noun))
                if people and places <= role_words(f"{article.title} {article.text[:READ]}"):
                    found.update(people)
    most = found.most_common(2)
    clear = most and (len(most) == 1 or most[0][1] > most[1][1])
    return holdings.who.of_id(most[0][0]) if clear else None


def left(article: Article, person: Person) -> bool:
    """Whether the article tells that the person held an office before: "then-chief executive Ada Brook", though not "a
    former aide to Mayor Brook" nor, of Ada Brook, "former mayor Jo Brook"."""
    names = "|".join(re.escape(name) for name in (person.name, *person.aliases))
    nouns = {*ROLE_WORDS.values(), *map(office_of, person.roles)}
    told = re.finditer(rf"{_GONE}{_OFFICE}(?:{names})\b", article.text)
    return any(office_of(m["office"]) in nouns for m in told)


def quoted_in(holdings: Holdings, articles: Collection[str]) -> dict[str, list[Person]]:
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
