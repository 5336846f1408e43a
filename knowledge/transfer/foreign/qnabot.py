"""Questions of QnABot on AWS, as its content designer exports them: JSON.

`{"qna": [{"qid": "...", "q": ["...", "..."], "a": "...", "type": "qna", "alt": {"markdown": "...", "ssml": "..."},
"r": {card}, "t": topic, "l": Lambda hook, "next": qid, ...}]}`, or one such item a line. An `a` is plain text; where
it is empty, the markdown is taken.

Sources: docs.aws.amazon.com/solutions/latest/qnabot-on-aws (importing and exporting chatbot answers); the schema of an
item in github.com/aws-solutions/qnabot-on-aws, source/lambda/schema/qna.js.
"""

from collections.abc import Iterator

from knowledge.files import Mapping, Report, Scalar, Value, decode, json_document, json_value
from knowledge.files.fields import Fields
from knowledge.files.values import described, is_blank, shown
from knowledge.transfer.foreign.markdown import plain_text
from knowledge.transfer.foreign.records import Found, remark_left_out

_READ = {"qid", "q", "a", "type", "next"}


def read_qnabot(content: bytes, report: Report) -> Iterator[Found]:
    """Yield the items of an export; what cannot be taken is reported."""
    for item in _items(decode(content, report) or "", report):
        if not isinstance(item, Mapping):
            report.add(
                item.line, f"an item must be a mapping with `qid`, `q` and `a`, but this is {described(item)}"
            )
        elif (kind := Fields(item, report).text("type")) not in {"", "qna"}:
            report.add(
                item.line,
                f"an item of the type {shown(kind)} is no answered question: remove it from the file",
            )
        else:
            yield _found(item, report)


def _items(text: str, report: Report) -> Iterator[Value]:
    first, _, rest = text.strip().partition("\n")
    if rest.lstrip().startswith("{") and first.rstrip().endswith("}"):
        for line, content in enumerate(text.split("\n"), start=1):
            if content.strip() and (item := json_value(content, line, report)):
                yield item
        return
    document = json_document(text, report) if text.strip() else None
    if isinstance(document, Mapping) and "qna" in document.fields:
        yield from Fields(document, report).items("qna")
    elif isinstance(document, Mapping):
        yield document
    elif document is not None:
        report.add(document.line, 'the file must begin with {"qna": [')


def _found(item: Mapping, report: Report) -> Found:
    fields = Fields(item, report)
    answer, left = fields.text("a", any_scalar=True), [name for name in item.fields if name not in _READ]
    unkept: list[str] = []
    alternatives = item.get("alt")
    if isinstance(alternatives, Mapping) and not answer.strip():
        others = Fields(alternatives, report)
        answer, lost = plain_text(others.text("markdown"))
        left = [name for name in left if name != "alt"]
        unkept = [*lost, "alt.ssml"] if others.text("ssml") else [*lost]
    left = [name for name in left if not is_blank(item.fields[name])]
    remark_left_out([*left, *unkept], item.line, report)
    if "{{" in answer:
        report.remark(
            fields.line_of("a"),
            "the answer holds a template ({{...}}), which stays as it is written: edit it",
        )
    following = fields.text("next").strip()
    return Found(
        line=item.line,
        questions=tuple(Scalar(line, text) for line, text in fields.texts("q")),
        answer=Scalar(fields.line_of("a"), answer),
        key=fields.text("qid"),
        is_named=True,
        next_keys=(following,) if following else (),
    )
