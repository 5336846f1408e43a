"""Entries of other systems get ids that a second import finds again, and that hit no other entry."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Entry
from knowledge.text.folding import words
from knowledge.transfer import Beside, Fate, plan
from knowledge.transfer.together import phrasing_key
from tests.knowledge.transfer.foreign.files import taken

_QUESTIONS = st.lists(
    st.text(st.sampled_from("ab é?д1 "), min_size=1, max_size=8).filter(words),
    unique_by=phrasing_key,
    max_size=8,
)


def faq(*questions: str) -> str:
    return "_question,_answer\n" + "".join(f"{question},Yes.\n" for question in questions)


def ids(content: str, *own: Entry) -> list[str]:
    return [entry.id for entry in taken("faq.csv", content, own=own).entries]


def test_questions_that_begin_alike_are_numbered() -> None:
    begin = "How many of the old stone arches are"
    assert ids(faq(f"{begin} left?", f"{begin} lost?")) == [
        "how-many-of-the-old-stone-arches-are",
        "how-many-of-the-old-stone-arches-are-2",
    ]


def test_a_question_without_letters_is_called_entry() -> None:
    assert ids(faq("Мост открыт?", "???", "!!!")) == ["мост-открыт", "entry", "entry-2"]


def test_an_entry_that_only_has_the_same_id_is_not_hit() -> None:
    other = Entry("is-it-open", ("When does the gate close?",), "At nine.")
    assert ids(faq("Is it open?"), other) == ["is-it-open-2"]


def test_an_entry_of_a_pack_is_not_hidden_by_a_made_id() -> None:
    beside = Beside(packs=(Entry("is-it-open", ("Open?",), "Yes."),))
    (row,) = plan(faq("Is it open?").encode(), "faq.csv", [], beside).rows
    assert (row.entry.id, row.hides) == ("is-it-open-2", False)


def test_an_entry_that_a_moderator_named_is_not_replaced_but_told() -> None:
    named = Entry("opening", ("Is it open?",), "No.")
    (fault,) = taken("faq.csv", faq("Is it open?"), own=(named,)).faults
    assert 'is also one of "opening", which the server has already' in fault


def test_a_made_id_keeps_clear_of_the_ids_that_the_file_gives() -> None:
    unnamed = '{"qid": "a b", "q": ["Is it open?"], "a": "Yes."}'
    content = f'{unnamed}\n{{"qid": "is-it-open", "q": ["B?"], "a": "Yes."}}\n'
    assert [entry.id for entry in taken("bot.json", content).entries] == ["is-it-open-2", "is-it-open"]


@given(_QUESTIONS, _QUESTIONS)
def test_a_file_taken_twice_changes_nothing_the_second_time(questions: list[str], others: list[str]) -> None:
    content = faq(*(f'"{question}"' for question in questions)).encode()
    keys = set(map(phrasing_key, questions))
    there = [Entry(f"a-{n}", (q,), "There.") for n, q in enumerate(others) if phrasing_key(q) not in keys]
    first = plan(content, "faq.csv", [], Beside(own=tuple(there)))
    assert not first.faults
    assert {row.fate for row in first.rows} <= {Fate.NEW}
    second = plan(content, "faq.csv", [], Beside(own=(*there, *first.to_save())))
    assert not second.faults
    assert [row.entry for row in second.rows] == [row.entry for row in first.rows]
    assert {row.fate for row in second.rows} <= {Fate.SAME}
