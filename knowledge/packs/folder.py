"""A pack's folder: its files as text, each with a report of its own."""

from dataclasses import dataclass, field
from pathlib import Path

from knowledge.errors import Fault
from knowledge.files import Report, read_text


@dataclass(slots=True)
class Folder:
    """A folder that is being read, and the reports on its files, in the order they were opened."""

    path: Path
    reports: list[Report] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether there is anything of that name."""
        path = self.path / name
        return path.exists() or path.is_symlink()

    def report(self, name: str) -> Report:
        """Return a new report on a file."""
        report = Report(str(self.path / name))
        self.reports.append(report)
        return report

    def read(self, name: str, report: Report) -> str | None:
        """Return a file's text; None, with the fault reported, if it cannot be read or lies elsewhere."""
        path = self.path / name
        if not path.resolve().is_relative_to(self.path.resolve()):
            report.add(1, "a link out of the pack's folder: put the file itself here")
            return None
        if not path.is_file():
            report.add(1, "no ordinary file: put a text file here")
            return None
        return read_text(path, report)

    def faults(self) -> tuple[Fault, ...]:
        """Return every fault, file by file and by line."""
        return tuple(fault for report in self.reports for fault in report.in_order())
