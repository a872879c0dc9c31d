"""Whom "he", "she" and "they" mean: who is in the reader's mind at that place.

Salience after Lappin and Leass (1994): every mention adds weight by its grammatical place, all weights halve with
each sentence, and the heaviest that fits in gender wins, if no rival comes near.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SUBJECT, OBJECT, OTHER, OWNER, SPOKE = 1.0, 0.5, 0.35, 0.3, 1.7
SENTENCE, PARAGRAPH = 0.5, 0.8
TOLD = 0.6
"""Share of its weight that a mention keeps inside reported words."""
NEAR = 0.8
"""A rival of at least this share of the best one's weight leaves it undecided."""
FAINT = 0.02

GENDER = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
PLURAL = frozenset("they them their themselves we".split())
FIRST = frozenset("i we me us my our myself ourselves".split())
NEUTER = frozenset("it its itself".split())
RELATIVE = frozenset("who which that whom".split())
PRONOUNS = frozenset(GENDER) | PLURAL | FIRST | NEUTER | RELATIVE | frozenset(
    "you one this these those others everyone everybody someone somebody nobody anyone".split()
)


@dataclass(slots=True)
class Attention:
    """Weights of who is in mind, by entity number."""

    weights: dict[int, float] = field(default_factory=dict)
    lately: dict[int, float] = field(default_factory=dict)
    """What this sentence has added: several mentions in one sentence count as the strongest."""

    def fade(self, sentences: int, paragraphs: int) -> None:
        if sentences or paragraphs:
            self.lately.clear()
        factor = SENTENCE ** min(sentences, 12) * PARAGRAPH ** min(paragraphs, 12)
        for number in list(self.weights):
            self.weights[number] *= factor
            if self.weights[number] < FAINT / 10:
                del self.weights[number]

    def add(self, number: int, weight: float) -> None:
        more = max(0.0, weight - self.lately.get(number, 0.0))
        self.lately[number] = max(weight, self.lately.get(number, 0.0))
        self.weights[number] = self.weights.get(number, 0.0) + more

    def ranked(self, allowed: set[int]) -> list[tuple[float, int]]:
        """The allowed ones, heaviest first; of equals the one named first in the article."""
        return sorted(((w, n) for n, w in self.weights.items() if n in allowed and w >= FAINT), key=lambda p: (-p[0], p[1]))
