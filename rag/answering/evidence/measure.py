"""How a candidate for the answer is measured: on scales from 0 (or -1) to 1, so that they can be weighed together.

How much of what was asked stands in the words themselves, beside them in the paragraph, in the passage, in the article's
head, and how near their vector is. `rag.answering.evidence.select` decides what is good enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from rag.answering.evidence import stance
from rag.answering.evidence.wanted import Wanted
from rag.domain import Article, Passage, Span, Statement
from rag.holdings import Holdings
from rag.text import is_stopword, paragraphs, sentences, terms, words

PASSAGES = 16  # passages whose sentences or statements are looked at
FADED = 0.8  # what is left of a subject from one statement to the same speaker's next one
LIKE_WORDS = 0.5  # cosine that stands for a full match of words while an article's vectors are not there yet
ENDS = ".!?…\"'”’)"
CLAUSE = re.compile(
    r"(?:is|are|was|were|has|have|had|does|did|will|would|can|could|should|must|may|might)(?:n't)?|can't|won't"
    r"|\w+'(?:m|re|ve|d|ll)|(?:he|she|it|that|there|what|who)'s|i|he|she|it|they|we|you|there"
)  # a verb or a subject that makes a clause of it
HEAD = 400  # characters of an article's beginning that say what it is about


@dataclass(frozen=True, slots=True)
class Evidence:
    """A candidate for the answer, with its measures."""

    article: Article
    spans: tuple[Span, ...]
    statement: Statement | None
    own: float
    """Share of the asked words (by rarity) in the words themselves."""
    near: float
    """… in them and the rest of their paragraph."""
    head: float
    """… in the article's title and beginning. Of sentences alone; statements don't need it."""
    meaning: float
    """Cosine of the question to the sentence's vector (of several, the best)."""
    around: float = 0.0
    """… to the passage's vector."""
    before: float = 0.0
    """Share of the asked words in the two paragraphs before: an article names its subject, then people speak on it."""
    passage: float = 0.0
    """… in the passage."""
    article_wide: float = 0.0
    """… in the whole article."""
    fits: float = 0.0
    """For a fact: whether the sentence holds the kind of thing asked for."""
    who: float = 0.0
    """Asked who: how well the speaker answers, added to the score: a named person does, a description less so."""
    blame: float = 0.0
    """From -1 to 1: whether it defends or blames, by its vector (`stance.blame`)."""
    early: float = 0.0
    """… how near the article's beginning it stands: news tell the most important first."""
    finished: float = 0.0
    """… whether it ends as a sentence does; headings, captions and signatures don't."""
    lacks: float = 0.0
    """For a fact: how much less of the asked words its article holds than the one that holds most."""
    known: float = 0.0
    """… whether the conversation has cited its article."""
    answers: float = 0.0
    """For a fact: from -1 to 1, whether it answers, as the cross-encoder reads it with the question."""
    behind: float = 0.0
    """… from -1 to 0, how far it is behind the sentence of its article that answers best."""
    reading: float = 0.0
    """Of statements: what reading the best of them adds to the score of each."""
    words: int = 1
    """How many words are asked for."""
    score: float = 0.0
    short: Span | None = None
    """For a fact: the thing asked for, where it can be told apart."""

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


@dataclass(frozen=True)
class ReadArticle:
    """An article with what scoring needs to know of it, read once."""

    article: Article
    passages: tuple[tuple[int, Passage], ...]

    @cached_property
    def head_terms(self) -> frozenset[str]:
        return frozenset(terms(f"{self.article.title} {self.article.text[:HEAD]}"))

    def before(self, at: int) -> str:
        """The two paragraphs before the one that holds this character."""
        start = self.paragraph(at)[0]
        earlier = [span for span in self.paragraphs if span[1] <= start][-2:]
        return self.article.text[earlier[0][0] : start] if earlier else ""

    def passage_text(self, at: int) -> str:
        """The passage that holds this character."""
        return next((self.article.cut(p.span) for _, p in self.passages if p.start <= at < p.end), "")

    @cached_property
    def paragraphs(self) -> list[Span]:
        return paragraphs(self.article.text)

    def paragraph(self, at: int) -> Span:
        """The paragraph that holds this character."""
        for start, end in self.paragraphs:
            if at < end:
                return (start, end)
        return self.paragraphs[-1] if self.paragraphs else (0, len(self.article.text))

    def sentences(self, number: int) -> tuple[Span, ...]:
        """The sentences of one of its passages, in the order of their vectors."""
        passage = next(p for n, p in self.passages if n == number)
        return _sentences(self.article.text, passage.start, passage.end)

    def passage(self, at: int) -> int | None:
        """The number of the passage that holds this character."""
        return next((number for number, p in self.passages if p.start <= at < p.end), None)


@lru_cache(maxsize=1024)
def _sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    return tuple(sentences(text, start, end))


def read_articles(holdings: Holdings, keys: Sequence[int]) -> dict[int, ReadArticle]:
    articles = holdings.catalogue.articles_by_key(keys)
    passages = holdings.catalogue.passages_in(keys)
    return {key: ReadArticle(articles[key], tuple(passages.get(key, ()))) for key in keys if key in articles}


def measure(
    holdings: Holdings,
    said: Sequence[tuple[int, Statement]],
    wanted: Wanted,
    topic: str,
    known: dict[str, float] | None = None,
) -> list[Evidence]:
    """The statements as evidence, in the order given. `known`: the least `article_wide` of articles, by id."""
    read = read_articles(holdings, list(dict.fromkeys(key for key, _ in said)))
    near_to = Nearness.of(holdings, topic, {n for key, s in said if (n := read[key].passage(s.start)) is not None})
    wholes = {key: wanted.share_in(r.article.text) for key, r in read.items()}
    shares_of = lru_cache(maxsize=None)(wanted.share_in)  # statements share paragraphs and passages
    found: list[Evidence] = []
    for key, statement in said:
        r = read[key]
        text = " ".join(r.article.cut(span) for span in statement.spans)
        if statement.form == "reported" and not tells_something(text):
            continue
        start, end = r.paragraph(statement.start)
        own = wanted.share_in(text)
        near = max(own, shares_of(r.article.text[start : max(end, statement.end)]))
        if statement.found == "continued quote" and found and found[-1].article is r.article:
            near = max(near, found[-1].near)  # a quotation that goes on is about what it began with
        before = shares_of(r.before(statement.start))
        if found and found[-1].article is r.article and not r.article.text[found[-1].end : start].strip().count("\n"):
            before = max(before, FADED * max(found[-1].near, found[-1].before))
        shares = (before, shares_of(r.passage_text(statement.start)))
        meaning, around, blame = near_to.statement(r, statement) or (LIKE_WORDS * near, LIKE_WORDS * near, 0.0)
        whole = max(wholes[key], (known or {}).get(r.article.id, 0.0))
        cited = float(r.article.id in (known or {}))
        found.append(
            Evidence(
                r.article, statement.spans, statement, own, near, 0.0, meaning, around, *shares, whole, known=cited,
                words=max(len(wanted.weights), 1), blame=blame,
            )
        )  # fmt: skip
    return found


def tells_something(reported: str) -> bool:
    """Whether words that somebody is reported to have said tell anything without their sentence: "so" and "to resign" or
    "her resignation" don't, "it wasn't bad" does."""
    parts = [word for word, _ in words(reported)]
    content = sum(not is_stopword(word) for word in parts)
    return content > 1 or (content == 1 and any(CLAUSE.fullmatch(word) for word in parts))


@dataclass(frozen=True)
class Nearness:
    """Cosines of a question to passages and to their sentences; zeros where there are no vectors."""

    sentences: dict[int, list[float]]
    passages: dict[int, float]
    blame: dict[int, list[float]]
    """Of each sentence, as `stance.blame` tells it."""

    @staticmethod
    def of(holdings: Holdings, question: str, passages: set[int]) -> Nearness:
        if not question or not passages or not holdings.has_vectors:
            return Nearness({}, {}, {})
        asked = holdings.embed_question(question)
        numbers = sorted(passages)
        inside = holdings.catalogue.sentence_vectors(numbers, len(asked))
        whole = holdings.vectors.get(numbers)
        for n in inside.keys() - whole.keys():  # an ingest has just put another version in its place
            mean = inside[n].sum(axis=0)
            whole[n] = mean / (np.linalg.norm(mean) or 1.0)
        return Nearness(
            {n: (vectors @ asked).tolist() for n, vectors in inside.items()},
            {n: float(vector @ asked) for n, vector in whole.items()},
            {n: stance.blame(vectors, holdings.embedder.name).tolist() for n, vectors in inside.items()},
        )

    def statement(self, r: ReadArticle, statement: Statement) -> tuple[float, float, float] | None:
        """(best of the statement's sentences, its passage, mean blame of its sentences), or None while its passage has no
        vectors."""
        number = r.passage(statement.start)
        if number is None or number not in self.sentences:
            return None
        measured = zip(r.sentences(number), self.sentences[number], self.blame[number], strict=False)
        inside = [(c, b) for (start, end), c, b in measured if any(x < end and start < y for x, y in statement.spans)]
        if not inside:
            return 0.0, self.passages.get(number, 0.0), 0.0
        return max(c for c, _ in inside), self.passages.get(number, 0.0), sum(b for _, b in inside) / len(inside)
