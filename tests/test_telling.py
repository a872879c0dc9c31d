"""What a verb tells of the words behind it: that they are denied, criticised, left unsaid; and whose an answer is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from ingest import ingest
from tests.conftest import WordHashes

ARTICLE = """Ferry sale disputed

Orla Finch, the owner of the ferry, denied that she had sold the ferry to a bank. She declined to comment on the harbour wages.

Hugo Vance, the mayor of Tollick, criticised the new fares. He called the timetable a muddle.

Lena Moor-Hale was on the quay. "We heard it before we saw it," said the bus driver.

The president of the rowing club, Ida Strand, said the boats would stay. Party leader Olaf Brun said the fares were fair.

Tollick Mills warned on profit because it had botched the move of its warehouse.

Eastmoor gives the swimming club 900 pounds a year for its slipway. Tollick Lights went dark because a cable froze.
"""  # invented
OTHER = """Snow on the pass

Rolf Ager, who drives the plough, said the snow was deep.
"""  # invented


@pytest.fixture(scope="module")
def tollick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Archive]:
    folder: Path = tmp_path_factory.mktemp("tollick")
    (folder / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "snow.txt").write_text(OTHER, encoding="utf-8")
    with rag.open_archive(folder / "archive", rag.Settings(), WordHashes()) as archive:
        ingest([folder / "ferry.txt", folder / "snow.txt"], archive)
        yield archive


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What did Orla Finch say about the ferry?", "denied that she had sold the ferry to a bank"),
        ("What did Hugo Vance say about the fares?", "criticised the new fares"),
        ("What did Hugo Vance say about the timetable?", "called the timetable a muddle"),
    ],
)
def test_words_that_mean_another_thing_without_their_verb_are_shown_with_it(
    tollick: rag.Archive, question: str, line: str
) -> None:
    assert line in [shown.text for shown in tollick.ask(question).lines]


def test_what_somebody_denied_they_did_not_say(tollick: rag.Archive) -> None:
    check = tollick.check_quote("she had sold the ferry to a bank", "Orla Finch")
    assert check.verdict == "altered"
    assert "denied" in check.explanation


def test_that_somebody_would_not_speak_on_it_is_told(tollick: rag.Archive) -> None:
    answer = tollick.ask("What did Orla Finch say about the harbour wages?")
    assert "would not speak" in (answer.note or "")
    assert answer.nearby[0].text == "She declined to comment on the harbour wages."
    assert "would not speak" not in (tollick.ask("What did Orla Finch say about the ferry?").note or "")


def test_what_an_article_calls_a_speaker_may_be_somebody_whom_it_names(tollick: rag.Archive) -> None:
    assert tollick.check_quote("We heard it before we saw it", "Lena Moor-Hale").verdict == "verbatim"
    assert (
        tollick.check_quote("We heard it before we saw it", "Hugo Vance").verdict == "misattributed"
    )  # he is the mayor


def test_the_president_is_who_is_called_so_and_no_other_leader(tollick: rag.Archive) -> None:
    assert {line.speaker for line in tollick.ask("What did the president say?").lines} == {"Ida Strand"}
    assert {line.speaker for line in tollick.ask("What did the party leader say?").lines} == {"Olaf Brun"}


def test_why_somebody_did_it_is_told_without_their_being_quoted(tollick: rag.Archive) -> None:
    answer = tollick.ask("Why did Tollick Mills warn on profit?")
    assert answer.answered
    assert "botched the move" in answer.lines[0].text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much has Eastmoor promised the swimming club for its slipway?", "900 pounds"),
        ("What did the company running Tollick Lights blame for going dark?", "a cable froze"),
    ],
)
def test_what_need_not_be_spoken_is_told_of_whom_nobody_quotes_on_it(
    tollick: rag.Archive, question: str, told: str
) -> None:
    answer = tollick.ask(question)
    assert answer.understood.kind == "fact"
    assert told in answer.lines[0].text


@pytest.mark.parametrize(
    "question",
    [
        "How much did Ingrid Eastmoor say the swimming club gets for its slipway?",
        "Why did Ingrid Eastmoor say she gives the swimming club 900 pounds a year?",
        "What reason did Rolf Ager give for the 900 pounds a year to the swimming club?",
    ],
)
def test_what_somebody_must_have_spoken_is_not_told_by_others(tollick: rag.Archive, question: str) -> None:
    assert not tollick.ask(question).answered


def test_a_whole_question_is_not_held_to_the_topic_before(tollick: rag.Archive) -> None:
    first = tollick.ask("What did Hugo Vance say about the fares?")
    answer = tollick.ask("What did Rolf Ager say?", history=[first])
    assert [line.text for line in answer.lines] == ["the snow was deep"]
    assert (answer.note or "").startswith("Nothing on the fares")
    assert not tollick.ask("and Rolf Ager?", history=[first]).answered


def test_who_says_nothing_on_what_the_topic_has_come_down_to_may_on_what_it_began_with(tollick: rag.Archive) -> None:
    first = tollick.ask("What did Hugo Vance say about the timetable?")
    second = tollick.ask("and the plough?", history=[first])
    answer = tollick.ask("What about Hugo Vance?", history=[first, second])
    assert [line.text for line in answer.lines] == ["called the timetable a muddle"]
    assert answer.understood.topic == "the timetable"
    assert not tollick.ask("What did Hugo Vance say about the plough?", history=[first, second]).answered
