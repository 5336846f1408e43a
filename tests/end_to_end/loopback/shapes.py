"""Users, roles, servers, messages and the application, in the shapes in which Discord hands them out."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import IntFlag

from .limits import Json, leaves

JOINED = "2024-01-01T00:00:00+00:00"


class Permission(IntFlag):
    """The permissions that matter here."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    READ_MESSAGE_HISTORY = 1 << 16
    USE_APPLICATION_COMMANDS = 1 << 31


ORDINARY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
)
"""What every member of a new server may do."""

ALL = (1 << 50) - 1
"""What the owner may do."""


class MessageFlag(IntFlag):
    """The flags of messages that matter here."""

    EPHEMERAL = 1 << 6
    LOADING = 1 << 7


def now() -> str:
    """Return the time as Discord writes it."""
    return datetime.now(UTC).isoformat()


def user(user_id: str, name: str, *, bot: bool) -> Json:
    """Return a user."""
    return {
        "id": user_id,
        "username": name,
        "global_name": None if bot else name.title(),
        "avatar": None,
        "discriminator": "0",
        "bot": bot,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }


def member(roles: Sequence[str] = ()) -> Json:
    """Return what makes a user a member, without the user."""
    nothing = ("nick", "avatar", "banner", "premium_since", "communication_disabled_until")
    return {
        **dict.fromkeys(nothing),
        "roles": list(roles),
        "joined_at": JOINED,
        "mute": False,
        "deaf": False,
        "pending": False,
        "flags": 0,
    }


def role(role_id: str, name: str, permissions: int, position: int = 1, bot_id: str | None = None) -> Json:
    """Return a role; with a bot's id the role that Discord manages for that bot."""
    return {
        "id": role_id,
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": position,
        "permissions": str(int(permissions)),
        "managed": bool(bot_id),
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
        **({"tags": {"bot_id": bot_id}} if bot_id else {}),
    }


def guild(guild_id: str, name: str, owner_id: str, roles: Sequence[Json]) -> Json:
    """Return a server."""
    nothing = (
        "icon splash discovery_splash banner afk_channel_id system_channel_id rules_channel_id description "
        "public_updates_channel_id vanity_url_code application_id home_header widget_channel_id "
        "safety_alerts_channel_id max_presences incidents_data hub_type"
    )
    zero = (
        "verification_level default_message_notifications explicit_content_filter mfa_level nsfw_level "
        "premium_tier premium_subscription_count system_channel_flags"
    )
    return {
        **dict.fromkeys(nothing.split()),
        **dict.fromkeys(zero.split(), 0),
        "id": guild_id,
        "name": name,
        "owner_id": owner_id,
        "roles": list(roles),
        "afk_timeout": 300,
        "preferred_locale": "en-US",
        "features": [],
        "emojis": [],
        "stickers": [],
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "region": "deprecated",
        "widget_enabled": False,
        "max_members": 500000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "owner_configured_content_level": 0,
    }


def text_channel(channel_id: str, name: str, guild_id: str, position: int) -> Json:
    """Return a server's text channel."""
    return {
        "id": channel_id,
        "type": 0,
        "name": name,
        "guild_id": guild_id,
        "position": position,
        "last_message_id": None,
        "topic": None,
        "nsfw": False,
        "permission_overwrites": [],
        "parent_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def direct_channel(channel_id: str, recipient: Json) -> Json:
    """Return the channel of direct messages with the bot."""
    return {"id": channel_id, "type": 1, "recipients": [recipient], "last_message_id": None, "flags": 0}


def application(bot: Json, owner: Json, guilds: int, flags: int) -> Json:
    """Return the bot's application."""
    nothing = ("icon", "type", "team", "interactions_endpoint_url", "role_connections_verification_url")
    empty = ("tags", "redirect_uris", "rpc_origins", "event_webhooks_types", "eligible_oauth2_scopes")
    zero = (
        "approximate_user_install_count",
        "approximate_user_authorization_count",
        "explicit_content_filter",
    )
    no = ("is_monetized", "is_verified", "is_discoverable", "storefront_available")
    return {
        **dict.fromkeys(nothing),
        **{key: [] for key in empty},
        **dict.fromkeys(zero, 0),
        **dict.fromkeys(no, False),
        "id": bot["id"],
        "name": bot["username"],
        "description": "",
        "summary": "",
        "hook": True,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "owner": owner,
        "bot": bot,
        "approximate_guild_count": guilds,
        "integration_types_config": {"0": {}},
        "event_webhooks_status": 1,
        "event_webhooks_url": None,
    }


def command(given: Json, command_id: str, version: str, application_id: str) -> Json:
    """Return an application command as it is kept."""
    required = given.get("default_member_permissions")
    return {
        "type": 1,
        "description": "",
        "nsfw": False,
        "contexts": [0] if given.get("dm_permission") is False else None,
        "integration_types": [0],
        **{key: value for key, value in given.items() if value is not None},
        "default_member_permissions": None if required is None else str(required),
        "id": command_id,
        "version": version,
        "application_id": application_id,
    }


def authored(data: Json, files: Sequence[Json], keep_file: Callable[[str, bytes], Json]) -> Json:
    """Return the parts of a message that its author sets, as Discord hands them out again.

    `keep_file` takes a file's name and content, and returns the attachment.
    """
    embeds = []
    for embed in data.get("embeds") or []:
        fields = [{"inline": False, **field} for field in embed.get("fields") or []]
        embeds.append({**embed, "type": "rich", "fields": fields})
    components = json.loads(json.dumps(data.get("components") or []))
    for number, part in enumerate(leaves(components), 1):
        part.setdefault("id", number)
    attachments = [keep_file(file["filename"], file["data"]) for file in files]
    return {
        "content": data.get("content") or "",
        "embeds": embeds,
        "components": components,
        "attachments": attachments,
    }


def without_content(message: Json) -> Json:
    """Return a message as an application sees it that may not read its content."""
    return {**message, "content": "", "embeds": [], "components": [], "attachments": []}
