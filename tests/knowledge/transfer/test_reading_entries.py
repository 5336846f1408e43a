"""Files of entries are taken whole, or not at all with a fault for each bad row."""

import json

import pytest

from knowledge.errors import ImportFileError
from knowledge.model import Entry, EntryKind, Story
from knowledge.stories import cite
from knowledge.transfer import Beside, parse_entries, plan
from knowledge.transfer.reading import MOST_FAULTS

HEADER = "id,phrasing,answer,story,excerpt\n"


def faults(story: Story, name: str, content: str | bytes) -> list[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(ImportFileError) as caught:
        parse_entries(raw, name, [story])
    return [str(fault) for fault in caught.value.faults]


def test_json_lines(story: Story) -> None:
    content = (
        '{"id": "hurt", "phrasings": ["Anybody hurt?", "Hurt?"], "answer": "Nobody.",'
        ' "citations": [{"story": "bridge", "excerpt": "Nobody was hurt.", "place": "bullet 1"}], "kind": "entry"}\r\n'
        "\n"
        '{"id": "cost", "phrasings": ["The price?"], "citations": [], "kind": "gap"}'
    )
    assert parse_entries(content.encode(), "a.jsonl", [story]) == (
        Entry("hurt", ("Anybody hurt?", "Hurt?"), "Nobody.", (cite(story, "Nobody was hurt.", "bullet 1"),)),
        Entry("cost", ("The price?",), kind=EntryKind.GAP),
    )


def test_csv_with_the_five_columns(story: Story) -> None:
    content = HEADER + (
        "closed,Is it open?,Since Monday.,bridge,The old bridge was closed on Monday.\n"
        "closed,When?,,,\n"
        '"noise","What noise?","Like a saw, she said.","",""\n'
    )
    assert parse_entries(content.encode(), "a.csv", [story]) == (
        Entry(
            "closed",
            ("Is it open?", "When?"),
            "Since Monday.",
            (cite(story, "The old bridge was closed on Monday."),),
        ),
        Entry("noise", ("What noise?",), "Like a saw, she said."),
    )


def test_csv_that_repeats_the_answer_and_excerpt_in_every_row(story: Story) -> None:
    row = "Since Monday.,bridge,The old bridge was closed on Monday.\n"
    (entry,) = parse_entries(f"{HEADER}closed,Open?,{row}closed,When?,{row}".encode(), "a.csv", [story])
    assert (entry.phrasings, len(entry.citations)) == (("Open?", "When?"), 1)


def test_csv_with_gaps_places_and_more_citations_than_phrasings(story: Story) -> None:
    content = (
        "id,kind,phrasing,answer,story,excerpt,place,follow_ups\n"
        "hurt,,Hurt?,Nobody.,bridge,Nobody was hurt.,paragraph 1,cost closed\n"
        "hurt,,,,bridge,Nobody was hurt.,bullet 1,\n"
        "cost,gap,Price?,,,,,\n"
    )
    closed = Entry("closed", ("Is the bridge closed?",), "Yes.")
    hurt, cost = parse_entries(content.encode(), "a.csv", [story], Beside(packs=(closed,)))
    assert [citation.start for citation in hurt.citations] == [
        story.text.rindex("Nobody"),
        story.text.index("Nobody"),
    ]
    assert hurt.follow_ups == ("cost", "closed")
    assert cost.kind is EntryKind.GAP


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_as_spreadsheets_of_other_countries_save_it(story: Story, delimiter: str) -> None:
    content = (HEADER + "hurt,Hurt?,Nobody.,,\n").replace(",", delimiter)
    assert parse_entries(content.encode("utf-8-sig"), "A.CSV", [story]) == (
        Entry("hurt", ("Hurt?",), "Nobody."),
    )


@pytest.mark.parametrize(
    "content",
    [
        "id;phrasing;answer;story;excerpt;;\r\nhurt;Hurt?;Nobody.;;;;\r\n;;;;;;\r\n",
        "\r\n;;;;\r\nid;phrasing;answer;story;excerpt\r\nhurt;Hurt?;Nobody.\r\n",
    ],
)
def test_rows_and_columns_that_a_spreadsheet_left_empty_do_not_count(content: str) -> None:
    assert parse_entries(content.encode(), "a.csv", []) == (Entry("hurt", ("Hurt?",), "Nobody."),)


def test_a_bad_header_is_told_on_its_line(story: Story) -> None:
    (fault,) = faults(story, "a.csv", "\n,,\nid,phrasing\n")
    assert fault.startswith("a.csv:3: no column answer")


def test_yaml_as_in_a_pack(story: Story) -> None:
    content = "entries:\n  - id: hurt\n    phrasings: [Hurt?]\n    answer: Nobody.\n"
    assert parse_entries(content.encode(), "a.yml", [story]) == (Entry("hurt", ("Hurt?",), "Nobody."),)


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", "\n"), ("a.csv", HEADER), ("a.yaml", ""), ("a.csv", "")]
)
def test_a_file_without_entries_has_none(story: Story, name: str, content: str) -> None:
    assert parse_entries(content.encode(), name, [story]) == ()


def test_a_file_with_a_byte_order_mark(story: Story) -> None:
    content = b"\xef\xbb\xbf" + f"{HEADER}hurt,Hurt?,Nobody.,,\n".encode()
    assert parse_entries(content, "entries.csv", [story]) == (Entry("hurt", ("Hurt?",), "Nobody."),)


def test_a_file_of_no_known_format(story: Story) -> None:
    with pytest.raises(ImportFileError, match=r"entries\.docx:1: files of entries end in \.jsonl"):
        parse_entries(b"", "entries.docx", [story])


def test_every_bad_row_is_told_and_nothing_is_taken(story: Story) -> None:
    content = (
        '{"id": "a", "phrasings": ["A?"], "answer": "A."}\n'
        '{"id": "b", "phrasings": [], "answer": "B."}\n'
        "{broken\n"
        '{"id": "a", "phrasings": ["a!"], "answer": "C.", "citations": [{"story": "x", "excerpt": "y"}]}\n'
        '{"id": "a", "phrasings": ["D?"], "answer": "D."}\n'
        '["a"]\n'
    )
    assert faults(story, "a.jsonl", content) == [
        'a.jsonl:2: the entry "b" has no phrasings: write at least one question that it answers',
        (
            "a.jsonl:3: broken JSON at column 2 (Expecting property name enclosed in double quotes):"
            " one complete object a line, please"
        ),
        'a.jsonl:4: there is no story "x": known: bridge',
        'a.jsonl:5: the id "a" is used twice (first on line 1): rename one',
        "a.jsonl:6: an entry must be a mapping with `id` and `phrasings`, but this is a list",
    ]


def test_the_same_phrasing_in_two_entries(story: Story) -> None:
    content = f"{HEADER}a,Who\u2019s hurt?,A.,,\nb,WHOS HURT,B.,,\n"
    assert faults(story, "a.csv", content) == [
        'a.csv:3: the phrasing "WHOS HURT" is also one of "a" (line 2): keep it where it is answered best'
    ]


def test_a_phrasing_that_stands_twice_in_its_entry_is_taken_once_and_told(story: Story) -> None:
    content = f"{HEADER}a,Who\u2019s hurt?,A.,,\na,Hurt?,,,\na,WHOS HURT,,,\na,hurt,,,\n".encode()
    planned = plan(content, "a.csv", [story], Beside())
    [row] = planned.rows
    assert row.entry.phrasings == ("Who\u2019s hurt?", "Hurt?")
    assert list(map(str, planned.remarks)) == [
        'a.csv:4: the phrasing "WHOS HURT" stands in this entry already (line 2): taken once',
        'a.csv:5: the phrasing "hurt" stands in this entry already (line 3): taken once',
    ]


def test_a_story_that_is_not_known_where_none_is() -> None:
    content = (
        b'{"id": "a", "phrasings": ["A?"], "answer": "A.", "citations": [{"story": "x", "excerpt": "y"}]}'
    )
    with pytest.raises(ImportFileError, match=r'there is no story "x": none is known'):
        parse_entries(content, "a.jsonl", [])


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (",Hurt?,Nobody.,,\n", "a.csv:2: a row without an id: write the id of its entry in every row"),
        (
            "a,A?,A.,,\nb,B?,B.,,\na,C?,,,\n",
            'a.csv:4: the rows of "a" do not stand together: move these up to the others',
        ),
        ("a,A?,A.,,\na,B?,B.,,\n", 'a.csv:3: a second `answer` for "a": keep one, or leave this empty'),
        ("a,A?,A, or B.,,\n", "a.csv:2: 6 cells for 5 columns: put text with commas in quotation marks"),
        (
            'a,A?,"A.,,\n',
            "a.csv:2: broken CSV (unexpected end of data): check the quotation marks of this row",
        ),
        ('a,A?,"A" b,,\n', "a.csv:2: broken CSV"),
        ("a,A?,A.,bridge,\n", "a.csv:2: no `excerpt`: copy the words of the story that support the answer"),
        ("a,A?,A.,,Nobody was hurt.\n", "a.csv:2: no `story`: name the story that the excerpt is from"),
        ('a,"A\n\n?",A.,,\nb,,B.,,\n', 'a.csv:5: the entry "b" has no phrasings'),
        ("a b,A?,A.,,\n", 'a.csv:2: the id "a b" has white space in it'),
    ],
)
def test_a_bad_row_of_csv(story: Story, rows: str, fault: str) -> None:
    assert faults(story, "a.csv", HEADER + rows)[0].startswith(fault)


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        (
            "id,phrasing\n",
            "a.csv:1: no column answer: the first line names the columns, id,phrasing,answer,story,excerpt",
        ),
        ("hurt,Hurt?,Nobody.,,\n", "a.csv:1: no column id"),
        ("id,id,phrasing,answer,story,excerpt\n", "a.csv:1: a column stands twice"),
        (
            "id,phrasing,answer,story,excerpt,plaace\n",
            'a.csv:1: unknown field "plaace": did you mean "place"?',
        ),
    ],
)
def test_a_bad_header_of_csv(story: Story, header: str, fault: str) -> None:
    (found,) = faults(story, "a.csv", header + "a,b,c,d,e,f\n")
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.csv", HEADER.encode() + b"a,caf\xe9?,A.,,\n", "a.csv:2: not UTF-8 (byte 0xe9)"),
        ("a.jsonl", b'{"id": "a"}\n\0', "a.jsonl:2: a NUL character"),
        (
            "a.jsonl",
            b'{"id": "a", "phrasings": ["\\u0000?"], "answer": "A."}',
            "a.jsonl:1: each of `phrasings` holds a character that is no text (U+0000): remove it",
        ),
        (
            "a.jsonl",
            b'{"id": "a", "phrasings": ["A?"], "answer": "\\ud83d"}',
            "a.jsonl:1: `answer` holds a character that is no text (U+D83D): remove it",
        ),
        (
            "a.jsonl",
            b'{"id": "\\ud83d", "phrasings": ["A?"], "answer": "A"}',
            "a.jsonl:1: `id` holds a character",
        ),
        ("a.yaml", b"entries:\n  - id: [\n", "a.yaml:3: broken YAML"),
        (
            "a.jsonl",
            b'{"id": 5, "phrasings": ["A?"], "answer": "A"}',
            "a.jsonl:1: `id` must be text, but this is a number",
        ),
    ],
)
def test_what_is_no_text_is_told_with_its_line(story: Story, name: str, content: bytes, fault: str) -> None:
    assert faults(story, name, content)[0].startswith(fault)


HURT = Entry("hurt", ("Anybody hurt?",), "Nobody.")


def line(**fields: object) -> str:
    return json.dumps({"id": "a", "phrasings": ["Is it open?"], "answer": "No.", **fields})


def taken(story: Story, content: str, beside: Beside) -> tuple[Entry, ...] | list[str]:
    try:
        return parse_entries(content.encode(), "a.jsonl", [story], beside)
    except ImportFileError as error:
        return [str(fault) for fault in error.faults]


def test_a_phrasing_of_another_entry_of_the_server_is_refused(story: Story) -> None:
    content = line(phrasings=["Is it open?", "anybody HURT"])
    [fault] = taken(story, content, Beside(own=(HURT,)))
    assert fault == (
        'a.jsonl:1: the phrasing "anybody HURT" is also one of "hurt", which the server has already:'
        " keep it where it is answered best"
    )


def test_a_phrasing_may_move_from_one_entry_to_another_of_the_same_file(story: Story) -> None:
    content = line(phrasings=["Anybody hurt?"]) + "\n" + line(id="hurt", phrasings=["Who was hurt?"])
    assert len(taken(story, content, Beside(own=(HURT,)))) == 2


def test_a_phrasing_of_a_pack_s_entry_is_taken_because_the_server_s_wins(story: Story) -> None:
    assert len(taken(story, line(phrasings=["Anybody hurt?"]), Beside(packs=(HURT,)))) == 1


def test_a_follow_up_may_be_in_the_file_on_the_server_or_in_a_pack(story: Story) -> None:
    content = line(follow_ups=["b", "hurt"]) + "\n" + line(id="b", phrasings=["Since when?"])
    for beside in (Beside(own=(HURT,)), Beside(packs=(HURT,))):
        assert len(taken(story, content, beside)) == 2
    assert taken(story, content, Beside()) == [
        'a.jsonl:1: the follow-up "hurt" is no entry\'s id: correct or remove it'
    ]


@pytest.mark.parametrize("phrasing", ["!!!", "\U0001f937", "<@1100000000000000001>"])
def test_a_phrasing_that_no_question_can_be_like_is_refused(story: Story, phrasing: str) -> None:
    assert taken(story, line(phrasings=[phrasing]), Beside()) == [
        f'a.jsonl:1: the phrasing "{phrasing}" has no word in it: write a question'
    ]


@pytest.mark.parametrize(("name", "line"), [("a.jsonl", "[]\n"), ("a.csv", "a\nb\n")])
def test_of_endless_faults_only_so_many_are_told_and_nothing_is_taken(name: str, line: str) -> None:
    good = '{"id": "a", "phrasings": ["b"], "answer": "c"}\n' if name == "a.jsonl" else HEADER
    planned = plan((good + (MOST_FAULTS + 10) * line).encode(), name, [], Beside())
    assert len(planned.faults) == MOST_FAULTS
    assert planned.faults[-1].what == "over 10,000 faults in all: what comes then was not looked at"
    assert planned.rows == ()
