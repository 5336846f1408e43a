# ruff: noqa: RUF001 - typographic punctuation is what is tested

import pytest

from knowledge.model import Story
from knowledge.stories import build_story


def quoted(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(item.speaker, item.citation.excerpt) for item in build_story("s", text, language).quotations]


def test_a_quotation_has_an_id_a_place_and_its_words(story: Story) -> None:
    first = story.quotations[0]
    assert (first.id, first.place, first.citation.excerpt) == (
        "bridge/q1",
        "paragraph 2",
        "We heard it crack,",
    )


def test_a_surname_and_a_pronoun_are_resolved_to_the_fullest_name(story: Story) -> None:
    assert [item.speaker for item in story.quotations] == ["Mara Voss"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "“It is over,” Ada Lind said.",
        "“It is over,” said Ada Lind, the warden.",
        "“It is over,” said the warden, Ada Lind.",
        "“It is over,” said the old warden Ada Lind.",
        "“It is over,” Ada Lind, who heads the office, said.",
        "“It is over,” Dr. Ada Lind later said.",
        "“It is over,” Ada Lind told the radio on Monday.",
        "Ada Lind said: “It is over.”",
        "Ada Lind, 44, said on Monday, “It is over.”",
        "But when it was dark, Ada Lind said that “it is over and done”.",
        "According to Ada Lind, “it is over and done”.",
        "Ada Lind: “It is over.”",
        '"It is over," Ada Lind said.',
        '"It is over!" Ada Lind shouted.',
        "Ada Lind left. “It is over,” she said.",
        "Ada Lind left the hall.\n\n“It is over,” she said.",
        "“It is over,” Lind said. Ada Lind is the warden.",
        "“It is over,” Ada said. Ada Lind is the warden.",
        "The prize of France Football went to Ada Lind, 44, in Upper Dask. “It is over,” she said.",
        "Ada Lind, the mayor of Upper Dask, wants the plug. “It is over,” she said.",
        "“No,” Ada Lind said. “It is over.”",
    ],
)
def test_the_speaker_is_found(text: str) -> None:
    speakers = quoted(text)
    assert [speaker for speaker, _ in speakers] == ["Ada Lind"]
    assert "is over" in speakers[0][1]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("de", "„Das ist ein großer Schritt“, sagte Anna Müller.", "Anna Müller"),
        ("de", "Anna Müller kam. „Das ist ein großer Schritt“, sagte sie.", "Anna Müller"),
        ("de", "Dr. Anna Müller fragte: „Warum nicht?“", "Anna Müller"),
        ("de", "»Das ist ein großer Schritt«, sagte Anna Müller.", "Anna Müller"),
        ("fr", "« C’est un grand pas », a déclaré Marie Dupont.", "Marie Dupont"),
        ("fr", "Marie Dupont, 30 ans, est là. « C’est un grand pas », a-t-elle dit.", "Marie Dupont"),
        ("es", "«Es un gran día», afirmó Laura Pérez, la entrenadora.", "Laura Pérez"),
        ("es", "El Sr. García dijo: “No lo sé”.", "García"),
        ("it", "«È un grande passo», ha detto Anna Rossi.", "Anna Rossi"),
        ("pt", "“É um grande passo”, disse Ana Silva.", "Ana Silva"),
        ("ro", "„Este un pas uriaș”, a spus Ana Pop.", "Ana Pop"),
        ("nl", "“Het is een grote stap”, zei Anna de Vries.", "Anna de Vries"),
        ("no", "«Det er et stort steg», sa Ada Hegerberg.", "Ada Hegerberg"),
        ("nb", "«Det er et stort steg», sa Ada Hegerberg.", "Ada Hegerberg"),
        ("sv", "”Det är ett stort steg”, sade Anna Berg.", "Anna Berg"),
        ("da", "»Det er et stort skridt«, sagde Anna Berg.", "Anna Berg"),
        ("pl", "„To wielki krok”, powiedziała Anna Nowak.", "Anna Nowak"),
        ("ru", "«Это большой шаг для нас», — сказала Анна Петрова.", "Анна Петрова"),
        ("uk", "«Це великий крок для нас», — сказала Анна Бойко.", "Анна Бойко"),
        ("zh", "“这是一大步。”张伟说。", "张伟"),
        ("zh", "张伟说：“这是一大步。”", "张伟"),
        ("ja", "「とても嬉しい。」と田中さんは話した。", "田中"),
    ],
)
def test_the_speaker_is_found_in_other_languages(language: str, text: str, speaker: str) -> None:
    assert [found for found, _ in quoted(text, language)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “miracle” was none.",
        "The “lake that vanished” is back.",
        "She replied with a firm “no” and left.",
        "The song “Hello, Is It Me You Want?” played.",
        "Her book “The Long Way Home”, Lind said, is out.",
        "It is 5'10\" tall and 6'2\" wide.",
        "An “unclosed mark of speech goes nowhere.",
        "“”",
        "“ ”",
        '"',
    ],
)
def test_terms_titles_and_scare_quotes_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_speech_whose_speaker_is_not_told_has_none() -> None:
    assert quoted("“It is over and done.”") == [("", "It is over and done.")]
    assert quoted("“It is over,” the spokesman said.") == [("", "It is over,")]
    assert quoted("“It is over,” she said.") == [("", "It is over,")]


def test_words_in_a_sentence_of_someone_are_a_quotation_when_there_are_enough() -> None:
    assert quoted("Lind called it “a disgrace to the whole valley”.") == [
        ("Lind", "a disgrace to the whole valley")
    ]
    assert quoted("Lind called it “a disgrace”.") == []


def test_what_follows_a_finished_sentence_is_about_someone_else() -> None:
    text = "Ada Lind said: “It is over.” Bo Berg asked for more."
    assert quoted(text) == [("Ada Lind", "It is over.")]


def test_two_speakers_in_one_paragraph_are_told_apart() -> None:
    text = "“It is over,” said Ada Lind. “It is not,” said Bo Berg. “You will see.”"
    assert [speaker for speaker, _ in quoted(text)] == ["Ada Lind", "Bo Berg", "Bo Berg"]


def test_the_speaker_of_another_paragraph_is_not_carried_over() -> None:
    assert [speaker for speaker, _ in quoted("“It is over,” said Ada Lind.\n\n“It is not so.”")] == [
        "Ada Lind",
        "",
    ]


def test_speech_over_several_paragraphs_is_of_one_speaker() -> None:
    text = "“It is over.\n\n“It is done,” said Ada Lind."
    assert quoted(text) == [("Ada Lind", "It is over."), ("Ada Lind", "It is done,")]


def test_of_namesakes_the_one_named_last_is_meant() -> None:
    text = "Ada Lind came. “It is over,” Lind said.\n\nBo Lind came. “It is not,” Lind said."
    assert [speaker for speaker, _ in quoted(text)] == ["Ada Lind", "Bo Lind"]


def test_a_pronoun_is_no_body_and_no_place() -> None:
    text = "Ada Lind and the Kerrow Trust met at Lake Ilvane. “It is over,” she said. Lind left."
    assert [speaker for speaker, _ in quoted(text)] == ["Ada Lind"]


def test_names_inside_speech_do_not_count_as_named_last() -> None:
    text = "Ada Lind left. “Bo Berg is to blame,” said Lind. “Ask Bo Berg, 50, about it,” she added."
    assert [speaker for speaker, _ in quoted(text)] == ["Ada Lind", "Ada Lind"]


def test_a_nationality_or_title_is_no_part_of_a_name() -> None:
    text = "“It is over,” Solveig said. French DJ Martin Solveig left with President Ada Lind."
    assert quoted(text) == [("Martin Solveig", "It is over,")]


def test_speech_too_long_for_an_excerpt_is_cut_into_its_sentences() -> None:
    sentence = "This is a sentence that says quite a lot about rather little, and it takes its time."
    found = quoted(f"“{' '.join([sentence] * 5)}” said Ada Lind.".replace("time.”", "time,”"))
    assert [speaker for speaker, _ in found] == ["Ada Lind"] * 5
    assert all(len(excerpt) <= 300 for _, excerpt in found)
