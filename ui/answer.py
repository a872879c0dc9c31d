"""One answer on the page: what was understood, the lines under their speakers, the citations, and refusals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

import streamlit as st

from rag import Answer, Archive, Article, Citation, Filters, Line, Question
from rag.answering.notes import ask_back
from rag.text import clip
from ui import conversation
from ui.safe import escape, label

OUTLET = 60  # characters of an outlet or a title that are named on a button; its date is never cut
MOST_COPIES = 3  # other articles with the same words that are named beside a citation


def show(answer: Answer, archive: Archive, key: str, clickable: bool = True) -> None:
    """The whole answer. `key` names it on the page; `clickable` is False while it still grows."""
    _understood(answer.understood)
    if not answer.answered:
        _refusal(answer, archive, key, clickable)
        return
    number = numbers(answer)
    if answer.understood.kind == "quote check":
        st.html(verdict_html(answer))
        _groups([replace(line, remark=None) for line in answer.lines], number, archive, key, clickable)
        return
    _groups(answer.lines, number, archive, key, clickable)
    if answer.note:
        st.html(f'<p class="note">{escape(answer.note)}</p>')
    if clickable:
        _choices(answer, key)
    _nearest(answer, archive, key, clickable)


def verdict_html(answer: Answer) -> str:
    """What became of a quotation that was asked about, before the words that really stand there."""
    verdict = (answer.lines[0].remark or "").replace("_", " ").capitalize()
    return f'<p class="verdict"><strong>{escape(verdict)}.</strong> {escape(answer.note or "")}</p>'


def _refusal(answer: Answer, archive: Archive, key: str, clickable: bool) -> None:
    st.html(f'<div class="refusal" role="status"><p>{escape(answer.note or "Not in these articles.")}</p></div>')
    if clickable:
        _choices(answer, key)
    _nearest(answer, archive, key, clickable)


def numbers(answer: Answer) -> dict[Citation, int]:
    """The reader's number of each citation, as in a saved packet: those of what is nearest go on from the answer's."""
    nearby = (c for line in answer.nearby for c in line.citations)
    return {c: n for n, c in enumerate(dict.fromkeys([*answer.citations, *nearby]), 1)}


def _nearest(answer: Answer, archive: Archive, key: str, clickable: bool) -> None:
    """What comes near where nothing answers, be it to one of several questions."""
    if answer.nearby:
        st.html('<p class="nearest-head">Nearest in the archive. This does not answer the question.</p>')
        with st.container(key=f"nearest-{key}"):
            _groups(answer.nearby, numbers(answer), archive, f"{key}-near", clickable)


def _choices(answer: Answer, key: str) -> None:
    """Where several people could be meant, in the question or in one of several: a click asks it with the full name."""
    for part, question in enumerate((answer.understood, *answer.understood.parts)):
        if not question.choices or ask_back(question) not in (answer.note or ""):
            continue  # nobody need choose, or it was clear who is meant
        with st.container(horizontal=True, key=f"choices-{key}-{part}"):
            for n, name in enumerate(question.choices):
                st.button(
                    label(name),
                    key=f"choice-{key}-{part}-{n}",
                    on_click=conversation.ask_of,
                    args=(question, name),
                )


# -- what was understood -----------------------------------------------------------------------------------------


def _understood(question: Question) -> None:
    parts = " ".join(
        f'<span class="chip"><span class="chip-name">{name}</span> {escape(value)}</span>'
        for name, value in understood_parts(question)
    )
    if parts:
        st.html(f'<p class="understood" aria-label="Understood as">{parts}</p>')


def understood_parts(question: Question) -> list[tuple[str, str]]:
    """(what, value) of everything that was understood; nothing for what couldn't be read as a question."""
    if question.kind == "nothing":
        return []
    parts = [("speaker", question.speaker)] if question.speaker else []
    if question.kind == "quote check" and question.quote:
        parts.append(("quotation", f"“{question.quote}”"))
    elif question.kind not in ("fact", "several") and question.topic:
        parts.append(("topic", question.topic))
    elif question.kind == "fact":
        parts.append(("looked for", question.text))
    if question.kind == "several":
        return [part for asked in question.parts for part in understood_parts(asked)]
    if question.stance:
        parts.append(("side", question.stance))
    if question.besides:
        parts.append(("besides", ", ".join(question.besides)))
    if compared := [moment.words for moment in question.moments] or question.alternatives:
        parts.append(("compared", " and ".join(compared)))
    return parts + filter_parts(question.filters)


def filter_parts(filters: Filters) -> list[tuple[str, str]]:
    """(what, value) of the filters that are set. `until` is exclusive; the reader is shown the last day within."""
    since, until = filters.since, filters.until
    parts = [("speaker", filters.speaker)] if filters.speaker else []
    if filters.source:
        parts.append(("outlet", filters.source))
    if since and until:
        parts.append(("time", f"{day(since)} to {day(_last_day(until))}"))
    elif since:
        parts.append(("time", f"since {day(since)}"))
    elif until:
        parts.append(("time", f"until {day(_last_day(until))}"))
    return parts


def _last_day(until: datetime) -> datetime:
    return until - timedelta(microseconds=1)


def day(when: datetime) -> str:
    """A date as an English reader writes it: "4 March 2024"."""
    return f"{when.day} {when:%B %Y}"


# -- lines -------------------------------------------------------------------------------------------------------


def _groups(lines: Sequence[Line], number: dict[Citation, int], archive: Archive, key: str, clickable: bool) -> None:
    at = 0
    for (speaker, role), group in groupby(lines, key=lambda line: (line.speaker, line.role)):
        if speaker:
            st.html(speaker_html(speaker, role))
        for line in group:
            _line(line, number, archive, f"{key}-{at}", clickable)
            at += 1


def _line(line: Line, number: dict[Citation, int], archive: Archive, key: str, clickable: bool) -> None:
    opened = conversation.current().opened
    state = "open" if opened and opened.line == key else "shut"
    with st.container(key=f"line-{state}-{key}", gap=None):
        st.html(line_html(line))
        if not clickable:
            st.html(f'<p class="plain-citations">{"".join(f"[{number[c]}] " for c in line.citations)}</p>')
            return
        with st.container(horizontal=True, gap="small", key=f"cites-{key}"):
            for n, citation in enumerate(line.citations):
                again = n > 0 and citation.article_id == line.citations[n - 1].article_id
                st.button(
                    citation_label(number[citation], None if again else citation),
                    key=f"cite-{key}-{n}",
                    type="tertiary",
                    on_click=conversation.open_citation,
                    args=(citation, line.citations, key, f"cite-{key}-{n}"),
                )
            _copies(line, archive, key)


def _copies(line: Line, archive: Archive, key: str) -> None:
    """Other articles that carry the same words; a click opens them there."""
    first = line.citations[0] if line.citations else None
    if first is None or not first.also_in:
        return
    for n, id in enumerate(first.also_in[:MOST_COPIES]):
        article = archive.article(id)
        if article is None:
            continue
        st.button(
            f"also in {label(place(article.source, article.title, article.published))}",
            key=f"copy-{key}-{n}",
            type="tertiary",
            on_click=conversation.open_copy,
            args=(archive, id, first.text, key, f"copy-{key}-{n}"),
        )
    if len(first.also_in) > MOST_COPIES:
        st.html(f'<span class="more-copies">and {len(first.also_in) - MOST_COPIES} more</span>')


def place(source: str | None, title: str, published: datetime | None) -> str:
    """Where words stand, in few words: the outlet, or the title where the file names none, and the date."""
    return ", ".join(filter(None, (clip(source or title, OUTLET), day(published) if published else None)))


def citation_label(number: int, citation: Citation | None) -> str:
    """A citation's button: its number, and where it stands unless the one before it has just said so."""
    where = label(place(citation.source, citation.title, citation.published)) if citation else ""
    return f":primary[\\[{number}\\]] {where}".strip()


def byline(article: Article) -> str:
    """Outlet, authors and date of an article, as far as it tells them."""
    parts: Iterable[str | None] = (
        article.source,
        ", ".join(article.authors),
        day(article.published) if article.published else None,
    )
    return " · ".join(filter(None, parts))


def speaker_html(speaker: str, role: str | None) -> str:
    shown = f'<span class="role">, {escape(role)}</span>' if role else ""
    return f'<h3 class="speaker">{escape(speaker[:1].upper() + speaker[1:])}{shown}</h3>'


_MARKS = {"reported": "reported", "written": "written by the model, checked against the passages"}


def line_html(line: Line) -> str:
    """One line: a quotation as a quotation, anything else as a paragraph that says what it is."""
    tags = [_MARKS[line.form]] if line.form in _MARKS and line.supported else []
    if not line.supported:
        tags = ["written by the model; the passages do not support it"]
    if line.remark:
        tags.append(line.remark)
    marks = " ".join(f'<span class="tag">{escape(tag)}</span>' for tag in tags)
    element = "blockquote" if line.form == "quoted" else "p"
    unsupported = "" if line.supported else " unsupported"
    return f'<div class="line {line.form}{unsupported}"><{element}>{_words_html(line)}</{element}>{marks}</div>'


def _words_html(line: Line) -> str:
    """A line's words, the short answer of a fact marked in them."""
    if line.short is None or not line.citations:
        return escape(line.text)
    start, end = (at - line.citations[0].start for at in line.short)
    before, short, behind = line.text[:start], line.text[start:end], line.text[end:]
    return f'{escape(before)}<mark class="short">{escape(short)}</mark>{escape(behind)}'
