"""The bundled pack with settled outcomes: how well questions are matched is tested elsewhere."""

from collections.abc import Sequence

import pytest

from knowledge.answering import Base
from knowledge.library import Library
from knowledge.model import Answer, AnswerSource, Ended, Entry, Outcome, Question, SourceKind, Suggestion

VAGUE = "tell me about the winner"
NOWHERE = "what did the mascot eat"
BROKEN = "make something go wrong"


class SettledBase(Base):
    """Answers everything with the first entry, except for three questions."""

    def __init__(self, real: Base) -> None:
        super().__init__(real.compiled)
        self.asked: list[Question] = []
        self.known: Sequence[Entry] = [
            entry for entry in self.compiled.entries.values() if entry.answer and entry.citations
        ][:3]

    def answer(self, question: Question, *, with_candidates: bool = True) -> Answer:  # noqa: ARG002  as in Base
        self.asked.append(question)
        offered = tuple(
            Suggestion(AnswerSource(SourceKind.ENTRY, entry.id), entry.phrasings[0], "")
            for entry in self.known
        )
        lines = tuple(self.cited(entry.citations[0]) for entry in self.known)
        match question.text:
            case "tell me about the winner":
                return Answer(question.text, Outcome.CHOICES, 0.4, suggestions=offered)
            case "what did the mascot eat":
                return Answer(question.text, Outcome.CLOSEST, 0.1, citations=lines)
            case "make something go wrong":
                raise RuntimeError("the words of a member")
        source = AnswerSource(SourceKind.ENTRY, self.known[0].id)
        return Answer(
            question.text,
            Outcome.ANSWER,
            0.95,
            self.known[0].answer,
            lines[:1],
            source,
            follow_ups=offered[1:],
        )


class SettledLibrary:
    """A library whose every server has the settled base; notes for which server it was asked."""

    store = None

    def __init__(self, base: SettledBase) -> None:
        self.settled = base
        self.servers: list[int | None] = []
        self.missed: list[tuple[int, str, Ended]] = []

    def is_loaded(self, _server: int | None) -> bool:
        return True

    def note_miss(self, server: int, question: str, ended: Ended, _source: object = None) -> None:
        self.missed.append((server, question, ended))

    async def base(self, server: int | None) -> SettledBase:
        self.servers.append(server)
        return self.settled


@pytest.fixture
async def settled(packs_alone: Library) -> SettledBase:
    return SettledBase(await packs_alone.base(None))


@pytest.fixture
def library(settled: SettledBase) -> SettledLibrary:
    return SettledLibrary(settled)
