"""What each strictness would do on the questions of `pullquote eval`, so that a moderator can choose by figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from knowledge.answering.strictness import MEANINGS
from knowledge.evaluation import Judged, Share, shares, wrong_answers
from knowledge.model import Strictness

Compared = Mapping[Strictness, Sequence[Judged]]
"""The same questions, judged at each strictness."""


def compared_report(compared: Compared) -> dict[str, Any]:
    """Return the comparison as a JSON object, by the name of the strictness.

    `from` is the confidence from which answers are given, `stated` the share of wrong answers that it is said to stand
    for; `right`, `wrong`, `answered` (of what the story does not tell) and `wrong_answers` (of all answers given) each
    have `count`, `of`, `least` and `most`, or are null where there was nothing to count.
    """
    return {
        strictness: {
            "from": MEANINGS[strictness].sure,
            "stated": MEANINGS[strictness].wrong,
            **{name: share and certified(share) for name, share in _shares(judged).items()},
        }
        for strictness, judged in compared.items()
    }


def certified(share: Share) -> dict[str, Any]:
    """Return a share as a JSON object: what was counted, and its bounds."""
    bounds = {"least": round(share.least, 4), "most": round(share.most, 4)}
    return {"count": share.count, "of": share.of, **bounds}


def compared_table(compared: Compared) -> Table:
    """Return the comparison as a table; the bounds hold with a certainty of 95 %."""
    table = Table("\n\nstrictness", box=None, pad_edge=False)
    for column in (
        "\nanswers\nfrom",
        "\n\nright",
        "\n\nwrong",
        "\nwrong\nat most",
        "\nuntold\nanswered",
        "of its\nanswers\nwrong",
        "\n\nat most",
        "\n\nstated",
    ):
        table.add_column(column, justify="right")
    for strictness, judged in compared.items():
        meaning, found = MEANINGS[strictness], _shares(judged)
        table.add_row(
            strictness,
            f"{meaning.sure:.0%}",
            _value(found["right"]),
            _value(found["wrong"]),
            _most(found["wrong"]),
            _value(found["answered"]),
            _value(found["wrong_answers"]),
            _most(found["wrong_answers"]),
            f"{meaning.wrong:.0%}",
        )
    return table


def _shares(judged: Sequence[Judged]) -> dict[str, Share | None]:
    counted = shares(judged)
    return {
        **{name: counted.get(name) for name in ("right", "wrong", "answered")},
        "wrong_answers": wrong_answers(judged),
    }


def _value(share: Share | None) -> str:
    return f"{share.value:.1%}" if share else ""


def _most(share: Share | None) -> str:
    return f"{share.most:.1%}" if share else ""
