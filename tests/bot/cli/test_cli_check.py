"""`pullquote check`: is a pack as it must be."""

from pathlib import Path

from tests.bot.cli.conftest import Pullquote


def test_the_bundled_pack_has_no_faults(pullquote: Pullquote) -> None:
    result = pullquote("check")
    assert result.exit_code == 0
    assert result.stdout.endswith(" quotations. No faults.\n")


def test_a_good_pack_says_what_it_holds(pullquote: Pullquote, lake: Path) -> None:
    result = pullquote("check", lake)
    assert result.exit_code == 0
    holds = "1 story, 2 entries, 1 gap, 8 phrasings, 0 facts, 2 quotations"
    assert result.stdout == f"lake-pack: {holds}. No faults.\n"


def test_every_fault_is_a_line_with_its_file_and_line(pullquote: Pullquote, lake: Path) -> None:
    entries = lake / "entries.yaml"
    text = entries.read_text(encoding="utf-8")
    text = text.replace("excerpt: The water came", "excerpt: The wine came").replace(
        "id: how-deep", "id: how-long"
    )
    entries.write_text(text, encoding="utf-8")
    result = pullquote("check", lake)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert all(line.startswith(f"{entries}:") for line in result.stdout.splitlines())
    assert result.stderr == f"{lake} has 2 faults.\n"


def test_a_folder_that_is_no_pack_is_a_fault(pullquote: Pullquote, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = pullquote("check", tmp_path / "empty")
    assert result.exit_code == 1
    assert "pack.yaml" in result.stdout


def test_a_fault_cannot_control_the_terminal(pullquote: Pullquote, lake: Path) -> None:
    (lake / "entries.yaml").write_text('entries:\n  - id: "\\e[31m"\n    colour: red\n', encoding="utf-8")
    result = pullquote("check", lake)
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout


def test_a_misnamed_file_is_a_fault(pullquote: Pullquote, lake: Path) -> None:
    (lake / "entries.yaml").rename(lake / "entries.yml")
    result = pullquote("check", lake)
    assert result.exit_code == 1
    assert result.stdout == (
        f'{lake / "entries.yml"}:1: this is not read, because of its name: rename it to "entries.yaml"\n'
    )


def test_other_files_are_named_and_no_fault(pullquote: Pullquote, lake: Path) -> None:
    (lake / "questions.jsonl").touch()
    result = pullquote("check", lake)
    assert result.exit_code == 0
    assert result.stderr == "Not read, as no part of a pack: questions.jsonl.\n"


def test_a_story_that_may_not_be_shown_whole_says_so_and_how_much_of_it_is_quoted(
    pullquote: Pullquote, lake: Path
) -> None:
    (story,) = (lake / "stories").glob("*.md")
    text = story.read_text(encoding="utf-8")
    story.write_text(f"---\nlicence: All rights reserved\n---\n{text.split('---', 2)[-1]}", encoding="utf-8")
    result = pullquote("check", lake)
    assert result.exit_code == 0
    assert result.stderr.startswith(
        f"stories/{story.name}: no licence in it says that all of it may be shown"
    )
    assert "shows at most 5 words, and the entries quote" in result.stderr
