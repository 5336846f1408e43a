"""The language of a story that nobody told."""
# ruff: noqa: E501, RUF001 - whole sentences in many alphabets are what is looked at

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.languages import guess


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The old bridge at Harnfoss was closed on Monday, after engineers found a crack in its main beam. Nobody was hurt, the council said. The ferry will carry cars across until the bridge has been mended.",
        ),
        (
            "fr",
            "Le vieux pont de Harnfoss a été fermé lundi, après que des ingénieurs ont découvert une fissure dans la poutre. Personne n'a été blessé, selon la mairie. Le bac transportera les voitures.",
        ),
        (
            "es",
            "El viejo puente de Harnfoss fue cerrado el lunes después de que los ingenieros encontraran una grieta en la viga. Nadie resultó herido, dijo el ayuntamiento.",
        ),
        (
            "pt",
            "A velha ponte de Harnfoss foi fechada na segunda-feira, depois que os engenheiros encontraram uma rachadura na viga. Ninguém ficou ferido, disse a prefeitura.",
        ),
        (
            "it",
            "Il vecchio ponte di Harnfoss è stato chiuso lunedì, dopo che gli ingegneri hanno trovato una crepa nella trave. Nessuno è rimasto ferito, ha detto il comune.",
        ),
        (
            "de",
            "Die alte Brücke in Harnfoss wurde am Montag gesperrt, nachdem Ingenieure einen Riss im Hauptträger gefunden hatten. Niemand wurde verletzt, sagte die Gemeinde. Die Fähre bringt die Autos hinüber.",
        ),
        (
            "no",
            "Den gamle brua ved Harnfoss ble stengt på mandag etter at ingeniører fant en sprekk i bjelken. Ingen ble skadet, sier kommunen, og ferga skal frakte biler over til den er reparert.",
        ),
        (
            "da",
            "Den gamle bro ved Harnfoss blev lukket mandag, efter at ingeniører fandt en revne i bjælken. Ingen kom til skade, siger kommunen, og færgen skal sejle biler over.",
        ),
        (
            "sv",
            "Den gamla bron vid Harnfoss stängdes på måndagen efter att ingenjörer hittat en spricka i balken. Ingen skadades, säger kommunen, och färjan ska frakta bilar över till dess att bron är lagad.",
        ),
        (
            "fi",
            "Harnfossin vanha silta suljettiin maanantaina, kun insinöörit löysivät palkista halkeaman. Kukaan ei loukkaantunut, kunta sanoi. Lautta kuljettaa autoja, ja silta on nyt kiinni.",
        ),
        (
            "pl",
            "Stary most w Harnfoss został zamknięty w poniedziałek, po tym jak inżynierowie znaleźli pęknięcie w belce. Nikt nie został ranny, jak podała gmina. Prom będzie przewozić auta na drugi brzeg.",
        ),
        (
            "tr",
            "Harnfoss'taki eski köprü, mühendisler kirişte bir çatlak bulduktan sonra pazartesi günü kapatıldı. Belediye kimsenin yaralanmadığını söyledi. Bu köprü için yeni bir plan var.",
        ),
        (
            "ru",
            "Старый мост в Харнфоссе закрыли в понедельник, после того как инженеры нашли трещину в балке. Никто не пострадал, сообщили в общине. Паром будет перевозить машины на другой берег.",
        ),
        (
            "uk",
            "Старий міст у Гарнфосі закрили в понеділок, після того як інженери знайшли тріщину в балці. Ніхто не постраждав, повідомили в громаді. Пором буде перевозити машини на інший берег.",
        ),
        ("el", "Η παλιά γέφυρα έκλεισε τη Δευτέρα."),
        ("ja", "ハルンフォスの古い橋は月曜日に閉鎖された。"),
        ("zh", "旧桥于星期一关闭,没有人受伤。"),
        ("ko", "오래된 다리가 월요일에 폐쇄되었다."),
    ],
)
def test_a_few_sentences_tell_their_language(language: str, text: str) -> None:
    assert guess(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Starý most v Harnfossu byl v pondělí uzavřen poté, co inženýři našli trhlinu v nosníku. Nikdo nebyl zraněn, uvedla obec. Trajekt bude převážet auta na druhý břeh.",
        "A harnfossi régi hidat hétfőn lezárták, miután a mérnökök repedést találtak a gerendában. Senki sem sérült meg, közölte az önkormányzat. A komp viszi át az autókat.",
        "Jembatan tua di Harnfoss ditutup pada hari Senin setelah para insinyur menemukan retakan di balok utama. Tidak ada yang terluka, kata dewan kota.",
        "Старият мост в Харнфос беше затворен в понеделник, след като инженерите откриха пукнатина в гредата. Никой не е пострадал, съобщи общината.",
        "",
        "Ada Hegerberg, Kylian Mbappé",
        "185 149 2017",
    ],
)
def test_what_is_not_plain_is_left_open(text: str) -> None:
    assert guess(text) == ""


def test_a_name_in_another_alphabet_does_not_make_it_the_language() -> None:
    assert (
        guess("The bridge was closed by the council of 北京, and it is not known when it will be open.")
        == "en"
    )


@given(st.text(max_size=500))
def test_any_text_is_guessed_or_left_open(text: str) -> None:
    assert len(guess(text)) in {0, 2}
