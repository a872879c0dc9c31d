"""The pages, run by Streamlit's own AppTest against the real archive of the seeds."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from hostile import HOSTILE, hostile_article
from streamlit.testing.v1 import AppTest

import rag
from ingest import Failure, Progress, Report, ingest
from ingest.read import ENDINGS
from rag import packet
from rag.embedding import Embedder
from ui import add, answer, article, conversation, examples, people, safe, saving, sidebar, work

ROOT = Path(__file__).parent.parent
Open = Callable[..., AppTest]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> Iterator[Open]:
    """Opens the page on an archive folder. Only the embedder is shared, so that it is loaded once."""
    opened: list[rag.Archive] = []
    real = rag.open_archive

    def open_archive(path: Path, settings: rag.Settings) -> rag.Archive:
        opened.append(real(path, settings, embedder))
        return opened[-1]

    def run(folder: Path) -> AppTest:
        monkeypatch.setenv("ONRECORD_ARCHIVE", str(folder))
        return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()

    monkeypatch.setattr(rag, "open_archive", open_archive)
    yield run
    st.cache_resource.clear()
    st.cache_data.clear()
    for archive in opened:
        archive.close()


@pytest.fixture
def page(app: Open, archive_folder: Path) -> AppTest:
    """The page on the seeds."""
    return app(archive_folder)


def ask(page: AppTest, question: str) -> AppTest:
    return page.chat_input[0].set_value(question).run()


def html(page: AppTest) -> str:
    """All HTML that the page shows but its style sheet."""
    return "\n".join(element.value for element in page.html if "<style" not in element.value)


def buttons(page: AppTest, key: str) -> list[Any]:
    return [b for b in page.button if b.key and b.key.startswith(key)]


def plain(label: str) -> str:
    """What a reader sees of a label that was made safe."""
    return label.replace("\\", "").replace("\u2060", "")


# -- the pages ---------------------------------------------------------------------------------------------------


def test_an_empty_archive_says_how_to_add_articles_and_asks_for_no_question(app: Open, tmp_path: Path) -> None:
    page = app(tmp_path / "archive")
    assert not page.exception
    assert "This archive is empty" in page.subheader[0].value
    assert len(page.file_uploader) == 1
    assert len(page.chat_input) == 0


def test_an_empty_chat_offers_questions_that_the_archive_answers(page: AppTest, archive: rag.Archive) -> None:
    offered = [plain(b.label) for b in buttons(page, "example-")]
    assert len(offered) >= 3
    assert all(archive.ask(question).answered for question in offered)
    named = [person.name.split()[-1] for person in archive.people()[:12]]
    assert any(name in question for question in offered for name in named)
    buttons(page, "example-")[0].click().run()
    assert f'<h2 class="asked">{offered[0]}</h2>' in html(page)
    assert buttons(page, "cite-")


def test_an_answer_stands_under_its_speaker_with_numbered_citations(page: AppTest, archive: rag.Archive) -> None:
    ask(page, "what did Coster say about towing?")
    given = archive.ask("what did Coster say about towing?")
    shown = html(page)
    assert not page.exception
    assert '<h3 class="speaker">Andrew Coster<span class="role">, Police Commissioner</span></h3>' in shown
    assert '<span class="chip-name">speaker</span> Andrew Coster' in shown
    assert '<span class="chip-name">topic</span> towing' in shown
    assert all(safe.escape(line.text) in shown for line in given.lines)
    numbers = [plain(b.label).removeprefix(":primary[").split("]")[0] for b in buttons(page, "cite-")]
    assert numbers == [f"[{n}" for n in range(1, len(given.citations) + 1)]


def test_a_click_on_a_citation_marks_the_cited_words_and_asks_nothing_again(
    page: AppTest, archive: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(page, "what did Coster say about towing?")
    given = archive.ask("what did Coster say about towing?")
    asked: list[str] = []
    monkeypatch.setattr(rag.Archive, "ask", lambda self, question, **_: asked.append(question))
    buttons(page, "cite-")[-1].click().run()
    shown = html(page)
    assert f'<mark class="cited" tabindex="-1">{safe.escape(given.citations[-1].text)}</mark>' in shown
    assert all(safe.escape(line.text) in shown for line in given.lines)
    assert asked == []
    page.button(key="close-article").click().run()
    assert "<article" not in html(page)


def test_a_quotation_that_was_altered_is_called_that_before_the_true_words(page: AppTest) -> None:
    ask(page, 'Did Coster really say "That approach would have been provocative and helpful"?')
    shown = html(page)
    assert shown.index('<p class="verdict"><strong>Altered.</strong>') < shown.index("provocative and unhelpful")


def test_a_follow_up_keeps_the_speaker(page: AppTest) -> None:
    ask(page, "what did Coster say about towing?")
    ask(page, "and about staffing?")
    turns = page.session_state.conversation.turns
    assert [t.answer.understood.speaker for t in turns] == ["Andrew Coster", "Andrew Coster"]
    assert "10,000 staff" in html(page)


def test_a_refusal_is_told_apart_from_an_answer(page: AppTest, archive: rag.Archive) -> None:
    ask(page, "what did Coster say about rugby?")
    given = archive.ask("what did Coster say about rugby?")
    assert not given.answered
    assert given.note
    shown = html(page)
    assert f'<div class="refusal" role="status"><p>{safe.escape(given.note)}</p></div>' in shown
    assert shown.index("does not answer the question") < shown.index(safe.escape(given.nearby[0].text))


def test_of_two_people_with_one_surname_the_reader_chooses(page: AppTest) -> None:
    ask(page, "what did Haldane say about the bridge?")
    choices = buttons(page, "choice-")
    assert {plain(b.label) for b in choices} == {"Ruth Haldane", "Martin Haldane"}
    choices[0].click().run()
    assert page.session_state.conversation.turns[-1].answer.understood.speaker == plain(choices[0].label)


def test_of_two_people_with_a_surname_that_is_the_filter_the_reader_chooses(
    page: AppTest, archive: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    surname = rag.Person(0, "Haldane", "person", (), (), (), 1)  # as if it were typed, which AppTest can't
    monkeypatch.setattr(rag.Archive, "people", lambda _: [*archive.holdings.who.people, surname])
    page.run()
    page.selectbox(key="filter-speaker").set_value("Haldane").run()
    ask(page, "what was said about the ferry?")
    chosen = buttons(page, "choice-")[0]
    chosen.click().run()
    last = page.session_state.conversation.turns[-1]
    assert last.question == "what was said about the ferry?"
    assert last.filters == rag.Filters(speaker=plain(chosen.label))
    assert last.answer.understood.speaker == plain(chosen.label) == page.selectbox(key="filter-speaker").value


def test_of_two_people_with_one_surname_in_one_of_two_questions_the_reader_chooses(page: AppTest) -> None:
    ask(page, "what did Haldane say about the bridge, and what did Coster say about towing?")
    choices = buttons(page, "choice-")
    assert {plain(b.label) for b in choices} == {"Ruth Haldane", "Martin Haldane"}
    choices[0].click().run()
    last = page.session_state.conversation.turns[-1]
    assert last.question == f"what did {plain(choices[0].label)} say about the bridge?"


@pytest.mark.parametrize(
    ("speaker", "asked", "meant"),
    [
        ("Holm", "How has Holm’s view of the ferry changed?", "How has Ina Holm's view of the ferry changed?"),
        ("HOLM", "what did HOLM say in March, Holm?", "what did Ina Holm say in March, Holm?"),
        ("Holm", "what did Holmes hear from Holm?", "what did Holmes hear from Ina Holm?"),
        ("mayor", "what did  the mayor say?", "what did Ina Holm say?"),
        ("Holm", "and her opponent?", "What did Ina Holm say about the ferry?"),
    ],
)
def test_the_chosen_name_changes_nothing_else_of_the_question(speaker: str, asked: str, meant: str) -> None:
    question = rag.Question("", "change", speaker, topic="the ferry", asked=asked)
    assert conversation.with_name(question, "Ina Holm") == meant


def test_filters_narrow_what_is_asked_and_the_question_can_be_asked_again_with_them(page: AppTest) -> None:
    ask(page, "who said something about the bridge?")
    outlet = page.selectbox(key="filter-source").options[0]
    page.selectbox(key="filter-source").set_value(outlet).run()
    page.date_input(key="filter-until").set_value(datetime(2024, 3, 9).date()).run()
    page.button(key="again").click().run()
    last = page.session_state.conversation.turns[-1]
    assert last.question == "who said something about the bridge?"
    assert last.filters == rag.Filters(source=outlet, until=datetime(2024, 3, 10, tzinfo=UTC))
    assert all(c.source == outlet and c.published < last.filters.until for c in last.answer.citations)


def test_a_new_conversation_forgets_the_old_one(page: AppTest) -> None:
    ask(page, "what did Coster say about towing?")
    next(b for b in page.button if b.label == "New conversation").click().run()
    assert page.session_state.conversation.turns == []
    assert buttons(page, "example-")


def test_two_readers_share_the_archive_and_nothing_else(page: AppTest, app: Open, archive_folder: Path) -> None:
    ask(page, "what did Coster say about towing?")
    assert app(archive_folder).session_state.conversation.turns == []


def test_a_name_from_the_list_of_people_begins_a_question(page: AppTest, archive: rag.Archive) -> None:
    page.button_group(key="view").set_value("People quoted").run()
    rows = buttons(page, "ask-person-")
    assert '</span> · <span class="count">' in html(page)
    assert [plain(b.label) for b in rows] == [p.name for p in archive.people()[: people.MOST]]
    rows[0].click().run()
    assert page.session_state.view == "Ask"
    assert page.session_state.conversation.turns == []
    assert "stChatInputTextArea" in html(page)
    page.selectbox(key="filter-source").set_value(page.selectbox(key="filter-source").options[0]).run()
    assert "stChatInputTextArea" not in html(page)  # once: a filter must not take the focus away


def test_an_answer_can_be_saved_in_three_formats(page: AppTest) -> None:
    ask(page, "what did Coster say about towing?")
    assert [b.label for b in page.get("download_button")] == ["Markdown", "JSON", "CSV"]


def test_a_refusal_can_be_saved_but_not_what_was_no_question(page: AppTest) -> None:
    ask(page, "what did Coster say about rugby?")
    assert len(page.get("download_button")) == 3
    ask(page, "???")
    assert len(page.get("download_button")) == 3


def test_a_saved_table_tells_excel_that_it_is_utf_8(archive: rag.Archive) -> None:
    given = archive.ask("what did Coster say about towing?")
    assert saving.table(given, archive).encode().startswith(b"\xef\xbb\xbfquestion,")


def test_an_error_that_a_reader_can_act_on_is_one_sentence(
    app: Open, archive_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_MODEL", "nothing")
    page = app(archive_folder)
    assert not page.exception
    assert len(page.error) == 1
    assert "ONRECORD_MODEL" in plain(page.error[0].value)


def test_a_question_that_fails_leaves_the_page_and_its_answers_as_they_were(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(page, "what did Coster say about towing?")

    def fail(*_: object, **__: object) -> rag.Answer:
        raise rag.ArchiveError("The archive has gone; mend it.")

    monkeypatch.setattr(rag.Archive, "ask", fail)
    ask(page, "and about staffing?")
    assert not page.exception
    assert plain(page.error[0].value) == "The archive has gone; mend it."
    assert buttons(page, "cite-")


def through(page: AppTest) -> None:
    """Waits until the ingest is through; a quick one may have been told already."""
    work = page.session_state.ingest
    if work is not None:
        work.done.wait(60)


def test_a_folder_is_taken_in_and_what_failed_is_told_in_a_sentence(app: Open, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "ferry.txt").write_text(
        "Ferry to sail again\n\nMayor Ina Holm said the ferry would sail in May.\n"
    )
    (tmp_path / "news" / "broken.json").write_text("{")
    page = app(tmp_path / "archive")
    page.text_input(key="folder").set_value(str(tmp_path / "news"))
    page.button(key="add-folder").click().run()
    through(page)
    page.run()
    assert not page.exception
    assert "1 article" in html(page)
    assert page.success[0].value == "1 added; 1 file or entry could not be read."
    assert page.expander[0].proto.expanded
    assert "broken.json" in plain(page.warning[0].value)


def test_articles_on_their_way_in_are_seen_by_who_reloads_and_the_first_can_be_asked_meanwhile(
    app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, rest = threading.Event(), threading.Event()

    def slow(paths: list[Path], archive: rag.Archive, progress: Callable[[Progress], None]) -> Report:
        first.wait(60)
        report = ingest(next(paths[0].glob("*.txt")), archive)
        progress(Progress("articles", 1, None))
        rest.wait(60)
        return report

    monkeypatch.setattr(add, "ingest", slow)
    page = app(tmp_path / "archive")
    page.button(key="add-samples").click().run()
    reloaded = app(tmp_path / "archive")
    assert reloaded.session_state.ingest is page.session_state.ingest is not None
    assert not buttons(reloaded, "add-samples")
    for shown in (page, reloaded):
        assert len(shown.chat_input) == 0
        assert not shown.caption
    first.set()
    until = time.monotonic() + 60
    while not page.chat_input and time.monotonic() < until:
        page.run()
    assert len(page.chat_input) == 1
    assert "You can go on asking" in page.caption[0].value
    rest.set()
    through(page)
    assert [told.run().success[0].value for told in (page, reloaded)] == ["1 added.", "1 added."]
    assert app(tmp_path / "archive").session_state.ingest is None


def test_uploaded_files_are_taken_in(app: Open, tmp_path: Path) -> None:
    page = app(tmp_path / "archive")
    text = b"Ferry to sail again\n\nMayor Ina Holm said the ferry would sail in May.\n"
    page.file_uploader[0].upload("ferry.txt", text, "text/plain").run()
    page.button(key="add-files").click().run()
    through(page)
    page.run()
    ask(page, "what did Ina Holm say about the ferry?")
    assert "the ferry would sail in May" in html(page)


@pytest.mark.parametrize("typed", ["~nobodyxyz/articles", '"/nowhere/articles"', "''"])
def test_a_path_that_leads_nowhere_is_an_ordinary_failure(app: Open, tmp_path: Path, typed: str) -> None:
    page = app(tmp_path / "archive")
    page.text_input(key="folder").set_value(typed)
    page.button(key="add-folder").click().run()
    assert not page.exception
    if typed == "''":  # no path is not the folder that the app runs in
        assert page.session_state.ingest is None
        return
    through(page)
    page.run()
    assert "no such file" in plain(page.warning[0].value)
    assert page.info[0].value == "Nothing added; 1 file or entry could not be read."
    assert not page.success


def test_a_path_may_be_pasted_with_quotation_marks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert add.path_of(' "~/May news" ') == tmp_path / "May news"
    assert add.path_of("'/srv/news'") == Path("/srv/news")


def test_every_format_that_is_read_can_be_uploaded(app: Open, tmp_path: Path) -> None:
    assert {*app(tmp_path / "archive").file_uploader[0].allowed_type} == {*ENDINGS}


def test_only_a_reader_on_this_machine_may_name_folders_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: "localhost")
    assert add.at_home()
    monkeypatch.setattr(st, "get_option", lambda _: "0.0.0.0")
    assert not add.at_home()
    monkeypatch.setattr(st, "get_option", lambda _: None)
    assert not add.at_home()


# -- strangers' text ---------------------------------------------------------------------------------------------


def test_nothing_of_a_hostile_article_is_markup(app: Open, tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "archive"
    with rag.Archive(folder, embedder=embedder) as archive:
        ingest([hostile_article(tmp_path)], archive)
    page = app(folder)
    ask(page, "what did Ina Holm say about the ferry?")
    buttons(page, "cite-")[0].click().run()
    shown = html(page)
    assert not page.exception
    assert "<article" in shown
    assert "<img" not in shown
    assert "alert(1)</script>" not in shown
    assert 'href="javascript' not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    for element in (*page.button, *page.error, *page.warning):
        text = getattr(element, "label", None) or element.value
        assert "](" not in text
        assert "<img" not in text.replace("\\<", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_any_text_as_it_is(text: str) -> None:
    made = safe.label(text)
    assert plain(made) == text.replace("\\", "")
    unescaped = [c for before, c in zip(" " + made, made, strict=False) if before != "\\" and c in "[]()<>*_`$#!:~&@|"]
    assert unescaped == []


def test_a_label_is_one_line_and_clipped() -> None:
    assert safe.label("one\n\n# two\x00") == "one \\# two"
    assert len(plain(safe.label("word " * 100, 20))) <= 20


@pytest.mark.parametrize("show", [safe.label, safe.escape, packet.escape_markdown])
def test_no_invisible_character_turns_words_around(show: Callable[[str], str]) -> None:
    turning = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    assert plain(show("The ferry " + "".join(turning) + "is late")) == "The ferry is late"
    assert plain(show("العبارة")) == "العبارة"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.example/a?b=c", "https://news.example/a?b=c"),
        ("http://news.example", "http://news.example"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,<script>", None),
        ("https://", None),
        ("//news.example", None),
        ("http://[bad", None),
        ("java\nscript:alert(1)", None),
        ("https://news.example/\u202etxt.exe", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, shown: str | None) -> None:
    assert safe.web_address(url) == shown


def test_an_address_that_breaks_out_of_its_attribute_is_escaped() -> None:
    made = article.article_html(
        rag.Article("a", "Title", "Text.", url='https://x.example/"onmouseover="alert(1)'), None
    )
    assert '"onmouseover' not in made


# -- the article -------------------------------------------------------------------------------------------------


def test_the_mark_is_exactly_the_cited_characters() -> None:
    made = article.article_html(rag.Article("a", "T", "One & two.\nThree <four>."), (4, 9), [(17, 23)])
    assert '<p>One <mark class="cited" tabindex="-1">&amp; two</mark>.</p>' in made
    assert '<p>Three <mark class="beside" tabindex="-1">&lt;four&gt;</mark>.</p>' in made


def test_a_headline_that_is_the_texts_first_line_is_shown_once() -> None:
    made = article.article_html(rag.Article("a", "Ferry “late”", "Ferry “late”\n\nIt came."), (6, 12))
    assert re.sub("<.*?>", "", made) == "Ferry “late”It came."
    assert '<h2>Ferry <mark class="cited" tabindex="-1">“late”</mark></h2>' in made


def test_a_quotation_over_two_paragraphs_is_marked_in_both() -> None:
    made = article.article_html(rag.Article("a", "T", "One two.\n\nThree four."), (4, 15))
    assert made.count('<mark class="cited"') == 2
    assert ">two.</mark></p><p><mark" in made


def test_overlapping_marks_show_every_character_once() -> None:
    text = "abcdefghij"
    made = article.article_html(rag.Article("x", "T", text), (2, 6), [(4, 8), (3, 5)])
    assert re.sub("<[^>]+>", "", made).removeprefix("T") == text


def test_the_same_words_are_found_in_another_articles_typography() -> None:
    text = "He said: ‘The bridge\nis shut,’ and left."
    assert conversation.find_words(text, '"The bridge is shut,"') == (10, 28)
    assert conversation.find_words(text, "the bridge was shut") is None
    assert conversation.find_words(text, "…") is None


# -- the parts ---------------------------------------------------------------------------------------------------

CITATION = rag.Citation("a", 0, 4, "Text", "Ina Holm", "Title", "Gazette", None, datetime(2024, 3, 4, tzinfo=UTC))


def test_cited_words_are_found_again_in_an_article_that_has_changed() -> None:
    opened = conversation.Opened("a", (4, 11), ((12, 15),), "ferries")
    assert article.placed(rag.Article("a", "A", "Two ferries ran."), opened) == ((4, 11), ((12, 15),))
    assert article.placed(rag.Article("a", "A", "On Monday two ferries ran."), opened) == ((14, 21), ())
    assert article.placed(rag.Article("a", "A", "Nothing ran."), opened) == (None, ())


def test_a_quotation_and_its_report_look_different() -> None:
    quoted = rag.Line("“It sails.”", (CITATION,), "Ina Holm", "quoted")
    assert "<blockquote>" in answer.line_html(quoted)
    reported = answer.line_html(replace(quoted, form="reported", text="it sails", remark="speaker inferred"))
    assert "<blockquote>" not in reported
    assert '<span class="tag">reported</span> <span class="tag">speaker inferred</span>' in reported


def test_words_that_stand_apart_on_the_page_are_apart_when_they_are_read_out_or_copied() -> None:
    assert re.sub("<.*?>", "", answer.speaker_html("Ina Holm", "mayor of Lunde")) == "Ina Holm, mayor of Lunde"
    line = rag.Line("it sails", (CITATION,), "Ina Holm", "reported", remark="speaker inferred")
    assert re.sub("<.*?>", "", answer.line_html(line)).endswith("reported speaker inferred")


def test_a_sentence_that_failed_its_check_never_says_that_it_was_checked() -> None:
    written = rag.Line("It sails.", (CITATION,), None, "written")
    assert "checked against" in answer.line_html(written)
    assert "checked against" not in answer.line_html(replace(written, supported=False))
    assert "do not support" in answer.line_html(replace(written, supported=False))


def test_the_last_day_of_a_window_is_shown_as_the_reader_set_it() -> None:
    filters = rag.Filters(since=datetime(2024, 3, 4, tzinfo=UTC), until=datetime(2024, 3, 10, tzinfo=UTC))
    assert answer.filter_parts(filters) == [("time", "4 March 2024 to 9 March 2024")]


def test_a_second_citation_of_the_same_article_doesnt_name_it_again() -> None:
    assert plain(answer.citation_label(1, CITATION)) == ":primary[[1]] Gazette, 4 March 2024"
    assert plain(answer.citation_label(2, None)) == ":primary[[2]]"


def test_no_number_is_given_twice_in_an_answer() -> None:
    other = replace(CITATION, start=9, end=12)
    line = rag.Line("It sails.", (other, CITATION), "Ina Holm", "quoted")
    given = rag.Answer(True, (), (CITATION,), rag.Question(""), nearby=(line,))
    assert answer.numbers(given) == {CITATION: 1, other: 2}


def test_a_citation_of_a_long_title_keeps_its_date() -> None:
    long = replace(CITATION, source=None, title="The title goes on " * 20)
    assert plain(answer.citation_label(1, long)).endswith("…, 4 March 2024")


def test_an_answer_that_grows_is_told_as_it_grows() -> None:
    filters = rag.Filters(source="Gazette")
    asked = {"question": "q", "history": [], "filters": filters}
    growing = [SimpleNamespace(answered=n > 1) for n in range(3)]
    archive: Any = SimpleNamespace(
        settings=SimpleNamespace(model="some:model"),
        chain=lambda: SimpleNamespace(stream=lambda given: iter(growing) if given == asked else None),
    )
    told: list[Any] = []
    assert conversation._answer(archive, "q", [], filters, told.append) is growing[-1]
    assert told == growing


def test_a_question_waits_for_the_answers_that_it_may_refer_to() -> None:
    histories: list[int] = []
    archive: Any = SimpleNamespace(
        settings=SimpleNamespace(model=None),
        ask=lambda question, history, filters: histories.append(len(history)) or "an answer",
    )
    talk = conversation.Conversation([conversation.Turn("one", rag.Filters()), conversation.Turn("two", rag.Filters())])
    for turn in talk.turns:
        going = conversation.set_going(talk, turn, archive)
        assert conversation.set_going(talk, turn, archive) is going
        assert going.done.wait(60)
        conversation.take_over(turn)
    assert histories == [0, 1]


def test_work_that_fails_is_done_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Callable[[int], None]) -> int:
        raise KeyError("secret")

    failed = work.start(fail)
    assert failed.done.wait(60)
    assert failed.error is not None
    assert "secret" not in work.sentence(failed.error)
    assert "secret" in caplog.text
    assert work.sentence(rag.BadInput("Do this.")) == "Do this."


def test_people_are_found_by_any_part_of_name_or_role() -> None:
    holm = rag.Person(1, "Ina Holm", "person", ("Mayor Holm",), ("mayor of Lunde",), ("a",), 3)
    berg = rag.Person(2, "Odd Berg", "person", (), (), ("a",), 1)
    assert people.matching([holm, berg], "lunde INA") == [holm]
    assert people.matching([holm, berg], "") == [holm, berg]
    assert people.matching([holm, berg], "ferry") == []


def test_a_shared_surname_is_never_asked_about_alone() -> None:
    ina, odd = (rag.Person(n, name, "person", (), (), (), 1) for n, name in enumerate(("Ina Holm", "Odd Holm")))
    assert examples.short_name(ina, [ina, odd]) == "Ina Holm"
    assert examples.short_name(ina, [ina]) == "Holm"


def test_a_topic_is_worded_as_the_text_words_it() -> None:
    assert [t.words for t in examples.nouns("the cost of towing, a new week and the old stone.")] == [
        "the cost",
        "towing",
    ]


def test_progress_never_goes_back_from_reading_to_embedding() -> None:
    shares = [
        add.progress_of(p)[0]
        for p in (None, Progress("articles", 5, None), Progress("meaning", 0, 9), Progress("meaning", 9, 9))
    ]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_report_says_what_was_done() -> None:
    assert add.summary(Report()) == "Nothing added."
    report = Report(("a",), (), ("b", "c"), (), (Failure("x", "is empty"), Failure("y", "is empty")))
    assert add.summary(report) == "1 added, 2 already there; 2 files or entries could not be read."


def test_a_saved_files_name_can_climb_nowhere() -> None:
    assert saving.file_name("../../etc: what did “X” say?") == "etc-what-did-x-say"
    assert saving.file_name("???") == "answer"


def test_the_archives_size_is_told_without_reading_its_articles(
    archive: rag.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = archive.articles()
    monkeypatch.delattr(rag.Archive, "articles")
    size = sidebar.size_of(archive)
    dates = [a.published for a in articles if a.published]
    assert (size.articles, size.people) == (len(articles), len(archive.people()))
    assert (size.oldest, size.newest) == (min(dates), max(dates))
    assert size.sources == tuple(sorted({a.source for a in articles if a.source}))


def test_the_sidebar_counts_one_as_one() -> None:
    assert "<strong>1 article</strong>, 1 person quoted" in sidebar.size_html(sidebar.Size(1, 1, (), None, None))
