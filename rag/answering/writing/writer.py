"""A chat model writes, and every sentence is checked. The one file that knows LangChain's chat models.

Whatever the model does (hang, refuse, break off, write nonsense), the caller gets checked lines or a `WriterError` with
one clear sentence, and gets it in time.
"""

from __future__ import annotations

import contextvars
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rag.answering.checking import claims, verify
from rag.answering.writing import prompts
from rag.domain import Article, Citation, Line, Question
from rag.errors import WriterError
from rag.text import sentences

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

MOST_CHARACTERS = 2_000
MOST_SENTENCES = 40
PATIENCE = 5
"""A model that keeps trickling is given up after this many times the time-out for silence."""

_CITED = re.compile(r"\s*[\[【]\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)\s*[\]】]")
_CITED_AFTER_STOP = re.compile(r"([.!?][\"”’']?)[ ]*((?:[\[【]\d{1,3}(?:\s*,\s*\d{1,3})*[\]】][ ]*)+)(?![.!?])")
_OPEN_MARK = re.compile(r"\s*[\[【][\d\s,]*$")
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_REFUSAL = re.compile(
    r"\bnot in these articles\b|\b(?:i'm|i am) (?:sorry|unable|not able)\b|\bi (?:can't|cannot|won't|will not)\b"
    r"|\bas an ai\b|\bthe (?:passages|articles) do(?:n't| not) (?:answer|say|contain|mention|provide)\b",
    re.IGNORECASE,
)


def load_model(name: str, timeout: float) -> BaseChatModel:
    """The chat model that "provider:name" stands for; `timeout` in seconds is handed to its client.

    Raises:
        WriterError: the provider is unknown, its package or its API key is missing.
    """
    from langchain.chat_models import init_chat_model

    try:
        try:
            return init_chat_model(name, timeout=timeout)
        except (TypeError, ValueError) as e:
            if "timeout" not in str(e):
                raise
            return init_chat_model(name)  # not every client takes a time-out; `write` keeps its own
    except ImportError as e:
        raise WriterError(_package_missing(name, e)) from e
    except Exception as e:
        raise WriterError(_explain(name, e)) from e


def write(
    model: BaseChatModel,
    question: Question,
    lines: Sequence[Line],
    timeout: float,
    today: date | None = None,
    article: Callable[[str], Article | None] | None = None,
) -> Iterator[Line]:
    """The model's answer from these lines of evidence, each sentence as soon as it is complete and checked.

    Args:
        lines: passage [n] is lines[n - 1].
        timeout: seconds of silence until the model is given up.
        article: gives the article of an id, for the paragraphs around the evidence; without it the evidence is all.

    Yields:
        Lines of form "written", without the [n] marks: `citations` says what they stand on, `supported` whether they
        do, `remark` why not. Nothing is yielded before the first sentence that cites a passage.

    Raises:
        WriterError: no answer, or none that cites a passage; after some lines, too, where the model breaks off.
    """
    contexts = [_context(line, article) for line in lines]
    asked = prompts.user(question, lines, [" ".join(c) for c in contexts])
    messages = [("system", prompts.system(today)), ("user", asked)]
    draft = _Draft(lines, contexts)
    held: list[Line] = []
    said = ""
    for sentence in _sentences(_chunks(model, messages, timeout)):
        said = f"{said} {sentence}"
        line = draft.check(sentence)
        if draft.cites:
            yield from (*held, line)
            held = []
        else:
            held.append(line)
    if not draft.cites:
        raise WriterError(_nothing_cited(_name(model), said.strip()))


def _nothing_cited(name: str, said: str) -> str:
    if not said:
        return f"The chat model {name} wrote nothing; the articles' own words are shown."
    if _REFUSAL.search(said):
        return f"The chat model {name} gave no answer from these passages; the articles' own words are shown."
    return f"The chat model {name} cited no passage; the articles' own words are shown instead of what it wrote."


def _context(line: Line, article: Callable[[str], Article | None] | None) -> list[str]:
    """The paragraphs around a line's citations."""
    found = []
    for c in line.citations:
        whole = article(c.article_id) if article else None
        found.append(verify.context(whole, (c.start, c.end)) if whole else c.text)
    return list(dict.fromkeys(found))


# --- checking what was written


@dataclass
class _Draft:
    """What the sentences before say about the next one: who "he" is, and whether anything was cited."""

    lines: Sequence[Line]
    contexts: Sequence[Sequence[str]]
    cites: bool = False
    he: str | None = None

    def check(self, sentence: str) -> Line:
        numbers = [int(n) for m in _CITED.finditer(sentence) for n in m[1].split(",")]
        text = claims.tidy(_CITED.sub("", sentence))
        missing = [n for n in numbers if not 1 <= n <= len(self.lines)]
        cited = [n - 1 for n in dict.fromkeys(numbers) if 1 <= n <= len(self.lines)]
        self.cites = self.cites or bool(cited)
        verdict = self._verdict(text, cited)
        if missing:
            verdict = verify.Verdict(False, f"there is no passage {missing[0]}")
        citations = tuple(dict.fromkeys(c for i in cited for c in self.lines[i].citations))
        speakers = {self.lines[i].speaker for i in cited}
        speaker = speakers.pop() if len(speakers) == 1 else None
        if verdict.supported:
            self.he = speaker
        role = next((self.lines[i].role for i in cited), None) if speaker else None
        return Line(text, citations, speaker, "written", role, verdict.reason, verdict.supported)

    def _verdict(self, text: str, cited: Sequence[int]) -> verify.Verdict:
        evidence: list[Citation] = []
        around: list[str] = []
        roles: list[str | None] = []
        for i in cited:
            for c in self.lines[i].citations:
                evidence.append(replace(c, speaker=c.speaker or self.lines[i].speaker))
                around.append(next((t for t in self.contexts[i] if c.text in t), c.text))
                roles.append(self.lines[i].role)
        return verify.check_sentence(
            text,
            evidence,
            around,
            roles=roles,
            speakers=[line.speaker for line in self.lines if line.speaker],
            he=self.he,
            unattributed=bool(cited) and all(self.lines[i].form == "fact" for i in cited),
        )


# --- reading what the model writes


def _sentences(chunks: Iterator[str]) -> Iterator[str]:
    """Complete sentences of a stream, marks like "[2]" after a full stop drawn into the sentence before."""
    written, done = "", 0
    for chunk in chunks:
        written += chunk
        ready = _split(_OPEN_MARK.sub("", written))
        for sentence in ready[done : min(len(ready) - 1, MOST_SENTENCES)]:
            done += 1
            yield sentence
        if done >= MOST_SENTENCES or len(_THOUGHTS.sub("", written)) > MOST_CHARACTERS:
            return  # what is still open would be half a sentence
    yield from _split(written)[done:]


def _split(written: str) -> list[str]:
    text = _CITED_AFTER_STOP.sub(lambda m: f" {m[2].strip()}{m[1]} ", _THOUGHTS.sub("", written))
    found: list[str] = []
    for start, end in sentences(text):
        piece = text[start:end]
        open_quote = bool(found) and (found[-1].count('"') % 2 or found[-1].count("“") > found[-1].count("”"))
        if found and (open_quote or not _CITED.sub("", piece).strip(" .")):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def _chunks(model: BaseChatModel, messages: Sequence[tuple[str, str]], timeout: float) -> Iterator[str]:
    """What the model streams, read in a thread of its own, so that one that hangs can be left behind."""
    read: queue.Queue[str | Exception | None] = queue.Queue()
    stopped = threading.Event()
    started = time.monotonic()
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_read, model, messages, read, stopped), daemon=True).start()
    try:
        while True:
            left = min(timeout, started + PATIENCE * timeout - time.monotonic())
            try:
                got = read.get(timeout=max(left, 0.0)) if left > 0 else read.get_nowait()
            except queue.Empty:
                raise WriterError(
                    f"The chat model {_name(model)} did not answer within {timeout:g} seconds; "
                    "the articles' own words are shown."
                ) from None
            if got is None:
                return
            if isinstance(got, Exception):
                raise WriterError(_explain(_name(model), got)) from got
            yield got
    finally:
        stopped.set()


def _read(
    model: BaseChatModel,
    messages: Sequence[tuple[str, str]],
    read: queue.Queue[str | Exception | None],
    stopped: threading.Event,
) -> None:
    try:
        for chunk in model.stream(list(messages)):
            if stopped.is_set():
                return
            read.put(str(chunk.text))
        read.put(None)
    except Exception as e:  # whatever a provider's client raises is told to the reader in one sentence
        read.put(e)


# --- failures in words


def _name(model: BaseChatModel) -> str:
    for attribute in ("model_name", "model"):
        if isinstance(name := getattr(model, attribute, None), str) and name:
            return name
    return model._llm_type


def _package_missing(name: str, error: Exception) -> str:
    m = re.search(r"langchain[-_][\w-]+", str(error))
    package = m[0].replace("_", "-") if m else f"langchain-{name.split(':')[0].replace('_', '-')}"
    return f"The chat model {name} needs the package {package}: pip install {package}."


def _explain(name: str, error: Exception) -> str:
    """One sentence on a failure, told by what clients have in common: a status code, the exception's name, its text."""
    kinds = " ".join(t.__name__.lower() for t in type(error).__mro__)
    status = getattr(error, "status_code", None)
    text = " ".join(str(error).split())
    if status in (401, 403) or re.search(r"api[ _]?key|credential", text, re.IGNORECASE):
        return f"The chat model {name} has no valid API key: set its provider's variable, for example OPENAI_API_KEY."
    if status == 404:
        return f"The provider does not know the chat model {name}: check ONRECORD_MODEL."
    if status == 429:
        return f"The provider of the chat model {name} turned the request down: too many requests, or no credit."
    if "timeout" in kinds:
        return f"The chat model {name} did not answer in time; the articles' own words are shown."
    if "connect" in kinds:
        return f"The chat model {name} can't be reached: check the network or the server's address."
    if "unsupported" in text.lower() or "unable to infer" in text.lower():
        return f'There is no chat model "{name}": write it as provider:name, for example openai:gpt-4o-mini.'
    return f"The chat model {name} failed ({type(error).__name__}: {text[:160]}); the articles' own words are shown."
