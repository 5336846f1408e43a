"""FAQ files of Amazon Kendra."""

import json

import pytest

from knowledge.model import Entry
from tests.knowledge.transfer.foreign.files import taken

TWO = (
    Entry("is-it-open", ("Is it open?",), "Yes, daily."),
    Entry("how-many-arches", ("How many arches?",), "13"),
)


def test_csv_without_a_header() -> None:
    result = taken("faq.csv", 'Is it open?, "Yes, daily.", https://town.example/faq\nHow many arches?, 13\n')
    assert result.entries == TWO
    assert result.lines == (1, 2)
    assert result.remarks == ["faq.csv:1: left out, as an entry has no place for it: the address"]


def test_columns_and_rows_that_a_spreadsheet_left_empty_do_not_count() -> None:
    (entry,) = taken("faq.csv", ",,,\nQuestion,Answer,,\nIs it open?,Since nine.,,\n,,,\n").entries
    assert (entry.phrasings, entry.answer) == (("Is it open?",), "Since nine.")


def test_csv_with_a_header() -> None:
    content = (
        "_question, _answer, _source_uri, _category\n"
        'Is it open?, "Yes, daily.", https://town.example/faq, Visits\n'
        "How many arches?, 13\n"
    )
    result = taken("faq.csv", content)
    assert result.entries == TWO
    assert result.lines == (2, 3)
    assert result.remarks == ["faq.csv:2: left out, as an entry has no place for it: _source_uri, _category"]


def test_csv_of_anyone_s_with_questions_and_answers() -> None:
    assert (
        taken("faq.csv", 'Topic,Answer,Question\n,"Yes, daily.",Is it open?\n,13,How many arches?\n').entries
        == TWO
    )


def test_json() -> None:
    documents = [
        {"Question": "Is it open?", "Answer": "Yes, daily."},
        {
            "Question": "How many arches?",
            "Answer": 13,
            "Attributes": {"_source_uri": "s3", "_category": "Visits"},
        },
    ]
    result = taken("faq.json", json.dumps({"SchemaVersion": 1, "FaqDocuments": documents}, indent=1))
    assert result.entries == TWO
    assert result.lines == (4, 8)
    assert result.remarks == ["faq.json:8: left out, as an entry has no place for it: _source_uri, _category"]


def test_what_only_some_people_were_shown_is_told() -> None:
    listed = [{"Name": "Staff", "Type": "GROUP", "Access": "ALLOW"}]
    document = {"Question": "Is it open?", "Answer": "Yes.", "AccessControlList": listed}
    for name, content in (
        ("faq.json", json.dumps({"FaqDocuments": [document]})),
        ("faq.csv", '_question,_answer,_acl_user_allow,_acl_group_deny\nIs it open?,Yes.,"a,b",Guests\n'),
    ):
        (remark,) = taken(name, content).remarks
        assert "it was shown to some people only (" in remark
        assert remark.endswith("), and is now shown to anyone")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        (
            "faq.csv",
            "Is it open?,Yes.\nWhy?,It is May, and warm.,x\n",
            "faq.csv:2: 4 cells for 3 columns: put text",
        ),
        ("faq.csv", 'Is it open?,Yes.\nWhy?,"It is May.\n', "faq.csv:2: broken CSV (unexpected end of data)"),
        ("faq.csv", "_question,_answer\nWhy?\n", "faq.csv:2: no answer: write one"),
        ("faq.csv", "_question,_answer\n,Yes.\n", "faq.csv:2: no question: write one"),
        (
            "faq.csv",
            "Is it open?,Yes.\nIs it OPEN,No.\n",
            'faq.csv:2: the phrasing "Is it OPEN" is also one of',
        ),
        ("faq.json", '{"SchemaVersion": 1}', "faq.json:1: no `FaqDocuments`"),
        ("faq.json", '{"FaqDocuments": [\n{"Question": "Open?"}]}', "faq.json:2: no answer: write one"),
        ("faq.json", '{"FaqDocuments": [\n"Open?"]}', "faq.json:2: each of `FaqDocuments` must be a mapping"),
        ("faq.json", '{"FaqDocuments": [\n{]}', "faq.json:2: broken JSON at column 2"),
    ],
)
def test_a_bad_row_is_told(name: str, content: str, fault: str) -> None:
    assert taken(name, content).faults[0].startswith(fault)
