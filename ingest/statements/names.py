"""Finding names in plain text, and telling which of them name the same person or organisation.

Names are found by their capitals and by word lists, not by a trained recogniser: paragraphs that hold no statement are
never parsed, and yet introduce the people who speak later. The clustering follows newsroom habit: a full name first,
then the bare surname.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from ingest.statements.given import EITHER, MEN, WOMEN
from ingest.statements.titles import (
    ABBREVIATED,
    DATES,
    DEMONYMS,
    HONORIFICS,
    KEPT_TITLES,
    MEN_ROLES,
    NICKNAMES,
    NOT_NAMES,
    ORG_WORDS,
    PARTICLES,
    PERSON_NOUNS,
    PLACES,
    SUFFIXES,
    SURNAMES_TOO,
    THINGS,
    TITLE_STARTERS,
    TITLES,
    TWO_WORD_PLACES,
    WOMEN_ROLES,
)
from rag.domain import Span

GIVEN = MEN | WOMEN | EITHER
_TITLES = TITLES | TITLE_STARTERS | frozenset(HONORIFICS)
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:(?:['’‑‐-]|&(?=\w))[^\W_]+)*")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_NICKNAME_GAP = re.compile(r" [\"“‘'(]$")
_NICKNAME_END = re.compile(r"^,?[\"”’')] $")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"”’')\]]*\s*[\"“‘'(\[]*$|\n\s*[\"“‘'(\[•*-]*\s*$|^\s*[\"“‘'(\[]*$|[\"“]$")


class Word(NamedTuple):
    """A word of the text, its possessive ending cut off."""

    start: int
    end: int
    text: str
    possessive: bool
    low: str
    """Lower case, without full stops."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. `start` and `end` span the name proper, `lead` is where its titles begin."""

    start: int
    end: int
    lead: int
    words: tuple[str, ...]
    """The name proper: without titles, with suffix ("Jr")."""
    titles: tuple[str, ...]
    """What stands before it in capitals: "Police", "Commissioner"."""
    kind: str
    """person, organisation, place, role, or unknown."""
    possessive: bool
    article: bool
    """"the" stands before it."""
    initial: bool
    """It begins a sentence, so its capital says little."""


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
    described: Span | None = None
    """For somebody the text never names: the fullest description so far."""
    plural: bool = False

    @property
    def name(self) -> str:
        return spell(self.words)

    @property
    def surname(self) -> str:
        return surname(self.words)


def spell(words: Sequence[str]) -> str:
    """The name as a reader writes it: initials and suffixes keep their full stop."""
    return " ".join(w + "." if len(w) == 1 and w.isupper() or w.lower() in ("jr", "sr", "st") else w for w in words)


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Lower case without accents and full stops, to compare names with."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace(".", "").replace("’", "'")


def surname(words: Sequence[str]) -> str:
    """The last word but for a suffix, with the particles before it left out."""
    core = [w for w in words if w.lower() not in SUFFIXES]
    return fold(core[-1]) if core else ""


def suffix(words: Sequence[str]) -> str:
    return next((w.lower() for w in words[1:] if w.lower() in SUFFIXES), "")


def read_words(text: str) -> list[Word]:
    """All words with their offsets; "Coster's" is the word "Coster", possessive."""
    words = []
    for match in _WORD.finditer(text):
        found, start, end = match.group(), match.start(), match.end()
        owned = len(found) > 2 and found[-2] in "'’" and found[-1] in "sS"
        if owned:
            found, end = found[:-2], end - 2
        elif found[-1] in "sS" and text[end : end + 1] in ("'", "’") and text[end + 1 : end + 2] == " ":
            owned = found[0].isupper() and text[end + 2 : end + 3].islower()
        words.append(Word(start, end, found, owned, found.lower().replace(".", "").replace("’", "'")))
    return words


_PARTY = re.compile(r"(?:R|D|I|L|Lib|Lab|Con)[-‑–]\w")


def _capital(word: str) -> bool:
    if word[0].isupper():
        return not _PARTY.match(word)
    head, _, tail = word.replace("’", "-").replace("'", "-").partition("-")
    return bool(tail) and tail[0].isupper() and head in ("al", "el", "d", "l", "ash", "an", "ad")


_PLAIN_GAPS = (" ", "\u00a0")
_OF_MEMBERS = frozenset("association union society federation guild party hospital committee league institute".split())
"""Bodies whose names hold an owner: "Bakers' Guild"."""


def _joins(text: str, left: Word, right: Word) -> bool:
    """Whether two words stand together as parts of one name would."""
    if left.possessive:
        return right.low in _OF_MEMBERS and left.text[0].isupper() and right.start - left.end <= 3
    gap = text[left.end : right.start]
    if gap in (" ", "\u00a0"):
        return True
    if gap in ("' ", "’ "):
        return left.low.endswith("s") and right.low in _OF_MEMBERS
    if gap in (". ", ".\u00a0", "."):
        return len(left.text) == 1 and left.text.isupper() or left.low in ABBREVIATED
    return gap == ", " and right.low in ("jr", "sr")


def _next(text: str, words: Sequence[Word], i: int, stops: frozenset[int], inside: Sequence[Word]) -> int:
    """How many more words of `words` after i belong to the run that `inside` holds so far (0: it ends)."""
    for count in (1, 2, 3):
        if i + count >= len(words) or words[i + count].start in stops or words[i + count - 1].end in stops:
            return 0
        if not _joins(text, words[i + count - 1], words[i + count]):
            return _nickname(text, words, i) if count == 1 else 0
        word = words[i + count]
        if _capital(word.text):
            return count
        if word.text in PARTICLES and len(word.text) > 1:
            continue
        last = inside[-1].low
        if count == 1 and word.text in ("of", "for") and (last in ORG_WORDS or last in _TITLES or word.text == "of" and last in _OF):
            continue
        if count == 2 and word.text == "the" and words[i + 1].text in ("of", "for"):
            continue
        if count == 1 and word.text == "and" and any(w.text == "of" for w in inside) and inside[0].low in ORG_WORDS:
            continue
        return 0
    return 0


_OF = frozenset("unions friends sons daughters house joint bureau state secretary centers".split())


def _nickname(text: str, words: Sequence[Word], i: int) -> int:
    """Skip a nickname in marks between given name and surname: William "Bill" Smith."""
    for count in (1, 2):
        if i + count + 1 >= len(words):
            return 0
        after = words[i + count + 1]
        if (
            _NICKNAME_GAP.match(text[words[i].end : words[i + 1].start])
            and _NICKNAME_END.match(text[words[i + count].end : after.start])
            and _capital(after.text)
            and words[i].low in GIVEN
        ):
            return count + 1
    return 0


def find_runs(text: str, words: Sequence[Word], stops: frozenset[int]) -> list[list[Word]]:
    """Runs of capitalised words that can hold a name; a word that starts at one of `stops` begins anew."""
    found, i = [], 0
    while i < len(words):
        if not _capital(words[i].text):
            i += 1
            continue
        run = [words[i]]
        while step := _next(text, words, i, stops, run):
            nickname = text[words[i].end : words[i + 1].start] not in _PLAIN_GAPS and _nickname(text, words, i)
            run += words[i + step : i + step + 1] if nickname else words[i + 1 : i + step + 1]
            i += step
        i += 1
        found.append(run)
    return found


def _never(word: Word) -> bool:
    """It doesn't begin a name: "We've", "On", a stray letter."""
    low = word.low
    if len(low) == 1 and not (word.text.isascii() and low not in "ai"):
        return True
    return low in NOT_NAMES or "'" in low and low.split("'")[0] in NOT_NAMES


def _trim(run: list[Word], initial: bool, common: frozenset[int]) -> list[Word]:
    """Without words that begin sentences, and without dates."""
    while run and _never(run[0]) and (initial or run[0].low not in ("will", "may", "mark", "april", "june")):
        run, initial = run[1:], False
    if initial and len(run) > 1 and run[0].start in common and run[0].low not in GIVEN | _TITLES | DEMONYMS:
        run = run[1:]
    while run and (run[-1].low in DATES or run[-1].text in PARTICLES) and not (run[-1].low == "may" and len(run) == 2):
        run = run[:-1]
    if len(run) == 1 and _never(run[0]):
        return []
    return run


def _split_title(words: Sequence[Word]) -> int:
    """Index at which the name proper begins: after the last title, party or nationality."""
    start = 0
    for i, word in enumerate(words[:-1]):
        low, before = word.low, words[i - 1].low if i else ""
        if low in SURNAMES_TOO and (before in GIVEN or i == 0 and low in GIVEN):
            continue
        if (low in _TITLES or low.split("-")[-1] in TITLES) and not (low in GIVEN and i == 0 and low not in _TITLE_FIRST):
            start = i + 1
        elif low in DEMONYMS and low not in GIVEN and len(words) - i > 1 and (i == start or words[i + 1].low in GIVEN):
            start = i + 1
    while start < len(words) - 1 and words[start].text in ("of", "the", "for"):
        start += 1
    if start and words[start - 1].text in ("of", "the", "for"):
        start = _after_office(words, start)
    if len(words) - start >= 3 and words[start].low in PLACES and words[start + 1].low in GIVEN:
        start += 1
    if start < len(words) and words[start].low in SUFFIXES and start:
        start -= 1
    return start


_TITLE_FIRST = frozenset("father sister brother prince king".split())


def _after_office(words: Sequence[Word], start: int) -> int:
    """The name in "Secretary of State Jane Smith": from the first given name, else the last two words."""
    for i in range(start, len(words) - 1):
        if words[i].low in GIVEN:
            return i
    return max(start, len(words) - 2) if len(words) - start >= 3 else len(words)


def _kind(words: Sequence[Word], titled: bool, article: bool) -> str:
    lows = [w.low for w in words]
    if all(low in PERSON_NOUNS or low in _TITLES or low in DEMONYMS or low in ("of", "the") for low in lows):
        return "role"
    if len(lows) > 1 and lows[-1] in _PARTISANS:
        return "role"  # "the Ohio Democrat"
    if len(words) == 1:
        return _kind_of_one(words[0], titled, article)
    given = lows[0] in GIVEN
    if lows[-1] in _TITLES and not given and lows[-1] not in SURNAMES_TOO:
        return "role"
    if lows[-1] in THINGS and not (given and lows[-1] in SURNAMES_TOO):
        return "thing"
    if any(w.text in ("of", "for", "and", "&", "the") for w in words):
        return "organisation"
    org = [low for i, low in enumerate(lows) if low in ORG_WORDS and not (i == 0 and given)]
    if org and not (given and lows[0] not in PLACES and org == lows[-1:] and lows[-1] in SURNAMES_TOO):
        return "organisation"
    if " ".join(lows[:2]) in TWO_WORD_PLACES or all(low in PLACES for low in lows):
        return "place" if len(lows) == 2 else "unknown"
    if given or titled or any(len(w.text) == 1 or w.text.endswith(".") and w.low not in ("us", "uk", "eu", "un") for w in words[:-1]) or suffix([w.text for w in words]):
        return "person"
    if any(low in DEMONYMS for low in lows[:1]) or any(w.text.isupper() and len(w.text) > 1 for w in words):
        return "organisation"
    return "organisation" if article else "unknown"


def _kind_of_one(word: Word, titled: bool, article: bool) -> str:
    if titled:
        return "organisation" if word.low in ORG_WORDS and word.low not in SURNAMES_TOO else "person"
    if word.low in DEMONYMS:
        return "role"
    if word.low in PLACES:
        return "place"
    if word.low in ORG_WORDS or article or "." in word.text or (word.text.isupper() and len(word.text) > 1):
        return "organisation"
    return "unknown"


_PARTISANS = frozenset("democrat democrats republican republicans tory tories liberal conservative independent socialist native".split())
_OFFICE = re.compile(r"\b(?:secretary|minister|attorney|director|chief|president|chair|ministers|secretaries) (?:of|for)(?: the)? $")


def _mention(text: str, run: list[Word], initial: bool) -> Mention:
    cut = _split_title(run)
    if cut == 0 and len(run) > 1 and _OFFICE.search(text[max(0, run[0].start - 24) : run[0].start]):
        cut = next((i for i, w in enumerate(run) if w.low in GIVEN), len(run) - (1 if len(run) == 2 else 2))
    name = run[cut:]
    before = text[max(0, run[0].start - 5) : run[0].start].lower()
    article = bool(re.search(r"\bthe\s$", before)) or (run[0].low == "the")
    titles = run[:cut]
    if not name:
        name, titles, kind = run, [], "role"
    else:
        person_title = any(t.low in _TITLES for t in titles)
        kind = _kind(name, person_title, article and not person_title)
        if kind == "role" and titles[-1:] and titles[-1].low in HONORIFICS and titles[-1].low != "st":
            kind = "person"
        if kind in ("organisation", "role", "thing") and titles:
            whole = _kind(run, False, article)
            if kind != "role" or whole == "role":
                name, titles, kind = run, [], kind if whole == "person" else whole
    if kind == "person" and titles and titles[-1].low in KEPT_TITLES and len(name) == 1:
        name, titles = [titles[-1], *name], titles[:-1]
    spelled = tuple(w.text for w in name)
    if kind == "organisation":
        spelled = tuple(text[name[0].start : name[-1].end].split())
    return Mention(
        name[0].start,
        name[-1].end,
        run[0].start,
        spelled,
        tuple(w.text for w in titles),
        kind,
        run[-1].possessive,
        article,
        initial,
    )


def headline_zones(text: str) -> list[Span]:
    """Lines in Title Case or CAPITALS, where a capital doesn't show a name. A full stop ends one on the first line only."""
    zones, start = [], 0
    for line in text.split("\n"):
        words = _LONG_WORD.findall(line[:400]) if len(line) < 300 else []
        capitals = sum(w[0].isupper() for w in words)
        share = (2.0 if start else 0.95) if line.rstrip().endswith(".") else 0.8
        if len(words) >= 4 and capitals >= share * len(words):
            zones.append((start, start + len(line)))
        start += len(line) + 1
    return zones


def _within(zones: Sequence[Span], offset: int) -> bool:
    i = bisect_left(zones, (offset + 1,)) - 1
    return i >= 0 and offset < zones[i][1]


def find_mentions(text: str, words: Sequence[Word], sources: Iterable[Span], common: frozenset[int]) -> list[Mention]:
    """All names of the text in order.

    `sources` are the spans that name speakers: in a headline no name crosses their edges, and only they and names
    known from elsewhere are found. `common` holds the starts of words that the tagger calls no proper noun.
    """
    spans = sorted(sources)
    zones = headline_zones(text)
    stops = frozenset(edge for span in spans if _within(zones, span[0]) for edge in span)
    mentions: list[Mention] = []
    late: list[list[Word]] = []
    for run in find_runs(text, words, stops):
        initial = bool(_ENDS_SENTENCE.search(text[max(0, run[0].start - 6) : run[0].start]))
        if _within(zones, run[0].start) and not any(s <= run[0].start < e for s, e in spans):
            late.append(run)
            continue
        trimmed = _trim(run, initial, common)
        if not trimmed:
            continue
        spoken = len(trimmed[0].text) > 2 and any(c.isupper() for c in trimmed[0].text[1:])
        sure = not initial or spoken or len(trimmed) > 1 or trimmed[0] is not run[0] or run[0].start not in common
        if sure or trimmed[0].low in GIVEN:
            mentions.append(_mention(text, trimmed, initial and trimmed[0] is run[0]))
        else:
            late.append(trimmed)
    known = {fold(w) for m in mentions if m.kind in ("person", "unknown") for w in m.words if len(w) > 2}
    mentions += _known_names(text, late, known - {fold(w) for w in NOT_NAMES})
    return sorted(mentions, key=lambda m: m.start)


def _known_names(text: str, runs: Iterable[list[Word]], known: set[str]) -> list[Mention]:
    """The pieces of headline runs that hold names known from the rest of the text."""
    found = []
    for run in runs:
        piece: list[Word] = []
        for word in [*run, None]:
            if word is not None and fold(word.text) in known:
                piece.append(word)
                if not word.possessive:
                    continue
            if piece:
                found.append(_mention(text, piece, False))
            piece = []
    return found


# --- which names are one -------------------------------------------------------------------------------------------


def _same_given(a: str, b: str) -> bool:
    a, b = fold(a), fold(b)
    if a == b or a[:1] == b[:1] and (len(a) == 1 or len(b) == 1):
        return True
    return any(a in group and b in group for group in NICKNAMES) or (min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)))


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


def cluster(mentions: Sequence[Mention], text: str) -> Cast:
    """Group mentions: full names first, wherever they stand, then organisations, then bare surnames in reading order."""
    surnames = {surname(m.words) for m in mentions if m.kind == "person" and _is_full(m)}
    mentions = [_as_surname(m, surnames) for m in mentions]
    cast = Cast([], {}, set(), [m for m in mentions if m.kind != "role"])
    for mention in cast.mentions:
        if mention.kind in ("person", "unknown") and _is_full(mention):
            _add_full(cast, mention)
    for mention in cast.mentions:
        if mention.kind in ("organisation", "place", "thing") and mention.start not in cast.of:
            _add_organisation(cast, mention, text)
    for mention in cast.mentions:
        if mention.start not in cast.of:
            _add_single(cast, mention, text)
    people = {e.surname for e in cast.entities if e.kind == "person"}
    for entity in cast.entities:
        if entity.kind == "unknown" and len(entity.words) > 1 and fold(entity.words[0]) in people:
            entity.kind = "organisation"  # called after somebody
        _finish(entity, text)
    return cast


def _as_surname(mention: Mention, surnames: set[str]) -> Mention:
    """A bare "Black" or "King" is a name where the text knows somebody of that surname."""
    if mention.kind == "role" and len(mention.words) == 1 and not mention.article and fold(mention.words[0]) in surnames:
        return replace(mention, kind="unknown")
    return mention


def _attach(cast: Cast, entity: Entity, mention: Mention) -> None:
    entity.mentions.append(mention)
    cast.of[mention.start] = entity
    if not entity.gender and entity.kind in ("person", "unknown"):
        entity.gender = name_gender(mention.words if _is_full(mention) else (), mention.titles)
    if mention.kind == "person":
        entity.kind = "person"


def _new(cast: Cast, mention: Mention, kind: str) -> Entity:
    entity = Entity(len(cast.entities), mention.words, kind, mention.start)
    cast.entities.append(entity)
    _attach(cast, entity, mention)
    return entity


def _add_full(cast: Cast, mention: Mention) -> None:
    gender = name_gender((), mention.titles)
    for entity in cast.entities:
        if same_person(entity.words, mention.words) and not (gender and entity.gender and gender != entity.gender):
            entity.words = _fuller(entity.words, mention.words)
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


def _initials(words: Sequence[str]) -> str:
    return "".join(w[0] for w in words if w[0].isupper()).upper()


def _add_organisation(cast: Cast, mention: Mention, text: str) -> None:
    key = [fold(w) for w in mention.words]
    for entity in cast.entities:
        if entity.kind == mention.kind and [fold(w) for w in entity.words] == key:
            return _attach(cast, entity, mention)
    if len(mention.words) == 1:
        word = mention.words[0].replace(".", "")
        persons = [e for e in cast.entities if e.kind == "person" and e.surname == fold(word)]
        if len(persons) == 1 and not mention.article:
            return _attach(cast, persons[0], mention)
        bracketed = text[mention.start - 1 : mention.start] == "(" and text[mention.end : mention.end + 1] == ")"
        for entity in cast.entities if word.isupper() and len(word) > 1 else ():
            beside = bracketed and mention.start - entity.mentions[-1].end <= 2 and word[0] == entity.words[0][0].upper()
            if entity.kind == "organisation" and (beside or len(word) > 2 and _initials(entity.words) == word):
                return _attach(cast, entity, mention)
    _new(cast, mention, mention.kind)
    return None


def _candidates(cast: Cast, mention: Mention) -> list[Entity]:
    word, end = fold(mention.words[0]), suffix(mention.words)
    people = [e for e in cast.entities if e.kind in ("person", "unknown")]
    last = surname(mention.words)
    found = [e for e in people if e.surname == last and (not end or suffix(e.words) == end)]
    if not found and not end:
        found = [e for e in people if fold(e.words[0]) == word]
    if not found and not end:
        found = [e for e in people if word in [fold(w) for w in e.words] and len(word) > 2]
    if not found and not end and word in GIVEN:
        found = [e for e in people if len(e.words) > 1 and any({word, fold(e.words[0])} <= g for g in NICKNAMES)]
    return found


def _add_single(cast: Cast, mention: Mention, text: str) -> None:
    gender = name_gender((), mention.titles)
    found = _candidates(cast, mention)
    fitting = [e for e in found if not (gender and e.gender and e.gender != gender)]
    if not fitting:
        _new(cast, mention, mention.kind)
        return
    if len(fitting) > 1:
        fitting = _choose(fitting, mention, text, cast)
    entity = fitting[0]
    _attach(cast, entity, mention)


def _choose(found: list[Entity], mention: Mention, text: str, cast: Cast) -> list[Entity]:
    """Of several with this name: the one whose title fits, else whom the article is most about by then.

    Being named in full in this very paragraph counts for two and a half earlier mentions.
    """
    titled = {fold(t) for t in mention.titles} - set(HONORIFICS)
    by_title = [e for e in found if titled & {fold(t) for m in e.mentions for t in m.titles}]
    if len(by_title) == 1:
        return by_title
    if not suffix(mention.words):
        found = [e for e in found if not suffix(e.words)] or found
    paragraph = text.rfind("\n", 0, mention.start) + 1

    def claim(entity: Entity) -> float:
        earlier = [m for m in entity.mentions if m.start < mention.start]
        last_full = max((m.start for m in earlier if len(m.words) > 1), default=-1)
        return len(earlier) + len(entity.full) / 2 + (2.5 if last_full >= paragraph else 0.0)

    before = sorted(((claim(e), e) for e in found), key=lambda pair: (-pair[0], pair[1].start))
    if len(found) > 1 and not titled:
        cast.doubtful.add(mention.start)
    return [e for _, e in before]


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
    if entity.kind == "unknown" and len(entity.words) == 2 and any(surname(m.words) == entity.surname and len(m.words) == 1 for m in entity.mentions):
        entity.kind = "person"  # organisations are seldom called by their last word
    if entity.kind == "unknown" and len(entity.words) == 1 and fold(entity.words[0]) in MEN | WOMEN:
        entity.kind = "person"
    if not entity.gender and entity.kind in ("person", "unknown"):
        entity.gender = name_gender(entity.words, ())
