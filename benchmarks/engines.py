"""The ways of finding an entry that `matching.py` compares, each with the same few calls.

What an engine needs is imported when it is made, so that each process holds one library and no other.
"""

# ruff: noqa: PLC0415  see above
# ruff: noqa: D102  the calls are told about in Engine
# ruff: noqa: B027  what most engines have nothing to do for is empty

import asyncio
import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from knowledge.model import Entry

SERVER = 1


class Engine(ABC):
    """Finds the entry that a question is about."""

    @abstractmethod
    def build(self, entries: Sequence[Entry]) -> None:
        """Take all entries."""

    @abstractmethod
    def top(self, question: str) -> str | None:
        """Return the id of the best entry; None for none."""

    def get_ready_to_add(self) -> None:
        """Do what does not count in the time of adding an entry; most have nothing to do."""

    @abstractmethod
    def add(self, entry: Entry) -> None:
        """Take one more entry; when this returns, it can be found."""

    def close(self) -> None:
        """Let go of files and threads, if there are any."""


class Pullquote(Engine):
    """The whole path from the question to the decision; a new entry is saved as the bot saves it, in SQLite."""

    def __init__(self, folder: Path) -> None:
        from knowledge.answering import Base, CompiledPacks
        from knowledge.library import Library
        from knowledge.model import Question
        from knowledge.owned import put
        from knowledge.storage import open_store

        self._base_type, self._library_type, self._question = Base, Library, Question
        self._compiled = CompiledPacks(())
        self._open = lambda: open_store(f"sqlite:///{folder}/pullquote.db")
        self._put = put
        self._runner = asyncio.Runner()

    def build(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._base = self._base_type(self._compiled, entries)

    def top(self, question: str) -> str | None:
        candidates = self._base.answer(self._question(question)).candidates
        return candidates[0].source.id if candidates else None

    def get_ready_to_add(self) -> None:
        async def fill() -> None:
            store = await self._open()
            await store.change(SERVER, list(map(self._put, self._entries)))
            self._library = self._library_type((), store)
            self._base = await self._library.base(SERVER)

        self._runner.run(fill())

    def add(self, entry: Entry) -> None:
        async def save() -> None:
            await self._library.save(SERVER, [entry])
            self._base = await self._library.base(SERVER)

        self._runner.run(save())

    def close(self) -> None:
        self._runner.run(self._library.close())
        self._runner.close()


class PullquoteIndex(Engine):
    """The index and the regression around the question alone: no evidence, no confidence, no mending of words."""

    def __init__(self, _: Path) -> None:
        from knowledge.answering.compiled import entry_group
        from knowledge.matching.index import neighbours
        from knowledge.matching.part import Part
        from knowledge.text.folding import words

        self._group, self._part_type = entry_group, Part
        self._neighbours, self._words = neighbours, words

    def build(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        self._part = self._part_type([self._group(entry, "en", own=True) for entry in entries])

    def top(self, question: str) -> str | None:
        index = self._part.index
        near = self._neighbours([index], [index.nearest(self._part.encoder.encode([self._words(question)]))])
        scores: dict[int, float] = defaultdict(float)
        for group, pull in zip(near.group.tolist(), near.pull.tolist(), strict=True):
            scores[group] += pull
        return self._entries[max(scores, key=lambda group: scores[group])].id if scores else None

    def add(self, entry: Entry) -> None:
        self.build((*self._entries, entry))


class Rapidfuzz(Engine):
    """`process.extractOne` over all phrasings, which rapidfuzz's own `default_process` prepared once."""

    def __init__(self, scorer: str | None = None) -> None:
        from rapidfuzz import fuzz, process, utils

        self._extract, self._prepared = process.extractOne, utils.default_process
        self._how = {"scorer": getattr(fuzz, scorer)} if scorer else {}

    def build(self, entries: Sequence[Entry]) -> None:
        self._phrasings = [self._prepared(phrasing) for entry in entries for phrasing in entry.phrasings]
        self._owners = [entry.id for entry in entries for _ in entry.phrasings]

    def top(self, question: str) -> str | None:
        found = self._extract(self._prepared(question), self._phrasings, **self._how)
        return self._owners[found[2]] if found else None

    def add(self, entry: Entry) -> None:
        self._phrasings += map(self._prepared, entry.phrasings)
        self._owners += [entry.id for _ in entry.phrasings]


class Bm25s(Engine):
    """bm25s as it comes; it cannot add, so that a new entry is a new index."""

    def __init__(self, _: Path) -> None:
        import bm25s

        self._bm25s = bm25s

    def build(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        self._owners = [entry.id for entry in entries for _ in entry.phrasings]
        phrasings = [phrasing for entry in entries for phrasing in entry.phrasings]
        self._index = self._bm25s.BM25()
        self._index.index(self._bm25s.tokenize(phrasings, show_progress=False), show_progress=False)

    def top(self, question: str) -> str | None:
        asked = self._bm25s.tokenize(question, show_progress=False)
        found, scores = self._index.retrieve(asked, k=1, show_progress=False)
        return self._owners[int(found[0, 0])] if scores[0, 0] > 0 else None

    def add(self, entry: Entry) -> None:
        self.build((*self._entries, entry))


class Fts5(Engine):
    """SQLite's full-text search: any of the question's words, best by bm25(); in a file."""

    def __init__(self, folder: Path) -> None:
        import sqlite3

        self._database = sqlite3.connect(folder / "fts5.db")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("CREATE VIRTUAL TABLE phrasings USING fts5(phrasing, entry UNINDEXED)")

    def build(self, entries: Sequence[Entry]) -> None:
        rows = ((phrasing, entry.id) for entry in entries for phrasing in entry.phrasings)
        with self._database:
            self._database.executemany("INSERT INTO phrasings VALUES (?, ?)", rows)

    def top(self, question: str) -> str | None:
        asked = " OR ".join(f'"{word}"' for word in words(question))
        found = self._database.execute(
            "SELECT entry FROM phrasings WHERE phrasings MATCH ? ORDER BY bm25(phrasings) LIMIT 1", [asked]
        ).fetchone()
        return found[0] if found else None

    def add(self, entry: Entry) -> None:
        self.build([entry])

    def close(self) -> None:
        self._database.close()


class Tantivy(Engine):
    """tantivy with its own tokeniser and BM25: any of the question's words; in a folder."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._document = tantivy.Document
        (folder / "tantivy").mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("phrasing")
        schema.add_text_field("entry", stored=True, tokenizer_name="raw")
        self._index = tantivy.Index(schema.build(), path=str(folder / "tantivy"))
        self._writer = self._index.writer(num_threads=1)

    def build(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            for phrasing in entry.phrasings:
                self._writer.add_document(self._document(phrasing=phrasing, entry=entry.id))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def top(self, question: str) -> str | None:
        query = self._index.parse_query(" ".join(words(question)), ["phrasing"])
        hits = self._searcher.search(query, 1).hits
        return self._searcher.doc(hits[0][1])["entry"][0] if hits else None

    def add(self, entry: Entry) -> None:
        self.build([entry])


def words(text: str) -> list[str]:
    """Return the words of a text in small letters, without what query languages would read as their own."""
    return re.findall(r"\w+", text.lower())


ENGINES = {
    "Pullquote, whole path": Pullquote,
    "Pullquote, index alone": PullquoteIndex,
    "rapidfuzz WRatio": lambda _: Rapidfuzz(),
    "rapidfuzz token_sort_ratio": lambda _: Rapidfuzz("token_sort_ratio"),
    "bm25s": Bm25s,
    "SQLite FTS5": Fts5,
    "tantivy": Tantivy,
}
"""What makes each engine, from a folder that it may write to; raises `ImportError` where its library is missing."""
