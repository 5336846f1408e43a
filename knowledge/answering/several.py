"""Take a question apart that asks several things: "who won, and how old is she?"."""

import re

_OPENING = """
    who whom whose what which when where why how did does do is was were are has had
    qui que quel quelle quand où pourquoi comment combien est hvem hva hvilken når hvor hvorfor hvordan er var har
    quién qué cuál cuándo dónde cómo cuántos cuántas por wer wen was welche welcher wann wo warum wie
    """.split()
_LEADING = "in on at for from since to by of with de en i på".split()
_ASKS = re.compile(rf"(?:(?:{'|'.join(_LEADING)})\s+)?(?:{'|'.join(_OPENING)})\b", re.IGNORECASE)
_JOINED = re.compile(
    rf"""[?!.;:]\s+(?:(?:and|et|og|y|und|also)\s+)?
    | ,?\s+(?:and|et|og|y|e|und|plus)\s+(?={_ASKS.pattern})
    | ,\s+(?={_ASKS.pattern})""",
    re.IGNORECASE | re.VERBOSE,
)
_FEWEST_WORDS = 2
_MOST = 3


def parts(question: str) -> tuple[str, ...]:
    """Return the questions that a question is made of: two or three, or none where it asks one thing.

    They are joined by "and" or a mark, begin with a word that asks, and have two words or more; what is told around
    them is left out.
    """
    pieces = (piece.strip() for piece in _JOINED.split(question))
    found = tuple(p for p in pieces if _ASKS.match(p) and len(p.split()) >= _FEWEST_WORDS)
    return found if 1 < len(found) <= _MOST else ()
