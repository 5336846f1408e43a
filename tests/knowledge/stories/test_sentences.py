# ruff: noqa: RUF001 - typographic punctuation is what is tested

import pytest

from knowledge.stories import build_story


def cut(text: str, language: str = "en") -> list[str]:
    return [passage.text for passage in build_story("s", text, language).passages]


def parts(text: str) -> list[str]:
    """Read the expected sentences, which stand between bars."""
    return [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        "She won. | He laughed! | Why? | Nobody knew.",
        "It cost $3.50 in 2018. | Then 1.18 metres.",
        "Mr. Smith met Dr. J. K. Rowling. | They talked.",
        "He lives in the U.S. | The rest do not.",
        "The U.S. Senate met at 3 p.m. | It was short, e.g. two minutes, i.e. nothing.",
        "She replied with a firm no. | Then she left.",
        "See No. 5 and fig. 3 of Jan. 5. | Done.",
        "Then J. A. Brown Jr. left... | And he came back… | Nobody saw... anything.",
        "Acme Inc. was sold to Smith & Co. | The price is not known.",
        "“Really?” she asked. | “Stop!” Brown shouted. | Yahoo! said so.",
        "“I am done.” | She left. | (It was late.) | The end",
        "It was plan B. | The vote failed.",
        "In 1956. | The rest is known.",
        "Read example.com/a.b today. | Or not?!",
        "What?! | No way!!! | Yes.",
        "1. Take the road. | Turn left.",
        "He is 24. | Mary is 30.",
        "They came from Oslo etc. | The others stayed.",
    ],
)
def test_english(marked: str) -> None:
    assert cut(marked.replace(" | ", " ")) == parts(marked)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("de", "Am 24. September kam sie auf den 3. Platz. | Er ist 23. | Das war 1956. | Dann ging er."),
        ("de", "„Das ist z. B. gut“, sagte Anna. | „Warum nicht?“, rief Dr. Weber. | Und z.B. bzw. so."),
        ("no", "Hun vant 3. desember. | Det var f.eks. bra. | «Ja!» sa Per."),
        ("es", "¿Quién ganó? | ¡Ella ganó! | El Sr. García no lo sabe. | «¿Qué?», dijo."),
        ("fr", "M. Martin est parti. | « Non ! » a dit Marie. | Elle est là."),
        ("ro", "Cine a câștigat? | „Ea.” | Dl. Ionescu a plecat."),
        ("ru", "В 2018 г. она победила. | В г. Москва было тихо. | А. С. Пушкин писал и т.д. | Она ушла."),
        ("uk", "Хто виграв? | Вона!"),
        ("ar", "من فازت؟ | هي."),
        ("hi", "कौन जीता? | वह जीती।"),
    ],
)
def test_other_languages_with_blanks(language: str, marked: str) -> None:
    assert cut(marked.replace(" | ", " "), language) == parts(marked)


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("zh", "她赢了。|谁是第二名？|“这是一大步。”张伟说。|没有人知道！|他走了。"),
        ("ja", "彼女は勝った。|「とても嬉しい。」と彼女は言った。|次は？|わからない。"),
    ],
)
def test_languages_without_blanks(language: str, marked: str) -> None:
    assert cut(marked.replace("|", ""), language) == parts(marked)


def test_a_line_that_opens_direct_speech_is_a_passage() -> None:
    assert cut("She looked up\n“Are you sure\n– Quite") == ["She looked up", "“Are you sure", "– Quite"]


def test_a_sentence_over_two_lines_stays_whole() -> None:
    assert cut("She won\nthe prize. He\nlaughed.") == ["She won\nthe prize.", "He\nlaughed."]


def test_a_long_sentence_is_cut_after_a_clause() -> None:
    clause = "a clause of some length that goes on for a while"
    passages = cut(f"{clause}; {clause}, {clause}; {clause}, {clause}, {clause}, {clause}; {clause}.")
    assert all(len(passage) <= 300 for passage in passages)
    assert passages[0].endswith(";")
    assert len(passages) == 2


def test_a_long_sentence_without_clauses_is_cut_between_words() -> None:
    passages = cut("word " * 100)
    assert [set(passage.split()) for passage in passages] == [{"word"}, {"word"}]


def test_what_has_no_blank_at_all_is_cut_at_300() -> None:
    assert [len(passage) for passage in cut("x" * 700)] == [300, 300, 100]
