"""onrecord: ask a news archive who said what, and get the answer in the articles' own words.

open_archive(path)                 an archive folder → Archive
Archive.ask(question)              → Answer: lines, each with the citations it stands on
Archive.search(query)              → list[Hit]: passages by words and meaning
Archive.statements(speaker=…)      → list[Statement]: who said what, archive-wide
Archive.check_quote(quote, …)      → QuoteCheck: verbatim, altered, misattributed or not found
Archive.article(id), .articles(), .people()
Archive.retriever(), .chain()      the same as LangChain parts
"""

from rag.archive import Archive, open_archive
from rag.domain import (
    Answer,
    Article,
    Citation,
    Filters,
    Hit,
    Line,
    Passage,
    Person,
    Question,
    QuoteCheck,
    Speaker,
    Statement,
)
from rag.errors import ArchiveError, BadInput, OnrecordError, WriterError
from rag.packet import Finding, verify_packet
from rag.settings import Settings

__all__ = [
    "Answer",
    "Archive",
    "ArchiveError",
    "Article",
    "BadInput",
    "Citation",
    "Filters",
    "Finding",
    "Hit",
    "Line",
    "OnrecordError",
    "Passage",
    "Person",
    "Question",
    "QuoteCheck",
    "Settings",
    "Speaker",
    "Statement",
    "WriterError",
    "open_archive",
    "verify_packet",
]
