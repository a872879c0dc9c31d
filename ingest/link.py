"""Speakers of single articles to people of the archive: pure functions over the speakers who share a surname."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from ingest.statements.names import double_surnames
from ingest.statements.titles import PARTICLES
from rag.domain import Speaker
from rag.nicknames import full_form
from rag.stores.catalogue import SpeakerRow
from rag.text import terms, unaccented

MISSPELT = 6  # letters of a first name from which on one wrong letter is a typing error
INITIALS = 3  # capital letters before a surname that are initials
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def link(rows: Sequence[SpeakerRow]) -> list[tuple[Speaker, list[SpeakerRow]]]:
    """Groups of speakers that are one person, each with the person's name, aliases and roles.

    People with different first names stay apart ("Andy" and "Andrew" are the same one; a middle initial is
    compatible with its name). A bare surname joins the only full name it can mean, unless their roles have nothing in
    common, or the only one that shares a role with it; where several remain, it stays by itself: no name rather than a
    wrong one.
    """
    groups: list[_Group] = []
    joined: dict[tuple[str, str], _Group] = {}  # a form of a name is compared with the groups once
    bare: list[SpeakerRow] = []
    double = _surnames(rows)
    for row in sorted(rows, key=lambda r: (-len(_given(r.speaker)), r.id)):
        if row.speaker.kind == "organisation":
            _join(groups, joined, row, lambda a, b: a.kind == b.kind)
        elif _given(row.speaker) and tuple(_parts(row.speaker.name)) not in double:
            _join(groups, joined, row, _same_person)
        else:
            bare.append(row)
    named, left = list(groups), _Group()
    for row in bare:
        roles = _role_terms(row.speaker)
        called = [g for g in named if g.called(row.speaker.name)]
        if len(called) == 1 and not (roles and called[0].role_terms):
            fitting = called
        else:
            fitting = [g for g in called if roles & g.role_terms]
        if len(fitting) == 1 and fitting[0].rows[0].speaker.kind == "person":
            fitting[0].add(row)
        else:
            left.add(row)
    if left.rows:
        groups.append(left)
    return [(_merged(g.rows), g.rows) for g in groups]


@dataclass
class _Group:
    """Speakers so far taken to be one. What is compared with the next one is kept apart, each form once: a minister who
    speaks in ten thousand articles is compared by name, not ten thousand times."""

    rows: list[SpeakerRow] = field(default_factory=list)
    forms: dict[tuple[str, str], Speaker] = field(default_factory=dict)
    role_terms: set[str] = field(default_factory=set)

    def add(self, row: SpeakerRow) -> None:
        self.rows.append(row)
        self.forms.setdefault((row.speaker.kind, row.speaker.name), row.speaker)
        self.role_terms |= _role_terms(row.speaker)

    def called(self, surname: str) -> bool:
        """Whether some form of the name ends so; all of them do in the surname's last word."""
        parts = _parts(surname)
        return len(parts) == 1 or any(_parts(one.name)[-len(parts) :] == parts for one in self.forms.values())


def _join(
    groups: list[_Group],
    joined: dict[tuple[str, str], _Group],
    row: SpeakerRow,
    same: Callable[[Speaker, Speaker], bool],
) -> None:
    form = (row.speaker.kind, row.speaker.name)
    if form in joined:
        joined[form].add(row)
        return
    fitting = [g for g in groups if all(same(row.speaker, other) for other in g.forms.values())]
    if len(fitting) > 1:  # "J. Smith" beside Jane and John: the one of the same spelling, else by itself
        name = row.speaker.name.lower()
        fitting = [g for g in fitting if any(other.name.lower() == name for other in g.forms.values())][:1]
    if not fitting:
        groups.append(_Group())
    joined[form] = (fitting or groups)[-1]
    joined[form].add(row)


def _role_terms(speaker: Speaker) -> set[str]:
    return {t for role in speaker.roles for t in terms(role)}


def _surnames(rows: Sequence[SpeakerRow]) -> set[tuple[str, ...]]:
    """The speakers' names that are surnames of several words."""
    return double_surnames({tuple(_parts(row.speaker.name)) for row in rows if row.speaker.kind == "person"})


def _parts(name: str) -> list[str]:
    """Its words, lower case and without accents; initials one by one, with and without stops: "R.J." is "RJ"."""
    *first, last = unaccented(name).replace("’", "'").replace(".", " ").split() or [""]
    parted = (letter for word in first for letter in (word if word.isupper() and len(word) <= INITIALS else [word]))
    return [p.lower() for p in (*parted, last) if p]


def _given(speaker: Speaker) -> list[str]:
    """First and middle names, lower case, without the particles before a surname."""
    parts = [p for p in _parts(speaker.name) if p not in _SUFFIXES][:-1]
    return parts[:1] + [p for p in parts[1:] if p not in PARTICLES]


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
    # a first name misspelt once in a long while; "Martin" and "Marvin" of one surname are rarer than typing errors, unlike
    # "Martin" and "Martina"
    return a[0] == b[0] and a[-1] == b[-1] and min(len(a), len(b)) >= MISSPELT and OSA.distance(a, b) == 1


def _merged(group: Sequence[SpeakerRow]) -> Speaker:
    """The name most articles use among the fullest ones, and all that the articles call the person."""
    names = Counter(r.speaker.name for r in group)
    double = _surnames(group)
    name = max(
        names,
        key=lambda n: (
            1 if tuple(_parts(n)) in double else min(len(n.split()), 2),
            names[n],
            _parts(n)[:1] == [*map(full_form, _parts(n)[:1])],
            -len(n),
            n,
        ),
    )
    aliases = Counter(a for r in group for a in (r.speaker.name, *r.speaker.aliases))
    roles = Counter(role for r in group for role in r.speaker.roles)
    return Speaker(
        name,
        group[0].speaker.kind,
        tuple(a for a, _ in aliases.most_common() if a != name),
        tuple(role for role, _ in roles.most_common()),
    )
