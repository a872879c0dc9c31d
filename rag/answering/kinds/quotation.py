"""Whether somebody really said these words: the quote check as an answer."""

from __future__ import annotations

from dataclasses import replace

from rag import quotes
from rag.answering.kinds.result import answered, refuse
from rag.domain import Answer, Filters, Line, LineForm, Question
from rag.holdings import Holdings


def quote_check(holdings: Holdings, question: Question) -> Answer:
    """ "Did X really say …?" is answered by the quote check."""
    check = quotes.check(holdings, question.quote or "", question.speaker)
    note = check.explanation
    if question.filters:
        question = replace(question, filters=Filters())
        note = f"{note} Quotations are looked for in all articles, whatever the filters leave."
    if check.citation is None:
        return refuse(question, note)
    form: LineForm = "quoted" if check.citation.speaker else "fact"  # nobody's words: the article's own
    line = Line(check.citation.text, (check.citation,), check.citation.speaker, form, remark=check.verdict)
    if check.verdict == "not_found":
        return refuse(question, note, [replace(line, remark=None)])
    return replace(answered(holdings, question, [line]), note=note)
