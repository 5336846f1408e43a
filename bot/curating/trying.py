"""What a base would be with an entry more, tried before the entry is saved."""

import asyncio

from knowledge.answering import Base
from knowledge.answering.budgets import check_budgets
from knowledge.model import Entry


async def base_with(base: Base, entry: Entry) -> Base:
    """Return what a base will be once an entry is saved, in the place of the server's own of the same id.

    Raises `BudgetError` where it would quote more of a story than may be shown.
    """
    own = {one.id: one for one in (*base.own, entry)}
    # Indexing takes a while on a server with many entries: the event loop goes on meanwhile.
    await asyncio.to_thread(check_budgets, base, (entry,))
    return await asyncio.to_thread(base.with_own, tuple(own.values()))
