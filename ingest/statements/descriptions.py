"""Whom a source without a name means: "the mayor", "the company", "a protester in the camp", "a letter from Gray"."""

from __future__ import annotations

import re
from bisect import bisect_left

from ingest.statements.cast import Entity
from ingest.statements.mind import NOBODY, Mind, Who, clear, one
from ingest.statements.names import Mention, Word, fold
from ingest.statements.roles import (
    DETERMINERS,
    Description,
    closeness,
    describe,
    fits,
    head_index,
    holds,
    holds_public,
    may_be_called,
    modifiers,
    noun_kind,
)
from ingest.statements.scene import Scene
from ingest.statements.titles import (
    AGENCIES,
    NATIONALS,
    NOT_NAMES,
    PREPOSITIONS,
    PUBLIC_BODIES,
    PUBLIC_ROLES,
    SELF_NAMED,
)
from rag.domain import Span

_FROM = re.compile(r"\b(?:from|by|of|for|(?:from|by) the)\s+$")
_AUTHORED = frozenset("statement statements letter memo release email tweet post message op-ed column article".split())
COMPANIES = ("company", "firm", "bank")
PRESS = frozenset(
    """gazette times post herald tribune journal news chronicle courier mercury observer guardian today cnn bbc ap afp
    reuters abc cbs nbc msnbc itv npr pbs""".split()
)
_LANDS = ("us", "usa", "uk", "eu", "un", "uae")
_UNKNOWN_YET = frozenset("next other new average typical eventual future same only".split())
_LOOSE = 0.65
"""How near a rival may come to somebody whom only "the candidate" points to."""


def by_name(mind: Mind, mentions: list[Mention]) -> Who:
    """The entities of a source's head names."""
    cast = mind.scene.cast
    if any(mention.start in cast.shared for mention in mentions):
        owners = [(mention, owner) for mention in mentions if (owner := _owner(mind, mention)) is not None]
    else:
        owners = [(mention, cast.of[mention.start]) for mention in mentions]
    entities = list(dict.fromkeys(owner for _, owner in owners))
    if not entities:
        return NOBODY
    if len(entities) > 1:
        return Who(tuple(entities), "named", "joint")
    mention, entity = owners[0]
    if entity.kind == "thing":
        span = (mention.start, mention.end)
        return unnamed(mind, span, describe(mind.scene.words_in(span), mind.scene.text))
    if entity.kind in ("organisation", "place"):
        return one(entity, "named", "organisation")
    if len(mention.words) >= len(entity.words) or len(mention.words) > 1:
        return one(entity, "named", "full name")
    return one(entity, "surname", "doubtful surname" if mention.start in cast.doubtful else "surname")


def _owner(mind: Mind, mention: Mention) -> Entity | None:
    """Whose a name is. A surname that several share is the one's of them who has just spoken, where no other of them
    was named in full since; else it tells nobody."""
    scene = mind.scene
    rivals = scene.cast.shared.get(mention.start)
    if rivals is None:
        return scene.cast.of[mention.start]
    spoke = [e for e in mind.last.entities if e in rivals]
    near = 0 <= scene.paragraph(mention.start) - scene.paragraph(mind.last_end) <= 1 and mind.last_end <= mention.start
    others = [e.full for e in rivals if e not in spoke]
    named = any(bisect_left(full, mind.last_end) < bisect_left(full, mention.start) for full in others)
    return spoke[0] if len(spoke) == 1 and near and not named else None


def by_description(mind: Mind, source: Span) -> Who:
    """Resolve a common-noun phrase."""
    words = mind.scene.words_in(source)
    while len(words) > 1 and words[0].low in NOT_NAMES and words[0].low not in DETERMINERS:
        words = words[1:]  # "Earlier a protester"
    if not words:
        return NOBODY
    source = (words[0].start, source[1])
    description = describe(words, mind.scene.text)
    if description.kind == "group":
        return _body(mind, source, words, description)
    if description.kind == "document" or description.head in _AUTHORED:
        return _author(mind, source, words) or unnamed(mind, source, description)
    owned = bool(description.owned) or any(word.possessive for word in words)
    titled = len(words) == 1 or (words[0].text[0].isupper() and words[0].low not in DETERMINERS)
    if (description.definite or titled) and not owned and not description.plural:
        return by_role(mind, description) or unnamed(mind, source, description)
    return unnamed(mind, source, description)


def _author(mind: Mind, source: Span, words: list[Word]) -> Who | None:
    """Who wrote "a statement from Gray", "Gray's letter"."""
    if not any(word.low in _AUTHORED for word in words):
        return None
    for mention in mind.scene.mentions_in(source):
        if mention.possessive or _FROM.search(mind.scene.text[source[0] : mention.lead]):
            return by_name(mind, [mention])
    return None


def by_role(mind: Mind, description: Description) -> Who | None:
    """The person of the article that "the former mayor" means, or None."""
    if description.head in ("man", "woman") or description.head.endswith("year-old") or description.head in NATIONALS:
        return _anybody(mind, description)
    fitting = [e for e in mind.scene.cast.entities if e.kind in ("person", "unknown") and fits(e, description)]
    seen = [e for e in fitting if e.number in mind.attention.weights or e.start < mind.last_end]
    untold = [
        e for e in mind.extra if e.kind == "unnamed" and not e.plural and may_be_called(e.words[-1], description.head)
    ]
    if not seen and not untold and description.definite and len(fitting) == 1:
        seen = fitting  # the lede says "the mayor", the name comes later
    if seen:  # "the doctor" is rather the named one than "the senator's cardiologist", who may be the same
        untold = [e for e in untold if e.words[-1] == description.head]
    seen += untold
    if not seen and any(word.endswith("year-old") for word in description.words):
        return _anybody(mind, description)
    if not seen:
        return _public_figure(mind, description)
    near = max(closeness(e, description) for e in seen)
    entity = clear(mind.by_weight(e for e in seen if closeness(e, description) == near))
    return one(entity, "role", "role") if entity else None


def _public_figure(mind: Mind, description: Description) -> Who | None:
    """ "The candidate", "the actress": news says so of somebody it has just named. With more words ("the French leader") it
    must have spoken last or been what the last sentence was about, and hold no other office of the kind; "the mayor of
    Tarn" is nobody of whom the article hasn't said so."""
    if description.head not in PUBLIC_ROLES or not description.definite or description.words & _UNKNOWN_YET:
        return None
    entity = clear([pair for pair in mind.people(description.gender) if pair[1].kind == "person"], _LOOSE)
    if entity is None:
        return None
    if modifiers(description) or description.words & PREPOSITIONS:
        near = [*mind.last.entities, *(e for e, _ in filter(None, (mind.turned, mind.subject)))]
        if entity not in near or description.words & PREPOSITIONS or holds(entity, description.head):
            return None
        if entity.roles and not holds_public(entity):
            return None  # the baker is not "the council leader"
    return one(entity, "role", "loose role")


def _anybody(mind: Mind, description: Description) -> Who | None:
    """ "The woman", "the 71-year-old": like a pronoun."""
    if len(mind.last.entities) == 1 and description.gender:
        last = mind.last.entities[0]
        if last.kind == "unnamed" and not last.plural and last.gender in ("", description.gender):
            last.gender = description.gender
            return one(last, "unnamed", "description")  # who has a name is seldom "the woman"
    ranked = [pair for pair in mind.people(description.gender) if pair[1].kind != "unknown"]
    entity = clear(ranked)
    if entity is None:
        return None
    if description.gender:
        mind.bind(ranked, description.gender)
    return one(entity, "role", "loose pronoun")


def _body(mind: Mind, source: Span, words: list[Word], description: Description) -> Who:
    """A body: one that the article names, or one whose description is its name ("the Gray campaign", "police")."""
    words = [word for word in words if word.low not in ("the", "a", "an")] or words
    bare = len(words) == 1 and description.head in SELF_NAMED
    if description.definite or bare:
        known = _known_body(mind, description, [word.low for word in words], source[0])
        if known:
            return known
    owner = len(words) == 2 and words[0].possessive and words[0].text[0].isupper()
    capital = len(words) > 1 and any(word.text[0].isupper() for word in words)
    if bare or owner or (description.definite and capital):
        return one(_new_body(mind, source, words), "named", "organisation")
    return unnamed(mind, source, description)


def _known_body(mind: Mind, description: Description, words: list[str], at: int) -> Who | None:
    """The organisation of the article that "the budget office" or "the company" means."""
    if len(words) == 1 and description.head in COMPANIES and (subject := _firm_before(mind, at)) is not None:
        return one(subject, "role", "role")
    bodies = [e for e in mind.everybody() if e.kind == "organisation" and (e.start < at or mind.weight(e))]
    bodies += [e for e in mind.everybody() if e.kind == "unknown" and _spoke_as_body(mind, e)]
    wanted = {word for word in words if word not in PREPOSITIONS}
    named = [e for e in bodies if wanted <= {fold(word) for word in e.words}]
    if description.head in SELF_NAMED:
        named = [e for e in named if len(e.words) == 1] or named
    guessed = []
    if not named and len(words) == 1:
        guessed = [e for e in bodies if _can_be(e, description.head) and not _stands_aside(mind.scene, e)]
    entity = clear(mind.by_weight(named or guessed))
    if entity is None:
        return None
    own = len(words) == 1 and description.head in SELF_NAMED
    return one(entity, "named" if own else "role", "organisation" if named else "role")


def _firm_before(mind: Mind, at: int) -> Entity | None:
    """What "the company" means at `at`: the subject of the sentence before, if that can be one ("Marlow denied this.")."""
    if mind.subject is None:
        return None
    subject, start = mind.subject
    scene = mind.scene
    if scene.sentence(at) - scene.sentence(start) > 2 or scene.paragraph(at) - scene.paragraph(start) > 1:
        return None
    if subject.kind not in ("organisation", "unknown") or subject.gender or subject.roles:
        return None
    if fold(subject.words[-1]) in PRESS | PUBLIC_BODIES or _stands_aside(scene, subject):
        return None
    subject.kind = "organisation"
    return subject


def is_body(entity: Entity) -> bool:
    """Whether "it" can mean this: a body, a document, or a name of which nothing shows that it is a person's."""
    if entity.kind == "unnamed":
        return noun_kind(entity.words[-1]) in ("group", "document")
    bare = entity.kind == "unknown" and not entity.gender and not entity.roles
    return bare or entity.kind in ("organisation", "place")


def _spoke_as_body(mind: Mind, entity: Entity) -> bool:
    """Whether something that the article names may be a body: it has spoken, and nothing shows that it is a person."""
    return entity.number in mind.heard and not entity.gender and not entity.roles


def _can_be(body: Entity, noun: str) -> bool:
    """Whether a body named otherwise can be "the company", "the agency", "the group"."""
    last = fold(body.words[-1])
    if last in PRESS:
        return False  # the newspaper itself, or one that it cites
    if noun in COMPANIES:
        return last not in PUBLIC_BODIES
    if noun == "agency":
        single = (mention.words[0] for mention in body.mentions if len(mention.words) == 1)
        return last in AGENCIES or any(word.isupper() and fold(word) not in _LANDS for word in single)
    return noun in ("group", "organization", "organisation") and last not in PUBLIC_BODIES


_TOLD = re.compile(r"\b(?:tell|tells|told|telling)\s+(?:the\s+)?$")
_DATELINE = re.compile(
    r"[A-Z][A-Z'’. -]+(?:, [A-Z][\w.]*)*(?:, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+))?"
    r"(?: \([^()\n]{1,40}\))? ?(?:--?|[–—]) ?"
)


def _stands_aside(scene: Scene, body: Entity) -> bool:
    """Whether the article names a body only in datelines and as whom somebody told something: no one it is about."""
    return all(_is_aside(scene, mention) for mention in body.mentions)


def _is_aside(scene: Scene, mention: Mention) -> bool:
    if _TOLD.search(scene.text[max(0, mention.lead - 16) : mention.lead]):
        return True
    number = scene.paragraph(mention.start)
    dateline = _DATELINE.match(scene.text, scene.paragraph_starts[number - 1]) if number else None
    return dateline is not None and mention.start < dateline.end()


def _new_body(mind: Mind, source: Span, words: list[Word]) -> Entity:
    end = head_index(words, mind.scene.text) + 1
    end += words[end - 1].possessive and end < len(words)
    name = " ".join(mind.scene.text[words[0].start : words[end - 1].end].split())  # with its genitive: "Gray's office"
    name = name[:1].upper() + name[1:]
    for entity in mind.everybody():
        if entity.kind == "organisation" and fold(entity.name) == fold(name):
            return entity
    return mind.add(Entity(mind.new_number(), tuple(name.split()), "organisation", source[0]))


def unnamed(mind: Mind, source: Span, description: Description) -> Who:
    """Somebody without a name: the one described so before ("the spokesman"), or somebody new ("a spokesman")."""
    if (description.definite or description.owned) and not description.another:
        for entity in reversed(mind.extra):
            same = entity.kind == "unnamed" and entity.words[-1] == description.head
            if same and entity.plural == description.plural:
                if entity.described is None or source[1] - source[0] > entity.described[1] - entity.described[0]:
                    entity.described = source
                return one(entity, "unnamed", "description")
    person = description.kind == "person" or description.head in ("one", "another")
    entity = Entity(mind.new_number(), (description.head,), "unnamed", source[0], gender=description.gender)
    entity.described, entity.plural = source, description.plural or not person
    return one(mind.add(entity), "unnamed", "description")
