"""The errors of Pullquote.

    PullquoteError
    ├── SafeError                 its text is a sentence that may be shown to anyone
    │   ├── PackError             a pack does not hold what it must; carries its faults
    │   ├── PacksClashError       two packs hold something under the same name
    │   ├── EntryError            an entry cannot be kept as it is
    │   │   ├── NotVerbatimError  an excerpt does not stand in the story; carries the closest span that does
    │   │   ├── BudgetError       it would quote more of a story than may be shown
    │   │   └── NotToldApartError its words stand there more than once; carries the citations that may be meant
    │   ├── StoryError            a story cannot be taken as it is
    │   ├── UnknownStoryError     there is no such story
    │   ├── UnknownEntryError     no entry has that id
    │   ├── AliasError            an alias cannot be kept as it is
    │   ├── UnknownAliasError     the server has no such alias
    │   ├── ImportFileError       a file of entries cannot be taken; carries a line for each bad row
    │   ├── IdTakenError          an entry that is meant to be new has the id of one that is there
    │   ├── ChangedSinceError     something has been changed by others since it was looked at
    │   ├── UnknownChangeError    the server has no change of that number
    │   ├── SettingsError         a setting is missing or makes no sense
    │   └── StorageError          the database cannot be used; carries what its operator has to know
    │       └── DatabaseUrlError  the URL of the database makes no sense, or names a file that is not there
    └── (anything else is a fault of ours: people get a short neutral sentence and a reference)

Each of them carries what is needed to mend the fault, beside the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Citation


class PullquoteError(Exception):
    """The root of every error that Pullquote raises on purpose."""


class SafeError(PullquoteError):
    """An error whose text is a whole sentence, safe to show to a member, saying what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file of knowledge: `file:line: what, and how to mend it`."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class PackError(SafeError):
    """A pack that cannot be loaded; `faults` has every reason found, in file order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class PacksClashError(SafeError):
    """Two packs that cannot be on together: what one of them knows would hide what the other does."""


class EntryError(SafeError):
    """An entry that cannot be kept as it is."""


class NotVerbatimError(EntryError):
    """An excerpt that does not stand in the story; `closest` is the verbatim span nearest to it, if any is near.

    `words` are those that were looked for, of one excerpt.
    """

    def __init__(self, message: str, closest: Citation | None = None, words: str = "") -> None:
        super().__init__(message)
        self.closest, self.words = closest, words


class BudgetError(EntryError):
    """An entry that would quote more of a story than may be shown of it; `entry` is its id, where it is known."""

    def __init__(self, message: str, entry: str = "") -> None:
        super().__init__(message)
        self.entry = entry


class NotToldApartError(EntryError):
    """An excerpt whose words stand more than once in a story.

    `choices` are the citations that may be meant, each at a place of its own; none where two share a place. `words`
    are those that were looked for.
    """

    def __init__(self, message: str, choices: Sequence[Citation] = (), words: str = "") -> None:
        super().__init__(message)
        self.choices, self.words = tuple(choices), words


class StoryError(SafeError):
    """A story that cannot be taken as it is: its file, its page, or what was typed about it."""


class UnknownStoryError(SafeError):
    """There is no such story on that server, or none of its own."""


class UnknownEntryError(SafeError):
    """There is no entry of that id on that server."""


class AliasError(SafeError):
    """An alias that cannot be kept as it is."""


class UnknownAliasError(SafeError):
    """There is no such alias on that server."""


class ImportFileError(SafeError):
    """A file of entries that cannot be taken; nothing of it was. `faults` has one line for each bad row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SettingsError(SafeError):
    """A setting that is missing or makes no sense."""


class IdTakenError(SafeError):
    """An entry that is meant to be new has the id of one that the server has; nothing was saved."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(
            "Meanwhile somebody saved an entry of the same name. Nothing is lost: please try again."
        )
        self.entry_id = entry_id


class ChangedSinceError(SafeError):
    """Something was changed by others since it was looked at; nothing was saved."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(
            f"The {kind} “{key}” has been changed since. Nothing was saved: look at it as it is now, then try again."
        )
        self.kind, self.key = kind, key


class UnknownChangeError(SafeError):
    """There is no change of that number on that server."""


class StorageError(SafeError):
    """The database cannot be opened, read or written.

    The text is for members, who cannot mend that; `operator` is the sentence for whoever runs Pullquote, with what is
    wrong and how to mend it, but without the password.
    """

    def __init__(self, operator: str, member: str = "") -> None:
        super().__init__(
            member
            or "My database cannot be used just now. Please try again in a moment; if that does not help, tell"
            " whoever runs me."
        )
        self.operator = operator


class DatabaseUrlError(StorageError):
    """The URL of a database makes no sense, or names a file that is not there."""
