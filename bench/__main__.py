"""python -m bench [NAME [OPTION ...]]: prints what the README claims. Without a name: all of it, and --devset DIR for those
that take a development set."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

NAMES = ("answers", "statements", "stance", "cross-encoder", "retrieval", "speed")
ON_A_DEVSET = ("statements", "retrieval", "speed")


def main(argv: Sequence[str] | None = None) -> None:
    given = list(sys.argv[1:] if argv is None else argv)
    if given and not given[0].startswith("-"):
        run(given[0], given[1:])
        return
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--devset", help=f"its folder, for {', '.join(ON_A_DEVSET)}; all other options need a name")
    devset = parser.parse_args(given).devset
    for name in NAMES:
        run(name, ["--devset", devset] if devset and name in ON_A_DEVSET else [])


def run(name: str, options: Sequence[str]) -> None:
    if name not in NAMES:
        sys.exit(f'There is no benchmark called "{name}"; there are: {", ".join(NAMES)}.')
    print(f"== {name}")
    importlib.import_module(f"bench.{name.replace('-', '_')}").main(options)


if __name__ == "__main__":
    main()
