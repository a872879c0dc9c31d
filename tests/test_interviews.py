"""Conversations in print: what follows a label is that person's words; a label that is nobody's is no speaker."""

from __future__ import annotations

import pytest

from ingest.statements import extract_statements
from ingest.statements.interview import turns
from ingest.statements.quotes import paragraphs

INTRODUCED = "The pier of Oldport has been shut since May. I spoke with Dr. Maren Tull, an engineer at Tarn College."


def answers(text: str) -> list[tuple[str | None, str]]:
    """(speaker, words) of the statements whose source is a label."""
    told = [(s.speaker, text[slice(*s.spans[0])], s) for s in extract_statements(text)]
    return [(who, words) for who, words, s in told if s.source and text[s.source[1] : s.source[1] + 1] == ":"]


def test_an_answer_is_the_words_of_the_label() -> None:
    text = (
        f"{INTRODUCED}\n\nGAZETTE: Is the pier safe?\n\nDr. Maren Tull: We don't know yet. I would stay off it.\n\n"
        "GAZETTE: How long will it take?\n\nTull: The city says a year. I think it is two.\n\n"
        "GAZETTE: And then?\n\nTull: Then you may fish again."
    )
    assert answers(text) == [
        ("Maren Tull", "We don't know yet. I would stay off it."),
        ("Maren Tull", "The city says a year. I think it is two."),
        ("Maren Tull", "Then you may fish again."),
    ]
    assert all(s.form == "direct" for s in extract_statements(text) if s.speaker == "Maren Tull")


def test_a_label_in_capitals_and_one_with_a_particle_are_people() -> None:
    text = (
        "I called Jonas Van Holm, who built the pier.\n\nPELL: Is it safe?\n\nVAN HOLM: I built it, and you can trust it.\n\n"
        "PELL: How old is it?\n\nVAN HOLM: We opened it in 1990."
    )
    assert [who for who, _ in answers(text)] == ["Jonas Van Holm"] * 2


def test_an_answer_goes_on_to_the_next_question_without_headings_and_captions() -> None:
    text = (
        f"{INTRODUCED}\n\nGAZETTE: Is the pier safe?\n\nTull: I would stay off it.\n\n"
        "The piles are rotten, and the deck is worse.\n\nThe pier of Oldport at low tide. Ada Reed/Getty Images\n\n"
        "The pier is closed, says Maren Tull of Tarn College.\n\nA long wait\n\n"
        "GAZETTE: How long will it take?\n\nTull: A year, if we are lucky.\n\nIt may be two.\n\n"
        "The Gazette thanks the college. Write to the GAZETTE at the pier."
    )
    assert [words for _, words in answers(text)] == [
        "I would stay off it.",
        "The piles are rotten, and the deck is worse.",
        "A year, if we are lucky.",
        "It may be two.",
    ]


def test_questions_are_no_answers_and_may_stand_without_a_label() -> None:
    text = (
        f"{INTRODUCED}\n\nIs the pier safe?\n\nTull: I would stay off it.\n\n"
        "How long will it take?\n\nTull: We need a year.\n\nThe college has taught engineers since 1920."
    )
    assert [words for _, words in answers(text)] == ["I would stay off it.", "We need a year."]


def test_two_people_who_talk_are_both_quoted() -> None:
    text = (
        "Maren Tull and Anton Reed met at the pier.\n\nTull: I would close it.\n\nReed: We can't, and you know it.\n\n"
        "The two have not met since.\n\nTull: It is rotten.\n\nReed: You say so every year."
    )
    assert [(who, words) for who, words in answers(text)] == [
        ("Maren Tull", "I would close it."),
        ("Anton Reed", "We can't, and you know it."),
        ("Maren Tull", "It is rotten."),
        ("Anton Reed", "You say so every year."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Background: We told you of it.\n\nThe ferry is late.\n\nBackground: The boat is ours.",  # no person
        "Did it help?\n\nFacts First: We looked.\n\nIs it so?\n\nFacts First: You can't say that.",
        "Maren Tull ran for mayor.\n\nTull: The former engineer leads.\n\nReed: A teacher.\n\nTull: She has 40 percent.",
        "Maren Tull is the mayor.\n\nWhat is new?\n\nTull: 'We will win'\n\nWill she?\n\nTull: Our town first",  # headings
        "OLDPORT: We are shut.\n\nWhere else?\n\nTARN: You can go to Tarn.\n\nWhy?\n\nOLDPORT: Our pier is rotten.",
        "Photos: The pier of Maren Tull.\n\nRead more: Our pier\n\nPhotos: Your pier.\n\nNote: We erred.",
    ],
)  # fmt: skip
def test_other_labels_are_no_speakers(text: str) -> None:
    assert turns(text, paragraphs(text)) == []


def test_many_labels_take_time_in_proportion() -> None:
    text = "Ada Tull spoke.\n\n" + "\n\n".join(f"Tull{i % 50}: Is it? I see.\n\nTull: We go." for i in range(5000))
    assert len(turns(text, paragraphs(text))) == 5000
