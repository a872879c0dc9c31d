"""The quote check: whether the archive holds these words, and as this speaker's.

A changed word is never forgiven: "verbatim" needs every asked word, in order and with nothing between them, up to
typography (see `rag.verbatim`). Likeness decides only between "altered" and "not_found".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.domain import Article, Citation, QuoteCheck, Span, Statement, Verdict, cite
from rag.holdings import Holdings
from rag.text import clip, paragraphs, sentences, stem
from rag.voices import Agreement, Voices
from rag.verbatim import Joints, Nearest, Piece, Wording, find, nearest, nearness, wording

LEAST_WORDS, MOST_WORDS = 2, 600
ALTERED = 0.60
"""Share of the asked words, weighted by rarity, that must stand in one place for a quote to be an altered one."""
NEAR = 0.30
"""… for a place to be shown as the nearest."""
_PASSAGES = 60  # that the word index gives
_ARTICLES = 20  # of theirs that are read
_ALIGNED = 4  # articles in which the quote is aligned word by word
_RAREST = 24  # words of the quote that are looked for
_PASSED = 120  # words that one ellipsis mark may pass over
_CUE = 40  # words between two pieces of a split quotation
_OPENING, _CLOSING = "\"'“‘„«”", "\"'”’»"


def check(holdings: Holdings, quote: str, speaker: str | None) -> QuoteCheck:
    """Whether the archive holds `quote`, and whether `speaker` said it.

    verbatim: the words are there, and nothing speaks against the speaker. altered: they are there with changes, which
    `differences` lists; the true words are cited. misattributed: they are there, and somebody else's. not_found:
    neither; the nearest place is cited where there is one. The earliest article is cited, others are `elsewhere`.
    """
    speaker = " ".join((speaker or "").split()) or None
    asked = wording(quote)
    if problem := _problem(asked):
        return QuoteCheck("not_found", quote, speaker, None, None, explanation=problem)
    read = _by_words(holdings, asked)
    places = _places(asked, read.values(), speaker)
    if speaker and all(p.agreement != "agrees" for p in places):
        theirs = _by_speaker(holdings, asked, speaker, read)
        places.extend(_places(asked, theirs.values(), speaker))
        read = {**read, **theirs}
    if places:
        return _found(quote, speaker, asked, places)
    return _near(holdings, quote, speaker, asked, list(read.values()))


def _problem(asked: Wording) -> str | None:
    if not any(c.isalnum() for word in asked.words for c in word):
        return "There are no words to look for."
    if len(asked) < LEAST_WORDS:
        return "One word is not enough to tell a quotation by; give at least two."
    if len(asked) > MOST_WORDS:
        return f"The quotation has {len(asked):,} words; check it in parts of at most {MOST_WORDS}."
    return None


# -- where to look -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Read:
    """An article that may hold the words."""

    voices: Voices

    @property
    def article(self) -> Article:
        return self.voices.article

    @cached_property
    def wording(self) -> Wording:
        return wording(self.article.text)

    @cached_property
    def joints(self) -> Joints:
        return _joints(self.wording, self.voices.statements)


def _by_words(holdings: Holdings, asked: Wording) -> dict[int, _Read]:
    """The articles of the passages that share the rarest words, best first."""
    rarity = _rarities(holdings, asked)
    sought = sorted(rarity, key=lambda word: -rarity[word])[:_RAREST]
    ranking = holdings.words.search(" ".join(sought), _PASSAGES)
    held = holdings.catalogue.passages([number for number, _ in ranking])
    keys = list(dict.fromkeys(held[number][1] for number, _ in ranking if number in held))[:_ARTICLES]
    return _read(holdings, keys)


def _by_speaker(holdings: Holdings, asked: Wording, speaker: str, but: Mapping[int, _Read]) -> dict[int, _Read]:
    """The articles in which the claimed speaker says something that shares most words with the quote."""
    people = holdings.who.named(speaker)
    said = holdings.catalogue.statements_by([p.id for p in people]) if people else []
    read = _read(holdings, list(dict.fromkeys(key for key, _ in said if key not in but)))
    shared: dict[int, int] = {}
    for key, statement in said:
        if key in read:
            words = {w for span in statement.spans for w in wording(read[key].article.cut(span)).words}
            shared[key] = max(shared.get(key, 0), sum(word in words for word in asked.places))
    best = sorted(shared, key=lambda key: (-shared[key], key))[:_ALIGNED]
    return {key: read[key] for key in best if shared[key]}


def _read(holdings: Holdings, keys: Sequence[int]) -> dict[int, _Read]:
    articles = holdings.catalogue.articles_by_key(keys)
    return {key: _Read(Voices(holdings, key, articles[key])) for key in keys if key in articles}


def _rarities(holdings: Holdings, asked: Wording) -> dict[str, float]:
    """Asked word → how rare it is in the archive; a word that the archive doesn't have is as rare as can be."""
    return {word: holdings.words.rarity(stem(word.split("'")[0])) if word[0].isalnum() else 0.5 for word in asked.places}


# -- what a reader may pass over ---------------------------------------------------------------------------------


def _joints(text: Wording, statements: Sequence[Statement]) -> Joints:
    """From the pieces of an article's statements, in reading order, without those that lie in another one."""
    pieces: list[tuple[Span, Statement]] = []
    for span, statement in sorted(((span, s) for s in statements for span in s.spans), key=lambda p: (p[0][0], -p[0][1])):
        if not pieces or span[0] >= pieces[-1][0][1]:
            pieces.append((span, statement))
    skips: dict[int, int] = {}
    breaks: set[int] = set()
    chains: list[Span] = [pieces[0][0]] if pieces else []
    for (before, left), (after, right) in zip(pieces, pieces[1:], strict=False):
        last, first = text.within(before)[1] - 1, text.within(after)[0]
        gap = text.text[before[1] : after[0]]
        near = _one_voice(left, right) and first - last <= _CUE and len(sentences(gap)) <= 1
        if near and "\n" not in gap and _is_split(text.text, before, after):
            skips[last] = first
        if first == last + 1 and _two_voices(left, right):
            breaks.add(last)
        if near:
            chains[-1] = (chains[-1][0], after[1])
        else:
            chains.append(after)
    return Joints(skips, _reach(text, chains), frozenset(breaks))


def _reach(text: Wording, chains: Sequence[Span]) -> list[int]:
    """Within the quotation that goes on; outside quotations, within the paragraph."""
    reach = [0] * len(text)
    for span in [*paragraphs(text.text), *chains]:
        first, end = text.within(span)
        for i in range(first, end):
            reach[i] = min(end, i + 2 + _PASSED)
    return reach


def _is_split(text: str, before: Span, after: Span) -> bool:
    """Whether one piece closes with a quotation mark and the next one opens with one."""
    closed = text[before[0] : before[1]].rstrip(" .,")[-1:] in _CLOSING or text[before[1] : before[1] + 1] in _CLOSING
    opened = text[after[0]] in _OPENING or text[max(0, after[0] - 1) : after[0]] in _OPENING
    return closed and opened


def _one_voice(left: Statement, right: Statement) -> bool:
    """Whether a statement goes on with another one."""
    if left is right:
        return True
    if left.speaker is not None or right.speaker is not None:
        return left.speaker == right.speaker
    return right.cue is None and (right.described is None or left.described == right.described)


def _two_voices(left: Statement, right: Statement) -> bool:
    """Whether two statements are surely of different people."""
    named = left.speaker is not None and right.speaker is not None
    unnamed = "unnamed" in (left.found, right.found) and (left.speaker is not None or right.speaker is not None)
    return (named or unnamed) and left.speaker != right.speaker


# -- found -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where an article holds the words."""

    read: _Read
    spans: tuple[Span, ...]
    statement: Statement | None
    agreement: Agreement

    @property
    def citation(self) -> Citation:
        return cite(self.read.article, (self.spans[0][0], self.spans[-1][1]), self.called)

    @property
    def named(self) -> str | None:
        return self.read.voices.name(self.statement) if self.statement else None

    @property
    def called(self) -> str | None:
        """The speaker's name, or the article's words for somebody it doesn't name."""
        return self.named or (self.read.voices.description(self.statement) if self.statement else None)

    @property
    def order(self) -> tuple[bool, float, str, int]:
        """Earliest first, undated last."""
        when = self.read.article.published
        return (when is None, when.timestamp() if when else 0.0, self.read.article.id, self.spans[0][0])


def _places(asked: Wording, read: Iterable[_Read], speaker: str | None) -> list[_Place]:
    found: list[_Place] = []
    for r in read:
        if not all(word in r.wording.places for word in asked.places):
            continue
        for pieces in find(asked, r.wording, r.joints):
            found.append(_place(r, [r.wording.span(*piece) for piece in pieces], speaker))
    return found


def _place(read: _Read, spans: Sequence[Span], speaker: str | None) -> _Place:
    statement = read.voices.statement_at(spans)
    return _Place(read, tuple(spans), statement, read.voices.agreement(statement, speaker))


def _found(quote: str, speaker: str | None, asked: Wording, places: Sequence[_Place]) -> QuoteCheck:
    """The words are there: whose are they?"""
    for wanted in ("agrees", "contradicts", "open"):
        if fitting := [p for p in places if p.agreement == wanted]:
            break
    # without a claimed speaker, a place where the speaker is known tells more than one where they aren't
    best = min(fitting, key=lambda p: (p.called is None, p.order))
    others: dict[str, _Place] = {}
    for p in sorted(places, key=lambda p: (p.agreement != best.agreement, p.order)):
        if p.read.article.id != best.read.article.id:
            others.setdefault(p.read.article.id, p)
    elsewhere = tuple(p.citation for p in sorted(others.values(), key=lambda p: p.order))
    verdict: Verdict = "misattributed" if best.agreement == "contradicts" else "verbatim"
    citation = cite(
        best.read.article, (best.citation.start, best.citation.end), best.called, tuple(c.article_id for c in elsewhere)
    )
    told = _whose_not(best, speaker) if verdict == "misattributed" else _whose(best, speaker)
    told += _question_mark(asked, best)
    return QuoteCheck(verdict, quote, speaker, best.named, citation, (), elsewhere, told)


def _whose(place: _Place, speaker: str | None) -> str:
    if place.statement is None:
        mind = f", so it does not show that {speaker} said them" if speaker else ""
        return f"The words are there, but the article does not give them as anybody's{mind}."
    if place.called is None or (speaker and place.agreement == "open"):
        return "The words are there; the archive does not name who said them."
    if place.statement.form == "reported":
        return f"The words are there, as the article's report of what {place.called} said, not as a direct quotation."
    inferred = "; the article's layout shows whose they are" if place.statement.found == "continued quote" else ""
    return f"These are the words of {place.called}, word for word{inferred}."


def _whose_not(place: _Place, speaker: str | None) -> str:
    if place.named is None:
        return f"The words are there, but of somebody whom the article calls “{place.called}”, not of {speaker}."
    return f"These are the words of {place.named}, not of {speaker}."


def _question_mark(asked: Wording, place: _Place) -> str:
    """A last sentence that is a question in one text only: the same words, but the reader should know."""
    text = place.read.article.text
    there = text[place.spans[-1][1] : place.spans[-1][1] + 1]
    here = asked.text[asked.spans[-1][1] :].strip("\"'“”‘’ ")[:1]
    if here and there and here in ".!?" and ("?" in (here, there)) and here != there and there in ".!?":
        return " In the article it is a question." if there == "?" else " In the article it is no question."
    return ""


# -- near --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Aligned:
    """A place that comes near to the words."""

    place: _Place
    nearest: Nearest
    share: float
    """Of the asked words, weighted by rarity: how many stand there in the same order."""


def _near(holdings: Holdings, quote: str, speaker: str | None, asked: Wording, read: Sequence[_Read]) -> QuoteCheck:
    """The words as they were asked are not there: are they altered, or only like others?"""
    rarity = _rarities(holdings, asked)
    likeness = [(nearness(asked, r.wording), r) for r in read]
    likeness.sort(key=lambda n: -n[0][0])
    aligned = [a for (_, *around), r in likeness[:_ALIGNED] if (a := _align(asked, r, (around[0], around[1]), rarity, speaker))]
    best = max(aligned, key=lambda a: (round(a.share, 3), a.place.agreement == "agrees"), default=None)
    if best is None or best.share < NEAR:
        return QuoteCheck("not_found", quote, speaker, None, None, explanation="These words are not in the archive, nor any near them.")
    citation = _true_words(best)
    if best.share < ALTERED or len(best.nearest.matched) < 3:
        told = "These words are not in the archive; the nearest that it has are given beside."
        return QuoteCheck("not_found", quote, speaker, None, citation, explanation=told)
    text = best.place.read.wording
    differences = tuple((asked.shown(*mine), text.shown(*other)) for mine, other in best.nearest.differences)
    told = _told(best, differences, speaker)
    return QuoteCheck("altered", quote, speaker, best.place.named, citation, differences, (), told)


def _align(asked: Wording, read: _Read, around: Piece, rarity: Mapping[str, float], speaker: str | None) -> _Aligned | None:
    found = nearest(asked, read.wording, around, (0, len(read.wording)))
    if found is None:
        return None
    whole = sum(rarity[word] for word in asked.words)
    share = sum(rarity[asked.words[i]] for i in found.matched) / whole if whole else 0.0
    return _Aligned(_place(read, [read.wording.span(found.first, found.end)], speaker), found, share)


def _true_words(near: _Aligned) -> Citation:
    """The sentences that hold the place."""
    article, (start, end) = near.place.read.article, near.place.spans[0]
    around = [s for p in paragraphs(article.text) if p[0] < end and start < p[1] for s in sentences(article.text, *p)]
    touched = [s for s in around if s[0] < end and start < s[1]]
    span = (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)
    return cite(article, span, near.place.called)


def _told(near: _Aligned, differences: Sequence[tuple[str, str]], speaker: str | None) -> str:
    changes = "; ".join(_change(*d) for d in differences[:3]) + ("; and more" if len(differences) > 3 else "")
    called, open_ = near.place.called, near.place.agreement == "open"
    if not differences:
        changes = "it runs together words that the article keeps apart"
    told = f"The quotation is not word for word: {changes}."
    if near.place.agreement == "contradicts":
        return f"{told} And the words are those of {called}, not of {speaker}."
    return told if not open_ or called is None or speaker else f"{told} The words are those of {called}."


def _change(asked: str, article: str) -> str:
    asked, article = clip(asked, 80), clip(article, 80)
    if not article:
        return f"“{asked}” is added"
    return f"“{article}” is left out" if not asked else f"“{asked}” stands for “{article}”"
