"""Whose words stand at a place of an article, and whether a claimed speaker is that one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from rag.domain import Article, Found, Person, Span, Statement
from rag.holdings import Holdings
from rag.nicknames import full_form
from rag.stores.catalogue import JOINT
from rag.text import stem, terms
from rag.who import SPEAKS_FOR, answers_for, head_noun, tokens

_WORDS = re.compile(r"[\w-]+")
_PRONOUNS = frozenset("he she they it you who".split())
_INDEFINITE = re.compile(r"(?:an?|another|some|one)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"(?:the|these|those) (?:two|three|four|pair|duo|trio|couple)\b|both\b", re.IGNORECASE)
KIN = frozenset("brothers sisters siblings twins cousins couple spouses parents family".split())
"""Groups whose members, as a rule, share a surname."""
Agreement = Literal["agrees", "contradicts", "open"]
"""Whether words are the claimed speaker's. open: nobody is claimed, or the archive doesn't know whose they are."""


@dataclass(frozen=True)
class Voices:
    """One article's statements, with the people who make them."""

    holdings: Holdings
    key: int
    article: Article

    @cached_property
    def statements(self) -> list[Statement]:
        """Those that are somebody's words; a denial or a refusal to speak is not."""
        return [s for s in self.holdings.catalogue.statements_in(self.key) if not s.negated]

    @cached_property
    def _persons(self) -> dict[str, int]:
        return self.holdings.catalogue.persons_of(self.key)

    def statement_at(self, spans: Sequence[Span]) -> Statement | None:
        """The statement that holds most of these characters; of those nested in one another, the innermost."""
        held = [(s, sum(_shared(a, b) for a in s.spans for b in spans)) for s in self.statements]
        enough = 0.5 * sum(end - start for start, end in spans)
        inside = [(s, n) for s, n in held if n > 0 and n >= enough]
        if not inside:
            return None
        most = max(n for _, n in inside)
        return min((s for s, n in inside if n >= 0.95 * most), key=lambda s: (_length(s), -s.confidence))

    def people(self, statement: Statement) -> list[Person]:
        """The people of the archive who make a statement; several for a joint one."""
        if statement.speaker is None:
            return []
        names = (statement.speaker, *statement.speaker.split(JOINT))
        ids = {self._persons[name] for name in names if name in self._persons}
        people = filter(None, map(self.holdings.who.of_id, ids))
        return sorted(people, key=lambda p: (-p.statements, p.name, p.id))

    def name(self, statement: Statement) -> str | None:
        """Who makes a statement: the archive's name for them, or None for somebody whom the article doesn't name."""
        people = self.people(statement)
        return people[0].name if len(people) == 1 else statement.speaker

    def description(self, statement: Statement) -> str | None:
        """The article's words for a speaker it doesn't name."""
        if statement.speaker is not None or statement.found == "none":
            return None
        span = statement.described or statement.source
        return self.article.cut(span) if span else None

    def told(self, outer: Statement, inner: Span, teller: Span | None) -> Statement:
        """The quotation inside a speaker's quotation as a statement of whoever the speaker names as saying it."""
        called = self.article.cut(teller) if teller else ""
        if not called or called.lower() in _PRONOUNS:
            return replace(outer, spans=(inner,), source=None, speaker=None, cue=None, described=None, found="unnamed")
        name = next((name for name in self._persons if called.lower() in self._called(name)), None)
        found: Found = "named" if name else "unnamed"
        return replace(outer, spans=(inner,), source=teller, speaker=name, cue=None, described=teller, found=found)

    def _called(self, name: str) -> set[str]:
        """What the articles call somebody whom this one names so, in lower case."""
        person = self.holdings.who.of_id(self._persons[name])
        return {called.lower() for called in (name, *((person.name, *person.aliases) if person else ()))}

    def agreement(self, statement: Statement | None, claimed: str | None) -> Agreement:
        """Whether a statement is the claimed speaker's."""
        if claimed is None or statement is None:
            return "open"
        asked = self.holdings.who.named(claimed)
        if statement.speaker is None:
            return self._unnamed(statement, claimed, asked)
        people = self.people(statement)
        if {p.id for p in asked} & {p.id for p in people}:
            return "agrees"
        names = [p.name for p in people] or statement.speaker.split(JOINT)
        if claimed.lower() in (name.lower() for name in (statement.speaker, *names)):
            return "agrees"  # as the article has it, though the archive may know others of that name
        if not asked and any(same_name(claimed, name) for name in names):
            return "agrees"
        return "agrees" if any(_speaks_for(p, claimed, asked) for p in people) else "contradicts"

    def _unnamed(self, statement: Statement, claimed: str, asked: Sequence[Person]) -> Agreement:
        described = self.description(statement)
        if described is None:
            return "open"
        words, wanted = set(terms(described)), set(terms(claimed))
        named = any(p.kind == "person" for p in asked)  # "a critic of Coster" is not Coster
        head = stem(head_noun(described).lower())
        if wanted and wanted <= words and not named and (head in wanted or head in SPEAKS_FOR):
            return "agrees"
        if any(same_name(claimed, part) for part in _beside(described)):
            return "agrees"
        if not named and words and words <= wanted and head in wanted and not _INDEFINITE.match(described):
            return "open"  # "the ministry" may be the health ministry
        if self._among(claimed, described):
            return "open"
        roles = {t for p in asked for role in p.roles for t in terms(role)}
        if not roles and (named or not asked) and self._may_be(claimed, bool(asked), statement):
            return "open"
        return "open" if not words or words <= roles else "contradicts"

    def _among(self, claimed: str, described: str) -> bool:
        """Whether the claimed one may belong to a group: of "the brothers" are those of whose surname the article names
        another, too; of "both men" whoever it names."""
        head, last = head_noun(described).lower(), claimed.split()[-1] if claimed.split() else ""
        if not last[:1].isupper() or last in _WORDS.findall(described) or _INDEFINITE.match(described):
            return False
        if head in KIN:
            name = re.escape(last)
            first = re.findall(rf"\b([A-Z][\w-]+)(?: and ([A-Z][\w-]+))? {name}\b", self.article.text)
            return len({word for found in first for word in found if word}) > 1
        return bool(_SEVERAL.match(described)) and last in _WORDS.findall(self.article.text)

    def _may_be(self, claimed: str, quoted: bool, statement: Statement) -> bool:
        """Whether what the article calls the speaker may be the claimed one, of whom nothing tells what they are: it names
        them elsewhere, and somebody whom it also quotes by name it names only later, as a news story's beginning does.
        The last word of the name is looked for, with its capital letter, but not where the article says what the speaker
        is ("a critic of Coster")."""
        start, end = statement.described or statement.source or (0, 0)
        before, behind = (_WORDS.findall(part) for part in (self.article.text[:start], self.article.text[end:]))
        last = claimed.split()[-1] if claimed.split() else ""
        return last[:1].isupper() and (last in behind or last in before) and not (quoted and last in before)


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _length(statement: Statement) -> int:
    return sum(end - start for start, end in statement.spans)


def _beside(described: str) -> list[str]:
    """The names that a description puts beside what somebody is, between commas: "the mayor of Tarn, Ann Pell"."""
    parts = [part.strip() for part in described.split(",")]
    return [part for part in parts if len(part.split()) > 1 and all(word[0].isupper() for word in part.split())]


def _speaks_for(person: Person, claimed: str, asked: Sequence[Person]) -> bool:
    """Whether a person answers for the claimed organisation, by a role such as "spokesman of the Harbour Board"."""
    if person.kind != "person" or any(p.kind == "person" for p in asked):
        return False
    return any(answers_for(role, set(terms(claimed))) for role in person.roles)


def same_name(a: str, b: str) -> bool:
    """Whether two names can be one person's: the last words are the same, and the first ones, if both have some, agree
    (as "Andy" and "Andrew", "J." and "Jane")."""
    mine, other = ([word for word, _ in tokens(name)] for name in (a, b))
    if not mine or not other or mine[-1] != other[-1]:
        return False
    if len(mine) == 1 or len(other) == 1:
        return True
    first, second = full_form(mine[0]), full_form(other[0])
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])
