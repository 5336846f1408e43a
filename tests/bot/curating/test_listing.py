"""The list of the server's own entries."""

import dataclasses

import pytest

from bot.components import MAX_CUSTOM_ID
from bot.curating.listing import MAX_SEARCH, PER_PAGE, Listed, Turn, page_card
from bot.render.escape import unescape
from knowledge.answering import Base, CompiledPacks
from knowledge.model import Citation, Entry, EntryKind, Hidden, Pack
from knowledge.owned import put
from knowledge.stories import cite
from tests.bot.conftest import buttons, texts
from tests.bot.curating.conftest import TOWER, Desk, entry


async def listed(desk: Desk, **options: str) -> object:
    return (await desk.world.moderator.slash(desk.world.channel, "qa list", **options)).response


async def test_a_server_without_entries_is_told_how_to_add_one(desk: Desk) -> None:
    card = await listed(desk)

    assert card.ephemeral
    assert "no entries of its own yet" in texts(card)
    assert "/qa add" in texts(card)


async def test_a_short_list_has_no_buttons(desk: Desk) -> None:
    await desk.keep(*map(entry, range(PER_PAGE)))

    card = await listed(desk)

    assert buttons(card) == {}
    assert all(f"rule-{number:02}" in unescape(texts(card)) for number in range(PER_PAGE))


async def test_a_long_list_is_turned_page_by_page(desk: Desk) -> None:
    await desk.keep(*map(entry, range(2 * PER_PAGE + 1)))
    card = await listed(desk)

    assert "page 1 of 3" in texts(card)
    assert buttons(card)["Previous"]["disabled"]
    await desk.press(card, "Next")
    assert "page 2 of 3" in texts(card)
    assert "rule-10" in unescape(texts(card))
    await desk.press(card, "Next")
    assert "page 3 of 3" in texts(card)
    assert buttons(card)["Next"]["disabled"]
    await desk.press(card, "Previous")
    assert "page 2 of 3" in texts(card)


async def test_the_pages_turn_after_a_restart(desk: Desk) -> None:
    await desk.keep(*map(entry, range(PER_PAGE + 1)))
    card = await listed(desk)
    await desk.world.restart()

    await desk.press(card, "Next")

    assert "page 2 of 2" in texts(card)


async def test_a_page_that_is_no_longer_there_shows_the_last_one(desk: Desk) -> None:
    await desk.keep(*map(entry, range(PER_PAGE + 1)))
    card = await listed(desk)
    await desk.world.bot.library.remove(desk.world.guild.id, "rule-00")

    await desk.press(card, "Next")

    assert "page 1 of 1" in texts(card)
    assert buttons(card) == {}


async def test_when_all_are_gone_the_list_says_so(desk: Desk) -> None:
    await desk.keep(*map(entry, range(PER_PAGE + 1)))
    card = await listed(desk)
    for number in range(PER_PAGE + 1):
        await desk.world.bot.library.remove(desk.world.guild.id, entry(number).id)

    await desk.press(card, "Next")

    assert "no entries of its own yet" in texts(card)


async def test_a_line_tells_what_is_remarkable(desk: Desk) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    old = dataclasses.replace(cite(story, TOWER), text_hash="0" * 64)
    await desk.keep(
        entry(1, phrasings=("one?", "first?", "1?")),
        entry(2, kind=EntryKind.GAP, answer=""),
        entry(3, citations=(old,)),
        entry(4),
    )

    _heading, _stale, *lines = unescape(texts(await listed(desk))).splitlines()

    assert [line.endswith(ending) for line, ending in zip(
        lines, ["(**stale**)", "one? (3 phrasings)", "(not in the story)", "server?"], strict=True
    )] == [True] * 4  # fmt: skip


async def test_stale_entries_come_first_and_are_counted(desk: Desk) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    old = dataclasses.replace(cite(story, TOWER), text_hash="0" * 64)
    await desk.keep(*map(entry, range(2 * PER_PAGE)), *(entry(n, citations=(old,)) for n in (80, 90)))

    shown = unescape(texts(await listed(desk)))

    heading, stale, first, second, third, *_rest = shown.splitlines()
    assert "(22), page 1 of 3" in heading
    assert stale.startswith("**Stale: 2**")
    assert ["rule-80" in first, "rule-90" in second, "rule-00" in third] == [True] * 3


def test_thousands_of_stale_entries_are_not_compared_with_one_another(
    packs: tuple[Pack, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Citation("no-such-story", 0, 3, "Who", "0" * 64)
    base = Base(CompiledPacks(packs), [entry(n, citations=(gone,)) for n in range(50)])
    compared: list[object] = []
    monkeypatch.setattr(Entry, "__eq__", lambda one, other: bool(compared.append(other)) or one is other)
    base.warm()
    page_card(base, 0)
    assert len(base.stale) == 50
    assert compared == []


async def test_without_stale_entries_nothing_is_said_of_them(desk: Desk) -> None:
    await desk.keep(entry(1))

    assert "tale" not in texts(await listed(desk))


# Searching, and other lists


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("RULE-02", ["rule-02"]),
        ("first", ["rule-01"]),
        ("secret", ["rule-03"]),
        ("server", ["rule-02", "rule-03"]),
    ],
)
async def test_a_search_looks_at_ids_phrasings_and_answers(desk: Desk, search: str, found: list[str]) -> None:
    await desk.keep(entry(1, phrasings=("first?",)), entry(2), entry(3, answer="A secret."))

    shown = unescape(texts(await listed(desk, search=search)))

    assert f"with “{search}” ({len(found)})" in shown
    assert [one in shown for one in ("rule-01", "rule-02", "rule-03")] == [
        one in found for one in ("rule-01", "rule-02", "rule-03")
    ]


async def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    await desk.keep(entry(1))

    assert "There are none of these" in texts(await listed(desk, search="@everyone"))


async def test_the_pages_of_a_search_keep_to_it_after_a_restart(desk: Desk) -> None:
    await desk.keep(*(entry(n, answer="odd: yes" if n % 2 else "even") for n in range(2 * PER_PAGE + 2)))
    card = await listed(desk, search="odd: y")
    await desk.world.restart()

    await desk.press(card, "Next")

    assert "(11), page 2 of 2" in texts(card)
    assert "rule-21" in unescape(texts(card))


def test_a_button_of_an_older_version_turns_the_list_of_own_entries() -> None:
    match = Turn.__discord_ui_compiled_template__.fullmatch("pq1:qa-list:next:1")

    assert match is not None
    turn = Turn.read(match.groupdict(), "Next")
    assert (turn.page, turn.listed, turn.search) == (1, Listed.OWN, "")


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("own", ["rule-03", "rule-01", "rule-02"]),
        ("stale", ["rule-03"]),
        ("gaps", ["rule-02"]),
        ("hidden", []),
        ("packs", ["height"]),
    ],
)
async def test_other_lists_hold_what_they_say(desk: Desk, show: str, found: list[str]) -> None:
    story = (await desk.world.bot.library.base(desk.world.guild.id)).stories[0]
    old = dataclasses.replace(cite(story, TOWER), text_hash="0" * 64)
    gap = entry(2, kind=EntryKind.GAP, answer="")
    await desk.keep(entry(1), gap, entry(3, citations=(old,)))

    lines = unescape(texts(await listed(desk, show=show))).splitlines()

    assert [line.split("**")[1] for line in lines if line.startswith("- ")] == found


async def test_the_hidden_ones_are_listed(desk: Desk) -> None:
    await desk.world.bot.library.change(desk.world.guild.id, [put(Hidden("height"))])

    assert "height" in texts(await listed(desk, show="hidden"))
    assert "none of these" in texts(await listed(desk, show="packs"))


def test_the_longest_search_fits_the_buttons() -> None:
    for listed in Listed:
        turn = Turn("previous", 10**6 - 1, listed, "x" * MAX_SEARCH)
        assert len(turn.custom_id) <= MAX_CUSTOM_ID
