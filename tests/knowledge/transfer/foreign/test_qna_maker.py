"""What QnA Maker and Azure question answering export."""

import json

import pytest

from knowledge.model import Entry
from tests.knowledge.transfer.foreign.files import taken, workbook

COLUMNS = [
    "Question",
    "Answer",
    "Source",
    "Metadata",
    "SuggestedQuestions",
    "IsContextOnly",
    "Prompts",
    "QnaId",
]
HEADER = "\t".join(COLUMNS)


def row(question: str, answer: str, qna_id: str = "1", **more: str) -> str:
    cells = {
        "Source": "Editorial",
        "SuggestedQuestions": "[]",
        "IsContextOnly": "False",
        "Prompts": "[]",
    } | more
    return "\t".join(
        {"Question": question, "Answer": answer, "QnaId": qna_id, **cells}.get(name, "") for name in COLUMNS
    )


def tsv(*rows: str) -> str:
    return "\n".join([HEADER, *rows, ""])


def test_rows_of_one_id_are_phrasings_of_one_entry() -> None:
    result = taken(
        "kb.tsv",
        tsv(row("Is it open?", "Yes.", "7"), row("Which day?", "Monday.", "8"), row("Open?", "Yes.", "7")),
    )
    assert result.entries == (
        Entry("is-it-open", ("Is it open?", "Open?"), "Yes."),
        Entry("which-day", ("Which day?",), "Monday."),
    )
    assert result.lines == (2, 3)
    assert result.faults == result.remarks == []


def test_rows_of_one_answer_are_phrasings_of_one_entry_where_there_are_no_ids() -> None:
    content = "Question\tAnswer\tMetadata\nIs it open?\tYes.\t\nWhich day?\tMonday.\t\nOpen?\tYes.\t\n"
    result = taken("kb.tsv", content)
    assert [entry.phrasings for entry in result.entries] == [("Is it open?", "Open?"), ("Which day?",)]


def test_an_answer_in_markdown_becomes_text_of_several_lines() -> None:
    answer = r"**Yes**, see [the plan](https://town.example/plan).\n\n* on Monday\n* on *Tuesday*"
    (entry,) = taken("kb.tsv", tsv(row("Is it open?", answer))).entries
    assert entry.answer == "Yes, see the plan (https://town.example/plan).\n\n• on Monday\n• on Tuesday"


def test_prompts_are_follow_ups_in_their_order() -> None:
    prompts = json.dumps(
        [
            {"DisplayOrder": 1, "QnaId": 3, "Qna": None, "DisplayText": "The price"},
            {"displayOrder": 0, "qnaId": 2, "displayText": "The day"},
        ]
    )
    result = taken(
        "kb.tsv",
        tsv(
            row("Is it open?", "Yes.", Prompts=prompts),
            row("Which day?", "Monday.", "2"),
            row("Price?", "None.", "3"),
        ),
    )
    assert result.entries[0].follow_ups == ("which-day", "price")
    assert result.remarks == [
        "kb.tsv:2: its prompts are follow-ups now, shown as the questions that they lead to"
    ]


def test_prompts_that_stand_with_another_question_of_the_answer_count_too() -> None:
    prompts = '[{"DisplayOrder":0,"QnaId":2,"DisplayText":"More"}]'
    rows = (
        row("Open?", "Yes."),
        row("Is it open?", "Yes.", Prompts=prompts),
        row("Which day?", "Monday.", "2"),
    )
    result = taken("kb.tsv", tsv(*rows))
    assert result.entries[0].follow_ups == ("which-day",)
    assert result.remarks == [
        "kb.tsv:3: its prompts are follow-ups now, shown as the questions that they lead to"
    ]


def test_a_prompt_that_leads_nowhere_is_left_out_and_told() -> None:
    prompts = '[{"DisplayOrder":0,"QnaId":99,"DisplayText":"More"}]'
    result = taken("kb.tsv", tsv(row("Is it open?", "Yes.", Prompts=prompts)))
    assert result.entries[0].follow_ups == ()
    assert result.remarks[1] == "kb.tsv:2: left out, as it is not in this file: what follows (99)"
    assert result.faults == []


@pytest.mark.parametrize(
    "prompts", ["broken", "[1]", "{}", '[{"DisplayOrder": "x", "QnaId": 1}]', '[{"Text": 1}]']
)
def test_prompts_that_cannot_be_read_are_told(prompts: str) -> None:
    result = taken("kb.tsv", tsv(row("Is it open?", "Yes.", Prompts=prompts)))
    assert len(result.entries) == 1
    assert result.remarks == ["kb.tsv:2: left out, as they cannot be read: Prompts"] or prompts == "{}"


def test_what_an_entry_has_no_place_for_is_told_by_row() -> None:
    suggested = '[{"ClusterHead":"open today","TotalAutoSuggestedCount":1}]'
    result = taken(
        "kb.tsv",
        tsv(
            row(
                "Is it open?",
                "Yes.",
                Source="https://town.example/faq",
                Metadata="area:north",
                SuggestedQuestions=suggested,
            ),
            row("Which day?", "![a map](https://town.example/map.png)Monday.", "2"),
        ),
    )
    assert result.remarks == [
        "kb.tsv:2: left out, as an entry has no place for it: Source, Metadata, SuggestedQuestions",
        "kb.tsv:3: left out, as an entry has no place for it: the picture https://town.example/map.png",
    ]


def test_a_question_that_was_offered_only_after_another_is_told_of() -> None:
    result = taken(
        "kb.tsv", tsv(row("Is it open?", "Yes."), row("Why?", "It is May.", "2", IsContextOnly="True"))
    )
    assert result.remarks == [
        "kb.tsv:3: it was offered only after another answer, and is now found by anyone"
    ]


def test_another_answer_of_the_same_id_is_refused_with_its_row() -> None:
    result = taken("kb.tsv", tsv(row("Is it open?", "Yes."), row("Open?", "No.")))
    assert result.faults == ["kb.tsv:3: another answer for QnaId 1 than in row 2: keep one of them"]


def test_a_row_without_a_question_or_an_answer_is_refused_with_its_row() -> None:
    result = taken("kb.tsv", tsv(row("", "Yes."), row("Which day?", "", "2")))
    assert result.faults == [
        "kb.tsv:2: no question: write one, or remove it from the file",
        "kb.tsv:3: no answer: write one, or remove it from the file",
    ]


def test_an_answer_that_is_too_long_for_a_card_is_refused_with_its_row() -> None:
    (fault,) = taken("kb.tsv", tsv(row("Is it open?", "Yes. " * 1000))).faults
    assert fault.startswith("kb.tsv:2: `answer` has 4999 characters, over 1500")


def test_quotation_marks_are_words_as_the_service_writes_them() -> None:
    result = taken(
        "kb.tsv", tsv(row('"Open" means what?', '"Open" means "not closed'), row("When?", 'The "day', "2"))
    )
    assert [entry.answer for entry in result.entries] == ['"Open" means "not closed', 'The "day']


def test_a_quotation_that_is_not_ended_swallows_no_other_rows() -> None:
    rows = (
        row("What did she say?", '"I slept', "1"),
        row("Open?", "Yes.", "2"),
        row("How tall?", "5'11\"", "3"),
    )
    assert [entry.answer for entry in taken("kb.tsv", tsv(*rows)).entries] == ['"I slept', "Yes.", "5'11\""]


def test_a_file_that_a_spreadsheet_saved_has_its_cells_in_quotation_marks() -> None:
    first = '"Is it ""open""?"\t"Yes.\nOr no."\tEditorial\t\t[]\tFalse\t[]\t1'
    content = f"{HEADER}\r\n{first}\r\nWhy?\tMay.\t\t\t\t\t\t2\r\n"
    result = taken("kb.tsv", content)
    assert result.entries[0].phrasings == ('Is it "open"?',)
    assert result.entries[0].answer == "Yes.\nOr no."
    assert result.lines == (2, 4)


def test_a_workbook_is_the_same_as_the_text() -> None:
    content = workbook(
        [*COLUMNS, "SourceDisplayName"],
        ["Is it open?", "**Yes.**", "Editorial", None, "[]", False, "[]", 7, "Editorial"],
        ["Open?", "**Yes.**", "Editorial", None, "[]", False, "[]", 7.0, "Editorial"],
        [],
        ["Which day?", 13, "Editorial", "a:b", "[]", True, "[]", 8, "Editorial"],
    )
    result = taken("kb.xlsx", content)
    assert result.entries == (
        Entry("is-it-open", ("Is it open?", "Open?"), "Yes."),
        Entry("which-day", ("Which day?",), "13"),
    )
    assert result.remarks == [
        "kb.xlsx:5: left out, as an entry has no place for it: Metadata",
        "kb.xlsx:5: it was offered only after another answer, and is now found by anyone",
    ]


@pytest.mark.parametrize("name", ["kb.tsv", "kb.txt", "kb.csv"])
def test_columns_may_stand_in_any_order_and_between_commas(name: str) -> None:
    result = taken(name, "QnaId,answer,QUESTION\n1,Yes.,Is it open?\n1,Yes.,Open?\n")
    assert [entry.phrasings for entry in result.entries] == [("Is it open?", "Open?")]


def test_a_file_without_the_needed_columns_is_refused() -> None:
    result = taken("kb.xlsx", workbook(["Question", "Reply"], ["Open?", "Yes."]))
    assert result.faults == ["kb.xlsx:1: no column Answer: the first row names the columns"]
