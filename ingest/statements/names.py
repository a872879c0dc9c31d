"""Finding names in plain text, and telling which of them name the same person or organisation.

Names are found by their capitals and by word lists, not by a trained recogniser: paragraphs that hold no statement are
never parsed, and yet introduce the people who speak later. The clustering follows newsroom habit: a full name first,
then the bare surname.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ingest.statements.given import EITHER, MEN, WOMEN
from ingest.statements.titles import (
    ABBREVIATED,
    CAPTION_CREDITS,
    DATES,
    DEMONYMS,
    HONORIFICS,
    KEPT_TITLES,
    NATIONALS,
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
    TRADES,
    TWO_WORD_PLACES,
)
from rag.domain import Span
from rag.text import unaccented

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


def spell(words: Sequence[str]) -> str:
    """The name as a reader writes it: initials and suffixes keep their full stop."""
    return " ".join(w + "." if (len(w) == 1 and w.isupper()) or w.lower() in ("jr", "sr", "st") else w for w in words)


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Lower case without accents and full stops, to compare names with."""
    return unaccented(word).casefold().replace(".", "").replace("’", "'")


def surname(words: Sequence[str]) -> str:
    """The last word but for a suffix, with the particles before it left out."""
    core = [w for w in words if w.lower() not in SUFFIXES]
    return fold(core[-1]) if core else ""


def double_surnames(names: Collection[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Of names (their words, folded) those of several words that are the end of somebody's longer one and begin with no
    given name: "Van Holm" where there is an Ada Van Holm."""
    tails = {name[i:] for name in names for i in range(1, len(name) - 1)}
    known = {name[i:] for name in names if len(name) > 2 and name[0] in GIVEN for i in range(1, len(name) - 1)}
    return {
        name
        for name in names
        if len(name) > 1 and name in (tails if name[0] in PARTICLES else known) and name[0] not in GIVEN - PARTICLES
    }


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
        owned = right.low in _OF_MEMBERS or (right.text in ("Office", "Department") and left.low in _TITLES)
        return owned and left.text[0].isupper() and right.start - left.end <= 3
    gap = text[left.end : right.start]
    if gap in (" ", "\u00a0"):
        return True
    if gap in ("' ", "’ "):
        return left.low.endswith("s") and right.low in _OF_MEMBERS
    if gap in (". ", ".\u00a0", "."):
        return (len(left.text) == 1 and left.text.isupper()) or left.low in ABBREVIATED
    return gap == ", " and right.low in ("jr", "sr")


def _is_credit(text: str, run: Sequence[Word]) -> bool:
    """Is a run whom a picture is from, "Ada Doe/Getty Images", behind which the caption of the next one may begin?"""
    if run[-1].text == "Images":
        return len(run) > 1 and run[-2].text == "Getty"
    return text[run[-1].start - 1 : run[-1].start] == "/" and _CREDIT.fullmatch(run[-1].text) is not None


_CREDIT = re.compile(CAPTION_CREDITS.replace("Getty(?: Images)?|", ""))


def _next(text: str, words: Sequence[Word], i: int, stops: frozenset[int], inside: Sequence[Word]) -> int:
    """How many more words of `words` after i belong to the run that `inside` holds so far (0: it ends)."""
    if _is_credit(text, inside):
        return 0
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
        if (
            count == 1
            and word.text in ("of", "for")
            and (
                last in ORG_WORDS
                or last.removesuffix("s") in ORG_WORDS | _TITLES
                or last in _TITLES
                or (word.text == "of" and (last in _OF or _is_body(text, inside)))
            )
        ):
            continue
        if count == 2 and word.text == "the" and words[i + 1].text in ("of", "for"):
            continue
        if count == 1 and word.text == "on" and last in _ON and _capital_after(words, i + 1):
            continue
        if (
            count == 1
            and word.text == "and"
            and _is_body(text, inside)
            and _goes_on_as_body(text, words, i + 1, inside)
        ):
            continue
        if count == 1 and word.text == "and" and any(w.text == "of" for w in inside) and inside[0].low in ORG_WORDS:
            continue
        return 0
    return 0


_ON = frozenset("committee commission council institute center centre office panel conference".split())
_TRADED = frozenset("securities energy oil gas electric communications systems technologies foods".split())
"""Words of `ORG_WORDS` with which the name of a body can begin: "Securities and Exchange Commission"."""


def _capital_after(words: Sequence[Word], i: int) -> bool:
    """Does a capital that begins no date follow word i? "Office on Ageing", not "the committee on Monday"."""
    after = words[i + 1] if i + 1 < len(words) else None
    return after is not None and after.text[0].isupper() and after.low not in DATES


def _goes_on_as_body(text: str, words: Sequence[Word], i: int, run: Sequence[Word]) -> bool:
    """Does the "and" at i stand within a body's name, as in "the Food and Drug Administration"? Not between two bodies."""
    whole = ORG_WORDS - _TRADED | PLACES | DEMONYMS | _TITLES | PERSON_NOUNS
    if any(word.low in whole or word.text.isupper() for word in run if word.low != "the"):
        return False
    end = i + 1
    while end < len(words) and words[end].text[0].isupper() and text[words[end - 1].end : words[end].start] == " ":
        end += 1
    last = words[end - 1]
    return end - i > 2 and last.low in ORG_WORDS and not last.low.endswith("s") and words[i + 1].low not in whole


def _is_body(text: str, run: Sequence[Word]) -> bool:
    """Is it a thing's name, not a person's: with "the" and no given name? "the Brotherhood of Net Makers of the Coast"."""
    start = run[0].start
    definite = run[0].low == "the" or text[max(0, start - 4) : start].lower() == "the "
    return definite and not any(word.low in GIVEN or word.low in HONORIFICS or word.possessive for word in run)


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


_CONTRACTED = frozenset("s m d t re ve ll".split())
"""Behind the mark of what is two words, "We've", and not a name, "A'vel"."""


def _never(word: Word) -> bool:
    """It doesn't begin a name: "We've", "On", a stray letter."""
    low = word.low
    if len(low) == 1 and not (word.text.isascii() and low not in "ai"):
        return True
    before, _, ending = low.partition("'")
    return low in NOT_NAMES or (ending in _CONTRACTED and before in NOT_NAMES)


def _trim(run: list[Word], initial: bool, common: frozenset[int]) -> list[Word]:
    """Without words that begin sentences, and without dates."""
    while (
        run
        and _never(run[0])
        and not (run[0].low == "jan" and len(run) > 1)
        and (initial or run[0].low not in ("will", "may", "mark", "april", "june"))
    ):
        run, initial = run[1:], False
    if initial and len(run) > 1 and run[0].start in common and run[0].low not in GIVEN | _TITLES | DEMONYMS:
        run = run[1:]
    if len(run) > 2 and _is_trade(run[0].low) and run[1].low in GIVEN and not run[0].possessive:
        run = run[1:]
    while run and (run[-1].low in DATES or run[-1].text in PARTICLES) and not (run[-1].low == "may" and len(run) == 2):
        run = run[:-1]
    if len(run) == 1 and _never(run[0]):
        return []
    return run


def _is_trade(low: str) -> bool:
    """Is a capitalised word before a given name what somebody does? "Ranger Tommy Yunkarra"."""
    named = low in GIVEN | _TITLES
    return low in TRADES or (not named and (low in PERSON_NOUNS or low.endswith(("ist", "man", "woman"))))


def _split_title(words: Sequence[Word]) -> int:
    """Index at which the name proper begins: after the last title, party or nationality."""
    start = 0
    for i, word in enumerate(words[:-1]):
        low, before = word.low, words[i - 1].low if i else ""
        if low in SURNAMES_TOO and (before in GIVEN or (i == 0 and low in GIVEN)):
            continue
        if (
            (low in _TITLES or low.split("-")[-1] in TITLES)
            and not (low in GIVEN and i == 0 and low not in _TITLE_FIRST)
        ) or (
            low in DEMONYMS and low not in GIVEN and len(words) - i > 1 and (i == start or words[i + 1].low in GIVEN)
        ):
            start = i + 1
    while start < len(words) - 1 and words[start].text in ("of", "the", "for"):
        start += 1
    if start and words[start - 1].text in ("of", "the", "for"):
        start = _after_office(words, start)
    for i in range(len(words) - 2, start, -1):
        if words[i].low in GIVEN and _ends_role(words[i - 1]):
            start = i
            break
    if start < len(words) and words[start].low in SUFFIXES and start:
        start -= 1
    return start


def _ends_role(word: Word) -> bool:
    """Can what stands before a given name be no part of it: "Japan", "Staff" (of "Chief of Staff"), "Englishman"?"""
    low = word.low
    return low not in GIVEN and not word.possessive and (low in DEMONYMS | OFFICE_ENDS or _is_trade(low))


OFFICE_ENDS = PLACES | frozenset("staff images water famer state interior".split())
"""Ends of offices, and of the credit before a caption's name."""
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
    named = given or titled or any(len(w.text.rstrip(".")) == 1 for w in words[1:-1])  # "Ansa B. Park" is no park
    if lows[-1] in _TITLES and not given and lows[-1] not in SURNAMES_TOO:
        return "role"
    if lows[-1] in THINGS and not (named and lows[-1] in SURNAMES_TOO):
        return "thing"
    if any(w.text in ("of", "for", "and", "&", "the") for w in words):
        return "organisation"
    org = [low for i, low in enumerate(lows) if low in ORG_WORDS and not (i == 0 and given)]
    if org and not (named and lows[0] not in PLACES and org == lows[-1:] and lows[-1] in SURNAMES_TOO):
        return "organisation"
    if " ".join(lows[:2]) in TWO_WORD_PLACES or all(low in PLACES for low in lows):
        return "place" if len(lows) == 2 else "unknown"
    if lows[0] in _LANDFORMS and not titled:
        return "place"  # "Fort Tarn"
    if (
        given
        or titled
        or any(len(w.text) == 1 or (w.text.endswith(".") and w.low not in ("us", "uk", "eu", "un")) for w in words[:-1])
        or suffix([w.text for w in words])
    ):
        return "person"
    if any(low in DEMONYMS for low in lows[:1]) or any(w.text.isupper() and len(w.text) > 1 for w in words):
        return "organisation"
    return "organisation" if article else "unknown"


_LANDFORMS = frozenset("fort mount lake port cape".split())
"""First words of the names of places."""


def _kind_of_one(word: Word, titled: bool, article: bool) -> str:
    if titled:
        return "organisation" if word.low in ORG_WORDS and word.low not in SURNAMES_TOO else "person"
    if word.low in DEMONYMS or word.low in NATIONALS:
        return "role"
    if word.low in PLACES:
        return "place"
    if word.low in ORG_WORDS or article or "." in word.text or (word.text.isupper() and len(word.text) > 1):
        return "organisation"
    return "unknown"


_PARTISANS = frozenset(
    "democrat democrats republican republicans tory tories liberal conservative independent socialist native".split()
)
_OFFICE = re.compile(
    r"\b(?:secretary|minister|attorney|director|chief|president|chair|ministers|secretaries) (?:of|for)(?: the)? $"
)


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
    """Lines in Title Case or CAPITALS, where a capital shows no name. A full stop ends one on the first line only."""
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
