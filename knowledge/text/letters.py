"""Words of other alphabets in Latin letters, so that a name meets itself: "Хегерберг" and "Hegerberg".

Only for comparing: every letter becomes what it mostly sounds like. Cyrillic as in BGN/PCGN's romanisation of Russian
(1947) and Ukrainian (1965), without signs and apostrophes, and with one letter where it has a pair for one sound that
the Latin languages write in many ways; Greek as in ISO 843 (1997).
"""

# ruff: noqa: RUF002 - letters that look alike are the point

_LATIN = str.maketrans(
    dict(
        zip(
            "абвгдезийклмнопрстуфхыэіґєјљњћђџαβγδεζηικλμνξοπρστυφω",
            "abvgdezijklmnoprstufhyeigejlncddavgdeziiklmnxoprstyfo",
            strict=True,
        )
    )
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
    | {"ς": "s", "θ": "th", "χ": "ch", "ψ": "ps"}
)


def latin(word: str) -> str:
    """Return a folded word with its Cyrillic and Greek letters as Latin ones; others stay."""
    return word if word.isascii() else word.translate(_LATIN)
