"""What is said to a question, whichever way it came."""

from bot.bases import Known
from bot.components import Card
from bot.render.answers import Controls, answer_card
from bot.render.help import help_card
from bot.wording import asks_nothing
from knowledge.model import MAX_QUESTION, Answer, Outcome, Question
from knowledge.text.folding import words

_EXAMPLES = 3
"""Questions to begin with, where nothing was asked."""


def reply_card(
    known: Known, text: str, controls: Controls, *, after: tuple[str, ...] = (), with_question: bool = False
) -> Card:
    """Return the answer to a question; how to ask, where a text greets or asks for help and nothing answers that.

    `after` are the questions before it; `with_question` shows the question, too.
    """
    answer = _answer(known, text, after)
    if answer is None:
        return help_card(known.base.suggest("", _EXAMPLES), controls, known.texts)
    known.note(answer)
    return answer_card(answer, controls, with_question=with_question, notice=known.notice, texts=known.texts)


def sure_card(known: Known, text: str, controls: Controls) -> Card | None:
    """Return the answer to what nobody asked the bot; None where it is not sure of one. No such text is a miss."""
    answer = _answer(known, text, ())
    if answer is None or answer.outcome is not Outcome.ANSWER or asks_nothing(text):
        return None
    return answer_card(answer, controls, notice=known.notice, texts=known.texts)


def _answer(known: Known, text: str, after: tuple[str, ...]) -> Answer | None:
    if not words(text):
        return None
    answer = known.base.answer(Question(text[:MAX_QUESTION], after), with_candidates=False)
    # Moderators may have taught the bot what to say to a greeting.
    return None if asks_nothing(text) and answer.outcome is not Outcome.ANSWER else answer
