"""For or against: which side a statement takes, by its words and by its vector.

By its words: a count of words of blame and of praise (the oldest way to find an opinion: Turney 2002, Hu and Liu 2004),
where a word with a negator before it is blame: "not good" as much as "won't stop". By its vector: how far it lies along
the direction in the embedding model's space that tells blame from defence (`bench/stance.py` fits it, on statements that
mostly have no strong word). Both rank what was said on a topic; neither says of a statement that it is criticism.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.domain import Stance
from rag.embedding import BUNDLED, Vectors
from rag.text import stem, words

_BLAME = """
absurd abuse alarm angry appal attack awful backfire backward bad ban betray blame block bogus botch breach break
broke burden catastrophe chaos cheat complain concern condemn confuse contempt corrupt costly crisis critic critical
cruel damage danger dangerous deadly deceive decline deeply defeat delay deny deplorable deprive destroy devastate
disagree disappoint disaster discriminate disgrace dishonest disrupt distort doubt egregious embarrass endanger
enough erode excessive exploit extreme fail failure false farce fear flaw fool foolish force fury gimmick greed harm
harmful hate horrible hurt hypocrisy ignore illegal immoral inappropriate inhumane injustice insane insult
irresponsible jeopardy lie lose ludicrous mad mess misguided mislead mistake misuse mock nonsense object oppose
outrage overreach panic pathetic penalty pointless politicize poor problem problematic propaganda punish racist
reckless refuse regret reject reverse ridiculous risk rob ruin sad scandal shame shameful shock sick slam slap stop
stupid suffer terrible terrify threat threaten tragedy trouble ugly unacceptable undermine unfair unfortunate unjust
unlawful unnecessary unsafe unworkable upset useless victim violate violation waste weak worry worse worst wreck
wrong"""
_PRAISE = """
accept achieve admire agree amazing applaud appreciate back beautiful believe benefit best better brave celebrate
clear committed confident congratulate courage defend deliver deserve effective encourage endorse essential
excellent excite fair fantastic favor favour fight fix fortunate freedom fun gain glad good grateful great happy
help historic honest honor honour hope ideal importance important improve incredible inspire justice justified keep
kind lawful legal legitimate love lucky moral necessary need nice opportunity perfect pleased positive praise pride
progress promise protect proud reasonable relief remain respect right safe safer save secure sensible smart solution
strong stronger success support terrific thank thrive trust uphold value victory vital welcome well win wise
wonderful worth"""
_NEGATORS = frozenset("not no never n't without hardly neither nor cannot".split())

_BAD = frozenset(stem(word) for word in _BLAME.split())
_GOOD = frozenset(stem(word) for word in _PRAISE.split())
DIRECTION = Path(__file__).with_name("stance.npy")
"""The direction of blame, then its offset: float32, shape (size + 1,). It belongs to the bundled embedding model."""
_SPREAD = 1.5
"""Log odds that count as three quarters of a side."""
_REACH = 3
"""Words that a negator reaches over."""


def lean(text: str, side: Stance) -> float:
    """From -1 to 1: how far the words take this side; 0 where they take none."""
    told = [word for word, _ in words(text)]
    balance = count = 0
    for n, word in enumerate(told):
        root = stem(word)
        sign = (root in _GOOD) - (root in _BAD)
        if sign and any(w in _NEGATORS or w.endswith("n't") for w in told[max(0, n - _REACH) : n]):
            sign = -abs(sign)
        balance += sign
        count += sign != 0
    if not count:
        return 0.0
    return (balance if side == "for" else -balance) / count


def blame(vectors: Vectors, embedder: str) -> NDArray[np.float32]:
    """From -1 (defends) to 1 (blames) for sentences' vectors, shape (sentences, size); zeros for another model's."""
    if embedder != BUNDLED:
        return np.zeros(len(vectors), np.float32)
    direction = _direction()
    found: NDArray[np.float32] = np.tanh((vectors @ direction[:-1] + direction[-1]) / _SPREAD)
    return found


@lru_cache(maxsize=1)
def _direction() -> Vectors:
    found: Vectors = np.load(DIRECTION)
    return found
