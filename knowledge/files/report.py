"""Collecting the faults of a file, and remarks on it, so that all of them are told at once."""

from dataclasses import dataclass, field

from knowledge.errors import Fault


class TooManyFaultsError(Exception):
    """A file has as many faults as anybody will read; the rest of it is not looked at."""


@dataclass(slots=True)
class Report:
    """The faults found in one file so far, and the remarks on it."""

    file: str
    """The file's name as faults should show it."""
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    most: int | None = None
    """How many faults are noted at most; None: any number."""

    def add(self, line: int, what: str) -> None:
        """Note a fault; `what` says what is wrong and how to mend it, without a full stop.

        Raises `TooManyFaultsError` where it is one too many.
        """
        if len(self.faults) == self.most:
            raise TooManyFaultsError
        self.faults.append(Fault(self.file, line, what))

    def remark(self, line: int, what: str) -> None:
        """Note what was taken otherwise than it was written, or left out, and is no fault; without a full stop."""
        self.remarks.append(Fault(self.file, line, what))

    def in_order(self) -> tuple[Fault, ...]:
        """Return the faults by line; those of one line in the order they were found."""
        return tuple(sorted(self.faults, key=lambda fault: fault.line))
