"""A small Discord on the loopback interface: REST API v10 and gateway, faithful where a bot can tell.

It speaks zlib-stream; numbers and replays events for RESUME; withholds message content where the intent is
not there; answers 10062 to an interaction answered after three seconds, 40060 to a second answer, 50027 after
fifteen minutes; lets the first follow-up replace "thinking"; shows an ephemeral message to the holder of its
token alone; honours `enforce_nonce` and `allowed_mentions`; refuses commands that were never registered,
buttons that are not there, and whatever is over Discord's limits. Members have roles, and interactions carry
the permissions that these give.

It does not enforce permissions: neither the bot's nor, for commands, the members' (a server's settings may
grant a command to anyone, so the bot must check for itself).
"""

from .api import Request
from .faults import Fault
from .interactions import Interaction
from .limits import Json, RefusedError
from .members import Member
from .openapi import OpenApi
from .server import LoopbackDiscord

__all__ = [
    "Fault",
    "Interaction",
    "Json",
    "LoopbackDiscord",
    "Member",
    "OpenApi",
    "RefusedError",
    "Request",
]
