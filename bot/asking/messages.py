"""Questions that come as messages: with a mention, as a direct message, or as a reply to an answer."""

import discord

from bot import reporting, sending
from bot.asking.buttons import AskingControls
from bot.asking.questions import is_for, is_withheld, question_in, questions_before
from bot.asking.replies import reply_card
from bot.bases import known
from bot.client import GoingDownError, PullquoteClient
from bot.render.help import withheld_card


def install(client: PullquoteClient) -> None:
    """Listen to messages."""

    async def on_message(message: discord.Message) -> None:
        if client.user is None or not is_for(message, client.user):
            return
        try:
            client.admit()
            await sending.reply(message, await _reply_to(message, client, client.user))
        except GoingDownError:
            return
        except Exception as error:  # noqa: BLE001  the one net under every message
            await reporting.report_in_reply(message, error)

    client.event(on_message)


async def _reply_to(
    message: discord.Message, client: PullquoteClient, me: discord.ClientUser
) -> discord.ui.LayoutView:
    if is_withheld(message):
        return withheld_card()
    question = question_in(message, me)
    after = await questions_before(message, me) if question else ()
    found = await known(client, message.guild.id if message.guild else None)
    return reply_card(
        found, question, AskingControls(message.author.id, in_server=message.guild is not None), after=after
    )
