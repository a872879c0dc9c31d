"""What people are: roles beside their names, and what a description such as "the former mayor" can mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ingest.statements.cast import Cast, Entity
from ingest.statements.names import Mention, Word, fold
from ingest.statements.titles import (
    DOCUMENTS,
    GROUP_NOUNS,
    MEN_ROLES,
    PERSON_NOUNS,
    PREPOSITIONS,
    PUBLIC_ROLES,
    TRADES,
    WOMEN_ROLES,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


class Tokens(Protocol):
    """Parsed tokens by the character at which they start."""

    def get(self, start: int, /) -> Token | None: ...


DETERMINERS = frozenset(
    """the a an this that these those another one some several many most two three four five six seven eight nine ten
    other both few any no every each his her their its our my your said""".split()
)
_NUMBERS = frozenset(
    "two three four five six seven eight nine ten both several many some few most all half dozens hundreds".split()
)
_SHARES = frozenset("half majority percent minority dozens hundreds thousands number lot handful rest plenty".split())
_DEFINITE = frozenset("the this that these those".split())
_OWNED = frozenset("his her their its our my your".split())
_LONGEST_ROLE = 90
"""Characters of a role as worded; longer ones are stories."""


@dataclass(frozen=True, slots=True)
class Description:
    """A common-noun phrase that names a speaker: "the former mayor of Oldport"."""

    head: str
    """The noun, lower case: "mayor"."""
    words: frozenset[str]
    """All words before and after it, lower case."""
    definite: bool
    owned: str
    """The pronoun that it belongs to ("her spokesman"), or ""."""
    kind: str
    """person, group, document or unknown."""
    plural: bool
    gender: str
    another: bool


def noun_kind(noun: str) -> str:
    """person, group, document or unknown, for a noun in lower case."""
    if (
        noun in PERSON_NOUNS
        or noun in TRADES
        or noun.endswith(("man", "woman", "person", "men", "women", "year-old", "year-olds", "ologist", "ologists"))
    ):
        return "person"
    if noun in GROUP_NOUNS:
        return "group"
    if noun in DOCUMENTS:
        return "document"
    if noun.endswith(("ist", "ists", "crat", "ians")):
        return "person"
    if noun.endswith("s") and (noun[:-1] in PERSON_NOUNS or noun[:-1] in GROUP_NOUNS):
        return "person" if noun[:-1] in PERSON_NOUNS else "group"
    return "unknown"


def noun_gender(noun: str) -> str:
    if noun in MEN_ROLES or (noun.endswith("man") and not noun.endswith("woman")):
        return "m"
    return "f" if noun in WOMEN_ROLES or noun.endswith("woman") else ""


def _plural(noun: str) -> bool:
    if noun in ("people", "men", "women", "children", "police", "others", "many", "some", "several", "most", "few"):
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and noun not in ("news", "press")


def head_index(words: Sequence[Word], text: str) -> int:
    """Index of the head noun of a plain phrase: the last word before a preposition, a comma or a participle."""
    last = 0
    for i, word in enumerate(words):
        if i and ("," in text[words[i - 1].end : word.start] or "(" in text[words[i - 1].end : word.start]):
            break
        if (
            i
            and word.text.islower()
            and (word.low in PREPOSITIONS or word.low in ("who", "which", "that", "whose", "said"))
        ):
            break
        if (
            i > last
            and word.text.islower()
            and word.low.endswith(("ing", "ed"))
            and noun_kind(words[last].low) != "unknown"
        ):
            break
        last = i
    return last


def describe(words: Sequence[Word], text: str) -> Description:
    """Read a noun phrase without a name."""
    at = head_index(words, text)
    head = words[at].low
    if words[at].possessive and at + 1 < len(words):
        head = words[at + 1].low
    if head in (
        "one",
        "some",
        "many",
        "several",
        "most",
        "few",
        "two",
        "three",
        "none",
        "all",
        "both",
    ) and at + 2 < len(words):
        inner = [w.low for w in words[at + 1 :] if noun_kind(w.low) == "person"]
        head = inner[0] if inner and head != "one" else head
    first = words[0].low
    counted = first[0].isdigit() or first in _NUMBERS or head in _SHARES
    return Description(
        head,
        frozenset(w.low for w in words if w.low not in DETERMINERS and w.low != head),
        first in _DEFINITE,
        first if first in _OWNED else "",
        noun_kind(head),
        _plural(head) or (counted and head != "year-old" and not head.endswith("year-old")),
        noun_gender(head),
        first in ("another", "second")
        or (len(words) > 1 and words[1].low in ("second", "third", "other") and first == "a"),
    )


# --- roles beside names --------------------------------------------------------------------------------------------


def collect_roles(cast: Cast, text: str, tokens: Tokens, words: Sequence[Word]) -> None:
    """Give every person the roles the text words for them: before the name, in apposition, after "is"."""
    starts = {w.start: i for i, w in enumerate(words)}
    for mention in cast.mentions:
        if mention.start in cast.shared:
            continue
        entity = cast.of[mention.start]
        if entity.kind == "unknown" and _said_to_be_body(mention, text, words, starts):
            entity.kind = "organisation"
        if entity.kind not in ("person", "unknown"):
            continue
        for start, end in _role_spans(mention, text, tokens, words, starts):
            role = _CUT.split(" ".join(text[start:end].split()))[0].strip(" ,;:'\"“”‘’()")
            if 2 < len(role) <= _LONGEST_ROLE and role not in entity.roles and not _only_honorific(role):
                entity.roles.append(role)
                if not entity.gender:
                    entity.gender = noun_gender(_role_head(role))


_APPOSITION = re.compile(r", (?:an?|the) [^,.;:()\"“”\n–—]+")
_GROUNDS = frozenset(
    "city town village county province district state country nation municipality community couple pair family".split()
)
"""Groups that are places or people."""


def _said_to_be_body(mention: Mention, text: str, words: Sequence[Word], starts: Mapping[int, int]) -> bool:
    """Does what stands behind a name call it a body? "Bannock Hydro, a privately held utility, …"."""
    match = _APPOSITION.match(text, mention.end)
    if match is None or mention.possessive:
        return False
    first = i = starts[_last_start(mention, words, starts)] + 1
    while i < len(words) and words[i].end <= match.end():
        i += 1
    described = describe(words[first:i], text) if i > first else None
    return described is not None and described.kind == "group" and described.head not in _GROUNDS


_CUT = re.compile(r"[,;(]? ?\b(?:who|which|that|whose|where|when|and an?)\b|[;(]")


def _only_honorific(role: str) -> bool:
    return fold(role) in ("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "mx", "the", "st")


def _role_spans(
    mention: Mention, text: str, tokens: Tokens, words: Sequence[Word], starts: Mapping[int, int]
) -> list[tuple[int, int]]:
    spans = []
    lead = _lead(mention, text, words, starts, tokens)
    if lead < mention.start:
        spans.append((lead, mention.start))
    token = tokens.get(_last_start(mention, words, starts))
    if token is None:
        return spans
    offset = words[starts[_last_start(mention, words, starts)]].start - token.idx
    while token.dep_ in ("compound", "flat", "nmod") and token.head.pos_ == "PROPN" and token.head.i > token.i:
        token = token.head
    for child in token.children:
        if child.dep_ == "appos" and child.pos_ in ("NOUN", "PROPN") and child.i > token.i:
            spans += _phrase(child, offset, text)
    if token.dep_ in ("nsubj", "nsubjpass") and token.head.lower_ in _BEING:
        for child in token.head.children:
            if child.dep_ == "attr" and child.pos_ == "NOUN" and noun_kind(child.lower_) == "person":
                spans += _phrase(child, offset, text)
    if token.dep_ == "appos" and token.head.pos_ in ("NOUN", "PROPN") and token.head.i < token.i:
        head = token.head
        spans += [(start, min(end, mention.lead)) for start, end in _phrase(head, offset, text) if start < mention.lead]
    return spans


_BEING = frozenset("is are was were am be been being 's 're ’s ’re".split())
"""Forms of "be"; words are looked at rather than lemmas, since nothing else needs a lemmatizer."""


def _last_start(mention: Mention, words: Sequence[Word], starts: Mapping[int, int]) -> int:
    i = starts[mention.start]
    while i + 1 < len(words) and words[i + 1].end <= mention.end:
        i += 1
    return words[i].start


def _phrase(head: Token, offset: int, text: str) -> list[tuple[int, int]]:
    """The noun phrase around `head`, without determiner, cut before a relative clause, a comma or "and"."""
    if noun_kind(head.lower_) != "person" and not (head.pos_ == "NOUN" and head.lower_.endswith(("er", "or"))):
        return []
    left = head
    for child in head.lefts:
        if child.dep_ in ("compound", "amod", "poss", "nmod", "nummod", "npadvmod") and child.left_edge.i < left.i:
            left = child.left_edge
            break
    end = head.idx + len(head.text)
    for child in head.rights:
        if child.dep_ != "prep" or child.i != head.doc[child.i].i:
            break
        stop = next((t for t in child.subtree if t.text in (",", ";", "–", "—") or t.dep_ in ("relcl", "acl")), None)
        last = child.right_edge if stop is None else head.doc[max(child.i, stop.i - 1)]
        end = last.idx + len(last.text)
        if stop is not None:
            break
    return [(left.idx + offset, end + offset)]


def _lead(mention: Mention, text: str, words: Sequence[Word], starts: Mapping[int, int], tokens: Tokens) -> int:
    """Where the role before a name begins: its capitalised titles, and lower-case nouns before these."""
    i = starts[mention.lead]
    first = i
    while i > 0 and i > first - 7:
        word = words[i - 1]
        gap = text[word.end : words[i].start]
        if gap not in (" ", "\u00a0") or word.possessive or word.low in DETERMINERS or _is_minute(text, word):
            break
        if i == first and mention.lead == mention.start and noun_kind(word.low) != "person":
            break
        if word.text.islower() and (word.low in _STOPS_ROLE or word.low in PREPOSITIONS - {"of"}):
            break
        if word.low == "of" and (i < 2 or noun_kind(words[i - 2].low) != "person"):
            break
        token = tokens.get(word.start)
        if token is not None and token.pos_ in ("VERB", "AUX", "SCONJ", "PRON", "ADV", "PART"):
            break
        i -= 1
    while i < first and words[i].low in ("of", "and", "former-"):
        i += 1
    return words[i].start


def _is_minute(text: str, word: Word) -> bool:
    """The end of a time of day: "09:50 First Minister Ann Gray"."""
    return word.text.isdigit() and text[word.start - 1 : word.start] == ":"


_STOPS_ROLE = frozenset(
    """said says say and but or that when while if as told asked added who which because where after before since until
    is was are were be been has had have will would could can may might did does do not also only even just then than so
    according including called named urged wrote tells asks adds like although though whether""".split()
)


def _folded(role: str) -> list[str]:
    return [fold(part.strip(",.")) for part in role.replace("’", "'").split()]


def _office(role: str) -> list[str]:
    """The words of a role before its first preposition: of "president of the governing body", "president" alone."""
    said = _folded(role)
    return said[: next((i for i, part in enumerate(said) if i and part in PREPOSITIONS), len(said))]


def _role_head(role: str) -> str:
    """The noun that a role is about: "president" in "president of the council"."""
    return next(reversed(_office(role)), "")


_SAME_ROLE = {
    short: noun
    for noun, shorts in (
        ("senator", "sen sens"), ("representative", "rep congressman congresswoman lawmaker"), ("governor", "gov"),
        ("president", "pres"), ("lieutenant", "lt"), ("general", "gen"), ("colonel", "col"), ("sergeant", "sgt"),
        ("captain", "capt"), ("admiral", "adm"), ("major", "maj"), ("commander", "cmdr"), ("corporal", "cpl"),
        ("professor", "prof"), ("doctor", "dr"), ("pastor", "rev reverend"), ("inspector", "insp"),
        ("superintendent", "supt"), ("detective", "det"), ("advisor", "adviser"), ("attorney", "lawyer"),
        ("spokesman", "spokeswoman spokesperson"), ("chairman", "chairwoman chairperson chair"),
    )
    for short in shorts.split()
}  # fmt: skip
"""Words for one office."""


def same_noun(noun: str) -> str:
    """One form for roles that news words in several ways."""
    return _SAME_ROLE.get(noun, noun)


def fits(entity: Entity, description: Description) -> bool:
    """Whether a person's known roles allow them to be "the …"."""
    if description.gender and entity.gender and description.gender != entity.gender:
        return False
    addressed = description.head in _DOCTORS and any(fold(t) == "dr" for m in entity.mentions for t in m.titles)
    return (addressed and not modifiers(description)) or any(_means(role, description) for role in entity.roles)


_DOCTORS = frozenset("doctor physician".split())
_HEALERS = frozenset("surgeon neurosurgeon paediatrician pediatrician psychiatrist obstetrician".split())


def may_be_called(noun: str, head: str) -> bool:
    """Whether somebody told as a "cardiologist" can then be "the doctor"."""
    healer = noun in _HEALERS | _DOCTORS or noun.endswith("ologist")
    return noun == head or (healer and head in _DOCTORS)


def holds(entity: Entity, head: str) -> bool:
    """Whether the article gives a person some office of this kind, whichever."""
    return any(same_noun(head) in {same_noun(part) for part in _office(role)} for role in entity.roles)


def holds_public(entity: Entity) -> bool:
    """Whether some role of a person is one that news calls people by, such as an office; a baker's isn't."""
    return any(part in PUBLIC_ROLES for role in entity.roles for part in _office(role))


def closeness(entity: Entity, description: Description) -> int:
    """How much of what a description says of an office one of the person's fitting roles says, too."""
    asked = modifiers(description)
    return max(
        (len(asked & set(_folded(role))) for role in entity.roles if _means(role, description)),
        default=0,
    )


def modifiers(description: Description) -> set[str]:
    """What tells one office from others of its kind: "finance" of "the finance minister", not "veteran" or "29-year-old"."""
    return {w for w in description.words if w not in PREPOSITIONS | _NEUTRAL and not any(c.isdigit() for c in w)}


def _means(role: str, description: Description) -> bool:
    """Same noun; neither says "former" or "deputy" without the other; and where both tell which office it is ("finance
    minister"), they have something in common."""
    wanted = same_noun(description.head)
    office = [same_noun(part) for part in _office(role)]
    if wanted not in office:
        return False  # the head of the governing body is not "the governing body"
    parts = set(_folded(role))
    asked = modifiers(description)
    if asked & parts:
        return True
    told = {part for part in parts if same_noun(part) != wanted} - PREPOSITIONS - _NEUTRAL - _MARKED - DETERMINERS
    return not (asked & _MARKED) - parts and not (asked - _MARKED and told)


_NEUTRAL = frozenset(
    """veteran longtime long-time long-serving young old new late then outgoing incoming popular controversial embattled
    disgraced democratic republican conservative labour liberal star top senior junior retired current present previous
    future first-term second-term""".split()
)
"""Words before an office that don't tell which one it is."""
_MARKED = frozenset("former deputy vice assistant ex".split())
