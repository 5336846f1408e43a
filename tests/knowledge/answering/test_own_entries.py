"""A server's own entries beside the packs'."""

from dataclasses import replace

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.model import AnswerSource, Citation, Entry, Outcome, SourceKind
from knowledge.stories import build_story
from tests.knowledge.bases import (
    AUTHOR,
    COMPILED,
    COST,
    ENTRIES,
    LIBRARY,
    OPENED,
    PACK,
    ask,
    base,
    entry,
    gap,
)

WIFI = entry("wifi", ("What is the wifi password?", "wifi key"), "Ask at the desk.", author=AUTHOR)


def stale(entry_id: str, *phrasings: str) -> Entry:
    """Return an entry whose excerpt was cut from another text of the story."""
    return Entry(
        entry_id, phrasings, "Old.", (Citation("library", 0, 3, "Old", "another text's hash"),), author=AUTHOR
    )


def test_an_own_entry_answers_and_names_its_author() -> None:
    answer = ask(base(WIFI), "what was the wifi password")
    assert (answer.outcome, answer.text, answer.author) == (Outcome.ANSWER, "Ask at the desk.", AUTHOR)
    assert answer.source == AnswerSource(SourceKind.ENTRY, "wifi")


def test_the_packs_still_answer_beside_own_entries() -> None:
    assert ask(base(WIFI), "Who drew the library?").source.id == "architect"


@pytest.mark.parametrize("theirs", [e for e in ENTRIES], ids=lambda e: e.id)  # noqa: C416 - all of the pack
def test_an_own_entry_wins_over_what_a_pack_says_to_the_same_question(theirs: Entry) -> None:
    own = entry("ours", theirs.phrasings[:1], "Our own answer.", author=AUTHOR)
    answer = ask(base(own), theirs.phrasings[0])
    assert (answer.outcome, answer.source.id) == (Outcome.ANSWER, "ours")


def test_an_own_gap_wins_over_a_pack_s_answer() -> None:
    answer = ask(base(gap("hush", ("What did the mayor say?",))), "What did the mayor say?")
    assert (answer.outcome, answer.source.id) == (Outcome.UNKNOWN, "hush")


def test_an_own_entry_that_is_merely_near_does_not_win_over_a_pack_s_very_phrasing() -> None:
    own = entry("cafe", ("When was the library café opened?",), "In June.", author=AUTHOR)
    assert ask(base(own), "When was the new library opened?").source.id == "opened"


def test_an_own_entry_of_a_pack_s_id_takes_its_place() -> None:
    own = entry("cost", ("What was the bill for the library?",), "It was a gift.", OPENED, author=AUTHOR)
    asked = base(own)
    assert asked.entry("cost") == own
    assert ask(asked, "What was the bill for the library?").text == "It was a gift."
    # What the pack said is gone, with all its phrasings.
    assert ask(asked, "how many kroner were spent on it").text != "Twelve million kroner."
    picked = asked.answer_from(AnswerSource(SourceKind.ENTRY, "cost"), "cost")
    assert picked.text == "It was a gift."
    assert "How much did the library cost?" not in {s.question for s in asked.suggest("", limit=100)}


def test_an_own_gap_of_a_pack_s_id_cannot_be_answered_from_any_more() -> None:
    asked = base(gap("cost", ("What was the bill?",)))
    assert asked.answer_from(AnswerSource(SourceKind.ENTRY, "cost"), "cost") is None


def test_an_entry_whose_excerpt_no_longer_stands_is_never_quoted_and_is_listed() -> None:
    old = stale("old", "What colour is the roof?")
    asked = base(old, replace(WIFI, follow_ups=("old",)))
    assert asked.stale == (old,)
    answer = ask(asked, "What colour is the roof?")
    assert answer.outcome is not Outcome.ANSWER
    assert "old" not in {c.source.id for c in answer.candidates}
    assert asked.answer_from(AnswerSource(SourceKind.ENTRY, "old"), "roof") is None
    assert "old" not in {s.source.id for s in asked.suggest("What colour is the roof?")}
    assert ask(asked, "wifi key").follow_ups == ()
    assert asked.entry("old") == old


def test_a_pack_whose_story_was_corrected_is_not_quoted_with_the_old_words() -> None:
    corrected = build_story("library", LIBRARY.text.replace("12 million", "15 million"))
    asked = Base(CompiledPacks([replace(PACK, stories=(corrected,))]))
    assert ask(asked, "How much did the library cost?").outcome is not Outcome.ANSWER
    assert asked.answer_from(AnswerSource(SourceKind.ENTRY, "cost"), "cost") is None


def test_an_excerpt_of_a_story_that_is_not_there_does_not_hold() -> None:
    citation = ENTRIES[0].citations[0]
    assert base().holds(citation)
    assert not base().holds(replace(citation, story="elsewhere"))
    assert not base().holds(replace(citation, end=citation.end + 1))


def test_follow_ups_that_are_not_there_are_not_offered() -> None:
    answer = ask(base(replace(WIFI, follow_ups=("gone", "cost"))), "wifi key")
    assert [(s.source.id, s.excerpt) for s in answer.follow_ups] == [("cost", COST)]


def test_two_bases_of_the_same_packs_share_them_and_nothing_else() -> None:
    one, other = base(WIFI), base()
    assert one.compiled is other.compiled is COMPILED
    assert one.vocabulary.knows("wifi")
    assert not other.vocabulary.knows("wifi")
    assert other.entry("wifi") is None
    assert ask(other, "What is the wifi password?").outcome is not Outcome.ANSWER


def test_an_entry_whose_phrasing_has_no_words_does_no_harm() -> None:
    asked = base(Entry("shrug", ("🤷",), "Who knows.", author=AUTHOR))
    assert ask(asked, "🤷").outcome is Outcome.UNKNOWN
    assert ask(asked, "Who drew the library?").source.id == "architect"
