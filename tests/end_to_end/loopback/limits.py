"""What Discord refuses although its OpenAPI description does not say so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

NAME = re.compile(r"[-_'\w]{1,32}")
COMPONENTS_V2 = 1 << 15
ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 2, 3, 4, 10, 18
SELECTS = {3, 5, 6, 7, 8}
LINK = 5
COMMAND_CHARACTERS = 8000


class RefusedError(Exception):
    """A refusal, in the shape of Discord's errors."""

    def __init__(
        self, status: int, code: int, message: str, headers: dict[str, str] | None = None, **extra: object
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}
        self.body: Json = {"message": message, "code": code, **extra}


def unknown(what: str, code: int) -> RefusedError:
    """Return the refusal of an id that there is not (any more)."""
    return RefusedError(404, code, f"Unknown {what}")


def invalid(where: str, message: str, kind: str = "BASE_TYPE_BAD_LENGTH") -> RefusedError:
    """Return the refusal of a body, with Discord's tree of errors down to the field `a.b.c`."""
    leaf: Json = {"_errors": [{"code": kind, "message": message}]}
    for part in reversed(where.split(".")):
        leaf = {part: leaf}
    return RefusedError(400, 50035, f"Invalid Form Body: {where}: {message}", errors=leaf)


def no_longer_than(limit: int, text: str | None, where: str, least: int = 0) -> None:
    """Refuse a text of the wrong length; lengths count code points."""
    if not least <= len(text or "") <= limit:
        raise invalid(where, f"Must be between {least} and {limit} in length.")


def leaves(components: Iterable[Json] | None) -> Iterator[Json]:
    """Yield every component of a message or modal, however deeply nested."""
    for part in components or ():
        yield part
        yield from leaves(part.get("components"))
        yield from leaves([part[key] for key in ("component", "accessory") if part.get(key)])


def check_message(data: Json, where: str = "", flags: int = 0) -> None:
    """Refuse a message (or the parts of it that an edit gives) that is over a limit.

    `flags` are those of the message that is edited: with components V2 it cannot go back.
    """
    no_longer_than(2000, data.get("content"), f"{where}content")
    check_embeds(data.get("embeds") or [], where)
    parts = data.get("components") or []
    if ((data.get("flags") or 0) | flags) & COMPONENTS_V2:
        if any(data.get(key) for key in ("content", "embeds", "sticker_ids", "poll")):
            raise invalid(f"{where}content", "Not beside components V2", "MESSAGE_CANNOT_USE_LEGACY_FIELDS")
        shown = sum(len(part["content"]) for part in leaves(parts) if part["type"] == TEXT_DISPLAY)
        if len(list(leaves(parts))) > 40 or shown > 4000:
            raise invalid(f"{where}components", "At most 40 components and 4000 characters")
    elif len(parts) > 5 or any(part["type"] != ROW for part in parts):
        raise invalid(f"{where}components", "Without components V2: at most 5 rows, and nothing but rows")
    check_components(parts, f"{where}components")


def check_embeds(embeds: Sequence[Json], where: str) -> None:
    """Refuse embeds that are too long, singly or together."""
    for number, embed in enumerate(embeds):
        here = f"{where}embeds.{number}"
        no_longer_than(4096, embed.get("description"), f"{here}.description")
        no_longer_than(256, embed.get("title"), f"{here}.title")
        for field in embed.get("fields") or []:
            no_longer_than(256, field.get("name"), f"{here}.fields", least=1)
            no_longer_than(1024, field.get("value"), f"{here}.fields", least=1)
    if sum(map(text_size, embeds)) > 6000:
        raise invalid(f"{where}embeds", "Embed size exceeds maximum size of 6000", "MAX_EMBED_SIZE_EXCEEDED")


def text_size(embed: Json) -> int:
    """Count the characters of an embed as Discord does for the sum over all embeds."""
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get(part) or {}).get(key) for part, key in (("footer", "text"), ("author", "name"))]
    parts += [field.get(key) for field in embed.get("fields") or [] for key in ("name", "value")]
    return sum(len(part) for part in parts if part)


def check_components(parts: Sequence[Json], where: str) -> None:
    """Refuse buttons, selects and rows that Discord does not take."""
    ids = [part["custom_id"] for part in leaves(parts) if part.get("custom_id")]
    if len(ids) != len(set(ids)):
        raise invalid(where, "Custom id cannot be duplicated", "COMPONENT_CUSTOM_ID_DUPLICATED")
    for custom_id in ids:
        no_longer_than(100, custom_id, f"{where}.custom_id", least=1)
    for part in leaves(parts):
        if part["type"] == ROW:
            kinds = [inner["type"] for inner in part["components"]]
            if not 1 <= len(kinds) <= (1 if SELECTS & set(kinds) else 5):
                raise invalid(where, "A row has one to five buttons, or one select")
        elif part["type"] == BUTTON:
            check_button(part, where)
        elif part["type"] == STRING_SELECT:
            check_choices(part["options"], "label", f"{where}.options")


def check_button(button: Json, where: str) -> None:
    """Refuse a button without a face, or with the wrong one of custom id and address."""
    no_longer_than(80, button.get("label"), f"{where}.label")
    no_longer_than(512, button.get("url"), f"{where}.url")
    if not (button.get("label") or button.get("emoji")):
        raise invalid(where, "A button has a label or an emoji", "BUTTON_COMPONENT_INVALID")
    if (button["style"] == LINK) != bool(button.get("url")) or bool(button.get("url")) == bool(
        button.get("custom_id")
    ):
        raise invalid(
            where, "A link button has an address, any other a custom id", "BUTTON_COMPONENT_INVALID"
        )


def check_choices(choices: Sequence[Json], name: str, where: str) -> None:
    """Refuse the choices of a select menu or an autocompletion."""
    if len(choices) > 25:
        raise invalid(where, "Must be 25 or fewer in length.")
    for choice in choices:
        no_longer_than(100, choice[name], f"{where}.{name}", least=1)
        no_longer_than(100, str(choice["value"]), f"{where}.value", least=1)
    if name == "label" and len({choice["value"] for choice in choices}) != len(choices):
        raise invalid(
            where, "The specified option value is already used", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
        )


def check_modal(modal: Json) -> None:
    """Refuse a modal that Discord's client could not show."""
    no_longer_than(45, modal["title"], "data.title", least=1)
    if not 1 <= len(modal["components"]) <= 5:
        raise invalid("data.components", "Must be between 1 and 5 in length.")
    check_components([part for part in modal["components"] if part["type"] != ROW], "data.components")
    for part in leaves(modal["components"]):
        if part["type"] == LABEL:
            no_longer_than(45, part["label"], "data.components.label", least=1)
            no_longer_than(100, part.get("description"), "data.components.description")
        elif part["type"] == TEXT_INPUT:
            no_longer_than(100, part.get("placeholder"), "data.components.placeholder")
            no_longer_than(part.get("max_length") or 4000, part.get("value"), "data.components.value")


def check_not_empty(data: Json, files: Sequence[Json] = ()) -> None:
    """Refuse a message with nothing in it."""
    shown = ("content", "embeds", "components", "sticker_ids", "poll")
    if not files and not any(data.get(key) for key in shown):
        raise RefusedError(400, 50006, "Cannot send an empty message")


def check_commands(commands: Sequence[Json]) -> None:
    """Refuse a set of application commands."""
    kinds = [command.get("type", 1) for command in commands]
    if kinds.count(1) > 100 or max(kinds.count(2), kinds.count(3)) > 15:
        raise RefusedError(400, 30032, "Maximum number of application commands reached.")
    named = [(kind, command["name"]) for kind, command in zip(kinds, commands, strict=True)]
    if len(named) != len(set(named)):
        raise invalid("name", "Command names must be unique", "APPLICATION_COMMANDS_DUPLICATE_NAME")
    for number, command in enumerate(commands):
        no_longer_than(32, command["name"], f"{number}.name", least=1)
        if command.get("type", 1) == 1:
            check_option(command, str(number))
        if sum(map(len, command_texts(command))) > COMMAND_CHARACTERS:
            raise invalid(str(number), f"Command exceeds maximum size of {COMMAND_CHARACTERS}")


def check_option(option: Json, where: str) -> None:
    """Refuse a slash command, or an option of one."""
    if not NAME.fullmatch(option["name"]) or option["name"] != option["name"].lower():
        raise invalid(f"{where}.name", "Command name is invalid", "APPLICATION_COMMAND_INVALID_NAME")
    no_longer_than(100, option.get("description"), f"{where}.description", least=1)
    check_choices(option.get("choices") or [], "name", f"{where}.choices")
    inner = option.get("options") or []
    if len(inner) > 25:
        raise invalid(f"{where}.options", "Must be 25 or fewer in length.")
    for before, after in pairwise(inner):
        if after.get("required") and not before.get("required"):
            kind = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            raise invalid(f"{where}.options", "Required options must be placed before others", kind)
    for number, part in enumerate(inner):
        check_option(part, f"{where}.options.{number}")


def command_texts(option: Json) -> Iterator[str]:
    """Yield the texts that count towards a command's size."""
    yield option["name"]
    yield option.get("description") or ""
    for choice in option.get("choices") or []:
        yield from (choice["name"], str(choice["value"]))
    for inner in option.get("options") or []:
        yield from command_texts(inner)
