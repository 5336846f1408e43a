"""The dialogue of `/qa add`, as a moderator goes through it."""

import pytest

from bot.curating import notices
from bot.render.escape import unescape
from knowledge.library import Library
from knowledge.model import MAX_ANSWER, OwnStory, Pack, Source
from knowledge.owned import put
from knowledge.storage import open_store
from knowledge.stories import build_story, cite
from tests.bot.conftest import World, buttons, texts
from tests.bot.curating.conftest import ANSWER, QUESTION, Desk, entry

LINE = "In winter the ferry does not call there."


async def test_the_form_asks_for_all_that_an_entry_is_made_of(world: World) -> None:
    form = await world.moderator.slash(world.channel, "qa add")

    labels = [component["label"] for component in form.modal["components"]]
    assert labels == ["Question", "Answer", "Excerpt", "Other phrasings"]


async def test_the_preview_is_for_the_moderator_alone_and_saves_nothing(desk: Desk) -> None:
    preview = await desk.fill_in()

    assert preview.response.ephemeral
    assert "nothing is saved yet" in texts(preview.response)
    assert list(buttons(preview.response)) == ["Confirm", "Edit", "Cancel"]
    assert await desk.own() == ()


async def test_the_preview_shows_the_card_that_members_get(desk: Desk) -> None:
    preview = await desk.fill_in(excerpt=LINE)
    shown = texts(preview.response)
    await desk.press(preview, "Confirm")

    asked = await desk.world.alice.slash(desk.world.channel, "ask", question=QUESTION)

    assert texts(asked.response) in shown


async def test_a_confirmed_entry_answers_the_very_next_question(desk: Desk) -> None:
    preview = await desk.fill_in()
    await desk.press(preview, "Confirm")

    asked = await desk.world.alice.slash(desk.world.channel, "ask", question=QUESTION)

    assert "Saved" in texts(preview.response)
    assert list(buttons(preview.response)) == ["Undo"]
    assert ANSWER in texts(asked.response)


async def test_an_entry_without_an_excerpt_is_attributed_to_its_moderator(desk: Desk) -> None:
    await desk.press(await desk.fill_in(), "Confirm")

    (kept,) = await desk.own()
    asked = await desk.world.alice.slash(desk.world.channel, "ask", question=QUESTION)

    assert kept.citations == ()
    assert kept.author is not None
    assert (kept.author.id, kept.author.name) == (desk.world.moderator.id, "moderator")
    assert "moderator of this server: moderator" in texts(asked.response)


async def test_what_is_acknowledged_is_on_the_disk(desk: Desk, packs: tuple[Pack, ...]) -> None:
    await desk.press(await desk.fill_in(phrasings="her boots?\n\nshoes on stage?"), "Confirm")

    reopened = Library(packs, await open_store(f"sqlite:///{desk.database}"))
    kept = (await reopened.base(desk.world.guild.id)).own
    await reopened.close()

    assert kept == await desk.own()
    assert kept[0].phrasings == (QUESTION, "her boots?", "shoes on stage?")


async def test_other_servers_know_nothing_of_it(desk: Desk) -> None:
    await desk.press(await desk.fill_in(), "Confirm")

    assert (await desk.world.bot.library.base(desk.world.guild.id + 1)).own == ()


async def test_an_excerpt_is_quoted_with_its_place(desk: Desk) -> None:
    preview = await desk.fill_in(excerpt=f"  {LINE}\n")
    await desk.press(preview, "Confirm")

    (kept,) = await desk.own()
    assert [citation.excerpt for citation in kept.citations] == [LINE]
    assert "\n> " in f"\n{texts(preview.response)}"


async def test_similar_entries_are_shown_with_their_scores(desk: Desk) -> None:
    await desk.keep(entry(1, phrasings=("Which boots did she wear on that night?",)))

    preview = await desk.fill_in()

    assert "Similar entries" in texts(preview.response)
    assert "rule-01" in texts(preview.response)


async def test_an_entry_like_one_of_the_other_phrasings_is_shown_too(desk: Desk) -> None:
    await desk.keep(entry(1))

    preview = await desk.fill_in(phrasings=f"which shoes had she on\n{entry(1).phrasings[0]}")

    assert "- 100: What is rule 1 of this server? (**rule-01**)" in unescape(texts(preview.response))
    assert "No other entry" not in texts(preview.response)


async def test_without_similar_entries_the_preview_says_so(desk: Desk) -> None:
    preview = await desk.fill_in(question="Xylophones: quarterly maintenance intervals?")

    assert "No other entry asks anything like it." in texts(preview.response)


async def test_the_preview_tells_what_was_answered_until_now(desk: Desk) -> None:
    preview = await desk.fill_in(question="How many metres high is the tower?", answer="Twenty-three.")

    assert "**Until now I answered**\nIt is 23 metres high." in texts(preview.response)


# Editing and cancelling


async def test_edit_opens_the_form_filled_in_and_the_preview_changes_in_place(desk: Desk) -> None:
    preview = await desk.fill_in(excerpt=LINE, phrasings="her boots?")

    form = await desk.press(preview, "Edit")
    values = {
        component["component"]["custom_id"]: component["component"].get("value")
        for component in form.modal["components"]
    }
    again = await desk.world.moderator.submit_modal(form, {**values, "answer": "Silver ones."})

    assert values == {"question": QUESTION, "answer": ANSWER, "excerpt": LINE, "phrasings": "her boots?"}
    assert again.followups == []
    assert "Silver ones." in texts(preview.response)
    await desk.press(preview, "Confirm")
    (kept,) = await desk.own()
    assert kept.answer == "Silver ones."


async def test_cancel_saves_nothing_and_loses_nothing(desk: Desk) -> None:
    preview = await desk.fill_in()

    await desk.press(preview, "Cancel")

    assert "Cancelled: nothing was saved." in texts(preview.response)
    assert ANSWER in texts(preview.response)
    assert await desk.own() == ()
    form = await desk.press(preview, "Edit after all")
    assert form.modal is not None


# Excerpts that do not stand in the story


async def test_of_half_a_sentence_the_whole_is_quoted_and_that_is_told(desk: Desk) -> None:
    half = texts((await desk.fill_in(excerpt=LINE[5:30])).response)
    assert f"> {LINE}" in half
    assert notices.WHOLE_SENTENCES in half
    whole = texts((await desk.fill_in(excerpt=LINE)).response)
    assert notices.WHOLE_SENTENCES not in whole


async def test_the_closest_line_of_the_story_is_offered_for_an_excerpt_that_is_not_verbatim(
    desk: Desk,
) -> None:
    refused = await desk.fill_in(excerpt=LINE.upper())

    assert "does not stand in the story to the letter" in texts(refused.response)
    assert ANSWER in texts(refused.response)
    assert list(buttons(refused.response)) == ["Take this line", "Edit again", "Cancel"]


async def test_the_offered_line_can_be_taken(desk: Desk) -> None:
    refused = await desk.fill_in(excerpt=LINE.upper())

    await desk.press(refused, "Take this line")
    assert list(buttons(refused.response)) == ["Confirm", "Edit", "Cancel"]
    await desk.press(refused, "Confirm")

    (kept,) = await desk.own()
    assert [citation.excerpt for citation in kept.citations] == [LINE]


async def test_an_excerpt_like_nothing_in_the_story_can_only_be_edited(desk: Desk) -> None:
    refused = await desk.fill_in(excerpt="zzzz qqqq xxxx")

    assert list(buttons(refused.response)) == ["Edit again", "Cancel"]
    form = await desk.press(refused, "Edit again")
    assert form.modal["components"][2]["component"]["value"] == "zzzz qqqq xxxx"


@pytest.fixture
def harbour() -> Pack:
    """A story in which the same words stand in three places, and twice in one of them."""
    lines = (
        "The lamp is lit. Nobody sleeps.",
        "The sea is calm. Nobody sleeps.",
        "Ships come. Ships go. Nobody sleeps.",
    )
    return Pack("harbour", "en", (build_story("harbour", "\n\n".join(lines), "en", Source(licence="own")),))


class TestWordsThatStandMoreThanOnce:
    """What a moderator sees, whose form asks for no place."""

    @pytest.fixture
    def packs(self, harbour: Pack) -> tuple[Pack, ...]:
        return (harbour,)

    async def test_the_places_are_offered(self, desk: Desk) -> None:
        refused = await desk.fill_in(excerpt="Nobody sleeps.")

        shown = texts(refused.response)
        assert "stand in paragraph 1 and in paragraph 2 and in paragraph 3" in shown
        assert "place:" not in shown
        assert ANSWER in shown
        places = [f"The one in paragraph {n}" for n in (1, 2, 3)]
        assert list(buttons(refused.response)) == [*places, "Edit again", "Cancel"]

    async def test_the_one_that_is_chosen_is_cited(self, desk: Desk, harbour: Pack) -> None:
        refused = await desk.fill_in(excerpt="Nobody sleeps.")
        await desk.press(refused, "The one in paragraph 2")
        assert "paragraph 2" in texts(refused.response)
        await desk.press(refused, "Confirm")

        (kept,) = await desk.own()
        assert kept.citations == (cite(harbour.stories[0], "Nobody sleeps.", "paragraph 2"),)

    async def test_of_hundreds_of_places_the_first_are_named(self, desk: Desk) -> None:
        lines = "\n\n".join(f"Anna: this is what I say in my line {n}." for n in range(300))
        story = OwnStory("talk", lines, source=Source(licence="own"))
        await desk.world.bot.library.change(desk.world.guild.id, [put(story)])

        refused = await desk.fill_in(excerpt="Anna:")

        assert "in paragraph 3 and in 297 more places" in texts(refused.response)
        assert ANSWER in texts(refused.response)

    async def test_within_one_place_more_words_are_asked_for(self, desk: Desk) -> None:
        refused = await desk.fill_in(excerpt="Ships")

        assert "take more words around" in texts(refused.response)
        assert list(buttons(refused.response)) == ["Edit again", "Cancel"]


# What is refused


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"answer": "x" * 4000}, f"at most {MAX_ANSWER}"),
        ({"question": "x" * 301}, "at most 300"),
        ({"phrasings": "x" * 1001}, "at most 1000"),
        ({"answer": " "}, "The answer is empty"),
        ({"question": "\u00a0"}, "The question is empty"),
        ({"excerpt": "x" * 301}, "over 300"),
    ],
    ids=["long answer", "long question", "long phrasing", "empty answer", "empty question", "long excerpt"],
)
async def test_what_cannot_be_kept_is_said_and_given_back(
    desk: Desk, typed: dict[str, str], sentence: str
) -> None:
    refused = await desk.fill_in(**typed)

    assert sentence in texts(refused.response)
    form = await desk.press(refused, "Edit again")
    values = {
        component["component"]["custom_id"]: component["component"].get("value")
        for component in form.modal["components"]
    }
    assert typed.items() <= values.items()
    assert await desk.own() == ()


async def test_what_a_card_cannot_hold_is_given_back_as_a_file(desk: Desk) -> None:
    refused = await desk.fill_in(answer="x" * 4000, phrasings="y" * 4000)

    (file,) = refused.followups
    assert file.ephemeral
    assert [attachment.filename for attachment in file.attachments] == ["what-you-typed.txt"]
