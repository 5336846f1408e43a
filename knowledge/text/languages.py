"""Whether a question is in another language than a story, as far as its function words and its alphabet tell."""

# ruff: noqa: RUF001 - letters of many alphabets are what is looked at

import re
from collections import Counter

from knowledge.model import MAX_QUESTION
from knowledge.text.folding import words

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""What languages are called, by their codes of ISO 639-1."""

# Folded. A word that several languages have stands in each of them, and so speaks for none against another.
_FUNCTION_WORDS = {
    language: frozenset(listed.split())
    for language, listed in {
        "en": "a about after and any as at be been by can could did do does during for from had has have he her his"
        " how i if in into is it its many me much my not of on or she so than that the their there they this to was we"
        " were what when where which who whom whose why will with would you your",
        "fr": "a au aux avec ce ces cette combien comment d dans de des du elle en est et ete etait il ils je l la le"
        " les leur mais ne ont ou par pas plus pour pourquoi quand que quel quelle quelles quels qui quoi s sa se ses"
        " son sont sur t un une y",
        "es": "a al como con cual cuales cuando cuanta cuantas cuanto cuantos de del donde e el en era eran es eso fue"
        " fueron ha han hay la las lo los mas no o para pero por porque que quien quienes se ser sin sobre son su sus"
        " tiene un una y",
        "pt": "a ao as com como da das de do dos e ela ele em era foi ha mais na nao nas no nos o onde os ou para pela"
        " pelo por porque qual quais quando quantas quanto quantos que quem se sem seu sobre sua sao tem um uma",
        "it": "a al alla chi che come con cosa da dal dei del della delle di dove e era gli ha hanno i il in la le lo"
        " nel nella non o per perche piu quale quali quando quante quanti quanto si sono stato su sua suo un una uno",
        "ro": "a ai al ale am au care cand cat cate cati ce cine cu cum de despre din dupa ei este fi fost in la lui"
        " mai nu o pe pentru prin sa sau si sunt un unde",
        "de": "als am auch auf aus bei das dem den der des die durch ein eine einem einen einer er es fur hat hatte ich"
        " ihr im in ist mit nach nicht oder sein sich sie sind uber um und viel viele vom von vor wann war waren warum"
        " was welche welchem welchen welcher welches wer wie wo wurde wurden zu zum zur",
        "nl": "aan als bij dat de deze die dit door een en er heeft hebben het hij hoe hoeveel hun in is met naar niet"
        " of om ook op over te uit van veel voor waar waarom wanneer waren was wat welk welke werd werden wie ze zich"
        " zij zijn",
        "no": "av ble blir de den det eller en er et etter for fra ga han har hun hva hvem hvilke hvilken hvilket hvor"
        " hvordan hvorfor i ikke kan man mange med mye nar og om pa seg sin som til ved var vil",
        "da": "af blev bliver da de den det efter eller en er et for fra han har hun hvad hvem hvilke hvilken hvilket"
        " hvor hvordan hvorfor hvornar i ikke kan man mange med meget og om pa sig sin som til ved var vil",
        "sv": "att av blev blir de den det efter eller en ett for fran han har hon hur i inte kan man manga med mycket"
        " nar och om pa sig sin som till vad var varfor vem vid vilka vilken vilket vill ar",
        "fi": "he han ja joka jotka ja ei etta kuinka kuka kun kuinka mika miksi milloin missa mita miten mitka monta"
        " ne niin oli olivat on ovat paljon se tai",
        "pl": "a by byl byla bylo byly co czy dla do gdzie i ile jak jaka jaki jakie jako jest kiedy kto ktora ktore"
        " ktory na nie o od po przez sa sie ta te to w z za ze dlaczego",
        "tr": "bir bu cok da daha de en gibi hangi icin ile kac kadar kim ne nasil neden nerede oldu olan olarak ve"
        " zaman",
        "ru": "а был была были было в где для до ее его из или их к как какая какие каким каких какого какое какои"
        " какой каком кем когда кого кому кто на не о об он она они от по после почему при с сколько у что чем это",
        "uk": "а або був була були було в від де для до за з і із його її їх коли кого кому ким на не о по про після"
        " скільки та у хто це чи чим чому що як яка який якии які якого якому яких",
    }.items()
}
_TELLING = 4
"""Letters of a function word that is hardly found in a language that it is not of."""
_PLAIN = 2
"""By how much the signs of a language must be more than those of the story's for a text to be plainly in it."""

_LETTERS = {
    "no": "øæå",
    "da": "øæå",
    "sv": "äåö",
    "fi": "äö",
    "de": "ßäöü",
    "es": "ñ¿¡",
    "pt": "ãõç",
    "fr": "œçèùêâ",
}
_ALPHABETS = (
    (re.compile("[Ѐ-ӿ]"), {"be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"}),
    (re.compile("[Ͱ-Ͽ]"), {"el"}),
    (re.compile("[\u0590-\u05ff]"), {"he", "yi"}),
    (re.compile("[\u0600-\u06ff]"), {"ar", "fa", "ur"}),
    (re.compile("[\u0900-\u097f]"), {"hi", "mr", "ne"}),
    (re.compile("[\u0e00-\u0e7f]"), {"th"}),
    (re.compile("[\uac00-\ud7af]"), {"ko"}),
    (re.compile("[\u3040-\u30ff]"), {"ja"}),
    (re.compile("[\u4e00-\u9fff]"), {"ja", "zh"}),
)
_NORWEGIAN = {"nb": "no", "nn": "no"}
_LOOKED_AT = 6000
"""Code points of a text whose language is guessed: about a thousand words."""
_WRITTEN = 0.2
"""The share of a text's letters above which it is in their alphabet, and does not only name something in it."""
_ENOUGH = 0.15
"""The least share of a text's words that are function words of its language: mostly it is over a quarter."""
_LEAD = 0.05
"""By how much that share is more than that of any other language: Norwegian and Danish come within a tenth."""


def is_foreign(text: str, language: str) -> bool:
    """Tell whether a text is plainly in another language than one; False wherever its words leave that open."""
    language = _NORWEGIAN.get(language, language)
    written = next((of for letters, of in _ALPHABETS if letters.search(text)), None)
    if written is not None and language not in written:
        return True
    if language not in _FUNCTION_WORDS:
        return False
    signs = _signs(text)
    return max(signs.values()) >= signs[language] + _PLAIN


def guess(text: str) -> str:
    """Return the language that a text of several sentences is in; "" where its beginning leaves that open.

    By its alphabet, where but one language has that, else by the share of its words that are function words of each.
    """
    beginning = text[:_LOOKED_AT]
    letters = sum(map(str.isalpha, beginning))
    written = next((of for sign, of in _ALPHABETS if len(sign.findall(beginning)) > _WRITTEN * letters), None)
    if written == {"ja", "zh"}:
        return "zh"  # Japanese has kana among them
    if written is not None and len(written) == 1:
        return next(iter(written))
    counts = Counter(
        word
        for at in range(0, len(beginning), MAX_QUESTION)
        for word in words(beginning[at : at + MAX_QUESTION])
    )
    shares = {
        language: sum(counts[word] for word in known) / max(counts.total(), 1)
        for language, known in _FUNCTION_WORDS.items()
        if written is None or language in written
    }
    best, *others = sorted(shares, key=shares.__getitem__, reverse=True) or [""]
    lead = shares.get(best, 0.0) - max((shares[other] for other in others), default=0.0)
    return best if shares.get(best, 0.0) >= _ENOUGH and lead >= _LEAD else ""


def _signs(text: str) -> dict[str, int]:
    """Count the signs of each language in a text: its function words, the longer ones twice, and its letters."""
    folded, seen = set(words(text)), set(text.casefold())
    return {
        language: sum(1 + (len(word) >= _TELLING) for word in folded & known)
        + (not seen.isdisjoint(_LETTERS.get(language, "")))
        for language, known in _FUNCTION_WORDS.items()
    }
