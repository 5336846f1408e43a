"""Follow-ups on the bundled story: what leans on the questions before it, and what stands alone."""

import pytest

from knowledge.answering import Base, CompiledPacks
from knowledge.answering.follow_ups import meant, points_back, with_names
from knowledge.model import Answer, Outcome, Pack, Question
from knowledge.packs import bundled_pack, read_pack
from knowledge.stories import build_story
from knowledge.text.folding import words

BUNDLED = Base(CompiledPacks([read_pack(bundled_pack())]))


def ask(question: str, *before: str) -> Answer:
    return BUNDLED.answer(Question(question, before))


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        ("Who is Martin Solveig?", "what does he do for a living?", "DJ"),
        ("Who is Martin Solveig?", "did he apologize?", "apologized"),
        ("Who is Martin Solveig?", "what did he ask her to do?", "twerk"),
        ("Tell me about the DJ Martin Solveig", "did he say sorry?", "apologized"),
        ("What did Martin Solveig ask Hegerberg?", "what did she reply?", "no"),
        ("How many goals has Hegerberg scored?", "and how many games?", "149"),
        ("How many goals has Hegerberg scored?", "in how many games?", "149"),
        ("How many goals has Ada Hegerberg scored for Lyon?", "since when?", "four years"),
        ("Who is Ada Hegerberg?", "how old is she?", "23"),
        ("Who is Ada Hegerberg?", "what club does she play for?", "Lyon"),
        ("Who is Ada Hegerberg?", "where is she from?", "Norwegian"),
        ("Who is Ada Hegerberg?", "how many goals has she scored?", "185"),
        ("Who is Kylian Mbappé?", "what did he win?", "Kopa"),
        ("Who is Kylian Mbappé?", "how did he look?", "appalled"),
        ("Who gives out the Ballon d'Or?", "since when?", "1956"),
        ("Did Solveig apologize?", "what did he blame?", "barrier"),
        ("Did Solveig apologize?", "when?", "after"),
        ("Has Hegerberg quit the national team?", "since when?", "2017"),
        ("Has Hegerberg quit the national team?", "why?", "2017"),
        ("Has Hegerberg quit the national team?", "when did that start?", "2017"),
        ("Has Hegerberg quit the national team?", "why did that happen?", "2017"),
        ("Did the DJ apologise?", "and when did it happen?", "after"),
        ("What is the Ballon d'Or?", "when did that begin?", "1956"),
        ("What did Hegerberg say in her speech?", "who did she thank?", "France Football"),
        ("Who won the first women's Ballon d'Or?", "her age?", "23"),
        ("How did the crowd react?", "and social media?", "social media"),
        ("Hvem er Ada Hegerberg?", "hvor gammel er hun?", "23"),
    ],
)
def test_what_leans_on_the_question_before_is_answered_with_it(before: str, question: str, said: str) -> None:
    answer = ask(question, before)
    assert answer.outcome is Outcome.ANSWER
    assert said in answer.text


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        (("Who is Ada Hegerberg?", "how many goals has she scored?"), "and games?", "149"),
        (("Who is Ada Hegerberg?", "how old is she?"), "and how many goals?", "185"),
        (("Who is Martin Solveig?", "what did he ask?"), "did he apologise for it?", "apologized"),
    ],
)
def test_of_two_follow_ups_in_a_row_the_second_still_finds_whom_it_is_about(
    before: tuple[str, ...], question: str, said: str
) -> None:
    answer = ask(question, *before)
    assert answer.outcome is Outcome.ANSWER
    assert said in answer.text


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Who is Martin Solveig?", "Who won the Ballon d'Or?"),
        ("Who is Martin Solveig?", "How old is Hegerberg?"),
        ("How many goals has Hegerberg scored?", "Who presented the award?"),
        ("How many goals has Hegerberg scored?", "What did Solveig ask her to do?"),
        ("Did Solveig apologize?", "What club does Hegerberg play for?"),
        ("Did Solveig apologize?", "Who is Kylian Mbappé?"),
        ("Who is Kylian Mbappé?", "Since when has the Ballon d'Or been awarded?"),
        ("Why doesn't Hegerberg play for Norway?", "How did the crowd react?"),
        ("What did Hegerberg say in her speech?", "Did Solveig say sorry?"),
        ("How did the crowd react?", "How many games has Hegerberg played for Lyon?"),
        ("How did the crowd react?", "what does twerk mean?"),
        ("Has Hegerberg quit the national team?", "when did the ceremony start?"),
        ("Has Hegerberg quit the national team?", "what happened at the ceremony?"),
        ("Who is Ada Hegerberg?", "is there a video of it?"),
        ("Who is Ada Hegerberg?", "thanks!"),
        ("Who is Ada Hegerberg?", "what's the weather like?"),
        ("Who is Ada Hegerberg?", "who are you?"),
        ("How old is Ada Hegerberg?", "lol nice"),
        ("How old is Ada Hegerberg?", "who is the president of France?"),
        ("Quel âge a Ada Hegerberg ?", "Qui est Martin Solveig ?"),
    ],
)
def test_what_stands_alone_is_answered_as_if_nothing_had_been_asked_before(
    before: str, question: str
) -> None:
    alone, after = ask(question), ask(question, before)
    assert (after.outcome, after.source, after.text) == (alone.outcome, alone.source, alone.text)


def test_what_a_pronoun_means_that_the_story_does_not_tell_is_not_answered_with_something_else() -> None:
    answer = ask("when was that?", "Where was the ceremony held?")
    assert (answer.outcome, answer.source.id) == (Outcome.UNKNOWN, "ceremony-date")


def test_a_pronoun_is_not_answered_about_someone_else_than_it_means() -> None:
    assert "Mbapp" not in ask("where is he from?", "Who is Martin Solveig?").text


def is_name(word: str) -> bool:
    return word in {"ada", "solveig", "hegerberg"}


@pytest.mark.parametrize(
    ("question", "before", "names"),
    [
        ("how old is she?", ("Who is Ada Hegerberg?",), ("ada", "hegerberg")),
        ("how old is she?", ("Who is Ada Hegerberg?", "and her club?"), ("ada", "hegerberg")),
        ("how old is she?", ("Who is Solveig?", "Who is Ada?"), ("ada",)),
        ("how old is Ada and who is her father?", ("Who is Solveig?",), ()),
        ("how old is it?", ("Who is Solveig?",), ()),
        ("how old is she?", ("Who won?",), ()),
        ("how old is she?", (), ()),
    ],
)
def test_a_pronoun_means_whom_was_named_last(question: str, before: tuple, names: tuple) -> None:
    assert meant(Question(question, before), is_name) == names


def test_names_take_the_place_of_pronouns() -> None:
    assert with_names(words("what does he do?"), ("solveig",)) == ("solveig", "what", "does", "do")


@pytest.mark.parametrize("text", ["and games?", "was it loud?", "og hvem?"])
def test_pronouns_and_a_leading_and_point_back(text: str) -> None:
    assert points_back(words(text))


@pytest.mark.parametrize("text", ["who won?", "bananas", "salt and pepper", ""])
def test_other_words_do_not(text: str) -> None:
    assert not points_back(words(text))


def test_the_nearest_lines_are_found_for_a_follow_up_too() -> None:
    port = build_story("port", "Runa Sande runs the harbour. The kiosk shut. Runa Sande earns 300 a day.")
    base = Base(CompiledPacks([Pack("port", "en", (port,))]))
    answer = base.answer(Question("and how much does she earn?", ("Who is Runa Sande?",)))
    assert answer.outcome is Outcome.CLOSEST
    assert answer.citations[0].citation.excerpt == "Runa Sande earns 300 a day."
