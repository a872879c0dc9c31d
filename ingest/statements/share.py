"""Extraction on several processes. Texts go out and extractions come back; trees never travel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from joblib import Parallel, delayed

from ingest.statements import extract_all
from ingest.statements.drafts import Extraction

BATCH = 16
"""Texts that a process takes at a time: enough for spaCy's batching, few enough to keep all processes busy."""


def extract_shared(texts: Iterable[str], processes: int) -> Iterator[Extraction]:
    """As `extract_all`, on `processes` processes.

    They are joblib's: started anew rather than forked (the caller may run threads), kept for the next call, and
    without running the caller's script a second time, which a plain spawn would do.
    """
    source = iter(texts)
    batches = iter(lambda: list(islice(source, BATCH)), [])
    shared = Parallel(n_jobs=processes, return_as="generator", batch_size=1, pre_dispatch="2*n_jobs")
    for extractions in shared(delayed(_extract_batch)(batch) for batch in batches):
        yield from extractions


def _extract_batch(batch: list[str]) -> list[Extraction]:
    return list(extract_all(batch))
