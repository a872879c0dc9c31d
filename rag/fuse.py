"""Fusion of rankings: pure functions."""

from __future__ import annotations

from collections.abc import Sequence

Ranking = Sequence[tuple[int, float]]
"""(passage, score), best first."""


def fuse(rankings: Sequence[Ranking], weights: Sequence[float], floor: float = 0.0) -> list[tuple[int, float]]:
    """One ranking out of several: the weighted sum of each ranking's scores, scaled to 0–1 by its best.

    Scores rather than ranks, since a plain reciprocal rank fusion lets a weak ranking push a clear winner of
    the other off the top. A passage that a ranking doesn't hold gets that ranking's lowest score times `floor`.
    Ties go to the smaller number, so that the order is the same on every run. After Bruch, Gai and Ingber 2023,
    "An Analysis of Fusion Functions for Hybrid Retrieval" (convex combination).
    """
    total: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        if not ranking:
            continue
        top = max(score for _, score in ranking)
        least = min(score for _, score in ranking) * floor
        scale = (top - least) or 1.0
        for id, score in ranking:
            total[id] = total.get(id, 0.0) + weight * (score - least) / scale
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))
