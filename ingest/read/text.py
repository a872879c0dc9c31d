"""Plain text files."""

from __future__ import annotations

from ingest.read.failure import Failure
from ingest.read.furniture import drop_furniture
from ingest.read.mend import decode, tidy
from ingest.read.metadata import make_article
from rag.domain import Article

NOT_TEXT = "not a text file (its bytes are not text in any encoding that is known)"
EMPTY = "the file is empty"
NO_TEXT = "no article text in it"


def read_text(path: str, default_id: str, data: bytes) -> Article | Failure:
    """The article of a .txt file: its text, and a title out of it."""
    decoded = decode(data)
    if decoded is None:
        return Failure(path, NOT_TEXT)
    text = drop_furniture(tidy(decoded))
    return make_article({}, text, default_id) if text else Failure(path, NO_TEXT)
