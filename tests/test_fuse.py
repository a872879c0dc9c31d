from rag.fuse import fuse


def test_a_clear_winner_of_the_stronger_ranking_stays_on_top() -> None:
    assert fuse([[(1, 20.0), (2, 5.0)], [(2, 0.9), (3, 0.8)]], [0.7, 0.3])[0][0] == 1


def test_ties_go_to_the_smaller_number_on_every_run() -> None:
    assert [id for id, _ in fuse([[(9, 1.0), (4, 1.0)]], [1.0])] == [4, 9]


def test_an_empty_ranking_changes_nothing() -> None:
    alone = fuse([[(1, 3.0), (2, 1.0)]], [1.0])
    assert fuse([[(1, 3.0), (2, 1.0)], []], [1.0, 0.5]) == alone


def test_nothing_fuses_to_nothing() -> None:
    assert fuse([[], []], [0.5, 0.5]) == []
