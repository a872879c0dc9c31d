"""The evidence packet: what it holds, that article text is never markup or formula, that it can be checked again."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import rag
from rag.domain import Answer, Article, Citation, Line, Passage, Question, Speaker, Statement, cite
from rag.packet import TURNING, escape_markdown, safe_cell, seal, to_csv, to_json, to_markdown, verify_packet
from rag.text import paragraphs

TEXT = """=SUM(A1) is what the board calls *progress*.

“The tide <b>took</b> two of our [moorings] at 6:40,” said Ansel Reeve, who rents them out.

“We will not ask for them back,” said Dora Mint."""

CHANGED = TEXT.replace("“The tide", "Ansel Reeve spoke first.\n\n“The tide")


def _put(archive: rag.Archive, text: str, title: str = "Moorings | lost") -> Article:
    article = Article("moorings", title, text, "Tidewater Post", "https://example.org/m_1", ("Kit Oake",), WHEN)
    said = [
        Statement(((start, start + len(words)),), None, name, "direct", found="named", confidence=0.9)
        for name, words in SAID.items()
        if (start := text.find(words)) >= 0
    ]
    passages = [Passage(article.id, *p) for p in paragraphs(text)]
    return archive.holdings.catalogue.put(article, passages, said, [Speaker(name) for name in SAID])


WHEN = datetime(2031, 6, 1, 8, 30, tzinfo=UTC)
SAID = {
    "Ansel Reeve": "“The tide <b>took</b> two of our [moorings] at 6:40,”",
    "Dora Mint": "“We will not ask for them back,”",
}


def _answer(article: Article) -> Answer:
    cited = [cite(article, (article.text.index(words), article.text.index(words) + len(words)), name)
             for name, words in SAID.items()]  # fmt: skip
    lines = tuple(Line(c.text, (c,), c.speaker, "quoted", "role" if c is cited[0] else None) for c in cited)
    question = Question("What was said about moorings?", "who said", topic="moorings", asked="and about *moorings*?")
    return Answer(True, lines, tuple(cited), question)


@pytest.fixture
def answer(empty: rag.Archive) -> Answer:
    return _answer(_put(empty, TEXT))


@pytest.fixture
def packet(empty: rag.Archive, answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_json(answer, empty))
    return data


def _resealed(packet: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    changed = copy.deepcopy(packet)
    change(changed)
    return {**changed, "seal": seal(changed)}


def _statuses(packet: Any, archive: rag.Archive) -> list[str]:
    return [finding.status for finding in verify_packet(packet, archive)]


def test_a_packet_holds_what_an_editor_needs(empty: rag.Archive, packet: dict[str, Any]) -> None:
    article = empty.article("moorings")
    assert article is not None
    first = packet["citations"][0]
    assert article.text[first["start"] : first["end"]] == first["text"] == SAID["Ansel Reeve"]
    assert (first["version"], first["content_hash"]) == (1, article.content_hash)
    assert first["context"]["text"] == SAID["Ansel Reeve"] + " said Ansel Reeve, who rents them out."
    assert (first["url"], first["published"]) == ("https://example.org/m_1", "2031-06-01T08:30:00+00:00")
    assert packet["question"]["asked"] == "and about *moorings*?"
    assert packet["question"]["understood"] == "What was said about moorings?"
    assert packet["made_with"]["embedder"] == "word-hashes"
    assert packet["made_with"]["writer"] is None
    assert [line["citations"] for line in packet["lines"]] == [[1], [2]]


def test_an_untouched_packet_is_confirmed(empty: rag.Archive, packet: dict[str, Any], tmp_path: Path) -> None:
    text = json.dumps(packet)
    file = tmp_path / "packet.json"
    file.write_text(text)
    for form in (packet, text, text.encode(), file, str(file)):
        assert _statuses(form, empty) == ["confirmed", "confirmed"]


def test_words_that_have_moved_are_found_again(empty: rag.Archive, packet: dict[str, Any]) -> None:
    _put(empty, CHANGED)
    findings = verify_packet(packet, empty)
    assert [f.status for f in findings] == ["moved", "moved"]
    assert findings[0].now is not None
    assert findings[0].now.text == SAID["Ansel Reeve"]
    assert all(f.holds for f in findings)


def test_words_stand_where_only_the_title_has_changed(empty: rag.Archive, packet: dict[str, Any]) -> None:
    _put(empty, TEXT, "Another title")
    assert _statuses(packet, empty) == ["stands", "stands"]


def test_words_of_an_earlier_version_are_told_from_missing_ones(empty: rag.Archive, packet: dict[str, Any]) -> None:
    _put(empty, TEXT.replace("6:40", "7:40"))
    assert _statuses(packet, empty) == ["earlier version", "stands"]
    empty.holdings.catalogue.remove(["moorings"])
    assert _statuses(packet, empty) == ["earlier version", "earlier version"]


def test_in_another_archive_they_are_missing(tmp_path: Path, packet: dict[str, Any], fake_embedder: Any) -> None:
    with rag.open_archive(tmp_path / "other", rag.Settings(), fake_embedder) as other:
        findings = verify_packet(packet, other)
    assert [f.status for f in findings] == ["missing", "missing"]
    assert not any(f.holds for f in findings)


def test_a_packet_changed_in_any_place_breaks_its_seal(empty: rag.Archive, packet: dict[str, Any]) -> None:
    packet["question"]["asked"] = "something else"
    assert _statuses(packet, empty) == ["tampered", "confirmed", "confirmed"]


def _words(p: dict[str, Any]) -> None:
    p["citations"][0]["text"] = p["citations"][0]["text"].replace("two", "ten")
    p["lines"][0]["text"] = p["citations"][0]["text"]


def _speaker(p: dict[str, Any]) -> None:
    p["citations"][0]["speaker"] = "Dora Mint"


def _title(p: dict[str, Any]) -> None:
    p["citations"][0]["title"] = "Moorings found"


def _context(p: dict[str, Any]) -> None:
    p["citations"][0]["context"]["text"] += " Nobody doubts it."


def _offsets(p: dict[str, Any]) -> None:
    p["citations"][0]["start"] += 1


def _hash(p: dict[str, Any]) -> None:
    p["citations"][0]["content_hash"] = "0" * 64


def _url(p: dict[str, Any]) -> None:
    p["citations"][0]["url"] = "https://example.org/other"


def _published(p: dict[str, Any]) -> None:
    p["citations"][0]["published"] = "2001-01-01T00:00:00+00:00"


def _version(p: dict[str, Any]) -> None:
    p["citations"][0]["version"] = 3


def _no_context(p: dict[str, Any]) -> None:
    p["citations"][0]["context"] = None


def _narrow_context(p: dict[str, Any]) -> None:
    c = p["citations"][0]
    c["context"] = {"start": c["start"], "end": c["start"] + 4, "text": c["text"][:4]}


@pytest.mark.parametrize(
    "change",
    [_words, _speaker, _title, _context, _offsets, _url, _published, _version, _no_context, _narrow_context],
)
def test_a_forged_citation_is_false_even_under_a_new_seal(
    empty: rag.Archive, packet: dict[str, Any], change: Callable[[dict[str, Any]], None]
) -> None:
    assert [s for s in _statuses(_resealed(packet, change), empty) if s != "tampered"] == ["false", "confirmed"]


def test_of_a_version_that_the_archive_never_had_the_words_are_looked_for_in_the_one_it_has(
    empty: rag.Archive, packet: dict[str, Any]
) -> None:
    """A colleague's archive may have another text under the same number."""
    forged = _resealed(packet, _hash)
    finding = verify_packet(forged, empty)[0]
    assert finding.status == "stands"
    assert "doesn't have the version that was cited" in finding.message
    assert "false" in _statuses(_resealed(forged, _speaker), empty)  # whose words they are is looked at all the same
    _put(empty, "Nothing of the kind.")
    assert _statuses(forged, empty)[0] == "missing"


@pytest.mark.parametrize("change", [_title, _context, _url, _published])
def test_of_a_version_that_the_archive_never_had_nothing_else_holds_that_the_present_one_tells_otherwise(
    empty: rag.Archive, packet: dict[str, Any], change: Callable[[dict[str, Any]], None]
) -> None:
    forged = _resealed(packet, _hash)
    findings = verify_packet(_resealed(forged, change), empty)
    assert [f.status for f in findings] == ["missing", "confirmed"]
    assert not findings[0].holds
    assert "doesn't have the version that was cited, and of the present one" in findings[0].message


def test_a_forged_citation_of_an_earlier_version_is_false(empty: rag.Archive, packet: dict[str, Any]) -> None:
    _put(empty, CHANGED)
    assert "false" in _statuses(_resealed(packet, _words), empty)


def test_an_answer_saved_after_its_article_has_changed_is_honest(empty: rag.Archive, answer: Answer) -> None:
    _put(empty, TEXT.replace("6:40", "7:40"))
    packet = json.loads(to_json(answer, empty))
    assert [c["version"] for c in packet["citations"]] == [1, 2]
    assert _statuses(packet, empty) == ["earlier version", "confirmed"]
    empty.holdings.catalogue.remove(["moorings"])
    _put(empty, "Nothing of the kind.")  # no version number means two texts
    assert _statuses(packet, empty) == ["earlier version", "earlier version"]


def test_a_line_may_not_say_more_than_its_citations(empty: rag.Archive, packet: dict[str, Any]) -> None:
    def add(p: dict[str, Any]) -> None:
        p["lines"][1]["text"] = "“We will never ask for them back,”"

    def point(p: dict[str, Any]) -> None:
        p["lines"][1]["citations"] = [9]

    def leave_out(p: dict[str, Any]) -> None:
        p["lines"][1]["text"] = " ".join(p["lines"][1]["text"].split()[1:])

    def give_to_another(p: dict[str, Any]) -> None:
        p["lines"][1]["speaker"] = "Somebody Else"

    def claim_a_model(p: dict[str, Any]) -> None:
        p["lines"][1] |= {"form": "written", "text": "Nobody will ever ask for them back."}

    def ask_it(p: dict[str, Any]) -> None:
        p["lines"][1]["text"] = p["lines"][1]["text"].replace("back", "back?")

    def put_beside(p: dict[str, Any]) -> None:
        p["nearby"] = [p["lines"].pop() | {"form": "written", "text": "Dora Mint said they will ask for them back."}]

    def number_twice(p: dict[str, Any]) -> None:
        p["citations"].append(p["citations"][1])

    for change in (leave_out, give_to_another, claim_a_model, ask_it, put_beside, number_twice):
        assert "tampered" in _statuses(_resealed(packet, change), empty)
    assert "tampered" in _statuses(_resealed(packet, add), empty)
    assert "tampered" in _statuses(_resealed(packet, point), empty)


def test_of_an_earlier_version_it_is_told_what_cant_be_checked(empty: rag.Archive, packet: dict[str, Any]) -> None:
    _put(empty, CHANGED)
    assert "can't be checked" not in verify_packet(packet, empty)[0].message  # its hash fits
    forged = verify_packet(_resealed(packet, _url), empty)[0]
    assert "its outlet, date and URL can't be checked any more" in forged.message
    assert "false" in _statuses(_resealed(packet, _context), empty)


def test_the_result_tells_what_it_is_not_about(empty: rag.Archive, packet: dict[str, Any]) -> None:
    def forge(p: dict[str, Any]) -> None:
        p["note"] = "Dora Mint has resigned."

    findings = verify_packet(_resealed(packet, forge), empty)
    assert [f.status for f in findings] == ["confirmed", "confirmed"]
    assert "the note" in findings.not_checked


def test_a_role_that_no_article_gives_is_false(archive: rag.Archive) -> None:
    packet = json.loads(to_json(archive.ask("what did Coster say about towing?"), archive))
    assert packet["lines"][0]["role"]

    def role(p: dict[str, Any]) -> None:
        p["lines"][0]["role"] = "convicted thief"

    assert set(_statuses(packet, archive)) == {"confirmed"}
    assert _statuses(_resealed(packet, role), archive)[0] == "false"


def test_form_and_speaker_are_the_articles(empty: rag.Archive, packet: dict[str, Any]) -> None:
    def form(p: dict[str, Any]) -> None:
        p["lines"][0]["form"] = "reported"

    def nobody(p: dict[str, Any]) -> None:
        p["lines"][0]["speaker"] = p["citations"][0]["speaker"] = None
        p["lines"][0]["role"] = None

    for change in (form, nobody):
        assert _statuses(_resealed(packet, change), empty) == ["false", "confirmed", "confirmed"], change

    def checked(p: dict[str, Any]) -> None:
        form(p)
        p["lines"][0]["remark"] = "verbatim"  # a quote check's line is as it was asked

    assert _statuses(_resealed(packet, checked), empty) == ["confirmed", "confirmed"]


DENIAL = "“We did not regret it,” said Dora Mint. She denied that the wharf was sold."


def _shrunk(archive: rag.Archive, words: str, form: Any) -> list[str]:
    start, cue = DENIAL.index("the wharf was sold"), DENIAL.index("denied")
    said = [
        Statement(((0, 23),), None, "Dora Mint", "direct", found="named", confidence=0.9),
        Statement(((start, start + 18),), None, "Dora Mint", "reported", (cue, cue + 6), found="named", confidence=0.9),
    ]
    article = Article("denial", "Wharf", DENIAL)
    passages = [Passage("denial", 0, len(DENIAL))]
    article = archive.holdings.catalogue.put(article, passages, said, [Speaker("Dora Mint")])
    at = DENIAL.index(words)
    c = cite(article, (at, at + len(words)), "Dora Mint")
    line = Line(words, (c,), "Dora Mint", form)
    return _statuses(to_json(Answer(True, (line,), (c,), Question("What did Mint say?")), archive), archive)


def test_a_citation_cut_off_behind_a_denial_is_false(empty: rag.Archive) -> None:
    assert _shrunk(empty, "regret it", "quoted") == ["false"]
    assert _shrunk(empty, "did not regret it", "quoted") == ["confirmed"]
    assert _shrunk(empty, "the wharf was sold", "reported") == ["false"]
    assert _shrunk(empty, "denied that the wharf was sold", "reported") == ["confirmed"]


def test_what_a_chat_model_wrote_is_checked_again(empty: rag.Archive, answer: Answer) -> None:
    c = answer.lines[1].citations

    def written(text: str, speaker: str | None = "Dora Mint", supported: bool = True) -> list[str]:
        line = Line(text, c, speaker, "written", None, None, supported)
        data = json.loads(to_json(replace(answer, lines=(line, *answer.lines)), empty))
        data["made_with"]["writer"] = "some:model"
        return _statuses({**data, "seal": seal(data)}, empty)

    assert written("Dora Mint said they will not ask for them back.") == ["confirmed", "confirmed"]
    assert "tampered" in written("Dora Mint said they will ask for them back.")
    assert "tampered" in written("Mint confessed to murder.")
    assert "tampered" in written("Dora Mint said they will not ask for them back.", speaker="Ansel Reeve")
    assert "tampered" not in written("Mint confessed to murder.", supported=False)  # it is marked as it is


@pytest.mark.parametrize(
    "bad", ['{"a":' * 100_000, "", "{}", "[1]", "{not json", '{"format": "other"}', b"\xff\xfe", {}, "no such file"]
)
def test_what_is_no_packet_is_refused_in_a_sentence(empty: rag.Archive, bad: Any) -> None:
    with pytest.raises(rag.BadInput):
        verify_packet(bad, empty)


def test_a_packet_of_a_newer_format_or_with_parts_missing_is_refused(
    empty: rag.Archive, packet: dict[str, Any]
) -> None:
    with pytest.raises(rag.BadInput, match="format 2"):
        verify_packet({**packet, "format_version": 2}, empty)
    del packet["citations"][0]["start"]
    with pytest.raises(rag.BadInput, match="start"):
        verify_packet(packet, empty)


def test_the_csv_has_a_row_for_each_citation_and_no_formula(empty: rag.Archive) -> None:
    article = _put(empty, TEXT)
    citation = cite(article, (0, 44), None)
    answer = replace(_answer(article), lines=(Line(citation.text, (citation,), None, "fact"),), citations=(citation,))
    rows = list(csv.DictReader(io.StringIO(to_csv(answer, empty), newline="")))
    assert len(rows) == 1
    assert rows[0]["quote"] == "'" + citation.text
    assert rows[0]["content_hash"] == article.content_hash
    assert rows[0]["start"] == "0"


def test_a_refusal_makes_a_packet_too(empty: rag.Archive, answer: Answer) -> None:
    refusal = Answer(False, (), (), answer.understood, "Nobody said so.", nearby=answer.lines[:1])
    data = json.loads(to_json(refusal, empty))
    assert (data["answered"], data["note"], data["lines"]) == (False, "Nobody said so.", [])
    assert data["nearby"][0]["citations"] == [1]
    assert _statuses(data, empty) == ["confirmed"]
    assert "No answer in these articles" in to_markdown(refusal, empty)
    bare = replace(refusal, nearby=())
    rows = list(csv.DictReader(io.StringIO(to_csv(bare, empty), newline="")))
    assert [row["note"] for row in rows] == ["Nobody said so."]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


def test_other_cells_stay_as_they_are() -> None:
    assert [safe_cell(v) for v in ("a=b", 12, None, "“quoted”")] == ["a=b", "12", "", "“quoted”"]


def test_article_text_is_no_markup(empty: rag.Archive, answer: Answer) -> None:
    html = MarkdownIt("commonmark").render(to_markdown(answer, empty))
    assert "&lt;b&gt;took&lt;/b&gt; two of our [moorings] at 6:40" in html
    assert "<b>" not in html
    assert "<em>" not in html
    assert 'href="https://example.org/m_1"' in html


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "- no list", "+ no list", "1. no list", "2) no list", "> no quote", "*no* _stress_ ~~at~~ all",
        "`no code`", "[no](http://link.example)", "![no](image.png)", "<script>no()</script>", "&amp; no entity", "---",
        "===", "http://no.link", "www.no.link", "no@link.example", "a \\* b", "| no | table |", "<!-- no -->", "~~~",
    ],
)  # fmt: skip
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    assert _shown(escape_markdown(text)) == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]).filter(lambda c: not TURNING.match(c))))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert _shown(escape_markdown(text)) == " ".join(text.split())


def _shown(markdown: str) -> str:
    """What a Markdown reader that knows tables and strike-through shows; fails where there is any markup."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    if not tokens:
        return ""
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {c.type for c in children} <= {"text", "text_special"}
    return "".join(c.content for c in children)


def test_answers_from_the_seeds_are_confirmed(archive: rag.Archive) -> None:
    for question in (
        "what did Coster say about towing?",
        "who said something about the ferry?",
        "how wide is the river?",
    ):
        answer = archive.ask(question)
        findings = verify_packet(to_json(answer, archive), archive)
        assert {f.status for f in findings} <= {"confirmed"}, [f.message for f in findings]
        cited: set[Citation] = {c for line in (*answer.lines, *answer.nearby) for c in line.citations}
        assert len(findings) == len(cited)
