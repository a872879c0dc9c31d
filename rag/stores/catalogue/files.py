"""What was read from which file, so that an unchanged one isn't read again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping

from rag.stores.catalogue.database import Database
from rag.stores.catalogue.rows import MANY, as_json, marks


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

    def ids_under(self, path: str) -> set[str]:
        """Ids of the articles that were read from this file, or from files in this folder at any depth."""
        folder = path.rstrip(os.sep) + os.sep
        rows = self._db.execute(
            "SELECT id FROM articles WHERE origin = ? OR substr(origin, 1, length(?)) = ?", (path, folder, folder)
        )
        return {row[0] for row in rows}

    def set_origin(self, id: str, origin: str) -> None:
        with self.transaction() as db:
            db.execute("UPDATE articles SET origin = ? WHERE id = ?", (origin, id))

    def origin_of(self, id: str) -> str | None:
        """The file that the article was read from; of archives of earlier versions, it may be the folder."""
        return self.origins([id]).get(id)

    def origins(self, ids: Iterable[str]) -> dict[str, str | None]:
        """The same of several: article id → file."""
        found: dict[str, str | None] = {}
        ids = list(ids)
        for i in range(0, len(ids), MANY):
            part = ids[i : i + MANY]
            found.update(
                self._db.execute(f"SELECT id, origin FROM articles WHERE id IN ({marks(part)})", part).fetchall()
            )
        return found

    def name_by_file(self) -> None:
        """Earlier versions kept files as "folder, line break, path", and the folder as where an article comes from:
        now it is the file's own path in both places."""
        old = self._db.execute("SELECT path, mark, articles FROM files WHERE instr(path, char(10))").fetchall()
        split = [(name, *name.partition("\n")[::2], mark, articles) for name, mark, articles in old]
        with self.transaction() as db:
            for name, folder, path, mark, articles in split:
                if path != folder and not path.startswith(folder.rstrip(os.sep) + os.sep):
                    continue  # a line break in a file's name
                db.execute("DELETE FROM files WHERE path = ?", (name,))
                db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (path, mark, articles))
                db.executemany(
                    "UPDATE articles SET origin = ? WHERE id = ? AND origin = ? AND hash = ?",
                    [(path, id, folder, hash) for id, hash in json.loads(articles).items()],
                )
