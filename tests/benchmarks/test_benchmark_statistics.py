"""What the benchmarks count, draw and read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.common import (
    MissingDataError,
    at_false_share,
    auroc,
    calibration_error,
    decimals,
    percent,
    percentile,
    read_entries,
    read_lines,
    reliability,
    seeded,
    share,
    slip,
    spread,
)
from benchmarks.generated import PHRASINGS, Town

scores = st.lists(st.integers(0, 8).map(lambda n: n / 8), min_size=1, max_size=12)
words = st.text(st.sampled_from("abz é?"), max_size=20)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@given(positive=scores, negative=scores)
def test_auroc_is_the_share_of_pairs_in_the_right_order(positive: list[float], negative: list[float]) -> None:
    pairs = [1.0 if p > n else 0.5 if p == n else 0.0 for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_auroc_of_nothing_is_unknown() -> None:
    assert auroc([], [0.5]) is None
    assert auroc([0.5], []) is None


@given(values=scores)
def test_percentiles_are_among_the_values(values: list[float]) -> None:
    assert percentile(values, 0.0) == min(values)
    assert percentile(values, 1.0) == max(values)
    assert percentile(values, 0.5) in values


def test_the_percentile_of_nothing_is_zero() -> None:
    assert percentile([], 0.5) == 0.0


def test_shares_of_nothing_are_unknown_and_shown_as_a_dash() -> None:
    assert share([]) is None
    assert share([True, False, False, True]) == 0.5
    assert percent(None) == decimals(None) == "-"
    assert percent(0.1234) == "12.3%"


def test_right_answers_count_only_above_the_threshold_that_keeps_most_others_out() -> None:
    stated = [(0.9, True), (0.8, False), (0.6, True), (0.2, True)]
    refusable = [0.7, *[0.1] * 19]
    assert at_false_share(stated, refusable, 0.05) == 0.75
    assert at_false_share(stated, refusable, 0.0) == 0.25
    assert at_false_share([], refusable, 0.05) is None
    assert at_false_share(stated, [], 0.05) is None


def test_confidence_that_is_as_often_right_as_it_says_has_no_error() -> None:
    honest = [(0.75, True), (0.75, True), (0.75, True), (0.75, False)]
    assert reliability(honest) == [(4, 0.75, 0.75)]
    assert calibration_error(honest) == 0.0
    assert calibration_error([(1.0, False)]) == 1.0
    assert calibration_error([]) is None


@given(stated=st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_reliability_counts_every_question_once(stated: list[tuple[float, bool]]) -> None:
    assert sum(n for n, _, _ in reliability(stated)) == len(stated)


@given(text=words, times=st.integers(0, 3), seed=st.integers(0, 99))
def test_a_slip_is_drawn_again_from_the_same_seed_and_changes_few_letters(
    text: str, times: int, seed: int
) -> None:
    slipped = slip(text, times, seeded(seed))
    assert slipped == slip(text, times, seeded(seed))
    assert abs(len(slipped) - len(text)) <= times
    if times == 0:
        assert slipped == text


def test_nothing_slips_where_no_letters_stand_together() -> None:
    assert slip("a 1 b?", 3, seeded(0)) == "a 1 b?"


def test_every_kind_of_slip_occurs() -> None:
    drawn = {slip("qp", 1, seeded(seed)) for seed in range(60)}
    assert drawn == {"p", "qqp", "pq", "wp"}


@given(size=st.integers(1, 30), most=st.integers(1, 40))
def test_a_spread_runs_from_the_first_in_order(size: int, most: int) -> None:
    items = list(range(size))
    chosen = spread(items, most)
    assert chosen[0] == 0
    assert chosen == sorted(set(chosen))
    assert len(chosen) == min(size, most)
    assert spread(items, None) == items


def test_entries_keep_as_many_phrasings_as_asked_for(tmp_path: Path) -> None:
    write(
        tmp_path / "kb.jsonl",
        '{"id": "a", "questions": ["one", "two", "three"], "answer": "A."}',
        "",
        '{"id": "b", "questions": ["four"], "answer": "B."}',
    )
    whole = read_entries(tmp_path, None, seeded(0))
    assert [(entry.id, entry.phrasings, entry.answer) for entry in whole] == [
        ("a", ("one", "two", "three"), "A."),
        ("b", ("four",), "B."),
    ]
    first, second = read_entries(tmp_path, 2, seeded(0))
    assert len(set(first.phrasings)) == 2
    assert set(first.phrasings) < {"one", "two", "three"}
    assert second.phrasings == ("four",)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match=r"test\.jsonl is not there"):
        read_lines(tmp_path / "test.jsonl")


def test_a_made_up_town_is_the_same_again_and_asks_what_it_does_not_hold() -> None:
    town, again = Town(30, seed=4), Town(30, seed=4)
    assert town.entries == again.entries
    held = [phrasing for entry in town.entries for phrasing in entry.phrasings]
    assert len(held) == len(set(held)) == 30 * PHRASINGS
    questions = town.questions(100)
    assert questions == again.questions(100)
    assert len({text for text, _ in questions}) == 100
    assert {text for text, _ in questions}.isdisjoint(held)
    assert {entry_id for _, entry_id in questions} <= {entry.id for entry in town.entries}


def test_no_more_entries_are_made_up_than_there_are() -> None:
    with pytest.raises(ValueError, match="no more than"):
        Town(10**6)
