"""Make entries and aliases from what a moderator typed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from rapidfuzz import fuzz

from knowledge.answering import Base
from knowledge.errors import AliasError, EntryError, NotToldApartError, NotVerbatimError
from knowledge.model import (
    MAX_ALIAS,
    MAX_ALIAS_WORDS,
    MAX_ALIASES,
    MAX_ANSWER,
    MAX_MEANING,
    MAX_PHRASING,
    MAX_QUESTION,
    Alias,
    Author,
    Citation,
    Entry,
    EntryKind,
    Graded,
)
from knowledge.owned import Write, put
from knowledge.stories import cite, whole_sentences
from knowledge.text.asking import COMMON, DENIALS
from knowledge.text.folding import words
from knowledge.text.naming import ids_of, stem_of

MAX_PHRASINGS = 100


def draft(
    base: Base,
    *,
    question: str,
    answer: str = "",
    phrasings: Iterable[str] = (),
    author: Author | None = None,
    kind: EntryKind = EntryKind.ENTRY,
    before: Entry | None = None,
) -> Entry:
    """Make an entry of what was typed, without citations; `find_excerpts` makes those.

    `before` is the entry that it replaces: the id, the kind and the follow-ups stay, and whoever wrote the answer as
    long as that stays. A gap's answer does not count. Raises `EntryError` with what to mend.
    """
    asked = _phrasings(question, phrasings, before)
    kind = before.kind if before else kind
    said = "" if kind is EntryKind.GAP else answer.strip()
    if not said and kind is EntryKind.ENTRY:
        raise EntryError("The answer is empty: write what members should read.")
    if len(said) > MAX_ANSWER:
        raise EntryError(
            f"The answer has {len(said)} characters; at most {MAX_ANSWER} fit. Please shorten it."
        )
    return Entry(
        id=before.id if before else new_id(base, asked[0]),
        phrasings=asked,
        answer=said,
        kind=kind,
        follow_ups=before.follow_ups if before else (),
        author=before.author if before and before.answer == said else author,
    )


def with_phrasings(entry: Entry, questions: Iterable[str]) -> Entry:
    """Return an entry with more phrasings, those that it lacks; raises `EntryError` where they do not fit."""
    first, *others = entry.phrasings
    return replace(entry, phrasings=_phrasings(first, (*others, *questions), entry))


def gap(base: Base, questions: Sequence[str], author: Author | None = None) -> Entry:
    """Make a gap of one or more questions that the story does not answer; raises `EntryError` with what to mend."""
    asked = _phrasings(questions[0], questions[1:])
    return Entry(new_id(base, asked[0]), asked, kind=EntryKind.GAP, author=author)


def find_excerpts(
    base: Base, text: str, known: Iterable[Citation] = (), story: str | None = None
) -> tuple[Citation, ...]:
    """Cite excerpts that are written one below the other, with an empty line between two, each in whole sentences.

    One of the citations that are `known` is taken where its words stand, if it holds: its place is certain, and it
    may have empty lines in it. Of the others, `story` names the only story to look at.

    Raises what `find_excerpt` does for the first that cannot be cited.
    """
    left = [(citation, blocks(citation.excerpt)) for citation in known if base.holds(citation)]
    found: list[Citation] = []
    typed = blocks(text)
    while typed:
        fits = (one for one in left if one[1] == typed[: len(one[1])])
        if taken := next(fits, None):
            left.remove(taken)
            citation, own = taken
            typed = typed[len(own) :]
        else:
            only = base.story(story) if story else None
            stands = cite(only, typed[0]) if only else find_excerpt(base, typed[0])
            citation = quotable(base, stands)
            typed = typed[1:]
        found.append(citation)
    return tuple(dict.fromkeys(found))


def quotable(base: Base, citation: Citation) -> Citation:
    """Return a citation in whole sentences, as far as they fit (see `whole_sentences`)."""
    return whole_sentences(base.compiled.stories[citation.story], citation)


def blocks(text: str) -> list[str]:
    """Return the parts of a text between empty lines, without white space at their ends."""
    runs = groupby(text.split("\n"), key=lambda line: bool(line.strip()))
    return ["\n".join(lines).strip() for has_words, lines in runs if has_words]


def find_excerpt(base: Base, excerpt: str) -> Citation:
    """Cite an excerpt from whichever of the base's stories holds it.

    Raises `NotToldApartError` where it stands more than once in a story and once in none, `NotVerbatimError` with the
    closest span where it stands in none, and `EntryError` where it is too long.
    """
    missed: list[NotVerbatimError] = []
    unclear: list[NotToldApartError] = []
    for story in base.stories:
        try:
            return cite(story, excerpt)
        except NotVerbatimError as error:
            missed.append(error)
        except NotToldApartError as error:
            unclear.append(error)
    if unclear:
        raise unclear[0]
    if not missed:
        raise NotVerbatimError("There is no story here that could be quoted: leave the excerpt empty.")
    raise max(missed, key=lambda error: fuzz.ratio(excerpt, error.closest.excerpt) if error.closest else -1.0)


def new_id(base: Base, question: str) -> str:
    """Make an id that no entry of the base has, from the first words of a question."""
    return next(
        made for made in ids_of(stem_of(question)) if base.entry(made) is None and made not in base.hidden
    )


def alias(base: Base, short: str, meaning: str, author: Author | None = None) -> Alias:
    """Make an alias of what was typed, new or in the place of one that the base has.

    Raises `AliasError` with what to mend.
    """
    folded, meant = words(short), " ".join(meaning.split())
    key = alias_key(short)
    if not folded:
        raise AliasError("The alias has no word in it: write the short form that members use, such as BdO.")
    if len(folded) > MAX_ALIAS_WORDS or len(key) > MAX_ALIAS:
        raise AliasError(
            f"The alias is too long: at most {MAX_ALIAS_WORDS} words and {MAX_ALIAS} characters fit."
            " For a whole question, add it to an entry as another phrasing."
        )
    if all(word in COMMON or word in DENIALS for word in folded):
        raise AliasError(
            f"“{key}” is an everyday word: every question that has it would be read as one about something else."
            " Choose a short form that is used for nothing else."
        )
    if not words(meant):
        raise AliasError("What the alias means has no word in it: write what members mean by it.")
    if len(meant) > MAX_MEANING:
        raise AliasError(
            f"What the alias means has {len(meant)} characters; at most {MAX_MEANING} fit. Please shorten it."
        )
    if words(meant) == folded:
        raise AliasError("The alias means itself: write what members mean by it in full.")
    if len({key, *(known.alias for known in base.aliases)}) > MAX_ALIASES:
        raise AliasError(
            f"There are {MAX_ALIASES} aliases already, and no more fit. Remove one that is no longer used."
        )
    return Alias(key, meant, author)


def graded_of(
    question: str, entry_id: str | None, author: Author | None = None, known: Iterable[Graded] = ()
) -> Write:
    """Return what keeps a question whose right answer a moderator confirmed, in the place of the same one before.

    Of those `known`, the same one is that in the same words, folded: what is right for both cannot differ. `entry_id`
    None: the story does not say. Raises `EntryError` with what to mend.
    """
    asked = _asked(question)
    same = (one.question for one in known if words(one.question) == words(asked))
    return put(Graded(next(same, asked), entry_id, author))


def alias_key(short: str) -> str:
    """Return an alias as it is kept, from however it was typed."""
    return " ".join(words(short))


def _asked(question: str, most: int = MAX_QUESTION) -> str:
    """Return a question as it is kept, trimmed; raises `EntryError` for one that is empty or too long."""
    asked = " ".join(question.split())
    if not asked:
        raise EntryError("The question is empty: write what members ask.")
    if not words(asked):
        raise EntryError(
            "The question has no word in it, so that no other could be like it: write it in words."
        )
    if len(asked) > most:
        raise EntryError(f"The question has {len(asked)} characters; at most {most} fit. Please shorten it.")
    return asked


def _phrasings(question: str, others: Iterable[str], before: Entry | None = None) -> tuple[str, ...]:
    """Return the question and its other phrasings, trimmed, each once; without those that have no word in them.

    What the entry `before` had stays: a file may have longer questions, and more of them.
    """
    had = {" ".join(text.split()) for text in before.phrasings} if before else set()
    asked = _asked(question, MAX_PHRASING if " ".join(question.split()) in had else MAX_QUESTION)
    kept: dict[tuple[str, ...], str] = {}
    for text in filter(None, (asked, *(" ".join(typed.split()) for typed in others))):
        if len(text) > MAX_PHRASING:
            raise EntryError(
                f"A phrasing has {len(text)} characters; at most {MAX_PHRASING} fit. Please shorten it."
            )
        if folded := words(text):
            kept.setdefault(folded, text)
    most = max(MAX_PHRASINGS, len(had))
    if len(kept) > most:
        raise EntryError(f"There are {len(kept)} phrasings; at most {most} fit in an entry.")
    return tuple(kept.values())
