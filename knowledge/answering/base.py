"""What one server, or the terminal, can be answered from."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.answering import path, quoting
from knowledge.answering.compiled import CompiledPacks, entry_group, vocabulary
from knowledge.answering.explaining import Explanation, explain
from knowledge.answering.strictness import MEANINGS
from knowledge.answering.weighing import CURATED
from knowledge.matching.asked import Asked
from knowledge.matching.encoding import Progress
from knowledge.matching.groups import Group
from knowledge.matching.part import Part
from knowledge.matching.passages import PassageIndex
from knowledge.matching.vocabulary import Vocabulary
from knowledge.model import (
    Alias,
    Answer,
    AnswerSource,
    Citation,
    Cited,
    Entry,
    EntryKind,
    Pack,
    Question,
    Quotation,
    Setting,
    Story,
    Strictness,
    Suggestion,
)
from knowledge.settings import STRICTNESS, ServerSettings
from knowledge.stories import holds, place_of
from knowledge.text.aliases import Aliases
from knowledge.text.folding import fold


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry near to a question that a moderator is about to add."""

    entry: Entry
    phrasing: str
    score: float
    """rapidfuzz's ratio of the folded texts with their words sorted, 0 to 100."""


class Base:
    """The packs that are on and what the server owns. It does not change: saving an entry makes a new one."""

    def __init__(
        self,
        packs: CompiledPacks,
        own: Iterable[Entry] = (),
        before: "Base | None" = None,
        *,
        aliases: Iterable[Alias] = (),
        settings: ServerSettings = ServerSettings(),  # noqa: B008  it is frozen
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """Take what is known; what stands unchanged in the base `before`, of the same packs, is not read again.

        `hidden` are the ids of the packs' entries that are not to be said.
        """
        self.compiled = packs
        self.hidden = hidden
        self.own = tuple(own)
        self._rule(aliases, settings)
        self.stale = tuple(entry for entry in self.own if not all(map(self.holds, entry.citations)))
        """The server's entries that cite what no longer stands in the story: never used, listed for moderators."""
        stale = {entry.id for entry in self.stale}
        self._groups = {e.id: self._group(e, before) for e in self.own if e.id not in stale}
        groups = tuple(self._groups.values())
        part_before = before.own_part if before else None
        self.own_part: Part | None = Part(groups, packs.encoder, part_before) if groups else None
        """The server's own entries and gaps; None where it has none."""
        parts = (packs.curated, self.own_part)
        self.curated: tuple[Part, ...] = tuple(part for part in parts if part and part.groups)
        """Entries and gaps: the packs', then the server's own; each only where it has any."""
        self.stated = packs.stated
        """Facts and quotations."""
        self.is_closer = False
        """Whether a sentence encoder tells what the parts and questions mean."""
        self.vocabulary: Vocabulary = (
            vocabulary(groups, (), packs.language, packs.vocabulary) if groups else packs.vocabulary
        )
        self._own_by_id = {entry.id: entry for entry in self.own}
        self._usable: dict[Group, bool] = {}
        self._looked_up: dict[tuple[str, ...], Asked] | None = None

    def _rule(self, aliases: Iterable[Alias], settings: ServerSettings) -> None:
        self.aliases = tuple(aliases)
        self._aliases = Aliases(self.aliases)
        self.settings = settings
        self.sure = MEANINGS[settings.strictness].sure
        """Confidence from which an answer is given."""

    @property
    def closer(self) -> "Base | None":
        """This base for a closer look, with a sentence encoder; None without one, or until it has encoded."""
        curated, stated = [part.closer for part in self.curated], self.stated.closer
        known = tuple(part for part in curated if part is not None)
        if stated is None or len(known) < len(curated):
            return None
        closer = copy(self)
        closer.curated, closer.stated, closer.is_closer = known, stated, True
        return closer

    def look_closer(self, progress: Progress = lambda _done, _all: None) -> None:
        """Have the sentence encoder, if there is one, encode what it has to: from then on it is asked.

        Some 8 ms for every phrasing that it never saw before; questions may be answered meanwhile, in other threads.
        """
        self.compiled.look_closer(progress)
        for part in self.curated:
            if self.compiled.sentences is not None and part.closer is None:
                part.look_closer(self.compiled.sentences, progress)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs that are on."""
        return self.compiled.packs

    @property
    def passages(self) -> PassageIndex:
        """The passages of all stories."""
        return self.compiled.passages

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories that answers may cite."""
        return tuple(self.compiled.stories.values())

    def story(self, slug: str) -> Story | None:
        """Return a story; None for an unknown slug."""
        return self.compiled.stories.get(slug)

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry or gap, the server's own before a pack's; None for an unknown or hidden id."""
        return self._own_by_id.get(entry_id) or self._of_packs.get(entry_id)

    def holds(self, citation: Citation) -> bool:
        """Tell whether a citation still stands in its story to the letter."""
        story = self.story(citation.story)
        return story is not None and holds(story, citation)

    def usable(self, group: Group) -> bool:
        """Tell whether a group may be said: what it cites stands, and the server neither replaces nor hides it."""
        if group not in self._usable:
            is_packs = not group.own and group.source.kind in CURATED
            is_out = is_packs and group.source.id not in self._of_packs
            self._usable[group] = not is_out and all(map(self.holds, group.citations))
        return self._usable[group]

    def cited(self, citation: Citation) -> Cited:
        """Return a citation with its place and the story's source; the citation must hold."""
        story = self.compiled.stories[citation.story]
        name = self.compiled.names[story.slug]
        return Cited(citation, place_of(story, citation.start), story.source, story.language, name)

    def words_of(self, text: str) -> tuple[str, ...]:
        """Return the folded words of a question or phrasing, with the server's short forms written out."""
        return self._aliases.read(text)

    def short_forms(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return the server's short forms in a text, each with what it is read as."""
        return self._aliases.found(text)

    def asked(self, folded: tuple[str, ...]) -> Asked:
        """Return the folded words of a question, looked at for what may answer it."""
        noted = self._looked_up.get(folded) if self._looked_up is not None else None
        asked = noted or Asked(folded, self.vocabulary, self.compiled.language)
        if self._looked_up is not None:
            self._looked_up[folded] = asked
        return asked

    def noting(self, looked_up: dict[tuple[str, ...], Asked]) -> "Base":
        """Return this base, which notes what it looks up, by the words of that."""
        noting = copy(self)
        noting._looked_up = looked_up  # noqa: SLF001  its own class
        return noting

    def answer(self, question: Question, *, with_candidates: bool = True) -> Answer:
        """Answer a question; it is quicker without the list of candidates, where nobody reads it."""
        return path.answer(self, question, with_candidates=with_candidates)

    def answer_from(self, source: AnswerSource, asked: str) -> Answer | None:
        """Answer with what was picked from suggestions; None where it is there no longer."""
        return path.answer_from(self, source, asked)

    def explain(self, question: Question) -> Explanation:
        """Answer a question, and tell how it was read and why each candidate was or was not the answer."""
        return explain(self, question)

    def quotations(self, who: str = "", about: str = "") -> tuple[Quotation, ...]:
        """Return quotations of a speaker, about something, best first; without arguments all, in the stories' order."""
        return quoting.find(self.stories, self.compiled.packs, *map(self._aliases.meant, (who, about)))

    def mentions(self, who: str) -> tuple[Cited, ...]:
        """Return the passages that name someone, in the stories' order."""
        meant = self._aliases.meant(who)
        return tuple(self.cited(c) for c in quoting.mentions(self.stories, self.compiled.packs, meant))

    def speakers(self) -> tuple[str, ...]:
        """Return everyone who is quoted, most quoted first."""
        return quoting.speakers(self.stories)

    def themes(self) -> tuple[str, ...]:
        """Return words that stand for what the quotations are about, most telling first."""
        return quoting.themes(self.stories)

    def suggest(self, typed: str, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return curated questions that what was typed so far may become, best first; the first ones for nothing."""
        if not typed.strip():
            return tuple(path.suggestion(entry) for entry in self._questions[:limit])
        wanted = fold(self._aliases.meant(typed))
        found = process.extract(
            wanted, self._folded_questions, scorer=fuzz.WRatio, limit=4 * limit, score_cutoff=60.0
        )
        # What holds the very words that were typed comes first.
        found.sort(key=lambda hit: (wanted not in hit[0], -hit[1]))
        chosen = dict.fromkeys(self._phrasing_owner[hit[2]] for hit in found)
        return tuple(
            path.suggestion(self._questions[owner], phrasing) for owner, phrasing in list(chosen)[:limit]
        )

    def similar(self, question: str, limit: int = 3) -> tuple[Similar, ...]:
        """Return the entries and gaps with a phrasing most like a question, best first, each once."""
        asked = _sorted(self.words_of(question))
        scores = process.cdist([asked], self._sorted_phrasings, scorer=fuzz.ratio, dtype=np.float32)[0]
        nearest: dict[int, Similar] = {}
        for at in np.argsort(-scores, kind="stable").tolist():
            if len(nearest) == limit:
                break
            owner, phrasing = self._phrasings[at]
            nearest.setdefault(owner, Similar(self.known[owner], phrasing, float(scores[at])))
        return tuple(nearest.values())

    def warm(self) -> None:
        """Fold now what `suggest` and `similar` compare with, which takes a while where there are thousands."""
        _ = self._folded_questions, self._sorted_phrasings

    def without(self, part: int, row: int) -> "Base":
        """Return this base as if one phrasing, a row of one of the `curated` parts, had never been curated.

        Nothing is built anew, so that every phrasing can be asked with itself left out: rarities, and the words that
        the base knows, stay those of the whole.
        """
        lacking = copy(self)
        parts = list(self.curated)
        parts[part] = parts[part].without(row, self.compiled.language)
        lacking.curated = tuple(parts)
        return lacking

    def with_own(self, own: Iterable[Entry]) -> "Base":
        """Return the base of the same server with other entries of its own; those that stay are not read again."""
        return Base(
            self.compiled, own, self, aliases=self.aliases, settings=self.settings, hidden=self.hidden
        )

    def ruled(self, aliases: Iterable[Alias], settings: ServerSettings) -> "Base":
        """Return this base, of packs alone, as a server's that has no entries: nothing is built anew, all is shared."""
        ruled = copy(self)
        ruled._rule(aliases, settings)  # noqa: SLF001  its own class
        return ruled

    def at(self, strictness: Strictness) -> "Base":
        """Return this base with another strictness than its server's; nothing is built anew."""
        other = copy(self)
        other._rule(self.aliases, self.settings.changed(Setting(STRICTNESS, strictness.value)))  # noqa: SLF001  the same
        return other

    def _group(self, entry: Entry, before: "Base | None") -> Group:
        """Return the group of one of the server's entries, that of an earlier base if it would be the same."""
        if before is not None and before.aliases == self.aliases:
            made = before._groups.get(entry.id)  # noqa: SLF001  its own class
            if made is not None and before._own_by_id[entry.id] == entry:  # noqa: SLF001  the same
                return made
        return entry_group(entry, self.compiled.language, own=True, read=self.words_of)

    @cached_property
    def known(self) -> Sequence[Entry]:
        """The server's own entries, then those of the packs that it neither replaces nor hides."""
        return (*self.own, *self._of_packs.values())

    @cached_property
    def _of_packs(self) -> Mapping[str, Entry]:
        """The packs' entries that the server neither replaces nor hides, by their ids."""
        out = self._own_by_id.keys() | self.hidden
        return {e.id: e for e in self.compiled.entries.values() if e.id not in out}

    @cached_property
    def _phrasings(self) -> Sequence[tuple[int, str]]:
        return tuple((i, phrasing) for i, entry in enumerate(self.known) for phrasing in entry.phrasings)

    @cached_property
    def _sorted_phrasings(self) -> Sequence[str]:
        made = {group.source.id: group for group in self.compiled.curated.groups} | self._groups
        found: list[str] = []
        for entry in self.known:
            group = made.get(entry.id)
            is_same = group is not None and group.phrasings == entry.phrasings
            found += map(_sorted, group.folded if group and is_same else map(self.words_of, entry.phrasings))
        return tuple(found)

    @cached_property
    def _questions(self) -> Sequence[Entry]:
        stale = {entry.id for entry in self.stale}
        return tuple(e for e in self.known if e.kind is EntryKind.ENTRY and e.id not in stale)

    @cached_property
    def _phrasing_owner(self) -> Sequence[tuple[int, str]]:
        return tuple((i, phrasing) for i, entry in enumerate(self._questions) for phrasing in entry.phrasings)

    @cached_property
    def _folded_questions(self) -> Sequence[str]:
        return tuple(fold(phrasing) for _, phrasing in self._phrasing_owner)


def _sorted(folded: Iterable[str]) -> str:
    return " ".join(sorted(folded))
