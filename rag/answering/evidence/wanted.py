"""The words that a question looks for, weighted by how rare they are in the archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag.answering.understanding.patterns import EMPTY_TERMS
from rag.text import fold, terms, unaccented


@dataclass(frozen=True, slots=True)
class Wanted:
    """Stems with their weights (inverse document frequency)."""

    weights: dict[str, float]

    @staticmethod
    def of(text: str, rarity: Callable[[str], float], leave_out: Collection[str] = ()) -> Wanted:
        """The content words of the text but those left out (a speaker's own name says nothing about the topic)."""
        kept = dict.fromkeys(t for t in terms(text) if t not in EMPTY_TERMS and t not in leave_out)
        return Wanted({t: rarity(t) for t in kept})

    def share(self, found: Iterable[str]) -> float:
        """Which part of the wanted weight is among these stems, 0 to 1; 0 where nothing is wanted.

        A stem that only begins like a wanted one counts a little less: Snowball cuts "staffing" to "staf", but
        "staff" not at all.
        """
        if not self.weights:
            return 0.0
        held = found if isinstance(found, (set, frozenset)) else set(found)
        total = there = 0.0
        missing = []
        for stem, weight in self.weights.items():
            total += weight
            if stem in held:
                there += weight
            elif len(stem) >= 4:
                missing.append((stem, weight))
        if held and missing:
            begins = {stem[:4] for stem, _ in missing}
            near = [h for h in held if h[:4] in begins]
            there += KIN * sum(weight for stem, weight in missing if near and any(akin(stem, h) for h in near))
        return there / total if total else 0.0

    def share_in(self, text: str) -> float:
        """As `share(terms(text))`, many times faster: only words that begin like a wanted one are stemmed."""
        if not self.weights:
            return 0.0
        found = _beginning(tuple(sorted(self.weights))).findall(unaccented(fold(text)).lower())
        return self.share(terms("\n".join(found)))

    def __bool__(self) -> bool:
        return bool(self.weights)


@lru_cache(maxsize=256)
def _beginning(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Words, as `rag.text.words` cuts them from folded text, whose first letters are those of one of the stems."""
    first = {s[:BEGIN] for s in stems}
    first |= {CHANGED[f] for f in first if f in CHANGED}
    # Letters first, then what may not stand before them: so the engine skips to the letters, three times faster.
    starts = []
    for length in sorted({len(f) for f in first}):
        either, back = "|".join(sorted(re.escape(f) for f in first if len(f) == length)), "." * length
        starts.append(rf"(?:{either})(?<![^\W_]{back})(?<![^\W_]'{back})(?<!\d[.,]{back})")
    return re.compile(rf"(?:{'|'.join(starts)})[^\W_]*(?:'[^\W_]+)*(?:[.,]\d+)*", re.DOTALL)


BEGIN = 2
CHANGED = {"di": "dy", "li": "ly", "ti": "ty"}
"""Snowball changes first letters in three words only: "dying", "lying", "tying"."""
KIN = 0.8


def akin(a: str, b: str) -> bool:
    """Whether one stem is the other with at most two letters more, and both are long enough to tell."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return len(short) >= 4 and len(long) - len(short) <= 2 and long.startswith(short)
