"""What a reader has in mind while reading: who was named, who spoke, whom a pronoun would mean now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.statements.cast import Entity
from ingest.statements.pronouns import Attention
from ingest.statements.scene import Scene
from rag.domain import Found

NEAR = 0.8
"""A rival of at least this share of the best one's weight leaves it undecided."""
SURE = 0.5
"""With all rivals below this share the choice also tells the gender."""
_NO_GENDER, _UNNAMED, _TOLD_OF = 0.7, 0.6, 0.2
_HEARD, _LONG_UNKNOWN, _UNKNOWN = 0.9, 0.6, 0.2

RELIABILITY: dict[str, float] = {
    "full name": 1.05,
    "organisation": 0.99,
    "surname": 1.06,
    "doubtful surname": 1.0,
    "role": 0.94,
    "loose role": 0.67,
    "description": 0.93,
    "pronoun": 1.0,
    "loose pronoun": 0.8,
    "they": 0.75,
    "relative": 0.7,
    "joint": 0.9,
    "signed": 1.0,
    "continued": 0.92,
    "continued past others": 0.6,
    "nested first person": 0.8,
    "none": 0.67,
}
"""What each way of finding a speaker makes of a draft's confidence: above 1, the drafts that it names are true oftener.

Two shares multiplied. How often the words and their source are right beside the draft's own confidence: from PolNeAR's
training part, as `detect.CONFIDENCE`. How often the source is resolved to the right speaker: counted there where the
annotators name one (names, surnames, quotations that go on: .93 to .99), and read by eye where they name none (67
pronouns, the roles), rounded down. "they", "signed", "relative" and nested ones are guesses: too few were seen.
"""

CERTAIN = 0.98
"""No confidence is higher."""


@dataclass(frozen=True, slots=True)
class Who:
    """What a source was resolved to."""

    entities: tuple[Entity, ...]
    found: Found
    how: str
    """The key of its reliability."""


NOBODY = Who((), "none", "none")


def one(entity: Entity, found: Found, how: str) -> Who:
    """A single speaker; somebody without a name is always found "unnamed"."""
    return Who((entity,), "unnamed" if entity.kind == "unnamed" else found, how)


Ranked = list[tuple[float, Entity]]


def clear(ranked: Ranked, near: float = NEAR) -> Entity | None:
    """The first, if no rival comes near."""
    if not ranked or (len(ranked) > 1 and ranked[1][0] > near * ranked[0][0]):
        return None
    return ranked[0][1]


@dataclass(slots=True)
class Mind:
    """Changes while the article is read."""

    scene: Scene
    attention: Attention = field(default_factory=Attention)
    extra: list[Entity] = field(default_factory=list)
    """People and bodies without a name of their own, in order."""
    heard: set[int] = field(default_factory=set)
    """Numbers of those who have spoken."""
    last: Who = NOBODY
    last_end: int = 0
    """Where the last statement and its source end."""
    turned: tuple[Entity, int] | None = None
    """The person who was the subject of a sentence last, and where."""
    subject: tuple[Entity, int] | None = None
    """Who or what was the subject of a sentence last, and where."""

    def everybody(self) -> list[Entity]:
        return [*self.scene.cast.entities, *self.extra]

    def entity(self, number: int) -> Entity:
        named = self.scene.cast.entities
        return named[number] if number < len(named) else self.extra[number - len(named)]

    def add(self, entity: Entity) -> Entity:
        self.extra.append(entity)
        return entity

    def new_number(self) -> int:
        return len(self.scene.cast.entities) + len(self.extra)

    def weight(self, entity: Entity) -> float:
        return self.attention.weights.get(entity.number, 0.0)

    def by_weight(self, entities: Iterable[Entity]) -> Ranked:
        """Heaviest first; of equals the one that the article names first."""
        return sorted(((self.weight(e), e) for e in entities), key=lambda pair: (-pair[0], pair[1].start))

    def people(self, gender: str, told_of: frozenset[int] = frozenset()) -> Ranked:
        """Whom a singular pronoun of `gender` ("" is any) could mean, heaviest first.

        `told_of` are the numbers of those whom the statement itself names: few people speak of themselves by name.
        """
        ranked = []
        for number, weight in self.attention.present():
            entity = self.entity(number)
            if entity.plural or entity.kind not in ("person", "unknown", "unnamed"):
                continue
            if not gender or entity.gender in ("", gender):
                ranked.append((weight * self._likely(entity) * (_TOLD_OF if number in told_of else 1.0), entity))
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1].start))

    def _likely(self, entity: Entity) -> float:
        likely = 1.0 if entity.gender else _NO_GENDER
        if entity.kind == "unnamed" and not entity.gender:
            likely *= _UNNAMED
        if entity.kind == "unknown":
            likely *= _HEARD if entity.number in self.heard else _LONG_UNKNOWN if len(entity.words) > 1 else _UNKNOWN
        return likely

    def bind(self, ranked: Ranked, gender: str) -> None:
        """Learn from a pronoun that clearly means the first of `ranked`."""
        if clear(ranked, SURE) is None:
            return
        entity = ranked[0][1]
        if entity.kind == "unknown" and len(entity.words) == 1 and entity.number not in self.heard:
            return
        entity.gender = entity.gender or gender
        if entity.kind == "unknown":
            entity.kind = "person"
