"""What a member's client sends: a command's options, a clicked component, a filled-in modal."""

from collections.abc import Mapping, Sequence

from .limits import LABEL, ROW, TEXT_INPUT, Json, RefusedError, leaves

SUBCOMMAND, GROUP, ATTACHMENT = 1, 2, 11
CHANNEL_SELECT = 8


def command_data(command: Json, path: Sequence[str], given: Mapping[str, object], focused: str = "") -> Json:
    """Return the data of a slash command as a client sends it; with `focused` that of an autocompletion.

    `path` leads to a subcommand. A client sends no options that the command does not have, and never fewer
    than the required ones, nor a text over its length. A file is given as its attachment.
    """
    known = command.get("options") or []
    for step in path:
        known = next(option for option in known if option["name"] == step).get("options") or []
    required = {option["name"] for option in known if option.get("required") and not focused}
    stray = set(given) - {option["name"] for option in known}
    if stray or required - set(given):
        raise RefusedError(409, 0, f"options missing: {required - set(given)}, not known: {stray}")
    options: list[Json] = []
    resolved: Json = {}
    for option in known:
        if option["name"] not in given:
            continue
        value = given[option["name"]]
        if isinstance(value, str) and not focused and len(value) > option.get("max_length", 6000):
            raise RefusedError(
                409, 0, f"the client takes at most {option.get('max_length', 6000)} characters"
            )
        if option["type"] == ATTACHMENT and isinstance(value, dict):
            resolved.setdefault("attachments", {})[value["id"]] = value
            value = value["id"]
        chosen = {"name": option["name"], "type": option["type"], "value": value}
        options.append(chosen | ({"focused": True} if option["name"] == focused else {}))
    for depth, step in enumerate(reversed(path)):
        options = [{"name": step, "type": GROUP if depth else SUBCOMMAND, "options": options}]
    data = {"id": command["id"], "name": command["name"], "type": 1, "options": options}
    return data | ({"resolved": resolved} if resolved else {})


def component(message: Json, custom_id: str) -> Json:
    """Return the enabled component of a message."""
    for part in leaves(message["components"]):
        if part.get("custom_id") == custom_id and not part.get("disabled"):
            return part
    raise RefusedError(409, 0, f"no enabled component {custom_id!r} on that message")


def click_data(
    part: Json, values: Sequence[str] | None = None, channels: Mapping[str, Json] | None = None
) -> Json:
    """Return the data of a clicked button, or of a select with its values: of a channel select ids of `channels`."""
    data = {"component_type": part["type"], "custom_id": part["custom_id"], "id": part["id"]}
    if values is None:
        return data
    types = part.get("channel_types")
    offered = {key for key, one in (channels or {}).items() if not types or one["type"] in types}
    if part["type"] != CHANNEL_SELECT:
        offered = {option["value"] for option in part["options"]}
    if stray := set(values) - offered:
        raise RefusedError(409, 0, f"the menu does not have {stray}")
    if not part.get("min_values", 1) <= len(values) <= part.get("max_values", 1):
        raise RefusedError(409, 0, f"the menu does not take {len(values)} choices")
    data["values"] = list(values)
    if part["type"] == CHANNEL_SELECT and channels is not None:
        chosen = {key: {**channels[key], "permissions": "0"} for key in values}
        data["resolved"] = {"channels": chosen}
    return data


def modal_data(modal: Json, typed: Mapping[str, object]) -> Json:
    """Return the data of a modal as a client sends it: what was typed by custom id, the rest as it stood."""
    stray = set(typed) - {part["custom_id"] for part in leaves(modal["components"]) if "custom_id" in part}
    if stray:
        raise RefusedError(409, 0, f"the modal does not have {stray}")
    return {"custom_id": modal["custom_id"], "components": _fill(modal["components"], typed)}


def _fill(parts: Sequence[Json], typed: Mapping[str, object]) -> list[Json]:
    filled: list[Json] = []
    for part in parts:
        about = {"type": part["type"], "id": part.get("id", 1)}
        if part["type"] == ROW:
            filled.append({**about, "components": _fill(part["components"], typed)})
        elif part["type"] == LABEL:
            filled.append({**about, "component": _fill([part["component"]], typed)[0]})
        elif part["type"] == TEXT_INPUT:
            filled.append({**about, "custom_id": part["custom_id"], "value": _text(part, typed)})
        elif part.get("custom_id"):
            values = typed.get(part["custom_id"]) or [
                option["value"] for option in part.get("options") or [] if option.get("default")
            ]
            filled.append({**about, "custom_id": part["custom_id"], "values": values})
        else:
            filled.append(about)
    return filled


def _text(part: Json, typed: Mapping[str, object]) -> str:
    text = str(typed.get(part["custom_id"], part.get("value") or ""))
    least = part.get("min_length") or (0 if part.get("required") is False else 1)
    if not (least if text or least else 0) <= len(text) <= (part.get("max_length") or 4000):
        raise RefusedError(
            409, 0, f"the client does not send {part['custom_id']!r} with {len(text)} characters"
        )
    return text
