"""The history: who changed what and when, page by page."""

import dataclasses
from datetime import UTC, datetime

import simcord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.components import MAX_CUSTOM_ID, MAX_TEXT
from bot.curating.history import PER_PAGE, history_card
from bot.render.escape import unescape
from knowledge.model import MAX_ID, AnswerSource, Author, Hidden, Setting, SourceKind
from knowledge.owned import Change, Item, Kind, put
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import Desk, entry
from tests.bot.curating.test_differences import entries

MIA = Author(5, "Mia")


def shown(card: object) -> str:
    return unescape(texts(getattr(card, "response", card)))


async def history(desk: Desk, **options: str) -> simcord.InteractionResult:
    return await desk.world.moderator.slash(desk.world.channel, "qa history", **options)


async def save(desk: Desk, *answers: str) -> None:
    for answer in answers:
        await desk.world.bot.library.save(desk.world.guild.id, [entry(1, answer=answer)], MIA)


async def test_without_changes_there_is_no_history(desk: Desk) -> None:
    card = await history(desk)

    assert card.response.ephemeral
    assert shown(card) == "Nothing has been changed yet."


async def test_each_change_tells_who_when_and_how_it_was_before(desk: Desk) -> None:
    await save(desk, "The blue ones.", "The golden ones.")

    card = await history(desk)

    _heading, last, first, footer = shown(card).split("\n\n")
    assert last.startswith("**2**: **Mia** <t:")
    assert "Changed the entry **rule-01**: answer\n- Answer: The ~~blue~~ **golden** ones." in last
    assert first.startswith("**1**: **Mia** <t:")
    assert "Added the entry **rule-01**" in first
    assert "- Answer: The blue ones." in first
    assert "/qa revert" in footer
    assert buttons(card.response) == {}


async def test_a_long_history_is_turned_page_by_page_also_after_a_restart(desk: Desk) -> None:
    await save(desk, *map(str, range(2 * PER_PAGE + 1)))

    card = await history(desk)
    assert "**11**:" in shown(card)
    assert "**6**:" not in shown(card)
    assert buttons(card.response)["Newest"]["disabled"]
    await desk.world.restart()
    await desk.press(card, "Older")
    assert "**6**:" in shown(card)
    await desk.press(card, "Older")
    assert "**1**:" in shown(card)
    assert buttons(card.response)["Older"]["disabled"]
    await desk.press(card, "Newest")
    assert "**11**:" in shown(card)


async def test_the_history_of_one_entry_has_nothing_of_others(desk: Desk) -> None:
    await save(desk, "One.")
    await desk.keep(entry(2))

    card = await history(desk, entry="What is rule 1 of this server?")

    assert "**History of rule-01**" in shown(card)
    assert "rule-02" not in shown(card)


async def test_the_history_of_one_entry_tells_that_its_change_did_more(desk: Desk) -> None:
    await desk.keep(entry(1), entry(2))

    told = shown(await history(desk, entry="rule-01"))

    assert "And 1 more thing in the same change." in told


async def test_an_entry_that_is_gone_still_has_its_history(desk: Desk) -> None:
    await save(desk, "One.")
    await desk.world.bot.library.remove(desk.world.guild.id, "rule-01")

    assert "Removed the entry **rule-01**" in shown(await history(desk, entry="rule-01"))
    assert "Nothing has been changed yet about **rule-02**" in shown(await history(desk, entry="rule-02"))


async def test_an_entry_that_is_gone_is_found_by_its_question_and_offered(desk: Desk) -> None:
    await desk.keep(entry(1), entry(2))
    await desk.world.bot.library.remove(desk.world.guild.id, "rule-01")

    told = shown(await history(desk, entry="what is rule 1 of this server?"))
    offered = await desk.world.moderator.autocomplete(desk.world.channel, "qa history", "entry", "rule")

    assert "Removed the entry **rule-01**" in told
    assert [choice["value"] for choice in offered] == ["rule-02", "rule-01"]


async def test_a_packs_entry_is_offered_once_though_its_copy_is_gone(desk: Desk) -> None:
    await desk.keep(entry(1, id="height"))
    await desk.world.bot.library.remove(desk.world.guild.id, "height")

    offered = await desk.world.moderator.autocomplete(desk.world.channel, "qa history", "entry", "")

    assert [choice["value"] for choice in offered] == ["height"]


async def test_the_pages_of_one_entry_keep_to_it(desk: Desk) -> None:
    await save(desk, *map(str, range(PER_PAGE + 1)))
    await desk.keep(entry(2))

    card = await history(desk, entry="rule-01")
    await desk.press(card, "Older")

    assert "**History of rule-01**" in shown(card)
    assert "**1**:" in shown(card)


async def test_other_things_than_entries_are_told_too(desk: Desk) -> None:
    library, server = desk.world.bot.library, desk.world.guild.id
    await library.change(server, [put(Setting("strictness", "careful"))], MIA)
    await library.change(server, [put(Hidden("height"))], MIA)
    await library.revert(server, 2)

    told = shown(await history(desk))

    assert "Set **strictness** to careful" in told
    assert "Hid the pack's entry **height**" in told
    assert "**3**: The command line" in told
    assert "took back change 2" in told


async def test_a_server_sees_its_own_changes_alone(desk: Desk) -> None:
    await desk.world.bot.library.save(desk.world.guild.id + 1, [entry(1)], MIA)

    assert shown(await history(desk)) == "Nothing has been changed yet."


# What an entry's card tells of it


async def test_an_entrys_card_tells_when_it_was_made_and_last_changed(desk: Desk) -> None:
    await save(desk, "One.", "Two.")
    await desk.world.bot.library.save(desk.world.guild.id, [entry(1, answer="Three.")], Author(6, "Ida"))

    card = await desk.world.moderator.slash(desk.world.channel, "qa show", entry="rule-01")

    told = shown(card)
    assert "-# Last changed\n<t:" in told
    assert "by **Ida**" in told
    assert told.index("Last changed") < told.index("-# Made") < told.index("by **Mia**")
    assert list(buttons(card.response)) == ["Edit", "Remove", "History"]


async def test_an_entrys_card_tells_how_helpful_members_found_it(desk: Desk) -> None:
    await save(desk, "One.")
    assert "helpful" not in shown(
        await desk.world.moderator.slash(desk.world.channel, "qa show", entry="rule-01")
    )
    misses, server = desk.world.bot.library.writable().misses, desk.world.guild.id
    for voter, is_helpful in (("a", True), ("b", True), ("c", False)):
        source = AnswerSource(SourceKind.ENTRY, "rule-01")
        await misses.vote(server, source, voter, helpful=is_helpful, at=datetime.now(UTC))

    card = await desk.world.moderator.slash(desk.world.channel, "qa show", entry="rule-01")

    assert "helpful 2 times, not helpful 1 time" in shown(card)


async def test_the_buttons_of_an_entrys_card_work_after_a_restart(desk: Desk) -> None:
    await save(desk, "One.")
    card = await desk.world.moderator.slash(desk.world.channel, "qa show", entry="rule-01")
    await desk.world.restart()

    edited = await desk.press(card, "Edit")
    asked = await desk.press(card, "Remove")
    told = await desk.press(card, "History")

    assert edited.modal is not None
    assert "Remove this entry?" in shown(asked)
    assert "Added the entry **rule-01**" in shown(told)
    assert asked.response.ephemeral
    assert told.response.ephemeral


# Cards


authors = st.none() | st.builds(Author, st.integers(0, 2**63), st.text(max_size=300))
items = st.builds(
    lambda before, after: Item(Kind.ENTRY, after.id, before, after), entries | st.none(), entries
)
changes = st.builds(
    lambda number, author, done, more, reverts: Change(
        number, datetime(2026, 1, 2, tzinfo=UTC), author, tuple(done), len(done) + more, reverts
    ),
    st.integers(1, 10**9),
    authors,
    st.lists(items, min_size=1, max_size=5),
    st.integers(0, 10**6),
    st.none() | st.integers(1, 10**9),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(changes, max_size=PER_PAGE + 1), st.text(max_size=MAX_ID))
def test_a_page_fits_a_message_and_tells_of_every_change(made: list[Change], entry_id: str) -> None:
    card = history_card(made, entry_id, 10**9)

    assert 0 < card.content_length() <= MAX_TEXT
    text = "".join(getattr(part, "content", "") for part in card.walk_children())
    assert all(f"**{change.number}**: " in text for change in made[:PER_PAGE])


def test_the_buttons_of_the_longest_id_fit() -> None:
    one = Change(10**9, datetime(2026, 1, 2, tzinfo=UTC), MIA, (), 0)
    card = history_card([dataclasses.replace(one) for _ in range(PER_PAGE + 1)], "x" * MAX_ID, 10**9)

    ids = [getattr(part, "custom_id", "") or "" for part in card.walk_children()]
    assert max(map(len, ids)) <= MAX_CUSTOM_ID
