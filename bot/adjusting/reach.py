"""What the bot may do in a channel of a server, as far as Discord has told it."""

import discord

GONE = "Not there any more, or hidden from me: choose another."


def hindrance(guild: discord.Guild | None, channel_id: int, *, replying: bool) -> str:
    """Return the sentence on what keeps the bot from writing in a channel; "" where nothing does.

    `replying`: it answers messages there, for which Discord wants it to be able to read them. A channel of another
    server counts as not there.
    """
    channel = guild.get_channel(channel_id) if guild else None
    if guild is None or channel is None:
        return GONE
    may = channel.permissions_for(guild.me)
    writes = ("Send Messages", may.send_messages)
    if isinstance(channel, discord.ForumChannel):
        writes = ("Send Messages in Threads", may.send_messages_in_threads)
    reads = ("Read Message History", may.read_message_history or not replying)
    missing = next(
        (name for name, given in (("View Channel", may.view_channel), writes, reads) if not given), ""
    )
    return f"I need the permission {missing} there." if missing else ""
