"""Where a server's members are answered, what is answered unasked, and the log of changes, in the real process."""

from pathlib import Path

import pytest

from .conftest import trouble
from .loopback import Fault, Json, LoopbackDiscord, Member, RefusedError
from .loopback.shapes import Permission
from .process import running_bot
from .reading import read

QUESTION = "who won the first women's Ballon d'Or?"
WINNER = "Ada Hegerberg won it"
CANARY = "Zanzibar-4711"
WITH_INTENT = {"PULLQUOTE_MESSAGE_CONTENT": "true"}


@pytest.fixture
async def home(discord: LoopbackDiscord, bot: object) -> Json:
    """A server with three channels, which the bot that most tests share has joined."""
    assert bot
    return await discord.join("Home", ("story", "talk", "log"))


def moderator_of(discord: LoopbackDiscord, server: Json) -> Member:
    return Member(discord, "mia", server).may(Permission.MANAGE_MESSAGES)


def said_in(member: Member, name: str) -> str | None:
    """Return what the bot has said in a channel, None as long as that is nothing."""
    channel, world = member.channel_named(name)["id"], member.discord.world
    told = [m for m in world.messages.values() if (m["channel_id"], m["author"]) == (channel, world.bot)]
    return "\n".join(map(read, told)) or None


async def card(moderator: Member) -> Json:
    return (await moderator.command("pullquote settings")).answer


async def choose(moderator: Member, key: str, *names: str) -> str:
    """Choose channels from a new card; return what the moderator reads then."""
    ids = [moderator.channel_named(name)["id"] for name in names]
    done = await moderator.select(await card(moderator), f"pq1:set-{key}", ids)
    return read(done.followups[-1] if done.followups else done.answer)


async def test_channels_and_their_defaults_outlive_a_restart(
    own_discord: LoopbackDiscord, tmp_path: Path
) -> None:
    server = own_discord.world.add_guild("Home", ("story", "talk", "log"))
    own_discord.world.message_content = True
    alice, mia = Member(own_discord, "alice", server), moderator_of(own_discord, server)
    talk = mia.channel_named("talk")["id"]
    async with running_bot(own_discord, tmp_path, **WITH_INTENT):
        before = await card(mia)
        assert "It needs the Message Content intent, which I have." in read(before)
        assert f"Log channel: <#{mia.channel_named('log')['id']}> (set by Mia)" in await choose(
            mia, "log_channel", "log"
        )
        await choose(mia, "channels", "talk")
        await choose(mia, "auto_channel", "log")
        shown = await card(mia)
    told = said_in(mia, "log") or ""  # also what was changed a moment before the bot was told to stop
    assert [key in told for key in ("set log channel", "set channels", "set auto-answer channel")] == [
        True
    ] * 3
    async with running_bot(own_discord, tmp_path, **WITH_INTENT) as second:
        assert WINNER in read(await alice.enter("talk").mention(QUESTION))
        assert WINNER in read(await alice.enter("log").ask(QUESTION))
        left_alone = await alice.enter("story").say(f"<@{own_discord.world.bot['id']}> {QUESTION}")
        told = await alice.command("ask", question=QUESTION)
        assert told.ephemeral
        assert "Please ask in #talk." in read(told.answer)
        assert alice.replies_to(left_alone) == []
        assert f"Channels: <#{talk}> (set by Mia)" in read(shown)
        back = await mia.click(shown, "Back to the default")
        assert "Channels: all (the default)" in read(back.answer)
        assert WINNER in read(await alice.enter("story").mention(QUESTION))
        for who in (alice, mia.may(Permission(0))):
            refused = await who.select(before, "pq1:set-auto_channel", [talk])
            assert "That is for moderators" in read(refused.answer)
        mia.may(Permission.MANAGE_MESSAGES)
        for key, title in (("channels", "Channels"), ("auto_channel", "Auto-answer channel")):
            chosen = await mia.select(before, f"pq1:set-{key}", [talk])
            assert f"{title}: <#{talk}> (set by Mia)" in read(chosen.answer)
        assert trouble(second.log) == []


async def test_without_the_intent_the_card_says_so_and_nothing_is_answered_unasked(
    discord: LoopbackDiscord, home: Json
) -> None:
    alice, mia = Member(discord, "alice", home), moderator_of(discord, home)
    shown = await card(mia)
    assert "it needs the Message Content intent, which whoever runs me has not turned on" in read(shown)
    with pytest.raises(RefusedError, match="no enabled component"):
        await mia.select(shown, "pq1:set-auto_channel", [mia.channel_named("talk")["id"]])
    unasked = await alice.enter("talk").say(QUESTION)
    await alice.mention(QUESTION)
    assert alice.replies_to(unasked) == []


@pytest.mark.parametrize(
    ("denied", "name"),
    [(Permission.VIEW_CHANNEL, "View Channel"), (Permission.SEND_MESSAGES, "Send Messages")],
)
async def test_a_log_channel_that_the_bot_cannot_use_is_refused_until_it_can(
    discord: LoopbackDiscord, home: Json, denied: Permission, name: str
) -> None:
    mia = moderator_of(discord, home)
    await discord.deny(mia.channel_named("log"), denied)
    assert (
        await choose(mia, "log_channel", "log") == f"Nothing is changed. I need the permission {name} there."
    )
    assert "Log channel: none (the default)" in read(await card(mia))
    await discord.deny(mia.channel_named("log"), Permission(0))
    assert "(set by Mia)" in await choose(mia, "log_channel", "log")
    await discord.deny(mia.channel_named("log"), denied)
    assert f"I need the permission {name} there." in read(await card(mia))


async def test_a_channel_that_was_deleted_since_is_told_and_mended(
    discord: LoopbackDiscord, home: Json
) -> None:
    alice, mia = Member(discord, "alice", home), moderator_of(discord, home)
    for key in ("channels", "log_channel"):
        await choose(mia, key, "talk")
    await discord.delete_channel(mia.channel_named("talk"))
    assert read(await card(mia)).count("Not there any more, or hidden from me: choose another.") == 2
    for key in ("channels", "log_channel"):
        await choose(mia, key, "log")
    assert "Not there any more" not in read(await card(mia))
    assert WINNER in read(await alice.enter("log").mention(QUESTION))
    await discord.until(lambda: "set log channel" in (said_in(mia, "log") or "") or None, "the log")


async def test_the_log_tells_each_change_and_hinders_none(discord: LoopbackDiscord, home: Json) -> None:
    mia = moderator_of(discord, home)
    await choose(mia, "log_channel", "log")
    await discord.until(lambda: said_in(mia, "log"), "the first line")
    fault = discord.faults.order(Fault(f"/channels/{mia.channel_named('log')['id']}/messages$", status=403))
    saved = await mia.command("qa alias add", alias="zz1", means="never told")
    assert "From the next question on" in read(saved.answer)
    await discord.until(lambda: fault.held.is_set() or None, "the line that is refused")
    for number in range(2, 5):
        await mia.command("qa alias add", alias=f"zz{number}", means="@everyone is **right**")
    told = await discord.until(
        lambda: told if "zz4" in (told := said_in(mia, "log") or "") else None, "the lines behind it"
    )
    assert [f"zz{number}" in told for number in range(1, 5)] == [False, True, True, True]
    log = mia.channel_named("log")["id"]
    sent = [
        m for m in discord.world.messages.values() if m["channel_id"] == log and "@everyone" in m["content"]
    ]
    assert all("\\@everyone is \\*\\*right\\*\\*" in message["content"] for message in sent)
    assert not any(message["mention_everyone"] for message in sent)
    assert "never told" in read((await mia.command("qa alias list")).answer)


@pytest.mark.parametrize("key", ["channels", "log_channel"])
async def test_members_are_refused_and_so_is_whoever_lost_the_role(
    discord: LoopbackDiscord, home: Json, key: str
) -> None:
    alice, mia = Member(discord, "alice", home), moderator_of(discord, home)
    await choose(mia, key, "talk")
    shown = await card(mia)
    for who in (alice, mia.may(Permission(0))):
        back = await who.click(shown, "Back to the default")
        chosen = await who.select(shown, f"pq1:set-{key}", [who.channel_named("log")["id"]])
        assert all("That is for moderators" in read(refused.answer) for refused in (back, chosen))
    mia.may(Permission.MANAGE_MESSAGES)
    assert read(await card(mia)) == read(shown)


async def test_another_server_sees_nothing_of_it(discord: LoopbackDiscord, home: Json) -> None:
    mia, elsewhere = moderator_of(discord, home), await discord.join("Elsewhere")
    stranger = moderator_of(discord, elsewhere)
    ids = [mia.channel_named(name)["id"] for name in ("talk", "log")]
    for key, name in (("channels", "talk"), ("log_channel", "log")):
        await choose(mia, key, name)
    await mia.command("qa alias add", alias="zz1", means=CANARY)
    await discord.until(lambda: CANARY in (said_in(mia, "log") or "") or None, "the log")
    theirs = await card(stranger)
    assert read(theirs).count("(the default)") == 7
    assert [secret for secret in (CANARY, *ids) if secret in str(theirs)] == []
    assert WINNER in read(await stranger.mention(QUESTION))
    assert CANARY not in (said_in(stranger, "story") or "")
    with pytest.raises(RefusedError, match="does not have"):
        await stranger.select(theirs, "pq1:set-log_channel", [ids[1]])
