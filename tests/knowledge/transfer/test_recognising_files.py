"""A file's format is told from its name and, between ours and others', from what it looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ImportFileError
from knowledge.model import Story
from knowledge.transfer import Beside, Format, parse_entries, plan
from knowledge.transfer.recognising import recognised
from tests.knowledge.transfer.foreign.files import taken, workbook


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.jsonl", '{"id": "a", "phrasings": ["A?"], "answer": "A."}', Format.JSON_LINES),
        ("a.json", '{"id": "a", "phrasings": ["A?"], "answer": "A."}', Format.JSON_LINES),
        ("a.jsonl", '{"id": "a", "phrasings": ["\\"q\\": \\"qid\\":"], "answer": "A."}', Format.JSON_LINES),
        ("a.jsonl", "", Format.JSON_LINES),
        ("a.csv", "id,phrasing,answer,story,excerpt\n", Format.CSV),
        ("a.CSV", "id;phrasing;answer;story;excerpt\n", Format.CSV),
        ("a.tsv", "id\tphrasing\tanswer\tstory\texcerpt\n", Format.CSV),
        ("a.csv", "id,phrasing\n", Format.CSV),
        ("a.csv", "a,b,c,d,e\n", Format.CSV),
        ("a.csv", "", Format.CSV),
        ("a.yaml", "entries:\n- id: a\n", Format.YAML),
        ("a.yml", "entries:\n- id: a\n  answer: |\n    nlu: no\n", Format.YAML),
        ("kb.tsv", "Question\tAnswer\tSource\tMetadata\n", Format.QNA_MAKER),
        ("kb.txt", "Question\tAnswer\tQnaId\n", Format.QNA_MAKER),
        ("kb.csv", "Question;Answer;QnaId\n", Format.QNA_MAKER),
        ("kb.tsv", "Question\tAnswer\n", Format.QNA_MAKER),
        ("kb.csv", "\ufeffquestion;answer\r\n", Format.QNA_MAKER),
        ("kb.xlsx", "", Format.QNA_MAKER),
        ("bot.json", '{"qna": [', Format.QNABOT),
        ("bot.json", '\ufeff{\n  "qna" : [', Format.QNABOT),
        ("bot.json", '{"type": "qna", "q": ["A?"], "a": "A.", "qid": "a"}\n', Format.QNABOT),
        ("faq.json", '{"SchemaVersion": 1, "FaqDocuments": []}', Format.KENDRA),
        ("faq.json", '{\n "FaqDocuments": []}', Format.KENDRA),
        ("faq.csv", "_question,_answer\n", Format.KENDRA),
        ("faq.csv", "Question,Answer,Topic\n", Format.KENDRA),
        ("faq.csv", "Is it open?, 13\n", Format.KENDRA),
        ("faq.csv", 'Is it open?, "Yes; no; perhaps", https://a.example\n', Format.KENDRA),
        ("nlu.yml", 'version: "3.1"\nnlu:\n', Format.RASA),
        ("domain.yaml", "responses:\n  utter_a:\n", Format.RASA),
    ],
)
def test_by_name_and_looks(name: str, content: str, form: Format) -> None:
    assert recognised(name, content.encode()) is form


def test_a_workbook_is_one_whatever_it_is_called() -> None:
    assert recognised("kb.csv", workbook(["Question", "Answer"])) is Format.QNA_MAKER


@pytest.mark.parametrize("name", ["a.docx", "a", "jsonl", "a.pdf"])
def test_a_name_that_tells_nothing_is_refused_with_those_that_do(name: str) -> None:
    with pytest.raises(ImportFileError, match=r":1: files of entries end in \.jsonl, .*\.xlsx: rename it"):
        recognised(name, b"")


def test_a_format_that_is_named_is_not_guessed() -> None:
    content = "Is it open?,Yes.,x,y\n"
    assert taken("a.csv", content).faults == [
        "a.csv:1: no column id: the first line names the columns, id,phrasing,answer,story,excerpt"
    ]
    assert taken("a.docx", "Is it open?,Yes.\n", form=Format.KENDRA).entries[0].answer == "Yes."


@pytest.mark.parametrize("form", Format)
@given(content=st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_content_is_an_error_of_ours(form: Format, content: bytes) -> None:
    planned = plan(content, "a", [], Beside(), form)
    assert all(fault.line >= 1 for fault in (*planned.faults, *planned.remarks))


@given(
    st.sampled_from(["a.jsonl", "a.json", "a.csv", "a.tsv", "a.yaml", "a.xlsx"]),
    st.text(st.sampled_from('{}[]",:;\t\nqida nlu_- PK\x03\x04'), max_size=60),
)
def test_any_file_has_a_format(name: str, content: str) -> None:
    assert recognised(name, content.encode()) in set(Format)


def test_our_own_files_are_ours(story: Story) -> None:
    content = b'{"id": "a", "phrasings": ["A?"], "answer": "A."}\n'
    assert [entry.id for entry in parse_entries(content, "entries.json", [story])] == ["a"]
