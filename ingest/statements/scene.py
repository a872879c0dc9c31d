"""The text with all that speaker resolution looks up in it: words, names, quotations, sentences, parsed tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ingest.statements.cast import Cast, cluster
from ingest.statements.drafts import Draft
from ingest.statements.interview import quotations, turns
from ingest.statements.names import Mention, Word, find_mentions, read_words
from ingest.statements.pronouns import ALONE, GENDER, OBJECT, OTHER, OWNER, SUBJECT
from ingest.statements.quotes import Quote, paragraphs, quote_at
from ingest.statements.roles import collect_roles, noun_kind
from ingest.statements.titles import CAPTION_CREDITS, PREPOSITIONS
from rag.domain import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CAPTION = re.compile(rf"[/\w)] ?\b{CAPTION_CREDITS}(?:/\w+)?[.)]?$")
_SENTENCE = re.compile(r"(?<![.\s][A-Z])[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\sa-z])")
_LONGEST_DESCRIPTION = 5
"""Words from "the" to the noun it belongs to."""

Event = tuple[int, int, Literal["name", "noun", "newcomer", "pronoun", "draft"], int]
"""(character, order among events at one character, what, index of the mention, word or draft)."""


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


@dataclass(frozen=True, slots=True)
class Scene:
    """One article as speaker resolution sees it. All positions are characters of `text`, lists in reading order."""

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
    sources: list[Span]
    alone: frozenset[int]
    """Starts of names that are the only person of their sentence."""
    told: list[Span]
    """What is said by a source: who is named in it matters less than who says it."""

    def words_in(self, span: Span) -> list[Word]:
        return self.words[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def mentions_in(self, span: Span) -> list[Mention]:
        low, high = bisect_left(self.mention_starts, span[0]), bisect_left(self.mention_starts, span[1])
        return self.cast.mentions[low:high]

    def quoted(self, at: int) -> bool:
        return quote_at(self.quotes, at) is not None

    def sentence(self, at: int) -> int:
        """How many sentences have begun by the character `at`."""
        return bisect_right(self.bounds, at)

    def paragraph(self, at: int) -> int:
        return bisect_right(self.paragraph_starts, at)


def read_scene(text: str, docs: list[tuple[int, Doc]], drafts: Sequence[Draft]) -> Scene:
    """Find and cluster the names, and index what stands where."""
    tokens = _index(docs)
    words = read_words(text)
    sources = sorted(draft.source for draft in drafts if draft.source)
    cast = cluster(find_mentions(text, words, sources, tokens.common), text)
    collect_roles(cast, text, tokens, words)
    spans = paragraphs(text)
    quotes = [quote for found in quotations(text, spans, turns(text, spans)) for quote in found]
    paragraph_starts = [start for start, _ in spans]
    mention_starts = [mention.start for mention in cast.mentions]
    inner = set(mention_starts)
    ends = {m.end() for m in _SENTENCE.finditer(text) if m.start() + 1 not in inner and not quote_at(quotes, m.start())}
    bounds = sorted(ends | set(paragraph_starts))
    return Scene(
        text=text,
        words=words,
        starts=[word.start for word in words],
        tokens=tokens,
        cast=cast,
        mention_starts=mention_starts,
        quotes=quotes,
        bounds=bounds,
        paragraphs=spans,
        paragraph_starts=paragraph_starts,
        sources=sources,
        alone=_alone(words, cast, quotes, bounds),
        told=sorted(span for draft in drafts if draft.source for span in draft.spans),
    )


def _alone(words: Sequence[Word], cast: Cast, quotes: Sequence[Quote], bounds: Sequence[int]) -> frozenset[int]:
    """Starts of the names of people who share their sentence with no other person, nor with "he" or "she"."""
    people: dict[int, set[int]] = {}
    names: dict[int, list[int]] = {}
    for mention in cast.mentions:
        entity = cast.of[mention.start]
        likely = entity.kind == "person" or (entity.kind == "unknown" and len(entity.words) > 1)
        if likely and not quote_at(quotes, mention.start):
            sentence = bisect_right(bounds, mention.start)
            people.setdefault(sentence, set()).add(entity.number if entity.kind == "person" else -1)
            names.setdefault(sentence, []).append(mention.start)
    for word in words:
        if word.low in ("he", "she") and not quote_at(quotes, word.start):
            people.get(bisect_right(bounds, word.start), set()).add(-1)
    return frozenset(
        start for s, starts in names.items() if len(people[s]) == 1 and -1 not in people[s] for start in starts
    )


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


def inside(spans: Sequence[Span], at: int) -> bool:
    """Whether the last span that starts at or before `at` holds it."""
    i = bisect_right(spans, (at, 1 << 60)) - 1
    return i >= 0 and at < spans[i][1]


def plain(word: Word) -> str:
    """Lower case, without a contracted verb: "he'll" is "he"."""
    low = word.low.split("'", 1)[0]
    return word.text if len(low) > 1 and word.text.isupper() else low  # "WHO", "IT" are initials


def events(scene: Scene, drafts: Sequence[Draft]) -> list[Event]:
    """Everything that shifts or asks for attention, in reading order."""
    found: list[Event] = [
        (draft.source[0] if draft.source else draft.spans[0][0], 2, "draft", i) for i, draft in enumerate(drafts)
    ]
    captions = [s for s in scene.paragraphs if _CAPTION.search(scene.text, max(s[0], s[1] - 60), s[1])]
    for i, mention in enumerate(scene.cast.mentions):
        if not scene.quoted(mention.start) and not inside(captions, mention.start):
            found.append((mention.start, 0, "name", i))
    for i, word in enumerate(scene.words):
        if word.low[0] in "hs" and plain(word) in GENDER and not _set_apart(scene, word.start):
            found.append((word.start, 1, "pronoun", i))
        elif word.text in ("A", "An") and (noun := _newcomer(scene, i)) is not None:
            found.append((scene.words[noun].start, 1, "newcomer", noun))
        elif word.low == "the" and not scene.quoted(word.start) and (noun := _subject_noun(scene, i)) is not None:
            found.append((scene.words[noun].start, 1, "noun", noun))
    return sorted(found)


def _set_apart(scene: Scene, at: int) -> bool:
    return scene.quoted(at) or inside(scene.sources, at)


def _subject_noun(scene: Scene, index: int) -> int | None:
    """Index of the subject noun that the "the" at `index` belongs to, where it means a person: "the former mayor"."""
    for i in range(index + 1, min(index + _LONGEST_DESCRIPTION + 1, len(scene.words))):
        before, word = scene.words[i - 1], scene.words[i]
        if before.possessive or word.low in PREPOSITIONS or before.end + 1 < word.start:
            return None
        if word.text.islower() and noun_kind(word.low) == "person" and not inside(scene.sources, word.start):
            token = scene.tokens.get(word.start)
            if token is not None and token.dep_ in ("nsubj", "nsubjpass"):
                return i
    return None


_NAMED_BEHIND = re.compile(r",\s+(?:[a-z]+\s+)?(?:he|she|they|[A-Z][\w'’.-]+)\b")


def _newcomer(scene: Scene, index: int) -> int | None:
    """Index of the noun of somebody new whom a sentence begins with: "A woman outside the court held a sign."

    Not where a comma leads to whom the words are about: "A woman of few words, she …", "A baker, Holm …".
    """
    first, sentence = scene.words[index].start, scene.sentence(scene.words[index].start)
    start = scene.bounds[sentence - 1] if sentence else 0
    if scene.text[start:first].strip(" \"“”'") or _set_apart(scene, first) or inside(scene.told, first):
        return None
    for i in range(index + 1, min(index + _LONGEST_DESCRIPTION + 1, len(scene.words))):
        before, word = scene.words[i - 1], scene.words[i]
        if before.possessive or word.low in PREPOSITIONS or before.end + 1 < word.start or not word.text.islower():
            return None
        after = scene.words[i + 1].low if i + 1 < len(scene.words) else ""
        if noun_kind(word.low) == "person" and noun_kind(after) == "unknown":
            end = scene.bounds[sentence] if sentence < len(scene.bounds) else len(scene.text)
            comma = scene.text.find(",", word.end, end)
            named = comma >= 0 and _NAMED_BEHIND.match(scene.text, comma, end)
            token = scene.tokens.get(word.start)
            return None if named or (token is not None and token.dep_ not in ("nsubj", "nsubjpass")) else i
    return None


def place(scene: Scene, mention: Mention) -> float:
    """The weight of a name's place in its sentence; whoever is the only person in it is never far from mind."""
    weight = _grammatical(scene, mention)
    if mention.start not in scene.alone:
        return weight
    return max(weight, ALONE if not mention.possessive else (OWNER + ALONE) / 2)


def _grammatical(scene: Scene, mention: Mention) -> float:
    if mention.possessive:
        return OWNER
    words = scene.words_in((mention.start, mention.end))
    token = scene.tokens.get(words[-1].start) if words else None
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
