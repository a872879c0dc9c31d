"""Ingest: files to articles, passages and statements, and all of that into an archive.

    ingest(["seeds/"], archive)      files and folders into an archive → Report
    ingest_uploads(files, archive)   the same for files that a browser sent
    rebuild(archive)                 word and vector index anew, from the catalogue
    extract_statements(text)         who said what in a text → list[Statement]

The rooms: `read` (files to articles), `split` (articles to passages), `statements` (who said what),
`link` (speakers to people), `load` (all of it into the stores).
"""

from ingest.load import ingest, ingest_uploads, rebuild
from ingest.read import Failure
from ingest.report import Progress, Report
from ingest.statements import extract_statements

__all__ = ["Failure", "Progress", "Report", "extract_statements", "ingest", "ingest_uploads", "rebuild"]
