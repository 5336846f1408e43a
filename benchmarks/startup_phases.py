"""Answer one question as `pullquote ask --json` does, and print as JSON what each phase took; run by `startup.py`.

python benchmarks/startup_phases.py PACK QUESTION
"""

import time

BEGAN = ("the interpreter", time.perf_counter(), time.process_time())

# ruff: noqa: E402, PLC0415  nothing is imported before the clock runs
import json
import sys
from itertools import pairwise
from pathlib import Path


def main() -> None:
    """Go through the phases."""
    marks = [BEGAN]

    def mark(phase: str) -> None:
        marks.append((phase, time.perf_counter(), time.process_time()))

    from bot.cli.app import app  # noqa: F401  what the command imports
    from bot.cli.asking import answer_one  # noqa: F401  the same
    from bot.cli.loading import Knowledge  # noqa: F401  the same
    from bot.cli.replies import reply, to_line
    from knowledge.answering import Base, CompiledPacks
    from knowledge.model import Question
    from knowledge.packs import read_pack

    mark("importing")
    pack = read_pack(Path(sys.argv[1]))
    mark("reading the pack")
    base = Base(CompiledPacks([pack]))
    mark("compiling it")
    to_line(reply(base.answer(Question(sys.argv[2]))))
    mark("the first answer")
    to_line(reply(base.answer(Question(sys.argv[2]))))
    mark("a second answer")

    phases = {BEGAN[0]: {"seconds": 0.0, "cpu_seconds": BEGAN[2]}}
    for (_, wall, cpu), (phase, later, cpu_later) in pairwise(marks):
        phases[phase] = {"seconds": later - wall, "cpu_seconds": cpu_later - cpu}
    print(json.dumps(phases))


if __name__ == "__main__":
    main()
