"""Guards on the figures of `pullquote eval`: floors and ceilings, from the command line or from a committed file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.group import WrongUseError
from knowledge.errors import SafeError
from knowledge.files import Mapping as Fields
from knowledge.files import Report, Scalar, read_text, yaml_value

FIGURES = ("right", "wrong", "offered", "helped", "answered", "uncurated", "calibration", "left_out")
"""What a guard can be set on, as shares of 1.

`knowledge.evaluation.figures` says what the first six are; `calibration` is the expected calibration error, `left_out`
the share of the phrasings that find their entry with themselves left out.
"""

_FLOORS, _CEILINGS = "floors", "ceilings"


@dataclass(frozen=True, slots=True)
class Guard:
    """A figure that must not fall below a floor, or not rise above a ceiling."""

    figure: str
    share: float
    is_floor: bool

    def broken_by(self, value: float) -> str:
        """Return a sentence that tells how the figure breaks this guard; "" if it keeps to it."""
        if self.is_floor and value < self.share:
            return f"{self.figure} is {value:.1%}, below its floor of {self.share:.1%}."
        if not self.is_floor and value > self.share:
            return f"{self.figure} is {value:.1%}, above its ceiling of {self.share:.1%}."
        return ""


def broken(guards: Sequence[Guard], measured: Mapping[str, float]) -> tuple[str, ...]:
    """Return a sentence for each guard that the figures break; raises `WrongUseError` for one on what is missing."""
    if missing := [guard.figure for guard in guards if guard.figure not in measured]:
        raise WrongUseError(f"These files have no questions that measure {missing[0]!r}.")
    return tuple(filter(None, (guard.broken_by(measured[guard.figure]) for guard in guards)))


def read_guards(floors: Iterable[str], ceilings: Iterable[str]) -> tuple[Guard, ...]:
    """Read guards written as `figure=share`; `WrongUseError` for what is none."""
    return (
        *(_typed(text, is_floor=True) for text in floors),
        *(_typed(text, is_floor=False) for text in ceilings),
    )


def read_guards_file(file: Path) -> tuple[Guard, ...]:
    """Read guards from YAML: the mappings `floors` and `ceilings`, each a `figure: share` a line.

    Raises a `SafeError` that names every fault.
    """
    report = Report(str(file))
    text = read_text(file, report)
    value = None if text is None else yaml_value(text, report)
    guards = list(_from_mapping(value, report)) if isinstance(value, Fields) else []
    if not report.faults and not guards:
        report.add(1, "no guards: write `floors:` and below it, indented, a line such as `right: 0.5`")
    if report.faults:
        raise SafeError("\n".join(map(str, report.in_order())))
    return tuple(guards)


def _from_mapping(whole: Fields, report: Report) -> Iterable[Guard]:
    whole.expect((_FLOORS, _CEILINGS), report)
    for name in (_FLOORS, _CEILINGS):
        shares = whole.get(name)
        if isinstance(shares, Fields):
            shares.expect(FIGURES, report)
            for figure, value in shares.fields.items():
                share = _share(value.text) if isinstance(value, Scalar) else None
                if share is None:
                    report.add(value.line, f"`{figure}` must be a number from 0 to 1")
                else:
                    yield Guard(figure, share, is_floor=name == _FLOORS)
        elif shares is not None:
            report.add(
                shares.line, f"`{name}` must be a mapping: a line such as `right: 0.5` for each figure"
            )


def _typed(text: str, *, is_floor: bool) -> Guard:
    figure, _, written = text.partition("=")
    share = _share(written)
    if figure not in FIGURES or share is None:
        raise WrongUseError(f"{text!r} is no guard: write right=0.5, with one of {', '.join(FIGURES)}.")
    return Guard(figure, share, is_floor)


def _share(text: str) -> float | None:
    """Return a number from 0 to 1; None for what is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
