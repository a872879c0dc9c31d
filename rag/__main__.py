"""The shell's way in: python -m rag ask | search | check | people."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from rag.archive import Archive, open_archive
from rag.domain import Answer, Line, QuoteCheck
from rag.errors import OnrecordError


def main(argv: Sequence[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    try:
        with open_archive(args.archive) as archive:
            return int(args.run(archive, args))
    except OnrecordError as e:
        print(e, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag", description="Ask a news archive who said what.")
    parser.add_argument(
        "--archive", metavar="DIR", help="the archive's folder (default: ONRECORD_ARCHIVE, else archive)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer a question from the articles' own words")
    ask.add_argument("question")
    ask.set_defaults(run=_ask)
    search = commands.add_parser("search", help="find passages")
    search.add_argument("query")
    search.add_argument("-k", type=int, default=8, help="how many (default: 8)")
    search.set_defaults(run=_search)
    check = commands.add_parser("check", help="check a quotation")
    check.add_argument("quote")
    check.add_argument("--speaker", help="who is said to have said it")
    check.set_defaults(run=_check)
    people = commands.add_parser("people", help="list who is quoted")
    people.set_defaults(run=_people)
    for command in (ask, search, check, people):  # behind the command as well, where people type it
        command.add_argument("--archive", metavar="DIR", default=argparse.SUPPRESS, help="the archive's folder")
    return parser


def _ask(archive: Archive, args: argparse.Namespace) -> int:
    with ThreadPoolExecutor(1) as beside:
        beside.submit(archive.warm)
        answer = archive.ask(args.question)
    print(as_text(answer))
    return 0 if answer.answered else 1


def _search(archive: Archive, args: argparse.Namespace) -> int:
    for number, hit in enumerate(archive.search(args.query, args.k), 1):
        print(
            f"{number}. {hit.article.title} ({hit.passage.article_id}, {hit.passage.start}-{hit.passage.end})\n{hit.text}\n"
        )
    return 0


def _check(archive: Archive, args: argparse.Namespace) -> int:
    check: QuoteCheck = archive.check_quote(args.quote, args.speaker)
    print(f"{check.verdict.replace('_', ' ')}: {check.explanation}")
    if check.citation:
        print(f"  {check.citation.text}\n  {check.citation.title} ({check.citation.article_id})")
    return 0 if check.verdict == "verbatim" else 1


def _people(archive: Archive, args: argparse.Namespace) -> int:
    for person in archive.people():
        role = f", {person.roles[0]}" if person.roles else ""
        print(f"{person.statements:5d}  {person.name}{role}")
    return 0


def as_text(answer: Answer) -> str:
    """An answer for a terminal: what was understood, the lines under their speakers, the citations by number."""
    out = [answer.understood.text]
    number = {c: n for n, c in enumerate(answer.citations, 1)}
    speaker: object = object()
    for line in answer.lines:
        who = _who(line)
        if who != speaker:
            speaker = who
            out += ["", who] if who else [""]
        marks = "".join(f"[{number[c]}]" for c in line.citations)
        remark = f" ({line.remark})" if line.remark else ""
        out.append(f"  {line.text} {marks}{_form(line)}{remark}")
    if answer.note:
        out += ["", answer.note]
    out += [f"  ~ {_who(line)}: {line.text}" if _who(line) else f"  ~ {line.text}" for line in answer.nearby]
    if answer.citations:
        out.append("")
    for c, n in number.items():
        when = f", {c.published:%-d %B %Y}" if c.published else ""
        also = f"; also in {', '.join(c.also_in)}" if c.also_in else ""
        out.append(
            f"[{n}] {c.title}{', ' + c.source if c.source else ''}{when} ({c.article_id}, {c.start}-{c.end}{also})"
        )
    return "\n".join(out)


def _form(line: Line) -> str:
    if line.form == "written":
        return " written by the chat model" + ("" if line.supported else ", NOT SUPPORTED")
    return " reported" if line.form == "reported" else ""


def _who(line: Line) -> str:
    return ", ".join(filter(None, (line.speaker, line.role)))


if __name__ == "__main__":
    gc.disable()  # a command is over before there is anything to collect, and of many people looking takes half a second
    sys.exit(main())
