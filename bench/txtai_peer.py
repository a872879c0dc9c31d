"""txtai (dense and BM25 together, same model, same chunks) as a peer, installed in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.peers import Chunk
from rag.embedding import bundled_model

ROOT = Path(__file__).parent.parent
HOME = ROOT / ".bench" / "txtai"


@dataclass(frozen=True, slots=True)
class Found:
    """What txtai did with some chunks and questions."""

    indexed: float
    """Seconds to embed and index the chunks, loading the model included."""
    taken: list[float]
    """Seconds of each question."""
    found: list[list[int]]
    """For each question the numbers of the chunks, best first."""


def run(chunks: Sequence[Chunk], questions: Sequence[str], depth: int) -> Found:
    """Raises subprocess.CalledProcessError where txtai can't be installed or fails."""
    job = {
        "model": str(bundled_model()),
        "chunks": [c.text for c in chunks],
        "questions": list(questions),
        "depth": depth,
    }
    offline = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run(
        [environment(), Path(__file__).with_name("txtai_run.py")],
        input=json.dumps(job), capture_output=True, check=True, text=True, env=offline,
    )  # fmt: skip
    return Found(**json.loads(done.stdout.splitlines()[-1]))


def environment() -> Path:
    """Its Python, installed at the first call."""
    python = HOME / "bin" / "python"
    if not (HOME / "done").exists():
        print("installing txtai in an environment of its own …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), "txtai==9.14.0"], check=True)
        (HOME / "done").touch()
    return python
