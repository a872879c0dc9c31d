"""The shell's way in: python -m ingest PATH ... [--archive DIR]."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from ingest.load import ingest, rebuild
from ingest.report import Progress
from rag.archive import open_archive
from rag.errors import OnrecordError


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Take articles into an archive.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files (.txt .md .html .json .jsonl) and folders")
    parser.add_argument(
        "--archive", metavar="DIR", help="the archive's folder (default: ONRECORD_ARCHIVE, else archive)"
    )
    parser.add_argument("--rebuild", action="store_true", help="make the word and vector index anew from the catalogue")
    parser.add_argument("--prune", action="store_true", help="remove articles whose file is gone from these paths")
    parser.add_argument("--if-empty", action="store_true", help="do nothing if the archive holds articles already")
    args = parser.parse_args(argv)
    if not args.paths and not args.rebuild:
        parser.error("name at least one file or folder")
    try:
        with open_archive(args.archive) as archive:
            if args.rebuild:
                rebuild(archive, show)
            if args.if_empty and archive.holdings.catalogue.count():
                return 0
            report = ingest(args.paths, archive, show, prune=args.prune)
    except OnrecordError as e:
        if sys.stderr.isatty():
            print(file=sys.stderr)
        print(e, file=sys.stderr)
        return 2
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for failure in report.failed:
        print(failure, file=sys.stderr)
    print(report)
    return 1 if report.failed else 0


def show(progress: Progress) -> None:
    """A bar where somebody watches, nothing in a log."""
    if not sys.stderr.isatty():
        return
    what = {"articles": "articles read", "statements": "articles parsed", "meaning": "articles embedded"}[
        progress.stage
    ]
    if progress.total:
        filled = 30 * progress.done // progress.total
        print(
            f"\r{'█' * filled}{'░' * (30 - filled)} {progress.done}/{progress.total} {what}",
            end="",
            file=sys.stderr,
            flush=True,
        )
    else:
        print(f"\r{progress.done} {what}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
