from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.answering.understanding.times import time_window
from rag.answering.understanding.understand import LONGEST, understand
from rag.domain import Answer, Citation, Filters, Line, Person, Question
from rag.who import Who


def person(id: int, name: str, *roles: str) -> Person:
    return Person(id, name, "person", (name.split()[-1],), roles, ("a",), 3)


WHO = Who(
    [
        person(1, "Marta Pell", "mayor of Ottersby"),
        person(2, "Ivo Lund", "chief executive of Tarn Rail"),
        person(3, "Greta Lund", "harbourmaster"),
        person(4, "Otis Grady"),
    ]
)
TODAY = datetime(2024, 4, 10, tzinfo=UTC)


def asked(text: str, *history: Answer, filters: Filters = Filters()) -> Question:
    return understand(text, history, WHO, filters, TODAY)


def answered(question: Question, *speakers: str) -> Answer:
    cited = tuple(Citation("a", 0, 1, "x", s, "t", None, None, None) for s in speakers)
    return Answer(True, (), cited, question)


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("What did Marta Pell say about the ferry?", "Marta Pell", "the ferry"),
        ("what did pell say about the ferry", "Marta Pell", "the ferry"),
        ("What has the mayor of Ottersby said about fares?", "Marta Pell", "fares"),
        ("Pell on the ferry?", "Marta Pell", "the ferry"),
        ("Marta Pell about the ferry?", "Marta Pell", "the ferry"),
        ("What does Pell hold against the ferry?", "Marta Pell", "the ferry"),
        ("How did Pell take the news of the strike?", "Marta Pell", "the news of the strike"),
        ("How did Ottersby's mayor respond to the strike?", "Marta Pell", "the strike"),
        ("Why did Otis Grady say the ferry was late?", "Otis Grady", "the ferry was late"),
        ("What is Pell's position on fares?", "Marta Pell", "fares"),
        ("Where does Pell stand on fares?", "Marta Pell", "fares"),
        ("Did the harbourmaster say anything about fog?", "Greta Lund", "fog"),
        ("How late was the ferry, according to Otis Grady?", "Otis Grady", "late was the ferry"),
        ("Was the ferry late? What has Pell said?", "Marta Pell", "the ferry late"),
        ("Why, according to Otis Grady, might the ferry sail again?", "Otis Grady", "the ferry sail again"),
        ("How bad was the crossing, as Otis Grady remembers it?", "Otis Grady", "bad was the crossing"),
        ("Was the strike worth it, in Marta Pell's view?", "Marta Pell", "the strike worth it"),
        ("marta pell reaction to the new fares", "Marta Pell", "the new fares"),
        ("What is Pell's problem with the fares?", "Marta Pell", "the fares"),
        ("How does Pell account for the fares?", "Marta Pell", "the fares"),
        ("What did Pell say about who rang the bell?", "Marta Pell", "who rang the bell"),
        ("What did Pell find out about the ferry's accounts?", "Marta Pell", "the ferry's accounts"),
        ("What does Pell recall about the ferry?", "Marta Pell", "the ferry"),
        ("Why is Pell unhappy with the new fares?", "Marta Pell", "unhappy with the new fares"),
        ("Why wasn't Pell surprised by the new fares?", "Marta Pell", "surprised by the new fares"),
        ("Is Pell still sure that the ferry will sail?", "Marta Pell", "sure that the ferry will sail"),
        ("How worried is Pell about the fares?", "Marta Pell", "the fares"),
        ("What does Pell mean by a fair fare?", "Marta Pell", "a fair fare"),
        ("What did Pell find about the ferry's accounts?", "Marta Pell", "the ferry's accounts"),
        ("What did Pell conclude about the ferry?", "Marta Pell", "the ferry"),
        ("What are Pell's complaints about the fares?", "Marta Pell", "the fares"),
        ("Pell's testimony on the ferry's accounts", "Marta Pell", "the ferry's accounts"),
        ("Why is Pell against closing the ferry?", "Marta Pell", "closing the ferry"),
        ("Why is the mayor of Ottersby so strongly in favour of fares?", "Marta Pell", "fares"),
        (
            "How many cars a day does Pell think will come this spring?",
            "Marta Pell",
            "cars a day will come this spring",
        ),
        ("How much did Pell say about the ferry?", "Marta Pell", "the ferry"),
        ("What did Pell tell her crew about the fog?", "Marta Pell", "the fog"),
        ("What did Pell tell Osmere Radio about the fog?", "Marta Pell", "Osmere Radio about the fog"),
        ("What did Pell warn the young deckhands about?", "Marta Pell", "the young deckhands"),
        ("What did the ex-mayor of Ottersby lament about the fares?", "Marta Pell", "the fares"),
        (
            "What damage in and around the old harbour did Pell describe?",
            "Marta Pell",
            "damage in and around the old harbour",
        ),
    ],
)
def test_who_and_about_what_are_read_from_many_wordings(text: str, speaker: str, topic: str) -> None:
    q = asked(text)
    assert (q.kind, q.speaker) == ("said", speaker)
    assert topic in q.topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What did Pell say about how many boats were missing?", "boats were missing"),
        ("How likely is it that the ferry sinks, in Pell's view?", "the ferry sinks"),
        ("How far is the council prepared to go, according to Pell?", "the council prepared to go"),
        ("Pell on how long the strike will last", "the strike will last"),
        ("Can people swim there? What does Pell say?", "people swim there"),
    ],
)
def test_the_words_that_only_ask_are_no_part_of_the_topic(text: str, topic: str) -> None:
    assert asked(text).topic == topic


def test_a_person_whom_nobody_quotes_is_kept_as_asked() -> None:
    q = asked("What did Hilde Brandt say about fares?")
    assert (q.kind, q.speaker, q.person_id) == ("said", "Hilde Brandt", None)


def test_one_surname_of_two_people_is_asked_back() -> None:
    assert asked("What did Lund say about fares?").choices == ("Ivo Lund", "Greta Lund")


@pytest.mark.parametrize(
    "text",
    [
        "How many ferries run on Sundays?",
        "Which ferry is called the Tern?",
        "When did the ferry start?",
        "Why did the company say it stopped the ferry?",
        "Who built the ferry?",
        "What is the name of the ferry that Grady plans to row?",
        "How many ferries did Pell recall?",
        "How many ferries did Pell recall in March?",
        "Why is the ferry late?",
        "What did Pell find in the boat?",
        "What did Ottersby do about Lathe's plan to sell the ferry?",
        "Is the ferry sure of its berth?",
        "How many boats in Ottersby were blamed for the oil?",
        "How many of the Pell boats voted against the fares that the council announced?",
        "How many days had Otis Grady been at sea when he announced the strike?",
        "How many rounds did Otis Grady find in the boat?",
        "On what day were the boats of Pell put on ice?",
        "Who took the lead in 'The Ferry Girl' after the strike?",
    ],
)
def test_a_question_about_the_world_is_a_fact(text: str) -> None:
    assert asked(text).kind == "fact"


def test_who_said_it_is_asked_with_and_without_the_words() -> None:
    assert (asked("Who criticised the new fares?").kind, asked("Who criticised the new fares?").topic) == (
        "who said",
        "the new fares",
    )
    q = asked("Which captains told the council that the fares were too high?")
    assert (q.kind, q.among) == ("who said", "captains")
    assert asked("Who ruled out new fares?").topic == "new fares"
    assert asked("Which harbour pilots ruled out new fares?").among == "harbour pilots"
    assert asked("Which press officer says that the ferry is late?").among == "press officer"
    q = asked('Who called the fares "daylight robbery"?')
    assert (q.kind, q.quote) == ("who said", "daylight robbery")


def test_did_she_really_say_it_is_a_quote_check() -> None:
    q = asked('Did Pell really say "the ferry will never sail again"?')
    assert (q.kind, q.speaker, q.quote) == ("quote check", "Marta Pell", "the ferry will never sail again")


@pytest.mark.parametrize(
    ("text", "kind", "topic"),
    [
        ("What did Pell say about 'The Ferry Girl of Lathe'?", "said", "'The Ferry Girl of Lathe'"),
        ('What has Pell said about "a ferry for every child"?', "said", '"a ferry for every child"'),
        ("Did Pell say anything about 'A Night at Sea'?", "said", "'A Night at Sea'"),
        ("Who criticised 'The Ferry Girl' for its songs?", "who said", "'The Ferry Girl' for its songs"),
    ],
)
def test_quoted_words_that_are_spoken_about_are_a_topic(text: str, kind: str, topic: str) -> None:
    q = asked(text)
    assert (q.kind, q.topic, q.quote) == (kind, topic, None)


@pytest.mark.parametrize("text", ['Who said "Sail Every Ferry Home"?', 'Who called the fares "daylight robbery"?'])
def test_quoted_words_that_were_said_are_looked_for(text: str) -> None:
    assert asked(text).quote is not None


FIRST = answered(asked("What did Pell say about the ferry?"), "Marta Pell")


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("and about fares?", "Marta Pell", "fares"),
        ("And fares?", "Marta Pell", "fares"),
        ("What about Otis Grady?", "Otis Grady", "the ferry"),
        ("and Grady?", "Otis Grady", "the ferry"),
        ("What did she say about fares?", "Marta Pell", "fares"),
        ("What did Grady say?", "Otis Grady", "the ferry"),
        ("Why?", "Marta Pell", "the ferry"),
        ("What did Grady say about it?", "Otis Grady", "the ferry"),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out_from_before(text: str, speaker: str, topic: str) -> None:
    q = asked(text, FIRST)
    assert (q.kind, q.speaker) == ("said", speaker)
    assert topic in q.topic


def test_who_else_asks_for_others_on_the_same_topic() -> None:
    q = asked("Who else?", FIRST)
    assert (q.kind, q.topic) == ("who said", "the ferry")


def test_a_new_topic_forgets_what_was_before() -> None:
    q = asked("New topic: what did Grady say about fog?", FIRST)
    assert (q.speaker, q.topic) == ("Otis Grady", "fog")


def test_the_reader_s_filter_wins_over_the_words() -> None:
    q = asked("What did Pell say about the ferry?", filters=Filters(speaker="Otis Grady"))
    assert q.speaker == "Otis Grady"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "type a question"),
        ("x" * (LONGEST + 1), "2,001 characters"),
        ("🤔🤔", "no words"),
        ("что сказал мэр о пароме?", "English"),
        ("¿Qué dijo el alcalde sobre los peajes?", "English"),
        ("Was hat der Bürgermeister über die Fähre gesagt?", "English"),
    ],
)
def test_what_cannot_be_asked_gets_one_sentence(text: str, reason: str) -> None:
    q = asked(text)
    assert q.kind == "nothing"
    assert reason in q.text


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("in March", datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC)),
        ("in December", datetime(2023, 12, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)),
        ("in May 2022", datetime(2022, 5, 1, tzinfo=UTC), datetime(2022, 6, 1, tzinfo=UTC)),
        ("since 5 May 2022", datetime(2022, 5, 5, tzinfo=UTC), None),
        ("before March 2, 2024", None, datetime(2024, 3, 2, tzinfo=UTC)),
        ("in 2023", datetime(2023, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)),
        ("last week", datetime(2024, 4, 3, tzinfo=UTC), datetime(2024, 4, 11, tzinfo=UTC)),
        ("yesterday", datetime(2024, 4, 9, tzinfo=UTC), datetime(2024, 4, 10, tzinfo=UTC)),
        ("on February 30, 2024", None, None),
        ("in the harbour", None, None),
    ],
)
def test_time_words_become_a_window(text: str, since: datetime | None, until: datetime | None) -> None:
    assert time_window(text, TODAY)[0] == (since, until)


def test_two_questions_are_understood_one_after_the_other() -> None:
    q = asked("What did Pell say about fares, and why did she defend the strike?")
    assert q.kind == "several"
    assert [(part.kind, part.speaker, part.topic) for part in q.parts] == [
        ("said", "Marta Pell", "fares"),
        ("said", "Marta Pell", "the strike"),
    ]


def test_a_change_keeps_whose_position_it_is_and_its_times() -> None:
    q = asked("How did Pell's position on fares change between May and July 2023?")
    assert (q.kind, q.speaker, q.topic) == ("change", "Marta Pell", "fares")
    assert [m.words for m in q.moments] == ["May", "July 2023"]


def test_who_else_leaves_out_who_was_asked_about_and_keeps_the_side() -> None:
    q = asked("Who else complained of it?", FIRST)
    assert (q.kind, q.topic, q.stance, q.besides) == ("who said", "the ferry", "against", ("Marta Pell",))


def test_who_does_not_support_it_is_against_it() -> None:
    assert asked("Who doesn't support the fares?").stance == "against"
    assert asked("Who did not condemn the fares?").stance is None


@pytest.mark.parametrize(
    ("text", "besides", "topic"),
    [
        ("Who besides Marta Pell wanted a strike?", ("Marta Pell",), "a strike"),
        (
            "Who besides Pell of Tarn Rail, Lund and Grady wants a strike?",
            ("Pell of Tarn Rail", "Lund", "Grady"),
            "a strike",
        ),
        ("Who else at sea, besides Pell, wants a strike?", ("Pell",), "a strike at sea"),
        ("Which captains, besides Pell, Lund and Grady, said it was late?", ("Pell", "Lund", "Grady"), "it was late"),
    ],
)
def test_besides_goes_up_to_the_verb(text: str, besides: tuple[str, ...], topic: str) -> None:
    q = asked(text)
    assert (q.kind, q.besides, q.topic) == ("who said", besides, topic)


def test_besides_names_those_who_are_not_asked_about() -> None:
    q = asked("Who else, besides Marta Pell, criticised the fares?")
    assert (q.topic, q.besides) == ("the fares", ("Marta Pell",))


def test_her_opponent_is_the_other_one_of_the_conversation() -> None:
    second = answered(asked("and Grady?", FIRST), "Otis Grady")
    q = asked("And his opponent?", FIRST, second)
    assert (q.speaker, q.topic) == ("Marta Pell", "the ferry")


def test_the_other_one_of_its_kind_takes_the_noun_from_before() -> None:
    union = answered(asked("What about the dockers' union?", FIRST))
    q = asked("the drivers' one?", FIRST, union)
    assert q.kind == "said"
    assert q.speaker == "drivers' union"


def test_a_topic_that_is_carried_on_is_known_to_be() -> None:
    assert asked("What did Grady say?", FIRST).carried
    assert not asked("and about fares?", FIRST).carried


def test_an_empty_beginning_is_no_topic() -> None:
    assert asked("Has Grady said anything?", FIRST).topic == "the ferry"
    assert asked("What does she plan to do about the fog?", FIRST).topic == "fog"


def test_reactions_are_everybodys_words() -> None:
    q = asked("What were the reactions to the new fares?")
    assert (q.kind, q.topic) == ("who said", "the new fares")


def test_an_office_without_a_holder_is_asked_for_by_name_and_a_company_is_not() -> None:
    assert asked("What did the transport secretary say about fares?").kind == "said"
    assert asked("What did the company that built the ferry say about fares?").kind == "fact"


def test_whose_view_has_changed_is_never_guessed_among_several() -> None:
    assert asked("How has Lund's view of the ferry changed?").choices == ("Ivo Lund", "Greta Lund")


def test_three_questions_are_three_parts_and_the_last_one_goes_on() -> None:
    text = "What did Pell say about fares, and what did Grady say about fog, and what did Pell say about the strike?"
    q = asked(text)
    assert [part.topic for part in q.parts] == ["fares", "fog", "the strike"]
    assert asked("and about parking?", answered(q)).speaker == "Marta Pell"


def test_the_readers_own_time_is_not_taken_for_the_questions() -> None:
    until = datetime(2021, 1, 1, tzinfo=UTC)
    assert not asked("What did Pell say about fares?", filters=Filters(until=until)).worded_time
    q = asked("What did Pell say about fares in March?", filters=Filters(until=until))
    assert (q.filters.until, q.worded_time) == (until, False)
    assert asked("What did Pell say about fares in March?").worded_time


def test_half_a_surrogate_pair_is_no_error() -> None:
    assert asked("\ud800 What did Pell say about fares?").kind == "said"


def test_a_time_without_a_zone_is_refused_by_filters() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Filters(since=datetime(2024, 1, 1))


def test_whose_office_was_asked_for_is_what_the_conversation_is_about() -> None:
    first = answered(asked("What did Tarn Rail's boss say about the delays?"), "Ivo Lund")
    assert asked("Has Grady said anything?", first).topic == "the delays Tarn Rail"


def test_a_carried_topic_knows_whom_else_the_conversation_is_about() -> None:
    assert asked("and Grady?", FIRST).around == "Marta Pell"


@pytest.mark.parametrize(
    "text",
    [
        "Who has spoken out against Pell's plan to close the ferry?",
        "Which councillors had doubts about the fares?",
        "Who still stands up for the strike?",
        "Who is worried about the ferry?",
        "Who came out against the new fares?",
        "Who isn't convinced that the ferry is late?",
        "Who does not expect the strike to end?",
        "Who else on the harbour board disputes that the ferry was late?",
        "Who from the Ottersby Ferry Board spoke about the fares?",
        "Besides Pell, who criticised the fares?",
        "Who, besides councillors, says that the fares are too high?",
    ],
)
def test_who_said_it_is_asked_in_many_words(text: str) -> None:
    assert asked(text).kind == "who said"


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("what about Otis Grady, does he find the fares unfair?", "Otis Grady", "the fares unfair"),
        ("and Grady, why does he want a strike?", "Otis Grady", "a strike"),
        ("how late does she say it was?", "Marta Pell", "the ferry"),
    ],
)
def test_a_pronoun_takes_the_name_before_it(text: str, speaker: str, topic: str) -> None:
    q = asked(text, FIRST)
    assert q.speaker == speaker
    assert topic in q.topic


def test_a_question_before_a_question_is_no_name() -> None:
    assert asked("What did Grady say about fares, why did she object?", FIRST).speaker == "Otis Grady"


def test_him_is_whom_the_topic_names_and_never_the_speaker() -> None:
    first = answered(asked("What did Pell say about Otis Grady?"), "Marta Pell")
    assert asked("Who else criticised him?", first).topic.startswith("Otis Grady")
    assert asked("What does Greta Lund say about him?", first).topic.startswith("Otis Grady")


def test_somebody_told_by_whose_they_are_gets_the_owner_s_name() -> None:
    q = asked("What did her lawyer say about the fares?", FIRST)
    assert q.speaker == "Marta Pell's lawyer"
    assert asked("What did Grady say about her lawyer?", FIRST).topic == "her lawyer"


def test_a_clause_is_no_office_of_a_follow_up() -> None:
    assert asked("and the mayor paying for all of the others' crossings?", FIRST).speaker == "Marta Pell"


def test_today_is_a_time_only_where_it_says_when_it_was_said() -> None:
    assert time_window("today about the ferry", TODAY)[0][0] is not None
    assert time_window("the ferry that young people take today", TODAY)[0] == (None, None)


def test_a_fact_asked_in_a_conversation_knows_what_it_is_about() -> None:
    q = asked("Which harbour is the deepest?", FIRST)
    assert (q.kind, q.context, q.around) == ("fact", ("a",), "the ferry")


def test_a_question_that_is_whole_in_itself_doesn_t_lean_on_what_was_cited_before() -> None:
    assert asked("What did Marta Pell say about fares?", FIRST).context == ()
    for leaning in ("And what did Marta Pell say about fares?", "What did she say about fares?",
                    "What did Marta Pell say about the fog?", "What did the mayor say about fares?",
                    "What did Marta Pell say about closing the port?", "What did Marta Pell say about why he left?",
                    "What did Marta Pell say about it?"):  # fmt: skip
        assert asked(leaning, FIRST).context == ("a",), leaning


def test_a_time_that_isn_t_over_is_when_it_will_be_and_not_when_it_was_said() -> None:
    ahead = asked("How does Marta Pell see fares developing in 2024?")
    assert (ahead.topic, ahead.filters.since) == ("fares developing in 2024", None)
    assert asked("What did Marta Pell say about fares in 2024?").filters.since == datetime(2024, 1, 1, tzinfo=UTC)
    assert asked("What fares does Marta Pell expect in 2023?").filters.since == datetime(2023, 1, 1, tzinfo=UTC)
    for plan in ("What did Pell say about the plan this week?", "Who criticised the planned pier this week?"):
        assert asked(plan).filters.since == datetime(2024, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "speaker", "since"),
    [
        ("In 2023, what did Marta Pell say about fares?", "Marta Pell", datetime(2023, 1, 1, tzinfo=UTC)),
        ("Since March, what did Grady say?", "Otis Grady", datetime(2024, 3, 1, tzinfo=UTC)),
        ("After the storm, what did Grady say?", "Otis Grady", None),  # no time: a topic
    ],
)
def test_a_time_may_come_first(text: str, speaker: str, since: datetime | None) -> None:
    q = asked(text)
    assert q.filters.since == since
    assert (q.kind, q.speaker) == ("said", speaker)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Who else criticised it?", "Who else criticised the ferry?"),
        ("Who agreed with it?", "Who agreed with the ferry?"),
        ("Who is in favour of it?", "Who is in favour of the ferry?"),
        ("Who disagrees?", "Who disagrees about the ferry?"),
        ("Who said that?", "Who said something about the ferry?"),
        ("Which ministers complained about that?", "Which ministers complained about the ferry?"),
    ],
)
def test_who_else_is_shown_with_what_they_did(text: str, shown: str) -> None:
    assert asked(text, answered(asked("What did Pell say about the ferry?"), "Marta Pell")).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "How did Pell take office?",
        "How did Pell take over Tarn Rail?",
        "How many protests has Osmere held against the tax?",
        "How did the Tern receive its name?",
        "The mayor about to resign?",
        "Voters angry with Marta Pell about fares",
        "Which steam ferry holds the record that Tarn Rail wants to break?",
        "Who in the crew drowned after he called for help?",
        "Who on the council voted for the fares?",
    ],
)
def test_what_only_looks_like_speech_is_a_fact(text: str) -> None:
    assert asked(text).kind == "fact"


@pytest.mark.parametrize(
    "text", ["How much did the ferry cost?", "Who criticised the fares?", "Summarise the article about the ferry"]
)
def test_with_a_speaker_as_filter_only_their_words_answer_whatever_is_asked(text: str) -> None:
    q = asked(text, filters=Filters(speaker="Otis Grady"))
    assert (q.kind, q.speaker, q.person_id) == ("said", "Otis Grady", 4)
    assert q.topic


def test_one_name_taken_for_a_person_and_an_organisation_is_the_one_that_says_most() -> None:
    few = Person(1, "Tidewatch", "person", (), (), ("a",), 2)
    many = Person(2, "Tidewatch", "organisation", (), (), ("b",), 9)
    q = understand("What did Tidewatch say about the ferry?", (), Who([few, many]))
    assert (q.speaker, q.person_id, q.choices) == ("Tidewatch", 2, ())


def test_a_name_with_a_backslash_is_no_pattern() -> None:
    before = answered(asked("What did Pell say about the ferry?"), "C:\\Users Pell")
    assert asked("What did Grady say about her?", before).speaker == "Otis Grady"


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("Hello. Can you tell me what Pell said about the ferry?", "Marta Pell", "the ferry"),
        ("OK, what did Pell say about the ferry?", "Marta Pell", "the ferry"),
        ("what's Pell saying about the ferry?", "Marta Pell", "the ferry"),
        ("On the ferry, what did Pell say?", "Marta Pell", "the ferry"),
        ("According to Pell, why is she against the ferry?", "Marta Pell", "she against the ferry"),
        ("Summarise what Pell said about the ferry", "Marta Pell", "the ferry"),
        ("What is Pell's current position on the ferry?", "Marta Pell", "the ferry"),
        ("What was the reaction of Pell to the ferry?", "Marta Pell", "the ferry"),
        ("Does Pell support the ferry?", "Marta Pell", "the ferry"),
        ("What did Pell accuse Grady of?", "Marta Pell", "Grady"),
        ("What did Cllr Pell say about the ferry?", "Marta Pell", "the ferry"),
        ("What did Otis say about the ferry?", "Otis Grady", "the ferry"),
        ("What did Pell say about the rise between March and April?", "Marta Pell", "the rise"),
    ],
)
def test_the_same_question_comes_in_many_dresses(text: str, speaker: str, topic: str) -> None:
    q = asked(text)
    assert (q.kind, q.speaker, q.topic) == ("said", speaker, topic)


@pytest.mark.parametrize(
    ("text", "topic", "stance"),
    [
        ("Did anyone criticise the ferry?", "the ferry", "against"),
        ("Who's against the ferry?", "the ferry", "against"),
        ("Who has been critical of the ferry?", "the ferry", "against"),
        ("What did people say about the ferry?", "the ferry", None),
        ("What has been said about the ferry?", "the ferry", None),
    ],
)
def test_anybody_is_asked_for_as_who(text: str, topic: str, stance: str | None) -> None:
    q = asked(text)
    assert (q.kind, q.topic, q.stance) == ("who said", topic, stance)


def test_did_anybody_do_it_is_a_fact() -> None:
    assert asked("Did anyone drown off the ferry?").kind == "fact"


@pytest.mark.parametrize(
    "text",
    [
        'Is it true that Pell said "the ferry will never sail again"?',
        'Is the quote "the ferry will never sail again" from Pell?',
    ],
)
def test_a_quotation_is_checked_however_it_is_asked(text: str) -> None:
    q = asked(text)
    assert (q.kind, q.speaker, q.quote) == ("quote check", "Marta Pell", "the ferry will never sail again")


def test_who_said_it_may_stand_behind_the_words() -> None:
    q = asked('"the ferry will never sail again" - who said that?')
    assert (q.kind, q.quote) == ("who said", "the ferry will never sail again")


def test_several_people_are_asked_about_one_by_one() -> None:
    q = asked("What did both Pell and Otis Grady say about fares?")
    assert q.kind == "several"
    assert [(part.speaker, part.topic) for part in q.parts] == [("Marta Pell", "fares"), ("Otis Grady", "fares")]
    family = asked("What do Ivo and Greta Lund say about fares?")
    assert [part.speaker for part in family.parts] == ["Ivo Lund", "Greta Lund"]


def test_a_body_with_and_in_its_name_is_one() -> None:
    who = Who(
        [
            Person(1, "Marks and Pell", "organisation", (), (), ("a",), 3),
            person(2, "Marta Pell"),
            person(3, "Ida Marks"),
        ]
    )
    assert understand("What did Marks and Pell say about fares?", (), who).person_id == 1


def test_a_group_is_nobody_of_it() -> None:
    who = Who([person(1, "Marta Pell", "biologist"), person(2, "Otis Grady", "police officer")])
    q = understand("What do biologists say about fog?", (), who)
    assert (q.kind, q.among, q.topic) == ("who said", "biologists", "fog")
    assert understand("What did the police say about fog?", (), who).among == "police"
    assert understand("What does the biologist say about fog?", (), who).speaker == "Marta Pell"


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("And how about Grady?", "Otis Grady", "the ferry"),
        ("otis grady", "Otis Grady", "the ferry"),
        ("What about Grady's view?", "Otis Grady", "the ferry"),
        ("Grady's view of the fares?", "Otis Grady", "the fares"),
        ("ok, what did Grady say?", "Otis Grady", "the ferry"),
        ("What else did she say?", "Marta Pell", "the ferry"),
        ("Tell me more", "Marta Pell", "the ferry"),
        ("Back to Grady", "Otis Grady", "the ferry"),
    ],
)
def test_a_short_follow_up_is_whose_it_says(text: str, speaker: str, topic: str) -> None:
    q = asked(text, FIRST)
    assert (q.kind, q.speaker, q.topic) == ("said", speaker, topic)


def test_a_follow_up_that_is_a_question_of_its_own_is_no_fragment() -> None:
    q = asked("And who praised it?", FIRST)
    assert (q.kind, q.topic, q.stance) == ("who said", "the ferry", "for")
    assert asked("And when will it sail?", FIRST).kind == "fact"
    assert asked("Should the ferry be scrapped?", FIRST).kind == "fact"


def test_the_side_that_was_asked_for_stays_with_another_topic() -> None:
    q = asked("and the fares?", answered(asked("Who criticised the ferry?"), "Marta Pell"))
    assert (q.kind, q.topic, q.stance) == ("who said", "the fares", "against")


def test_another_time_keeps_the_topic() -> None:
    q = asked("And in March?", FIRST)
    assert (q.speaker, q.topic, q.filters.since) == ("Marta Pell", "ferry", datetime(2024, 3, 1, tzinfo=UTC))


def test_how_that_changed_is_about_what_was_asked_before() -> None:
    assert asked("How has that changed?", FIRST).topic == "the ferry"


def test_when_of_a_fact_asks_for_its_time() -> None:
    first = answered(asked("How many people rowed the boat?"))
    assert asked("When was that?", first).topic.lower().startswith("when")


def test_she_is_whom_the_last_question_or_its_answer_names() -> None:
    told = Line("The boat belongs to Greta Lund.", (), None, "fact")
    q = asked("What did she say about fog?", Answer(True, (told,), (), asked("Who owns the boat?")))
    assert (q.kind, q.speaker) == ("said", "Greta Lund")
    assert asked("What did she say?", answered(asked("Who owns the boat?"))).kind == "fact"  # nobody to mean


def test_ms_is_no_he() -> None:
    pell, grady = (
        replace(person(1, "Marta Pell"), aliases=("Ms Pell",)),
        replace(person(2, "Otis Grady"), aliases=("Mr Grady",)),
    )
    who = Who([pell, grady])
    first = answered(understand("What did Grady say about fog?", (), who), "Otis Grady")
    second = answered(understand("What did Pell say about fares?", (first,), who), "Marta Pell")
    assert understand("What did he say about boats?", (first, second), who).speaker == "Otis Grady"
    assert understand("What did she say about boats?", (first, second), who).speaker == "Marta Pell"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What did Pell say on March 19 about fares?", datetime(2024, 3, 19, tzinfo=UTC), datetime(2024, 3, 20, tzinfo=UTC)),
        ("What did Pell say between January and March?", datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC)),
        ("what did pell say in february", datetime(2024, 2, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)),
        ("What did Pell say since Feb. 2024?", datetime(2024, 2, 1, tzinfo=UTC), None),
        ("What did Pell say on 2024-03-20?", datetime(2024, 3, 20, tzinfo=UTC), datetime(2024, 3, 21, tzinfo=UTC)),
        ("What did Pell say in early 2022?", datetime(2022, 1, 1, tzinfo=UTC), datetime(2022, 5, 1, tzinfo=UTC)),
        ("What did Pell say two weeks ago?", datetime(2024, 3, 27, tzinfo=UTC), datetime(2024, 4, 3, tzinfo=UTC)),
        ("What did Pell say in the past two weeks?", datetime(2024, 3, 27, tzinfo=UTC), datetime(2024, 4, 11, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_times_are_worded_in_many_ways(text: str, since: datetime, until: datetime | None) -> None:
    assert (asked(text).filters.since, asked(text).filters.until) == (since, until)


def test_a_time_that_hasn_t_begun_is_what_is_spoken_of() -> None:
    q = asked("What did Pell say about the election in 2026?")
    assert (q.topic, q.filters.since) == ("the election in 2026", None)


def test_cities_with_spanish_names_are_english() -> None:
    assert asked("What did Pell say about Los Angeles and Las Vegas?").kind == "said"


def test_a_verb_in_a_name_or_a_title_is_part_of_it() -> None:
    who = Who(
        [person(1, "Ivo Lund", "secretary of state"), Person(2, "State Department", "organisation", (), (), ("a",), 3)]
    )
    for speaker, found in (("secretary of state", 1), ("State Department", 2)):
        assert understand(f"What did the {speaker} say about fog?", (), who).person_id == found


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("and about why Lund put the fares up?", "Marta Pell", "Lund put the fares up"),
        ("And on how Grady runs the port?", "Marta Pell", "Grady runs the port"),
        ("and about why Grady says the port is closed?", "Marta Pell", "Grady says the port is closed"),
        ("How about Grady, when the ferry first sailed?", "Otis Grady", "when the ferry first sailed"),
        ("What about Otis Grady back when the ferry first sailed?", "Otis Grady", "when the ferry first sailed"),
        ("And Grady after the storm?", "Otis Grady", "after the storm ferry"),
        ("what about when the ferry sank?", "Marta Pell", "when the ferry sank"),
        ("and the harbourmaster herself?", "Greta Lund", "the ferry"),
        ("and the boss of Tarn Rail himself?", "Ivo Lund", "the ferry"),
        ("and otis grady?", "Otis Grady", "the ferry"),
    ],
)
def test_a_fragment_tells_whom_and_about_what(text: str, speaker: str, topic: str) -> None:
    q = asked(text, FIRST)
    assert (q.kind, q.speaker, q.topic) == ("said", speaker, topic)


@pytest.mark.parametrize("text", ["And Grady in March?", "What about Otis Grady in March?", "Grady in March?"])
def test_whom_and_when_a_fragment_asks(text: str) -> None:
    q = asked(text, FIRST)
    assert (q.speaker, q.topic, q.filters.since) == ("Otis Grady", "the ferry", datetime(2024, 3, 1, tzinfo=UTC))


def test_a_long_office_in_a_fragment_is_whose_words_are_asked_for() -> None:
    who = Who([*WHO.people, person(5, "Ada Grub", "deputy keeper of the lights of North Osmere")])
    q = understand("what about the deputy keeper of the lights of North Osmere?", [FIRST], who, today=TODAY)
    assert (q.speaker, q.topic) == ("Ada Grub", "the ferry")


def test_a_plain_word_of_a_fragment_is_nobody_s_surname() -> None:
    who = Who([*WHO.people, person(5, "Bob Good")])
    q = understand("and what good does it do at sea?", [FIRST], who, today=TODAY)
    assert q.speaker == "Marta Pell"
    assert understand("and good?", [FIRST], who, today=TODAY).speaker == "Bob Good"


def test_why_not_asks_whoever_the_conversation_is_about() -> None:
    q = asked("and why not sell the ferry?", FIRST)
    assert (q.kind, q.speaker, q.topic) == ("said", "Marta Pell", "sell the ferry")
    assert asked("Why not sell the ferry, according to Grady?", FIRST).speaker == "Otis Grady"
    assert asked("Why not sell the ferry?").kind == "fact"


def test_a_pronoun_means_whom_the_question_before_it_was_about_though_it_asked_for_no_words() -> None:
    fact = answered(asked("and Otis Grady, was he ever at sea?", FIRST))
    assert asked("What does he think of the fog?", FIRST, fact).speaker == "Otis Grady"
    other = answered(asked("Which ship did Otis Grady buy?", FIRST))
    assert asked("What does she think of the fog?", FIRST, other).speaker == "Marta Pell"


def test_him_is_never_the_speaker_though_several_bear_the_surname() -> None:
    first = answered(asked("What did Marta Pell say when Greta Lund came back?"), "Marta Pell")
    second = answered(asked("And Otis Grady?", first), "Otis Grady")
    assert asked("What did Lund herself say about him later?", first, second).topic == "Otis Grady later"


def test_them_is_what_the_conversation_is_about_and_no_one_person() -> None:
    first = answered(asked("What did Pell say about the crews?"), "Marta Pell")
    assert asked("What did Grady say about them?", first).topic == "the crews"


def test_somebody_who_is_told_by_whose_they_are_is_not_him() -> None:
    relative = answered(Question("x", "said", "Otis Grady's sister", topic="the fog", context=("a",)))
    first = answered(asked("What did Grady say about the fog?"), "Otis Grady")
    assert asked("What did Greta Lund say about him?", first, relative).topic == "Otis Grady"


def test_a_fragment_that_leaves_out_the_topic_leans_on_the_conversation() -> None:
    q = asked("What about Otis Grady?", answered(asked("What did Pell say about fares?"), "Marta Pell"))
    assert (q.topic, q.context, q.carried) == ("fares", ("a",), True)


def test_what_names_its_own_topic_takes_no_more_than_the_names_of_the_one_before() -> None:
    first = answered(asked("What did Pell say about the closing of Ottersby harbour?"), "Marta Pell")
    assert asked("Who else wants a new pier?", first).topic == "a new pier Ottersby"
    assert (
        asked("What did Grady say about the ships found there?", first).topic.split()
        == "the ships found Ottersby".split()
    )
    assert asked("Who else criticised it?", first).topic == "the closing of Ottersby harbour"
    assert asked("What did Grady say about the cost of it?", first).topic == "the cost of closing Ottersby harbour"


def test_who_else_asks_for_none_of_those_who_were_asked_and_him_is_somebody_of_the_topic() -> None:
    first = answered(asked("What did Pell say about Greta Lund's pier?"), "Marta Pell")
    second = answered(asked("And Otis Grady?", first), "Otis Grady")
    q = asked("Who else defended her?", first, second)
    assert (q.topic, q.besides) == ("Greta Lund", ("Otis Grady", "Marta Pell"))


def test_patterns_see_a_question_without_greetings_and_curly_marks() -> None:
    asked = understand("Thanks. Who hasn’t criticised the ferry?", (), Who([]), today=TODAY)
    assert asked.asked == "Thanks. Who hasn’t criticised the ferry?"
    assert asked.plain == "Who hasn't criticised the ferry?"


@pytest.mark.parametrize(
    ("text", "topic", "stance", "among"),
    [
        ("What do critics say about the sale?", "the sale", "against", ""),
        ("What did the opponents of the sale say?", "the sale", "against", ""),
        ("What do supporters of the ferry say about its price?", "its price", "for", ""),
        ("How have passengers reacted to the strike?", "the strike", None, "passengers"),
        ("How did residents respond to the closure?", "the closure", None, "residents"),
        ("Who's angry about the sale?", "the sale", None, ""),
        ("Is anybody blaming the council?", "the council", "against", ""),
    ],
)
def test_those_on_a_side_and_groups_are_asked_for_by_who_said(
    text: str, topic: str, stance: str | None, among: str
) -> None:
    q = understand(text, (), Who([]), today=TODAY)
    assert (q.kind, q.topic, q.stance, q.among) == ("who said", topic, stance, among)


@pytest.mark.parametrize(
    "text",
    [
        "What assurance did Marta Pell give on jobs?",
        "How did Marta Pell hit back on jobs?",
        "What did Marta Pell allege on jobs?",
    ],
)
def test_what_somebody_gave_in_words_is_what_they_said(text: str) -> None:
    q = understand(text, (), Who([Person(1, "Marta Pell", "person", (), (), ("a",), 3)]), today=TODAY)
    assert (q.kind, q.speaker) == ("said", "Marta Pell")
    assert q.topic.endswith("jobs")
