"""What one person said on a topic, and where they said nothing on it, what comes instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag import answer_types
from rag.answering import compose, notes
from rag.answering.evidence import facts, reading, select, statements
from rag.answering.evidence.measure import Evidence
from rag.answering.kinds.result import answered, refuse
from rag.answering.kinds.stated import fact
from rag.answering.understanding import own_voice, patterns
from rag.cross_encoder import bundled_cross_encoder
from rag.domain import Answer, Line, Question
from rag.holdings import Holdings
from rag.text import capital_first, fold, terms
from rag.who import head_noun

NAMED_IN = 8  # passages that hold a name, in which it is looked at


def said(holdings: Holdings, question: Question) -> Answer:
    """All that one person said on the topic, in time order."""
    if question.person_id is None:
        return _of_nobody_quoted(holdings, question)
    everything = _everything_of(holdings, question, question.person_id)
    told = _told(holdings, question, question.person_id, everything)
    return told or refuse(question, *notes.not_on_this(holdings, question, select.scored(everything)))


def _told(holdings: Holdings, question: Question, person_id: int, everything: Sequence[Evidence]) -> Answer | None:
    """What of everything that the person said is on the topic, or else what comes instead; None where nothing does."""
    chosen = select.relevant(everything) if question.topic else select.newest(everything)
    if (kind := answer_types.asked_within(question.plain)) and not any(
        facts.holds(e, kind, question.topic) for e in chosen
    ):
        chosen = []
    lines = [*_wishes(holdings, question, person_id), *compose.said_lines(chosen, holdings.who)]
    if lines:
        return _beside_silence(holdings, answered(holdings, question, lines), chosen)
    instead = (told(holdings, question) for told in (_told_of_them, _on_wider, _on_earlier, _on_anything))
    return next(filter(None, instead), None)


def _told_on(holdings: Holdings, question: Question) -> Answer | None:
    """What was said on another topic than the one asked for, as an answer to that; None where nothing was."""
    if question.person_id is None:
        return None
    everything = _everything_of(holdings, question, question.person_id)
    found = _told(holdings, question, question.person_id, everything)
    return replace(found, understood=question) if found and found.answered else None


def _everything_of(holdings: Holdings, question: Question, person_id: int) -> list[Evidence]:
    """The statements of the person, and those made for an organisation ("a spokesman for it said"); read, where there is
    a topic to read for."""
    everything = statements.of_speaker(holdings, question, person_id)
    if not question.topic:
        return everything
    person = holdings.who.of_id(person_id)
    if person and person.kind == "organisation":
        everything = [*everything, *statements.of_described(holdings, question, person.name)]
    return reading.of_statements(bundled_cross_encoder("statements"), question, everything)


def _wishes(holdings: Holdings, question: Question, person_id: int) -> list[Line]:
    """What the articles say that the person wants, where that is asked."""
    if not patterns.WISH.search(question.plain):
        return []
    return compose.fact_lines(select.wished(statements.wishes(holdings, question, person_id)), holdings.who)


def _of_nobody_quoted(holdings: Holdings, question: Question) -> Answer:
    """Where nobody of that name is quoted: whoever is described so, an outlet's own telling, or what is told of them."""
    if question.speaker and (theirs := select.relevant(statements.of_described(holdings, question, question.speaker))):
        return answered(holdings, question, compose.said_lines(theirs, holdings.who))
    if outlet := _outlet(holdings, question):
        text = patterns.ACCORDING.sub(" ", question.text).strip()
        asked = replace(question, kind="fact", topic=capital_first(text), speaker=None)
        return fact(holdings, replace(asked, filters=replace(question.filters, source=outlet)))
    may = own_voice.may_tell_of_unquoted(question)
    if may is None:
        may = _is_a_thing(holdings, question)
    if may and (told := fact(holdings, question)).answered and _tells_of(told, question):
        return told
    return refuse(question, *notes.nobody_of_that_name(holdings, question))


def _told_of_them(holdings: Holdings, question: Question) -> Answer | None:
    """What the articles tell in their own voice."""
    person = holdings.who.of_id(question.person_id) if question.person_id is not None else None
    if person is None or not own_voice.may_tell_of(question, person):
        return None
    found = fact(holdings, question)
    return found if found.answered else None


def _on_wider(holdings: Holdings, question: Question) -> Answer | None:
    """What was said on a topic carried from before, with what the conversation was about around it."""
    if not question.carried or not question.around:
        return None
    return _told_on(holdings, replace(question, topic=f"{question.topic} {question.around}", around="", began=""))


def _on_earlier(holdings: Holdings, question: Question) -> Answer | None:
    """What was said on the topic that the conversation began with."""
    return _told_on(holdings, replace(question, topic=question.began, began="")) if question.began else None


def _on_anything(holdings: Holdings, question: Question) -> Answer | None:
    """What the person said of whatever, where a turn asks no more than that by itself."""
    if not question.carried or not own_voice.asks_for_anything(question, holdings.who):
        return None
    anything = said(holdings, replace(question, topic="", carried=False, context=(), around=""))
    return replace(anything, note=notes.not_on_that(question)) if anything.answered else anything


def _outlet(holdings: Holdings, question: Question) -> str | None:
    """The one outlet that is meant by a name that nobody bears: "the Gazette" by the Eastmark Gazette; None where the
    reader has set one."""
    wanted = set() if question.filters.source else set(terms(question.speaker or ""))
    found = [source for source in holdings.catalogue.sources() if wanted and wanted <= set(terms(source))]
    return found[0] if len(found) == 1 else None


def _is_a_thing(holdings: Holdings, question: Question) -> bool:
    """Whether the articles write a name in small letters: "Boat Race on the Thames" asks about nobody called Race."""
    name = fold(question.speaker or "").lower()
    if patterns.ASKS_WORDS.search(question.text) or " " not in name:
        return False
    held = holdings.catalogue.passages([number for number, _ in holdings.words.phrases(name, NAMED_IN, 2)])
    articles = holdings.catalogue.articles_by_key({key for _, key in held.values()})
    return any(name in fold(article.text) for article in articles.values())


def _tells_of(told: Answer, question: Question) -> bool:
    """Whether any line names whom only a description tells, where their words are asked for: what stands near isn't what
    "the transport secretary" says."""
    head = set(terms(head_noun(question.speaker or "")))
    if not patterns.ASKS_WORDS.search(question.text):
        return True
    return any(head <= set(terms(line.text)) for line in told.lines)


def _beside_silence(holdings: Holdings, found: Answer, chosen: Sequence[Evidence]) -> Answer:
    """With what the articles tell of the person's not speaking on the topic, where what they did say holds less of it."""
    question = found.understood
    if question.person_id is None or not question.topic:
        return found
    silent = statements.silence(holdings, question, question.person_id)
    if not silent or silent[0].own < statements.MOSTLY or max((e.own for e in chosen), default=0.0) >= silent[0].own:
        return found
    note = " ".join(filter(None, (found.note, notes.silent(question.speaker))))
    return replace(found, note=note, nearby=tuple(compose.fact_lines(silent[: notes.NEAREST], holdings.who)))
