"""What was acknowledged is there, whatever became of the process."""

from knowledge.storage import open_store

from .databases import save, start_python

SAVE = """
import asyncio, sys
from knowledge.model import Entry
from knowledge.owned import put
from knowledge.storage import open_store

async def main():
    store = await open_store(sys.argv[1])
    number = 0
    while True:
        await store.change(1, [put(Entry(str(number), ("?",), "Yes."))])
        print(number, flush=True)
        number += 1

asyncio.run(main())
"""


async def test_an_acknowledged_entry_outlives_kill_9(url: str) -> None:
    with start_python(SAVE, url) as process:
        acknowledged = [process.stdout.readline() for _ in range(20)]
        process.kill()
        acknowledged += process.stdout.readlines()
    # A line may have been cut by the kill.
    ids = [line.strip() for line in acknowledged if line.endswith("\n")]
    store = await open_store(url)
    kept = [entry.id for entry in (await store.owned(1)).entries]
    await save(store, 2, (await store.owned(1)).entries)
    await store.close()
    assert kept[: len(ids)] == ids
    assert len(kept) <= len(ids) + 2  # one more may have been saved and not yet, or only half, acknowledged
