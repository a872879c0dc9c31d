from dataclasses import replace

import numpy as np
import pytest
from conftest import SEEDS

from rag.answer_types import NUMBER, asked_for, candidates
from rag.answering.evidence import stance
from rag.answering.evidence.measure import Evidence, tells_something
from rag.answering.evidence.select import best_facts, newest, relevant, relevant_of_anybody
from rag.answering.evidence.wanted import Wanted, akin
from rag.domain import Article, Form, Statement
from rag.embedding import BUNDLED, Embedder
from rag.text import terms

ARTICLE = Article("a", "Ferry", "The ferry was late.")
OTHER = Article("b", "Pier", "The ferry was late.")


def evidence(own: float, near: float = 0.0, head: float = 0.0, meaning: float = 0.0, fits: float = 0.0) -> Evidence:
    return Evidence(ARTICLE, ((0, 19),), None, own, near, head, meaning, meaning, near, near, near, fits)


def test_words_of_the_topic_in_the_statement_make_it_relevant_and_nothing_at_all_does_not() -> None:
    on, off = evidence(1.0, 1.0, 1.0, 0.5), evidence(0.0)
    assert [e.own for e in relevant([off, on])] == [1.0]


def test_what_is_clearly_read_to_answer_is_on_the_topic_in_whatever_words() -> None:
    assert relevant([replace(evidence(0.0), reading=1.2)])
    assert not relevant([replace(evidence(0.0), reading=0.9)])


def test_no_evidence_is_no_answer() -> None:
    assert relevant([]) == []
    assert best_facts([]) == []
    assert newest([]) == []


def test_the_sentence_that_holds_what_is_asked_for_wins_over_one_that_does_not() -> None:
    without, fitting = evidence(0.9, 0.9, 0.9, 0.9), evidence(0.9, 0.9, 0.9, 0.9, 1.0)
    assert best_facts([without, fitting])[0].fits == 1.0


def test_a_sentence_that_says_little_of_what_was_asked_is_no_fact() -> None:
    assert best_facts([evidence(0.1, 0.1, 0.1, 0.3)]) == []


def test_of_like_sentences_the_one_whose_article_holds_more_of_what_is_asked_comes_first() -> None:
    here, elsewhere = evidence(0.5, 0.5, 0.5, 0.5), replace(evidence(0.5, 0.5, 0.5, 0.55), lacks=0.3)
    assert best_facts([elsewhere, here])[0].lacks == 0


def test_what_is_read_to_answer_clearly_needs_none_of_the_words_that_are_asked() -> None:
    worded, answering = (
        evidence(0.9, 0.9, 0.9, 0.9),
        replace(evidence(0.0, 0.5, 0.5, 0.6, 1.0), article=OTHER, answers=0.7),
    )
    assert best_facts([worded, answering], must_fit=True)
    assert not best_facts([worded, replace(answering, answers=0.1)], must_fit=True)


def test_a_number_asked_for_and_nowhere_to_be_seen_is_not_stated() -> None:
    assert best_facts([evidence(0.9, 0.9, 0.9, 0.9)], must_fit=True) == []


def test_rare_words_weigh_more_than_common_ones() -> None:
    wanted = Wanted.of("ferry strike", {"ferri": 1.0, "strike": 9.0}.__getitem__)
    assert wanted.share(["strike"]) == 0.9
    assert wanted.share(["ferri"]) == 0.1
    assert wanted.share([]) == 0.0
    assert Wanted.of("the of", lambda _: 1.0).share(["anything"]) == 0.0


def test_a_stem_with_two_letters_more_is_kin_and_a_longer_or_short_one_is_not() -> None:
    assert akin("staf", "staff")
    assert not akin("tow", "town")
    assert not akin("port", "portrait")


def test_what_is_asked_for_is_read_from_the_question_word() -> None:
    for question, kind in (
        ("how many ferries run?", "number"),
        ("how much did the ferry cost?", "money"),
        ("when did it sail?", "time"),
        ("where does it land?", "place"),
        ("who built it?", "person"),
        ("why was it late?", "reason"),
        ("is it late?", None),
        ("which tune plays when they win?", "name"),
        ("at which restaurant did they share a meal?", "place"),
    ):
        found = asked_for(question)
        assert (found.name if found else None) == kind, question


def test_a_number_that_the_question_itself_holds_is_no_answer_to_it() -> None:
    asked = set(terms("how many of the 40 ferries sailed"))
    assert list(candidates(NUMBER, "All 40 ferries were checked.", asked)) == []
    assert list(candidates(NUMBER, "Of the 40 ferries, 12 sailed.", asked)) == [(19, 21)]


def test_the_fast_share_is_the_share_of_all_terms() -> None:
    text = (SEEDS / "articles" / "parliament-protest.txt").read_text(encoding="utf-8")
    for asked in (
        "towing vehicles",
        "10,000 staff",
        "dying protesters' tents",
        "anti-mandate don't O'Brien",
        "Covid-19",
    ):
        wanted = Wanted.of(asked, lambda term: 1.0 + len(term))
        for start in range(0, len(text), 500):
            piece = text[start : start + 900] + " Dying men don't sign the anti-mandate, 10,000 of them."
            assert wanted.share_in(piece) == wanted.share(terms(piece))


def said(article: str, **measures: float) -> Evidence:
    values = {"own": 0.0, "near": 0.0, "head": 0.0, "meaning": 0.5, "around": 0.5, "article_wide": 1.0} | measures
    return Evidence(Article(article, "Ferry", "The ferry was late."), ((0, 19),), None, **values)  # type: ignore[arg-type]


def test_a_topic_in_other_words_is_met_by_meaning_alone() -> None:
    near, far = (
        said("a", article_wide=0.8, meaning=0.62, around=0.6),
        said("a", article_wide=0.8, meaning=0.2, around=0.6),
    )
    assert [e.meaning for e in relevant([far, near])] == [0.62]


def test_of_a_topic_of_one_word_what_stands_where_it_is_named_comes_first() -> None:
    named, beside = said("a", near=1.0, before=1.0), said("b", near=0.0, around=0.4)
    assert len(relevant([named, beside])) == 1
    assert len(relevant([replace(e, words=6) for e in (named, beside)])) == 2


def test_what_the_conversation_has_cited_is_more_likely_meant() -> None:
    unsure = said("a", meaning=0.3, around=0.3, article_wide=0.8)
    assert relevant([unsure]) == []
    assert len(relevant([replace(unsure, known=1.0)])) == 1


def test_who_takes_the_other_side_in_words_alone_is_asked_about_where_the_vector_knows_better() -> None:
    praised = Evidence(
        Article("a", "Ferry", "A good, fair plan."), ((0, 18),), None, 1.0, 1.0, 1.0, 0.6, 0.6, 1.0, 1.0, 1.0
    )
    assert relevant_of_anybody([praised], "against") == []
    assert len(relevant_of_anybody([replace(praised, blame=0.5)], "against")) == 1
    assert len(relevant_of_anybody([praised], "for")) == 1


TALK = Article(
    "a", "Ferry", "Holm spoke. “It is late,” Holm said. He said the crew was sick.\n\nPell said the pier was shut."
)  # invented


def spoken(words: str, speaker: str, form: Form = "reported", **measures: float) -> Evidence:
    start = TALK.text.index(words)
    spans = ((start, start + len(words)),)
    return replace(said("a", **measures), article=TALK, spans=spans, statement=Statement(spans, None, speaker, form))


def test_asked_who_a_quotation_comes_before_a_report_and_what_is_far_behind_is_left_out() -> None:
    quoted, reported = (
        spoken("“It is late,”", "Holm", "direct", reading=0.6),
        spoken("the pier was shut", "Pell", reading=-0.2),
    )
    assert [e.statement for e in relevant_of_anybody([reported, quoted])] == [quoted.statement]
    assert len(relevant_of_anybody([replace(quoted, reading=0.0), reported])) == 2


def test_blame_without_a_strong_word_lies_in_the_direction_of_blame(embedder: Embedder) -> None:
    blames, defends = embedder.embed(
        [
            "“I'd like to hear the harbour master explain that to a mother who waits for the last boat in the rain,” Holm said.",
            "“We have carried twice as many people with the same two boats, and nobody has had to wait,” Holm said.",
        ]
    )
    found = stance.blame(np.stack([blames, defends]), BUNDLED)
    assert found[0] > 0 > found[1]
    assert not stance.blame(np.stack([blames]), "another model").any()


def test_a_number_in_one_of_the_next_best_sentences_is_enough() -> None:
    best = [evidence(0.9, 0.9, 0.9, 0.9)] * 4
    assert best_facts([*best, evidence(0.9, 0.6, 0.6, 0.6, 1.0)], must_fit=True)
    assert best_facts([*best * 3, evidence(0.9, 0.2, 0.2, 0.2, 1.0)], must_fit=True) == []


@pytest.mark.parametrize(
    ("reported", "tells"),
    [
        *((scrap, False) for scrap in ("so", "her resignation", "to resign", "the mayor's")),
        *((told, True) for told in ("it wasn't bad", "they’re hiring", "he lied", "that the ferry sails")),
    ],
)
def test_a_scrap_of_reported_speech_is_no_statement_to_answer_with(reported: str, tells: bool) -> None:
    assert tells_something(reported) is tells
