"""The bundled pack: what it holds, and that all of it is verbatim and found."""

from functools import cache

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.model import (
    MAX_EXCERPT,
    AnswerSource,
    Citation,
    Entry,
    EntryKind,
    Outcome,
    Question,
    SourceKind,
)
from knowledge.packs import bundled_pack, read_pack

PACK = read_pack(bundled_pack())
ENTRIES = [entry for entry in PACK.entries if entry.kind is EntryKind.ENTRY]
GAPS = [entry for entry in PACK.entries if entry.kind is EntryKind.GAP]


@cache
def bundled() -> Base:
    return Base(CompiledPacks([PACK]))


def all_citations() -> list[Citation]:
    lines = [
        Citation(p.story, p.start, p.end, p.text, story.text_hash)
        for story in PACK.stories
        for p in story.passages
    ]
    cited = [citation for known in (*PACK.entries, *PACK.facts) for citation in known.citations]
    return [*lines, *cited, *(q.citation for story in PACK.stories for q in story.quotations)]


def lines_of(entry: Entry) -> set[tuple[int, int]]:
    return {(citation.start, citation.end) for citation in entry.citations}


def test_every_excerpt_of_entries_facts_quotations_and_passages_is_verbatim_and_short() -> None:
    citations = all_citations()
    assert len(citations) > 100
    for citation in citations:
        story = bundled().story(citation.story)
        assert story is not None
        assert story.text[citation.start : citation.end] == citation.excerpt
        assert 0 < len(citation.excerpt) <= MAX_EXCERPT
        assert bundled().holds(citation)


def test_every_excerpt_has_a_place_that_a_person_can_find() -> None:
    for citation in all_citations():
        cited = bundled().cited(citation)
        assert cited.place.split()[0] in {"paragraph", "bullet"}
        assert cited.citation is citation


def test_there_are_enough_entries_with_enough_phrasings_and_gaps() -> None:
    assert len(ENTRIES) >= 45
    assert min(len(entry.phrasings) for entry in ENTRIES) >= 10
    assert len(GAPS) >= 25
    assert all(entry.answer and entry.citations for entry in ENTRIES)
    assert all(not entry.answer for entry in GAPS)


def test_the_sample_question_is_answered_with_its_line() -> None:
    answer = bundled().answer(Question("who won the first women's Ballon d'Or?"))
    assert answer.outcome is Outcome.ANSWER
    assert "Ada Hegerberg" in answer.text
    assert answer.confidence > 0.9
    assert any("Hegerberg" in cited.citation.excerpt for cited in answer.citations)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_entry_answers_its_own_first_phrasing(entry: Entry) -> None:
    answer = bundled().answer(Question(entry.phrasings[0]))
    assert answer.outcome is Outcome.ANSWER
    assert answer.source is not None
    said = bundled().entry(answer.source.id)
    assert said is not None
    assert said == entry or lines_of(said) & lines_of(entry)


def test_hardly_any_gap_s_own_first_phrasing_is_answered() -> None:
    answered = [
        gap.id for gap in GAPS if bundled().answer(Question(gap.phrasings[0])).outcome is Outcome.ANSWER
    ]
    assert answered == []


@pytest.mark.parametrize(
    "question",
    [
        "Who did not win the women's Ballon d'Or?",
        "who came second?",
        "who was the runner-up?",
        "what is her shoe size",
        "Why did she agree to twerk?",
        "how much prize money did she get",
    ],
)
def test_what_the_story_does_not_say_is_not_answered(question: str) -> None:
    assert bundled().answer(Question(question)).outcome is not Outcome.ANSWER


def test_every_entry_fact_and_quotation_can_be_picked() -> None:
    sources = [AnswerSource(SourceKind(entry.kind.value), entry.id) for entry in PACK.entries]
    sources += [AnswerSource(SourceKind.FACT, fact.id) for fact in PACK.facts]
    sources += [
        AnswerSource(SourceKind.QUOTATION, q.id) for s in PACK.stories for q in s.quotations if q.speaker
    ]
    for source in sources:
        picked = bundled().answer_from(source, "picked")
        assert picked is not None
        assert picked.source == source


def test_ids_are_unique_and_follow_ups_lead_somewhere() -> None:
    ids = [entry.id for entry in PACK.entries]
    assert len(set(ids)) == len(ids)
    assert all(bundled().entry(name) for entry in PACK.entries for name in entry.follow_ups)


def test_ada_hegerberg_is_quoted_and_others_are_mentioned() -> None:
    base = bundled()
    assert base.speakers() == ("Ada Hegerberg",)
    assert {q.speaker for q in base.quotations("ada")} == {"Ada Hegerberg"}
    assert base.quotations("Martin Solveig") == ()
    assert len(base.mentions("Martin Solveig")) > 1
    assert "respect" in base.themes()
    assert "believe" in base.quotations(about="believe in yourselves")[0].citation.excerpt.lower()


def test_what_is_typed_suggests_curated_questions_and_finds_similar_ones() -> None:
    suggestions = bundled().suggest("how many goals")
    assert 0 < len(suggestions) <= 25
    assert all(bundled().entry(s.source.id) for s in suggestions)
    (nearest, *_) = bundled().similar(ENTRIES[0].phrasings[0])
    assert (nearest.entry, nearest.score) == (ENTRIES[0], 100)
