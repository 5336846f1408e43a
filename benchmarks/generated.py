"""Questions and phrasings of any number, made up from seeded chance: what the members of a big server might ask.

An entry is one attribute of one place ("the opening hours of the Harbour Museum"). Its phrasings, and the questions
about it, are templates filled with one of several names for the attribute and for the place, with or without an opener
and a closer; questions have slips of the finger, one in two.
"""

import random
from itertools import product

from benchmarks.common import seeded, slip
from knowledge.model import Entry

PHRASINGS = 10
"""Phrasings of an entry."""

FIRST = """
Harbour Northgate Riverside Old New Royal Maple Granite Silver Juniper Lantern Willow Copper Meadow Summit Orchard
Falcon Station Castle Market Abbey Quarry Cedar Amber Beacon Foundry Garden Hillside Ivory Kestrel Lakeside
Marble Nordic Ocean Palace Quiet Raven Saffron Tidewater Union Velvet Western Yellow Zephyr
""".split()
SECOND = """
Museum Library Theatre Pool Gallery Hotel Café Bakery Park Arena Clinic School Bookshop Cinema Aquarium Zoo Market Tower
Bridge Ferry Stadium Observatory Workshop Brewery Chapel Bank Pharmacy Gym Studio Hostel Nursery Garage Farm Mill Forge
Archive Institute Embassy Courthouse Lighthouse
""".split()
ATTRIBUTES = (
    ("opening hours", "opening times", "when it is open", "hours"),
    ("ticket price", "entrance fee", "cost of a ticket", "admission price"),
    ("student discount", "reduced price for students", "student fare"),
    ("address", "street address", "where it is", "location"),
    ("telephone number", "phone number", "number to call"),
    ("parking", "car park", "place to leave the car"),
    ("wheelchair access", "lift", "step-free entrance"),
    ("refund policy", "way to get the money back", "refunds"),
    ("lost property office", "lost and found", "place for lost things"),
    ("director", "boss", "head", "person in charge"),
    ("founder", "person who started it", "who founded it"),
    ("opening year", "year it was opened", "age"),
    ("number of visitors", "visitor count", "how many people come"),
    ("guided tour", "tour with a guide", "guide"),
    ("dress code", "what to wear", "clothing rules"),
    ("rule on dogs", "whether dogs are allowed", "dog policy"),
    ("rule on photographs", "whether one may take pictures", "photo policy"),
    ("membership", "annual pass", "yearly ticket", "season ticket"),
    ("job offers", "vacancies", "open positions"),
    ("nearest bus stop", "bus connection", "which bus goes there"),
)
TEMPLATES = (
    "what is the {what} of the {where}",
    "tell me the {what} of the {where}",
    "{where} {what}",
    "{what} {where}",
    "the {where}: {what}",
    "do you know the {what} of the {where}",
    "what about the {what} at the {where}",
    "I would like to know the {what} of the {where}",
    "can you tell me the {where}'s {what}",
    "I am going to the {where}, what is the {what}",
    "we need the {what} for the {where}",
    "is there anything on the {what} of the {where}",
)
OPENERS = ("", "", "", "hi, ", "hello ", "please, ", "quick question: ", "sorry, ", "hey bot ")
CLOSERS = ("", "", "?", "?", " please", " please?", " thanks", "??", " today?")


class Town:
    """A made-up town of so many entries, and as many questions about it as one likes."""

    def __init__(self, entries: int, seed: int = 0) -> None:
        self._chance = seeded(seed)
        about = list(product([f"{a} {b}" for a, b in product(FIRST, SECOND)], ATTRIBUTES))
        if entries > len(about):
            raise ValueError(f"there are no more than {len(about)} entries to be made up")
        self._about = self._chance.sample(about, entries)
        self.entries = tuple(
            Entry(f"entry-{number}", self._phrasings(where, called), f"It is number {number}.")
            for number, (where, called) in enumerate(self._about)
        )
        self._known = {phrasing for entry in self.entries for phrasing in entry.phrasings}

    def questions(self, count: int) -> list[tuple[str, str]]:
        """Return different questions, each with the id of its entry; none is one of the phrasings."""
        made: dict[str, str] = {}
        while len(made) < count:
            number = self._chance.randrange(len(self._about))
            text = slip(self._ask(*self._about[number]), self._chance.choice((0, 0, 1, 2)), self._chance)
            if text not in self._known:
                made.setdefault(text, f"entry-{number}")
        return list(made.items())

    def _phrasings(self, where: str, called: tuple[str, ...]) -> tuple[str, ...]:
        made: dict[str, None] = {}
        while len(made) < PHRASINGS:
            made[self._ask(where, called)] = None
        return tuple(made)

    def _ask(self, where: str, called: tuple[str, ...]) -> str:
        chance: random.Random = self._chance
        asked = chance.choice(TEMPLATES).format(what=chance.choice(called), where=where)
        return chance.choice(OPENERS) + asked + chance.choice(CLOSERS)
