"""`/quote`."""

from collections.abc import Iterable

from discord import app_commands

from bot import sending
from bot.asking.buttons import AskingControls
from bot.asking.places import require_open
from bot.bases import base_while_typing, known_to
from bot.components import MAX_CHOICE, MAX_CHOICES, Interaction
from bot.quoting.cards import quote_card
from bot.quoting.finding import find

MAX_TYPED = 100
"""Code points of a name or theme."""


@app_commands.command(name="quote", description="What people say in the story, in their own words")
@app_commands.describe(
    about="What they should speak about, such as respect", who="Who should speak; nothing at all: anyone"
)
async def quote(
    interaction: Interaction,
    about: app_commands.Range[str, 0, MAX_TYPED] = "",
    who: app_commands.Range[str, 0, MAX_TYPED] = "",
) -> None:
    """Answer with quotations."""
    base = (await known_to(interaction)).base
    require_open(interaction, base.settings)
    found = find(base, who.strip()[:MAX_TYPED], about.strip()[:MAX_TYPED])
    await sending.respond(interaction, quote_card(found, AskingControls(interaction.user.id)))


@quote.autocomplete("who")
async def _speakers(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return _choices((await base_while_typing(interaction)).speakers(), typed)


@quote.autocomplete("about")
async def _themes(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return _choices((await base_while_typing(interaction)).themes(), typed)


def _choices(texts: Iterable[str], typed: str) -> list[app_commands.Choice[str]]:
    """Return the texts that hold what is typed, those that begin with it first."""
    wanted = typed.strip().casefold()
    held = [text for text in texts if wanted in text.casefold() and 0 < len(text) <= MAX_CHOICE]
    held.sort(key=lambda text: not text.casefold().startswith(wanted))
    return [app_commands.Choice(name=text, value=text) for text in held[:MAX_CHOICES]]
