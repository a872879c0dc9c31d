"""A picture of what asking takes by the archive's size. The only file that knows matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Size:
    """What asking took in an archive of so many passages."""

    passages: int
    median: float
    """Seconds."""
    p95: float
    memory: float
    """GB of the process that serves."""


def draw(sizes: Sequence[Size], file: Path) -> None:
    """Latency and memory over the number of passages, side by side."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, 2.6), layout="constrained")
    time, memory = figure.subplots(1, 2)
    at = [s.passages for s in sizes]
    time.plot(at, [1000 * s.median for s in sizes], "o-", color="#0f5c6e", label="median")
    time.plot(at, [1000 * s.p95 for s in sizes], "o--", color="#0f5c6e", label="95th percentile")
    time.set_ylabel("ask, milliseconds")
    time.legend(frameon=False)
    memory.plot(at, [s.memory for s in sizes], "o-", color="#0f5c6e")
    memory.set_ylabel("memory, GB")
    for axes in (time, memory):
        axes.set_xlabel("passages")
        axes.set_xscale("log")
        axes.set_xticks(at, [f"{n / 1000:.0f},000" for n in at], minor=False)
        axes.minorticks_off()
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, dpi=160)
