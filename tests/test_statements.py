"""Claims about who said what. Places and people are invented."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from ingest.statements import detect as detection
from ingest.statements import extract, extract_all, extract_statements
from ingest.statements.cues import NOUNS, QUOTING, VERBS, inflect
from ingest.statements.parse import LONGEST, LONGEST_SENTENCE, load, whole_model, worth_parsing
from ingest.statements.quotes import find_quotes, paragraphs
from rag.domain import Statement

SEED = Path(__file__).parents[1] / "seeds" / "articles" / "parliament-protest.txt"


def words(text: str, statement: Statement) -> list[str]:
    return [text[start:end] for start, end in statement.spans]


def source(text: str, statement: Statement) -> str | None:
    return text[slice(*statement.source)] if statement.source else None


def told(text: str) -> list[tuple[list[str], str | None]]:
    return [(words(text, statement), source(text, statement)) for statement in extract_statements(text)]


# --- direct, mixed and reported speech -------------------------------------------------------------

ONE = [
    # inversion, and the cue behind its subject
    ('"We will rebuild the pier," said Ada Thorne.', ['"We will rebuild the pier,"'], "Ada Thorne"),
    ('"We will rebuild the pier," the mayor said.', ['"We will rebuild the pier,"'], "the mayor"),
    ('"Will it hold?" asked Ada Thorne.', ['"Will it hold?"'], "Ada Thorne"),
    # colon, comma and nothing before the quotation
    ('Ada Thorne said: "We will rebuild the pier."', ['"We will rebuild the pier."'], "Ada Thorne"),
    ('Ada Thorne added, "We will rebuild the pier."', ['"We will rebuild the pier."'], "Ada Thorne"),
    # reported speech
    ("The mayor said the pier would be rebuilt by June.", ["the pier would be rebuilt by June"], "The mayor"),
    ("The mayor told reporters that the pier was safe.", ["that the pier was safe"], "The mayor"),
    ("The pier was safe, the mayor said.", ["The pier was safe"], "the mayor"),
    ("According to the harbour office, the pier was safe.", ["the pier was safe"], "the harbour office"),
    ("The pier was safe, according to the harbour office.", ["The pier was safe"], "the harbour office"),
    # mixed
    ('The mayor said the pier was "a danger to all of us" last night.', None, "The mayor"),
    ('The mayor called the plan "a disgrace".', ['the plan "a disgrace"'], "The mayor"),
    # split by the cue
    (
        '"The pier," the mayor said, "is a danger to all of us."',
        ['"The pier,"', '"is a danger to all of us."'],
        "the mayor",
    ),
    (
        '"The pier is gone," the mayor said. "We will build another."',
        ['"The pier is gone,"', '"We will build another."'],
        "the mayor",
    ),
    ("The pier, the mayor said, is a danger to the town.", ["The pier", "is a danger to the town."], "the mayor"),
    # a noun cue
    (
        '"The pier is closed until June," the council said in a statement.',
        ['"The pier is closed until June,"'],
        "the council",
    ),
    # relative clauses and asides are no part of the source
    (
        "Thorne, who succeeded Ned Barrow in May, said the pier was safe.",
        ["the pier was safe"],
        "Thorne",
    ),
]


@pytest.mark.parametrize(("text", "spans", "who"), ONE, ids=[text for text, _, _ in ONE])
def test_one_statement_is_found_with_its_source(text: str, spans: list[str] | None, who: str) -> None:
    found = told(text)
    assert len(found) == 1
    assert found[0][1] == who
    if spans is not None:
        assert [span.rstrip(".") for span in found[0][0]] == [span.rstrip(".") for span in spans]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('"We will rebuild the pier," said Ada Thorne.', "direct"),
        ('Ada Thorne said the pier was "a danger to us".', "mixed"),
        ("Ada Thorne said the pier was a danger.", "reported"),
    ],
)
def test_the_form_tells_what_stands_in_quotation_marks(text: str, form: str) -> None:
    assert [statement.form for statement in extract_statements(text)] == [form]


@pytest.mark.parametrize(
    ("text", "content", "who"),
    [
        ("The pier is safe, the mayor has said. Nobody fell.", ["The pier is safe"], "the mayor"),
        (
            "Thorne and her lawyers have strongly denied the claims of the harbour, and left.",
            ["the claims of the harbour"],
            "Thorne and her lawyers",
        ),
        (
            "Her lawyer says in a statement that the vote will now be a contest.",
            ["that the vote will now be a contest"],
            "Her lawyer",
        ),
        (
            'Barrow said he had an offer for the boat, but "the offer was not one that I liked."',
            ['he had an offer for the boat, but "the offer was not one that I liked."'],
            "Barrow",
        ),
        (
            "The pier, which she described as “like an open door,” was closed.",
            ["which", "as “like an open door,”"],
            "she",
        ),
        (
            "Barrow called the mayor “a real smart guy. I like to think she knows the sea.”",
            ["the mayor “a real smart guy. I like to think she knows the sea.”"],
            "Barrow",
        ),
        ("The plan was hotly criticised by the harbour workers in May.", ["The plan"], "the harbour workers"),
    ],
    ids=[
        "perfect",
        "perfect with an object",
        "phrase before that",
        "on to a quotation",
        "relative",
        "label",
        "passive",
    ],
)
def test_every_shape_of_a_verb_gives_its_content(text: str, content: list[str], who: str) -> None:
    (found,) = told(text)
    assert ([span.rstrip(".") for span in found[0]], found[1]) == ([span.rstrip(".") for span in content], who)


def test_a_quotation_without_a_comma_before_its_cue_is_still_told() -> None:
    text = '"We have lost the pier and the boats for good" said Nick Marlow, a harbour spokesman. "Nobody knew."'
    assert [(len(spans), who) for spans, who in told(text)] == [(2, "Nick Marlow")]


def test_a_quotation_goes_on_behind_but() -> None:
    text = '"It is no matter of life and death," he said on the pier. But "the town is stronger with a bridge."'
    assert [len(spans) for spans, _ in told(text)] == [2]


def test_a_quotation_with_its_own_cue_is_not_the_speaker_s_before() -> None:
    text = '"She will have to stop this," said Greta Holm. "She will have to earn our trust first," added Ned Barrow.'
    assert [(len(spans), who) for spans, who in told(text)] == [(1, "Greta Holm"), (1, "Ned Barrow")]


def test_a_report_to_come_says_nothing_of_the_next_clause() -> None:
    text = "A review will report in the summer, and it would be “wrong to blame anybody before it does”, she said."
    assert [who for _, who in told(text)] == ["she"]


@pytest.mark.parametrize("text", ["The mayor mentioned that.", "The mayor said so.", "She said that much."])
def test_a_function_word_is_no_statement(text: str) -> None:
    assert extract_statements(text) == []


def test_a_denial_without_content_speaks_for_nothing_else() -> None:
    text = "Marlow Boats denied this. “The claim is false,” said Ned Barrow. “Our boats are safe.”"
    assert [(len(spans), who) for spans, who in told(text)] == [(2, "Ned Barrow")]


def test_a_participle_takes_the_subject_of_its_sentence() -> None:
    text = "Ada Thorne defended the plan, saying the pier would be rebuilt by June."
    assert (["the pier would be rebuilt by June"], "Ada Thorne") in told(text)


def test_a_second_cue_ends_the_first_statement_and_shares_its_source() -> None:
    text = "The mayor said the pier was safe and warned that the road was not."
    assert told(text) == [(["the pier was safe"], "The mayor"), (["that the road was not"], "The mayor")]


def test_a_passive_has_its_agent_as_the_source_never_its_subject() -> None:
    text = "The engineer was told by the mayor that the pier would be closed."
    assert [who for _, who in told(text)] in ([], ["the mayor"])


def test_several_speakers_in_one_sentence_are_kept_apart() -> None:
    text = "The mayor said the pier was safe, but the engineer said it would fall within a year."
    assert [who for _, who in told(text)] == ["The mayor", "the engineer"]


def test_speakers_quoted_jointly_are_one_source() -> None:
    text = "Ada Thorne and Ned Barrow said the pier was safe."
    assert [who for _, who in told(text)] == ["Ada Thorne and Ned Barrow"]


def test_a_statement_within_a_statement_is_kept_with_both_speakers() -> None:
    text = "Ada Thorne said the engineer had told her the pier would fall within a year."
    outer, inner = sorted(extract_statements(text), key=lambda statement: statement.start)
    assert (source(text, outer), source(text, inner)) == ("Ada Thorne", "the engineer")
    assert inner.within == 0


def test_a_name_a_colon_and_a_quotation_are_a_statement() -> None:
    assert told('Mayor Ada Thorne: "We will rebuild the pier by June."') == [
        (['"We will rebuild the pier by June."'], "Mayor Ada Thorne")
    ]


def test_a_quotation_signed_with_a_dash_is_its_signers() -> None:
    assert told("“We will never leave this harbour again.” — Ned Barrow") == [
        (["“We will never leave this harbour again.”"], "Ned Barrow")
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('"We will never leave this harbour again."\n\n- Ned Barrow.', "Ned Barrow"),
        ("“The pier is ours.”\n― Ada Thorne, mayor of Oldport", "Ada Thorne"),
        ("“We will never leave this harbour again.” ― Sen. Ada J. Thorne (L-Oldport)", "Sen. Ada J. Thorne"),
        ("“Nobody will ever stop us now.” (Greta Holm, 43)", "Greta Holm"),
        ("“They call the pier “hell” in this town.” — Ned Barrow", "Ned Barrow"),
    ],
)
def test_a_quotation_signed_on_the_next_line_or_in_brackets_is_its_signers(text: str, who: str) -> None:
    assert [(len(spans), name) for spans, name in told(text)] == [(1, who)]


def test_each_quotation_of_a_signed_list_has_its_own_signer() -> None:
    text = "“The pier is ours again.” — Ned Barrow\n“It will never close again.” — Ada Thorne\n"
    assert [statement.speaker for statement in extract_statements(text)] == ["Ned Barrow", "Ada Thorne"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“We will never leave this harbour,” shrugged Ned Barrow.", "Ned Barrow"),
        ("As Professor Thorne put it: “The pier does hold this town together.”", "Professor Thorne"),
        ("Barrow fired back forcefully: “If they close the pier, they will lose.”", "Barrow"),
        ("In a letter to the council, her old lawyer, Greta Holm, said: “We will never sell.”", "Greta Holm"),
    ],
)
def test_beside_a_quotation_any_verb_can_tell_who_said_it(text: str, who: str) -> None:
    assert [(source or "").endswith(who) for _, source in told(text)] == [True]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The mayor said she will vote no, as has the council.", "she will vote no"),
        (
            "The mayor criticised the neglect in the harbour and on the pier.",
            "the neglect in the harbour and on the pier",
        ),
    ],
)
def test_a_content_ends_where_the_reporter_goes_on(text: str, content: str) -> None:
    assert [spans for spans, _ in told(text)] == [[content]]


def test_who_is_asked_is_not_who_asks() -> None:
    assert all(
        who != "the mayor" for spans, who in told("Asked whether the pier was safe, the mayor laughed.") if spans
    )


def test_what_stands_in_a_tag_is_no_cue() -> None:
    assert extract_statements('<tweet author="barrow">Praying for everybody on the pier tonight.</tweet>') == []


def test_what_is_told_by_a_named_person_is_surer_than_by_nobody() -> None:
    (named,) = extract_statements("Ada Thorne said the pier was safe.")
    (nobody,) = extract_statements("They said the pier was safe.")
    assert named.confidence > nobody.confidence
    assert round(named.confidence, 2) == named.confidence


def test_what_a_noun_holds_is_a_statement_of_its_owner() -> None:
    assert (["that the pier was safe"], "the mayor") in told(
        "Nobody believed the mayor's claim that the pier was safe."
    )


# --- kinds and negation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mayor said the pier was safe.", "said"),
        ("The mayor thinks the pier is safe.", "believed"),
        ("The mayor criticised the council for closing the old pier.", "position"),
        ("The mayor called for an inquiry into the collapse of the pier.", "position"),
    ],
)
def test_what_is_said_believed_and_stood_for_are_kept_apart(text: str, kind: str) -> None:
    assert [statement.kind for statement in extract_statements(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not say the pier was safe.",
        "The mayor declined to say whether the pier was safe.",
        "The harbour company declined to comment on the report.",
    ],
)
def test_declined_and_denied_speech_is_marked(text: str) -> None:
    statements = extract_statements(text)
    assert statements
    assert all(statement.negated for statement in statements)


def test_plain_speech_is_not_marked_as_negated() -> None:
    assert not extract_statements("The mayor said the pier was not safe.")[0].negated


# --- what is no statement --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'The "temporary" bridge has stood for forty years.',
        "Her novel 'The Long Tide' was read by the whole town.",
        'The ferry "Morning Star" sank in the harbour on Monday.',
        "The storm closed the harbour for three days.",
        "The boys' boats and the girls' nets lay on the dogs' beach.",
    ],
)
def test_scare_quotes_titles_and_apostrophes_are_no_statements(text: str) -> None:
    assert extract_statements(text) == []


# --- quotation marks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "closing"), [('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"), ("''", "''"), ("``", "''"), ("„", "“")]
)
def test_every_style_of_quotation_marks_is_read(opening: str, closing: str) -> None:
    said = f"{opening}We don't want the boys' pier closed,{closing}"
    assert told(f"{said} said Ada Thorne.") == [([said], "Ada Thorne")]


def test_an_apostrophe_neither_opens_nor_closes() -> None:
    text = "The boys' boat wasn't theirs; 'twas the harbour's in the '90s."
    assert find_quotes(text, (0, len(text))) == []


def test_a_lost_mark_spoils_only_its_own_paragraph() -> None:
    text = '"The pier is lost, said the mayor.\n\n"We will build another," said Ned Barrow.'
    assert (['"We will build another,"'], "Ned Barrow") in told(text)


def test_inches_open_no_quotation() -> None:
    text = 'The plank was 6\'2" long and 14" wide.'
    assert all(quote.words < 4 for quote in find_quotes(text, (0, len(text))))


def test_a_line_that_goes_on_in_lower_case_is_one_paragraph() -> None:
    text = "The mayor said the pier\nwas safe.\nThe storm passed."
    assert [text[a:b] for a, b in paragraphs(text)] == ["The mayor said the pier\nwas safe.", "The storm passed."]


# --- quotations that go on -------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", '"'], ids=["without the closing mark", "with the closing mark"])
def test_a_quotation_goes_on_in_the_next_paragraph(mark: str) -> None:
    text = f'Ada Thorne said: "The pier is gone.{mark}\n\n"We will build another one by June."'
    first, second = extract_statements(text)
    assert first.speaker == second.speaker == "Ada Thorne"
    assert second.found == "continued quote"


def test_a_lone_quotation_belongs_to_the_speaker_before() -> None:
    text = 'The mayor, Ada Thorne, said the pier was lost.\n\n"We will build another one by June."\n\n"Nobody will stop us now."'
    statements = extract_statements(text)
    assert [words(text, statement) for statement in statements[1:]] == [
        ['"We will build another one by June."'],
        ['"Nobody will stop us now."'],
    ]
    assert {statement.found for statement in statements[1:]} == {"continued quote"}
    assert all(statement.confidence < statements[0].confidence for statement in statements[1:])


def test_a_lone_quotation_with_nobody_before_it_has_no_speaker() -> None:
    assert [statement.speaker for statement in extract_statements('"We will build another one by June."')] == [None]


# --- the user's article ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed() -> tuple[str, list[Statement]]:
    text = SEED.read_text(encoding="utf-8").replace("Â", "")
    return text, extract_statements(text)


@pytest.mark.parametrize(
    ("content", "who", "form"),
    [
        ("police today decided towing vehicles would escalate tensions but a traffic management plan would be preferable", "The Commissioner", "reported"),
        ('"There was a growth in the number of people" after Coster proposed towing protester vehicles away', "he", "mixed"),
        ('"That approach would have been provocative and unhelpful."', "Coster", "direct"),
        ('"Not at all....Police needs to manage this in a way that does not contribute to an already tense situation."', "he", "direct"),
        ("there was a real chance to talk with protest leaders about how to better manage the spaces under occupation", "He", "reported"),
        ("Mallard's request to move the vehicles 'stupid'", "Another protester Miles Marsden", "mixed"),
        ("the protest is impacting on workers' ability to do their jobs safely and without abuse", "Council of Trade Unions President Richard Wagstaff", "reported"),
    ],
)  # fmt: skip
def test_the_users_article_gives_its_statements(
    seed: tuple[str, list[Statement]], content: str, who: str, form: str
) -> None:
    text, statements = seed
    found = [one for one in statements if words(text, one) == [content]]
    assert len(found) == 1
    assert found[0].form == form
    assert who.endswith(source(text, found[0]) or "?") or (source(text, found[0]) or "").endswith(who)


def test_every_quotation_of_the_users_article_is_somebodys(seed: tuple[str, list[Statement]]) -> None:
    text, statements = seed
    spans = [span for statement in statements for span in statement.spans]
    lost = [
        text[quote.start : quote.end]
        for paragraph in paragraphs(text)
        for quote in find_quotes(text, paragraph)
        if quote.words >= 4 and not any(start <= quote.start and quote.end <= end for start, end in spans)
    ]
    assert lost == []


# --- the contract ----------------------------------------------------------------------------------

PIECES = [
    '"', "“", "”", "'", "‘", "’", "''", "``", "«", "»", "said", " said ", "he", " he said ", "Ada Thorne ", ", ", ". ", ": ",
    "\n", "\n\n", "\r\n", "\x00", "\x1b[0m", "\u202e", "\u200f", "שלום", "مرحبا", "🙂", "👩‍👩‍👧", "é", "\ufeff", "according to ",
    "—", "that the pier ", "was safe", "declined to comment", "(", ")", " ", "\u2028", "claim that ", "?", "!", "…",
]  # fmt: skip


def check(text: str) -> None:
    extraction = extract(text)
    assert extraction == extract(text)
    names = {speaker.name for speaker in extraction.speakers if speaker.kind != "unnamed"}
    for i, statement in enumerate(extraction.statements):
        flat = [at for span in statement.spans for at in span]
        assert flat == sorted(flat)
        assert statement.spans
        for span in (*statement.spans, statement.source, statement.cue):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert statement.speaker is None or statement.speaker in names
        assert 0 <= statement.confidence <= 1
        assert statement.within is None or (
            0 <= statement.within < len(extraction.statements) and statement.within != i
        )
    starts = [statement.start for statement in extraction.statements]
    assert starts == sorted(starts)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=120)
def test_no_text_made_of_marks_and_cues_breaks_the_contract(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_no_text_at_all_breaks_the_contract(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["", " ", "\n\n", '"', '""', '"' * 2000, "'" * 2000, "“" * 500, "said"])
def test_nothing_is_said_in_nothing(text: str) -> None:
    assert extract_statements(text) == []


def test_the_users_article_keeps_the_contract() -> None:
    check(SEED.read_text(encoding="utf-8"))


def test_a_long_text_without_a_full_stop_is_cut_into_stretches_the_parser_can_take() -> None:
    text = "the mayor said the pier was safe and " * 27_100
    stretches = worth_parsing(text)
    assert len(text) > 1_000_000
    assert max(end - start for start, end in stretches) <= min(LONGEST, LONGEST_SENTENCE)
    assert sum(end - start for start, end in stretches) > 0.99 * len(text.replace(" ", ""))


def test_only_a_run_of_cues_is_taken_for_no_prose() -> None:
    assert worth_parsing("he said " * 500) == []
    dialogue = '"We go," she said. "No," he told her. ' * 40
    assert sum(end - start for start, end in worth_parsing(dialogue)) > 0.99 * len(dialogue)


def work(text: str) -> int:
    """How many functions are called to read `text`: the same on every machine, however slow."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(text)
    finally:
        sys.setprofile(before)
    return calls


NONSENSE = [
    "a",
    '"',
    "'a ",
    "’s ",
    "“He said ",
    "he said ",
    "he said\n",
    "who said ",
    "according to ",
    '"x" ',
    'Ada: "',
]
PROSE = ["he said it was so and ", "he said so too. ", "Ada Thorne said ", '"We will go now" — Ada Thorne\n']
ONE_STRETCH = 100_000
"""More calls than the parsing of one short stretch takes; how nonsense is cut may cost that much more."""


@pytest.mark.parametrize("run", NONSENSE, ids=[repr(run) for run in NONSENSE])
def test_twice_the_nonsense_is_twice_the_work(run: str) -> None:
    n = 20_000
    single, double = (work((run * size)[:size]) for size in (n, 2 * n))
    assert double < 2.7 * single + ONE_STRETCH


@pytest.mark.parametrize("run", PROSE, ids=[repr(run) for run in PROSE])
def test_twice_the_prose_is_twice_the_work(run: str) -> None:
    extract(run)  # whatever is loaded or remembered once
    n = 4_000  # as long as the longest stretch that is parsed
    single, double = (work((run * size)[:size]) for size in (n, 2 * n))
    assert double < 2.7 * single


def test_a_million_characters_of_nonsense_break_nothing() -> None:
    for run in ("a", '"', "'a ", "“He said ", "he said ", "’s "):
        extract((run * 1_000_000)[:1_000_000])


def test_a_paragraph_without_a_cue_is_not_parsed() -> None:
    text = "The storm closed the harbour.\n\nThe mayor said it would open again.\n\n“We are still here.”"
    assert [text[a:b] for a, b in worth_parsing(text)] == ["The mayor said it would open again."]


def test_several_texts_give_what_each_gives_alone_and_in_order() -> None:
    texts = ['"We will rebuild the pier," said Ada Thorne.', "", "The mayor said the pier was safe."]
    assert list(extract_all(texts)) == [extract(text) for text in texts]


def test_two_processes_give_what_one_gives() -> None:
    texts = [f"The mayor said pier {number} was safe." for number in range(40)]
    assert list(extract_all(texts, processes=2)) == list(extract_all(texts))


def test_the_import_loads_no_parser() -> None:
    code = "import sys, ingest; assert not {'spacy', 'torch', 'transformers'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- the cues --------------------------------------------------------------------------------------


def test_verbs_are_known_in_all_their_forms() -> None:
    assert {"say", "says", "said", "saying", "told", "wrote", "denied", "criticised", "criticizes", "urging"} <= set(
        VERBS
    )
    assert inflect("reply") == ("reply", "replies", "replied", "replying")
    assert inflect("argue") == ("argue", "argues", "argued", "arguing")
    assert set(VERBS) >= QUOTING


def test_a_noun_that_holds_statements_says_how_they_begin() -> None:
    assert all(begins and set(begins) <= {"that", "to", "for", "on"} for begins in NOUNS.values())


def test_the_parser_is_the_whole_model_s_in_all_that_is_read_of_it() -> None:
    text = SEED.read_text(encoding="utf-8", errors="replace")
    stretches = [line for line in text.split("\n") if line.strip()] + [
        "It's what she'd have done, but there isn't anything that they do; that one has been mine once."
    ]
    quick, whole = load(), whole_model(exclude=("ner", "lemmatizer"))
    assert whole.pipe_names != quick.pipe_names
    for ours, theirs in zip(quick.pipe(stretches), whole.pipe(stretches), strict=True):
        assert [(t.pos_, t.tag_, t.dep_, t.head.i) for t in ours] == [
            (t.pos_, t.tag_, t.dep_, t.head.i) for t in theirs
        ]


def test_a_clause_of_its_preposition_alone_holds_no_content() -> None:
    words = ["She", "called", "for"]
    doc = Doc(load().vocab, words, heads=[1, 1, 1], deps=["nsubj", "ROOT", "advcl"], tags=["PRP", "VBD", "IN"])
    assert detection.detect("She called for", [(0, doc)]) == []


@pytest.mark.usefixtures("stumbling")
def test_a_text_that_a_rule_fails_on_is_told_of_and_keeps_out_no_other() -> None:
    first, second = extract_all(['"We stumble," Pell said.', '"We rise," Marta Pell said.'])
    assert (first.statements, first.problem) == ((), "IndexError: no such token")
    assert (len(second.statements), second.problem) == (1, None)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Neither side would say what the pier costs.", True),
        ("Neither Mr Cole nor the county would say what the pier costs.", True),
        ("None of the owners said that the ferry was late.", True),
        ("No one said the ferry was late.", True),
        ("No 10 said the ferry was late.", False),
        ("The owners said that no ferry was late.", False),
    ],
)
def test_what_nobody_says_is_no_statement_of_theirs(text: str, negated: bool) -> None:
    assert [s.negated for s in extract_statements(text)] == [negated]


def test_a_name_behind_a_relative_clause_is_the_source() -> None:
    text = "One of those who signed it, mother-of-two Joan Pell, said there was no bus."
    assert told(text) == [(["there was no bus"], "mother-of-two Joan Pell")]
    text = "A woman who lived in Oldport, New Tarn, said there was no bus."
    assert told(text) == [(["there was no bus"], "A woman")]


def test_a_time_of_day_that_begins_a_paragraph_is_nobodys_words() -> None:
    text = "08:05 All ferries are cancelled until Thursday, according to Ada Thorne."
    assert told(text) == [(["All ferries are cancelled until Thursday"], "Ada Thorne")]


def test_what_somebody_else_found_is_part_of_what_is_said() -> None:
    text = "Ada Thorne said that engineers examined the gate and found “no condition that asks for action.”"
    assert told(text) == [
        (["that engineers examined the gate and found “no condition that asks for action.”"], "Ada Thorne")
    ]


def test_who_estimates_says_something() -> None:
    assert told("Officials estimated that the pier would cost ten million.") == [
        (["that the pier would cost ten million"], "Officials")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Terming the pier “half-baked”, Ada Thorne left.", (["the pier “half-baked”"], "Ada Thorne")),
        ("Ada Thorne disputed that the pier was shut.", (["that the pier was shut"], "Ada Thorne")),
        ("Ada Thorne refuted the claim of the council.", (["the claim of the council"], "Ada Thorne")),
        ("Ada Thorne averred that the pier was shut.", (["that the pier was shut"], "Ada Thorne")),
    ],
)
def test_terms_disputes_refutes_and_avers_are_cues(text: str, expected: tuple[list[str], str]) -> None:
    assert told(text) == [expected]


def test_a_denial_behind_another_clause_keeps_its_source() -> None:
    text = "Lodestar Systems said that it regretted the noise but denied that its engine was to blame."
    assert told(text) == [
        (["that it regretted the noise"], "Lodestar Systems"),
        (["that its engine was to blame"], "Lodestar Systems"),
    ]


def test_according_to_somebody_with_a_short_rank_keeps_the_name() -> None:
    assert told("The pier was shut, according to Det. Insp. Hale.") == [(["The pier was shut"], "Det. Insp. Hale")]


@pytest.mark.parametrize(
    "text",
    ["A statement from the family read: “We are at a loss.”", "“We are at a loss,” a statement from the family read."],
)
def test_a_statement_reads(text: str) -> None:
    assert [(who or "").lower() for _, who in told(text)] == ["a statement from the family"]


def test_a_reason_to_say_nothing_is_no_statement() -> None:
    [statement] = extract_statements("Ada Thorne declined to comment, citing the coming trial.")
    assert statement.negated


def test_what_somebody_is_told_to_have_been_told_is_two_peoples() -> None:
    text = "Anita Boothroyd spoke for Paul Crail. She said he had told her: “I have never run a dog.”"
    assert [(s.speaker, words(text, s)) for s in extract_statements(text)] == [
        ("Anita Boothroyd", ["he had told her: “I have never run a dog.”"]),
        ("Paul Crail", ["“I have never run a dog.”"]),
    ]


def test_a_whole_quotation_behind_narration_goes_on_from_the_speaker_before() -> None:
    text = "“Don't mind the dog,” Ada Thorne says.\n\nWhat did she make of that? She shrugs. “He was a dear old dog.”"
    assert [s.speaker for s in extract_statements(text)] == ["Ada Thorne", "Ada Thorne"]


def test_an_aside_between_dashes_does_not_cut_what_is_said() -> None:
    text = "A trade war — which involves many boats — was in nobody's interest, she said."
    assert told(text) == [(["A trade war — which involves many boats — was in nobody's interest"], "she")]


def test_who_said_it_at_a_sentences_end_is_found_by_the_words_where_the_parser_lost_it() -> None:
    text = (
        "Multiple villages in Tarn County were isolated and surrounded by water, including Oldport, "
        "an update on the county website said."
    )
    content = "Multiple villages in Tarn County were isolated and surrounded by water, including Oldport"
    assert told(text) == [([content], "an update on the county website")]


def test_words_between_that_and_a_quotation_belong_to_what_is_said() -> None:
    text = "The mayor said in remarks to the council that came late that the pier “fed us in the bad years.”"
    assert told(text) == [(["that the pier “fed us in the bad years.”"], "The mayor")]


def test_a_name_that_begins_the_sentence_of_a_cue_is_its_source_where_the_parser_lost_it() -> None:
    text = "Ian Gotlib, lead author of the new study, said the fish were gone."
    assert told(text) == [(["the fish were gone"], "Ian Gotlib")]


def test_what_the_reader_is_told_to_note_is_nobodys_statement() -> None:
    assert told("Note that the pier is shut on Sunday.") == []


@pytest.mark.parametrize("verb", ["highlighted", "advised", "worried", "anticipated"])
def test_more_verbs_with_a_clause(verb: str) -> None:
    assert told(f"Ada Thorne {verb} that the pier was shut.") == [(["that the pier was shut"], "Ada Thorne")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Ada Tull came. Parents shouldn't do this if a baby can sleep, added Tull, who is also the author.",
            "Ada Tull",
        ),
        (
            "The levy could lead to a “rapid fall” of the towns that export, warned Ada Tull, an adviser in Tarn.",
            "Ada Tull",
        ),
        ("Ada Tull came. But in Tull’s view, the league has yet to discover how to end it.", "Ada Tull"),
        ("Ada Tull came. In her view, the league has yet to discover how to end it.", "Ada Tull"),
    ],
)
def test_who_closes_a_sentence_and_whose_view_opens_it_are_its_speakers(text: str, who: str) -> None:
    assert [s.speaker for s in extract_statements(text)] == [who]


@pytest.mark.parametrize("text", ["In view of the rain, the pier was shut.", "The pier, added to the list, is shut."])
def test_other_views_and_lists_are_nobody_s_words(text: str) -> None:
    assert extract_statements(text) == []


# --- whose words they are not ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behind", "source"),
    [
        ("agreed her deputy, Bo Lind.", "her deputy, Bo Lind"),
        ("replied her aide, Lena Holt.", "her aide, Lena Holt"),
        ("added her husband, Tom Hale, who runs the farm.", "her husband, Tom Hale"),
        ("added her husband.", "her husband"),
        ("she added.", "she"),
    ],
)
def test_an_owner_is_not_who_speaks_behind_a_quotation(behind: str, source: str) -> None:
    text = f"Rita Valdez spoke on Monday. “We will not pay for that bridge again,” {behind}"
    assert told(text) == [(["“We will not pay for that bridge again,”"], source)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Bevan spoke. Bevan said nurses were told to keep quiet.",
            [(["nurses were told to keep quiet"], "Bevan")],
        ),
        (
            "Ann Bevan said the ward was full and nurses had been told to wait.",
            [(["the ward was full and nurses had been told to wait"], "Ann Bevan")],
        ),
        (
            "Colin Brill said the dam was safe and told residents to stay.",
            [(["the dam was safe"], "Colin Brill"), (["to stay"], "Colin Brill")],
        ),
    ],
)
def test_a_passive_lends_no_source_from_the_verb_before(text: str, expected: list[tuple[list[str], str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Colin Brill, asked whether residents should leave, replied that they should stay.", None),
        ("Colin Brill, the mayor, asked whether residents should leave.", "Colin Brill, the mayor"),
        ("Colin Brill asked whether residents should leave.", "Colin Brill"),
        ("“They should stay,” Colin Brill said when asked whether residents should leave.", None),
    ],
)
def test_who_is_asked_does_not_ask(text: str, source: str | None) -> None:
    assert [said for said, who in told(text) if who == source][-1] == ["whether residents should leave"]
    assert len([said for said, _ in told(text) if said == ["whether residents should leave"]]) == 1


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Ann Pike denied saying “I will quit”.", True),
        ("Ann Pike denied she ever said “I will quit today”.", True),
        ("Ann Pike denied that she had said “I will quit today”.", True),
        ("Nobody heard Ann Pike say “I quit now”.", True),
        ("No one has ever heard Ann Pike say that the pier is safe.", True),
        ("The mayor did not hear Ann Pike say “I will leave it now”.", True),
        ("There is no record of Ann Pike saying that the pier is safe.", True),
        ("It was not Ann Pike who said “I will leave it now”.", True),
        ("Neither Ann Pike nor Tom Hale said “I will leave it now”.", True),
        ("Ann Pike was falsely quoted as saying “I hate you all”.", True),
        ("Ann Pike was misquoted as saying “I hate you all”.", True),
        ("A doctored video shows Ann Pike saying “I hate you all”.", True),
        ("A fake post quoted Ann Pike as saying “I hate you all now”.", True),
        ("A fabricated quote has Ann Pike saying “I will quit today”.", True),
        ("A fake video in which Ann Pike says “I will quit today” was shared.", True),
        ("The claim that Ann Pike said “I will quit today” is false.", True),
        ("It is false that Ann Pike said “I will quit today”.", True),
        ("Ann Pike avoided saying that the pier was safe.", True),
        ("Ann Pike stopped short of saying that the pier was safe.", True),
        ("Ann Pike did not, however, say that the pier was safe.", True),
        ("Ann Pike did not vote or say that the pier was safe.", True),
        ("Ann Pike did not deny saying “I will quit today”.", False),
        ("Ann Pike does not regret saying “I will quit today”.", False),
        ("Ann Pike denied that the pier was “unsafe for all”.", False),
        ("The mayor heard Ann Pike say “I will leave it now”.", False),
        ("A fake nurse heard Ann Pike say “I will quit today”.", False),
        ("A fake post, which Ann Pike said was an attack, was shared.", False),
        ("It is true that Ann Pike said “I will quit today”.", False),
        ("The claim, Ann Pike said, is false.", False),
        ("It was Ann Pike who said “I will leave it now”.", False),
        ("Ann Pike was quoted as saying “I will leave it now”.", False),
        ("A new video shows Ann Pike saying “I will leave it now”.", False),
        ("Ann Pike did not stop, but said that the pier was safe.", False),
        ("Ann Pike did not stay, saying that the pier was safe.", False),
        ("The mayor not only said that the pier was safe but opened it.", False),
        ("“Absolutely not,” Ann Pike said.", False),
        ("“I am not sure,” Ann Pike said, “that it is safe.”", False),
    ],
)
def test_words_that_are_denied_are_nobody_s(text: str, negated: bool) -> None:
    assert {statement.negated for statement in extract_statements(text)} == {negated}
