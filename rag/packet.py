"""An answer as an evidence packet: everything an editor needs to check it again, and the check itself.

The JSON packet (UTF-8, keys as below; all offsets count characters of the article's text as the archive holds it):

    format         "onrecord evidence packet"
    format_version 1
    question       {asked, understood, kind, speaker, topic, quote, source, since, until}; dates in ISO 8601 or null
    answered       true or false
    note           why there is no answer, or what else there is; or null
    lines          [{number, text, form, speaker, role, remark, supported, citations}], citations as numbers
    nearby         the same for what is offered beside a refusal
    citations      [{number, article_id, title, source, url, published, version, content_hash, start, end, text,
                   speaker, also_in, context}]; context is {start, end, text}, the paragraphs around
    made_with      {onrecord, archive_layout, embedder, writer}; writer is the chat model or null
    seal           SHA-256 (hex) over the rest, as JSON with sorted keys and no spaces

The seal shows that a packet was changed by accident or carelessly; it is no signature, since anybody can compute it.
What it can't show, `verify_packet` finds against the archive: words that never stood there, another speaker, another
title, lines that say more than their citations. What it can't check, it says (`Findings.not_checked`).

CSV has a row for each citation of each line. A cell that a spreadsheet would take for a formula (it begins with
= + - @, a tab or a line break) gets an apostrophe in front. In Markdown, article text is escaped: it is never markup.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from rag.answering.checking.verify import check_sentence
from rag.domain import Answer, Article, Citation, Line, Span, Verdict, cite
from rag.errors import BadInput
from rag.stores.catalogue import LAYOUT, Version, content_hash
from rag.text import paragraphs
from rag.turning import DENYING
from rag.verbatim import denied, wording
from rag.voices import Voices

if TYPE_CHECKING:
    from rag.archive import Archive

FORMAT, FORMAT_VERSION = "onrecord evidence packet", 1

Status = Literal["confirmed", "stands", "moved", "earlier version", "missing", "false", "tampered"]
"""What became of a citation. confirmed: the words are there, and the article is unchanged. stands: the words are
there, but something else about the article has changed. moved: they stand elsewhere in its present version. earlier
version: only in an earlier version. missing: in no version that the archive has. false: the archive has this very
version, and it contradicts the packet. tampered: the packet contradicts itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What checking one citation, one line or the packet as a whole gave."""

    status: Status
    message: str
    """One sentence."""
    citation: int | None = None
    """The citation's number, or None: it is about a line or the whole packet."""
    now: Citation | None = None
    """Where the words stand in the archive's present version."""

    @property
    def holds(self) -> bool:
        """Whether the words are still in the archive's present version, and nothing contradicts the packet."""
        return self.status in ("confirmed", "stands", "moved")


class Findings(list[Finding]):
    """What checking a packet gave, and what it doesn't tell."""

    not_checked = (
        "Not checked: the question as it was asked, the note, remarks, what is said to stand in other articles, too, what"
        " the packet was made with, and whether lines were taken out. Of a version that is no longer the present one"
        " neither role nor form are looked at."
    )


# -- the packet --------------------------------------------------------------------------------------------------


def to_dict(answer: Answer, archive: Archive) -> dict[str, Any]:
    """The packet as plain data, sealed; see the head of this file."""
    cited = _cited(answer)
    numbers = {citation: n for n, citation in enumerate(cited, 1)}
    asked = answer.understood
    packet: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "question": {
            "asked": asked.asked or asked.text,
            "understood": asked.text,
            "kind": asked.kind,
            "speaker": asked.speaker,
            "topic": asked.topic,
            "quote": asked.quote,
            "source": asked.filters.source,
            "since": _iso(asked.filters.since),
            "until": _iso(asked.filters.until),
        },
        "answered": answer.answered,
        "note": answer.note,
        "lines": [_line(n, line, numbers) for n, line in enumerate(answer.lines, 1)],
        "nearby": [_line(n, line, numbers) for n, line in enumerate(answer.nearby, 1)],
        "citations": [_citation(n, citation, archive) for citation, n in numbers.items()],
        "made_with": {
            "onrecord": _version(),
            "archive_layout": LAYOUT,
            "embedder": archive.holdings.embedder.name,
            "writer": archive.settings.model if any(line.form == "written" for line in answer.lines) else None,
        },
    }
    return {**packet, "seal": seal(packet)}


def to_json(answer: Answer, archive: Archive) -> str:
    """The packet as JSON; `verify_packet` reads it."""
    return json.dumps(to_dict(answer, archive), ensure_ascii=False, indent=2) + "\n"


def seal(packet: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over a packet, its own seal left out."""
    rest = {key: value for key, value in packet.items() if key != "seal"}
    data = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def _cited(answer: Answer) -> list[Citation]:
    """In the reader's order, then those of nearby lines."""
    nearby = [c for line in answer.nearby for c in line.citations]
    return list(dict.fromkeys([*answer.citations, *(c for line in answer.lines for c in line.citations), *nearby]))


def _line(number: int, line: Line, numbers: Mapping[Citation, int]) -> dict[str, Any]:
    return {
        "number": number,
        "text": line.text,
        "form": line.form,
        "speaker": line.speaker,
        "role": line.role,
        "remark": line.remark,
        "supported": line.supported,
        "citations": [numbers[c] for c in line.citations],
    }


def _citation(number: int, citation: Citation, archive: Archive) -> dict[str, Any]:
    held = _as_cited(citation, archive)
    return {
        "number": number,
        "article_id": citation.article_id,
        "title": citation.title,
        "source": citation.source,
        "url": citation.url,
        "published": _iso(citation.published),
        "version": held.version if held else None,
        "content_hash": held.content_hash if held else None,
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
        "speaker": citation.speaker,
        "also_in": list(citation.also_in),
        "context": _context(held.text, citation) if held else None,
    }


def _as_cited(citation: Citation, archive: Archive) -> Article | Version | None:
    """The version of the article that was cited: the last one that has the words there. It may have changed since."""
    held = [archive.article(citation.article_id), *archive.holdings.catalogue.versions(citation.article_id)]
    return next((v for v in held if v and v.text[citation.start : citation.end] == citation.text), None)


def _context(text: str, citation: Citation) -> dict[str, Any]:
    """The paragraphs that the words stand in."""
    around = [p for p in paragraphs(text) if p[0] < citation.end and citation.start < p[1]]
    start = min(citation.start, around[0][0]) if around else citation.start
    end = max(citation.end, around[-1][1]) if around else citation.end
    return {"start": start, "end": end, "text": text[start:end]}


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _version() -> str:
    try:
        return metadata.version("onrecord")
    except metadata.PackageNotFoundError:  # run from a checkout that isn't installed
        return "not installed"


# -- for people --------------------------------------------------------------------------------------------------


def to_markdown(answer: Answer, archive: Archive) -> str:
    """The packet for reading and printing."""
    packet = to_dict(answer, archive)
    question, made = packet["question"], packet["made_with"]
    parts = [f"# {escape_markdown(question['asked'])}"]
    if question["understood"] != question["asked"]:
        parts.append(f"Understood as: {escape_markdown(question['understood'])}")
    if not packet["answered"]:
        parts.append("**No answer in these articles.**")
    if packet["note"]:
        parts.append(escape_markdown(packet["note"]))
    parts += [_line_markdown(line) for line in packet["lines"]]
    if packet["nearby"]:
        parts += ["## Nearest", *(_line_markdown(line) for line in packet["nearby"])]
    if packet["citations"]:
        parts += ["## Evidence", *(_citation_markdown(c) for c in packet["citations"])]
    writer = f"written by {made['writer']} and checked" if made["writer"] else "no chat model"
    parts.append(
        f"Made with onrecord {escape_markdown(made['onrecord'])}, archive layout {made['archive_layout']},"
        f" embedder {escape_markdown(made['embedder'])}, {escape_markdown(writer)}. Seal `{packet['seal']}`"
    )
    return "\n\n".join(parts) + "\n"


def _line_markdown(line: Mapping[str, Any]) -> str:
    whose = f"**{escape_markdown(line['speaker'])}**" if line["speaker"] else ""
    role = escape_markdown(line["role"] or "")
    about = [line["form"], line["remark"], None if line["supported"] else "not supported by the passages"]
    head = ", ".join(part for part in (whose, role) if part)
    marks = " ".join(f"\\[{n}\\]" for n in line["citations"])
    shown = f"{head} ({escape_markdown('; '.join(a for a in about if a))}) {marks}".strip()
    return f"{line['number']}. {shown}\n\n{_quoted(line['text'], '   ')}"


def _citation_markdown(c: Mapping[str, Any]) -> str:
    published = c["published"][:10] if c["published"] else None
    head = ", ".join(escape_markdown(part) for part in (c["title"] or c["article_id"], c["source"], published) if part)
    rows = [f"### \\[{c['number']}\\] {head}", _quoted(c["text"])]
    if c["context"] and c["context"]["text"] != c["text"]:
        rows += ["In context:", _quoted(c["context"]["text"])]
    facts = [
        f"Article {escape_markdown(c['article_id'])}, characters {c['start']} to {c['end']}",
        f"version {c['version']}, content hash `{c['content_hash']}`"
        if c["content_hash"]
        else "not in the archive as cited",
        f"speaker {escape_markdown(c['speaker'])}" if c["speaker"] else "",
        f"also in {escape_markdown(', '.join(c['also_in']))}" if c["also_in"] else "",
        _link(c["url"]),
    ]
    rows.append("; ".join(fact for fact in facts if fact))
    return "\n\n".join(rows)


def _link(url: str | None) -> str:
    if not url:
        return ""
    return f"<{url}>" if re.fullmatch(r"https?://[^\s<>\"`\\]+", url) else escape_markdown(url)


def _quoted(text: str, indent: str = "") -> str:
    rows = [escape_markdown(row) for row in text.splitlines() if row.strip()]
    return f"\n{indent}>\n".join(f"{indent}> {row}" for row in rows)


TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees and that make a browser or an editor show what follows from right to left."""


def escape_markdown(text: str) -> str:
    """Text on one line that any Markdown reader shows as it is: no markup, no HTML, no link, no list, no turned words."""
    text = " ".join(TURNING.sub("", text).split())
    text = re.sub(r"([\\`*_\[\]<>&~|$!{}^=])", r"\\\1", text)
    text = re.sub(r"(?<=[A-Za-z]):(?=\S)|(?<=[Ww]{3})\.|@", lambda m: "\\" + m.group(), text)
    return re.sub(r"^(\d{1,9})([.)])|^([#+\-])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)


COLUMNS = (
    "question", "understood", "answered", "note", "part", "line", "line_text", "form", "line_speaker", "role",
    "remark", "supported", "citation", "quote", "speaker", "context", "article_id", "title", "source", "url",
    "published", "start", "end", "version", "content_hash", "also_in", "onrecord", "archive_layout", "embedder",
    "writer",
)  # fmt: skip
"""Of the CSV packet."""


def to_csv(answer: Answer, archive: Archive) -> str:
    """The packet as a table (RFC 4180): a row for each citation of each line; one row where there is no line."""
    packet = to_dict(answer, archive)
    question = packet["question"]
    whole = {**packet["made_with"], "question": question["asked"], "understood": question["understood"]}
    whole |= {"answered": packet["answered"], "note": packet["note"]}
    cited = {c["number"]: c for c in packet["citations"]}
    rows = [
        whole | _cells(part, line, cited.get(number))
        for part in ("lines", "nearby")
        for line in packet[part]
        for number in line["citations"] or [None]
    ]
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows({key: safe_cell(value) for key, value in row.items()} for row in (rows or [whole]))
    return out.getvalue()


def _cells(part: str, line: Mapping[str, Any], citation: Mapping[str, Any] | None) -> dict[str, Any]:
    cells = {"part": {"lines": "answer", "nearby": "nearby"}[part], "line": line["number"], "line_text": line["text"]}
    cells |= {"form": line["form"], "line_speaker": line["speaker"], "role": line["role"], "remark": line["remark"]}
    cells["supported"] = line["supported"]
    if citation:
        same = (
            "speaker",
            "article_id",
            "title",
            "source",
            "url",
            "published",
            "start",
            "end",
            "version",
            "content_hash",
        )
        cells |= {"citation": citation["number"], "quote": citation["text"], "also_in": "; ".join(citation["also_in"])}
        cells |= {key: citation[key] for key in same}
        cells["context"] = citation["context"]["text"] if citation["context"] else ""
    return cells


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠")) else text


# -- checking it again -------------------------------------------------------------------------------------------


def verify_packet(packet: str | bytes | Path | Mapping[str, Any], archive: Archive) -> Findings:
    """Checks a JSON packet against an archive: one finding a citation, and one for each thing wrong elsewhere in it.

    `packet` is the JSON itself, the data it stands for, or the path of a file that holds it. The result's `not_checked`
    says what no finding is about.

    Raises:
        BadInput: it is no evidence packet, or one of a newer onrecord.
    """
    data = _load(packet)
    findings = Findings()
    try:
        if data.get("seal") != seal(data):
            findings.append(Finding("tampered", "The packet was changed after it was made: its seal doesn't fit."))
        cited = {c["number"]: c for c in data["citations"]}
        if len(cited) < len(data["citations"]):
            findings.append(Finding("tampered", "Two citations have one number."))
        if data["made_with"]["writer"] is None and any(
            line["form"] == "written" for line in [*data["lines"], *data["nearby"]]
        ):
            findings.append(Finding("tampered", "A line is said to be written by a chat model, but none was set."))
        for line in [*data["lines"], *data["nearby"]]:
            findings.extend(_verify_line(line, cited, archive))
        findings.extend(_verify_written([*data["lines"], *data["nearby"]], cited))
        findings.extend(_verify_citation(c, archive) for c in data["citations"])
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as e:
        raise BadInput(f"The packet can't be read: {type(e).__name__} at {e}.") from e
    return findings


def _load(packet: str | bytes | Path | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(packet, Mapping):
        data: Any = packet
    else:
        try:
            if isinstance(packet, Path) or (isinstance(packet, str) and not packet.lstrip().startswith("{")):
                packet = Path(packet).read_bytes()
            data = json.loads(packet)
        except OSError as e:
            raise BadInput(f"The packet can't be read: {e.strerror or e}.") from e
        except RecursionError as e:
            raise BadInput("The packet is not an onrecord evidence packet: its data are nested too deeply.") from e
        except ValueError as e:
            raise BadInput(f"The packet is not JSON ({e}); verify the JSON export, not the Markdown or CSV one.") from e
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise BadInput("This is not an onrecord evidence packet in JSON.")
    if data.get("format_version") != FORMAT_VERSION:
        raise BadInput(f"The packet has format {data.get('format_version')}; this onrecord reads {FORMAT_VERSION}.")
    return data


def _verify_line(line: Mapping[str, Any], cited: Mapping[int, Mapping[str, Any]], archive: Archive) -> list[Finding]:
    """The line rests on its citations and, unless a chat model wrote it, has their words, their speaker and their form; its
    speaker has that role."""
    name = f"Line {line['number']}"
    if any(n not in cited for n in line["citations"]):
        return [Finding("tampered", f"{name} cites what the packet doesn't hold.")]
    wrong = _otherwise(line, [cited[n] for n in line["citations"]], archive)
    if line["form"] == "written":
        return [Finding("false", f"{name} is false: {wrong}.")] if wrong else []
    if not line["citations"]:
        return [Finding("tampered", f"{name} rests on no citation.")]
    if line["text"] != " … ".join(str(cited[n]["text"]) for n in line["citations"]):
        return [Finding("tampered", f"{name} has other words than its citations.")]
    if any(cited[n]["speaker"] != line["speaker"] for n in line["citations"]):
        return [Finding("tampered", f"{name} has another speaker than its citations.")]
    return [Finding("false", f"{name} is false: {wrong}.")] if wrong else []


def _otherwise(line: Mapping[str, Any], citations: Sequence[Mapping[str, Any]], archive: Archive) -> str | None:
    """What the unchanged article tells otherwise of a statement than its line: that it is quoted, who speaks, as what; None
    where it tells nothing else. A quote check shows reported words as what they were asked for."""
    article = archive.article(str(citations[0]["article_id"])) if citations else None
    if article is None or any(c["content_hash"] != article.content_hash for c in citations):
        return None
    known = archive.holdings.who.named(line["speaker"] or "")
    if line["role"] is not None and known and not any(line["role"] in person.roles for person in known):
        return "no article in the archive gives its speaker that role"
    if line["form"] not in ("quoted", "reported") or line["remark"] in get_args(Verdict):
        return None
    statement = _voices(article, archive).statement_at([(int(c["start"]), int(c["end"])) for c in citations])
    if statement is None:
        return None
    if line["speaker"] is None and statement.speaker is not None:
        return f"the words are those of {statement.speaker}, whom it leaves out"
    if (statement.form == "reported") != (line["form"] == "reported"):
        return f"the words are not {line['form']}"
    return None


def _voices(article: Article, archive: Archive) -> Voices:
    return Voices(archive.holdings, archive.holdings.catalogue.keys_of([article.id])[article.id], article)


def _verify_written(lines: Sequence[Mapping[str, Any]], cited: Mapping[int, Mapping[str, Any]]) -> Iterator[Finding]:
    """The sentences of a chat model that are shown as supported are checked again, as they were when it wrote them."""
    shown = {n: line for line in reversed(lines) if line["form"] != "written" for n in line["citations"]}
    speakers = [str(line["speaker"]) for line in shown.values() if line["speaker"]]
    he: str | None = None
    for line in lines:
        if line["form"] != "written" or not line["supported"] or any(n not in cited for n in line["citations"]):
            continue
        beneath = [shown.get(n, {}) for n in line["citations"]]
        evidence = [
            replace(_cited_again(cited[n]), speaker=cited[n]["speaker"] or under.get("speaker"))
            for n, under in zip(line["citations"], beneath, strict=True)
        ]
        verdict = check_sentence(
            str(line["text"]),
            evidence,
            [str((cited[n]["context"] or cited[n])["text"]) for n in line["citations"]],
            roles=[under.get("role") for under in beneath],
            speakers=speakers,
            he=he,
            unattributed=bool(beneath) and all(under.get("form") == "fact" for under in beneath),
        )
        whose = {c.speaker for c in evidence}
        he = whose.pop() if len(whose) == 1 else None
        if not verdict.supported:
            told = f"Line {line['number']} is not what its citations say: {verdict.reason}."
            yield Finding("tampered", told)
        elif line["speaker"] != he:
            yield Finding("tampered", f"Line {line['number']} has another speaker than its citations.")


def _cited_again(c: Mapping[str, Any]) -> Citation:
    published = datetime.fromisoformat(str(c["published"])) if c["published"] else None
    where = (str(c["article_id"]), int(c["start"]), int(c["end"]), str(c["text"]), c["speaker"])
    return Citation(*where, str(c["title"]), c["source"], c["url"], published)


def _verify_citation(c: Mapping[str, Any], archive: Archive) -> Finding:
    number, text, start, end = int(c["number"]), str(c["text"]), int(c["start"]), int(c["end"])
    name = f"Citation {number}"
    if not text.strip():
        return Finding("tampered", f"{name} names no words.", number)
    if c["content_hash"] is None:
        return Finding("missing", f"{name} is missing: no version of the article had these words.", number)
    article = archive.article(str(c["article_id"]))
    versions = archive.holdings.catalogue.versions(str(c["article_id"]))
    held = next((v for v in (article, *versions) if v and v.content_hash == c["content_hash"]), None)
    if held is not None and (wrong := _forged(c, held)):
        return Finding("false", f"{name} is false: {wrong}.", number)
    earlier = held if isinstance(held, Version) else None
    if article is None:
        return _in_earlier(name, number, earlier, "The article is no longer in the archive")
    if held is article:
        if wrong := _contradicted(c, article) or _anothers(c, (start, end), article, archive):
            return Finding("false", f"{name} is false: {wrong}.", number)
        message = f"{name} is confirmed: the words are there, and the article is unchanged."
        return Finding("confirmed", message, number, cite(article, (start, end), c["speaker"]))
    there = start >= 0 and article.text[start:end] == text
    at = start if there else _nearest_place(article.text, text, start)
    if at is None:
        return _in_earlier(name, number, earlier, "The article has changed")
    span = (at, at + len(text))
    if wrong := _anothers(c, span, article, archive):
        return Finding("false", f"{name} is false: {wrong}.", number)
    if earlier is None and (other := _contradicted(c, article) or _other_context(c, article)):
        told = (
            f"{name} is missing: the archive doesn't have the version that was cited, and of the present one {other}."
        )
        return Finding("missing", told, number)
    unknown = _unknown(c, earlier, article)
    if there:
        message = (
            f"{name} stands: the words are there, but the article has changed (now version {article.version}){unknown}."
        )
    else:
        message = f"{name} has moved: the words stand at character {at} of version {article.version}{unknown}."
    return Finding("stands" if there else "moved", message, number, cite(article, span, c["speaker"]))


def _forged(c: Mapping[str, Any], held: Article | Version) -> str | None:
    """What is otherwise in the very version that is cited, or None."""
    start, end = int(c["start"]), int(c["end"])
    if start < 0 or held.text[start:end] != c["text"]:
        return "that version of the article has other words there"
    if held.version != c["version"]:
        return f"that is version {held.version} of the article"
    if held.title != c["title"]:
        return "that version of the article has another title"
    if c["context"] != _context(held.text, _cited_again(c)):
        return "its context is not the article's"
    return None


def _other_context(c: Mapping[str, Any], article: Article) -> str | None:
    """That what the packet shows around the words doesn't stand in the article, or None."""
    shown = c["context"]
    there = shown and str(c["text"]) in str(shown["text"]) and str(shown["text"]) in article.text
    return None if there else "the words around are others"


def _unknown(c: Mapping[str, Any], earlier: Version | None, article: Article) -> str:
    """What can't be told of a version that isn't the present one, for the end of a message. Of an earlier one the archive
    keeps title and text, but its hash also covers outlet, date and URL."""
    if earlier is None:
        return "; the archive doesn't have the version that was cited"
    then = replace(article, title=earlier.title, text=earlier.text, source=c["source"], url=c["url"])
    dated = replace(then, published=_cited_again(c).published)
    if content_hash(dated) == earlier.content_hash:
        return ""
    return "; its outlet, date and URL can't be checked any more"


def _in_earlier(name: str, number: int, earlier: Version | None, why: str) -> Finding:
    if earlier is None:
        return Finding(
            "missing", f"{name} is missing: the archive has no version of the article with these words.", number
        )
    return Finding("earlier version", f"{why}; {name[0].lower()}{name[1:]} stands in an earlier version only.", number)


def _nearest_place(text: str, words: str, near: int) -> int | None:
    places: Sequence[int] = [m.start() for m in re.finditer(re.escape(words), text)]
    return min(places, key=lambda at: abs(at - near), default=None)


def _contradicted(c: Mapping[str, Any], article: Article) -> str | None:
    """What the article says otherwise about itself than the packet, or None."""
    facts = {"title": article.title, "source": article.source, "url": article.url, "published": _iso(article.published)}
    for key, value in facts.items():
        if c[key] != value:
            return f"the article has another {'date' if key == 'published' else key}"
    return None


def _anothers(c: Mapping[str, Any], span: Span, article: Article, archive: Archive) -> str | None:
    """That the article gives the words to somebody else, or that they leave out what turns them round right before; None
    where it doesn't."""
    voices = _voices(article, archive)
    here = [s for s in voices.statements if any(a < span[1] and span[0] < b for a, b in s.spans)]
    if here and all(voices.agreement(s, c["speaker"]) == "contradicts" for s in here):
        return f"the words are those of {voices.name(here[0]) or 'somebody the article does not name'}"
    words = wording(article.text)
    first, end = words.within(span)
    whole = any(span in s.spans for s in here)
    if first < end and not whole and (cut := denied(words, first)):
        return f"the words leave out “{words.shown(*cut)}” right before them"
    for s in here:
        verb = article.cut(s.cue) if s.cue else ""
        if s.form == "reported" and s.cue and s.cue[1] <= span[0] and verb.lower() in DENYING:
            return f"the words leave out “{verb}” before them"
    return None
