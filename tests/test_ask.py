"""What must come out for the user's article, through the real stores and the real models."""

from __future__ import annotations

from pathlib import Path

import pytest

import rag
from rag.embedding import Embedder


def words(answer: rag.Answer) -> str:
    return "\n".join(line.text for line in answer.lines)


def speakers(answer: rag.Answer) -> set[str | None]:
    return {line.speaker for line in answer.lines}


@pytest.fixture(scope="session")
def towing(archive: rag.Archive) -> rag.Answer:
    return archive.ask("what did Coster say about towing?")


def test_coster_on_towing_is_all_of_his_words_on_it(towing: rag.Answer) -> None:
    assert towing.answered
    for said in (
        "police today decided towing vehicles would escalate tensions but a traffic management plan would be preferable",
        "There was a growth in the number of people",
        "We needed to explore the option of that and test what the reaction would be.",
        "That approach would have been provocative and unhelpful.",
    ):
        assert said in words(towing)


def test_coster_on_towing_is_only_his_words(towing: rag.Answer) -> None:
    assert speakers(towing) == {"Andrew Coster"}
    assert {line.role for line in towing.lines} == {"Police Commissioner"}
    assert "Yes they could tow" not in words(towing)
    assert "requested support" not in words(towing)


def test_coster_on_towing_leaves_out_what_he_says_on_other_things(towing: rag.Answer) -> None:
    for other in ("10,000 staff", "136 police", "management within the group", "baseline of people"):
        assert other not in words(towing)


def test_reported_speech_and_inferred_speakers_are_marked(towing: rag.Answer) -> None:
    by_text = {line.text: line for line in towing.lines}
    [reported] = [line for text, line in by_text.items() if "escalate tensions" in text]
    [continued] = [line for text, line in by_text.items() if "explore the option" in text]
    assert reported.form == "reported"
    assert "inferred" in (continued.remark or "")


def test_a_follow_up_stays_with_the_speaker(archive: rag.Archive, towing: rag.Answer) -> None:
    staffing = archive.ask("and about staffing?", history=[towing])
    assert speakers(staffing) == {"Andrew Coster"}
    assert "We have 10,000 staff" in words(staffing)
    assert "136 police were out of action" in words(staffing)


@pytest.mark.parametrize(
    ("question", "stands_there"),
    [
        ("how many police had Covid?", "about 136"),
        ("where did Miles Marsden come from?", "Geraldine"),
        ("who signed the joint statement?", "the mayors of Wairarapa"),
        ("did the police abandon Wellingtonians?", "Not at all"),
        ("what does the students' association want?", "before Trimester 1 starts on February 28"),
    ],
)
def test_a_fact_is_answered_by_its_sentence(archive: rag.Archive, question: str, stands_there: str) -> None:
    answer = archive.ask(question)
    assert answer.answered
    assert stands_there in "\n".join(line.text for line in answer.lines[:3])


def test_coleman_is_answered_with_his_own_statements(archive: rag.Archive) -> None:
    answer = archive.ask("what did Coleman say about the military?")
    assert speakers(answer) == {"Jonathan Coleman"}
    assert "there isn't much the Defence Force could actually do" in words(answer)
    assert "West Belfast" in words(answer)


def test_an_unnamed_speaker_is_described_and_said_to_be_unnamed(archive: rag.Archive) -> None:
    answer = archive.ask('who called the protest "nothing but love"?')
    [line] = answer.lines
    assert "protester at the camp" in (line.speaker or "")
    assert "does not name" in (line.remark or "")
    assert answer.citations[0].speaker == line.speaker


def test_mallard_s_terms_are_his(archive: rag.Archive) -> None:
    answer = archive.ask("what did Mallard say about talking to protesters?")
    assert speakers(answer) == {"Trevor Mallard"}
    for term in ("illegally parked vehicles are cleared", "tents are removed", "intimidation"):
        assert term in words(answer)


def test_quoted_but_not_on_this_says_so_and_on_what(archive: rag.Archive) -> None:
    answer = archive.ask("what did Coster say about rugby?")
    assert not answer.answered
    assert answer.citations == ()
    assert answer.note is not None
    assert answer.note.startswith("Not in these articles: Andrew Coster is quoted here ")
    assert "rugby" in answer.note
    assert answer.nearby


def test_mentioned_but_never_quoted_says_so(archive: rag.Archive) -> None:
    answer = archive.ask("what did Jacinda Ardern say about towing?")
    assert not answer.answered
    assert "mentioned in 1 article, but never quoted" in (answer.note or "")


def test_a_stranger_is_not_in_the_archive(archive: rag.Archive) -> None:
    answer = archive.ask("what did Hilde Brandtner say about towing?")
    assert not answer.answered
    assert "quoted or mentioned" in (answer.note or "")


@pytest.mark.parametrize(
    "question",
    [
        "",
        "🤔",
        "the of and",
        "x" * 10_000,
        "qué dijo el alcalde sobre el puente",
        "<script>alert(1)</script>",
        '"',
        "'; DROP TABLE articles",
    ],
)
def test_what_cannot_be_answered_gets_a_sentence_and_no_error(archive: rag.Archive, question: str) -> None:
    answer = archive.ask(question)
    assert answer.answered or (answer.note or "").endswith((".", "?"))


def test_every_citation_is_cut_out_of_its_article(archive: rag.Archive) -> None:
    for question in ("what did Coster say about towing?", "how many police had Covid?", "who criticised the protest?"):
        for c in archive.ask(question).citations:
            article = archive.article(c.article_id)
            assert article is not None
            assert article.text[c.start : c.end] == c.text


def test_a_chat_model_that_fails_leaves_the_articles_words_and_one_sentence(
    archive_folder: Path, embedder: Embedder
) -> None:
    with rag.open_archive(archive_folder, rag.Settings(model="nosuchprovider:x"), embedder) as archive:
        answer = archive.ask("what did Coster say about towing?")
    assert answer.answered
    assert "provocative and unhelpful" in words(answer)
    assert "nosuchprovider" in (answer.note or "")
    assert all(line.form != "written" for line in answer.lines)


def test_a_change_is_told_oldest_first_from_articles_of_different_days(archive: rag.Archive) -> None:
    answer = archive.ask("How did the estimated cost of mending the bridge change from March to April 2024?")
    dates = [c.published for c in answer.citations if c.published]
    assert answer.understood.kind == "change"
    assert dates == sorted(dates)
    assert len({d.date() for d in dates}) >= 2


def test_a_summary_keeps_to_one_article_and_to_its_sentences(archive: rag.Archive) -> None:
    answer = archive.ask("Summarise the article about the lifeboat")
    assert len({c.article_id for c in answer.citations}) == 1
    assert 3 <= len(answer.lines) <= 5
    assert [c.start for c in answer.citations] == sorted(c.start for c in answer.citations)


def test_two_questions_get_both_answers(archive: rag.Archive) -> None:
    answer = archive.ask("what did Coster say about towing, and what did Mallard say about talking to protesters?")
    assert {"Andrew Coster", "Trevor Mallard"} <= speakers(answer)


def test_the_short_answer_is_marked_inside_the_sentence(archive: rag.Archive) -> None:
    first = archive.ask("how many police had Covid?").lines[0]
    article = archive.article(first.citations[0].article_id)
    assert article is not None
    assert first.short is not None
    assert article.text[slice(*first.short)] == "136"


def test_somebody_without_a_name_can_be_asked_about(archive: rag.Archive) -> None:
    answer = archive.ask("What did the fisherman say about the noise?")
    assert answer.answered
    assert any("bass" in line.text for line in answer.lines)


def test_a_rank_that_nobody_tells_is_refused(archive: rag.Archive) -> None:
    assert not archive.ask("Which boat finished third in the harbour race?").answered


@pytest.mark.parametrize(
    "question",
    [
        "what did Coster say about towing?",
        "who spoke about the bridge?",
        "How did the cost of the bridge change between March and April 2024?",
    ],
)
def test_a_readers_filter_is_never_widened(archive: rag.Archive, question: str) -> None:
    from datetime import UTC, datetime

    answer = archive.ask(question, filters=rag.Filters(until=datetime(2021, 1, 1, tzinfo=UTC)))
    assert all(c.published is None or c.published.year < 2021 for c in answer.citations)
    assert not [c for c in answer.citations if c.published]


def test_where_nobody_takes_the_side_asked_for_the_note_says_so(archive: rag.Archive) -> None:
    answer = archive.ask("Who praised the weather?")
    assert answer.understood.stance == "for"
    assert answer.note is not None
    assert answer.note.startswith("No statement was found that speaks for it")


def test_who_spoke_on_somebody_s_doing_are_others(archive: rag.Archive) -> None:
    spoke = speakers(archive.ask("Who spoke on Delphine Orrick's change of mind?"))
    assert "Ruth Haldane" in spoke
    assert "Delphine Orrick" not in spoke


def test_who_speaks_for_a_body_is_not_who_criticised_it(archive: rag.Archive) -> None:
    spoke = speakers(archive.ask("who criticised the police?"))
    assert spoke
    assert not spoke & {"Andrew Coster", "Police"}


def test_who_is_criticised_is_not_who_criticised(archive: rag.Archive) -> None:
    spoke = {s.lower() for s in speakers(archive.ask("Who criticised the county?")) if s}
    assert "ruth haldane" in spoke
    assert not spoke & {"the county", "county"}


def test_an_outlet_that_nobody_quotes_is_where_to_look(archive: rag.Archive) -> None:
    answer = archive.ask("According to the Gazette, how much would the county pay to hire the ferry?")
    assert answer.understood.filters.source == "Harrow Quay Gazette"
    assert "£9,000" in answer.lines[0].text
    wire = rag.Filters(source="Coastline Wire")
    asked = archive.ask("According to the Gazette, how much would the county pay to hire the ferry?", filters=wire)
    assert asked.understood.filters.source == "Coastline Wire"


def test_a_thing_in_capitals_is_nobody_and_an_unknown_name_is_not_read_as_a_thing(archive: rag.Archive) -> None:
    told = archive.ask("Life Jackets on the ferry")
    assert told.answered
    assert "life jackets" in told.lines[0].text
    assert not archive.ask("Ansel Vorridge on the ferry").answered


def test_what_stands_near_an_office_is_not_what_its_holder_says(archive: rag.Archive) -> None:
    assert not archive.ask("What did the transport secretary say about the closed bridge?").answered
    assert archive.ask("What did the harbourmaster say about life jackets?").answered


def test_somebody_s_brother_in_a_turn_is_not_that_somebody(archive: rag.Archive) -> None:
    first = archive.ask("What did Effie Garraway say about the dinghy?")
    then = archive.ask("and Effie Garraway's brother?", history=[first])
    assert all(citation.speaker != "Effie Garraway" for citation in then.citations)
    assert then.understood.speaker == "Effie Garraway's brother"


def test_what_somebody_would_do_asked_in_two_sentences_is_asked_about_in_a_conversation_too(
    archive: rag.Archive, towing: rag.Answer
) -> None:
    asked = archive.ask("Would Coster resign? What has he said?", history=[towing]).understood
    assert asked.speaker == "Andrew Coster"
    assert "?" not in asked.topic
    assert "said" not in asked.topic
