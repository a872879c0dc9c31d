"""From paths to articles: what is mended, what is dropped, what is kept to the character, and what bad input gets."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import ENDINGS, LIMIT, Failure, read, read_bytes
from ingest.read.dates import parse_date
from ingest.read.furniture import drop_furniture
from ingest.read.mend import decode, mend
from ingest.read.titles import title_of
from rag.domain import Article

PROTEST = Path(__file__).parent.parent / "seeds" / "articles" / "parliament-protest.txt"

BODY = """\
The ferry to Sallow Island stops running on Friday, the harbour board said.

“We held out for as long as we could,” said Odile Marrack, who chairs the board.

Islanders will have to find another way to the market."""

PAGE = """\
<!doctype html>
<html><head><meta charset="utf-8">
<title>Last ferry to Sallow Island | The Sallow Bell</title>
<meta property="og:title" content="Last ferry to Sallow Island">
<meta property="og:site_name" content="The Sallow Bell">
<meta property="og:url" content="https://bell.example/last-ferry">
<meta property="article:published_time" content="2023-09-08T07:30:00+12:00">
<meta name="author" content="Tamsin Reeve"><meta name="author" content="Ivo Lund">
<meta name="onrecord:id" content="bell-1"><meta name="onrecord:note" content="invented sample">
<script>track("reader")</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<main><article><h1>Last ferry to Sallow Island</h1>
<p>The ferry to Sallow Island stops running on Friday, the harbour board said on Thursday evening.</p>
<h2>No more money</h2>
<p>“We held out for as long as we could &amp; then some,” said <b>Odile Marrack</b>, who chairs the board.</p>
<p>Islanders will have to find another way to the market, which is held on the mainland twice a week.</p>
<p>Sign up to our newsletter</p>
</article></main><footer><p>© 2023 The Sallow Bell</p></footer></body></html>"""


def outcomes(folder: Path, **files: str | bytes | list[object]) -> list[Article | Failure]:
    """What reading `folder` gives after `files` (name with "__" for the dot) were written there."""
    for name, content in files.items():
        if isinstance(content, list):
            content = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in content)
        (folder / name.replace("__", ".")).write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read([folder]))


def article(name: str, content: str | bytes) -> Article:
    (found,) = read_bytes(name, content if isinstance(content, bytes) else content.encode())
    assert isinstance(found, Article), str(found)
    return found


def failure(name: str, content: str | bytes) -> Failure:
    (found,) = read_bytes(name, content if isinstance(content, bytes) else content.encode())
    assert isinstance(found, Failure)
    return found


def entry(**fields: object) -> Article:
    return article("x.jsonl", json.dumps({"text": BODY, **fields}))


# The user's article


def test_the_protest_article_is_mended_and_loses_only_its_furniture() -> None:
    (found,) = read([PROTEST])
    assert isinstance(found, Article)
    raw = PROTEST.read_text("utf-8")
    assert found.id == "parliament-protest"
    assert "Take your Radio" in raw
    assert "Take your Radio" not in found.text
    assert found.text.endswith("in the 12 hours since it was released.")
    assert "Â" in raw
    assert "Â" not in found.text
    assert "They anticiapted a significant number" in found.text
    assert found.text.split("\n") == raw.replace("Â", "").rstrip().split("\n")[:-1]
    assert found.title.startswith("Police say negotiation and de-escalation are the only way")
    assert len(found.title) <= 90


# Mending


@pytest.mark.parametrize(
    "clean",
    [
        BODY,
        "“Don’t,” she said – it’s ‘over’ … \n\n  An indented line\n\n\n\nand no more",
        "a ﬁne ligature, Ｗｉｄｅ letters, cafe\u0301 and café",
        "L’été à la plage: À Paris, Âge et «guillemets». CRÂ ne change pas.",
        "a\tb &amp; <b>not markup</b> 1 < 2 \\n",
        "日本語の記事、漢字。 Ελληνικά. Русский текст. עברית",
        "🙂 👩‍👩‍👧 zero\u200bwidth soft\u00adhyphen",
    ],
)
def test_clean_text_stays_as_it_is_to_the_character(clean: str) -> None:
    assert mend(clean) == clean
    assert entry(text=clean).text == clean


def test_offsets_into_clean_jsonl_text_stay_even_after_leading_white_space() -> None:
    text = "\n\n  " + BODY
    assert entry(text=text + " \n").text == text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("donâ€™t", "don’t"),
        ("â€œHelloâ€\x9d", "“Hello”"),
        ("cafÃ© MÃ¼ller", "café Müller"),
        ("Stop.Â\nGo “on”.Â", "Stop.\nGo “on”."),
        ("He said soÂ\nand leftÂ ", "He said so\nand left "),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x07c\ufeff", "abc"),
        ("10\u00a0000\u202ftons", "10 000 tons"),
        ("half \ud83d of it", "half \ufffd of it"),
    ],
)
def test_what_a_machine_broke_is_mended(broken: str, whole: str) -> None:
    assert mend(broken) == whole


@settings(max_examples=100, database=None)
@given(st.text(st.sampled_from("aZ .\n“’éÂÃâ€™\u00a0\x9d\x80œ¢\ufeff\r"), max_size=40) | st.text(max_size=40))
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mend(text)
    assert mend(once) == once


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    text = BODY + "\n\nThe café’s owner, Zoë Hál, paid £20 – “never again”."
    assert article("a.txt", text.encode(encoding)).text == text


def test_other_alphabets_are_found_by_their_bytes() -> None:
    text = "Паром на остров больше не ходит, сообщило управление порта. Жители недовольны решением."
    assert decode(text.encode("cp1251")) == text


def test_a_file_put_together_from_two_encodings_comes_out_whole() -> None:
    assert decode("The café “shut”. ".encode() + "Zoë’s too.".encode("cp1252")) == "The café “shut”. Zoë’s too."


def test_jsonl_in_utf_16_is_read_line_by_line() -> None:
    lines = "\n".join(json.dumps({"id": str(n), "text": f"Café {n}’s."}, ensure_ascii=False) for n in range(3))
    found = [x for x in read_bytes("a.jsonl", lines.encode("utf-16")) if isinstance(x, Article)]
    assert [x.text for x in found] == ["Café 0’s.", "Café 1’s.", "Café 2’s."]


# Furniture

FURNITURE = [
    "Take your Radio, Podcasts and Music with you",
    "Read more: Island school to close",
    "Related: Ferry fares double",
    "Sign up to our newsletter",
    "Sign up for our morning briefing, straight to your inbox.",
    "Share this article",
    "Share this story on Facebook, X or by email",
    "Advertisement",
    "We use cookies to improve your experience on this site.",
    "© 2024 The Sallow Bell",
    "Follow us on Twitter and Facebook",
    "Follow Tamsin Reeve on Bluesky: @treeve",
    "Download our free app",
    "All rights reserved.",
]
NOT_FURNITURE = [
    "“Take your seats and listen to us”",
    "Share this: “We are done”",
    "Tamsin Reeve and Ivo Lund contributed to this report.",
    "This story has been updated with additional details.",
    "Take heart, the islanders say.",
    "Read by candlelight, the letter was short.",
    "The ferry company will follow us on Friday.",
    "No more money",
    "Related costs: £3m for the quay",
    "Watch the tide, not the clock",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_at_the_end_is_dropped_and_nothing_else(line: str) -> None:
    assert drop_furniture(f"{BODY}\n\n{line}") == BODY


@pytest.mark.parametrize("line", NOT_FURNITURE)
def test_lines_of_an_article_stay_at_its_end_and_in_its_middle(line: str) -> None:
    for text in (f"{BODY}\n{line}", BODY.replace("\n\n“We", f"\n\n{line}\n\n“We")):
        assert drop_furniture(text) == text


@pytest.mark.parametrize("line", ["Advertisement", "Read more: Island school to close", "Story continues below"])
def test_unmistakable_furniture_goes_from_the_middle_without_a_double_gap(line: str) -> None:
    assert drop_furniture(BODY.replace("\n\n“We", f"\n\n{line}\n\n“We")) == BODY


@pytest.mark.parametrize("line", ["Take your Radio, Podcasts and Music with you", "Follow us to the quay"])
def test_the_open_ended_rule_holds_at_the_end_only(line: str) -> None:
    for text in (f"{line}\n\n{BODY}", BODY.replace("\n\n“We", f"\n\n{line}\n\n“We")):
        assert drop_furniture(text) == text


def test_text_from_json_loses_only_unmistakable_lines_at_its_edges() -> None:
    middle = BODY.replace("\n\n“We", "\n\nAdvertisement\n\n“We")
    assert entry(text=middle).text == middle
    assert entry(text=f"{BODY}\n\nTake your Radio, Podcasts and Music with you").text.endswith("with you")
    assert entry(text=f"\n{BODY}\n\nRead More\n© 2024 The Sallow Bell").text == f"\n{BODY}"


def test_a_text_of_nothing_but_furniture_stays() -> None:
    assert article("a.txt", "Advertisement\n").text == "Advertisement"


# Formats


def test_markdown_gives_its_front_matter_and_plain_text() -> None:
    found = article(
        "ferry.md",
        "---\ntitle: 'Last ferry: board gives up'\nsource: The Sallow Bell\npublished: 2023-09-08\n"
        "authors: [Tamsin Reeve, Ivo Lund]\nurl: https://bell.example/f\nid: 007\nnote: invented sample\n---\n"
        "The *last* ferry [sails](https://x.example) on **Friday**.\n\n## No more money\n\n"
        '> "We held out," said Odile\\* Marrack.\n\n![the quay](q.jpg)\n\n1984. A good year.\n\n- one\n- two\n',
    )
    assert found.text == (
        "The last ferry sails on Friday.\n\nNo more money\n\n"
        '"We held out," said Odile* Marrack.\n\n1984. A good year.\n\none\n\ntwo'
    )
    assert (found.id, found.title, found.source) == ("007", "Last ferry: board gives up", "The Sallow Bell")
    assert found.published == datetime(2023, 9, 8, tzinfo=UTC)
    assert found.authors == ("Tamsin Reeve", "Ivo Lund")
    assert (found.url, found.note) == ("https://bell.example/f", "invented sample")


def test_markdown_without_front_matter_takes_its_opening_heading_as_title() -> None:
    found = article("ferry.md", f"# Last ferry\n\n{BODY}\n\n## Later\n\nThe end.")
    assert (found.id, found.title) == ("ferry", "Last ferry")
    assert found.text == f"{BODY}\n\nLater\n\nThe end."


def test_front_matter_that_is_not_yaml_is_still_understood() -> None:
    found = article("a.md", f"---\ntitle: Marrack: no more ferries\nid: a [1\n---\n{BODY}")
    assert (found.title, found.id, found.text) == ("Marrack: no more ferries", "a [1", BODY)


def test_wrapped_markdown_lines_are_joined_and_paragraph_lines_are_not() -> None:
    wrapped = "The ferry to the island stops running on\nFriday, the board\nsaid. Nobody\nis glad."
    assert "\n" not in article("a.md", wrapped).text
    assert article("a.md", 'It stops.\n"We held out," she said.\nThe end.').text.count("\n") == 2


def test_a_saved_page_gives_its_article_without_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    found = article("page.html", PAGE)
    assert found.text.split("\n") == [
        "The ferry to Sallow Island stops running on Friday, the harbour board said on Thursday evening.",
        "No more money",
        "“We held out for as long as we could & then some,” said Odile Marrack, who chairs the board.",
        "Islanders will have to find another way to the market, which is held on the mainland twice a week.",
    ]
    assert (found.id, found.title, found.note) == ("bell-1", "Last ferry to Sallow Island", "invented sample")
    assert (found.source, found.url) == ("The Sallow Bell", "https://bell.example/last-ferry")
    assert found.authors == ("Tamsin Reeve", "Ivo Lund")
    assert found.published == datetime(2023, 9, 8, 7, 30, tzinfo=timezone(timedelta(hours=12)))


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<?xml version="1.0" encoding="koi8-r"?>' + PAGE.replace("utf-8", "koi8-r")
    page = page.replace("“We", "Мы").replace("some,”", "some,").replace("©", "")
    assert "Мы held out" in article("p.htm", page.encode("koi8-r")).text


def test_json_fields_go_by_several_names() -> None:
    names = {"headline": "Last ferry", "date": "8 September 2023", "byline": "By Tamsin Reeve and Ivo Lund"}
    found = entry(id="bell/7", publisher="Bell", **names)
    assert (found.id, found.title, found.source) == ("bell/7", "Last ferry", "Bell")
    assert found.authors == ("Tamsin Reeve", "Ivo Lund")
    assert found.published == datetime(2023, 9, 8, tzinfo=UTC)


def test_metadata_of_a_wrong_type_is_left_out_or_written_out() -> None:
    authors = [None, 5, {"name": "Ivo Lund"}]
    found = entry(id=17, title=1984, date=["2023"], authors=authors, source={"a": 1}, url=[], note=True)
    assert (found.id, found.title, found.authors) == ("17", "1984", ("5", "Ivo Lund"))
    assert (found.published, found.source, found.url, found.note) == (None, None, None, None)


def test_a_json_file_holds_one_article_or_a_list() -> None:
    assert article("ferry.json", json.dumps({"text": BODY}, indent=1)).id == "ferry"
    two = list(read_bytes("two.json", json.dumps([{"id": "a", "text": BODY}, {"id": "b", "text": "x"}, 3]).encode()))
    assert [x.id for x in two if isinstance(x, Article)] == ["a", "b"]
    assert str(two[2]) == 'two.json, item 3: not an object with a "text" but a number; the other items were read.'


# Ids and order


def test_ids_without_a_source_of_their_own_are_stable_hashes_of_address_or_words() -> None:
    assert entry(url="https://a.example/1").id == entry(url="https://a.example/1", title="Changed").id
    assert entry(title="A").id == entry(title="A").id != entry(title="B").id
    assert len(entry().id) == 16
    assert int(entry().id, 16) >= 0


def test_file_ids_are_paths_below_the_given_folder_wherever_it_stands(tmp_path: Path) -> None:
    for place in ("here", "there"):
        (tmp_path / place / "2023" / "sept").mkdir(parents=True)
        (tmp_path / place / "2023" / "sept" / "ferry.v2.txt").write_text(BODY)
        assert [x.id for x in read([tmp_path / place]) if isinstance(x, Article)] == ["2023/sept/ferry.v2"]
    assert [x.id for x in read([tmp_path / "here" / "2023" / "sept" / "ferry.v2.txt"]) if isinstance(x, Article)] == [
        "ferry.v2"
    ]
    assert article("C:\\folder\\ferry.TXT", BODY).id == "ferry"


def test_files_come_sorted_and_each_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c/a.txt", "a/z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY)
    found = [x.id for x in read([tmp_path, tmp_path / "b.txt", tmp_path]) if isinstance(x, Article)]
    assert found == ["a/z", "a", "b", "c/a"]
    assert [x.id for x in read(str(tmp_path)) if isinstance(x, Article)] == found


# Titles and dates


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Last ferry to Sallow Island\n\n" + BODY, "Last ferry to Sallow Island"),
        (BODY, "The ferry to Sallow Island stops running on Friday, the harbour board said."),
        ("SALLOW —\n\nMr. Lund of the U.S. navy left. He was tired.", "Mr. Lund of the U.S. navy left."),
        ("word " * 40, "word " * 17 + "word…"),
        ("One line without a stop", "One line without a stop"),
        ("x" * 200, "x" * 89 + "…"),
    ],
)
def test_a_text_without_a_title_gets_its_headline_or_first_sentence(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title) <= 90


def test_a_headline_used_as_title_stays_in_the_text() -> None:
    text = "Last ferry to Sallow Island\n\n" + BODY
    found = article("a.txt", text)
    assert (found.title, found.text) == ("Last ferry to Sallow Island", text)


WRITTEN = ["2022-03-23", "2022/03/23", "20220323", "23 March 2022", "March 23, 2022", "23.3.2022", "1647993600"]
WRITTEN += ["2022-03-23T00:00:00Z", "Wed, 23 Mar 2022 00:00:00 GMT", "Published: Wednesday 23 March 2022"]
TYPED: list[object] = [20220323, 1647993600, 1647993600000, 1647993600.0, date(2022, 3, 23), datetime(2022, 3, 23)]


@pytest.mark.parametrize("value", [*WRITTEN, *TYPED])
def test_dates_in_many_forms_are_one_day_in_utc(value: object) -> None:
    assert parse_date(value) == datetime(2022, 3, 23, tzinfo=UTC)


def test_a_zone_that_is_given_is_kept() -> None:
    for value in ("2022-03-23T10:00+13:00", "Wed, 23 Mar 2022 10:00:00 +1300", "23 March 2022 10:00 NZDT"):
        found = parse_date(value)
        assert found is not None
        assert (found.isoformat(), found.utcoffset()) == ("2022-03-23T10:00:00+13:00", timedelta(hours=13))


UNCERTAIN = ["", " ", "soon", "Monday", "10 am", "March 2022", "2022", "2024-02-30", "2022-13-45", "1" * 5000]
UNCERTAIN += ["0001-01-01T00:00:00+14:00", "9999-12-31"]
UNUSABLE: list[object] = [2022, -5, 10**400, float("nan"), float("inf"), None, True, [2022], {}]


def test_stamps_of_web_archives_and_the_zone_of_indian_papers() -> None:
    for stamp in ("20220323153000", "202203231530"):
        assert parse_date(stamp) == datetime(2022, 3, 23, 15, 30, tzinfo=UTC)
    assert parse_date("2023-01-05 05:30 IST") == datetime(2023, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize("value", [*UNCERTAIN, *UNUSABLE])
def test_a_date_that_is_not_certain_is_none(value: object) -> None:
    assert parse_date(value) is None


# Bad input


def test_every_bad_file_gets_one_sentence_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    (tmp_path / "good" / "last.txt").write_text(BODY)
    found = outcomes(
        tmp_path,
        binary__txt=b"PK\x03\x04\0\0\0\0" * 50,
        deep__json="[" * 200_000,
        empty__txt=b"",
        noise__md=bytes(range(128, 256)) * 4,
        nothing__html="<html><body></body></html>",
        photo__jpg=b"\xff\xd8",
        textless__json='{"title": "x"}',
        white__txt=b" \n\t\n",
        wrong__json='{"text": ["a"]}',
    )
    assert [x.id for x in found if isinstance(x, Article)] == ["good/last"]
    sentences = {Path(x.path).name: str(x) for x in found if isinstance(x, Failure)}
    assert {name: said.removeprefix(f"{tmp_path}/{name}: ") for name, said in sentences.items()} == {
        "binary.txt": "not a text file (its bytes are not text in any encoding that is known).",
        "deep.json": "its JSON is nested too deeply.",
        "empty.txt": "the file is empty.",
        "gone.txt": "a link to nothing.",
        "huge.txt": "too large for one article (50.0 MB; the limit is 20 MB).",
        "noise.md": "not a text file (its bytes are not text in any encoding that is known).",
        "nothing.html": "no article text found in the page.",
        "photo.jpg": f"unknown ending .jpg (articles are read from {' '.join(sorted(ENDINGS))}).",
        "pipe.txt": "not a regular file.",
        "textless.json": 'no article text in it (an article needs a "text").',
        "white.txt": "only white space in the file.",
        "wrong.json": 'its "text" is not a string but a list.',
    }
    assert len(sentences) == len(found) - 1


def test_a_bad_line_of_jsonl_is_named_by_its_number_and_the_others_are_read() -> None:
    lines = ['{"id": "a", "text": "One."}', "", '{"id": "b" "text": "Two."}', '{"id": "c", "text": "Three."}', "7"]
    found = list(read_bytes("notes.jsonl", "\n".join(lines).encode()))
    assert [x.id if isinstance(x, Article) else str(x) for x in found] == [
        "a",
        "notes.jsonl, line 3: not valid JSON (Expecting ',' delimiter at column 12); the other lines were read.",
        "c",
        'notes.jsonl, line 5: not an object with a "text" but a number; the other lines were read.',
    ]


def test_bad_lines_before_the_first_article_are_told_too() -> None:
    found = list(read_bytes("a.jsonl", b'{\n\xff\x00\n{"text": null}\n{"id": "a", "text": "One."}'))
    assert [x.place for x in found if isinstance(x, Failure)] == ["line 1", "line 2", "line 3"]
    assert isinstance(found[3], Article)


def test_a_jsonl_file_of_something_else_gets_one_sentence() -> None:
    said = str(failure("questions.jsonl", '{"question": "who?"}\n' * 30))
    assert said.startswith("questions.jsonl: none of its 30 lines is an article; line 1: no article text in it")
    assert "first 1,000 lines" in str(failure("junk.jsonl", b"junk\n" * 5000))


def test_a_line_of_jsonl_may_be_too_large_alone() -> None:
    long = b'{"text": "' + b"a" * LIMIT + b'"}'
    found = list(read_bytes("a.jsonl", long + b'\n{"id": "a", "text": "One."}\n'))
    assert isinstance(found[0], Failure)
    assert found[0].place == "line 1"
    assert "the limit is 20 MB" in str(found[0])
    assert isinstance(found[1], Article)


def test_strange_json_values_are_survived() -> None:
    line = '{"id": "\\ud800x", "text": "Half \\ud83d of it \\u0000.", "title": NaN, "date": 1e999, "url": -0, "n": %s}'
    found = article("a.jsonl", line % "7")
    assert (found.id, found.text) == ("\ufffdx", "Half \ufffd of it .")
    assert found.published is None
    found.id.encode()
    found.text.encode()
    assert "thousands of digits" in str(failure("a.jsonl", line % ("9" * 5000)))


@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all.txt", "a" * 5000 + ".txt", "zero\0byte.txt", ""])
def test_a_path_that_is_not_there_gets_one_sentence(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = read([path])
    assert isinstance(found, Failure)
    assert str(found).endswith(".")


def test_an_empty_folder_and_an_unknown_upload_are_told() -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert [str(x) for x in read([folder])] == [f"{folder}: no articles in this folder."]
    assert "unknown ending" in str(failure("song.mp3", b"x"))


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder for a user without rights; root, whom no permission stops, becomes that user for the test."""
    if sys.platform == "win32":
        pytest.skip("file permissions work otherwise here")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for closed in folder.iterdir():
            closed.chmod(0o755)


def test_files_and_folders_that_are_closed_to_us_get_one_sentence(nobody: Path) -> None:
    (nobody / "a.txt").write_text(BODY)
    (nobody / "b.txt").write_text(BODY)
    (nobody / "inner").mkdir()
    (nobody / "b.txt").chmod(0)
    (nobody / "inner").chmod(0)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        found = list(read([nobody])) + list(read([nobody / "inner" / "c.txt"]))
    finally:
        if root:
            os.seteuid(0)
    assert [x.id if isinstance(x, Article) else str(x) for x in found] == [
        "a",
        f"{nobody}/b.txt: can't be read (Permission denied).",
        f"{nobody}/inner: can't be read (Permission denied).",
        f"{nobody}/inner/c.txt: can't be read (Permission denied).",
    ]


def test_a_file_name_in_another_encoding_gives_an_id_that_stores_take(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(BODY)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (found,) = read([tmp_path])
    assert isinstance(found, Article)
    assert found.id == "caf\ufffd"


PIECES = [b"---\n", b"title: ", b"date: 0", b"&a [*a]", b"<p>", b"<html", b"<!--", b"<meta charset=", b"x", b" ", b"\n"]
PIECES += [b'{"text":', b"[", b'"', b"}", b",", b"\\ud800", b"1e999", b"NaN", b"# ", b"> ", b"|-|\n", b"\0", b"\xc2"]
PIECES += [b"\xff\xfe", b"\xef\xbb\xbf", "“Â".encode(), b"\x92", b"\x0c", b"\x85"]
hostile = st.binary(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_no_bytes_make_the_reader_raise(ending: str) -> None:
    @settings(max_examples=60, database=None)
    @given(hostile)
    def holds(data: bytes) -> None:
        found = list(read_bytes(f"a{ending}", data))
        assert found
        for outcome in found:
            assert str(outcome).encode()
            assert isinstance(outcome, Failure) or (outcome.id and outcome.title and outcome.text.strip())

    holds()
