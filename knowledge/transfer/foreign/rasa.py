r"""Training data of Rasa with its responses: YAML.

    nlu:
    - intent: faq/opening
      examples: |
        - When are you [open](state)?
        - Is it open on [Sunday]{"entity": "day", "value": "sun"}?
    responses:
      utter_faq/opening:
      - text: From nine to five.

An intent is answered by the response of its name with `utter_` before it, the first of its variations that has a text;
where a file has responses, intents without one are left out.
Examples may also be a list of `text` and `metadata`. Rasa keeps intents and responses in any number of files; here
both have to be in one.

Sources: legacy-docs-oss.rasa.com/docs/rasa/training-data-format, .../chitchat-faqs and .../responses.
"""

import re
from collections.abc import Iterator, Sequence

from knowledge.files import List, Mapping, Report, Scalar, Value, decode, yaml_value
from knowledge.files.fields import Fields
from knowledge.files.values import described, is_blank, shown
from knowledge.transfer.foreign.records import Found, listed, remark_left_out

_ENTITY = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\}|\[\s*\{[^\[\]]*\}\s*\])")
_VARIABLE = re.compile(r"\{\w+\}")
_READ = {"version", "nlu", "responses"}


def read_rasa(content: bytes, report: Report) -> Iterator[Found]:
    """Yield the answered intents of a file; an intent without an answer in text is reported."""
    whole = yaml_value(decode(content, report) or "", report)
    if whole is None:
        return
    if not isinstance(whole, Mapping):
        report.add(
            whole.line, f"the file must begin with `nlu:` or `responses:`, but this is {described(whole)}"
        )
        return
    for name, value in whole.fields.items():
        if name not in _READ:
            remark_left_out([name], value.line, report)
    responses = whole.get("responses")
    answers = responses.fields if isinstance(responses, Mapping) else {}
    asked: set[str] = set()
    for fields in Fields(whole, report).mappings("nlu"):
        name = fields.text("intent")
        if not name:
            others = [f"{kind} {fields.text(kind)}" for kind in fields.mapping.fields if kind != "examples"]
            remark_left_out(others, fields.mapping.line, report)
            continue
        asked.add(f"utter_{name}")
        if found := _found(name, fields, answers):
            yield found
    for name, value in answers.items():
        if name not in asked:
            report.remark(value.line, f"left out, as no intent asks for it: {listed([name])}")


def _found(name: str, fields: Fields, answers: dict[str, Value]) -> Found | None:
    report, line = fields.report, fields.mapping.line
    response = answers.get(f"utter_{name}")
    if response is None and answers:  # such as a greeting, or one that a story answers
        report.remark(line, f"left out, as this file has no response to it: the intent {listed([name])}")
        return None
    if response is None:
        what = f"the intent {shown(name)} has no response {shown(f'utter_{name}')} in this file"
        report.add(line, f"{what}: put it here under `responses:`, or remove the intent")
        return None
    variations = response.items if isinstance(response, List) else (response,)
    worded = [one for one in variations if isinstance(one, Mapping) and isinstance(one.get("text"), Scalar)]
    if not worded:
        what = f"the response {shown(f'utter_{name}')} has no text, which alone can be an answer"
        report.add(response.line, f"{what}: write one, or remove the intent {shown(name)}")
        return None
    chosen = next((one for one in worded if not {"condition", "channel"} & one.fields.keys()), worded[0])
    answer = Fields(chosen, report).text("text", any_scalar=True)
    _remark(variations, chosen, report)
    if variables := _VARIABLE.findall(answer):
        report.remark(chosen.line, f"nothing fills in {listed(variables)} in the answer: edit it")
    if (metadata := fields.mapping.get("metadata")) and not is_blank(metadata):
        remark_left_out(["metadata"], metadata.line, report)
    return Found(
        line, tuple(_examples(fields)), Scalar(chosen.fields["text"].line, answer), name, is_named=True
    )


def _remark(variations: Sequence[Value], chosen: Mapping, report: Report) -> None:
    for one in variations:
        if one is not chosen:
            report.remark(one.line, "left out, as an entry has one answer: this variation")
    left = [
        name for name, value in chosen.fields.items() if name not in {"text", "id"} and not is_blank(value)
    ]
    remark_left_out(left, chosen.line, report)


def _examples(fields: Fields) -> Iterator[Scalar]:
    """Yield the examples of an intent as they are asked, without the marks of their entities."""
    examples = fields.mapping.get("examples")
    if isinstance(examples, Scalar):
        # A block of text begins on the line after the one with its `|`.
        for line, text in enumerate(examples.text.split("\n"), start=examples.line + 1):
            mark, example = text.strip()[:1], text.strip()[1:].strip()
            if mark == "-" and example:
                yield Scalar(line, _ENTITY.sub(r"\1", example))
            elif mark not in {"-", ""}:
                what = "left out, as Rasa does with a line of examples that does not begin with a hyphen"
                fields.report.remark(line, what)
        return
    for item in fields.items("examples"):
        inner = item.get("text") if isinstance(item, Mapping) else item
        if isinstance(item, Mapping) and (left := [n for n in item.fields if n != "text"]):
            remark_left_out(left, item.line, fields.report)
        if isinstance(inner, Scalar):
            yield Scalar(item.line, _ENTITY.sub(r"\1", inner.text.strip().removeprefix("- ")))
        else:
            fields.report.add(item.line, f"an example must have a text, but this is {described(inner)}")
