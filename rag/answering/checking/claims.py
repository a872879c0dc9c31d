"""A sentence as the claim it makes: telling words in order, clauses, quotations, and whom it names as speaker.

Pure functions over text; every span counts characters. What a word does to a claim is listed in
`rag.answering.checking.wording`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from rag import turning
from rag.answering.checking import wording
from rag.domain import Span
from rag.text import fold, stem

Effect = Literal["word", "number", "say", "turn", "unreal", "modal", "measure", "about", "gender", "break"]
"""word: plain content. number: with its unit. say: a neutral verb of reporting. turn: negates or makes conditional.
unreal: what follows isn't said to be so. modal: "would". measure: limits the next word. about: makes a number rough.
gender: "he" or "she". break: a clause ends."""


@dataclass(frozen=True, slots=True)
class Token:
    """One telling word or number."""

    text: str
    key: str
    """Equal for words that say the same: the stem, the number's value, the present form of a modal verb."""
    kind: Effect
    at: Span
    name: bool = False
    """Capitalised inside a sentence."""
    says: bool = False
    """A verb of speech, neutral or not."""
    to: bool = False
    """Stands behind "to", as what is meant to happen does."""
    links: frozenset[str] = frozenset()
    """What `wording.LINKS` has between the token before it ("he", "she" and bounds of clauses apart) and it."""
    bounds: frozenset[str] = frozenset()
    """What parts it from that token: "," (brackets and dashes are as good), "and", "that", "who", a pronoun
    that is a subject, or ";" for a bound that ends a clause."""
    part: bool = False
    """A hyphen ties it to the token after it: "near" of "near-fatal"."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a sentence names as the speaker, and what is then left of it."""

    subject: str
    rest: str
    """The claim itself, with a verb that says more than "said"."""
    beside: str
    """Circumstances that were cut off: "On towing", "told reporters"."""

    def titled_as(self, article: str) -> Attribution:
        """Without "Mr" or "Dr" in front of the subject, if the article has that title before that surname, too."""
        title, _, name = self.subject.partition(" ")
        key = title.rstrip(".").lower()
        if not name or key not in wording.TITLES:
            return self
        there = re.search(
            rf"\b{key}\.? (?:[\w'-]+ ){{0,2}}{re.escape(name.split()[-1])}\b", fold(article), re.IGNORECASE
        )
        return replace(self, subject=name) if there else self

    @property
    def pronoun(self) -> bool:
        return self.subject.lower() in ("he", "she", "they")


# --- telling words

_UNITS = "|".join(sorted(wording.UNITS, key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(wording.TENS)})(?:[- ](?:{_UNITS}))?|(?:{_UNITS}))"
_HUNDREDS = rf"(?:(?:{_SMALL}|a) hundred(?: and {_SMALL}| {_SMALL})?|{_SMALL})"
_LARGE = r"(?:thousand|million|billion|trillion|dozen)"
_SPELT = rf"\b(?:(?:{_HUNDREDS}|a) {_LARGE}(?:,? (?:and )?{_HUNDREDS})?|{_HUNDREDS})\b"
_DIGITS = r"(?:(?:nz|us|au|a|c)?[$£€])?\d+(?:,\d{3})*(?:\.\d+)?(?:(?:st|nd|rd|th|s|'s)\b)?"
_SCALE = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion|dozen|mn|bn|tn|m|k)\b)?"
_UNIT = r"(?: ?%| ?per ?cent\b|[ -](?:dollars?|pounds?|euros?)\b)?"
_MONTH = "|".join(wording.MONTHS)
_DATE = rf"\b(?:(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH}))\b"
_TIME = r"\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b"
_AMOUNT = "|".join(
    f"(?P<{name}{i}>{pattern.replace('{n}', _SPELT)})" for i, (pattern, name) in enumerate(wording.AMOUNTS)
)
_ABBREVIATED = "".join(rf"(?<!\b{word})" for word in ("[a-z]", *sorted(wording.ABBREVIATED)))
_CONTRAST = rf"\b(?:{'|'.join(wording.CONTRASTS)})\b"
_STOP = (
    r";|:(?!\d)|,(?= (?:and|but|while|although|though|yet)\b)| - |\x01"
    rf"|(?:[!?]|{_ABBREVIATED}[.])[.!?]*(?=[\"')]*(?:\s|$))"
)
_BREAK = rf"{_STOP}|{_CONTRAST}"
_WORD = r"no one\b|[^\W\d_]+(?:'[^\W\d_]+)*(?:-\d+)?|[^\W_]+"
_TOKEN = re.compile(
    rf"(?P<date>{_DATE})|(?P<time>{_TIME})|{_AMOUNT}|(?P<number>{_DIGITS}{_SCALE}{_UNIT}|{_SPELT}{_UNIT})|(?P<brk>{_BREAK}|[.]{{3,}}|…)|(?P<word>{_WORD})|(?P<aside>[,()])"
)
_TIED = re.compile(r"[-\u2010\u2011](?=[^\W\d_])")
_CLAUSE = re.compile(rf"(?={_CONTRAST})|{_STOP}", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]|\n)[\s\"'(\[]*$|[\"(]$")


def tokens(text: str) -> list[Token]:
    """The telling words of a text, in order; function words and words of reporting style are left out."""
    plain = _dashed(text)
    found: list[Token] = []
    met: set[str] = set()
    bounds: set[str] = set()
    for m in _TOKEN.finditer(plain.lower()):
        if bound := _bounds(m) or ({"it"} if m.group() == "it" and (bounds or not found) else set()):
            bounds |= bound
            met -= wording.GOVERNING  # "of" of "12 of them and bought"
        met |= _links(m.group())
        for token in _read(m, plain):
            silent = token.kind in ("gender", "break")
            if silent:
                found.append(token)
                continue
            tied = bool(_TIED.match(text, token.at[1]))
            found.append(replace(token, links=frozenset(met), bounds=frozenset(bounds), part=tied))
            met, bounds = set(), set()
    return found


def _dashed(text: str) -> str:
    """Folded, but for long dashes, which part words with or without spaces around them."""
    return fold(text.replace("—", "\x01"))


def _bounds(m: re.Match[str]) -> set[str]:
    """What of a bound a word or a mark is."""
    text = m.group()
    if m.lastgroup == "aside" or text in (",", " - ", "\x01", "...", "…"):
        return {","}
    if m.lastgroup == "brk":
        return {text} if text == "but" else {";"}
    return {wording.BOUNDS.get(text, "")} - {""}


def links(text: str) -> set[str]:
    """What of `wording.LINKS` a text of small words holds."""
    return set[str]().union(*(_links(word) for word in fold(text).lower().split()))


def _links(word: str) -> set[str]:
    """What of `wording.LINKS` a word is or holds: "we're" holds two."""
    base, mark, end = word.partition("'")
    held = {wording.LINKS.get(base, "")} if not mark or base in wording.FUNCTION else set()
    if end in ("s", "re", "m") and base in wording.FUNCTION:
        held.add("be")
    return held - {""}


def _read(m: re.Match[str], plain: str) -> Iterator[Token]:
    text, at, group = plain[m.start() : m.end()], m.span(), m.lastgroup or ""
    if group == "word":
        yield from _read_word(text, at, plain)
    elif group == "brk":
        yield Token(text, "/", "break", at)
    elif group == "aside":
        return
    elif group == "date":
        month = next(i for i, name in enumerate(wording.MONTHS) if name in m.group())
        day = re.search(r"\d+", m.group())
        yield Token(text, f"@{month + 1}-{int(day.group()) if day else 0}", "number", at)
    elif group == "time":
        yield Token(text, "@" + re.sub(r"[ .]", "", m.group()).replace(":", ""), "number", at)
    elif group == "number":
        yield Token(text, _number(m.group()), "number", at)
    else:
        name = group.rstrip("0123456789")
        yield Token(text, name, "about" if name == "about" else "measure", at)


_SIGNS = ((r" ?%| ?per ?cent", "%"), (r"[ -]dollars?", "$"), (r"[ -]pounds?", "£"), (r"[ -]euros?", "€"))


def _number(text: str) -> str:
    """ "#" with currency, value and percent sign: "£2.4m", "2.4 million pounds" and "£2,400,000" are one."""
    unit = ""
    for pattern, sign in _SIGNS:
        if m := re.search(rf"(?:{pattern})$", text):
            text, unit = text[: m.start()], sign
    if m := re.match(r"(?:nz|us|au|a|c)?[$£€]", text):
        text, unit = text[m.end() :], m.group()
    digits = re.match(r"(\d+(?:,\d{3})*(?:\.\d+)?)(st|nd|rd|th|'?s\b)?", text)
    value = Decimal(digits[1].replace(",", "")) if digits else None
    if digits and digits[2]:
        return f"#{value}{digits[2].strip(chr(39))}" if digits[2][-1] == "s" else f"#{value}th"
    total = Decimal(0)
    for word in re.findall(r"[a-z]+", text[digits.end() :] if digits else text):
        scale = wording.SCALES.get(word)
        if scale is None:
            value = (value or Decimal(0)) + wording.TENS.get(word, wording.UNITS.get(word, int(word == "a")))
        elif scale == 100:
            value = (value or Decimal(1)) * 100
        else:
            total, value = total + (value or Decimal(1)) * scale, Decimal(0)
    return f"#{unit}{(total + (value or Decimal(0))).normalize():f}"


_TIME_NOUN = re.compile(rf" +(?:{'|'.join(sorted(wording.TIMES))})s?\b", re.IGNORECASE)


def _read_word(text: str, at: Span, plain: str) -> Iterator[Token]:
    word = text.lower()
    if word.endswith("n't"):
        if modal := {"ca": "can", "wo": "will", "sha": "should"}.get(word[:-3], wording.MODALS.get(word[:-3])):
            yield Token(text, modal, "modal", at)
        elif word[:-3] not in wording.FUNCTION and word != "ain't":
            yield _plain_token(text[:-3], word[:-3], at, plain)
        yield Token(text, "no", "turn", at)
        return
    if word.endswith("'ll"):
        yield Token(text, "will", "modal", at)
        word = word[:-3]
    word = re.sub(r"'(?:s|re|ve|d|m)$|'$", "", word)
    if word == "cannot":
        yield Token(text, "can", "modal", at)
        word = "no"
    if word in ("he", "him", "his", "she", "her", "hers"):
        yield Token(text, "he" if word[1] == "i" or word == "he" else "she", "gender", at)
    elif word in wording.WHICH and _TIME_NOUN.match(plain, at[1]):
        yield Token(text, word, "measure", at)
    elif word not in wording.FUNCTION or text in ("US", "IT", "WHO"):
        yield _plain_token(text, word, at, plain)


def _plain_token(text: str, word: str, at: Span, plain: str) -> Token:
    says = word in wording.NEUTRAL | wording.LOADED | wording.CLAIMING
    key = wording.SAME.get(word) or _key(word)
    kind: Effect = "word"
    if word in wording.NEUTRAL:
        kind, key = "say", "say"
    elif word in wording.MODALS:
        kind, key = "modal", wording.MODALS[word]
    elif word == "gonna":
        kind, key = "modal", "will"
    elif word in turning.NEGATORS or word in turning.DENIALS or word in turning.CONDITIONS or word == "no one":
        kind = "turn"
    elif word in wording.UNREAL:
        kind = "unreal"
    elif word in wording.MEASURES:
        kind = "measure"
    elif word in wording.ORDINALS:
        kind, key = "number", f"#{wording.ORDINALS[word]}th"
    name = text[0].isupper() and not _SENTENCE_START.search(plain[: at[0]])
    return Token(text, key, kind, at, name, says, plain[: at[0]].lower().endswith(" to "))


_DERIVED = re.compile(r"(?:i(?:ty|tie)|ion|ive|ism)(?=s?$)")


def _key(word: str) -> str:
    """The stem, with an ending that makes another word of it: "author" and "authority" have one stem."""
    root = stem(word)
    m = _DERIVED.search(word)
    return f"{root}+{m[0][:3]}" if m and not root.endswith(m[0][:3]) else root


def clauses(text: str) -> list[str]:
    """The text cut where one claim ends and another begins, inside quotations, too."""
    return [piece for piece in _CLAUSE.split(_dashed(text)) if piece.strip()]


def negates(token: Token) -> bool:
    """Whether it is "not", "nobody" or the like, no other word that turns a claim."""
    word = token.text.lower()
    return token.key == "no" or word in turning.NEGATORS or word == "no one"


def scopes(found: Sequence[Token]) -> list[Span]:
    """Clauses as index ranges of a list of tokens; "and that" begins one, too."""
    ends = [i for i, t in enumerate(found) if t.kind == "break"]
    starts = [i for i, t in enumerate(found) if t.bounds >= {"and", "that"}]
    cuts = sorted({0, len(found), *starts, *ends, *(i + 1 for i in ends)})
    return [(a, b) for a, b in pairwise(cuts) if found[a].kind != "break"]


def genders(found: Sequence[Token]) -> list[str]:
    """The run of "he" and "she", repeats taken once."""
    run = [t.key for t in found if t.kind == "gender"]
    return [key for i, key in enumerate(run) if i == 0 or run[i - 1] != key]


def align(wanted: Sequence[Token], there: Sequence[Token]) -> list[tuple[int, int]]:
    """The longest common subsequence by key, as index pairs; of several the one with the most neighbours.

    Source: Needleman and Wunsch 1970, with a reward for a match that follows a match.
    """
    n, m = len(wanted), len(there)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    run = [[0.0] * (m + 1) for _ in range(n + 1)]  # best score that ends in a match right here
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            if wanted[i - 1].key == there[j - 1].key and there[j - 1].kind not in ("break", "gender"):
                run[i][j] = 1 + max(best[i - 1][j - 1], run[i - 1][j - 1] + 0.01 if run[i - 1][j - 1] else 0.0)
            best[i][j] = max(best[i - 1][j], best[i][j - 1], run[i][j])
    pairs: list[tuple[int, int]] = []
    i, j = n, m
    while i and j and best[i][j]:
        if run[i][j] == best[i][j]:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
            while i and j and run[i][j] and abs(run[i + 1][j + 1] - 1 - run[i][j] - 0.01) < 1e-9:
                pairs.append((i - 1, j - 1))
                i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


# --- quotations


def tidy(sentence: str) -> str:
    """Without list marks and emphasis of Markdown, on one line."""
    text = re.sub(r"^\s*(?:[-*•#>]+|\d+[.)])\s+", "", sentence)
    return " ".join(text.replace("**", "").replace("__", "").split())


_DOUBLE = re.compile(r'"([^"]*)"')
_SINGLE = re.compile(r"(?<![^\W_])'(?=\S)((?:(?!'(?![^\W_])).)+)'(?![^\W_])")


def quotations(text: str) -> list[Span] | None:
    """Spans of what stands inside quotation marks; None where a double mark is not closed."""
    plain = fold(text)
    if plain.count('"') % 2:
        return None
    doubles = [m.span(1) for m in _DOUBLE.finditer(plain)]
    singles = [m.span(1) for m in _SINGLE.finditer(plain)]
    return sorted(doubles + [s for s in singles if not any(a <= s[0] < b for a, b in doubles)])


# --- the speaker a sentence names

_VERB = "(?:" + "|".join(sorted(w for w in wording.NEUTRAL | wording.LOADED if not w.endswith("ing"))) + ")"
_ADVERBS = r"(?:(?:also|later|further|then|again|earlier|previously|repeatedly) )*"
_ACCORDING = re.compile(r"(?:^|,? )according to (?P<subject>[^,\0]+?)(?:, |[.]?$)", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?:[,?!.]|\0)[ \"']+(?:(?P<subject>[^,\0]{{2,80}}?) {_ADVERBS}(?P<verb>{_VERB})"
    rf"|(?P<verb2>{_VERB}) (?P<subject2>[^,\0]{{2,80}}?))[.]?$"
)
_BEFORE = re.compile(rf"^(?P<subject>[^\0]{{2,160}}?) {_ADVERBS}(?P<verb>{_VERB})\b")
_COLON = re.compile(r"^(?P<subject>[^\0:]{2,80}): ?[\"']?\0")
_LISTENER = re.compile(r" ([^,:\0]{2,60}?)(?: that\b|: ?|, ?(?=[\"']))")
_LED = re.compile(
    r"^(?:\w+ing|on|in|about|asked|speaking|regarding|when|at|earlier|later|meanwhile|however|also|of|after|before|as|yesterday"
    r"|today|during|separately|finally)\b",
    re.IGNORECASE,
)
_TO_BE = re.compile(r"\b(?:is|are|was|were|been|being|be)$", re.IGNORECASE)


def attributions(text: str, quotes: Sequence[Span]) -> Iterator[Attribution]:
    """The sentence's own "X said", wherever it stands outside quotations, in each way that it can be read: "…, said Coster
    won" may be inverted or not; none where there is none.

    A passive ("was told") or a negated verb of speech is no attribution of words to its subject: the first gives none,
    the second a subject that nobody is called by.
    """
    masked = fold(text)
    for start, end in quotes:
        masked = masked[:start] + "\0" * (end - start) + masked[end:]
    if m := _ACCORDING.search(masked):
        yield Attribution(m["subject"].strip(), f"{text[: m.start()]} {text[m.end() :]}".strip(), "")
        return
    if m := _AFTER.search(masked):
        verb = m["verb"] or m["verb2"]
        subject = m["subject"] or m["subject2"]
        if not _TO_BE.search(subject):
            yield Attribution(subject.strip(), text[: m.start() + 1], "" if verb in wording.NEUTRAL else verb)
            if m["verb"]:
                return
    if m := _BEFORE.search(masked):
        if found := _from_start(m, text, masked):
            yield found
    elif m := _COLON.search(masked):
        subject, beside = _subject(m["subject"])
        yield Attribution(subject, text[m.end("subject") + 1 :], beside)


def _from_start(m: re.Match[str], text: str, masked: str) -> Attribution | None:
    if _TO_BE.search(m["subject"]):
        return None
    verb, at = m["verb"], m.end()
    subject, beside = _subject(text[m.start("subject") : m.end("subject")])
    if verb in turning.TOLD and (listener := _LISTENER.match(masked, at)):
        beside, at = f"{beside}, {listener[1]}", listener.end()
    kept = tokens(verb)
    if kept and kept[0].kind in ("word", "say"):
        beside += "" if verb in wording.NEUTRAL else f", {verb}"
        return Attribution(subject, text[at:], beside)
    return Attribution(subject, f"{verb} {text[at:]}", beside)


def _subject(before: str) -> tuple[str, str]:
    """What names the speaker, and the circumstances in front of it."""
    pieces = [p.strip() for p in before.split(",")]
    names = [p for p in pieces if p and not _LED.match(p)]
    return ", ".join(names), ", ".join(p for p in pieces if _LED.match(p))


def _name_words(text: str) -> list[str]:
    found = re.findall(r"[^\W_]+(?:'[^\W_]+)?", fold(text).lower())
    words = [w.removesuffix("'s") for w in found]
    return [w for w in words if w not in wording.FUNCTION or w == "not"]


def surname(name: str) -> str:
    """The last word of a name, without "Jr"; of a description ("A protester in the camp") its first noun."""
    words = [w for w in _name_words(name) if w not in ("jr", "sr", "ii", "iii")]
    if not words:
        return ""
    described = not name.split()[-1][:1].isupper()
    return words[0] if described else words[-1]


def is_called(subject: str, name: str, role: str | None, surname_suffices: bool = True) -> bool:
    """Whether a subject ("Police Commissioner Andrew Coster", "the Commissioner", "Coster") names this speaker.

    Every word of it must be of the name or the role, and the surname or the role's noun must be among them.
    """
    said, own = _name_words(subject), _name_words(name)
    held = _name_words(role or "")
    if not said or not own:
        return False
    initials = "".join(w[0] for w in re.findall(r"[^\W_]+", name) if w[0].isupper()).lower()
    if len(initials) > 2 and said == [initials]:
        return True
    if not set(said) <= set(own) | set(held):
        return False
    if surname(name) in said:
        return surname_suffices or set(own) <= set(said) or bool(set(said) & (set(held) - set(own)))
    noun = _name_words((role or "").split(" of ")[0])
    return bool(noun) and noun[-1] in said and not set(said) & (set(own) - set(held))
