"""Making an entry of what a moderator typed."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering import Base, CompiledPacks
from knowledge.curating import (
    MAX_PHRASINGS,
    draft,
    find_excerpt,
    find_excerpts,
    graded_of,
    new_id,
    with_phrasings,
)
from knowledge.errors import EntryError, NotToldApartError, NotVerbatimError
from knowledge.model import (
    MAX_ANSWER,
    MAX_EXCERPT,
    MAX_ID,
    MAX_PHRASING,
    MAX_QUESTION,
    Author,
    Citation,
    Entry,
    EntryKind,
    Graded,
    Pack,
    Passage,
)
from knowledge.owned import put
from knowledge.stories import build_story
from tests.knowledge.bases import AUTHOR, COST, LIBRARY, PACK, SAID, base, entry

TYPED = {"question": "Who paid for it?", "answer": "The town did."}


def drafted(excerpt: str = "", **typed: object) -> Entry:
    made = draft(base(), **{**TYPED, **typed})
    return replace(made, citations=find_excerpts(base(), excerpt))


def test_an_entry_holds_what_was_typed_and_who_typed_it() -> None:
    made = drafted(excerpt=COST, phrasings=["who footed the bill"], author=AUTHOR)
    assert made.phrasings == ("Who paid for it?", "who footed the bill")
    assert made.answer == "The town did."
    assert [c.excerpt for c in made.citations] == [COST]
    assert made.citations[0].text_hash == LIBRARY.text_hash
    assert (made.author, made.kind, made.id) == (AUTHOR, EntryKind.ENTRY, "who-paid-for-it")


def test_of_half_a_sentence_the_whole_is_quoted_as_far_as_it_fits() -> None:
    assert [c.excerpt for c in drafted(excerpt="12 million kroner").citations] == [COST]
    long = " and ".join(["the choir sang"] * 30) + "."
    there = Base(CompiledPacks([Pack("long", "en", (build_story("long", long),))]))
    assert next(c.excerpt for c in find_excerpts(there, "the choir sang.")).endswith("the choir sang.")


def test_an_entry_may_rest_on_its_author_alone() -> None:
    assert drafted().citations == ()
    assert drafted(excerpt=" \n ").citations == ()


def test_white_space_around_and_between_words_does_not_count() -> None:
    made = drafted(question="  Who \n paid?\t", answer=" The town.\n\nAll of it. ", excerpt=f"\n{COST} ")
    assert made.phrasings == ("Who paid?",)
    assert made.answer == "The town.\n\nAll of it."
    assert made.citations[0].excerpt == COST


def test_the_same_phrasing_in_another_spelling_is_kept_once() -> None:
    made = drafted(phrasings=["who PAID for it", "", "  ", "Who’s paid for it", "who pays"])  # noqa: RUF001 - as phones write
    assert made.phrasings == ("Who paid for it?", "who pays")


def test_what_has_no_word_is_no_phrasing_because_no_question_could_find_it() -> None:
    typed = ["!!!", "🤷", "<@1100000000000000001>", "who pays"]
    assert drafted(phrasings=typed).phrasings == ("Who paid for it?", "who pays")
    with pytest.raises(EntryError, match="The question has no word in it"):
        drafted(question="🤷")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"question": " \n"}, "The question is empty: write what members ask."),
        ({"question": "", "phrasings": ["who pays"]}, "The question is empty: write what members ask."),
        ({"answer": " "}, "The answer is empty: write what members should read."),
        (
            {"answer": "x" * (MAX_ANSWER + 1)},
            f"The answer has {MAX_ANSWER + 1} characters; at most {MAX_ANSWER} fit. Please shorten it.",
        ),
        (
            {"question": "x" * (MAX_QUESTION + 1)},
            f"The question has {MAX_QUESTION + 1} characters; at most {MAX_QUESTION} fit. Please shorten it.",
        ),
        (
            {"phrasings": ["x" * (MAX_PHRASING + 1)]},
            f"A phrasing has {MAX_PHRASING + 1} characters; at most {MAX_PHRASING} fit. Please shorten it.",
        ),
        (
            {"phrasings": [f"way {n}" for n in range(MAX_PHRASINGS)]},
            f"There are {MAX_PHRASINGS + 1} phrasings; at most {MAX_PHRASINGS} fit in an entry.",
        ),
        ({"excerpt": "x" * (MAX_EXCERPT + 1)}, f"The excerpt has {MAX_EXCERPT + 1} characters"),
        ({"excerpt": "The"}, "stand"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_that_helps(
    typed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(EntryError, match=re.escape(sentence)):
        drafted(**typed)


def test_what_just_fits_is_kept() -> None:
    made = drafted(
        question="q" * MAX_QUESTION,
        answer="a" * MAX_ANSWER,
        phrasings=["p" * MAX_PHRASING, *(f"way {n}" for n in range(MAX_PHRASINGS - 2))],
    )
    assert len(made.phrasings) == MAX_PHRASINGS
    assert made.phrasings[1] == "p" * MAX_PHRASING


def test_an_entry_of_a_file_with_longer_and_more_questions_can_be_edited() -> None:
    ways = (f"why {'so ' * 200}", *(f"way {n}" for n in range(MAX_PHRASINGS + 20)))
    taken = entry("taken", ways, "Yes.")
    question, *others = ways
    edited = drafted(question=question, phrasings=others, answer="No.", before=taken)
    assert edited.phrasings == (question.strip(), *others)
    assert with_phrasings(replace(taken, phrasings=ways[:3]), ["and so"]).phrasings[3:] == ("and so",)
    with pytest.raises(EntryError, match=f"{len(ways) + 1} phrasings; at most {len(ways)} fit"):
        with_phrasings(taken, ["and so"])
    with pytest.raises(EntryError, match="at most 300 fit"):
        drafted(question=f"{question} on", before=taken)


def test_an_excerpt_that_is_not_verbatim_is_answered_with_the_closest_span() -> None:
    with pytest.raises(NotVerbatimError, match="do not stand in library to the letter") as caught:
        drafted(excerpt="it costs twelve million kroner")
    assert caught.value.closest is not None
    assert "million kroner" in caught.value.closest.excerpt
    assert base().holds(caught.value.closest)


def test_the_closest_span_is_that_of_the_nearest_story() -> None:
    with pytest.raises(NotVerbatimError) as caught:
        drafted(excerpt="The ferry was painted blue in 2003, after a vote.")
    assert caught.value.closest.story == "ferry"
    assert caught.value.closest.excerpt == "The ferry was painted green in 2003, after a vote."


def test_an_excerpt_like_nothing_in_the_stories_has_no_closest_span() -> None:
    with pytest.raises(NotVerbatimError, match="nor anything like them") as caught:
        drafted(excerpt="0000 %%%% @@@@")
    assert caught.value.closest is None


def test_an_excerpt_is_found_in_whichever_story_holds_it() -> None:
    citation = find_excerpt(base(), "The ferry was painted green in 2003")
    assert citation.story == "ferry"


def test_without_stories_there_is_nothing_to_quote() -> None:
    with pytest.raises(NotVerbatimError, match="no story here") as caught:
        find_excerpts(Base(CompiledPacks([])), COST)
    assert caught.value.closest is None
    assert draft(Base(CompiledPacks([])), **TYPED).id == "who-paid-for-it"


def test_a_story_in_which_the_words_stand_twice_is_not_guessed_at() -> None:
    twice = build_story("twice", "It rained. We left. It rained.")
    with pytest.raises(EntryError, match="more than once"):
        find_excerpt(Base(CompiledPacks([Pack("t", "en", (twice,))])), "It rained.")


def test_words_that_stand_twice_in_one_story_and_once_in_another_are_found_in_that_one() -> None:
    twice = build_story("twice", "It rained. We left. It rained.")
    once = build_story("once", "It rained. We stayed.")
    for stories in ((twice, once), (once, twice)):
        both = Base(CompiledPacks([Pack("t", "en", stories)]))
        assert find_excerpt(both, "It rained.").story == "once"


def test_words_that_stand_twice_are_told_before_what_is_only_near() -> None:
    twice = build_story("twice", "It rained.\n\nIt rained.")
    near = build_story("near", "It rains. We stayed.")
    with pytest.raises(NotToldApartError) as caught:
        find_excerpt(Base(CompiledPacks([Pack("t", "en", (near, twice))])), "It rained.")
    assert [(c.story, c.start, c.excerpt) for c in caught.value.choices] == [
        ("twice", 0, "It rained."),
        ("twice", 12, "It rained."),
    ]


def test_the_id_is_made_of_the_first_words_of_the_question() -> None:
    assert new_id(base(), "What’s the mayor’s favourite book, and has she read it?") == (  # noqa: RUF001 - as phones write
        "what-the-mayor-favourite-book-and-has-she"
    )
    assert new_id(base(), "Hvor høy er Ådne?") == "hvor-hoy-er-adne"


@pytest.mark.parametrize(
    ("question", "made"),
    [("Мост открыт?", "мост-открыт"), ("谁赢了", "谁赢了"), ("🤷", "entry"), ("!!!", "entry")],
)
def test_a_question_in_other_letters_has_an_id_of_its_own_and_one_without_any_is_called_entry(
    question: str, made: str
) -> None:
    assert new_id(base(), question) == made


def test_an_id_that_is_taken_gets_a_number() -> None:
    own = [entry("who-paid-for-it", ("a",), "x"), entry("who-paid-for-it-2", ("b",), "x")]
    assert draft(base(*own), **TYPED).id == "who-paid-for-it-3"
    assert new_id(base(), "Cost?") == "cost-2"  # a pack's entry has it


def test_an_id_that_is_cut_between_words_does_not_end_with_a_hyphen() -> None:
    for letters in range(MAX_ID - 10, MAX_ID):
        assert not new_id(base(), f"{'x' * letters} {'y' * 10}").endswith("-")


def test_ids_stay_short_however_long_the_words() -> None:
    long_ids = [new_id(base(), "x" * MAX_QUESTION)]
    long_ids.append(new_id(base(entry(long_ids[0], ("a",), "x")), "x" * MAX_QUESTION))
    assert long_ids[0] != long_ids[1]
    assert all(len(one) <= MAX_ID for one in long_ids)


@given(st.text(st.characters(exclude_categories=()), max_size=MAX_QUESTION))
def test_every_id_is_well_formed(question: str) -> None:
    made = new_id(base(), question)
    assert re.fullmatch(r"[^\W_]+(-[^\W_]+)*", made)
    assert len(made) <= MAX_ID
    assert base().entry(made) is None


@given(st.data())
def test_any_span_of_a_line_that_stands_once_can_be_cited(data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from(LIBRARY.passages))
    start = data.draw(st.integers(0, len(passage.text) - 1))
    end = data.draw(st.integers(start + 1, len(passage.text)))
    excerpt = passage.text[start:end].strip()
    if sum(story.text.count(excerpt) for story in PACK.stories) == 1:
        citation = find_excerpt(base(), excerpt)
        assert citation.excerpt == excerpt
        assert base().holds(citation)


def test_a_draft_is_found_once_it_is_in_a_base() -> None:
    made = replace(drafted(), author=AUTHOR)
    assert base(made).entry(made.id) == made
    assert base(made).similar("who paid for it")[0].score == 100


# Several excerpts


def test_excerpts_stand_below_each_other_with_an_empty_line_between() -> None:
    made = drafted(excerpt=f" {COST}\n \n\n{SAID}\n")
    assert [c.excerpt for c in made.citations] == [COST, SAID]


def test_an_excerpt_that_is_typed_twice_is_cited_once() -> None:
    assert len(drafted(excerpt=f"{COST}\n\n{COST}").citations) == 1


def test_the_words_that_cannot_be_cited_are_told() -> None:
    with pytest.raises(NotVerbatimError) as caught:
        drafted(excerpt=f"{COST}\n\nNobody was hurt at all.\n\n{SAID}")
    assert caught.value.words == "Nobody was hurt at all."


def test_a_known_citation_keeps_its_place_and_its_empty_lines() -> None:
    story = build_story("twice", "Ships go.\n\nShips come.\n\nShips go.", "en")
    there = Base(CompiledPacks([Pack("twice", "en", (story,))]))
    last = Citation("twice", 24, 33, "Ships go.", story.text_hash)
    across = Citation("twice", 11, 33, "Ships come.\n\nShips go.", story.text_hash)
    assert all(map(there.holds, (last, across)))
    typed = "Ships come.\n\nShips go.\n\nShips go."
    assert find_excerpts(there, typed, [last, across]) == (across, last)
    with pytest.raises(NotToldApartError) as caught:
        find_excerpts(there, typed)
    assert caught.value.words == "Ships go."


def test_a_known_citation_that_no_longer_holds_is_looked_up_again() -> None:
    old = replace(drafted(excerpt=COST).citations[0], start=0, text_hash="old")
    (found,) = find_excerpts(base(), COST, [old])
    assert found == drafted(excerpt=COST).citations[0]


@given(st.lists(st.sampled_from(LIBRARY.passages), unique=True))
def test_citations_written_below_each_other_come_back(passages: list[Passage]) -> None:
    there = base()
    cited = [Citation("library", p.start, p.end, p.text, LIBRARY.text_hash) for p in passages]
    assert find_excerpts(there, "\n\n".join(c.excerpt for c in cited), cited) == tuple(cited)


# Changing an entry


def test_a_changed_entry_keeps_its_id_kind_and_follow_ups() -> None:
    before = entry("old-name", ("Who paid?",), "Nobody.", COST, follow_ups=("cost",), author=AUTHOR)
    made = drafted(before=before, author=Author(9, "Ina"))
    assert (made.id, made.kind, made.follow_ups) == ("old-name", EntryKind.ENTRY, ("cost",))


def test_whoever_changes_an_answer_is_its_author() -> None:
    before = entry("paid", ("Who paid?",), TYPED["answer"], author=AUTHOR)
    ina = Author(9, "Ina")
    assert drafted(before=before, author=ina).author == AUTHOR
    assert drafted(before=before, author=ina, answer="Nobody.").author == ina


def test_a_gap_needs_no_answer_and_keeps_none() -> None:
    made = drafted(kind=EntryKind.GAP, excerpt=COST)
    assert (made.kind, made.answer) == (EntryKind.GAP, "")
    assert drafted(before=made).kind is EntryKind.GAP


def test_the_id_of_a_hidden_entry_is_not_given_again() -> None:
    there = Base(CompiledPacks([PACK]), hidden=frozenset({"cost"}))
    assert new_id(there, "Cost?") == "cost-2"


def test_a_graded_question_is_kept_trimmed_with_what_is_right_and_who_said_so() -> None:
    assert graded_of("  Who \n paid? ", "donor", AUTHOR) == put(Graded("Who paid?", "donor", AUTHOR))
    assert graded_of("Who paid?", None) == put(Graded("Who paid?", None))


@pytest.mark.parametrize("question", ["", " ?! ", "x" * (MAX_QUESTION + 1)])
def test_a_question_that_cannot_be_asked_cannot_be_graded(question: str) -> None:
    with pytest.raises(EntryError):
        graded_of(question, None)
