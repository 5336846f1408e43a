"""`/quote`: what people said, to the letter."""

from .loopback import Member
from .reading import STORY, excerpts, read


async def test_without_arguments_some_quotation_is_shown(alice: Member) -> None:
    asked = await alice.command("quote")
    assert excerpts(asked.answer)[0].strip('“”"') in STORY
    assert "Hegerberg" in read(asked.answer)


async def test_the_quotations_of_a_speaker_are_shown(alice: Member) -> None:
    asked = await alice.command("quote", who="Ada Hegerberg")
    assert excerpts(asked.answer)[0].strip('“”"') in STORY


async def test_a_quotation_is_found_by_what_it_is_about(alice: Member) -> None:
    asked = await alice.command("quote", about="respect")
    assert any("respect" in line for line in excerpts(asked.answer))


async def test_whoever_is_not_quoted_is_said_not_to_be_with_what_the_story_says_of_them(
    alice: Member,
) -> None:
    asked = await alice.command("quote", who="Kylian Mbappé")
    assert "Mbappé" in excerpts(asked.answer)[0]
    assert "not quoted" in read(asked.answer) or "no quotation" in read(asked.answer).lower()


async def test_somebody_who_is_not_in_the_story_is_said_not_to_be(alice: Member) -> None:
    asked = await alice.command("quote", who="Napoleon Bonaparte")
    assert "Napoleon" in read(asked.answer)
    assert excerpts(asked.answer) == []


async def test_speakers_and_themes_are_offered_while_a_member_types(alice: Member) -> None:
    assert "Ada Hegerberg" in await alice.complete("quote", "who", "heg")
    assert await alice.complete("quote", "about", "")
