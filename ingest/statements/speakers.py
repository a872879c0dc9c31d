"""Who is meant by each statement's source: names, roles, organisations, pronouns, people without a name.

The article is read once from its beginning. Names and pronouns outside quotations shift the attention
(`pronouns.Attention`), and every draft's source is resolved where it stands, so that "he" means whom a reader would
take it for at that place. Where two people fit alike, nobody is named.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ingest.statements.drafts import Draft, Extraction
from ingest.statements.names import Cast, Entity, Mention, Word, cluster, find_mentions, fold, read_words
from ingest.statements.pronouns import (
    FIRST,
    GENDER,
    NEAR,
    NEUTER,
    OBJECT,
    OTHER,
    OWNER,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    SPOKE,
    SUBJECT,
    TOLD,
    Attention,
)
from ingest.statements.quotes import Quote, find_quotes, paragraphs, quote_at
from ingest.statements.roles import DETERMINERS, Description, collect_roles, describe, fits, head_index, noun_kind
from ingest.statements.titles import AGENCIES, CAPTION_CREDITS, NOT_NAMES, PREPOSITIONS, PUBLIC_BODIES, PUBLIC_ROLES, SELF_NAMED
from rag.domain import Found, Span, Speaker, SpeakerKind, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CAPTION = re.compile(rf"[/\w)] ?\b{CAPTION_CREDITS}(?:/\w+)?[.)]?$")
_SENTENCE = re.compile(r"(?<![.\s][A-Z])[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\sa-z])")
_FROM = re.compile(r"\b(?:from|by|of|on behalf of|issued by|for)\s+$")
_LIST = re.compile(r"^(?:\s*\([^)]{1,20}\))?\s*(?:,|and|&|, and|,? as well as|or)\s+(?:[\w.'’-]+ ){0,4}$")
_AUTHORED = frozenset("statement statements letter memo release email tweet post message op-ed column article".split())

FURTHEST = 2
"""Paragraphs after which a quotation without a source no longer goes on from the speaker before."""

RELIABILITY: dict[str, float] = {
    "full name": 0.98,
    "organisation": 0.95,
    "surname": 0.97,
    "doubtful surname": 0.75,
    "role": 0.85,
    "loose role": 0.65,
    "description": 0.9,
    "pronoun": 0.9,
    "loose pronoun": 0.7,
    "they": 0.6,
    "relative": 0.85,
    "joint": 0.9,
    "continued": 0.85,
    "continued past others": 0.6,
    "nested first person": 0.8,
    "nested": 0.5,
    "none": 0.5,
}


@dataclass(frozen=True, slots=True)
class Who:
    """What a source was resolved to."""

    entities: tuple[Entity, ...]
    found: Found
    how: str
    """The key of its reliability."""


NOBODY = Who((), "none", "none")


@dataclass(slots=True)
class Tokens:
    """The parsed tokens by the character at which they start; made only when asked for, since most never are."""

    where: dict[int, tuple[int, int]]
    docs: list[tuple[int, Doc]]
    common: frozenset[int]
    """Starts of the tokens that the tagger calls no proper noun."""

    def get(self, start: int) -> Token | None:
        found = self.where.get(start)
        return None if found is None else self.docs[found[0]][1][found[1]]


def _index(docs: list[tuple[int, Doc]]) -> Tokens:
    where: dict[int, tuple[int, int]] = {}
    common = []
    for number, (offset, doc) in enumerate(docs):
        proper = {doc.vocab.strings[tag] for tag in ("NNP", "NNPS")}
        for i, (at, tag) in enumerate(doc.to_array(["IDX", "TAG"]).tolist()):
            where[offset + at] = (number, i)
            if tag not in proper:
                common.append(offset + at)
    return Tokens(where, docs, frozenset(common))


@dataclass(slots=True)
class Page:
    """The text with all that resolution looks up in it."""

    text: str
    words: list[Word]
    starts: list[int]
    tokens: Tokens
    cast: Cast
    mention_starts: list[int]
    quotes: list[Quote]
    bounds: list[int]
    """Where sentences outside quotations begin."""
    paragraphs: list[Span]
    paragraph_starts: list[int]

    def words_in(self, span: Span) -> list[Word]:
        return self.words[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def mentions_in(self, span: Span) -> list[Mention]:
        low, high = bisect_left(self.mention_starts, span[0]), bisect_left(self.mention_starts, span[1])
        return self.cast.mentions[low:high]

    def quoted(self, at: int) -> bool:
        return quote_at(self.quotes, at) is not None


def resolve(text: str, docs: list[tuple[int, Doc]], drafts: list[Draft]) -> Extraction:
    """Name the speaker of every draft.

    `docs` are parsed pieces of `text` with their offsets; what isn't parsed is read by words alone. Returns the
    statements in the order of `drafts` and everybody who speaks in them. Deterministic, and raises on no text.
    """
    if not drafts:
        return Extraction((), ())
    page = _open(text, docs, drafts)
    reader = Reader(page, drafts, told=sorted(span for draft in drafts if draft.source for span in draft.spans))
    reader.read()
    statements = tuple(_statement(draft, reader.who.get(i, NOBODY)) for i, draft in enumerate(drafts))
    return Extraction(statements, _speakers(page, reader))


def _open(text: str, docs: list[tuple[int, Doc]], drafts: Iterable[Draft]) -> Page:
    tokens = _index(docs)
    words = read_words(text)
    mentions = find_mentions(text, words, [d.source for d in drafts if d.source], tokens.common)
    cast = cluster(mentions, text)
    collect_roles(cast, text, tokens, words)
    spans = paragraphs(text)
    quotes = [quote for span in spans for quote in find_quotes(text, span)]
    starts = {m.start for m in cast.mentions}
    bounds = sorted(
        {m.end() for m in _SENTENCE.finditer(text) if quote_at(quotes, m.start()) is None and m.start() + 1 not in starts}
        | {start for start, _ in spans}
    )
    return Page(
        text, words, [w.start for w in words], tokens, cast, [m.start for m in cast.mentions], quotes, bounds,
        spans, [start for start, _ in spans],
    )  # fmt: skip


def _statement(draft: Draft, who: Who) -> Statement:
    named = [e.name for e in who.entities if e.kind != "unnamed"]
    described = next((e.described for e in who.entities if e.kind == "unnamed"), None) if not named else None
    return Statement(
        spans=draft.spans,
        source=draft.source,
        speaker="; ".join(dict.fromkeys(named)) or None,
        form=draft.form,
        cue=draft.cue,
        kind=draft.kind,
        negated=draft.negated,
        found=who.found,
        confidence=round(draft.confidence * RELIABILITY[who.how], 3),
        described=described,
        within=draft.within,
    )


def _speakers(page: Page, reader: Reader) -> tuple[Speaker, ...]:
    seen: dict[int, Entity] = {}
    for _, who in sorted(reader.who.items()):
        for entity in who.entities:
            seen.setdefault(entity.number, entity)
    found = []
    for entity in seen.values():
        name = page.text[slice(*entity.described)] if entity.described else entity.name
        found.append(Speaker(name, _speaker_kind(entity), tuple(entity.aliases), tuple(entity.roles)))
    return tuple(found)


def _speaker_kind(entity: Entity) -> SpeakerKind:
    if entity.kind == "unnamed":
        return "unnamed"
    if entity.kind == "person" or entity.kind == "unknown" and (len(entity.words) > 1 or entity.gender or entity.roles):
        return "person"
    return "organisation"


# --- reading the article -------------------------------------------------------------------------------------------

Event = tuple[int, int, Literal["name", "noun", "pronoun", "draft"], int]


@dataclass(slots=True)
class Reader:
    """The state of one reading."""

    page: Page
    drafts: Sequence[Draft]
    who: dict[int, Who] = field(default_factory=dict)
    attention: Attention = field(default_factory=Attention)
    extra: list[Entity] = field(default_factory=list)
    """People and bodies without a name of their own, in order."""
    told: list[Span] = field(default_factory=list)
    """What is said, in reading order: who is named in it matters less than who says it."""
    heard: set[int] = field(default_factory=set)
    """Numbers of those who have spoken."""
    last: Who = NOBODY
    last_end: int = 0
    turned: tuple[Entity, int] | None = None
    """The person that was the subject of a sentence last, and where."""
    sentence: int = 0
    paragraph: int = 0

    @property
    def entities(self) -> list[Entity]:
        return [*self.page.cast.entities, *self.extra]

    def read(self) -> None:
        """Walk through names, pronouns and drafts; sources inside quotations come last."""
        nested = []
        for at, _, what, index in sorted(self._events()):
            self._move(at)
            if what == "name":
                self._see(self.page.cast.mentions[index])
            elif what == "noun":
                self._see_noun(index)
            elif what == "pronoun":
                self._see_pronoun(self.page.words[index])
            else:
                draft = self.drafts[index]
                if draft.source and self.page.quoted(draft.source[0]):
                    nested.append(index)
                else:
                    self._take(index, self._find(draft))
        for index in nested:
            self.who[index] = self._find_nested(index)

    def _events(self) -> Iterator[Event]:
        page = self.page
        captions = [s for s in page.paragraphs if _CAPTION.search(page.text, max(s[0], s[1] - 60), s[1])]
        for i, mention in enumerate(page.cast.mentions):
            if not page.quoted(mention.start) and not _inside(captions, mention.start):
                yield (mention.start, 0, "name", i)
        sources = sorted(d.source for d in self.drafts if d.source)
        for i, word in enumerate(page.words):
            if word.low[0] in "hs" and _plain(word) in GENDER and not page.quoted(word.start) and not _inside(sources, word.start):
                yield (word.start, 1, "pronoun", i)
        for i in self._nouns():
            if not _inside(sources, page.words[i].start):
                yield (page.words[i].start, 1, "noun", i)
        for i, draft in enumerate(self.drafts):
            yield (draft.source[0] if draft.source else draft.spans[0][0], 2, "draft", i)

    def _move(self, at: int) -> None:
        sentence = bisect_right(self.page.bounds, at)
        paragraph = bisect_right(self.page.paragraph_starts, at)
        if sentence > self.sentence or paragraph > self.paragraph:
            self.attention.fade(max(0, sentence - self.sentence), max(0, paragraph - self.paragraph))
            self.sentence, self.paragraph = max(sentence, self.sentence), max(paragraph, self.paragraph)

    def _see(self, mention: Mention) -> None:
        entity = self.page.cast.of[mention.start]
        place = self._place(mention)
        told = _inside(self.told, mention.start)
        self.attention.add(entity.number, place * TOLD if told else place)
        if place >= SUBJECT and not told and entity.kind == "person":
            self.turned = (entity, mention.start)

    def _place(self, mention: Mention) -> float:
        if mention.possessive:
            return OWNER
        words = self.page.words_in((mention.start, mention.end))
        token = self.page.tokens.get(words[-1].start) if words else None
        if token is None:
            return SUBJECT if mention.initial else OTHER
        while token.dep_ in ("compound", "flat") and token.head.i > token.i:
            if token.head.pos_ != "PROPN":
                return OWNER
            token = token.head
        if token.dep_ == "conj" and (token.head.dep_ == "conj" or any(t.dep_ == "conj" for t in token.children)):
            return OWNER  # one of a list
        if token.dep_ in ("appos", "conj"):
            token = token.head
        if token.dep_ in ("nsubj", "nsubjpass", "ROOT"):
            return SUBJECT
        return OBJECT if token.dep_ in ("dobj", "agent") else OTHER

    def _see_pronoun(self, word: Word) -> None:
        low = _plain(word)
        gender = GENDER[low]
        ranked = self._rank(gender, frozenset())
        if not ranked or (len(ranked) > 1 and ranked[1][0] > NEAR * ranked[0][0]):
            return
        entity = ranked[0][1]
        if len(ranked) == 1 or ranked[1][0] < 0.5 * ranked[0][0]:
            self._bind(entity, gender)
        self.attention.add(entity.number, SUBJECT if low in ("he", "she") else OWNER)

    def _nouns(self) -> Iterator[int]:
        """Words that end a definite description of a person: "mayor" in "the former mayor"."""
        page = self.page
        for i, word in enumerate(page.words):
            if word.low != "the":
                continue
            for j in range(i + 1, min(i + 6, len(page.words))):
                if noun_kind(page.words[j].low) == "person" and page.words[j].text.islower() and _determiner(page.words, j) == i:
                    token = page.tokens.get(page.words[j].start)
                    if token is not None and token.dep_ in ("nsubj", "nsubjpass") and not page.quoted(word.start):
                        yield j
                        break

    def _see_noun(self, index: int) -> None:
        first = _determiner(self.page.words, index)
        assert first is not None
        description = describe(self.page.words[first : index + 1], self.page.text)
        if description.plural or not description.definite:
            return
        known = self._by_role(description)
        for entity in known.entities if known else ():
            self.attention.add(entity.number, SUBJECT)

    def _bind(self, entity: Entity, gender: str) -> None:
        if entity.kind == "unknown" and len(entity.words) == 1 and entity.number not in self.heard:
            return
        entity.gender = entity.gender or gender
        if entity.kind == "unknown":
            entity.kind = "person"

    def _rank(self, gender: str, excluded: frozenset[int]) -> list[tuple[float, Entity]]:
        everybody = self.entities
        allowed = {
            e.number
            for e in everybody
            if e.kind in ("person", "unknown", "unnamed")
            and not e.plural
            and (not gender or e.gender in ("", gender))
        }
        ranked = []
        for weight, number in self.attention.ranked(allowed):
            entity = everybody[number]
            known = (1.0 if entity.gender else 0.7) * (0.2 if number in excluded else 1.0)
            if entity.kind == "unnamed" and not entity.gender:
                known *= 0.6
            if entity.kind == "unknown":
                known *= 0.9 if entity.number in self.heard else 0.6 if len(entity.words) > 1 else 0.2
            ranked.append((weight * known, entity))
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1].start))

    def _take(self, index: int, who: Who) -> None:
        self.who[index] = who
        draft = self.drafts[index]
        for entity in who.entities:
            self.attention.add(entity.number, SPOKE)
            self.heard.add(entity.number)
        if who.entities and draft.within is None:
            self.last, self.last_end = who, max(draft.spans[-1][1], draft.source[1] if draft.source else 0)

    # --- one source ----------------------------------------------------------------------------------------------

    def _find(self, draft: Draft) -> Who:
        if draft.source is None:
            return self._continued(draft) if draft.continues else NOBODY
        words = self.page.words_in(draft.source)
        if not words:
            return NOBODY
        lows = [_plain(w) for w in words]
        if lows[0] in PRONOUNS and (len(lows) == 1 or lows[1] in ("himself", "herself", "themselves", "all", "both", "also")):
            return self._pronoun(lows[0], draft)
        if lows[0] in GENDER and lows[1] == "and" and (others := self._named(draft.source)):
            first = self._pronoun(lows[0], draft)
            return Who((*first.entities, *self._by_name(others).entities), "named", "joint") if first.entities else NOBODY
        source = self._whole(draft.source)
        named = self._named(source)
        if named:
            return self._by_name(named)
        while len(words) > 1 and words[0].low in NOT_NAMES and words[0].low not in DETERMINERS:
            words = words[1:]  # "Earlier a protester"
        return self._described((words[0].start, source[1]), words)

    def _whole(self, source: Span) -> Span:
        """With the name that follows a role at once: "Another protester" before "Ann Gray"."""
        after = self.page.mentions_in((source[1], source[1] + 2))
        if after and after[0].kind == "person" and after[0].lead == source[1] + 1 and self.page.text[source[1]] == " ":
            return (source[0], after[0].end)
        return source

    def _by_name(self, mentions: list[Mention]) -> Who:
        entities = list(dict.fromkeys(self.page.cast.of[m.start] for m in mentions))
        if len(entities) > 1:
            return Who(tuple(entities), "named", "joint")
        entity, mention = entities[0], mentions[0]
        if entity.kind == "thing":
            span = (mention.start, mention.end)
            return self._unnamed(span, describe(self.page.words_in(span), self.page.text))
        if entity.kind in ("organisation", "place"):
            return Who((entity,), "named", "organisation")
        if len(mention.words) >= len(entity.words) or len(mention.words) > 1:
            return Who((entity,), "named", "full name")
        doubtful = mention.start in self.page.cast.doubtful
        return Who((entity,), "surname", "doubtful surname" if doubtful else "surname")

    def _named(self, source: Span) -> list[Mention]:
        """The names at the head of a source: not owners, not after a preposition, not before a noun."""
        found: list[Mention] = []
        for mention in self.page.mentions_in(source):
            if self._heads(mention, source):
                if found and not self._joined(found[-1], mention):
                    if self.page.cast.of[found[0].start].kind in ("person", "unknown"):
                        continue
                    if mention.kind != "person":
                        continue
                    found = []
                found.append(mention)
        return found

    def _heads(self, mention: Mention, source: Span) -> bool:
        text = self.page.text
        if mention.possessive and mention.end + 3 < source[1]:
            return False
        before = text[source[0] : mention.lead]
        segments = re.split(r"[,(;]|\s[–—-]\s", before)
        segment = segments[-1]
        if len(segments) > 1 and not self._person(mention):
            head = describe(self.page.words_in(source), text) if not segment.strip() and len(mention.words) > 1 else None
            if head is None or head.kind != "person":
                return False
        lows = segment.lower().split()
        if any(low in PREPOSITIONS for low in lows) and not segment.rstrip().endswith("of staff"):
            if not (noun_kind(lows[-1]) == "person" and lows[-1] not in PREPOSITIONS and "of" in lows):
                return False
        if any(low in ("who", "whose", "which", "that", "where", "when") for low in before.lower().split()):
            return False
        after = self.page.words_in((mention.end, source[1]))
        if after and text[mention.end : after[0].start] in (" ", "\u00a0", "-") and not mention.possessive:
            word = after[0]
            if word.text[0].islower() and word.low not in PREPOSITIONS | _AFTER_NAME and not word.low.endswith("ing"):
                token = self.page.tokens.get(word.start)
                return token is not None and token.pos_ not in ("NOUN", "ADJ", "PROPN")
        return True

    def _person(self, mention: Mention) -> bool:
        return self.page.cast.of[mention.start].kind == "person"

    def _joined(self, left: Mention, right: Mention) -> bool:
        between = self.page.text[left.end : right.lead]
        both = {self.page.cast.of[left.start].kind, self.page.cast.of[right.start].kind}
        if "," in between and "and" not in between:
            rest = self.page.text[right.end : right.end + 40]
            return bool(_LIST.match(between)) and bool(re.match(r",[^,.]{2,30}(,| and )", rest)) and both == {"person"}
        return bool(_LIST.match(between)) and ("and" in between.split() or "&" in between or "or" in between.split())

    def _pronoun(self, word: str, draft: Draft) -> Who:
        if word in FIRST or word in ("you", "everyone", "everybody", "anyone", "nobody"):
            return NOBODY
        if word in RELATIVE:
            return self._antecedent(draft)
        if word in NEUTER:
            return self._body(draft)
        if word in PLURAL:
            return self._group()
        if word not in GENDER:
            return self._unnamed(draft.source, describe(self.page.words_in(draft.source), self.page.text)) if draft.source else NOBODY
        own = frozenset(
            self.page.cast.of[m.start].number for span in draft.spans for m in self.page.mentions_in(span)
        )
        ranked = self._rank(GENDER[word], own)
        if os.environ.get("DBG"): print("..", self.page.text[max(0,draft.source[0]-60):draft.source[1]+20].replace("\n","/"),"|",[(round(x,2),e.name,e.gender,e.kind) for x,e in ranked[:4]])
        if not ranked:
            return NOBODY
        if len(ranked) > 1 and ranked[1][0] > NEAR * ranked[0][0]:
            return NOBODY
        entity = ranked[0][1]
        sure = len(ranked) == 1 or ranked[1][0] < 0.5 * ranked[0][0]
        if sure:
            self._bind(entity, GENDER[word])
        found: Found = "unnamed" if entity.kind == "unnamed" else "pronoun"
        return Who((entity,), found, "pronoun" if sure else "loose pronoun")

    def _antecedent(self, draft: Draft) -> Who:
        """Whom "who said" is about: the name or noun that stands before it."""
        assert draft.source is not None
        at = draft.source[0]
        bound = self.page.bounds[max(0, bisect_right(self.page.bounds, at) - 1)]
        before = [m for m in self.page.mentions_in((bound, at)) if not m.possessive]
        if before and not re.search(r"[a-z]{4,}", self.page.text[before[-1].end : at]):
            return Who((self.page.cast.of[before[-1].start],), "named", "relative")
        token = self.page.tokens.get(at)
        verb = token.head if token is not None else None
        if verb is None or verb.dep_ != "relcl" or token is None:
            return NOBODY
        noun, offset = verb.head, at - token.idx
        left = noun.doc[min([noun.i, *(t.i for t in noun.lefts)])]
        span = (left.idx + offset, noun.idx + offset + len(noun.text))
        if named := self._named(span):
            return self._by_name(named)
        return self._described(span, self.page.words_in(span)) if self.page.words_in(span) else NOBODY

    def _group(self) -> Who:
        """"They": the body or the several people who spoke last."""
        if self.last.entities and (len(self.last.entities) > 1 or self.last.entities[0].plural):
            return Who(self.last.entities, "unnamed" if self.last.found == "unnamed" else "pronoun", "they")
        if self.last.entities and self.last.entities[0].kind == "organisation":
            return Who(self.last.entities, "pronoun", "they")
        return NOBODY

    def _body(self, draft: Draft) -> Who:
        bodies = {e.number for e in self.entities if e.kind in ("organisation", "place")}
        ranked = self.attention.ranked(bodies)
        if not ranked or len(ranked) > 1 and ranked[1][0] > NEAR * ranked[0][0]:
            return NOBODY
        return Who((self.entities[ranked[0][1]],), "pronoun", "they")

    # --- descriptions --------------------------------------------------------------------------------------------

    def _described(self, source: Span, words: list[Word]) -> Who:
        description = describe(words, self.page.text)
        if description.kind == "group":
            return self._body_described(source, words, description)
        if description.kind == "document" or description.head in _AUTHORED:
            return self._author(source, words) or self._unnamed(source, description)
        owned = any(w.possessive for w in words) or bool(description.owned)
        titled = words[0].text[0].isupper() and words[0].low not in DETERMINERS
        if (description.definite or titled or len(words) == 1) and not owned and not description.plural:
            known = self._by_role(description)
            if known:
                return known
        return self._unnamed(source, description)

    def _author(self, source: Span, words: list[Word]) -> Who | None:
        """"A statement from X", "X's letter"."""
        mentions = self.page.mentions_in(source)
        for mention in mentions:
            if mention.possessive or _FROM.search(self.page.text[source[0] : mention.lead]):
                if words and any(w.low in _AUTHORED for w in words):
                    return self._by_name([mention])
        return None

    def _by_role(self, description: Description) -> Who | None:
        before = [e for e in self.entities if e.kind in ("person", "unknown") and fits(e, description)]
        unnamed = [e for e in self.extra if e.kind == "unnamed" and not e.plural and self._same_unnamed(e, description)]
        if description.head in ("man", "woman") or description.head.endswith("year-old"):
            return self._like_pronoun(description)
        weights = self.attention.weights
        now = self.page.bounds[self.sentence - 1] if self.sentence else 0
        earlier = [e for e in before if e.start <= now or e.number in weights]
        before = earlier or (before if description.definite and len(before) == 1 else [])
        ranked = sorted([*before, *unnamed], key=lambda e: (-weights.get(e.number, 0.0), e.start))
        if not ranked:
            return self._public_figure(description)
        if len(ranked) > 1:
            first, second = weights.get(ranked[0].number, 0.0), weights.get(ranked[1].number, 0.0)
            if second > NEAR * first:
                return None
        entity = ranked[0]
        return Who((entity,), "unnamed" if entity.kind == "unnamed" else "role", "role")

    def _public_figure(self, description: Description) -> Who | None:
        """"The candidate", "the actress": news says so of somebody it has just named."""
        if description.head not in PUBLIC_ROLES or not description.definite or description.words & _UNKNOWN_YET:
            return None
        ranked = [pair for pair in self._rank(description.gender, frozenset()) if pair[1].kind == "person"]
        if not ranked or len(ranked) > 1 and ranked[1][0] > 0.65 * ranked[0][0]:
            return None
        return Who((ranked[0][1],), "role", "loose role")

    def _same_unnamed(self, entity: Entity, description: Description) -> bool:
        return entity.words[-1] == description.head

    def _like_pronoun(self, description: Description) -> Who | None:
        ranked = self._rank(description.gender, frozenset())
        ranked = [pair for pair in ranked if pair[1].kind != "unknown"]
        if not ranked or len(ranked) > 1 and ranked[1][0] > NEAR * ranked[0][0]:
            return None
        entity = ranked[0][1]
        if description.gender:
            self._bind(entity, description.gender)
        return Who((entity,), "unnamed" if entity.kind == "unnamed" else "role", "loose pronoun")

    def _body_described(self, source: Span, words: list[Word], description: Description) -> Who:
        text = self.page.text
        modifiers = [w for w in words if w.low not in ("the", "a", "an")]
        owner = len(modifiers) == 2 and modifiers[0].possessive and modifiers[0].text[0].isupper()
        bare = len(modifiers) == 1 and description.head in SELF_NAMED
        if description.definite or bare:
            known = self._known_body(description, [w.low for w in modifiers])
            if known:
                return known
        capital = any(w.text[0].isupper() for w in modifiers[1:] or []) or (description.definite and modifiers[0].text[0].isupper())
        if bare or owner or description.definite and capital and len(modifiers) > 1:
            return Who((self._new_body(source, modifiers, text),), "named", "organisation")
        return self._unnamed(source, description)

    def _known_body(self, description: Description, words: list[str]) -> Who | None:
        """The organisation of the text that "the budget office" or "the company" means."""
        bodies = [e for e in self.entities if e.kind == "organisation"]
        wanted = {w for w in words if w not in PREPOSITIONS}
        named = [e for e in bodies if wanted <= {fold(w) for w in e.words}]
        if description.head in SELF_NAMED:
            named = [e for e in named if len(e.words) == 1] or named
        if not named and len(words) == 1:
            named = [e for e in bodies if _can_be(e, description.head)]
        weights = self.attention.weights
        ranked = sorted(named, key=lambda e: (-weights.get(e.number, 0.0), e.start))
        if not ranked or len(ranked) > 1 and weights.get(ranked[1].number, 0.0) > NEAR * weights.get(ranked[0].number, 0.0):
            return None
        return Who((ranked[0],), "role", "organisation" if wanted <= {fold(w) for w in ranked[0].words} else "role")

    def _new_body(self, source: Span, words: list[Word], text: str) -> Entity:
        end = head_index(words, text) + 1
        end += words[end - 1].possessive and end < len(words)
        name = " ".join(word.text for word in words[:end])
        name = name[:1].upper() + name[1:]
        for entity in self.entities:
            if entity.kind == "organisation" and fold(entity.name) == fold(name):
                return entity
        entity = Entity(len(self.entities), tuple(name.split()), "organisation", source[0])
        self.extra.append(entity)
        return entity

    def _unnamed(self, source: Span | None, description: Description) -> Who:
        assert source is not None
        definite = description.definite or bool(description.owned)
        if definite and not description.another:
            for entity in reversed(self.extra):
                if entity.kind == "unnamed" and entity.words[-1] == description.head and entity.plural == description.plural:
                    self._describe_better(entity, source)
                    return Who((entity,), "unnamed", "description")
        entity = Entity(
            len(self.entities), (description.head,), "unnamed", source[0], gender=description.gender,
            described=source, plural=description.plural or not (description.kind == "person" or description.head in ("one", "another")),
        )  # fmt: skip
        self.extra.append(entity)
        return Who((entity,), "unnamed", "description")

    def _describe_better(self, entity: Entity, source: Span) -> None:
        if entity.described is None or source[1] - source[0] > entity.described[1] - entity.described[0]:
            entity.described = source

    # --- no source, or a source in a quotation -------------------------------------------------------------------

    def _continued(self, draft: Draft) -> Who:
        """A quotation without a source: the speaker before, unless the text has turned to somebody else since."""
        at = draft.spans[0][0]
        if self.turned and self.turned[1] > self.last_end and self.turned[0] not in self.last.entities:
            if self._paragraph(at) - self._paragraph(self.turned[1]) <= 1:
                return Who((self.turned[0],), "continued quote", "continued past others")
            return NOBODY
        if not self.last.entities or self._paragraph(at) - self._paragraph(self.last_end) > FURTHEST:
            return NOBODY
        found: Found = "unnamed" if self.last.entities[0].kind == "unnamed" else "continued quote"
        return Who(self.last.entities, found, "continued")

    def _paragraph(self, at: int) -> int:
        return bisect_right(self.page.paragraph_starts, at)

    def _find_nested(self, index: int) -> Who:
        draft = self.drafts[index]
        assert draft.source is not None
        words = self.page.words_in(draft.source)
        parent = draft.within if draft.within is not None else self._around(index)
        if words and words[0].low in ("i", "me") and parent is not None:
            who = self.who.get(parent, NOBODY)
            return Who(who.entities, "pronoun" if who.found != "unnamed" else "unnamed", "nested first person") if who.entities else NOBODY
        if not words or words[0].low in PRONOUNS:
            return NOBODY
        named = self._named(draft.source)
        if named:
            return self._by_name(named)
        return Who((), "none", "nested")

    def _around(self, index: int) -> int | None:
        """The draft whose words hold this one's source."""
        source = self.drafts[index].source
        for i, draft in enumerate(self.drafts):
            if source and i != index and any(s <= source[0] and source[1] <= e for s, e in draft.spans):
                return i
        return None


def _plain(word: Word) -> str:
    """Lower case, without a contracted verb: "he'll" is "he"."""
    low = word.low.split("'", 1)[0]
    return word.text if len(low) > 1 and word.text.isupper() else low  # "WHO", "IT": initials


_UNKNOWN_YET = frozenset("next other new average typical eventual future same only".split())


def _determiner(words: Sequence[Word], index: int) -> int | None:
    """Index of the "the" that opens the phrase which the noun at `index` ends, or None."""
    for i in range(index - 1, max(-1, index - 5), -1):
        if words[i].low == "the":
            return i
        if words[i].possessive or words[i].low in PREPOSITIONS or words[i].end + 1 < words[i + 1].start:
            return None
    return None


def _can_be(body: Entity, noun: str) -> bool:
    """Whether a body named otherwise can be "the company", "the agency", "the group"."""
    last = fold(body.words[-1])
    if noun in ("company", "firm", "bank"):
        return last not in PUBLIC_BODIES
    if noun == "agency":
        return last in AGENCIES or body.words[-1].isupper()
    return noun in ("group", "organization", "organisation") and last not in PUBLIC_BODIES


_AFTER_NAME = frozenset("who and or himself herself themselves jr also both".split())


def _inside(spans: Sequence[Span], at: int) -> bool:
    i = bisect_right(spans, (at, 1 << 60)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]
