"""Pronouns as data, and how much each mention of somebody draws a reader's attention.

Salience after Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution": every mention adds weight
by its grammatical place, and all weights halve with each sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SUBJECT, OBJECT, OTHER, OWNER, SPOKE = 1.0, 0.5, 0.35, 0.3, 1.7
ALONE = 0.75
TOLD = 0.6
"""Share of its weight that a mention keeps inside reported words."""
_SENTENCE, _PARAGRAPH = 0.5, 0.8
_FAINT = 0.02

GENDER = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
PLURAL = frozenset("they them their themselves".split())
WRITER = frozenset("i we me us my our myself ourselves you everyone everybody anyone nobody".split())
"""Outside quotations these name nobody: the writer, the reader, the world."""
NEUTER = frozenset("it its itself".split())
RELATIVE = frozenset("who which that whom".split())
PRONOUNS = (
    frozenset(GENDER)
    | PLURAL
    | WRITER
    | NEUTER
    | RELATIVE
    | frozenset("one this these those others somebody someone".split())
)


@dataclass(slots=True)
class Attention:
    """Weights of who is in mind, by entity number."""

    weights: dict[int, float] = field(default_factory=dict)
    lately: dict[int, float] = field(default_factory=dict)
    """What this sentence has added: several mentions in one sentence count as the strongest."""

    def fade(self, sentences: int, paragraphs: int) -> None:
        """Let all weights sink by the bounds that were passed."""
        if sentences or paragraphs:
            self.lately.clear()
        factor = _SENTENCE ** min(sentences, 12) * _PARAGRAPH ** min(paragraphs, 12)
        self.weights = {n: w * factor for n, w in self.weights.items() if w * factor >= _FAINT / 10}

    def add(self, number: int, weight: float) -> None:
        more = max(0.0, weight - self.lately.get(number, 0.0))
        self.lately[number] = max(weight, self.lately.get(number, 0.0))
        self.weights[number] = self.weights.get(number, 0.0) + more

    def present(self) -> list[tuple[int, float]]:
        """Everybody who isn't forgotten, with the weight."""
        return [(number, weight) for number, weight in self.weights.items() if weight >= _FAINT]
