"""A set of packs, made ready for matching once and shared by every server that has them on."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from itertools import chain

from knowledge.errors import PacksClashError
from knowledge.matching.closer_passages import CloserPassages
from knowledge.matching.encoding import Encoder, Progress, Sentences
from knowledge.matching.groups import Group, group, pieces
from knowledge.matching.names import names
from knowledge.matching.part import Part
from knowledge.matching.passages import PassageIndex
from knowledge.matching.vocabulary import Vocabulary
from knowledge.model import AnswerSource, Entry, Fact, Name, Pack, Quotation, SourceKind, Story
from knowledge.text.folding import Reading, words
from knowledge.text.stems import stem

DEFAULT_LANGUAGE = "en"

Models = Callable[[str], Sentences | None]
"""Gives the sentence encoder for a language; None where there is none for it."""

_MOST_NAMES = 4
"""Names by which the subject of a fact is looked for: its own and the first of its aliases."""


class CompiledPacks:
    """Packs with all that matching needs of them."""

    def __init__(self, packs: Iterable[Pack], models: Models | None = None) -> None:
        """Take packs, and the sentence encoders (None: there is none for any language).

        Raises `PacksClashError` where a story, an entry or a fact of two of them has the same id.
        """
        self.packs = tuple(packs)
        _check_apart(self.packs)
        self.stories: dict[str, Story] = {s.slug: s for pack in self.packs for s in pack.stories}
        self.names = {s.slug: pack.name for pack in self.packs for s in pack.stories}
        """What each story is called where its source gives no title."""
        self.entries: dict[str, Entry] = {e.id: e for pack in self.packs for e in pack.entries}
        self.language = self.packs[0].language if self.packs else DEFAULT_LANGUAGE
        self.curated = Part([g for pack in self.packs for g in _curated(pack)])
        self.stated = Part([g for pack in self.packs for g in _stated(pack)], self.encoder)
        """Facts and quotations: looked at where nothing curated answers."""
        self.sentences = models(self.language) if models else None
        """The sentence encoder; None where none is named for the language."""
        self.passages = PassageIndex(self.stories.values())
        self.closer_passages: CloserPassages | None = None
        """The passages for a closer look; None without an encoder, or until it has encoded."""
        self.vocabulary = vocabulary(
            (*self.curated.groups, *self.stated.groups), self.stories.values(), self.language
        )

    def with_stories(self, stories: Iterable[Story]) -> "CompiledPacks":
        """Return these packs with a server's own stories beside theirs; what is made of entries is shared."""
        own = {story.slug: story for story in stories}
        beside = copy(self)
        beside.stories = self.stories | own
        beside.names = self.names | {slug: slug for slug in own}
        if not self.packs:
            beside.language = next(iter(own.values())).language if own else DEFAULT_LANGUAGE
        quotations = [g for story in own.values() for g in _quoted(story, beside.language)]
        beside.stated = Part([*self.stated.groups, *quotations], self.encoder)
        beside.passages = PassageIndex(beside.stories.values())
        beside.closer_passages = None
        beside.vocabulary = vocabulary(quotations, own.values(), beside.language, self.vocabulary)
        return beside

    def look_closer(self, progress: Progress) -> None:
        """Have the sentence encoder, if there is one, encode what it has to and has not yet; that may take long."""
        if self.sentences is None or self.closer_passages is not None:
            return
        for part in (self.curated, self.stated):
            part.look_closer(self.sentences, progress)
        passages = [passage for story in self.stories.values() for passage in story.passages]
        self.closer_passages = CloserPassages(passages, self.sentences, progress)

    @property
    def encoder(self) -> Encoder:
        """The encoder for all that is matched beside the packs' entries: what a server saves does not change it."""
        return self.curated.encoder

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the stories."""
        return frozenset(story.language for story in self.stories.values())


def _check_apart(packs: Iterable[Pack]) -> None:
    holders: dict[tuple[str, str], Pack] = {}
    for pack in packs:
        stories = (("story", story.slug) for story in pack.stories)
        entries = (("entry", entry.id) for entry in pack.entries)
        facts = (("fact", fact.id) for fact in pack.facts)
        for kind, name in chain(stories, entries, facts):
            other = holders.setdefault((kind, name), pack)
            if other is not pack:
                raise PacksClashError(
                    f"The packs “{other.name}” and “{pack.name}” cannot be on together, as both have the {kind} {name}:"
                    " rename it in one of them, or leave one out."
                )


def entry_group(
    entry: Entry,
    language: str,
    *,
    own: bool = False,
    stories: frozenset[str] = frozenset(),
    read: Reading = words,
) -> Group:
    """Make the group of an entry or gap, the server's own or of a pack with these stories, as `group` does."""
    return group(
        AnswerSource(SourceKind(entry.kind.value), entry.id),
        entry.phrasings,
        entry.answer,
        entry.citations,
        language=language,
        author=entry.author,
        own=own,
        stories=stories,
        read=read,
    )


def vocabulary(
    groups: Iterable[Group], stories: Iterable[Story], language: str, beside: Vocabulary | None = None
) -> Vocabulary:
    """Collect the words of phrasings, answers and stories, on top of those of another part."""
    groups, stories = tuple(groups), tuple(stories)
    told = [g.answer for g in groups] + [p.text for story in stories for p in story.passages]
    known = {w for g in groups for phrasing in g.folded for w in phrasing}
    known.update(w for text in told for piece in pieces(text) for w in words(piece))
    stems = ([stem(w, language) for w in phrasing] for g in groups for phrasing in g.folded)
    return Vocabulary(known, stems, names(stories, (g.answer for g in groups)), beside, language)


def _curated(pack: Pack) -> Iterator[Group]:
    stories = frozenset(story.slug for story in pack.stories)
    return (entry_group(entry, pack.language, stories=stories) for entry in pack.entries)


def _stated(pack: Pack) -> Iterator[Group]:
    called = {name.name: name for name in pack.names}
    for fact in pack.facts:
        yield _fact_group(fact, called.get(fact.subject, Name(fact.subject)), pack.language)
    for story in pack.stories:
        yield from _quoted(story, pack.language)


def _quoted(story: Story, language: str) -> Iterator[Group]:
    return (_quotation_group(quotation, language) for quotation in story.quotations if quotation.speaker)


def _fact_group(fact: Fact, subject: Name, language: str) -> Group:
    called = (subject.name, *subject.aliases)[:_MOST_NAMES]
    phrasings = [f"{name} {fact.attribute}" for name in called] + [
        f"what is the {fact.attribute} of {fact.subject}"
    ]
    if fact.kind == "number":
        phrasings.append(f"how many {fact.attribute} {fact.subject}")
    told = f"{fact.subject}, {fact.attribute}: {fact.value}"
    return group(AnswerSource(SourceKind.FACT, fact.id), phrasings, told, fact.citations, language=language)


def _quotation_group(quotation: Quotation, language: str) -> Group:
    said = quotation.citation.excerpt
    phrasings = [f"what did {quotation.speaker} say", f"{quotation.speaker} said {said}"]
    return group(
        AnswerSource(SourceKind.QUOTATION, quotation.id),
        phrasings,
        "",
        (quotation.citation,),
        language=language,
    )
