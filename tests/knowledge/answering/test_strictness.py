"""How sure an answer has to be is a server's choice."""

import pytest

from knowledge.answering import Base, Refusal
from knowledge.answering.path import POSSIBLE
from knowledge.answering.strictness import MEANINGS, in_words
from knowledge.answering.weighing import SURE
from knowledge.model import Outcome, Question, Setting, Strictness
from knowledge.settings import STRICTNESS, ServerSettings
from tests.knowledge.bases import COMPILED, ENTRIES, ask, base, entry

CAREFUL, BALANCED, EAGER = Strictness


def of_strictness(strictness: Strictness, *own: object) -> Base:
    return Base(COMPILED, own, settings=ServerSettings((Setting(STRICTNESS, strictness),)))


def test_a_server_that_sets_nothing_is_balanced() -> None:
    assert base().sure == of_strictness(BALANCED).sure == SURE


def test_the_more_eager_the_less_sure_and_the_more_is_wrong() -> None:
    meanings = [MEANINGS[one] for one in Strictness]
    assert 1 > meanings[0].sure > meanings[1].sure > meanings[2].sure > POSSIBLE
    assert 0 < meanings[0].wrong < meanings[1].wrong < meanings[2].wrong < 1


@pytest.mark.parametrize("strictness", Strictness)
def test_each_says_in_words_what_it_stands_for(strictness: Strictness) -> None:
    said = in_words(strictness)
    assert f"{MEANINGS[strictness].sure:.0%}" in said
    assert f"about {100 * MEANINGS[strictness].wrong:.0f} in 100 answers are wrong" in said
    assert len(said) <= 100


def nearly(strictness: Strictness) -> str:
    """Return a question whose best entry is sure enough for a strictness, and for no stricter one."""
    above = {BALANCED: MEANINGS[CAREFUL].sure, EAGER: MEANINGS[BALANCED].sure}[strictness]
    forms = (
        "tell me {}",
        "{} or so",
        "{} then, you know, roughly",
        "{} again please in short words",
        "so {} zzz",
    )
    for one in ENTRIES[:6]:
        for phrasing in one.phrasings:
            for form in forms:
                question = form.format(" ".join(phrasing.rstrip("?").split()[:-1]))
                why = base().explain(Question(question))
                first = why.candidates[0] if why.candidates else None
                if (
                    first
                    and first.source.kind == "entry"
                    and MEANINGS[strictness].sure <= first.confidence < above
                    and set(first.refusals) <= {Refusal.UNSURE}
                ):
                    return question
    raise AssertionError("no such question")


@pytest.mark.parametrize(("strictness", "stricter"), [(BALANCED, CAREFUL), (EAGER, BALANCED)])
def test_a_stricter_server_offers_what_another_answers(strictness: Strictness, stricter: Strictness) -> None:
    question = nearly(strictness)
    given = ask(of_strictness(strictness), question)
    held_back = ask(of_strictness(stricter), question)
    assert given.outcome is Outcome.ANSWER
    assert held_back.outcome is Outcome.CHOICES
    assert held_back.suggestions[0].source == given.source


def test_an_explanation_tells_the_threshold_that_held() -> None:
    question = nearly(BALANCED)
    for strictness in Strictness:
        why = of_strictness(strictness).explain(Question(question))
        assert why.thresholds.sure == MEANINGS[strictness].sure
        assert (Refusal.UNSURE in why.candidates[0].refusals) == (strictness is CAREFUL)


@pytest.mark.parametrize(
    "question", ["What did the mayor NOT say?", "Who opened the library?", "How many visitors?"]
)
def test_not_even_an_eager_server_answers_what_is_denied_or_asks_for_something_else(question: str) -> None:
    assert ask(of_strictness(EAGER), question).outcome is not Outcome.ANSWER


def test_a_base_can_be_asked_at_another_strictness_and_stays_as_it_is() -> None:
    wifi = entry("wifi", ("What is the wifi password?",), "Ask at the desk.")
    whole = of_strictness(EAGER, wifi)
    careful = whole.at(CAREFUL)
    assert (careful.settings.strictness, careful.sure) == (CAREFUL, MEANINGS[CAREFUL].sure)
    assert (whole.settings.strictness, whole.sure) == (EAGER, MEANINGS[EAGER].sure)
    assert ask(careful, "What is the wifi password?").source.id == "wifi"
    assert careful.curated is whole.curated
