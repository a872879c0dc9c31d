from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.split import AIM, LIMIT, split
from rag.domain import Article
from rag.embedding import count_pieces


def by_word(texts: object) -> list[int]:
    return [len(t.split()) for t in texts]  # type: ignore[attr-defined]


@given(st.text(alphabet="ab .\n", max_size=400), st.integers(1, 20))
def test_passages_hold_every_word_once_and_keep_the_limit(text: str, limit: int) -> None:
    article = Article("a", "t", text)
    passages = split(article, by_word, limit, limit)
    assert "".join("".join(article.cut(p.span).split()) for p in passages) == "".join(text.split())
    assert all(by_word([article.cut(p.span)])[0] <= limit for p in passages)
    assert all(a.end <= b.start for a, b in pairwise(passages))


def test_short_paragraphs_share_a_passage_and_a_full_one_takes_no_more() -> None:
    article = Article("a", "t", "One two three.\nFour five six.\nSeven eight nine.")
    assert [article.cut(p.span) for p in split(article, by_word, limit=7, aim=5)] == [
        "One two three.\nFour five six.",
        "Seven eight nine.",
    ]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    article = Article("a", "t", "One two three. Four five six. Seven eight nine.")
    assert [article.cut(p.span) for p in split(article, by_word, limit=6, aim=6)] == [
        "One two three. Four five six.",
        "Seven eight nine.",
    ]


def test_a_text_without_white_space_still_fits_the_embedder() -> None:
    passages = split(Article("a", "t", "x" * 5000), count_pieces)
    assert max(count_pieces(["x" * (p.end - p.start) for p in passages])) <= LIMIT
    assert AIM < LIMIT
