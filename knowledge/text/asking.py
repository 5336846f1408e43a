"""What a question asks for, as far as its words tell: a person, a time, a number, a reason; a denial."""

from collections.abc import Sequence
from itertools import zip_longest

# The words, folded, that ask for a kind of answer, in the languages that members most often write.
_KINDS = {
    "many": "how many|how much|number of|total|tally|count|combien|nombre de|hvor mange|hvor mye|antall|"
    "cuantos|cuantas|cuanto|wie viele|wie viel|anzahl|quanti|quante|quantos|hoeveel|quantas|"
    "hur manga|hur mycket|сколько|количество|число",
    "age": "how old|age|years old|quel age|hvor gammel|alder|que edad|edad|wie alt|alter|anni ha|hoe oud|"
    "leeftijd|hur gammal|idade|quantos anos|сколько лет|возраст",
    "time": "when|what year|which year|year|since|date|day|month|hour|time|quand|depuis|annee|nar|siden|ar|"
    "cuando|desde|ano|wann|seit|jahr|quando|kogda|wanneer|hvornar|kiedy|jaar|когда|год|году|года|"
    "дата",
    "place": "where|place|venue|city|town|hall|ou|ville|hvor|donde|ciudad|wo|ort|stadt|dove|gde|waar|onde|"
    "gdzie|где|куда|откуда|город",
    "reason": "why|reason|how come|cause|what for|excuse|pourquoi|raison|hvorfor|grunn|por que|motivo|warum|"
    "wieso|grund|perche|pochemu|waarom|varfor|dlaczego|почему|зачем|причина",
    "person": "who|whom|whose|which player|which man|which woman|which person|qui|hvem|quien|quienes|wer|wen|"
    "wem|chi|kto|quem|vem|кто|кого|кому|кем|чей",
    "manner": "how|comment|hvordan|como|wie|come|hoe|hur|как",
    "thing": "what|which|que|quoi|quel|quelle|hva|hvilken|hvilket|cual|was|welche|welcher|welchen|welches|che|"
    "cosa|welke|welk|hvad|vad|qual|quais|что|какой|какая|какое|какие|каком|какого",
}
_PHRASES = {kind: tuple(tuple(p.split()) for p in listed.split("|")) for kind, listed in _KINDS.items()}
ASKING = frozenset(word for phrases in _PHRASES.values() for phrase in phrases for word in phrase)
"""All words that ask for a kind of answer, alone or with others."""
_BEGUN_BY: dict[str, list[tuple[tuple[str, ...], str]]] = {}
"""The phrases that begin with a word, each with its kind."""
for _kind, _listed in _PHRASES.items():
    for _phrase in _listed:
        _BEGUN_BY.setdefault(_phrase[0], []).append((_phrase, _kind))

VAGUE = frozenset({"manner", "thing"})
"""Kinds that a question of almost any sort may have."""

# Without the Italian "mai" and, above, the Norwegian "by": elsewhere a month, and a word of every other question.
DENIALS = frozenset(
    {"not", "no", "never", "without", "nobody", "none", "nothing", "ne", "pas", "jamais", "ikke", "aldri", "nicht",
     "kein", "keine", "nie", "nunca", "nadie", "non"}
)  # fmt: skip

COMMON = frozenset(
    """
    a an the of to in on at for and or is are was were be been do does did has have had he she it
    they him her his hers its their them i you we me my your our this that these those with by from
    as so but if then there here what who when where why how which whom whose can could would should
    will may might just please tell know like about any some also very really ok okay lol omg hey hi
    anyone someone somebody one thing s t d le la les de du des un une et est il elle au aux que qui
    se sa son ses ce cette el los las una uno y es su del lo en der die das und ist ein eine zu
    den dem im am er sie han hun det og som av til pa var
    """.split()
)
"""Words that say little about what is asked; they are left out where words are counted for what they mean."""


def kinds(words: Sequence[str]) -> frozenset[str]:
    """Return the kinds of answer that folded words ask for: `many`, `age`, `time`, `place`, `reason`, `person` ..."""
    found: set[str] = set()
    for i, word in enumerate(words):
        for phrase, kind in _BEGUN_BY.get(word, ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                found.add(kind)
    return frozenset(found)


_POLITE = frozenset(
    """
    know remember recall understand sure get see think believe want mind help idea clue doubt
    """.split()
)


def denies(words: Sequence[str]) -> bool:
    """Tell whether folded words deny something; "I can't recall" and "not sure" are mere manners of asking."""
    return any(
        word in DENIALS and following not in _POLITE for word, following in zip_longest(words, words[1:])
    )


def content(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that carry meaning, each once, in order; all of them where none would be left."""
    return tuple(dict.fromkeys(w for w in words if w not in COMMON)) or tuple(dict.fromkeys(words))
