"""Files of other systems, taken as a server without stories takes them."""

from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook

from knowledge.model import Entry
from knowledge.transfer import Beside, Format
from knowledge.transfer.reading import take


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: its entries with the lines they begin on, and what was said of it."""

    entries: tuple[Entry, ...]
    lines: tuple[int, ...]
    faults: list[str]
    remarks: list[str]


def taken(
    name: str, content: str | bytes, *, own: tuple[Entry, ...] = (), form: Format | None = None
) -> Result:
    """Take a file, named without a folder, beside a server's own entries."""
    raw = content if isinstance(content, bytes) else content.encode()
    result = take(raw, name, [], Beside(own=own), form)
    return Result(
        tuple(item.entry for item in result.located),
        tuple(item.line for item in result.located),
        [str(fault) for fault in result.report.in_order()],
        [str(remark) for remark in result.report.remarks],
    )


def workbook(*rows: list[object]) -> bytes:
    """Return a workbook of one sheet, as a spreadsheet would save it."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
