"""Evidence to lines: what the reader sees, cut out of the articles."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.evidence.measure import Evidence
from rag.domain import Citation, Line, Span, cite
from rag.text import words
from rag.turning import DENYING
from rag.who import Who

BESIDE = 60
"""Characters at most between a verb and the words that it brings."""
LABELLING = frozenset(
    """call calls called calling describe describes described describing brand brands branded branding label labels labelled
    labeled dub dubs dubbed term terms termed portray portrays portrayed praise praises praised""".split()
)


def statement_lines(found: Sequence[Evidence], who: Who) -> list[Line]:
    """One line a statement; the same words of one speaker in several articles are one line, cited from the earliest."""
    return [_statement_line(group[0], _elsewhere(group), who)
            for group in _copies(found, who)]  # fmt: skip


def said_lines(found: Sequence[Evidence], who: Who) -> list[Line]:
    """`statement_lines` in time order."""
    return statement_lines(in_time_order(found), who)


def in_time_order(found: Sequence[Evidence]) -> list[Evidence]:
    """By date, then article, then place; undated articles last."""
    return sorted(
        found,
        key=lambda e: (
            e.article.published is None,
            e.article.published.timestamp() if e.article.published else 0.0,
            e.article.id,
            e.start,
        ),
    )


def oldest_first(lines: Sequence[Line]) -> list[Line]:
    """Lines of any form by date, then place; undated ones last."""

    def when(line: Line) -> tuple[bool, float, str, int]:
        c = line.citations[0]
        return (c.published is None, c.published.timestamp() if c.published else 0.0, c.article_id, c.start)

    return sorted(lines, key=when)


def fact_lines(found: Sequence[Evidence], who: Who) -> list[Line]:
    """One line a sentence, with its speaker where it is somebody's words; copies in other articles are one line."""
    lines = []
    for group in _copies(found, who):
        first = group[0]
        speaker, role, remark = _speaker(first, who) if first.statement else (None, None, None)
        citation = cite(first.article, first.spans[0], speaker, _elsewhere(group))
        lines.append(Line(citation.text, (citation,), speaker, "fact", role, remark, short=first.short))
    return lines


def citations(lines: Sequence[Line]) -> tuple[Citation, ...]:
    """All citations in reading order, each once."""
    return tuple(dict.fromkeys(c for line in lines for c in line.citations))


def _copies(found: Sequence[Evidence], who: Who) -> list[list[Evidence]]:
    """Grouped by who says it and in what words, in the order of the first of each."""
    groups: dict[tuple[str | None, str], list[Evidence]] = {}
    for e in found:
        speaker = _speaker(e, who)[0] if e.statement else None
        groups.setdefault((speaker, _same_words(e)), []).append(e)
    return list(groups.values())


def _elsewhere(group: Sequence[Evidence]) -> tuple[str, ...]:
    """The other articles that have the words of the first."""
    return tuple(dict.fromkeys(e.article.id for e in group if e.article.id != group[0].article.id))


def _same_words(e: Evidence) -> str:
    text = " ".join(e.article.cut(span) for span in e.spans)
    return " ".join(w for w, _ in words(text)) or f"{e.article.id}:{e.start}"


def _statement_line(e: Evidence, also: tuple[str, ...], who: Who) -> Line:
    assert e.statement is not None
    speaker, role, remark = _speaker(e, who)
    cited = tuple(cite(e.article, span, speaker, also) for span in _with_cue(e))
    quoted = e.statement.form != "reported"
    return Line(" … ".join(c.text for c in cited), cited, speaker, "quoted" if quoted else "reported", role, remark)


def _with_cue(e: Evidence) -> Sequence[Span]:
    """Its spans, the first one from the verb on where the words mean another thing without it: "denied that he knew",
    "criticised the fares", "called it a mistake"."""
    (start, end), *rest = e.spans
    statement = e.statement
    if statement is None or statement.cue is None or statement.cue[1] > start:
        return e.spans
    between = e.article.text[statement.cue[1] : start]
    if len(between) > BESIDE or "\n" in between:
        return e.spans
    verb = e.article.cut(statement.cue).lower()
    told = statement.kind == "position" or verb in DENYING or verb in LABELLING
    return ((statement.cue[0], end), *rest) if told else e.spans


def _speaker(e: Evidence, who: Who) -> tuple[str | None, str | None, str | None]:
    """(name, role, remark) of a statement's speaker: the archive's name for them, or the article's description."""
    statement = e.statement
    assert statement is not None
    remarks: list[str] = []
    if statement.kind == "position":
        remarks.append("a position, in the article's words")
    elif statement.kind == "believed":
        remarks.append("what they think, in the article's words")
    if statement.found == "continued quote":
        remarks.append("speaker inferred: the quotation goes on")
    if statement.speaker is None:
        described = statement.described or statement.source
        name = e.article.cut(described) if described else None
        remarks.append("the article does not name the speaker")
        return name, None, "; ".join(remarks)
    people = who.named(statement.speaker)
    person = next((p for p in people if e.article.id in p.articles), None)
    name = person.name if person and ";" not in statement.speaker else statement.speaker
    role = person.roles[0] if person and person.roles else None
    return name, role, "; ".join(remarks) or None
