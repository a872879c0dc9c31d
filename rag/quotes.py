"""The quote check: whether the archive holds these words, and as this speaker's.

A changed word is never forgiven: "verbatim" needs every asked word, in order and with nothing between them, up to
typography (see `rag.verbatim`). Likeness decides only between "altered" and "not_found".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise

from rag.cuts import GIVES, NEGATED, Cut, cut, inner_quotation, told_by
from rag.domain import Article, Citation, QuoteCheck, Span, Statement, Verdict, cite
from rag.holdings import Holdings
from rag.text import clip, fold, paragraphs, sentences, stem
from rag.turning import DENYING, QUESTIONING
from rag.verbatim import Joints, Piece, Wording, find, nearest, nearness, pieces, wording
from rag.voices import Agreement, Voices

LEAST_WORDS, MOST_WORDS = 2, 600
SHARE, COMMON, SPLICED = 0.60, 0.65, 0.85
"""Shares of the asked words that must stand in one place for a quote to be an altered one: weighted by rarity, plain,
and (both) in the pieces of a splice. Chosen on 500 quotations from other news, of which 1 % count as altered ones, and
300 short ones changed in two words or more, of which 6 % are missed; single changes are missed in about 1 %."""
NEAR = 0.30
"""… weighted, for a place to be shown as the nearest."""
_PASSAGES = 60  # that the word index gives
_COPIES = 1000  # that it gives where all of those hold the words
_ARTICLES = 12  # of theirs that are read
_SPOKEN = 60  # articles of the claimed speaker whose statements are compared
_STORIES = 1000  # stories that are looked through for theirs, before the word index is given all of theirs
_ALIGNED = 4  # articles in which the quote is aligned word by word
_RAREST = 24  # words of the quote that are looked for
_PASSED = 120  # words that one ellipsis mark may pass over
_CUE = 40  # words between two pieces of a split quotation
_APART = 10  # words between two pieces that make them separate ones
_MOST_PIECES = 3
_LONGEST_CITED = 1500  # characters
_LONGEST_SENTENCE = 300  # … of a sentence that is shown
_BEGINNING = 8  # words of an article that tell that it is a correction
_WITHDRAWING = re.compile(
    r"^\W*(?:corrections?|clarification|retraction|apology|erratum)\b"
    r"|\b(?:correction|retraction|retracts?|retracted|withdrawn|hoax|fake|parody|misquoted|fabricated)\b",
    re.IGNORECASE,
)
_DISOWNING = re.compile(
    r"(?:\b(?:never|not|denie[sd]|denying)|n['’]t)(?: ever| actually| in fact)?"
    r" (?:say|said|saying|having said|write|wrote|written|used? the words?)(?: that)?[,:]?\s*[\"“„«'‘]?\Z"
    r"|\b(?:fake|hoax|parody|doctored|fabricated|made-up)\b[^“”\"]*[\"“„«'‘]\Z",
    re.IGNORECASE,
)
"""In front of words that were not said."""
_DISOWNED = re.compile(
    r"[^“”\"]{0,60}(?:\b(?:never|not)|n['’]t) (?:say|said|write|wrote)"
    r" (?:this|that|it|so|(?:any|either) of (?:this|that|it)|those words|anything of the (?:kind|sort))\b(?! \w)",
    re.IGNORECASE,
)
"""The beginning of the sentence behind them."""
_OPENING, _CLOSING = "\"'“‘„«”", "\"'”’»"


def check(holdings: Holdings, quote: str, speaker: str | None) -> QuoteCheck:
    """Whether the archive holds `quote`, and whether `speaker` said it.

    verbatim: the words are there, and nothing speaks against the speaker. altered: they are there with changes, or cut
    out of a sentence that says something else (`rag.cuts`), which `differences` lists; the true words are cited.
    misattributed: they are there, and somebody else's, if only of somebody whom the speaker quotes, or were not said.
    not_found: neither; the nearest place is cited where there is one. The earliest article is cited, others are
    `elsewhere`, and what an article has against the words is told.
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
    whole = [p for p in places if not p.altered]
    agreeing = [p for p in places if p.agreement == "agrees"]
    if whole and (not agreeing or any(not p.altered for p in agreeing)):
        return _found(quote, speaker, asked, whole, places)
    if places:
        altered = min((p for p in places if p.altered), key=lambda p: (p.agreement != "agrees", p.order))
        return _cut_short(quote, speaker, altered, places)
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
    """The articles that hold the words side by side, the earliest first; then those of the passages that share the
    rarest words, best first."""
    phrases = holdings.words.phrases(asked.text, _PASSAGES)
    if len(phrases) == _PASSAGES and _holding(holdings, asked, phrases[-1:]):  # so may passages beyond
        phrases = holdings.words.phrases(asked.text, _COPIES)
    ranking = [*phrases[:_PASSAGES], *holdings.words.search(_sought(holdings, asked), _PASSAGES)]
    held = holdings.catalogue.passages([number for number, _ in ranking])
    keys = [*_holding(holdings, asked, phrases), *(held[number][1] for number, _ in ranking if number in held)]
    return _read(holdings, list(dict.fromkeys(keys))[:_ARTICLES])


def _holding(holdings: Holdings, asked: Wording, found: Sequence[tuple[int, float]]) -> list[int]:
    """The earliest articles of which one of these passages holds the asked words side by side, _ARTICLES at most."""
    held = holdings.catalogue.passages([number for number, _ in found])
    articles = holdings.catalogue.articles_by_key({key for _, key in held.values()})
    in_time = sorted(held.values(), key=lambda place: _age(articles[place[1]]))
    return list(islice((key for passage, key in in_time if _holds(asked, articles[key].cut(passage.span))), _ARTICLES))


def _holds(asked: Wording, text: str) -> bool:
    """Whether the text holds the asked words side by side."""
    lower = fold(text).lower()
    if not all(word in lower for word in asked.places if word.isalpha()):  # cheaper than its wording
        return False
    read, size = wording(text), len(asked)
    return any(read.words[at : at + size] == asked.words for at in read.places.get(asked.words[0], ()))


def _by_speaker(holdings: Holdings, asked: Wording, speaker: str, but: Mapping[int, _Read]) -> dict[int, _Read]:
    """The articles in which the claimed speaker says something that shares most words with the quote; of somebody who
    speaks in many, the _SPOKEN that match it best are looked at."""
    people = [p.id for p in holdings.who.named(speaker)]
    keys = _speaking(holdings, asked, people)
    said = holdings.catalogue.statements_by(people, articles=[key for key in keys if key not in but])
    read = _read(holdings, list(dict.fromkeys(key for key, _ in said)))
    shared: dict[int, int] = {}
    for key, statement in said:
        if key in read:
            said_here = read[key].article.text[statement.start : statement.end].lower()
            shared[key] = max(shared.get(key, 0), sum(word in said_here for word in asked.places))
    best = sorted(shared, key=lambda key: (-shared[key], key))[:_ALIGNED]
    return {key: read[key] for key in best if shared[key]}


def _speaking(holdings: Holdings, asked: Wording, people: Sequence[int]) -> list[int]:
    """The articles in which these people speak; of more than _SPOKEN, those that match the quote best."""
    every = holdings.catalogue.articles_by_speakers(people, most=_SPOKEN + 1)
    if len(every) <= _SPOKEN:
        return every
    sought = _sought(holdings, asked)
    found = [key for key, _ in holdings.words.stories(sought, _STORIES)]
    theirs = set(holdings.catalogue.articles_by_speakers(people, among=found))
    best = [key for key in found if key in theirs][:_SPOKEN]
    if len(best) == _SPOKEN or len(found) < _STORIES:
        return best
    every = holdings.catalogue.articles_by_speakers(people)
    return [key for key, _ in holdings.words.stories(sought, _SPOKEN, every)]


def _read(holdings: Holdings, keys: Sequence[int]) -> dict[int, _Read]:
    articles = holdings.catalogue.articles_by_key(keys)
    return {key: _Read(Voices(holdings, key, articles[key])) for key in keys if key in articles}


def _sought(holdings: Holdings, asked: Wording) -> str:
    """The rarest of the asked words."""
    rarity = _rarities(holdings, asked)
    return " ".join(sorted(rarity, key=lambda word: -rarity[word])[:_RAREST])


def _rarities(holdings: Holdings, asked: Wording) -> dict[str, float]:
    """Asked word → how rare it is in the archive; a word that the archive doesn't have is as rare as can be."""
    return {
        word: holdings.words.rarity(stem(word.split("'")[0])) if word[0].isalnum() else 0.5 for word in asked.places
    }


def _age(article: Article) -> tuple[bool, float, str]:
    """Puts articles in order, the earliest first, undated ones last."""
    when = article.published
    return (when is None, when.timestamp() if when else 0.0, article.id)


# -- what a reader may pass over ---------------------------------------------------------------------------------


def _joints(text: Wording, statements: Sequence[Statement]) -> Joints:
    """From the pieces of an article's statements, in reading order, without those that lie in another one."""
    spans = [(span, s) for s in statements for span in s.spans if text.within(span)[0] < text.within(span)[1]]
    said: list[tuple[Span, Statement]] = []
    for span, statement in sorted(spans, key=lambda s: (s[0][0], -s[0][1])):
        if not said or span[0] >= said[-1][0][1]:
            said.append((span, statement))
    skips: dict[int, int] = {}
    breaks: set[int] = set()
    chains: list[Span] = [said[0][0]] if said else []
    for (before, left), (after, right) in pairwise(said):
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
    cut: Cut | None = None
    """The longer sentence that they are cut out of."""
    edits: tuple[tuple[str, str], ...] = ()
    """Words of an editor that they give as the speaker's own, each with its brackets."""
    within: Span | None = None
    """The quotation inside the speaker's quotation in which they stand."""
    quoted_by: str | None = None
    """Who quotes somebody else with them there; `statement` is then that somebody's."""
    disowned: str = ""
    """The article's words that they were not said."""

    @property
    def altered(self) -> bool:
        """Whether the words say something else here than where they are asked."""
        return bool(self.edits) or (self.cut is not None and self.cut.turned)

    @property
    def citation(self) -> Citation:
        return cite(self.read.article, (self.spans[0][0], self.spans[-1][1]), self.called)

    @property
    def named(self) -> str | None:
        if self.disowned:
            return None
        return self.read.voices.name(self.statement) if self.statement else None

    @property
    def called(self) -> str | None:
        """The speaker's name, or the article's words for somebody it doesn't name."""
        return self.named or (self.read.voices.description(self.statement) if self.statement else None)

    @property
    def order(self) -> tuple[bool, float, str, int]:
        """Earliest first, undated last."""
        return (*_age(self.read.article), self.spans[0][0])


def _places(asked: Wording, read: Iterable[_Read], speaker: str | None) -> list[_Place]:
    found: list[_Place] = []
    for r in read:
        if not all(word in r.wording.places for word in asked.places):
            continue
        for way in find(asked, r.wording, r.joints):
            place = _place(r, [r.wording.span(*piece) for piece in way], speaker)
            place = _disowned(_inside(place, speaker), speaker)
            found.append(replace(place, cut=_cut(asked, place, way), edits=_edits(asked, place, way)))
    return found


def _place(read: _Read, spans: Sequence[Span], speaker: str | None) -> _Place:
    statement = read.voices.statement_at(spans)
    return _Place(read, tuple(spans), statement, read.voices.agreement(statement, speaker))


def _inside(place: _Place, speaker: str | None) -> _Place:
    """A place inside a quotation within somebody's quotation (“Pell told me, ‘It is over,’ and I left”) as its own speaker's."""
    statement, text = place.statement, place.read.article.text
    whole = (place.spans[0][0], place.spans[-1][1])
    area = next((a for a in statement.spans if a[0] <= whole[0] and whole[1] <= a[1]), None) if statement else None
    inner = inner_quotation(text, whole, area) if area else None
    if statement is None or area is None or inner is None:
        return place
    own, teller = told_by(place.read.wording, inner, area)
    if own:
        return replace(place, within=inner)
    said = place.read.voices.told(statement, inner, teller)
    agreement = place.read.voices.agreement(said, speaker)
    if agreement == "open" and place.agreement == "agrees":
        agreement = "contradicts"
    return replace(place, statement=said, agreement=agreement, within=inner, quoted_by=place.called or "the speaker")


def _disowned(place: _Place, speaker: str | None) -> _Place:
    """A place that the article itself says nobody said, in front of it or right behind: “Pell never said: ‘…’”."""
    text, (start, end) = place.read.article.text, (place.spans[0][0], place.spans[-1][1])
    around = [s for p in paragraphs(text) if p[0] < end and start < p[1] for s in sentences(text, *p)]
    at = [n for n, s in enumerate(around) if s[0] < end and start < s[1]]
    if not at:
        return place
    first, last = around[at[0]], around[at[-1]]
    beyond = text[slice(*around[at[-1] + 1])] if at[-1] + 1 < len(around) else ""
    if _DISOWNING.search(text[first[0] : start]):
        told = text[first[0] : last[1]]
    elif _DISOWNED.match(beyond):
        told = beyond
    else:
        return place
    told = " ".join(told.split())
    theirs = speaker is not None and (place.agreement == "agrees" or speaker.split()[-1].lower() in told.lower())
    return replace(place, disowned=told, agreement="contradicts" if theirs else place.agreement)


def _withdrawing(article: Article) -> bool:
    """Whether an article says of itself that it corrects or withdraws something, or is about a fake."""
    begins = " ".join(article.text.split()[:_BEGINNING])
    return any(_WITHDRAWING.search(told) for told in (article.title, begins, article.note or ""))


def _cut(asked: Wording, place: _Place, way: Sequence[Piece]) -> Cut | None:
    """The sentence that the words are cut out of, as far as it is one voice's; of a reporting verb that denies them, with
    that: "he knew" of "she denied that he knew"."""
    read, statement = place.read, place.statement
    if statement is not None and statement.cue is not None and statement.form == "reported":
        verb = read.article.cut(statement.cue)
        if verb.lower() in DENYING:
            return Cut((statement.cue[0], place.spans[-1][1]), verb, NEGATED)
    asks = asked.text.rstrip("\"'“”‘’ )]")[-1:] == "?"
    if statement is None:
        around = [p for p in paragraphs(read.article.text) if p[0] <= place.spans[0][0] < p[1]]
        found = cut(read.wording, way, around, read.joints, False, asks)
        return None if found and found.why == GIVES else found  # a report, to be sure: the article's
    areas = statement.spans if place.within is None else (place.within,)
    return cut(read.wording, way, areas, read.joints, place.within is not None or statement.form == "direct", asks)


def _edits(asked: Wording, place: _Place, way: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """The words in an editor's brackets that are asked without any: ("the council", "[the council]")."""
    text = place.read.wording
    if place.statement is None:
        return ()
    there = [i for piece in way for i in range(*piece)]
    unmarked = [i for n, i in enumerate(there) if i in text.edited and n not in asked.edited]
    return tuple(
        (text.shown(*text.within(span)), text.text[slice(*span)])
        for span in dict.fromkeys(map(text.edited.get, unmarked))
        if span
    )


def _found(
    quote: str, speaker: str | None, asked: Wording, whole: Sequence[_Place], places: Sequence[_Place]
) -> QuoteCheck:
    """The words are there: whose are they? `whole`: where they say what they say as they are asked."""
    for wanted in ("agrees", "contradicts", "open"):
        if fitting := [p for p in whole if p.agreement == wanted]:
            break
    # without a claimed speaker, a place where the speaker is known tells more than one where they aren't
    best = min(fitting, key=lambda p: (bool(p.disowned), p.called is None, p.order))
    elsewhere = _elsewhere(best, places)
    verdict: Verdict = "misattributed" if best.agreement == "contradicts" else "verbatim"
    citation = cite(
        best.read.article, (best.citation.start, best.citation.end), best.called, tuple(c.article_id for c in elsewhere)
    )
    told = _whose_not(best, speaker) if verdict == "misattributed" else _whose(best, speaker)
    told += _longer(best) + _marked(best) + _question_mark(asked, best) + _doubt(best, places)
    return QuoteCheck(verdict, quote, speaker, best.named, citation, (), elsewhere, told)


def _elsewhere(best: _Place, places: Sequence[_Place]) -> tuple[Citation, ...]:
    """The same words in other articles, one place of each."""
    others: dict[str, _Place] = {}
    for p in sorted(places, key=lambda p: (p.agreement != best.agreement, p.order)):
        if p.read.article.id != best.read.article.id:
            others.setdefault(p.read.article.id, p)
    return tuple(p.citation for p in sorted(others.values(), key=lambda p: p.order))


def _cut_short(quote: str, speaker: str | None, place: _Place, places: Sequence[_Place]) -> QuoteCheck:
    """The words stand there, but mean that only because others of their sentence are cut off, or are an editor's."""
    if place.cut is not None and place.cut.turned:
        differences: tuple[tuple[str, str], ...] = (("", place.cut.left_out),)
        told = (
            f"The quotation is cut out of a longer sentence: “{clip(place.cut.left_out, 120)}” is left out,"
            f" {place.cut.why}. The whole sentence: “{_sentence(place)}”"
        )
    else:
        differences = place.edits
        told = f"The quotation is not word for word: {_editors(place.edits)}."
    near = _Near(place, 1.0, 1.0, 0.0, differences)
    elsewhere = _elsewhere(place, places)
    told += _and_whose(place, speaker) + _doubt(place, places)
    return QuoteCheck("altered", quote, speaker, place.named, _true_words(near), differences, elsewhere, told)


def _sentence(place: _Place) -> str:
    assert place.cut is not None
    return clip(place.read.article.cut(place.cut.whole), _LONGEST_SENTENCE)


def _longer(place: _Place) -> str:
    """That the words are only a part of a sentence."""
    if place.cut is None or place.statement is None or place.statement.form == "reported":
        return ""
    return f" They are cut out of a longer sentence: “{_sentence(place)}”"


def _marked(place: _Place) -> str:
    """Which words are the editor's."""
    text = place.read.wording
    spans = {s for i, s in text.edited.items() if any(a <= text.spans[i][0] < b for a, b in place.spans)}
    return f" But {_editors([('', text.text[slice(*s)]) for s in sorted(spans)])}." if spans and place.statement else ""


def _editors(edits: Sequence[tuple[str, str]]) -> str:
    words = " and ".join(f"“{there}”" for _, there in edits)
    return f"{words} {'is' if len(edits) == 1 else 'are'} the editor's, in brackets, not the speaker's"


def _doubt(best: _Place, places: Sequence[_Place]) -> str:
    """What the archive has against the words: that they were not said, or that an article which holds them withdraws
    something."""
    told: dict[str, str] = {}
    for p in sorted(places, key=lambda p: p.order):
        article = p.read.article
        if p.disowned:
            if p is not best or p.agreement != "contradicts":
                told[article.id] = f"“{article.title}” says of these words: “{clip(p.disowned, _LONGEST_SENTENCE)}”"
        elif _withdrawing(article):
            told.setdefault(article.id, f"they stand in “{article.title}”, which tells of a correction or a fake")
        elif not best.altered and p.agreement == "agrees" and p.cut is not None and p.cut.why == NEGATED:
            told.setdefault(article.id, f"“{article.title}” has them denied: “{_sentence(p)}”")
    return f" But beware: {'; '.join(told.values())}" if told else ""


def _whose(place: _Place, speaker: str | None) -> str:
    if place.statement is None:
        mind = f", so it does not show that {speaker} said them" if speaker else ""
        return f"The words are there, but the article does not give them as anybody's{mind}."
    named = place.called is not None and (speaker is None or place.agreement != "open")
    if place.quoted_by:
        if named and place.named:
            return f"These are the words of {place.called}, word for word as {place.quoted_by} quotes them."
        return f"The words are there, but {_quotes_another(place)}; the archive does not name who said them."
    if not named:
        return "The words are there; the archive does not name who said them."
    if place.statement.form == "reported":
        return f"The words are there, as the article's report of what {place.called} said, not as a direct quotation."
    inferred = "; the article's layout shows whose they are" if place.statement.found == "continued quote" else ""
    return f"These are the words of {place.called}, word for word{inferred}."


def _whose_not(place: _Place, speaker: str | None) -> str:
    if place.disowned:
        told = clip(place.disowned, _LONGEST_SENTENCE)
        return f"The words are there, but the article says that they were not said: “{told}”"
    if place.quoted_by and place.named is None:
        return f"The words are there, but {_quotes_another(place)}; they are no words of {speaker}'s own."
    if place.named is None:
        return f"The words are there, but of somebody whom the article calls “{place.called}”, not of {speaker}."
    quoted = f", whom {place.quoted_by} quotes" if place.quoted_by else ""
    return f"These are the words of {place.named}{quoted}, not of {speaker}."


def _quotes_another(place: _Place) -> str:
    called = f" (“{place.called}”)" if place.called else ""
    return f"{place.quoted_by} quotes somebody else{called} with them"


def _question_mark(asked: Wording, place: _Place) -> str:
    """A last sentence that is a question in one text only: the same words, but the reader should know."""
    text = place.read.article.text
    there = text[place.spans[-1][1] : place.spans[-1][1] + 1]
    here = asked.text[asked.spans[-1][1] :].strip("\"'“”‘’ ")[:1]
    if not here and there == "?" and asked.words[0] not in QUESTIONING:
        return " In the article it is a question."
    if here and there and here in ".!?" and ("?" in (here, there)) and here != there and there in ".!?":
        return " In the article it is a question." if there == "?" else " In the article it is no question."
    return ""


# -- near --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Near:
    """A place that comes near to the words."""

    place: _Place
    share: float
    """Of the asked words, weighted by rarity: how many stand there in the same order."""
    common: float
    """… unweighted."""
    weight: float
    """Sum of the rarities of the words that stand there."""
    differences: tuple[tuple[str, str], ...]
    pieces: tuple[str, ...] = ()
    """Of a splice: the pieces that it runs together."""

    def is_altered(self, singles_out: float) -> bool:
        """Whether the asked words are these ones, altered, and not others that are merely like them.

        `singles_out`: the weight of words that are found in one passage of the archive only.
        """
        if self.place.agreement == "agrees" and self.common >= COMMON and self.weight >= singles_out / 2:
            return True
        return (self.share >= SHARE or self.common >= COMMON) and self.weight >= singles_out


def _near(holdings: Holdings, quote: str, speaker: str | None, asked: Wording, read: Sequence[_Read]) -> QuoteCheck:
    """The words as they were asked are not there: are they altered, or only like others?"""
    rarity = _rarities(holdings, asked)
    singles_out = holdings.words.rarity("")
    likeness = sorted(((nearness(asked, r.wording), r) for r in read), key=lambda n: -n[0][0])[:_ALIGNED]
    near = [n for (_, *at), r in likeness if (n := _align(asked, r, (at[0], at[1]), rarity, speaker))]
    best = max(
        near, key=lambda n: (n.is_altered(singles_out), round(n.share, 3), n.place.agreement == "agrees"), default=None
    )
    spliced = [n for r in read if (n := _splice(asked, r, rarity, singles_out, speaker))]
    if spliced and (best is None or not best.is_altered(singles_out) or best.share < 0.85):
        best = max(spliced, key=lambda n: n.share)
    if best is None or best.share < NEAR:
        told = "These words are not in the archive, nor any near them."
        return QuoteCheck("not_found", quote, speaker, None, None, explanation=told)
    if not best.pieces and not best.is_altered(singles_out):
        told = "These words are not in the archive; the nearest that it has are given beside."
        return QuoteCheck("not_found", quote, speaker, None, _true_words(best), explanation=told)
    told = _told(best, speaker)
    return QuoteCheck("altered", quote, speaker, best.place.named, _true_words(best), best.differences, (), told)


def _align(
    asked: Wording, read: _Read, around: Piece, rarity: Mapping[str, float], speaker: str | None
) -> _Near | None:
    found = nearest(asked, read.wording, around)
    if found is None:
        return None
    differences = tuple((asked.shown(*mine), read.wording.shown(*other)) for mine, other in found.differences)
    place = _place(read, [read.wording.span(found.first, found.end)], speaker)
    return _Near(place, *_measures(asked, found.matched, rarity), differences)


def _measures(asked: Wording, matched: Sequence[int], rarity: Mapping[str, float]) -> tuple[float, float, float]:
    """(share, common, weight) of the asked words with these numbers."""
    weight = sum(rarity[asked.words[i]] for i in matched)
    return weight / (sum(rarity[word] for word in asked.words) or 1.0), len(matched) / len(asked), weight


def _splice(
    asked: Wording, read: _Read, rarity: Mapping[str, float], singles_out: float, speaker: str | None
) -> _Near | None:
    """The asked words as a few pieces of one article that stand apart there, or None."""
    text = read.wording
    found = [
        p for p in pieces(asked, text) if sum(rarity[w] for w in asked.words[p[0] : p[0] + p[2]]) >= singles_out / 2
    ]
    matched = [n for first, _, size in found for n in range(first, first + size)]
    share, common, weight = _measures(asked, matched, rarity)
    apart = [not 0 <= b[1] - a[1] - a[2] <= _APART for a, b in pairwise(found)]
    if not any(apart) or len(found) > _MOST_PIECES or min(share, common) < SPLICED:
        return None
    differences = []
    for a, b in pairwise(found):
        onward = next((i + 1 for i in range(a[1] + a[2] - 1, len(text)) if text.ends_sentence(i)), len(text))
        differences.append(
            (asked.shown(a[0] + a[2], b[0] + b[2]), text.shown(a[1] + a[2], min(onward, a[1] + a[2] + _CUE)))
        )
    spans = sorted(text.span(at, at + size) for _, at, size in found)
    shown = tuple(asked.shown(first, first + size) for first, _, size in found)
    return _Near(_place(read, spans, speaker), share, common, weight, tuple(differences), shown)


def _true_words(near: _Near) -> Citation:
    """The sentences that hold the place; of pieces that stand far apart, the first one's."""
    article, spans = near.place.read.article, near.place.spans
    start, end = spans[0][0], spans[-1][1]
    if end - start > _LONGEST_CITED and len(spans) > 1:
        start, end = spans[0]
    around = [s for p in paragraphs(article.text) if p[0] < end and start < p[1] for s in sentences(article.text, *p)]
    touched = [s for s in around if s[0] < end and start < s[1]]
    span = (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)
    return cite(article, span, near.place.called)


def _told(near: _Near, speaker: str | None) -> str:
    changes = "; ".join(_change(*d) for d in near.differences[:3]) + ("; and more" if len(near.differences) > 3 else "")
    if near.pieces:
        changes = (
            "it runs together "
            + " and ".join(f"“{clip(p, 60)}”" for p in near.pieces)
            + ", which stand apart in the article"
        )
    elif not changes:
        changes = "it runs together words that the article keeps apart"
    return f"The quotation is not word for word: {changes}.{_and_whose(near.place, speaker)}"


def _and_whose(place: _Place, speaker: str | None) -> str:
    if place.disowned:
        return ""
    if place.agreement == "contradicts":
        return f" And the words are those of {place.called or 'somebody else'}, not of {speaker}."
    return f" The words are those of {place.called}." if place.called and not speaker else ""


def _change(asked: str, article: str) -> str:
    asked, article = clip(asked, 80), clip(article, 80)
    if not article:
        return f"“{asked}” is added"
    return f"“{article}” is left out" if not asked else f"“{asked}” stands for “{article}”"
