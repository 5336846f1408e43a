"""Training data of Rasa, with its responses."""

import pytest

from knowledge.model import Entry
from tests.knowledge.transfer.foreign.files import taken

OPENING = """\
version: "3.1"
nlu:
- intent: faq/opening
  examples: |
    - When are you [open](state)?
    - Is it open on [Sunday]{"entity": "day", "value": "sun"}?
responses:
  utter_faq/opening:
  - text: From nine to five.
"""


def test_an_intent_with_its_response_is_an_entry_under_the_intent_s_name() -> None:
    result = taken("nlu.yml", OPENING)
    assert result.entries == (
        Entry("faq/opening", ("When are you open?", "Is it open on Sunday?"), "From nine to five."),
    )
    assert result.lines == (3,)
    assert result.faults == result.remarks == []


@pytest.mark.parametrize(
    ("example", "asked"),
    [
        ("how much is on my [savings](account) account", "how much is on my savings account"),
        ('what is on my [card]{"entity":"account","value":"credit"}', "what is on my card"),
        (
            'from [Lyon]{"entity": "city", "role": "from"} to [Paris]{"entity": "city", "role": "to"}',
            "from Lyon to Paris",
        ),
        ("[Sunday](day)", "Sunday"),
        (
            'to [York][{"entity": "city", "role": "to"}, {"entity": "name"}] or [Hull](city:kingston)',
            "to York or Hull",
        ),
        ("is [it][now] open?", "is [it][now] open?"),
        ("is it open [now]?", "is it open [now]?"),
        ("- twice a list?", "- twice a list?"),
    ],
)
def test_the_marks_of_entities_are_taken_away(example: str, asked: str) -> None:
    content = OPENING.replace("When are you [open](state)?", example)
    assert taken("nlu.yml", content).entries[0].phrasings[0] == asked


def test_a_line_of_examples_that_rasa_passes_over_is_no_question() -> None:
    result = taken("nlu.yml", OPENING.replace("    - Is it", "    # - Why?\n\n    -\n    - Is it"))
    assert result.entries[0].phrasings == ("When are you open?", "Is it open on Sunday?")
    assert result.remarks == [
        "nlu.yml:6: left out, as Rasa does with a line of examples that does not begin with a hyphen"
    ]


def test_examples_may_be_a_list_with_more_about_each() -> None:
    content = OPENING.replace(
        "examples: |",
        "examples:\n  - text: |\n      When is it [open](state)?\n    metadata:\n      mood: good",
    )
    content = "\n".join(line for line in content.split("\n") if not line.startswith("    - "))
    result = taken("nlu.yml", content)
    assert result.entries[0].phrasings == ("When is it open?",)
    assert result.remarks == ["nlu.yml:5: left out, as an entry has no place for it: metadata"]


def test_an_intent_without_a_response_is_left_out_beside_those_with_one() -> None:
    content = OPENING.replace("responses:", "- intent: greet\n  examples: |\n    - hello\nresponses:")
    result = taken("nlu.yml", content)
    assert [entry.id for entry in result.entries] == ["faq/opening"]
    assert result.remarks == ["nlu.yml:7: left out, as this file has no response to it: the intent greet"]


def test_intents_of_a_file_without_responses_are_refused_with_their_lines() -> None:
    assert taken("nlu.yml", OPENING.partition("responses:")[0]).faults == [
        (
            'nlu.yml:3: the intent "faq/opening" has no response "utter_faq/opening" in this file: put it here under'
            " `responses:`, or remove the intent"
        )
    ]


def test_a_response_without_a_text_is_refused_with_its_line() -> None:
    content = OPENING.replace("- text: From nine to five.", '- image: "https://town.example/a.png"')
    assert taken("nlu.yml", content).faults == [
        (
            'nlu.yml:9: the response "utter_faq/opening" has no text, which alone can be an answer: write one,'
            ' or remove the intent "faq/opening"'
        )
    ]


def test_the_first_text_that_holds_everywhere_is_the_answer_and_the_others_are_told() -> None:
    content = OPENING.replace(
        "  - text: From nine to five.\n",
        "  - text: On the phone, from ten.\n    channel: voice\n"
        "  - text: From nine to five.\n    image: https://town.example/a.png\n    buttons: []\n"
        "  - text: Nine till five.\n",
    )
    result = taken("nlu.yml", content)
    assert result.entries[0].answer == "From nine to five."
    assert result.remarks == [
        "nlu.yml:9: left out, as an entry has one answer: this variation",
        "nlu.yml:14: left out, as an entry has one answer: this variation",
        "nlu.yml:11: left out, as an entry has no place for it: image",
    ]


def test_a_variable_in_an_answer_is_told() -> None:
    content = OPENING.replace("text: From nine to five.", 'text: "From {start} to {end}."')
    assert taken("nlu.yml", content).remarks == [
        "nlu.yml:9: nothing fills in {start}, {end} in the answer: edit it"
    ]


def test_what_is_no_intent_and_what_nobody_asks_for_is_told() -> None:
    content = (
        OPENING.replace("responses:", "- synonym: credit\n  examples: |\n    - card\nresponses:")
        + "  utter_bye:\n  - text: Bye.\nstories:\n- story: one\n"
    )
    result = taken("nlu.yml", content)
    assert len(result.entries) == 1
    assert result.remarks == [
        "nlu.yml:16: left out, as an entry has no place for it: stories",
        "nlu.yml:7: left out, as an entry has no place for it: synonym credit",
        "nlu.yml:14: left out, as no intent asks for it: utter_bye",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("nlu: 5\n", "nlu.yml:1: `nlu` must be a list"),
        ("nlu:\n- hello\n", "nlu.yml:2: each of `nlu` must be a mapping"),
        (
            "nlu:\n- intent: a\n  examples: [[x]]\nresponses:\n  utter_a: [text: A]\n",
            "nlu.yml:3: an example must have",
        ),
        ("nlu:\n- intent: a\nresponses:\n  utter_a: [text: A]\n", "nlu.yml:2: no question: write one"),
        (
            "nlu:\n- intent: a\n  examples: |\n    - A?\nresponses:\n  utter_a: A\n",
            'nlu.yml:6: the response "utter_a" has',
        ),
        ("nlu: [\n", "nlu.yml:2: broken YAML"),
        ("nlu: &x []\nresponses: *x\n", "nlu.yml:2: an alias (*x)"),
    ],
)
def test_what_is_not_as_it_must_be_is_refused_with_its_line(content: str, fault: str) -> None:
    assert any(told.startswith(fault) for told in taken("nlu.yml", content).faults)
