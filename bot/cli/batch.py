"""Many questions at once: a line in, a reply out, in order."""

import json
from collections.abc import Iterable, Iterator

from bot.cli.replies import Reply, refusal, reply
from knowledge.answering import Base
from knowledge.model import Question


class LineError(ValueError):
    """A line that is no question; its text says why, for the reply that stands in that line's place."""


def replies(base: Base, lines: Iterable[bytes]) -> Iterator[Reply]:
    """Yield exactly one reply for each line, so that the n-th reply always belongs to the n-th line.

    A blank line is an empty question. A line that cannot be read is replied to with an `error`.
    """
    for number, line in enumerate(lines, start=1):
        try:
            yield reply(base.answer(_with_known_story(read_line(line), base)))
        except LineError as error:
            yield refusal(line.decode("utf-8", "replace").strip(), f"line {number}: {error}")


def read_line(line: bytes) -> Question:
    """Read a plain question, or a JSON object with `question` and perhaps `after` and `story`.

    Other fields are passed over, so that files of questions with known answers can be asked as they are.
    Raises `LineError` where the line starts like an object and is not one of these, or is not UTF-8.
    """
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8 (byte {error.start + 1})") from None
    if not text.startswith("{"):
        return Question(text)
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LineError(f"not JSON ({error}); a plain question must not start with a brace") from None
    return _from_object(said)


def _from_object(said: dict[str, object]) -> Question:
    question, after, story = said.get("question"), said.get("after") or [], said.get("story")
    if not isinstance(question, str):
        raise LineError('the object needs a "question" that is a string')
    if not (isinstance(after, list) and all(isinstance(earlier, str) for earlier in after)):
        raise LineError('"after" must be a list of earlier questions, oldest first')
    if not (story is None or isinstance(story, str)):
        raise LineError('"story" must be the slug of a story')
    return Question(question, tuple(after), story)


def _with_known_story(question: Question, base: Base) -> Question:
    if question.story is not None and base.story(question.story) is None:
        known = ", ".join(story.slug for story in base.stories) or "none"
        raise LineError(f"there is no story {question.story!r}; known: {known}")
    return question
