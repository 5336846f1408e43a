"""Reading a file's bytes as text, or saying on which line it is not text."""

from pathlib import Path

from knowledge.files.report import Report

MAX_BYTES = 5_000_000
"""The largest file that is read: more than ten times the bundled pack, and still no burden on memory."""


def read_text(path: Path, report: Report) -> str | None:
    """Return a file's text; None, with the fault reported, where it cannot be read as UTF-8 text."""
    content = read_bytes(path, report)
    return None if content is None else decode(content, report)


def read_bytes(path: Path, report: Report) -> bytes | None:
    """Return a file's bytes; None, with the fault reported, where it cannot be read or is too large."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        report.add(
            1, f"the file cannot be read ({error.strerror or error}): check that it is there and readable"
        )
        return None
    if size > MAX_BYTES:
        report.add(
            1, f"the file has {size:,} bytes, over the {MAX_BYTES:,} that are read: split or shorten it"
        )
        return None
    return content


def decode(content: bytes, report: Report) -> str | None:
    """Return UTF-8 bytes as text, without a byte-order mark; None, with a fault reported, if not."""
    if len(content) > MAX_BYTES:
        report.add(
            1, f"the file has {len(content):,} bytes, over the {MAX_BYTES:,} that are read: shorten it"
        )
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report.add(
            line, f"not UTF-8 (byte 0x{content[error.start]:02x}): save the file with the encoding UTF-8"
        )
        return None
    nul = text.find("\0")
    if nul >= 0:
        report.add(text.count("\n", 0, nul) + 1, "a NUL character: remove it (is this really a text file?)")
        return None
    return text
