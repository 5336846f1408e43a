"""Discord's own OpenAPI description as the judge of what the bot asks, and of what it is answered here."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


class OpenApi:
    """The description, by operation. Reading it takes a good second: one is enough for a test run."""

    def __init__(self, path: Path) -> None:
        description = json.loads(path.read_text(encoding="utf-8"))
        # Discord takes ids as numbers too, whatever its description says; discord.py sends some so.
        description["components"]["schemas"]["SnowflakeType"] = {"type": ["string", "integer"]}
        self._components = description["components"]
        self._operations: list[tuple[int, str, re.Pattern[str], dict[str, Any]]] = []
        for template, methods in description["paths"].items():
            pattern = re.compile(re.sub(r"\{[^}]+\}", "[^/]+", template))
            for method in methods.keys() & {"get", "post", "put", "patch", "delete"}:
                self._operations.append((template.count("{"), method.upper(), pattern, methods[method]))
        self._operations.sort(key=lambda operation: operation[0])  # `@original` goes before `{message_id}`
        self._validators: dict[tuple[str, str, str], Draft202012Validator | None] = {}

    def faults(self, method: str, path: str, body: object) -> list[str]:
        """Say what is wrong with a request: its operation, or its JSON body where it has one."""
        found = self._operation(method, path)
        if found is None:
            return [f"Discord has no operation {method} {path}"]
        template, operation = found
        content = operation.get("requestBody", {}).get("content", {})
        return [] if body is None else list(self._judge((method, template, "request"), content, body))

    def answer_faults(self, method: str, path: str, status: int, answer: object) -> list[str]:
        """Say what is wrong with an answer of the loopback Discord."""
        found = self._operation(method, path)
        if found is None or answer is None:
            return []
        template, operation = found
        content = operation["responses"].get(str(status), {}).get("content", {})
        return list(self._judge((method, template, str(status)), content, answer))

    def _operation(self, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
        for _, verb, pattern, operation in self._operations:
            if verb == method and pattern.fullmatch(path):
                return pattern.pattern, operation
        return None

    def _judge(self, key: tuple[str, str, str], content: dict[str, Any], body: object) -> Iterator[str]:
        if key not in self._validators:
            schema = content.get("application/json", {}).get("schema")
            self._validators[key] = schema and Draft202012Validator(
                {**schema, "components": self._components}
            )
        validator = self._validators[key]
        for fault in validator.iter_errors(body) if validator else ():
            yield f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"
