"""How long a big server takes to save and to load: 10,000 entries of 13 phrasings.

    uv run python benchmarks/storage.py [URL]

Without a URL, on an SQLite file in a temporary folder.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from knowledge.model import Author, Citation, Entry
from knowledge.owned import drop, put
from knowledge.storage import open_store

SERVER = 1
CITATION = Citation("story", 10, 90, "x" * 80, "0" * 64)
ENTRIES = [
    Entry(
        id=f"entry-{number}",
        phrasings=tuple(f"What about number {number}, asked in way {way}?" for way in range(13)),
        answer="An answer of some length. " * 8,
        citations=(CITATION,),
        follow_ups=(f"entry-{number + 1}",),
        author=Author(1, "Moderator"),
    )
    for number in range(10_000)
]
EVERYTHING = [put(entry) for entry in ENTRIES]
OTHERWISE = [put(replace(entry, answer="Another answer.")) for entry in ENTRIES]


@contextmanager
def timed(what: str, times: int = 1) -> Iterator[None]:
    """Print how long the block took, divided by how often it did its work."""
    start = time.perf_counter()
    yield
    print(f"{what:<44} {(time.perf_counter() - start) / times * 1000:8.1f} ms")


async def main(url: str) -> None:
    """Print the table."""
    with timed("open, make the tables"):
        store = await open_store(url)
    with timed("save 10,000 entries, 130,000 phrasings"):
        await store.change(SERVER, EVERYTHING)
    with timed("replace them"):
        await store.change(SERVER, OTHERWISE)
    with timed("load them"):
        await store.owned(SERVER)
    with timed("save one entry (mean of 100)", 100):
        for write in EVERYTHING[:100]:
            await store.change(SERVER, [write])
    with timed("remove one entry (mean of 100)", 100):
        for entry in ENTRIES[:100]:
            await store.change(SERVER, [drop(entry)])
    await store.close()
    with timed("open again"):
        store = await open_store(url)
    await store.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "url", nargs="?", help="sqlite:///file or postgresql://...; its tables are made in it"
    )
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(options.parse_args().url or f"sqlite:///{folder}/pullquote.db"))
