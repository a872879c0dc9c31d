"""Extraction on several processes. Texts go out and extractions come back; trees never travel."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from ingest.statements import extract_all
from ingest.statements.drafts import Extraction

BATCH = 16
"""Texts that a process takes at a time: enough for spaCy's batching, few enough to keep all processes busy."""


def extract_shared(texts: Iterable[str], processes: int) -> Iterator[Extraction]:
    """As `extract_all`, on `processes` processes. They are spawned, not forked: the caller may run threads."""
    waiting: deque[tuple[list[str], Future[list[Extraction]]]] = deque()
    source = iter(texts)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        broken = False
        while True:
            while not broken and len(waiting) < 2 * processes and (batch := list(islice(source, BATCH))):
                try:
                    waiting.append((batch, pool.submit(_extract_batch, batch)))
                except BrokenProcessPool:
                    broken = True
                    yield from _drain(waiting)
                    yield from _extract_batch(batch)
            if broken or not waiting:
                break
            yield from _result(*waiting.popleft())
    yield from _drain(waiting)
    yield from extract_all(source)


def _drain(waiting: deque[tuple[list[str], Future[list[Extraction]]]]) -> Iterator[Extraction]:
    while waiting:
        yield from _result(*waiting.popleft())


def _result(batch: list[str], future: Future[list[Extraction]]) -> list[Extraction]:
    try:
        return future.result()
    except BrokenProcessPool:  # no process could be started, as from a prompt without a main module
        return _extract_batch(batch)


def _extract_batch(batch: list[str]) -> list[Extraction]:
    return list(extract_all(batch))
