"""Read a follow-up with the question before it: "and how many games?", "what does he do?"."""

from knowledge.model import Question
from knowledge.text.asking import content, kinds
from knowledge.text.folding import Reading, words

_OPENERS = frozenset(
    """
    and but so then also et og y und ok okay
    """.split()
)
_PRONOUNS = frozenset(
    """
    he she it they him her his hers its their them this that these those there il elle ils lui leur
    han hun hans hennes ham de den det ella ellos su sus er sie es ihr sein
    """.split()
)
_FEW = 2
"""A question with this many telling words, or fewer, may lean on the one before."""


def joined(question: Question, read: Reading = words) -> tuple[str, ...] | None:
    """Return the folded words of a follow-up together with those of the question before; None if it stands alone.

    `read` folds a text to its words.
    """
    alone = read(question.text)
    if not question.after or not _leans(alone):
        return None
    before = content(read(question.after[-1]))
    return tuple(word for word in before if word not in alone) + alone


def _leans(asked: tuple[str, ...]) -> bool:
    """Tell whether a question has a word that points back, or asks for something and names almost nothing."""
    if not asked:
        return False
    points_back = asked[0] in _OPENERS or not _PRONOUNS.isdisjoint(asked)
    return points_back or (bool(kinds(asked)) and len(content(asked)) <= _FEW)
