"""Read a follow-up with the questions before it: "and how many games?", "what does he do?"."""

from collections.abc import Callable

from knowledge.model import Question
from knowledge.text.asking import ASKING, COMMON, content, kinds
from knowledge.text.folding import Reading, words

Words = tuple[str, ...]

_OPENERS = frozenset(
    """
    and but so then also et og y und ok okay
    """.split()
)
_PERSONS = frozenset(
    """
    he she they him her his hers their them il elle ils lui leur
    han hun hans hennes ham ella ellos su sus er sie ihr sein ihm ihn
    """.split()
)
_PRONOUNS = _PERSONS | frozenset(
    """
    it its this that these those there de den det es
    """.split()
)
_BARE = frozenset(
    """
    happen happens happened happening occur occurs occurred start starts started starting begin begins began begun
    skje skjer skjedde begynne begynte start startet arrive passe commence debut pasa paso ocurrio empezo comenzo
    passiert passierte geschah begann angefangen случилось произошло началось
    """.split()
)
"""Verbs, folded, that say of anything at all that it came about, and so nothing of what is asked about."""
_FEW = 2
"""A question with this many telling words, or fewer, may lean on the one before."""


def meant(question: Question, is_name: Callable[[str], bool], read: Reading = words) -> Words:
    """Return the names of whom a pronoun of a question means, folded: those in the last question before that has any.

    `read` folds a text to its words. Nothing where the question has no pronoun for a person, or itself names someone.
    """
    if not question.after:
        return ()
    asked = read(question.text)
    if _PERSONS.isdisjoint(asked) or any(map(is_name, asked)):
        return ()
    named = (tuple(filter(is_name, read(text))) for text in reversed(question.after))
    return next(filter(None, named), ())


def with_names(asked: Words, names: Words) -> Words:
    """Return folded words with names in the place of the pronouns for persons."""
    return names + tuple(word for word in asked if word not in _PERSONS)


def joined(question: Question, read: Reading = words) -> Words | None:
    """Return the folded words of a follow-up together with those of the question before; None if it stands alone."""
    if not question.after:
        return None
    asked = read(question.text)
    if not _leans(asked):
        return None
    return tuple(word for word in _before(question, read) if word not in asked) + asked


def points_back(asked: Words) -> bool:
    """Tell whether folded words point back to a question before: by a pronoun, or by "and" to begin with."""
    return bool(asked) and (asked[0] in _OPENERS or not _PRONOUNS.isdisjoint(asked))


def names_nothing(asked: Words) -> bool:
    """Tell whether folded words ask for something and do not say of what: "since when?", "why did that happen?"."""
    return all(word in COMMON or word in ASKING for word in telling(asked))


def telling(asked: Words) -> Words:
    """Return folded words without those that say of anything at all that it came about: "happened", "began"."""
    return tuple(word for word in asked if word not in _BARE)


def _leans(asked: Words) -> bool:
    """Tell whether a question points back, or asks for something and names almost nothing."""
    return points_back(asked) or (bool(kinds(asked)) and len(content(asked)) <= _FEW)


def _before(question: Question, read: Reading) -> Words:
    """Return the telling words of the question before, and of those that it points back to itself."""
    *earlier, last = question.after
    asked = read(last)
    told = content(asked)
    if not (earlier and points_back(asked)):
        return told
    return tuple(dict.fromkeys((*_before(Question(last, tuple(earlier)), read), *told)))
