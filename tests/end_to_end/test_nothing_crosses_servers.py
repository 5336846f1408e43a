"""A canary in everything that one server owns, looked for through everything that another server can do."""

from .loopback import Interaction, Json, LoopbackDiscord, Member
from .loopback.members import buttons, file_of
from .loopback.shapes import Permission
from .reading import CANARY, CANARY_STORY, read

PROBES = (
    f"Where is the {CANARY} hidden?",
    f"what did Marta {CANARY} say",
    "what is the zzq",
    f"{CANARY[:-1]} drawer",
)
"""What a member of the other server asks."""


async def plant(owner: Member, alice: Member) -> None:
    """Put the canary into an entry, a gap, an alias, a story, a graded question, a miss and a vote."""
    previewed = await owner.submit(
        await owner.command("qa add"),
        question=f"Where is the {CANARY} hidden?",
        answer=f"The {CANARY} is in the cellar.",
        phrasings=f"{CANARY} place",
    )
    await owner.click(previewed.answer, "Confirm")
    gap = await owner.submit(await owner.command("qa gap"), question=f"How heavy is the {CANARY}?")
    await owner.click(gap.answer, "Confirm")
    await owner.command("qa alias add", alias="zzq", means=CANARY)
    added = await owner.command(
        "story add", file=(f"{CANARY}.txt", CANARY_STORY.encode()), title=f"The {CANARY}"
    )
    await owner.click(added.answer, "Confirm")
    await owner.command("qa grade", question=f"{CANARY} hidden where", entry=f"where-is-the-{CANARY}-hidden")
    await alice.mention(f"Which colour has the {CANARY} got on Sundays?")
    await alice.click(await alice.mention(f"Where is the {CANARY} hidden?"), "Not helpful")


class Spy:
    """A moderator of the other server, who tries everything; notes all that is said."""

    def __init__(self, discord: LoopbackDiscord, member: Member) -> None:
        self.discord, self.member = discord, member
        self.seen: list[str] = []

    def note(self, what: str, message: Json | None) -> None:
        if message is None:
            return
        self.seen.append(f"{what}: {read(message)} {[button.get('label') for button in buttons(message)]}")
        self.seen += [f"{what}: {message['components']}"]
        if message.get("attachments"):
            self.seen.append(f"{what}: {file_of(self.discord, message).decode()}")

    async def do(self, name: str, **options: object) -> Interaction:
        done = await self.member.command(name, **options)
        before = len(self.seen)
        for message in (done.answer, *done.followups):
            self.note(name, message)
        for typed in map(str, options.values()):  # what the spy typed may be said back
            self.seen[before:] = [text.replace(typed, "") for text in self.seen[before:]]
        return done


async def test_a_canary_of_one_server_is_never_seen_by_another(
    discord: LoopbackDiscord, moderator: Member, alice: Member
) -> None:
    await plant(moderator, alice)
    assert CANARY in read(await alice.mention(PROBES[0]))  # it is there to be found

    elsewhere = await discord.join("Elsewhere")
    spy = Spy(discord, Member(discord, "mia", elsewhere).may(Permission.MANAGE_MESSAGES))
    stranger = Member(discord, "alice", elsewhere)

    for probe in PROBES:
        for message in (
            await stranger.mention(probe),
            (await stranger.command("ask", question=probe)).answer,
            await Member(discord, "alice").ask(probe),
        ):
            # The question itself may be shown again, and names the canary.
            spy.seen.append(read(message).replace(probe, ""))
    await spy.do("quote", who="Marta")
    await spy.do("quote", about="pride")
    for name, options in (
        ("qa list", {}),
        ("qa list", {"search": "cellar"}),
        ("qa list", {"show": "gaps"}),
        ("qa list", {"show": "packs", "search": "cellar"}),
        ("qa history", {}),
        ("qa alias list", {}),
        ("qa export", {}),
        ("qa check", {}),
        ("inbox", {}),
        ("story list", {}),
        ("pullquote settings", {}),
    ):
        await spy.do(name, **options)
    previewed = await spy.member.submit(
        await spy.member.command("qa add"), question="Where is the treasure hidden?", answer="Nowhere."
    )
    spy.note("preview", previewed.answer)
    corrected = await spy.member.use_on(await stranger.mention("Where is the treasure?"), "Wrong answer")
    spy.note("Wrong answer", corrected.answer)
    searched = await spy.member.click(corrected.answer, "Another entry")
    spy.note("search", (await spy.member.submit(searched, search=f"{CANARY[:-1]} place")).answer)
    assert any(text.startswith("search: ") for text in spy.seen)
    for name, option in (
        ("ask", "question"),
        ("quote", "who"),
        ("quote", "about"),
        ("qa show", "entry"),
        ("qa edit", "entry"),
        ("qa history", "entry"),
        ("qa remove", "entry"),
        ("qa restore", "entry"),
        ("qa hide", "entry"),
        ("qa phrase", "entry"),
        ("qa alias remove", "alias"),
        ("qa revert", "change"),
        ("qa grade", "entry"),
        ("story read", "story"),
        ("story remove", "story"),
        ("story replace", "story"),
    ):
        for typed in ("", "xylo", "cellar"):
            others = {"question": "What?"} if name == "qa grade" else {}
            offered = await spy.member.completions(name, option, typed, **others)
            spy.seen += [f"{name}: {choice}" for choice in offered]
    for name, options in (
        ("qa show", {"entry": f"where-is-the-{CANARY}-hidden"}),
        ("qa history", {"entry": f"where-is-the-{CANARY}-hidden"}),
        ("story read", {"story": f"the-{CANARY}"}),
        ("qa revert", {"change": 1}),
    ):
        done = await spy.member.command(name, **options)
        spy.seen.append(read(done.answer).replace(f"where-is-the-{CANARY}-hidden", ""))
    found = [text for text in spy.seen if CANARY in text.lower() or "cellar" in text.lower()]
    assert found == []
    assert len(spy.seen) > 50
