"""What `pullquote ask --json` takes from its start to the answer: time, CPU and memory, and where they go.

    uv run python benchmarks/startup.py [--pack PACK] [--runs 7] [QUESTION]

The command runs as a process of its own, in turn with one that does nothing (`python -c pass`): medians over the runs.
Then the same steps in one process, with the clock between them (`startup_phases.py`), again medians; and how long each
package's own modules take to import (`-X importtime`), the fastest of the runs, in which the clock itself takes part.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.common import keep, note, parser, show
from knowledge.packs import bundled_pack

QUESTION = "who won the first women's Ballon d'Or?"
PHASES = Path(__file__).with_name("startup_phases.py")
PACKAGES_SHOWN = 12
KILOBYTE = 1024 if sys.platform == "darwin" else 1
"""What `ru_maxrss` counts in: bytes on macOS, kilobytes on Linux."""

IMPORTED = re.compile(r"^import time:\s*(\d+) \|\s*\d+ \| \s*([\w.]+)$", re.MULTILINE)
"""A line of `-X importtime`: microseconds of the module itself, and its name."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took from start to end."""

    seconds: float
    cpu_seconds: float
    memory_mb: float


def run(*command: str) -> Run:
    """Run a Python process to its end; raises `CalledProcessError` when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / KILOBYTE / 1000)


def output(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python process and return what it wrote."""
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, *command], capture_output=True, text=True, encoding="utf-8", check=True
    )


def median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    columns = ([getattr(one, name) for one in runs] for name in ("seconds", "cpu_seconds", "memory_mb"))
    return Run(*map(statistics.median, columns))


def phases(pack: Path, question: str, runs: int) -> dict[str, dict[str, float]]:
    """Return the median seconds and CPU seconds of each phase."""
    measured = [json.loads(output(str(PHASES), str(pack), question).stdout) for _ in range(runs)]
    return {
        phase: {
            what: statistics.median(one[phase][what] for one in measured)
            for what in ("seconds", "cpu_seconds")
        }
        for phase in measured[0]
    }


def imports(command: Sequence[str], runs: int) -> dict[str, float]:
    """Return the milliseconds that the modules of each top package take to import, most first."""
    least: dict[str, float] = {}
    for _ in range(runs):
        taken: dict[str, float] = defaultdict(float)
        for microseconds, module in IMPORTED.findall(output("-X", "importtime", *command).stderr):
            taken[_package(module)] += int(microseconds) / 1000
        least = {package: min(ms, least.get(package, ms)) for package, ms in taken.items()}
    return dict(sorted(least.items(), key=lambda item: -item[1]))


def _package(module: str) -> str:
    top = module.partition(".")[0]
    return "the standard library" if top in sys.stdlib_module_names else top


def _memory(of: Run) -> str:
    """Return the most memory of a process; Linux tells no less than this one had when it started the other."""
    import resource  # noqa: PLC0415  Unix alone has it

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE / 1000
    return f"{of.memory_mb:.0f}" if of.memory_mb > own else ""


def main() -> None:
    """Print the tables."""
    options = parser(__doc__)
    options.add_argument("question", nargs="?", default=QUESTION)
    options.add_argument("--pack", type=Path, default=bundled_pack(), metavar="PACK")
    options.add_argument("--runs", type=int, default=7)
    chosen = options.parse_args()
    if not hasattr(os, "wait4"):
        note("Skipped: this system does not tell what a process took.")
        return
    command = ("-m", "bot", "ask", "--json", "--pack", str(chosen.pack), chosen.question)
    ours, bare = [], []
    for _ in range(chosen.runs):
        ours.append(run(*command))
        bare.append(run("-c", "pass"))
    whole = {"pullquote ask --json": median(ours), "python -c pass": median(bare)}
    show(
        "From start to end",
        ["", "wall ms", "CPU ms", "memory MB"],
        [
            [name, f"{of.seconds * 1000:.0f}", f"{of.cpu_seconds * 1000:.0f}", _memory(of)]
            for name, of in whole.items()
        ],
    )
    parts = phases(chosen.pack, chosen.question, chosen.runs)
    show(
        "Where it goes",
        ["", "wall ms", "CPU ms"],
        [
            [phase, f"{of['seconds'] * 1000:.1f}" if of["seconds"] else "", f"{of['cpu_seconds'] * 1000:.1f}"]
            for phase, of in parts.items()
        ],
    )
    packages = imports(command, chosen.runs)
    rest = sum(list(packages.values())[PACKAGES_SHOWN:])
    show(
        "Imports, by package",
        ["", "ms"],
        [
            *([name, f"{ms:.1f}"] for name, ms in list(packages.items())[:PACKAGES_SHOWN]),
            ["all others", f"{rest:.1f}"],
        ],
    )
    keep(
        chosen.json,
        {
            "whole": {name: asdict(of) for name, of in whole.items()},
            "phases": parts,
            "imports_ms": packages,
        },
    )


if __name__ == "__main__":
    main()
