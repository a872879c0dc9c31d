"""Text of articles on a page: never markup.

Titles, names, addresses and article text come from files of strangers. On a page they are either escaped HTML or a
label, and Streamlit reads labels as Markdown with additions of its own (colours, icons, emoji, formulas).
"""

from __future__ import annotations

import html
import re
import string
from urllib.parse import urlsplit

from rag.packet import TURNING
from rag.text import clip

_JOINER = "\u2060"  # word joiner: takes no room and ends no line
_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")
# Backslashes don't reach what Streamlit replaces after the Markdown is read (":material/…:", ":smile:", "->") and what
# it makes links of by itself ("http://…", "www.…", "a@b.c"), so an invisible character parts those.
_PARTED = re.compile(r"[:@<>=-]|(?<=www)(?=\.)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def label(text: str, length: int = 120) -> str:
    """Any text as the plain label of a button, an error or a progress bar: shown as it is, clipped, on one line.

    >>> label("[x](y)")
    '\\\\[x\\\\]\\\\(y\\\\)'
    """
    clipped = clip(_without_controls(text), length)
    return _PUNCTUATION.sub(lambda m: "\\" + m.group(), _PARTED.sub(lambda m: m.group() + _JOINER, clipped))


def escape(text: str) -> str:
    """Any text as HTML that shows it as it is."""
    return html.escape(_without_controls(text))


def _without_controls(text: str) -> str:
    """Without what would end a line or show the words in another order than they stand in."""
    return _CONTROLS.sub(" ", TURNING.sub("", text))


def web_address(url: str | None) -> str | None:
    """The address if a browser may be sent there: http or https with a host. Anything else, as javascript:, is None."""
    if not url or _CONTROLS.search(url) or TURNING.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and host else None
