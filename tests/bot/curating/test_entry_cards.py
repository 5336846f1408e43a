"""The cards that moderators see: they fit a message whatever stands in them, and lose nothing silently."""

import dataclasses
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.components import MAX_TEXT, Card
from bot.curating.adding import Cancel, Confirm, Edit, TakeLine
from bot.curating.cards import preview_card, typed_card, typed_parts
from bot.curating.drafts import Draft
from bot.curating.finding import find
from bot.curating.listing import page_card
from bot.curating.previewing import Preview, entry_of
from bot.curating.removing import Keep, Remove
from bot.curating.showing import entry_card, entry_file, text_file, within
from bot.render.escape import CUT, unescape
from knowledge.answering import Base, CompiledPacks, Similar
from knowledge.effect import Tried
from knowledge.errors import EntryError, NotVerbatimError, UnknownEntryError
from knowledge.model import (
    MAX_ANSWER,
    MAX_EXCERPT,
    MAX_ID,
    MAX_QUESTION,
    Answer,
    AnswerSource,
    Author,
    Entry,
    Outcome,
    Pack,
    Source,
    SourceKind,
)
from knowledge.stories import build_story, cite
from tests.bot.conftest import texts
from tests.bot.curating.conftest import TOWER, entry

ADA = Author(7, "Ada")
DRAFT_ID = "x" * 16

typed = st.text(st.characters(), max_size=400) | st.text("*_`<@#>[]()\\\n", min_size=1000, max_size=4000)
question = st.text(st.characters(), min_size=1, max_size=MAX_QUESTION).filter(str.strip)
answer = st.text(st.characters(), min_size=1, max_size=MAX_ANSWER).filter(str.strip) | st.just(
    "*" * MAX_ANSWER
)
drafts = st.builds(
    Draft,
    server=st.just(1),
    author=st.just(ADA),
    question=typed,
    answer=typed,
    excerpt=typed,
    phrasings=typed,
)
entries = st.builds(
    entry,
    st.integers(0, 99),
    phrasings=st.lists(question, min_size=1, max_size=20).map(tuple),
    answer=answer,
    author=st.builds(Author, st.integers(0, 2**63), st.text(max_size=100)) | st.none(),
)


@pytest.fixture(scope="session")
def base(packs: tuple[Pack, ...]) -> Base:
    return Base(CompiledPacks(packs))


def assert_fits(card: Card) -> None:
    assert 0 < card.content_length() <= MAX_TEXT
    assert all(part.content for part in card.walk_children() if isinstance(part, discord.ui.TextDisplay))


def buttons() -> list[discord.ui.Item[Any]]:
    return [Confirm(DRAFT_ID), Edit(DRAFT_ID), TakeLine(DRAFT_ID), Cancel(DRAFT_ID)]


def previewed(kept: Entry, said: Answer, *similar: Similar, **changes: object) -> Preview:
    nothing = Base(CompiledPacks([]))
    plain = Preview(kept, None, False, said, said, False, similar, Tried(kept, nothing, nothing))
    return dataclasses.replace(plain, **changes)


@settings(deadline=None)  # the machine may be busy
@given(
    entries,
    st.lists(st.builds(Similar, entries, question, st.floats(0, 100)), max_size=3),
    st.lists(st.text(min_size=1, max_size=900), max_size=2),
)
def test_a_preview_fits_a_message(kept: Entry, similar: list[Similar], effect: list[str]) -> None:
    said = Answer(
        kept.phrasings[0],
        Outcome.ANSWER,
        1.0,
        kept.answer,
        source=AnswerSource(SourceKind.ENTRY, kept.id),
        author=kept.author,
    )
    card, is_cut = preview_card(previewed(kept, said, *similar), buttons(), "Nothing is saved yet.", effect)

    assert_fits(card)
    shown = unescape(texts(Sent(card)))
    typed = (*kept.phrasings, kept.answer)
    assert is_cut or all(part.strip() in shown or "\\" in part or "> " in part for part in typed)


@settings(deadline=None)  # the machine may be busy
@given(entries, entries, st.tuples(st.booleans(), st.booleans()))
def test_a_preview_of_a_change_fits_a_message(kept: Entry, before: Entry, flags: tuple[bool, bool]) -> None:
    said = Answer(kept.phrasings[0], Outcome.ANSWER, 1.0, kept.answer)
    is_copy, is_added = flags

    card, is_cut = preview_card(
        previewed(kept, said, before=before, is_copy=is_copy, is_added=is_added),
        buttons(),
        notice="Nothing yet.",
    )

    assert_fits(card)
    shown = unescape(texts(Sent(card)))
    new = set(kept.phrasings) - set(before.phrasings)
    written = [part for part in new if part.isprintable()]  # what cannot be seen is not looked for
    assert is_cut or all(part.strip() in shown or "\\" in part or "> " in part for part in written)


def test_a_preview_of_a_change_lacks_nothing_where_only_what_stays_is_left_out() -> None:
    before = entry(1, phrasings=("Which rule?", *(f"{n} {'x' * 200}?" for n in range(50))))
    after = dataclasses.replace(before, phrasings=(*before.phrasings, "One more?"))
    said = Answer("One more?", Outcome.ANSWER, 1.0, "Rule 1.")

    card, is_cut = preview_card(previewed(after, said, before=before), buttons(), notice="Nothing yet.")

    assert not is_cut
    assert "- Phrasing added: One more?" in texts(Sent(card))


def test_a_preview_that_says_another_answer_lacks_what_was_typed() -> None:
    kept = entry(1)
    other = Answer(
        kept.phrasings[0], Outcome.ANSWER, 1.0, "Another.", source=AnswerSource(SourceKind.ENTRY, "x")
    )

    _card, is_cut = preview_card(previewed(kept, other), buttons(), notice="Nothing is saved yet.")

    assert is_cut


def test_the_longest_answer_leaves_room_for_the_longest_notice() -> None:
    lines = [("*[_`" * 74 + f" {n}.")[:MAX_EXCERPT] for n in range(3)]
    story = build_story("marks", "\n\n".join(lines), "en", Source(licence="own"))
    base = Base(CompiledPacks([Pack("marks", "en", (story,))]))
    cited = tuple(base.cited(cite(story, line)) for line in lines)
    kept = entry(1, phrasings=("*" * MAX_QUESTION,), answer="x" * MAX_ANSWER)
    said = Answer(kept.phrasings[0], Outcome.ANSWER, 1.0, kept.answer, cited)

    card, is_cut = preview_card(previewed(kept, said), buttons(), "Some phrasing more. " * 40)

    assert_fits(card)
    assert is_cut


@settings(deadline=None)  # the machine may be busy
@given(drafts, st.text(min_size=1, max_size=1000))
def test_what_was_typed_fits_a_message_or_is_known_not_to(draft: Draft, sentence: str) -> None:
    card, is_cut = typed_card(sentence, draft, buttons())

    assert_fits(card)
    shown = unescape(texts(Sent(card)))
    assert is_cut or all(value.strip() in shown or "\\" in value for _label, value in typed_parts(draft))


class Sent:
    """A card as it is sent."""

    def __init__(self, card: Card) -> None:
        self.components = card.to_components()


@settings(deadline=None)  # the machine may be busy
@given(entries)
def test_an_entry_fits_a_message_or_is_known_not_to(base: Base, kept: Entry) -> None:
    card, is_cut = entry_card(kept, base, "**Remove this entry?**", buttons())

    assert_fits(card)
    assert (CUT in texts(Sent(card))) >= is_cut


@settings(deadline=None)  # the machine may be busy
@given(st.lists(entries, max_size=25), st.integers(0, 10**6 - 1))
def test_a_page_of_the_list_fits_a_message(own: list[Entry], page: int) -> None:
    class Listed:
        """A base that is only listed: indexing it for each example would take long."""

        def __init__(self) -> None:
            self.own = tuple(own)
            self.stale = tuple(own[::2])

        def holds(self, _citation: object) -> bool:
            return False

    assert_fits(page_card(Listed(), page))  # type: ignore[arg-type]  # only what a list needs


def test_the_longest_ids_fit_a_button(base: Base) -> None:
    kept = dataclasses.replace(entry(1), id="x" * MAX_ID)

    card, _is_cut = entry_card(kept, base, "", [Remove(kept.id), Keep(kept.id)])

    (_container, row) = card.children
    assert len(row.children) == 2


def test_the_file_of_an_entry_holds_all_of_it(packs: tuple[Pack, ...]) -> None:
    citation = cite(packs[0].stories[0], TOWER)
    file = entry_file(entry(1, phrasings=("one?", "first?"), citations=(citation,)))

    text = file.fp.read().decode()
    assert [part in text for part in ("one?", "first?", "Rule 1.", TOWER)] == [True] * 4


def test_a_file_takes_any_text() -> None:
    assert text_file([("Label", "half \ud83d"), ("Empty", "")], "x.txt").fp.read() == b"Label:\nhalf ?"


def test_what_follows_a_list_is_no_part_of_its_last_item() -> None:
    assert within(["Told", "- one", "- two", "More"], 100)[0] == "Told\n- one\n- two\n\nMore"
    assert within(["- one", "More " * 9], 20)[0] == f"- one\n\n{CUT}"


@pytest.mark.parametrize(("room", "kept"), [(100, "one\ntwo"), (10, f"one\n{CUT}"), (4, CUT), (1, "")])
def test_blocks_are_kept_whole_or_left_out(room: int, kept: str) -> None:
    assert within(["one", "two"], room) == (kept, kept != "one\ntwo")


# Drafts become entries


@pytest.fixture(scope="session")
def two_stories() -> Base:
    first = build_story("first", "The tower is white. It was built by hand. The sea is near.", "en")
    second = build_story("second", "The tower is white. The ferry is late again.", "en")
    return Base(CompiledPacks((Pack("both", "en", (first, second)),)))


def draft(**changes: object) -> Draft:
    return dataclasses.replace(Draft(1, ADA, "What of it?", "That."), **changes)


def test_a_draft_without_an_excerpt_becomes_an_entry_of_its_author(base: Base) -> None:
    made = entry_of(base, draft(phrasings="And of this?\n \nOf that?"))

    assert made.phrasings == ("What of it?", "And of this?", "Of that?")
    assert (made.citations, made.author) == ((), ADA)


def test_an_excerpt_that_stands_in_two_stories_is_taken_from_the_chosen_one(two_stories: Base) -> None:
    (citation,) = entry_of(two_stories, draft(excerpt="The tower is white.", story="second")).citations

    assert citation.story == "second"


def test_an_excerpt_is_not_looked_for_in_other_stories_than_the_chosen_one(two_stories: Base) -> None:
    with pytest.raises(NotVerbatimError):
        entry_of(two_stories, draft(excerpt="It was built by hand.", story="second"))


def test_a_story_that_is_gone_counts_as_none_chosen(two_stories: Base) -> None:
    (citation,) = entry_of(two_stories, draft(excerpt="The ferry is late again.", story="gone")).citations

    assert citation.story == "second"


def test_the_line_that_was_taken_is_cited_where_it_was_found() -> None:
    twice = build_story("twice", "The lamp is lit.\n\nThe sea is calm.\n\nThe lamp is lit.", "en")
    base = Base(CompiledPacks((Pack("twice", "en", (twice,)),)))
    second = cite(twice, "The lamp is lit.", "paragraph 3")

    with pytest.raises(EntryError):
        entry_of(base, draft(excerpt="The lamp is lit."))
    taken = draft(excerpt="The lamp is lit.", offered=(second,), taken=(second,))
    assert entry_of(base, taken).citations == (second,)
    with pytest.raises(EntryError):
        entry_of(base, dataclasses.replace(taken, taken=()))


def test_an_entry_is_found_by_its_id_before_a_question_of_another(packs: tuple[Pack, ...]) -> None:
    own = (entry(1, phrasings=("rule-02",)), entry(2))
    base = Base(CompiledPacks(packs), own)

    assert find(base.own, "rule-02", "Not here.") == own[1]
    with pytest.raises(UnknownEntryError, match="Not here"):
        find(base.own, "", "Not here.")
