"""How the turns of a conversation, and questions of two sentences, say whom and what they ask about."""

from datetime import UTC, datetime

import pytest

from rag.answering.understanding.understand import understand
from rag.domain import Answer, Citation, Person, Question
from rag.who import Who

TODAY = datetime(2024, 4, 10, tzinfo=UTC)


def person(id: int, name: str, *roles: str) -> Person:
    return Person(id, name, "person", (name.split()[-1],), roles, ("a",), 3)


WHO = Who(
    [
        person(1, "Marta Pell", "mayor of Ottersby"),
        person(2, "Ivo Lund", "chief executive of Tarn Rail"),
        person(3, "Greta Lund", "harbourmaster"),
        person(4, "Otis Grady"),
        Person(5, "Tarn Rail", "organisation", (), (), ("a",), 3),
        Person(6, "Ferrygram", "organisation", (), (), ("a",), 3),
    ]
)


def asked(text: str, *history: Answer) -> Question:
    return understand(text, history, WHO, today=TODAY)


def answered(question: Question, *speakers: str) -> Answer:
    cited = tuple(Citation("a", 0, 1, "x", s, "t", None, None, None) for s in speakers)
    return Answer(True, (), cited, question)


def talk(*texts: str) -> Question:
    """What is understood of the last of these turns."""
    history: list[Answer] = []
    for text in texts:
        question = asked(text, *history)
        history.append(answered(question, question.speaker or ""))
    return history[-1].understood


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("Would Marta Pell sell the ferry? What has she said?", "Marta Pell", "sell the ferry"),
        (
            "Would Pell sell the ferry if she lost? What has she said about it?",
            "Marta Pell",
            "sell the ferry if she lost",
        ),
        ("Is Otis Grady going to resign? What did he say?", "Otis Grady", "resign"),
        ("Does Grady mind the fog? And what has he said about that?", "Otis Grady", "mind the fog"),
        ("Will the mayor of Ottersby close the pier? What did she say?", "Marta Pell", "close the pier"),
        ("Did Pell ask for boats? What did she say?", "Marta Pell", "boats"),
        ("Otis Grady and the pier: what has he said?", "Otis Grady", "the pier"),
        ("Pell: what has she said about the pier?", "Marta Pell", "the pier"),
        ("Grady - what does he think of the pier?", "Otis Grady", "the pier"),
        ("Otis Grady wants a new pier. What did he say about it?", "Otis Grady", "wants a new pier"),
        ("Would Hilde Brandt sell the ferry? What has she said?", "Hilde Brandt", "sell the ferry"),
        ("Was the pier too dear? What did Grady say?", "Otis Grady", "the pier too dear"),
    ],
)
def test_the_first_of_two_sentences_has_the_speaker_and_the_topic(text: str, speaker: str, topic: str) -> None:
    q = asked(text)
    assert (q.kind, q.speaker, q.topic.rstrip(" ?")) == ("said", speaker, topic)


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("Hilde Brandt on the closing of the pier?", "Hilde Brandt", "the closing of the pier"),
        ("Hilde Brandt about the new pier", "Hilde Brandt", "the new pier"),
    ],
)
def test_a_full_name_that_nobody_bears_is_somebody_unknown(text: str, speaker: str, topic: str) -> None:
    q = asked(text)
    assert (q.kind, q.speaker, q.person_id, q.topic.rstrip("?")) == ("said", speaker, None, topic)


@pytest.mark.parametrize("text", ["Ferry Girl on hold?", "boats on the river?", "Boats on the river?"])
def test_what_is_no_full_name_is_nobody(text: str) -> None:
    assert asked(text).kind == "fact"


@pytest.mark.parametrize(
    "opening", ["Back to Pell - ", "OK, back to Pell: ", "Right. Back to Pell. ", "Let's go back to Pell, "]
)
def test_back_at_somebody_is_about_what_is_asked_now(opening: str) -> None:
    q = talk(
        "What did Pell say about the ferry?", "And Grady?", f"{opening}what did she say in March about the new pier?"
    )
    assert (q.kind, q.speaker, q.topic) == ("said", "Marta Pell", "the new pier")
    assert q.filters.since == datetime(2024, 3, 1, tzinfo=UTC)


def test_back_at_a_topic_is_about_it() -> None:
    turns = ("What did Pell say about the ferry?", "And about fog?", "Back to the ferry. Who criticised it?")
    assert (talk(*turns).kind, talk(*turns).topic) == ("who said", "the ferry")


@pytest.mark.parametrize(
    "opening",
    [
        "OK, something else. ",
        "Next: ",
        "Right, ",
        "Great. ",
        "Different topic - ",
        "On another note, ",
        "One more thing: ",
    ],
)
def test_what_only_opens_a_turn_is_left_out(opening: str) -> None:
    q = talk("What did Pell say about the ferry?", f"{opening}what has Otis Grady said about night trains?")
    assert (q.kind, q.speaker, q.topic, q.context) == ("said", "Otis Grady", "night trains", ())


def test_another_topic_of_the_same_speaker_keeps_her() -> None:
    q = talk("What did Pell say about the ferry?", "Something else: what did she say about fog?")
    assert (q.speaker, q.topic) == ("Marta Pell", "fog")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Is she going to resign?", "resign"),
        ("Is Pell going to resign?", "resign"),
        ("Would Marta Pell sell the pier?", "sell the pier"),
        ("Why did Pell leave the council?", "leave the council"),
        ("Did she offer to resign?", "offer to resign"),
        ("what was her answer to those who complained?", "those who complained"),
        ("What's Pell's defence of the fares?", "the fares"),
        ("and when the pier was sold?", "when the pier was sold"),
        ("And after the storm?", "after the storm ferry announced"),
        ("and when it was called off?", "when the ferry was called off"),
        ("Did she compare it with the fire?", "the fire"),
    ],
)
def test_what_the_speaker_of_the_conversation_will_do_or_did_is_asked_of_them(text: str, topic: str) -> None:
    q = talk("What did Pell say when the ferry was announced?", text)
    assert (q.kind, q.speaker, q.topic) == ("said", "Marta Pell", topic)


def test_what_somebody_else_will_do_is_a_fact() -> None:
    assert talk("What did Pell say about the ferry?", "Is the ferry going to sail?").kind == "fact"
    assert talk("What did Pell say about the ferry?", "Is Otis Grady going to resign?").kind == "fact"
    assert asked("Is Pell going to resign?").kind == "fact"


def test_a_surname_is_whose_it_is_in_the_conversation() -> None:
    q = talk("What did Ivo Lund say about fares?", "And Grady?", "What did Lund say about fog?")
    assert (q.speaker, q.topic) == ("Ivo Lund", "fog")


def test_the_company_is_the_one_that_was_spoken_of() -> None:
    q = talk("What did Pell say about Ferrygram?", "and Grady?", "How did the company respond?")
    assert (q.kind, q.speaker, q.text) == ("said", "Ferrygram", "What did Ferrygram say about Otis Grady Marta Pell?")
    assert "Pell" in q.topic
    two = talk("What did Pell say about Ferrygram and Tarn Rail?", "How did the company respond?")
    assert two.speaker is None


def test_a_body_in_a_fragment_is_asked_about_the_same() -> None:
    q = talk("What did Pell say about the ferry?", "and the dockers' union?")
    assert (q.kind, q.speaker, q.topic) == ("said", "dockers' union", "the ferry")


def test_after_a_fact_about_asks_for_words_again() -> None:
    q = talk("What did Pell say about the ferry?", "How many boats are there?", "And about fog?")
    assert (q.kind, q.speaker, q.topic) == ("said", "Marta Pell", "fog")


def test_one_of_its_own_kind_means_nothing_of_before() -> None:
    q = talk("What did Pell say about the letter?", "Who else says the storm was a big one?")
    assert q.topic == "the storm was big letter"
    assert asked("Who says the storm was a big one?").topic == "the storm was big"


@pytest.mark.parametrize(
    "text",
    [
        "Who paid tribute to Marta Pell?",
        "Which sailors mourned the old harbourmaster?",
        "Who lamented the end of the ferry?",
        "Who threatened to close the pier?",
        "Who spoke up for the crews?",
        "Who had doubts about the pier?",
        "Who else had a view on the fares?",
    ],
)
def test_more_verbs_ask_who_said_it(text: str) -> None:
    assert asked(text).kind == "who said"


def test_which_word_is_a_fact() -> None:
    assert asked('Which word came second to "ferry fog" in the vote?').kind == "fact"
    assert asked('Which minister used the word "ferry fog drama"?').kind == "who said"


def test_the_question_keeps_its_wording_with_the_full_name() -> None:
    assert asked("How did Ottersby's mayor respond to the strike?").text == "How did Marta Pell respond to the strike?"
    assert (
        talk("What did Pell say about fog?", "Why does she want a strike?").text == "Why does Marta Pell want a strike?"
    )


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("What about Pell, how was the voyage for her?", "Marta Pell", "the voyage"),
        ("And Marta Pell, what was the voyage like for her?", "Marta Pell", "the voyage"),
        ("How did the debate go for Marta Pell?", "Marta Pell", "the debate"),
        ("How was the storm for him?", "Otis Grady", "the storm"),
        ("How was it for Pell?", "Marta Pell", "the race"),
        ("what else, like fog?", "Otis Grady", "fog"),
        ("what else, say about the storm?", "Otis Grady", "the storm"),
        ("is there anything else, for example the storm?", "Otis Grady", "the storm"),
        ("anything else on the storm?", "Otis Grady", "the storm"),
        ("Might he run again?", "Otis Grady", "run again"),
        ("Can he win?", "Otis Grady", "win"),
        ("Won't he sell the pier?", "Otis Grady", "sell the pier"),
        ("Couldn't Grady sell the pier?", "Otis Grady", "sell the pier"),
    ],
)
def test_a_turn_with_its_own_topic_has_that_alone(text: str, speaker: str, topic: str) -> None:
    q = talk("What did Otis Grady think of the race?", text)
    assert (q.kind, q.speaker, q.topic.rstrip(" ?")) == ("said", speaker, topic)


@pytest.mark.parametrize(
    ("before", "text", "topic"),
    [
        ("Did Pell think she would keep her own seat?", "why was she ready to give it up?", "give her own seat up"),
        ("What did Pell say about leaving her farm?", "why did she buy it?", "buy her farm"),
        ("What did Pell say about her old boat?", "would she sell it?", "sell her old boat"),
        ("What did Pell say about the death of her horse?", "would she shrug it off?", "shrug off death horse"),
        (
            "What did Pell say about the barn of Ada and Tom Wick?",
            "what did she say they had with them in the van?",
            "they had with in the van Ada Tom Wick",
        ),
        (
            "what did pell say about the school in osmere",
            "did she mention teachers going there?",
            "teachers going osmere",
        ),
    ],
)
def test_it_and_them_and_there_are_few_words_of_the_turn_before(before: str, text: str, topic: str) -> None:
    assert talk(before, text).topic == topic


def test_what_it_should_do_is_asked_of_a_body_that_was_named() -> None:
    turns = ("What did the dockers' union say about the Tarn Rail strike?", "which ministers want it to settle?")
    assert talk(*turns).topic == "Tarn Rail to settle"
    turns = ("What did Pell say about the strike?", "And about the fares of the old boats?", "who wants it to settle?")
    assert talk(*turns).topic == "settle strike"


def test_the_words_that_ask_are_not_carried_on() -> None:
    first = "What did the old dockers' foreman say winning the Osmere Cup would mean?"
    assert talk(first, "What did Pell say on that?").topic == "winning the Osmere Cup"


def test_in_his_own_words_asks_for_what_he_said() -> None:
    q = asked("Why did Marta Pell sell the ferry, in her own words?")
    assert (q.kind, q.speaker, q.text) == (
        "said",
        "Marta Pell",
        "Why did Marta Pell sell the ferry, according to Marta Pell?",
    )
    assert (
        asked("In his own words, why did the driver leave?").text
        == "Why did the driver leave, according to the driver?"
    )
    assert asked("What did Marta Pell say about fog in her own words?").text == "What did Marta Pell say about fog?"


def test_a_body_s_answer_is_to_what_the_conversation_is_about() -> None:
    q = talk("What did Pell say about the killing of Otis Grady?", "and what did the church answer?")
    assert q.topic == "and what did the church answer? killing Otis Grady"
    assert talk("What did Pell say about Tarn Rail?", "what did the company answer?").speaker == "Tarn Rail"


def test_who_else_with_a_topic_of_its_own_takes_only_names() -> None:
    turns = ("What did Pell say about the ferry report?", "who else said the port needs one person in charge of boats?")
    assert talk(*turns).topic == "the port needs one person in charge of boats"


@pytest.mark.parametrize("turn", ["how old is she?", "and how many years did she sail?"])
def test_a_number_of_the_person_is_asked_of_them_and_not_of_the_topic(turn: str) -> None:
    question = talk("What did Marta Pell say about the fog?", turn)
    assert "Marta Pell" in question.text
    assert "fog" not in question.text


@pytest.mark.parametrize("turn", ["who disagreed?", "who disagrees with her?", "and who agreed with her?"])
def test_who_is_of_another_mind_is_somebody_else_on_the_same_topic(turn: str) -> None:
    question = talk("What did Marta Pell say about the fog?", turn)
    assert (question.kind, question.topic, question.besides) == ("who said", "the fog", ("Marta Pell",))
    assert question.stance == ("for" if "agreed with" in turn else "against")
