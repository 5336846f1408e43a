"""The words for confidence and outcomes."""

import pytest

from bot.wording import language_note, opening, sureness, where
from knowledge.model import Answer, AnswerSource, Citation, Cited, Outcome, Source, SourceKind


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "very sure"),
        (0.9, "very sure"),
        (0.89, "fairly sure"),
        (0.75, "fairly sure"),
        (0.5, "not quite sure"),
        (0.49, "not sure at all"),
        (0.0, "not sure at all"),
    ],
)
def test_confidence_has_a_word_for_every_height(confidence: float, words: str) -> None:
    assert sureness(confidence) == f"I am {words}."


def test_an_answer_opens_with_itself() -> None:
    assert opening(Answer("?", Outcome.ANSWER, 0.9, "31 hours.")) == "31 hours."


@pytest.mark.parametrize("outcome", [Outcome.CHOICES, Outcome.CLOSEST, Outcome.UNKNOWN])
def test_other_outcomes_open_with_a_sentence_of_their_own(outcome: Outcome) -> None:
    sentences = {opening(Answer("?", other, 0.1)) for other in Outcome}
    assert opening(Answer("?", outcome, 0.1)) in sentences
    assert len(sentences) == len(Outcome)


@pytest.mark.parametrize("outcome", [Outcome.CLOSEST, Outcome.UNKNOWN])
def test_a_gap_says_that_the_story_does_not_say(outcome: Outcome) -> None:
    gap = Answer("?", outcome, 0.9, source=AnswerSource(SourceKind.GAP, "how-deep"))
    assert opening(gap).startswith("The story doesn't say.")
    assert not opening(Answer("?", outcome, 0.1)).startswith("The story doesn't say.")


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        (Source(publisher="The Post", title="The lake"), "paragraph 1", "The Post, The lake, paragraph 1"),
        (Source(title="The lake"), "paragraph 1", "The lake, paragraph 1"),
        (Source(), "paragraph 1", "lake, paragraph 1"),
        (Source(), "", "lake"),
    ],
)
def test_a_line_is_found_by_what_is_known_of_its_story(source: Source, place: str, words: str) -> None:
    assert where(Cited(Citation("lake", 0, 1, "L", "hash"), place, source, "en")) == words


def lines(*languages: str) -> tuple[Cited, ...]:
    return tuple(
        Cited(Citation("lake", i, i + 1, "L", "hash"), "paragraph 1", Source(), language)
        for i, language in enumerate(languages)
    )


@pytest.mark.parametrize("outcome", [Outcome.ANSWER, Outcome.CLOSEST])
@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange mål har hun skåret?",
        "Combien de buts ?",
        "¿Cuántos goles ha marcado?",
        "Wie viele Tore?",
        "Сколько голов?",
    ],
)
def test_who_asks_in_another_language_is_told_that_of_the_source(outcome: Outcome, question: str) -> None:
    assert language_note(Answer(question, outcome, 0.9, citations=lines("en"))) == "The source is in English."


@pytest.mark.parametrize(
    ("question", "languages"),
    [
        ("How many goals?", ("en",)),
        ("goals lyon", ("en",)),
        ("Combien de buts ?", ()),
        ("Combien de buts ?", ("fr",)),
        ("Hvor mange mål har hun skåret?", ("nb",)),
        ("How many goals has she scored?", ("xx",)),
    ],
)
def test_where_the_languages_are_the_same_or_in_doubt_nothing_is_said(
    question: str, languages: tuple[str, ...]
) -> None:
    assert language_note(Answer(question, Outcome.CLOSEST, 0.1, citations=lines(*languages))) == ""


def test_each_other_language_is_named_once() -> None:
    answer = Answer(
        "Combien de buts a-t-elle ?", Outcome.CLOSEST, 0.1, citations=lines("en", "nb", "nn", "fr")
    )
    assert language_note(answer) == "The source is in English and Norwegian."
