"""What QnABot on AWS exports."""

import json
from typing import Any

import pytest

from knowledge.model import Entry
from tests.knowledge.transfer.foreign.files import Result, taken

OPEN: dict[str, Any] = {"qid": "Bridge.001", "q": ["Is it open?", "Open today?"], "a": "Yes.", "type": "qna"}
DAY: dict[str, Any] = {"qid": "Bridge.002", "q": ["Which day?"], "a": "Monday."}


def exported(*items: dict[str, Any]) -> Result:
    """Take the items as the content designer writes them, each on a line of its own from the second on."""
    return taken("bot.json", '{"qna": [\n' + ",\n".join(map(json.dumps, items)) + "\n]}")


def test_an_item_is_an_entry_under_its_own_id() -> None:
    result = exported(OPEN, DAY)
    assert result.entries == (
        Entry("Bridge.001", ("Is it open?", "Open today?"), "Yes."),
        Entry("Bridge.002", ("Which day?",), "Monday."),
    )
    assert result.lines == (2, 3)
    assert result.faults == result.remarks == []


def test_an_item_a_line_without_a_list_around_them() -> None:
    content = "".join(json.dumps(item) + "\n" for item in (OPEN, DAY))
    assert [entry.id for entry in taken("bot.json", content).entries] == ["Bridge.001", "Bridge.002"]
    assert [entry.id for entry in taken("bot.jsonl", content).entries] == ["Bridge.001", "Bridge.002"]


def test_a_file_of_a_single_item() -> None:
    assert [entry.id for entry in taken("bot.json", json.dumps(DAY)).entries] == ["Bridge.002"]


def test_an_indented_file_tells_the_line_of_each_item() -> None:
    content = json.dumps({"qna": [OPEN, DAY | {"q": []}]}, indent=2)
    line = content[: content.index("Bridge.002")].count("\n")
    assert taken("bot.json", content).faults == [
        f"bot.json:{line}: no question: write one, or remove it from the file"
    ]


def test_an_id_that_can_be_none_gives_way_to_one_made_of_the_question() -> None:
    assert [entry.id for entry in exported(OPEN | {"qid": "bridge 1"}, DAY | {"qid": "x" * 65}).entries] == [
        "is-it-open",
        "which-day",
    ]


def test_markdown_is_taken_where_there_is_no_plain_answer() -> None:
    result = exported(
        OPEN | {"a": "", "alt": {"markdown": "**Yes**\n\n* really", "ssml": "<speak>Yes</speak>"}}
    )
    assert result.entries[0].answer == "Yes\n\n• really"
    assert result.remarks == ["bot.json:2: left out, as an entry has no place for it: alt.ssml"]


def test_a_plain_answer_stands_before_markdown_which_is_told() -> None:
    result = exported(OPEN | {"alt": {"markdown": "**Yes!**", "ssml": ""}})
    assert result.entries[0].answer == "Yes."
    assert result.remarks == ["bot.json:2: left out, as an entry has no place for it: alt"]


def test_what_comes_next_is_a_follow_up() -> None:
    result = exported(OPEN | {"next": "Bridge.002"}, DAY | {"next": "Bridge.009"})
    assert [entry.follow_ups for entry in result.entries] == [("Bridge.002",), ()]
    assert result.remarks == ["bot.json:3: left out, as it is not in this file: what follows (Bridge.009)"]


def test_cards_conditions_and_hooks_are_told_and_empty_ones_are_not() -> None:
    result = exported(
        OPEN
        | {
            "r": {"title": "Plan", "imageUrl": "https://town.example/plan.png"},
            "t": "bridge",
            "l": "QNA-Hook",
            "conditionalChaining": "'next'",
        },
        DAY
        | {
            "r": {"title": "", "imageUrl": "", "buttons": []},
            "t": "",
            "enableQidIntent": False,
            "args": [""],
        },
    )
    assert result.remarks == [
        "bot.json:2: left out, as an entry has no place for it: r, t, l, conditionalChaining",
    ]


def test_a_template_in_an_answer_is_told() -> None:
    (remark,) = exported(OPEN | {"a": "{{#iflang 'es'}} Hola {{/iflang}}"}).remarks
    assert remark == (
        "bot.json:2: the answer holds a template ({{...}}), which stays as it is written: edit it"
    )


@pytest.mark.parametrize("kind", ["quiz", "slottype", "text"])
def test_an_item_that_is_no_answered_question_is_refused_with_its_line(kind: str) -> None:
    result = exported(OPEN, {"qid": "other", "type": kind})
    assert result.faults == [
        f'bot.json:3: an item of the type "{kind}" is no answered question: remove it from the file'
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('{"qna": 5}', "bot.json:1: `qna` must be a list, but this is a number"),
        (
            '{"qna": [\n5]}',
            "bot.json:2: an item must be a mapping with `qid`, `q` and `a`, but this is a number",
        ),
        ('{"qna": [\n{"qid": "a", "q": "Open?", "a": "Yes."}]}', "bot.json:2: `q` must be a list"),
        ('{"qna": [\n{"qid": "a", "q": ["Open?"]}]}', "bot.json:2: no answer: write one"),
        ('{"qna": [\n{"qid": "a"\n"q": []}]}', "bot.json:3: broken JSON at column 1"),
        ('{"qna": [\n{"qid": "a", "q": ["Open?", 5], "a": "Yes."}]}', "bot.json:2: each of `q` must be text"),
    ],
)
def test_what_is_not_as_it_must_be_is_refused_with_its_line(content: str, fault: str) -> None:
    assert taken("bot.json", content).faults[0].startswith(fault)


def test_names_from_a_file_are_told_on_one_line_and_not_without_end() -> None:
    hooks = {f"hook\n{number}" * 30: "x" for number in range(12)}
    (remark,) = exported(OPEN | hooks).remarks
    assert remark.isprintable()
    assert remark.endswith(" and 2 more")
    assert len(remark) < 1000


def test_items_of_one_id_are_refused_even_where_the_whole_file_is_one_line() -> None:
    content = (
        '{"qna": [{"qid": "a", "q": ["Who?"], "a": "Ada."}, {"qid": "a", "q": ["When?"], "a": "In May."}]}'
    )
    assert taken("bot.json", content).faults == [
        'bot.json:1: the id "a" is used twice (first on line 1): rename one'
    ]
