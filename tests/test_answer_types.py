"""What kind of thing a question asks for, where a sentence holds one, and which side a statement takes."""

import pytest

from rag.answer_types import asked_for, asked_within, candidates, fits, keeps_rank, must_fit, short_answer, withholds
from rag.answering.evidence.stance import lean
from rag.answering.understanding.readings import side_asked_for as side_of
from rag.text import terms


def held(question: str, sentence: str) -> list[str]:
    kind = asked_for(question)
    return [sentence[a:b] for a, b in candidates(kind, sentence, set(terms(question)))]


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("How old was the skipper?", "The skipper, a man of 61, sailed on.", "The skipper has 61 ferries."),
        ("How deep is the harbour?", "At low tide it is nine metres deep.", "At low tide nine boats lie there."),
        ("How much does a ticket cost?", "A ticket is £1.50.", "A ticket is valid for 3 days."),
        ("How long was the bridge shut?", "It was shut for six weeks.", "It was shut in 2024."),
        ("How often does it sail?", "It sails twice a day.", "It sails with 38 people."),
        ("What share of the boats leaked?", "About half of them did.", "Some of them did."),
        ("What did the diver die of?", "The diver died of a heart attack.", "The diver died at the age of 50."),
        ("What is the ferry called?", "The boat was named the Lady Maud.", "She called for a second boat."),
        ("When did it open?", "It opened in May 1911.", "It opened to the public."),
        ("At what time of day did it sink?", "It sank at 5:40 off Lathe.", "It sank on Sunday, May 7."),
        ("What time does it sail?", "It sails at 6 p.m.", "It sails on Monday."),
        ("On what date does it open?", "It opens on Nov. 24.", "It opens next year."),
        ("What time of year does it bloom?", "It blooms in spring.", "It blooms in the valley."),
        ("How long a sentence did he get?", "He got a 14-year sentence.", "He was caught 11 months ago."),
        ("How far off is the star?", "It is nine light-years away.", "It is one of nine stars."),
        ("How big a fine do the owners face?", "They may have to pay £20,000.", "The 38 owners face a fine."),
        ("How much is the skipper suing for?", "She seeks £20,000.", "She is suing the 38 owners."),
        ("How many rounds were in the gun?", "It held five.", "It was a .380 pistol."),
    ],
)
def test_a_sentence_holds_what_is_asked_for_or_it_does_not(question: str, holds: str, lacks: str) -> None:
    assert held(question, holds)
    assert not held(question, lacks)


def test_the_number_of_an_illness_is_no_number() -> None:
    assert held("How many police were ill?", "About 136 police had Covid-19.") == ["136"]


@pytest.mark.parametrize(
    ("question", "fully", "rather"),
    [
        ("Who was the diver?", "The diver was named as Otis Grady, 38.", "Late on Sunday Grady went down."),
        ("Which carpenter built the pier?", "The pier is the work of Ada Tull.", "The pier stands on the Lathe."),
        ("What time did it sink?", "It sank at 9:34 off the pier.", "It sank on Saturday morning."),
    ],
)
def test_what_is_told_in_full_fits_better_than_what_is_told_in_part(question: str, fully: str, rather: str) -> None:
    kind, asked = asked_for(question), set(terms(question))
    assert fits(kind, fully, asked) > fits(kind, rather, asked) > 0


def test_a_town_that_opens_a_sentence_is_a_place() -> None:
    assert held("In which town is the most lost?", "Ottersby, Kent, leads the list.") == ["Ottersby, Kent"]


@pytest.mark.parametrize(
    ("question", "text", "withheld"),
    [
        ("What is the name of the diver?", "The police have not released the diver's name.", True),
        ("Which two boats will race first?", "Which boats race first will be announced next year.", True),
        ("Who bought the Tern?", "The buyer wishes to remain anonymous.", True),
        ("How many boats sank?", "The sheriff declined to say how many boats sank.", True),
        ("How many boats sank?", "It isn't known how many sank in all, but 12 lie on the beach.", False),
        ("Who bought the Tern?", "The Tern was bought by Otis Grady.", False),
        ("Why was the ferry late?", "The ferry was late because of a cause that was not disclosed.", False),
        ("What did Pell die of?", "No cause of death was given.", True),
        ("How did Pell die?", "The cause of her death has not been made public.", True),
        ("How did Pell die?", "Pell died of a stroke, though the cause of the fall before it isn't known.", False),
        ("Why did the pilot turn back?", "It was not immediately clear why the pilot turned back.", True),
        ("Why did the pilot turn back?", "The harbour office didn't say why.", True),
        ("Why did the pilot turn back?", "The pilot turned back because of fog, and said why at once.", False),
        ("Why did Pell resign?", "Pell resigned over the reason given for the delay, which was not true.", False),
    ],
)
def test_that_something_is_not_told_is_no_answer(question: str, text: str, withheld: bool) -> None:
    assert withholds(question, text) == withheld


def test_an_hour_is_no_count() -> None:
    assert held("How many shots were fired?", "Police heard of shots at 11 a.m. or 11:30.") == []


def test_a_day_of_the_month_is_no_count() -> None:
    assert held("How many boats sailed?", "On July 11 the harbour was empty.") == []


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("How many people did the ferry carry?", "With 38 seats, the ferry carried 212 people.", "212"),
        ("Who built the bridge?", "The bridge was built by Otis Grady in a year.", "Otis Grady"),
        ("Who beat the Terns?", "On Sunday the Terns lost to Lathe Bank and the Harbour Gulls.", None),
        ("Why was it late?", "It was late because of fog.", None),
        ("When did the strike begin?", "The strike began on 30 May, the union said.", "30 May"),
        ("When did the fire start?", "The fire started at 9.40pm.", "9.40pm"),
        ("How many drivers are on strike?", "All five depots on strike are shut, 480 bus drivers stay away.", "480"),
        (
            "How long was she jailed for?",
            "She was jailed for three years and two months.",
            "three years and two months",
        ),
        ("How much is Tarn Rail paying?", "Tarn Rail, which owns 38 per cent, is paying £40m.", "£40m"),
        ("How old is the skipper?", "The skipper, 61, sailed on.", "61"),
    ],
)
def test_the_short_answer_is_marked_where_it_can_be_told(question: str, sentence: str, short: str | None) -> None:
    at = short_answer(question, sentence)
    assert (sentence[slice(*at)] if at else None) == short


def test_who_came_second_is_not_told_by_who_won() -> None:
    assert must_fit("Which boat came second in the race?")
    assert not keeps_rank("Which boat came second in the race?", "The Tern won the race.")
    assert keeps_rank("Which boat came second in the race?", "The Gull was second.")
    assert keeps_rank("Which boat was runner-up?", "The Gull came second.")
    assert not keeps_rank("Which boat was runner-up?", "The Tern won the race.")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Did she say how many boats sank?", "number"),
        ("Did Lund give a date?", "time"),
        ("What did Pell say about how much the ferry costs?", "money"),
        ("What did Pell say when the ferry sank?", None),
        ("Did she say why?", None),
    ],
)
def test_a_number_or_time_that_somebody_should_have_named_is_asked_for(question: str, kind: str | None) -> None:
    found = asked_within(question)
    assert (found.name if found else None) == kind


def test_the_verb_of_a_question_tells_the_side() -> None:
    assert side_of("who criticised the fares") == "against"
    assert side_of("who disagreed with the mayor") == "against"
    assert side_of("who defended the fares") == "for"
    assert side_of("who spoke on the fares") is None


def test_blame_leans_against_and_a_negator_turns_praise_round() -> None:
    assert lean("The fares are a disgrace", "against") == 1.0
    assert lean("The fares are a disgrace", "for") == -1.0
    assert lean("It is not fair", "against") == 1.0
    assert lean("The fares are 2 pounds", "against") == 0.0
