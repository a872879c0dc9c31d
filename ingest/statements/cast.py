"""Which names are one person or organisation.

The clustering follows newsroom habit: a full name first, then the bare surname, titles and honorifics to tell two
people of one surname apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.statements.cues import QUOTING
from ingest.statements.given import MEN, WOMEN
from ingest.statements.names import GIVEN, Mention, double_surnames, fold, spell, suffix, surname
from ingest.statements.titles import HONORIFICS, KEPT_TITLES, MEN_ROLES, NICKNAMES, PARTICLES, SUFFIXES, WOMEN_ROLES
from rag.domain import Span

_LONGEST_PARAGRAPH = 3000
"""Characters before a name that are searched for its paragraph's beginning."""


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or some body that the text names; filled while the text is read."""

    number: int
    words: tuple[str, ...]
    kind: str
    start: int
    gender: str = ""
    mentions: list[Mention] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    full: list[int] = field(default_factory=list)
    """Where the full name stands."""
    short: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """How often the name's last word alone has been this one's so far, by the titles before it."""
    described: Span | None = None
    """For somebody the text never names: the fullest description so far."""
    plural: bool = False

    @property
    def name(self) -> str:
        return spell(self.words)

    @property
    def surname(self) -> str:
        return surname(self.words)


def _same_given(a: str, b: str) -> bool:
    a, b = fold(a), fold(b)
    if a == b or (a[:1] == b[:1] and (len(a) == 1 or len(b) == 1)):
        return True
    return any(a in group and b in group for group in NICKNAMES) or (
        min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a))
    )


def same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two full names (two words or more) can be one person's."""
    if suffix(a) != suffix(b):
        return False
    a, b = [w for w in a if w.lower() not in SUFFIXES], [w for w in b if w.lower() not in SUFFIXES]
    if not a or not b:
        return False
    if [fold(w) for w in a] == [fold(w) for w in b]:
        return True
    if fold(a[-1]) == fold(b[-1]):
        return _same_given(a[0], b[0]) or (len(a) > 2 and len(b) == 2 and _same_given(a[1], b[0]) and len(a[0]) == 1)
    shorter, longer = sorted(([fold(w) for w in a], [fold(w) for w in b]), key=len)
    if len(shorter) == len(longer) or len(longer) > 4:
        return False
    return any(longer[i : i + len(shorter)] == shorter for i in range(1, len(longer) - len(shorter) + 1))


def name_gender(words: Sequence[str], titles: Sequence[str]) -> str:
    """m, f or "" from honorifics, gendered titles and the given name."""
    for title in titles:
        low = fold(title)
        told = HONORIFICS.get(low, "") or ("m" if low in MEN_ROLES else "f" if low in WOMEN_ROLES else "")
        if told:
            return told
    if words and fold(words[0]) in KEPT_TITLES:
        low = fold(words[0])
        return "m" if low in MEN_ROLES else "f" if low in WOMEN_ROLES else ""
    given = [fold(w).split("-")[0] for w in words[:-1] if len(w) > 1][:1]
    if not given and len(words) == 1:
        given = [fold(words[0])]
    if not given:
        return ""
    return "m" if given[0] in MEN else "f" if given[0] in WOMEN else ""


def _is_full(mention: Mention) -> bool:
    core = [w for w in mention.words if w.lower() not in SUFFIXES and w not in PARTICLES]
    return len(core) > 1


@dataclass(slots=True)
class Cast:
    """Everybody the text names, and who each mention is."""

    entities: list[Entity]
    of: dict[int, Entity]
    """Entity by the start of a mention's name proper."""
    doubtful: set[int]
    """Starts of bare surnames that more than one entity could own."""
    mentions: list[Mention]
    shared: dict[int, tuple[Entity, ...]] = field(default_factory=dict)
    """By their starts the bare surnames of which nothing near tells whose they are, and whose they may be."""
    by_word: dict[str, list[Entity]] = field(default_factory=dict)
    """Entities by each word of their names, folded."""
    by_initials: dict[str, list[Entity]] = field(default_factory=dict)

    def sharing(self, words: Iterable[str]) -> list[Entity]:
        """Entities that have one of the words in their name, in the order of their making."""
        found = {e.number: e for word in words for e in self.by_word.get(fold(word), ())}
        return [found[number] for number in sorted(found)]

    def at(self, start: int) -> Mention:
        """The mention whose name proper starts there."""
        return self.mentions[bisect_left(self.mentions, start, key=lambda mention: mention.start)]

    def register(self, entity: Entity) -> None:
        """Make the entity findable by its words."""
        for word in entity.words:
            known = self.by_word.setdefault(fold(word), [])
            if entity not in known[-1:] and entity not in known:
                known.append(entity)
        if len(entity.words) > 1 and entity.kind == "organisation":
            self.by_initials.setdefault("".join(w[0] for w in entity.words if w[0].isupper()), []).append(entity)


def cluster(mentions: Sequence[Mention], text: str) -> Cast:
    """Group mentions: full names first, wherever they stand, then organisations, then bare surnames in order."""
    surnames = {surname(m.words) for m in mentions if m.kind == "person" and _is_full(m)}
    likely = {surname(m.words) for m in mentions if m.kind == "unknown" and len(m.words) == 2} - surnames
    mentions = [_as_surname(m, surnames, likely, text) for m in mentions]
    cast = Cast([], {}, set(), [m for m in mentions if m.kind != "role"])
    full = [m for m in cast.mentions if m.kind in ("person", "unknown") and _is_full(m)]
    double = double_surnames({tuple(map(fold, m.words)) for m in full if not suffix(m.words)})
    for mention in full:
        if tuple(map(fold, mention.words)) not in double:
            _add_full(cast, mention)
    for i, mention in enumerate(cast.mentions):
        if mention.kind in ("organisation", "place", "thing") and mention.start not in cast.of:
            before = cast.mentions[i - 1] if i else None
            _add_organisation(cast, mention, text, before)
    for mention in cast.mentions:
        if mention.start not in cast.of:
            _add_single(cast, mention, text)
    people = {e.surname for e in cast.entities if e.kind == "person"}
    for entity in cast.entities:
        if entity.kind == "unknown" and len(entity.words) > 1 and fold(entity.words[0]) in people:
            entity.kind = "organisation"  # called after somebody
        _finish(entity, text)
    return cast


def _as_surname(mention: Mention, surnames: set[str], likely: set[str], text: str) -> Mention:
    """A bare "Black" or "King" is a name where the text knows somebody of that surname; where it is only `likely` that
    the text does ("Calvern White", whose given name no list has), it must speak, and not be the first of "White voters"."""
    if mention.kind != "role" or len(mention.words) > 1 or mention.article or mention.titles:
        return mention
    word = fold(mention.words[0])
    if word in surnames or (word in likely and _speaks(mention, text)):
        return replace(mention, kind="unknown")
    return mention


_CUE_BEHIND = re.compile(r"(?:, [^,\n\"“”]{1,80},)? (?:(?:also|then|later|has|had|further) )?(?P<cue>[a-z]+)\b")
_CUE_BEFORE = re.compile(r"(?P<cue>[a-z]+) $")


def _speaks(mention: Mention, text: str) -> bool:
    """Does a cue stand right behind a name, or right before it?"""
    behind = _CUE_BEHIND.match(text, mention.end)
    if behind and behind["cue"] in QUOTING:
        return True
    before = _CUE_BEFORE.search(text[max(0, mention.start - 12) : mention.start])
    return before is not None and before["cue"] in QUOTING and text[mention.end : mention.end + 1] in (",", ".", ";")


def _attach(cast: Cast, entity: Entity, mention: Mention) -> None:
    entity.mentions.append(mention)
    cast.of[mention.start] = entity
    if not entity.gender and entity.kind in ("person", "unknown") and mention.start not in cast.doubtful:
        entity.gender = name_gender(mention.words if _is_full(mention) else (), mention.titles)
    if mention.kind == "person":
        entity.kind = "person"


def _new(cast: Cast, mention: Mention, kind: str) -> Entity:
    entity = Entity(len(cast.entities), mention.words, kind, mention.start)
    cast.entities.append(entity)
    cast.register(entity)
    _attach(cast, entity, mention)
    return entity


def _add_full(cast: Cast, mention: Mention) -> None:
    gender = name_gender((), mention.titles)
    for entity in cast.sharing(mention.words[1:]):  # one person's two full names share more than the first word
        if same_person(entity.words, mention.words) and not (gender and entity.gender and gender != entity.gender):
            entity.words = _fuller(entity.words, mention.words)
            cast.register(entity)
            _attach(cast, entity, mention)
            entity.full.append(mention.start)
            return
    _new(cast, mention, mention.kind).full.append(mention.start)


def _fuller(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    """The longer of two forms of a name, unless it only has a word before the given name: "Activist Ann Gray"."""
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    extra = longer[: len(longer) - len(shorter)]
    if extra and longer[len(extra) :] == shorter and fold(shorter[0]) in GIVEN:
        return longer if all(fold(w) in GIVEN or len(w.strip(".")) == 1 for w in extra) else shorter
    return longer if len(longer) > len(shorter) else a


def _add_organisation(cast: Cast, mention: Mention, text: str, before: Mention | None) -> None:
    entity = (
        _shouted(cast, mention, text)
        or _same_body(cast, mention)
        or (_short_form(cast, mention, text, before) if len(mention.words) == 1 else None)
    )
    if entity is None:
        _new(cast, mention, mention.kind)
    else:
        _attach(cast, entity, mention)


def _shouted(cast: Cast, mention: Mention, text: str) -> Entity | None:
    """Whom a label in capitals means: "VAN HOLM: …"."""
    if text[mention.end : mention.end + 1] != ":" or not all(word.isupper() for word in mention.words):
        return None
    people = [e for e in cast.sharing(mention.words) if e.kind in ("person", "unknown") and len(e.words) > 1]
    called = [e for e in people if [*map(fold, e.words)][-len(mention.words) :] == [*map(fold, mention.words)]]
    return called[0] if len(called) == 1 else None


def _same_body(cast: Cast, mention: Mention) -> Entity | None:
    key = [fold(w) for w in mention.words]
    sharing = cast.by_word.get(key[0], ())
    return next((e for e in sharing if e.kind == mention.kind and [fold(w) for w in e.words] == key), None)


def _short_form(cast: Cast, mention: Mention, text: str, before: Mention | None) -> Entity | None:
    """Whom one word stands for that looks like no person: a surname that is a place's too, or a body's initials."""
    word = mention.words[0].replace(".", "")
    people = [e for e in cast.by_word.get(fold(word), ()) if e.kind == "person" and e.surname == fold(word)]
    if len(people) == 1 and not mention.article:
        return people[0]
    if not word.isupper() or len(word) < 2:
        return None
    if before and text[before.end : mention.start] == " (" and text[mention.end : mention.end + 1] == ")":
        body = cast.of.get(before.start)
        if body and body.kind == "organisation" and body.words[0][0].upper() == word[0]:
            return body
    return next(iter(cast.by_initials.get(word, ())), None) if len(word) > 2 else None


def _candidates(cast: Cast, mention: Mention) -> list[Entity]:
    """Whom a bare surname or given name can mean, the likeliest reading first."""
    word, end, last = fold(mention.words[0]), suffix(mention.words), surname(mention.words)
    people = [e for e in cast.sharing((word, last)) if e.kind in ("person", "unknown")]
    if _is_full(mention):  # a surname of several words
        return [e for e in people if [*map(fold, e.words)][-len(mention.words) :] == [*map(fold, mention.words)]]
    if end:
        return [e for e in people if e.surname == last and suffix(e.words) == end]
    others = {name for group in NICKNAMES if word in group for name in group} - {word} if word in GIVEN else set()
    readings = (
        [e for e in people if e.surname == last],
        [e for e in people if fold(e.words[0]) == word],
        people if len(word) > 2 else [],
        [e for e in cast.sharing(sorted(others)) if len(e.words) > 1 and fold(e.words[0]) in others],
    )
    return next((reading for reading in readings if reading), [])


def _add_single(cast: Cast, mention: Mention, text: str) -> None:
    gender = name_gender((), mention.titles)
    found = _candidates(cast, mention)
    fitting = [e for e in found if not (gender and e.gender and e.gender != gender)]
    fitting = [e for e in fitting if not _holds_another_office(e, mention, text)]
    if not fitting:
        _new(cast, mention, mention.kind)
        return
    if len(fitting) > 1:
        fitting = _choose(fitting, mention, text, cast)
    if mention.start in cast.shared:
        cast.of[mention.start] = fitting[0]
    else:
        fitting[0].short[mention.titles] += 1
        _attach(cast, fitting[0], mention)


def _holds_another_office(entity: Entity, mention: Mention, text: str) -> bool:
    """Whether "President Pell" is not the Hunter Pell whom the article names later, and nowhere as a president."""
    titles = {fold(t) for t in mention.titles} - set(HONORIFICS)
    if not titles or not entity.full or entity.full[0] < mention.start:
        return False
    for m in entity.mentions:
        near = fold(text[max(0, m.lead - _NEAR) : m.end + _NEAR])
        told = near.replace(fold(text[mention.lead : mention.end]), " ").split()
        if titles & {word.strip(_MARKS) for word in told} or titles & {fold(t) for t in m.titles}:
            return False  # "the president's son" has no president in it: the mark of the genitive stays
    return True


_NEAR = 60
"""Characters about a name in which its office is looked for."""
_MARKS = ',.;:()"“”‘'


def _choose(found: list[Entity], mention: Mention, text: str, cast: Cast) -> list[Entity]:
    """Of several with this name: the one whose title fits, else whom the article is most about by then.

    Being named in full in this very paragraph counts for two and a half earlier mentions.
    """
    titled = {fold(t) for t in mention.titles} - set(HONORIFICS)
    by_title = [e for e in found if titled & {fold(t) for m in e.mentions for t in m.titles}] if titled else []
    if not by_title and titled:
        by_title = [e for e in found if any(titled & _said_behind(m, text) for m in e.mentions)]
    if len(by_title) == 1:
        return by_title
    if not suffix(mention.words):
        found = [e for e in found if not suffix(e.words)] or found
    rivals = [e for e in found if _is_rival(cast, e, text)]
    if len(rivals) > 1:
        meant = _meant(cast, rivals, mention, text)
        cast.doubtful.add(mention.start)
        if meant is not None:
            return [meant]
        cast.shared[mention.start] = tuple(rivals)
    paragraph = text.rfind("\n", max(0, mention.start - _LONGEST_PARAGRAPH), mention.start) + 1

    def claim(entity: Entity) -> float:
        full = bisect_left(entity.full, mention.start)
        short = len(entity.mentions) - len(entity.full)
        here = full > 0 and entity.full[full - 1] >= paragraph
        return full + short + len(entity.full) / 2 + (2.5 if here else 0.0)

    before = sorted(((claim(e), e) for e in found), key=lambda pair: (-pair[0], pair[1].start))
    if len(found) > 1 and not titled:
        cast.doubtful.add(mention.start)
    return [e for _, e in before]


_BEHIND = re.compile(r"(?:, | is | was | became )[^,.;:\n]{1,60}")


def _said_behind(mention: Mention, text: str) -> set[str]:
    """The words that an aside right behind a name says of it: "John Boyd, the mayor of Tarn,"."""
    behind = _BEHIND.match(text, mention.end)
    return set(fold(behind[0]).split()) if behind else set()


def _is_rival(cast: Cast, entity: Entity, text: str) -> bool:
    """Whether it is somebody named in full: a person, or a name without a known given name that speaks or stands
    between commas ("his son, Humay Boyd,"), not "Stop Boyd" of a heading."""
    if not entity.full or entity.kind == "person":
        return bool(entity.full)
    full = [cast.at(start) for start in entity.full[:_LOOKED_AT]]
    return any(
        _speaks(m, text) or (text[m.lead - 2 : m.lead] == ", " and text[m.end : m.end + 1] in ",.") for m in full
    )


_LOOKED_AT = 5
"""Places of a name that tell whether it is somebody's."""
_KIN = re.compile(
    r"(?:\b[Hh]is|\b[Hh]er|\b[Tt]heir|['’]s?)(?: [a-z-]+)? (?:wife|husband|spouse|partner|son|daughter|brother|sister|father"
    r"|mother|uncle|aunt|cousin|nephew|niece|grandfather|grandmother|widow|widower)(?:,(?: [a-z-]+){1,3}|,)? $"
)
"""Before a name that is told only as somebody's relative: "his wife, Ann Boyd", "their father, investor Lou Boyd"."""


def _meant(cast: Cast, rivals: Sequence[Entity], mention: Mention, text: str) -> Entity | None:
    """Whom a bare surname means that several people of the article have, or None where nothing near tells.

    It is the one who is named before, of all of them. It is the one whom the article calls so already, unless another
    of them was named since the paragraph before began, and last; else the only one who was named there.
    """
    at = mention.start
    named = [e for e in rivals if e.full[0] < at]
    if not named:
        first, second = sorted(rivals, key=lambda e: e.full[0])[:2]
        return first if "\n" in text[first.full[0] : second.full[0]] else None
    if len(named) == 1:
        return named[0]
    called = [e for e in named if e.short]
    called = [e for e in called if mention.titles in e.short] or called
    since = _paragraph_before(text, at)
    near = sorted(
        ((s, e) for e in named for s in e.full[bisect_left(e.full, since) : bisect_left(e.full, at)]), key=_start
    )
    if len(called) == 1:
        often = called[0].short.total() >= _OFTEN
        shown = [e for start, e in near if e is called[0] or not _in_passing(cast.at(start), text, often)]
        return called[0] if not shown or shown[-1] is called[0] else None
    shown = [e for start, e in near if not _in_passing(cast.at(start), text, often=False)]
    last = {e.number: e for e in shown or (e for _, e in near)}
    return next(iter(last.values())) if len(last) == 1 else None


def _start(place: tuple[int, Entity]) -> int:
    return place[0]


_OFTEN = 3
"""Bare surnames after which the article is about this one, and others of the name are told as such."""


def _in_passing(mention: Mention, text: str, often: bool) -> bool:
    """Whether somebody is named as a relative, or, in an article about another of the name, neither begins a sentence
    nor speaks: "they blamed Peter Boyd"."""
    if _KIN.search(text[max(0, mention.lead - 40) : mention.lead]):
        return True
    return often and not mention.initial and not _speaks(mention, text)


def _paragraph_before(text: str, at: int) -> int:
    """Where the paragraph before the one of `at` begins."""
    furthest = max(0, at - 2 * _LONGEST_PARAGRAPH)
    end = text.rfind("\n", furthest, at) + 1
    while end > furthest and text[end - 1].isspace():
        end -= 1
    return max(furthest, text.rfind("\n", furthest, end) + 1)


def _finish(entity: Entity, text: str) -> None:
    """Canonical name, aliases and kind, once all mentions are in."""
    seen: dict[str, None] = {}
    for mention in entity.mentions:
        form = spell(mention.words)
        if form and form != entity.name:
            seen.setdefault(form)
        if mention.titles and entity.kind in ("person", "unknown"):
            seen.setdefault(" ".join(text[mention.lead : mention.end].split()))
    entity.aliases = list(seen)
    if (
        entity.kind == "unknown"
        and len(entity.words) == 2
        and any(surname(m.words) == entity.surname and len(m.words) == 1 for m in entity.mentions)
    ):
        entity.kind = "person"  # organisations are seldom called by their last word
    if entity.kind == "unknown" and len(entity.words) == 1 and fold(entity.words[0]) in MEN | WOMEN:
        entity.kind = "person"
    if not entity.gender and entity.kind in ("person", "unknown"):
        entity.gender = name_gender(entity.words, ())
