"""onrecord in the browser: streamlit run app.py. The script is the page, read from top to bottom."""

from __future__ import annotations

import streamlit as st

import rag
from ui import add, article, chat, conversation, people, sidebar, style
from ui.safe import label

st.set_page_config("onrecord", ":material/format_quote:", layout="centered", menu_items={"About": "onrecord: who said what."})
style.show()


@st.cache_resource(show_spinner="Opening the archive…")
def open_archive(settings: rag.Settings) -> rag.Archive:
    """One archive for all readers, known by its folder and the other settings."""
    return rag.open_archive(settings.archive, settings)


try:
    archive = open_archive(rag.Settings.from_env())
    held = sidebar.size_of(archive)
except rag.OnrecordError as error:
    st.error(label(str(error), 2000))
    st.stop()

talk = conversation.current()
beside = st.container(key="beside")
st.title("onrecord", anchor=False)
st.html('<p class="what">Ask who said what. Every answer is the articles’ own words, each with the place it stands in.</p>')

if held.articles == 0:
    add.first(archive)
    st.stop()

with st.sidebar:
    sidebar.show(archive, talk)

view = st.segmented_control(
    "Page", ["Ask", "People quoted"], default="Ask", key="view", label_visibility="collapsed", required=True
)
asked = st.chat_input("Ask, for example: what did … say about …?", key="question", max_chars=10_000)
if asked:
    conversation.ask_now(asked)
if talk.opened:
    with beside:
        article.show(archive, talk.opened, talk.clicks)
if view == "People quoted" and not asked:
    people.show(archive)
else:
    chat.show(archive, talk)
