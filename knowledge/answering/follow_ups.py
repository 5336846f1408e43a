"""Read a follow-up with the question before it: "and how many games?", "what does he do?"."""

from knowledge.model import Question
from knowledge.text.asking import content
from knowledge.text.folding import words

_OPENERS = frozenset({"and", "but", "so", "then", "also", "et", "og", "y", "und", "what about", "how about"})
_PRONOUNS = frozenset(
    "he she it they him her his hers its their them this that these those there il elle ils lui leur han hun hans "
    "hennes ham de den det ella ellos su sus er sie es ihr sein".split()
)
_FEW = 3
"""A question with this many telling words, or fewer, may lean on the one before."""


def standalone(question: Question) -> list[tuple[str, ...]]:
    """Return the folded words to look up: the question alone, and where it leans on the one before, both together."""
    alone = words(question.text)
    if not question.after or not _leans(alone):
        return [alone]
    before = content(words(question.after[-1]))
    missing = tuple(word for word in before if word not in alone)
    return [alone, missing + alone]


def _leans(asked: tuple[str, ...]) -> bool:
    """Tell whether a question has a word that points back, or is too short to stand alone."""
    if not asked:
        return False
    points_back = asked[0] in _OPENERS or not _PRONOUNS.isdisjoint(asked)
    return points_back or len(content(asked)) <= _FEW
