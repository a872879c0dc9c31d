"""Articles that were written for this project, about places and people that don't exist, with their sentences marked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ARTICLES = Path(__file__).parent / "invented.jsonl"


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    kind: Literal["fact", "said", "who", "absent"]
    sentences: tuple[int, ...]
    """Which sentences of the article answer it, from 0; none for "absent", and for "who" where nobody did."""
    speaker: str | None = None
    """Who is asked about; of "said" always, of "absent" now and then."""


@dataclass(frozen=True, slots=True)
class Invented:
    title: str
    texts: tuple[str, ...]
    """The article's sentences."""
    speakers: tuple[str | None, ...]
    """Whose words each of them is; None: the article's own."""
    paragraphs: tuple[int, ...]
    """In which paragraph each of them stands."""
    sides: tuple[str | None, ...]
    """"for", "against" or "none" of what the article is about; None where that isn't marked."""
    questions: tuple[Question, ...]
    matter: str | None = None
    """What the sides are for or against, as a noun phrase."""
    cluster: str | None = None
    """Articles of one cluster tell of like events, and are easily mixed up."""
    long: bool = False
    """Long ones are written as news sites do, with people who say a dozen things on several topics; their questions name
    the topic by its usual words, and the others' in other words than the article's."""


def articles() -> list[Invented]:
    return [_article(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]


def _article(line: str) -> Invented:
    read = json.loads(line)
    marked = read["sentences"]
    asked = (Question(q["question"], q["kind"], tuple(q["sentences"]), q.get("speaker")) for q in read["questions"])
    return Invented(
        read["title"],
        tuple(s["text"] for s in marked),
        tuple(s["speaker"] for s in marked),
        tuple(s["paragraph"] for s in marked),
        tuple(s.get("side") for s in marked),
        tuple(asked),
        read.get("matter"),
        read.get("cluster"),
        read.get("long", False),
    )
