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
        total = sum(self.weights.values())
        if not total:
            return 0.0
        held = found if isinstance(found, (set, frozenset)) else set(found)
        missing = {t: w for t, w in self.weights.items() if t not in held}
        begins = {t[:4] for t in missing if len(t) >= 4}
        near = [h for h in held if h[:4] in begins] if begins else []
        kin = sum(w for t, w in missing.items() if any(akin(t, h) for h in near))
        return (total - sum(missing.values()) + KIN * kin) / total

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
