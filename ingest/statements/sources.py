"""Which names in a source phrase are its head: not an owner's, not one after a preposition, not one before a noun."""

from __future__ import annotations

import re

from ingest.statements.names import OFFICE_ENDS, Mention
from ingest.statements.roles import describe, noun_kind
from ingest.statements.scene import Scene
from ingest.statements.titles import PREPOSITIONS
from rag.domain import Span

_ASIDE = re.compile(r"[,(;]|\s[–—-]\s")
_LIST = re.compile(r"^(?:\s*\([^)]{1,20}\))?\s*(?:,|and|&|, and|,? as well as|or)\s+(?:[\w.'’-]+ ){0,4}$")
_LIST_GOES_ON = re.compile(r",[^,.]{2,30}(,| and )")
_CLAUSE = frozenset("who whose which that where when".split())
_AFTER_NAME = frozenset("who and or himself herself themselves jr also both".split())


def whole(scene: Scene, source: Span) -> Span:
    """The source with all of a name that begins before it, or that follows at once ("Another protester" Ann Gray)."""
    start, end = source
    before = scene.mentions_in((start - 40, start))
    if before and before[-1].end > start:
        start = before[-1].lead
    after = scene.mentions_in((end, end + 2))
    if after and after[0].kind == "person" and after[0].lead == end + 1 and scene.text[end] == " ":
        end = after[0].end
    return (start, end)


def head_names(scene: Scene, source: Span) -> list[Mention]:
    """The mentions that the source is about: one, or several that speak jointly; none for a description."""
    if listed := _listed(scene, source):
        return listed
    found: list[Mention] = []
    for mention in scene.mentions_in(source):
        if not _heads(scene, mention, source):
            continue
        if found and not _joined(scene, found[-1], mention):
            if _kind(scene, found[0]) in ("person", "unknown") or mention.kind != "person":
                continue
            found = []  # "Oldport's mayor, Ann Gray"
        found.append(mention)
    return found


_COMMA = re.compile(r",\s")
_AND = re.compile(r"(?:, [^,;()]{2,60},)?,?\s(?:and|&)\s(?:[a-z][\w'’-]*\s){0,4}")
"""Between the last two names of a list, the first of which may have an aside: "Ann Gray, the mayor, and Lou Holm"."""


def _listed(scene: Scene, source: Span) -> list[Mention]:
    """The people of a list that is the whole source or names a description: "Ann Gray, Lou Holm and Bo Reed", "the
    owners, Ann Gray and Lou Holm". Empty for anything else, as "a lawyer for the owners, Ann Gray and Lou Holm"."""
    people = [m for m in scene.mentions_in(source) if _is_somebody(scene, m)]
    run, ends = people[:1], False
    for mention in people[1:]:
        between = scene.text[run[-1].end : mention.lead]
        joined = not run[-1].possessive and _AND.fullmatch(between)
        if not joined and (ends or run[-1].possessive or not _COMMA.fullmatch(between)):
            break
        run.append(mention)
        ends = ends or bool(joined)
    if not ends or run[-1].possessive or _before_noun(scene, run[-1], source):
        return []
    before, words = scene.text[source[0] : run[0].start], scene.words_in((source[0], run[0].lead))
    if not words or describe(words, scene.text).plural:
        return run if not _OTHERS.search(before) else []
    apart = len(run) == 2 and before.endswith(", ") and scene.text[run[0].end] == ","
    return run if apart else []  # "the mayor, Ann Gray, and Lou Holm"


_OTHERS = re.compile(r"\b(?:for|to|with|like|including|such)\b")


def _is_somebody(scene: Scene, mention: Mention) -> bool:
    entity = scene.cast.of[mention.start]
    return entity.kind == "person" or (entity.kind == "unknown" and len(entity.words) > 1)


def behind_place(scene: Scene, source: Span) -> Span:
    """The source without the place that opens its sentence: "[in] Osmere, Texas, the school's head"."""
    names = scene.mentions_in(source)
    if len(names) < 2 or names[0].start != source[0] or names[0].kind not in ("place", "unknown"):
        return source
    place, land = names[:2]
    within = scene.text[place.end : land.lead] == ", " and land.kind == "place" and not land.possessive
    inside = _IN.search(scene.text[max(0, source[0] - 8) : source[0]])
    behind = scene.text[land.end : land.end + 2] == ", " and land.end + 2 < source[1]
    return (land.end + 2, source[1]) if within and inside and behind else source


_IN = re.compile(r"\b(?:in|at|from|near)\s$", re.IGNORECASE)


def _kind(scene: Scene, mention: Mention) -> str:
    return scene.cast.of[mention.start].kind


def _heads(scene: Scene, mention: Mention, source: Span) -> bool:
    text = scene.text
    if mention.possessive and mention.end + 3 < source[1]:
        return False
    before = text[source[0] : mention.lead]
    segments = _ASIDE.split(before)
    if len(segments) > 1 and not _apposed(scene, mention, source, segments[-1]):
        return False
    if (_under_preposition(segments[-1]) and not _behind_office(mention)) or _CLAUSE & set(before.lower().split()):
        return False
    return not _before_noun(scene, mention, source)


def _apposed(scene: Scene, mention: Mention, source: Span, segment: str) -> bool:
    """Behind a comma only a person is the head, or a name right beside a description of a body or of somebody."""
    if _kind(scene, mention) == "person":
        return True
    if segment.strip().lower() not in ("", "the"):
        return False
    described = describe(scene.words_in(source), scene.text)
    if described.kind == "group":
        return not described.plural  # "groups like Tarn Watch"
    return described.kind == "person" and (len(mention.words) > 1 or _is_whose(scene, mention, source))


_WHOSE = re.compile(r"^(?:[^,]*['’]s?|his|her|their|my|our) (?:[\w-]+ )?[\w-]+, $", re.IGNORECASE)


def _is_whose(scene: Scene, mention: Mention, source: Span) -> bool:
    """Whether a name of one word stands beside whose somebody is, and nothing else: "Pell's wife, Amarelle"."""
    return _kind(scene, mention) == "unknown" and bool(_WHOSE.match(scene.text[source[0] : mention.lead]))


def _under_preposition(segment: str) -> bool:
    """ "a spokesman for" … but not "the chief of staff" …"""
    lows = segment.lower().split()
    if not any(low in PREPOSITIONS for low in lows) or lows[-2:] == ["of", "staff"]:
        return False
    return not ("of" in lows and lows[-1] not in PREPOSITIONS and noun_kind(lows[-1]) == "person")


def _behind_office(mention: Mention) -> bool:
    """ "the ambassador to Japan Ada Pell": the preposition is the place's."""
    return mention.kind == "person" and bool(mention.titles) and mention.titles[-1].lower() in OFFICE_ENDS


def _before_noun(scene: Scene, mention: Mention, source: Span) -> bool:
    """ "the Marlow campaign": the name only says which."""
    after = scene.words_in((mention.end, source[1]))
    if not after or mention.possessive or scene.text[mention.end : after[0].start] not in (" ", "\u00a0", "-"):
        return False
    word = after[0]
    if not word.text[0].islower() or word.low in PREPOSITIONS | _AFTER_NAME or word.low.endswith("ing"):
        return False
    token = scene.tokens.get(word.start)
    return token is None or token.pos_ in ("NOUN", "ADJ", "PROPN")


def _joined(scene: Scene, left: Mention, right: Mention) -> bool:
    """Whether two names stand in a list: "Gray and Holm", "Gray, Holm and Reed"."""
    between = scene.text[left.end : right.lead]
    if not _LIST.match(between):
        return False
    if {"and", "&", "or"} & set(between.split()):
        return True
    people = _kind(scene, left) == _kind(scene, right) == "person"
    return people and bool(_LIST_GOES_ON.match(scene.text[right.end : right.end + 40]))
