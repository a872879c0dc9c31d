"""The files under some paths, in a stable order."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from ingest.read.failure import Failure, unreadable

IGNORE_FILE = ".onrecordignore"
"""In a folder: one pattern a line ("notes-*.md") of names beside it that are no articles; "#" starts a comment."""

_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r"})


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read."""

    path: Path
    default_id: str
    """The path below the given folder, or the file's name, without its ending; "/" between the parts."""


def ending(name: str) -> str:
    """The ending of a file's name, with its dot, in lower case."""
    return os.path.splitext(name)[1].lower()


def shown(path: str | os.PathLike[str]) -> str:
    """`path` as text that every store takes; a name in another encoding than UTF-8 keeps what can be read of it."""
    return os.fsencode(path).decode("utf-8", "replace")


def walk(paths: Iterable[str | Path], endings: Collection[str]) -> Iterator[Found | Failure]:
    """The files of `paths` in the order given, a folder's sorted by their path below it; each file once.

    Folders are entered at any depth. Hidden and system files in them are skipped; other files without one of
    `endings`, and what can't be entered, give a `Failure`.
    """
    seen: set[str] = set()
    for given in [paths] if isinstance(paths, str | Path) else paths:
        path = Path(given)
        for found in _folder(path, endings) if os.path.isdir(path) else [_file(path, path.name, endings)]:
            if isinstance(found, Found):
                real = os.path.realpath(found.path)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def _file(path: Path, below: str, endings: Collection[str]) -> Found | Failure:
    """`path`, named by the part `below` of it."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return Failure(shown(path), "a link to nothing" if path.is_symlink() else "no such file or folder")
    except OSError as error:
        return unreadable(shown(path), error)
    except ValueError:  # a zero byte in it
        return Failure(repr(str(path)), "not a path")
    if not stat.S_ISREG(mode):
        return Failure(shown(path), "not a regular file")
    if ending(path.name) not in endings:
        named = f"unknown ending {ending(path.name)}" if ending(path.name) else "no ending"
        return Failure(
            shown(path), f"{named} (articles are read from {' '.join(sorted(endings))})", may_hold_articles=False
        )
    return Found(path, PurePosixPath(shown(below).replace(os.sep, "/")).with_suffix("").as_posix())


def _folder(folder: Path, endings: Collection[str]) -> Iterator[Found | Failure]:
    """Linked folders come after the real ones, so that a file is named by where it is rather than by a link to it."""
    entered: set[str] = set()
    found: list[tuple[tuple[str, ...], Found | Failure]] = []
    waiting, linked = [folder], list[Path]()
    while waiting or linked:
        here = waiting.pop() if waiting else linked.pop(0)
        real = os.path.realpath(here)
        if real in entered:
            continue  # a loop of links, or a folder with two names
        entered.add(real)
        try:
            inside = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            found.append((here.relative_to(folder).parts, unreadable(shown(here), error)))
            continue
        ignored = _ignored(here)
        for entry in inside:
            path = here / entry.name
            if entry.name.startswith((".", "~$")) or entry.name.lower() in _OF_THE_SYSTEM:
                continue
            if any(fnmatch(entry.name, pattern) for pattern in ignored):
                continue
            if os.path.isdir(path):
                (linked if entry.is_symlink() else waiting).append(path)
            else:
                below = path.relative_to(folder)
                found.append((below.parts, _file(path, str(below), endings)))
    if not found:
        yield Failure(shown(folder), "no articles in this folder")
    yield from (outcome for _, outcome in sorted(found, key=lambda pair: pair[0]))


def _ignored(folder: Path) -> list[str]:
    try:
        lines = (folder / IGNORE_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
