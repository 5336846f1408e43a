"""The figures that matter, and what they certify."""

from dataclasses import replace

import pytest

from knowledge.evaluation import ALL_STYLES, Kind, Share, Verdict, figures, shares, tally, wrong_answers
from knowledge.model import Outcome
from tests.knowledge.evaluation.graded import answer, judged


class TestCounting:
    def test_every_kind_is_counted_by_style_and_together(self) -> None:
        counts = tally(
            [
                *judged(Kind.ANSWERABLE, "typo", Verdict.RIGHT, Verdict.WRONG),
                *judged(Kind.ANSWERABLE, "direct", Verdict.RIGHT),
                *judged(Kind.UNANSWERABLE, "direct", Verdict.HELD_BACK),
            ]
        )
        assert list(counts) == [
            (Kind.ANSWERABLE, ALL_STYLES),
            (Kind.ANSWERABLE, "direct"),
            (Kind.ANSWERABLE, "typo"),
            (Kind.UNANSWERABLE, ALL_STYLES),
            (Kind.UNANSWERABLE, "direct"),
        ]
        assert counts[Kind.ANSWERABLE, ALL_STYLES] == {Verdict.RIGHT: 2, Verdict.WRONG: 1}

    def test_the_figures_are_shares_of_their_kind(self) -> None:
        right, wrong, offered, held = Verdict.RIGHT, Verdict.WRONG, Verdict.OFFERED, Verdict.HELD_BACK
        asked = [
            *judged(Kind.ANSWERABLE, "s", right, right, wrong, offered, held),
            *judged(Kind.UNANSWERABLE, "s", wrong, held, held, held),
            *judged(Kind.UNCURATED, "s", right, held),
        ]
        assert shares(asked) == {
            "right": Share(2, 5),
            "wrong": Share(1, 5),
            "offered": Share(1, 5),
            "helped": Share(3, 5),
            "answered": Share(1, 4),
            "uncurated": Share(1, 2),
        }
        assert figures(asked) == {
            "right": 0.4,
            "wrong": 0.2,
            "offered": 0.2,
            "helped": 0.6,
            "answered": 0.25,
            "uncurated": 0.5,
        }

    def test_of_the_answers_given_the_wrong_ones_are_counted_whatever_was_asked(self) -> None:
        not_given = replace(
            judged(Kind.UNCURATED, "s", Verdict.RIGHT)[0], answer=answer(outcome=Outcome.CLOSEST)
        )
        asked = [
            *judged(Kind.ANSWERABLE, "s", Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG),
            *judged(Kind.UNANSWERABLE, "s", Verdict.WRONG),
            not_given,
        ]
        assert wrong_answers(asked) == Share(2, 4)
        assert wrong_answers([not_given]) is None

    def test_a_figure_that_nothing_was_asked_for_is_left_out(self) -> None:
        assert figures([]) == {}
        assert set(figures(judged(Kind.UNANSWERABLE, "s", Verdict.WRONG))) == {"answered"}


class TestCertifying:
    def test_a_share_lies_between_its_bounds(self) -> None:
        share = Share(2, 186)
        assert share.value == pytest.approx(2 / 186)
        assert share.least == pytest.approx(0.0019138694705)
        assert share.most == pytest.approx(0.0334595894968)

    def test_nothing_went_wrong_does_not_mean_that_nothing_will(self) -> None:
        assert Share(0, 12).value == 0.0
        assert Share(0, 12).most == pytest.approx(0.2209, abs=1e-4)
