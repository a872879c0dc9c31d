"""What was read from which file, so that an unchanged one isn't read again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rag.stores.catalogue.database import Database
from rag.stores.catalogue.rows import as_json


class Files(Database):
    """Files that were read, and where articles come from."""

    def put_file(self, path: str, mark: str, articles: Mapping[str, str]) -> None:
        """Remembers what was read from a file: article id → hash of its content; `mark` tells the file's bytes."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, mark, as_json(articles)))

    def file(self, path: str) -> tuple[str, dict[str, str]] | None:
        """(mark, article id → hash) of a file that was read before."""
        row = self._db.execute("SELECT mark, articles FROM files WHERE path = ?", (path,)).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def ids_from(self, origin: str) -> set[str]:
        """Ids of the articles that were read from this file or folder."""
        return {row[0] for row in self._db.execute("SELECT id FROM articles WHERE origin = ?", (origin,))}

    def set_origin(self, id: str, origin: str) -> None:
        with self.transaction() as db:
            db.execute("UPDATE articles SET origin = ? WHERE id = ?", (origin, id))

    def origin_of(self, id: str) -> str | None:
        row = self._db.execute("SELECT origin FROM articles WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None
