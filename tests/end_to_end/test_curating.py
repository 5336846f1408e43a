"""`/qa`: a moderator's dialogue with the bot, and what members have of it in the next question."""

from .loopback import Interaction, Json, LoopbackDiscord, Member
from .loopback.members import buttons
from .loopback.shapes import Permission
from .reading import STORY, excerpts, read

LINE = next(line.strip(" •") for line in STORY.splitlines() if "clearly disapproved" in line)
STRIKER = next(line.strip(" •") for line in STORY.splitlines() if "Norwegian striker" in line)
ENTRY = {
    "question": "What is the password of our watch party?",
    "answer": "It is swordfish, as always.",
    "excerpt": LINE,
    "phrasings": "watch party password\nwhich word lets me into the watch party",
}


def labels(message: Json) -> list[str]:
    return [button["label"] for button in buttons(message)]


async def preview(member: Member, **typed: str) -> Interaction:
    """Fill in the form of `/qa add`; what is not given is that of `ENTRY`."""
    return await member.submit(await member.command("qa add"), **{**ENTRY, **typed})


async def add(member: Member, **typed: str) -> Json:
    """Add an entry, and return the card that says that it is saved."""
    previewed = await preview(member, **typed)
    card = (await member.click(previewed.answer, "Confirm")).answer
    assert "Saved" in read(card)
    return card


async def test_the_next_question_is_answered_from_a_confirmed_entry(moderator: Member, alice: Member) -> None:
    previewed = await preview(moderator)
    assert previewed.ephemeral
    assert "Preview" in read(previewed.answer)
    assert ENTRY["answer"] in read(previewed.answer)
    assert excerpts(previewed.answer) == [LINE]
    confirmed = await moderator.click(previewed.answer, "Confirm")
    assert "Saved" in read(confirmed.answer)
    for question in ("what's the password of our watch party", "watch party password"):
        reply = await alice.mention(question)
        assert ENTRY["answer"] in read(reply)
        assert excerpts(reply) == [LINE]


async def test_nothing_is_saved_before_it_is_confirmed(moderator: Member, alice: Member) -> None:
    previewed = await preview(moderator)
    assert ENTRY["answer"] not in read(await alice.mention(ENTRY["question"]))
    cancelled = await moderator.click(previewed.answer, "Cancel")
    assert "nothing was saved" in read(cancelled.answer)
    assert ENTRY["answer"] not in read(await alice.mention(ENTRY["question"]))


async def test_an_entry_without_an_excerpt_is_attributed_to_its_author(
    moderator: Member, alice: Member
) -> None:
    await add(moderator, excerpt="")
    reply = await alice.mention(ENTRY["question"])
    assert "moderator of this server: Mia" in read(reply)
    assert excerpts(reply) == []


async def test_an_excerpt_that_is_not_verbatim_is_answered_with_the_closest_line_to_take(
    moderator: Member, alice: Member
) -> None:
    wrong = await preview(
        moderator, excerpt="The crowd and social media clearly disapproved of Solveigs sexist question."
    )
    assert excerpts(wrong.answer) == [LINE]
    assert ENTRY["answer"] in read(wrong.answer)
    assert "Confirm" not in labels(wrong.answer)
    taken = await moderator.click(wrong.answer, "Take this line")
    assert "Preview" in read(taken.answer)
    assert excerpts(taken.answer) == [LINE]
    await moderator.click(taken.answer, "Confirm")
    assert excerpts(await alice.mention(ENTRY["question"])) == [LINE]


async def test_a_preview_can_be_edited_with_everything_still_there(moderator: Member, alice: Member) -> None:
    previewed = await preview(moderator)
    opened = await moderator.click(previewed.answer, "Edit")
    edited = await moderator.submit(opened, answer="It is mellon, friend.")
    assert "It is mellon, friend." in read(edited.answer)
    assert excerpts(edited.answer) == [LINE]
    await moderator.click(edited.answer, "Confirm")
    assert "It is mellon, friend." in read(await alice.mention("watch party password"))


async def test_the_preview_shows_similar_entries(moderator: Member) -> None:
    await add(moderator)
    previewed = await preview(moderator, question="What is the password of our next watch party?")
    assert "100: watch party password (what-is-the-password-of-our-watch-party)" in read(previewed.answer)


async def test_what_is_too_long_is_told_and_given_back(moderator: Member) -> None:
    answer = "swordfish " * 200
    refused = await preview(moderator, answer=answer)
    assert "1,500" in read(refused.answer) or "1500" in read(refused.answer)
    assert answer.strip() in read(refused.answer)
    opened = await moderator.click(refused.answer, "Edit")
    assert "Preview" in read((await moderator.submit(opened, answer="short")).answer)


async def test_an_entry_is_shown_listed_and_removed(moderator: Member, alice: Member) -> None:
    await add(moderator)
    (offered, *_others) = await moderator.complete("qa show", "entry", "watch")
    assert ENTRY["question"] in offered
    shown = await moderator.command("qa show", entry=ENTRY["question"])
    assert all(part in read(shown.answer) for part in (ENTRY["answer"], LINE, "Mia", "watch party password"))
    listed = await moderator.command("qa list")
    assert ENTRY["question"] in read(listed.answer)
    asked = await moderator.command("qa remove", entry=ENTRY["question"])
    assert ENTRY["answer"] in read(await alice.mention(ENTRY["question"]))
    removed = await moderator.click(asked.answer, "Remove")
    assert "Removed" in read(removed.answer)
    assert ENTRY["answer"] not in read(await alice.mention(ENTRY["question"]))
    assert [shown.ephemeral, listed.ephemeral, asked.ephemeral] == [True] * 3


async def test_an_entry_can_be_kept_after_all(moderator: Member, alice: Member) -> None:
    await add(moderator)
    asked = await moderator.command("qa remove", entry=ENTRY["question"])
    await moderator.click(asked.answer, "Keep")
    assert ENTRY["answer"] in read(await alice.mention(ENTRY["question"]))


async def test_a_long_list_has_pages(moderator: Member) -> None:
    for number in range(11):
        await add(moderator, question=f"Which seat has guest number {number}?", phrasings="", excerpt="")
    page = (await moderator.command("qa list")).answer
    assert "guest number 10?" not in read(page)
    turned = await moderator.click(page, "Next")
    assert "guest number 10?" in read(turned.answer)
    turned = await moderator.click(turned.answer, "Previous")
    assert "guest number 0?" in read(turned.answer)


async def test_a_moderator_sees_why_a_question_is_answered_as_it_is(moderator: Member, alice: Member) -> None:
    await add(moderator)
    explained = await moderator.command("qa explain", question="whats the pasword of our watch party")
    assert explained.ephemeral
    shown = read(explained.answer)
    assert "pasword to password" in shown
    assert "what-is-the-password-of-our-watch-party" in shown.replace("\\", "")
    assert "given" in shown
    assert ENTRY["answer"] in read(await alice.mention("whats the pasword of our watch party"))


async def test_buttons_and_forms_stop_working_when_the_permission_is_gone(
    moderator: Member, alice: Member
) -> None:
    previewed = await preview(moderator)
    opened = await moderator.click(previewed.answer, "Edit")
    asked = await moderator.command("qa add")
    moderator.may(Permission(0))
    refusals = [
        await moderator.click(previewed.answer, "Confirm"),
        await moderator.submit(opened),
        await moderator.submit(asked, **ENTRY),
    ]
    assert ["moderators" in read(refused.answer) for refused in refusals] == [True] * 3
    assert ENTRY["answer"] not in read(await alice.mention(ENTRY["question"]))


async def test_another_moderator_cannot_confirm_a_draft(
    moderator: Member, discord: LoopbackDiscord, server: Json, alice: Member
) -> None:
    other = Member(discord, "max", server).may(Permission.MANAGE_MESSAGES)
    previewed = await preview(moderator)
    await other.click(previewed.answer, "Confirm")
    assert ENTRY["answer"] not in read(await alice.mention(ENTRY["question"]))


async def test_two_servers_never_see_each_others_entries(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    await add(moderator)
    elsewhere = await discord.join("Elsewhere")
    stranger = Member(discord, "alice", elsewhere)
    other_moderator = Member(discord, "mia", elsewhere).may(Permission.MANAGE_MESSAGES)
    secret = ENTRY["answer"]
    assert secret in read(await alice.mention(ENTRY["question"]))
    seen = [
        read(await stranger.mention(ENTRY["question"])),
        read((await stranger.command("ask", question=ENTRY["question"])).answer),
        read(await Member(discord, "alice").ask(ENTRY["question"])),
        read((await other_moderator.command("qa list")).answer),
        read((await other_moderator.command("qa show", entry=ENTRY["question"])).answer),
        *await stranger.complete("ask", "question", "watch party password"),
        *await other_moderator.complete("qa show", "entry", ""),
    ]
    assert [text for text in seen if tells(text)] == []


def tells(text: str) -> bool:
    """Tell whether a text has something in it that only the first server's moderators wrote."""
    return "swordfish" in text or "lets me into the watch" in text


async def test_no_button_of_one_server_works_on_another(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    await add(moderator)
    elsewhere = await discord.join("Elsewhere")
    stranger = Member(discord, "alice", elsewhere)
    other_moderator = Member(discord, "mia", elsewhere).may(Permission.MANAGE_MESSAGES)
    await stranger.mention("help")  # now that server is loaded, and answered at once
    previewed = await preview(moderator, question="Where do we meet?", answer="A swordfish leads the way.")
    wrong = await preview(moderator, question="Where do we eat?", excerpt=LINE.upper())
    asked = await moderator.command("qa remove", entry=ENTRY["question"])
    help_card = await alice.mention("help")
    own_question = next(label for label in labels(help_card) if label.startswith("What is the password"))
    pressed = [
        await other_moderator.click(previewed.answer, "Confirm"),
        await other_moderator.click(previewed.answer, "Edit"),
        await other_moderator.click(previewed.answer, "Cancel"),
        await other_moderator.click(wrong.answer, "Take this line"),
        await other_moderator.click(asked.answer, "Remove"),
        await stranger.click(help_card, own_question),
    ]
    refusals = ["no longer have this draft"] * 4 + ["not there any more", "taken away"]
    assert [expected in read(one.answer) for expected, one in zip(refusals, pressed, strict=True)] == [
        True
    ] * 6
    assert [one for one in pressed if tells(read(one.answer)) or not one.ephemeral] == []
    context = await stranger.click(await alice.mention(ENTRY["question"]), "Context")
    assert LINE in read(context.answer)
    assert not tells(read(context.answer))
    # Nothing was saved there, and nothing was removed here.
    assert "no entries of its own" in read((await other_moderator.command("qa list")).answer)
    assert ENTRY["answer"] in read(await alice.mention(ENTRY["question"]))
    assert "Saved" in read((await moderator.click(previewed.answer, "Confirm")).answer)


async def test_a_choice_that_one_server_was_offered_finds_nothing_on_another(
    moderator: Member, alice: Member, discord: LoopbackDiscord
) -> None:
    await add(moderator)
    stranger = Member(discord, "alice", await discord.join("Elsewhere"))
    await stranger.mention("help")  # now that server is loaded, and answered at once
    offered = await alice.completions("ask", "question", "watch party password")
    value = next(choice["value"] for choice in offered if "watch party" in choice["name"])
    assert ENTRY["answer"] in read((await alice.command("ask", question=value)).answer)
    refused = await stranger.command("ask", question=value)
    assert "taken away" in read(refused.answer)
    assert refused.ephemeral


async def test_words_that_stand_more_than_once_are_told_apart_by_a_button_and_quoted_in_their_sentence(
    moderator: Member, alice: Member
) -> None:
    asked = await preview(moderator, excerpt="185 goals in 149 games")
    assert "place:" not in read(asked.answer)
    first, *_others = [label for label in labels(asked.answer) if label.startswith("The one in")]
    taken = await moderator.click(asked.answer, first)
    assert "Preview" in read(taken.answer)
    await moderator.click(taken.answer, "Confirm")
    assert excerpts(await alice.mention(ENTRY["question"])) == [STRIKER]
