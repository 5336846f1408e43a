"""Questions that come as messages: with a mention, in private, as a reply, or in an auto-answer channel."""

import discord

from bot import reporting, sending
from bot.asking.buttons import AskingControls
from bot.asking.places import Places
from bot.asking.questions import asks_anyone, is_for, is_withheld, question_in, questions_before
from bot.asking.replies import reply_card, sure_card
from bot.bases import known
from bot.client import GoingDownError, PullquoteClient
from bot.render.help import withheld_card


def install(client: PullquoteClient) -> None:
    """Listen to messages."""

    async def on_message(message: discord.Message) -> None:
        if client.user is None:
            return
        is_asked = is_for(message, client.user)
        if not (is_asked or (client.intents.message_content and asks_anyone(message))):
            return
        try:
            client.admit()
            if card := await _reply_to(message, client, client.user, is_asked=is_asked):
                await sending.reply(message, card)
        except GoingDownError:
            return
        except Exception as error:  # noqa: BLE001  the one net under every message
            await reporting.report_in_reply(message, error)

    client.event(on_message)


async def _reply_to(
    message: discord.Message, client: PullquoteClient, me: discord.ClientUser, *, is_asked: bool
) -> discord.ui.LayoutView | None:
    """Return what to say; None where the server wants no answer there, or nobody asked and none is sure."""
    found = await known(client, message.guild.id if message.guild else None)
    places = Places(found.base.settings, message.channel)
    if message.guild is not None and not (places.is_open if is_asked else places.is_auto):
        return None
    if is_withheld(message):
        return withheld_card(found.texts)
    controls = AskingControls(message.author.id, found.texts, in_server=message.guild is not None)
    question = question_in(message, me)
    if not is_asked:
        return sure_card(found, question, controls)
    after = await questions_before(message, me) if question else ()
    return reply_card(found, question, controls, after=after)
