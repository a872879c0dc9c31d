"""Taking articles in from the page, by upload or from a folder, while the reader goes on asking."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from ingest import Progress, Report, ingest, ingest_uploads
from ingest.read import ENDINGS
from rag import Archive
from ui import work
from ui.people import counted
from ui.safe import label
from ui.work import Work, sentence

TYPES = sorted(ENDINGS)
MOST_FAILURES = 20  # told one by one
_TICK = 0.5  # seconds between two looks at how far it is
_SAMPLES = Path(__file__).parent.parent / "seeds" / "articles"

Ingest = Work[Progress, Report]


def show(archive: Archive, empty: bool = False) -> None:
    """The form; while articles are taken in, how far that is; then what came of it. `empty`: on a page without a chat."""
    running = _watched(archive)
    if running is None:
        _form(archive)
    else:
        st.fragment(_progress, run_every=None if running.done.is_set() else _TICK)(archive, empty)


def _form(archive: Archive) -> None:
    _report()
    files = st.file_uploader(
        "Article files", type=TYPES, accept_multiple_files=True, key=f"files-{st.session_state.get('ingests', 0)}",
        help="Text, Markdown, HTML, JSON or JSON lines; several at once.",
    )  # fmt: skip
    if files and st.button("Add these files", type="primary", width="stretch", key="add-files"):
        uploads = [(file.name, file.getvalue()) for file in files]
        _start(archive, partial(ingest_uploads, uploads, archive))
    if not at_home():
        st.caption("Folders can be added only where the app runs on the reader's own machine.")
        return
    with st.form("folder-form", border=False):
        folder = st.text_input(
            "Or a folder or file on this machine", key="folder", placeholder=os.path.join("~", "articles")
        )
        if st.form_submit_button("Add this folder", width="stretch", key="add-folder") and folder.strip(" \"'"):
            _start(archive, partial(ingest, [path_of(folder)], archive))


def first(archive: Archive) -> None:
    """The page of an archive that holds nothing yet."""
    st.subheader("This archive is empty", anchor=False)
    st.html(
        "<p>Add the articles you want to ask. Text, Markdown, web pages and JSON exports can be mixed; titles, outlets "
        "and dates are read from the files where they tell them. Everything stays on this machine.</p>"
    )
    show(archive, empty=True)
    if _SAMPLES.is_dir() and _watched(archive) is None:
        st.button(
            "Try it with the sample articles",
            key="add-samples",
            icon=":material/science:",
            on_click=_start,
            args=(archive, partial(ingest, [_SAMPLES], archive), False),
        )


def path_of(typed: str) -> Path:
    """The path that somebody has typed, or pasted with quotation marks around it.

    >>> path_of(' "/srv/news of May" ').as_posix()
    '/srv/news of May'
    """
    return Path(os.path.expanduser(typed.strip(" \"'")))  # which leaves a home that isn't there as it is


def at_home() -> bool:
    """Whether only this machine reaches the app: a stranger must not have its files read."""
    return st.get_option("server.address") in ("localhost", "127.0.0.1", "::1")


@dataclass(slots=True)
class _Slot:
    """The last ingest into one archive, whichever reader began it."""

    work: Ingest | None = None


@st.cache_resource(show_spinner=False)
def _slot(folder: str) -> _Slot:
    return _Slot()


def _watched(archive: Archive) -> Ingest | None:
    """The ingest that this reader sees: their own, or the one that was going on when they opened or reloaded the page."""
    if "ingest" not in st.session_state:
        going = _slot(str(archive.holdings.folder)).work
        st.session_state.ingest = going if going and not going.done.is_set() else None
    watched: Ingest | None = st.session_state.ingest
    return watched


def _start(archive: Archive, do: Callable[[Callable[[Progress], None]], Report], rerun: bool = True) -> None:
    """`do` takes its progress callback as the next argument, after the paths and the archive."""
    slot = _slot(str(archive.holdings.folder))
    st.session_state.ingest = work.start(do)
    if slot.work is None or slot.work.done.is_set():  # else the new one ends at once: one writes at a time
        slot.work = st.session_state.ingest
    st.session_state.ingests = st.session_state.get("ingests", 0) + 1
    if rerun:
        st.rerun()


def _progress(archive: Archive, empty: bool) -> None:
    running: Ingest = st.session_state.ingest
    if running.done.is_set():
        st.session_state.ingested = sentence(running.error) if running.error else running.result
        st.session_state.ingest = None
        st.rerun()
    if empty and archive.holdings.catalogue.count():
        st.rerun()  # there is something to ask now
    st.progress(*progress_of(running.latest))
    if not empty:
        st.caption("You can go on asking meanwhile, about what is in already.")


def progress_of(progress: Progress | None) -> tuple[float, str]:
    """(share done, 0 to 1; what is going on in words)."""
    if progress is None:
        return 0.0, "Reading…"
    if progress.stage == "articles":
        return 0.1, f"{counted(progress.done, 'article')} read"
    share = progress.done / progress.total if progress.total else 1.0
    if progress.stage == "statements":
        return 0.1 + 0.3 * share, f"Finding who said what: {progress.done:,} of {progress.total or progress.done:,}"
    return (
        0.4 + 0.6 * share,
        f"Preparing the search by meaning: {progress.done:,} of {progress.total or progress.done:,}",
    )


def to_tell(archive: Archive) -> bool:
    """Whether the form has news that a reader should see: how far it is, or what came of it."""
    return _watched(archive) is not None or st.session_state.get("ingested") is not None


def _report() -> None:
    ended: Report | str | None = st.session_state.get("ingested")
    if isinstance(ended, str):
        st.error(label(ended, 2000))
    elif ended is not None:
        (st.success if ended.added or ended.updated else st.info)(summary(ended))
        for failure in ended.failed[:MOST_FAILURES]:
            st.warning(label(str(failure), 500))
        if len(ended.failed) > MOST_FAILURES:
            st.warning(f"… and {len(ended.failed) - MOST_FAILURES:,} more that could not be read.")


def summary(report: Report) -> str:
    """What an ingest did, in one sentence."""
    counts = ((len(report.added), "added"), (len(report.updated), "updated"), (len(report.unchanged), "already there"))
    done = ", ".join(f"{count:,} {word}" for count, word in counts if count) or "Nothing added"
    failed = len(report.failed)
    return (
        f"{done}; {failed:,} {'file or entry' if failed == 1 else 'files or entries'} could not be read."
        if failed
        else f"{done}."
    )
