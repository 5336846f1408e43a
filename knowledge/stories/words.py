"""Words that decide where a sentence ends, who is a person and who is speaking, by language."""

# ruff: noqa: RUF001 - words of many scripts

_WITH_CASE = (*range(0x41, 0x590), *range(0x1E00, 0x1F00))
UPPER = "".join(letter for letter in map(chr, _WITH_CASE) if letter.isupper())
"""The capital letters of Latin, Greek and Cyrillic, for a character class: `re` has no \\p{Lu}."""

TITLES = frozenset(
    """
    mr mrs ms mx dr prof st sen rep gov gen lt col sgt capt cmdr maj rev hon pres supt insp messrs mt hr fr
    frl dipl sra srta sres ud uds mme mlle dl dna dott sig г-н г-жа им ул пр акад проф bzw vgl inkl evtl
    ggf vs approx ca cf dvs f.eks bl.a e.g i.e z.b d.h u.a p.ex n.b т.е
    """.split()
)
"""Abbreviations that something always follows in the same sentence (lower case, without the full stop)."""

PERSON_TITLES = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Cmdr|Maj|Rev|Hr|Fr|Sr|Sra|Srta|Mme|Mlle|M|Dl|Dna"
)
"""Abbreviated titles before a person's name, as a pattern."""

NUMBERED = frozenset(
    """
    no nos nr núm num art fig cap vol p pp pag pág bl abs est kl tel c стр рис гл jan feb mar apr jun jul
    aug sep sept oct nov dec okt dez
    """.split()
)
"""Abbreviations when a number follows, and else often words that end a sentence ("a firm no.")."""

ENDINGS = frozenset(
    """
    etc inc ltd co corp bros jr sr usw osv mfl et al ft т.д т.п др гг г руб млн млрд тыс
    """.split()
)
"""Abbreviations that may end a sentence, as "U.S." may: only one of the words below shows that they did."""

OPENERS = frozenset(
    """
    the a an this that these those he she it they we i you his her its their our my your there here in on at
    by for from to with of as but and or so yet when while after before since until although though if
    because however meanwhile then now not no only even both all some many most one two what who why how
    where which unlike like under over during through between despite according also still just once der die
    das er sie es wir ihr ein eine im am und aber doch nach vor mit für wenn als auch dann el la los las un
    una en con por para pero y cuando ella ellos según le les une il elle ils elles et mais dans pour avec
    quand selon ce cette det den de han hun vi og men i på da som etter o și dar ea ei ele în pe când după
    он она они мы и но в на с по когда после это
    """.split()
)
"""Words that open a sentence and are no names, though they have a capital there."""

MONTHS = frozenset(
    """
    januar februar märz april mai juni juli august september oktober november dezember jänner mars desember
    marts maj december január február március április május június július szeptember október ledna února
    března dubna května června července srpna září října listopadu prosince januára februára apríla mája
    júna júla augusta septembra októbra novembra decembra januara maja juna jula avgusta oktobra tammikuuta
    helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta
    marraskuuta joulukuuta
    """.split()
)
"""Months in languages that write "24. September", where the full stop ends no sentence."""

ORDINAL_ARTICLES = frozenset(
    "der die das dem den des am im zum zur vom beim jeder jedem jeden det på fra til".split()
)
"""Words before an ordinal number of the form "3." (German and its neighbours)."""

NOT_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december french english german italian spanish norwegian swedish
    danish dutch finnish polish british irish scottish welsh american canadian mexican brazilian argentine
    argentinian australian russian ukrainian romanian greek turkish portuguese belgian swiss austrian
    hungarian czech serbian croatian japanese chinese korean indian european african asian olympic president
    prime minister chancellor king queen prince princess senator governor mayor judge justice professor
    doctor captain coach chief executive director manager chairman chairwoman secretary general sir dame
    lord lady pope bishop archbishop inspector detective sergeant officer mr mrs ms mx dr prof rev
    """.split()
)
"""Words with a capital that stand before a person's name without being part of it, or look like one."""

SPEECH: dict[str, str] = {
    "en": r"said|says?|told|tells|add(?:ed|s)|ask(?:ed|s)|repl(?:ied|ies)|explain(?:ed|s)|wrote|"
    r"writes|tweeted|posted|recall(?:ed|s)|continue[ds]|insist(?:ed|s)|argue[ds]|"
    r"claim(?:ed|s)|state[ds]|note[ds]|warn(?:ed|s)|admit(?:ted|s)|joked|quipped|shouted|"
    r"yelled|cried|exclaimed|whispered|answer(?:ed|s)|respond(?:ed|s)|declare[ds]|"
    r"announce[ds]|comment(?:ed|s)|observed|remarked|conclude[ds]|complain(?:ed|s)|"
    r"promise[ds]|suggest(?:ed|s)|acknowledge[ds]|conceded|called|calls|describe[ds]",
    "de": r"sagten?|sagt|erklärte|erklärt|fragte|fragt|meinte|meint|antwortete|betonte|betont|"
    r"berichtete|berichtet|schrieb|schreibt|rief|ergänzte|kommentierte",
    "fr": r"(?:(?:a|ont|avait) )?(?:dit|déclaré|expliqué|ajouté|affirmé|répondu|confié|assuré|"
    r"raconté|écrit|lancé|demandé)|"
    r"déclare|explique|ajoute|affirme|raconte|assure|confie|répond|demande",
    "es": r"dijo|dice|afirmó|afirma|declaró|explicó|explica|añadió|agregó|señaló|comentó|"
    r"preguntó|respondió|aseguró|asegura|contó|cuenta|escribió",
    "pt": r"disse|diz|afirmou|afirma|declarou|explicou|acrescentou|comentou|perguntou|respondeu|"
    r"contou|escreveu",
    "it": r"ha (?:detto|dichiarato|spiegato|aggiunto|affermato|risposto|raccontato|scritto)|"
    r"disse|dice|afferma|spiega",
    "ro": r"a (?:spus|declarat|afirmat|adăugat|explicat|răspuns|întrebat|povestit|scris|zis)|"
    r"spune|declară|afirmă",
    "nl": r"zei|zegt|vertelde|vertelt|vroeg|antwoordde|schreef|aldus",
    "no": r"sa|sier|fortalte|forteller|svarte|svarer|spurte|skrev|skriver|forklarte|forklarer|"
    r"mente|mener",
    "da": r"sagde|siger|fortalte|fortæller|svarede|spurgte|skrev|forklarede|forklarer|mener",
    "sv": r"sa|sade|säger|berättade|berättar|svarade|frågade|skrev|förklarade|menar",
    "pl": r"powiedział[ao]?|mówi|dodał[ao]?|zapytał[ao]?|odpowiedział[ao]?|napisał[ao]?",
    "ru": r"сказал[аи]?|говорит|заявил[аи]?|отметил[аи]?|добавил[аи]?|рассказал[аи]?|"
    r"спросил[аи]?|ответил[аи]?|написал[аи]?|пояснил[аи]?",
    "uk": r"сказа(?:в|ла|ли)|каже|заяви(?:в|ла|ли)|дода(?:в|ла|ли)|розпові(?:в|ла)|"
    r"відпові(?:в|ла)",
    "zh": r"说道?|說道?|表示|写道|問道?|问道?|回答",
    "ja": r"言|話し|話す|述べ|語っ|語る|答え",
}
"""The verbs of speaking, as a pattern, by language."""

PRONOUNS: dict[str, str] = {
    "en": "he|she",
    "de": "er|sie",
    "fr": "il|elle",
    "es": "él|ella",
    "pt": "ele|ela",
    "it": "lui|lei",
    "ro": "el|ea",
    "nl": "hij|ze|zij",
    "no": "han|hun",
    "da": "han|hun",
    "sv": "han|hon",
    "pl": "on|ona",
    "ru": "он|она",
    "uk": "він|вона",
    "zh": "他|她",
    "ja": "彼女?",
}
"""The pronouns that stand for one person, as a pattern, by language."""

ACCORDING_TO = (
    r"according to|in the words of|laut|selon|según|segundo|secondo|potrivit|ifølge|enligt|по словам"
)
"""What comes before the name of someone whose words follow."""
