"""The one path of a question: answer, choices, closest lines, or not known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import Base, CompiledPacks
from knowledge.answering.path import CANDIDATES, CHOICES, PASSAGES
from knowledge.answering.weighing import SURE
from knowledge.model import MAX_EXCERPT, MAX_QUESTION, Answer, AnswerSource, Outcome, Question, SourceKind
from tests.knowledge.bases import AUTHOR, LIBRARY, OPENED, PACK, SAID, UNHURT, ask, base, entry, gap

FULL = base(entry("wifi", ("What is the wifi password?",), "Ask at the desk.", author=AUTHOR))
BASES = {
    "full": FULL,
    "pack alone": base(),
    "own alone": Base(CompiledPacks([]), FULL.own),
    "empty": Base(CompiledPacks([])),
}


def said(answer: Answer) -> tuple[Outcome, str | None]:
    return answer.outcome, answer.source.id if answer.source else None


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("What did the mayor say?", "mayor-said"),
        ("what was it the mayor said", "mayor-said"),
        ("name of the architect?", "architect"),
        ("WHO DREW THE LIBRARY", "architect"),
        ("why did the old libary burn", "fire-cause"),
        ("so how much did teh library cost", "cost"),
        ("In wh\u0456ch year did the old library burn down?", "fire-year"),
    ],
)
def test_a_question_like_a_phrasing_is_answered(question: str, entry_id: str) -> None:
    answer = ask(base(), question)
    assert said(answer) == (Outcome.ANSWER, entry_id)
    assert answer.confidence >= SURE


def test_an_answer_has_its_words_its_line_with_place_and_source_and_what_to_ask_next() -> None:
    answer = ask(base(), "What did the mayor say?")
    assert answer.question == "What did the mayor say?"
    assert answer.text == "That a town without books is asleep."
    (cited,) = answer.citations
    assert cited.citation.excerpt == SAID
    assert LIBRARY.text[cited.citation.start : cited.citation.end] == SAID
    assert (cited.place, cited.source.title, cited.language) == ("paragraph 2", "A library for Tolvik", "en")
    assert [f.source.id for f in answer.follow_ups] == ["opened", "cost"]
    assert answer.follow_ups[0].excerpt == OPENED
    assert answer.author is None
    assert answer.milliseconds > 0


def test_what_the_mayor_did_not_say_is_not_answered_with_what_the_mayor_said() -> None:
    assert ask(base(), "What did the mayor NOT say?").outcome is not Outcome.ANSWER
    assert ask(base(), "What didn’t the mayor say?").outcome is not Outcome.ANSWER  # noqa: RUF001 - as phones write


@pytest.mark.parametrize(
    "question",
    [
        "How much did the library cost, 15 million?",
        "In which year did the old library burn down, 2003?",
        "What did Odd Lien say?",
        "Who drew the library, Mons Dahl?",
        "Who drew the ferry?",
        "Who opened the library?",
    ],
)
def test_another_number_name_thing_or_kind_is_not_answered(question: str) -> None:
    assert ask(base(), question).outcome is not Outcome.ANSWER


def test_what_the_story_does_not_say_is_said_to_be_unknown() -> None:
    answer = ask(base(), "How many visitors does the library have?")
    assert said(answer) == (Outcome.UNKNOWN, "visitors")
    assert answer.source == AnswerSource(SourceKind.GAP, "visitors")
    assert (answer.text, answer.citations) == ("", ())


def test_a_false_premise_is_met_by_the_line_that_corrects_it() -> None:
    answer = ask(base(), "Who died in the fire?")
    assert said(answer) == (Outcome.CLOSEST, "dead")
    assert [cited.citation.excerpt for cited in answer.citations] == [UNHURT]
    assert answer.text == ""


def test_two_answers_that_come_equally_near_are_offered_as_choices() -> None:
    answer = ask(base(), "when did the library open in 1998?")
    assert answer.outcome is Outcome.CHOICES
    assert {s.source.id for s in answer.suggestions} == {"opened", "fire-year"}
    assert answer.suggestions[0].question in base().entry(answer.suggestions[0].source.id).phrasings
    assert (answer.text, answer.citations, answer.source) == ("", (), None)


def test_choices_are_few_and_differ_in_the_line_they_rest_on() -> None:
    answer = ask(base(), "tell me about the library")
    assert answer.outcome is Outcome.CHOICES
    assert 1 < len(answer.suggestions) <= CHOICES
    excerpts = [s.excerpt for s in answer.suggestions]
    assert len(set(excerpts)) == len(excerpts)


def test_choices_without_any_line_are_told_apart_by_their_entries() -> None:
    asked = base(
        *(
            entry(f"rule-{n}", (f"What is our rule {word}?",), word)
            for n, word in enumerate(["alpha", "beta"])
        )
    )
    answer = ask(asked, "What is our rule?")
    assert answer.outcome is Outcome.CHOICES
    assert {s.source.id for s in answer.suggestions} >= {"rule-0", "rule-1"}


def test_of_a_story_without_a_licence_to_show_it_only_the_nearest_line_is_shown() -> None:
    question = "Was the library of Tolvik old, and the reading for the poet planned?"
    own = replace(LIBRARY, source=replace(LIBRARY.source, licence="own"))
    lines, line = (
        ask(Base(CompiledPacks([replace(PACK, stories=(story,), entries=(), facts=())])), question).citations
        for story in (own, LIBRARY)
    )
    assert len(lines) > 1
    assert line == tuple(replace(each, source=LIBRARY.source) for each in lines[:1])


def test_a_question_that_only_lines_come_near_is_shown_these_lines() -> None:
    answer = ask(base(), "Has Brekke ever read in public again?")
    assert said(answer) == (Outcome.CLOSEST, "library/p5.1")
    assert answer.source.kind is SourceKind.PASSAGE
    assert answer.citations[0].citation.excerpt == "Brekke has never read in public again."
    assert len(answer.citations) <= PASSAGES
    assert answer.text == ""


@pytest.mark.parametrize("question", ["", "   ", "?!", "🤷", "xylophone bananas"])
def test_a_question_about_nothing_here_is_unknown(question: str) -> None:
    answer = ask(base(), question)
    assert (answer.outcome, answer.source, answer.citations, answer.suggestions) == (
        Outcome.UNKNOWN,
        None,
        (),
        (),
    )


def test_candidates_are_the_five_best_of_any_kind_best_first() -> None:
    candidates = ask(base(), "what was said of books after the fire of the old library").candidates
    assert len(candidates) == CANDIDATES
    assert [c.confidence for c in candidates] == sorted((c.confidence for c in candidates), reverse=True)
    assert len({c.source for c in candidates}) == CANDIDATES
    answered = ask(base(), "What did the mayor say?").candidates
    assert answered[0].excerpt == SAID
    assert SourceKind.PASSAGE in {c.source.kind for c in answered}


def test_a_fact_answers_what_nothing_curated_does() -> None:
    answer = ask(base(), "how many maps are in the cellar")
    assert answer.source == AnswerSource(SourceKind.FACT, "maps")
    assert answer.outcome is Outcome.ANSWER
    assert "2,000" in answer.text
    assert answer.citations[0].citation.excerpt == "the cellar holds 2,000 maps"


def test_a_quotation_answers_who_said_what_in_the_speaker_s_own_words() -> None:
    answer = ask(base(), "What did Ylva Brekke say?")
    assert answer.source.kind is SourceKind.QUOTATION
    assert answer.text == "I ran, and the poems burned,"
    assert answer.citations[0].citation.excerpt == answer.text


def test_only_the_story_that_was_named_is_looked_at() -> None:
    question = "What did the mayor say?"
    assert said(ask(base(), question, story="library")) == (Outcome.ANSWER, "mayor-said")
    elsewhere = ask(base(), question, story="ferry")
    assert elsewhere.outcome is Outcome.UNKNOWN
    painted = ask(base(), "the ferry was painted green, when", story="ferry")
    assert {cited.citation.story for cited in painted.citations} <= {"ferry"}
    assert "opened" not in {c.source.id for c in painted.candidates}


def test_what_cites_no_story_may_be_said_about_any() -> None:
    answer = ask(base(), "How many visitors does the library have?", story="library")
    assert said(answer) == (Outcome.UNKNOWN, "visitors")


def test_a_suggestion_that_was_picked_is_answered_with_certainty() -> None:
    picked = base().answer_from(AnswerSource(SourceKind.ENTRY, "cost"), "what was it")
    assert picked is not None
    assert (picked.outcome, picked.text, picked.confidence) == (Outcome.ANSWER, "Twelve million kroner.", 1.0)
    assert picked.question == "what was it"


def test_every_kind_of_candidate_can_be_picked() -> None:
    fact = base().answer_from(AnswerSource(SourceKind.FACT, "maps"), "maps")
    quotation = base().answer_from(AnswerSource(SourceKind.QUOTATION, "library/q1"), "words")
    unsaid = base().answer_from(AnswerSource(SourceKind.GAP, "dead"), "dead")
    assert fact.text.endswith("2,000")
    assert quotation.text == "A town without books is a town asleep,"
    assert (unsaid.outcome, unsaid.text) == (Outcome.CLOSEST, "")


@pytest.mark.parametrize(
    "source",
    [
        AnswerSource(SourceKind.ENTRY, "gone"),
        AnswerSource(SourceKind.GAP, "cost"),
        AnswerSource(SourceKind.PASSAGE, "library/p5.1"),
    ],
)
def test_what_is_not_there_any_more_cannot_be_picked(source: AnswerSource) -> None:
    assert base().answer_from(source, "cost") is None


def test_a_pack_of_another_server_s_choice_is_not_needed_to_answer() -> None:
    answer = ask(BASES["own alone"], "wifi password")
    assert said(answer) == (Outcome.ANSWER, "wifi")
    assert (answer.author, answer.citations) == (AUTHOR, ())


def test_a_pack_with_nothing_curated_is_answered_from_its_lines() -> None:
    bare = Base(CompiledPacks([type(PACK)("bare", "en", PACK.stories)]))
    assert ask(bare, "when was the ferry painted green").outcome is Outcome.CLOSEST
    assert ask(bare, "What did Ylva Brekke say?").outcome is Outcome.ANSWER


def test_the_same_question_always_gets_the_same_answer() -> None:
    question = "what about the old library and the fire"
    assert ask(base(), question) == ask(base(), question) == ask(Base(CompiledPacks([PACK])), question)


HOSTILE = [
    "",
    " \n\t ",
    "who " * 1500,
    "x" * 6000,
    "🏆⚽🇳🇴👩‍👩‍👧‍👦",
    "@everyone @here <@&1> <#2> who drew the library",
    "**who** __drew__ ~~the~~ `library` ||x|| # h\n> q",
    "[who drew it](https://evil.example) <https://evil.example>",
    "\u202ewho drew the library\u202c \u2066\u2069\u200f",
    "w\u0335\u0321h\u0336\u0322o\u0337\u0323 d\u0338r\u0301e\u0302w\u0303",
    "who\0drew\0the library",
    "\ud800 who drew \udfff",
    "'; DROP TABLE entries; --",
    "(((((((((((((a+)+)+)+)+$",
    "\U0010ffff\ufffe\ufeff",
    "１２３ ٣٤ Ⅷ ½ 10**400",  # noqa: RUF001 - digits of other scripts
    "谁 赢了 кто победил من فاز",
]


@pytest.mark.parametrize("which", BASES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_gets_an_orderly_reply(which: str, text: str) -> None:
    answer = ask(BASES[which], text, text)
    assert answer.question == text[:MAX_QUESTION]
    assert 0 <= answer.confidence <= 1


def test_what_is_behind_300_code_points_does_not_count() -> None:
    assert (
        len(base().answer_from(AnswerSource(SourceKind.ENTRY, "cost"), "x" * 6000).question) == MAX_QUESTION
    )
    padded = "who drew the library? ".ljust(MAX_QUESTION)
    assert ask(base(), padded + "NOT in 2003 by Mons Dahl").source.id == "architect"


@given(
    st.text(st.characters(exclude_categories=()), max_size=400)
    | st.lists(st.sampled_from(LIBRARY.text.split())).map(" ".join),
    st.sampled_from(sorted(BASES)),
)
def test_whatever_is_asked_only_verbatim_lines_are_shown(text: str, which: str) -> None:
    answer = BASES[which].answer(Question(text))
    for cited in answer.citations:
        citation = cited.citation
        story = BASES[which].story(citation.story)
        assert story.text[citation.start : citation.end] == citation.excerpt
        assert len(citation.excerpt) <= MAX_EXCERPT
    excerpts = [c.excerpt for c in answer.candidates] + [s.excerpt for s in answer.suggestions]
    assert all(any(excerpt in story.text for story in PACK.stories) for excerpt in excerpts if excerpt)
    assert len(answer.candidates) <= CANDIDATES


def test_a_gap_without_phrasings_near_stays_silent() -> None:
    asked = base(gap("pets", ("Does the mayor keep pets?",)))
    assert said(ask(asked, "What did the mayor say?")) == (Outcome.ANSWER, "mayor-said")
    assert said(ask(asked, "does the mayor have any pets")) == (Outcome.UNKNOWN, "pets")


def test_in_a_story_that_nobody_curated_the_lines_come_before_what_is_merely_said_in_it() -> None:
    stories_only = Base(CompiledPacks([replace(PACK, entries=(), facts=())]))
    answer = ask(stories_only, "How much did the building of the new library cost in kroner?")
    assert {c.source.kind for c in answer.candidates} == {SourceKind.PASSAGE}
    assert answer.outcome is Outcome.CLOSEST


@pytest.mark.parametrize("question", ["asdf qwer", "is bitcoin going up", "recommend me a pizza place"])
def test_what_has_nothing_to_do_with_any_story_shows_no_lines(question: str) -> None:
    stories_only = Base(CompiledPacks([replace(PACK, entries=(), facts=())]))
    assert ask(stories_only, question).outcome is Outcome.UNKNOWN
