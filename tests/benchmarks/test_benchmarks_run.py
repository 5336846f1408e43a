"""Every benchmark runs from the command line, here with as little work as it takes."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knowledge.packs import bundled_pack

ROOT = Path(__file__).parents[2]
NOT_INSTALLED = "the dependency group benchmarks is not installed (uv sync --group benchmarks)"


def run(script: str, *args: str | Path) -> str:
    """Run a benchmark and return what it printed."""
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / script, *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 100
    return done.stdout


def run_for_json(tmp_path: Path, script: str, *args: str | Path) -> tuple[str, Any]:
    figures = tmp_path / "figures.json"
    printed = run(script, "--json", figures, *args)
    return printed, json.loads(figures.read_text(encoding="utf-8"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    entries = [
        {"id": "hut", "questions": ["where is the hut", "who built the hut"], "answer": "Below."},
        {"id": "bus", "questions": ["when does the bus leave", "is there a bus"], "answer": "At noon."},
    ]
    asked = [{"question": f"{q}, please?", "id": e["id"]} for e in entries for q in e["questions"]] * 5
    for name, objects in (("kb", entries), ("test", asked)):
        text = "".join(json.dumps(one) + "\n" for one in objects)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    asked = {"id": "1", "question": "Is there cake?", "style": "direct", "answerable": False}
    file.write_text(json.dumps(asked) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("engine", "library"),
    [
        ("Pullquote, whole path", "knowledge"),
        ("Pullquote, index alone", "knowledge"),
        ("rapidfuzz WRatio", "rapidfuzz"),
        ("rapidfuzz token_sort_ratio", "rapidfuzz"),
        ("bm25s", "bm25s"),
        ("SQLite FTS5", "sqlite3"),
        ("tantivy", "tantivy"),
    ],
)
def test_an_engine_finds_what_was_added(tmp_path: Path, engine: str, library: str) -> None:
    if importlib.util.find_spec(library) is None:
        pytest.skip(NOT_INSTALLED)
    sizes = ("--sizes", "20", "40", "--questions", "5", "--engines", engine)
    printed, rows = run_for_json(tmp_path, "matching.py", *sizes)
    assert engine in printed
    assert [row["phrasings"] for row in rows] == [20, 40]
    assert all(row["new_found"] for row in rows)
    assert all(row["questions"] == 5 for row in rows)


def test_matching_takes_entries_and_questions_of_a_folder(tmp_path: Path, data: Path) -> None:
    sizes = ("--data", data, "--sizes", "2", "100", "1000", "--questions", "5")
    engines = ("--engines", "Pullquote, whole path", "rapidfuzz token_sort_ratio")
    printed, rows = run_for_json(tmp_path, "matching.py", *sizes, *engines)
    assert [row["phrasings"] for row in rows] == [2, 2, 4, 4]
    assert "Skipped: 1,000 phrasings; data has 4 in all." in printed
    assert all(row["top"] == 1.0 for row in rows[2:])


@pytest.mark.skipif(
    all(map(importlib.util.find_spec, ("bm25s", "tantivy"))), reason="all of the group is installed"
)
def test_an_engine_that_is_not_installed_is_passed_over() -> None:
    printed = run("matching.py", "--sizes", "20", "--questions", "2", "--engines", "bm25s", "tantivy")
    assert "is not installed (uv run --group benchmarks ...)" in printed


def test_quality_measures_folders_and_packs_in_one_run(tmp_path: Path, data: Path, questions: Path) -> None:
    chosen = ("--data", data, tmp_path / "nowhere", "--phrasings", "all", "1", "--typos", "1")
    pack = ("--pack", bundled_pack(), questions, "--calibration")
    printed, figures = run_for_json(tmp_path, "quality.py", *chosen, *pack)
    assert "nowhere holds neither kb.jsonl nor stories.jsonl" in " ".join(printed.split())
    variants = [row["variant"] for row in figures["entries"]]
    assert variants == ["all phrasings", "1 phrasing", "all phrasings, 1 slip"]
    assert figures["entries"][0]["top"] == 1.0
    assert [row["data"] for row in figures["packs"]] == [bundled_pack().name]
    assert figures["packs"][0]["answered"] == 0.0
    assert "stated" in printed


def test_the_signs_of_near_passages_are_weighed(tmp_path: Path) -> None:
    told = {
        "harbour": [
            "The harbour opened in 1907.",
            "A crane lifts the boats.",
            "Nobody swims there in winter.",
        ],
        "bakery": [
            "The bakery sells 40 kinds of bread.",
            "Its oven was built by Nils Aaberg.",
            "It shuts at noon.",
        ],
    }
    asked = [
        ("harbour", "when did the harbour open", "1907"),
        ("harbour", "what lifts the boats", "crane"),
        ("bakery", "how many kinds of bread", "40"),
        ("bakery", "who built the oven", "Aaberg"),
    ]
    stories = [{"id": name, "title": name, "paragraphs": [" ".join(lines)]} for name, lines in told.items()]
    tests = [{"story": story, "question": question, "answers": [answer]} for story, question, answer in asked]
    for name, objects in (("stories", stories), ("test", tests)):
        text = "".join(json.dumps(one) + "\n" for one in objects)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    printed = run("train_passages.py", "--data", tmp_path, "en")
    assert printed.count("first 100.0") == 2
    assert '"held": ' in printed
    assert "OFFSET = " in printed


def test_misses_are_put_together_in_every_way(tmp_path: Path, data: Path) -> None:
    others = tmp_path / "others"
    others.mkdir()
    told = [{"question": f"what is {n} in words", "story": "s", "answers": [f"{n}"]} for n in range(4)]
    text = "".join(json.dumps(one) + "\n" for one in [*told, told[0], {**told[0], "answers": []}])
    (others / "test.jsonl").write_text(text, encoding="utf-8")
    options = ("--data", data, "--one-offs", others, "--sizes", "4", "8", "--tune")
    printed, rows = run_for_json(tmp_path, "clustering.py", *options)
    assert "Pullquote" in printed
    assert [(row["way"], row["misses"]) for row in rows[:3]] == [
        (way, 4) for way in ("Pullquote", "leaders", "same words")
    ]
    assert [row["misses"] for row in rows[3:]] == [6, 6, 6]
    assert rows[2]["purity"] == 1.0


def test_clustering_says_what_is_not_there(tmp_path: Path) -> None:
    missing = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "clustering.py", "--data", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert missing.returncode == 1
    assert "kb.jsonl" in missing.stdout


def test_what_changes_do_is_foreseen(tmp_path: Path) -> None:
    few = ("--entries", "8", "--misses", "4", "--changes", "3", "--known", "40", "--check", "20")
    printed, figures = run_for_json(tmp_path, "effect.py", *few)
    assert "40 known questions" in printed
    assert [row["what"] for row in figures["changes"]] == ["added", "phrased", "removed"]
    assert all(row["missed"] == 0 for row in figures["changes"])


def test_quality_says_what_to_give_it() -> None:
    assert "Nothing was measured" in run("quality.py")


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="the CPU time is read from /proc")
def test_the_whole_bot_and_the_echo_bot_answer_every_question(tmp_path: Path) -> None:
    few = ("--channels", "3", "--messages", "9", "--rounds", "1")
    printed, figures = run_for_json(tmp_path, "whole_bot.py", *few)
    assert [(one["bot"], one["messages"]) for one in figures["rounds"]] == [("Pullquote", 9), ("echo", 9)]
    assert "for each CPU second" in printed


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a process took")
def test_startup_is_split_into_its_phases(tmp_path: Path) -> None:
    printed, figures = run_for_json(tmp_path, "startup.py", "--runs", "1")
    assert list(figures["phases"]) == [
        "the interpreter",
        "importing",
        "reading the pack",
        "compiling it",
        "the first answer",
        "a second answer",
    ]
    assert {"knowledge", "numpy", "the standard library"} <= set(figures["imports_ms"])
    assert "pullquote ask --json" in printed


def test_an_import_is_measured_for_both_formats(tmp_path: Path) -> None:
    printed, figures = run_for_json(tmp_path, "importing.py", "--entries", "20")
    whats = ("new", "the same again", "a dry run")
    assert list(figures["runs"]) == [
        f"{name}, {what}" for name in ("entries.jsonl", "kb.tsv") for what in whats
    ]
    assert "pullquote import of 20 entries" in printed


def test_an_import_in_discord_is_measured_step_by_step_with_what_members_wait(tmp_path: Path) -> None:
    printed, figures = run_for_json(tmp_path, "importing_discord.py", "--entries", "20")
    assert [step["name"] for step in figures["steps"]] == ["preview", "confirm", "undo"]
    assert "/qa import of 20 entries" in printed
