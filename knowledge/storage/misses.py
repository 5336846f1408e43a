"""What members asked in vain, and what they thought of answers, in tables."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, delete, func, select, union, update

from knowledge.model import AnswerSource, Ended, Miss, SourceKind, Votes
from knowledge.storage.backend import Backend
from knowledge.storage.calls import explained, to_the_end
from knowledge.storage.interface import MOST_WAITING
from knowledge.storage.records import storable
from knowledge.storage.tables import MISSES, VOTERS, VOTES
from knowledge.text.folding import words


class DatabaseMisses:
    """`Misses` in the tables of SQLite or PostgreSQL."""

    def __init__(self, backend: Backend, running: set[asyncio.Task[Any]]) -> None:
        self._backend = backend
        self.running = running

    @to_the_end
    async def add(self, server: int, misses: Sequence[Miss]) -> None:
        """Count misses; those in the same words that ended the same way are one."""
        kept = [miss for miss in misses if storable(miss.question)]
        insert = self._backend.insert(MISSES)
        new = insert.excluded
        counted = insert.on_conflict_do_update(
            index_elements=["server_id", "key", "ended"],
            set_={
                "times": MISSES.c.times + new.times,
                "first_at": case((new.first_at < MISSES.c.first_at, new.first_at), else_=MISSES.c.first_at),
                "last_at": case((new.last_at > MISSES.c.last_at, new.last_at), else_=MISSES.c.last_at),
                "source": new.source,
                "dismissed_at": None,
            },
        )
        async with explained(self._backend), self._backend.writing(server) as connection:
            for miss in kept:
                row = {
                    "server_id": server,
                    "key": _key(miss),
                    "ended": miss.ended.value,
                    "question": miss.question,
                    "times": miss.times,
                    "first_at": miss.first,
                    "last_at": miss.last,
                    "source": _written(miss.source) if miss.source else None,
                }
                await connection.execute(counted, row)

    @to_the_end
    async def waiting(self, server: int) -> tuple[Miss, ...]:
        """Return the misses that nobody dismissed, the latest first."""
        those = select(MISSES).where(MISSES.c.server_id == server, MISSES.c.dismissed_at.is_(None))
        query = those.order_by(MISSES.c.last_at.desc(), MISSES.c.key).limit(MOST_WAITING)
        async with explained(self._backend), self._backend.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Miss(
                row.question,
                Ended(row.ended),
                row.times,
                _in_utc(row.first_at),
                _in_utc(row.last_at),
                _source(row.source) if row.source else None,
            )
            for row in rows
        )

    @to_the_end
    async def dismiss(self, server: int, misses: Sequence[Miss], at: datetime) -> None:
        """Take misses out of the inbox."""
        async with explained(self._backend), self._backend.writing(server) as connection:
            for miss in misses:
                one = (MISSES.c.key == _key(miss)) & (MISSES.c.ended == miss.ended.value)
                await connection.execute(
                    update(MISSES).where(MISSES.c.server_id == server, one).values(dismissed_at=at)
                )

    @to_the_end
    async def put_back(self, server: int, at: datetime) -> int:
        """Put what was dismissed at a time back into the inbox."""
        those = (MISSES.c.server_id == server) & (MISSES.c.dismissed_at == at)
        async with explained(self._backend), self._backend.writing(server) as connection:
            return (await connection.execute(update(MISSES).where(those).values(dismissed_at=None))).rowcount

    @to_the_end
    async def servers(self) -> tuple[int, ...]:
        """Return the servers that have misses or voters."""
        query = union(select(MISSES.c.server_id), select(VOTERS.c.server_id))
        async with explained(self._backend), self._backend.reading() as connection:
            return tuple((await connection.execute(query)).scalars())

    @to_the_end
    async def forget(self, server: int, before: datetime) -> int:
        """Delete a server's misses, and who voted, that are older."""
        async with explained(self._backend), self._backend.writing(server) as connection:
            old = (MISSES.c.server_id == server) & (MISSES.c.last_at < before)
            count = await connection.scalar(select(func.count()).select_from(MISSES).where(old))
            await connection.execute(delete(MISSES).where(old))
            await connection.execute(
                delete(VOTERS).where(VOTERS.c.server_id == server, VOTERS.c.voted_at < before)
            )
        return count or 0

    @to_the_end
    async def vote(
        self, server: int, source: AnswerSource, voter: str, *, helpful: bool, at: datetime
    ) -> bool:
        """Count a vote, unless this voter has voted."""
        first = self._backend.insert(VOTERS).values(server_id=server, voter=voter, voted_at=at)
        added = {"helpful": int(helpful), "not_helpful": int(not helpful)}
        counted = self._backend.insert(VOTES).values(server_id=server, source=_written(source), **added)
        async with explained(self._backend), self._backend.writing(server) as connection:
            result = await connection.execute(first.on_conflict_do_nothing())
            if result.rowcount == 0:
                return False
            await connection.execute(
                counted.on_conflict_do_update(
                    index_elements=["server_id", "source"],
                    set_={name: VOTES.c[name] + number for name, number in added.items()},
                )
            )
        return True

    @to_the_end
    async def votes(self, server: int) -> Mapping[AnswerSource, Votes]:
        """Return how often each answer was told to be helpful, and not to be."""
        query = select(VOTES).where(VOTES.c.server_id == server)
        async with explained(self._backend), self._backend.reading() as connection:
            rows = (await connection.execute(query)).all()
        return {_source(row.source): Votes(row.helpful, row.not_helpful) for row in rows}


def _key(miss: Miss) -> str:
    return " ".join(words(miss.question)) or miss.question


def _written(source: AnswerSource) -> str:
    return f"{source.kind.value}:{source.id}"


def _source(written: str) -> AnswerSource:
    kind, _, source_id = written.partition(":")
    return AnswerSource(SourceKind(kind), source_id)


def _in_utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
