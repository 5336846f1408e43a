"""What members may type: answered orderly, and never with a ping, a trace, or formatting of their own."""

import re

import pytest

from tests.bot.render.test_escape import what_is_active

from .loopback import Json, Member
from .loopback.members import text_of
from .reading import read

HOSTILE = {
    "6,000 characters": "x" * 6000,
    "6,000 marks": "*_~`|>[](" * 667,
    "emoji": "😀🎉👩‍👩‍👧‍👦" * 20,
    "everyone": "@everyone @here who won?",
    "a role and a user": "<@&1> <@2> <#3> who won?",
    "a masked link": "[the answer](https://evil.example/steal) who won?",
    "a link within a link": "https://a.example[click](https://evil.example)",
    "right to left": "\u202ewho won\u202c \u2067\u200f\u2069 the award?",
    "zalgo": "who won?" + "\u0301\u0489\u0336" * 400,
    "NUL": "who\0won?",
    "a lone surrogate": "who won \ud83d the award?",
    "markup": "# who\n> won\n- the\n1. **award** <t:0:R> </ask:1> ||spoiler|| ```py\nx\n```",
    "nothing to see": "\u200b\u2060\ufeff\u00ad",
    "white space": " \n\t\u3000 ",
    "a template": "{0.__class__} %s ${HOME} {{7*7}}",
    "SQL": "'; DROP TABLE entries; --",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
class TestHostileInput:
    """Each of them, in every way in which a member can hand it over."""

    async def test_in_a_mention(self, alice: Member, text: str) -> None:
        check(await alice.mention(text))

    async def test_in_a_command(self, alice: Member, text: str) -> None:
        check((await alice.command("ask", question=text[:300])).answer)

    async def test_in_a_message_that_is_answered_from_its_menu(
        self, alice: Member, bob: Member, text: str
    ) -> None:
        check((await alice.use_on(await bob.say(text), "Answer this")).answer)

    async def test_in_what_is_completed_while_a_member_types(self, alice: Member, text: str) -> None:
        assert len(await alice.complete("ask", "question", text)) <= 25

    async def test_in_what_a_quotation_is_wanted_of(self, alice: Member, text: str) -> None:
        check((await alice.command("quote", who=text[:100], about=text[:100])).answer)


OWN = re.compile(r"(?m)^(?:-# |> |- )|\*\*(?:[0-9]\. )?|~~|<t:[0-9]{9,}:[fR]>")
"""The marks that the bot itself puts around what it shows, and its times."""


def check(message: Json) -> None:
    """Check that nothing on a card does anything but show, beside the marks of the bot itself."""
    text = text_of(message)
    assert what_is_active(OWN.sub("", text)) == []
    assert read(message).strip()
    assert not message["mentions"]
    assert not message["mention_roles"]
    assert not message["mention_everyone"]
    assert "](https://evil" not in text
    assert "\0" not in text
    assert not any("\ud800" <= letter <= "\udfff" for letter in text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_in_the_form_of_a_moderator(moderator: Member, alice: Member, text: str) -> None:
    question = f"What of {text}"[:300]
    typed = {"question": question, "answer": f"That: {text}"[:600], "phrasings": text[:300]}
    refused = await moderator.submit(await moderator.command("qa add"), **typed, excerpt=text[:300] or "-")
    previewed = await moderator.submit(await moderator.command("qa add"), **typed)
    assert refused.ephemeral
    assert previewed.ephemeral
    assert previewed.message is not None
    check(previewed.message)
    confirmed = await moderator.click(previewed.message, "Confirm")
    assert "Saved" in read(confirmed.answer)
    (entry,) = await moderator.completions("qa remove", "entry", "")
    shown = await moderator.command("qa show", entry=entry["value"])
    assert storable(typed["answer"]).strip() in read(shown.answer)
    said = [
        (await moderator.command("qa list")).answer,
        await alice.mention(question),
        (await alice.command("ask", question=question)).answer,
        (await moderator.command("qa explain", question=question)).answer,
        (await moderator.command("qa remove", entry=entry["value"])).answer,
        (await moderator.submit(await moderator.command("qa edit", entry=entry["value"]), answer="-")).answer,
        (await moderator.command("qa phrase", entry=entry["value"], phrasing=f"And {text}"[:300])).answer,
        (await moderator.command("qa history")).answer,
        (await moderator.command("qa list", search=storable(text)[:60] or "-")).answer,
        (await moderator.command("qa revert", change=1)).answer,
        (await moderator.click(confirmed.message, "Undo")).answer,
    ]
    for message in (refused.message, confirmed.message, shown.message, *said):
        assert message is not None
        check(message)


def storable(text: str) -> str:
    """Return a text without what no database keeps."""
    return text.replace("\0", "").replace("\ud83d", "")
