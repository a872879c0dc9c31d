"""What becomes of input that holds no article: one sentence for a reader, never an exception."""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 20_000_000
"""Bytes of one article: a file, or one line of a JSONL file."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, line or item that gave no article. `str()` is the sentence that a reader sees."""

    path: str
    reason: str
    """Without a full stop; says what is wrong, and what to do where that isn't plain."""
    place: str = ""
    """Where in the file ("line 3"), or "" for the whole of it."""
    may_hold_articles: bool = True
    """Whether there may be articles in it; a picture among them has none."""

    def __str__(self) -> str:
        where = f"{self.path}, {self.place}" if self.place else self.path
        return f"{where}: {self.reason}."


def too_large(path: str, size: int, place: str = "") -> Failure:
    """The failure of `size` bytes that are more than `LIMIT`."""
    found = f"{size / 1e6:.1f} MB" if size >= LIMIT * 1.01 else f"{size:,} bytes"
    return Failure(path, f"too large for one article ({found}; the limit is {LIMIT // 1_000_000} MB)", place)


def unreadable(path: str, error: OSError) -> Failure:
    """The failure of a file that the system doesn't hand out."""
    return Failure(path, f"can't be read ({error.strerror or type(error).__name__})")
