"""The records of Pullquote: what is known, what is asked, what is answered.

Offsets count code points in a story's text, `start` inclusive and `end` exclusive, so that for every citation
`story.text[citation.start:citation.end] == citation.excerpt`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MAX_QUESTION = 300
"""Code points of a question that are looked at; the rest is cut before anything reads it."""

MAX_PHRASING = 1000
"""Code points of a phrasing, at most. It is kept whole, and matched by as much of it as a question may have."""

MAX_EXCERPT = 300
"""Code points of an excerpt, at most."""

MAX_ANSWER = 1500
"""Code points of an entry's answer, at most: what fits an answer card together with its excerpts."""

MAX_ALIAS = 50
"""Code points of an alias, at most."""

MAX_ALIAS_WORDS = 3
"""Words of an alias, at most: so many are looked at together in a question."""

MAX_MEANING = 80
"""Code points of what an alias means, at most."""

MAX_ALIASES = 200
"""Aliases of a server, at most."""

MAX_ID = 64
"""Code points of an id, at most: it has to fit a button's custom id (100, Discord's limit)."""


class Outcome(StrEnum):
    """How a question ended."""

    ANSWER = "answer"
    CHOICES = "choices"
    CLOSEST = "closest"
    UNKNOWN = "unknown"


class Ended(StrEnum):
    """How a question ended that became a miss: not as an answer, or as one that a member said was no help."""

    CHOICES = "choices"
    CLOSEST = "closest"
    UNKNOWN = "unknown"
    NOT_HELPFUL = "not helpful"


class SourceKind(StrEnum):
    """What an answer or a candidate was taken from."""

    ENTRY = "entry"
    GAP = "gap"
    FACT = "fact"
    QUOTATION = "quotation"
    PASSAGE = "passage"


class EntryKind(StrEnum):
    """What an entry says: an answer, or that the story does not say."""

    ENTRY = "entry"
    GAP = "gap"


class Strictness(StrEnum):
    """How sure a server wants its answers to be; `knowledge.answering.strictness` tells what each means."""

    CAREFUL = "careful"
    BALANCED = "balanced"
    EAGER = "eager"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a story comes from. What is not known is empty."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, bullet or line of direct speech of a story."""

    id: str
    """Stable: made of the story's slug, the place and the order within it, such as `my-story/p3.2`."""
    story: str
    start: int
    end: int
    place: str
    """The paragraph as a person counts it: `paragraph 3`, `bullet 1`."""
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim span of a story, and the hash of the text it was cut from."""

    story: str
    start: int
    end: int
    excerpt: str
    text_hash: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech in a story: what stands between the quotation marks, and who said it ("" where not told)."""

    id: str
    speaker: str
    citation: Citation
    place: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or bullet of a story: its place and its span."""

    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its text as it stands in the file, and how it is cut."""

    slug: str
    text: str
    text_hash: str
    language: str = "en"
    """A two-letter code of ISO 639-1."""
    source: Source = Source()
    paragraphs: tuple[Paragraph, ...] = ()
    passages: tuple[Passage, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """The moderator who wrote or set something: Discord's user id, and the name to show."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a moderator curated: phrasings (questions it answers), an answer and what it rests on.

    A gap (`kind`) has no answer; its citations, if any, correct a false premise.
    """

    id: str
    phrasings: tuple[str, ...]
    answer: str = ""
    citations: tuple[Citation, ...] = ()
    kind: EntryKind = EntryKind.ENTRY
    follow_ups: tuple[str, ...] = ()
    """Ids of entries that are asked next."""
    author: Author | None = None
    """None: it came with a pack or from the command line."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A short form that a server's members use, and what it means there."""

    alias: str
    """Its folded words, with single spaces between them."""
    meaning: str
    """As it was typed."""
    author: Author | None = None
    """None: it came from the command line."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a moderator set for a server, as it is kept; `knowledge.settings` gives it its type."""

    key: str
    value: str
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class OwnStory:
    """A server's own story as it is kept; cut into passages when it is loaded."""

    slug: str
    text: str
    language: str = "en"
    source: Source = Source()
    author: Author | None = None
    """Who added it; None: the command line."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A pack's entry that a server does not want to be said."""

    entry_id: str
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a story states, as subject, attribute and value: "Ada Hegerberg / goals for Lyon / 185"."""

    id: str
    subject: str
    attribute: str
    value: str
    kind: str
    """`number`, `date`, `name` or `text`."""
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A person, body or thing, and the other ways it is called."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of knowledge that ships as files and is read-only at run time."""

    name: str
    language: str
    stories: tuple[Story, ...]
    entries: tuple[Entry, ...] = ()
    facts: tuple[Fact, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, the questions before it (oldest first), and the only story to look at, if any was named."""

    text: str
    after: tuple[str, ...] = ()
    story: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """What an answer or candidate was taken from."""

    kind: SourceKind
    id: str


@dataclass(frozen=True, slots=True)
class Votes:
    """How often members found an answer helpful, and not."""

    helpful: int
    not_helpful: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with what a person needs to find it: the place and the story's source."""

    citation: Citation
    place: str
    source: Source
    language: str
    name: str = ""
    """What to call the story where its source gives no title: the name of the pack that it came with."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that the asker may have meant, and the excerpt that its answer rests on ("" for none)."""

    source: AnswerSource
    question: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was nearly, or really, said."""

    source: AnswerSource
    confidence: float
    excerpt: str
    """The excerpt that it would cite, "" for none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question."""

    question: str
    outcome: Outcome
    confidence: float
    """The probability that the answer is right, 0 to 1; for other outcomes that of the best candidate."""
    text: str = ""
    """The answer as it was written; "" for outcomes other than `answer`."""
    citations: tuple[Cited, ...] = ()
    """What the answer rests on; for `closest` the nearest passages, best first."""
    source: AnswerSource | None = None
    author: Author | None = None
    """Who wrote the answer, where a moderator of the server did."""
    suggestions: tuple[Suggestion, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    follow_ups: tuple[Suggestion, ...] = ()
    milliseconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was not answered, or not helpfully; never who asked it."""

    question: str
    """As it was first asked."""
    ended: Ended
    times: int
    """How often it was asked, 1 or more."""
    first: datetime
    """When it was first asked, in UTC; as `last`, it knows its time zone."""
    last: datetime
    source: AnswerSource | None = None
    """What the answer that was no help came from; None for what was not answered."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A question of a server's own test set, of which a moderator confirmed what is right."""

    question: str
    entry: str | None
    """The id of the entry or gap that is right; None: the story does not say."""
    author: Author | None = None
