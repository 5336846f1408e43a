"""`/story replace`: what becomes of each citation is shown first, and saved with the text."""

from tests.bot.conftest import texts
from tests.bot.stories.conftest import CORRECTED, LIFTS, SEWN, STORY, TEXT, Shelf, resting_on

FILE = ("balloon.md", CORRECTED.encode())
QUOTE = "“She is our pride,” said Marta Quill, the pilot."

MOVED = resting_on(LIFTS, "guests", "How many guests does the balloon lift?")
STALE = resting_on(SEWN, "sisters", "Who sewed the balloon?")


async def ready(shelf: Shelf) -> None:
    await shelf.keep(STORY, MOVED, STALE)


async def test_the_preview_tells_what_is_kept_moved_and_stale(shelf: Shelf) -> None:
    await ready(shelf)
    preview = await shelf.do("replace", story="the-balloon", file=FILE)

    shown = texts(preview.response)
    assert "0 kept, 1 moved, 1 stale" in shown
    assert "sisters" in shown
    assert "> The balloon of Xylo Point was sewn in 1931 by five sisters." in shown  # the nearest line
    assert "**Moved**, in 1 entry: guests" in shown
    assert (await shelf.owned()).stories == (STORY,)


async def test_confirming_saves_the_story_and_the_moved_entries_in_one_change(shelf: Shelf) -> None:
    await ready(shelf)
    preview = await shelf.do("replace", story="the balloon", file=FILE)
    saved = await shelf.press(preview, "Confirm")

    assert "/qa list" in texts(saved.response)
    owned = await shelf.owned()
    (kept,) = owned.stories
    assert (kept.text, kept.slug, kept.source, kept.author) == (
        CORRECTED,
        "the-balloon",
        STORY.source,
        STORY.author,
    )
    base = await shelf.world.bot.library.base(shelf.world.guild.id)
    assert [entry.id for entry in base.stale] == ["sisters"]
    (change, *_earlier) = await shelf.world.bot.library.writable().history(shelf.world.guild.id)
    assert change.size == 2  # the stale entry stands as it did
    world = shelf.world
    await world.alice.send(world.channel, f"{world.mention} {MOVED.phrasings[0]}")
    assert f"> {LIFTS}" in texts(world.last)
    assert "paragraph 3" in texts(world.last)


async def test_an_unchanged_part_keeps_its_citations(shelf: Shelf) -> None:
    await ready(shelf)
    longer = f"{TEXT}\n\nThe barn stands again."
    preview = await shelf.do("replace", story="the-balloon", file=("b.txt", longer.encode()))
    assert "2 kept, 0 moved, 0 stale" in texts(preview.response)
    await shelf.press(preview, "Confirm")
    assert (await shelf.world.bot.library.base(shelf.world.guild.id)).stale == ()


async def test_an_entry_that_came_meanwhile_is_shown_before_anything_is_saved(shelf: Shelf) -> None:
    await ready(shelf)
    preview = await shelf.do("replace", story="the-balloon", file=FILE)
    await shelf.keep(resting_on(QUOTE, "pride", "What does the pilot say?"))

    again = await shelf.press(preview, "Confirm")

    assert "Not saved yet" in texts(again.response)
    assert "pride" in texts(again.response)
    assert (await shelf.owned()).stories == (STORY,)
    await shelf.press(again, "Confirm")
    assert (await shelf.owned()).stories[0].text == CORRECTED
    assert [entry.id for entry in (await shelf.world.bot.library.base(shelf.world.guild.id)).stale] == [
        "sisters"
    ]


async def test_what_was_saved_but_could_not_be_acknowledged_is_not_said_to_be_lost(shelf: Shelf) -> None:
    await shelf.keep(STORY)
    form = await shelf.do("replace", story="the-balloon")
    preview = await shelf.paste(form, text=CORRECTED)
    for _ in range(2):
        shelf.world.env.inject_error("PATCH", "/webhooks/*", status=500)
    await shelf.press(preview, "Confirm")

    second = await shelf.press(preview, "Confirm")

    assert [story.text for story in (await shelf.owned()).stories] == [CORRECTED]
    assert "is saved already" in second.response.content


async def test_a_story_that_was_changed_meanwhile_is_not_overwritten(shelf: Shelf) -> None:
    await ready(shelf)
    first = await shelf.do("replace", story="the-balloon", file=FILE)
    other = await shelf.do("replace", story="the-balloon", file=("b.txt", f"{TEXT} More of it.".encode()))
    await shelf.press(other, "Confirm")
    refused = await shelf.press(first, "Confirm")
    assert "changed since" in refused.followups[-1].content
    assert (await shelf.owned()).stories[0].text.endswith("More of it.")


async def test_the_form_for_a_corrected_text_keeps_what_is_not_told_anew(shelf: Shelf) -> None:
    await ready(shelf)
    form = await shelf.do("replace", story="the-balloon")
    preview = await shelf.paste(form, text=CORRECTED, publisher="Xylo News")
    await shelf.press(preview, "Confirm")
    (kept,) = (await shelf.owned()).stories
    assert (kept.source.title, kept.source.publisher) == ("The balloon", "Xylo News")


async def test_only_own_stories_can_be_replaced(shelf: Shelf) -> None:
    await ready(shelf)
    refused = await shelf.do("replace", story="lighthouse", file=FILE)
    assert "no such story of its own" in shelf.refused(refused)


async def test_without_entries_that_cite_it_the_preview_says_so(shelf: Shelf) -> None:
    await shelf.keep(STORY)
    preview = await shelf.do("replace", story="the-balloon", file=FILE)
    assert "No entry cites it" in texts(preview.response)


async def test_many_entries_fit_on_the_card(shelf: Shelf) -> None:
    asked = "Who sewed balloon number {} in the long winter of that year, and with what?"
    await shelf.keep(STORY, *(resting_on(SEWN, f"sisters-{n}", asked.format(n)) for n in range(60)))
    preview = await shelf.do("replace", story="the-balloon", file=FILE)
    assert "60 stale" in texts(preview.response)
    (in_full,) = preview.followups[-1].attachments
    assert (await in_full.read()).decode().count("stale  paragraph 1") == 60
    await shelf.press(preview, "Confirm")
    assert len((await shelf.world.bot.library.base(shelf.world.guild.id)).stale) == 60
