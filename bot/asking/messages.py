"""Questions that come as messages: with a mention, as a direct message, or as a reply to an answer."""

import discord

from bot import reporting, sending
from bot.asking.buttons import AskingControls
from bot.asking.questions import answer, is_for, is_withheld, question_in, questions_before
from bot.client import GoingDownError, PullquoteClient
from bot.render.answers import answer_card
from bot.render.help import help_card, withheld_card


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
    server = message.guild.id if message.guild else None
    controls = AskingControls(message.author.id)
    if question := question_in(message, me):
        after = await questions_before(message, me)
        return answer_card(await answer(client, server, question, after), controls)
    if is_withheld(message):
        return withheld_card()
    base = await client.library.base(server)
    return help_card(base.suggest("", 3), controls)
