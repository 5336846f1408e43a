"""The loopback Discord itself: what the other tests here lean on."""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from .loopback import Fault, LoopbackDiscord, Member, OpenApi, RefusedError
from .loopback.faults import Bucket
from .loopback.forms import click_data
from .loopback.gateway import Intent, Op
from .loopback.interactions import Interaction, Kind
from .loopback.limits import COMPONENTS_V2, Json, check_commands, check_message, check_modal
from .loopback.shapes import MessageFlag, Permission

ROW_OF_ONE = {"type": 1, "components": [{"type": 2, "style": 1, "label": "More", "custom_id": "more"}]}


class Caller:
    """A bot without a library: plain requests, and a gateway connection."""

    def __init__(self, discord: LoopbackDiscord, http: aiohttp.ClientSession) -> None:
        self.discord = discord
        self.http = http

    async def send(self, method: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        address = self.discord.api_address + path
        headers = {"Authorization": f"Bot {self.discord.token}"}
        async with self.http.request(method, address, json=body, headers=headers) as answer:
            return answer.status, (await answer.json() if answer.status != 204 else {})

    async def answer(self, interaction: Interaction, kind: int, **data: object) -> tuple[int, Json]:
        about = interaction.payload
        path = f"/interactions/{about['id']}/{about['token']}/callback?with_response=true"
        return await self.send("POST", path, {"type": kind, "data": data})

    async def follow_up(self, interaction: Interaction, **data: object) -> tuple[int, Json]:
        return await self.send("POST", f"/webhooks/1/{interaction.payload['token']}", data)

    def connect(self) -> aiohttp.client._WSRequestContextManager:
        return self.http.ws_connect(self.discord.gateway_address)

    async def identify(self, ws: aiohttp.ClientWebSocketResponse, intents: int = 4609) -> Json:
        """Return READY."""
        assert (await ws.receive_json())["op"] == Op.HELLO
        await ws.send_json({"op": Op.IDENTIFY, "d": {"token": self.discord.token, "intents": intents}})
        return dict(await event(ws, "READY"))


async def event(ws: aiohttp.ClientWebSocketResponse, name: str) -> Json:
    """Return the data of the next event of that name."""
    async with asyncio.timeout(5):
        while (frame := await ws.receive_json())["t"] != name:
            pass
    return dict(frame["d"])


@pytest_asyncio.fixture(loop_scope="session")
async def caller(judge: OpenApi | None) -> AsyncIterator[Caller]:
    async with LoopbackDiscord(judge=judge) as discord, aiohttp.ClientSession() as http:
        discord.world.add_guild("Home")
        yield Caller(discord, http)


def somebody(caller: Caller, name: str = "alice") -> Member:
    return Member(caller.discord, name, next(iter(caller.discord.world.guilds.values())))


async def click(caller: Caller) -> Interaction:
    """Let somebody click a button of the bot's, unanswered as yet."""
    member = somebody(caller)
    path = f"/channels/{member.channel['id']}/messages"
    _status, sent = await caller.send("POST", path, {"content": "x", "components": [ROW_OF_ONE]})
    kept = caller.discord.world.messages[sent["id"]]
    data = {"component_type": 2, "custom_id": "more", "id": 1}
    return await caller.discord.interactions.start(Kind.COMPONENT, member.user, member.channel, data, kept)


async def test_an_answer_after_three_seconds_is_refused_as_unknown(caller: Caller) -> None:
    interaction = await click(caller)
    interaction.born -= caller.discord.interactions.answer_within
    assert (await caller.answer(interaction, 4, content="late"))[1]["code"] == 10062


async def test_a_second_first_answer_is_refused(caller: Caller) -> None:
    interaction = await click(caller)
    assert (await caller.answer(interaction, 4, content="one"))[0] == 200
    assert (await caller.answer(interaction, 4, content="two"))[1]["code"] == 40060


async def test_a_token_is_good_for_fifteen_minutes(caller: Caller) -> None:
    interaction = await click(caller)
    await caller.answer(interaction, 4, content="one")
    interaction.born -= caller.discord.interactions.token_life
    assert (await caller.follow_up(interaction, content="two"))[1]["code"] == 50027


async def test_the_first_follow_up_takes_the_place_of_thinking(caller: Caller) -> None:
    interaction = await click(caller)
    await caller.answer(interaction, 5)
    assert interaction.answer["flags"] & MessageFlag.LOADING
    assert not interaction.done
    await caller.follow_up(interaction, content="here it is")
    assert (interaction.answer["content"], interaction.answer["flags"]) == ("here it is", 0)
    assert interaction.followups == []


async def test_an_ephemeral_message_is_reached_by_its_token_alone(caller: Caller) -> None:
    interaction = await click(caller)
    await caller.answer(interaction, 4, content="psst", flags=64)
    message = interaction.answer
    path = f"/channels/{message['channel_id']}/messages/{message['id']}"
    assert (await caller.send("GET", path))[1]["code"] == 10008
    assert (await caller.send("DELETE", path))[1]["code"] == 10008
    own = f"/webhooks/1/{interaction.payload['token']}/messages/@original"
    assert (await caller.send("GET", own))[1]["content"] == "psst"
    assert (await caller.send("PATCH", own, {"content": "changed"}))[1]["content"] == "changed"
    assert (await caller.send("DELETE", own))[0] == 204
    assert message["id"] not in caller.discord.world.messages


async def test_a_message_with_an_enforced_nonce_is_posted_once(caller: Caller) -> None:
    path = f"/channels/{somebody(caller).channel['id']}/messages"
    body: Json = {"content": "x", "nonce": "7", "enforce_nonce": True}
    first, second = [(await caller.send("POST", path, body))[1]["id"] for _ in range(2)]
    assert first == second


async def test_what_a_message_may_not_ping_it_does_not(caller: Caller) -> None:
    member = somebody(caller)
    path = f"/channels/{member.channel['id']}/messages"
    body: Json = {"content": f"@everyone <@{member.user['id']}>"}
    loud = (await caller.send("POST", path, body))[1]
    quiet = (await caller.send("POST", path, {**body, "allowed_mentions": {"parse": []}}))[1]
    assert (len(loud["mentions"]), loud["mention_everyone"]) == (1, True)
    assert (len(quiet["mentions"]), quiet["mention_everyone"]) == (0, False)
    assert [bool(request.complaints()) for request in caller.discord.requests] == [True, False]


async def test_content_is_withheld_unless_the_bot_is_spoken_to(caller: Caller) -> None:
    member, world = somebody(caller), caller.discord.world
    async with caller.connect() as ws:
        await caller.identify(ws)
        seen = {}
        bot, role = f"<@{world.bot['id']}>", f"<@&{world.bot_role(str(member.guild and member.guild['id']))}>"
        for what in ("nothing", bot, role):
            await member.say(f"{what} secret")
            seen[what] = (await event(ws, "MESSAGE_CREATE"))["content"]
        await Member(caller.discord, "alice").say("direct secret")
        assert (await event(ws, "MESSAGE_CREATE"))["content"] == "direct secret"
    assert seen == {"nothing": "", bot: f"{bot} secret", role: f"{role} secret"}


async def test_a_reply_carries_the_message_it_answers_as_far_as_the_bot_may_read_it(caller: Caller) -> None:
    alice, bob = somebody(caller), somebody(caller, "bob")
    path = f"/channels/{alice.channel['id']}/messages"
    bot_message = (await caller.send("POST", path, {"content": "from the bot"}))[1]
    async with caller.connect() as ws:
        await caller.identify(ws)
        await alice.say("to the bot", reply_to=caller.discord.world.messages[bot_message["id"]])
        to_bot = await event(ws, "MESSAGE_CREATE")
        await alice.say(f"<@{caller.discord.world.bot['id']}>", reply_to=await bob.say("private"))
        await event(ws, "MESSAGE_CREATE")
        to_bob = await event(ws, "MESSAGE_CREATE")
    assert (to_bot["content"], to_bot["referenced_message"]["content"]) == ("to the bot", "from the bot")
    assert to_bob["referenced_message"]["content"] == ""


async def test_interactions_carry_the_permissions_of_a_members_roles(caller: Caller) -> None:
    member = somebody(caller).may(Permission.MANAGE_MESSAGES)
    able = (await click(caller)).payload["member"]
    member.may(Permission(0))
    unable = (await click(caller)).payload["member"]
    assert [int(m["permissions"]) & Permission.MANAGE_MESSAGES for m in (able, unable)] == [8192, 0]
    assert [len(m["roles"]) for m in (able, unable)] == [1, 0]


async def test_a_session_is_resumed_with_what_it_missed(caller: Caller) -> None:
    member = somebody(caller)
    async with caller.connect() as ws:
        session = (await caller.identify(ws))["session_id"]
        await event(ws, "GUILD_CREATE")
        caller.discord.gateway.cut()
    await member.say("missed")
    async with caller.connect() as ws:
        resume = {"token": caller.discord.token, "session_id": session, "seq": 2}
        await ws.send_json({"op": Op.RESUME, "d": resume})
        assert (await event(ws, "MESSAGE_CREATE"))["author"]["username"] == "alice"
        await event(ws, "RESUMED")


async def test_a_wrong_token_is_refused_at_both_doors(caller: Caller) -> None:
    caller.discord.token = "wrong"  # noqa: S105 - it opens nothing
    assert (await caller.send("GET", "/users/@me"))[0] == 401
    async with caller.connect() as ws:
        await ws.receive_json()
        await ws.send_json({"op": Op.IDENTIFY, "d": {"token": "wrong", "intents": 0}})
        await ws.receive()
        assert ws.close_code == 4004


async def test_an_intent_that_the_application_does_not_have_is_refused(caller: Caller) -> None:
    async with caller.connect() as ws:
        await ws.receive_json()
        data = {"token": caller.discord.token, "intents": Intent.MESSAGE_CONTENT}
        await ws.send_json({"op": Op.IDENTIFY, "d": data})
        await ws.receive()
        assert ws.close_code == 4014


def test_a_menu_of_channels_offers_those_of_the_server_that_are_of_its_kinds() -> None:
    menu = {"type": 8, "custom_id": "where", "id": 2, "channel_types": [0], "max_values": 2}
    there = {"1": {"id": "1", "type": 0}, "2": {"id": "2", "type": 0}, "3": {"id": "3", "type": 2}}
    sent = click_data(menu, ["2"], there)
    assert (sent["values"], list(sent["resolved"]["channels"])) == (["2"], ["2"])
    for values, why in ((["3"], "does not have"), (["9"], "does not have"), ([], "does not take 0")):
        with pytest.raises(RefusedError, match=why):
            click_data(menu, values, there)


async def test_faults_happen_as_often_as_ordered(caller: Caller) -> None:
    caller.discord.faults.order(Fault("/users", status=503, times=2))
    assert [(await caller.send("GET", "/users/@me"))[0] for _ in range(3)] == [503, 503, 200]
    caller.discord.faults.order(Fault("/typing", reset=True))
    with pytest.raises(aiohttp.ClientError):
        await caller.send("POST", f"/channels/{somebody(caller).channel['id']}/typing")


async def test_a_bucket_refuses_what_is_over_its_limit_and_says_until_when(caller: Caller) -> None:
    bucket = caller.discord.faults.limit(Bucket("GET", "/users/@me$", limit=1, window=60))
    assert (await caller.send("GET", "/users/@me"))[0] == 200
    status, body = await caller.send("GET", "/users/@me")
    assert (status, bucket.refused, body["global"]) == (429, 1, False)
    assert 0 < body["retry_after"] <= 60


async def test_nobody_can_use_what_is_not_there(caller: Caller) -> None:
    member = somebody(caller)
    message = await member.say("no buttons")
    with pytest.raises(RefusedError, match="no enabled button 'More'"):
        await member.click(message, "More")
    caller.discord.interactions.pulse.beat()
    with pytest.raises(TimeoutError, match="the command nope"):
        await caller.discord.until(lambda: None, "the command nope", seconds=0.01)


def many(count: int, part: Json) -> list[Json]:
    return [{**part, "custom_id": str(number)} for number in range(count)]


TEXT = {"type": 10, "content": "x" * 2001}
BUTTON = {"type": 2, "style": 1, "label": "More", "custom_id": "more"}
INPUT = {"type": 4, "custom_id": "text", "style": 1, "max_length": 1}
OPTION = {"type": 3, "name": "x", "description": "x"}


@pytest.mark.parametrize(
    "message",
    [
        {"content": "x" * 2001},
        {"embeds": [{"description": "x" * 4097}]},
        {"embeds": [{"description": "x" * 4000}] * 2},
        {"embeds": [{"fields": [{"name": "", "value": "x"}]}]},
        {"components": [ROW_OF_ONE, ROW_OF_ONE]},
        {"components": [{"type": 1, "components": many(6, BUTTON)}]},
        {"components": [{"type": 1, "components": [{**BUTTON, "label": "x" * 81}]}]},
        {"components": [{"type": 1, "components": [{**BUTTON, "label": ""}]}]},
        {"components": [{"type": 1, "components": [{**BUTTON, "custom_id": "x" * 101}]}]},
        {"components": [{"type": 1, "components": [{**BUTTON, "style": 5}]}]},
        {"components": [TEXT]},
        {"components": [TEXT, TEXT], "flags": COMPONENTS_V2},
        {"components": [{"type": 10, "content": "x"}] * 41, "flags": COMPONENTS_V2},
        {"components": [ROW_OF_ONE], "content": "x", "flags": COMPONENTS_V2},
    ],
)
def test_a_message_over_a_limit_is_refused(message: Json) -> None:
    with pytest.raises(RefusedError) as refused:
        check_message(message)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "commands",
    [
        [{"name": "Ask", "description": "x"}],
        [{"name": "ask", "description": ""}],
        [{"name": "ask", "description": "x"}] * 2,
        [{"name": "ask", "description": "x", "options": [OPTION, {**OPTION, "required": True}]}],
        [{"name": "ask", "description": "x", "options": [OPTION] * 26}],
        [{"name": str(number), "type": 3} for number in range(16)],
    ],
)
def test_a_command_over_a_limit_is_refused(commands: list[Json]) -> None:
    with pytest.raises(RefusedError) as refused:
        check_commands(commands)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "modal",
    [
        {"title": "x" * 46, "components": [TEXT]},
        {"title": "x", "components": [TEXT] * 6},
        {"title": "x", "components": [{"type": 18, "label": "x" * 46, "component": INPUT}]},
        {"title": "x", "components": [{"type": 18, "label": "x", "component": {**INPUT, "value": "xx"}}]},
    ],
)
def test_a_modal_over_a_limit_is_refused(modal: Json) -> None:
    with pytest.raises(RefusedError) as refused:
        check_modal(modal)
    assert refused.value.status == 400


def test_discords_description_judges_requests_and_answers(judge: OpenApi | None) -> None:
    if judge is None:
        pytest.skip("--discord-openapi was not given: requests are checked against the unstated limits alone")
    assert judge.faults("POST", "/channels/1/messages", {"content": "x"}) == []
    assert judge.faults("POST", "/channels/1/messages", {"content": 1}) != []
    assert judge.faults("POST", "/no/such/thing", {}) == ["Discord has no operation POST /no/such/thing"]
    assert judge.answer_faults("GET", "/users/@me", 200, {"id": "1"}) != []


async def test_waiting_ends_with_what_was_awaited() -> None:
    discord = LoopbackDiscord()
    started = time.monotonic()
    with pytest.raises(TimeoutError, match=r"not within 0\.05 s: the end of the world"):
        await discord.until(lambda: None, "the end of the world", seconds=0.05)
    assert time.monotonic() - started < 5
