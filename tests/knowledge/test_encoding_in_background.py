"""Encoding goes on beside the questions: nobody waits for it, and it stops when the bot does."""

import asyncio
import logging
import threading
from collections.abc import Callable

import pytest

from knowledge.library import Library
from knowledge.model import Outcome
from tests.knowledge.bases import PACK, ask, entry
from tests.knowledge.fake_sentences import FakeSentences
from tests.knowledge.stores import WIFI, Flaky


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for what goes on in a thread."""
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110  a thread sets no event of the loop
            await asyncio.sleep(0.01)


def library(sentences: FakeSentences) -> Library:
    return Library([PACK], Flaky(), models=lambda _language: sentences)


async def test_questions_are_answered_while_the_packs_are_encoded() -> None:
    gate = threading.Event()
    opened = library(FakeSentences(gate=gate))
    opened.start_encoding()
    await asyncio.sleep(0)
    base = await opened.base(None)
    assert ask(base, "Who drew the library?").outcome is Outcome.ANSWER
    assert base.closer is None
    gate.set()
    await until(lambda: base.closer is not None)
    await opened.close()


async def test_a_saved_entry_is_found_at_once_and_encoded_afterwards() -> None:
    gate = threading.Event()
    opened = library(FakeSentences(gate=gate))
    await opened.base(1)
    await opened.save(1, [WIFI])
    base = await opened.base(1)
    assert ask(base, "wifi key").text == WIFI.answer
    assert base.closer is None
    gate.set()
    await until(lambda: base.closer is not None)
    await opened.close()


async def test_a_base_that_was_replaced_meanwhile_is_not_encoded() -> None:
    gate = threading.Event()
    sentences = FakeSentences(gate=gate)
    opened = library(sentences)
    opened.start_encoding()
    await opened.base(1)
    for number in range(5):
        await opened.save(1, [entry("wifi", [f"wifi key {number}"], "Ask at the desk.")])
    base = await opened.base(1)
    gate.set()
    await until(lambda: base.closer is not None)
    assert [text for text in sentences.encoded if text.startswith("wifi")] == ["wifi key 4"]
    await opened.close()


async def test_closing_stops_what_is_still_being_encoded() -> None:
    gate = threading.Event()
    sentences = FakeSentences(gate=gate)
    opened = library(sentences)
    opened.start_encoding()
    await asyncio.sleep(0.05)
    closing = asyncio.create_task(opened.close())
    await asyncio.sleep(0)
    gate.set()
    await closing
    assert len(sentences.encoded) <= 1


async def test_when_encoding_fails_the_words_go_on_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened = library(FakeSentences(fails=True))
    with caplog.at_level(logging.ERROR):
        opened.start_encoding()
        await until(lambda: "encoding failed" in caplog.text)
    assert ask(await opened.base(None), "Who drew the library?").outcome is Outcome.ANSWER
    await opened.close()


async def test_without_an_encoder_nothing_goes_on_in_the_background() -> None:
    opened = Library([PACK], Flaky())
    opened.start_encoding()
    assert (await opened.base(1)).closer is None
    await opened.close()
