"""What a change does, as a moderator reads it before saving."""

from dataclasses import replace

from knowledge.answering import Base
from knowledge.effect import Effect, Known, Memory, Turn, effect, known
from knowledge.effect.changed import is_another_server
from knowledge.model import Alias, Entry, Graded, Outcome
from tests.knowledge.bases import COMPILED, ENTRIES, base, entry, gap
from tests.knowledge.inbox.misses import miss

CAKE = entry("cake", ("Is there cake in the library?", "do they sell cake"), "On Sundays.")
ASKED = miss("is there any cake in the library")


def foresee(before: Base, after: Base, **known_too: object) -> Effect:
    asked = known(before, **known_too)  # type: ignore[arg-type]
    return effect(Memory(before, asked), after, known(after, **known_too))  # type: ignore[arg-type]


def turns(found: Effect) -> dict[str, Turn]:
    return {change.question: change.turn for change in found.changed}


def test_nothing_changes_where_nothing_was_changed() -> None:
    before = base(CAKE)
    found = foresee(before, before.with_own(before.own))
    assert found == Effect((), 0)


def test_a_miss_that_a_new_entry_answers_is_won_and_so_are_its_own_phrasings() -> None:
    before = base()
    found = foresee(before, base(CAKE), misses=[ASKED])
    assert turns(found) == dict.fromkeys((ASKED.question, *CAKE.phrasings), Turn.WON)
    won = next(change for change in found.changed if change.question == ASKED.question)
    assert won.before.outcome is not Outcome.ANSWER
    assert (won.after.outcome, won.after.text) == (Outcome.ANSWER, "On Sundays.")
    assert won.after.source is not None
    assert won.after.source.id == "cake"


def test_what_only_the_removed_entry_answered_is_lost() -> None:
    before = base(CAKE)
    found = foresee(before, before.with_own([]), misses=[ASKED])
    assert turns(found) == dict.fromkeys((ASKED.question, *CAKE.phrasings), Turn.LOST)


def test_a_question_that_another_entry_takes_over_is_lost() -> None:
    thief = entry("thief", ("Who drew the library?",), "A burglar.")
    found = foresee(base(), base(thief))
    assert turns(found)["Who drew the library?"] is Turn.LOST


def test_a_graded_question_decides_over_a_phrasing_what_is_right() -> None:
    own = entry("drawing", ("Who drew the library?",), "Odd Lien, by candlelight.")
    found = foresee(base(), base(own), graded=[Graded("Who drew the library?", "drawing")])
    assert turns(found)["Who drew the library?"] is Turn.WON


def test_an_answer_to_what_the_story_does_not_say_is_lost() -> None:
    found = foresee(base(), base(CAKE), graded=[Graded(ASKED.question, None)])
    assert turns(found)[ASKED.question] is Turn.LOST


def test_another_wording_of_an_answer_is_neither_won_nor_lost() -> None:
    before = base(CAKE)
    found = foresee(before, before.with_own([replace(CAKE, answer="Every Sunday.")]))
    assert turns(found) == dict.fromkeys(CAKE.phrasings, Turn.OTHER)


def test_what_is_lost_is_told_first() -> None:
    thief = entry("thief", ("Who drew the library?", "is there cake"), "A burglar.")
    found = [change.turn for change in foresee(base(), base(thief)).changed]
    assert found == sorted(found, key=[Turn.LOST, Turn.WON, Turn.OTHER].index)
    assert {Turn.LOST, Turn.WON} <= set(found)


def test_what_a_change_does_not_touch_is_not_asked_again() -> None:
    own = [entry(f"hut-{i}", (f"where is hut number {i + 100}",), "There.") for i in range(120)]
    before = base(*own)
    memory = Memory(before, known(before))
    fruit = entry("apples", ("zucchini apricots bananas",), "Ripe.")
    affected = memory.affected(before.with_own([*own, fruit]))
    assert len(affected) < len(memory.questions) / 4


def test_other_aliases_may_change_everything() -> None:
    before, after = base(CAKE), Base(COMPILED, [CAKE], aliases=[Alias("lib", "library")])
    assert is_another_server(before, after)
    memory = Memory(before, known(before))
    assert memory.affected(after) == set(memory.seen)


def test_known_are_the_phrasings_of_what_may_be_said_the_graded_questions_and_the_misses() -> None:
    own = entry("architect", ("who made the plans",), "Odd Lien.")
    asked = known(base(own), [Graded("price of the new building", None)], [ASKED, miss("who made the plans")])
    texts = [one.text for one in asked]
    assert len(texts) == len(set(texts))
    assert "Who drew the library?" not in texts
    assert Known("who made the plans", Graded("who made the plans", "architect")) in asked
    assert Known("price of the new building", Graded("price of the new building", None)) in asked
    assert Known(ASKED.question) in asked


def test_a_gap_s_phrasing_is_right_as_long_as_nothing_answers_it() -> None:
    untold = gap("cake-gap", CAKE.phrasings)
    found = foresee(base(untold), base(Entry("cake", CAKE.phrasings, "On Sundays."), untold))
    lost = {question for question, turn in turns(found).items() if turn is Turn.LOST}
    assert lost <= set(CAKE.phrasings)
    assert len(ENTRIES) > len(lost)


def test_a_memory_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    known_now = known(base())
    Memory(base(), known_now, progress=lambda done, whole: told.append((done, whole)))
    assert told[-1] == (len(known_now), len(known_now))
