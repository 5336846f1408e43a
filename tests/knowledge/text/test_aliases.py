"""Short forms are read as what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Alias
from knowledge.text.aliases import MOST_WRITTEN_OUT, Aliases
from knowledge.text.folding import words


def aliases(**meanings: str) -> Aliases:
    """Return aliases; an underscore stands for a space in a short form."""
    return Aliases(Alias(short.replace("_", " "), meaning) for short, meaning in meanings.items())


BDO = aliases(bdo="Ballon d'Or")


@pytest.mark.parametrize(
    "text",
    ["Who won the BdO?", "who won the bdo", "Who won the BDO’s?", "who won the *BdO*"],  # noqa: RUF001 - as phones write
)
def test_a_short_form_is_read_however_it_is_typed(text: str) -> None:
    assert BDO.read(text) == ("who", "won", "the", "ballon", "dor")


def test_without_aliases_a_text_is_its_words() -> None:
    assert Aliases().read("Who won the BdO?") == words("Who won the BdO?")
    assert Aliases().found("Who won the BdO?") == ()


def test_a_short_form_inside_a_word_is_left_alone() -> None:
    assert BDO.read("bdos abdo") == ("bdos", "abdo")


def test_of_two_short_forms_the_longer_one_is_meant() -> None:
    both = aliases(bdo="Ballon d'Or", bdo_f="women's Ballon d'Or", the_big_one="Ballon d'Or")
    assert both.read("bdo f or the big one or BdO") == words(
        "women's Ballon d'Or or Ballon d'Or or Ballon d'Or"
    )


def test_what_a_short_form_means_is_not_read_as_another_one() -> None:
    circle = aliases(one="two words", words="one")
    assert circle.read("one words") == ("2", "words", "one") == words("two words one")


@pytest.mark.parametrize("short", ["ballon", "dor", "golden", "golden_ballon", "ballon_dor"])
def test_a_part_of_a_meaning_that_stands_there_in_full_is_left_alone(short: str) -> None:
    part = aliases(**{short: "the golden Ballon d'Or"})
    assert part.read("who won the golden Ballon d'Or") == words("who won the golden Ballon d'Or")
    assert part.read(f"{short.replace('_', ' ')} winner") == words("the golden Ballon d'Or winner")


def test_what_was_found_is_told() -> None:
    assert BDO.found("BdO and the BdO") == (("bdo", "ballon dor"), ("bdo", "ballon dor"))
    assert BDO.found("Ballon d'Or") == ()


def test_a_text_is_given_back_as_it_is_where_nothing_is_meant() -> None:
    assert BDO.meant("Ada  HEGERBERG?") == "Ada  HEGERBERG?"
    assert BDO.meant("the BdO") == "the ballon dor"


def test_a_text_of_nothing_but_short_forms_does_not_grow_without_end() -> None:
    long = aliases(x=" ".join(f"word{n}" for n in range(10)))
    read = long.read("x " * 150)
    assert len(read) == MOST_WRITTEN_OUT * 10 + (150 - MOST_WRITTEN_OUT)
    assert len(long.found("x " * 150)) == MOST_WRITTEN_OUT


def test_an_alias_without_a_word_is_passed_over() -> None:
    assert Aliases([Alias("", "Ballon d'Or"), Alias("?!", "x"), Alias("bdo", "?!")]).read("bdo") == ("bdo",)


texts = st.text("abcd 'É?", max_size=40)


@given(st.dictionaries(st.text("abcd ", min_size=1, max_size=6), texts, max_size=5), texts)
def test_reading_never_fails_and_loses_no_word_that_is_no_short_form(
    meanings: dict[str, str], text: str
) -> None:
    some = Aliases(Alias(short, meaning) for short, meaning in meanings.items())
    read = some.read(text)
    replaced = {word for short, _ in some.found(text) for word in short.split()}
    assert set(words(text)) - replaced <= set(read)
