"""Speakers of single articles to people of the archive: pure functions over the speakers who share a surname."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from rag.domain import Speaker
from rag.nicknames import full_form
from rag.stores.catalogue import SpeakerRow
from rag.text import terms

MISSPELT = 6  # letters of a first name from which on one wrong letter is a typing error
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def link(rows: Sequence[SpeakerRow]) -> list[tuple[Speaker, list[SpeakerRow]]]:
    """Groups of speakers that are one person, each with the person's name, aliases and roles.

    People with different first names stay apart ("Andy" and "Andrew" are the same one; a middle initial is
    compatible with its name). A bare surname joins the only full name it can mean, or the only one that shares a
    role with it; where several remain, it stays by itself: no name rather than a wrong one.
    """
    groups: list[list[SpeakerRow]] = []
    bare: list[SpeakerRow] = []
    for row in sorted(rows, key=lambda r: (-len(_given(r.speaker)), r.id)):
        if row.speaker.kind == "organisation":
            _join(groups, row, lambda a, b: a.kind == b.kind)
        elif _given(row.speaker):
            _join(groups, row, _same_person)
        else:
            bare.append(row)
    named = list(groups)
    left: list[SpeakerRow] = []
    for row in bare:
        fitting = named if len(named) == 1 else [g for g in named if _share_role(row, g)]
        if len(fitting) == 1 and fitting[0][0].speaker.kind == "person":
            fitting[0].append(row)
        else:
            left.append(row)
    if left:
        groups.append(left)
    return [(_merged(g), g) for g in groups]


def _join(groups: list[list[SpeakerRow]], row: SpeakerRow, same: object) -> None:
    fitting = [g for g in groups if callable(same) and all(same(row.speaker, other.speaker) for other in g)]
    if len(fitting) == 1:
        fitting[0].append(row)
    elif len(fitting) > 1:  # "J. Smith" beside Jane and John: the one of the same spelling, else by itself
        exact = [g for g in fitting if any(o.speaker.name.lower() == row.speaker.name.lower() for o in g)]
        exact[0].append(row) if exact else groups.append([row])
    else:
        groups.append([row])


def _parts(name: str) -> list[str]:
    return [p for p in name.lower().replace("’", "'").replace(".", " ").split() if p]


def _given(speaker: Speaker) -> list[str]:
    """First and middle names, lower case."""
    return [p for p in _parts(speaker.name) if p not in _SUFFIXES][:-1]


def _same_person(a: Speaker, b: Speaker) -> bool:
    if a.kind != b.kind or {p for p in _parts(a.name) if p in _SUFFIXES} != {
        p for p in _parts(b.name) if p in _SUFFIXES
    }:
        return False
    first, other = _given(a), _given(b)
    if not _compatible(first[0], other[0]):
        return False
    return all(_compatible(x, y) for x, y in zip(first[1:], other[1:], strict=False))


def _compatible(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if full_form(a) == full_form(b):
        return True
    # a first name misspelt once in a long while; "Martin" and "Marvin" of one surname are rarer than typing errors
    return a[0] == b[0] and min(len(a), len(b)) >= MISSPELT and OSA.distance(a, b) == 1


def _share_role(row: SpeakerRow, group: Iterable[SpeakerRow]) -> bool:
    mine = {t for role in row.speaker.roles for t in terms(role)}
    return any(mine & set(terms(role)) for other in group for role in other.speaker.roles)


def _merged(group: Sequence[SpeakerRow]) -> Speaker:
    """The name most articles use among the fullest ones, and all that the articles call the person."""
    names = Counter(r.speaker.name for r in group)
    name = max(
        names,
        key=lambda n: (min(len(n.split()), 2), names[n], _parts(n)[:1] == [*map(full_form, _parts(n)[:1])], -len(n), n),
    )
    aliases = Counter(a for r in group for a in (r.speaker.name, *r.speaker.aliases))
    roles = Counter(role for r in group for role in r.speaker.roles)
    return Speaker(
        name,
        group[0].speaker.kind,
        tuple(a for a, _ in aliases.most_common() if a != name),
        tuple(role for role, _ in roles.most_common()),
    )
