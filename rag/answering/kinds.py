"""The answer to each kind of question, in the articles' own words: evidence, what of it is good enough, its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag import answer_types
from rag.answering import compose, notes
from rag.answering.checking.verify import check_lines
from rag.answering.evidence import bodies, compared, facts, reading, select, statements, summary
from rag.answering.evidence.measure import Evidence
from rag.answering.understanding import patterns
from rag.answering.understanding.followup_patterns import LEANS, REFERS_BACK
from rag.answering.understanding.readings import described_speaker, standalone, with_speaker
from rag.cross_encoder import bundled_cross_encoder
from rag.domain import Answer, Filters, Line, LineForm, Question
from rag.holdings import Holdings
from rag.text import capital_first, fold, terms
from rag.who import head_noun, relation_in

NAMED_IN = 8  # passages that hold a name, in which it is looked at
MOST_LINES = 24
"""Lines of one answer; the note says how many more there are."""
NAME_WORDS = 4
"""Words of a why-question in which the name of whom it is about is looked for."""


def said(holdings: Holdings, question: Question) -> Answer:
    """All that one person said on the topic, in time order."""
    if question.person_id is None:
        if question.speaker and (
            theirs := select.relevant(statements.of_described(holdings, question, question.speaker))
        ):
            return answered(holdings, question, compose.statement_lines(compose.in_time_order(theirs), holdings.who))
        if outlet := _outlet(holdings, question):
            text = patterns.ACCORDING.sub(" ", question.text).strip()
            asked = replace(question, kind="fact", topic=capital_first(text), speaker=None)
            return fact(holdings, replace(asked, filters=replace(question.filters, source=outlet)))
        if (
            _may_be_told_of_anybody(holdings, question)
            and (told := fact(holdings, question)).answered
            and _tells_of(told, question)
        ):
            return told
        return refuse(question, *notes.nobody_of_that_name(holdings, question))
    everything = statements.of_speaker(holdings, question, question.person_id)
    person = holdings.who.of_id(question.person_id)
    if question.topic and person and person.kind == "organisation":  # "a spokesman for it said"
        everything = [*everything, *statements.of_described(holdings, question, person.name)]
    if question.topic:
        everything = reading.of_statements(bundled_cross_encoder("statements"), question, everything)
        chosen = select.relevant(everything)
    else:
        chosen = select.newest(everything)
    if (kind := answer_types.asked_within(question.asked)) and not any(
        facts.holds(e, kind, question.topic) for e in chosen
    ):
        chosen = []
    wished: list[Line] = []
    if patterns.WISH.search(question.asked):
        wished = compose.fact_lines(
            select.wished(statements.wishes(holdings, question, question.person_id)), holdings.who
        )
    if not chosen and not wished and _may_be_told_of(holdings, question):
        found = fact(holdings, question)
        if found.answered:
            return found
    if not chosen and not wished and question.carried and question.around:
        wider = replace(question, topic=f"{question.topic} {question.around}", around="", began="")
        if (found := said(holdings, wider)).answered:
            return replace(found, understood=wider)
    if not chosen and not wished and question.began:
        earlier = replace(question, topic=question.began, began="")
        if (found := said(holdings, earlier)).answered:
            return replace(found, understood=earlier)
    if not chosen and not wished and question.carried and _asks_for_anything(holdings, question):
        anything = said(holdings, replace(question, topic="", carried=False, context=(), around=""))
        return replace(anything, note=notes.not_on_that(question)) if anything.answered else anything
    if not chosen and not wished:
        return refuse(question, *notes.not_on_this(holdings, question, select.scored(everything)))
    lines = compose.statement_lines(compose.in_time_order(chosen), holdings.who)
    return _beside_silence(holdings, answered(holdings, question, [*wished, *lines]), chosen)


def _outlet(holdings: Holdings, question: Question) -> str | None:
    """The one outlet that is meant by a name that nobody bears: "the Gazette" by the Eastmark Gazette; None where the
    reader has set one."""
    wanted = set() if question.filters.source else set(terms(question.speaker or ""))
    found = [source for source in holdings.catalogue.sources() if wanted and wanted <= set(terms(source))]
    return found[0] if len(found) == 1 else None


def _asks_for_anything(holdings: Holdings, question: Question) -> bool:
    """Whether a question asks by itself what somebody said, of whatever: "what did Pell say?", unlike "and Pell?"."""
    alone = standalone(question.asked, holdings.who)
    whole = alone.kind == "said" and alone.person_id == question.person_id and not LEANS.search(question.asked)
    return whole and not alone.topic


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


def _may_be_told_of_anybody(holdings: Holdings, question: Question) -> bool:
    """Whether the articles may tell what is asked of somebody whom they never quote: why a firm did something, what those
    did whom only a description tells, how much somebody promised, though not what they say."""
    if patterns.WHY.match(question.text):
        return not patterns.HE_OR_SHE.search(question.text)
    speaker = question.speaker or ""
    if relation_in(speaker) and patterns.ASKS_WORDS.search(question.text):
        return False  # what others say is not what "Pell's coach" says
    described = head_noun(speaker)[:1].islower() or bool(patterns.DOES.match(speaker))
    return described or _asks_for_a_thing(question) or _is_a_thing(holdings, question)


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


def _asks_for_a_thing(question: Question) -> bool:
    """Whether it asks for a number, a time, a place or a thing of which somebody need not have spoken."""
    asks = answer_types.must_fit(question.text) or patterns.A_THING.match(question.text)
    return bool(asks) and not patterns.ASKS_WORDS.search(question.text)


def _may_be_told_of(holdings: Holdings, question: Question) -> bool:
    """Whether the articles may tell what is asked in their own voice: why somebody thinks so who is asked about by their
    office alone ("why did the inspectors think …"), or, of an organisation, a number, a time or a place."""
    person = holdings.who.of_id(question.person_id) if question.person_id is not None else None
    if person is None:
        return False
    if patterns.WHY.match(question.text) and not (
        set(terms(person.name)) & set(terms(question.asked)) and patterns.ASKS_WORDS.search(question.text)
    ):
        return True
    if person.kind != "organisation":
        return _asks_for_a_thing(question)
    return person.name.lower() in question.asked or answer_types.must_fit(question.text) or _asks_for_a_thing(question)


def who_said(holdings: Holdings, question: Question) -> Answer:
    """Which people said something, each with their words."""
    if question.quote:
        chosen = statements.holding_words(holdings, question.quote, question.filters)
    else:
        said = statements.on_topic(holdings, question)
        if question.among and not patterns.WHO_SAID.match(question.asked or question.text):
            said = statements.of_group(holdings, said, question.among)
        said = reading.of_anybody(bundled_cross_encoder("who"), question, said)
        chosen = select.relevant_of_anybody(said, question.stance)
    if not chosen:
        told = fact(holdings, question)
        if question.stance and told.answered:  # what is told of it takes no side
            return replace(told, note=" ".join(filter(None, (notes.nobody_on_this_side(question.stance), told.note))))
        return told
    lines = compose.statement_lines(compose.in_time_order(chosen), holdings.who)
    return answered(holdings, question, lines)


def fact(holdings: Holdings, question: Question) -> Answer:
    """The sentences that state it, best first."""
    if question.kind != "fact":
        question = replace(question, kind="fact", topic=question.text)
    if told := _by_whom_it_describes(holdings, question):
        return told
    if reasons := _own_reasons(holdings, question):
        return answered(holdings, question, reasons)
    must_fit = answer_types.must_fit(question.topic)
    measured = reading.of_facts(bundled_cross_encoder("facts"), question, facts.facts(holdings, question))
    chosen = select.best_facts(measured, must_fit) if reading.answered(measured) else []
    if not chosen or _withheld(question, chosen):
        return refuse(question, *notes.not_stated(holdings, measured))
    marked = facts.with_short_answer(question.topic, chosen)
    stating = facts.with_statements(holdings, marked)
    if described_speaker(question.text):
        stating = _of_the_first(stating)
    return answered(holdings, question, compose.fact_lines(stating, holdings.who))


def _withheld(question: Question, told: Sequence[Evidence]) -> bool:
    """Whether the sentence that is read to answer best tells that it isn't known or told."""
    best = max(told, key=lambda e: e.answers)
    return answer_types.withholds(question.topic, best.article.cut(best.spans[0]))


def _of_the_first(told: Sequence[Evidence]) -> list[Evidence]:
    """Where one person's words are asked for: those of the sentences that aren't another's than the best one's."""
    speakers = [e.statement and (e.statement.speaker or e.article.id) for e in told]
    first = next(filter(None, speakers), None)
    return [e for e, speaker in zip(told, speakers, strict=True) if speaker in (None, first)]


def _by_whom_it_describes(holdings: Holdings, question: Question) -> Answer | None:
    """What speakers without a name said, or an organisation, whom the question tells by what they are; None where they
    say nothing on it."""
    described = described_speaker(question.text)
    if described is None:
        return None
    slot, topic = described
    theirs = select.relevant(statements.of_described(holdings, question, slot))
    if not theirs and (body := bodies.told_as(holdings, slot, question.filters)):
        topic = question.around if not topic or REFERS_BACK.fullmatch(topic) else topic
        question = with_speaker(replace(question, kind="said", topic=topic), body.name, [body])
        spoken = statements.of_speaker(holdings, question, body.id)
        theirs = select.relevant(spoken) if topic else select.newest(spoken)
    if not theirs:
        return None
    return answered(holdings, question, compose.statement_lines(compose.in_time_order(theirs), holdings.who))


def _own_reasons(holdings: Holdings, question: Question) -> list[Line]:
    """Why somebody did it, in their own words, where they speak on it."""
    asked = patterns.WHY.match(question.text)
    rest = question.text[asked.end() :] if asked else ""
    mention = holdings.who.find(" ".join(rest.split()[:NAME_WORDS])) if rest else None
    if mention is None or mention.how not in ("name", "surname") or mention.span[0] or len(mention.people) != 1:
        return []
    (person,) = mention.people
    about = replace(question, kind="said", speaker=person.name, topic=rest[mention.span[1] :].strip(" ?"))
    said = select.relevant(statements.of_speaker(holdings, about, person.id))
    return compose.statement_lines(compose.in_time_order(said), holdings.who)


def quote_check(holdings: Holdings, question: Question) -> Answer:
    """ "Did X really say …?" is answered by the quote check."""
    from rag import quotes

    check = quotes.check(holdings, question.quote or "", question.speaker)
    note = check.explanation
    if question.filters:
        question = replace(question, filters=Filters())
        note = f"{note} Quotations are looked for in all articles, whatever the filters leave."
    if check.citation is None:
        return refuse(question, note)
    form: LineForm = "quoted" if check.citation.speaker else "fact"  # nobody's words: the article's own
    line = Line(check.citation.text, (check.citation,), check.citation.speaker, form, remark=check.verdict)
    if check.verdict == "not_found":
        return refuse(question, note, [replace(line, remark=None)])
    return replace(answered(holdings, question, [line]), note=note)


def compare(holdings: Holdings, question: Question) -> Answer:
    """What is told of each of two times, or of two things, the earlier first."""
    chosen = compared.change(holdings, question) if question.kind == "change" else compared.which(holdings, question)
    if not chosen:
        return refuse(question, *notes.not_stated(holdings, facts.facts(holdings, question)))
    told = facts.with_statements(holdings, [e for e in chosen if e.statement is None])
    said = [e for e in chosen if e.statement is not None]
    lines = [*compose.fact_lines(told, holdings.who), *compose.statement_lines(said, holdings.who)]
    missing = compared.in_moments(chosen, question.moments)
    found = answered(holdings, question, compose.oldest_first(lines))
    return replace(found, note=" ".join(filter(None, (notes.nothing_from(missing), found.note))) or None)


def summarise(holdings: Holdings, question: Question) -> Answer:
    """What the article says that is most about the topic."""
    chosen = summary.summarise(holdings, question)
    if not chosen:
        return refuse(question, notes.no_article(question))
    lines = compose.fact_lines(facts.with_statements(holdings, chosen), holdings.who)
    return replace(answered(holdings, question, lines), note=notes.summed_up(chosen[0].article))


def answered(holdings: Holdings, question: Question, lines: Sequence[Line]) -> Answer:
    held = check_lines(lines, holdings.catalogue.article)
    shown = tuple(held[:MOST_LINES])
    note = notes.more(len(held) - len(shown)) if len(held) > len(shown) else None
    return Answer(bool(shown), shown, compose.citations(shown), question, note)


def refuse(question: Question, note: str, nearby: Sequence[Line] = ()) -> Answer:
    return Answer(False, (), (), question, note, tuple(nearby))
