"""Conversations in print: "CNN: What now? / Dr Ada Pell: We wait. / CNN: How long? / Pell: A week."

What follows a label is that person's words, without quotation marks, up to the next label. Few articles hold labels
that are people, and many hold others ("Photos:", "Background:"): a label is a speaker only where the article names
the person in full, where somebody asks (another label, or a question in the paragraph before), and where the answers
speak of "I", "we" or "you".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.statements.given import EITHER, MEN, WOMEN
from ingest.statements.names import fold
from ingest.statements.quotes import Quote, count_words, find_quotes
from ingest.statements.titles import (
    ABBREVIATED,
    CAPTION_CREDITS,
    DATES,
    DOCUMENTS,
    HONORIFICS,
    NOT_NAMES,
    ORG_WORDS,
    PARTICLES,
    PLACES,
    THINGS,
    TITLES,
)
from rag.domain import Span

_LABEL = re.compile(r"(?P<label>[A-Z][\w.'’-]*(?: [\w.'’&-]+){0,5}?) ?:\s*(?=[^\s/\d])")
_PERSONAL = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Mm]e|[Oo]ur|[Uu]s|[Yy]our)\b(?!\.)")
_ENDS = re.compile(r"[.!?…:;,]['\"”’)\]]*$")
_CLOSED = re.compile(r"[.!?…]['\"”’)\]]*$")
_QUESTION = re.compile(r"\?['\"”’)]*$")
_CREDIT = re.compile(rf"(?:{CAPTION_CREDITS}|\w+ ?/ ?[A-Z][\w ]*|Adobe Stock|iStock|Courtesy [\w ]+)[.)]?$")
_QA = re.compile(r"(?:Q|A|Question|Answer)[.:]\s")
_FURNITURE = re.compile(
    r"[(\[►]|(?:Follow|Sign up|Subscribe|Read|READ|Watch|WATCH|See also|Related|RELATED)\b.{0,200}$"
)
_LONGEST_HEADING = 120
"""Characters of a heading between two answers."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says at a time."""

    label: Span
    """The words that name the speaker, without the colon."""
    spans: tuple[Span, ...]
    """A span for each paragraph of the answer."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    number: int
    """Of the paragraph."""
    name: str
    label: Span
    said: Span
    """The rest of the paragraph."""


def turns(text: str, spans: Sequence[Span]) -> list[Turn]:
    """The answers of the interviews in `text`, whose paragraphs are `spans`; most texts have none."""
    labelled = _labelled(text, spans)
    askers, speakers = _parts(text, spans, labelled) if len(labelled) > 1 else (set(), set())
    if not speakers:
        return []
    found: list[Turn] = []
    longest: dict[str, int] = defaultdict(int)  # paragraphs behind the label, of each one's answers so far
    final = max(i for i, one in enumerate(labelled) if one.name in askers | speakers)
    for i, one in enumerate(labelled):
        if one.name in speakers:
            after = labelled[i + 1] if i + 1 < len(labelled) else None
            end = after.number if after else len(spans)
            if i == final:  # no label of theirs ends it, so it is taken to be no longer than the ones before
                end = min(end, one.number + 1 + longest[one.name])
            elif after is None or after.name not in askers:
                end = one.number + 1  # where nobody asks, the article's own words stand between
            names = _spoken(askers | speakers if i == final else {one.name})
            answer = _answer(text, spans, range(one.number + 1, end), names, i == final)
            longest[one.name] = max(longest[one.name], len(answer))
            found.append(Turn(one.label, (one.said, *answer)))
    return found


def _answer(text: str, spans: Sequence[Span], numbers: range, names: set[str], last: bool) -> list[Span]:
    """The paragraphs among `numbers` that go on with an answer. What names the speaker is the article's own, and so is
    what stands behind it, where it is the last answer."""
    found = []
    for number in numbers:
        words = text[slice(*spans[number])]
        named = any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)
        if _QA.match(words):
            break
        if not named and not _is_aside(words, number == numbers[-1] and not last):
            found.append(spans[number])
        elif last:
            break
    return found


def quotations(text: str, spans: Sequence[Span], answers: Sequence[Turn]) -> list[list[Quote]]:
    """The quotations of each paragraph; an answer is one, whatever is quoted in it."""
    said = {span[1]: span for turn in answers for span in turn.spans}
    return [
        [Quote(*said[span[1]], True, False, count_words(text[slice(*said[span[1]])]))]
        if span[1] in said
        else find_quotes(text, span)
        for span in spans
    ]


def _labelled(text: str, spans: Sequence[Span]) -> list[_Labelled]:
    """The paragraphs that begin with a label."""
    found = []
    for number, (start, end) in enumerate(spans):
        match = _LABEL.match(text, start, end)
        if match is None:
            continue
        parts = match["label"].split()
        if all(part[0].isupper() or part in PARTICLES | {"of", "the", "and"} for part in parts):
            while len(parts) > 1 and fold(parts[0]) in TITLES | frozenset(HONORIFICS) | ABBREVIATED:
                parts = parts[1:]
            name = " ".join(parts)
            found.append(_Labelled(number, name, match.span("label"), (match.end(), end)))
    return _by_surname(found)


def _by_surname(labelled: Sequence[_Labelled]) -> list[_Labelled]:
    """A first turn's "Ada Pell" under the name of the others, "Pell"."""
    names = {one.name for one in labelled}
    return [replace(one, name=next((end for end in _ends(one.name) if end in names), one.name)) for one in labelled]


def _ends(name: str) -> list[str]:
    """The last word of a name, the last two, …"""
    parts = name.split()
    return [" ".join(parts[i:]) for i in range(len(parts) - 1, -1, -1)]


def _parts(text: str, spans: Sequence[Span], labelled: Sequence[_Labelled]) -> tuple[set[str], set[str]]:
    """The labels of those who ask, and of those whose words are wanted."""
    said: dict[str, list[_Labelled]] = defaultdict(list)
    for one in labelled:
        if _CLOSED.search(text, *one.said):  # a heading has no mark at its end
            said[one.name].append(one)
    asks = {one.number for one in labelled if "?" in text[slice(*one.said)]}
    askers = {name for name, some in said.items() if 2 * sum(one.number in asks for one in some) > len(some)}
    asked = _asked(text, spans, labelled, askers)
    full = _full_names(text, said)
    people = {name for name, some in said.items() if name not in askers and _is_person(text, name, some, full)}
    several = {name for name in people if len(said[name]) > 1}
    speakers = set()
    for name in several:
        asked_for = [one for one in said[name] if one.number in asked]
        talk = 2 * len(asked_for) >= len(said[name]) or len(several) > 1
        if talk and any(_PERSONAL.search(text, *one.said) for one in said[name]):
            speakers.add(name)
    return askers, speakers


def _asked(text: str, spans: Sequence[Span], labelled: Sequence[_Labelled], askers: set[str]) -> set[int]:
    """Numbers of the labelled paragraphs that a question stands before: somebody's who asks, or a paragraph that ends in
    a question mark."""
    found = set()
    for i, one in enumerate(labelled):
        before = labelled[i - 1] if i else None
        by_label = before is not None and before.name in askers and one.number - before.number <= _NEAR
        if by_label or (one.number and _QUESTION.search(text, *spans[one.number - 1])):
            found.add(one.number)
    return found


_NEAR = 2
"""Paragraphs between a question's label and its answer's: a question of two, or a picture between."""
_NO_SURNAMES = ORG_WORDS | PLACES | DATES | NOT_NAMES | DOCUMENTS | THINGS
_NO_GIVEN = ORG_WORDS | PLACES | DATES | NOT_NAMES | DOCUMENTS | THINGS | TITLES
_GIVEN = MEN | WOMEN | EITHER


def _is_person(text: str, name: str, some: Sequence[_Labelled], full: frozenset[str]) -> bool:
    """Does the article name the label in full: "Ada Pell" for "Pell" or "PELL"? A full name as a label counts itself."""
    parts = name.split()
    if fold(parts[-1]) in _NO_SURNAMES or fold(parts[0]) in NOT_NAMES or ".." in name:
        return False
    return name in full or any(_begins_full(text[slice(*one.label)], name) for one in some)


_PAIR = re.compile(r"\b([A-Z][\w.-]*) (?=([A-Z][\w’'-]*))")


def _full_names(text: str, names: Iterable[str]) -> frozenset[str]:
    """Those of `names` that somewhere stand behind a given name or an initial."""
    spoken: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        for form in _spoken({name}):
            spoken[form.split()[0]].append((form, name))
    found = set()
    for match in _PAIR.finditer(text):
        if match[2] in spoken and fold(match[1]) not in _NO_GIVEN:
            found |= {name for form, name in spoken[match[2]] if text.startswith(form, match.start(2))}
    return frozenset(found)


def _begins_full(label: str, name: str) -> bool:
    """Is the label a given name, known as one, with a surname?"""
    parts = [part for part in label.split() if fold(part) not in HONORIFICS]
    return len(parts) > 1 and fold(parts[0]) in _GIVEN and fold(parts[-1]) == fold(name.split()[-1])


def _spoken(names: set[str]) -> set[str]:
    """The labels as running text has them, too: "WOLF" is Wolf."""
    return names | {" ".join(part.title() if part.isupper() else part for part in name.split()) for name in names}


def _is_aside(words: str, last: bool) -> bool:
    """Is a paragraph between two labels no part of the answer: a heading (`last`: before a question), a caption?"""
    short = len(words) < _LONGEST_HEADING
    heading = short and (not _ENDS.search(words) or (last and _QUESTION.search(words) is not None))
    return heading or _CREDIT.search(words[-60:]) is not None or _FURNITURE.match(words) is not None
