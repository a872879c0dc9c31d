"""A title for an article that has none."""

from __future__ import annotations

import re

LONGEST = 90
"""Characters of a title that is cut out of the first sentence."""

_HEADLINE = 120
_ENDS_HERE = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Sgt|Lt|Col|St|No)$"
)


def title_of(text: str) -> str:
    """The first line where it looks like a headline, else the first sentence, cut at a word; never empty for words."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return ""
    if len(lines) > 1 and _looks_like_headline(lines[0]):
        return lines[0]
    # A dateline ("LANMERE —") on a line of its own says nothing about the article.
    return shorten(_first_sentence(next((line for line in lines if len(line.split()) > 3), lines[0])))


def _looks_like_headline(line: str) -> bool:
    words = line.split()
    return 3 <= len(words) <= 20 and len(line) <= _HEADLINE and line[-1] not in '.…,;:-–—"“”' and line[0] not in '"“'


def _first_sentence(line: str) -> str:
    for end in _ENDS_HERE.finditer(line):
        if not _ABBREVIATED.search(line[: end.start()]):
            return line[: end.end()]
    return line


def shorten(words: str, longest: int = LONGEST) -> str:
    """`words` on one line, cut at a word to at most `longest` characters, with "…" where something was cut off."""
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    if words[longest - 1] != " " and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-") + "…"
