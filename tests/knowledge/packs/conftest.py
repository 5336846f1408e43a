"""A small pack in a temporary folder, to be broken by the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.packs import read_pack

FILES = {
    "pack.yaml": "name: The bridge\nlanguage: en\n",
    "stories/bridge.md": (
        "---\ntitle: The bridge\nlicence: own\n---\n\n"
        "• Nobody was hurt.\n\n"
        "The old bridge was closed on Monday. Nobody was hurt.\n\n"
        "“It sang like a saw,” said Mara Voss.\n"
    ),
    "entries.yaml": (
        "entries:\n"
        "  - id: closed\n"
        "    phrasings:\n"
        "      - Is the bridge open?\n"
        "      - When was the bridge closed?\n"
        "    answer: It was closed on Monday.\n"
        "    citations:\n"
        "      - story: bridge\n"
        "        excerpt: The old bridge was closed on Monday.\n"
        "    follow_ups: [hurt]\n"
        "  - id: hurt\n"
        "    phrasings:\n"
        "      - Was anybody hurt?\n"
        "    answer: Nobody was.\n"
        "    citations:\n"
        "      - story: bridge\n"
        "        excerpt: Nobody was hurt.\n"
        "        place: paragraph 1\n"
        "  - id: cost\n"
        "    kind: gap\n"
        "    phrasings:\n"
        "      - What will it cost?\n"
        "    citations: []\n"
    ),
    "facts.yaml": (
        "names:\n"
        "  - name: Mara Voss\n"
        "    aliases: [Voss]\n"
        "facts:\n"
        "  - id: closing-day\n"
        "    subject: the bridge\n"
        "    attribute: closed on\n"
        "    value: Monday\n"
        "    kind: date\n"
        "    citations:\n"
        "      - story: bridge\n"
        "        excerpt: The old bridge was closed on Monday.\n"
    ),
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of a pack without faults."""
    folder = tmp_path / "bridge-pack"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def swap(pack: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces words in a file of the pack."""

    def swapped(name: str, old: str, new: str) -> None:
        path = pack / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return swapped


@pytest.fixture
def faults(pack: Path) -> Callable[[], list[str]]:
    """Return a function that reads the pack and returns its faults, as lines without the folder's name."""

    def found() -> list[str]:
        with pytest.raises(PackError) as caught:
            read_pack(pack)
        return [str(fault).removeprefix(f"{pack}/") for fault in caught.value.faults]

    return found
