"""Questions whose right answers are known, as lines of JSON."""

import json
from dataclasses import dataclass

from knowledge.errors import SafeError
from knowledge.model import Question


@dataclass(frozen=True, slots=True)
class Expected:
    """A question and what a right reply to it says and cites."""

    id: str
    question: Question
    style: str
    answerable: bool
    says: tuple[tuple[str, ...], ...] = ()
    """For each part of the question, the texts of which one must be said."""
    cites: tuple[str, ...] = ()
    """Verbatim spans; a cited excerpt must hold one of them or be part of one."""


def read_questions(text: str, file: str) -> tuple[Expected, ...]:
    """Read questions with known answers from JSON Lines; blank lines are passed over.

    A line has `id`, `question`, `style` and `answerable`; an answerable one also `answer_any` (or, for
    several parts, `answer_all`) and `cite_any`; `after` and `story` as in a batch. Raises a `SafeError` that
    names the first bad line.
    """
    return tuple(
        _read_line(line, f"{file}:{number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )


def _read_line(line: str, where: str) -> Expected:
    try:
        said = json.loads(line)
        answerable = bool(said["answerable"])
        groups = said.get("answer_all") or [said["answer_any"]] if answerable else []
        return Expected(
            id=str(said.get("id", where)),
            question=Question(str(said["question"]), _texts(said.get("after") or []), said.get("story")),
            style=str(said.get("style", "")),
            answerable=answerable,
            says=tuple(map(_texts, groups)),
            cites=_texts(said["cite_any"]) if answerable else (),
        )
    except ValueError as error:
        raise SafeError(f"{where}: not JSON ({error}).") from None
    except KeyError as error:
        raise SafeError(f"{where}: the field {error} is missing.") from None
    except (TypeError, AttributeError):
        raise SafeError(
            f"{where}: a field is not of the kind it should be (text, or a list of texts)."
        ) from None


def _texts(items: object) -> tuple[str, ...]:
    if not isinstance(items, list):  # a single text would be taken for as many as it has letters
        raise TypeError(items)
    return tuple(map(str, items))
