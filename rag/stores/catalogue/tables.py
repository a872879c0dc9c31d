"""The tables and their layout."""

from __future__ import annotations

LAYOUT = 3
"""The tables' layout; an archive of another one is refused rather than misread."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL,
    source TEXT, url TEXT, authors TEXT NOT NULL, published REAL, offset INTEGER, version INTEGER NOT NULL,
    hash TEXT NOT NULL, note TEXT, origin TEXT, words INTEGER NOT NULL DEFAULT 0,
    statements INTEGER NOT NULL DEFAULT 0, vectors INTEGER NOT NULL DEFAULT 0);
CREATE INDEX articles_hash ON articles (hash);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_without_words ON articles (key) WHERE words = 0;
CREATE INDEX articles_without_statements ON articles (key) WHERE statements = 0;
CREATE INDEX articles_without_vectors ON articles (key) WHERE vectors = 0;
CREATE TABLE files (path TEXT PRIMARY KEY, mark TEXT NOT NULL, articles TEXT NOT NULL);
CREATE TABLE versions (
    id TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (id, version));
CREATE TABLE gone (article INTEGER PRIMARY KEY);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE INDEX passages_article ON passages (article);
CREATE TABLE sentence_vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vectors BLOB NOT NULL);
CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, kind TEXT NOT NULL,
    aliases TEXT NOT NULL, roles TEXT NOT NULL);
CREATE TABLE speakers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL, roles TEXT NOT NULL, bucket TEXT NOT NULL,
    person INTEGER REFERENCES people ON DELETE SET NULL);
CREATE INDEX speakers_article ON speakers (article);
CREATE INDEX speakers_bucket ON speakers (bucket);
CREATE INDEX speakers_person ON speakers (person);
CREATE TABLE statements (
    id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    spans TEXT NOT NULL, source TEXT, speaker TEXT, form TEXT NOT NULL, cue TEXT, kind TEXT NOT NULL,
    negated INTEGER NOT NULL, found TEXT NOT NULL, confidence REAL NOT NULL, described TEXT, within INTEGER);
CREATE INDEX statements_article ON statements (article);
CREATE TABLE said (
    statement INTEGER NOT NULL REFERENCES statements ON DELETE CASCADE,
    speaker INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE, PRIMARY KEY (speaker, statement)) WITHOUT ROWID;
CREATE INDEX said_statement ON said (statement);
"""

LATER = """
CREATE INDEX IF NOT EXISTS articles_source ON articles (source);
"""
"""What an archive of this layout may lack that an earlier version made: it is added when the archive is opened."""
