"""The card of the inbox: one cluster of questions, and what can be done about it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import discord

from bot.components import MAX_TEXT, Card
from bot.counting import counted
from bot.curating.showing import MAX_LINE, within
from bot.render.escape import escape, fit, one_line
from knowledge.inbox import Cluster
from knowledge.model import Ended

Row = Iterable[discord.ui.Item[Any]]

EMPTY = (
    "**The inbox is empty.** Questions that I cannot answer, and answers that did not help, will wait here for"
    " you, without the names of those who asked."
)

_ENDED = {
    Ended.CHOICES: "I offered choices",
    Ended.CLOSEST: "I showed the nearest lines",
    Ended.UNKNOWN: "I found nothing",
    Ended.NOT_HELPFUL: "my answer was no help",
}
_SHOWN = 8
"""Other wordings of a question that are shown."""


def inbox_card(clusters: tuple[Cluster, ...], page: int, rows: Iterable[Row], notice: str = "") -> Card:
    """Return the page of a cluster, counted from 0, with rows of buttons; `notice` is escaped already."""
    if not clusters:
        items: list[discord.ui.Item[Any]] = [discord.ui.TextDisplay("\n".join(filter(None, [notice, EMPTY])))]
        return Card(*items, *_rows(rows))
    cluster = clusters[page]
    heading = f"**Inbox**: {counted(len(clusters), 'question')} waiting, {page + 1} of {len(clusters)}"
    text, _is_cut = within(_blocks(cluster), MAX_TEXT - len(heading) - len(notice) - 2)
    shown: discord.ui.Item[Any] = discord.ui.Container(discord.ui.TextDisplay(text))
    return Card(discord.ui.TextDisplay("\n".join(filter(None, [notice, heading]))), shown, *_rows(rows))


def _rows(rows: Iterable[Row]) -> Iterator[discord.ui.Item[Any]]:
    for row in map(list, rows):
        if row:
            yield discord.ui.ActionRow(*row)


def _blocks(cluster: Cluster) -> Iterator[str]:
    yield f"**{fit(one_line(cluster.typical.question), 2 * MAX_LINE)}**"
    when = f"last {_ago(cluster.last)}"
    if cluster.times > 1:
        when = f"first {_ago(cluster.first)}, {when}"
    ended = dict.fromkeys(_ENDED[miss.ended] for miss in cluster.misses)
    yield f"Asked {counted(cluster.times, 'time')}, {when}; {' or '.join(ended)}."
    told = {miss.source.id for miss in cluster.misses if miss.source is not None}
    if told:
        yield f"Answered with {', '.join(f'**{escape(one)}**' for one in sorted(told))}."
    others = list(dict.fromkeys(miss.question for miss in cluster.misses))
    others.remove(cluster.typical.question)
    if others:
        yield "Also asked as"
        yield from (f"- {fit(one_line(other), MAX_LINE)}" for other in others[:_SHOWN])
    if len(others) > _SHOWN:
        yield f"- and {counted(len(others) - _SHOWN, 'more wording')}"


def _ago(time: datetime) -> str:
    return f"<t:{int(time.timestamp())}:R>"
