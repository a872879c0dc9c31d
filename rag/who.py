"""Who a question names: the archive's people found by name, surname, role or a near spelling. Pure over a list of people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from rag.domain import Person, Span
from rag.nations import NATIONS
from rag.nicknames import full_form
from rag.text import STOPWORDS, fold, stem, terms, unaccented

_TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_PLAIN, _LETTERS = re.compile(r"[A-Za-z ]*"), re.compile(r"[a-z]+")
TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady rev president vice prime minister senator sen rep gov governor
    mayor sheriff chief commissioner secretary king queen prince princess pope judge justice captain general
    cllr councillor pm vp sgt sergeant pc det detective insp inspector supt lt lieutenant col colonel maj capt cmdr adm""".split()
)
ROLE_WORDS: dict[str, str] = {
    word: row.split()[0]
    for row in """ceo boss head chairman chairwoman chair chairperson leader president
chief commissioner
governor gov
spokesman spokeswoman spokesperson
lawyer attorney counsel solicitor barrister
lawmaker legislator congressman congresswoman representative rep
senator sen
professor prof academic
doctor dr physician
police officer cop
sheriff
mayor""".splitlines()
    for word in row.split()
}
"""Role nouns that questions swap for one another, each with what stands for its row."""
_WEAK = frozenset(
    """the of for at in a an and to on former ex old onetime outgoing new acting deputy senior s his her its their our
    executive""".split()
)

SPEAKS_FOR = frozenset("spokesman spokeswoman spokesperson representative statement".split())
"""Who speaks for an organisation without a name of their own."""
_WITH = re.compile(r"\s+(?:who|whom|that|which|of|for|from|at|in|on|with|near|by|to)\b|,")

_AFTER_NAMES = frozenset("jr sr ii iii".split())
_IN_FULL = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "prof": "professor",
    "dr": "doctor",
    "cllr": "councillor",
}
_ADDRESSES = frozenset("dr mr mrs ms miss sir".split())
HEADS = frozenset(ROLE_WORDS[w] for w in ("head", "chief", "governor")) | frozenset(
    map(stem, ("director", "administrator", "superintendent"))
)
"""What somebody at the top of something is called: a question may take any of these for another."""
VOICES = HEADS | {"commissioner", "spokesman"}
"""Nouns of offices whose holders answer for a body."""
LEFT = re.compile(r"\b(?:then|former|ex)[ -]", re.IGNORECASE)
"""How an office is called that somebody has left."""

OFFICES = {
    "CEO": "chief executive", "CFO": "chief financial officer", "COO": "chief operating officer",
    "CTO": "chief technology officer", "DA": "district attorney", "PM": "prime minister", "VP": "vice president",
}  # fmt: skip
"""Offices that questions and articles shorten."""
_AG, _A_FIRM = re.compile(r"\bA\.?G\b\.?"), re.compile(r"^(?!the )[A-Z].*(?<!'s) AG$")  # "Bayer AG" is a firm
_SHORT = re.compile(rf"\b(?:{'|'.join(short + '|' + '[.]'.join(short) + '[.]?' for short in OFFICES)})(?!\w)")

MOST = 6
"""People whom a part of a name may mean."""
LONG_NAME = 9
"""Letters from which the consonants of a name tell whose it is."""
LETTERS_A_SLIP = 6
"""Letters of a whole name for each that may be wrong: of short ones another person's is as near."""
CLEARLY = 0.5
"""Letters by which one name is clearly nearer than another; as much as a word that only sounds alike is off."""
KEPT = 4096
"""Phrases whose people are kept: each statement of an answer looks its speaker up, and the same few speak again."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question and the people they can mean; none: nobody in the archive who is quoted."""

    span: Span
    people: tuple[Person, ...]
    how: str
    """"name", "surname", "role" (also of who speaks for an organisation), "given" (a first name alone), "spelling"; or
    "office": they share the role's noun ("mayor"), and what else the phrase says must be settled by what they speak on."""


PERSONAL = frozenset(
    """wife husband spouse partner fiance fiancé fiancee fiancée girlfriend boyfriend widow widower father mother dad mum mom
    parent son daughter child brother sister sibling uncle aunt nephew niece cousin grandfather grandmother grandson
    granddaughter stepfather stepmother friend neighbour neighbor teammate roommate classmate doctor physician cardiologist
    therapist nanny""".split()
)
"""What people are to one another, and to no firm or town."""
ADVISING = frozenset(
    "lawyer attorney solicitor barrister agent coach trainer manager biographer predecessor successor".split()
)
"""What somebody is to a person or to a body."""
_RELATIVE = rf"(?:[\w-]+ )*?(?P<noun>{'|'.join(sorted(PERSONAL | ADVISING))})"
_RELATION = re.compile(rf"^(?:the )?(?P<whose>[^,]*?\S)['’]s? {_RELATIVE}(?: as .+)?$", re.IGNORECASE)
_RELATION_OF = re.compile(rf"^(?:the )?{_RELATIVE} (?:of|for|to) (?P<whose>(?-i:[A-Z])[^,]*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """Somebody who is told by whose they are: "Pell's heart doctor"."""

    whose: str
    noun: str


def relation_in(phrase: str) -> Relation | None:
    """What a phrase says of a relation; None where it names nobody whose relative or adviser is meant."""
    m = _RELATION.match(phrase.strip()) or _RELATION_OF.match(phrase.strip())
    if m is None or not any(map(str.isupper, m["whose"])):
        return None
    return Relation(m["whose"], m["noun"].lower())


def _whose(role: str, owner: str) -> bool:
    """Whether a role is told to be this person's: "Pell's wife", "lawyer for Pell"."""
    name = re.escape(owner)
    return bool(re.search(rf"\b{name}['’]s?(?: |$)|\b(?:of|for|to) (?:[A-Z][\w.'’-]* )*{name}\b", role))


def before_of(phrase: str) -> str:
    """A noun phrase without what stands behind its head: "the union" of "the union of the ferry cooks"."""
    return _WITH.split(phrase, maxsplit=1)[0]


def head_noun(phrase: str) -> str:
    """The noun that a phrase is about: "union" in "the union of the ferry cooks"; "" where there is none."""
    head = before_of(phrase).split()
    return head[-1] if head else ""


def tokens(text: str) -> list[tuple[str, Span]]:
    """Lower-case name words without accents, with spans; possessive endings are cut off."""
    if _PLAIN.fullmatch(text):  # most names and roles: nothing to cut off
        return [(m.group(), m.span()) for m in _LETTERS.finditer(text.lower())]
    found = []
    for m in _TOKEN.finditer(text):
        word = unaccented(fold(m.group())).lower().removeprefix("ex-")
        cut = 2 if word.endswith("'s") else 1 if word.endswith("s'") else 0
        found.append((word[: len(word) - cut].replace(".", ""), (m.start(), m.end() - cut)))
    return [(w, s) for w, s in found if w]


class Who:
    """The archive's people, looked up by what a question calls them."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = tuple(people)
        self._kept = lru_cache(maxsize=KEPT)(self._find)

    # Each of these is made when it is first asked for: of tens of thousands of people that takes a second or two, and
    # most questions need one or two of them.

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], list[Person]]:
        found: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        for person in self.people:
            names = (person.name, *person.aliases)
            parted = (n.replace("-", " ") for n in names if "-" in n)  # as "Jean-Pell" is typed
            for key in {_key(n) for n in (*names, *parted)} - {()}:
                found[key].append(person)
            if person.kind == "person" and (last := _surname(person.name)):
                found[(last,)].append(person)
        return found

    @cached_property
    def _by_whole_name(self) -> dict[tuple[str, ...], list[Person]]:
        """With titles, which belong to some names: "Prince Osric" is not Debbie Osric, "General Looms" no general."""
        found: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        for person in self.people:
            if len(whole := _words(person.name)) > 1:
                found[whole].append(person)
        return found

    @cached_property
    def _longest(self) -> int:
        return max(map(len, (*self._by_name, *self._by_whole_name)), default=0)

    @cached_property
    def _by_tail(self) -> dict[tuple[str, ...], list[Person]]:
        """The last two words of longer names, for "Ranger Marta Pell", whom an article never calls by her name alone; both
        halves of a double surname."""
        found: dict[tuple[str, ...], list[Person]] = defaultdict(list)
        for person in self.people:
            if person.kind == "person":
                parted = tuple(word for word in _key(person.name.replace("-", " ")) if word not in _AFTER_NAMES)
                if len(parted) > 2:
                    found[parted[-2:]].append(person)
        return found

    @cached_property
    def _by_given(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            if person.kind == "person" and len(key := _key(person.name)) > 1:
                found[key[0]].append(person)
        return found

    @cached_property
    def _by_last(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            if person.kind == "person" and (last := _surname(person.name)):
                found[last].append(person)
        return found

    @cached_property
    def _by_initial(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for last in self._by_last:
            found[last[0]].append(last)
        return found

    @cached_property
    def _by_role(self) -> dict[str, list[tuple[frozenset[str], Person]]]:
        found: dict[str, list[tuple[frozenset[str], Person]]] = defaultdict(list)
        for person in self.people:
            for role in person.roles:
                words = role_words(role)
                for word in words:
                    found[word].append((words, person))
        return found

    @cached_property
    def _offices(self) -> set[str]:
        return {noun for p in self.people for role in p.roles if (noun := office_of(role))}

    @cached_property
    def _worded_roles(self) -> set[tuple[str, ...]]:
        return {_key(role) for person in self.people for role in person.roles}

    @cached_property
    def _by_id(self) -> dict[int, Person]:
        return {p.id: p for p in self.people}

    @cached_property
    def _organisations(self) -> dict[str, list[tuple[frozenset[str], Person]]]:
        found: dict[str, list[tuple[frozenset[str], Person]]] = defaultdict(list)
        for person in self.people:
            if person.kind == "organisation":
                words = frozenset(_key(person.name))
                for word in words:
                    found[word].append((words, person))
        return found

    def warm(self) -> None:
        """Makes all that is otherwise made when it is first asked for."""
        for name, made in vars(Who).items():
            if isinstance(made, cached_property):
                getattr(self, name)

    def statements_of(self, person: int) -> int:
        """How many statements the archive holds of this person."""
        found = self.of_id(person)
        return found.statements if found else 0

    def of_id(self, person: int) -> Person | None:
        """The person with this number."""
        return self._by_id.get(person)

    def of_names(self, names: Collection[str]) -> list[Person]:
        """Those who are called just so, those who say most first; of several of one name the one who says most."""
        return sorted(filter(None, map(self._by_own_name.get, set(names))), key=lambda p: (-p.statements, p.name))

    @cached_property
    def _by_own_name(self) -> dict[str, Person]:
        return {person.name: person for person in sorted(self.people, key=lambda p: p.statements)}

    def called(self, wanted: frozenset[str]) -> set[int]:
        """Numbers of the people of whom some name, alias or role holds all these stems."""
        if not wanted:
            return set()
        rarest = min((self._called.get(t, []) for t in wanted), key=len)
        return {id for stems, id in rarest if wanted <= stems}

    @cached_property
    def _called(self) -> dict[str, list[tuple[frozenset[str], int]]]:
        found: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        for person in self.people:
            for stems in {frozenset(terms(name)) for name in (person.name, *person.aliases, *person.roles)}:
                for word in stems:
                    found[word].append((stems, person.id))
        return dict(found)

    def named(self, name: str) -> list[Person]:
        """The people a name, surname, role or near spelling can mean; several only where it can't be told."""
        mention = self.find(name)
        return list(mention.people) if mention and mention.how != "office" else []

    def find(self, phrase: str) -> Mention | None:
        """The person a phrase is about: "Police Commissioner Andrew Coster", "the governor of Westmark", "Cotser"."""
        return self._kept(phrase)

    def _find(self, phrase: str) -> Mention | None:
        if (related := relation_in(phrase)) and self.owner(related):
            return self._related(related, phrase)
        named = self._by_names(phrase)
        if named and named.people[0].kind == "organisation" and _more_than(phrase, named.span):
            named = self._by_names(phrase, beside=named.span)  # "Tarn Rail's boss" is not Tarn Rail
        return (
            named
            or self._organisation(phrase)
            or self._role(phrase)
            or self._head(phrase)
            or self._speaks_for(phrase)
            or self._given(phrase)
            or self._by_ear(phrase)
            or self._spelling(phrase)
            or self._office(phrase)
        )

    def owner(self, related: Relation) -> str | None:
        """The surname of the person whose relative or adviser is meant, as the articles spell it; None where it is a body
        whose office is meant, "Tarn Rail's lawyer"."""
        mention = self._by_names(related.whose) or self._spelling(related.whose)
        if mention is None:
            name = related.whose if related.noun in PERSONAL else ""
            return re.sub(r"['’]s?$", "", name.split()[-1]) if name[:1].isupper() else None
        person = mention.people[0]
        last = [w for w in person.name.split() if _words(w) and _words(w)[0] not in _AFTER_NAMES][-1]
        return last if person.kind == "person" else None

    def _related(self, related: Relation, phrase: str) -> Mention | None:
        """Whom roles tell to be somebody's wife or lawyer; nobody else is guessed."""
        owner = self.owner(related) or ""
        noun = ROLE_WORDS.get(related.noun, stem(related.noun))
        asked = frozenset({_words(owner)[0] if _words(owner) else "", noun})
        people = {
            p.id: p
            for words, p in self._by_role.get(noun, ())
            if any(_whose(role, owner) and noun in role_words(role) for role in p.roles) and asked & words
        }
        return _mention(phrase, people.values(), "role") if people else None

    def _by_names(self, phrase: str, beside: Span | None = None) -> Mention | None:
        """A full name anywhere in the phrase wins over a surname; the last one over one before it ("Amnesty's Steve").
        `beside`: only people, and none whose name is a part of the organisation's that stands there."""
        words = tokens(phrase)
        best: tuple[tuple[int, int, int], Mention] | None = None
        for start in range(len(words)):
            for size in range(min(self._longest, len(words) - start), 0, -1):
                whole = tuple(w for w, _ in words[start : start + size])
                key = _strip(whole)
                named = self._by_whole_name.get(whole, ())
                people = named or self._by_name.get(key, ()) or self._by_tail.get(key, ())
                span = (words[start][1][0], words[start + size - 1][1][1])
                people = [p for p in people if _written_so(phrase, span, p)]
                if beside:
                    apart = span[1] <= beside[0] or beside[1] <= span[0]
                    people = [p for p in people if apart and p.kind == "person"]
                if not people:
                    continue
                if (
                    (size == 1 and _goes_on(phrase, span[1]))
                    or _owned(phrase, (_name_start(words, start, people[0]), span[1]))
                    or (people[0].kind == "person" and _says_whose(phrase, span, self._offices))
                    or _a_plain_word(phrase, words, span, people)
                ):
                    continue
                if not named:
                    fit = _prefer(people, key)
                    people = [p for p in fit if _no_other_first_name(phrase, words[:start], key, p)]
                if not people:
                    continue
                told = size if named else len(key)
                rank = (told, int(people[0].kind == "person"), start)
                if best is None or rank > best[0]:
                    best = (rank, Mention(span, tuple(_told_apart(people)), "name" if told > 1 else "surname"))
        return best[1] if best else None

    def _organisation(self, phrase: str) -> Mention | None:
        """An organisation by some of its name's words, two at least: "the students' association"."""
        asked = {w for w, _ in tokens(phrase)} - _WEAK
        if len(asked) < 2 or asked & (TITLES | set(ROLE_WORDS)) or _key(phrase) in self._worded_roles:
            return None
        rarest = min((self._organisations.get(w, []) for w in asked), key=len)
        found = [p for words, p in rarest if asked <= words]
        return Mention((0, len(phrase)), tuple(found[:MOST]), "name") if found else None

    def _role(self, phrase: str) -> Mention | None:
        """The people whose role shares all the phrase's telling words; needs a role word and one beside it, unless
        only one person has that role."""
        asked = role_words(phrase)
        if not asked & self._offices:
            return None
        scores: dict[int, tuple[float, Person]] = {}
        for word in asked:
            for words, person in self._by_role.get(word, ()):
                shared = len(asked & words) / len(asked) + 0.01 * len(asked & words) / len(words)
                if shared > scores.get(person.id, (0.0, person))[0]:
                    scores[person.id] = (shared, person)
        full = [(s, p) for s, p in scores.values() if s >= 1.0]
        if not full:
            return None
        most = max(s for s, _ in full)
        people = [p for s, p in full if s == most] if len(asked) > 1 else [p for _, p in full if _holds(p, asked)]
        if len(asked) == 1:
            people = [p for p in people if _may_hold(p, phrase, next(iter(asked)))]
        if not people:
            return None
        so_called = [p for p in people if any(_literally(phrase) <= _literally(role) for role in p.roles)]
        # of "the president" a party's leader is one only where nobody is called so, and then not for certain
        how = "role" if so_called or len(asked) > 1 else "office"
        return _mention(phrase, so_called or people, how)

    def _head(self, phrase: str) -> Mention | None:
        """Who is at the top of what the phrase names, and of nothing less: "the agency's boss" is the agency's director or
        its commissioner, not its director of strategy."""
        asked = role_words(phrase)
        sought = asked - HEADS
        if not sought or sought == asked:
            return None
        people = {
            p.id: p for head in sorted(HEADS) for words, p in self._by_role.get(head, ()) if words - HEADS == sought
        }
        return _mention(phrase, people.values(), "role") if people else None

    def _speaks_for(self, phrase: str) -> Mention | None:
        """Those who speak for an organisation that isn't quoted itself: "Tarn Rail" by its spokesman."""
        asked = role_words(phrase)
        if not asked or not all(word[:1].isupper() for word in phrase.split() if word.lower() not in _WEAK):
            return None
        people = {p.id: p for words, p in self._by_role.get("spokesman", ()) if asked <= words}
        if not people:
            return None
        return _mention(phrase, people.values(), "role" if len(people) == 1 else "office")

    def _given(self, phrase: str) -> Mention | None:
        """A first name alone, of those who say most."""
        words = [w for w, _ in tokens(phrase) if w not in _WEAK]
        people = self._by_given.get(words[0], []) if len(words) == 1 else []
        found = _mention(phrase, people, "given") if people else None
        return replace(found, people=found.people[:MOST]) if found else None

    def _office(self, phrase: str) -> Mention | None:
        """Everybody with the phrase's role noun: "the Ottersby police chief" is one of the chiefs, "the dock workers' union"
        none of the workers."""
        noun = office_of(phrase)
        held = [p for _, p in self._by_role[noun]] if noun and noun in self._offices else []
        people = {p.id: p for p in held if noun and _may_hold(p, phrase, noun)}
        return _mention(phrase, people.values(), "office") if people else None

    @cached_property
    def _by_sound(self) -> dict[str, list[tuple[tuple[str, ...], Person]]]:
        """Whole names by how their surname begins to the ear."""
        found: dict[str, list[tuple[tuple[str, ...], Person]]] = defaultdict(list)
        for person in self.people:
            if person.kind == "person":
                for name in {_full_name(n) for n in (person.name, *person.aliases)}:
                    if len(name) > 1:
                        found[_sound(name[-1])[:1]].append((name, person))
        return found

    def _by_ear(self, phrase: str) -> Mention | None:
        """A whole name of which every word is near the asked one, as who only heard it spells it: "Alis Jonsen" is Alice
        Johnson. Of several the nearest, all of them where none clearly is."""
        for span, asked in _whole_names(phrase):
            found: dict[int, tuple[float, Person]] = {}
            for name, person in self._by_sound.get(_sound(asked[-1])[:1], ()):
                off = _unlike(asked, name)
                if off is not None and off < found.get(person.id, (off + 1, person))[0]:
                    found[person.id] = (off, person)
            if not found or _owned(phrase, span) or _says_whose(phrase, span, self._offices):
                continue
            least = min(off for off, _ in found.values())
            near = _told_apart([p for off, p in found.values() if off < least + CLEARLY])
            return replace(_mention(phrase, near, "spelling"), span=span)
        return None

    def _spelling(self, phrase: str) -> Mention | None:
        """A name one or two keystrokes off: one for each four letters, the first letter right; of a long name any of the
        vowels. Of two as near, the one with the same consonants."""
        if phrase.lower().startswith("the ") and office_of(phrase) in self._offices:
            return None  # "the governor of Westmark" is nobody who is called Westmarker
        words = [w for w, _ in tokens(phrase) if w not in TITLES and w not in _WEAK]
        found: dict[int, tuple[float, Person]] = {}
        for word in words:
            for last in self._by_initial.get(word[0], ()):
                allowed = min(len(last), len(word)) // 4 or int(len(words) > 1 and len(word) > 2)
                sounds = _consonants(word) == _consonants(last)
                if sounds and min(len(last), len(word)) >= LONG_NAME:
                    allowed = len(last)
                if not 0 < OSA.distance(word, last, score_cutoff=allowed) <= allowed:
                    continue
                for p in self._by_last[last]:
                    first, letters = _key(p.name)[0], OSA.distance(word, last)
                    given = [OSA.distance(first, w) for w in words if w != word and _near(first, w)]
                    few = given and (not min(given) or min(given) + letters <= len(first + last) / LETTERS_A_SLIP)
                    if few or (len(words) == 1 and len(word) >= 5):
                        found[p.id] = (letters - sounds / 2, p)
        if not found:
            return None
        least = min(d for d, _ in found.values())
        people = [p for d, p in found.values() if d == least]
        return Mention((0, len(phrase)), tuple(people[:MOST]), "spelling")


def _mention(phrase: str, people: Iterable[Person], how: str) -> Mention:
    return Mention((0, len(phrase)), tuple(sorted(people, key=lambda p: (-p.statements, p.id))), how)


def _name_start(words: Sequence[tuple[str, Span]], at: int, person: Person) -> int:
    """Where the person's name begins of which the word at this place is a part: in "from Fort Tarn" before "Fort"."""
    name = _words(person.name)
    while at and words[at - 1][0] in name:
        at -= 1
    return words[at][1][0]


def _owned(phrase: str, span: Span) -> bool:
    """Whether the name is only whose somebody the phrase means: "Pell's lawyer", "the lawyer for Pell's tenants"."""
    after = re.match(r"['’]s?\s+\w", phrase[span[1] :])
    before = re.search(r"\b[a-z]{3,} (?:for|of|to|at|from|in|near) (?:the )?$", phrase[: span[0]])
    return bool(after or before)


def _says_whose(phrase: str, span: Span, offices: Collection[str]) -> bool:
    """Whether the name only says of what kind the people or the office behind it are: "Pell fans", "the Ottersby police
    chief", "the Ottersby school board head", where somebody is called Ottersby."""
    m = _NEXT.match(phrase, span[1])
    if m is None:
        return False
    word = m.group(1)
    if word.lower() in ROLE_WORDS or _MANY.fullmatch(word):
        return True
    behind = _OFFICE_BEHIND.match(phrase, span[1])
    return behind is not None and office_of(behind[1]) in offices and behind[1].split()[0] not in STOPWORDS


def _told_apart(people: Sequence[Person]) -> list[Person]:
    """Of people who differ only by words before a whole name ("Staff Marta Pell", "Marta Pell"), the one who says most."""
    most = sorted(people, key=lambda p: -p.statements)
    kept: list[Person] = []
    for person in most:
        if not any(_one_name(_key(person.name), _key(other.name)) for other in kept):
            kept.append(person)
    return [p for p in people if p in kept]


def _one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return 1 < len(shorter) < len(longer) and longer[-len(shorter) :] == shorter


def _written_so(phrase: str, span: Span, person: Person) -> bool:
    """Whether words of a phrase can be this person's name: "the UN" is no Mr Un, "the King" no Ms King."""
    if person.kind != "person":
        return True
    name = phrase[slice(*span)]
    if name.isupper() and len(name) > 1 and any(map(str.islower, phrase)):
        return any(name in n for n in (person.name, *person.aliases))
    return not (name.lower() in TITLES and re.search(r"\bthe $", phrase[: span[0]], re.IGNORECASE))


def _a_plain_word(phrase: str, words: Sequence[tuple[str, Span]], span: Span, people: Sequence[Person]) -> bool:
    """Whether a lower-case match is just a word of the phrase: "chief" in "the chief operating officer" is no Ms Chief.
    Names typed without capitals stand alone or behind a title or a first name."""
    if phrase[span[0]].isupper():
        return False
    if re.search(r"\bthe $", phrase[: span[0]]) or phrase[slice(*span)].startswith("the "):
        # "the company", where an article quotes a "Company"; but "the fbi" is the FBI
        return not any(p.name.isupper() and len(p.name) > 2 for p in people)
    if sum(span[0] <= start < span[1] for _, (start, _) in words) > 1:
        return False
    before = [w for w, (start, _) in words if start < span[0]]
    firsts = {_key(p.name)[0] for p in people}
    if before and before[-1] not in TITLES | firsts and not any(_near(before[-1], first) for first in firsts):
        return True  # "the driver in the bus lane", where somebody is called Lane
    rest = [w for w, (start, end) in words if (start, end) != span and not (span[0] <= start < span[1])]
    return any(w in ROLE_WORDS or stem(w) in ROLE_WORDS for w in rest) or phrase[span[0] : span[1]] in ROLE_WORDS


_NEXT = re.compile(r" ([A-Za-z]+)\b")
_OFFICE_BEHIND = re.compile(r" ([a-z][\w-]*(?: [a-z][\w-]*){0,3})(?= (?:of|for|from|in|at|who|on)\b|,|$)")
_NOT_MANY = r"always|sometimes|perhaps|besides|afterwards|towards|versus|thus|his|has|was|does|says|brothers|sisters"
_MANY = re.compile(rf"(?!(?:{_NOT_MANY})$)[a-z]{{2,}}(?<![su])s")
"""People of a kind: "fans", "officials"."""
_BEHIND_OFFICE = re.compile(
    r"\s+(?:of|for|at|to|in|on|with|and|who|whose|whom|which|that|from|by|near|there|after|during|under|leading|representing)\b|,"
)


def office_of(role: str) -> str | None:
    """The noun of a role: "governor" of "governor of Westmark", "president" of "Trade Unions President"."""
    head = re.split(_BEHIND_OFFICE, _one_word(role), maxsplit=1)[0]
    words = [w for w, _ in tokens(head) if w not in _WEAK and w not in ("dr", "mr", "mrs", "ms", "sir")]
    return ROLE_WORDS.get(words[-1], stem(words[-1])) if words else None


def answers_for(role: str, body: Collection[str]) -> bool:
    """Whether who has this role answers for a body with these stems in its name: its head and its spokesman do, a driver, an
    opponent or a former head of it doesn't."""
    speaks = office_of(role) in VOICES or head_noun(role).lower() in SPEAKS_FOR
    return speaks and bool(body) and set(body) <= set(terms(role)) and not LEFT.search(role)


_AT_ITS_HEAD = VOICES | frozenset(
    map(stem, "managing general executive officer group press media senior founder".split())
)


def heads(role: str, body: str) -> bool:
    """Whether a role is that of who answers for the body of this very name: "managing director of Tarn Rail" for Tarn Rail,
    though neither "director of the Tarn Museum" nor "Tarn police chief" for Tarn."""
    return answers_for(role, terms(body)) and role_words(role) - role_words(body) <= _AT_ITS_HEAD


def _no_other_first_name(phrase: str, before: Sequence[tuple[str, Span]], key: tuple[str, ...], person: Person) -> bool:
    """Whether "… Pell" can be this Pell: "Mayor Pell" and "Tarn Rail's Pell" can, "Olga Pell" can't be Marta Pell."""
    first = _key(person.name)[0]
    if len(key) > 1 or person.kind != "person" or first == key[0]:
        return True
    run: list[str] = []
    for word, (start, end) in reversed(before):
        if not phrase[start].isupper() or phrase[end : end + 1] in ("'", "’"):
            break
        run.insert(0, word)
    roles = {w for role in person.roles for w, _ in tokens(role)}
    given = [w for w in run if w not in TITLES and w not in ROLE_WORDS and w not in roles]
    if not given or len(given) < len(run):
        return True
    return any(full_form(w) == full_form(first) or (len(w) == 1 and w == first[0]) or _near(w, first) for w in given)


def _goes_on(phrase: str, end: int) -> bool:
    """Whether a name goes on after this character: "White" in "White House" is nobody's surname."""
    return bool(re.match(r"[ -][A-Z]\w", phrase[end:]))


def _more_than(phrase: str, span: Span) -> bool:
    """Whether the phrase says more than the name in it."""
    rest = phrase[: span[0]] + " " + phrase[span[1] :].removeprefix("'s")
    return any(w not in _WEAK for w, _ in tokens(rest))


@lru_cache(maxsize=8192)
def _consonants(name: str) -> str:
    """Its consonants in their order, doubled ones once: what a foreign name keeps in any spelling."""
    return re.sub("[aeiouy]", "", re.sub(r"(.)\1+", r"\1", name))


_ALIKE = tuple(
    (re.compile(spelt), sound)
    for spelt, sound in (
        ("ph", "f"), ("^(?:kn|gn)", "n"), ("^wr", "r"), ("^ge?(?=e|i|y|o[fr])", "j"), ("^chr", "kr"),
        ("(?<=s)ch", "h"), ("ck|q", "k"),
        ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("x", "ks"), ("z", "s"), ("(?<=[^cs])h", ""), ("(?<=m)p(?=s)", ""), ("d(?=t)", ""),
        ("(?<=nn)e$", ""), ("ie|ei|ee|ea|ey|y", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""Letters that are heard alike, in the order in which they are exchanged."""


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    """A word of a name as it is heard, roughly: "smyth" and "smith" are one."""
    for spelt, sound in _ALIKE:
        word = spelt.sub(sound, word)
    return word


def _full_name(name: str) -> tuple[str, ...]:
    return tuple(w for w in _key(name.replace("-", " ")) if w not in _AFTER_NAMES and len(w) > 1)


def _whole_names(phrase: str) -> list[tuple[Span, tuple[str, ...]]]:
    """What of a phrase can be somebody's whole name, the longest first: the ends of its runs of capital words, or all of it
    where it is typed without."""
    runs: list[list[tuple[str, Span]]] = [[]]
    typed_small = phrase.islower()
    for word, (start, end) in tokens(phrase.replace("-", " ")):
        beside = runs[-1] and phrase[runs[-1][-1][1][1] : start].strip(" .") == ""
        if not (typed_small or phrase[start].isupper()) or not beside:
            runs.append([])
        if (typed_small or phrase[start].isupper()) and word not in TITLES and (len(word) > 1 or not beside):
            runs[-1].append((word, (start, end)))
    found = [
        run[-size:] for size in (4, 3, 2) for run in runs if len(run) >= size and (len(run) == size or not typed_small)
    ]
    return [((run[0][1][0], run[-1][1][1]), tuple(w for w, _ in run)) for run in found]


def _unlike(asked: tuple[str, ...], name: tuple[str, ...]) -> float | None:
    """In how many letters two whole names differ; None where too many for one person's name. What sounds alike is half a
    letter off. Who has a middle name may be asked for without it."""
    if len(asked) != len(name):
        if len(asked) != 2:
            return None
        name = (name[0], name[-1])
    off = 0.0
    for at, (a, b) in enumerate(zip(asked, name, strict=True)):
        if a == b or (at == 0 and full_form(a) == full_form(b)):
            continue
        heard, told = _sound(a), _sound(b)
        if at:
            heard, told = re.sub("(?<=..)e$", "", heard), re.sub("(?<=..)e$", "", told)
        elif heard[:1] != told[:1] or heard[-1:] != told[-1:]:
            return None  # Daniel is not Danielle, nor Mario Maria
        if heard == told:
            off += CLEARLY
            continue
        letters, shorter = OSA.distance(heard, told), min(len(a), len(b))
        same = letters == 1 and _consonants(heard) == _consonants(told)
        if shorter < LONG_NAME and (not same or shorter < (5 if at else 4)):
            return None  # Lind is not Lund
        if letters > max(1, shorter // 4):
            return None
        off += letters
    return off if off <= sum(map(len, asked)) / LETTERS_A_SLIP else None


def _near(a: str, b: str) -> bool:
    return OSA.distance(a, b) <= min(len(a), len(b)) // 4


def _words(name: str) -> tuple[str, ...]:
    if _PLAIN.fullmatch(name):  # as `tokens`, four times faster
        return tuple(name.lower().split())
    return tuple(w for w, _ in tokens(name))


@lru_cache(maxsize=8192)
def _key(name: str) -> tuple[str, ...]:
    return _strip(_words(name))


def _strip(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without articles and titles in front, so that "Dr. Fauci" and "Fauci" are one."""
    while len(words) > 1 and (words[0] in TITLES or words[0] == "the"):
        words = words[1:]
    return words


def _surname(name: str) -> str:
    words = [w for w in _key(name) if w not in _AFTER_NAMES]
    return words[-1] if words else ""


@lru_cache(maxsize=8192)
def role_words(role: str) -> frozenset[str]:
    """What a role or a phrase for one says: stems, with one word for all that are swapped for one another."""
    said = [w for w, _ in tokens(_one_word(role)) if w not in _WEAK]
    telling = [w for w in said if w not in _ADDRESSES] or said
    return frozenset(ROLE_WORDS.get(w) or NATIONS.get(w) or stem(w) for w in telling)


def _holds(person: Person, asked: frozenset[str]) -> bool:
    """Whether the person holds the office, and not only somebody else's is named: "the president's brother" is none."""
    return any(office_of(re.sub(r"^.*['’]s?\s+", "", role) or role) in asked for role in person.roles)


_BELOW = frozenset("deputy vice assistant associate lieutenant under shadow".split())
"""Before an office: another one, below it."""
_CROWNS = frozenset("queen king prince princess pope".split())


def _may_hold(person: Person, phrase: str, noun: str) -> bool:
    """Whether some role of the person can be the office: not another country's ("the Korean PM" is no British Prime
    Minister), not one below it ("Deputy Mayor"), not another of its kind ("the prime minister" is no finance minister,
    "the Queen" no drag queen)."""
    roles = [role for role in person.roles if noun in role_words(role) or office_of(role) == noun]
    nations = nations_in(phrase)
    told = set().union(*map(nations_in, roles))
    if nations and told and not nations & told:
        return False
    return any(_is_the_office(role, phrase, noun) for role in roles)


def places_in(slot: str) -> frozenset[str]:
    """What the capital words of a phrase for an office say but its noun: as a rule places and bodies."""
    return role_words(" ".join(slot[a:b] for _, (a, b) in tokens(slot) if slot[a].isupper())) - {office_of(slot)}


def nations_in(phrase: str) -> set[str]:
    """The countries that a phrase names, by whatever word."""
    found = {w for w, (start, _) in tokens(phrase) if phrase[start].isupper()}
    return {NATIONS[w] for w in found if w in NATIONS}


def _is_the_office(role: str, phrase: str, noun: str) -> bool:
    asked, told = _before_noun(phrase, noun), _before_noun(role, noun)
    if (told ^ asked) & _BELOW:
        return False
    asked, told = asked - _BELOW, told - _BELOW
    if noun in _CROWNS and told and not asked:
        return False
    return not (asked and told) or bool(asked & told)


def _before_noun(phrase: str, noun: str) -> set[str]:
    """The words before the noun of an office that say which of its kind it is, without names: "prime" of "Prime Minister"."""
    head = re.split(_BEHIND_OFFICE, _one_word(phrase), maxsplit=1)[0]
    said = ["lieutenant" if w == "lt" else w for w, _ in tokens(head)]
    kinds = {w for w in said if w in _KINDS or w in _BELOW}
    lower = {w for w, (start, _) in tokens(head) if head[start].islower() and noun in _CROWNS}
    return (kinds | lower) - _WEAK - {w for w in lower if w in STOPWORDS or ROLE_WORDS.get(w, stem(w)) == noun} | (
        kinds & _BELOW
    )


_KINDS = frozenset(
    """prime finance foreign interior home health defence defense justice education transport trade culture energy environment
    agriculture labour labor police fire first chief""".split()
)
"""What offices of one noun are told apart by, in any country."""


@lru_cache(maxsize=8192)
def _literally(role: str) -> frozenset[str]:
    """The stems of its telling words, none exchanged for another but what is only shortened."""
    return frozenset(
        stem(_IN_FULL.get(w, w)) for w, _ in tokens(_one_word(role)) if w not in _WEAK and w not in _ADDRESSES
    )


_MAY_BE_TWO = re.compile(r"general|chief|vice|\blt\b", re.IGNORECASE)


def _one_word(role: str) -> str:
    """Offices in full, and those of two words, of which neither alone says what they are, as one."""
    role = _SHORT.sub(lambda m: OFFICES[m.group().replace(".", "")], role)
    if not _A_FIRM.search(role):
        role = _AG.sub("attorney general", role)
    if not _MAY_BE_TWO.search(role):
        return role
    role = re.sub(r"\bchief executive(?: officer)?\b", "ceo", role, flags=re.IGNORECASE)
    role = re.sub(r"\b(?:director|secretary)[ -]general\b", "director", role, flags=re.IGNORECASE)
    role = re.sub(r"\bchief of staff\b", "chiefofstaff", role, flags=re.IGNORECASE)
    role = re.sub(r"\bchief (\w+) officer\b", r"chief\1officer", role, flags=re.IGNORECASE)
    role = re.sub(r"\bvice[ -]president\b", "vicepresident", role, flags=re.IGNORECASE)
    role = re.sub(r"\blt\b\.?", "lieutenant", role, flags=re.IGNORECASE)
    return re.sub(r"\b(attorney|solicitor|surgeon)[ -]general\b", r"\1general", role, flags=re.IGNORECASE)


def _prefer(people: Iterable[Person], key: tuple[str, ...]) -> list[Person]:
    """Of people with one alias, those with a full name or, where it speaks more than any of them, the organisation that is
    called just so; else any."""
    unique = list({p.id: p for p in people}.values())
    so_called = [p for p in unique if p.kind == "organisation" and _key(p.name) == key]
    full = [p for p in unique if len(_key(p.name)) > 1]
    return max(so_called, full, key=lambda some: max((p.statements for p in some), default=0)) or unique
