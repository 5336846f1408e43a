"""What was acknowledged is there, whatever became of the process."""

from pathlib import Path

from knowledge.model import OwnStory
from knowledge.owned import drop, put
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


async def test_what_was_removed_is_not_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    store = await open_store(f"sqlite:///{file}")
    story = OwnStory("letter", "The canary sings in the cellar. " * 500)
    await store.change(1, [put(story)])
    await store.change(1, [drop(story)])
    await store.close()
    assert holding(b"canary", tmp_path) == []


def holding(text: bytes, folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if text in path.read_bytes()]
