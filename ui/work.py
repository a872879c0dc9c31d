"""Something slow that goes on beside the page.

Every click makes Streamlit run the page's script anew and end the run before it. What must not end with it (an answer
that is being written, articles that are being taken in) runs on a thread of its own, and the page looks at how far it is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Step = TypeVar("Step")
Result = TypeVar("Result")


@dataclass(slots=True)
class Work(Generic[Step, Result]):
    """How far it is. `latest` is the last step told; when `done` is set, there is a `result` or an `error`."""

    latest: Step | None = None
    result: Result | None = None
    error: Exception | None = None
    done: threading.Event = field(default_factory=threading.Event)


def start(do: Callable[[Callable[[Step], None]], Result]) -> Work[Step, Result]:
    """Runs `do` on a thread; `do` is given a function to tell its steps with."""
    work: Work[Step, Result] = Work()

    def tell(step: Step) -> None:
        work.latest = step

    def run() -> None:
        try:
            work.result = do(tell)
        except Exception as e:  # the page shows it; here nobody would
            work.error = e
        finally:
            work.done.set()

    threading.Thread(target=run, daemon=True).start()
    return work
