"""How sure an answer has to be, in words: what each strictness means, and the share of wrong answers it stands for."""

from dataclasses import dataclass

from knowledge.answering.path import SURE
from knowledge.model import Strictness


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a strictness means."""

    sure: float
    """Confidence from which an answer is given."""
    wrong: float
    """The share of the answers given that are wrong, as `pullquote eval` measures it for each strictness."""


MEANINGS = {
    Strictness.CAREFUL: Meaning(sure=0.85, wrong=0.05),
    Strictness.BALANCED: Meaning(sure=SURE, wrong=0.1),
    Strictness.EAGER: Meaning(sure=0.5, wrong=0.15),
}


def in_words(strictness: Strictness) -> str:
    """Return what a strictness means, as the end of a sentence about the bot."""
    meaning = MEANINGS[strictness]
    return f"answers when it is {meaning.sure:.0%} sure or more; about {meaning.wrong:.0%} of its answers are wrong"
