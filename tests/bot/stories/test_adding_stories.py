"""`/story add`: a file or pasted text, a preview, and nothing saved before it is confirmed."""

from bot.stories.fetching import Fetched, Fetcher
from knowledge.errors import StoryError
from knowledge.model import Author, Setting
from knowledge.settings import PACKS_OFF
from tests.bot.conftest import buttons, texts
from tests.bot.stories.conftest import LIFTS, STORY, TEXT, Shelf

FILE = ("balloon.txt", TEXT.encode())


async def test_a_file_is_previewed_and_saved_once_it_is_confirmed(shelf: Shelf) -> None:
    preview = await shelf.do("add", file=FILE, title="The balloon", publisher="Xylo News")

    shown = texts(preview.response)
    assert preview.response.ephemeral
    assert all(part in shown for part in ("The balloon", "Xylo News", "English", "5 passages", "1 quotation"))
    assert "> The balloon of Xylo Point was sewn" in shown
    assert (await shelf.owned()).stories == ()

    saved = await shelf.press(preview, "Confirm")

    assert "Saved" in texts(saved.response)
    (kept,) = (await shelf.owned()).stories
    assert (kept.slug, kept.text, kept.source.publisher) == ("the-balloon", TEXT, "Xylo News")
    assert kept.author == Author(shelf.world.moderator.id, "moderator")
    world = shelf.world
    await world.alice.send(world.channel, f"{world.mention} how many guests does the balloon lift?")
    assert LIFTS in texts(world.last)


async def test_without_a_file_a_form_asks_for_the_text(shelf: Shelf) -> None:
    form = await shelf.do("add", author="Ada", title="Up")
    assert form.modal is not None
    assert "4,000" in form.modal["components"][0]["description"]

    preview = await shelf.paste(form, title="Up", publisher="Xylo News")
    await shelf.press(preview, "Confirm")

    (kept,) = (await shelf.owned()).stories
    assert (kept.text, kept.source.author, kept.source.publisher) == (TEXT, "Ada", "Xylo News")
    assert kept.slug == "up"


async def test_what_was_pasted_stands_in_a_file_below_the_preview(shelf: Shelf) -> None:
    preview = await shelf.paste(await shelf.do("add"))

    (below,) = preview.followups
    assert below.ephemeral
    (pasted,) = below.attachments
    assert TEXT in (await pasted.read()).decode()


async def test_pasted_text_can_be_edited_and_then_replaces_the_preview(shelf: Shelf) -> None:
    preview = await shelf.paste(await shelf.do("add"), title="Upp")
    form = await shelf.press(preview, "Edit")
    assert form.modal["components"][0]["component"]["value"] == TEXT
    edited = await shelf.world.moderator.submit_modal(form, {"text": TEXT, "title": "Up"})
    assert "Upp" not in texts(edited.response)
    await shelf.press(edited, "Confirm")
    assert [kept.source.title for kept in (await shelf.owned()).stories] == ["Up"]


async def test_a_cancelled_preview_saves_nothing(shelf: Shelf) -> None:
    preview = await shelf.do("add", file=FILE)
    assert "Edit" not in buttons(preview.response)
    cancelled = await shelf.press(preview, "Cancel")
    assert "nothing was saved" in texts(cancelled.response)
    assert (await shelf.owned()).stories == ()


async def test_a_preview_tells_how_much_may_be_shown(shelf: Shelf) -> None:
    closed = texts((await shelf.do("add", file=FILE)).response)
    assert "at most 5 words" in closed
    assert "cc-by-4.0" in closed.replace("\\", "")
    free = texts((await shelf.do("add", file=FILE, licence="CC BY 4.0")).response)
    assert "lets all of it be shown" in free


async def test_a_file_that_is_too_long_is_refused_before_it_is_read(shelf: Shelf) -> None:
    refused = await shelf.do("add", file=("long.txt", b"x" * 1_000_001))
    assert "1,000,001 bytes" in shelf.refused(refused)
    assert refused.response.ephemeral


async def test_a_file_of_another_kind_or_encoding_is_refused(shelf: Shelf) -> None:
    picture = await shelf.do("add", file=("photo.png", b"\x89PNG"))
    assert "photo.png" in shelf.refused(picture)
    latin = await shelf.do("add", file=("old.txt", "Grüße aus Köln.".encode("latin-1")))
    assert "UTF" in shelf.refused(latin)


async def test_what_was_pasted_and_cannot_be_taken_comes_back_as_a_file(shelf: Shelf) -> None:
    refused = await shelf.paste(await shelf.do("add"), url="ftp://example.org/balloon")
    assert "no web address" in shelf.refused(refused)
    (typed,) = refused.response.attachments
    assert LIFTS in (await typed.read()).decode()


async def test_the_same_text_is_not_added_twice(shelf: Shelf) -> None:
    await shelf.keep(STORY)
    refused = await shelf.do("add", file=FILE)
    assert "already" in shelf.refused(refused)


async def test_a_story_of_the_same_title_gets_a_name_of_its_own(shelf: Shelf) -> None:
    first = await shelf.do("add", file=("a.txt", b"The first text is short."), title="News")
    second = await shelf.do("add", file=("b.txt", b"The second text is short, too."), title="News")
    await shelf.press(first, "Confirm")
    await shelf.press(second, "Confirm")
    assert [kept.slug for kept in (await shelf.owned()).stories] == ["news", "news-2"]


async def test_after_a_restart_a_preview_says_that_it_is_gone(shelf: Shelf) -> None:
    preview = await shelf.do("add", file=FILE)
    await shelf.world.restart()
    refused = await shelf.press(preview, "Confirm")
    assert "restarted" in refused.response.content
    assert (await shelf.owned()).stories == ()


async def test_another_moderator_cannot_confirm_it(shelf: Shelf) -> None:
    world = shelf.world
    preview = await shelf.do("add", file=FILE)
    message = world.env.backend.get_message(world.channel.id, preview.response.id)
    message.flags &= ~64  # as if it were visible to all
    other = world.guild.add_member(world.env.create_user("second"), roles=[world.guild.roles["Moderators"]])
    refused = await other.click(preview.response, label="Confirm")
    assert "no longer have this preview" in refused.response.content
    assert (await shelf.owned()).stories == ()


async def test_what_an_article_says_does_nothing_on_the_card(shelf: Shelf) -> None:
    text = b"# Look @everyone\n\n[here](https://example.org) <@1> `x` is *it*, they say."
    preview = await shelf.do("add", file=("a.txt", text), title="**bold** @here")
    shown = texts(preview.response)
    assert "@everyone" not in shown.replace("\\@", "")
    assert "[here]" not in shown
    assert "\\*\\*bold\\*\\*" in shown


async def test_a_page_is_taken_with_what_it_says_of_itself(shelf: Shelf) -> None:
    words = "".join(
        f"<p>The balloon number {n} was sewn in 1931 by four sisters in the barn.</p>" for n in range(9)
    )
    page = f"<html lang=en><head><title>Up</title></head><body><article>{words}</article></body></html>"
    preview = await shelf.do("add", file=("up.html", page.encode()))
    await shelf.press(preview, "Confirm")
    (kept,) = (await shelf.owned()).stories
    assert "balloon number 8" in kept.text
    assert "<p>" not in kept.text


class Page(Fetcher):
    """A web of one page."""

    async def fetch(self, address: str) -> Fetched:
        if address != URL:
            raise StoryError("The page could not be fetched.")
        return Fetched(TEXT.encode(), "page.txt", URL)


URL = "https://example.org/balloon"


async def test_a_page_is_fetched_where_the_operator_allows_it(shelf: Shelf) -> None:
    shelf.world.bot.fetcher = Page()
    preview = await shelf.do("add", url=URL, title="The balloon")
    await shelf.press(preview, "Confirm")
    (kept,) = (await shelf.owned()).stories
    assert (kept.text, kept.source.url) == (TEXT, URL)


async def test_a_page_that_cannot_be_had_is_told(shelf: Shelf) -> None:
    shelf.world.bot.fetcher = Page()
    assert "could not be fetched" in shelf.refused(await shelf.do("add", url="https://example.org/other"))


async def test_nothing_is_fetched_where_the_operator_did_not_allow_it(shelf: Shelf) -> None:
    form = await shelf.do("add", url=URL)
    inputs = {part["component"]["custom_id"]: part["component"] for part in form.modal["components"]}
    assert inputs["url"]["value"] == URL


async def test_a_story_never_takes_the_short_name_of_one_whose_pack_is_off(shelf: Shelf) -> None:
    await shelf.keep(Setting(PACKS_OFF, "lighthouse"))
    await shelf.press(await shelf.do("add", file=FILE, title="Lighthouse"), "Confirm")

    (kept,) = (await shelf.owned()).stories
    assert kept.slug == "lighthouse-2"
    await shelf.keep(Setting(PACKS_OFF, ""))
    base = await shelf.world.bot.library.base(shelf.world.guild.id)
    assert {story.slug for story in base.stories} == {"lighthouse", "lighthouse-2"}
