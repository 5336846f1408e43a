"""What the tests of every level share."""

import os

os.environ["OPENPYXL_LXML"] = "False"  # as the reader of workbooks sets it, before anybody imports openpyxl

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("pullquote", deadline=None)  # the machine may be busy: no test depends on its speed
settings.load_profile("pullquote")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--discord-openapi",
        type=Path,
        metavar="PATH",
        help="Discord's OpenAPI description (github.com/discord/discord-api-spec, specs/openapi.json): every"
        " request that the bot makes in tests/end_to_end is checked against it",
    )
