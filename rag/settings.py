"""Settings stop at the door: read once from the environment, handed on as plain values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.errors import BadInput

LONGEST_WAIT = 86_400
"""Seconds that a chat model may stay silent at most."""


@dataclass(frozen=True, slots=True)
class Settings:
    archive: Path = Path("archive")
    """Folder of the archive."""
    model: str | None = None
    """A LangChain chat model that writes the answers, "provider:name"; None: the articles' own words alone."""
    embedder: str | None = None
    """Folder or hub name of a sentence-transformers model; None: all-MiniLM-L6-v2 from its Python package."""
    reranker: str | None = None
    """Folder or hub name of a sentence-transformers cross-encoder that orders the best passages anew; None: none does."""
    show_unsupported: bool = False
    """Show what a chat model wrote and the passages don't support, marked as such."""
    model_timeout: float = 60.0
    """Seconds until a silent chat model is given up."""

    @staticmethod
    def from_env(env: Mapping[str, str] | None = None) -> Settings:
        """The settings of this process.

        Raises:
            BadInput: naming the variable that can't be used.
        """
        env = os.environ if env is None else env
        model = env.get("ONRECORD_MODEL") or None
        if model and ":" not in model:
            raise BadInput(f'ONRECORD_MODEL is "{model}": write it as provider:name, for example openai:gpt-4o-mini.')
        try:
            timeout = float(env.get("ONRECORD_MODEL_TIMEOUT") or 60.0)
        except ValueError as e:
            raise BadInput(f"ONRECORD_MODEL_TIMEOUT must be a number of seconds ({e}).") from e
        if not 0 < timeout <= LONGEST_WAIT:
            raise BadInput(f"ONRECORD_MODEL_TIMEOUT must be more than 0 and at most {LONGEST_WAIT:,} seconds.")
        return Settings(
            archive=Path(env.get("ONRECORD_ARCHIVE") or "archive"),
            model=model,
            embedder=env.get("ONRECORD_EMBEDDER") or None,
            reranker=env.get("ONRECORD_RERANKER") or None,
            show_unsupported=(env.get("ONRECORD_SHOW_UNSUPPORTED") or "").lower() in ("1", "true", "yes"),
            model_timeout=timeout,
        )
