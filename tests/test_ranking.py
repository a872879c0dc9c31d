"""What puts one passage before another."""

from __future__ import annotations

import numpy as np
import pytest

from rag.ranking import WEIGHTS, Wording, best_of_article, early, weighted


def wording(question: str, *content: str) -> Wording:
    return Wording.of(question, content, lambda stem: {"harbour": 4.0, "close": 2.0}.get(stem, 1.0))


def test_rare_words_cover_more_of_a_question_than_common_ones() -> None:
    asked = wording("harbour closed", "harbour", "close")
    rare, common = asked.read("The harbour is old."), asked.read("It closed early.")
    assert rare[0] == pytest.approx(4 / 6)
    assert common[0] == pytest.approx(2 / 6)


def test_neighbours_of_the_question_count_where_they_are_neighbours() -> None:
    asked = wording("harbour closed", "harbour", "close")
    assert asked.read("The harbour closed.")[1] > asked.read("Closed was the harbour.")[1] == 0


def test_a_number_counts_where_a_number_is_asked_for() -> None:
    assert wording("How many boats sank?", "boat", "sank").read("Forty boats sank.")[2] > 0
    assert wording("How many boats sank?", "boat", "sank").read("The boats sank.")[2] == 0
    assert wording("boats", "boat").read("Forty boats sank.")[2] == 0


def test_an_article_is_as_near_as_its_nearest_candidate() -> None:
    assert best_of_article([7, 8, 7], np.asarray([0.1, 0.2, 0.5], np.float32)).tolist() == pytest.approx(
        [0.5, 0.2, 0.5]
    )


def test_the_beginning_of_an_article_comes_first() -> None:
    assert early(0) == 1 > early(300) > early(5000) > 0


def test_features_add_up_by_their_weights() -> None:
    one = np.ones(2, np.float32)
    assert weighted({"sentence": one, "early": 2 * one}).tolist() == pytest.approx(
        [WEIGHTS["sentence"] + 2 * WEIGHTS["early"]] * 2
    )
