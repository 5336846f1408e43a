import os
from pathlib import Path

import pytest

from knowledge.errors import PackError
from knowledge.model import Entry, EntryKind, Fact, Name
from knowledge.packs import bundled_pack, read_pack
from knowledge.stories import cite


def test_a_pack_has_its_stories_entries_facts_and_names(pack: Path) -> None:
    read = read_pack(pack)
    (story,) = read.stories
    closing = cite(story, "The old bridge was closed on Monday.")
    hurt = cite(story, "Nobody was hurt.", "paragraph 1")
    assert (read.name, read.language, story.slug) == ("The bridge", "en", "bridge")
    assert read.entries == (
        Entry(
            "closed",
            ("Is the bridge open?", "When was the bridge closed?"),
            "It was closed on Monday.",
            (closing,),
            follow_ups=("hurt",),
        ),
        Entry("hurt", ("Was anybody hurt?",), "Nobody was.", (hurt,)),
        Entry("cost", ("What will it cost?",), kind=EntryKind.GAP),
    )
    assert read.facts == (Fact("closing-day", "the bridge", "closed on", "Monday", "date", (closing,)),)
    assert read.names == (Name("Mara Voss", ("Voss",)),)


def test_only_the_name_and_one_story_must_be_there(pack: Path) -> None:
    (pack / "entries.yaml").unlink()
    (pack / "facts.yaml").unlink()
    read = read_pack(pack)
    assert (read.entries, read.facts, read.names) == ((), (), ())
    assert len(read.stories) == 1


def test_entries_may_come_as_json_lines(pack: Path) -> None:
    (pack / "entries.yaml").unlink()
    (pack / "entries.jsonl").write_text(
        '{"id": "hurt", "phrasings": ["Was anybody hurt?"], "answer": "Nobody.", "citations": []}\n\n'
        '{"id": "cost", "phrasings": ["What will it cost?"], "citations": [], "kind": "gap"}\n',
        encoding="utf-8",
    )
    assert [entry.id for entry in read_pack(pack).entries] == ["hurt", "cost"]


@pytest.mark.parametrize(
    ("written", "value"),
    [("185", "185"), ("2018-12-03", "2018-12-03"), ("0x10", "0x10"), ("yes", "yes"), ("1.50", "1.50")],
)
def test_the_value_of_a_fact_stays_as_it_is_written(pack: Path, written: str, value: str) -> None:
    path = pack / "facts.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("value: Monday", f"value: {written}"), encoding="utf-8"
    )
    assert read_pack(pack).facts[0].value == value


def test_a_story_is_in_the_language_of_its_pack_unless_it_says_otherwise(pack: Path) -> None:
    (pack / "pack.yaml").write_text("name: Broen\nlanguage: no\n", encoding="utf-8")
    (pack / "stories" / "other.md").write_text("---\nlanguage: de\n---\n\nText.\n", encoding="utf-8")
    assert [(story.slug, story.language) for story in read_pack(pack).stories] == [
        ("bridge", "no"),
        ("other", "de"),
    ]


def test_empty_files_of_entries_and_facts_hold_none(pack: Path) -> None:
    (pack / "entries.yaml").write_text("# nothing yet\n", encoding="utf-8")
    (pack / "facts.yaml").write_text("names:\nfacts: []\n", encoding="utf-8")
    read = read_pack(pack)
    assert (read.entries, read.facts, read.names) == ((), (), ())


def test_other_files_in_the_folder_are_left_alone(pack: Path) -> None:
    (pack / "questions.jsonl").write_text("{broken", encoding="utf-8")
    (pack / "stories" / "notes.txt").write_bytes(b"\xff")
    assert len(read_pack(pack).stories) == 1


def test_a_link_within_the_folder_is_followed(pack: Path) -> None:
    (pack / "facts.yaml").rename(pack / "real.yaml")
    (pack / "facts.yaml").symlink_to(pack / "real.yaml")
    assert len(read_pack(pack).facts) == 1


def test_the_bundled_pack_is_without_faults() -> None:
    read = read_pack(bundled_pack())
    assert [story.slug for story in read.stories] == ["ballon-dor-2018"]
    assert {quotation.speaker for quotation in read.stories[0].quotations} == {"Ada Hegerberg"}


def test_there_has_to_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="there is no such folder"):
        read_pack(tmp_path / "gone")


def test_faults_name_files_as_seen_from_where_the_command_ran(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pack / "pack.yaml").unlink()
    monkeypatch.chdir(pack.parent)
    with pytest.raises(PackError, match=r"^bridge-pack/pack\.yaml:1: "):
        read_pack(Path(pack.name))


def test_a_pipe_is_not_waited_for(pack: Path) -> None:
    (pack / "facts.yaml").unlink()
    os.mkfifo(pack / "facts.yaml")
    with pytest.raises(PackError, match=r"facts\.yaml:1: no ordinary file"):
        read_pack(pack)
