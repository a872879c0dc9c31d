"""What strangers may put into an article, and an article made of it."""

from __future__ import annotations

import json
from pathlib import Path

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![](http://evil.example/x.png)",
    ":red[x] :material/home: :smile:",
    "$x$ `code` **bold** ~~gone~~ # title",
    "http://evil.example www.evil.example a@evil.example",
    'a" onclick="alert(1)',
    "&lt;b&gt; -> <- --",
]


def hostile_article(folder: Path) -> Path:
    """A file with an article whose every field is an attack; Mayor Ina Holm speaks in it about a ferry."""
    row = {
        "id": "hostile",
        "title": " ".join(HOSTILE),
        "source": HOSTILE[3] + HOSTILE[1],
        "author": HOSTILE[2],
        "url": "javascript:alert(1)",
        "text": f'"The ferry {HOSTILE[1]} will sail," said Mayor Ina Holm.\n\n{" ".join(HOSTILE)}\n',
    }
    path = folder / "hostile.jsonl"
    path.write_text(json.dumps(row))
    return path
