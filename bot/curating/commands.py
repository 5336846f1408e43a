"""`/qa`: what moderators of a server do with its entries and aliases.

Discord shows the group to moderators only, but an administrator can change that: each command checks
again, as each button and form does.
"""

import discord
from discord import app_commands

from bot import sending
from bot.bases import base_of, base_while_typing
from bot.components import Interaction, is_moderator, require_moderator
from bot.curating import adding, aliases, editing, explaining, hiding, history, looking, removing, undoing
from bot.curating.finding import all_entries, choices, hidden, nearest, of_packs
from bot.curating.listing import MAX_SEARCH, Listed, page_card
from knowledge.model import MAX_ALIAS, MAX_MEANING, MAX_PHRASING, MAX_QUESTION, EntryKind

qa = app_commands.Group(
    name="qa",
    description="The questions and answers of this server (for moderators)",
    default_permissions=discord.Permissions(manage_messages=True),
    # What is not ruled out is taken over from the tree, which is also there in direct messages.
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
)

Wanted = app_commands.Range[str, 1, MAX_QUESTION]
"""An entry, by its id or a question."""


@qa.command(
    name="add", description="Add a question and its answer: you see a preview before anything is saved"
)
async def _add(interaction: Interaction) -> None:
    require_moderator(interaction)
    await adding.start(interaction, EntryKind.ENTRY)


@qa.command(name="gap", description="Add a question that the story does not answer: I then say so at once")
async def _gap(interaction: Interaction) -> None:
    require_moderator(interaction)
    await adding.start(interaction, EntryKind.GAP)


@qa.command(name="edit", description="Change an entry; one of a pack becomes a copy of this server's own")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _edit(interaction: Interaction, entry: Wanted) -> None:
    require_moderator(interaction)
    await editing.edit(interaction, entry)


@qa.command(name="phrase", description="Add another way to ask what an entry answers")
@app_commands.describe(entry="The entry, by its id or one of its questions", phrasing="What members also ask")
async def _phrase(
    interaction: Interaction, entry: Wanted, phrasing: app_commands.Range[str, 1, MAX_PHRASING]
) -> None:
    require_moderator(interaction)
    await editing.add_phrasing(interaction, entry, phrasing)


@qa.command(name="show", description="Show all that is known about an entry")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _show(interaction: Interaction, entry: Wanted) -> None:
    require_moderator(interaction)
    await looking.show(interaction, entry)


@qa.command(name="list", description="List entries: this server's own, or others")
@app_commands.describe(
    search="Only those with this in their id, a question or the answer", show="Which entries"
)
@app_commands.choices(show=[app_commands.Choice(name=one, value=one) for one in Listed])
async def _list(
    interaction: Interaction,
    search: app_commands.Range[str, 1, MAX_SEARCH] | None = None,
    show: str = Listed.OWN,
) -> None:
    require_moderator(interaction)
    base = await base_of(interaction, ephemeral=True)
    await sending.respond(interaction, page_card(base, 0, Listed(show), search or ""), ephemeral=True)


@qa.command(name="remove", description="Remove one of this server's entries: you are asked before it goes")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _remove(interaction: Interaction, entry: Wanted) -> None:
    require_moderator(interaction)
    await removing.ask(interaction, entry)


@qa.command(name="restore", description="Bring back an entry that was removed")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _restore(interaction: Interaction, entry: Wanted) -> None:
    require_moderator(interaction)
    await undoing.restore(interaction, entry)


@qa.command(name="hide", description="No longer answer with an entry that came with a pack")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _hide(interaction: Interaction, entry: Wanted) -> None:
    require_moderator(interaction)
    await hiding.hide(interaction, entry)


@qa.command(name="unhide", description="Answer again with a pack's entry that was hidden")
@app_commands.describe(entry="The entry, by its id or one of its questions")
async def _unhide(interaction: Interaction, entry: Wanted) -> None:
    require_moderator(interaction)
    await hiding.unhide(interaction, entry)


@qa.command(name="history", description="See who changed what and when, and how it was before")
@app_commands.describe(entry="Only what happened to this entry, also if it is gone")
async def _history(interaction: Interaction, entry: Wanted | None = None) -> None:
    require_moderator(interaction)
    await history.show(interaction, entry)


@qa.command(name="revert", description="Take a change back: you see what that does before it happens")
@app_commands.describe(change="The change, by its number in /qa history")
async def _revert(interaction: Interaction, change: app_commands.Range[int, 1]) -> None:
    require_moderator(interaction)
    await undoing.ask(interaction, change)


@qa.command(name="explain", description="See why I answer a question as I do: what spoke for and against it")
@app_commands.describe(question="The question, as a member asks it")
async def _explain(interaction: Interaction, question: app_commands.Range[str, 1, MAX_QUESTION]) -> None:
    require_moderator(interaction)
    await explaining.explain(interaction, question)


alias = app_commands.Group(name="alias", description="Short forms, and what members mean by them", parent=qa)


@alias.command(name="add", description="Add a short form that members use, or change what it means")
@app_commands.describe(
    alias="The short form, such as BdO: one to three words", means="What members mean by it"
)
async def _add_alias(
    interaction: Interaction,
    alias: app_commands.Range[str, 1, MAX_ALIAS],
    means: app_commands.Range[str, 1, MAX_MEANING],
) -> None:
    require_moderator(interaction)
    await aliases.add(interaction, alias, means)


@alias.command(name="remove", description="Remove a short form")
@app_commands.describe(alias="The short form")
async def _remove_alias(interaction: Interaction, alias: app_commands.Range[str, 1, MAX_ALIAS]) -> None:
    require_moderator(interaction)
    await aliases.remove(interaction, alias)


@alias.command(name="list", description="List this server's short forms, and what they mean")
async def _list_aliases(interaction: Interaction) -> None:
    require_moderator(interaction)
    await aliases.show_all(interaction)


@_remove_alias.autocomplete("alias")
async def _complete_alias(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await aliases.complete(interaction, typed) if is_moderator(interaction) else []


@_edit.autocomplete("entry")
@_phrase.autocomplete("entry")
@_show.autocomplete("entry")
async def _complete_any(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if not is_moderator(interaction):
        return []
    base = await base_while_typing(interaction)
    return choices(nearest(base, all_entries(base), typed))


@_history.autocomplete("entry")
async def _complete_ever(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await history.complete(interaction, typed) if is_moderator(interaction) else []


@_remove.autocomplete("entry")
async def _complete_own(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if not is_moderator(interaction):
        return []
    base = await base_while_typing(interaction)
    return choices(nearest(base, base.own, typed))


@_hide.autocomplete("entry")
async def _complete_shown(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if not is_moderator(interaction):
        return []
    base = await base_while_typing(interaction)
    return choices(nearest(base, of_packs(base), typed))


@_unhide.autocomplete("entry")
async def _complete_hidden(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if not is_moderator(interaction):
        return []
    base = await base_while_typing(interaction)
    return choices(nearest(base, hidden(base), typed))


@_restore.autocomplete("entry")
async def _complete_removed(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return await undoing.complete_removed(interaction, typed) if is_moderator(interaction) else []


@_revert.autocomplete("change")
async def _complete_change(interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
    return await undoing.complete(interaction, str(typed)) if is_moderator(interaction) else []
