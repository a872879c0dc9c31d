"""What is said where there is no answer, or more than one: five cases told apart, in whole sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from rag.answering import compose
from rag.answering.evidence import facts, select, statements
from rag.answering.evidence.measure import Evidence
from rag.domain import Article, Line, Person, Question, Stance
from rag.holdings import Holdings
from rag.retrieval import ByWords
from rag.text import terms, words

NEAREST = 3  # statements offered beside a refusal
LOOKED_AT = 50  # passages in which a name is looked for


def ask_back(question: Question) -> str:
    return f'Several people here could be "{question.speaker}": {_list(question.choices[:6], "or")}. Which one do you mean?'


def taken_for(question: Question, meant: Question) -> str:
    others = [name for name in question.choices if name != meant.speaker]
    also = f"of that name there {'is' if len(others) == 1 else 'are'} also {_list(others[:4], 'and')}"
    return f'"{question.speaker}" is taken to be {meant.speaker}; {also}.'


def answers_for(body: str, voice: str | None) -> str:
    return f'For "{body}" the articles quote {voice}.'


def more(count: int) -> str:
    return f"There {'is' if count == 1 else 'are'} {count} more; ask more narrowly to see {'it' if count == 1 else 'them'}."


def dropped(count: int) -> str:
    if count == 1:
        return "1 sentence of the model's draft was left out: the passages don't support it."
    return f"{count} sentences of the model's draft were left out: the passages don't support them."


def nobody_on_this_side(stance: Stance) -> str:
    side = "against" if stance == "against" else "for"
    return f"No statement was found that speaks {side} it; these sentences come nearest."


def nothing_then(question: Question) -> str:
    return f"Nothing on this is dated {_window(question)}; the nearest from other times is below."


def said_later(question: Question) -> str:
    return f"Nothing on this is dated {_window(question)}; this is from other articles that name that day."


def no_article(question: Question) -> str:
    return f"Not in these articles: none is about {question.topic}."


def silent(name: str | None) -> str:
    return f"The articles tell that {name} would not speak on it, or did not: see below."


def not_on_that(question: Question) -> str:
    return f"Nothing on {question.topic} is {question.speaker}'s; this is the latest of what they said."


def summed_up(article: Article) -> str:
    when = f", {article.published:%-d %B %Y}" if article.published else ""
    return f"From one article: {article.title}{when}."


def told_later(oldest: datetime) -> str:
    return f"The oldest article here is from {oldest:%-d %B %Y}; what it and later ones tell of that time is searched."


def nothing_from(moments: Sequence[str]) -> str | None:
    return f"Nothing on this is dated around {_list(moments, 'or')}." if moments else None


def _window(question: Question) -> str:
    since, until = question.filters.since, question.filters.until
    if since and until:
        return f"from {since:%-d %B %Y} to before {until:%-d %B %Y}"
    return f"since {since:%-d %B %Y}" if since else f"before {until:%-d %B %Y}" if until else "then"


def nobody_of_that_name(holdings: Holdings, question: Question) -> tuple[str, list[Line]]:
    """The person is mentioned but never quoted, or isn't in the archive at all; and who did speak on the topic."""
    name = question.speaker or "that person"
    mentioned, more_yet = _mentions(holdings, name)
    if mentioned:
        where = "1 article" if mentioned == 1 else f"{'at least ' * more_yet}{mentioned} articles"
        note = f"Not in these articles: {name} is mentioned in {where}, but never quoted."
    else:
        note = f"Not in these articles: nobody called {name} is quoted or mentioned."
    others = _others(holdings, question)
    if others:
        note += f" On this, the articles quote {_list(others, 'and')}."
    return note, []


def not_on_this(holdings: Holdings, question: Question, said: Sequence[Evidence]) -> tuple[str, list[Line]]:
    """The person is quoted, but not on this: how often, on what, and the nearest statements."""
    person = holdings.who.of_id(question.person_id) if question.person_id is not None else None
    name = person.name if person else question.speaker or "that person"
    count, articles = len(said), len({e.article.id for e in said})
    if person and not question.filters:  # of somebody who says much, `said` is a part
        count, articles = person.statements, len(person.articles)
    elif person:
        held = [(key, s) for key, s in holdings.catalogue.statements_by([person.id], question.filters) if not s.negated]
        count, articles = len(held), len({key for key, _ in held})
    where = f"{_times(count)} in {articles} article{'s' if articles != 1 else ''}{_on(said, person)}"
    quoted = f"is quoted here {where}, but not on {_topic(question)}"
    if not count:
        quoted = "is quoted here, but not in the articles that the filters leave"
    note = f"Not in these articles: {name} {quoted}."
    others = [n for n in _others(holdings, question) if n != name]
    if others:
        note += f" On this, the articles quote {_list(others, 'and')}."
    unsaid = statements.silence(holdings, question, person.id)[:NEAREST] if person and question.topic else []
    if unsaid:
        note += f" {silent(name)}"
    nearest = sorted((e for e in said if e.statement), key=lambda e: -e.score)[:NEAREST]
    return note, [*compose.fact_lines(unsaid, holdings.who), *compose.statement_lines(nearest, holdings.who)]


def _topic(question: Question) -> str:
    """What is asked about, with "whether" or "how much" before it, where that was asked."""
    lead = r"(?:\b(?:whether|if|why|how (?:many|much|long|far|often|soon|likely)|how|what) )?"
    m = re.search(lead + re.escape(question.topic), question.text, re.IGNORECASE) if question.topic else None
    return m.group() if m else question.topic or "this"


def not_stated(holdings: Holdings, measured: Sequence[Evidence]) -> tuple[str, list[Line]]:
    """The fact isn't there; the nearest of the measured sentences are."""
    nearest = sorted(measured, key=lambda e: -select.fact_score(e))[:NEAREST]
    note = "Not in these articles: no sentence states this."
    if nearest:
        note += " The nearest ones are below."
    return note, compose.fact_lines(facts.with_statements(holdings, nearest), holdings.who)


def _mentions(holdings: Holdings, name: str) -> tuple[int, bool]:
    """In how many articles all words of the name stand side by side, and whether there may be more of them."""
    parts = [w for w, _ in words(name)]
    phrase = " ".join(parts)
    hits = ByWords(holdings).search(name, LOOKED_AT)
    found = {
        h.article.id for h in hits if phrase and phrase in " ".join(w.removesuffix("'s") for w, _ in words(h.text))
    }
    return len(found), len(hits) == LOOKED_AT


def _others(holdings: Holdings, question: Question) -> list[str]:
    """Who speaks on the topic, those with most to say first."""
    if not question.topic:
        return []
    found = [e for e in select.relevant(statements.on_topic(holdings, question)) if e.statement and e.statement.speaker]
    names = Counter(line.speaker for line in compose.statement_lines(found, holdings.who) if line.speaker)
    return [n for n, _ in names.most_common(3)]


def _on(said: Sequence[Evidence], person: Person | None) -> str:
    """The words that most of a speaker's statements share, as topics."""
    own = set(terms(person.name)) if person else set()
    counts: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for e in said:
        seen = set()
        for span in e.spans:
            for word, _ in words(e.article.cut(span)):
                for stem in terms(word):
                    if stem not in own and len(word) > 3 and word.isalpha() and stem not in seen:
                        seen.add(stem)
                        counts[stem] += 1
                        forms.setdefault(stem, Counter())[word] += 1
    common = [forms[s].most_common(1)[0][0] for s, n in counts.most_common(4) if n > 1]
    return f" (among other things on {_list(common, 'and')})" if common else ""


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _list(names: Sequence[str], joiner: str) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joiner} {names[-1]}" if names else ""
