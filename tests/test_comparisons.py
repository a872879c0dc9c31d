from datetime import UTC, datetime

import pytest

from rag.answering.understanding.comparisons import alternatives, change, parts
from rag.answering.understanding.readings import summary_of
from rag.answering.understanding.times import moment
from rag.answering.understanding.understand import understand
from rag.domain import Moment, Person
from rag.who import Who

TODAY = datetime(2024, 4, 10, tzinfo=UTC)


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("early August", day(2023, 8, 1), day(2023, 8, 11)),
        ("mid-December 2022", day(2022, 12, 10), day(2022, 12, 21)),
        ("late March", day(2024, 3, 20), day(2024, 4, 1)),
        ("May 2022", day(2022, 5, 1), day(2022, 6, 1)),
        ("the harbour vote on March 5, 2024", day(2024, 3, 5), day(2024, 3, 6)),
        ("12 May 2022", day(2022, 5, 12), day(2022, 5, 13)),
        ("2021", day(2021, 1, 1), day(2022, 1, 1)),
        ("Christmas Day 2022", day(2022, 12, 25), day(2022, 12, 26)),
        ("New Year's Eve", day(2023, 12, 31), day(2024, 1, 1)),
        ("Sunday evening", None, None),
    ],
)
def test_words_for_a_time_become_a_moment(text: str, since: datetime | None, until: datetime | None) -> None:
    found = moment(text, TODAY)
    assert found is not None
    assert (found.since, found.until) == (since, until)


def test_words_for_no_time_are_no_moment() -> None:
    assert moment("the harbour", TODAY) is None
    assert moment("February 30", TODAY) is None


def test_a_moment_takes_its_year_from_the_later_one() -> None:
    later = moment("January 2023", TODAY)
    earlier = moment("November", TODAY, later)
    assert earlier is not None
    assert earlier.since == day(2022, 11, 1)


@pytest.mark.parametrize(
    ("text", "topic", "speaker", "moments"),
    [
        ("How did the fare change between January and March 2024?", "the fare", None, 2),
        ("How much higher did the flood rise at the mill from 3 May 2022 to 6 May 2022?", "the flood rise at the mill", None, 2),
        ("How did the count of passengers change from Sunday to the Wednesday after?", "the count of passengers", None, 2),
        ("How did the mayor's position on fares shift between May and July 2023?", "fares", "mayor", 2),
        ("How did fares from Lathe change between Friday, March 1, and Tuesday, March 5, 2024?", "fares from Lathe", None, 2),
        ("How far did the toll from the flood climb from Christmas Day to December 27?", "the toll from the flood", None, 2),
        ("How has Pell's view of the ferry changed?", "the ferry", "Pell", 0),
        ("How has the opening date moved over time?", "the opening date", None, 0),
    ],
)  # fmt: skip
def test_a_change_is_read_with_its_topic_and_its_times(
    text: str, topic: str, speaker: str | None, moments: int
) -> None:
    found = change(text, TODAY)
    assert found is not None
    assert (found.topic, found.speaker, len(found.moments)) == (topic, speaker, moments)


def test_early_and_late_march_are_two_times() -> None:
    found = change("How did the fare change between early and late March 2024?", TODAY)
    assert found is not None
    assert [m.words for m in found.moments] == ["early March 2024", "late March 2024"]
    assert found.moments[0].until == day(2024, 3, 11)


@pytest.mark.parametrize(
    "text",
    [
        "How many people moved from Ottersby to Lathe?",
        "How did the talks go?",
        "What did Pell say between May and July 2023?",
        "Who changed the timetable?",
    ],
)
def test_what_only_sounds_like_a_change_is_none(text: str) -> None:
    assert change(text, TODAY) is None


def test_two_things_are_told_apart() -> None:
    assert alternatives("Which ferry carried more people, the Tern or the Lady Maud?") == (
        "Which ferry carried more people",
        ("the Tern", "the Lady Maud"),
    )
    assert alternatives("Which ferry carried more people?") is None
    assert alternatives("Did she say yes or no?") is None
    assert alternatives("Which catch was bigger, the one at Lathe Bank or the one that the Tern brought home in May 2023?") == (
        "Which catch was bigger",
        ("the one at Lathe Bank", "the one that the Tern brought home in May 2023"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "What did Pell say about fares in May, and why did she defend the rise later?",
            ["What did Pell say about fares in May?", "Why did she defend the rise later?"],
        ),
        (
            "How late did the ferry sail before the strike, and by how much did it change?",
            ["How late did the ferry sail before the strike?", "By how much did it change?"],
        ),
        (
            "What did Pell promise, and whom did she blame later?",
            ["What did Pell promise?", "Whom did she blame later?"],
        ),
        ("Who left the council, and what did they say?", ["Who left the council?"]),
        ("What did Pell and Lund say about fares?", ["What did Pell and Lund say about fares?"]),
        ("The ferry was late, but what did Pell say?", ["The ferry was late, but what did Pell say?"]),
    ],
)
def test_two_questions_in_one_are_parted(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Summarise the article about the ferry", "the ferry"),
        ("Give me a summary of the story on the bridge vote", "the bridge vote"),
        ("What does the article about the lifeboat say?", "the lifeboat"),
        ("What did Pell say about the summary?", None),
        ("Summarise", None),
    ],
)
def test_a_summary_is_asked_for_in_so_many_words(text: str, topic: str | None) -> None:
    assert summary_of(text) == topic


def test_a_moment_knows_its_words() -> None:
    assert moment("his win in May 2022", TODAY) == Moment("May 2022", day(2022, 5, 1), day(2022, 6, 1))


@pytest.mark.parametrize(
    "text",
    [
        "What did Pell say about towing, fines or arrests?",
        "Who criticised the low-income or student fares?",
        "Did the mayor say the bus-fare rise was right or wrong?",
    ],
)
def test_a_list_or_a_hyphen_is_no_choice_between_two_things(text: str) -> None:
    assert understand(text, (), Who([Person(1, "Marta Pell", "person", (), ("mayor",), ("a",), 3)])).kind != "which"


@pytest.mark.parametrize(
    ("text", "topic", "since"),
    [
        ("How did the toll from the floods climb between May 5, and Tuesday, May 9, 2023?", "the toll from the floods", (5, 9)),
        ("How did the word from the court change from May 5 to May 9, 2023?", "the word from the court", (5, 9)),
        ("How did the fare change between early and late May 2023?", "the fare", (1, 20)),
        ("How did the count of guests rise between Christmas Day and December 27, 2023?", "the count of guests", (25, 27)),
    ],
)  # fmt: skip
def test_the_times_of_a_change_may_be_told_in_many_ways(text: str, topic: str, since: tuple[int, int]) -> None:
    found = change(text, TODAY)
    assert found is not None
    assert found.topic == topic
    assert tuple(m.since.day for m in found.moments if m.since) == since


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("How many had no power on May 3, 2023, and how many two days later?", "How many had no power on May 5, 2023?"),
        ("How big was the fire on July 8, 2022, and how big had it grown by July 11?", "How big was the fire by July 11, 2022?"),
        ("Where was the ship on March 3, and where the next day?", "Where was the ship on March 4, 2024?"),
        ("How many were ill on Christmas Day 2022, and how many by that Thursday?", "How many were ill on December 29, 2022?"),
        ("What did Pell say about fares in May 2022, and what in January?", "What did Pell say about fares in January 2023?"),
        ("How did Pell talk of the merger in May 2022, and how in July?", "How did Pell talk of the merger in July 2022?"),
        ("How high did Pell expect it to go in May 2022, and how high in July?",
         "How high did Pell expect it to go in July 2022?"),
        ("What did Pell call the yard when she bought it in May 2022, and what when she sold it in July?",
         "What did Pell call the yard when she sold it in July 2022?"),
        ("What did Pell promise in October 2022, and whom did she blame two months later?",
         "Whom did she blame between December 1, 2022 and December 31, 2022?"),
        ("What did Pell say in May 2022, and what did she plan for the next year?", "What did she plan for the next year?"),
    ],
)  # fmt: skip
def test_the_second_of_two_questions_tells_its_time_in_full(text: str, later: str) -> None:
    assert parts(text, TODAY)[1:] == [later]


@pytest.mark.parametrize(
    "text", ["Did the fare rise in May 2022, and by how much?", "Who won in May, and who lost?", "How far is it to May?"]
)  # fmt: skip
def test_what_asks_no_second_time_is_left_whole(text: str) -> None:
    assert parts(text, TODAY) == [text]


def test_a_comparison_by_than_names_two_things() -> None:
    assert alternatives("How much bigger was the crowd at the final than at the semifinal?") == (
        "How much bigger was the crowd",
        ("the final", "the semifinal"),
    )
    assert alternatives("How many other ferries ran on Sunday than on Monday?") is None
    assert alternatives("How much later did it leave than planned?") is None


@pytest.mark.parametrize(
    "text",
    [
        "How did Marta Pell's view of the ferry change during May 2023?",
        "How did Marta Pell's line on the ferry shift within days in May 2023?",
        "How did Marta Pell's tone about the ferry change within a few weeks during May 2023?",
    ],
)
def test_a_view_may_change_within_one_time(text: str) -> None:
    asked = understand(text, (), Who([Person(1, "Marta Pell", "person", (), (), ("a",), 3)]), today=TODAY)
    assert (asked.kind, asked.speaker, asked.topic, asked.moments) == ("change", "Marta Pell", "the ferry", ())
    assert (asked.filters.since, asked.filters.until) == (day(2023, 5, 1), day(2023, 6, 1))


def test_what_changed_within_one_time_but_a_view_is_a_fact() -> None:
    assert change("How did the fare change during May 2023?", TODAY) is None


def test_what_a_body_had_done_later_is_on_the_same_topic() -> None:
    who = Who([Person(1, "Ottersby Mills", "organisation", (), (), ("a",), 3)])
    text = "What did Ottersby Mills say about selling the yard in May 2023, and what had it done by July?"
    second = understand(text, (), who, today=TODAY).parts[1]
    assert "Ottersby Mills" in second.topic
    assert "selling yard" in second.topic


def test_it_is_the_body_that_was_asked_about_first() -> None:
    who = Who([Person(1, "Ottersby Mills", "organisation", (), (), ("a",), 3)])
    asked = understand(
        "What did Ottersby Mills say about Pell's health on May 3, 2023, and how did it describe him the next day?",
        (), who, today=TODAY,
    )  # fmt: skip
    first, second = asked.parts
    assert (first.speaker, second.speaker) == ("Ottersby Mills", "Ottersby Mills")
    assert second.filters.since == datetime(2023, 5, 4, tzinfo=UTC)


def test_by_a_later_time_begins_where_the_first_one_ends() -> None:
    who = Who([Person(1, "Marta Pell", "person", (), (), ("a",), 3)])
    asked = understand(
        "Where did Marta Pell expect fares to go in March 2023, and what was she expecting by June?",
        (),
        who,
        today=TODAY,
    )
    second = asked.parts[1]
    assert "fares" in second.topic
    assert (second.filters.since, second.filters.until) == (
        datetime(2023, 4, 1, tzinfo=UTC),
        datetime(2023, 7, 1, tzinfo=UTC),
    )


def test_which_word_it_was_is_no_question_for_who_said_the_quoted_one() -> None:
    assert understand("Which word was runner-up to 'sea fret' in the vote?", (), Who([]), today=TODAY).kind == "fact"
