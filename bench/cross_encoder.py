"""Does this sentence answer this question? Trains the cross-encoder's adapters, and measures them.

`bench/invented.jsonl` holds articles that were written for this project, about places and people that don't exist, with
questions in other words than theirs and the sentences that answer each: of facts, of what somebody said on a topic, of
who said something, and questions that no sentence answers. Some stand in clusters that tell of like events; the long ones are
written as news sites do, with people who say a dozen things on several topics.

`python -m bench cross-encoder` prints how well the adapters that are kept tell them, on the articles that they didn't
learn from; `--write facts`, `--write statements` or `--write who` trains that adapter first (an hour or more on two
cores), with `--further` from the one that is kept, with `--long` on the long articles alone.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from bench.invented import Invented, Question, articles
from rag.cross_encoder import CrossEncoder, Sentence, Task, adapter_of, bundled_cross_encoder, pieces
from rag.embedding import Embedder, bundled_model, embedder_for

LEFT_OUT = 8
"""Every so manyth article is not learned from."""
RANK, RATE, HEAD_RATE, WARM_UP = 16, 1.5e-3, 2e-3, 20
EPOCHS = 2.0
FURTHER = 0.5  # of the rates, for an adapter that has learned before
BATCH, CHOICES = 16, 6
"""Questions of a step, and sentences for each; "none of them" is one choice more, with odds of 1."""
TOGETHER = 24  # pairs of like length that go through the model together: hardly any padding
ALONE = 0.5  # weight of each sentence's own odds in what training makes small
TOLD = 20  # steps between two lines of print
STRANGE = 0.3  # of how many questions one wrong sentence is from elsewhere
WITHOUT = 0.1  # of how many questions the right sentences are left away, so that none is right
TOGETHER_SAID, GOES_ON = 4, 0.4  # sentences of a statement at most, and how often the next one belongs to it
UNSURE = 0.05  # of the cosines that tell which statements of a long article are read: an archive's order has more to it


def main(options: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench cross-encoder")
    parser.add_argument("--write", choices=get_args(Task), help="train this adapter and keep it")
    parser.add_argument("--further", action="store_true", help="go on from the adapter that is kept")
    parser.add_argument("--long", action="store_true", help="learn from the long articles alone")
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--pace", type=float, help=f"of the usual rates (default: 1, and {FURTHER} with --further)")
    args = parser.parse_args(options)
    task: Task | None = args.write
    if args.further and not task:
        parser.error("--further is a way to --write")
    learned, left_out = split(articles())
    if args.long:
        learned = [group for group in learned if group[0].long]
    if task:
        model = Model()
        if args.further:
            with np.load(adapter_of(task)) as before:
                model.take(before)
        pace = args.pace or (FURTHER if args.further else 1.0)
        kept: dict[str, Any] = train(learned, task, embedder_for(), args.epochs, model, pace)
        np.savez_compressed(adapter_of(task), **kept)
        print(f"written to {adapter_of(task)}")
    for name in ("single", "clusters", "long"):
        some = [group for group in left_out if sort_of(group) == name]
        found = measure(some, embedder_for())
        print(f"{name}: {found.facts} questions of fact on {sum(map(len, some))} articles that it didn't learn from")
        for row, value in found.rows().items():
            print(f"  {row:60}{value:.3f}")


def sort_of(group: Group) -> str:
    """Whether it is a "single" article, one of "clusters" or a "long" one."""
    return "long" if group[0].long else "clusters" if len(group) > 1 else "single"


Group = list[Invented]
"""The articles of a cluster, or one that belongs to none."""


def grouped(some: Sequence[Invented]) -> list[Group]:
    groups: dict[tuple[str | None, str], Group] = {}
    for article in some:
        groups.setdefault((article.cluster, "" if article.cluster else article.title), []).append(article)
    return list(groups.values())


def split(all_of_them: Sequence[Invented]) -> tuple[list[Group], list[Group]]:
    """(to learn from, left out)."""
    groups = grouped(all_of_them)
    return [g for n, g in enumerate(groups) if n % LEFT_OUT], [g for n, g in enumerate(groups) if n % LEFT_OUT == 0]


def task_of(question: Question) -> Task:
    """Which adapter reads this question."""
    return "who" if question.kind == "who" else "statements" if question.speaker else "facts"


# -- measuring ---------------------------------------------------------------------------------------------------


@dataclass
class Measured:
    """What the adapters make of questions that they didn't learn from."""

    facts: int = 0
    """Questions of fact that have an answer."""
    first: dict[str, int] = field(default_factory=lambda: {"cross-encoder": 0, "cosine": 0})
    """Of how many of them the sentence with the best score is one that answers."""
    best: dict[tuple[Task, bool], list[float]] = field(default_factory=lambda: defaultdict(list))
    """The best score of each question of fact, and of each for what somebody said: without an answer, with one."""
    told: dict[str, list[float]] = field(default_factory=lambda: {"said": [], "who": []})
    """Of each question about statements: how often one that answers scores above another one of its article, of "said"
    by the same speaker."""

    def rows(self) -> dict[str, float]:
        rows = {f"the best sentence answers, by {way}": n / self.facts for way, n in self.first.items() if self.facts}
        rows |= {f"{name} told from absent, area under the curve": area(self.best[task, True], self.best[task, False])
                 for name, task in NAMES.items() if self.best[task, True]}  # fmt: skip
        return rows | {f"statements that answer told from others, {kind}": float(np.mean(told))
                       for kind, told in self.told.items() if told}  # fmt: skip


NAMES: dict[str, Task] = {"stated": "facts", "said": "statements"}


def area(above: Sequence[float], below: Sequence[float]) -> float:
    """How often one of the first scores above one of the second: the area under the curve."""
    told = np.subtract.outer(above, below)
    return float((told > 0).mean() + (told == 0).mean() / 2)


def measure(some: Sequence[Group], embedder: Embedder) -> Measured:
    """By the adapters that are kept. Each question of fact against all sentences of its group; of statements, against
    those of its article. Read as `sentence_of` tells."""
    readers = {task: bundled_cross_encoder(task) for task in get_args(Task)}
    found = Measured()
    for group in some:
        sentences = [text for article in group for text in article.texts]
        vectors = embedder.embed(sentences)
        before = 0
        for article in group:
            for question in article.questions:
                if task_of(question) != "facts":
                    _measure_statements(found, readers[task_of(question)], article, question)
                    continue
                right = {before + n for n in question.sentences}
                scores = np.asarray(readers["facts"].scores(question.text, [Sentence(text) for text in sentences]))
                found.best["facts", bool(right)].append(float(scores.max()))
                if right:
                    found.facts += 1
                    cosines = vectors @ embedder.embed([question.text])[0]
                    found.first["cross-encoder"] += int(scores.argmax()) in right
                    found.first["cosine"] += int(cosines.argmax()) in right
            before += len(article.texts)
    return found


def _measure_statements(found: Measured, reader: CrossEncoder, article: Invented, question: Question) -> None:
    right = set(question.sentences)
    said = [n for n, speaker in enumerate(article.speakers) if n in right or _easily_taken(question, speaker)]
    read = [sentence_of(article, n, task_of(question)) for n in said]
    scores = reader.scores(question.text, read)
    by_right = [[score for n, score in zip(said, scores, strict=True) if (n in right) == r] for r in (True, False)]
    if all(by_right):
        found.told[question.kind].append(area(*by_right))
    if scores:
        found.best[task_of(question), bool(right)].append(max(scores))


# -- training ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its CHOICES sentences."""

    question: str
    sentences: tuple[Sentence, ...]
    right: tuple[bool, ...]
    """Which of them answer."""


class Drawn(Protocol):
    """A question that examples are drawn from."""

    def example(self, chance: random.Random) -> Example: ...


@dataclass(frozen=True, slots=True)
class Among:
    """A question among the sentences of its article and the others of its cluster."""

    question: str
    right: list[Sentence]
    hard: list[Sentence]
    """Wrong ones, those first that are easily taken for right: of what somebody said, their other statements, and those
    that are nearest to the question in the article and the others of its cluster."""
    elsewhere: list[Sentence]

    def example(self, chance: random.Random) -> Example:
        """Right sentences (now and then none), the hardest wrong ones, some others, and now and then one from elsewhere."""
        some_right = 0 if chance.random() < WITHOUT else min(len(self.right), chance.choice((1, 1, 2)))
        right = chance.sample(self.right, some_right)
        wrong = CHOICES - len(right)
        hard = min(chance.choice((2, 3)), wrong)
        others = chance.sample(self.hard[hard:], wrong - hard)
        if self.elsewhere and chance.random() < STRANGE:
            others[-1] = chance.choice(self.elsewhere)
        told = (True,) * len(right) + (False,) * wrong
        return Example(self.question, (*right, *self.hard[:hard], *others), told)


@dataclass(frozen=True, slots=True)
class AsHeld:
    """A question of a long article on what was said, among what an archive would hand over to be read."""

    question: str
    article: Invented
    right: frozenset[int]
    said: list[int]
    """The sentences that are easily taken for an answer, and those that answer, in order."""
    near: NDArray[np.float32]
    """Cosines of the question to the article's sentences."""
    elsewhere: list[Sentence]
    task: Task

    def example(self, chance: random.Random) -> Example:
        """The statements that are nearest to the question, now and then without the right ones. Most questions have several
        right ones, of which one may tell nothing without the others; what counts is whether any answers."""
        made = held(self.article, self.said, self.right, chance)
        made.sort(key=lambda some: chance.gauss(0, UNSURE) - max(self.near[n] for n in some))
        made = made[:CHOICES]
        wrong = [some for some in made if some[0] not in self.right]
        if wrong and chance.random() < WITHOUT:
            made = wrong
        first = [sentence_of(self.article, some[0], self.task) for some in made]
        read = [
            s._replace(text=" ".join(self.article.texts[n] for n in some)) for s, some in zip(first, made, strict=True)
        ]
        read += chance.sample(self.elsewhere, CHOICES - len(read))
        return Example(
            self.question, tuple(read), tuple(n < len(made) and made[n][0] in self.right for n in range(CHOICES))
        )


def held(article: Invented, said: Sequence[int], right: frozenset[int], chance: random.Random) -> list[list[int]]:
    """The sentences as statements of an archive: neighbours of one speaker in one paragraph, now and then up to
    TOGETHER_SAID of them, are one. None is half an answer."""
    made: list[list[int]] = []
    for n in said:
        last = made[-1] if made else [n - 2]
        goes_on = n == last[-1] + 1 and article.paragraphs[n] == article.paragraphs[last[-1]]
        alike = goes_on and article.speakers[n] == article.speakers[last[-1]] and (n in right) == (last[-1] in right)
        if alike and len(last) < TOGETHER_SAID and chance.random() < GOES_ON:
            last.append(n)
        else:
            made.append([n])
    return made


def draws(some: Sequence[Group], task: Task, embedder: Embedder) -> list[Drawn]:
    made: list[Drawn] = []
    everything = [[sentence_of(a, n, task) for a in group for n in range(len(a.texts))] for group in some]
    for group, sentences in zip(some, everything, strict=True):
        elsewhere = [s for others in everything if others is not sentences for s in others]
        vectors = embedder.embed([sentence.text for sentence in sentences])
        before = 0
        for article in group:
            own = range(before, before + len(article.texts))
            for q in asked(article, task):
                cosines = vectors @ embedder.embed([q.text])[0]
                taken = [n for n, speaker in enumerate(article.speakers) if _easily_taken(q, speaker)]
                if task != "facts" and article.long:
                    right = frozenset(q.sentences)
                    said = sorted(right.union(taken))
                    made.append(AsHeld(q.text, article, right, said, cosines[before : own.stop], elsewhere, task))
                    continue
                answers = [before + n for n in q.sentences]
                wrong = [n for n in np.argsort(-cosines, kind="stable").tolist() if n not in answers]
                close = [n for n in wrong if n in own and n - before in taken]
                hard = [*close, *(n for n in wrong if n not in close)]
                made.append(Among(q.text, [sentences[n] for n in answers], [sentences[n] for n in hard], elsewhere))
            before = own.stop
    return made


def sentence_of(article: Invented, n: int, task: Task) -> Sentence:
    """As `rag.answering.evidence.reading` has it read."""
    before = article.texts[n - 1] if task == "statements" and n else ""
    return Sentence(article.texts[n], "" if task == "facts" else article.title, before)


def asked(article: Invented, task: Task) -> list[Question]:
    return [q for q in (*article.questions, *asked_of_sides(article)) if task_of(q) == task]


def _easily_taken(q: Question, speaker: str | None) -> bool:
    """Whether this speaker's words are easily taken for an answer."""
    return speaker is not None and (q.kind == "who" or speaker == q.speaker)


SIDES = {
    "against": "criticised|opposed|objected to|spoke out against|had doubts about|was unhappy with|attacked|rejected",
    "for": "defended|supported|backed|welcomed|spoke up for|praised|was in favour of|stood by",
}


def asked_of_sides(article: Invented) -> list[Question]:
    """Who is against what the article is about, and who is for it, where its sides are marked."""
    if article.matter is None or not any(article.sides):
        return []
    made = []
    for at, (side, verbs) in enumerate(SIDES.items()):
        verb = verbs.split("|")[(len(article.title) + at) % 8]
        taken = tuple(n for n, marked in enumerate(article.sides) if marked == side and article.speakers[n])
        made.append(Question(f"Who {verb} {article.matter}?", "who", taken))
    return made


def examples(some: Sequence[Group], task: Task, embedder: Embedder, chance: random.Random) -> Iterator[Example]:
    """Without end, each question once before any comes again."""
    made = draws(some, task, embedder)
    while True:
        for drawn in chance.sample(made, len(made)):
            yield drawn.example(chance)


def train(
    some: Sequence[Group], task: Task, embedder: Embedder, epochs: float, model: Model, pace: float = 1.0
) -> dict[str, NDArray[Any]]:
    """The adapter as `rag.cross_encoder.adapter_of` its task holds it; `pace` times the usual rates.

    What is made small: by how much a softmax over each question's sentences and "none of them" misses the right ones, and
    by how much each sentence's own odds do.
    """
    import torch

    optimiser = torch.optim.AdamW(
        [
            {"params": model.low_rank, "lr": pace * RATE},
            {"params": model.head.parameters(), "lr": pace * HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = int(epochs * sum(len(asked(article, task)) for group in some for article in group) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1.0, (n + 1) / WARM_UP) * (1 - n / steps))
    drawn = examples(some, task, embedder, random.Random(0))
    lost = 0.0
    for step in range(1, steps + 1):
        batch = [next(drawn) for _ in range(BATCH)]
        scores = model.scores([(e.question, s) for e in batch for s in e.sentences]).view(BATCH, CHOICES)
        loss = missed(scores, torch.tensor([e.right for e in batch]))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.low_rank, 1.0)
        optimiser.step()
        schedule.step()
        lost += 0.05 * (loss.item() - lost) if step > 1 else loss.item()
        if step % TOLD == 0:
            print(f"step {step} of {steps}: loss {lost:.3f}", flush=True)
    return model.adapter()


def missed(scores: Any, right: Any) -> Any:
    """The loss of scores, shape (questions, CHOICES), where `right` of the same shape tells which answer."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits, pad

    with_none, with_none_right = pad(scores, (0, 1)), torch.cat([right, ~right.any(dim=1, keepdim=True)], dim=1)
    taken = with_none.masked_fill(~with_none_right, -torch.inf)
    of_the_question = (with_none.logsumexp(dim=1) - taken.logsumexp(dim=1)).mean()
    return of_the_question + ALONE * binary_cross_entropy_with_logits(scores, right.float())


class Model:
    """The embedding model in torch with an adapter beside each of its weights."""

    def __init__(self) -> None:
        import torch
        from transformers import AutoModel

        torch.manual_seed(0)  # what begins at random begins alike

        class Adapted(torch.nn.Module):
            def __init__(self, kept: torch.nn.Linear) -> None:
                super().__init__()
                out, size = kept.weight.shape
                self.kept = kept
                self.a = torch.nn.Parameter(torch.randn(RANK, size) / size**0.5)
                self.b = torch.nn.Parameter(torch.zeros(out, RANK))

            def forward(self, x: torch.Tensor) -> Any:
                return self.kept(x) + x @ self.a.T @ self.b.T

        self.bert = AutoModel.from_pretrained(str(bundled_model()))
        self.bert.requires_grad_(False)
        self.bert.train()
        self.changed: dict[str, Adapted] = {}
        for name, part in list(self.bert.named_modules()):
            if isinstance(part, torch.nn.Linear) and name.startswith("encoder."):
                self.changed[f"{name}.weight"] = Adapted(part)
                self.bert.set_submodule(name, self.changed[f"{name}.weight"])
        self.head = torch.nn.Linear(self.bert.config.hidden_size, 1)
        self.low_rank = [p for change in self.changed.values() for p in (change.a, change.b)]

    def scores(self, pairs: Sequence[tuple[str, Sentence]]) -> Any:
        """A tensor, shape (len(pairs),)."""
        import torch

        made = [piece for question, sentence in pairs for piece in pieces(question, [sentence])]
        order = sorted(range(len(made)), key=lambda n: len(made[n][0]))
        scored = torch.cat([self._together([made[n] for n in order[i : i + TOGETHER]])
                            for i in range(0, len(order), TOGETHER)])  # fmt: skip
        return scored[torch.tensor(np.argsort(order))]

    def take(self, kept: Mapping[str, NDArray[Any]]) -> None:
        """The numbers of an adapter, as `adapter` gives them."""
        import torch

        with torch.no_grad():
            for name, change in self.changed.items():
                change.a.copy_(torch.tensor(kept[f"{name}.a"].astype(np.float32)))
                change.b.copy_(torch.tensor(kept[f"{name}.b"].astype(np.float32)))
            self.head.weight.copy_(torch.tensor(kept["head"][None, :-1]))
            self.head.bias.copy_(torch.tensor(kept["head"][-1:]))

    def adapter(self) -> dict[str, NDArray[Any]]:
        kept = {f"{name}.{side}": getattr(change, side).detach().numpy().astype(np.float16)
                for name, change in self.changed.items() for side in "ab"}  # fmt: skip
        head = np.append(self.head.weight.detach().numpy()[0], self.head.bias.item())
        return kept | {"head": head.astype(np.float32)}

    def _together(self, some: Sequence[tuple[list[int], list[int]]]) -> Any:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        ids, kinds, there = (
            pad_sequence([torch.tensor(x) for x in column], batch_first=True)
            for column in (*zip(*some, strict=True), [[1] * len(p) for p, _ in some])
        )
        read = self.bert(input_ids=ids, token_type_ids=kinds, attention_mask=there).last_hidden_state
        weights = there.unsqueeze(-1).float()
        return self.head((read * weights).sum(dim=1) / weights.sum(dim=1)).squeeze(1)
