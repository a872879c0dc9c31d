"""What a quotation that is cut out of a longer sentence leaves out, and whether that turns it round. Pure functions.

"we hid the report" stands word for word in “It is not true that we hid the report”, and says the opposite. What a word
does to those behind or before it is listed in `rag.answering.checking.wording`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.domain import Span
from rag.text import sentences
from rag.turning import (
    AFFIRMED,
    ASKING,
    BEGINNING,
    CONDITION_PHRASES,
    CUT_CONDITIONS,
    CUT_DENIALS,
    GIVEN,
    GIVING,
    HELPING,
    MOMENTS,
    NARROW,
    NO_CONDITIONS,
    NO_NEGATORS,
    POSED,
    QUESTIONING,
    RUMOURS,
    TOLD,
)
from rag.verbatim import Joints, Piece, Wording, denied, negates

_MARKS = re.compile(r"[\"“”„«»]|(?<!\w)['‘](?=\w)|['’](?!\w)")
_ENDED = re.compile(r"[.!?]")
_STOP = re.compile(r"(?<=[a-z][a-z])(?<!\bvs)(?<!\betc)[.!?]+ +(?=[A-Z])")
_CLAUSE = re.compile(r"[;:()…]|\.\.\.")
_DASH = re.compile(r"[–—]|\s--?\s")
_OPENED = re.compile(r"[“\"‘']\W*\Z")
_ADDING = re.compile(r"\b(?:add|continu)\w+\W*\Z", re.IGNORECASE)
_FIRST = BEGINNING | {"but", "and", "so", "yet", "if", "in", "as"}
"""With a capital letter they begin a sentence."""
_INNER = {
    mark: re.compile(single)
    for mark, single in (
        ("double", r"(?<!\w)[‘'](?=[^\W\d])(?P<inner>(?:[^‘“”\"\n]|(?<=\w)‘)+?)(?:(?<=[.,!?…])|(?<=[^\Ws]))['’](?!\w)"),
        ("single", r"[“\"](?P<inner>[^“”\"\n]+)[”\"]"),
    )
}
_DETERMINERS = frozenset("the a an my our your his her its their this that these those".split())
_BEFORE = frozenset("heard hear and but that when because".split())
"""A subject doesn't reach over these."""
_WHEN = frozenset("in on at to again today yesterday now here".split())
"""They begin what may stand between "claimed" and "that"."""
_OBJECT = 5  # words at most between "told" and "that"
_ASIDE = 6  # words at most of ", my opponents claim,"


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence of which a quotation has only a part."""

    whole: Span
    """The sentence's characters, as far as it is the speaker's."""
    left_out: str = ""
    """The words whose absence turns the others; "" where none does."""
    why: str = ""
    """What they do, as a clause behind them: `NEGATED`, `CONDITION`, …"""

    @property
    def turned(self) -> bool:
        return bool(self.why)


NEGATED = "which turns them round"
CONDITION = "on which they hang"
OPEN = "which makes them a condition or a question"
GIVES = "which gives them as what somebody says or thinks"
QUESTION = "and it is a question"


def cut(
    text: Wording, way: Sequence[Piece], areas: Sequence[Span], joints: Joints, free: bool, asks: bool
) -> Cut | None:
    """The sentence that the pieces of a quotation are cut out of; None where they are whole sentences.

    `areas`: the characters that are one voice's, a sentence being looked for within one of them or, where a cue parts
    it ("… ," she said, "…"), over several. `free`: quotation marks inside them end nothing. `asks`: the quotation
    itself ends in a question mark.
    """
    first, last = way[0][0], way[-1][1] - 1
    line = _Line(text, areas, joints, free)
    head, tail = line.before(first), line.behind(last)
    if negation := denied(text, first):  # also where no area tells whose words these are
        return Cut(_whole(text, head or [negation[0]], (first, last), tail), text.shown(*negation), NEGATED)
    gaps = [(a[1] - 1, b[0]) for a, b in pairwise(way) if joints.skips.get(a[1] - 1) != b[0]]
    if not head and not tail and not gaps:
        return None
    whole = _whole(text, head, (first, last), tail)
    heads = [(head, first), *(([i for i in line.before(b) if i > a], b) for a, b in gaps)]
    tails = [(last, tail), *((a, [i for i in line.behind(a) if i < b]) for a, b in gaps)]
    turns = [_turned_before(text, words, at) for words, at in heads if words]
    turns += [_turned_behind(text, at, words) for at, words in tails if words]
    turns.append(None if asks else _asked(text, head, (first, last), tail))
    for turn in turns:
        if turn:
            return Cut(whole, *turn)
    return Cut(whole) if head or tail else None


def _whole(text: Wording, head: Sequence[int], kept: tuple[int, int], tail: Sequence[int]) -> Span:
    start, end = text.spans[(head or kept)[0]][0], text.spans[(tail or kept)[-1]][1]
    close = re.match(r"[.!?…]+", text.text[end:])
    return start, end + (close.end() if close else 0)


@dataclass(frozen=True, slots=True)
class _Line:
    """Sentences as they stand in a quotation: without its cue, and no further than it reaches."""

    text: Wording
    areas: Sequence[Span]
    joints: Joints
    free: bool

    def before(self, at: int) -> list[int]:
        """The words of word `at`'s sentence that stand before it."""
        first, _ = self._sentence(at)
        left = next((k for k, to in self.joints.skips.items() if to == first), None)
        if left is not None and first > 0 and self._goes_on(left, first):
            return [*self.before(left), left, *range(first, at)]
        return list(range(first, at))

    def behind(self, at: int) -> list[int]:
        """… that stand behind it."""
        _, end = self._sentence(at)
        onward = self.joints.skips.get(end - 1)
        if onward is not None and self._goes_on(end - 1, onward):
            return [*range(at + 1, end), onward, *self.behind(onward)]
        return list(range(at + 1, end))

    def _goes_on(self, last: int, first: int) -> bool:
        """Whether a sentence goes on over a cue: “We stay,” Pell said, “if it rains”, not “We stay,” Pell said. “If …” nor
        “We stay,” Pell said, adding: “I like it”."""
        gap = self.text.text[self.text.spans[last][1] : self.text.spans[first][0]]
        cue = _OPENED.split(gap)[0].rstrip()
        begins, word = self.text.text[self.text.spans[first][0]], self.text.words[first]
        anew = begins.isupper() and word.split("'")[0] in _FIRST and word.split("'")[0] != "i"
        return not (_ENDED.match(gap) or cue[-1:] in (".", "!", "?", "…") or anew or _ADDING.search(cue))

    def _sentence(self, at: int) -> Piece:
        start, end = self.text.spans[at]
        area = next((a for a in self.areas if a[0] <= start and end <= a[1]), (start, end))
        # without marks of quotation, inside which sentences would not be told apart
        bare = _MARKS.sub(" ", self.text.text[slice(*area)])
        spans = ((a + area[0], b + area[0]) for s in sentences(bare) for a, b in _stopped(bare, s))
        whole = next((s for s in spans if s[0] <= start and end <= s[1]), (start, end))
        first, stop = self.text.within(whole)
        if self.free:
            return first, stop
        inner = [i for i in range(first, at) if _MARKS.search(self.text.text, *self.text.between(i))]
        outer = [i for i in range(at, stop - 1) if _MARKS.search(self.text.text, *self.text.between(i))]
        return (inner[-1] + 1 if inner else first), (outer[0] + 1 if outer else stop)


def _stopped(text: str, span: Span) -> list[Span]:
    """A sentence parted where it stops before a capital letter after all, as "It is not about me. It is about you" does."""
    starts = [span[0], *(m.end() for m in _STOP.finditer(text, *span))]
    return list(zip(starts, [*starts[1:], span[1]], strict=True))


Turn = tuple[str, str]
"""(words left out, what they do)"""


def _gap(text: Wording, i: int, j: int) -> str:
    """What stands between two words that follow one another in a sentence; over a cue, a comma."""
    return text.text[text.spans[i][1] : text.spans[j][0]] if j == i + 1 else ", "


def _joined(text: Wording, words: Sequence[int], n: int) -> str:
    """Words n and n + 1 as an idiom: "even-if"."""
    return "-".join(text.words[i] for i in words[n : n + 2])


def _begins(text: Wording, i: int) -> bool:
    """Whether word i, behind "and", begins a clause of its own."""
    word = text.words[i]
    return word.split("'")[0] in BEGINNING or word.endswith("n't") or text.text[text.spans[i][0]].isupper()


def _turned_before(text: Wording, head: Sequence[int], at: int) -> Turn | None:
    """What of a sentence's left-out beginning turns the words from `at` on."""
    scope = _clause_before(text, [*head, at])
    words = [text.words[i] for i in scope]
    if not words:
        return None
    set_off = "," in _gap(text, scope[-1], at)
    given = max((n for n, w in enumerate(words) if w in GIVEN), default=-1)
    for n, word in enumerate(words):
        if _denies_onward(text, [*scope, at], n, set_off, n > given):
            return _shown(text, scope[n:]), NEGATED
        either = word == "whether" and set_off and "or" in words[n:]  # "whether it rains or not, …"
        if (
            not either
            and (n > given or n == 0)
            and (_is_condition(text, [*scope, at], n) or (n == 0 and word in POSED))
        ):
            return _shown(text, scope[n:]), OPEN if n == len(words) - 1 and not set_off else CONDITION
    if any(_gives_away(text, [*scope, at], n) for n in range(len(words))):
        return _shown(text, scope), GIVES
    return None


def _denies_onward(text: Wording, words: Sequence[int], n: int, set_off: bool, near: bool) -> bool:
    """Whether word n, left out, turns the last of the words: "not true that", "I deny that", "nobody can say".

    `set_off`: a comma stands before the last word, as behind a clause of its own. `near`: nothing between them is told
    as so ("nobody was there when …").
    """
    plain = [text.words[i] for i in words[:-1]]
    around = {_joined(text, words[:-1], n), _joined(text, words, n - 1) if n else ""}
    if negates(plain[n]) and plain[n] not in NARROW and not around & NO_NEGATORS:
        aside = n + 1 < len(plain) and "," in _gap(text, words[n], words[n + 1])  # "never, in forty years, …"
        undone = (CUT_DENIALS | AFFIRMED) & set(plain[n + 1 : n + 3])  # "can't deny that …" denies nothing
        return near and not undone and (aside or not set_off) and not (aside and plain[n] == "no")
    if plain[n] not in CUT_DENIALS and "far-from" not in around:
        return False
    return not set_off and not any(negates(w) for w in plain[max(0, n - 2) : n])


def _shown(text: Wording, words: Sequence[int]) -> str:
    """These words as the text writes them, cues apart."""
    runs: list[list[int]] = []
    for i in words:
        if runs and runs[-1][1] == i:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    return " … ".join(text.shown(*run) for run in runs)


def _clause_before(text: Wording, words: Sequence[int]) -> list[int]:
    """The words before the last one that can bear on it: what a semicolon, "but" or "and we …" parts off can't."""
    dashes = [n for n in range(1, len(words)) if _DASH.search(_gap(text, words[n - 1], words[n]))]
    for n in range(len(words) - 1, 0, -1):
        gap = _gap(text, words[n - 1], words[n])
        if _CLAUSE.search(gap) or (n in dashes and len(dashes) == 1):
            return list(words[n:-1])
        if _parts(text, words, n - 1):
            return list(words[n:-1])
    return list(words[:-1])


def _parts(text: Wording, words: Sequence[int], n: int) -> bool:
    """Whether with word n another clause begins: "but …", "…, and …", "and we …", "…, which …"."""
    word, parted = text.words[words[n]], n > 0 and "," in _gap(text, words[n - 1], words[n])
    if word in ("and", "so"):
        return parted or (n + 1 < len(words) and _begins(text, words[n + 1]))
    return word in ("but", "yet") or (parted and word in ("which", "who", "whose", "where"))


def _is_condition(text: Wording, words: Sequence[int], n: int) -> bool:
    word = text.words[words[n]]
    long = "-".join(text.words[i] for i in words[n : n + 3])
    if long in CONDITION_PHRASES or _joined(text, words, n) in CONDITION_PHRASES:
        return True
    around = {long, _joined(text, words, n), _joined(text, words, n - 1) if n else ""}
    if word not in CUT_CONDITIONS or around & NO_CONDITIONS:
        return False
    if word == "until" and n + 1 < len(words):
        beyond = text.words[words[n + 1]]
        return not (beyond[0].isdigit() or beyond in MOMENTS or _joined(text, words, n + 1) in MOMENTS)
    return True


_OWN = ("i", "we", "let's")


def _is_own(word: str) -> bool:
    """Whether a (plain) word means whoever speaks: "i", "we've"."""
    return word in _OWN or word.startswith(("i'", "we'"))


def _gives_away(text: Wording, words: Sequence[int], n: int) -> bool:
    """Whether word n gives the last of the words as what somebody else says: "my opponents claim that", "we were told"."""
    word, between = text.words[words[n]], [text.words[i] for i in words[n + 1 : -1]]
    if word == "according" and between[:1] == ["to"]:
        return between[1:2] not in (["me"], ["us"])
    if between == ["that"] and word in RUMOURS and word not in GIVING:
        return True
    if word in ("heard", "hear") and between == ["that"]:
        return True
    if word not in GIVING or len(between) > _OBJECT + 1 or {"is", "was", "are", "were"} & set(between):
        return False
    if between and between[-1] not in ("that", "how") and not (word in TOLD and len(between) <= 2):
        return word.startswith("accuse") and "of" in between
    if len(between) > 1 and word not in TOLD and not (between[0] in _WHEN or between[0].endswith("ly")):
        return False  # "say the things that I know"
    if not between and "," in _gap(text, words[n], words[-1]):
        return False
    return teller(text, words[:-1], n) is not None or (between == ["that"] and word in RUMOURS and n == 0)


def teller(text: Wording, words: Sequence[int], n: int) -> tuple[int, int] | None:
    """Who else it is that says what verb n of the words brings, as numbers among them (first, end exclusive); None where
    it is the speaker, or nobody: "I say that", "it is fair to say that", "tell them that"."""
    plain = [text.words[i] for i in words]
    at = n - 1
    while at >= 0 and (plain[at] in HELPING or plain[at].endswith(("ly", "n't"))):
        at -= 1
    if at < 0:
        return None
    passed = {"am", "is", "are", "was", "were", "be", "been"} & set(plain[at + 1 : n])
    if (passed or plain[at].endswith(("'m", "'re", "'s"))) and re.search(r"(?:d|ght)\Z", plain[n]):
        return (at, at + 1)  # "we were told"
    if _is_own(plain[at]):
        return None
    if plain[at] == "to":
        near = next((w for w in reversed(plain[:at]) if w in ("they", "he", "she", "people", "you") or _may_own(w)), "")
        return None if _may_own(near) else (0, next((k for k in range(1, at) if plain[k] in HELPING), at))
    first = at
    while first > 0 and "," not in _gap(text, words[first - 1], words[first]) and not _is_own(plain[first - 1]):
        if plain[first - 1] in HELPING or plain[first - 1] in _BEFORE:
            break
        first -= 1
    return (first, at + 1)


def _may_own(word: str) -> bool:
    return _is_own(word) or word in ("it", "it's", "me", "us", "there")


def _turned_behind(text: Wording, at: int, tail: Sequence[int]) -> Turn | None:
    """What of a sentence's left-out end turns the words up to `at`."""
    words = [text.words[i] for i in tail]
    gaps = [_gap(text, i, j) for i, j in zip([at, *tail], tail, strict=False)]
    if words[0] in ("is", "was", "are", "were", "isn't", "wasn't", "would"):  # "… is false"
        said = words[: next((n for n in range(1, len(words)) if "," in gaps[n]), len(words))][:5]
        if any(w in CUT_DENIALS for w in said[1:]) and not any(negates(w) for w in said):
            return _shown(text, tail), NEGATED
    same = "," not in gaps[0]
    for n, word in enumerate(words):
        limits = words[n + 1 : n + 2] in (["only"], ["not"])  # "…, but only if it rains"
        if _CLAUSE.search(gaps[n]) or _DASH.search(gaps[n]) or (_parts(text, tail, n) and not limits):
            break
        asking = any(text.words[i] in ASKING for i in [at - 1, at, *tail[:n]][-3:] if i >= 0)  # "asked them if"
        if _is_condition(text, tail, n) and "," in gaps[n] and _leads_on(words, gaps, n):
            break
        if _is_condition(text, tail, n) and word != "whether" and not asking:
            only = n and words[n - 1] == "only"
            return _shown(text, tail[n - 1 if only else n :]), CONDITION
        if word in GIVEN or word in ("that", "which", "who", "whom", "whose", "where"):
            break
        same = same and "," not in gaps[n] and word not in ("and", "or", "so", "nor")
        around = {_joined(text, tail, n), _joined(text, tail, n - 1) if n else ""}
        if same and negates(word) and word not in NARROW - {"except"} and not around & NO_NEGATORS:
            return _shown(text, tail), NEGATED
    return _aside(text, words, gaps, tail)


def _leads_on(words: Sequence[str], gaps: Sequence[str], n: int) -> bool:
    """Whether the condition at n is one of what comes behind it: "…, if it rains, we go by bus"."""
    return any("," in gaps[k] and words[k].split("'")[0] in BEGINNING for k in range(n + 1, len(words)))


def _aside(text: Wording, words: Sequence[str], gaps: Sequence[str], tail: Sequence[int]) -> Turn | None:
    """Somebody else who is named behind the words as saying them: “…, my opponents claim”, “… according to Pell”."""
    if words[0] == "according" and words[1:3] not in (["to", "me"], ["to", "us"]):
        return _shown(text, tail), GIVES
    if "," not in gaps[0]:
        return None
    size = next((n for n in range(1, len(words)) if gaps[n].strip()), len(words))
    if (
        size > _ASIDE
        or (size < len(words) and "," not in gaps[size])
        or {"to", "which", "who", "where"} & set(words[:size])
    ):
        return None
    if words[0] in GIVING and size > 1 and not _is_own(words[1]):
        return _shown(text, tail[:size]), GIVES
    says = words[size - 1] in GIVING and teller(text, tail[:size], size - 1) is not None
    return (_shown(text, tail[:size]), GIVES) if says else None


def _asked(text: Wording, head: Sequence[int], kept: tuple[int, int], tail: Sequence[int]) -> Turn | None:
    """Whether the words are cut out of a question, and don't look like one."""
    left = tail or [kept[1]]
    if not re.match(r"[^\w.!]*\?", text.text[text.spans[left[-1]][1] :]) or not (head or tail):
        return None
    if _shown(text, tail).lower() in ("you know", "right", "ok", "okay"):
        return None
    begins = [kept[0], *(i for i in range(kept[0] + 1, kept[1] + 1) if "," in _gap(text, i - 1, i))]
    if any(text.words[i] in QUESTIONING for i in begins):
        return None
    parted = [
        n
        for n in range(len(tail))
        if _parts(text, tail, n) or _CLAUSE.search(_gap(text, ([kept[1], *tail])[n], tail[n]))
    ]
    return None if parted else (_shown(text, tail or head), QUESTION)


def inner_quotation(text: str, span: Span, area: Span) -> Span | None:
    """The quotation inside somebody's quotation in which all of `span` stands, in characters, without its marks: “… people
    say, ‘You lie.’ …”; None where there is none. Its marks are of the other kind than those around it."""
    outer = text[area[0] : area[0] + 1]
    if outer not in "\"“„«'‘" or not outer:
        return None
    pattern = _INNER["single" if outer in "'‘" else "double"]
    for found in pattern.finditer(text, area[0] + 1, area[1]):
        if found.start("inner") <= span[0] and span[1] <= found.end("inner"):
            return found.span("inner")
    return None


def _named(text: Wording, words: Sequence[int], first: int, end: int) -> int:
    """Where the subject itself begins: at "the" of "last autumn the minister", at the name of "last year Tomas Pell"."""
    plain = [text.words[i] for i in words]
    if plain[end - 1] in ("they", "he", "she", "it", "you"):
        return end - 1
    if starts := [n for n in range(first, end) if plain[n] in _DETERMINERS]:
        return starts[-1]
    at = end - 1
    while at > first and text.text[text.spans[words[at - 1]][0]].isupper() and at - 1 > 0:
        at -= 1
    return at if text.text[text.spans[words[at]][0]].isupper() else first


def told_by(text: Wording, inner: Span, area: Span) -> tuple[bool, Span | None]:
    """Whether an inner quotation is the speaker's own ("I told him: ‘…’"), else who is named right before it as saying it,
    in characters, or None. A name or a joke in quotation marks (“our ‘safety first’ plan”) is the speaker's."""
    first, _ = text.within(inner)
    head = _Line(text, (area,), Joints({}, [], frozenset()), True).before(first)
    for n in range(len(head) - 1, -1, -1):
        if text.words[head[n]] in GIVING:
            said = teller(text, head, n)
            if said is None or _is_own(text.words[head[said[0]]]):  # "we were told" tells of nobody
                return said is None, None
            return False, text.span(head[_named(text, head, *said)], head[said[1] - 1] + 1)
    if any(_is_own(text.words[i]) or text.words[i] == "my" for i in head):
        return True, None
    said_aloud = text.text[inner[0]].isupper() and text.text[inner[1] - 1] in ".,!?…"
    return not said_aloud, None
