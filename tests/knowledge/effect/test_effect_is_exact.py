"""The effect that is foreseen is what really changes, whatever is added, edited or removed."""

from dataclasses import replace

from hypothesis import given, settings

from knowledge.answering import Base, CompiledPacks
from knowledge.effect import Change, Known, Memory, effect, known
from knowledge.effect.said import said
from knowledge.model import Entry, Miss, Question
from tests.knowledge.bases import base
from tests.knowledge.generated import entries, misses, owned


def really(before: Base, after: Base, asked: list[Known]) -> dict[str, tuple[object, object]]:
    both = {one.text: tuple(said(b.answer(Question(one.text))) for b in (before, after)) for one in asked}
    return {text: (old, new) for text, (old, new) in both.items() if old != new}


def foreseen(changes: tuple[Change, ...]) -> dict[str, tuple[object, object]]:
    return {one.question: (one.before, one.after) for one in changes}


@settings(max_examples=60, deadline=None)
@given(owned, owned, misses)
def test_what_is_foreseen_is_what_really_changes(
    had: tuple[Entry, ...], has: tuple[Entry, ...], missed: list[Miss]
) -> None:
    before = base(*had)
    after = before.with_own(has)
    memory = Memory(before, known(before, misses=missed))
    asked = {one.text: one for one in (*memory.questions, *known(after))}
    found = effect(memory, after, known(after))
    assert foreseen(found.changed) == really(before, after, list(asked.values()))


@settings(max_examples=20, deadline=None)
@given(owned, entries, misses)
def test_one_more_entry_is_foreseen_by_a_base_that_was_made_anew(
    had: tuple[Entry, ...], added: Entry, missed: list[Miss]
) -> None:
    before = base(*had)
    after = base(*(one for one in had if one.id != added.id), added)
    memory = Memory(before, known(before, misses=missed))
    assert foreseen(effect(memory, after, ()).changed) == really(before, after, list(memory.questions))


@settings(max_examples=20, deadline=None)
@given(owned, owned, misses)
def test_a_memory_that_follows_a_change_is_as_one_made_anew(
    had: tuple[Entry, ...], has: tuple[Entry, ...], missed: list[Miss]
) -> None:
    before = base(*had)
    after = before.with_own(has)
    asked = known(after, misses=missed)
    followed = Memory(after, asked, Memory(before, known(before, misses=missed)))
    anew = Memory(after, asked)
    assert {t: said(s.answer) for t, s in followed.seen.items()} == {
        t: said(s.answer) for t, s in anew.seen.items()
    }


@settings(max_examples=15, deadline=None)
@given(owned, entries)
def test_without_packs_it_is_as_exact(had: tuple[Entry, ...], added: Entry) -> None:
    alone = CompiledPacks(())
    plain = [replace(one, citations=()) for one in had]
    before = Base(alone, plain)
    after = before.with_own([*(one for one in plain if one.id != added.id), replace(added, citations=())])
    memory = Memory(before, known(before))
    assert foreseen(effect(memory, after, ()).changed) == really(before, after, list(memory.questions))
