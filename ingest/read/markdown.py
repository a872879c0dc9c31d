"""Markdown files: front matter, and the text without its markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

import yaml  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.read.failure import Failure
from ingest.read.furniture import drop_furniture
from ingest.read.mend import decode, mend, tidy
from ingest.read.metadata import make_article
from ingest.read.text import NO_TEXT, NOT_TEXT
from rag.domain import Article

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^(\w+)[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_UNSEEN = re.compile(r"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_TAG = re.compile(r"<[^<>]*>")
_STOPS = re.compile(r"[.!?…:][\"'”’)\]*_]*\s*$")


def read_markdown(path: str, default_id: str, data: bytes) -> Article | Failure:
    """The article of a .md file. A heading that opens it is its title where the front matter names no other."""
    decoded = decode(data)
    if decoded is None:
        return Failure(path, NOT_TEXT)
    fields, body = split_front_matter(mend(decoded))
    blocks = list(_blocks(MarkdownIt("commonmark").enable("table").parse(body)))
    title = fields.get("title") or fields.get("headline")
    if blocks and blocks[0][0] and title in (None, "", blocks[0][1]):
        title = blocks.pop(0)[1]
    text = drop_furniture(tidy("\n\n".join(words for _, words in blocks if words.strip())))
    return make_article({**fields, "title": title}, text, default_id) if text else Failure(path, NO_TEXT)


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """(fields with keys in lower case, the rest). Without front matter: ({}, text)."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return {}, text
    block = found[1]
    try:
        fields = yaml.load(block, Loader=yaml.BaseLoader)  # strings only: an id of 007 stays 007
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        # "title: Mayor: no new bridge" is not YAML, and still clear.
        fields = {key: value.strip("\"'") for key, value in _KEY.findall(block)}
    if not isinstance(fields, dict):
        return {}, text  # two thematic breaks with prose between them
    return {str(key).lower(): value for key, value in fields.items() if isinstance(key, str)}, text[found.end() :]


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """(rank of the heading, or 0; text) of each block in reading order. A table's row is one block."""
    line_break = "\n" if _lines_are_paragraphs(tokens) else " "
    rank, number, row = 0, "", list[str]()
    for token in tokens:
        if token.type == "heading_open":
            rank = int(token.tag[1:])
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""  # "1984. A year" is a list to Markdown
        elif token.type in ("th_close", "td_close"):
            row.append("")
        elif token.type == "tr_close":
            yield 0, " | ".join(row[:-1])
            row = []
        elif token.type == "tr_open":
            row = [""]
        elif token.type == "inline":
            text = _inline(token.children or [], line_break)
            if row:
                row[-1] = text
            else:
                yield rank, number + text
            rank, number = 0, ""
        elif token.type in ("code_block", "fence", "html_block"):
            yield 0, _without_tags(token.content) if token.type == "html_block" else token.content


def _inline(tokens: Sequence[Token], line_break: str) -> str:
    out = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            out.append(token.content)
        elif token.type == "softbreak":
            out.append(line_break)
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            out.append("\n")
    return "".join(out)


def _lines_are_paragraphs(tokens: Sequence[Token]) -> bool:
    """Whether line breaks stand nearly always after a sentence's end: then nobody meant to wrap the lines."""
    ends = [
        bool(_STOPS.search(before))
        for token in tokens
        if token.type == "inline"
        for before in token.content.split("\n")[:-1]
    ]
    return sum(ends) >= 0.8 * len(ends)


def _without_tags(markup: str) -> str:
    return html.unescape(_TAG.sub("", _UNSEEN.sub("", markup)))
