import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curating.drafts import KEPT_DRAFTS, KEPT_SECONDS, Draft, DraftGoneError, Drafts, DraftTakenError
from knowledge.errors import SafeError
from knowledge.model import Author

ADA = Author(7, "Ada")
DRAFT = Draft(server=1, author=ADA, question="Who won?", answer="Hegerberg.")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def drafts(clock: Clock) -> Drafts:
    return Drafts(clock)


def test_a_draft_comes_back_as_it_was_typed(drafts: Drafts) -> None:
    draft_id = drafts.keep(DRAFT)

    assert drafts.get(draft_id, 1, 7) == DRAFT


def test_an_edited_draft_takes_the_place_of_the_old_one(drafts: Drafts) -> None:
    draft_id = drafts.keep(DRAFT)
    edited = dataclasses.replace(DRAFT, answer="Ada Hegerberg.")

    assert drafts.keep(edited, draft_id) == draft_id
    assert drafts.get(draft_id, 1, 7) == edited
    assert len(drafts) == 1


@pytest.mark.parametrize(
    ("server", "person"), [(2, 7), (1, 8), (None, 7)], ids=["other server", "other person", "direct message"]
)
def test_nobody_else_gets_at_a_draft(drafts: Drafts, server: int | None, person: int) -> None:
    draft_id = drafts.keep(DRAFT)

    with pytest.raises(DraftGoneError):
        drafts.get(draft_id, server, person)
    with pytest.raises(DraftGoneError):
        drafts.take(draft_id, server, person)


def test_a_draft_is_taken_only_once(drafts: Drafts) -> None:
    draft_id = drafts.keep(DRAFT)

    assert drafts.take(draft_id, 1, 7) == DRAFT
    with pytest.raises(DraftTakenError):
        drafts.take(draft_id, 1, 7)
    with pytest.raises(DraftTakenError):
        drafts.get(draft_id, 1, 7)


def test_a_draft_that_could_not_be_saved_can_be_taken_again(drafts: Drafts) -> None:
    draft_id = drafts.keep(DRAFT)
    drafts.take(draft_id, 1, 7)

    drafts.give_back(draft_id)

    assert drafts.take(draft_id, 1, 7) == DRAFT


def test_a_draft_that_was_dropped_is_gone_for_good(drafts: Drafts) -> None:
    draft_id = drafts.keep(DRAFT)
    drafts.take(draft_id, 1, 7)

    drafts.drop(draft_id)
    drafts.give_back(draft_id)

    with pytest.raises(DraftGoneError):
        drafts.take(draft_id, 1, 7)


def test_giving_back_what_is_gone_changes_nothing(drafts: Drafts) -> None:
    drafts.give_back("never-was")

    assert len(drafts) == 0


def test_a_draft_is_kept_for_an_hour(drafts: Drafts, clock: Clock) -> None:
    draft_id = drafts.keep(DRAFT)

    clock.now += KEPT_SECONDS - 1
    assert drafts.get(draft_id, 1, 7) == DRAFT
    clock.now += 1
    with pytest.raises(DraftGoneError):
        drafts.get(draft_id, 1, 7)
    assert len(drafts) == 0


def test_editing_starts_the_hour_again(drafts: Drafts, clock: Clock) -> None:
    edited, untouched = drafts.keep(DRAFT), drafts.keep(DRAFT)
    clock.now += KEPT_SECONDS - 1
    drafts.keep(DRAFT, edited)
    clock.now += 1

    assert drafts.get(edited, 1, 7) == DRAFT
    with pytest.raises(DraftGoneError):
        drafts.get(untouched, 1, 7)


def test_the_oldest_make_room_when_there_are_too_many(drafts: Drafts) -> None:
    ids = [drafts.keep(DRAFT) for _ in range(KEPT_DRAFTS + 1)]

    assert len(drafts) == KEPT_DRAFTS
    with pytest.raises(DraftGoneError):
        drafts.get(ids[0], 1, 7)
    assert drafts.get(ids[1], 1, 7) == DRAFT


def test_the_errors_say_what_to_do() -> None:
    assert isinstance(DraftGoneError(), SafeError)
    assert "/qa add" in str(DraftGoneError())
    assert "/qa list" in str(DraftTakenError())


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.sampled_from(["keep", "take", "give back", "an hour goes by"]), max_size=60))
def test_whatever_happens_nobody_takes_what_is_taken(steps: list[str]) -> None:
    clock = Clock()
    drafts = Drafts(clock)
    draft_id, taken = drafts.keep(DRAFT), False
    for step in steps:
        match step:
            case "keep":
                draft_id, taken = drafts.keep(DRAFT), False
            case "take":
                try:
                    drafts.take(draft_id, 1, 7)
                except SafeError:
                    continue
                assert not taken
                taken = True
            case "give back":
                drafts.give_back(draft_id)
                taken = False
            case _:
                clock.now += KEPT_SECONDS
