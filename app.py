"""onrecord in the browser: streamlit run app.py. The script is the page, read from top to bottom."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

import streamlit as st

import rag
import ui
from ui import add, article, chat, conversation, focus, people, sidebar
from ui.safe import label

# No icon: Streamlit would fetch one from the internet.
st.set_page_config("onrecord", layout="centered", menu_items={"About": "onrecord: who said what."})
st.html(Path(ui.__file__).with_name("style.css"))


@st.cache_resource(show_spinner="Opening the archive…")
def open_archive(settings: rag.Settings) -> rag.Archive:
    """One archive for all readers, known by its folder and the other settings. What the first question needs is loaded
    while it is being typed."""
    archive = rag.open_archive(settings.archive, settings)
    threading.Thread(target=warm, args=(archive,), daemon=True).start()
    return archive


def warm(archive: rag.Archive) -> None:
    with suppress(Exception):  # nobody waits for it here; whoever asks meets the same trouble, and is told
        archive.warm(everything=True)


try:
    archive = open_archive(rag.Settings.from_env())
    held = sidebar.size_of(archive)
except rag.OnrecordError as error:
    st.error(label(str(error), 2000))
    st.stop()

talk = conversation.current()
beside = st.container(key="beside")
st.title("onrecord", anchor=False)
st.html(
    '<p class="what">Ask who said what. Every answer is the articles’ own words, each with the place it stands in.</p>'
)

if held.articles == 0:
    add.first(archive)
    st.stop()

with st.sidebar:
    sidebar.show(archive, talk)

st.session_state.setdefault("view", "Ask")
view = st.segmented_control("Page", ["Ask", "People quoted"], key="view", label_visibility="collapsed", required=True)
st.chat_input("What did … say about …?", key="question", on_submit=conversation.ask_typed)
if talk.opened:
    with beside:
        article.show(archive, talk.opened, talk.clicks)
if view == "People quoted":
    people.show(archive)
else:
    chat.show(archive, talk)
focus.give()
