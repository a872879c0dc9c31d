"""How answers are scored: pure functions over citations and gold spans.

recall: share of gold groups of which some member is covered to 60 % by what is cited. precision: share of the cited
characters in paragraphs that hold a gold or acceptable span. f1 of the two. wrong speaker: a citation shown under the
asked speaker's name (or none) that lies in somebody else's words. not verbatim: cited words that aren't in the article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Any

from rag.domain import Answer, Citation
from rag.text import fold

Place = tuple[str, int, int]
"""(article id, start, end)"""
Gold = dict[str, Any]
Texts = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Score:
    """One question's result; None where a measure doesn't apply."""

    id: str
    type: str
    answerable: bool
    answered: bool
    recall: float | None = None
    precision: float | None = None
    f1: float | None = None
    wrong_speaker: bool = False
    not_verbatim: int = 0
    first: float | None = None
    first_three: float | None = None
    seconds: float = 0.0


def score(id: str, type: str, question: Gold, answer: Answer, seconds: float, text_of: Texts) -> Score:
    """One answer against its gold; `text_of` gives an article's text."""
    shown = answer.citations if answer.answered else ()
    false = [c for c in shown if text_of(c.article_id)[c.start : c.end] != c.text]
    cited = cover((c.article_id, c.start, c.end) for c in shown)
    gold = [(place(g, text_of), g.get("group", n)) for n, g in enumerate(question["gold"])]
    right = [p for p, _ in gold] + [place(g, text_of) for g in question.get("acceptable", ())]
    allowed = cover((a, *paragraph(text_of(a), s, e)) for a, s, e in right)
    recall = precision = f1 = first = first_three = None
    if question["answerable"]:
        recall, precision, f1 = _recall_precision(gold, cited, allowed)
    if question["answerable"] and question.get("answers"):
        holds = [any(a.lower() in c.text.lower() for a in question["answers"]) for c in shown]
        first, first_three = float(any(holds[:1])), float(any(holds[:3]))
    wrong = _wrong(question, shown, allowed, text_of)
    return Score(
        id,
        type,
        question["answerable"],
        answer.answered,
        recall,
        precision,
        f1,
        wrong,
        len(false),
        first,
        first_three,
        seconds,
    )


def _recall_precision(
    gold: Sequence[tuple[Place, Any]], cited: dict[str, set[int]], allowed: dict[str, set[int]]
) -> tuple[float, float, float]:
    groups: dict[Any, bool] = {}
    for (a, s, e), group in gold:
        groups[group] = groups.get(group, False) or len(cited[a] & set(range(s, e))) >= 0.6 * (e - s)
    total = sum(map(len, cited.values()))
    recall = sum(groups.values()) / len(groups) if groups else 0.0
    precision = sum(len(v & allowed[a]) for a, v in cited.items()) / total if total else 0.0
    return recall, precision, 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _wrong(question: Gold, shown: Sequence[Citation], allowed: dict[str, set[int]], text_of: Texts) -> bool:
    others = cover(place(g, text_of) for g in question.get("wrong_speaker", ()))
    asked = question.get("speaker")
    for c in shown:
        here = set(range(c.start, c.end))
        elsewhere = len(others[c.article_id] & here) >= 0.5 * len(here) > len(allowed[c.article_id] & here)
        if elsewhere and (c.speaker is None or not asked or _names(c.speaker) & _names(asked)):
            return True
    return False


def _names(name: str) -> set[str]:
    return set(re.findall(r"[a-z]+", name.lower()))


def place(gold: Gold, text_of: Texts) -> Place:
    """Where a gold entry stands: by its words where it has them, else by its offsets."""
    article, start, end = gold["article_id"], gold.get("start", 0), gold.get("end", 0)
    if words := gold.get("text"):
        flat, at = _squeezed(text_of(article))
        sought = _squeezed(words)[0]
        found = flat.find(sought)
        if found < 0:
            raise ValueError(f'{article}: "{words}" is not in the article')
        return article, at[found], at[found + len(sought) - 1] + 1
    return article, start, end


def _squeezed(text: str) -> tuple[str, list[int]]:
    kept = [(c, i) for i, c in enumerate(fold(text)) if not c.isspace()]
    return "".join(c for c, _ in kept), [i for _, i in kept]


def cover(places: Iterable[Place]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for article, start, end in places:
        found[article].update(range(start, end))
    return found


def paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after


def summary(scores: Sequence[Score]) -> dict[str, float]:
    """The means of some scores, each over the questions that it applies to."""
    yes = [s for s in scores if s.answerable]
    no = [s for s in scores if not s.answerable]
    table = {
        "questions": float(len(scores)),
        "recall": _mean(s.recall for s in yes),
        "precision": _mean(s.precision for s in yes if s.answered),
        "f1": _mean(s.f1 for s in yes),
        "answered when answerable": _mean(float(s.answered) for s in yes),
        "refused when not": _mean(float(not s.answered) for s in no),
        "wrong speaker": _mean(float(s.wrong_speaker) for s in scores),
        "not verbatim": float(sum(s.not_verbatim for s in scores)),
        "answer in the first": _mean(s.first for s in yes),
        "answer in the first three": _mean(s.first_three for s in yes),
        "median seconds": median([s.seconds for s in scores]) if scores else None,
        "95th percentile of seconds": _percentile([s.seconds for s in scores], 0.95) if scores else None,
    }
    return {k: v for k, v in table.items() if v is not None}


def _percentile(values: Sequence[float], share: float) -> float:
    """The least of them that so many are not above."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def _mean(values: Iterable[float | None]) -> float | None:
    kept = [v for v in values if v is not None]
    return sum(kept) / len(kept) if kept else None
