"""python -m bench [NAME [OPTION ...]]: prints what the README claims. Without a name: all of it."""

from __future__ import annotations

import importlib
import sys

NAMES = ("answers", "statements", "stance", "cross-encoder", "retrieval", "speed")


def main() -> None:
    wanted = [a for a in sys.argv[1:2] if not a.startswith("-")] or list(NAMES)
    rest = sys.argv[2:] if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else []
    for name in wanted:
        if name not in NAMES:
            sys.exit(f'There is no benchmark called "{name}"; there are: {", ".join(NAMES)}.')
        print(f"== {name}")
        importlib.import_module(f"bench.{name.replace('-', '_')}").main(rest)


if __name__ == "__main__":
    main()
