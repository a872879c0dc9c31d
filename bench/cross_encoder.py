"""Does this sentence answer this question? Trains the cross-encoder's adapter, and measures it.

`bench/invented.jsonl` holds articles that were written for this project, about places and people that don't exist, with
questions in other words than theirs and the sentences that answer each: of facts, of what somebody said on a topic, and
questions that no sentence answers.

`python -m bench cross-encoder` prints how well the adapter that is kept tells them, on the articles that it didn't learn
from; `--write` trains a new one first (50 minutes on two cores).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.invented import Invented, Question, articles
from rag.cross_encoder import ADAPTER, PAIR, QUESTION, CrossEncoder
from rag.embedding import Embedder, bundled_model, embedder_for

LEFT_OUT = 8
"""Every so manyth article is not learned from."""
RANK, EPOCHS, RATE, HEAD_RATE, WARM_UP = 16, 2.0, 1.5e-3, 2e-3, 20
BATCH, CHOICES = 16, 6
"""Questions of a step, and sentences for each; "none of them" is one choice more, with odds of 1."""
TOGETHER = 24  # pairs of like length that go through the model together: hardly any padding
TOLD = 20  # steps between two lines of print
STRANGE = 0.3  # of how many questions one wrong sentence is drawn from all articles


def main(options: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench cross-encoder")
    parser.add_argument("--write", action="store_true", help="train the adapter anew and keep it")
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    args = parser.parse_args(options)
    learned, left_out = split(articles())
    if args.write:
        kept: dict[str, Any] = train(learned, embedder_for(), args.epochs)
        np.savez_compressed(ADAPTER, **kept)
        print(f"written to {ADAPTER}")
    found = measure(left_out, CrossEncoder(), embedder_for())
    print(f"{found.facts} questions of fact on {len(left_out)} articles that it didn't learn from")
    for name, value in found.rows().items():
        print(f"{name:60}{value:.3f}")


def split(all_of_them: Sequence[Invented]) -> tuple[list[Invented], list[Invented]]:
    """(to learn from, left out)."""
    left_out = [a for n, a in enumerate(all_of_them) if n % LEFT_OUT == 0]
    return [a for n, a in enumerate(all_of_them) if n % LEFT_OUT], left_out


# -- measuring ---------------------------------------------------------------------------------------------------


@dataclass
class Measured:
    """Of questions on single articles: is the sentence with the best score one that answers?"""

    facts: int = 0
    first: dict[str, int] = field(default_factory=lambda: {"cross-encoder": 0, "cosine": 0})
    best: dict[str, list[float]] = field(default_factory=lambda: {"fact": [], "absent": []})
    """The best score of each question that has an answer, and of each that has none."""

    def rows(self) -> dict[str, float]:
        rows = {f"the best sentence answers, by {way}": n / self.facts for way, n in self.first.items()}
        told = np.subtract.outer(self.best["fact"], self.best["absent"])
        return rows | {
            "answered told from absent, area under the curve": float((told > 0).mean() + (told == 0).mean() / 2)
        }


def measure(some: Sequence[Invented], reader: CrossEncoder, embedder: Embedder) -> Measured:
    """Each question of fact, and each without an answer, against all sentences of its article."""
    found = Measured()
    for article in some:
        vectors = embedder.embed(article.texts)
        for question in article.questions:
            if question.kind == "said":
                continue
            scores = np.asarray(reader.scores(question.text, article.texts))
            found.best[question.kind].append(float(scores.max()))
            if question.kind == "fact":
                found.facts += 1
                cosines = vectors @ embedder.embed([question.text])[0]
                found.first["cross-encoder"] += int(scores.argmax()) in question.sentences
                found.first["cosine"] += int(cosines.argmax()) in question.sentences
    return found


# -- training ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its CHOICES sentences."""

    question: str
    sentences: tuple[str, ...]
    right: int
    """Which of them answers; CHOICES where none does."""


def examples(some: Sequence[Invented], embedder: Embedder, chance: random.Random) -> Iterator[Example]:
    """Without end, each question once before any comes again. The wrong sentences are those of the article that are
    nearest to the question, of the asked speaker's first, some others, and now and then a stranger's."""
    everything = [text for a in some for text in a.texts]
    near: list[tuple[Invented, Question, list[int]]] = []
    for article in some:
        vectors = embedder.embed(article.texts)
        for q in article.questions:
            order = np.argsort(-(vectors @ embedder.embed([q.text])[0]), kind="stable").tolist()
            wrong = [n for n in order if n not in q.sentences]
            theirs = [n for n in wrong if q.speaker and article.speakers[n] == q.speaker]
            near.append((article, q, [*theirs, *(n for n in wrong if n not in theirs)]))
    while True:
        for article, q, wrong in chance.sample(near, len(near)):
            hard = chance.choice((2, 3))
            more = chance.sample(wrong[hard:], min(len(wrong[hard:]), CHOICES - 1 - hard))
            texts = [article.texts[n] for n in [*wrong[:hard], *more]]
            if texts and chance.random() < STRANGE:
                texts[-1] = chance.choice(everything)
            if q.sentences:
                texts.insert(0, article.texts[chance.choice(q.sentences)])
            while len(texts) < CHOICES:
                texts.append(chance.choice(everything))
            yield Example(q.text, tuple(texts), 0 if q.sentences else CHOICES)


def train(some: Sequence[Invented], embedder: Embedder, epochs: float) -> dict[str, NDArray[Any]]:
    """The adapter as `rag.cross_encoder.ADAPTER` holds it: a softmax over each question's sentences and "none"."""
    import torch

    torch.manual_seed(0)
    model = Model()
    optimiser = torch.optim.AdamW(
        [{"params": model.low_rank, "lr": RATE}, {"params": model.head.parameters(), "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = int(epochs * sum(len(a.questions) for a in some) / BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1.0, (n + 1) / WARM_UP) * (1 - n / steps))
    drawn = examples(some, embedder, random.Random(0))
    lost = 0.0
    for step in range(1, steps + 1):
        batch = [next(drawn) for _ in range(BATCH)]
        scores = model.scores([(e.question, s) for e in batch for s in e.sentences]).view(BATCH, CHOICES)
        with_none = torch.cat([scores, torch.zeros(BATCH, 1)], dim=1)
        loss = torch.nn.functional.cross_entropy(with_none, torch.tensor([e.right for e in batch]))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.low_rank, 1.0)
        optimiser.step()
        pace.step()
        lost += 0.05 * (loss.item() - lost) if step > 1 else loss.item()
        if step % TOLD == 0:
            print(f"step {step} of {steps}: loss {lost:.3f}", flush=True)
    return model.adapter()


class Model:
    """The embedding model in torch with an adapter beside each of its weights."""

    def __init__(self) -> None:
        import torch
        from torch.nn.utils import parametrize
        from transformers import AutoModel, AutoTokenizer

        class LowRank(torch.nn.Module):
            def __init__(self, weight: torch.Tensor) -> None:
                super().__init__()
                out, size = weight.shape
                self.a = torch.nn.Parameter(torch.randn(RANK, size) / size**0.5)
                self.b = torch.nn.Parameter(torch.zeros(out, RANK))

            def forward(self, weight: torch.Tensor) -> torch.Tensor:
                return weight + self.b @ self.a

        self.bert = AutoModel.from_pretrained(str(bundled_model()))
        self.bert.requires_grad_(False)
        self.bert.train()
        self._tokenizer = AutoTokenizer.from_pretrained(str(bundled_model()))
        self.changed: dict[str, LowRank] = {}
        for name, part in self.bert.named_modules():
            if isinstance(part, torch.nn.Linear) and name.startswith("encoder."):
                self.changed[f"{name}.weight"] = LowRank(part.weight)
                parametrize.register_parametrization(part, "weight", self.changed[f"{name}.weight"])
        self.head = torch.nn.Linear(self.bert.config.hidden_size, 1)
        self.low_rank = [p for change in self.changed.values() for p in (change.a, change.b)]

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Any:
        """A tensor, shape (len(pairs),)."""
        import torch

        pieces = [self._pieces(*pair) for pair in pairs]
        order = sorted(range(len(pieces)), key=lambda n: len(pieces[n][0]))
        scored = torch.cat([self._together([pieces[n] for n in order[i : i + TOGETHER]])
                            for i in range(0, len(order), TOGETHER)])  # fmt: skip
        return scored[torch.tensor(np.argsort(order))]

    def adapter(self) -> dict[str, NDArray[Any]]:
        kept = {f"{name}.{side}": getattr(change, side).detach().numpy().astype(np.float16)
                for name, change in self.changed.items() for side in "ab"}  # fmt: skip
        head = np.append(self.head.weight.detach().numpy()[0], self.head.bias.item())
        return kept | {"head": head.astype(np.float32)}

    def _pieces(self, question: str, sentence: str) -> tuple[list[int], list[int]]:
        """(word pieces, kinds) as `CrossEncoder.scores` reads them."""
        t = self._tokenizer
        asked, read = t([question, sentence], add_special_tokens=False)["input_ids"]
        first = [t.cls_token_id, *asked[:QUESTION], t.sep_token_id]
        second = [*read[: PAIR - len(first) - 1], t.sep_token_id]
        return [*first, *second], [0] * len(first) + [1] * len(second)

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
