"""The vectors that are kept on disk: found again, let go when unused, done without where there is no disk."""

import logging
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.semantic.cache import KEPT_DAYS, VectorCache

DAY = 86_400.0


def vector(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


def test_what_was_written_is_read_by_the_next_process(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "vectors.db"
    VectorCache(file).write({"who won": vector(0.5, -0.25), "who lost": vector(1, 0)})
    found = VectorCache(file).read(["who won", "never seen"])
    assert list(found) == ["who won"]
    assert found["who won"].tolist() == [0.5, -0.25]


@settings(max_examples=30)
@given(st.lists(st.floats(-1, 1, width=16), min_size=1, max_size=8), st.text(max_size=40))
def test_numbers_of_half_precision_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[float], text: str
) -> None:
    cache = VectorCache(tmp_path_factory.mktemp("cache") / "vectors.db")
    cache.write({text: vector(*numbers)})
    assert cache.read([text])[text].tolist() == numbers


def test_no_text_stands_in_the_file(tmp_path: Path) -> None:
    VectorCache(tmp_path / "vectors.db").write({"the secret phrasing": vector(1)})
    assert b"secret" not in (tmp_path / "vectors.db").read_bytes()


def test_what_nobody_asks_for_is_let_go_and_what_is_used_stays(tmp_path: Path) -> None:
    days = [0.0]
    cache = VectorCache(tmp_path / "vectors.db", clock=lambda: days[0] * DAY)
    cache.write({"used": vector(1), "unused": vector(0)})
    days[0] = KEPT_DAYS
    assert set(cache.read(["used"])) == {"used"}
    days[0] = KEPT_DAYS + 1
    assert set(cache.read(["used", "unused"])) == {"used", "unused"}, "read before it was let go"
    assert set(cache.read(["used", "unused"])) == {"used", "unused"}


def _write(file: Path, number: int) -> None:
    cache = VectorCache(file)
    for i in range(20):
        cache.write({f"{number} {i}": vector(number, i)})


def test_processes_write_at_once_and_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "vectors.db"
    processes = [get_context("spawn").Process(target=_write, args=(file, n)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    texts = [f"{n} {i}" for n in range(3) for i in range(20)]
    assert len(VectorCache(file).read(texts)) == 60


@pytest.mark.parametrize("damage", ["a folder", "no database"])
def test_without_a_usable_file_the_log_says_so_and_nothing_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    file = tmp_path / "vectors.db"
    if damage == "a folder":
        file.mkdir()
    else:
        file.write_bytes(b"this is no database" * 100)
    cache = VectorCache(file)
    with caplog.at_level(logging.WARNING):
        cache.write({"who won": vector(1)})
        assert cache.read(["who won"]) == {}
    assert "texts are encoded at every start, as" in caplog.text
