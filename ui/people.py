"""Everybody who is quoted in the archive; a click begins a question about them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rag import Archive, Person
from rag.text import fold
from ui import focus
from ui.safe import escape, label

MOST = 60  # rows on a page; the search finds the others


def show(archive: Archive) -> None:
    """A search field and the list, most quoted first."""
    wanted = st.text_input("Find somebody by name or role", key="people-search", placeholder="Name or role")
    found = matching(archive.people(), wanted)
    if not found:
        st.html('<p class="note">Nobody like that is quoted in these articles.</p>')
    with st.container(key="people", gap=None):
        for person in found[:MOST]:
            _row(person)
    if len(found) > MOST:
        st.html(f'<p class="note">{len(found) - MOST:,} more; type a name to find them.</p>')


def _row(person: Person) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"person-{person.id}"):
        st.button(
            label(person.name),
            key=f"ask-person-{person.id}",
            type="tertiary",
            on_click=begin_question,
            args=(person.name,),
        )
        role = f'<span class="role">{escape(person.roles[0])}</span> · ' if person.roles else ""
        articles = counted(len(person.articles), "article")
        st.html(f'{role}<span class="count">{counted(person.statements, "statement")} in {articles}</span>')


def counted(count: int, noun: str) -> str:
    """ "1 article", "1,200 articles"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def begin_question(name: str) -> None:
    """Puts the beginning of a question into the chat's field, for the reader to finish."""
    st.session_state.view = "Ask"
    st.session_state.question = f"What did {name} say about "
    focus.want('[data-testid="stChatInputTextArea"]')


def matching(people: Sequence[Person], wanted: str) -> list[Person]:
    """The people whose name, other names or roles hold every word that was typed."""
    parts = fold(wanted).lower().split()
    return [p for p in people if all(part in fold(" ".join((p.name, *p.aliases, *p.roles))).lower() for part in parts)]
