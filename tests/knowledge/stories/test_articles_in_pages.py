"""Pages are read in a process of their own, which can neither stall nor learn anything."""

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.errors import StoryError
from knowledge.stories import pages
from knowledge.stories.pages import article_in

PARAGRAPH = (
    "<p>The old bridge at Harnfoss was closed on Monday, after a crack was found in its main beam.</p>"
)


def test_the_extractor_is_not_loaded_with_the_bot() -> None:
    imports = "import sys, knowledge.stories.taking, bot.cli.app, bot.client"
    code = f"{imports}; print({{'lxml', 'trafilatura'}} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"


def test_the_script_finds_an_article_and_its_lists() -> None:
    from knowledge.stories.extract_page import extract

    page = (
        f"<html lang='de-AT'><body><article>{PARAGRAPH}<ul><li>One<ul><li>within it</ul> and\n on<li>Two<br>lines</ul>"
        f"<blockquote><p>I sleep badly.</p></blockquote>{PARAGRAPH}</article></body></html>"
    )
    found = extract(page)
    sentence = PARAGRAPH[3:-4]
    assert found["text"] == (
        f"{sentence}\n\n- One\n- within it\n- and on\n- Two\n  lines\n\nI sleep badly.\n\n{sentence}"
    )
    assert found["language"] == "de"
    assert extract("") == {"text": ""}


def test_the_lines_within_a_table_s_cell_stay_apart() -> None:
    from knowledge.stories.extract_page import extract

    row = "<tr><td>Mara<br>Voss <b>of</b> the mill</td><td><p>sings</p><p>daily</p></td></tr>"
    page = f"<body><article>{PARAGRAPH}<table>{row}</table>{PARAGRAPH}</article></body>"
    assert extract(page)["text"].split("\n\n")[1] == "Mara Voss of the mill | sings daily"


def test_a_page_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(StoryError, match="took too long: copy the article's text"):
        article_in(PARAGRAPH, seconds=0.001)


def test_a_page_that_breaks_the_reader_breaks_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text("import os; os.abort()")
    monkeypatch.setattr(pages, "_SCRIPT", script)
    with pytest.raises(StoryError, match="could not be read: copy the article's text"):
        article_in(PARAGRAPH)


def test_the_process_sees_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PULLQUOTE_DISCORD_TOKEN", "secret")
    monkeypatch.setenv("POSTGRES_PASSWORD", "secret")
    script = tmp_path / "script.py"
    script.write_text("import json, os; print(json.dumps({'text': repr(os.environ)}))")
    monkeypatch.setattr(pages, "_SCRIPT", script)
    assert "secret" not in article_in(PARAGRAPH).text
