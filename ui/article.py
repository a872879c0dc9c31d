"""An article beside the conversation, with the cited words marked and scrolled to."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag import Archive, Article
from rag.domain import Span
from rag.text import paragraphs
from ui import conversation
from ui.answer import byline
from ui.conversation import Opened, find_words
from ui.safe import escape, web_address

# No article text in it: a number that changes with each click, so that the browser runs it anew.
_SCROLL = """<script>/* {click} */
(() => {{
  let tries = 20;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const go = () => {{
    const mark = document.querySelector(".st-key-article .cited");
    if (!mark) {{ if (tries-- > 0) setTimeout(go, 50); return; }}
    mark.scrollIntoView({{block: "center", behavior: "instant"}});
    mark.focus({{preventScroll: true}});
    const line = document.querySelector("[class*='st-key-line-open-']");
    if (line) line.scrollIntoView({{block: "nearest", behavior: calm ? "instant" : "smooth"}});
  }};
  setTimeout(go, 50);
}})();
</script>"""


def show(archive: Archive, opened: Opened, click: int) -> None:
    """The panel; its close button has the shortcut Escape."""
    article = archive.article(opened.article_id)
    with st.container(key="article"):
        with st.container(key="article-head", horizontal=True, horizontal_alignment="right"):
            st.button(
                "Close the article",
                icon=":material/close:",
                key="close-article",
                on_click=conversation.close_article,
                shortcut="Escape",
                type="tertiary",
            )
        with st.container(key="article-body"):
            if article is None:
                st.info("This article is no longer in the archive.")
                return
            span, beside = placed(article, opened)
            st.html(article_html(article, span, beside))
            if span is None:
                st.info("The words stand here in another form, or no longer; they could not be marked.")
    st.html(_SCROLL.format(click=click), unsafe_allow_javascript=True)


def placed(article: Article, opened: Opened) -> tuple[Span | None, tuple[Span, ...]]:
    """Where the cited words and the rest of their statement stand now, though the article may have changed since."""
    if opened.span is None or article.cut(opened.span) == opened.text:
        return opened.span, opened.beside
    return find_words(article.text, opened.text), ()


def article_html(article: Article, cited: Span | None, beside: Sequence[Span] = ()) -> str:
    """The whole article as HTML: heading, paragraphs, and marks around the cited words.

    `cited` is the place to scroll to; it and `beside` are spans of `article.text`.
    """
    marks = sorted([(span, "beside") for span in beside] + ([(cited, "cited")] if cited else []))
    spans = paragraphs(article.text)
    titled = bool(spans) and article.cut(spans[0]) == article.title  # a text file's headline is its first line
    heading = _marked(article.text, spans.pop(0), marks) if titled else escape(article.title)
    body = "".join(f"<p>{_marked(article.text, span, marks)}</p>" for span in spans)
    note = f'<p class="article-note">{escape(article.note)}</p>' if article.note else ""
    return (
        f'<article aria-label="Article"><h2>{heading}</h2>'
        f'<p class="byline">{escape(byline(article))}</p>{_address(article.url)}{note}{body}</article>'
    )


def _address(url: str | None) -> str:
    if not url:
        return ""
    if safe := web_address(url):
        link = f'<a href="{escape(safe)}" target="_blank" rel="noopener noreferrer">{escape(safe)}</a>'
        return f'<p class="address">{link}</p>'
    return f'<p class="address">{escape(url)}</p>'


def _marked(text: str, within: Span, marks: Sequence[tuple[Span, str]]) -> str:
    """text[within] as HTML with the marks that reach into it; a mark over two paragraphs is one in each."""
    out: list[str] = []
    at = within[0]
    for (start, end), name in marks:
        start, end = max(start, at), min(end, within[1])
        if start >= end:
            continue
        out += [escape(text[at:start]), f'<mark class="{name}" tabindex="-1">{escape(text[start:end])}</mark>']
        at = end
    return "".join(out) + escape(text[at : within[1]])
