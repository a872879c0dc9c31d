"""Which of several people that a name or an office could mean is meant: who alone speaks in the conversation's articles, or
who says most on the topic, by a clear margin; of an office, who holds it there and then."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from rag.answering.evidence import offices
from rag.answering.evidence.measure import HEAD, Evidence
from rag.answering.evidence.select import ON_TOPIC, scored
from rag.answering.evidence.statements import LATEST, on_topic
from rag.answering.evidence.wanted import Wanted
from rag.domain import Person, Question
from rag.holdings import Holdings
from rag.text import terms
from rag.who import LEFT, places_in, role_words

CLEAR = 0.3
"""By how much one of several people of a name must score better than the next to be the one that is meant."""
NOT_FAR = 1.0  # below the bar for "on this", for the one who is meant
OFFICE = 2.0  # what they gain of whose roles and articles all words of an asked office tell
IN_OFFICE = 0.5  # what the one of them gains who was quoted last


@dataclass(frozen=True, slots=True)
class _Office:
    """What the asked words tell of an office."""

    words: Wanted
    places: frozenset[str]
    """"The Tarn mayor" speaks where Tarn is told of."""
    present: bool
    """Whether who holds it now is asked for, and not who has left it."""

    @staticmethod
    def in_words(holdings: Holdings, slot: str) -> _Office:
        return _Office(Wanted.of(slot, holdings.words.rarity), places_in(slot), not LEFT.search(slot))


def only_one_meant(holdings: Holdings, question: Question) -> Question | None:
    """The question about the one of its choices who is clearly meant; None where that leaves several or nobody."""
    people = _choices(holdings, question)
    met = [person for person in people if set(person.articles) & set(question.context)]
    one = people[0] if len(people) == 1 else met[0] if len(met) == 1 else _who_says_most(holdings, question, people)
    return replace(question, speaker=one.name, person_id=one.id, choices=(), certain=True) if one else None


def one_in_two_forms(holdings: Holdings, question: Question) -> list[Person]:
    """The people who are one by what they are called and whose they are: Pell's wife "Ada" and "Ada Brook"; those who say
    most first, or nobody where they are different people."""
    people = holdings.who.of_names(question.choices)
    firsts = {person.name.split()[0] for person in people}
    full = [person for person in people if " " in person.name]
    return people if len(firsts) == 1 and len(full) < 2 else []


def speaks_in(holdings: Holdings, meant: Question | None, articles: Collection[str]) -> bool:
    """Whether somebody is meant who speaks in one of these articles."""
    person = holdings.who.of_id(meant.person_id) if meant and meant.person_id is not None else None
    return person is not None and bool(set(person.articles) & set(articles))


def _choices(holdings: Holdings, question: Question) -> list[Person]:
    """Who could be meant; of "the former mayor" those who have left an office, where any have."""
    people = holdings.who.of_names(question.choices)
    if LEFT.search(question.speaker or ""):
        return [person for person in people if _has_left(holdings, person)] or people
    return people


def _who_says_most(holdings: Holdings, question: Question, people: Sequence[Person]) -> Person | None:
    """The one who says most on the topic in the passages that match all that was asked, by a clear margin."""
    slot = question.speaker or ""
    named = any(set(terms(slot)) & set(terms(person.name)) for person in people)
    office = None if named else _Office.in_words(holdings, slot)  # a shared surname says nothing of an office
    best = _scores(holdings, question, people, office)
    by_name = {person.name: person for person in people}
    if office and office.present and (latest := _latest_of(holdings, [by_name[name] for name in best])):
        best[latest.name] += IN_OFFICE
    ranked = sorted(best, key=lambda name: -best[name])
    clear = ranked and (len(ranked) == 1 or best[ranked[0]] - best[ranked[1]] >= CLEAR)
    least = ON_TOPIC - NOT_FAR + (OFFICE / 2 if office else 0.0)
    return by_name[ranked[0]] if clear and best[ranked[0]] >= least else None


def _scores(
    holdings: Holdings, question: Question, people: Sequence[Person], office: _Office | None
) -> dict[str, float]:
    """Name → the best score of a statement of theirs."""
    by_name: Mapping[str, Person] = {person.name: person for person in people}
    best: dict[str, float] = {}
    for e in scored(on_topic(holdings, replace(question, topic=f"{question.speaker} {question.topic}", choices=()))):
        for said in holdings.who.named(e.statement.speaker) if e.statement and e.statement.speaker else ():
            person = by_name.get(said.name)
            if person is None or e.article.id not in said.articles or (office and not _may_hold(person, office, e)):
                continue
            held = OFFICE * office.words.share_in(_told_of(person, e, HEAD)) if office else 0.0
            best[person.name] = max(best.get(person.name, e.score + held), e.score + held)
    return best


def _may_hold(person: Person, office: _Office, e: Evidence) -> bool:
    """Whether the person may hold the office in the article of what they say."""
    if office.present and offices.left(e.article, person):
        return False
    return office.places <= role_words(_told_of(person, e, offices.READ))


def _told_of(person: Person, e: Evidence, characters: int) -> str:
    """The article's title and beginning, and the person's roles."""
    return f"{e.article.title} {e.article.text[:characters]} {' '.join(person.roles)}"


def _latest_of(holdings: Holdings, people: Sequence[Person]) -> Person | None:
    """Of several people the one who was quoted last while in office: of two who held it one after the other, the present
    one."""
    dated = [(_last_in_office(holdings, person), person) for person in people]
    newest = max((time for time, _ in dated), default=0.0)
    last = [person for time, person in dated if time == newest]
    return last[0] if len(last) == 1 else None


def _has_left(holdings: Holdings, person: Person) -> bool:
    """Whether a role of theirs or one of the newest articles that quote them tells that they have left an office."""
    keys = [key for key, _ in holdings.catalogue.articles_of(person.id)[:LATEST]]
    articles = holdings.catalogue.articles_by_key(keys).values()
    return any(map(LEFT.search, person.roles)) or any(offices.left(article, person) for article in articles)


def _last_in_office(holdings: Holdings, person: Person) -> float:
    """The time of the newest article that quotes the person and doesn't tell that they have left."""
    for key, time in holdings.catalogue.articles_of(person.id)[:LATEST]:
        article = holdings.catalogue.articles_by_key([key]).get(key)
        if article and not offices.left(article, person):
            return time
    return 0.0
