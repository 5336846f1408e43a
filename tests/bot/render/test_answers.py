import dataclasses
import re
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.buttons import AskingControls
from bot.components import MAX_CUSTOM_ID, MAX_LABEL, MAX_TEXT, Card
from bot.render.answers import answer_card
from bot.render.escape import CUT, unescape
from bot.render.links import MAX_URL
from knowledge.model import (
    MAX_EXCERPT,
    MAX_ID,
    Answer,
    AnswerSource,
    Author,
    Citation,
    Cited,
    Outcome,
    Source,
    SourceKind,
    Suggestion,
)

LINE = "Believe in yourselves."
UNKNOWN = Source(licence="own")


def cited(excerpt: str = LINE, source: Source = UNKNOWN, story: str = "story", start: int = 0) -> Cited:
    return Cited(
        Citation(story, start, start + len(excerpt), excerpt, "c0ffee12345"), "paragraph 6", source, "en"
    )


def suggestion(question: str, entry: str = "first") -> Suggestion:
    return Suggestion(AnswerSource(SourceKind.ENTRY, entry), question, LINE)


def walk(card: Card) -> list[dict[str, Any]]:
    found, waiting = [], list(card.to_components())
    while waiting:
        component = waiting.pop(0)
        found.append(component)
        waiting = [*component.get("components", []), *waiting]
    return found


def texts(card: Card) -> list[str]:
    return [component["content"] for component in walk(card) if "content" in component]


def labels(card: Card) -> list[str]:
    return [component["label"] for component in walk(card) if "label" in component]


def quoted(text: str) -> str:
    """Return what stands in a block quote, as Discord shows it."""
    return unescape("\n".join(line.removeprefix("> ") for line in text.split("\n") if line.startswith("> ")))


def test_an_answer_shows_what_is_said_the_line_it_stands_on_where_that_is_and_how_sure_the_bot_is() -> None:
    source = Source("The first winner", "The Post")
    card = answer_card(Answer("who?", Outcome.ANSWER, 0.97, "Ada Hegerberg.", (cited(source=source),)))
    assert texts(card) == [
        "Ada Hegerberg.",
        "> Believe in yourselves.\n-# The Post, The first winner, paragraph 6",
        "-# I am very sure.",
    ]


def test_the_question_is_shown_only_where_it_does_not_stand_above_as_a_message() -> None:
    answer = Answer("who *won*?", Outcome.ANSWER, 0.97, "Ada.")
    assert texts(answer_card(answer))[0] == "Ada."
    assert texts(answer_card(answer, with_question=True))[0] == "**who \\*won\\*?**"


def test_an_answer_without_a_line_in_the_story_names_the_moderator_who_wrote_it() -> None:
    author = Author(7, "**Max** @everyone")
    card = answer_card(Answer("who?", Outcome.ANSWER, 0.97, "Ada.", author=author))
    assert "-# I am very sure. Answered by a moderator of this server: \\*\\*Max\\*\\* \\@everyone." in texts(
        card
    )
    assert "Max" not in "".join(
        texts(answer_card(Answer("?", Outcome.ANSWER, 1, "Ada.", (cited(),), author=author)))
    )


def test_what_is_not_known_is_said_plainly_and_the_nearest_lines_are_not_passed_off_as_an_answer() -> None:
    nearest = tuple(cited(f"line {number}", start=10 * number) for number in range(5))
    card = answer_card(Answer("who?", Outcome.CLOSEST, 0.2, citations=nearest))
    opening, *lines = texts(card)
    assert "nearest lines" in opening
    assert [quoted(line) for line in lines] == ["line 0", "line 1", "line 2"]
    assert not any("sure" in text for text in lines)


def test_a_gap_says_that_the_story_does_not_say() -> None:
    gap = AnswerSource(SourceKind.GAP, "prize-money")
    assert texts(answer_card(Answer("how much?", Outcome.UNKNOWN, 0.9, source=gap))) == [
        "The story doesn't say."
    ]


def test_each_suggestion_is_a_button_of_its_own() -> None:
    answer = Answer(
        "?", Outcome.CHOICES, 0.4, suggestions=(suggestion("Who won?"), suggestion("Who came?", "b"))
    )
    assert labels(answer_card(answer, AskingControls(1))) == ["Who won?", "Who came?", "Dismiss"]


def test_the_questions_to_ask_next_are_buttons_below_the_answer() -> None:
    answer = Answer("?", Outcome.ANSWER, 0.9, "Ada.", (cited(),), follow_ups=(suggestion("How old is she?"),))
    assert labels(answer_card(answer, AskingControls(1))) == ["Context", "Dismiss", "How old is she?"]


def test_a_story_with_an_address_is_linked_at_the_excerpt() -> None:
    answer = Answer(
        "?",
        Outcome.ANSWER,
        0.9,
        "Ada.",
        (cited(source=Source(url="https://www.post.example/a", licence="own")),),
    )
    links = [part for part in walk(answer_card(answer)) if "url" in part]
    assert [(link["label"], link["url"]) for link in links] == [
        ("Read at post.example", "https://www.post.example/a#:~:text=Believe%20in%20yourselves.")
    ]


def test_a_private_answer_needs_no_dismiss_button_as_discord_has_one() -> None:
    answer = Answer("?", Outcome.ANSWER, 0.9, "Ada.", (cited(),))
    assert labels(answer_card(answer, AskingControls(1, private=True))) == ["Context"]


def rows(card: Card) -> list[list[str]]:
    in_rows = (
        row["components"] for row in walk(card) if row["type"] == discord.ComponentType.action_row.value
    )
    return [[button["label"] for button in row] for row in in_rows]


def test_all_buttons_of_an_answer_stand_in_one_row_where_they_fit_and_else_those_of_its_stories_come_first() -> (
    None
):
    source = Source(url="https://post.example/winner", licence="own")
    one = cited(source=source)
    other = cited(source=source, story="other")
    answer = Answer("who?", Outcome.ANSWER, 0.97, "Ada.", (one,), AnswerSource(SourceKind.ENTRY, "first"))
    controls = AskingControls(1, in_server=True)
    about_answer = ["Helpful", "Not helpful", "Dismiss"]
    assert rows(answer_card(answer, controls)) == [["Context", "Read at post.example", *about_answer]]
    of_two = dataclasses.replace(answer, citations=(one, other))
    assert [row[-1] for row in rows(answer_card(of_two, controls))] == ["Read at post.example", "Dismiss"]


def test_a_card_without_controls_has_no_buttons() -> None:
    answer = Answer("?", Outcome.CHOICES, 0.9, suggestions=(suggestion("Who?"),), citations=(cited(),))
    assert labels(answer_card(answer)) == []


def test_an_answer_that_is_too_long_is_cut_at_a_word_and_its_lines_stay_whole() -> None:
    line = "*" * MAX_EXCERPT
    card = answer_card(
        Answer("?", Outcome.ANSWER, 0.9, "word* " * 1500, (cited(line), cited(line, start=500)))
    )
    said, *rest = texts(card)
    assert unescape(said).endswith(f"word* {CUT}")
    assert [quoted(text) for text in rest[:2]] == [line, line]
    assert sum(map(len, texts(card))) <= MAX_TEXT


def test_lines_that_would_leave_no_room_for_the_answer_are_left_out_whole() -> None:
    line = "\n" * (MAX_EXCERPT - 2) + "ab"
    lines = tuple(cited(line, Source("t" * 300), start=start) for start in range(3))
    card = answer_card(Answer("*" * 300, Outcome.ANSWER, 0.9, "word " * 300, lines), with_question=True)
    assert sum(map(len, texts(card))) <= MAX_TEXT
    assert texts(card)[1].startswith("word word")


def test_an_id_too_long_for_a_button_leaves_the_button_out() -> None:
    answer = Answer(
        "?", Outcome.CHOICES, 0.9, suggestions=(suggestion("Who?", "x" * 200),), citations=(cited(),)
    )
    assert labels(answer_card(answer, AskingControls(2**64 - 1))) == ["Context", "Dismiss"]


@pytest.mark.parametrize("kind", SourceKind)
def test_the_longest_ids_still_fit_a_button(kind: SourceKind) -> None:
    longest = Suggestion(AnswerSource(kind, "x" * MAX_ID), "Who?", "")
    answer = Answer("?", Outcome.CHOICES, 0.9, suggestions=(longest,), follow_ups=(longest,))
    answer_with_line = Answer(
        "?", Outcome.ANSWER, 0.9, "a", (cited(LINE, story="x" * MAX_ID, start=999_999),)
    )
    assert labels(answer_card(answer, AskingControls(2**64 - 1))) == ["Who?", "Dismiss", "Who?"]
    assert labels(answer_card(answer_with_line, AskingControls(2**64 - 1))) == ["Context", "Dismiss"]


written = st.text(
    st.sampled_from("*_`|>#-[]()<@:/\\ \nab1.\u2028\u202e") | st.characters(codec="utf-8"), max_size=300
)
excerpts = written.map(str.strip).filter(bool)
stories = st.builds(
    Source, title=written, publisher=written, url=st.sampled_from(["", "https://a.example/b"])
)
citeds = st.builds(cited, excerpts, stories, start=st.integers(0, 9))
suggestions = st.lists(st.builds(suggestion, excerpts), max_size=3).map(tuple)
answers = st.builds(
    Answer,
    question=written,
    outcome=st.sampled_from(Outcome),
    confidence=st.floats(0, 1),
    text=st.text("a*\n ", min_size=1, max_size=2500).map(lambda text: f"A{text}"),
    citations=st.lists(citeds, max_size=4).map(tuple),
    author=st.none() | st.builds(Author, st.just(1), written),
    suggestions=suggestions,
    follow_ups=suggestions,
)


@given(answers, st.booleans(), st.sampled_from(["", "Something that members need to know."]))
def test_every_card_keeps_to_discords_limits(answer: Answer, with_question: bool, notice: str) -> None:  # noqa: FBT001  drawn
    card = answer_card(answer, AskingControls(2**64 - 1), with_question=with_question, notice=notice)
    assert notice in "\n".join(texts(card))
    parts = walk(card)
    assert card.content_length() <= MAX_TEXT
    assert all(len(text) >= 1 for text in texts(card))
    assert all(1 <= len(label) <= MAX_LABEL for label in labels(card))
    assert all(len(part.get("custom_id", "")) <= MAX_CUSTOM_ID for part in parts)
    assert all(len(part.get("url") or "") <= MAX_URL for part in parts)
    rows = [part for part in parts if part["type"] == discord.ComponentType.action_row.value]
    assert all(1 <= len(row["components"]) <= 5 for row in rows)
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    assert len(ids) == len(set(ids))


@given(st.lists(citeds, min_size=1, max_size=3).map(tuple))
def test_every_excerpt_shows_to_the_letter(lines: tuple[Cited, ...]) -> None:
    card = answer_card(Answer("?", Outcome.CLOSEST, 0.1, citations=lines))
    distinct = list({(line.citation.start, line.citation.end): line for line in lines}.values())
    shown = [quoted(text) for text in texts(card) if text.startswith("> ")]
    assert shown == ["\n".join(re.split(LINE_ENDS, line.citation.excerpt)) for line in distinct[: len(shown)]]
    assert shown


LINE_ENDS = "\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"


def test_who_asks_in_another_language_is_told_that_of_the_source() -> None:
    sure = Answer("Qui a gagné le prix ?", Outcome.ANSWER, 0.95, "She did.", (cited(),))
    assert texts(answer_card(sure))[-1] == "-# I am very sure. The source is in English."
    nearest = Answer("Qui a gagné le prix ?", Outcome.CLOSEST, 0.1, citations=(cited(),))
    assert texts(answer_card(nearest, notice="Private."))[-1] == "-# The source is in English.\n-# Private."
