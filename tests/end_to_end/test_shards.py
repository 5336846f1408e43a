"""Several processes, each with its share of Discord's shards."""

from pathlib import Path

from .conftest import complaints
from .loopback import LoopbackDiscord, Member, OpenApi
from .loopback.gateway import Op
from .process import running_bot
from .reading import read

QUESTION = "who won the first women's Ballon d'Or?"


async def test_a_process_answers_the_servers_of_its_own_shards(judge: OpenApi | None, tmp_path: Path) -> None:
    async with LoopbackDiscord(shards=2, judge=judge) as discord:
        others, own = (discord.world.add_guild(f"Of shard {shard}", shard=shard) for shard in range(2))
        async with running_bot(discord, tmp_path, PULLQUOTE_SHARD_COUNT="2", PULLQUOTE_SHARD_IDS="1"):
            said = await Member(discord, "alice", others).say(f"<@{discord.world.bot['id']}> {QUESTION}")
            alice = Member(discord, "alice", own)
            assert "Ada Hegerberg" in read(await alice.mention(QUESTION))
            assert alice.replies_to(said) == []
        assert [data["shard"] for op, data in discord.gateway.log if op is Op.IDENTIFY] == [[1, 2]]
        assert complaints(discord) == []
