"""`/story`: a server's own stories, from a file or a form, in the real process and its database."""

from pathlib import Path

from .conftest import trouble
from .loopback import Interaction, Json, LoopbackDiscord, Member
from .loopback.members import buttons
from .loopback.shapes import Permission
from .process import running_bot
from .reading import CORRECTED, OWN_STORY, excerpts, read

FILE = ("balloon.md", OWN_STORY.encode())
LIFTS = "The balloon lifts forty guests on a calm day."
SEWN = "The balloon of Xylo Point was sewn in 1931 by four sisters."
ASKED = "How many guests does the balloon lift on a calm day?"
TITLE = "Xylo balloon"
CANARIES = ("Xylo", "balloon", "Marta", "Quill", "forty guests", "four sisters")
ENTRY = {"question": ASKED, "answer": "Forty, says the story.", "excerpt": LIFTS, "phrasings": ""}


async def previewed(moderator: Member, **options: object) -> Interaction:
    return await moderator.command("story add", **{"file": FILE, "title": TITLE, "licence": "own", **options})


async def added(moderator: Member, **options: object) -> Json:
    saved = await moderator.click((await previewed(moderator, **options)).answer, "Confirm")
    assert "Saved" in read(saved.answer)
    return saved.answer


async def entry(moderator: Member, **typed: str) -> None:
    form = await moderator.command("qa add")
    preview = await moderator.submit(form, **{**ENTRY, **typed})
    assert "Saved" in read((await moderator.click(preview.answer, "Confirm")).answer)


async def test_members_get_lines_of_a_story_as_soon_as_it_is_confirmed(
    moderator: Member, alice: Member
) -> None:
    preview = await previewed(moderator)
    assert preview.ephemeral
    assert all(
        part in read(preview.answer) for part in (TITLE, "English", "5 passages", "lets all of it be shown")
    )
    assert LIFTS not in read(await alice.mention(ASKED))
    saved = await moderator.click(preview.answer, "Confirm")
    assert "Saved" in read(saved.answer)
    assert LIFTS in excerpts(await alice.mention(ASKED))
    assert "Marta Quill" in read((await alice.command("quote", who="Marta Quill")).answer)


async def test_a_pasted_text_is_previewed_edited_and_saved(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    form = await moderator.command("story add", title="Ballon")
    preview = await moderator.submit(form, text=OWN_STORY, licence="own")
    below = await discord.until(lambda: next(iter(preview.followups), None), "what was pasted")
    assert [file["filename"] for file in below["attachments"]] == ["what-you-pasted.txt"]
    assert preview.message is not None
    opened = await moderator.click(preview.message, "Edit")
    edited = await moderator.submit(opened, title=TITLE)
    assert edited.message is not None
    assert TITLE in read(edited.message)
    await moderator.click(edited.message, "Confirm")
    assert LIFTS in excerpts(await alice.mention(ASKED))


async def test_what_cannot_be_taken_is_told_and_given_back(
    moderator: Member, discord: LoopbackDiscord
) -> None:
    served = discord.world.served
    long = await previewed(moderator, file=("long.txt", b"x" * 1_000_001))
    assert "1,000,001 bytes" in read(long.answer)
    assert discord.world.served == served  # not even fetched
    picture = await previewed(moderator, file=("photo.png", b"PNG"))
    assert "photo.png" in read(picture.answer)
    form = await moderator.command("story add")
    refused = await moderator.submit(form, text=OWN_STORY, url="nowhere")
    assert "no web address" in read(refused.answer)
    assert [file["filename"] for file in refused.answer["attachments"]] == ["what-you-typed.txt"]
    assert [one.ephemeral for one in (long, picture, refused)] == [True] * 3


async def test_a_cancelled_story_is_not_there(moderator: Member, alice: Member) -> None:
    cancelled = await moderator.click((await previewed(moderator)).answer, "Cancel")
    assert "nothing was saved" in read(cancelled.answer)
    assert LIFTS not in read(await alice.mention(ASKED))


async def test_a_corrected_text_moves_what_still_stands_and_lists_what_does_not(
    moderator: Member, alice: Member
) -> None:
    await added(moderator)
    await entry(moderator)
    await entry(moderator, question="Who sewed the Xylo balloon?", answer="Four sisters.", excerpt=SEWN)
    preview = await moderator.command(
        "story replace", story="xylo-balloon", file=("b.md", CORRECTED.encode())
    )
    assert "1 kept, 0 moved, 1 stale" in read(preview.answer)
    assert "The balloon of Xylo Point was sewn in 1931 by five sisters." in excerpts(preview.answer)
    assert "Four sisters." in read(await alice.mention("Who sewed the Xylo balloon?"))
    saved = await moderator.click(preview.answer, "Confirm")
    assert "/qa list" in read(saved.answer)
    assert "Four sisters." not in read(await alice.mention("Who sewed the Xylo balloon?"))
    assert excerpts(await alice.mention(ASKED)) == [LIFTS]
    assert "Stale: 1" in read((await moderator.command("qa list")).answer)
    assert "1 stale entry" in read((await moderator.command("story list")).answer)


async def test_a_removed_story_is_gone_at_once(moderator: Member, alice: Member) -> None:
    await added(moderator)
    await entry(moderator)
    asked = await moderator.command("story remove", story=TITLE)
    assert "Entries that this makes stale: 1" in read(asked.answer)
    kept = await moderator.click(asked.answer, "Keep")
    assert "stays" in read(kept.answer)
    asked = await moderator.command("story remove", story=TITLE)
    removed = await moderator.click(asked.answer, "Remove")
    assert "Removed" in read(removed.answer)
    reply = await alice.mention(ASKED)
    assert "forty" not in read(reply).lower()
    shown = await moderator.command("qa show", entry=ASKED)
    assert LIFTS not in read(shown.answer)
    assert await moderator.complete("story remove", "story", "") == []


async def test_stories_are_listed_and_read_by_pages(moderator: Member) -> None:
    sentence = "The balloon lifts forty guests on a calm day."
    await added(moderator)
    listed = await moderator.command("story list")
    assert all(part in read(listed.answer) for part in (TITLE, "added by Mia", "part of a pack"))
    page = await moderator.command("story read", story="xylo-balloon")
    assert sentence in read(page.answer)
    offered = await moderator.complete("story read", "story", "xylo")
    assert offered == ["Xylo balloon (xylo-balloon)"]
    bundled = await moderator.command("story read", story="ballon-dor-2018")
    assert "page 1 of" in read(bundled.answer)
    assert [one.ephemeral for one in (listed, page, bundled)] == [True] * 3


async def test_no_more_is_quoted_than_the_budget_of_a_story_without_a_licence(moderator: Member) -> None:
    preview = await moderator.command("story add", file=FILE, title=TITLE)
    assert "at most 5 words" in read(preview.answer)
    await moderator.click(preview.answer, "Confirm")
    refused = await moderator.submit(await moderator.command("qa add"), **ENTRY)
    assert "at most 5 words may be quoted" in read(refused.answer)
    assert ENTRY["answer"] in read(refused.answer)


async def test_the_form_of_an_entry_offers_own_stories(moderator: Member) -> None:
    await added(moderator)
    form = await moderator.command("qa add")
    menus = [part["component"] for part in form.modal["components"] if part["component"].get("options")]
    assert [option["label"] for option in menus[0]["options"]][-1] == TITLE


async def test_buttons_and_forms_stop_working_when_the_permission_is_gone(
    moderator: Member, alice: Member
) -> None:
    await added(moderator)
    preview = await moderator.command("story replace", story=TITLE, file=("b.md", CORRECTED.encode()))
    pasted = await moderator.submit(await moderator.command("story replace", story=TITLE), text=CORRECTED)
    form = await moderator.command("story add")
    asked = await moderator.command("story remove", story=TITLE)
    assert pasted.message is not None
    moderator.may(Permission(0))
    refusals = [
        await moderator.click(preview.answer, "Confirm"),
        await moderator.click(preview.answer, "Cancel"),
        await moderator.click(pasted.message, "Edit"),
        await moderator.submit(form, text=OWN_STORY),
        await moderator.click(asked.answer, "Remove"),
        await moderator.click(asked.answer, "Keep"),
    ]
    assert ["moderators" in read(refused.answer) for refused in refusals] == [True] * 6
    assert await moderator.complete("story remove", "story", "") == []
    assert LIFTS in excerpts(await alice.mention(ASKED))


async def test_another_server_never_sees_a_story_its_title_or_its_lines(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    await added(moderator)
    await entry(moderator)
    elsewhere = await discord.join("Elsewhere")
    stranger = Member(discord, "alice", elsewhere)
    other = Member(discord, "mia", elsewhere).may(Permission.MANAGE_MESSAGES)
    assert LIFTS in excerpts(await alice.mention(ASKED))
    about = {"story": "xylo-balloon"}
    told = {
        "mention": read(await stranger.mention(ASKED)),
        "direct message": read(await Member(discord, "alice").ask(ASKED)),
        "ask": read((await stranger.command("ask", question=ASKED)).answer),
        "quote": read((await stranger.command("quote", about="pride")).answer),
        "list": read((await other.command("story list")).answer),
        "read": read((await other.command("story read", **about)).answer),
        "remove": read((await other.command("story remove", **about)).answer),
        "replace": read((await other.command("story replace", **about, file=("a.txt", b"A text."))).answer),
        "qa list": read((await other.command("qa list")).answer),
        "explain": read((await other.command("qa explain", question="guests on a calm day")).answer),
        "while typing": "".join(
            [
                *await other.complete("story read", "story", ""),
                *await other.complete("story remove", "story", ""),
                *await other.complete("story replace", "story", ""),
                *await stranger.complete("ask", "question", ""),
                *await stranger.complete("quote", "who", ""),
                *await stranger.complete("quote", "about", ""),
                *await other.complete("qa show", "entry", ""),
            ]
        ),
    }
    seen = {way: text.replace(ASKED, "") for way, text in told.items()}
    assert {way: text for way, text in seen.items() if any(canary in text for canary in CANARIES)} == {}


async def test_no_button_about_a_story_works_on_another_server(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    await added(moderator)
    other = Member(discord, "mia", await discord.join("Elsewhere")).may(Permission.MANAGE_MESSAGES)
    preview = await moderator.command("story replace", story=TITLE, file=("b.md", CORRECTED.encode()))
    asked = await moderator.command("story remove", story=TITLE)
    pressed = [
        await other.click(preview.answer, "Confirm"),
        await other.click(preview.answer, "Cancel"),
        await other.click(asked.answer, "Remove"),
    ]
    assert [one.ephemeral for one in pressed] == [True] * 3
    refusals = ["no longer have this preview"] * 2 + ["no such story of its own"]
    assert [words in read(one.answer) for words, one in zip(refusals, pressed, strict=True)] == [True] * 3
    assert LIFTS in excerpts(await alice.mention(ASKED))


async def test_stories_and_their_buttons_outlive_a_restart(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    server = own_discord.world.add_guild("Home")
    alice = Member(own_discord, "alice", server)
    moderator = Member(own_discord, "mia", server).may(Permission.MANAGE_MESSAGES)
    async with running_bot(own_discord, tmp_path):
        await added(moderator)
        preview = await moderator.command("story replace", story=TITLE, file=("b.md", CORRECTED.encode()))
        form = await moderator.command("story add")
        asked = await moderator.command("story remove", story=TITLE)
    async with running_bot(own_discord, tmp_path) as second:
        assert LIFTS in excerpts(await alice.mention(ASKED))
        assert "restarted" in read((await moderator.click(preview.answer, "Confirm")).answer)
        late = await moderator.submit(form, text=OWN_STORY)
        assert "I no longer know that form" in read(late.answer)
        assert len(late.answer["attachments"]) == 1
        assert "Removed" in read((await moderator.click(asked.answer, "Remove")).answer)
        assert LIFTS not in read(await alice.mention(ASKED))
        assert buttons(asked.answer) == []
        assert trouble(second.log) == []
