"""txtai over chunks, in an environment that has it: reads a job from standard input, writes what it found.

Run by `bench.txtai_peer`, never imported: txtai isn't installed beside this project.
"""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    from txtai.embeddings import Embeddings

    job = json.load(sys.stdin)
    begun = time.perf_counter()
    index = Embeddings(path=job["model"], hybrid=True)
    index.index((n, text, None) for n, text in enumerate(job["chunks"]))
    indexed = time.perf_counter() - begun
    index.search("warm up", job["depth"])
    found, taken = [], []
    for question in job["questions"]:
        begun = time.perf_counter()
        hits = index.search(question, job["depth"])
        taken.append(time.perf_counter() - begun)
        found.append([int(id) for id, _ in hits])
    json.dump({"indexed": indexed, "taken": taken, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
