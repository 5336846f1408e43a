"""What a miss may be a phrasing of, and when it leaves the inbox by itself."""

from dataclasses import replace

from knowledge.inbox import nearest, still_missing
from knowledge.model import AnswerSource, Question, SourceKind
from tests.knowledge.bases import OPENED, base, entry, gap
from tests.knowledge.inbox.misses import miss

CAKE = entry("cake", ("Is there cake in the library?", "do they sell cake"), "On Sundays.")
DOGS = gap("dogs", ("Are dogs allowed in the library?", "can I bring my dog"))


def ids(question: str, *own: object) -> list[str]:
    return [one.id for one in nearest(base(*own), question)]  # type: ignore[arg-type]


def test_the_likeliest_entry_is_offered_first_and_three_at_most() -> None:
    found = ids("by whom was the library drawn")
    assert found[0] == "architect"
    assert len(set(found)) == len(found) == 3


def test_a_gap_is_not_offered() -> None:
    assert "visitors" not in ids("number of visitors of the library")


def test_a_server_s_own_entry_is_offered() -> None:
    assert ids("cake?", CAKE)[0] == "cake"


def test_a_stale_entry_is_not_offered() -> None:
    stale = entry("cake", CAKE.phrasings, "On Sundays.", OPENED)
    stale = replace(stale, citations=(replace(stale.citations[0], text_hash="other", excerpt="x"),))
    known = base(stale)
    assert known.stale == (stale,)
    assert "cake" not in [one.id for one in nearest(known, "Is there cake in the library?")]


def test_a_pack_s_entry_is_offered_as_the_server_has_it() -> None:
    own = entry("architect", ("Who drew the library?",), "Odd Lien, of course.")
    assert nearest(base(own), "Who drew the library?")[0] == own


def test_what_a_new_entry_answers_leaves() -> None:
    cake, parking = miss("is there any cake in the library"), miss("where can I park a tractor")
    assert still_missing(base(), [cake, parking]) == (cake, parking)
    assert still_missing(base(CAKE), [cake, parking]) == (parking,)


def test_what_a_new_gap_is_sure_of_leaves() -> None:
    asked = miss("Are dogs allowed in the library?")
    assert still_missing(base(), [asked]) == (asked,)
    assert still_missing(base(DOGS), [asked]) == ()


def test_a_gap_that_is_not_sure_leaves_it_there() -> None:
    asked = miss("are there many dogs or visitors or cats about on Sundays")
    known = base(DOGS)
    answer = known.answer(Question(asked.question))
    assert answer.confidence < known.sure
    assert still_missing(known, [asked]) == (asked,)


def test_an_answer_that_was_no_help_stays_until_another_is_given() -> None:
    asked = miss("Who drew the library?", source=AnswerSource(SourceKind.ENTRY, "architect"))
    assert still_missing(base(), [asked]) == (asked,)
    other = entry("drawing", ("Who drew the library?",), "Odd Lien, by candlelight.")
    assert still_missing(base(other), [asked]) == ()


def test_of_no_misses_none_is_missing() -> None:
    assert still_missing(base(), []) == ()
