"""From a `Question` to the evidence: statements of a speaker, statements on a topic, or sentences that state a fact.

Everything is scored by the same few measures, each between 0 and 1: how much of what was asked stands in the words
themselves, beside them in the paragraph, in the article's head, and how near the passage's vector is. `rag.answering.select`
decides what is good enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from rag.answering import answer_types
from rag.answering.answer_types import AnswerType
from rag.answering.patterns import WISH_TERMS
from rag.answering.readings import describes
from rag.answering.wanted import Wanted
from rag.domain import Article, Filters, Hit, Passage, Person, Question, Span, Statement
from rag.holdings import Holdings
from rag.retrieval import Hybrid
from rag.text import fold, paragraphs, sentences, terms

PASSAGES = 16  # passages whose sentences or statements are looked at
MANY = 300  # statements of one person that are all measured; of more, those in articles that match the topic
DEPTH_OF_MANY = 60
FADED = 0.8  # what is left of a subject from one statement to the same speaker's next one
KNOWN, MET = 0.95, 0.75  # least article_wide of articles that the conversation has cited, on its topic or on another
SHORT = 0.5  # how much a one-word topic's cosines are raised: a bare word is far from every sentence
LIKE_WORDS = 0.5  # cosine that stands for a full match of words while an article's vectors are not there yet
PHRASED = 60  # passages that hold asked words side by side
ENDS = ".!?…\"'”’)"
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
    """… in the article's title and beginning."""
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
    person: bool = False
    """Whether the speaker is a person whom the articles name."""
    early: float = 0.0
    """… how near the article's beginning it stands: news tell the most important first."""
    finished: float = 0.0
    """… whether it ends as a sentence does; headings, captions and signatures don't."""
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

    @property
    def terms(self) -> frozenset[str]:
        return _term_set(self.article.text)

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

    def sentences(self, number: int) -> list[Span]:
        """The sentences of one of its passages, in the order of their vectors."""
        passage = next(p for n, p in self.passages if n == number)
        return sentences(self.article.text, passage.start, passage.end)

    def passage(self, at: int) -> int | None:
        """The number of the passage that holds this character."""
        return next((number for number, p in self.passages if p.start <= at < p.end), None)


@lru_cache(maxsize=2048)
def _term_set(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def read_articles(holdings: Holdings, keys: Sequence[int]) -> dict[int, ReadArticle]:
    articles = holdings.catalogue.articles_by_key(keys)
    passages = holdings.catalogue.passages_in(keys)
    return {key: ReadArticle(articles[key], tuple(passages.get(key, ()))) for key in keys if key in articles}


def only_one_meant(holdings: Holdings, question: Question) -> Question | None:
    """The question about the one of its choices who is clearly meant: who alone speaks in the articles of the
    conversation, or who says most on the topic, by a clear margin, in the passages that match all that was asked.
    None where that leaves several or nobody."""
    from rag.answering.select import CLEAR, ON_TOPIC, scored

    people = {p.name: p for p in holdings.who.people if p.name in question.choices}
    near = [name for name, p in people.items() if set(p.articles) & set(question.context)]
    if len(near) != 1:
        asked = replace(question, topic=f"{question.speaker} {question.topic}", choices=())
        best: dict[str, float] = {}
        for e in scored(on_topic(holdings, asked)):
            for person in holdings.who.named(e.statement.speaker) if e.statement and e.statement.speaker else ():
                if person.name in people and e.article.id in person.articles:
                    best[person.name] = max(best.get(person.name, 0.0), e.score)
        ranked = sorted(best, key=lambda name: -best[name])
        clear = ranked and (len(ranked) == 1 or best[ranked[0]] - best[ranked[1]] >= CLEAR)
        near = ranked[:1] if clear and best[ranked[0]] >= 0.8 * ON_TOPIC else []
    if len(near) != 1:
        return None
    return replace(question, speaker=near[0], person_id=people[near[0]].id, choices=(), certain=True)


def of_speaker(holdings: Holdings, question: Question, person: int) -> list[Evidence]:
    """Everything that the person said, in archive order, measured against the topic."""
    articles = None
    if question.topic and holdings.who.statements_of(person) > MANY:
        hits = Hybrid(holdings).search(question.topic, DEPTH_OF_MANY, question.filters)
        articles = list(_by_article(holdings, hits))
    said = [
        (key, s) for key, s in holdings.catalogue.statements_by([person], question.filters, articles) if not s.negated
    ]
    speaker = set(terms(question.speaker or ""))
    wanted = Wanted.of(question.topic, holdings.words.rarity, leave_out=speaker)
    return measure(holdings, said, wanted, question.topic, known_articles(question))


def on_topic(holdings: Holdings, question: Question) -> list[Evidence]:
    """What anybody said in the passages that match the topic best; of criticism, not those who are criticised."""
    hits = Hybrid(holdings).search(question.topic, PASSAGES, question.filters)
    said: list[tuple[int, Statement]] = []
    for key, passages in _by_article(holdings, hits).items():
        for s in holdings.catalogue.statements_in(key):
            if not s.negated and any(p.start < s.end and s.start < p.end for p in passages):
                said.append((key, s))
    own = {p.id for name in question.besides for p in holdings.who.named(name)}
    if question.stance == "against":
        own |= _named_in(question.topic, holdings)
    if own:
        said = [(key, s) for key, s in said if not any(p.id in own for p in _speakers(s, holdings))]
    wanted = Wanted.of(question.topic, holdings.words.rarity)
    found = measure(holdings, said, wanted, question.topic, known_articles(question))
    return [
        replace(e, person=any(p.kind == "person" for p in _speakers(e.statement, holdings)))
        for e in found
        if e.statement
    ]


def of_described(holdings: Holdings, question: Question, slot: str) -> list[Evidence]:
    """What unnamed speakers said whom the articles describe as the question does."""
    hits = Hybrid(holdings).search(question.topic, PASSAGES, question.filters)
    said: list[tuple[int, Statement]] = []
    for key in _by_article(holdings, hits):
        text = holdings.catalogue.articles_by_key([key])[key].text
        for s in holdings.catalogue.statements_in(key):
            words = s.described or s.source
            if s.speaker is None and not s.negated and words and describes(text[slice(*words)], slot):
                said.append((key, s))
    left = " ".join(w for w in question.topic.split() if not set(terms(w)) & set(terms(slot)))
    wanted = Wanted.of(left, holdings.words.rarity)
    return measure(holdings, said, wanted, question.topic, known_articles(question)) if said else []


def _named_in(topic: str, holdings: Holdings) -> set[int]:
    """The people whose names stand in a topic, and those whose role names an organisation in it: in "Heathrow's limit"
    Heathrow and its chief executive."""
    runs = re.findall(r"[A-Z][\w’'-]*\w(?: [A-Z][\w’'-]*\w)*", topic)
    keys = [set(terms(re.sub(r"['’]s?$", "", run))) for run in runs]
    return {
        person.id
        for person in holdings.who.people
        for key in keys
        if key and any(key <= set(terms(name)) for name in (person.name, *person.aliases, *person.roles))
    }


def _speakers(statement: Statement, holdings: Holdings) -> list[Person]:
    return holdings.who.named(statement.speaker) if statement.speaker else []


def wishes(holdings: Holdings, question: Question, person: int) -> list[Evidence]:
    """Sentences that tell what the person wants in the article's own voice: they name the person (by more than a
    pronoun) and hold a word of wishing, as in "The association launched a petition for …"."""
    who = next((p for p in holdings.who.people if p.id == person), None)
    if who is None:
        return []
    names = [set(terms(n)) for n in (who.name, *who.aliases)]
    wanted = Wanted.of(question.topic, holdings.words.rarity, leave_out=names[0])
    found: list[Evidence] = []
    for r in read_articles(holdings, list(holdings.catalogue.keys_of(who.articles).values())).values():
        for span in sentences(r.article.text):
            held = set(terms(r.article.cut(span)))
            if held & WISH_TERMS and any(n and n <= held for n in names):
                own = wanted.share(held) if wanted else 1.0
                found.append(Evidence(r.article, (span,), None, own, own, wanted.share(r.head_terms), 0.0))
    return found


def _by_article(holdings: Holdings, hits: Sequence[Hit]) -> dict[int, list[Passage]]:
    keys = holdings.catalogue.keys_of({h.passage.article_id for h in hits})
    found: dict[int, list[Passage]] = {}
    for hit in hits:
        found.setdefault(keys[hit.passage.article_id], []).append(hit.passage)
    return found


def known_articles(question: Question) -> dict[str, float]:
    """A follow-up stays with what the conversation is about, though it may word it otherwise than the articles."""
    return dict.fromkeys(question.context, KNOWN if question.carried else MET)


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
    raised = 1 + SHORT / max(len(wanted.weights), 1) ** 2
    found: list[Evidence] = []
    for key, statement in said:
        r = read[key]
        text = " ".join(r.article.cut(span) for span in statement.spans)
        if statement.form == "reported" and not terms(text):
            continue  # "that", "so": nothing without its sentence
        start, end = r.paragraph(statement.start)
        own = wanted.share(terms(text))
        near = max(own, wanted.share(terms(r.article.text[start : max(end, statement.end)])))
        if statement.found == "continued quote" and found and found[-1].article is r.article:
            near = max(near, found[-1].near)  # a quotation that goes on is about what it began with
        before = wanted.share(terms(r.before(statement.start)))
        if found and found[-1].article is r.article and not r.article.text[found[-1].end : start].strip().count("\n"):
            before = max(before, FADED * max(found[-1].near, found[-1].before))
        shares = (before, wanted.share(terms(r.passage_text(statement.start))))
        meaning, around = (
            near_to.statement(r, statement) if near_to.sentences else (LIKE_WORDS * near, LIKE_WORDS * near)
        )
        meaning, around = meaning * raised, around * raised
        head, whole = wanted.share(r.head_terms), wanted.share(r.terms)
        whole = max(whole, (known or {}).get(r.article.id, 0.0))
        found.append(Evidence(r.article, statement.spans, statement, own, near, head, meaning, around, *shares, whole))
    return found


@dataclass(frozen=True)
class Nearness:
    """Cosines of a question to passages and to their sentences; zeros where there are no vectors."""

    sentences: dict[int, list[float]]
    passages: dict[int, float]

    @staticmethod
    def of(holdings: Holdings, question: str, passages: set[int]) -> Nearness:
        if not question or not passages or not holdings.has_vectors:
            return Nearness({}, {})
        asked = holdings.embed_question(question)
        numbers = sorted(passages)
        inside = holdings.catalogue.sentence_vectors(numbers, len(asked))
        whole = holdings.vectors.get(numbers)
        return Nearness(
            {n: (vectors @ asked).tolist() for n, vectors in inside.items()},
            {n: float(vector @ asked) for n, vector in whole.items()},
        )

    def statement(self, r: ReadArticle, statement: Statement) -> tuple[float, float]:
        """(best of the statement's sentences, its passage)"""
        number = r.passage(statement.start)
        if number is None or number not in self.sentences:
            return 0.0, 0.0
        cosines = zip(r.sentences(number), self.sentences[number], strict=False)
        inside = [c for (a, b), c in cosines if any(x < b and a < y for x, y in statement.spans)]
        return max(inside, default=0.0), self.passages.get(number, 0.0)


def facts(holdings: Holdings, question: Question, kind: AnswerType | None = None) -> list[Evidence]:
    """The sentences of the best passages, measured; unordered. `kind`: what they must hold, where the topic's own
    wording doesn't tell."""
    hits = Hybrid(holdings).search(question.topic, PASSAGES, question.filters)
    if not hits:
        return []
    keys = holdings.catalogue.keys_of({h.article.id for h in hits})
    read = read_articles(holdings, list(keys.values()))
    numbers = [read[keys[h.article.id]].passage(h.passage.start) for h in hits]
    near_to = Nearness.of(holdings, question.topic, {n for n in numbers if n is not None})
    wanted = Wanted.of(question.topic, holdings.words.rarity)
    kind = kind or answer_types.asked_for(question.topic)
    asked = set(terms(question.topic))
    found: list[Evidence] = []
    for hit, number in zip(hits, numbers, strict=True):
        if number is None:
            continue
        r = read[keys[hit.article.id]]
        around = set(terms(hit.text))
        head = wanted.share(around | r.head_terms)
        spans = r.sentences(number)
        cosines = near_to.sentences.get(number) or [LIKE_WORDS * wanted.share(terms(hit.article.cut(s))) for s in spans]
        for span, meaning in zip(spans, cosines, strict=False):
            text = hit.article.cut(span)
            own, fits = wanted.share(terms(text)), answer_types.fits(kind, text, asked)
            if not answer_types.keeps_rank(question.topic, text):
                fits = 0.0
            near = wanted.share(around)
            found.append(
                Evidence(
                    hit.article, (span,), None, own, near, head, meaning, near_to.passages.get(number, 0.0), fits=fits,
                    early=1 - span[0] / len(hit.article.text), finished=float(text[-1:] in ENDS),
                )
            )  # fmt: skip
    return found


def holds(e: Evidence, kind: AnswerType, topic: str) -> bool:
    """Whether the paragraph of a statement holds such a thing: the number often stands beside the quotation."""
    start = e.article.text.rfind("\n", 0, e.start) + 1
    end = e.article.text.find("\n", e.end)
    return bool(answer_types.fits(kind, e.article.text[start : end if end >= 0 else None], set(terms(topic))))


def with_short_answers(topic: str, found: Sequence[Evidence]) -> list[Evidence]:
    """Sentences with the number, time or name in them that is asked for."""
    kind, asked = answer_types.asked_for(topic), set(terms(topic))
    done = []
    for e in found:
        at = answer_types.short_answer(kind, e.article.cut(e.spans[0]), asked)
        done.append(replace(e, short=(e.start + at[0], e.start + at[1])) if at else e)
    return done


def with_statements(holdings: Holdings, found: Sequence[Evidence]) -> list[Evidence]:
    """Sentences that are somebody's words, with whose they are."""
    keys = holdings.catalogue.keys_of({e.article.id for e in found})
    said = {id: holdings.catalogue.statements_in(key) for id, key in keys.items()}
    done: list[Evidence] = []
    for e in found:
        start, end = e.spans[0]
        inside = [s for s in said[e.article.id] if any(a < end and start < b for a, b in s.spans)]
        whole = max(
            inside,
            key=lambda s: sum(min(b, end) - max(a, start) for a, b in s.spans if a < end and start < b),
            default=None,
        )
        done.append(replace(e, statement=whole))
    return done


def statements(holdings: Holdings, speaker: str | None, about: str | None) -> list[Statement]:
    """See `Archive.statements`."""
    from rag.answering.select import relevant

    if speaker is not None:
        people = holdings.who.named(speaker)
        said = holdings.catalogue.statements_by([p.id for p in people]) if people else []
    else:
        said = holdings.catalogue.all_statements()
    if not about:
        return [s for _, s in said]
    if speaker is None:
        found = on_topic(holdings, Question(about, "who said", topic=about))
    else:
        found = measure(holdings, said, Wanted.of(about, holdings.words.rarity, leave_out=set(terms(speaker))), about)
    return [e.statement for e in sorted(relevant(found), key=lambda e: -e.score) if e.statement]


def holding_words(holdings: Holdings, quote: str, filters: Filters = Filters()) -> list[Evidence]:
    """Statements that hold these very words (quote marks, dashes and capital letters apart)."""
    sought = " ".join(fold(quote).lower().split())
    held = holdings.catalogue.passages([number for number, _ in holdings.words.phrases(quote, PHRASED)], filters)
    found = []
    for key, article in holdings.catalogue.articles_by_key({key for _, key in held.values()}).items():
        for s in holdings.catalogue.statements_in(key):
            text = " ".join(fold(article.text[s.start : s.end]).lower().split())
            if sought in text and not s.negated:
                found.append(Evidence(article, s.spans, s, 1.0, 1.0, 1.0, 1.0))
    return found
