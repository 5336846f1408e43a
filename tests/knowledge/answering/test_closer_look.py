"""The sentence encoder is asked where the words do not decide, and only there."""

import json
import math
from dataclasses import fields, replace
from importlib.resources import files

import pytest

from knowledge.answering import Base, CompiledPacks, path, weighing
from knowledge.evaluation import leave_out, rows
from knowledge.matching.evidence import Evidence
from knowledge.model import Entry, Outcome, Question
from knowledge.text.folding import words
from tests.knowledge.bases import COMPILED, PACK, UNHURT, ask, entry
from tests.knowledge.fake_sentences import FakeSentences
from tests.knowledge.stores import WIFI

SYNONYM = "quaffle?"


def closer(sentences: FakeSentences, *own: Entry) -> Base:
    """Return a base with a sentence encoder that has encoded everything."""
    asked = Base(CompiledPacks([PACK], lambda _language: sentences), own)
    asked.look_closer()
    return asked


@pytest.fixture
def sentences() -> FakeSentences:
    return FakeSentences()


@pytest.fixture
def never_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the closer look asked for, whatever the words say."""
    monkeypatch.setattr(weighing, "is_decided", lambda _best, _least: False)


def considered(base: Base, question: str) -> list[str]:
    """Return the ids of the candidates, best first."""
    return [candidate.source.id for candidate in ask(base, question).candidates]


def test_what_the_words_decide_never_pays_for_the_encoder(sentences: FakeSentences) -> None:
    asked = closer(sentences)
    answer = ask(asked, "Who drew the library?")
    assert (answer.outcome, answer.source.id) == (Outcome.ANSWER, "architect")
    assert not sentences.asked


@pytest.mark.parametrize(
    "question",
    ["what was the price", "who opened what there", "fire in the new building", "the mayor", "books"],
)
def test_the_encoder_is_asked_where_the_words_are_neither_sure_nor_hopeless(
    sentences: FakeSentences, question: str
) -> None:
    asked = closer(sentences)
    best = weighing.weigh(Base(COMPILED), words(question), None)
    weighing.weigh(asked, words(question), None)
    assert best
    assert bool(sentences.asked) is (weighing.UNLIKELY < best[0].confidence < weighing.SURE)


@pytest.mark.parametrize(
    ("confidence", "decided"),
    [(0.01, True), (weighing.UNLIKELY, True), (0.3, False), (0.69, False), (0.7, True)],
)
def test_what_is_decided_depends_on_how_strict_the_server_is(confidence: float, *, decided: bool) -> None:
    (best, *_) = weighing.weigh(Base(COMPILED), words("Who drew the library?"), None)
    assert weighing.is_decided([replace(best, confidence=confidence)], 0.7) is decided
    assert weighing.is_decided([], 0.7)


@pytest.mark.usefixtures("never_decided")
def test_the_encoder_finds_what_shares_no_word(sentences: FakeSentences) -> None:
    assert "cost" not in considered(Base(COMPILED), SYNONYM)
    assert "cost" in considered(closer(sentences), SYNONYM)


def test_lines_are_looked_at_closer_where_nothing_curated_is_sure() -> None:
    asked = closer(FakeSentences(raw={"nobody was hurt.": "quaffle"}))
    assert path.passages(asked, words(SYNONYM), None, [])[0].passage.text == UNHURT
    sure = weighing.weigh(asked, words("Who drew the library?"), None)
    assert path.passages(asked, words(SYNONYM), None, sure) == ()


@pytest.mark.usefixtures("never_decided")
def test_a_servers_own_entry_is_looked_at_closer_too(sentences: FakeSentences) -> None:
    own = entry("own", ["what about the bibliothek tariff", "the sums of the bibliothek"], "None.")
    assert "own" not in considered(Base(COMPILED, [own]), SYNONYM)
    assert "own" in considered(closer(sentences, own), SYNONYM)


@pytest.mark.usefixtures("never_decided")
def test_until_all_is_encoded_the_words_alone_are_matched(sentences: FakeSentences) -> None:
    packs = CompiledPacks([PACK], lambda _language: sentences)
    Base(packs).look_closer()
    assert Base(packs).closer is not None
    with_own = Base(packs, [WIFI])
    assert with_own.closer is None
    assert ask(with_own, "What is the wifi password?").source.id == "wifi"
    assert not sentences.asked
    with_own.look_closer()
    assert ask(with_own, "What is the wifi password?").source.id == "wifi"
    assert sentences.asked


def test_without_an_encoder_there_is_nothing_to_look_closer_with() -> None:
    asked = Base(COMPILED)
    asked.look_closer()
    assert asked.closer is None


def test_the_encoder_is_that_of_the_packs_language(sentences: FakeSentences) -> None:
    wanted: list[str] = []
    CompiledPacks([PACK], lambda language: wanted.append(language) or sentences)
    assert wanted == ["en"]


def test_what_is_encoded_is_not_encoded_again_for_the_next_server(sentences: FakeSentences) -> None:
    asked = closer(sentences)
    sentences.encoded.clear()
    Base(asked.compiled, [WIFI]).look_closer()
    assert sentences.encoded == ["what is the wifi password", "wifi key"]


@pytest.mark.usefixtures("never_decided")
def test_an_explanation_adds_up_to_the_confidence_of_the_closer_look(sentences: FakeSentences) -> None:
    explained = closer(sentences).explain(Question("who sketched it"))
    for one in explained.candidates:
        total = one.start + sum(weight.adds for weight in one.evidence)
        assert one.confidence == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)


def test_a_closer_look_has_to_be_surer_as_it_is_a_second_chance() -> None:
    (best, *_) = weighing.weigh(Base(COMPILED), words("Who drew the library?"), None)
    scarcely = replace(best, confidence=weighing.SURE + 0.01)
    assert weighing.is_sure(scarcely, weighing.SURE)
    looked_at_again = replace(scarcely, is_closer=True)
    assert weighing.refusals(looked_at_again, weighing.SURE) == (weighing.Refusal.UNSURE,)
    assert weighing.is_sure(replace(looked_at_again, confidence=weighing.SURE + 0.1), weighing.SURE)


def test_an_explanation_of_a_closer_look_says_what_confidence_it_needed(sentences: FakeSentences) -> None:
    looked_closer = closer(sentences).explain(Question("who sketched it"))
    by_words = closer(sentences).explain(Question("Who drew the library?"))
    assert looked_closer.thresholds.sure > by_words.thresholds.sure == weighing.SURE


@pytest.mark.usefixtures("never_decided")
def test_a_phrasing_can_be_left_out_of_a_closer_look(sentences: FakeSentences) -> None:
    asked = closer(sentences)
    assert len(leave_out(asked, rows(asked))) == len(rows(asked))
    assert sentences.asked


def test_a_closer_look_leaves_the_base_as_it_was(sentences: FakeSentences) -> None:
    asked = closer(sentences)
    assert asked.closer is not None
    assert not asked.is_closer
    assert asked.closer.curated != asked.curated
    assert ask(asked, "Who drew the library?").source == ask(Base(COMPILED), "Who drew the library?").source


@pytest.mark.parametrize("name", ["confidence.json", "confidence_semantic.json"])
def test_the_models_of_both_looks_weigh_the_same_evidence(name: str) -> None:
    stored = json.loads(files("knowledge.matching").joinpath(name).read_text(encoding="utf-8"))
    assert list(stored["weights"]) == [field.name for field in fields(Evidence)]
