from hypothesis import given
from hypothesis import strategies as st

from rag.text import clip, fold, paragraphs, sentences, terms, unaccented, words


@given(st.text())
def test_sentences_and_words_are_cut_out_of_any_text_without_overlap(text: str) -> None:
    for spans in (sentences(text), paragraphs(text), [span for _, span in words(text)]):
        ends = 0
        for start, end in spans:
            assert ends <= start < end <= len(text)
            ends = end


@given(st.text())
def test_folding_moves_no_character(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_typographic_variants_are_folded_in_any_text() -> None:
    assert fold("“It’s – `so`,” „she\u00a0said´") == "\"It's - 'so',\" \"she said'"
    assert fold("`plain`") == "'plain'"


def test_a_sentence_does_not_end_at_an_abbreviation_or_a_decimal() -> None:
    text = "Mr. Pell paid 3.5 million at 5 p.m. on Monday. He left."
    assert [text[a:b] for a, b in sentences(text)] == ["Mr. Pell paid 3.5 million at 5 p.m. on Monday.", "He left."]


def test_no_sentence_crosses_a_line_break() -> None:
    assert sentences("One\ntwo.") == [(0, 3), (4, 8)]


def test_numbers_with_separators_and_contractions_are_one_word() -> None:
    assert [w for w, _ in words("He didn’t see 10,000 sheep")] == ["he", "didn't", "see", "10,000", "sheep"]


def test_terms_are_stems_without_function_words() -> None:
    assert terms("The towing of the vehicles' trailers") == ["tow", "vehicl", "trailer"]


def test_clip_cuts_at_a_word() -> None:
    assert clip("one two three", 9) == "one two…"
    assert clip("one two", 9) == "one two"


def test_a_pronoun_s_contraction_is_no_content_and_a_name_with_an_apostrophe_is() -> None:
    assert terms("he'd quit, they’re late, it didn't rain") == ["quit", "late", "rain"]
    assert len(terms("Be'eri and Am'ari, A'Court")) == 3


def test_accents_make_no_other_term() -> None:
    assert terms("Çalik Ørsted's Łódź, Bündchen, Weiß, Ægir and Ĭsik ıs there") == terms(
        "Calik Orsted's Lodz, Bundchen, Weiss, AEgir and Isik is there"
    )
    assert terms("Tu\u0308lla's pier…") == terms("Tulla's pier…")


@given(st.text())
def test_letters_without_accents_stay_words_of_their_own(text: str) -> None:
    assert unaccented(unaccented(text)) == unaccented(text)
    if text.isascii():
        assert unaccented(text) == text
