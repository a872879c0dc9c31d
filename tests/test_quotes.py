"""The quote check: a changed word is never forgiven, typography always is, and whose words they are is told."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from rag import quotes
from rag.domain import Article, Passage, QuoteCheck, Speaker, Statement
from rag.quotes import check
from rag.text import paragraphs
from rag.verbatim import Joints, find, wording

SEEDS = Path(__file__).parent.parent / "seeds"

BEACON = """The lamp at Pellow Head will go dark in May, the harbour trust said on Tuesday.

“We have kept this light for 140 years,” said Marguerite Vane, the trust’s secretary, “and we can’t afford \
another winter of it.” She did not take questions.

“The lens weighs 2.5 tonnes, and nobody at Pellow Yard has moved one since 1961,” Vane said. \
She looked at the sea. “It will not leave the tower in one piece.”

“I never asked for a museum,” said Tobit Harrow, the last keeper.

“I asked for a boat. I asked for it twice – in writing – and they sent me a calendar.

“The calendar had a picture of a boat.”

“A lamp is not a pet.”

“It should be buried,” said a man from the co-operative who would not give his name.

Vane said the U.S. Coast Survey had offered to take the lens. The trust has three staff.

A notice on the gate reads: no landing before the ninth bell has been rung. It is not signed."""

REPEATED = """Pellow Head is closing, weeks after the news broke.

“I never asked for a museum,” Tobit Harrow told the Sound Courier. “I would dust it, though.”"""


def _at(text: str, piece: str) -> tuple[int, int]:
    assert text.count(piece) == 1, piece
    return (text.index(piece), text.index(piece) + len(piece))


def _said(text: str, speaker: str | None, *pieces: str, cue: str | None = None, **more: Any) -> Statement:
    more = {"form": "direct", "found": "named" if speaker else "none", "confidence": 0.9} | more
    return Statement(tuple(_at(text, p) for p in pieces), None, speaker, cue=_at(text, cue) if cue else None, **more)


def _statements(text: str) -> list[Statement]:
    man = _at(text, "a man from the co-operative")
    return [
        _said(
            text,
            "Marguerite Vane",
            "“We have kept this light for 140 years,”",
            "“and we can’t afford another winter of it.”",
            cue="said Marguerite Vane",
        ),
        _said(
            text,
            "Marguerite Vane",
            "“The lens weighs 2.5 tonnes, and nobody at Pellow Yard has moved one since 1961,”",
            "“It will not leave the tower in one piece.”",
            cue=",” Vane said",
        ),
        _said(text, "Tobit Harrow", "“I never asked for a museum,”", cue="said Tobit Harrow"),
        _said(
            text,
            "Tobit Harrow",
            "“I asked for a boat. I asked for it twice – in writing – and they sent me a calendar.",
            found="continued quote",
        ),
        _said(text, "Tobit Harrow", "“The calendar had a picture of a boat.”", found="continued quote"),
        _said(text, None, "“A lamp is not a pet.”"),
        _said(text, None, "“It should be buried,”", cue="said a man", found="unnamed", described=man),
        _said(text, "Marguerite Vane", "the U.S. Coast Survey had offered to take the lens", form="reported"),
    ]


def _put(archive: rag.Archive, article: Article, statements: list[Statement], speakers: list[Speaker]) -> None:
    _hold(archive, article, statements, speakers)
    _index(archive)


def _hold(archive: rag.Archive, article: Article, statements: list[Statement], speakers: list[Speaker]) -> None:
    passages = [Passage(article.id, *p) for p in paragraphs(article.text)]
    archive.holdings.catalogue.put(article, passages, statements, speakers)


def _index(archive: rag.Archive) -> None:
    holdings = archive.holdings
    behind = holdings.catalogue.behind("words", 100)
    rows = [(n, b.key, b.article.cut(p.span)) for b in behind for n, p in b.passages]
    holdings.words.add(rows, [(b.key, b.article.text) for b in behind])
    holdings.catalogue.mark("words", [b.key for b in behind])
    for bucket in holdings.catalogue.unlinked_buckets():
        rows_of = holdings.catalogue.speakers_in(bucket)
        holdings.catalogue.link([(rows_of[0].speaker, rows_of)])


VANE = Speaker("Marguerite Vane", aliases=("Vane",), roles=("the trust’s secretary",))
HARROW = Speaker("Tobit Harrow", aliases=("Harrow",), roles=("the last keeper",))


@pytest.fixture
def quote_archive(empty: rag.Archive) -> rag.Archive:
    """One article with all that makes quotations hard, and a later one that repeats a quotation."""
    beacon = Article("beacon", "Lamp to go dark", BEACON, "Sound Gazette", published=datetime(2031, 3, 4, tzinfo=UTC))
    later = Article("later", "Head closes", REPEATED, "Sound Courier", published=datetime(2031, 4, 1, tzinfo=UTC))
    said = [_said(REPEATED, "Tobit Harrow", "“I never asked for a museum,”", "“I would dust it, though.”")]
    _put(empty, later, said, [HARROW])
    _put(empty, beacon, _statements(BEACON), [VANE, HARROW])
    return empty


@pytest.fixture
def checked(quote_archive: rag.Archive) -> Callable[..., QuoteCheck]:
    return lambda quote, speaker=None: check(quote_archive.holdings, quote, speaker)


Check = Callable[..., QuoteCheck]


@pytest.mark.parametrize(
    "quote",
    [
        "The lens weighs 2.5 tonnes, and nobody at Pellow Yard has moved one since 1961",
        "“the lens weighs 2.5 tonnes and nobody at pellow yard has moved one since 1961.”",
        "THE LENS WEIGHS 2.5 TONNES",
        "…nobody at Pellow\u00a0Yard has   moved one…",
        "I asked for it twice—in writing—and they sent me a calendar",
        "I asked for it twice - in writing - and they sent me a calendar",
        "we can't afford another winter of it",
        "we can´t afford another winter of it",
        "nobody at Pel\u00adlow Yard has moved one since 1961",
        "the US Coast Survey had offered to take the lens",
    ],
)
def test_typography_is_forgiven(checked: Check, quote: str) -> None:
    assert checked(quote).verdict == "verbatim"


@pytest.mark.parametrize(
    ("quote", "difference"),
    [
        ("The lens weighs 5.2 tonnes, and nobody at Pellow Yard has moved one", ("5.2", "2.5")),
        ("The lens weighs 2.5 tonnes, and nobody at Pellow Yard has moved one since 1,961%", ("%", "")),
        ("We have kept this light for 14 years", ("14", "140")),
        ("and we can afford another winter of it", ("can", "can’t")),
        ("It will leave the tower in one piece", ("", "not")),
        ("nobody at Harrow Yard has moved one since 1961", ("Harrow", "Pellow")),
        ("nobody at Pellow Yard has moved ones since 1961", ("ones", "one")),
        ("nobody at Pellow Yard had moved one since 1961", ("had", "has")),
        ("The lens weighs exactly 2.5 tonnes, and nobody at Pellow Yard has moved one", ("exactly", "")),
        ("nobody at Pellow Yard has ever moved one since 1961", ("ever", "")),
    ],
)
def test_a_changed_word_makes_it_altered_and_is_shown(checked: Check, quote: str, difference: tuple[str, str]) -> None:
    found = checked(quote, "Marguerite Vane")
    assert found.verdict == "altered"
    assert found.differences == (difference,)
    assert found.true_speaker == "Marguerite Vane"


def test_words_in_another_order_are_altered(checked: Check) -> None:
    assert checked("nobody has moved one at Pellow Yard since 1961", "Vane").verdict == "altered"


def test_the_true_words_of_an_altered_quote_are_cited(checked: Check) -> None:
    citation = checked("It will leave the tower in one piece", "Vane").citation
    assert citation is not None
    assert "It will not leave the tower in one piece." in citation.text


def test_a_quotation_split_by_its_cue_reads_on(checked: Check) -> None:
    found = checked("We have kept this light for 140 years, and we can't afford another winter of it", "Vane")
    assert found.verdict == "verbatim"
    assert found.citation is not None
    assert "said Marguerite Vane" in found.citation.text


def test_pieces_with_a_sentence_between_them_do_not_run_together(checked: Check) -> None:
    found = checked("nobody at Pellow Yard has moved one since 1961. It will not leave the tower in one piece", "Vane")
    assert found.verdict == "altered"


def test_an_ellipsis_mark_may_join_them(checked: Check) -> None:
    quote = "The lens weighs 2.5 tonnes, {} nobody at Pellow Yard has moved one since 1961"
    assert checked(quote.format("…")).verdict == "verbatim"
    marked = "I asked for a boat {} they sent me a calendar"
    for mark in ("…", "...", "[...]", ". . .", "[…]"):
        assert checked(marked.format(mark), "Harrow").verdict == "verbatim"
    assert checked(marked.format(""), "Harrow").verdict == "altered"


def test_an_ellipsis_never_takes_a_negation_out_of_a_sentence(checked: Check) -> None:
    assert checked("It will … leave the tower in one piece", "Vane").verdict == "altered"


def test_an_ellipsis_of_the_articles_own_is_no_leave_to_drop_words(empty: rag.Archive) -> None:
    text = "“The deficit … was worse than last year,” said Ada Crane."
    _put(empty, Article("deficit", "Deficit", text), [_said(text, "Ada Crane", text[:41])], [Speaker("Ada Crane")])
    assert check(empty.holdings, "The deficit … was worse than last year", None).verdict == "verbatim"
    assert check(empty.holdings, "The deficit was worse than last year", None).verdict == "verbatim"
    assert check(empty.holdings, "The deficit … worse than last year", None).verdict == "altered"


def test_a_quotation_may_not_begin_behind_its_negation(checked: Check, empty: rag.Archive) -> None:
    found = checked("leave the tower in one piece", "Vane")
    assert (found.verdict, found.differences) == ("altered", (("", "not"),))
    assert found.citation is not None
    assert "will not leave" in found.citation.text
    text = "“I don’t think that it is safe,” said Ada Crane. “No, we are closing it.”"
    said = _said(text, "Ada Crane", "“I don’t think that it is safe,”", "“No, we are closing it.”")
    _put(empty, Article("safe", "Safe", text), [said], [Speaker("Ada Crane")])
    assert check(empty.holdings, "it is safe", "Ada Crane").verdict == "altered"
    assert check(empty.holdings, "we are closing it", "Ada Crane").verdict == "verbatim"


def test_an_ellipsis_does_not_join_two_people(checked: Check) -> None:
    assert checked("and they sent me a calendar … It should be buried").verdict != "verbatim"


def test_an_ellipsis_does_not_join_what_stands_far_apart(checked: Check) -> None:
    assert checked("We have kept this light … in one piece", "Vane").verdict != "verbatim"


def test_a_quotation_goes_on_over_paragraphs(checked: Check) -> None:
    found = checked("and they sent me a calendar. The calendar had a picture of a boat.", "Harrow")
    assert found.verdict == "verbatim"
    assert found.true_speaker == "Tobit Harrow"


def test_adjacent_quotations_of_two_people_do_not_run_together(empty: rag.Archive) -> None:
    text = "“We paid for it,” said Ada Crane.\n\n“We carried every ladder up.”\n\n“Nobody thanked us,” said Bo Lund."
    said = [
        _said(text, "Ada Crane", "“We paid for it,”"),
        _said(text, "Ada Crane", "“We carried every ladder up.”", found="continued quote"),
        _said(text, "Bo Lund", "“Nobody thanked us,”"),
    ]
    _put(empty, Article("paint", "Paint", text), said, [Speaker("Ada Crane"), Speaker("Bo Lund")])
    found = check(empty.holdings, "We carried every ladder up. Nobody thanked us", None)
    assert found.verdict == "altered"
    assert "keeps apart" in found.explanation


def test_a_splice_of_two_quotations_is_altered_and_named(checked: Check) -> None:
    found = checked("We have kept this light for 140 years, and nobody at Pellow Yard has moved one since 1961", "Vane")
    assert found.verdict == "altered"


def test_words_of_somebody_else_are_misattributed(checked: Check) -> None:
    found = checked("I never asked for a museum", "Marguerite Vane")
    assert (found.verdict, found.true_speaker) == ("misattributed", "Tobit Harrow")
    assert "Tobit Harrow" in found.explanation


@pytest.mark.parametrize("name", ["Tobit Harrow", "Harrow", "harrow", "Mr Harrow", "Tobit Harow", "the last keeper"])
def test_the_right_speaker_may_be_named_in_any_way(checked: Check, name: str) -> None:
    assert checked("I never asked for a museum", name).verdict == "verbatim"


def test_a_namesake_is_somebody_else(checked: Check) -> None:
    assert checked("I never asked for a museum", "Judith Harrow").verdict == "misattributed"


def test_a_speaker_without_a_name_is_not_the_claimed_one(checked: Check) -> None:
    found = checked("It should be buried", "Tobit Harrow")
    assert (found.verdict, found.true_speaker) == ("misattributed", None)
    assert "a man from the co-operative" in found.explanation
    assert checked("It should be buried", "a man from the co-operative").verdict == "verbatim"


def test_where_the_archive_does_not_know_the_speaker_it_says_so(checked: Check) -> None:
    found = checked("A lamp is not a pet", "Marguerite Vane")
    assert (found.verdict, found.true_speaker) == ("verbatim", None)
    assert "does not name" in found.explanation


def test_the_articles_own_words_are_no_quotation(checked: Check) -> None:
    found = checked("no landing before the ninth bell has been rung", "Marguerite Vane")
    assert (found.verdict, found.true_speaker) == ("verbatim", None)
    assert "does not show that Marguerite Vane said them" in found.explanation


def test_reported_words_are_told_apart_from_quoted_ones(checked: Check) -> None:
    assert "not as a direct quotation" in checked("had offered to take the lens", "Vane").explanation


def test_altered_words_of_somebody_else_are_altered_and_the_reader_is_told(checked: Check) -> None:
    found = checked("The lens weighs 3.5 tonnes, and nobody at Pellow Yard has moved one", "Tobit Harrow")
    assert found.verdict == "altered"
    assert "those of Marguerite Vane, not of Tobit Harrow" in found.explanation


def test_the_earliest_article_is_cited_and_the_others_are_named(checked: Check) -> None:
    found = checked("I never asked for a museum", "Harrow")
    assert found.citation is not None
    assert found.citation.article_id == "beacon"
    assert [c.article_id for c in found.elsewhere] == ["later"]
    assert found.citation.also_in == ("later",)


@pytest.mark.parametrize("copies", [20, 90])
def test_the_earliest_of_very_many_copies_is_cited(empty: rag.Archive, copies: int) -> None:
    said = "“The light on the pier will be kept for another winter,”"
    for n in range(copies):
        when = datetime(2030, 12, 1, tzinfo=UTC) - timedelta(days=n)
        text = f"{said} Ann Pell said.{' It was in all the papers.' * (12 if n == copies - 1 else 1)}"
        article = Article(f"n{n:02}", "Pier", text, published=when)
        _hold(empty, article, [_said(text, "Ann Pell", said)], [Speaker("Ann Pell")])
    _index(empty)
    found = check(empty.holdings, "the light on the pier will be kept for another winter", "Pell")
    assert found.citation is not None
    assert (found.verdict, found.citation.article_id) == ("verbatim", f"n{copies - 1}")


@pytest.mark.parametrize("stories", [1000, 3])
def test_of_one_who_speaks_in_many_articles_those_are_read_that_match_the_quote(
    empty: rag.Archive, monkeypatch: pytest.MonkeyPatch, stories: int
) -> None:
    """The words stand in more articles of others than are read; the one article of the speaker's is found all the same."""
    said = "“The lamp will be lit again,”"
    for n in range(60):
        name, words = ("Ann Pell", said) if n < 20 else ("Tobit Harrow", said if n == 50 else f"“It rained {n} times,”")
        text = f"{words} {name} said.{' They all went home again.' * 4 * (n == 50)}"
        _hold(empty, Article(f"n{n:02}", "Lamp", text), [_said(text, name, words)], [Speaker(name)])
    _index(empty)
    catalogue, most_read = empty.holdings.catalogue, 0
    by_key = catalogue.articles_by_key

    def reading(keys: Iterable[int]) -> dict[int, Article]:
        nonlocal most_read
        most_read = max(most_read, len(keys := list(keys)))
        return by_key(keys)

    few = check(empty.holdings, "The lamp will be lit again", "Harrow")
    monkeypatch.setattr(quotes, "_SPOKEN", 5)
    monkeypatch.setattr(quotes, "_STORIES", stories)
    monkeypatch.setattr(catalogue, "articles_by_key", reading)
    many = check(empty.holdings, "The lamp will be lit again", "Harrow")
    assert many == few
    assert many.citation is not None
    assert (many.verdict, many.citation.article_id) == ("verbatim", "n50")
    assert most_read < 40  # he speaks in


def test_a_citation_is_cut_out_of_the_article(checked: Check) -> None:
    citation = checked("i asked for it TWICE-in writing-and", "Harrow").citation
    assert citation is not None
    assert citation.text == BEACON[citation.start : citation.end] == "I asked for it twice – in writing – and"


@pytest.mark.parametrize("quote", ["", "  ", "“”", "…", "🎉🎉", "—", "lens", "lens " * 2001, "🎉 lens 🎉"])
def test_what_cannot_be_checked_gets_one_clear_sentence(checked: Check, quote: str) -> None:
    found = checked(quote, "Harrow")
    assert (found.verdict, found.citation) == ("not_found", None)
    assert re.fullmatch(r"[A-Z][^.]*\.", found.explanation)


def test_invented_words_are_not_found(checked: Check) -> None:
    found = checked("Gulls are the only customers who never complain about the soup", "Tobit Harrow")
    assert (found.verdict, found.citation, found.true_speaker) == ("not_found", None, None)


def test_an_empty_archive_finds_nothing(empty: rag.Archive) -> None:
    assert check(empty.holdings, "I never asked for a museum", "Harrow").verdict == "not_found"


def test_a_removed_article_is_not_cited(quote_archive: rag.Archive) -> None:
    quote_archive.holdings.catalogue.remove(["beacon", "later"])
    assert check(quote_archive.holdings, "I never asked for a museum", "Harrow").citation is None


# -- a property: no change of words is ever verbatim ----------------------------------------------------------------

CHANGES = ("dropped", "added", "replaced", "swapped", "inflected")


def _changed(words: list[str], change: str, chance: random.Random) -> list[str]:
    at = chance.randrange(1, len(words) - 1)
    before, here, after = words[:at], words[at], words[at + 1 :]
    if change == "dropped":
        return before + after
    if change == "added":
        return [*before, chance.choice(["not", "very", "never", "7"]), here, *after]
    if change == "replaced":
        return [*before, chance.choice(["quince", "12", "Orla"]), *after]
    return [*before, after[0], here, *after[1:]] if change == "swapped" else [*before, here.rstrip(".,") + "s", *after]


def _quotations(text: str) -> Iterator[str]:
    yield from (m.group(1) for m in re.finditer(r"[“\"]([^“”\"\n]{25,250})[”\"]", text))


@pytest.mark.parametrize("change", CHANGES)
def test_no_changed_quotation_of_the_seeds_is_verbatim(archive: rag.Archive, change: str) -> None:
    chance = random.Random(change)
    quotations = [q for a in archive.articles() for q in _quotations(a.text)]
    assert len(quotations) > 50
    held = {wording(a.text).words for a in archive.articles()}
    tried = 0
    for quotation in quotations:
        changed = " ".join(_changed(quotation.split(), change, chance))
        words = wording(changed).words
        if any(words == text[i : i + len(words)] for text in held for i in range(len(text))):
            continue  # the change gave words that stand somewhere else
        tried += 1
        assert archive.check_quote(changed).verdict != "verbatim", changed
    assert tried > 50


def test_every_quotation_of_the_seeds_is_verbatim(archive: rag.Archive) -> None:
    for article in archive.articles():
        for quotation in _quotations(article.text):
            assert archive.check_quote(quotation.upper()).verdict == "verbatim", quotation


def test_the_seeds_own_quote_checks(archive: rag.Archive) -> None:
    rows = [json.loads(row) for row in (SEEDS / "quote_checks.jsonl").read_text().splitlines()]
    wrong = [
        (row["id"], row["verdict"], found.verdict)
        for row in rows
        if (found := archive.check_quote(row["quote"], row["claimed_speaker"])).verdict != row["verdict"]
    ]
    assert len(rows) == 24
    assert wrong == []


# -- word for word ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-5 degrees", "5 degrees"), (".5 percent", "5 percent"), ("3/4", "3-4"), ("10²", "102"), ("$300", "£300"),
        ("1.500", "1,500"), ("were", "we’re"), ("re-sign", "resign"), ("5%", "5"), ("four", "4"), ("9:30", "9.30"),
        ("resume", "résumé"), ("it's", "its"), ("can not", "can’t"),
    ],
)  # fmt: skip
def test_different_words_differ(one: str, other: str) -> None:
    assert wording(one).words != wording(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10,000 men", "10000 men"), ("U.S. troops", "US troops"), ("Andre\u0301", "André"), ("eﬃcient", "efficient"),
        ("the workers’ hall", "the workers hall"), ("‘Top Gun’", "Top Gun"), ("5 – 3", "5-3"), ("−5", "-5"),
    ],
)  # fmt: skip
def test_the_same_words_are_the_same(one: str, other: str) -> None:
    assert wording(one).words == wording(other).words


@given(st.text())
def test_words_stand_where_their_offsets_say(text: str) -> None:
    found = wording(text)
    last = 0
    for word, (start, end) in zip(found.words, found.spans, strict=True):
        assert last <= start < end <= len(text)
        assert wording(text[start:end]).words in ((word,), ()) or word in text[start:end].lower()
        last = end


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=5), st.lists(st.sampled_from("abc"), max_size=12))
def test_without_joints_only_neighbours_match(asked: list[str], text: list[str]) -> None:
    found = find(wording(" ".join(asked)), wording(" ".join(text)), Joints({}, [0] * len(text), frozenset()))
    expected = [i for i in range(len(text) - len(asked) + 1) if text[i : i + len(asked)] == asked]
    assert [way[0][0] for way in found] == expected


def _only(empty: rag.Archive, text: str, said: str, speaker: str | None, described: str = "") -> None:
    at = _at(text, described) if described else None
    statement = Statement(
        (_at(text, said),), None, speaker, "direct", described=at, found="named" if speaker else "unnamed"
    )
    _put(empty, Article("one", "One", text), [statement], [Speaker(speaker)] if speaker else [])


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("I never said it was safe to cross the bridge", "it was safe to cross the bridge"),
        ("Nobody believed the ferry was ready for winter", "the ferry was ready for winter"),
        ("We have not been told that the pier will close in May", "the pier will close in May"),
    ],
)
def test_a_quotation_may_not_begin_behind_what_denies_it(empty: rag.Archive, said: str, quote: str) -> None:
    _only(empty, f"“{said},” Ann Pell said.", said, "Ann Pell")
    assert check(empty.holdings, said, "Pell").verdict == "verbatim"
    assert check(empty.holdings, quote, "Pell").verdict == "altered"


def test_who_is_only_mentioned_in_a_description_is_not_its_speaker(empty: rag.Archive) -> None:
    said = "The commissioner lied to everyone in the town"
    text = f"A critic of Coster said: “{said}.”"
    _only(empty, text, said, None, "A critic of Coster")
    assert check(empty.holdings, said, "Coster").verdict == "misattributed"
    assert check(empty.holdings, said, "a critic of Coster").verdict == "verbatim"


@pytest.mark.parametrize("quote", ["[T]he ferry was ready for winter", "the ferry was ready [sic] for winter"])
def test_an_editors_brackets_alter_nothing(empty: rag.Archive, quote: str) -> None:
    said = "I think the ferry was ready for winter"
    _only(empty, f"“{said},” Ann Pell said.", said, "Ann Pell")
    assert check(empty.holdings, quote, "Pell").verdict == "verbatim"
    assert check(empty.holdings, quote.replace("winter", "summer"), "Pell").verdict == "altered"
