"""The cross-encoder that comes with the project, and what its reading does to evidence."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import get_args

import numpy as np
import pytest
from conftest import ROOT

from bench import cross_encoder as training
from bench.invented import articles
from rag import Archive
from rag.answering.evidence import reading
from rag.answering.evidence.measure import Evidence
from rag.answering.evidence.select import relevant
from rag.cross_encoder import CrossEncoder, Sentence, Task, adapter_of, bundled_cross_encoder
from rag.domain import Article, Question, Statement
from rag.embedding import Embedder
from rag.who import Who

QUESTION = "How long will the harbour stay shut?"
SENTENCES = [
    Sentence(text, "Osmere port shut")
    for text in ("The port reopens in nine days.", "The mayor was born in Osmere.", "")
]


TASKS: tuple[Task, ...] = get_args(Task)


@pytest.fixture(scope="module", params=TASKS)
def reader(request: pytest.FixtureRequest) -> CrossEncoder:
    return bundled_cross_encoder(request.param)


def test_what_answers_in_other_words_scores_above_what_does_not(reader: CrossEncoder) -> None:
    yes, no, empty = reader.scores(QUESTION, SENTENCES)
    assert yes > 0 > no
    assert empty < 0


def test_a_score_doesn_t_depend_on_the_other_texts_or_threads(reader: CrossEncoder) -> None:
    together = reader.scores(QUESTION, SENTENCES)
    assert [reader.scores(QUESTION, [pair])[0] for pair in SENTENCES] == pytest.approx(together)
    with ThreadPoolExecutor(8) as pool:
        assert all(s == together for s in pool.map(lambda _: reader.scores(QUESTION, SENTENCES), range(16)))


def test_nothing_to_read_and_far_too_much_are_no_errors(reader: CrossEncoder) -> None:
    assert reader.scores(QUESTION, []) == []
    assert len(reader.scores("why " * 500, [Sentence("ferry " * 2000, "ferry " * 2000, "ferry " * 2000)])) == 1
    assert len(reader.scores("why?", [Sentence("The ferry is late.")])) == 1


def test_reading_needs_no_torch() -> None:
    code = (
        "import sys; from rag.cross_encoder import Sentence, bundled_cross_encoder as c;"
        "c('facts').scores('who?', [Sentence('she')]);"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"


def test_an_archive_can_be_warmed_for_whoever_serves_many(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[Task] = []

    def loads(task: Task) -> CrossEncoder:
        warmed.append(task)
        return CrossEncoder(adapter_of(task))

    monkeypatch.setattr("rag.archive.bundled_cross_encoder", loads)
    archive.warm()
    assert warmed == []
    archive.warm(everything=True)
    assert tuple(warmed) == TASKS
    tables = {name for name, made in vars(Who).items() if isinstance(made, cached_property)}
    assert tables <= vars(archive.holdings.who).keys()


# -- what training gives is what is read ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def some() -> list[training.Group]:
    """An article by itself, and a cluster."""
    groups = training.grouped(articles())
    return [groups[0], next(group for group in groups if len(group) > 1)]


@pytest.fixture(scope="module")
def long() -> list[training.Group]:
    """Five of the long articles."""
    return [group for group in training.grouped(articles()) if group[0].long][-5:]


@pytest.mark.parametrize("task", TASKS)
def test_torch_and_the_runtime_give_the_same_scores(some: list[training.Group], task: Task) -> None:
    """The adapter that is kept, in the model that training uses, against the runtime at full precision."""
    import torch

    model = training.Model()
    with np.load(adapter_of(task)) as kept, torch.no_grad():
        model.take(kept)
        model.bert.eval()
        article = some[0][0]
        pairs = [(article.questions[0].text, training.sentence_of(article, n, task)) for n in range(len(article.texts))]
        theirs = model.scores(pairs).numpy()
    full = CrossEncoder(adapter_of(task), precision="fp32")
    ours = [full.scores(question, [pair])[0] for question, pair in pairs]
    np.testing.assert_allclose(ours, theirs, atol=0.02)


@pytest.mark.parametrize("task", TASKS)
def test_each_question_is_learned_once_an_epoch_and_what_is_told_right_answers(
    some: list[training.Group], embedder: Embedder, task: Task
) -> None:
    questions = [(q, a) for group in some for a in group for q in training.asked(a, task)]
    drawn = training.examples(some, task, embedder, random.Random(0))
    epoch = [next(drawn) for _ in questions]
    assert sorted(e.question for e in epoch) == sorted(q.text for q, _ in questions)
    answers = {q.text: {training.sentence_of(a, n, task) for n in q.sentences} for q, a in questions}
    some_epochs = epoch + [next(drawn) for _ in range(5 * len(epoch))]
    for e in some_epochs:
        assert len(e.sentences) == len(e.right) == training.CHOICES
        told = {s for s, right in zip(e.sentences, e.right, strict=True) if right}
        assert told in (set(), answers[e.question] & set(e.sentences))
    with_answers = [e for e in some_epochs if answers[e.question]]
    assert 0.6 * len(with_answers) < sum(any(e.right) for e in with_answers) < len(with_answers)
    for e in with_answers:  # where the right ones are left away, none stands among the wrong ones
        assert any(e.right) or not answers[e.question] & set(e.sentences)


def test_questions_of_long_articles_are_learned_among_what_their_speaker_said(
    long: list[training.Group], embedder: Embedder
) -> None:
    articles = {a.title: a for (a,) in long}
    asked = {(q.text, a.title): q for a in articles.values() for q in training.asked(a, "statements")}
    drawn = training.examples(long, "statements", embedder, random.Random(0))
    joined = without = 0
    for e in (next(drawn) for _ in asked):
        title = e.sentences[0].title
        article, question = articles[title], asked[e.question, title]
        assert len(e.sentences) == len(e.right) == training.CHOICES
        for (text, of, before), right in zip(e.sentences, e.right, strict=True):
            stands = [n for n, sentence in enumerate(article.texts) if of == title and sentence in text]
            assert right == bool(stands and set(stands) <= set(question.sentences))
            if of == title:
                assert text == " ".join(article.texts[n] for n in stands)
                assert before == (article.texts[stands[0] - 1] if stands[0] else "")
                assert len({article.paragraphs[n] for n in stands}) == len({article.speakers[n] for n in stands}) == 1
                assert question.kind == "who" or right or article.speakers[stands[0]] == question.speaker
            joined += len(stands) > 1
        without += bool(question.sentences) and not any(e.right)
    assert joined > len(asked) / 3  # an archive's statements often have several sentences
    assert 0 < without < len(asked) / 4


def test_each_question_belongs_to_one_task(some: list[training.Group]) -> None:
    article = some[0][0]
    both = [training.asked(article, task) for task in TASKS]
    assert sum(map(len, both)) == len(article.questions) + len(training.asked_of_sides(article))
    facts, statements, who = both
    assert {q.kind for q in facts} <= {"fact", "absent"}
    assert all(q.speaker for q in statements)
    assert {q.kind for q in who} == {"who"}
    assert any(q.kind == "absent" for q in statements)  # what somebody didn't say


def test_who_is_asked_on_each_side_of_what_an_article_is_about(some: list[training.Group]) -> None:
    article = some[0][0]
    against, for_it = training.asked_of_sides(article)
    assert article.matter
    assert article.matter in against.text
    assert {article.sides[n] for n in against.sentences} == {"against"}
    assert {article.sides[n] for n in for_it.sentences} == {"for"}
    assert not training.asked_of_sides(some[1][0])  # its sides aren't marked


def test_what_is_missed_is_least_where_the_right_ones_score_high_and_the_others_low() -> None:
    import torch

    right = torch.tensor([[True, False, False], [False, False, False]])
    good, bad = torch.tensor([[9.0, -9, -9], [-9.0, -9, -9]]), torch.tensor([[-9.0, 9, -9], [9.0, -9, -9]])
    assert training.missed(good, right) < 0.01 < training.missed(0 * good, right) < training.missed(bad, right)


def test_training_lowers_the_loss_and_gives_an_adapter_that_can_be_read(
    some: list[training.Group], embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loss of the same examples before and after, with nothing dropped: a step's own loss is of other questions than
    the next one's, and may be higher on any machine."""
    import torch

    for name, value in (("BATCH", 3), ("WARM_UP", 1), ("RATE", 5e-3)):
        monkeypatch.setattr(training, name, value)
    model = training.Model()
    drawn = training.examples(some[:1], "statements", embedder, random.Random(1))
    seen = [next(drawn) for _ in range(6)]

    def loss() -> float:
        model.bert.eval()
        with torch.no_grad():
            scores = model.scores([(e.question, s) for e in seen for s in e.sentences]).view(len(seen), -1)
            return float(training.missed(scores, torch.tensor([e.right for e in seen])))

    before = loss()
    model.bert.train()
    adapter = training.train(some[:1], "statements", embedder, 3, model)
    assert loss() < 0.8 * before  # it falls by two fifths
    assert any(a.any() for name, a in adapter.items() if name.endswith(".b"))  # where training begins all are 0
    with np.load(adapter_of("statements")) as kept:
        assert {n: kept[n].shape for n in kept.files} == {n: a.shape for n, a in adapter.items()}
    assert all(np.isfinite(a).all() for a in adapter.values())


def test_training_begins_with_the_same_numbers_each_time() -> None:
    one, other = training.Model().adapter(), training.Model().adapter()
    assert all((one[name] == other[name]).all() for name in one)


# -- reading evidence ------------------------------------------------------------------------------------------------


class Fixed:
    """Gives each text the score that was set for it."""

    def __init__(self, scores: dict[str, float]) -> None:
        self.set, self.read, self.whole = scores, list[str](), list[Sentence]()

    def scores(self, question: str, sentences: Sequence[Sentence]) -> list[float]:
        self.read += [sentence.text for sentence in sentences]
        self.whole += sentences
        return [self.set[sentence.text] for sentence in sentences]


TEXT = "The ferry was late. The crew was ill. Nobody came."
ARTICLE = Article("a", "Ferry", TEXT)
ASKED = Question("why was it late?", "fact", topic="late")


def sentence(start: int, end: int, meaning: float) -> Evidence:
    return Evidence(ARTICLE, ((start, end),), None, 0.5, 0.5, 0.5, meaning)


def test_the_sentence_that_answers_is_best_and_what_is_far_behind_is_not_read() -> None:
    found = [sentence(0, 19, 0.6), sentence(20, 37, 0.55), sentence(38, 50, 0.1)]
    reader = Fixed({"The ferry was late.": -2.0, "The crew was ill.": 4.0})
    read = reading.of_facts(reader, ASKED, found)
    assert reader.read == ["The ferry was late.", "The crew was ill."]
    late, ill, nobody = read
    assert ill.answers > 0 > late.answers
    assert ill.behind == 0 > late.behind > nobody.behind == -1
    assert reading.may_answer(read)


def test_where_no_sentence_answers_none_is_the_answer() -> None:
    assert not reading.may_answer(reading.of_facts(Fixed({"Nobody came.": -6.0}), ASKED, [sentence(38, 50, 0.9)]))
    assert not reading.may_answer([])


def test_of_one_person_the_best_statements_are_read_and_tell_whether_any_is_on_the_topic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "STATEMENTS", 2)
    monkeypatch.setattr(reading, "BESIDE", -1)  # each for itself
    article = Article("a", "Ferry", "The ferry was late. The crew was sick. Nobody came.")
    said = Statement(((0, 18),), None, "Ann Gray", "direct")
    late, ill, nobody = (
        Evidence(article, (span,), said, 0.0, 0.0, 0.0, meaning, meaning, 0.3, 0.3, 0.2)
        for span, meaning in (((0, 19), 0.85), ((20, 38), 0.8), ((39, 51), 0.1))
    )
    reader = Fixed({"The ferry was late.": 5.0, "The crew was sick.": -5.0})
    read = reading.of_statements(reader, ASKED, [nobody, ill, late])
    assert reader.read == ["The ferry was late.", "The crew was sick."]
    assert read[2].reading > 0 > read[1].reading > read[0].reading
    assert [e.start for e in relevant(read)] == [0]  # each by how it is read
    assert not relevant(reading.of_statements(Fixed({"The ferry was late.": -5.0}), ASKED, [late]))
    assert reading.of_statements(Fixed({}), ASKED, []) == []


def test_of_one_person_a_statement_is_read_with_its_title_and_the_sentence_before_it() -> None:
    article = Article("a", "Ferry", "It rained.\n\nThe ferry was late. The crew was ill.\n\nNobody came.")
    said = Statement(((12, 31),), None, "Ann Gray", "direct")
    spans = ((0, 10), (12, 31), (32, 49), (51, 63))
    found = [Evidence(article, (span,), said, 0.0, 0.0, 0.0, 0.8) for span in spans]
    reader = Fixed(dict.fromkeys(map(article.cut, spans), 0.0))
    reading.of_statements(reader, ASKED, found)
    before = {"It rained.": "", "The ferry was late.": "It rained.", "The crew was ill.": "The ferry was late.",
              "Nobody came.": "The crew was ill."}  # fmt: skip
    assert sorted(reader.whole) == sorted(Sentence(text, "Ferry", earlier) for text, earlier in before.items())


def test_what_goes_on_from_a_statement_that_answers_is_read_with_it() -> None:
    text = "The ferry was late. We had to know that first. " + "So it went. " * 40 + "Nobody came."
    article = Article("a", "Ferry", text)
    said = Statement(((0, 18),), None, "Ann Gray", "direct")
    spans = ((0, 19), (20, 46), (text.index("Nobody"), len(text)))
    found = [Evidence(article, (span,), said, 0.0, 0.0, 0.0, 0.8) for span in spans]
    odds = {"The ferry was late.": 5.0, "We had to know that first.": -4.0, "Nobody came.": -4.0}
    late, beside, far = reading.of_statements(Fixed(odds), ASKED, found)
    assert late.reading > beside.reading > far.reading


def test_of_whoever_may_be_asked_for_the_best_are_read_with_the_title(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "OF_ANYBODY", 2)
    article = Article("a", "Ferry", "The ferry was late. The crew was sick. Nobody came.")
    said = [Evidence(article, (span,), None, 0.5, 0.5, 0.5, meaning)
            for span, meaning in (((39, 51), 0.1), ((0, 19), 0.6), ((20, 38), 0.5))]  # fmt: skip
    reader = Fixed({"The ferry was late.": -1.5, "The crew was sick.": 4.0})
    late, sick = reading.of_anybody(reader, ASKED, said)
    assert reader.read == ["The ferry was late.", "The crew was sick."]
    assert {(sentence.title, sentence.before) for sentence in reader.whole} == {("Ferry", "")}
    assert sick.reading > 0 > late.reading
    assert reading.of_anybody(reader, ASKED, []) == []


def test_of_whoever_may_be_asked_for_what_goes_on_from_an_answer_is_read_as_that_one() -> None:
    article = Article("a", "Ferry", "The ferry was late. The crew was sick. Nobody came. Who knows?")
    spans = ((0, 19), (20, 38), (39, 51), (52, 62))
    speakers = ("Ann Gray", "Ann Gray", "Ivo Lund", None)
    found = [Evidence(article, (span,), Statement((span,), None, name, "direct"), 0.5, 0.5, 0.5, 0.5)
             for span, name in zip(spans, speakers, strict=True)]  # fmt: skip
    odds = dict.fromkeys(map(article.cut, spans), -1.0)
    late, sick, nobody, knows = reading.of_anybody(Fixed(odds | {"The ferry was late.": 2.0}), ASKED, found)
    assert late.reading == sick.reading > nobody.reading == knows.reading


def test_of_whoever_may_be_asked_for_some_say_something_else_where_one_clearly_answers() -> None:
    article = Article("a", "Ferry", "The ferry was late. The crew was sick. Nobody came.")
    said = [Evidence(article, (span,), None, 0.5, 0.5, 0.5, 0.5) for span in ((0, 19), (20, 38), (39, 51))]
    clear = Fixed({"The ferry was late.": 2.0, "The crew was sick.": -1.0, "Nobody came.": -4.0})
    assert [e.start for e in reading.of_anybody(clear, ASKED, said)] == [0, 20]
    doubtful = Fixed({"The ferry was late.": -0.5, "The crew was sick.": -1.0, "Nobody came.": -4.0})
    assert len(reading.of_anybody(doubtful, ASKED, said)) == 3


def test_a_follow_up_is_read_with_what_the_conversation_is_about() -> None:
    heard: list[str] = []

    class Listening(Fixed):
        def scores(self, question: str, sentences: Sequence[Sentence]) -> list[float]:
            heard.append(question)
            return super().scores(question, sentences)

    reader, found = Listening({"Nobody came.": 1.0}), [sentence(38, 50, 0.9)]
    reading.of_facts(reader, Question("Why?", "fact", topic="why the ferry", context=("a",), around="the ferry"), found)
    reading.of_facts(reader, Question("Why?", "fact", topic="why"), found)
    assert heard == ["Why? the ferry", "Why?"]
