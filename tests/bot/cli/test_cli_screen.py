"""What a person sees, on wide and narrow terminals and in pipes."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.safe_text import safe
from bot.cli.screen import choices, print_answer, print_quotations, say
from knowledge.model import (
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

EXCERPT = "Lake Ilvane emptied through a hole in its bed in 31 hours, and nobody saw it go."
CITED = Cited(
    Citation("lake", 0, len(EXCERPT), EXCERPT, "hash"), "paragraph 1", Source(title="The lake"), "en"
)


def screen(width: int | None = None) -> Console:
    """A terminal of that many columns, without colours; None: a pipe."""
    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=width is not None,
        color_system=None,
        markup=False,
        emoji=False,
        highlight=False,
    )


def shown(answer: Answer, width: int | None = None) -> str:
    console = screen(width)
    print_answer(console, answer)
    return console.file.getvalue()


def answer(outcome: Outcome = Outcome.ANSWER, text: str = "It took 31 hours.", *cited: Cited) -> Answer:
    return Answer("How long?", outcome, 0.97, text, cited)


class TestSafety:
    @given(st.text(st.characters(exclude_categories=())))
    def test_nothing_in_a_text_can_control_a_terminal(self, text: str) -> None:
        assert not [c for c in safe(text) if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n"]

    @given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs", "M"))))
    def test_what_people_write_stays_as_it_is(self, text: str) -> None:
        assert safe(text) == text

    def test_an_escape_sequence_is_shown_instead_of_executed(self) -> None:
        assert safe("\x1b[2Jgone") == "\u241b[2Jgone"

    def test_reversed_text_is_not_reversed(self) -> None:
        assert safe("\u202etxt.exe") == "\ufffdtxt.exe"

    def test_an_excerpt_with_an_escape_sequence_is_harmless(self) -> None:
        evil = Cited(Citation("lake", 0, 9, "\x1b]0;x\x07hi", "h"), "p", Source(title="\x1b[31m"), "en")
        for width in (None, 80):
            assert "\x1b" not in shown(answer(Outcome.ANSWER, "\x1b[2J", evil), width)

    def test_markup_and_emoji_codes_mean_nothing(self) -> None:
        assert "[bold]:smile:[/bold]" in shown(answer(text="[bold]:smile:[/bold]"))


class TestAnswers:
    def test_an_answer_shows_its_line_where_it_stands_and_how_sure_it_is(self) -> None:
        assert shown(answer(Outcome.ANSWER, "It took 31 hours.", CITED)).splitlines() == [
            "It took 31 hours.",
            f"  │ {EXCERPT}",
            "  │ — The lake, paragraph 1",
            "I am very sure.",
        ]

    def test_what_only_a_moderator_says_is_attributed_to_them(self) -> None:
        said = Answer("?", Outcome.ANSWER, 0.8, "Soon.", author=Author(7, "Ida"))
        assert "moderator of this server: Ida." in shown(said)

    def test_a_link_to_the_story_is_shown_where_there_is_one(self) -> None:
        linked = Cited(CITED.citation, "paragraph 1", Source(url="https://a.example/lake"), "en")
        assert "lake, paragraph 1 - https://a.example/lake" in shown(answer(Outcome.ANSWER, "31.", linked))

    def test_near_lines_are_shown_as_no_answer(self) -> None:
        text = shown(answer(Outcome.CLOSEST, "", CITED))
        assert "don't have an answer" in text
        assert EXCERPT in text
        assert "sure" not in text

    def test_what_was_perhaps_meant_is_numbered(self) -> None:
        source = AnswerSource(SourceKind.ENTRY, "how-long")
        meant = tuple(Suggestion(source, question, "") for question in ("How long?", "How far?"))
        said = Answer("?", Outcome.CHOICES, 0.4, suggestions=meant)
        assert "  1  How long?\n  2  How far?\n" in shown(said)
        assert choices(said) == meant

    def test_what_to_ask_next_is_numbered_too(self) -> None:
        more = (Suggestion(AnswerSource(SourceKind.ENTRY, "where"), "Where to?", ""),)
        said = Answer("?", Outcome.ANSWER, 0.9, "31.", follow_ups=more)
        assert shown(said).endswith("You could ask next:\n  1  Where to?\n")
        assert choices(said) == more

    def test_a_quotation_shows_who_said_it_and_where_it_stands(self) -> None:
        console = screen()
        print_quotations(console, [("Marta Quill", CITED), ("", CITED)])
        assert [line for line in console.file.getvalue().splitlines() if "—" in line] == [
            "  │ — Marta Quill; The lake, paragraph 1",
            "  │ — The lake, paragraph 1",
        ]


class TestWidths:
    @pytest.mark.parametrize("width", [1, 4, 5, 12, 40, 80])
    def test_an_answer_fits_any_terminal_and_is_all_there(self, width: int) -> None:
        text = shown(answer(Outcome.ANSWER, "It took 31 hours.", CITED), width)
        bars = "│ —"
        assert "".join(c for c in text if c not in bars and not c.isspace()).startswith(
            ("It took 31 hours." + EXCERPT).replace(" ", "")
        )

    def test_a_narrow_quoted_block_keeps_its_bar(self) -> None:
        lines = shown(answer(Outcome.ANSWER, "31.", CITED), 30).splitlines()
        block = [line for line in lines if line.startswith("  │ ")]
        assert len(block) > 3
        assert all(len(line) <= 30 for line in lines)

    def test_into_a_pipe_an_excerpt_goes_as_one_line(self) -> None:
        console = screen()
        say(console, "word " * 100)
        assert len(console.file.getvalue().splitlines()) == 1


def test_who_asks_in_another_language_is_told_that_of_the_source() -> None:
    on = screen()
    print_answer(on, Answer("Wer hat das gesehen und wann?", Outcome.CLOSEST, 0.1, citations=(CITED,)))
    assert "The source is in English." in on.file.getvalue()
