"""Saved web pages. trafilatura finds the article in the page; nothing is fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from ingest.read.failure import Failure
from ingest.read.furniture import drop_furniture
from ingest.read.mend import decode, tidy
from ingest.read.metadata import make_article
from ingest.read.text import NOT_TEXT
from rag.domain import Article

_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:-]+)")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
_PUBLISHED_METAS = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate")

# Its warnings are about single pages, which get a Failure here; without a handler they would land on the terminal.
for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def read_html(path: str, default_id: str, data: bytes) -> Article | Failure:
    """The article of a saved page: body, title, authors, date, site and address.

    `<meta name="onrecord:id">` and `<meta name="onrecord:note">` give the id and the note.
    """
    from trafilatura import bare_extraction, load_html  # 0.3 s to import, and most archives hold no page

    declared = _CHARSET.search(data[:4096])
    markup = decode(data, declared[1].decode("ascii", "ignore") if declared else None)
    if markup is None:
        return Failure(path, NOT_TEXT)
    tree = load_html(_XML_DECLARATION.sub("", markup))
    page: Any = None
    if tree is not None:
        metas = _metas(tree)
        page = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if page is None or not (page.text or "").strip():
        return Failure(path, "no article text found in the page")
    title = _first(metas, "og:title") or page.title
    text = drop_furniture(_without_title(tidy(page.text), title))
    if not text:
        return Failure(path, "no article text found in the page")
    in_script = _PUBLISHED.search(markup)
    fields = {
        "id": _first(metas, "onrecord:id"),
        "title": title,
        "source": _first(metas, "og:site_name") or page.sitename,
        "url": page.url,
        "authors": metas.get("author") or [name.strip() for name in (page.author or "").split(";")],
        "published": _first(metas, *_PUBLISHED_METAS) or (in_script[1] if in_script else None),
        "date": page.date,
        "note": _first(metas, "onrecord:note"),
    }
    return make_article(fields, text, default_id)


def _metas(tree: Any) -> dict[str, list[str]]:
    """The page's <meta> values by name, property or itemprop in lower case, in the page's order."""
    metas: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        if meta.get("content").strip():
            metas.setdefault(name.strip().lower(), []).append(meta.get("content").strip())
    return metas


def _first(metas: dict[str, list[str]], *names: str) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _without_title(text: str, title: str | None) -> str:
    """The headline stands above the body on most pages; it is kept as the title, not twice."""
    first, _, rest = text.partition("\n")
    return rest.strip() if title and rest and _folded([first]) == _folded([title]) else text


def _folded(words: Iterable[str]) -> str:
    return " ".join(" ".join(words).casefold().split())
