"""The sidebar: what the archive holds, filters, and taking articles in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import streamlit as st

from rag import Archive, Filters
from ui import add
from ui.answer import day
from ui.conversation import Conversation, begin_anew
from ui.people import counted
from ui.safe import escape

MOST_NAMES = 500  # in the list of speakers; any other name can be typed
_EARLIEST, _LATEST = date(1500, 1, 1), date(2199, 12, 31)
_FILTERS = ("filter-speaker", "filter-source", "filter-since", "filter-until")


@dataclass(frozen=True, slots=True)
class Size:
    """What the archive holds."""

    articles: int
    people: int
    sources: tuple[str, ...]
    oldest: datetime | None
    newest: datetime | None


def show(archive: Archive, conversation: Conversation) -> None:
    size = size_of(archive)
    st.html(size_html(size))
    st.button(
        "New conversation",
        icon=":material/add_comment:",
        on_click=begin_anew,
        width="stretch",
        disabled=not conversation.turns,
    )
    st.subheader("Narrow the search", anchor=False)
    conversation.filters = _filters(archive, size)
    if conversation.filters:
        st.button("Clear the filters", on_click=_clear, type="tertiary", icon=":material/filter_alt_off:")
    with st.expander("Add articles", add.to_tell(archive), icon=":material/library_add:", key="add"):
        add.show(archive)


def size_of(archive: Archive) -> Size:
    """Counted once for each state of the archive."""
    return _size(archive, str(archive.holdings.folder), archive.holdings.catalogue.changes())


@st.cache_data(max_entries=8, show_spinner=False)
def _size(_archive: Archive, folder: str, changes: int) -> Size:
    held = _archive.holdings.catalogue
    return Size(held.count(), len(_archive.people()), tuple(held.sources()), held.oldest(), held.newest())


def size_html(size: Size) -> str:
    dates = ""
    if size.oldest and size.newest:
        between = (
            day(size.oldest)
            if size.oldest.date() == size.newest.date()
            else f"{day(size.oldest)} to {day(size.newest)}"
        )
        dates = f"<br>{escape(between)}"
    people = f"{size.people:,} {'person' if size.people == 1 else 'people'} quoted"
    return f'<p class="size"><strong>{counted(size.articles, "article")}</strong>, {people}{dates}</p>'


def _filters(archive: Archive, size: Size) -> Filters:
    names = [person.name for person in archive.people()[:MOST_NAMES]]
    speaker = st.selectbox(
        "Speaker", names, index=None, placeholder="Anybody", accept_new_options=True, key="filter-speaker",
        help="Only what this person says. Overrides the name in the question.",
    )  # fmt: skip
    source = st.selectbox("Outlet", size.sources, index=None, placeholder="Any outlet", key="filter-source")
    first = st.date_input("From", None, _EARLIEST, _LATEST, key="filter-since", format="YYYY-MM-DD")
    last = st.date_input("Until", None, _EARLIEST, _LATEST, key="filter-until", format="YYYY-MM-DD")
    if first and last and first > last:
        st.warning("“From” is after “Until”: no article can match.")
    return Filters(speaker, source, _midnight(first), _midnight(last + timedelta(days=1) if last else None))


def _midnight(of: date | None) -> datetime | None:
    """As the words of a question are read, a day begins at midnight UTC."""
    return datetime.combine(of, time(), UTC) if of else None


def _clear() -> None:
    for key in _FILTERS:
        st.session_state[key] = None
