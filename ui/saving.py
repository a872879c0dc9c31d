"""An answer's evidence as a file, to be kept beside a story."""

from __future__ import annotations

import re
from functools import partial

import streamlit as st

from rag import Answer, Archive, packet


def table(answer: Answer, archive: Archive) -> str:
    """The packet as CSV, with the mark without which Excel reads no UTF-8."""
    return "\ufeff" + packet.to_csv(answer, archive)


_FORMATS = (
    ("Markdown", "md", "text/markdown", packet.to_markdown),
    ("JSON", "json", "application/json", packet.to_json),
    ("CSV", "csv", "text/csv", table),
)


def buttons(answer: Answer, archive: Archive, key: str) -> None:
    """One download for each format; the file is made when it is asked for."""
    with st.popover("Save the evidence", icon=":material/download:", key=f"save-{key}", type="tertiary"):
        for name, ending, mime, write in _FORMATS:
            st.download_button(
                name,
                partial(write, answer, archive),
                file_name=f"{file_name(answer.understood.text)}.{ending}",
                mime=mime,
                on_click="ignore",
                key=f"save-{key}-{ending}",
                width="stretch",
            )


def file_name(question: str) -> str:
    """A name that every file system takes, made of the question's words.

    >>> file_name("What did Ms Tarrant say about ../the bridge?")
    'what-did-ms-tarrant-say-about-the-bridge'
    """
    return re.sub(r"[^a-z0-9]+", "-", question.lower()).strip("-")[:60].rstrip("-") or "answer"
