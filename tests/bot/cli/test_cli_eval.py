"""`pullquote eval`: how good the answers are, and guards that fail when they get worse."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.group import WrongUseError
from bot.cli.guards import Guard, read_guards, read_guards_file
from knowledge.answering.strictness import MEANINGS
from knowledge.errors import SafeError
from knowledge.model import Strictness
from tests.bot.cli.conftest import Process, Pullquote

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "a1",
        "question": "Where did the water go?",
        "style": "direct",
        "answerable": True,
        "answer_any": ["trout farm"],
        "cite_any": ["came out at a trout farm"],
    },
    {
        "id": "a2",
        "question": "How long did it take for the lake to empty?",
        "style": "direct",
        "answerable": True,
        "answer_any": ["three years"],
        "cite_any": ["closed the path around the lake"],
    },
    {"id": "u1", "question": "How deep was the lake?", "style": "keyword", "answerable": False},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    return file


def test_a_table_tells_every_kind_and_style(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    result = pullquote("eval", questions, "--pack", lake)
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["n", "right", "wrong", "offered", "held", "back"] in rows
    assert ["answerable", "2", "50.0%", "50.0%", "0.0%", "0.0%"] in rows
    assert ["keyword", "1", "0.0%", "0.0%", "0.0%", "100.0%"] in rows
    assert ["helped", "50.0%"] in [row[:2] for row in rows]


def test_json_has_the_same_figures(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    report = json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)
    calibration = report["figures"].pop("calibration")
    figures = {"right": 0.5, "wrong": 0.5, "offered": 0.0, "helped": 0.5, "answered": 0.0}
    assert (report["questions"], report["figures"]) == (3, figures)
    assert calibration == report["calibration"]["error"]
    row = {"kind": "answerable", "style": "all", "right": 1, "wrong": 1, "offered": 0, "held back": 0}
    assert row in report["tally"]
    assert report["shown"] == []


def test_questions_that_went_wrong_are_shown(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    result = pullquote("eval", questions, "--pack", lake, "--show", "5")
    assert "wrong: a2 How long did it take for the lake to empty?" in result.stdout
    assert "answer: It took 31 hours." in result.stdout
    report = json.loads(pullquote("eval", "--json", "--show", "5", questions, "--pack", lake).stdout)
    assert [(shown["id"], shown["verdict"]) for shown in report["shown"]] == [("a2", "wrong")]


def test_questions_without_an_entry_can_be_set_apart(
    pullquote: Pullquote, lake: Path, questions: Path
) -> None:
    report = json.loads(pullquote("eval", "--json", "--uncurated", questions, "--pack", lake).stdout)
    assert report["figures"]["right"] == 1.0
    assert "uncurated" in report["figures"]


def test_several_files_are_measured_together(pullquote: Pullquote, lake: Path, questions: Path) -> None:
    report = json.loads(pullquote("eval", "--json", questions, questions, "--pack", lake).stdout)
    assert report["questions"] == 6


class TestCertifying:
    def test_each_share_has_its_bound(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        shown = pullquote("eval", questions, "--pack", lake).stdout
        rows = [line.split() for line in shown.splitlines()]
        assert ["right", "50.0%", "1", "of", "2", "at", "least", "2.5%"] in rows
        assert ["answered", "0.0%", "0", "of", "1", "at", "most", "95.0%"] in rows

    def test_too_few_questions_are_called_so(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        shown = pullquote("eval", questions, "--pack", lake).stdout
        assert "With 2 questions nothing under 78% wrong can be certified; 5% takes 59" in shown

    def test_enough_questions_are_not(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        shown = pullquote("eval", *[questions] * 59, "--pack", lake).stdout
        assert "can be certified" not in shown

    def test_json_has_both_bounds(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        report = json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)
        assert report["certified"]["answered"] == {"count": 0, "of": 1, "least": 0.0, "most": 0.95}


class TestComparingStrictness:
    def test_what_each_would_do_stands_side_by_side(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        shown = pullquote("eval", questions, "--pack", lake).stdout
        rows = [line.split() for line in shown.splitlines()]
        assert ["careful", "85%", "50.0%", "50.0%", "97.5%", "0.0%", "50.0%", "97.5%"] in [
            row[:-1] for row in rows
        ]
        assert [row[0] for row in rows if row[:1] in ([one] for one in Strictness)] == list(Strictness)
        assert all(len(line) <= 80 for line in shown.splitlines() if line.split()[:1] == ["careful"])

    def test_json_has_the_counts_and_their_bounds(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        compared = json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)["strictness"]
        assert list(compared) == list(Strictness)
        for strictness, one in compared.items():
            assert one["from"] == MEANINGS[Strictness(strictness)].sure
            assert one["stated"] == MEANINGS[Strictness(strictness)].wrong
            assert one["right"] == {"count": 1, "of": 2, "least": 0.0253, "most": 0.9747}
            assert one["wrong_answers"] == one["wrong"] == one["right"]
            assert (one["answered"]["count"], one["answered"]["of"]) == (0, 1)

    def test_what_was_not_asked_is_null(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        questions.write_text(json.dumps(QUESTIONS[2]), encoding="utf-8")
        compared = json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)["strictness"]
        assert (compared["careful"]["right"], compared["careful"]["wrong_answers"]) == (None, None)
        assert pullquote("eval", questions, "--pack", lake).exit_code == 0

    def test_the_more_eager_the_more_is_answered(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        asked = [
            {**QUESTIONS[0], "id": f"a{n}", "question": text}
            for n, text in enumerate(
                (
                    "water where",
                    "where did all of the water of it go then",
                    "the water went?",
                    "where is it now",
                )
            )
        ]
        questions.write_text("".join(json.dumps(one) + "\n" for one in asked), encoding="utf-8")
        compared = json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)["strictness"]
        given = [compared[one]["right"]["count"] for one in Strictness]
        assert given == sorted(given)
        assert given[0] < given[-1]

    def test_one_that_is_named_is_measured_alone(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        args = ("eval", questions, "--pack", lake, "--strictness", "eager")
        assert json.loads(pullquote(*args, "--json").stdout)["strictness"] is None
        assert "What each strictness" not in pullquote(*args).stdout

    def test_leaving_phrasings_out_compares_nothing(self, pullquote: Pullquote, lake: Path) -> None:
        report = json.loads(pullquote("eval", "--json", "--leave-one-out", "--pack", lake).stdout)
        assert report["strictness"] is None


class TestCalibration:
    def test_stated_and_observed_stand_side_by_side(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        rows = [line.split() for line in pullquote("eval", questions, "--pack", lake).stdout.splitlines()]
        assert ["from", "to", "n", "stated", "observed"] in rows
        assert [row[:2] for row in rows if row[:1] == ["0.9"]] == [["0.9", "1.0"]]

    def test_json_has_ten_bins(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        report = json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)["calibration"]
        assert len(report["bins"]) == 10
        assert set(report["bins"][0]) == {"from", "to", "count", "stated", "observed"}
        assert sum(one["count"] for one in report["bins"]) == report["candidates"] >= 2


class TestLeavingOneOut:
    @pytest.fixture
    def confused(self, lake: Path) -> Path:
        """The pack, with an entry whose phrasing is nearly that of another."""
        entries = lake / "entries.yaml"
        added = """\
  - id: closed-until
    phrasings:
      - How many hours did the draining last in all?
      - Until when is the path closed?
    answer: Until May.
    citations:
      - story: lake
        excerpt: The council has closed the path around the lake until May.
"""
        entries.write_text(entries.read_text(encoding="utf-8") + added, encoding="utf-8")
        return lake

    def test_it_needs_no_questions(self, pullquote: Pullquote, confused: Path) -> None:
        result = pullquote("eval", "--leave-one-out", "--show", "5", "--pack", confused)
        assert result.exit_code == 0
        assert "of 10 phrasings" in result.stdout
        assert "closed-until" in result.stdout
        _, sentence, *table = result.stdout.splitlines()
        assert sentence.endswith("find their entry, or one that says the same.")
        assert max(map(len, table)) <= 80

    def test_pairs_are_counted_where_none_are_shown(self, pullquote: Pullquote, confused: Path) -> None:
        shown = pullquote("eval", "--leave-one-out", "--pack", confused).stdout
        assert "pairs of entries are confused; --show N lists" in shown

    def test_json_lists_all_pairs(self, pullquote: Pullquote, confused: Path) -> None:
        report = json.loads(pullquote("eval", "--json", "--leave-one-out", "--pack", confused).stdout)
        left_out = report["left_out"]
        assert left_out["phrasings"] == 10
        assert report["figures"] == {"left_out": round(left_out["found"] / 10, 4)}
        (pair,) = [one for one in left_out["pairs"] if one["entry"]["id"] == "closed-until"][:1]
        assert pair["taken_for"] == {"kind": "entry", "id": "how-long"}
        assert (pair["of"], pair["example"]) == (2, "How many hours did the draining last in all?")

    def test_without_it_nothing_is_left_out(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        assert json.loads(pullquote("eval", "--json", questions, "--pack", lake).stdout)["left_out"] is None

    def test_a_guard_on_it_is_enough(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        result = pullquote("eval", questions, "--pack", lake, "--ceiling", "left_out=0", "--floor", "right=0")
        assert result.exit_code == 1
        assert "above its ceiling of 0.0%" in result.stderr

    def test_without_it_and_without_questions_there_is_nothing_to_do(self, pullquote: Pullquote) -> None:
        result = pullquote("eval")
        assert result.exit_code == 2
        assert "--leave-one-out" in result.stderr

    def test_a_base_without_entries_has_nothing_to_leave_out(self, pullquote: Pullquote) -> None:
        result = pullquote("eval", "--leave-one-out", "--no-pack", "--floor", "left_out=0.5")
        assert (result.exit_code, "'left_out'" in result.stderr) == (2, True)


class TestGuardsInAFile:
    def test_are_kept_beside_a_pack(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        file = lake / "floors.yaml"
        file.write_text(
            "# measured in May\nfloors:\n  right: 0.8\nceilings:\n  answered: 0\n", encoding="utf-8"
        )
        result = pullquote("eval", questions, "--pack", lake, "--floors", file)
        assert (result.exit_code, result.stderr) == (1, "right is 50.0%, below its floor of 80.0%.\n")

    def test_hold_beside_those_of_the_command_line(
        self, pullquote: Pullquote, lake: Path, questions: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "floors.yaml"
        file.write_text("floors: {right: 0.5}", encoding="utf-8")
        result = pullquote("eval", questions, "--pack", lake, "--floors", file, "--ceiling", "wrong=0.1")
        assert result.stderr == "wrong is 50.0%, above its ceiling of 10.0%.\n"

    def test_are_floors_and_ceilings(self, tmp_path: Path) -> None:
        file = tmp_path / "floors.yaml"
        file.write_text("ceilings:\n  wrong: 0.05\nfloors:\n  left_out: 1\n", encoding="utf-8")
        assert read_guards_file(file) == (
            Guard("left_out", 1.0, is_floor=True),
            Guard("wrong", 0.05, is_floor=False),
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", ":1: no guards: write `floors:`"),
            ("floors:", ":1: no guards"),
            ("- right: 0.5", ":1: no guards"),
            ("floor:\n  right: 0.5", ':2: unknown field "floor": did you mean "floors"?'),
            ("floors:\n  rigth: 0.5", ':2: unknown field "rigth": did you mean "right"?'),
            ("floors:\n  right: 50", ":2: `right` must be a number from 0 to 1"),
            ("floors:\n  right: [0.5]", ":2: `right` must be a number from 0 to 1"),
            ("floors: 0.5", ":1: `floors` must be a mapping"),
            ("floors: {right: 0.5", ":2: broken YAML"),
        ],
    )
    def test_a_fault_is_told_with_its_line(self, tmp_path: Path, text: str, said: str) -> None:
        file = tmp_path / "floors.yaml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SafeError) as caught:
            read_guards_file(file)
        assert f"{file}{said}" in str(caught.value)

    def test_a_file_that_is_no_text_is_refused(self, pullquote: Pullquote, tmp_path: Path) -> None:
        file = tmp_path / "floors.yaml"
        file.write_bytes(b"\xff")
        result = pullquote("eval", "--leave-one-out", "--floors", file)
        assert (result.exit_code, "UTF-8" in result.stderr) == (1, True)


class TestGuards:
    def test_that_hold_are_silent(self, pullquote: Pullquote, lake: Path, questions: Path) -> None:
        guards = ("--floor", "right=0.5", "--ceiling", "wrong=0.5", "--ceiling", "answered=0")
        result = pullquote("eval", questions, "--pack", lake, *guards)
        assert (result.exit_code, result.stderr) == (0, "")

    def test_that_are_broken_are_named_and_exit_with_1(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        guards = ("--floor", "right=0.8", "--ceiling", "wrong=0.05")
        result = pullquote("eval", questions, "--pack", lake, *guards)
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            "right is 50.0%, below its floor of 80.0%.",
            "wrong is 50.0%, above its ceiling of 5.0%.",
        ]
        assert "answerable" in result.stdout

    @pytest.mark.parametrize(
        "text", ["", "right", "right=", "right=many", "right=50", "right=-1", "good=0.5"]
    )
    def test_that_make_no_sense_are_refused(self, text: str) -> None:
        with pytest.raises(WrongUseError, match=r"right=0\.5"):
            read_guards([text], [])

    def test_on_what_is_not_measured_are_refused(
        self, pullquote: Pullquote, lake: Path, questions: Path
    ) -> None:
        result = pullquote("eval", questions, "--pack", lake, "--floor", "uncurated=0.5")
        assert result.exit_code == 2
        assert "'uncurated'" in result.stderr

    def test_are_floors_and_ceilings(self) -> None:
        assert read_guards(["right=0.5"], ["wrong=0.05"]) == (
            Guard("right", 0.5, is_floor=True),
            Guard("wrong", 0.05, is_floor=False),
        )


class TestFilesThatAreNoQuestions:
    def test_a_bad_line_is_named(self, pullquote: Pullquote, questions: Path) -> None:
        questions.write_text("\n{broken\n", encoding="utf-8")
        result = pullquote("eval", questions)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{questions}:2: not JSON")

    def test_another_encoding_is_told(self, pullquote: Pullquote, questions: Path) -> None:
        questions.write_bytes(b"\xff\xfe")
        result = pullquote("eval", questions)
        assert result.exit_code == 1
        assert "UTF-8" in result.stderr


def test_how_far_it_is_does_not_get_into_pipes(process: Process, lake: Path, questions: Path) -> None:
    result = process("eval", "--json", "--leave-one-out", questions, "--pack", lake)
    assert result.stderr == b""
    assert json.loads(result.stdout)["questions"] == 3
