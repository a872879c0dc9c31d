"""The house: who may import what, and that nothing calls out."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS

VENDORS = {
    "chromadb_rust_bindings": "rag/stores/vectors.py",
    "tantivy": "rag/stores/words.py",
    "sqlite3": "rag/stores/catalogue/",
    "sentence_transformers": "rag/sentence_models.py",
    "onnxruntime": "rag/encoder.py",
    "tokenizers": "rag/embedding.py",
    "langchain": "rag/answering/writing/writer.py",
    "spacy": "ingest/statements/",
    "trafilatura": "ingest/read/",
    "ftfy": "ingest/read/",
    "streamlit": "ui/",
}


def modules() -> list[Path]:
    return [p for room in ("rag", "ingest", "ui") for p in sorted((ROOT / room).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return found


@pytest.mark.parametrize("vendor", sorted(VENDORS))
def test_a_vendor_lives_in_one_room(vendor: str) -> None:
    using = {str(p.relative_to(ROOT)) for p in modules() if any(i.split(".")[0] == vendor for i in imports(p))}
    assert using
    assert all(path.startswith(VENDORS[vendor]) for path in using), using


def named(*lists: list[str]) -> set[str]:
    """The packages of requirements like "PyYAML>=6.0", as pip compares their names."""
    found = (re.split(r"[<>=\[]", requirement)[0] for some in lists for requirement in some)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


@pytest.mark.parametrize("rooms", [("rag", "ingest", "ui"), ("bench", "tests")])
def test_what_is_imported_is_named_as_a_requirement(rooms: tuple[str, ...]) -> None:
    """And doesn't merely come with another package, which may do without it one day."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]["test"] if "tests" in rooms else []
    known = named(project["dependencies"], extra)
    packages = packages_distributions()
    paths = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    used = {i.split(".")[0]: path for path in paths for i in imports(path)}
    missing = {m: str(p) for m, p in used.items() if m in packages and not known & named(packages[m])}
    allowed = {"rag", "ingest", "ui", "bench", "txtai"}  # our own; and a peer in an environment of its own
    assert set(missing) <= allowed, missing


def test_nobody_imports_chroma_s_own_client() -> None:
    """It takes longer than all else that a first question needs."""
    for path in modules():
        assert not any(i.split(".")[0] == "chromadb" for i in imports(path)), path


def test_ingest_imports_rag_and_never_the_reverse() -> None:
    for path in sorted((ROOT / "rag").rglob("*.py")):
        assert not any(i.split(".")[0] in ("ingest", "ui", "bench") for i in imports(path)), path


def test_a_question_is_understood_before_evidence_is_looked_for() -> None:
    later = ("rag.answering.evidence", "rag.answering.checking", "rag.answering.writing")
    for path in sorted((ROOT / "rag" / "answering" / "understanding").glob("*.py")):
        assert not any(i.startswith(later) for i in imports(path)), path


ASKING = """
import sys, rag, ingest
with rag.open_archive(sys.argv[1]) as archive:
    assert archive.ask("what did Coster say about towing?").answered
    assert archive.ask("how many police had Covid?").answered
    assert archive.search("removing cars")
    assert archive.check_quote("That approach would have been provocative", speaker="Coster").verdict == "verbatim"
print([m for m in ("torch", "transformers", "spacy", "streamlit", "langchain_core") if m in sys.modules])
"""


def test_asking_loads_no_torch_and_no_spacy(archive_folder: Path) -> None:
    """They take longer to load than a first question may take."""
    command = [sys.executable, "-c", ASKING, str(archive_folder)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "[]"


OFFLINE = """
import socket, sys
seen = []
def watch(event, args):
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else str(address)
        if isinstance(address, tuple) and not (host.startswith("127.") or host in ("::1", "localhost")):
            seen.append(host)
    if event == "socket.getaddrinfo" and args[0] not in (None, "localhost", "127.0.0.1", "::1", b"localhost"):
        seen.append(str(args[0]))
sys.addaudithook(watch)
import rag
from ingest import ingest
with rag.open_archive(sys.argv[1]) as archive:
    ingest([sys.argv[2]], archive)
    assert archive.ask("what did Coster say about towing?").answered
    archive.search("removing cars")
    archive.check_quote("That approach would have been provocative", speaker="Coster")
print("called out to", seen)
"""


def test_nothing_opens_a_socket_beyond_loopback(tmp_path: Path) -> None:
    article = SEEDS / "articles" / "parliament-protest.txt"
    run = subprocess.run(
        [sys.executable, "-c", OFFLINE, str(tmp_path / "archive"), str(article)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "called out to []"
