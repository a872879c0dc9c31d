"""Who is meant by each statement's source: names, roles, organisations, pronouns, people without a name.

The article is read once from its beginning. Names and pronouns outside quotations shift the attention, and every
draft's source is resolved where it stands, so that "he" means whom a reader would take it for at that place. Where
two people fit alike, nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.statements.cast import Entity
from ingest.statements.descriptions import by_description, by_name, by_role, is_body, unnamed
from ingest.statements.drafts import Draft, Extraction
from ingest.statements.mind import CERTAIN, NOBODY, RELIABILITY, SURE, Mind, Who, clear, one
from ingest.statements.names import Mention, Word
from ingest.statements.pronouns import (
    GENDER,
    NEUTER,
    OWNER,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    SPOKE,
    SUBJECT,
    TOLD,
    WRITER,
)
from ingest.statements.roles import describe
from ingest.statements.scene import Scene, events, inside, place, plain, read_scene
from ingest.statements.sources import behind_place, head_names, whole
from rag.domain import Span, Speaker, SpeakerKind, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BESIDE_PRONOUN = frozenset("himself herself themselves all both also".split())
_SIGNED = re.compile(r"\s*[―—–]\s*(?=[^\W\d_])")
_ROLE_BEFORE = re.compile(r"(?:(?:[Tt]he|[Aa]n?) )?(?P<role>[^\W\d_][^,;:()\"“”\n]{2,88}), ")
_WORD_BETWEEN = re.compile(r"[^\W\d_]{4,}")
TURNED = 1
"""Sentences after which the text is still with whom it has turned to."""
FURTHEST = 2
"""Paragraphs after which a quotation without a source no longer goes on from the speaker before."""


def resolve(text: str, docs: list[tuple[int, Doc]], drafts: list[Draft]) -> Extraction:
    """Name the speaker of every draft.

    `docs` are parsed pieces of `text` with their offsets; what isn't parsed is read by words alone. Returns the
    statements in the order of `drafts` and everybody who speaks in them. Deterministic, and raises on no text.
    """
    if not drafts:
        return Extraction((), ())
    scene = read_scene(text, docs, drafts)
    who = Reader(scene, drafts, Mind(scene)).read()
    statements = tuple(_statement(draft, who.get(i, NOBODY)) for i, draft in enumerate(drafts))
    speakers = dict.fromkeys(entity for i in range(len(drafts)) for entity in who.get(i, NOBODY).entities)
    return Extraction(statements, tuple(_speaker(text, entity) for entity in speakers))


def _statement(draft: Draft, who: Who) -> Statement:
    named = [entity.name for entity in who.entities if entity.kind != "unnamed"]
    described = next((entity.described for entity in who.entities if entity.kind == "unnamed"), None)
    return Statement(
        spans=draft.spans,
        source=draft.source,
        speaker="; ".join(dict.fromkeys(named)) or None,
        form=draft.form,
        cue=draft.cue,
        kind=draft.kind,
        negated=draft.negated,
        found=who.found,
        confidence=round(min(CERTAIN, draft.confidence * RELIABILITY[who.how]), 2),
        described=None if named else described,
        within=draft.within,
    )


def _speaker(text: str, entity: Entity) -> Speaker:
    name = text[slice(*entity.described)] if entity.described else entity.name
    return Speaker(name, _speaker_kind(entity), tuple(entity.aliases), tuple(entity.roles))


def _speaker_kind(entity: Entity) -> SpeakerKind:
    if entity.kind == "unnamed":
        return "unnamed"
    likely = len(entity.words) > 1 or entity.gender or entity.roles
    return "person" if entity.kind == "person" or (entity.kind == "unknown" and likely) else "organisation"


def _signature(scene: Scene, draft: Draft) -> Mention | None:
    """The name behind a dash after a quotation: "We are afraid." ― Ann Gray."""
    match = _SIGNED.match(scene.text, draft.spans[-1][1])
    after = scene.mentions_in((match.end(), match.end() + 1)) if match else []
    return after[0] if after and after[0].kind in ("person", "unknown") else None


def _may_be_person(entity: Entity) -> bool:
    """Two words of which nothing else is known, such as a given name that no list has, and its surname."""
    return entity.kind == "unknown" and len(entity.words) == 2


@dataclass(slots=True)
class Reader:
    """One reading of one article."""

    scene: Scene
    drafts: Sequence[Draft]
    mind: Mind
    who: dict[int, Who] = field(default_factory=dict)
    sentence: int = 0
    paragraph: int = 0

    def read(self) -> dict[int, Who]:
        """Walk through names, pronouns and drafts; sources inside quotations come last. By the drafts' index."""
        nested = []
        for at, _, what, index in events(self.scene, self.drafts):
            self._move(at)
            if what == "name":
                self._see_name(self.scene.cast.mentions[index])
            elif what == "noun":
                self._see_noun(index)
            elif what == "newcomer":
                self._see_newcomer(index)
            elif what == "pronoun":
                self._see_pronoun(self.scene.words[index])
            elif self._in_quotation(index):
                nested.append(index)
            else:
                self._take(index, self._find(self.drafts[index]))
        for index in nested:
            self.who[index] = self._find_nested(index)
        return self.who

    def _in_quotation(self, index: int) -> bool:
        source = self.drafts[index].source
        return source is not None and self.scene.quoted(source[0])

    def _move(self, at: int) -> None:
        sentence, paragraph = self.scene.sentence(at), self.scene.paragraph(at)
        if sentence > self.sentence or paragraph > self.paragraph:
            self.mind.attention.fade(max(0, sentence - self.sentence), max(0, paragraph - self.paragraph))
            self.sentence, self.paragraph = max(sentence, self.sentence), max(paragraph, self.paragraph)

    # --- what shifts the attention ---

    def _see_name(self, mention: Mention) -> None:
        entity, weight = self.scene.cast.of[mention.start], place(self.scene, mention)
        told = inside(self.scene.told, mention.start)
        if mention.start in self.scene.cast.shared:
            for rival in self.scene.cast.shared[mention.start]:
                self.mind.attention.add(rival.number, weight * TOLD if told else weight)
            if weight >= SUBJECT and not told:
                self.mind.turned = self.mind.subject = None
            return
        self.mind.attention.add(entity.number, weight * TOLD if told else weight)
        if weight >= SUBJECT and not told:
            self.mind.subject = (entity, mention.start)
        if weight >= SUBJECT and not told and (entity.kind == "person" or _may_be_person(entity)):
            self.mind.turned = (entity, mention.start)

    def _see_noun(self, index: int) -> None:
        words = self.scene.words
        first = max(i for i in range(index) if words[i].low == "the")
        description = describe(words[first : index + 1], self.scene.text)
        known = None if description.plural else by_role(self.mind, description)
        for entity in known.entities if known else ():
            self.mind.attention.add(entity.number, SUBJECT)

    def _see_newcomer(self, index: int) -> None:
        """Somebody without a name, to whom a sentence turns: "A woman outside the court held a sign. She said …"."""
        words = self.scene.words
        first = max(i for i in range(index) if words[i].low in ("a", "an"))
        span = (words[first].start, words[index].end)
        [entity] = unnamed(self.mind, span, describe(words[first : index + 1], self.scene.text)).entities
        self.mind.attention.add(entity.number, SUBJECT)
        self.mind.turned = self.mind.subject = (entity, words[first].start)

    def _see_pronoun(self, word: Word) -> None:
        low, last = plain(word), self.mind.last.entities
        if word.start < self.mind.last_end and len(last) == 1 and last[0].kind == "unnamed" and not last[0].plural:
            last[0].gender = last[0].gender or GENDER[low]  # "a protester said she …"
        ranked = self.mind.people(GENDER[low])
        entity = clear(ranked)
        if entity is not None:
            self.mind.bind(ranked, GENDER[low])
            self.mind.attention.add(entity.number, SUBJECT if low in ("he", "she") else OWNER)

    def _take(self, index: int, who: Who) -> None:
        self.who[index] = who
        draft = self.drafts[index]
        for entity in who.entities:
            self.mind.attention.add(entity.number, SPOKE)
            self.mind.heard.add(entity.number)
        if (
            not who.entities
            and draft.source
            and any(mention.start in self.scene.cast.shared for mention in self.scene.mentions_in(draft.source))
        ):
            self.mind.last = NOBODY  # one of several spoke: what goes on is nobody's
        if who.entities and draft.within is None:
            self.mind.last = who
            self.mind.last_end = max(draft.spans[-1][1], draft.source[1] if draft.source else 0)

    # --- one source ---

    def _find(self, draft: Draft) -> Who:
        if draft.source is None:
            signature = _signature(self.scene, draft)
            if signature is not None:
                return one(self.scene.cast.of[signature.start], "named", "signed")
            return self._continued(draft) if draft.continues else NOBODY
        words = self.scene.words_in(draft.source)
        if not words:
            return NOBODY
        low, after = plain(words[0]), plain(words[1]) if len(words) > 1 else ""
        if low in PRONOUNS and (not after or after in _BESIDE_PRONOUN):
            return self._pronoun(low, draft.source, draft.spans)
        source = whole(self.scene, behind_place(self.scene, draft.source))
        named = head_names(self.scene, source)
        if low in GENDER and after == "and" and named:
            first = self._pronoun(low, draft.source, draft.spans)
            entities = (*first.entities, *by_name(self.mind, named).entities)
            return Who(entities, "named", "joint") if first.entities else NOBODY
        if len(named) == 1 and named[0].start not in self.scene.cast.shared:
            self._learn_role(source, named[0])
        return by_name(self.mind, named) if named else by_description(self.mind, source)

    def _learn_role(self, source: Span, mention: Mention) -> None:
        """What a source says of its name before a comma: "the attorney general for the north coast, Ada Pell"."""
        entity, text = self.scene.cast.of[mention.start], self.scene.text
        match = _ROLE_BEFORE.fullmatch(text, source[0], mention.lead)
        words = self.scene.words_in(match.span("role")) if match else ()
        if match is None or not words or entity.kind != "person":
            return
        role, described = " ".join(match["role"].split()), describe(words, text)
        if described.kind == "person" and not described.plural and not any(role in known for known in entity.roles):
            entity.roles.append(role)

    def _pronoun(self, low: str, source: Span, spans: tuple[Span, ...]) -> Who:
        if low in WRITER:
            return NOBODY
        if low in RELATIVE:
            return self._antecedent(source[0])
        if low in NEUTER:
            return self._body(source[0])
        if low in PLURAL:
            return self._several()
        if low not in GENDER:
            return unnamed(self.mind, source, describe(self.scene.words_in(source), self.scene.text))
        told_of = frozenset(self.scene.cast.of[m.start].number for span in spans for m in self.scene.mentions_in(span))
        ranked = self.mind.people(GENDER[low], told_of)
        entity = clear(ranked)
        if (turned := self._turned_to(GENDER[low], source[0])) and (
            entity is None or entity in self.mind.last.entities
        ):
            if turned.kind == "unnamed":
                turned.gender = GENDER[low]
            return one(turned, "pronoun", "loose pronoun")
        if nameless := self._nameless(GENDER[low], source[0]):
            nameless.gender = GENDER[low]
            return one(nameless, "pronoun", "loose pronoun")
        if entity is None:
            latest = self._latest(GENDER[low], source[0], told_of)
            return one(latest, "pronoun", "loose pronoun") if latest else NOBODY
        self.mind.bind(ranked, GENDER[low])
        return one(entity, "pronoun", "pronoun" if clear(ranked, SURE) else "loose pronoun")

    def _turned_to(self, gender: str, at: int) -> Entity | None:
        """Whom the text has turned to since somebody else spoke, in the sentence before or this one: "Rao said no. Mehta
        disagreed. 'It is not,' he said." """
        if self.mind.turned is None:
            return None
        entity, start = self.mind.turned
        since = start >= self.mind.last_end and self.mind.last.entities and entity not in self.mind.last.entities
        near = self.scene.sentence(at) - self.scene.sentence(start) <= TURNED
        fits = entity.gender in ("", gender) and not entity.plural
        return entity if since and near and fits else None

    def _nameless(self, gender: str, at: int) -> Entity | None:
        """Somebody without a name who spoke in the sentence before, in this paragraph, with nobody named since: "A nurse
        said they were tired. 'We need beds,' she said." is no named person's, however much they said before."""
        last, end, scene = self.mind.last.entities, self.mind.last_end, self.scene
        if len(last) != 1 or last[0].kind != "unnamed" or last[0].gender not in ("", gender):
            return None
        if last[0].plural and not last[0].words[-1].endswith(("er", "or", "ee")):
            return None  # many, or no person's noun; "packer" and "angler" are in no list, but one of them may speak
        beside = scene.paragraph(at) == scene.paragraph(end) and scene.sentence(at) - scene.sentence(end - 1) <= TURNED
        since = [m for m in scene.mentions_in((end, at)) if not scene.quoted(m.start)]
        return last[0] if beside and not since else None

    def _latest(self, gender: str, at: int, told_of: frozenset[int]) -> Entity | None:
        """Of people equally in mind the one who spoke or was a subject last, in this sentence or the one before."""
        last = self.mind.last.entities
        spoke = (last[0], self.mind.last_end - 1) if len(last) == 1 else None
        turned = self.mind.turned
        if turned and turned[0].kind == "person" and turned[1] not in self.scene.alone:
            turned = None  # beside somebody else
        near = [
            (where, entity)
            for entity, where in filter(None, (spoke, turned))
            if self.scene.sentence(at) - self.scene.sentence(where) <= TURNED
        ]
        entity = max(near, key=lambda pair: pair[0])[1] if near else None
        if entity is None or entity.kind not in ("person", "unnamed") or entity.plural or entity.number in told_of:
            return None
        return entity if entity.gender in ("", gender) else None

    def _antecedent(self, at: int) -> Who:
        """Whom "who said" is about: the name or noun that stands before it."""
        scene = self.scene
        bound = scene.bounds[max(0, scene.sentence(at) - 1)] if scene.bounds else 0
        before = [m for m in scene.mentions_in((bound, at)) if not m.possessive]
        if before and not _WORD_BETWEEN.search(scene.text[before[-1].end : at]):
            if before[-1].start in scene.cast.shared:
                return by_name(self.mind, before[-1:])
            return one(scene.cast.of[before[-1].start], "named", "relative")
        token = scene.tokens.get(at)
        if token is None or token.head.dep_ != "relcl":
            return NOBODY
        noun, offset = token.head.head, at - token.idx
        left = noun.doc[min([noun.i, *(t.i for t in noun.lefts)])]
        span = (left.idx + offset, noun.idx + offset + len(noun.text))
        named = head_names(scene, span)
        return by_name(self.mind, named) if named else by_description(self.mind, span)

    def _several(self) -> Who:
        """ "They": the body or the several people who spoke last."""
        last = self.mind.last
        if len(last.entities) > 1 or any(e.plural or e.kind == "organisation" for e in last.entities):
            return Who(last.entities, "unnamed" if last.found == "unnamed" else "pronoun", "they")
        return NOBODY

    def _body(self, at: int) -> Who:
        """ "It": the body or document that spoke or was a subject last, in this sentence or the one before."""
        mind, scene = self.mind, self.scene
        spoke = (mind.last.entities[0], mind.last_end - 1) if len(mind.last.entities) == 1 else None
        near = [
            (where, entity)
            for entity, where in filter(None, (spoke, mind.subject))
            if scene.sentence(at) - scene.sentence(where) <= TURNED and is_body(entity)
        ]
        return one(max(near, key=lambda pair: pair[0])[1], "pronoun", "they") if near else NOBODY

    def _continued(self, draft: Draft) -> Who:
        """A quotation without a source: the speaker before, unless the text has turned to somebody else since."""
        mind, here = self.mind, self.scene.paragraph(draft.spans[0][0])
        if mind.turned and mind.turned[1] > mind.last_end and mind.turned[0] not in mind.last.entities:
            near = here - self.scene.paragraph(mind.turned[1]) <= 1
            return one(mind.turned[0], "continued quote", "continued past others") if near else NOBODY
        if not mind.last.entities or here - self.scene.paragraph(mind.last_end) > FURTHEST:
            return NOBODY
        named = {self.scene.cast.of[m.start] for span in draft.spans for m in self.scene.mentions_in(span)}
        if any(entity.kind != "organisation" for entity in named & set(mind.last.entities)):
            return NOBODY  # few people call themselves by name
        return Who(mind.last.entities, "unnamed" if mind.last.found == "unnamed" else "continued quote", "continued")

    def _find_nested(self, index: int) -> Who:
        """A source inside a quotation: "I" is the one quoted, a name is itself, other pronouns stay open."""
        draft = self.drafts[index]
        assert draft.source is not None
        words = self.scene.words_in(draft.source)
        if not words:
            return NOBODY
        low = plain(words[0])
        if low in PRONOUNS:
            parent = draft.within if draft.within is not None else self._around(index)
            outer = self.who.get(parent, NOBODY) if parent is not None else NOBODY
            if low not in ("i", "me") or not outer.entities:
                return NOBODY
            return Who(outer.entities, "unnamed" if outer.found == "unnamed" else "pronoun", "nested first person")
        named = head_names(self.scene, whole(self.scene, draft.source))
        return by_name(self.mind, named) if named else NOBODY

    def _around(self, index: int) -> int | None:
        """The draft whose words hold this one's source."""
        source = self.drafts[index].source
        for i, draft in enumerate(self.drafts):
            if source and i != index and any(start <= source[0] and source[1] <= end for start, end in draft.spans):
                return i
        return None
