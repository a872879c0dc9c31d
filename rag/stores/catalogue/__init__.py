"""The catalogue: SQLite, the only source of truth. Words and vectors are derived from it.

All of an article or nothing of it: up to a few hundred come in one transaction, and who said what in them follows in
others (`statements` tells which have it). An article counts as searchable when `words` says so, and as found by meaning
when `vectors` does; both name what the derived stores hold, so a crash between the stores costs a repeat, no data.

A room for each noun: `articles`, `passages`, `statements`, `people`, `files`; `tables` has the layout, `database` the
connections, `rows` how rows become nouns.
"""

from rag.stores.catalogue.articles import Articles, Version, content_hash
from rag.stores.catalogue.files import Files
from rag.stores.catalogue.passages import Behind, Passages
from rag.stores.catalogue.people import People, SpeakerRow
from rag.stores.catalogue.statements import JOINT, bucket
from rag.stores.catalogue.tables import LAYOUT

__all__ = ["JOINT", "LAYOUT", "Behind", "Catalogue", "SpeakerRow", "Version", "bucket", "content_hash"]


class Catalogue(Articles, Passages, People, Files):
    """Articles with their versions, passages, statements, speakers and people; see `database.Database` for errors."""
