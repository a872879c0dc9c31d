"""Speakers of articles, linked to people across the archive."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.domain import Person, Speaker
from rag.stores.catalogue.database import LINK_AGAIN, Database
from rag.stores.catalogue.rows import as_json, insert, to_tuple


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker of one article, with the number of the article and of the person that it was linked to."""

    id: int
    article: int
    speaker: Speaker
    person: int | None


class People(Database):
    """Everybody who says something."""

    def unlinked_buckets(self) -> list[str]:
        """Of new speakers, and of those that a deleted article has left."""
        rows = self._db.execute(
            "SELECT bucket FROM speakers WHERE person IS NULL UNION SELECT substr(key, ?) FROM meta WHERE key LIKE ? || '%'"
            " ORDER BY 1",
            (len(LINK_AGAIN) + 1, LINK_AGAIN),
        )
        return [r[0] for r in rows]

    def speakers_in(self, name: str) -> list[SpeakerRow]:
        """All speakers, archive-wide, that could be one person (they share a bucket)."""
        rows = self._db.execute(
            "SELECT id, article, name, kind, aliases, roles, person FROM speakers WHERE bucket = ? ORDER BY id", (name,)
        )
        return [SpeakerRow(r[0], r[1], Speaker(r[2], r[3], to_tuple(r[4]), to_tuple(r[5])), r[6]) for r in rows]

    def speakers_of(self, key: int) -> list[Speaker]:
        """The named speakers of one article."""
        rows = self._db.execute("SELECT name, kind, aliases, roles FROM speakers WHERE article = ? ORDER BY id", (key,))
        return [Speaker(r[0], r[1], to_tuple(r[2]), to_tuple(r[3])) for r in rows]

    def link(self, groups: Iterable[tuple[Speaker, Sequence[SpeakerRow]]]) -> None:
        """Makes each group of speakers one person; a person keeps its number where one of the group had it. `all_linked`
        must follow: it tells that the people have changed."""
        with self.transaction() as db:
            taken: set[int] = set()
            for merged, rows in groups:
                had = [r.person for r in rows if r.person is not None and r.person not in taken]
                values = (merged.name, merged.kind, as_json(merged.aliases), as_json(merged.roles))
                if had:
                    person = Counter(had).most_common(1)[0][0]
                    db.execute(
                        "UPDATE people SET name = ?, kind = ?, aliases = ?, roles = ? WHERE id = ?", (*values, person)
                    )
                else:
                    person = insert(db, "INSERT INTO people (name, kind, aliases, roles) VALUES (?, ?, ?, ?)", values)
                taken.add(person)
                db.executemany("UPDATE speakers SET person = ? WHERE id = ?", [(person, r.id) for r in rows])

    def all_linked(self) -> None:
        """Forgets people without speakers, and what was to be linked again."""
        with self.transaction() as db:
            db.execute("DELETE FROM meta WHERE key LIKE ? || '%'", (LINK_AGAIN,))
            db.execute("DELETE FROM people WHERE NOT EXISTS (SELECT 1 FROM speakers k WHERE k.person = people.id)")
            self._changed(db)

    def people(self) -> list[Person]:
        """Everybody who says something in the archive, those with most statements first."""
        searched = dict(self._db.execute("SELECT key, id FROM articles WHERE words = 1").fetchall())
        counted = dict(self._db.execute("SELECT speaker, COUNT(*) FROM said GROUP BY speaker").fetchall())
        said: Counter[int] = Counter()
        where: dict[int, list[int]] = {}
        for speaker, person, article in self._db.execute(
            "SELECT id, person, article FROM speakers WHERE person IS NOT NULL"
        ):
            if article in searched:  # put together here: a join over all that was said takes four times as long
                where.setdefault(person, []).append(article)
                said[person] += counted.get(speaker, 0)
        for person, articles in where.items():
            if len(articles) > len(set(articles)):  # two speakers of an article turned out to be one person
                said[person] = self._statements_of(person)
        rows = self._db.execute("SELECT id, name, kind, aliases, roles FROM people").fetchall()
        lists = json.loads(f"[{','.join(f'[{r[3]},{r[4]}]' for r in rows)}]")  # all at once: ten times faster
        articles_of = {p: tuple(map(searched.__getitem__, sorted(set(articles)))) for p, articles in where.items()}
        found = [
            Person(r[0], r[1], r[2], tuple(names), tuple(roles), articles_of[r[0]], said[r[0]])
            for r, (names, roles) in zip(rows, lists, strict=True)
            if r[0] in articles_of
        ]
        return sorted((p for p in found if p.statements), key=lambda p: (-p.statements, p.name, p.id))

    def _statements_of(self, person: int) -> int:
        """How many statements are this person's, one that two of their speakers share once."""
        row = self._db.execute(
            "SELECT COUNT(DISTINCT d.statement) FROM speakers k JOIN said d ON d.speaker = k.id"
            " JOIN articles a ON a.key = k.article WHERE k.person = ? AND a.words = 1",
            (person,),
        )
        return int(row.fetchone()[0])
