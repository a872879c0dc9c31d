"""The conversation on the page."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag import Archive
from ui import answer, saving
from ui.conversation import Conversation, Turn, ask, set_going, take_over
from ui.examples import examples
from ui.safe import escape, label
from ui.work import sentence

_TICK = 0.1  # seconds between two looks at an answer that is being made
# No article text in it. Once for each question, so that a reader who has scrolled isn't thrown about by a click.
_TO_LAST = """<script>/* {count} */
(() => {{
  let touched = false;
  const go = () => {{
    const asked = document.querySelectorAll(".asked");
    if (asked.length && !touched) asked[asked.length - 1].scrollIntoView({{block: "start", behavior: "instant"}});
  }};
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(kind, () => {{ touched = true; }}, {{once: true, passive: true}});
  for (const wait of [150, 400, 800]) setTimeout(go, wait);
}})();
</script>"""
"""To the last question, and there again while a slow page is still being drawn, until the reader does something."""


def show(archive: Archive, conversation: Conversation) -> None:
    """Every turn in order; the first one without an answer is answered now."""
    suggestions = st.empty()  # always there: what has no place any more would stand on the page while an answer is made
    if not conversation.turns:
        with suggestions.container():
            _suggestions(archive)
        return
    for number, turn in enumerate(conversation.turns):
        with st.container(key=f"turn-{number}"):
            st.html(f'<h2 class="asked">{escape(turn.question)}</h2>')
            growing, status = st.empty(), st.empty()  # for every turn, so that nothing of it moves once it is answered
            if not turn.finished:
                _await(conversation, turn, archive, f"{number}", growing, status)
            _finished(turn, archive, f"{number}")
    st.html(_TO_LAST.format(count=len(conversation.turns)), unsafe_allow_javascript=True)
    _again(conversation)  # last, since what comes and goes moves what is below, and a script that moves runs again


def _finished(turn: Turn, archive: Archive, key: str) -> None:
    if turn.error:
        st.error(label(turn.error, 2000))
    elif turn.answer:
        answer.show(turn.answer, archive, key)
        if turn.answer.understood.kind != "nothing":
            saving.buttons(turn.answer, archive, key)


def _await(
    conversation: Conversation,
    turn: Turn,
    archive: Archive,
    key: str,
    growing: DeltaGenerator,
    status: DeltaGenerator,
) -> None:
    """Shows the answer as it grows. A click elsewhere ends this run of the page, not the work; the next run goes on."""
    wait = 0.0 if turn.work else _TICK  # a click has ended the run before this one: show at once where it stood
    work = set_going(conversation, turn, archive)
    shown = None
    while not work.done.wait(wait):
        wait = _TICK
        status.html(
            '<p class="working" role="status">Looking through the articles…</p>'
        )  # also lets a click come through
        if work.latest is not None and work.latest is not shown:
            shown = work.latest
            with growing.container():
                answer.show(shown, archive, f"{key}-growing", clickable=False)
    growing.empty()
    status.empty()
    take_over(turn)


def _suggestions(archive: Archive) -> None:
    """Questions to begin with. While they are worked out the reader can already type."""
    work = examples(archive)
    status = st.empty()
    while not work.done.wait(_TICK):
        status.html('<p class="working" role="status">Looking at who says what in this archive…</p>')
    status.empty()
    if work.error is not None:
        st.error(label(sentence(work.error), 2000))
    if work.result:
        st.html('<p class="suggest">Questions that this archive can answer:</p>')
        with st.container(key="examples"):
            for n, question in enumerate(work.result):
                st.button(label(question), key=f"example-{n}", on_click=ask, args=(question,))


def _again(conversation: Conversation) -> None:
    """The filters have changed since the last question: it can be asked again with them."""
    last = conversation.turns[-1]
    if last.finished and last.filters != conversation.filters:
        parts = ", ".join(value for _, value in answer.filter_parts(conversation.filters)) or "without filters"
        st.button(
            f"Ask again: {label(parts)}", icon=":material/replay:", key="again", on_click=ask, args=(last.question,)
        )
