"""From a `Question` to statements as evidence: of a speaker, on a topic, of somebody without a name, with given words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answer_types import asked_within
from rag.answering.evidence.measure import PASSAGES, Evidence, ReadArticle, measure, read_articles
from rag.answering.evidence.select import NEWEST, relevant
from rag.answering.evidence.wanted import Wanted
from rag.answering.understanding import patterns as p
from rag.answering.understanding.readings import describes
from rag.domain import Filters, Hit, Passage, Person, Question, Span, Statement
from rag.holdings import Holdings
from rag.retrieval import Hybrid
from rag.text import capital_runs, fold, sentences, stem, terms, words
from rag.who import SPEAKS_FOR, answers_for, head_noun

LATEST = 24  # articles, at least, in which what somebody said last is looked for
MANY = 300  # statements of one person that are all measured; of more, those in articles that match the topic
DEPTH_OF_MANY = 60
KNOWN = 0.95  # least article_wide of articles that the conversation has cited, where it goes on about the same
NAMED, NAMELESS, AMONG = 0.8, 1.0, 0.7  # asked who: for a name, against nobody, for one of those asked about
ITSELF = 4.0  # asked who: against whom the question names; "who spoke on Hale's resignation?" asks for others
MOSTLY = 0.5  # share of the topic's words in a paragraph that is about it
BODY = 2  # words of a topic that may be nothing but a body
PHRASED = 60  # passages that hold asked words side by side
_SPOKEN_FOR = frozenset(stem(word) for word in SPEAKS_FOR | {"chief", "senior", "media", "press", "officer"})
WISHED = Wanted(dict.fromkeys(p.WISH_TERMS, 1.0))


def of_speaker(holdings: Holdings, question: Question, person: int) -> list[Evidence]:
    """Everything that the person said, in archive order, measured against the topic; without one, the latest of it."""
    articles = None
    if not question.topic and not asked_within(question.plain):
        return _latest(holdings, question, person)
    if question.topic and holdings.who.statements_of(person) > MANY:
        hits = Hybrid(holdings).search(question.topic, DEPTH_OF_MANY, question.filters)
        articles = list(_by_article(holdings, hits))
    said = [
        (key, s)
        for key, s in holdings.catalogue.statements_by(_and_for_it(holdings, person), question.filters, articles)
        if not s.negated
    ]
    speaker = set(terms(question.speaker or ""))
    wanted = Wanted.of(question.topic, holdings.words.rarity, leave_out=speaker)
    return measure(holdings, said, wanted, question.topic, known_articles(question))


def _and_for_it(holdings: Holdings, person: int) -> list[int]:
    """The person; of an organisation also those who are told to speak for it and for nothing else."""
    body = holdings.who.of_id(person)
    if body is None or body.kind != "organisation":
        return [person]
    name = frozenset(terms(body.name))
    people = filter(None, map(holdings.who.of_id, sorted(holdings.who.called(name) - {person})))
    return [person, *(p.id for p in people if p.kind == "person" and any(_speaks_for(role, name) for role in p.roles))]


def _speaks_for(role: str, name: frozenset[str]) -> bool:
    """Whether a role is that of who speaks for the body with these stems in its name: "a spokeswoman for Tarn Rail"."""
    said = set(terms(role)) - name
    return name <= set(terms(role)) and bool(said) and all(word in _SPOKEN_FOR for word in said)


def _latest(holdings: Holdings, question: Question, person: int) -> list[Evidence]:
    """What the person said last, NEWEST statements at least where there are so many."""
    dated = holdings.catalogue.articles_of(person, question.filters)
    nothing, known = Wanted({}), known_articles(question)
    most = LATEST
    while dated:
        least = dated[min(most, len(dated)) - 1][1]
        articles = [key for key, time in dated if time >= least]  # all of one date, or chance would choose among them
        said = holdings.catalogue.statements_by([person], question.filters, articles)
        found = measure(holdings, [(key, s) for key, s in said if not s.negated], nothing, "", known)
        if len(found) >= NEWEST or most >= len(dated):
            return found
        most *= 4
    return []


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
        own |= _named_in(question.topic, holdings) | _speaking_for(question.topic, holdings)
    if own:
        said = [(key, s) for key, s in said if not any(p.id in own for p in _speakers(s, holdings))]
    wanted = Wanted.of(question.topic, holdings.words.rarity)
    found = measure(holdings, said, wanted, question.topic, known_articles(question))
    if question.stance == "against":
        found = [e for e in found if not _is_the_topic(e, set(terms(question.topic)))]
    named = {p.id for run in capital_runs(question.topic) for p in _called(run, holdings) if p.kind == "person"}
    return [replace(e, who=_answers_who(e, question, named, holdings)) for e in found]


def _is_the_topic(e: Evidence, topic: set[str]) -> bool:
    """Whether the speaker has no name and is what the topic (its stems) is about: "the county", asked who criticised it."""
    statement = e.statement
    if statement is None or statement.speaker is not None:
        return False
    described = statement.described or statement.source
    called = set(terms(e.article.cut(described))) if described else set()
    return bool(called) and called <= topic


def _answers_who(e: Evidence, question: Question, named: set[int], holdings: Holdings) -> float:
    """How well the speaker answers; `named`: the people in the question itself."""
    statement = e.statement
    if statement is None or (statement.speaker is None and not _tells(statement, e)):
        return -NAMELESS
    people = _speakers(statement, holdings)
    belongs = _belongs(e, statement, question.among, people)
    itself = any(p.id in named for p in people)
    return NAMED * any(p.kind == "person" for p in people) + AMONG * belongs - ITSELF * itself


def _belongs(e: Evidence, statement: Statement, group: str, people: Sequence[Person]) -> float:
    """How much of what a group is called is told of the speaker, too; of "House Republicans" Republicans at least."""
    told = [*(role for p in people for role in p.roles), *map(e.article.cut, filter(None, [statement.described]))]
    asked, known, head = set(terms(group)), set(terms(" ".join(told))), set(terms(head_noun(group)))
    return len(asked & known) / len(asked) if head and head <= known else 0.0


def of_group(holdings: Holdings, found: Sequence[Evidence], group: str) -> list[Evidence]:
    """Those of the statements whose speakers belong to the group, where any do: "what do residents say?"."""
    theirs = [e for e in found if e.statement and _belongs(e, e.statement, group, _speakers(e.statement, holdings))]
    return theirs or list(found)


def _tells(statement: Statement, e: Evidence) -> bool:
    """Whether the article's words for a speaker without a name say who it is: "a nurse" does, "those" doesn't."""
    described = words(e.article.cut(statement.described)) if statement.described else ()
    return any(word not in p.UNTOLD for word, _ in described)


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


def wishes(holdings: Holdings, question: Question, person: int) -> Iterator[Evidence]:
    """Sentences that tell what the person wants in the article's own voice: they name the person (by more than a
    pronoun) and hold a word of wishing, as in "The association launched a petition for …".

    In archive order, as they are found; of somebody who says more than MANY things, in the articles on the topic.
    """
    who = holdings.who.of_id(person)
    if who is None:
        return
    names = [set(terms(n)) for n in (who.name, *who.aliases)]
    wanted = Wanted.of(question.topic, holdings.words.rarity, leave_out=names[0])
    keys = list(holdings.catalogue.keys_of(who.articles).values())
    if wanted and who.statements > MANY:
        best = {key for key, _ in holdings.words.stories(question.topic, DEPTH_OF_MANY, sorted(keys))}
        keys = [key for key in keys if key in best]
    for i in range(0, len(keys), LATEST):
        articles = holdings.catalogue.articles_by_key(keys[i : i + LATEST])
        for r in (ReadArticle(articles[key], ()) for key in keys[i : i + LATEST] if key in articles):
            for span in _wishing(r, names):
                own = wanted.share_in(r.article.cut(span)) if wanted else 1.0
                yield Evidence(r.article, (span,), None, own, own, wanted.share(r.head_terms), 0.0)


def _wishing(r: ReadArticle, names: Sequence[set[str]]) -> Iterator[Span]:
    """The sentences with a word of wishing and one of the names, each a set of stems."""
    if not WISHED.share_in(r.article.text):
        return
    for start, end in r.paragraphs:
        if WISHED.share_in(r.article.text[start:end]):  # most paragraphs needn't be cut into sentences
            for span in sentences(r.article.text, start, end):
                held = set(terms(r.article.cut(span)))
                if held & p.WISH_TERMS and any(n and n <= held for n in names):
                    yield span


def silence(holdings: Holdings, question: Question, person: int) -> list[Evidence]:
    """Sentences that tell that the person wouldn't speak ("declined to comment on the fares"), where their paragraph is
    about the topic, in the articles that match it best; those that themselves say most of it first."""
    stories = [key for key, _ in holdings.words.stories(question.topic, DEPTH_OF_MANY)]
    unsaid = holdings.catalogue.statements_by([person], question.filters, stories, unsaid=True)
    wanted = Wanted.of(question.topic, holdings.words.rarity, leave_out=set(terms(question.speaker or "")))
    found: dict[tuple[int, Span], Evidence] = {}
    for key, r in read_articles(holdings, list(dict.fromkeys(key for key, _ in unsaid))).items():
        for s in (s for k, s in unsaid if k == key):
            near = wanted.share_in(r.article.text[slice(*r.paragraph(s.start))])
            whole = next((x for x in sentences(r.article.text, *r.paragraph(s.start)) if x[0] <= s.start < x[1]), None)
            if whole and wanted and near >= MOSTLY:
                own = wanted.share_in(r.article.cut(whole))
                found[key, whole] = Evidence(r.article, (whole,), None, own, near, 0.0, 0.0)
    return sorted(found.values(), key=lambda e: -e.own)


def holding_words(holdings: Holdings, quote: str, filters: Filters = Filters()) -> list[Evidence]:
    """Statements that hold these very words (quote marks, dashes, capital letters and the stop at the end apart)."""
    sought = " ".join(fold(quote).lower().split()).rstrip(" .,;:!?")
    whole = re.compile(rf"(?<!\w)(?<!\w'){re.escape(sought)}(?![\w]|'\w)")
    held = holdings.catalogue.passages([number for number, _ in holdings.words.phrases(quote, PHRASED)], filters)
    found = []
    for key, article in holdings.catalogue.articles_by_key({key for _, key in held.values()}).items():
        for s in holdings.catalogue.statements_in(key):
            text = " ".join(fold(article.text[s.start : s.end]).lower().split())
            if whole.search(text) and not s.negated:
                found.append(Evidence(article, s.spans, s, 1.0, 1.0, 1.0, 1.0))
    return found


def matching(holdings: Holdings, speaker: str | None, about: str | None) -> list[Statement]:
    """See `Archive.statements`."""
    if speaker is None:
        if not about:
            return [s for _, s in holdings.catalogue.all_statements()]
        found = on_topic(holdings, Question(about, "who said", topic=about))
    else:
        people = holdings.who.named(speaker)
        said = holdings.catalogue.statements_by([p.id for p in people]) if people else []
        if not about:
            return [s for _, s in said]
        found = measure(holdings, said, Wanted.of(about, holdings.words.rarity, leave_out=set(terms(speaker))), about)
    return [e.statement for e in sorted(relevant(found), key=lambda e: -e.score) if e.statement]


def known_articles(question: Question) -> dict[str, float]:
    """A follow-up stays with what the conversation is about, though it may word it otherwise than the articles."""
    return dict.fromkeys(question.context, KNOWN if question.carried else 0.0)


def _named_in(topic: str, holdings: Holdings) -> set[int]:
    """The people whose names stand in a topic, and those whose role names what it begins with: in "Tarn Rail's limit" Tarn
    Rail and its chief executive, though in "Pell for moving to Tarn" no teacher in Tarn."""
    about = p.REASON.split(topic, maxsplit=1)[0]
    found = set().union(*(holdings.who.called(frozenset(terms(run))) for run in capital_runs(about)))
    for run in capital_runs(topic[len(about) :]):
        stems = set(terms(run))
        people = filter(None, map(holdings.who.of_id, holdings.who.called(frozenset(stems))))
        found |= {p.id for p in people if any(stems <= set(terms(name)) for name in (p.name, *p.aliases))}
    return found


def _speaking_for(topic: str, holdings: Holdings) -> set[int]:
    """What is the whole topic, those at its head, and who speak for it: of "the police" the police and their commissioner,
    though not any officer."""
    asked = set(terms(topic))
    if not 0 < len(asked) <= BODY:
        return set()
    people = filter(None, map(holdings.who.of_id, holdings.who.called(frozenset(asked))))
    return {
        p.id
        for p in people
        if (p.kind == "organisation" and set(terms(p.name)) == asked)
        or any(answers_for(role, asked) for role in p.roles)
    }


def _called(name: str, holdings: Holdings) -> Sequence[Person]:
    """The one whom a name or surname means for certain."""
    mention = holdings.who.find(name)
    return mention.people if mention and mention.how in ("name", "surname") and len(mention.people) == 1 else ()


def _speakers(statement: Statement, holdings: Holdings) -> list[Person]:
    return holdings.who.named(statement.speaker) if statement.speaker else []


def _by_article(holdings: Holdings, hits: Sequence[Hit]) -> dict[int, list[Passage]]:
    keys = holdings.catalogue.keys_of({h.passage.article_id for h in hits})
    found: dict[int, list[Passage]] = {}
    for hit in hits:
        found.setdefault(keys[hit.passage.article_id], []).append(hit.passage)
    return found
