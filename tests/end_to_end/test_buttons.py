"""The buttons on an answer."""

from pathlib import Path

from .loopback import Json, LoopbackDiscord, Member, OpenApi
from .loopback.members import buttons
from .process import running_bot
from .reading import STORY, excerpts, read

QUESTION = "who won the first women's Ballon d'Or?"

TOWERS = "The {which} tower of Tveit is {height} metres high."
ENTRY = """
  - id: {which}
    phrasings:
      - How high is the {which} tower?
    answer: It is {height} metres high.
    citations:
      - story: towers
        excerpt: {line}
"""


def write_pack(folder: Path) -> None:
    """Write a pack with two entries between which nobody can decide who asks how high the tower is."""
    (folder / "stories").mkdir(parents=True)
    towers = [("north", 23), ("south", 31)]
    lines = [TOWERS.format(which=which, height=height) for which, height in towers]
    (folder / "pack.yaml").write_text("name: Two towers\nlanguage: en\n", encoding="utf-8")
    (folder / "stories" / "towers.md").write_text(
        f"---\ntitle: Two towers\n---\n\n{' '.join(lines)}\n", encoding="utf-8"
    )
    entries = [
        ENTRY.format(which=which, height=height, line=line)
        for (which, height), line in zip(towers, lines, strict=True)
    ]
    (folder / "entries.yaml").write_text(f"entries:{''.join(entries)}", encoding="utf-8")


async def test_context_shows_the_paragraph_around_the_line_to_whoever_pressed(
    alice: Member, bob: Member
) -> None:
    answer = await alice.mention(QUESTION)
    pressed = await bob.click(answer, "Context")
    line, paragraph = excerpts(answer)[0], excerpts(pressed.answer)[0]
    assert line in paragraph
    assert paragraph in STORY
    assert pressed.ephemeral


async def test_the_asker_can_dismiss_an_answer(alice: Member, discord: LoopbackDiscord) -> None:
    answer = await alice.mention(QUESTION)
    await alice.click(answer, "Dismiss")
    await is_gone(discord, answer)


async def test_a_moderator_can_dismiss_an_answer(
    alice: Member, moderator: Member, discord: LoopbackDiscord
) -> None:
    answer = await alice.mention(QUESTION)
    await moderator.click(answer, "Dismiss")
    await is_gone(discord, answer)


async def test_another_member_cannot_dismiss_an_answer(
    alice: Member, bob: Member, discord: LoopbackDiscord
) -> None:
    answer = await alice.mention(QUESTION)
    pressed = await bob.click(answer, "Dismiss")
    assert "Only whoever asked" in read(pressed.answer)
    assert pressed.ephemeral
    assert answer["id"] in discord.world.messages


async def is_gone(discord: LoopbackDiscord, message: Json) -> None:
    await discord.until(lambda: message["id"] not in discord.world.messages, "the message to be deleted")


async def test_a_question_to_begin_with_is_answered_below(alice: Member) -> None:
    card = await alice.mention("")
    question = buttons(card)[0]["label"]
    pressed = await alice.click(card, question)
    assert question.removesuffix("[…]").strip() in read(pressed.answer)
    assert "I am" in read(pressed.answer)
    assert pressed.answer is not card


async def test_a_button_of_an_older_version_is_answered_kindly(
    alice: Member, discord: LoopbackDiscord
) -> None:
    old = {"type": 2, "style": 1, "label": "Old", "custom_id": "pq0:forgotten:1"}
    row = {"components": [{"type": 1, "components": [old]}]}
    message = discord.world.add_message(discord.world.bot, alice.channel, row)
    pressed = await alice.click(message, "Old")
    assert "older version" in read(pressed.answer)
    assert pressed.ephemeral


async def test_the_asker_picks_one_of_the_choices_and_another_member_leaves_the_card_as_it_is(
    judge: OpenApi | None, tmp_path: Path
) -> None:
    write_pack(tmp_path / "towers")
    async with (
        LoopbackDiscord(judge=judge) as discord,
        running_bot(discord, tmp_path / "home", PULLQUOTE_PACKS=str(tmp_path / "towers")),
    ):
        server = await discord.join()
        alice, bob = Member(discord, "alice", server), Member(discord, "bob", server)
        card = await alice.mention("How high is the tower?")
        offered = [button["label"] for button in buttons(card)]
        assert sorted(offered[:2]) == ["How high is the north tower?", "How high is the south tower?"]
        assert excerpts(card) == []
        for_bob = await bob.click(card, "How high is the south")
        assert for_bob.ephemeral
        assert excerpts(for_bob.answer) == [TOWERS.format(which="south", height=31)]
        assert [button["label"] for button in buttons(card)] == offered
        for_alice = await alice.click(card, "How high is the north")
        assert for_alice.answer is card
        assert "How high is the north tower?" in read(card)
        assert excerpts(card) == [TOWERS.format(which="north", height=23)]
