"""Sentences that may state a fact, with the thing that is asked for in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from heapq import nlargest

from rag import answer_types
from rag.answer_types import AnswerType
from rag.answering.evidence.measure import ENDS, LIKE_WORDS, PASSAGES, Evidence, Nearness, read_articles
from rag.answering.evidence.select import fact_score
from rag.answering.evidence.wanted import Wanted
from rag.domain import Question
from rag.holdings import Holdings
from rag.retrieval import Hybrid
from rag.text import terms

LOOKED_INTO = 32
"""In how many sentences, the best without it, the thing asked for is looked for: that is slow, and hardly lifts the others
to the top."""


def facts(holdings: Holdings, question: Question, kind: AnswerType | None = None) -> list[Evidence]:
    """The sentences of the best passages, measured; unordered. `kind`: what they must hold, where the topic's own
    wording doesn't tell."""
    search = Hybrid(holdings).search
    hits = search(question.topic, PASSAGES, question.filters)
    if question.around:  # a follow-up leaves out what the conversation is about
        met = {h.passage for h in hits}
        wider = search(f"{question.topic} {question.around}", PASSAGES, question.filters)
        hits += [h for h in wider if h.passage not in met]
    if not hits:
        return []
    keys = holdings.catalogue.keys_of({h.article.id for h in hits})
    read = read_articles(holdings, list(keys.values()))
    numbers = [read[keys[h.article.id]].passage(h.passage.start) for h in hits]
    near_to = Nearness.of(holdings, question.topic, {n for n in numbers if n is not None})
    wanted = Wanted.of(question.topic, holdings.words.rarity)
    kind = kind or answer_types.asked_for(question.topic)
    asked = set(terms(question.topic))
    shares = {hit.article.id: wanted.share_in(f"{hit.article.title}\n{hit.article.text}") for hit in hits}
    most = max(shares.values())
    found: list[Evidence] = []
    for hit, number in zip(hits, numbers, strict=True):
        if number is None:
            continue
        r = read[keys[hit.article.id]]
        around = set(terms(hit.text))
        near, head = wanted.share(around), wanted.share(around | r.head_terms)
        spans = r.sentences(number)
        cosines = near_to.sentences.get(number) or [LIKE_WORDS * wanted.share_in(hit.article.cut(s)) for s in spans]
        for span, meaning in zip(spans, cosines, strict=False):
            text = hit.article.cut(span)
            found.append(
                Evidence(
                    hit.article, (span,), None, wanted.share_in(text), near, head, meaning,
                    near_to.passages.get(number, 0.0), early=1 - span[0] / len(hit.article.text),
                    finished=float(text[-1:] in ENDS), known=float(hit.article.id in question.context),
                    lacks=most - shares[hit.article.id],
                )
            )  # fmt: skip
    best = nlargest(LOOKED_INTO, found, key=fact_score)
    fit = {id(e): _fits(question.topic, kind, e.article.cut(e.spans[0]), asked) for e in best}
    return [replace(e, fits=fit[id(e)]) if fit.get(id(e)) else e for e in found]


def _fits(topic: str, kind: AnswerType | None, text: str, asked: set[str]) -> float:
    """Whether the sentence holds what is asked for."""
    return answer_types.fits(kind, text, asked) if answer_types.keeps_rank(topic, text) else 0.0


def with_short_answer(topic: str, found: Sequence[Evidence]) -> list[Evidence]:
    """Sentences, best first, the best with the number, time or name in it that is asked for: marked in the others, too,
    what answers nothing would look like an answer."""
    best = found[0]
    at = answer_types.short_answer(topic, best.article.cut(best.spans[0]))
    return [replace(best, short=(best.start + at[0], best.start + at[1])) if at else best, *found[1:]]


def with_statements(holdings: Holdings, found: Sequence[Evidence]) -> list[Evidence]:
    """Sentences that are somebody's words, with whose they are."""
    keys = holdings.catalogue.keys_of({e.article.id for e in found})
    done: list[Evidence] = []
    for e in found:
        start, end = e.spans[0]
        inside = holdings.catalogue.statements_over(keys[e.article.id], (start, end))
        whole = max(
            inside,
            key=lambda s: sum(min(b, end) - max(a, start) for a, b in s.spans if a < end and start < b),
            default=None,
        )
        done.append(replace(e, statement=whole))
    return done


def holds(e: Evidence, kind: AnswerType, topic: str) -> bool:
    """Whether the paragraph of a statement holds such a thing: the number often stands beside the quotation."""
    start = e.article.text.rfind("\n", 0, e.start) + 1
    end = e.article.text.find("\n", e.end)
    return bool(answer_types.fits(kind, e.article.text[start : end if end >= 0 else None], set(terms(topic))))
