"""`pullquote check`: is a pack as it must be, and what does it hold."""

import sys
from pathlib import Path

from bot.cli.safe_text import safe
from bot.counting import counted
from knowledge.errors import PackError
from knowledge.model import EntryKind, Pack, Story
from knowledge.packs import read_pack, unread
from knowledge.stories.budget import budget_words, used_words


def check(folder: Path) -> bool:
    """Read a pack and print a line for each fault, or what it holds; True when it has no fault."""
    try:
        pack = read_pack(folder, strict=True)
    except PackError as error:
        for fault in error.faults:
            sys.stdout.write(f"{safe(str(fault))}\n")
        sys.stdout.flush()
        sys.stderr.write(f"{folder} has {counted(len(error.faults), 'fault')}.\n")
        return False
    if others := unread(folder):
        sys.stderr.write(f"Not read, as no part of a pack: {safe(', '.join(others))}.\n")
    for story in pack.stories:
        if (budget := budget_words(story)) is not None:
            sys.stderr.write(f"{safe(_limited(story, pack, budget))}\n")
    sys.stdout.write(f"{safe(pack.name)}: {what_it_holds(pack)}. No faults.\n")
    return True


def _limited(story: Story, pack: Pack, budget: int) -> str:
    cited = [citation for entry in pack.entries for citation in entry.citations]
    used = used_words(story, (citation for citation in cited if citation.story == story.slug))
    return (
        f"stories/{story.slug}.md: no licence in it says that all of it may be shown, so the bot"
        f" shows at most {counted(budget, 'word')}, and the entries quote {used}. If you may quote more, write"
        " `licence:` with own, permission, public-domain, or one of Creative Commons such as cc-by-4.0."
    )


def what_it_holds(pack: Pack) -> str:
    """Return how many of each thing a pack has: `1 story, 52 entries, ...`."""
    gaps = sum(entry.kind is EntryKind.GAP for entry in pack.entries)
    counts = (
        counted(len(pack.stories), "story", "stories"),
        counted(len(pack.entries) - gaps, "entry", "entries"),
        counted(gaps, "gap"),
        counted(sum(len(entry.phrasings) for entry in pack.entries), "phrasing"),
        counted(len(pack.facts), "fact"),
        counted(sum(len(story.quotations) for story in pack.stories), "quotation"),
    )
    return ", ".join(counts)
