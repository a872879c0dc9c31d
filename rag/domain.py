"""The nouns of onrecord. Frozen and typed; no dictionaries travel between stages.

Every piece of article text is named by offsets: `start` and `end` count characters (code points) of
`Article.text`, end exclusive. Words are always cut out of the article by those offsets, so a quotation
that is not in the article can't be built.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Span = tuple[int, int]
"""(start, end) in characters of one article's text, end exclusive."""

Form = Literal["direct", "mixed", "reported"]
"""direct: all of it stands in quotation marks. mixed: some of it. reported: none of it."""

Kind = Literal["said", "believed", "position"]
"""said: spoken or written. believed: "thinks", "fears". position: "criticised", "urged", "called for"."""

Found = Literal["named", "surname", "pronoun", "role", "continued quote", "unnamed", "none"]
"""How a statement's speaker was found.

named: the source holds the speaker's full name, or an organisation's. surname: part of it ("Coster").
role: "the Commissioner". pronoun: "he said". continued quote: no cue of its own; the quotation goes on
from the speaker before (inferred). unnamed: somebody the article never names ("a protester"); `speaker` is
None then and `described` says who. none: not resolved; no name rather than a wrong one.
"""

SpeakerKind = Literal["person", "organisation", "unnamed"]

Verdict = Literal["verbatim", "altered", "misattributed", "not_found"]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `text` is the mended body, and every offset counts in it."""

    id: str
    title: str
    text: str
    source: str | None = None
    """The outlet."""
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    """Aware, or None where the article doesn't say."""
    version: int = 1
    """Counts up each time the archive takes in a changed text under the same id."""
    content_hash: str = ""
    """SHA-256 (hex) of what the archive holds of the article; see `rag.stores.catalogue.content_hash`."""
    note: str | None = None
    """What the file's metadata says about the article itself, as "invented sample" or "correction"."""

    def cut(self, span: Span) -> str:
        """The article's characters from span[0] to span[1]."""
        return self.text[span[0] : span[1]]

    @property
    def by_the_clock(self) -> datetime | None:
        """`published` as the clock showed it there, to compare days with: what is out on the 7th in Auckland is of the 7th."""
        return by_the_clock(self.published) if self.published else None


def by_the_clock(when: datetime) -> datetime:
    """The day and hour that a clock showed there, as UTC."""
    return when.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and searched. Its text is computed from the article, never stored."""

    article_id: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in one article, as that article names them."""

    name: str
    """The fullest name ("Andrew Coster"); for an unnamed speaker the fullest description ("A protester in the camp")."""
    kind: SpeakerKind = "person"
    aliases: tuple[str, ...] = ()
    """Other forms the article uses for them: "Coster", "Commissioner Coster"."""
    roles: tuple[str, ...] = ()
    """As the article words them: "Police Commissioner", "president of the Council of Trade Unions"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's words in one article."""

    spans: tuple[Span, ...]
    """What was said, one or more pieces in reading order; quotation marks are inside the span."""
    source: Span | None
    """The words that name the speaker ("he", "The Commissioner"); for a continued quote those that named them last."""
    speaker: str | None
    """The resolved person or organisation, or None where the article doesn't name one."""
    form: Form
    cue: Span | None = None
    """The words that mark it as a statement ("said", "according to"), or None."""
    kind: Kind = "said"
    negated: bool = False
    """"did not say", "declined to comment", "denied saying": no words of theirs."""
    found: Found = "none"
    confidence: float = 0.0
    """0 to 1: that these words are a statement of this speaker."""
    described: Span | None = None
    """For an unnamed speaker: the fullest description of them in the article."""
    within: int | None = None
    """Index (in the same list) of the statement that this one is nested in: "Coster said Mallard told him …"."""
    article_id: str | None = None
    """None where the statement comes from a bare text."""

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker across the archive."""

    id: int
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    articles: tuple[str, ...]
    """Ids of the articles in which they speak."""
    statements: int
    """How many statements of theirs the archive holds."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. `since` is inclusive, `until` exclusive; both aware datetimes."""

    speaker: str | None = None
    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            when = getattr(self, name)
            if when is not None and when.tzinfo is None:
                raise ValueError(f"Filters: {name} must tell its time zone, as datetime(…, tzinfo=UTC) does.")

    def __bool__(self) -> bool:
        return any((self.speaker, self.source, self.since, self.until))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. `score` is comparable within one search only."""

    passage: Passage
    score: float
    article: Article

    @property
    def text(self) -> str:
        return self.article.cut(self.passage.span)


QuestionKind = Literal["said", "who said", "fact", "change", "which", "summary", "quote check", "several", "nothing"]
"""said: what X said (on a topic). who said: which people said something. fact: anything the articles state.
change: one thing at two times. which: one of two things that are named. summary: what an article says.
quote check: "did X really say '…'?". several: more than one question, in `parts`. nothing: there is no question in it."""

Stance = Literal["for", "against"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a question compares with another: the words for it, and the days it means where that is known."""

    words: str
    since: datetime | None = None
    until: datetime | None = None
    """Exclusive."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was understood of what was asked."""

    text: str
    """Standalone: pronouns and omissions filled in from the history."""
    kind: QuestionKind = "fact"
    speaker: str | None = None
    """The canonical name where the archive knows the person, else as it was asked."""
    person_id: int | None = None
    """The `Person` that `speaker` is, or None: nobody of that name is quoted in the archive."""
    choices: tuple[str, ...] = ()
    """Names the asked one could mean, where there are several."""
    certain: bool = True
    """False: the choices share no more than an office ("mayor") with what was asked."""
    topic: str = ""
    stance: Stance | None = None
    """Of "who criticised …", "who defended …": which side is asked for."""
    moments: tuple[Moment, ...] = ()
    """The two times of a change."""
    alternatives: tuple[str, ...] = ()
    """The two things between which "which" asks."""
    parts: tuple[Question, ...] = ()
    """The questions of several, each understood after the one before."""
    quote: str | None = None
    """The quoted words of a quote check."""
    filters: Filters = Filters()
    context: tuple[str, ...] = ()
    """Ids of the articles that the conversation has cited so far: where an ambiguous name is looked for first."""
    worded_time: bool = False
    """Whether the filters' time was read from the question, not set by the reader: only then is it ever widened."""
    carried: bool = False
    """Whether the topic is the conversation's: what those articles say is then on it, in whatever words."""
    around: str = ""
    """What else the conversation is about: the people that a carried topic may come down to; for a fact, its topic."""
    began: str = ""
    """What the conversation began with, where a carried topic is narrower: what somebody else may speak on."""
    among: str = ""
    """Of "which ministers …": whom the question is limited to."""
    besides: tuple[str, ...] = ()
    """Names of those who are not asked about: "who else?"."""
    asked: str = ""
    """As it was typed."""
    plain: str = ""
    """The same with straight quotes, without greetings and what goes back to somebody: what patterns are matched with."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a line stands. `text` is exactly `article.text[start:end]`."""

    article_id: str
    start: int
    end: int
    text: str
    speaker: str | None
    title: str
    source: str | None
    url: str | None
    published: datetime | None
    also_in: tuple[str, ...] = ()
    """Ids of other articles that carry the same words."""


def cite(article: Article, span: Span, speaker: str | None, also_in: tuple[str, ...] = ()) -> Citation:
    """The only way a `Citation` is made: its text is cut out of the article."""
    return Citation(
        article.id,
        *span,
        article.cut(span),
        speaker,
        article.title,
        article.source,
        article.url,
        article.published,
        also_in,
    )


LineForm = Literal["quoted", "reported", "fact", "written"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the reader sees."""

    text: str
    citations: tuple[Citation, ...]
    speaker: str | None
    """The person's name; for somebody the article doesn't name, its words for them ("A protester in the camp")."""
    form: LineForm
    """quoted: holds words in quotation marks. reported: the article's wording of what they said. fact: a sentence
    of the article. written: a chat model's sentence, checked."""
    role: str | None = None
    """What the speaker is: "Police Commissioner"."""
    remark: str | None = None
    """What the reader must know beside it: "speaker inferred", "the speaker is not named"."""
    supported: bool = True
    """False only for a written sentence that failed its check and that the settings still show."""
    short: Span | None = None
    """Of a fact: the number, time or name that answers, inside the first citation, in characters of its article."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets."""

    answered: bool
    lines: tuple[Line, ...]
    citations: tuple[Citation, ...]
    """In reading order, without repeats; the reader's number N is citations[N - 1]."""
    understood: Question
    note: str | None = None
    """Why there is no answer, or what else there is."""
    nearby: tuple[Line, ...] = ()
    """Offered beside a refusal, never as an answer: the nearest the archive has."""
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by stage."""


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What became of a quotation that somebody claims to be true."""

    verdict: Verdict
    quote: str
    """As it was given."""
    speaker: str | None
    """The claimed speaker."""
    true_speaker: str | None
    """Who said it according to the archive, where it was found."""
    citation: Citation | None
    """Where the words, or the nearest ones, stand."""
    differences: tuple[tuple[str, str], ...] = ()
    """(asked words, article's words) of each change; empty for a verbatim quote."""
    elsewhere: tuple[Citation, ...] = ()
    """The same words in other articles."""
    explanation: str = ""
