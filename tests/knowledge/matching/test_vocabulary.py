"""The vocabulary: how rare words are, and mending the misspelt ones."""

import pytest

from knowledge.matching.vocabulary import Vocabulary

STEMS = [("mayor", "open"), ("mayor", "say"), ("fire", "cause"), ("mayor", "cost")]


@pytest.fixture
def words() -> Vocabulary:
    return Vocabulary(
        "mayor library architect fire cost open say".split(), STEMS, {"sande": frozenset({"runa", "sande"})}
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mayr", "mayor"),
        ("mayoor", "mayor"),
        ("mayro", "mayor"),
        ("mqyor", "mayor"),
        ("libary", "library"),
        ("architct", "architect"),
        ("arhcitct", "architect"),
    ],
)
def test_a_slip_is_mended_and_two_in_a_long_word(words: Vocabulary, written: str, meant: str) -> None:
    assert words.mend([written]) == (meant,)


@pytest.mark.parametrize("written", ["myr", "maxxr", "liabry2", "archite", "zzzzzzzz"])
def test_what_is_too_far_from_every_word_stays(words: Vocabulary, written: str) -> None:
    assert words.mend([written]) == (written,)


@pytest.mark.parametrize("written", ["mayor", "say", "sye", "1998", "cost2"])
def test_known_words_short_words_and_numbers_are_never_mended(words: Vocabulary, written: str) -> None:
    assert words.mend([written]) == (written,)


def test_a_known_word_is_kept_though_another_is_one_slip_away() -> None:
    assert Vocabulary(["coast", "cost"], []).mend(["coast"]) == ("coast",)


def test_of_two_words_as_near_the_first_by_alphabet_is_taken() -> None:
    assert Vocabulary(["lighted", "fighter", "lighter"], []).mend(["nighter"]) == ("fighter",)


def test_mending_keeps_the_order_and_number_of_words(words: Vocabulary) -> None:
    assert words.mend("who is the mayr of the libary".split()) == tuple(
        "who is the mayor of the library".split()
    )
    assert words.mend([]) == ()


def test_a_rare_stem_tells_more_than_a_frequent_one(words: Vocabulary) -> None:
    assert words.rarity("never-seen") > words.rarity("fire") > words.rarity("mayor") > 0


def test_a_stem_is_counted_once_for_each_phrasing() -> None:
    assert Vocabulary([], [("fire", "fire"), ("fire",)]).times("fire") == 2


def test_a_server_s_words_stand_beside_those_of_the_packs(words: Vocabulary) -> None:
    own = Vocabulary(["wifi", "password"], [("wifi", "password"), ("mayor",)], beside=words)
    assert own.knows("wifi")
    assert own.knows("mayor")
    assert not words.knows("wifi")
    assert own.size == 6
    assert own.times("mayor") == 4
    assert own.named_with("sande") == {"runa", "sande"}
    assert own.mend(["pasword", "libary"]) == ("password", "library")


def test_the_nearer_of_both_parts_mends_a_word(words: Vocabulary) -> None:
    own = Vocabulary(["architekten"], [], beside=words)
    assert own.mend(["architekte"]) == ("architekten",)
    assert own.mend(["architecte"]) == ("architect",)


def test_names_are_those_of_the_stories(words: Vocabulary) -> None:
    assert words.named_with("sande") == {"runa", "sande"}
    assert words.named_with("mayor") == frozenset()


def test_a_vocabulary_without_words_changes_nothing() -> None:
    assert Vocabulary([], []).mend(["mayor"]) == ("mayor",)
    assert Vocabulary([], []).rarity("mayor") > 0


def test_a_stem_meets_itself_and_the_long_ones_like_it() -> None:
    likes = Vocabulary(["architect", "architecture", "arch"], [], language="en").likes("architct")
    assert likes["architct"] == 1
    assert 0.7 <= likes["architect"] < 1
    assert "arch" not in likes
    assert list(likes.values()) == sorted(likes.values(), reverse=True)


def test_a_short_stem_meets_itself_alone() -> None:
    assert Vocabulary(["coast", "cost"], []).likes("cast") == {"cast": 1}


def test_what_stands_beside_is_met_too() -> None:
    packs = Vocabulary(["architect"], [])
    assert "architect" in Vocabulary(["books"], [], beside=packs).likes("architct")


def test_a_stem_is_met_by_itself_wholly_by_a_like_one_partly_and_by_what_means_nearly_the_same() -> None:
    known = Vocabulary(["architect", "author", "writer"], [], language="en")
    assert known.met("architect", "architect", frozenset({"architect"})) == (1, 1)
    like, _ = known.met("architct", "architct", frozenset({"architect"}))
    assert 0.7 <= like < 1
    like, near = known.met("author", "author", frozenset({"writer", "architect"}))
    assert like == 0
    assert 0.3 <= near < 1
    assert known.met("author", "author", frozenset()) == (0, 0)
