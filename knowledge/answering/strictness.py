"""How sure an answer has to be, in words: what each strictness means, and the share of wrong answers it stands for."""

from dataclasses import dataclass

from knowledge.answering.weighing import SURE
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
    """Return what a strictness means, as the bot says it; at most 100 characters, as Discord's menus have it."""
    meaning = MEANINGS[strictness]
    return f"I answer when at least {meaning.sure:.0%} sure; about {100 * meaning.wrong:.0f} in 100 answers are wrong"
