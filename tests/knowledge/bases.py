"""A small town's stories, what its moderators curated, and bases to be asked."""

from collections.abc import Iterable

from knowledge.answering import Base, CompiledPacks
from knowledge.model import Answer, Author, Entry, EntryKind, Fact, Name, Pack, Question, Source
from knowledge.stories import build_story, cite

LIBRARY = build_story(
    "library",
    """\
The new library of Tolvik was opened by Mayor Runa Sande on 3 May 2019. It cost 12 million kroner.

“A town without books is a town asleep,” said Sande. “We have been asleep since the fire.”

Its architect, Odd Lien, drew the building in one night. It holds 40,000 books, and the cellar holds 2,000 maps.

The old library burned down in 1998, because a candle fell over during a reading. Nobody was hurt. “I ran, and the \
poems burned,” said the poet Ylva Brekke.

Brekke has never read in public again. The reading had been planned for weeks.""",
    "en",
    Source(title="A library for Tolvik", publisher="Tolvik Post", url="https://example.org/library"),
)
FERRY = build_story(
    "ferry",
    """\
The ferry Havørn crosses the fjord 14 times a day. Its captain, Mons Dahl, has missed only one crossing.

The ferry was painted green in 2003, after a vote.""",
    "en",
    Source(title="The green ferry"),
)
SAID = "“A town without books is a town asleep,” said Sande."
COST = "It cost 12 million kroner."
UNHURT = "Nobody was hurt."
BURNED = "The old library burned down in 1998, because a candle fell over during a reading."
OPENED = "The new library of Tolvik was opened by Mayor Runa Sande on 3 May 2019."
DRAWN = "Its architect, Odd Lien, drew the building in one night."


def entry(entry_id: str, phrasings: Iterable[str], answer: str, *excerpts: str, **more: object) -> Entry:
    """Return an entry that cites the library's story."""
    citations = tuple(cite(LIBRARY, excerpt) for excerpt in excerpts)
    return Entry(entry_id, tuple(phrasings), answer, citations, **more)


def gap(entry_id: str, phrasings: Iterable[str], *excerpts: str) -> Entry:
    """Return an entry that says that the story does not tell."""
    return entry(entry_id, phrasings, "", *excerpts, kind=EntryKind.GAP)


ENTRIES = (
    entry(
        "mayor-said",
        (
            "What did the mayor say?",
            "what were the words of the mayor",
            "What did Runa Sande say about books?",
        ),
        "That a town without books is asleep.",
        SAID,
        follow_ups=("opened", "cost"),
    ),
    entry(
        "opened",
        ("When was the new library opened?", "opening date of the library", "since when is the library open"),
        "On 3 May 2019.",
        OPENED,
    ),
    entry(
        "cost",
        ("How much did the library cost?", "price of the new building", "how many kroner were spent on it"),
        "Twelve million kroner.",
        COST,
    ),
    entry(
        "architect",
        ("Who drew the library?", "name of the architect", "which architect designed the building"),
        "Odd Lien did, in one night.",
        DRAWN,
    ),
    entry(
        "fire-cause",
        ("Why did the old library burn down?", "cause of the fire", "what set the old library on fire"),
        "A candle fell over.",
        BURNED,
    ),
    entry(
        "fire-year",
        ("In which year did the old library burn down?", "when was the fire", "year of the fire"),
        "In 1998.",
        BURNED,
    ),
    gap(
        "visitors",
        ("How many visitors does the library have?", "number of visitors", "who visits the library"),
    ),
    gap("dead", ("Who died in the fire?", "how many people were killed by the fire", "victims"), UNHURT),
)
FACTS = (
    Fact("maps", "the cellar", "maps", "2,000", "number", (cite(LIBRARY, "the cellar holds 2,000 maps"),)),
)
PACK = Pack("tolvik", "en", (LIBRARY, FERRY), ENTRIES, FACTS, (Name("Runa Sande", ("the mayor", "Sande")),))
COMPILED = CompiledPacks([PACK])
AUTHOR = Author(7, "Tove")


def base(*own: Entry) -> Base:
    """Return the base of a server with entries of its own."""
    return Base(COMPILED, own)


def ask(asked: Base, text: str, *after: str, story: str | None = None) -> Answer:
    """Ask a base a question, after others."""
    return asked.answer(Question(text, after, story))
