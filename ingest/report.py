"""What an ingest tells while it runs and when it is through."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.read import Failure


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is."""

    stage: str
    """"articles" while they are read and can be searched at once; "statements" while it is found who said what in
    them; "meaning" while their vectors follow."""
    done: int
    total: int | None
    """None: not known beforehand."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did. The ids, in reading order; `failed` in whole sentences."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    seconds: float = 0.0
    not_pruned: bool = False
    """Nothing was pruned, though it was asked for: a file that may hold articles couldn't be read."""

    def __str__(self) -> str:
        counts = ", ".join(
            f"{len(getattr(self, name))} {name}" for name in ("added", "updated", "unchanged", "removed", "failed")
        )
        kept = " Nothing was pruned: a file that may hold articles could not be read." if self.not_pruned else ""
        return f"{counts}; {self.seconds:.1f} seconds.{kept}"
