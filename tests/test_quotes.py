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


# -- cut out of a longer sentence --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "quote", "left_out"),
    [
        ("It is simply not true that we hid the report.", "we hid the report", "not true that"),
        ("It would be wrong to say that the money is missing.", "the money is missing", "wrong to say that"),
        ("I deny that we took bribes.", "we took bribes", "deny that"),
        ("I refuse to say that he stole it.", "he stole it", "refuse to say that"),
        ("Nobody can say we broke the law.", "we broke the law", "Nobody can say"),
        ("Far from being sorry, I am proud.", "being sorry", "Far from"),
        ("We never, in forty years here, hid a report.", "hid a report", "never, in forty years here"),
        ("There is no proof that we sold the pier.", "we sold the pier", "no proof that"),
        ("I was wrong when I said the pier was safe.", "the pier was safe", "wrong when I said"),
        ("That we sank the ferry is a lie.", "we sank the ferry", "is a lie"),
        ("There will be no ferry.", "There will be", "no ferry"),
        ("My opponents claim that I lied to the council.", "I lied to the council", "My opponents claim that"),
        ("My opponents claimed in May that I lied.", "I lied", "My opponents claimed in May that"),
        (
            "They want people to believe that we robbed the fund.",
            "we robbed the fund",
            "They want people to believe that",
        ),
        ("We were told the pier was shut.", "the pier was shut", "We were told"),
        ("I heard that he stole it.", "he stole it", "I heard that"),
        ("The pier is rotten, my opponents say.", "The pier is rotten", "my opponents say"),
        ("The pier is rotten, according to the mayor.", "The pier is rotten", "according to the mayor"),
        ("If I thought the pier was unsafe, I would close it.", "the pier was unsafe", "If I thought"),
        ("If I saw a hole in the pier, I would close it.", "I would close it", "If I saw a hole in the pier"),
        (
            "All of the schools can be saved if the levy passes.",
            "All of the schools can be saved",
            "if the levy passes",
        ),
        ("We will leave only if the law changes.", "We will leave", "only if the law changes"),
        ("We will pay until the levy passes.", "We will pay", "until the levy passes"),
        ("We would sell, but only if the council agreed.", "We would sell", "only if the council agreed"),
        ("Suppose that the dam breaks.", "the dam breaks", "Suppose that"),
        ("We go, as long as the bus goes.", "We go", "as long as the bus goes"),
        ("You say we cheated?", "we cheated", "You say"),
        ("So we cheated?", "we cheated", "So"),
    ],
)
def test_what_is_left_out_of_the_sentence_may_turn_it(empty: rag.Archive, said: str, quote: str, left_out: str) -> None:
    _only(empty, f"“We are here. {said} It rains,” Ann Pell said.", f"“We are here. {said} It rains,”", "Ann Pell")
    found = check(empty.holdings, quote, "Ann Pell")
    assert (found.verdict, found.differences) == ("altered", (("", left_out),))
    assert f"The whole sentence: “{said}”" in found.explanation
    assert check(empty.holdings, said, "Ann Pell").verdict == "verbatim"


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("The bridge is safe and it will stay open.", "the bridge is safe"),
        ("The bridge is safe and it will not be closed.", "the bridge is safe"),
        ("We were not there, but the bridge is safe.", "the bridge is safe"),
        ("It is wrong, and repairs will come late.", "repairs will come late"),
        ("No, we are closing it.", "we are closing it"),
        ("I think that the bridge is safe.", "the bridge is safe"),
        ("It is fair to say that the bridge is safe.", "the bridge is safe"),
        ("There is no doubt that the bridge is safe.", "the bridge is safe"),
        ("I can’t deny that the bridge is old.", "the bridge is old"),
        ("We must not forget that the bridge is old.", "the bridge is old"),
        ("Whether you like it or not, the bridge is old.", "the bridge is old"),
        ("If you ask me, the bridge is old.", "the bridge is old"),
        ("Not only is the quay old, but the bridge is rusty.", "the bridge is rusty"),
        ("Everyone knows that the bridge is old.", "the bridge is old"),
        ("It is our bridge, which the council never liked.", "It is our bridge"),
        ("Nobody was there when the bridge fell.", "the bridge fell"),
        ("The bridge will be shut until Friday.", "The bridge will be shut"),
        ("The bridge is safe, even if it looks bad.", "The bridge is safe"),
        ("The bridge is safe, and if it rains we will look again.", "The bridge is safe"),
        ("The bridge is safe, if it rains, we go by boat.", "The bridge is safe"),
        ("We asked them if it was safe.", "We asked them"),
        ("We closed the bridge because nobody used it.", "We closed the bridge"),
        ("We want trains, not buses.", "We want trains"),
        ("It took long to end, in which they would say: no.", "It took long to end"),
        ("I say the things that I know about the bridge.", "I know about the bridge"),
        ("Last year the bridge was safe.", "the bridge was safe"),
        ("Believe me, the bridge is safe.", "the bridge is safe"),
        ("The bridge is safe, but who will pay for it?", "The bridge is safe"),
        ("But who will pay for it?", "who will pay for it"),
    ],
)
def test_a_cut_that_leaves_the_meaning_is_word_for_word(empty: rag.Archive, said: str, quote: str) -> None:
    _only(empty, f"“I lied once. {said} If only,” Ann Pell said.", f"“I lied once. {said} If only,”", "Ann Pell")
    found = check(empty.holdings, quote, "Ann Pell")
    assert found.verdict == "verbatim"
    assert f"They are cut out of a longer sentence: “{said}”" in found.explanation
    assert "longer sentence" not in check(empty.holdings, said, "Ann Pell").explanation


def test_a_sentence_goes_on_over_its_cue(empty: rag.Archive) -> None:
    text = "“We stay in Tarn,” said Ann Pell, “if the law holds.”\n\n“We sell the boat,” said Bo Lund. “If it rains, we swim.”"
    said = [
        _said(text, "Ann Pell", "“We stay in Tarn,”", "“if the law holds.”", cue="said Ann Pell"),
        _said(text, "Bo Lund", "“We sell the boat,”", "“If it rains, we swim.”", cue="said Bo Lund"),
    ]
    _put(empty, Article("stay", "Stay", text), said, [Speaker("Ann Pell"), Speaker("Bo Lund")])
    found = check(empty.holdings, "We stay in Tarn", "Ann Pell")
    assert (found.verdict, found.differences) == ("altered", (("", "if the law holds"),))
    assert check(empty.holdings, "We sell the boat", "Bo Lund").verdict == "verbatim"


def test_an_ellipsis_never_takes_a_condition_out_of_a_sentence(empty: rag.Archive) -> None:
    said = "“The wall is old and tired. If the pumps come before June, nobody in Tarn need worry. I do not worry,”"
    _only(empty, f"{said} Ann Pell said.", said, "Ann Pell")
    found = check(empty.holdings, "The wall is old … nobody in Tarn need worry", "Ann Pell")
    assert (found.verdict, found.differences) == ("altered", (("", "If the pumps come before June"),))
    assert check(empty.holdings, "The wall is old … I do not worry", "Ann Pell").verdict == "verbatim"


def test_where_the_same_words_are_whole_elsewhere_they_are_word_for_word(empty: rag.Archive) -> None:
    said = "“If it rains, we will close the pier. We will close the pier,”"
    _only(empty, f"{said} Ann Pell said.", said, "Ann Pell")
    assert check(empty.holdings, "we will close the pier", "Ann Pell").verdict == "verbatim"


def test_a_question_asked_as_a_statement_is_told(empty: rag.Archive) -> None:
    said = "“I’m guilty? Nobody thinks so,”"
    _only(empty, f"{said} Ann Pell said.", said, "Ann Pell")
    found = check(empty.holdings, "I'm guilty", "Ann Pell")
    assert found.verdict == "verbatim"
    assert "In the article it is a question." in found.explanation


# -- inside somebody's quotation ---------------------------------------------------------------------------------------

INNER = """“I’ve heard people say, ‘You are killing this town.’ I reject that,” Ann Pell told the council.

“Tobit told me, ‘The pumps are finished,’ and I believed him,” said Marguerite Vane. “I told him, ‘We have no more \
money.’ Our ‘safety first’ plan is dead.”

“I never asked for it,” said Tobit Harrow."""


@pytest.fixture
def inner(empty: rag.Archive) -> Check:
    said = [
        _said(INNER, "Ann Pell", "“I’ve heard people say, ‘You are killing this town.’ I reject that,”"),
        _said(
            INNER,
            "Marguerite Vane",
            "“Tobit told me, ‘The pumps are finished,’ and I believed him,”",
            "“I told him, ‘We have no more money.’ Our ‘safety first’ plan is dead.”",
        ),
        _said(INNER, "Tobit Harrow", "“I never asked for it,”"),
    ]
    speakers = [Speaker("Ann Pell"), Speaker("Marguerite Vane"), Speaker("Tobit Harrow", aliases=("Tobit", "Harrow"))]
    _put(empty, Article("inner", "Inner", INNER), said, speakers)
    return lambda quote, speaker=None: check(empty.holdings, quote, speaker)


def test_a_quotation_inside_a_quotation_is_not_the_outer_speakers(inner: Check) -> None:
    found = inner("You are killing this town", "Ann Pell")
    assert (found.verdict, found.true_speaker) == ("misattributed", None)
    assert "Ann Pell quotes somebody else (“people”)" in found.explanation
    assert "Ann Pell quotes somebody else (“people”)" in inner("You are killing this town").explanation
    assert inner("You are killing this town. I reject that", "Ann Pell").verdict == "verbatim"
    assert inner("I reject that", "Ann Pell").verdict == "verbatim"


def test_it_is_the_one_s_who_is_named_in_front_of_it(inner: Check) -> None:
    found = inner("The pumps are finished", "Marguerite Vane")
    assert (found.verdict, found.true_speaker) == ("misattributed", "Tobit Harrow")
    found = inner("The pumps are finished", "Tobit Harrow")
    assert (found.verdict, found.true_speaker) == ("verbatim", "Tobit Harrow")
    assert "as Marguerite Vane quotes them" in found.explanation


@pytest.mark.parametrize("quote", ["We have no more money", "safety first", "and I believed him"])
def test_who_quotes_themselves_says_it(inner: Check, quote: str) -> None:
    assert inner(quote, "Marguerite Vane").verdict == "verbatim"


# -- told not to have been said ----------------------------------------------------------------------------------------


def test_a_correction_elsewhere_is_told(empty: rag.Archive) -> None:
    said = "“We will halve all fares by Christmas,”"
    text = f"{said} Ann Pell said on Monday. She did not say when the boats would come."
    wrong = Article("wrong", "Pell vows to halve fares", text, published=datetime(2031, 5, 6, tzinfo=UTC))
    _hold(empty, wrong, [_said(text, "Ann Pell", said)], [Speaker("Ann Pell")])
    _index(empty)
    assert "beware" not in check(empty.holdings, said, "Ann Pell").explanation
    text = "Correction: We quoted Ann Pell as saying “We will halve all fares by Christmas”. Ms Pell did not say this."
    later = Article("right", "Fares in Tarn", text, published=datetime(2031, 5, 9, tzinfo=UTC))
    _put(empty, later, [], [])
    found = check(empty.holdings, said, "Ann Pell")
    assert found.verdict == "verbatim"
    assert [c.article_id for c in found.elsewhere] == ["right"]
    assert "“Fares in Tarn” says of these words: “Ms Pell did not say this.”" in found.explanation


@pytest.mark.parametrize(
    ("title", "warned"),
    [("Correction: fares in Tarn", True), ("Video of Pell is fake", True), ("Fares in Tarn to fall", False)],
)
def test_an_article_that_withdraws_something_is_named(empty: rag.Archive, title: str, warned: bool) -> None:
    text = "Ann Pell said: “We will halve all fares by Christmas.”"
    _put(empty, Article("a", title, text), [_said(text, "Ann Pell", text[15:])], [Speaker("Ann Pell")])
    found = check(empty.holdings, "We will halve all fares by Christmas", "Ann Pell")
    assert ("beware" in found.explanation) is warned


@pytest.mark.parametrize("begins", ["Ann Pell never said", "Pell denied saying", "A fake video shows Pell saying:"])
def test_words_that_the_article_says_were_not_said_are_nobodys(empty: rag.Archive, begins: str) -> None:
    text = f"{begins} “I hate this town”. “I like this town,” Ann Pell said."
    said = [_said(text, "Ann Pell", "“I hate this town”"), _said(text, "Ann Pell", "“I like this town,”")]
    _put(empty, Article("hate", "Tarn", text), said, [Speaker("Ann Pell")])
    found = check(empty.holdings, "I hate this town", "Ann Pell")
    assert (found.verdict, found.true_speaker) == ("misattributed", None)
    assert "they were not said" in found.explanation
    assert check(empty.holdings, "I like this town", "Ann Pell").verdict == "verbatim"


# -- whom the article describes ----------------------------------------------------------------------------------------

HILL = """Two brothers, Jan and Piet Hill, want the seat in Tarn.

“It is a free town,” said Olga Moor of the health ministry.

“It is my seat,” said Piet Hill.

"""


@pytest.mark.parametrize(
    ("described", "speaker", "verdict"),
    [
        ("the mayor of Tarn, Per Lunde", "Per Lunde", "verbatim"),
        ("the mayor of Tarn, Per Lunde", "Lunde", "verbatim"),
        ("a critic of Per Lunde", "Per Lunde", "misattributed"),
        ("a friend of the mayor, Per Lunde", "Olga Moor", "misattributed"),
        ("the brothers", "Piet Hill", "verbatim"),
        ("the brothers", "Olga Moor", "misattributed"),
        ("two brothers of hers", "Olga Moor", "misattributed"),
        ("both women", "Olga Moor", "verbatim"),
        ("both women", "Una Finch", "misattributed"),
        ("the ministry", "health ministry", "verbatim"),
        ("a ministry", "health ministry", "misattributed"),
        ("the ministry", "health board", "misattributed"),
    ],
)
def test_a_described_speaker_may_be_the_claimed_one(
    empty: rag.Archive, described: str, speaker: str, verdict: str
) -> None:
    text = f"{HILL}“Keep our parents out of this,” said {described}!"
    at = (text.index(f"{described}!"), len(text) - 1)
    said = [
        _said(text, "Olga Moor", "“It is a free town,”"),
        _said(text, "Piet Hill", "“It is my seat,”"),
        _said(text, None, "“Keep our parents out of this,”", found="unnamed", described=at),
    ]
    _put(empty, Article("hill", "Tarn", text), said, [Speaker("Olga Moor"), Speaker("Piet Hill")])
    assert check(empty.holdings, "Keep our parents out of this", speaker).verdict == verdict


# -- an editor's brackets ----------------------------------------------------------------------------------------------


def test_an_editors_word_is_not_the_speakers(empty: rag.Archive) -> None:
    said = "“[T]he ledger is gone, and [the council] lost it,”"
    _only(empty, f"{said} Ann Pell said.", said, "Ann Pell")
    found = check(empty.holdings, "the ledger is gone, and the council lost it", "Pell")
    assert (found.verdict, found.differences) == ("altered", (("the council", "[the council]"),))
    found = check(empty.holdings, "the ledger is gone, and [the council] lost it", "Pell")
    assert found.verdict == "verbatim"
    assert "“[the council]” is the editor's, in brackets" in found.explanation
    found = check(empty.holdings, "The ledger is gone", "Pell")
    assert found.verdict == "verbatim"
    assert "editor" not in found.explanation
