"""What else changes, in lines that fit a preview and do nothing, and whole in a file."""

from hypothesis import given
from hypothesis import strategies as st

from bot.components import MAX_TEXT
from bot.curating.effects import MOST_SHOWN, effect_file, effect_lines
from bot.render.escape import unescape
from knowledge.effect import Change, Foreseen, Said, Turn
from knowledge.model import AnswerSource, Outcome, SourceKind

NOTHING = Said(Outcome.UNKNOWN, "", None)
CAKE = Said(Outcome.ANSWER, "On Sundays.", AnswerSource(SourceKind.ENTRY, "cake"))
GAP = Said(Outcome.CLOSEST, "", AnswerSource(SourceKind.GAP, "no*cake"))

said = st.builds(Said, st.just(Outcome.ANSWER), st.text(max_size=400), st.none()) | st.sampled_from(
    [
        NOTHING,
        GAP,
        Said(Outcome.CHOICES, "", None),
        Said(Outcome.CLOSEST, "A line.", AnswerSource(SourceKind.PASSAGE, "1")),
    ]
)
changes = st.lists(st.builds(Change, st.text(max_size=300), said, said, st.sampled_from(Turn)), max_size=40)


def foreseen(*changed: Change, own_answered: int = 2) -> Foreseen:
    return Foreseen(changed, 1204, 2, own_answered)


def won(number: int = 1) -> Change:
    return Change(f"is there cake {number}", NOTHING, CAKE, Turn.WON)


@given(changes, st.integers(0, 2))
def test_the_lines_leave_half_a_message_to_the_rest(changed: list[Change], answered: int) -> None:
    lines, _is_cut = effect_lines(foreseen(*changed, own_answered=answered))
    assert 0 < len("\n".join(lines)) <= MAX_TEXT / 2
    assert all(lines)


@given(changes)
def test_the_file_holds_every_question_in_order(changed: list[Change]) -> None:
    text = effect_file(foreseen(*changed)).fp.read().decode()
    assert text.count("  before: ") == text.count("  after: ") == len(changed)


def test_a_single_known_question_is_one_question() -> None:
    [heading, *_] = effect_lines(Foreseen([], 1, 1, 1))[0]
    assert heading == "**What else changes**: nothing, of 1 known question."


def test_each_turn_is_counted_and_told_from_what_to_what_lost_first() -> None:
    lost = Change("any cake", CAKE, GAP, Turn.LOST)
    lines, is_cut = effect_lines(foreseen(won(), lost))
    assert [unescape(line) for line in lines] == [
        "**What else changes**: 2 of 1,204 known questions (1 lost, 1 won)",
        "-# 2 of 2 of its own phrasings will be answered with it.",
        "Lost: no longer answered, or not rightly",
        "- any cake: “On Sundays.” → not in the story (no*cake)",
        "Won: now answered, or now rightly",
        "- is there cake 1: nothing found → “On Sundays.”",
    ]
    assert not is_cut


def test_its_own_phrasings_that_it_will_not_answer_are_a_warning() -> None:
    lines, _is_cut = effect_lines(foreseen(own_answered=1))
    assert lines[-1] == "**Mind**: 1 of 2 of its own phrasings will be answered with it."


def test_of_many_the_first_few_are_shown_and_all_are_in_the_file() -> None:
    many = [won(number) for number in range(30)]
    lines, is_cut = effect_lines(foreseen(*many))
    assert is_cut
    assert lines[-1] == f"- and {30 - MOST_SHOWN} more"
    file = effect_file(foreseen(*many))
    text = file.fp.read().decode()
    assert all(f"{one.question}:\n  before: nothing found\n  after: On Sundays." in text for one in many)
    assert file.filename == "what-else-changes.txt"


def test_nothing_of_what_people_wrote_pings_or_formats() -> None:
    nasty = "@everyone **look** <@123> https://evil.example"
    entry = Said(Outcome.ANSWER, nasty, AnswerSource(SourceKind.ENTRY, "e"))
    (line,) = effect_lines(foreseen(Change(nasty, GAP, entry, Turn.OTHER)))[0][-1:]
    assert "\\@everyone \\*\\*look\\*\\* \\<\\@123\\>" in line
    assert "https://" not in line
    assert "no\\*cake" in line
