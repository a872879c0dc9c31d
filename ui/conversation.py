"""What one reader has asked and has open. Kept in the browser session's state, never shared between readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import streamlit as st

from rag import Answer, Archive, Citation, Filters, Question
from rag.domain import Span
from rag.text import fold, words
from ui import focus
from ui.work import Work, sentence, start


@dataclass(slots=True)
class Turn:
    """A question, and its answer once there is one. `error` is a whole sentence."""

    question: str
    filters: Filters
    work: Work[Answer, Answer] | None = None
    """None: it waits until the questions before it are answered, because it may refer to them."""
    answer: Answer | None = None
    error: str | None = None

    @property
    def finished(self) -> bool:
        return self.answer is not None or self.error is not None


@dataclass(frozen=True, slots=True)
class Opened:
    """The article beside the conversation. `span` was clicked; `beside` is the rest of the same statement."""

    article_id: str
    span: Span | None
    beside: tuple[Span, ...] = ()
    text: str = ""
    """The words that were cited, to find them again if the article has changed since."""
    line: str = ""
    """The key of the line that was clicked, so that it stays in view."""
    button: str = ""
    """The key of the button that was clicked, for the focus to go back to."""


@dataclass(slots=True)
class Conversation:
    turns: list[Turn] = field(default_factory=list)
    opened: Opened | None = None
    clicks: int = 0
    """Counts what was opened, so that the page scrolls once for each."""
    filters: Filters = Filters()


def current() -> Conversation:
    """This reader's conversation."""
    if "conversation" not in st.session_state:
        st.session_state.conversation = Conversation()
    found: Conversation = st.session_state.conversation
    return found


def ask(question: str) -> None:
    """Puts a question; the chat answers it when it is drawn."""
    if question.strip():
        st.session_state.view = "Ask"
        conversation = current()
        conversation.turns.append(Turn(question.strip(), conversation.filters))


def ask_of(question: Question, name: str) -> None:
    """Asks it again of the person whom the reader has chosen. A speaker among the filters becomes this one: it goes
    before any name in the question."""
    conversation = current()
    filtered = bool(conversation.filters.speaker)
    if filtered:
        st.session_state["filter-speaker"] = name
        conversation.filters = replace(conversation.filters, speaker=name)
    ask(with_name(question, name, filtered))


def with_name(question: Question, name: str, filtered: bool = False) -> str:
    """What was asked with the chosen name in the place of the one that several have; `filtered`: a filter names them, so
    the question needn't.

    >>> with_name(Question("", speaker="Holm", asked="How has Holm's view changed?"), "Ina Holm")
    "How has Ina Holm's view changed?"
    """
    asked = " ".join(fold(question.asked).split())
    if named := re.search(rf"(?<!\w)(?:the )?{re.escape(question.speaker or name)}(?!\w)", asked, re.IGNORECASE):
        return f"{asked[: named.start()]}{name}{asked[named.end() :]}"
    about = f" about {question.topic}" if question.topic else ""
    return asked if filtered else f"What did {name} say{about}?"


def ask_typed() -> None:
    """Puts the question that stands in the chat's field."""
    ask(st.session_state.question or "")


def begin_anew() -> None:
    """An empty conversation with the same filters; an answer still being written is let go."""
    st.session_state.conversation = Conversation(filters=current().filters)


def open_citation(citation: Citation, beside: tuple[Citation, ...], line: str, button: str) -> None:
    """Opens the cited article at the cited words."""
    others = tuple((c.start, c.end) for c in beside if c.article_id == citation.article_id and c != citation)
    _open(Opened(citation.article_id, (citation.start, citation.end), others, citation.text, line, button))


def open_copy(archive: Archive, article_id: str, text: str, line: str, button: str) -> None:
    """Opens another article that carries the same words, at those words."""
    article = archive.article(article_id)
    _open(Opened(article_id, find_words(article.text, text) if article else None, (), text, line, button))


def close_article() -> None:
    """Closes it; the focus goes back to the button that had opened it."""
    conversation = current()
    if conversation.opened:
        focus.want(f".st-key-{conversation.opened.button} button")
    conversation.opened = None


def _open(opened: Opened) -> None:
    conversation = current()
    conversation.opened = opened
    conversation.clicks += 1


def find_words(text: str, wanted: str) -> Span | None:
    """Where the same words stand in the text, whatever their quotation marks and line breaks; None: nowhere.

    >>> find_words("He said: ‘It  is\\nopen.’", '"it is open"')
    (10, 21)
    """
    names = [word for word, _ in words(wanted)]
    found = list(words(text))
    for at in range(len(found) - len(names) + 1 if names else 0):
        if all(found[at + i][0] == name for i, name in enumerate(names)):
            return found[at][1][0], found[at + len(names) - 1][1][1]
    return None


# -- answering ---------------------------------------------------------------------------------------------------


def set_going(conversation: Conversation, turn: Turn, archive: Archive) -> Work[Answer, Answer]:
    """The work on this turn's answer, begun at the first call; the answers before it are its history."""
    if turn.work is None:
        before = conversation.turns[: conversation.turns.index(turn)]
        history = [t.answer for t in before if t.answer]
        turn.work = start(partial(_answer, archive, turn.question, history, turn.filters))
    return turn.work


def take_over(turn: Turn) -> None:
    """Notes what the finished work came to."""
    assert turn.work is not None
    turn.answer = turn.work.result
    turn.error = sentence(turn.work.error) if turn.work.error else None


def _answer(
    archive: Archive, question: str, history: list[Answer], filters: Filters, tell: Callable[[Answer], None]
) -> Answer:
    """With a chat model the answer is told as it grows; without one it is there at once."""
    if archive.settings.model is None:
        return archive.ask(question, history=history, filters=filters)
    answer: Answer | None = None
    for answer in archive.chain().stream({"question": question, "history": history, "filters": filters}):
        tell(answer)
    assert answer is not None
    return answer
