import os
import re
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, load_settings
from knowledge.errors import SettingsError

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789"  # noqa: S105  nobody's
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def set_to(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(PREFIX + name.upper(), value)


def test_nothing_has_to_be_set_but_the_token() -> None:
    settings = load_settings()
    assert settings.packs == ()
    assert settings.database_url is None
    assert settings.shard_count is None
    with pytest.raises(
        SettingsError, match=r"Discord Developer Portal .* Bot > Reset Token.*PULLQUOTE_DISCORD_TOKEN"
    ):
        settings.token()


@pytest.mark.parametrize("written", [TOKEN, f" {TOKEN}\t", f"Bot {TOKEN}"])
def test_the_token_is_taken_as_people_paste_it(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, discord_token=written)
    assert load_settings().token() == TOKEN


@pytest.mark.parametrize("written", ["", "  ", "your token here", "tökén", "a\nb"])
def test_what_cannot_be_a_token_is_refused_without_repeating_it(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(monkeypatch, discord_token=written)
    with pytest.raises(SettingsError, match="Reset Token") as refusal:
        load_settings().token()
    assert not written.strip() or written not in str(refusal.value)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/models/e5", {"": Path("/models/e5")}),
        ("en=/models/minilm, /models/e5", {"en": Path("/models/minilm"), "": Path("/models/e5")}),
        ("", {}),
    ],
)
def test_semantic_models_are_named_by_language(
    written: str, read: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(monkeypatch, semantic_model=written)
    assert load_settings().semantic_model == read


def test_two_semantic_models_for_all_languages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, semantic_model="/models/minilm,/models/e5")
    with pytest.raises(
        SettingsError, match=r"PULLQUOTE_SEMANTIC_MODEL: Two semantic models.*en=/models/minilm"
    ):
        load_settings()


def test_the_token_does_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, discord_token=TOKEN)
    assert TOKEN not in repr(load_settings())


def test_a_file_is_read_and_the_environment_wins_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        "PULLQUOTE_LOG_LEVEL=debug\nPULLQUOTE_LOG_FORMAT=json\nOTHER=1\n", encoding="utf-8"
    )
    set_to(monkeypatch, log_format="console")
    settings = load_settings()
    assert settings.log_level == "DEBUG"
    assert settings.log_format == "console"


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, packs="a/b, c d", shard_count="8", shard_ids="0,1, 7")
    settings = load_settings()
    assert settings.packs == (Path("a/b"), Path("c d"))
    assert settings.shard_ids == (0, 1, 7)


@pytest.mark.parametrize("written", ["a,", ",a", " a , , ", ",,a,,"])
def test_a_comma_too_many_is_no_pack(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # An empty path would be the folder that the bot was started in.
    set_to(monkeypatch, packs=written, shard_count="2", shard_ids="1,")
    assert load_settings().packs == (Path("a"),)
    assert load_settings().shard_ids == (1,)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("PULLQUOTE_DATABASEURL", "PULLQUOTE_DATABASE_URL"),
        ("PULLQUOTE_PACK", "PULLQUOTE_PACKS"),
        ("pullquote_loglevel", "PULLQUOTE_LOG_LEVEL"),
        ("PULLQUOTE_TOKEN", "PULLQUOTE_DISCORD_TOKEN"),
    ],
)
@pytest.mark.parametrize("where", ["environment", "file"])
def test_a_misspelt_setting_is_refused_with_the_one_that_was_meant(
    written: str, meant: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where == "file":
        Path(".env").write_text(f"{written}=x\n", encoding="utf-8")
    else:
        monkeypatch.setenv(written, "x")
    with pytest.raises(SettingsError, match=f"There is no setting {written.upper()}: did you mean {meant}$"):
        load_settings()


def test_all_faults_are_told_at_once_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, log_format="xml", shard_number="2")
    with pytest.raises(SettingsError, match=r"PULLQUOTE_SHARD_NUMBER.*; PULLQUOTE_LOG_FORMAT: "):
        load_settings()


def test_a_line_without_a_value_is_as_if_it_was_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, packs="", shard_ids="", shard_count="", database_url="")
    assert load_settings().packs == ()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"shard_count": "many"}, "PULLQUOTE_SHARD_COUNT: write whole numbers$"),
        ({"shard_count": "0"}, "PULLQUOTE_SHARD_COUNT: .*greater than or equal to 1"),
        ({"shard_ids": "0,1"}, "PULLQUOTE_SHARD_IDS needs PULLQUOTE_SHARD_COUNT"),
        ({"shard_count": "2", "shard_ids": "0,2"}, "of 2 the last is 1"),
        ({"shard_count": "2", "shard_ids": "a,b"}, "^PULLQUOTE_SHARD_IDS: write whole numbers$"),
        ({"message_content": "maybe"}, "PULLQUOTE_MESSAGE_CONTENT: write true or false$"),
        ({"log_level": "loud"}, "PULLQUOTE_LOG_LEVEL: .*'INFO'"),
        ({"log_format": "xml"}, "PULLQUOTE_LOG_FORMAT: .*'json'"),
        ({"discord_api": "discord.com"}, "PULLQUOTE_DISCORD_API: .*no address like https://"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_with_what_it_may_be(
    values: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(monkeypatch, **values)
    with pytest.raises(SettingsError, match=sentence):
        load_settings()


@pytest.mark.parametrize(
    "api",
    [
        "https://proxy.example/api/v10/",
        "http://127.0.0.1:8080/api/v10",
        "http://[::1]/x",
        "http://localhost/x",
    ],
)
def test_discord_may_be_anywhere_behind_https_or_on_this_machine(
    api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(monkeypatch, discord_api=api)
    assert load_settings().discord_api == api.rstrip("/")


@pytest.mark.parametrize(
    "api",
    [
        "http://discord.com/api/v10",
        "http://192.168.0.2/api",
        "http://127.0.0.1.evil.example/api",
        "http://127.0.0.1@evil.example/api",
        "http://localhost.evil.example/",
        "ftp://127.0.0.1/",
        "https://",
    ],
)
def test_the_token_goes_nowhere_else(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, discord_api=api)
    with pytest.raises(SettingsError, match="PULLQUOTE_DISCORD_API"):
        load_settings()


@pytest.mark.parametrize("gateway", ["wss://gateway.example/", "ws://127.0.0.1:1/"])
def test_the_gateway_too_is_behind_tls_or_on_this_machine(
    gateway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_to(monkeypatch, discord_gateway=gateway)
    assert load_settings().discord_gateway == gateway


@pytest.mark.parametrize("gateway", ["ws://gateway.example/", "https://gateway.example"])
def test_the_gateway_is_nowhere_else(gateway: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(monkeypatch, discord_gateway=gateway)
    with pytest.raises(SettingsError, match="PULLQUOTE_DISCORD_GATEWAY"):
        load_settings()


def test_the_example_tells_every_setting_and_no_other() -> None:
    told = set(re.findall(rf"^#?{PREFIX}([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert told == {name.upper() for name in Settings.model_fields}


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_settings() == Settings()


def test_the_example_with_every_line_switched_on_is_right_too(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    on = [line.removeprefix("#") if line.startswith(f"#{PREFIX}") else line for line in lines]
    (tmp_path / ".env").write_text("\n".join(on), encoding="utf-8")
    assert load_settings().shard_ids == (0, 1, 2, 3)


def test_pages_are_fetched_only_where_the_operator_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().fetch_urls is False
    set_to(monkeypatch, fetch_urls="true")
    assert load_settings().fetch_urls is True
    set_to(monkeypatch, fetch_urls="perhaps")
    with pytest.raises(SettingsError, match="PULLQUOTE_FETCH_URLS"):
        load_settings()
