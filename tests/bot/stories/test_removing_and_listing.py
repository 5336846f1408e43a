"""`/story remove`, `list` and `read`."""

from dataclasses import replace

from knowledge.model import OwnStory, Source
from knowledge.owned import Kind
from tests.bot.conftest import buttons, texts
from tests.bot.stories.conftest import LIFTS, SEWN, STORY, TEXT, Shelf, resting_on

ENTRY = resting_on(LIFTS, "guests", "How many guests does the balloon lift?")
CLOSED = replace(STORY, source=Source(title="The balloon", url="https://example.org/balloon"))


async def test_removing_says_first_what_goes(shelf: Shelf) -> None:
    await shelf.keep(STORY, ENTRY)
    asked = await shelf.do("remove", story="the-balloon")
    shown = texts(asked.response)
    assert asked.response.ephemeral
    assert all(
        part in shown
        for part in ("The balloon", "guests", "cannot be undone", "Entries that this makes stale: 1")
    )
    assert (await shelf.owned()).stories == (STORY,)


async def test_a_removed_story_is_gone_with_its_excerpts_and_leaves_a_stub(shelf: Shelf) -> None:
    await shelf.keep(STORY, ENTRY)
    removed = await shelf.press(await shelf.do("remove", story="The balloon"), "Remove it")

    assert "Removed" in texts(removed.response)
    owned = await shelf.owned()
    assert owned.stories == ()
    assert [citation.excerpt for entry in owned.entries for citation in entry.citations] == [""]
    store, server = shelf.world.bot.library.writable(), shelf.world.guild.id
    changes = [await store.change_of(server, change.number) for change in await store.history(server)]
    told = [item for change in changes if change for item in change.items]
    assert any(item.kind is Kind.STORY and item.after is None and item.before is not None for item in told)
    assert LIFTS not in repr(told)
    assert len(changes) == 2
    world = shelf.world
    await world.alice.send(world.channel, f"{world.mention} {ENTRY.phrasings[0]}")
    assert "forty" not in texts(world.last)


async def test_it_can_be_kept_after_all_and_the_buttons_work_after_a_restart(shelf: Shelf) -> None:
    await shelf.keep(STORY)
    asked = await shelf.do("remove", story="the-balloon")
    await shelf.world.restart()
    await shelf.press(asked, "Keep it")
    assert (await shelf.owned()).stories == (STORY,)
    again = await shelf.do("remove", story="the-balloon")
    await shelf.world.restart()
    await shelf.press(again, "Remove it")
    assert (await shelf.owned()).stories == ()


async def test_what_others_changed_meanwhile_is_shown_before_it_is_gone_for_good(shelf: Shelf) -> None:
    await shelf.keep(STORY)
    asked = await shelf.do("remove", story="the-balloon")
    await shelf.keep(ENTRY)
    again = await shelf.press(asked, "Remove it")
    assert "Not removed yet" in texts(again.response)
    assert "Entries that this makes stale: 1" in texts(again.response)
    corrected = replace(STORY, text=f"{TEXT}\n\nCorrected.")
    await shelf.keep(corrected)
    again = await shelf.press(again, "Remove it")
    assert (await shelf.owned()).stories == (corrected,)
    assert "Removed" in texts((await shelf.press(again, "Remove it")).response)
    assert (await shelf.owned()).stories == ()


async def test_removing_it_twice_says_that_it_is_gone(shelf: Shelf) -> None:
    await shelf.keep(STORY)
    first, second = [await shelf.do("remove", story="the-balloon") for _ in range(2)]
    await shelf.press(first, "Remove it")
    refused = await shelf.press(second, "Remove it")
    assert "no such story" in refused.followups[-1].content


async def test_the_list_tells_about_each_story(shelf: Shelf) -> None:
    stale = resting_on(SEWN, "sisters", "Who sewed it?", replace(STORY, text=f"Once. {TEXT}"))
    await shelf.keep(CLOSED, stale)
    shown = texts((await shelf.do("list")).response)
    assert all(
        part in shown for part in ("The balloon", "added by Ada", "0 of 5 words quoted", "1 stale entry")
    )
    assert all(
        part in shown for part in ("A lamp at sea", "Tveit Times", "part of a pack", "all of it may be")
    )


async def test_a_long_list_has_pages_that_turn_after_a_restart(shelf: Shelf) -> None:
    await shelf.keep(*(OwnStory(f"story-{n}", f"This is story number {n}.") for n in range(9)))
    page = await shelf.do("list")
    assert "story-8" not in texts(page.response)
    assert buttons(page.response)["Previous"]["disabled"]
    await shelf.world.restart()
    turned = await shelf.press(page, "Next")
    assert "story-8" in texts(turned.response)
    assert "story-0" in texts((await shelf.press(turned, "Previous")).response)


async def test_a_story_is_read_page_by_page(shelf: Shelf) -> None:
    paragraphs = [f"Paragraph {n} tells of the *balloon* and of its {n} guests." for n in range(150)]
    await shelf.keep(replace(STORY, text="\n\n".join(paragraphs)))
    page = await shelf.do("read", story="the-balloon")
    assert "page 1 of 4" in texts(page.response)
    assert "> Paragraph 0 tells of the \\*balloon\\*" in texts(page.response)
    await shelf.world.restart()
    turned = await shelf.press(page, "Next")
    assert "page 2 of 4" in texts(turned.response)
    assert "Paragraph 0 " not in texts(turned.response)


async def test_no_more_is_read_than_may_be_shown_and_the_link_leads_to_the_rest(shelf: Shelf) -> None:
    text = f"{TEXT}\n{' '.join(f'And here is sentence number {n} of it.' for n in range(40))}"
    await shelf.keep(replace(CLOSED, text=text))
    page = await shelf.do("read", story="the-balloon")
    shown = texts(page.response)
    assert "by four sisters" in shown
    assert "sentence number 39" not in shown
    assert "I may show" in shown
    assert buttons(page.response)["Read at example.org"]["url"] == "https://example.org/balloon"


async def test_nothing_is_read_of_a_story_so_short_that_not_one_sentence_may_be_shown(shelf: Shelf) -> None:
    await shelf.keep(CLOSED)
    shown = texts((await shelf.do("read", story="the-balloon")).response)
    assert "sisters" not in shown
    assert "I may show 5" in shown


async def test_stories_are_offered_by_title_and_name_while_typing(shelf: Shelf) -> None:
    await shelf.keep(STORY)
    world = shelf.world

    async def offered(command: str, typed: str) -> list[object]:
        choices = await world.moderator.autocomplete(world.channel, f"story {command}", "story", typed)
        return [choice["value"] for choice in choices]

    assert await offered("remove", "BALL") == ["the-balloon"]
    assert await offered("replace", "") == ["the-balloon"]
    assert await offered("remove", "lamp") == []
    assert await offered("read", "lamp") == ["lighthouse"]
