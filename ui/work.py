"""Something slow that goes on beside the page.

Every click makes Streamlit run the page's script anew and end the run before it. What must not end with it (an answer
being written, articles being taken in) runs on a thread of its own, and the page looks at how far it is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rag import OnrecordError

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


def sentence(error: Exception) -> str:
    """What the reader is told of an error. One that nobody foresaw goes to the log with all that is known of it."""
    if isinstance(error, OnrecordError):
        return str(error)
    logging.getLogger("onrecord").error("Unforeseen error", exc_info=error)
    return "Something went wrong inside onrecord; the terminal that it runs in shows what. Please try again."
