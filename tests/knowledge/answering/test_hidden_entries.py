"""Entries of packs that a server does not want to be said."""

from dataclasses import replace

from knowledge.answering import Base, CompiledPacks
from knowledge.library import Library
from knowledge.model import AnswerSource, Entry, Hidden, Outcome, Pack, SourceKind
from knowledge.owned import drop, put
from tests.knowledge.bases import AUTHOR, COMPILED, ENTRIES, PACK, ask, entry
from tests.knowledge.stores import WIFI, Flaky

ARCHITECT = AnswerSource(SourceKind.ENTRY, "architect")
ASKED = "Who drew the library?"


def base(*own: Entry, hidden: str = "architect") -> Base:
    return Base(COMPILED, own, hidden=frozenset({hidden}))


def test_a_hidden_entry_is_neither_said_nor_offered() -> None:
    answer = ask(base(), ASKED)
    assert answer.source != ARCHITECT
    assert ARCHITECT not in {candidate.source for candidate in answer.candidates}
    assert ARCHITECT not in {offered.source for offered in answer.suggestions}
    assert base().answer_from(ARCHITECT, ASKED) is None
    assert base().entry("architect") is None


def test_a_hidden_entry_is_not_suggested_while_somebody_types_and_not_similar() -> None:
    assert ARCHITECT not in {one.source for one in base().suggest("", limit=100)}
    assert ARCHITECT not in {one.source for one in base().suggest(ASKED)}
    assert "architect" not in {near.entry.id for near in base().similar(ASKED, limit=100)}


def test_a_hidden_entry_is_no_follow_up() -> None:
    follows = Pack(
        "follows", "en", PACK.stories, tuple(replace(e, follow_ups=("architect",)) for e in ENTRIES)
    )
    shown = Base(CompiledPacks([follows]))
    hidden = Base(CompiledPacks([follows]), hidden=frozenset({"architect"}))
    asked = "When was the new library opened?"
    assert [one.source for one in ask(shown, asked).follow_ups] == [ARCHITECT]
    assert ask(hidden, asked).follow_ups == ()


def test_the_other_entries_still_answer() -> None:
    assert ask(base(), "When was the new library opened?").source.id == "opened"


def test_a_hidden_gap_says_nothing() -> None:
    gap = next(e for e in ENTRIES if not e.answer)
    answer = ask(base(hidden=gap.id), gap.phrasings[0])
    assert answer.source is None or answer.source.id != gap.id


def test_the_server_s_own_entry_of_that_id_is_said() -> None:
    own = entry("architect", (ASKED,), "A friend of ours.", author=AUTHOR)
    answer = ask(base(own), ASKED)
    assert (answer.outcome, answer.text) == (Outcome.ANSWER, "A friend of ours.")


def test_what_is_hidden_stays_so_with_other_entries_and_another_strictness() -> None:
    assert ask(base().with_own([WIFI]), ASKED).source != ARCHITECT


async def test_hiding_counts_for_the_next_question_of_that_server_alone() -> None:
    library = Library([PACK], Flaky())
    hidden = Hidden("architect", AUTHOR)
    await library.change(1, [put(hidden)])
    assert ask(await library.base(1), ASKED).source != ARCHITECT
    assert ask(await library.base(2), ASKED).source == ARCHITECT
    await library.change(1, [drop(hidden)])
    assert ask(await library.base(1), ASKED).source == ARCHITECT
