"""Questions for an empty chat, made from the archive itself and tried before they are shown."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from rag import Archive, Article, Person
from rag.domain import Span
from rag.text import STOPWORDS, fold, paragraphs, stem, terms, words
from ui.work import Work, start

PEOPLE = 12  # of the most quoted, as many are looked at
STATEMENTS = 120  # of each, as many are read
TRIES = 3  # topics tried for each person before the next one has their turn
FEW = 6  # speakers that a first answer about a shared topic may have, so that it can be taken in

# A noun without a parser: a word after an article or a preposition with no other noun behind it. A word of its own
# ("of towing") is asked about as it is, one with an article ("a ferry", "the ferry") with "the".
_ENDS = (
    r"(?=[.,;:?!\"')\]]|\s+(?:of|in|on|at|to|for|from|by|with|and|or|but|would|will|was|were|is|are|had|has|have|could|should"
    r"|which|that|who|as|if|when|before|after|until|than|because|while|so|not)\b|\s*$)"
)
_WITH_ARTICLE = re.compile(rf"\b(?:the|an?|its|their|his|her|our|this|that) ([a-z][a-z-]{{3,}}){_ENDS}")
_BARE = re.compile(rf"\b(?:of|on|about|for|with|over|against|into|from|through|by) ([a-z][a-z-]{{3,}}){_ENDS}")
_VAGUE = frozenset(
    stem(word)
    for word in """thing things way ways time times day days week weeks month months year years today tomorrow yesterday
    morning afternoon evening night weekend hour hours minute minutes moment people person man woman men
    women someone anyone everyone number numbers part parts end lot place point fact case kind sort option
    options reason result question questions statement interview media reporters press story article news
    body side sides half rest bit chance matter issue issues problem problems situation others another each
    every first second last next long short more most less least much many good best better work stay live
    change example course group member members life world everybody nobody something""".split()
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A word to ask about, as a question words it: "towing", "the ferry". `stem` is what it counts as."""

    words: str
    stem: str


def examples(archive: Archive) -> Work[None, list[str]]:
    """The work on up to five questions that this archive answers, begun once for each state of the archive. It is also
    what loads the embedding model, so that the first question needn't wait for it."""
    return _examples(archive, str(archive.holdings.folder), archive.holdings.catalogue.changes())


@st.cache_resource(max_entries=8, show_spinner=False)
def _examples(_archive: Archive, folder: str, changes: int) -> Work[None, list[str]]:
    return start(lambda tell: suggest(_archive))


def suggest(archive: Archive, most: int = 4) -> list[str]:
    """Questions about the most quoted people and what each of them talks about more than the others do, and one
    about a topic that several talk about."""
    everybody = archive.people()
    people = [p for p in everybody if p.kind == "person"][:PEOPLE]
    texts = {p.id: fold("\n".join(_paragraphs(archive, p))) for p in people}
    counts = {id: Counter(terms(text)) for id, text in texts.items()}
    used: set[str] = set()
    found: list[str] = []
    for person in people:
        if len(found) == most:
            break
        topics = [t for t in own_topics(texts[person.id], person, counts) if t.stem not in used]
        for topic in topics[:TRIES]:
            question = f"What did {short_name(person, everybody)} say about {topic.words}?"
            if archive.ask(question).answered:
                used.add(topic.stem)
                found.append(question)
                break
    return found + list(_shared(archive, texts, counts, used))[:1]


def _shared(
    archive: Archive, texts: Mapping[int, str], counts: Mapping[int, Counter[str]], used: set[str]
) -> Iterator[str]:
    """A question of who says something on a topic that several people talk about."""
    speakers = Counter(s for count in counts.values() for s in count)
    topics = {t.stem: t for text in texts.values() for t in nouns(text) if t.stem not in used and speakers[t.stem] > 1}
    for topic in sorted(topics.values(), key=lambda t: (-speakers[t.stem], t.stem))[: 2 * TRIES]:
        question = f"Who spoke about {topic.words}?"
        answer = archive.ask(question)
        if answer.answered and 1 < len({line.speaker for line in answer.lines}) <= FEW:
            yield question


def own_topics(text: str, person: Person, counts: Mapping[int, Counter[str]]) -> list[Topic]:
    """What this person's paragraphs are about and the others' are not, most telling first: how often a noun comes
    there, times the inverse of how many of the people use it. Their own name and roles tell nothing."""
    known = {stem(w) for text_ in (person.name, *person.aliases, *person.roles) for w, _ in words(text_)}
    own = counts[person.id]

    def telling(topic: Topic) -> float:
        used_by = sum(topic.stem in count for count in counts.values())
        return own[topic.stem] * math.log((1 + len(counts)) / used_by)

    candidates = [t for t in nouns(text) if t.stem not in known and own[t.stem] > 1]
    return sorted(candidates, key=lambda t: (-telling(t), t.stem))


def nouns(text: str) -> list[Topic]:
    """The plain nouns of a text, each once, as a question would word them.

    >>> [t.words for t in nouns("She saw the ferry, and spoke of towing.")]
    ['the ferry', 'towing']
    """
    found: dict[str, Topic] = {}
    for pattern, article in ((_WITH_ARTICLE, "the "), (_BARE, "")):
        for m in pattern.finditer(text):
            key = stem(m.group(1))
            if key not in _VAGUE and m.group(1) not in STOPWORDS and not m.group(1).endswith("ly"):
                found.setdefault(key, Topic(article + m.group(1), key))
    return list(found.values())


def short_name(person: Person, everybody: Sequence[Person]) -> str:
    """The surname where only one person has it, else the whole name."""
    last = person.name.split()[-1]
    same = [p for p in everybody if p.name.split()[-1] == last]
    return last if len(same) == 1 and last[:1].isupper() else person.name


def _paragraphs(archive: Archive, person: Person) -> list[str]:
    """The paragraphs in which this person says something, each once."""
    articles: dict[str, Article | None] = {}
    seen: dict[tuple[str, Span], str] = {}
    for statement in archive.statements(speaker=person.name)[:STATEMENTS]:
        id = statement.article_id or ""
        if id not in articles:
            articles[id] = archive.article(id)
        article = articles[id]
        for span in paragraphs(article.text) if article else []:
            if article and span[0] < statement.end and statement.start < span[1]:
                seen.setdefault((id, span), article.cut(span))
    return list(seen.values())
